//! The rules of all packs as plain data: what lists, explains and emits rules sees them so.

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::pack::PackManifest;
use crate::principle::Kind;

/// One rule: a question of a principle, or a free-form rule. Its JSON is a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// What it finds, in one sentence.
    pub summary: String,
    /// Its documentation in Markdown.
    pub docs: String,
    /// The version of the pack, or of the constitution, that brought it.
    pub since: &'a str,
    /// Whether some of its findings carry a fix.
    pub fixable: bool,
    /// The question as the plan template words it; no part of the JSON.
    #[serde(skip)]
    pub question: Option<&'a str>,
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
            summary: String::new(),
            docs: String::new(),
            since: "",
            fixable: false,
            question: None,
        }
    }
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
    rules.sort_by_key(|rule| {
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
            summary: question.summary(),
            docs: unindented(&question.docs),
            since: &pack.edition,
            // A question that a plan leaves out can be added.
            fixable: true,
            question: Some(&question.text),
        })
    });
    let free_form = pack.rules.iter().map(|rule| RuleEntry {
        id: &rule.id,
        name: &rule.name,
        pack: &pack.name,
        principle: None,
        kind: None,
        severity: rule.severity,
        summary: rule.summary(),
        docs: unindented(&rule.docs),
        since: &rule.since,
        fixable: rule.fixable,
        question: None,
    });
    questions.chain(free_form)
}

/// Docs without the space that each line of a doc comment begins with.
fn unindented(docs: &str) -> String {
    let lines: Vec<&str> = docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n").trim().to_owned()
}
