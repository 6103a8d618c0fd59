//! The conventions for ids, names, docs and messages.

use std::collections::HashMap;

use crate::pack::{PackManifest, faults_of_rule};
use crate::report::PlanReport;

/// The sections that every rule's docs have.
const SECTIONS: [&str; 3] = ["## What it finds", "## Why it matters", "## Example"];

/// What the conventions look at in a question or a free-form rule.
pub(super) struct Told<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) docs: &'a str,
}

impl Told<'_> {
    pub(super) fn says(&self, fault: &str) -> String {
        format!("{} {}: {fault}", self.id, self.name)
    }
}

/// The questions and the free-form rules of a pack, in its order.
pub(super) fn rules(manifest: &PackManifest) -> impl Iterator<Item = Told<'_>> {
    let questions = manifest.principles.iter().flat_map(|principle| principle.questions.iter());
    let questions = questions.map(|question| (&question.id, &question.name, &question.docs));
    let rules = manifest.rules.iter().map(|rule| (&rule.id, &rule.name, &rule.docs));
    questions.chain(rules).map(|(id, name, docs)| Told { id, name, docs })
}

/// Ids, names and docs.
pub(super) fn of_pack(manifest: &PackManifest, wrong: &mut Vec<String>) {
    let (mut ids, mut names) = (HashMap::new(), HashMap::new());
    for rule in rules(manifest) {
        let mut say = |fault: &str| wrong.push(rule.says(fault));
        faults_of_rule(rule.id, rule.name, &manifest.prefix).for_each(|fault| say(&fault));
        if ids.insert(rule.id, rule.name).is_some() {
            say("the id is another rule's already");
        }
        if let Some(other) = names.insert(rule.name, rule.id) {
            say(&format!("the name is {other}'s already"));
        }
        for section in SECTIONS.iter().filter(|section| !rule.docs.contains(*section)) {
            say(&format!("the docs have no section \"{section}\""));
        }
    }
}

/// The messages of a pack's own rules: each begins in lower case, and ends without a full stop.
pub(super) fn of_messages(manifest: &PackManifest, report: &PlanReport, wrong: &mut Vec<String>) {
    for finding in &report.findings {
        let Some(rule) = rules(manifest).find(|rule| rule.id == finding.rule) else { continue };
        let related = finding.related.iter().map(|related| &related.message);
        for message in [&finding.message].into_iter().chain(&finding.help).chain(related) {
            if let Some(fault) = fault_of(message) {
                let said = rule.says(&format!("the message {fault}: \"{message}\""));
                if !wrong.contains(&said) {
                    wrong.push(said);
                }
            }
        }
    }
}

fn fault_of(message: &str) -> Option<&'static str> {
    let mut letters = message.chars();
    // A name such as "N/A" or "CORS" keeps its capitals.
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    // "e.g." and "…" are no full stop.
    let stop = message.ends_with('.') && !message.ends_with("..") && !message.ends_with("e.g.");
    match (message.trim().is_empty(), capital, stop) {
        (true, _, _) => Some("is empty"),
        (_, true, _) => Some("does not begin in lower case"),
        (_, _, true) => Some("ends with a full stop"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_begin_in_lower_case_and_end_without_a_full_stop() {
        for (message, fault) in [
            ("answered yes, but T001 is not there", None),
            ("CORS is open to all", None),
            ("\"IV. Tests\" is declared twice", None),
            ("and so on…", None),
            ("The answer is wrong", Some("does not begin in lower case")),
            ("the answer is wrong.", Some("ends with a full stop")),
            (" ", Some("is empty")),
        ] {
            assert_eq!(fault_of(message), fault, "{message}");
        }
    }
}
