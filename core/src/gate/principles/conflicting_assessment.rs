//! PLN111, conflicting-assessment.

use super::assessments;
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::matching::Words;
use crate::parse::ordinal_values;
use crate::plan::AssessedPrinciple;

gate_rule! {
    /// ## What it finds
    /// One principle assessed twice in one check with different statuses, or a decided and an
    /// untouched copy side by side.
    ///
    /// ## Why it matters
    /// One of the two is wrong, and nobody can tell which.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// | I. Library First | FAIL |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// | II. Test First | FAIL |
    /// ```
    CONFLICTING_ASSESSMENT = "PLN111" "conflicting-assessment", Error;
    conflicting_assessment
}

fn conflicting_assessment(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in &cx.assessment.principles {
        let list: Vec<_> = assessments(cx, principle).collect();
        for (index, (at, _, second)) in list.iter().enumerate() {
            let earlier = list[..index].iter().find(|(other, _, first)| {
                other.check == at.check
                    && first.status.is_some()
                    && second.status.is_some()
                    && first.status != second.status
                    && is_same_entry(first, second)
            });
            if let Some((_, _, first)) = earlier {
                let message =
                    format!("\"{}\" is assessed twice in this check, with different statuses", principle.label());
                found.push(
                    cx.finding(second.heading, message)
                        .subject(principle.subject())
                        .related(cx.place(first.heading), "the first assessment")
                        .help("keep one of them"),
                );
                break;
            }
        }
    }
    found
}

/// Two rows are one principle's only where both name it: the same name, and numerals that agree.
fn is_same_entry(first: &AssessedPrinciple, second: &AssessedPrinciple) -> bool {
    let values = |assessed: &AssessedPrinciple| assessed.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    let (a, b) = (Words::of(&first.name), Words::of(&second.name));
    values(first) == values(second) && (a == b || a.is_empty() || b.is_empty())
}
