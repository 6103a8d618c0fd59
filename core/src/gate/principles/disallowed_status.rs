//! PLN103, disallowed-status.

use super::{declaring, offered, status_span};
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// N/A for a principle whose template offers none.
    ///
    /// ## Why it matters
    /// Some principles hold for every feature; leaving them out is a violation, not an exemption.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// **I. Library First** N/A
    /// - No library here.
    /// ```
    /// ```md,file=plan-template.md
    /// ## Constitution Check
    /// **I. Library First** ✅ / ⚠️
    /// - Is there a library?
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Library First** N/A
    /// - No library here.
    /// ```
    /// ```md,file=plan-template.md
    /// ## Constitution Check
    /// **I. Library First** ✅ / ⚠️ / N/A
    /// - Is there a library?
    /// ```
    DISALLOWED_STATUS = "PLN103" "disallowed-status", Error;
    disallowed_status
}

fn disallowed_status(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in &cx.assessment.principles {
        let offered = offered(cx, principle);
        let declared = principle.declared.filter(|status| *status == Status::NotApplicable);
        if let (Some(status), Some(assessed)) = (declared, declaring(cx, principle))
            && !offered.is_empty()
            && !offered.contains(&status)
        {
            let message = format!("\"{}\" does not offer N/A", principle.label());
            let help = "answer its questions, or mark it ⚠️ and justify it in Complexity Tracking";
            found.push(cx.finding(status_span(assessed), message).subject(principle.subject()).help(help));
        }
    }
    found
}
