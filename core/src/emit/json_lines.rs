//! The report as JSON, a line for each plan.

use std::io;

use serde::Serialize;

use super::json::Head;
use super::{Emitter, json_text};
use crate::report::{Failure, PlanReport, Report, Sources, Summary};

/// Writes an object on each line, with one key that says what it is: first `report` with what
/// stands before the plans, then a `plan` for each of them, a `failure` for each that belongs to no
/// plan, and at last the `summary`.
#[derive(Debug)]
pub struct JsonLines<W> {
    out: W,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Line<'a> {
    Report(Head<'a>),
    Plan(&'a PlanReport),
    Failure(&'a Failure),
    Summary(&'a Summary),
}

impl<W: io::Write> JsonLines<W> {
    /// Writes to `out`, which nothing here buffers.
    pub fn new(out: W) -> Self {
        Self { out }
    }

    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        writeln!(self.out, "{}", json_text(line, false)?)
    }
}

impl<W: io::Write> Emitter for JsonLines<W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.line(&Line::Report(Head::of(report)))
    }

    fn plan(&mut self, plan: &PlanReport, _: &Sources<'_>) -> io::Result<()> {
        self.line(&Line::Plan(plan))
    }

    fn end(&mut self, report: &Report) -> io::Result<()> {
        report.failures.iter().try_for_each(|failure| self.line(&Line::Failure(failure)))?;
        self.line(&Line::Summary(&report.summary))
    }
}
