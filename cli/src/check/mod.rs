//! `plangate check`: the main job.

mod examine;
mod fixes;
mod notes;
mod write;

use std::collections::HashSet;
use std::path::PathBuf;

use clap::ValueEnum;
use plangate_core::Severity;
use plangate_core::config::Config;
use plangate_core::diagnostic::Applicability;
use plangate_core::engine::Engine;
use plangate_core::report::{FailOn, PlanReport, Report};

use crate::args::{FailOnChoice, PhaseChoice, severity};
use crate::catalogue::{self, RuleEntry};
use crate::engine::engine;
use crate::error::Error;
use crate::locate::{PlanAt, find};
use crate::output::Terminal;
use crate::today;
use examine::{assemble, examine, in_order, jobs};
use fixes::Fixed;
use notes::{MOST_SKIPPED, Told, notes};
use write::write;

/// Examines plans, and says whether their gates hold.
///
/// The exit code is 0 where every gate holds, 1 where one doesn't, and 2 where plangate could not do
/// its job.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A plan.md, a feature folder, a repository, a plan as JSON, or `-` for a plan from standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The form of the report.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, env = "PLANGATE_OUTPUT_FORMAT")]
    output_format: Format,

    /// Write the report to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,

    /// The phase that every feature is taken to be in.
    #[arg(long, value_name = "PHASE", value_enum, default_value_t)]
    phase: PhaseChoice,

    /// Make a pack active for every plan; can be given several times.
    #[arg(long = "pack", value_name = "NAME")]
    packs: Vec<String>,

    /// Only these rules speak: ids, beginnings of ids, or names, separated by commas.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    select: Vec<String>,

    /// These rules don't speak.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    ignore: Vec<String>,

    /// The most that a rule's findings can weigh, such as PLN201=error; can be given several times.
    #[arg(long = "severity", value_name = "CODE=LEVEL", value_parser = severity)]
    severities: Vec<(String, Severity)>,

    /// Apply the fixes that keep what the plans say, and report what remains.
    #[arg(long, group = "fixing")]
    fix: bool,

    /// Show what the fixes would change as a diff instead of a report, and change nothing.
    #[arg(long, group = "fixing", conflicts_with = "output_file")]
    diff: bool,

    /// Take in fixes that may change what the plans say: read them before you keep them.
    #[arg(long, requires = "fixing")]
    unsafe_fixes: bool,

    /// From which severity on a finding makes the exit code 1.
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t)]
    fail_on: FailOnChoice,

    /// The day on which waivers are judged, instead of today.
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    today: Option<String>,

    /// How many plans are examined at a time; the report does not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// Show delivered features in full.
    #[arg(long)]
    delivered: bool,

    /// Write findings only.
    #[arg(long, short)]
    quiet: bool,

    /// Count the findings of each rule.
    #[arg(long)]
    statistics: bool,

    /// Let the run hold where there is no plan at all.
    #[arg(long)]
    allow_empty: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: excerpts, the gate's table, the verdict.
    #[default]
    Text,
    /// One line for each finding.
    Concise,
    /// The whole report for programs.
    Json,
}

/// What becomes of fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// They are told.
    Report,
    /// They are written to the plans.
    Fix,
    /// They are shown as a diff.
    Diff,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let config = arguments.config();
    let engine = engine(&config, &arguments.packs)?;
    let (repositories, plans) = find(&arguments.paths)?;
    if plans.is_empty() && !arguments.allow_empty {
        return Err(Error::NoPlan { paths: arguments.paths.clone() });
    }
    if arguments.fix && plans.iter().any(|plan| matches!(plan, PlanAt::StandardInput)) {
        return Err(Error::StandardInput { reason: "can't be fixed in place; --diff shows the fixes".to_owned() });
    }
    let mut checked = in_order(&plans, jobs(arguments), |plan| examine(&engine, &repositories, plan, arguments));
    let fixed = Fixed::take(&mut checked);
    let odd: Vec<String> = checked.iter().flatten().flat_map(|examined| examined.oddities.iter().cloned()).collect();
    let (report, sources) = assemble(&engine, &repositories, checked, arguments);
    some_rule_was_active(&engine, &config, &report)?;
    match arguments.mode() {
        Mode::Diff => fixed.write_diff(terminal)?,
        Mode::Report | Mode::Fix => write(arguments, terminal, &report, &sources)?,
    }
    if !arguments.quiet {
        fixed.note(arguments, terminal);
        notes(arguments, terminal, &repositories, &report)?;
        odd.iter().take(MOST_SKIPPED).for_each(|said| terminal.note(&format_args!("read as far as possible: {said}")));
    }
    for failure in report.all_failures() {
        terminal.error(&Told(failure));
    }
    Ok(match arguments.mode() {
        // A diff does not judge: it is 1 where there is something to fix.
        Mode::Diff => report.exit_code(FailOn::Never).max(u8::from(fixed.changes_something())),
        Mode::Report | Mode::Fix => report.exit_code(arguments.fail_on.into()),
    })
}

impl Arguments {
    fn mode(&self) -> Mode {
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

    fn config(&self) -> Config {
        let mut config = Config::default();
        let codes = |codes: &[String]| codes.iter().map(|code| code.trim().to_owned()).collect();
        config.select = codes(&self.select);
        config.ignore = codes(&self.ignore);
        config.severities.clone_from(&self.severities);
        config.phase = self.phase.phase();
        config
    }
}

/// A run in which no selected rule could speak has checked nothing, and says so.
fn some_rule_was_active(engine: &Engine, config: &Config, report: &Report) -> Result<(), Error> {
    let rules = catalogue::rules(engine.packs());
    let selected = |rule: &&RuleEntry<'_>| config.selects(rule.id, rule.name);
    let packs: HashSet<&str> = rules.iter().filter(selected).map(|rule| rule.pack).collect();
    if packs.is_empty() {
        return Err(Error::NothingSelected);
    }
    let idle = |plan: &PlanReport| packs.iter().all(|pack| plan.inactive_packs.iter().any(|inactive| inactive == pack));
    if report.plans.is_empty() || !report.plans.iter().all(idle) {
        return Ok(());
    }
    let mut packs: Vec<&str> = packs.into_iter().collect();
    packs.sort_unstable();
    Err(Error::NoRule { packs: packs.join(", ") })
}
