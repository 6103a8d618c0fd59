//! For an agent that mends its plan: one finding a line, with the place and the next step.

use std::io;

use super::words::gate_words;
use super::{Emitter, visible};
use crate::diagnostic::{Applicability, Severity};
use crate::report::{FindingReport, PlanReport, Report, RepositoryReport, Sources};
use crate::source::Position;

/// Writes a line for each plan with its verdict, and below it a line for each finding that counts:
/// errors first, each with `next:` and what to do.
#[derive(Debug)]
pub struct Agent<W> {
    out: W,
    repository: RepositoryReport,
}

impl<W: io::Write> Agent<W> {
    /// Writes to `out`, which nothing here buffers.
    pub fn new(out: W) -> Self {
        Self { out, repository: RepositoryReport::at(".") }
    }

    fn finding(&mut self, finding: &FindingReport) -> io::Result<()> {
        let FindingReport { rule, name, message, start, .. } = finding;
        let path = self.repository.path(&finding.path);
        write!(
            self.out,
            "{} {} {} {}:{}:{} {}",
            finding.severity.as_str(),
            visible(rule),
            visible(name),
            visible(&path),
            start.line,
            start.column,
            visible(message)
        )?;
        for related in &finding.related {
            let path = self.repository.path(&related.path);
            let Position { line, column, .. } = related.start;
            write!(self.out, "; see {}:{line}:{column} {}", visible(&path), visible(&related.message))?;
        }
        match (&finding.help, &finding.fix) {
            (Some(help), _) => write!(self.out, "; next: {}", visible(help))?,
            (None, Some(fix)) => write!(self.out, "; next: {}", visible(&fix.description))?,
            (None, None) => write!(self.out, "; next: plangate explain {}", visible(rule))?,
        }
        let safe = finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
        writeln!(self.out, "{}", if safe { " (--fix does it)" } else { "" })
    }
}

impl<W: io::Write> Emitter for Agent<W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.repository = report.repository.clone();
        Ok(())
    }

    fn plan(&mut self, plan: &PlanReport, _: &Sources<'_>) -> io::Result<()> {
        let path = self.repository.path(&plan.path).into_owned();
        writeln!(self.out, "{}: gate {}", visible(&path), gate_words(&plan.gate))?;
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            for finding in plan.counted().filter(|finding| finding.severity == severity) {
                self.finding(finding)?;
            }
        }
        plan.failures.iter().try_for_each(|failure| writeln!(self.out, "failure {}", visible(&failure.message)))
    }

    fn end(&mut self, report: &Report) -> io::Result<()> {
        report.failures.iter().try_for_each(|failure| writeln!(self.out, "failure {}", visible(&failure.message)))
    }
}
