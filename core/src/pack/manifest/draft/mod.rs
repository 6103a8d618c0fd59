//! From a constitution and a plan template to the draft of a manifest pack, which its authors complete by hand.
//!
//! `merge.rs` writes the draft into a manifest, a new one or one that was completed already.

mod merge;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

pub use merge::Merged;
pub use words::prefix_for;
use words::{slug, traces};

use super::ManifestError;
use crate::document::{Constitution, ConstitutionPrinciple};
use crate::matching::{Words, same_name};
use crate::plan::{AssessedPrinciple, Plan, Status};

/// The longest rule that is written as a question, in characters; the rest of a longer one is left out.
const LONGEST: usize = 300;

/// Why a constitution gives no pack: each completes the path of the constitution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// Nobody filled it in.
    #[error("is still the untouched template; fill it in first")]
    Unfilled,
    /// No principle was found in it.
    #[error("holds no principle; write each as a heading such as \"### I. Library First\"")]
    NoPrinciple,
}

/// A manifest pack as a constitution and the plan template beside it give it: principles, their MUST rules as
/// questions, and the questions that the template asks. The pack asks for evidence only: plans never see its
/// questions, and what they declare of a principle is held against the evidence that its author adds.
///
/// ```
/// use plangate_core::{pack::{ConstitutionDraft, ManifestPack}, parse};
///
/// let text = "# Acme Constitution\n\n## Core Principles\n\n### I. Offline First\n\nThe app MUST work offline.\n";
/// let draft = ConstitutionDraft::new(&parse::constitution(text), text, None)?;
/// let manifest = draft.to_toml(&["MVP", "PRD"]);
/// assert!(manifest.contains("text = \"The app MUST work offline\""));
/// ManifestPack::from_toml(&manifest, "acme.toml").expect("it loads");
/// # Ok::<(), plangate_core::pack::DraftError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstitutionDraft {
    name: String,
    title: String,
    version: Option<String>,
    principles: Vec<DraftPrinciple>,
}

/// A principle of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DraftPrinciple {
    ordinal: Option<String>,
    name: String,
    /// What may be declared; any status where it is empty.
    statuses: Vec<Status>,
    questions: Vec<DraftQuestion>,
    source: Source,
}

/// A question of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DraftQuestion {
    text: String,
    terms: Vec<String>,
    files: Vec<String>,
    source: Source,
}

/// Where a part of the draft was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Constitution,
    Template,
}

impl Source {
    fn as_str(self) -> &'static str {
        match self {
            Self::Constitution => "constitution",
            Self::Template => "template",
        }
    }
}

impl ConstitutionDraft {
    /// The draft of a constitution's model, its text, and the plan template beside it.
    ///
    /// # Errors
    /// Where the constitution is the untouched template, or holds no principle.
    pub fn new(constitution: &Constitution, text: &str, template: Option<&Plan>) -> Result<Self, DraftError> {
        if constitution.unfilled {
            return Err(DraftError::Unfilled);
        }
        if constitution.principles.is_empty() {
            return Err(DraftError::NoPrinciple);
        }
        let title = constitution.title.as_ref().map(|title| title.text.clone()).unwrap_or_default();
        let mut labels = BTreeSet::new();
        let principles = constitution
            .principles
            .iter()
            .map(|article| principle(article, text, template))
            .filter(|principle| labels.insert((principle.ordinal.clone(), principle.name.to_lowercase())));
        Ok(Self {
            principles: principles.collect(),
            name: pack_name(&title),
            version: constitution.version.as_ref().map(|version| version.text.clone()),
            title: if title.is_empty() { "Constitution".to_owned() } else { title },
        })
    }

    /// The draft as a new manifest. Its ids begin with none of the `taken` prefixes.
    #[must_use]
    pub fn to_toml(&self, taken: &[&str]) -> String {
        merge::new(self, &prefix_for(&self.name, taken))
    }

    /// A manifest with what the constitution says by now. What was written by hand stays: comments, values,
    /// and every principle and question without `from`.
    ///
    /// # Errors
    /// Where the manifest is one that doesn't load; `path` is what errors call it.
    pub fn merge(&self, manifest: &str, path: &str) -> Result<Merged, ManifestError> {
        merge::into(self, manifest, path)
    }
}

/// "Acme Constitution" is `acme`.
fn pack_name(title: &str) -> String {
    let name = slug(title, 4);
    let parts = name.split('-').filter(|part| !matches!(*part, "constitution" | "project" | "the" | "of" | "plan"));
    let name = parts.collect::<Vec<_>>().join("-");
    if name.is_empty() { "project".to_owned() } else { name }
}

fn principle(article: &ConstitutionPrinciple, text: &str, template: Option<&Plan>) -> DraftPrinciple {
    let in_template = template.and_then(|template| asked_by(template, &article.name));
    let offered = in_template.map(|known| known.options.clone()).filter(|options| options.len() > 1);
    let strict = || vec![Status::Pass, Status::Attention, Status::Blocked];
    let statuses = offered.or_else(|| article.non_negotiable.then(strict)).unwrap_or_default();
    let mut questions: Vec<DraftQuestion> = Vec::new();
    let rules = article.rules.iter().map(|rule| {
        let (terms, files) = traces(rule.span.text(text));
        DraftQuestion { text: one_line(&rule.text), terms, files, source: Source::Constitution }
    });
    let asked = in_template.into_iter().flat_map(|known| &known.questions).map(|question| DraftQuestion {
        text: one_line(&question.text),
        terms: Vec::new(),
        files: Vec::new(),
        source: Source::Template,
    });
    for question in rules.chain(asked).filter(|question| !question.text.is_empty()) {
        let words = Words::of(&question.text);
        if !questions.iter().any(|known| Words::of(&known.text) == words) {
            questions.push(question);
        }
    }
    let statuses = statuses.into_iter().filter(|status| *status != Status::Undecided).collect();
    DraftPrinciple {
        ordinal: article.ordinal.clone(),
        name: article.name.clone(),
        statuses,
        questions,
        source: Source::Constitution,
    }
}

/// The principle of this name in the template's check.
fn asked_by<'a>(template: &'a Plan, name: &str) -> Option<&'a AssessedPrinciple> {
    let words = Words::of_name(name);
    let mut principles = template.constitution_checks.iter().flat_map(|check| &check.principles);
    principles.find(|known| same_name(&Words::of_name(&known.name), &words))
}

/// A text on one line, without a full stop at its end, and not too long.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches(['.', '。', ';', ' ']);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..line[..end].rfind(' ').unwrap_or(end)].trim_end()),
        None => line.to_owned(),
    }
}
