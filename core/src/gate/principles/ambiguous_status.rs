//! PLN119, ambiguous-status.

use super::negotiated_principle::negotiated;
use super::says_something;
use crate::assessment::Occurrence;
use crate::diagnostic::Finding;
use crate::gate::verdict::is_exempted;
use crate::gate::{GateContext, gate_rule};
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// A status whose mark and word disagree, such as "⚠️ PASS", or a ⚠️ with a note that the principle
    /// does not apply. Where the constitution calls the principle NON-NEGOTIABLE, such a note is
    /// `negotiated-principle`'s matter.
    ///
    /// ## Why it matters
    /// Readers see the mark, tools read the word.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PASS | one crate |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ✅ PASS | one crate |
    /// ```
    AMBIGUOUS_STATUS = "PLN119" "ambiguous-status", Warning;
    ambiguous_status
}

fn ambiguous_status(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let negotiated: Vec<Occurrence> = negotiated(cx).filter_map(|(principle, _)| principle.declared_at).collect();
    for (check, assessments) in cx.plan().constitution_checks.iter().enumerate() {
        for (principle, assessed) in assessments.principles.iter().enumerate() {
            let Some(raw) = &assessed.raw_status else { continue };
            if is_exempted(assessed) {
                // N/A is no way out of it, and PLN120 says which there is.
                if negotiated.contains(&Occurrence { check, principle }) {
                    continue;
                }
                let message =
                    format!("the status says attention, and its note that it does not apply: \"{}\"", raw.text);
                found.push(
                    cx.finding(raw.span, message)
                        .help("write N/A with the reason, where the principle offers it")
                        .subject(assessed.name.clone()),
                );
                continue;
            }
            let Some((mark, word)) = crate::parse::mark_and_word(&raw.text) else { continue };
            let explained = assessed.notes.as_ref().is_some_and(says_something) || !assessed.statements.is_empty();
            let agrees = mark == word
                || word == Status::NotApplicable && explained && mark != Status::Blocked
                || matches!(
                    (mark, word),
                    (Status::Attention, Status::Blocked | Status::Undecided) | (Status::Blocked, Status::Undecided)
                )
                || mark == Status::NotApplicable && word == Status::NotApplicable
                || matches!((mark, word), (Status::Pass, Status::Undecided) | (Status::Undecided, _));
            if !agrees {
                let message =
                    format!("the mark says {}, the word says {}: \"{}\"", mark.as_str(), word.as_str(), raw.text);
                found.push(
                    cx.finding(raw.span, message).help("let mark and word say the same").subject(assessed.name.clone()),
                );
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::gate::document::found::{findings, voting};

    #[test]
    fn one_mark_gets_one_advice() {
        let helps = |name: &str| {
            let plan = "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n\
                        | I. Tests zuerst | ⚠️ | nicht anwendbar, nur Texte |\n";
            let constitution = format!("# Constitution\n## Core Principles\n### {name}\nTests MUST come first.\n");
            let feature = voting(plan).constitution(constitution).build();
            let found = [findings("PLN119", &feature), findings("PLN120", &feature)].concat();
            found.into_iter().filter_map(|finding| finding.help).collect::<Vec<_>>()
        };
        assert_eq!(helps("I. Tests zuerst"), ["write N/A with the reason, where the principle offers it"]);
        assert_eq!(
            helps("I. Tests zuerst (NON-NEGOTIABLE)"),
            ["write ✅ and how the feature keeps to it; it offers no exemption unless the constitution is amended"]
        );
    }
}
