//! The rules of all packs as `rules`, `explain` and `check --select` see them.

use plangate_core::Severity;
use plangate_core::pack::PackManifest;
use plangate_core::principle::Kind;
use serde::Serialize;

/// One rule: a question of a principle, or a free-form rule. Its JSON is a contract.
#[derive(Debug, Serialize)]
pub(crate) struct RuleEntry<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) pack: &'a str,
    pub(crate) principle: Option<&'a str>,
    pub(crate) kind: Option<Kind>,
    pub(crate) severity: Severity,
    pub(crate) summary: String,
    pub(crate) docs: String,
    pub(crate) since: &'a str,
    pub(crate) fixable: bool,
    /// The question as the plan template words it; printed by `explain` only.
    #[serde(skip)]
    pub(crate) question: Option<&'a str>,
}

/// Every rule of the packs, by id: PRD801 stands before PRD1001.
pub(crate) fn rules<'a>(packs: impl IntoIterator<Item = &'a PackManifest>) -> Vec<RuleEntry<'a>> {
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
