//! The report for people: each finding with its excerpt, then the gate's table, then the verdict.

use std::collections::{BTreeMap, HashMap};
use std::io;

use annotate_snippets::renderer::{AnsiColor, DEFAULT_TERM_WIDTH, Effects, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt::Excerpt;
use super::table::{self, Cell};
use super::words::{counts, gates, part_name, plural, principle_name, remark};
use super::{Emitter, redactions, visible};
use crate::diagnostic::{Applicability, Severity};
use crate::feature::Phase;
use crate::plan::Status;
use crate::report::{FindingReport, PlanReport, Report, RepositoryReport, Sources, Summary};
use crate::source::{Position, Span};

/// From this number of findings on the report ends with the rules that found most.
const MANY: usize = 31;

/// Places of one file that are farther apart than this stand in excerpts of their own.
const NEAR: u32 = 200;

/// How a report is written as text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TextOptions {
    /// Whether ANSI colours are written.
    pub color: bool,
    /// Columns that an excerpt may fill.
    pub width: usize,
    /// Whether delivered features without errors are shown in full instead of on one line.
    pub delivered: bool,
    /// Whether only findings are written: no tables, verdicts and summary.
    pub quiet: bool,
    /// Whether the report ends with the number of each rule's findings.
    pub statistics: bool,
    /// The command that writes a baseline, named where there are many findings.
    pub baseline_command: Option<String>,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { color: false, width: 100, delivered: false, quiet: false, statistics: false, baseline_command: None }
    }
}

/// Writes the report for people.
#[derive(Debug)]
pub struct Text<W> {
    out: W,
    options: TextOptions,
    repository: RepositoryReport,
    statistics: Statistics,
    /// For how many plans each pack was not active.
    inactive: BTreeMap<String, usize>,
    failures: usize,
    ends_with_a_line: bool,
}

impl<W: io::Write> Text<W> {
    /// Writes to `out`, which nothing here buffers.
    pub fn new(out: W, options: TextOptions) -> Self {
        Self {
            out,
            options,
            repository: RepositoryReport::at("."),
            statistics: Statistics::default(),
            inactive: BTreeMap::new(),
            failures: 0,
            ends_with_a_line: false,
        }
    }

    fn inactive(&mut self, plans: usize) -> io::Result<()> {
        for (pack, count) in &self.inactive {
            let pack = visible(pack);
            let of = if *count == plans { String::new() } else { format!(" for {count} of {}", plural(plans, "plan")) };
            writeln!(
                self.out,
                "pack {pack} was not active{of}: its principles don't occur; --pack {pack} requires them"
            )?;
        }
        Ok(())
    }
}

impl<W: io::Write> Emitter for Text<W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.repository = report.repository.clone();
        Ok(())
    }

    fn plan(&mut self, plan: &PlanReport, sources: &Sources<'_>) -> io::Result<()> {
        self.statistics.add(plan);
        self.failures += plan.failures.len();
        for pack in &plan.inactive_packs {
            *self.inactive.entry(pack.clone()).or_default() += 1;
        }
        let redact = redactions(plan);
        let Self { repository, options, out, .. } = self;
        let mut cx = Writer { repository, sources, options, redact: &redact, out };
        self.ends_with_a_line = cx.plan(plan)?;
        Ok(())
    }

    fn end(&mut self, report: &Report) -> io::Result<()> {
        if !self.options.quiet && report.summary.plans > 0 {
            self.verdict(report)?;
        }
        if self.options.statistics { self.statistics.write(&mut self.out) } else { Ok(()) }
    }
}

impl<W: io::Write> Text<W> {
    /// What holds for the run as a whole.
    fn verdict(&mut self, report: &Report) -> io::Result<()> {
        let plans = report.summary.plans as usize;
        if self.ends_with_a_line {
            writeln!(self.out)?;
        }
        self.inactive(plans)?;
        let rules = self.statistics.most_first();
        if rules.iter().map(|(_, _, count)| count).sum::<usize>() >= MANY {
            let most: Vec<String> = rules
                .iter()
                .take(3)
                .map(|(rule, known, count)| format!("{} {} ({count})", visible(rule), visible(&known.name)))
                .collect();
            writeln!(self.out, "most findings: {}", most.join(", "))?;
            if let Some(command) = &self.options.baseline_command {
                writeln!(self.out, "to see only new findings from now on, write a baseline: {command}")?;
            }
        }
        let failures = self.failures + report.failures.len();
        writeln!(self.out, "{}; {}", gates(&report.summary), counts(&report.summary, failures))
    }
}

