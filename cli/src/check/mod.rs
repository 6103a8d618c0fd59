//! `plangate check`: the main job.

mod examine;
mod fixes;
mod notes;
mod project;
mod run;
mod watch;

use std::path::PathBuf;

use plangate_core::Severity;
use plangate_core::config::{Config, PhaseSetting};
use plangate_core::report::FailOn;
use plangate_core::repository::Paths;

use crate::args::{FailOnChoice, phase, severity};
use crate::configuration;
use crate::engine::tell;
use crate::error::Error;
use crate::format::OutputArguments;
use crate::git;
use crate::load;
use crate::locate::{PlanAt, Repository, STANDARD_INPUT, find};
use crate::output::Terminal;
use crate::outputs::Outputs;
use crate::progress::Progress;
use crate::today;
use examine::{Checked, all, examine, in_order, jobs, shown_path};
use fixes::Mode;
use notes::notes;
use project::projects;
use run::Run;

/// Examines plans, and says whether their gates hold.
///
/// The exit code is 0 where every gate holds, 1 where one doesn't, and 2 where plangate could not do
/// its job.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A plan.md, a feature folder, a repository, a plan as JSON, or `-` for a plan from standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    output: OutputArguments,

    /// The phase that every feature is taken to be in.
    #[arg(long, value_name = "PHASE", value_parser = phase())]
    phase: Option<PhaseSetting>,

    #[command(flatten)]
    packs: load::PackArguments,

    /// Only these rules speak: ids, beginnings of ids, or names, separated by commas.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    select: Vec<String>,

    /// These rules don't speak.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    ignore: Vec<String>,

    /// The most that a rule's findings can weigh, such as PLN201=error; can be given several times.
    #[arg(long = "severity", value_name = "CODE=LEVEL", value_parser = severity)]
    severities: Vec<(String, Severity)>,

    /// From which severity on a finding makes the exit code 1; an error, unless something else is said.
    #[arg(long, value_name = "SEVERITY", value_enum)]
    fail_on: Option<FailOnChoice>,

    #[command(flatten)]
    fixes: fixes::Arguments,

    #[command(flatten)]
    configuration: configuration::Arguments,

    /// Findings that this file knows don't count.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write every finding to the baseline, so that only new ones count from now on.
    #[arg(long)]
    write_baseline: bool,

    /// Remove from the baseline what is found no more.
    #[arg(long, conflicts_with = "write_baseline")]
    prune_baseline: bool,

    /// Only features that changed since this git revision, or in a range such as main...HEAD.
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,

    /// The day on which waivers are judged, instead of today.
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    today: Option<String>,

    /// How many plans are examined at a time; the report does not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// Examine again whenever something changes.
    #[arg(long, conflicts_with_all = ["fixing", "output_file", "reports", "write_baseline", "prune_baseline"])]
    watch: bool,

    /// Let the run hold where there is no plan at all.
    #[arg(long)]
    allow_empty: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    if !arguments.watch {
        return once(arguments, terminal);
    }
    if arguments.paths.iter().any(|path| path.as_os_str() == STANDARD_INPUT) {
        return Err(Error::StandardInput { reason: "can't be watched; name a file or a folder".to_owned() });
    }
    watch::run(arguments, terminal, || once(arguments, terminal))
}

