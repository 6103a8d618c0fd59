//! `--fix` and `--diff`: what the fixes change, written back to the plans or shown.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use plangate_core::diagnostic::Applicability;
use plangate_core::emit::visible;
use plangate_core::engine::Engine;
use plangate_core::feature::Feature;
use plangate_core::fix::{self, Change};
use plangate_core::report::{Failure, FindingReport, PlanReport, Secrets, Sources};
use similar::{ChangeTag, TextDiff};

use crate::error::Error;
use crate::interrupt;
use crate::output::Terminal;

/// What becomes of the fixes that findings carry.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// Apply the fixes that keep what the plans say, and report what remains.
    #[arg(long, group = "fixing", conflicts_with_all = ["write_baseline", "prune_baseline"])]
    fix: bool,

    /// Show what the fixes would change as a diff instead of a report, and change nothing.
    #[arg(long, group = "fixing", conflicts_with_all = ["output_file", "reports", "write_baseline", "prune_baseline"])]
    diff: bool,

    /// Take in fixes that may change what the plans say: read them before you keep them.
    #[arg(long, requires = "fixing")]
    unsafe_fixes: bool,
}

/// What becomes of fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// They are told.
    Report,
    /// They are written to the plans.
    Fix,
    /// They are shown as a diff.
    Diff,
}

impl Arguments {
    pub(super) fn mode(&self) -> Mode {
        match (self.fix, self.diff) {
            (true, _) => Mode::Fix,
            (false, true) => Mode::Diff,
            (false, false) => Mode::Report,
        }
    }

    /// How far a fix may go.
    fn applicability(&self) -> Applicability {
        if self.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe }
    }
}

/// What the fixes did to one plan, or would do.
#[derive(Default)]
pub(super) struct Fixes {
    /// How many fixes of each rule were applied.
    fixed: BTreeMap<String, usize>,
    changes: Vec<Change>,
}

/// Examines a feature after its fixes, or without any. Fixes are written below `root`. Where nothing is fixed, the
/// `whole` report lists every finding.
pub(super) fn evaluate(
    engine: &Engine,
    feature: Feature,
    root: Option<&Path>,
    arguments: &Arguments,
    whole: bool,
) -> (Feature, PlanReport, Fixes) {
    if arguments.mode() == Mode::Report {
        let report = if whole { engine.evaluate_whole(&feature) } else { engine.evaluate(&feature) };
        return (feature, report, Fixes::default());
    }
    let before = feature.clone();
    let repaired = engine.repair(feature, arguments.applicability());
    let mut fixes = Fixes { fixed: repaired.fixed, changes: repaired.changes };
    if arguments.mode() == Mode::Diff {
        mask_secrets(&mut fixes.changes, &repaired.report, &repaired.feature);
    }
    let Some(root) = root.filter(|_| arguments.mode() == Mode::Fix) else {
        return (repaired.feature, repaired.report, fixes);
    };
    interrupt::leave_nothing();
    match fixes.changes.iter().try_for_each(|change| fix::write(root, change)) {
        Ok(()) => (repaired.feature, repaired.report, fixes),
        Err(error) => {
            let mut report = engine.evaluate(&before);
            report.failures.push(Failure::of_path(report.path.clone(), error.to_string()));
            (before, report, Fixes::default())
        }
    }
}

/// Masks the secrets of texts that are shown and not written.
fn mask_secrets(changes: &mut [Change], report: &PlanReport, feature: &Feature) {
    let secrets = Secrets::of(report, &Sources::of(feature));
    for change in changes {
        change.before = secrets.mask(&change.before).into_owned();
        change.after = secrets.mask(&change.after).into_owned();
    }
}

impl Fixes {
    /// The same changes as seen from outside: every path below `folder`.
    pub(super) fn below(mut self, folder: &str) -> Self {
        for change in self.changes.iter_mut().filter(|_| folder != ".") {
            change.path = format!("{folder}/{}", change.path);
        }
        self
    }
}

