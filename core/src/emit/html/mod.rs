//! One HTML file for people: a matrix of features and principles, and below it each plan's findings
//! with excerpts and evidence. It asks the network for nothing and is read without JavaScript as well.

mod details;
mod matrix;
mod rules;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Read, Seek, SeekFrom, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::words::{counts, plural};
use super::{Emitter, visible};
use crate::catalogue::RuleEntry;
use crate::diagnostic::Severity;
use crate::plan::Status;
use crate::report::{Failure, PlanReport, Report, RepositoryReport, Sources, Summary};
use details::Details;
use matrix::Matrix;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Bytes of details that a page holds; a browser that opens more is no pleasure. The matrix names
/// every plan nevertheless.
const MOST_DETAILS: u64 = 48 * 1024 * 1024;

/// Rules that the page's head names.
const MOST_RULES: usize = 5;

/// Writes one self-contained page. The matrix stands above the plans that it is made of, so their
/// details wait in `scratch` until the end.
#[derive(Debug)]
pub struct Html<'a, W, S> {
    out: W,
    scratch: S,
    written: u64,
    left_out: usize,
    rules: &'a [RuleEntry<'a>],
    /// The questions as the plan template words them, by rule.
    questions: HashMap<&'a str, &'a str>,
    found: BTreeMap<String, Found>,
    repository: RepositoryReport,
    matrix: Matrix,
    failures: Vec<Failure>,
}

/// A rule that found something.
#[derive(Debug)]
struct Found {
    name: String,
    severity: Severity,
    findings: usize,
}

impl<'a, W: Write, S: Read + Write + Seek> Html<'a, W, S> {
    /// Writes to `out`, which nothing here buffers. `scratch` is an empty buffer or file for the
    /// details of the plans, such as `std::io::Cursor::new(Vec::new())`.
    pub fn new(out: W, rules: &'a [RuleEntry<'a>], scratch: S) -> Self {
        Self {
            out,
            scratch,
            written: 0,
            left_out: 0,
            rules,
            questions: rules.iter().filter_map(|rule| Some((rule.id, rule.question?))).collect(),
            found: BTreeMap::new(),
            repository: RepositoryReport::at("."),
            matrix: Matrix::default(),
            failures: Vec::new(),
        }
    }

    fn count(&mut self, plan: &PlanReport) {
        for finding in &plan.findings {
            if let Some(found) = self.found.get_mut(&finding.rule) {
                found.findings += 1;
                found.severity = found.severity.max(finding.severity);
            } else {
                let found = Found { name: finding.name.clone(), severity: finding.severity, findings: 1 };
                self.found.insert(finding.rule.clone(), found);
            }
        }
    }

    fn head(&self, report: &Report) -> Markup {
        let Summary { plans, blocked, attention, pass, .. } = report.summary;
        let verdict = match report.summary {
            Summary { plans: 0, .. } => "Nothing was checked",
            Summary { blocked: 0, .. } => "Every gate holds",
            _ if blocked == plans => "No gate holds",
            _ => "Some gates are blocked",
        };
        let tiles = [(Status::Blocked, blocked), (Status::Attention, attention), (Status::Pass, pass)];
        html! {
            header.top {
                div.title {
                    h1 { "Constitution gate" }
                    p.run {
                        (text(&report.tool.name)) " " (text(&report.tool.version))
                        @if let Some(today) = &report.today { " · " time datetime=(text(today)) { (text(today)) } }
                        @if let Some(revision) = &report.repository.revision { " · " code { (text(revision)) } }
                    }
                }
                button #theme type="button" hidden { "Dark" }
            }
            section.overview aria-label="Overview" {
                div.verdict {
                    p.big { (verdict) }
                    p { (plural(plans as usize, "plan")) ": " (counts(&report.summary, self.failure_count(report))) }
                    @if plans > 0 {
                        div.bar role="img" aria-label=(format!("{blocked} blocked, {attention} attention, {pass} pass")) {
                            @for (status, count) in tiles.iter().filter(|(_, count)| *count > 0) {
                                span class=(status_class(*status)) style=(format!("flex-grow:{count}")) {}
                            }
                        }
                    }
                    ul.tiles {
                        @for (status, count) in tiles {
                            li { span class={ "mark " (status_class(status)) } aria-hidden="true" { (mark(status)) }
                                strong { (count) } " " (status.as_str()) }
                        }
                    }
                }
                @if !self.found.is_empty() { (self.most_findings()) }
            }
            (self.told_failures(report))
        }
    }

    fn failure_count(&self, report: &Report) -> usize {
        self.failures.len() + report.failures.len()
    }

    fn most_findings(&self) -> Markup {
        let mut found: Vec<_> = self.found.iter().collect();
        found.sort_by_key(|(_, found)| std::cmp::Reverse(found.findings));
        let most = found.first().map_or(1, |(_, found)| found.findings).max(1);
        html! {
            div.most {
                h2 { "Most findings" }
                ol {
                    @for (rule, found) in found.into_iter().take(MOST_RULES) {
                        li {
                            a href={ "#" (rules::anchor(rule)) } { code { (text(rule)) } " " (text(&found.name)) }
                            span.count { (found.findings) }
                            span.meter aria-hidden="true" {
                                span class=(found.severity.as_str())
                                    style=(format!("inline-size:{}%", (found.findings * 100 / most).max(1))) {}
                            }
                        }
                    }
                }
            }
        }
    }

    fn told_failures(&self, report: &Report) -> Markup {
        let failures: Vec<&Failure> = report.failures.iter().chain(&self.failures).collect();
        html! {
            @if !failures.is_empty() {
                section.failures aria-label="Failures" {
                    h2 { "plangate could not do its job" }
                    ul {
                        @for failure in failures {
                            li {
                                @if let Some(path) = &failure.path { code { (text(&self.repository.path(path))) } ": " }
                                (prose(&failure.message))
                            }
                        }
                    }
                }
            }
        }
    }

    /// The filters; only the script shows them, because without it they do nothing.
    fn filters(&self) -> Markup {
        html! {
            form #filters hidden role="search" aria-label="Filter plans and findings" {
                label.search { span { "Search" }
                    input #f-text type="search" placeholder="feature, rule, message" autocomplete="off"; }
                fieldset {
                    legend { "Gate" }
                    div {
                        @for status in [Status::Blocked, Status::Attention, Status::Pass] {
                            label.chip { input type="checkbox" name="gate" value=(status.as_str()) checked;
                                span { span class={ "mark " (status_class(status)) } aria-hidden="true" { (mark(status)) }
                                    " " (status.as_str()) } }
                        }
                    }
                }
                label { span { "Findings" }
                    select #f-severity {
                        option value="" { "any" }
                        option value="error" { "with errors" }
                        option value="warning" { "with warnings" }
                        option value="info" { "with infos" }
                    }
                }
                label { span { "Rule" }
                    select #f-rule {
                        option value="" { "any" }
                        @for (rule, found) in &self.found {
                            option value=(text(rule)) { (text(rule)) " " (text(&found.name)) " (" (found.findings) ")" }
                        }
                    }
                }
                label.chip { input #f-overstated type="checkbox"; span { "declared better than derived" } }
                button #f-reset type="reset" { "Reset" }
                output #f-shown role="status" {}
            }
        }
    }

    fn end_of_details(&self) -> Markup {
        html! {
            @if self.left_out > 0 {
                p.note {
                    (plural(self.left_out, "plan")) " further up in the matrix have no details here: the page would be "
                    "too large to open. Check fewer features at a time, or read the JSON report."
                }
            }
        }
    }
}