/// How many findings each rule has.
///
/// ```
/// use plangate_core::emit::Statistics;
/// let mut out = Vec::new();
/// Statistics::default().write(&mut out)?;
/// assert!(out.is_empty(), "no plan, no findings");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    rules: BTreeMap<String, Counted>,
}

/// A rule with findings.
#[derive(Clone, Debug)]
struct Counted {
    name: String,
    /// The most that one of the findings weighs.
    severity: Severity,
    findings: usize,
}

impl Statistics {
    /// Counts the findings of one more plan.
    pub fn add(&mut self, plan: &PlanReport) {
        for finding in plan.counted() {
            if let Some(known) = self.rules.get_mut(&finding.rule) {
                known.findings += 1;
                known.severity = known.severity.max(finding.severity);
            } else {
                let counted = Counted { name: finding.name.clone(), severity: finding.severity, findings: 1 };
                self.rules.insert(finding.rule.clone(), counted);
            }
        }
    }

    /// Writes how many findings each rule has, the most first.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, out: &mut impl io::Write) -> io::Result<()> {
        let rows: Vec<[Cell; 4]> = self
            .most_first()
            .into_iter()
            .map(|(rule, known, count)| {
                let severity = Cell::new(known.severity.as_str());
                [Cell::new(format!("{count:>5}")), severity, Cell::new(visible(rule)), Cell::new(visible(&known.name))]
            })
            .collect();
        table::write(&rows, usize::MAX, out)
    }

    fn most_first(&self) -> Vec<(&str, &Counted, usize)> {
        let mut rules: Vec<_> = self.rules.iter().map(|(rule, known)| (rule.as_str(), known, known.findings)).collect();
        rules.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
        rules
    }
}

/// A finding's place, or a related one.
struct Mark<'a> {
    path: &'a str,
    start: Position,
    span: Span,
    label: Option<&'a str>,
}

struct Writer<'a, W> {
    repository: &'a RepositoryReport,
    sources: &'a Sources<'a>,
    options: &'a TextOptions,
    redact: &'a HashMap<&'a str, Vec<Span>>,
    out: &'a mut W,
}

