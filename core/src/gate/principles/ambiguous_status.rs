//! PLN119, ambiguous-status.

use super::says_something;
use crate::diagnostic::Finding;
use crate::gate::verdict::is_exempted;
use crate::gate::{GateContext, gate_rule};
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// A status whose mark and word disagree, such as "⚠️ PASS", or a ⚠️ with a note that the principle
    /// does not apply.
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
    for check in &cx.plan().constitution_checks {
        for assessed in &check.principles {
            let Some(raw) = &assessed.raw_status else { continue };
            if is_exempted(assessed) {
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
