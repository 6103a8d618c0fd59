//! PLN118, denied-violation.

use super::violations;
use crate::complexity;
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// A principle declared ⚠️ or ❌, and Complexity Tracking that says that there is no violation.
    ///
    /// ## Why it matters
    /// One of the two sections is wrong, and the gate passes on the strength of the wrong one.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// ## Complexity Tracking
    /// No violations.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
    ///
    /// ## Complexity Tracking
    /// No violations.
    /// ```
    DENIED_VIOLATION = "PLN118" "denied-violation", Error;
    denied_violation
}

fn denied_violation(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let Some(tracking) = plan.complexity_tracking.as_ref().filter(|tracking| complexity::denies_violations(tracking))
    else {
        return Vec::new();
    };
    let Some(statement) = &tracking.statement else { return Vec::new() };
    let Some(principle) = violations(cx).find(|principle| !principle.justified) else { return Vec::new() };
    let Some((_, assessed)) = principle.declared_at.and_then(|at| at.of(plan)) else { return Vec::new() };
    let span = assessed.raw_status.as_ref().map_or(assessed.heading, |raw| raw.span);
    let status = principle.declared.unwrap_or(Status::Attention);
    let message = format!(
        "the section Complexity Tracking says that there is no violation, although \"{}\" is declared {}",
        principle.label(),
        status.as_str()
    );
    vec![
        cx.finding(statement.span, message)
            .subject(principle.subject())
            .related(cx.place(span), format!("declared {}", status.as_str()))
            .help("justify the violation in a row, or settle the principle"),
    ]
}
