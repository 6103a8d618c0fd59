//! The rules of all packs as plain data: what lists, explains and emits rules sees them so.

use serde::{Serialize, Serializer};

use crate::diagnostic::Severity;
use crate::pack::PackManifest;
use crate::principle::Kind;
use crate::rule::summary_of;

/// One rule: a question of a principle, or a free-form rule. Its JSON is a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleEntry<'a> {
    /// Id, such as `MVP404`.
    pub id: &'a str,
    /// Name, such as `implementation-before-test`.
    pub name: &'a str,
    /// The pack that brought it.
    pub pack: &'a str,
    /// The principle that it asks about, where it is a question.
    pub principle: Option<&'a str>,
    /// How it is judged, where it is a question.
    pub kind: Option<Kind>,
    /// The most that its findings can weigh.
    pub severity: Severity,
    /// The version of the pack, or of the constitution, that brought it.
    pub since: &'a str,
    /// Whether some of its findings carry a fix.
    pub fixable: bool,
    /// The question as the plan template words it; no part of the JSON.
    pub question: Option<&'a str>,
    /// The lines of its doc comment.
    comment: &'a str,
}

impl<'a> RuleEntry<'a> {
    /// A rule of which only a finding is known: its pack is not there.
    #[must_use]
    pub fn unknown(id: &'a str, name: &'a str, severity: Severity) -> Self {
        Self {
            id,
            name,
            pack: "",
            principle: None,
            kind: None,
            severity,
            since: "",
            fixable: false,
            question: None,
            comment: "",
        }
    }

    /// What it finds, in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let summary = summary_of(self.comment);
        if summary.is_empty() { self.question.unwrap_or_default().to_owned() } else { summary }
    }

    /// Its documentation in Markdown.
    #[must_use]
    pub fn docs(&self) -> String {
        // Each line of a doc comment begins with a space.
        let lines: Vec<&str> = self.comment.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        lines.join("\n").trim().to_owned()
    }
}

impl Serialize for RuleEntry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, name, pack, principle, kind, severity, since, fixable, .. } = *self;
        let (summary, docs) = (self.summary(), self.docs());
        Written { id, name, pack, principle, kind, severity, summary, docs, since, fixable }.serialize(serializer)
    }
}

/// The JSON of a [`RuleEntry`].
#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    name: &'a str,
    pack: &'a str,
    principle: Option<&'a str>,
    kind: Option<Kind>,
    severity: Severity,
    summary: String,
    docs: String,
    since: &'a str,
    fixable: bool,
}

/// Every rule of the packs, by id: PRD801 stands before PRD1001.
///
/// ```
/// use plangate_core::{Engine, catalogue};
/// let engine = Engine::builder().build()?;
/// let rules = catalogue::rules(engine.packs());
/// assert_eq!((rules[0].id, rules[0].name), ("PLN001", "missing-section"));
/// # Ok::<(), plangate_core::engine::EngineError>(())
/// ```
#[must_use]
pub fn rules<'a>(packs: impl IntoIterator<Item = &'a PackManifest>) -> Vec<RuleEntry<'a>> {
    let mut rules: Vec<RuleEntry<'a>> = packs.into_iter().flat_map(rules_of).collect();
    rules.sort_by_cached_key(|rule| {
        let number = rule.id.find(|letter: char| letter.is_ascii_digit()).unwrap_or(rule.id.len());
        (&rule.id[..number], rule.id.len(), rule.id)
    });
    rules
}

fn rules_of(pack: &PackManifest) -> impl Iterator<Item = RuleEntry<'_>> {
    let questions = pack.principles.iter().flat_map(move |principle| {
        principle.questions.iter().map(move |question| RuleEntry {
            id: &question.id,
            name: &question.name,
            pack: &pack.name,
            principle: Some(&principle.name),
            kind: Some(question.kind),
            severity: question.severity,
            since: &pack.edition,
            // A question that a plan leaves out can be added.
            fixable: true,
            question: Some(&question.text),
            comment: &question.docs,
        })
    });
    let free_form = pack.rules.iter().map(|rule| RuleEntry {
        id: &rule.id,
        name: &rule.name,
        pack: &pack.name,
        principle: None,
        kind: None,
        severity: rule.severity,
        since: &rule.since,
        fixable: rule.fixable,
        question: None,
        comment: &rule.docs,
    });
    questions.chain(free_form)
}
