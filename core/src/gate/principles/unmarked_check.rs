//! PLN121, unmarked-check.

use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::{ConstitutionCheck, Verdict};

gate_rule! {
    /// ## What it finds
    /// A check in which no principle carries a status: assertions or restated rules only.
    ///
    /// ## Why it matters
    /// Without a mark nobody can tell whether the author passed or failed the principle.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// - **Library First**: every feature starts as a library
    /// - **Test First**: tests come before code
    /// ```
    /// ```md
    /// ## Constitution Check
    /// - **Library First**: PASS, one crate
    /// - **Test First**: PASS, tests in tests/
    /// ```
    UNMARKED_CHECK = "PLN121" "unmarked-check", Warning;
    unmarked_check
}

fn unmarked_check(cx: &GateContext<'_>) -> Vec<Finding> {
    let checks = &cx.plan().constitution_checks;
    let marked = |check: &ConstitutionCheck| {
        check.principles.iter().any(|principle| {
            principle.status.is_some()
                || principle.questions.iter().any(|question| question.answer.verdict != Verdict::Open)
        })
    };
    let Some(first) = checks.iter().find(|check| !check.principles.is_empty()) else { return Vec::new() };
    if checks.iter().any(marked) || first.principles.iter().any(|principle| !principle.questions.is_empty()) {
        return Vec::new();
    }
    let message = format!("none of the {} principles of this check carries a status", first.principles.len());
    vec![cx.finding(first.title.span, message).help("write PASS, ⚠️ or N/A beside each principle")]
}
