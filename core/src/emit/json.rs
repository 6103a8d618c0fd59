//! The report as one JSON object: the contract of docs/report.md.

use std::io;

use serde::Serialize;

use super::{Emitter, json_text};
use crate::report::{Failure, PackReport, PlanReport, Policy, Report, RepositoryReport, Sources, Summary, Tool};

/// Writes the report as indented JSON that ends with a newline.
#[derive(Debug)]
pub struct Json<W> {
    out: W,
    plans: usize,
}

/// The keys before the plans, as [`Report`] orders them.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    schema_version: u32,
    tool: &'a Tool,
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<&'a str>,
    repository: &'a RepositoryReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'a Policy>,
    packs: &'a [PackReport],
}

/// The keys behind them.
#[derive(Serialize)]
struct Tail<'a> {
    failures: &'a [Failure],
    summary: &'a Summary,
}

impl<'a> Head<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        Self {
            schema_version: report.schema_version,
            tool: &report.tool,
            today: report.today.as_deref(),
            repository: &report.repository,
            policy: report.policy.as_ref(),
            packs: &report.packs,
        }
    }
}

impl<W: io::Write> Json<W> {
    /// Writes to `out`, which nothing here buffers.
    pub fn new(out: W) -> Self {
        Self { out, plans: 0 }
    }
}

impl<W: io::Write> Emitter for Json<W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        let head = json_text(&Head::of(report), true)?;
        write!(self.out, "{},\n  \"plans\": [", head.trim_end_matches("\n}"))
    }

    fn plan(&mut self, plan: &PlanReport, _: &Sources<'_>) -> io::Result<()> {
        let comma = if self.plans == 0 { "" } else { "," };
        self.plans += 1;
        // A newline stands between tokens only: inside of strings it is escaped.
        write!(self.out, "{comma}\n    {}", json_text(plan, true)?.replace('\n', "\n    "))
    }

    fn end(&mut self, report: &Report) -> io::Result<()> {
        let tail = json_text(&Tail { failures: &report.failures, summary: &report.summary }, true)?;
        let line = if self.plans == 0 { "" } else { "\n  " };
        writeln!(self.out, "{line}],{}", tail.trim_start_matches('{'))
    }
}
