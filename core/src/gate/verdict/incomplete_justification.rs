//! PLN108, incomplete-justification.

use super::{header_of, violations};
use crate::complexity;
use crate::diagnostic::{Finding, Severity};
use crate::gate::{GateContext, gate_rule};

gate_rule! {
    /// ## What it finds
    /// A row of Complexity Tracking with an empty cell, or one that only says "N/A" or "TBD".
    ///
    /// ## Why it matters
    /// A justification without a reason justifies nothing.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// ## Complexity Tracking
    /// | Violation | Why Needed | Simpler Alternative Rejected Because |
    /// |---|---|---|
    /// | Two crates (Principle I) | the editor needs the parser | |
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
    /// | Two crates (Principle I) | the editor needs the parser | one crate pulls the editor in |
    /// ```
    INCOMPLETE_JUSTIFICATION = "PLN108" "incomplete-justification", Error;
    incomplete_justification
}

fn incomplete_justification(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(tracking) = &cx.plan().complexity_tracking else { return Vec::new() };
    let admitted = violations(cx).next().is_some();
    let mut found = Vec::new();
    for row in tracking.rows.iter().filter(|row| !complexity::is_complete(row) && !complexity::is_template(row)) {
        // A table with two columns is a list of design notes, not a row that forgot its reason.
        let two_columns = header_of(cx, row.span.start).trim().trim_matches('|').split('|').count() < 3;
        let cell = [
            ("why it is needed", &row.why_needed),
            ("why the simpler alternative was rejected", &row.simpler_alternative),
        ]
        .into_iter()
        .find(|(_, cell)| !complexity::says_something(&cell.text));
        let Some((what, cell)) = cell.filter(|_| !two_columns) else { continue };
        let message = format!("the justification of \"{}\" does not say {what}", row.violation.text);
        let severity = if admitted { Severity::Error } else { Severity::Warning };
        let span = if cell.span.is_empty() { row.span } else { cell.span };
        found.push(
            cx.finding(span, message)
                .subject(row.violation.text.clone())
                .at_most(severity)
                .help("fill the cell, or take the row out"),
        );
    }
    found
}