/// What the fixes did to all plans of a run.
pub(super) struct Fixed {
    arguments: Arguments,
    fixes: usize,
    plans: usize,
    /// Findings that remain, and that an unsafe fix would settle.
    waiting: usize,
    changes: Vec<Change>,
}

impl Fixed {
    /// Nothing yet.
    pub(super) fn new(arguments: &Arguments) -> Self {
        Self { arguments: arguments.clone(), fixes: 0, plans: 0, waiting: 0, changes: Vec::new() }
    }

    /// Adds what was done to one plan, and what its report says after it.
    pub(super) fn add(&mut self, fixes: Fixes, report: &PlanReport) {
        self.fixes += fixes.fixed.values().sum::<usize>();
        self.plans += usize::from(!fixes.fixed.is_empty());
        self.waiting += report.counted().filter(|finding| has_unsafe_fix(finding)).count();
        if self.arguments.mode() == Mode::Diff {
            self.changes.extend(fixes.changes);
        }
    }

    /// What would change, where that is asked for.
    pub(super) fn diff(&self) -> Option<&[Change]> {
        (self.arguments.mode() == Mode::Diff).then_some(&self.changes)
    }

    /// Says how many fixes were applied, and what else could be fixed.
    pub(super) fn note(&self, terminal: &Terminal) {
        let verb = match self.arguments.mode() {
            Mode::Report => return,
            Mode::Fix => "fixed",
            Mode::Diff => "would fix",
        };
        let (fixes, plans) = (counted(self.fixes, "finding"), counted(self.plans, "plan"));
        let more = match self.waiting {
            1.. if !self.arguments.unsafe_fixes => format!("; --unsafe-fixes takes in {} more", self.waiting),
            _ => String::new(),
        };
        terminal.note(&format_args!("{verb} {fixes} in {plans}{more}"));
    }

    /// Writes a unified diff of every change to standard output, where that is asked for.
    pub(super) fn write_diff(&self, terminal: &Terminal) -> Result<(), Error> {
        let Some(changes) = self.diff() else { return Ok(()) };
        let (color, person_reads) = (terminal.color(), terminal.is_for_people());
        terminal.write(|out| changes.iter().try_for_each(|change| unified(change, color, person_reads, out)))
    }
}

fn has_unsafe_fix(finding: &FindingReport) -> bool {
    finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Unsafe)
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Where a person reads, control characters are shown instead of obeyed; else the diff stays one that
/// can be applied.
fn unified(change: &Change, color: bool, person_reads: bool, out: &mut dyn Write) -> io::Result<()> {
    const CONTEXT: usize = 3;
    let style = |of: AnsiColor| if color { of.on_default() } else { Style::new() };
    let (added, removed, place) = (style(AnsiColor::Green), style(AnsiColor::Red), style(AnsiColor::Cyan));
    let diff = TextDiff::from_lines(&change.before, &change.after);
    let path = if person_reads { visible(&change.path) } else { change.path.as_str().into() };
    writeln!(out, "--- {path}\n+++ {path}")?;
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        writeln!(out, "{place}{}{place:#}", hunk.header())?;
        for line in hunk.iter_changes() {
            let (sign, style) = match line.tag() {
                ChangeTag::Equal => (' ', Style::new()),
                ChangeTag::Delete => ('-', removed),
                ChangeTag::Insert => ('+', added),
            };
            let text = line.value();
            let (text, end) = match text.strip_suffix('\n') {
                Some(text) => (text, "\n"),
                None => (text, "\n\\ No newline at end of file\n"),
            };
            if person_reads {
                write!(out, "{style}{sign}{}{style:#}{end}", visible(text.trim_end_matches('\r')))?;
            } else {
                write!(out, "{style}{sign}{text}{style:#}{end}")?;
            }
        }
    }
    Ok(())
}