/// Examines the plans once.
fn once(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let (repositories, mut plans) = find(&arguments.paths)?;
    if plans.is_empty() && !arguments.allow_empty {
        return Err(Error::NoPlan { paths: arguments.paths.clone() });
    }
    if arguments.fixes.mode() == Mode::Fix && plans.iter().any(|plan| matches!(plan, PlanAt::StandardInput)) {
        return Err(Error::StandardInput { reason: "can't be fixed in place; --diff shows the fixes".to_owned() });
    }
    let mut projects = projects(arguments, terminal, &repositories, &plans)?;
    if let Some(range) = &arguments.changed_since {
        plans = touched(range, &repositories, plans)?;
    }
    plans.sort_by_cached_key(|plan| shown_path(&repositories, plan));
    let jobs = jobs(arguments, plans.len());
    if arguments.write_baseline || arguments.prune_baseline {
        // A baseline knows every finding, whatever a report lists.
        let examine = |plan: &_| examine(&projects, &repositories, plan, arguments, true);
        let checked = all(&plans, jobs, examine);
        project::renew_baselines(arguments, terminal, &mut projects, &repositories, &plans, &checked)?;
    }
    let rules = run::rules(&projects);
    let mut run = Run::new(arguments, &repositories, &projects)?;
    let baseline = arguments.baseline_command();
    let mut outputs = match arguments.fixes.mode() {
        Mode::Diff => Outputs::none(),
        Mode::Report | Mode::Fix => Outputs::open(&arguments.output, baseline.as_deref(), terminal, &rules)?,
    };
    let examine = |plan: &_| examine(&projects, &repositories, plan, arguments, false);
    // Where the report itself passes by on the terminal, a bar would only be in its way.
    let unseen = arguments.output.output_file.is_some() || !terminal.is_for_people();
    let progress = Progress::of(plans.len(), unseen && !arguments.output.quiet);
    let mut at = plans.iter();
    let mut write = |checked: Checked| {
        progress.step();
        match at.next() {
            Some(plan) => run.take(plan, checked, &mut outputs),
            None => Ok(()),
        }
    };
    if project::waits(&projects) {
        let mut checked = all(&plans, jobs, examine);
        project::judge_waivers(&projects, &repositories, &plans, &mut checked)?;
        checked.into_iter().try_for_each(write)?;
    } else {
        in_order(&plans, jobs, examine, &mut write)?;
    }
    drop(progress);
    run.end(outputs)?;
    run.fixed().write_diff(terminal)?;
    if !arguments.output.quiet {
        run.fixed().note(terminal);
        notes(arguments, terminal, &repositories, &projects, run.report(), run.statistics())?;
        run.oddities().for_each(|said| terminal.note(&format_args!("read as far as possible: {said}")));
    }
    tell(run.failures(), terminal);
    Ok(run.exit_code())
}

/// The plans of the features that a git range touches.
fn touched(range: &str, repositories: &[Repository], plans: Vec<PlanAt>) -> Result<Vec<PlanAt>, Error> {
    let mut changed = Vec::new();
    for repository in repositories {
        changed.push(Paths::from(git::changed(repository.workspace.root(), range)?));
    }
    let is_touched = |plan: &PlanAt| match plan {
        PlanAt::StandardInput | PlanAt::Json { .. } => true,
        PlanAt::Repository { index, location } => match location.folder.as_str() {
            "" => changed[*index].has(&location.plan),
            folder => !changed[*index].below(folder).is_empty(),
        },
    };
    Ok(plans.into_iter().filter(is_touched).collect())
}

impl Arguments {
    /// The configuration of a repository with what the command line says, which counts more.
    fn config(&self, mut config: Config) -> Config {
        let codes = |codes: &[String]| codes.iter().map(|code| code.trim().to_owned()).collect::<Vec<_>>();
        if !self.select.is_empty() {
            config.select = codes(&self.select);
            // What is asked for by name now isn't ignored by a file that names the same or more.
            let asked_for = |ignored: &String| config.select.iter().any(|code| code.starts_with(ignored.as_str()));
            config.ignore.retain(|ignored| !asked_for(ignored));
        }
        config.ignore.extend(codes(&self.ignore));
        config.severities.extend(self.severities.iter().cloned());
        if let Some(phase) = self.phase {
            config.phase = phase.phase();
            config.overrides.iter_mut().for_each(|scoped| scoped.phase = None);
        }
        config.fail_on = self.fail_on.map(FailOn::from).or(config.fail_on);
        config.today = Some(self.today.clone().unwrap_or_else(today::today));
        config
    }

    /// The command that writes a baseline, where there is something to write it for.
    fn baseline_command(&self) -> Option<String> {
        let is_path = |path: &PathBuf| path.as_os_str() != STANDARD_INPUT;
        if self.configuration.is_of_another_revision() || !self.paths.iter().all(is_path) {
            return None;
        }
        let quoted = |path: &PathBuf| match path.to_string_lossy() {
            plain if plain.contains(|letter: char| letter.is_whitespace()) => format!(" \"{plain}\""),
            plain => format!(" {plain}"),
        };
        let paths = match &self.paths[..] {
            [here] if here.as_os_str() == "." => String::new(),
            paths => paths.iter().map(quoted).collect(),
        };
        Some(format!("plangate check{paths} --write-baseline"))
    }

    /// The codes of the command line.
    fn codes(&self) -> impl Iterator<Item = &str> {
        let severities = self.severities.iter().map(|(code, _)| code);
        self.select.iter().chain(&self.ignore).chain(severities).map(|code| code.trim())
    }
}
