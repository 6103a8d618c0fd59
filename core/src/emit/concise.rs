//! One line for each finding, as editors and `grep` read them.

use std::io;

use super::{Emitter, visible};
use crate::report::{PlanReport, Report, RepositoryReport, Sources};

/// Writes `path:line:column: error[MVP601 unprioritized-story] message` for each finding that counts.
#[derive(Debug)]
pub struct Concise<W> {
    out: W,
    repository: RepositoryReport,
}

impl<W: io::Write> Concise<W> {
    /// Writes to `out`, which nothing here buffers.
    pub fn new(out: W) -> Self {
        Self { out, repository: RepositoryReport::at(".") }
    }
}

impl<W: io::Write> Emitter for Concise<W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.repository = report.repository.clone();
        Ok(())
    }

    fn plan(&mut self, plan: &PlanReport, _: &Sources<'_>) -> io::Result<()> {
        for finding in plan.counted() {
            writeln!(
                self.out,
                "{}:{}:{}: {}[{} {}] {}",
                visible(&self.repository.path(&finding.path)),
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

    fn end(&mut self, _: &Report) -> io::Result<()> {
        Ok(())
    }
}
