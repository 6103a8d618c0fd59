//! PLN107, unjustified-violation.

use super::{is_admitted, violations};
use crate::assessment::JudgedPrinciple;
use crate::complexity;
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::{Plan, Status};

gate_rule! {
    /// ## What it finds
    /// A principle declared ⚠️ or ❌ that no row of Complexity Tracking speaks of.
    ///
    /// ## Why it matters
    /// A violation is allowed where it is justified; this one is only admitted.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
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
    /// | Two crates (Principle I) | the parser is used by the editor too | one crate would pull the editor in |
    /// ```
    UNJUSTIFIED_VIOLATION = "PLN107" "unjustified-violation", Error, fixable;
    unjustified_violation
}

fn unjustified_violation(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let denied = plan.complexity_tracking.as_ref().is_some_and(complexity::denies_violations);
    violations(cx)
        .filter(|principle| !principle.justified && !is_admitted(cx, principle) && !has_open_row(plan, principle))
        // Complexity Tracking that says "none" beside it is PLN118's finding.
        .filter(|principle| !(denied && is_first_violation(cx, principle)))
        .filter_map(|principle| {
            let at = principle.declared_at?.of(plan)?.1;
            let span = at.raw_status.as_ref().map_or(at.heading, |raw| raw.span);
            let status = principle.declared.unwrap_or(Status::Attention);
            let message = format!(
                "\"{}\" is declared {}, and no row of Complexity Tracking justifies it",
                principle.label(),
                status.as_str()
            );
            let help = "add a row: what is violated, why it is needed, why the simpler alternative was rejected";
            let finding = cx.finding(span, message).subject(principle.subject()).help(help);
            let ordinal = principle.ordinal.as_deref();
            Some(
                match complexity::skeleton(cx.document(), plan, ordinal, &principle.name, &notes_of(plan, principle)) {
                    Some(fix) => finding.fix(fix),
                    None => finding,
                },
            )
        })
        .collect()
}

/// The violation that PLN118 tells of, so that it is not told twice.
fn is_first_violation(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    let mut violations = violations(cx).filter(|violation| !violation.justified && !is_admitted(cx, violation));
    violations.next().is_some_and(|first| std::ptr::eq(first, principle))
}

/// Whether a row speaks of the principle and is incomplete: that is PLN108's finding.
fn has_open_row(plan: &Plan, principle: &JudgedPrinciple) -> bool {
    let Some(tracking) = &plan.complexity_tracking else { return false };
    let notes = notes_of(plan, principle);
    let subject = complexity::Subject::new(principle.ordinal.as_deref(), &principle.name, &notes);
    tracking.rows.iter().any(|row| !complexity::is_template(row) && subject.is_matter_of(row))
}

/// What the plan says beside the principle's status, wherever it assesses it.
fn notes_of(plan: &Plan, principle: &JudgedPrinciple) -> String {
    principle
        .occurrences
        .iter()
        .filter_map(|at| at.of(plan))
        .filter_map(|(_, assessed)| assessed.notes.as_ref())
        .fold(String::new(), |all, notes| all + " " + &notes.text)
}
