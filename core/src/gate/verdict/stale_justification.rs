//! PLN109, stale-justification.

use super::header_of;
use crate::assessment::JudgedPrinciple;
use crate::complexity;
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::{Status, Verdict};

gate_rule! {
    /// ## What it finds
    /// A row of Complexity Tracking in a plan that records no violation at all.
    ///
    /// ## Why it matters
    /// Either the violation is not declared, or the row is left from an earlier version of the plan.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
    ///
    /// ## Complexity Tracking
    /// | Violation | Why Needed | Simpler Alternative Rejected Because |
    /// |---|---|---|
    /// | Two crates | the editor needs the parser | one crate pulls the editor in |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// ## Complexity Tracking
    /// | Violation | Why Needed | Simpler Alternative Rejected Because |
    /// |---|---|---|
    /// | Two crates | the editor needs the parser | one crate pulls the editor in |
    /// ```
    STALE_JUSTIFICATION = "PLN109" "stale-justification", Info, needs: [PlanText];
    stale_justification
}

fn stale_justification(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let Some(tracking) = &plan.complexity_tracking else { return Vec::new() };
    let checked = plan.constitution_checks.iter().any(|check| !check.principles.is_empty());
    let disclosed = cx.assessment.principles.iter().flat_map(JudgedPrinciple::asked).any(|question| {
        question.answer.as_ref().is_some_and(|answer| {
            answer.rationale.to_lowercase().contains("complexity tracking")
                || matches!(
                    (question.kind, answer.verdict),
                    (crate::principle::Kind::Disclosure, Verdict::Yes) | (crate::principle::Kind::Duty, Verdict::No)
                )
        })
    });
    if !checked
        || disclosed
        || plan
            .constitution_checks
            .iter()
            .flat_map(|check| &check.principles)
            .any(|principle| matches!(principle.status, Some(Status::Attention | Status::Blocked | Status::Undecided)))
    {
        return Vec::new();
    }
    let complete =
        tracking.rows.iter().find(|row| complexity::is_complete(row) && is_violation_row(cx, row.span.start));
    complete
        .map(|row| {
            let message = format!("no violation is recorded that \"{}\" would justify", row.violation.text);
            cx.finding(row.span, message)
                .subject(row.violation.text.clone())
                .help("mark the principle ⚠️ that it belongs to, or take the row out")
        })
        .into_iter()
        .collect()
}

/// Whether the row stands in a table of violations; other tables are design notes.
fn is_violation_row(cx: &GateContext<'_>, offset: u32) -> bool {
    header_of(cx, offset).to_lowercase().contains("violation")
}
