//! Annotations of a GitHub workflow run: a workflow command for each finding.

use std::io;

use super::words::checkout_path;
use super::{Emitter, visible};
use crate::diagnostic::Severity;
use crate::report::{Failure, FindingReport, PlanReport, Report, RepositoryReport, Sources};

/// Writes `::error file=…,line=…,title=…::message` for each finding that counts, and for each failure.
#[derive(Debug)]
pub struct Github<W> {
    out: W,
    repository: RepositoryReport,
}

impl<W: io::Write> Github<W> {
    /// Writes to `out`, which nothing here buffers.
    pub fn new(out: W) -> Self {
        Self { out, repository: RepositoryReport::at(".") }
    }

    fn finding(&mut self, finding: &FindingReport) -> io::Result<()> {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let FindingReport { rule, name, start, end, .. } = finding;
        write!(self.out, "::{command} ")?;
        if finding.path != "-" {
            write!(self.out, "file={},", property(&checkout_path(&self.repository, &finding.path)))?;
        }
        write!(self.out, "line={},endLine={},", start.line, end.line.max(start.line))?;
        // GitHub takes columns within one line only.
        if start.line == end.line {
            write!(self.out, "col={},endColumn={},", start.column, end.column.max(start.column))?;
        }
        let message = message(&finding.message);
        write!(self.out, "title={}::{message}", property(&format!("{rule} {name}")))?;
        if let Some(help) = &finding.help {
            write!(self.out, "%0Ahelp: {}", self::message(help))?;
        }
        writeln!(self.out)
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        write!(self.out, "::error ")?;
        if let Some(path) = failure.path.as_ref().filter(|path| *path != "-") {
            write!(self.out, "file={},", property(&checkout_path(&self.repository, path)))?;
        }
        writeln!(self.out, "title=plangate could not do its job::{}", message(&failure.message))
    }
}

impl<W: io::Write> Emitter for Github<W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.repository = report.repository.clone();
        Ok(())
    }

    fn plan(&mut self, plan: &PlanReport, _: &Sources<'_>) -> io::Result<()> {
        plan.counted().try_for_each(|finding| self.finding(finding))?;
        plan.failures.iter().try_for_each(|failure| self.failure(failure))
    }

    fn end(&mut self, report: &Report) -> io::Result<()> {
        report.failures.iter().try_for_each(|failure| self.failure(failure))
    }
}

/// Text behind the second `::`, on one line.
fn message(text: &str) -> String {
    visible(text).replace('%', "%25")
}

/// The value of a property, which a comma or a colon would end.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_place() {
        assert_eq!(message("100%0A::set-env\r\n::error::x"), "100%250A::set-env  ::error::x");
        assert_eq!(property("a,line=1::b%2C"), "a%2Cline=1%3A%3Ab%252C");
    }
}
