//! `plangate check`: the main job.

mod examine;
mod notes;

use std::collections::BTreeSet;
use std::path::PathBuf;

use plangate_core::Severity;
use plangate_core::catalogue::{self, RuleEntry};
use plangate_core::config::Config;
use plangate_core::emit::Statistics;
use plangate_core::engine::Engine;
use plangate_core::report::{Failure, PlanReport, Report, RepositoryReport};

use crate::args::{FailOnChoice, PhaseChoice, severity};
use crate::engine::engine;
use crate::error::Error;
use crate::format::OutputArguments;
use crate::locate::{Repository, find};
use crate::output::Terminal;
use crate::outputs::Outputs;
use crate::today;
use examine::{Checked, examine, in_order, jobs, shown_path};
pub(crate) use notes::Told;
use notes::{MOST_SKIPPED, notes};

/// Examines plans, and says whether their gates hold.
///
/// The exit code is 0 where every gate holds, 1 where one doesn't, and 2 where plangate could not do
/// its job.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A plan.md, a feature folder, a repository, or `-` for a plan from standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    output: OutputArguments,

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

    /// From which severity on a finding makes the exit code 1.
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t)]
    fail_on: FailOnChoice,

    /// The day on which waivers are judged, instead of today.
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    today: Option<String>,

    /// How many plans are examined at a time; the report does not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// Let the run hold where there is no plan at all.
    #[arg(long)]
    allow_empty: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let config = arguments.config();
    let engine = engine(&config, &arguments.packs)?;
    let rules = catalogue::rules(engine.packs());
    let selected = selected_packs(&rules, &config)?;
    let (repositories, mut plans) = find(&arguments.paths)?;
    if plans.is_empty() && !arguments.allow_empty {
        return Err(Error::NoPlan { paths: arguments.paths.clone() });
    }
    plans.sort_by_cached_key(|plan| shown_path(&repositories, plan));
    let mut report = beginning(&engine, &repositories, arguments);
    let mut outputs = Outputs::begin(&arguments.output, terminal, &report, &rules)?;
    let mut run = Run::default();
    let check = |plan: &_| examine(&engine, &repositories, plan, arguments);
    in_order(&plans, jobs(arguments), check, |checked: Checked| {
        match checked {
            Ok(examined) => {
                outputs.plan(&examined.report, &examined.sources)?;
                run.add(&examined.report, &mut report);
                run.oddities.extend(examined.oddities.into_iter().take(MOST_SKIPPED - run.oddities.len()));
            }
            Err(failure) => report.failures.push(failure),
        }
        Ok::<(), Error>(())
    })?;
    outputs.end(&report)?;
    run.some_rule_was_active(&selected, &report)?;
    if !arguments.output.quiet {
        notes(arguments, terminal, &repositories, &report, &run.statistics)?;
        run.oddities.iter().for_each(|said| terminal.note(&format_args!("read as far as possible: {said}")));
    }
    for failure in report.failures.iter().chain(&run.failures) {
        terminal.error(&Told(failure));
    }
    Ok(if run.failures.is_empty() { report.exit_code(arguments.fail_on.into()) } else { 2 })
}

/// The report before its first plan.
fn beginning(engine: &Engine, repositories: &[Repository], arguments: &Arguments) -> Report {
    let mut report = engine.report(Vec::new());
    report.today = Some(arguments.today.clone().unwrap_or_else(today::today));
    if let [repository] = repositories {
        report.repository = RepositoryReport::at(repository.root.as_str());
    }
    report
}

/// What is kept of the plans after they are written.
#[derive(Default)]
struct Run {
    statistics: Statistics,
    failures: Vec<Failure>,
    /// What was odd about the first documents that were.
    oddities: Vec<String>,
    /// Packs that were active for no plan so far.
    idle: Option<BTreeSet<String>>,
}

impl Run {
    fn add(&mut self, plan: &PlanReport, report: &mut Report) {
        report.summary.add(plan);
        self.statistics.add(plan);
        self.failures.extend_from_slice(&plan.failures);
        match &mut self.idle {
            Some(idle) => idle.retain(|pack| plan.inactive_packs.contains(pack)),
            none => *none = Some(plan.inactive_packs.iter().cloned().collect()),
        }
    }

    /// A run in which no selected rule could speak has checked nothing, and says so.
    fn some_rule_was_active(&self, selected: &BTreeSet<&str>, report: &Report) -> Result<(), Error> {
        let idle = |pack: &&str| self.idle.as_ref().is_some_and(|idle| idle.contains(*pack));
        if report.summary.plans == 0 || !selected.iter().all(idle) {
            return Ok(());
        }
        Err(Error::NoRule { packs: selected.iter().copied().collect::<Vec<_>>().join(", ") })
    }
}

/// The packs of the rules that are selected.
fn selected_packs<'a>(rules: &[RuleEntry<'a>], config: &Config) -> Result<BTreeSet<&'a str>, Error> {
    let selected = rules.iter().filter(|rule| config.selects(rule.id, rule.name));
    let packs: BTreeSet<&str> = selected.map(|rule| rule.pack).collect();
    if packs.is_empty() { Err(Error::NothingSelected) } else { Ok(packs) }
}

impl Arguments {
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
