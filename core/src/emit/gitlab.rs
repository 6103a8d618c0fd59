//! GitLab's code quality report: a JSON array of issues.

use std::io;

use serde::Serialize;

use super::words::checkout_path;
use super::{Emitter, json_text, visible};
use crate::diagnostic::Severity;
use crate::report::{FindingReport, PlanReport, Report, RepositoryReport, Sources, fingerprint};

/// Writes an issue for each finding that counts.
#[derive(Debug)]
pub struct Gitlab<W> {
    out: W,
    repository: RepositoryReport,
    issues: usize,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl<W: io::Write> Gitlab<W> {
    /// Writes to `out`, which nothing here buffers.
    pub fn new(out: W) -> Self {
        Self { out, repository: RepositoryReport::at("."), issues: 0 }
    }

    fn issue<'a>(&self, finding: &'a FindingReport) -> Issue<'a> {
        let path = checkout_path(&self.repository, &finding.path).into_owned();
        Issue {
            description: visible(&finding.message).into_owned(),
            check_name: &finding.rule,
            // GitLab takes two issues with one fingerprint for the same; two repositories of one
            // report may hold the same feature.
            fingerprint: fingerprint(&finding.rule, &path, &finding.fingerprint, ""),
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                path,
                lines: Lines { begin: finding.start.line, end: finding.end.line.max(finding.start.line) },
            },
        }
    }
}

impl<W: io::Write> Emitter for Gitlab<W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.repository = report.repository.clone();
        write!(self.out, "[")
    }

    fn plan(&mut self, plan: &PlanReport, _: &Sources<'_>) -> io::Result<()> {
        for finding in plan.counted() {
            let comma = if self.issues == 0 { "" } else { "," };
            self.issues += 1;
            write!(self.out, "{comma}\n{}", json_text(&self.issue(finding), false)?)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Report) -> io::Result<()> {
        writeln!(self.out, "{}]", if self.issues == 0 { "" } else { "\n" })
    }
}
