//! Evidence: what stands outside an answer and speaks for or against it.
//!
//! [`Indicators`] are data and serve every question; a [`ProofFn`] is code where the proof needs it.

mod boundary;
mod citation;
mod exclusion;
mod lexicon;
mod path_pattern;
mod planned;
mod search;
mod term;
mod trace;
mod word;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub(crate) use planned::Excluded;
pub use planned::PlannedText;
pub use search::{Hits, Searcher};

use crate::diagnostic::Place;
use crate::feature::{DocumentKind, Feature, Part};
use crate::judgement::LocatedAnswer;
use crate::matching::Pairs;
use crate::plan::Plan;
use crate::principle::Question;
use crate::repository::RepositoryFacts;
use crate::source::Span;

/// What a piece of evidence says to the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// It speaks for the answer.
    Supports,
    /// It shows that the answer is wrong.
    Contradicts,
    /// It was looked at and says nothing either way.
    Silent,
}

impl Says {
    /// The word that stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Contradicts => "contradicts",
            Self::Silent => "silent",
        }
    }
}

/// One thing that was found outside of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// What it says to the answer.
    pub says: Says,
    /// Where it stands.
    pub place: Place,
    /// What it is, in a few words: lower case, no full stop.
    pub note: String,
    /// Spans that no emitter may print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redact: Vec<Span>,
}

impl Evidence {
    /// Evidence for the answer.
    #[must_use]
    pub fn supports(place: Place, note: impl Into<String>) -> Self {
        Self { says: Says::Supports, place, note: note.into(), redact: Vec::new() }
    }

    /// What explains other evidence, such as the second of two places that don't fit together.
    #[must_use]
    pub fn silent(place: Place, note: impl Into<String>) -> Self {
        Self { says: Says::Silent, place, note: note.into(), redact: Vec::new() }
    }

    /// Evidence that the answer is wrong. `note` completes "answered yes, but …".
    #[must_use]
    pub fn contradicts(place: Place, note: impl Into<String>) -> Self {
        Self { says: Says::Contradicts, place, note: note.into(), redact: Vec::new() }
    }
}

/// All that one question's proof has found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Proof {
    /// What was found.
    pub evidence: Vec<Evidence>,
    /// Parts that could have held evidence and are unknown.
    pub unknown: Vec<Part>,
    /// What to do next, where the generic advice would not help.
    pub help: Option<String>,
    /// Whether the question concerns the repository at all.
    #[serde(default)]
    pub concerns: Concerns,
}

/// Whether a question concerns a repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Concerns {
    /// It does: it is asked.
    #[default]
    Yes,
    /// It doesn't: it is not asked.
    No,
    /// Nobody looked at the repository: it is not judged.
    Unknown,
}

impl Proof {
    /// Nothing speaks for the answer or against it.
    #[must_use]
    pub fn silent() -> Self {
        Self::default()
    }

    /// One piece of evidence for the answer.
    #[must_use]
    pub fn supports(place: Place, note: impl Into<String>) -> Self {
        Self::from(Evidence::supports(place, note))
    }

    /// One piece of evidence against the answer. `note` completes "answered yes, but …".
    #[must_use]
    pub fn contradicts(place: Place, note: impl Into<String>) -> Self {
        Self::from(Evidence::contradicts(place, note))
    }

    /// Adds a piece of evidence.
    #[must_use]
    pub fn and(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether something speaks for the answer.
    #[must_use]
    pub fn is_supported(&self) -> bool {
        self.evidence.iter().any(|evidence| evidence.says == Says::Supports)
    }

    /// The first piece of evidence against the answer.
    #[must_use]
    pub fn contradiction(&self) -> Option<&Evidence> {
        self.evidence.iter().find(|evidence| evidence.says == Says::Contradicts)
    }
}

impl From<Evidence> for Proof {
    fn from(evidence: Evidence) -> Self {
        Self { evidence: vec![evidence], ..Self::default() }
    }
}

/// Why a part of the feature can't serve as proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nobody said whether it exists: the question is not judged by it.
    Unknown(Part),
    /// It does not exist. Where it is due that is PLN203's finding, so a proof is silent.
    Absent(Part),
}