impl<W: Write, S: Read + Write + Seek> Emitter for Html<'_, W, S> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.repository = report.repository.clone();
        Ok(())
    }

    fn plan(&mut self, plan: &PlanReport, sources: &Sources<'_>) -> io::Result<()> {
        self.count(plan);
        self.failures.extend_from_slice(&plan.failures);
        let has_details = self.written < MOST_DETAILS;
        let number = self.matrix.add(plan, &self.repository, has_details);
        if !has_details {
            self.left_out += 1;
            return Ok(());
        }
        let details = Details::new(plan, sources, &self.repository, &self.questions, number).page().into_string();
        self.written += details.len() as u64;
        self.scratch.write_all(details.as_bytes())
    }

    fn end(&mut self, report: &Report) -> io::Result<()> {
        let opening = html! {
            (DOCTYPE)
            (PreEscaped("<html lang=\"en\">"))
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
                title { "Constitution gate: " (plural(report.summary.plans as usize, "plan")) }
                style { (PreEscaped(STYLE)) }
            }
            (PreEscaped("<body>"))
            a.skip href="#matrix" { "Skip to the matrix" }
            (self.head(report))
            (self.filters())
            (PreEscaped("<main>"))
        };
        self.out.write_all(opening.into_string().as_bytes())?;
        self.matrix.write(&mut self.out)?;
        self.out.write_all(details::OPENING.as_bytes())?;
        self.scratch.flush()?;
        self.scratch.seek(SeekFrom::Start(0))?;
        io::copy(&mut self.scratch, &mut self.out)?;
        let closing = html! {
            (self.end_of_details())
            p #nothing hidden { "No plan fits the filters." }
            (PreEscaped("</section>"))
            (rules::section(self.rules, &self.found))
            (PreEscaped("</main>"))
            script { (PreEscaped(SCRIPT)) }
            (PreEscaped("</body></html>\n"))
        };
        self.out.write_all(closing.into_string().as_bytes())
    }
}

/// What a document says, safe to show; maud escapes what HTML reads.
fn text(text: &str) -> Cow<'_, str> {
    visible(text)
}

/// Text whose parts between backticks are code.
fn prose(said: &str) -> Markup {
    let parts: Vec<&str> = said.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html! { (text(said)) };
    }
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index % 2 == 1 { code { (text(part)) } } @else { (text(part)) }
        }
    }
}

fn status_class(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Attention => "attention",
        Status::Blocked => "blocked",
        Status::NotApplicable => "not-applicable",
        Status::Undecided => "undecided",
    }
}

/// A mark that is told apart without its colour.
fn mark(status: Status) -> &'static str {
    match status {
        Status::Pass => "✓",
        Status::Attention => "!",
        Status::Blocked => "✕",
        Status::NotApplicable => "–",
        Status::Undecided => "?",
    }
}

/// Whether the plan claims more than was derived.
fn is_overstated(declared: Option<Status>, derived: Status) -> bool {
    let weight = |status| match status {
        Status::Blocked => 2,
        Status::Attention | Status::Undecided => 1,
        Status::Pass | Status::NotApplicable => 0,
    };
    declared.is_some_and(|declared| weight(declared) < weight(derived))
}