impl<W: io::Write> Writer<'_, W> {
    /// Whether the plan took one line, so that an empty one still has to follow.
    fn plan(&mut self, plan: &PlanReport) -> io::Result<bool> {
        let errors = plan.counted().any(|finding| finding.severity == Severity::Error);
        let short = plan.phase == Phase::Delivered && !self.options.delivered && !errors;
        if short {
            if !self.options.quiet {
                self.verdict(plan)?;
            }
            return Ok(true);
        }
        if !self.options.quiet {
            let bold = self.style(BOLD);
            writeln!(
                self.out,
                "{bold}{}{bold:#} (phase {})\n",
                visible(&self.repository.path(&plan.path)),
                plan.phase.as_str()
            )?;
        }
        for finding in plan.counted() {
            self.finding(finding)?;
        }
        if self.options.quiet {
            return Ok(false);
        }
        self.gate(plan)?;
        self.suppressed(plan)?;
        self.not_judged(plan)?;
        self.verdict(plan)?;
        writeln!(self.out)?;
        Ok(false)
    }

    fn finding(&mut self, finding: &FindingReport) -> io::Result<()> {
        let style = self.style(severity_style(finding.severity));
        let bold = self.style(BOLD);
        writeln!(
            self.out,
            "{style}{}[{} {}]{style:#}{bold}: {}{bold:#}",
            finding.severity.as_str(),
            visible(&finding.rule),
            visible(&finding.name),
            visible(&finding.message),
        )?;
        let marks = marks(finding);
        let excerpts: Vec<Option<Excerpt>> = marks.iter().map(|marks| self.excerpt(marks)).collect();
        let digits = excerpts.iter().flatten().map(Excerpt::digits).max().unwrap_or(1);
        for (marks, excerpt) in marks.iter().zip(&excerpts) {
            self.location(marks, digits)?;
            match excerpt {
                Some(excerpt) => self.lines(finding.severity, marks, excerpt, digits)?,
                None => self.labels(marks, digits)?,
            }
        }
        let notes = finding.help.iter().map(|help| ("help", visible(help).into_owned()));
        let fix = finding.fix.iter().map(|fix| {
            let how = if fix.applicability == Applicability::Safe { "safe" } else { "unsafe: look at it first" };
            ("fix", format!("{} ({how})", visible(&fix.description)))
        });
        for (index, (label, note)) in notes.chain(fix).enumerate() {
            let gutter = self.style(GUTTER);
            if index == 0 {
                writeln!(self.out, "{:digits$} {gutter}|{gutter:#}", "")?;
            }
            writeln!(self.out, "{:digits$} {gutter}={gutter:#} {bold}{label}{bold:#}: {note}", "")?;
        }
        writeln!(self.out)
    }

    /// The lines around the marks of one file, where its text is known.
    fn excerpt(&self, marks: &[Mark<'_>]) -> Option<Excerpt> {
        let first = marks.first()?;
        let source = self.sources.get(first.path)?;
        let spans: Vec<Span> = marks.iter().map(|mark| mark.span).collect();
        let redact = self.redact.get(first.path).map(Vec::as_slice).unwrap_or_default();
        let last_line = marks.iter().map(|mark| mark.start.line).max().unwrap_or(1);
        let gutter = digits(last_line.saturating_add(Excerpt::MOST_LINES)) + " | ".len();
        Some(Excerpt::new(source, &spans, redact, self.options.width.saturating_sub(gutter).max(20)))
    }

    /// Where the first of the marks stands.
    fn location(&mut self, marks: &[Mark<'_>], digits: usize) -> io::Result<()> {
        let gutter = self.style(GUTTER);
        let Some(Mark { path, start, label, .. }) = marks.first() else { return Ok(()) };
        if label.is_some() {
            writeln!(self.out, "{:digits$} {gutter}|{gutter:#}", "")?;
        }
        let arrow = if label.is_some() { ":::" } else { "-->" };
        let path = self.repository.path(path);
        let Position { line, column, .. } = start;
        writeln!(self.out, "{:digits$}{gutter}{arrow}{gutter:#} {}:{line}:{column}", "", visible(&path))
    }

    /// The lines with their carets. Title and location are written by hand, because the renderer
    /// would count columns in the excerpt.
    fn lines(&mut self, severity: Severity, marks: &[Mark<'_>], excerpt: &Excerpt, digits: usize) -> io::Result<()> {
        let annotations = excerpt.places.iter().zip(marks).map(|(place, mark)| {
            let kind = if mark.label.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
            kind.span(place.clone()).label(mark.label.map(visible))
        });
        let more = excerpt.more.iter().map(|line| AnnotationKind::Visible.span(line.clone()));
        let snippet = Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.first_line as usize)
            .annotations(annotations)
            .annotations(more);
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let renderer = if self.options.color { Renderer::styled() } else { Renderer::plain() };
        // The excerpt has been cut already; only labels can be wider, and must not be lost.
        let renderer = renderer.term_width(self.options.width.max(DEFAULT_TERM_WIDTH) * 100);
        let shift = digits.saturating_sub(excerpt.digits());
        let rendered = renderer.render(&[Group::with_level(level).element(snippet)]);
        let gutter = self.style(GUTTER);
        let empty = format!("{gutter}|{gutter:#}");
        // Behind a line without carets the renderer leaves an empty one, which the caller writes too.
        let mut lines: Vec<&str> = rendered.lines().map(str::trim_end).collect();
        lines.pop_if(|line| line.trim() == empty);
        for line in lines {
            writeln!(self.out, "{:shift$}{line}", "")?;
        }
        Ok(())
    }

    /// What the marks of a file say whose text is not known.
    fn labels(&mut self, marks: &[Mark<'_>], digits: usize) -> io::Result<()> {
        let gutter = self.style(GUTTER);
        let mut labels = marks.iter().filter_map(|mark| mark.label);
        labels.try_for_each(|label| writeln!(self.out, "{:digits$} {gutter}={gutter:#} {}", "", visible(label)))
    }

    fn gate(&mut self, plan: &PlanReport) -> io::Result<()> {
        if plan.gate.principles.is_empty() {
            return Ok(());
        }
        let head = self.style(Style::new().effects(Effects::UNDERLINE));
        let heads = ["principle", "pack", "declared", "derived"].map(|title| Cell::styled(title, head));
        let rows = plan.gate.principles.iter().map(|principle| {
            [
                Cell::new(principle_name(principle)),
                Cell::new(visible(&principle.pack)),
                self.status(principle.declared, "not assessed", ""),
                self.status(Some(principle.derived), "", remark(principle)),
            ]
        });
        let rows: Vec<[Cell; 4]> = std::iter::once(heads).chain(rows).collect();
        table::write(&rows, (self.options.width / 2).max(20), self.out)
    }

    fn status(&self, status: Option<Status>, none: &str, remark: &str) -> Cell {
        let Some(status) = status else { return Cell::new(none) };
        Cell::styled(format!("{}{remark}", status.as_str()), self.style(status_style(status)))
    }

    /// Findings that don't count are named with their reason; a baseline's are only counted.
    fn suppressed(&mut self, plan: &PlanReport) -> io::Result<()> {
        for finding in &plan.findings {
            let Some(suppressed) = &finding.suppressed else { continue };
            let Some(reason) = &suppressed.reason else { continue };
            writeln!(
                self.out,
                "  suppressed by {}: {} {} on line {}: {}",
                suppressed.by.as_str(),
                visible(&finding.rule),
                visible(&finding.name),
                finding.start.line,
                visible(reason),
            )?;
        }
        Ok(())
    }

    fn not_judged(&mut self, plan: &PlanReport) -> io::Result<()> {
        let mut needs: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for not_judged in &plan.not_judged {
            needs.entry(not_judged.needs).or_default().push(&not_judged.rule);
        }
        for (part, mut rules) in needs {
            rules.sort_unstable();
            rules.dedup();
            writeln!(self.out, "  not judged, {} is unknown: {}", part_name(part), visible(&rules.join(", ")))?;
        }
        Ok(())
    }

    fn verdict(&mut self, plan: &PlanReport) -> io::Result<()> {
        let style = self.style(status_style(plan.gate.derived));
        let declared =
            plan.gate.declared.map_or("nothing declared".to_owned(), |status| format!("declared {}", status.as_str()));
        let delivered = if plan.phase == Phase::Delivered { ", delivered" } else { "" };
        let counts = counts(&Summary::of(std::slice::from_ref(plan)), plan.failures.len());
        writeln!(
            self.out,
            "{}: {style}{}{style:#} ({declared}{delivered}): {counts}",
            visible(&self.repository.path(&plan.path)),
            plan.gate.derived.as_str(),
        )
    }

    fn style(&self, style: Style) -> Style {
        if self.options.color { style } else { Style::new() }
    }
}

const BOLD: Style = Style::new().effects(Effects::BOLD);
const GUTTER: Style = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);

fn severity_style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::BrightBlue,
    };
    color.on_default().effects(Effects::BOLD)
}

