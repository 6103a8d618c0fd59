//! PLN102, undecided-status.

use super::{assessments, declaring, status_span};
use crate::assessment::Origin;
use crate::diagnostic::{Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// A principle whose status nobody chose: the template's alternatives are still there, the box is
    /// unticked, or it says TODO.
    ///
    /// ## Why it matters
    /// An undecided principle is an unpassed gate.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// **I. Library First** ✅ / ⚠️ / N/A
    /// - One crate.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Library First** ✅
    /// - One crate.
    /// ```
    UNDECIDED_STATUS = "PLN102" "undecided-status", Error;
    undecided_status
}

fn undecided_status(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in &cx.assessment.principles {
        let Some(assessed) = declaring(cx, principle).filter(|assessed| assessed.status == Some(Status::Undecided))
        else {
            continue;
        };
        let raw = assessed.raw_status.as_ref().map(|raw| raw.text.as_str()).unwrap_or_default();
        let message = if assessed.options.is_empty() {
            format!("\"{}\" is undecided: \"{raw}\"", principle.label())
        } else {
            format!("nobody chose a status for \"{}\": \"{raw}\"", principle.label())
        };
        let help = "write the one status that holds: ✅, ⚠️ or ❌, or N/A where the principle offers it";
        found.push(cx.finding(status_span(assessed), message).subject(principle.subject()).help(help));
    }
    found.extend(unmarked_beside_marked(cx));
    found
}

/// In a check that carries statuses, a principle without any.
fn unmarked_beside_marked(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in cx.assessment.principles.iter().filter(|principle| principle.declared.is_none()) {
        let Some((at, check, assessed)) = assessments(cx, principle).last() else { continue };
        let marked = check.principles.iter().filter(|other| other.raw_status.is_some()).count();
        let last_of_kind = principle.origin != Origin::Plan;
        let asked = !assessed.questions.is_empty();
        let _ = at;
        if last_of_kind && !asked && marked >= 2 && marked * 2 > check.principles.len() {
            let message = format!("\"{}\" has no status, as the other principles do", principle.label());
            let help = "write the status that holds beside its name";
            found.push(
                cx.finding(assessed.heading, message)
                    .subject(principle.subject())
                    .help(help)
                    .at_most(Severity::Warning),
            );
        }
    }
    found
}