/// Looks for proof of one question. `?` on a part that is [`Missing`] ends it the right way:
/// silent where the part is absent, not judged where it is unknown.
pub type ProofFn = fn(&QuestionContext<'_>) -> Result<Proof, Missing>;

/// What a proof sees.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct QuestionContext<'a> {
    /// The plan with everything around it.
    pub feature: &'a Feature,
    /// The question.
    pub question: &'a Question,
    /// The plan's answer, where it has one.
    pub answer: Option<&'a LocatedAnswer>,
}

impl<'a> QuestionContext<'a> {
    /// The context of `question` in `feature`.
    #[must_use]
    pub fn new(feature: &'a Feature, question: &'a Question, answer: Option<&'a LocatedAnswer>) -> Self {
        Self { feature, question, answer }
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &'a Plan {
        self.feature.plan()
    }

    /// A place in the plan.
    #[must_use]
    pub fn in_plan(&self, span: Span) -> Place {
        Place::new(self.feature.plan_document().path.clone(), span)
    }

    /// The facts of the repository.
    ///
    /// # Errors
    /// [`Missing::Unknown`] where the repository was not looked at.
    pub fn repository(&self) -> Result<&'a RepositoryFacts, Missing> {
        self.feature.repository().ok_or(Missing::Unknown(Part::Repository))
    }
}

/// Words, paths and packages that speak of one question's matter.
///
/// Words match with their inflections, and identifiers are split at case, `-`, `_` and `.`: the term
/// `circuit breaker` is found in `circuitBreaker.js`. As support, a term alone never contradicts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Indicators {
    /// Words or phrases, in lower case. A leading `=` switches inflections off: `=paging`.
    pub terms: Patterns,
    /// Globs over the repository's paths; one without a slash holds in every folder.
    pub files: Patterns,
    /// Names of packages, `*` allowed, as manifests write them.
    pub dependencies: Patterns,
    /// Words in the steps of workflows, in hooks and in the scripts of manifests.
    pub steps: Patterns,
    /// The documents in which terms count; all, where there is none.
    #[serde(rename = "in")]
    pub documents: Cow<'static, [DocumentKind]>,
    /// Whether the matter always leaves a file, a dependency or a step in the repository, so that a
    /// claim of "already" without any is contradicted.
    pub traced: bool,
}

impl Indicators {
    /// No indicator.
    pub const NONE: Self = Self {
        terms: Patterns::NONE,
        files: Patterns::NONE,
        dependencies: Patterns::NONE,
        steps: Patterns::NONE,
        documents: Cow::Borrowed(&[]),
        traced: false,
    };

    /// Indicators of these words and phrases.
    #[must_use]
    pub const fn terms(terms: &'static [&'static str]) -> Self {
        let mut new = Self::NONE;
        // Nothing that needs dropping can be dropped in a constant; the old, empty list is forgotten.
        let old = std::mem::replace(&mut new.terms, Patterns::Static(terms));
        std::mem::forget(old);
        new
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.files.is_empty() && self.dependencies.is_empty() && self.steps.is_empty()
    }

    /// Adds globs over the repository's paths.
    #[must_use]
    pub const fn files(mut self, files: &'static [&'static str]) -> Self {
        let old = std::mem::replace(&mut self.files, Patterns::Static(files));
        std::mem::forget(old);
        self
    }

    /// Adds names of packages.
    #[must_use]
    pub const fn dependencies(mut self, dependencies: &'static [&'static str]) -> Self {
        let old = std::mem::replace(&mut self.dependencies, Patterns::Static(dependencies));
        std::mem::forget(old);
        self
    }

    /// Adds words in workflow steps, hooks and scripts.
    #[must_use]
    pub const fn steps(mut self, steps: &'static [&'static str]) -> Self {
        let old = std::mem::replace(&mut self.steps, Patterns::Static(steps));
        std::mem::forget(old);
        self
    }

    /// Restricts terms to these documents.
    #[must_use]
    pub const fn only_in(mut self, documents: &'static [DocumentKind]) -> Self {
        let old = std::mem::replace(&mut self.documents, Cow::Borrowed(documents));
        std::mem::forget(old);
        self
    }

    /// Says that the matter always leaves a trace in the repository.
    #[must_use]
    pub const fn traced(mut self) -> Self {
        self.traced = true;
        self
    }
}