fn status_style(status: Status) -> Style {
    match status {
        Status::Pass => AnsiColor::Green.on_default(),
        Status::Attention => AnsiColor::Yellow.on_default(),
        Status::Blocked => AnsiColor::BrightRed.on_default(),
        Status::NotApplicable | Status::Undecided => Style::new(),
    }
}

/// The finding's own mark, and the related ones: those that stand near it in one excerpt, the others
/// in their own.
fn marks(finding: &FindingReport) -> Vec<Vec<Mark<'_>>> {
    let mark = |path, start: Position, end: Position, label| {
        let span = Span { start: start.offset, end: end.offset };
        Mark { path, start, span, label }
    };
    let mut excerpts = vec![vec![mark(finding.path.as_str(), finding.start, finding.end, None)]];
    for related in &finding.related {
        let related = mark(&related.path, related.start, related.end, Some(related.message.as_str()));
        let near = |marks: &&mut Vec<Mark<'_>>| {
            marks.iter().all(|mark| mark.path == related.path && mark.start.line.abs_diff(related.start.line) <= NEAR)
        };
        match excerpts.iter_mut().find(near) {
            Some(marks) => marks.push(related),
            None => excerpts.push(vec![related]),
        }
    }
    excerpts
}

fn digits(number: u32) -> usize {
    number.max(1).ilog10() as usize + 1
}
