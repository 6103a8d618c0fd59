//! One line for each finding, as editors and `grep` read them.

use std::io;

use super::visible;
use crate::report::{PlanReport, Report};

/// Writes `path:line:column: error[MVP601 unprioritized-story] message` for each finding that counts.
///
/// # Errors
/// What the writer says.
pub fn concise(report: &Report, out: &mut impl io::Write) -> io::Result<()> {
    for finding in report.plans.iter().flat_map(PlanReport::counted) {
        writeln!(
            out,
            "{}:{}:{}: {}[{} {}] {}",
            visible(&report.repository.path(&finding.path)),
            finding.start.line,
            finding.start.column,
            finding.severity.as_str(),
            visible(&finding.rule),
            visible(&finding.name),
            visible(&finding.message),
        )?;
    }
    Ok(())
}