/// A list of words: static in linked packs, owned when it came from a file or over the boundary.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub enum Patterns {
    /// Part of the program.
    Static(&'static [&'static str]),
    /// Read at run time.
    Owned(Vec<String>),
}

impl Patterns {
    /// The empty list.
    pub const NONE: Self = Self::Static(&[]);

    /// The words in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let (fixed, owned): (&[&str], &[String]) = match self {
            Self::Static(words) => (words, &[]),
            Self::Owned(words) => (&[], words),
        };
        fixed.iter().copied().chain(owned.iter().map(String::as_str))
    }

    /// The words in order, to be kept.
    fn kept(&self) -> impl Iterator<Item = Cow<'static, str>> {
        let (fixed, owned): (&[&'static str], &[String]) = match self {
            Self::Static(words) => (words, &[]),
            Self::Owned(words) => (&[], words),
        };
        fixed.iter().copied().map(Cow::Borrowed).chain(owned.iter().cloned().map(Cow::Owned))
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

/// One list of every question's indicators, each word with the question's index.
fn patterns(
    indicators: &[Indicators],
    list: fn(&Indicators) -> &Patterns,
) -> impl Iterator<Item = (usize, Cow<'static, str>)> {
    let all = indicators.iter().enumerate();
    all.flat_map(move |(question, indicators)| list(indicators).kept().map(move |word| (question, word)))
}

impl Default for Patterns {
    fn default() -> Self {
        Self::NONE
    }
}

impl PartialEq for Patterns {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Patterns {}

impl From<Vec<String>> for Patterns {
    fn from(words: Vec<String>) -> Self {
        Self::Owned(words)
    }
}

impl From<Patterns> for Vec<String> {
    fn from(words: Patterns) -> Self {
        words.iter().map(str::to_owned).collect()
    }
}

/// Whether a glob over paths can be compiled; one that can't matches nothing.
#[cfg(feature = "manifest")]
pub(crate) fn is_glob(pattern: &str) -> bool {
    path_pattern::is_glob(pattern)
}

/// Whether a term holds a word to look for.
#[cfg(feature = "manifest")]
pub(crate) fn is_term(pattern: &str) -> bool {
    term::Term::read(pattern).is_some()
}

/// Terms to be looked for in short texts.
#[derive(Debug)]
pub(crate) struct Terms(Vec<term::Term>);

impl Terms {
    pub(crate) fn new<'a>(patterns: impl Iterator<Item = &'a str>) -> Self {
        Self(patterns.filter_map(term::Term::read).collect())
    }

    /// How many of them a text mentions, as [`Indicators`] match them.
    pub(crate) fn mentioned_in(&self, Folded { text, lower, pairs }: &Folded<'_>) -> usize {
        let stands = |term: &term::Term, anchor: &str| {
            pairs.may_hold(anchor)
                && lower.match_indices(anchor).any(|(at, _)| term.find(&term::Around::new(text, at)).is_some())
        };
        self.0.iter().filter(|term| term.anchors().any(|anchor| stands(term, anchor))).count()
    }
}

/// A short text, ready for many terms to be looked for.
pub(crate) struct Folded<'a> {
    text: &'a str,
    /// The text with ASCII letters in lower case.
    lower: String,
    pairs: Pairs,
}

impl<'a> Folded<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let lower = text.to_ascii_lowercase();
        Self { text, pairs: Pairs::of(&lower), lower }
    }
}
