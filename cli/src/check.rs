//! `plangate check`: the main job. Every call to the workspace and the engine is in this file.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ValueEnum;
use plangate_core::config::Config;
use plangate_core::emit::{self, TextOptions};
use plangate_core::engine::Engine;
pub(crate) use plangate_core::engine::EngineError;
use plangate_core::feature::{Document, DocumentKind, Feature, State};
use plangate_core::pack::PackManifest;
use plangate_core::plan::Problem;
use plangate_core::report::{Failure, PlanReport, Report, RepositoryReport, Sources};
use plangate_core::repository::Skipped;
use plangate_core::{LineIndex, Severity};

use crate::args::{FailOnChoice, PhaseChoice, severity};
use crate::catalogue::{self, RuleEntry};
use crate::error::Error;
use crate::output::Terminal;
use crate::today;
use plangate_core::workspace::{FeatureLocation, LoadOptions, Workspace};

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Files that were passed over are named one by one up to this number.
const MOST_SKIPPED: usize = 3;

/// Examines plans, and says whether their gates hold.
///
/// The exit code is 0 where every gate holds, 1 where one doesn't, and 2 where plangate could not do
/// its job.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A plan.md, a feature folder, a repository, or `-` for a plan from standard input.
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

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let engine = engine(arguments)?;
    let (repositories, plans) = find(&arguments.paths)?;
    if plans.is_empty() && !arguments.allow_empty {
        return Err(Error::NoPlan { paths: arguments.paths.clone() });
    }
    let checked = in_order(&plans, jobs(arguments), |plan| examine(&engine, &repositories, plan, arguments));
    let odd: Vec<String> = checked.iter().flatten().flat_map(|examined| examined.oddities.iter().cloned()).collect();
    let (report, sources) = assemble(&engine, &repositories, checked, arguments);
    some_rule_was_active(&engine, &arguments.config(), &report)?;
    write(arguments, terminal, &report, &sources)?;
    if !arguments.quiet {
        notes(arguments, terminal, &repositories, &report)?;
        odd.iter().take(MOST_SKIPPED).for_each(|said| terminal.note(&format_args!("read as far as possible: {said}")));
    }
    for failure in report.all_failures() {
        terminal.error(&Told(failure));
    }
    Ok(report.exit_code(arguments.fail_on.into()))
}

/// The feature at a path that names just one.
pub(crate) fn one_feature(path: &Path) -> Result<Feature, Error> {
    let (repositories, plans) = find(&[path.to_owned()])?;
    match &plans[..] {
        [plan] => load(&repositories, plan),
        [] => Err(Error::NoPlan { paths: vec![path.to_owned()] }),
        several => Err(Error::SeveralPlans { path: path.to_owned(), count: several.len() }),
    }
}

/// What the linked packs say of themselves, the gate's own pack included.
pub(crate) fn manifests() -> Result<Vec<PackManifest>, Error> {
    Ok(Engine::builder().linked_packs().build()?.packs().cloned().collect())
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

fn engine(arguments: &Arguments) -> Result<Engine, Error> {
    let config = arguments.config();
    let engine =
        Engine::builder().linked_packs().required(arguments.packs.iter().cloned()).config(config.clone()).build()?;
    let rules = catalogue::rules(engine.packs());
    let names: Vec<(&str, &str)> = rules.iter().map(|rule| (rule.id, rule.name)).collect();
    if let Some(code) = config.unknown(&names).next() {
        return Err(Error::UnknownCode { code: code.to_owned() });
    }
    Ok(engine)
}

/// A repository that one of the paths lies in.
#[derive(Debug)]
struct Repository {
    workspace: Workspace,
    /// Its root as seen from the current directory, with `/`.
    root: String,
}

/// A plan to examine.
#[derive(Debug)]
enum PlanAt {
    StandardInput,
    Repository { index: usize, location: FeatureLocation },
}

/// The plans at the paths, each of them once, and the repositories that they lie in.
fn find(paths: &[PathBuf]) -> Result<(Vec<Repository>, Vec<PlanAt>), Error> {
    let mut repositories: Vec<Repository> = Vec::new();
    let mut plans = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        if path.as_os_str() == STANDARD_INPUT {
            if seen.insert((usize::MAX, STANDARD_INPUT.to_owned())) {
                plans.push(PlanAt::StandardInput);
            }
            continue;
        }
        let workspace = Workspace::open(path)?;
        let known = repositories.iter().position(|known| known.workspace.root() == workspace.root());
        let index = known.unwrap_or_else(|| {
            let root = seen_from_here(workspace.root());
            repositories.push(Repository { workspace, root });
            repositories.len() - 1
        });
        for location in repositories[index].workspace.features(path)? {
            if seen.insert((index, location.plan.clone())) {
                plans.push(PlanAt::Repository { index, location });
            }
        }
    }
    Ok((repositories, plans))
}

/// A folder as seen from the current directory, with `/`: `.`, `below/it`, `../..` or absolute.
fn seen_from_here(folder: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let seen = if let Ok(below) = folder.strip_prefix(&here) {
        below.to_owned()
    } else if let Ok(above) = here.strip_prefix(folder) {
        above.components().map(|_| "..").collect()
    } else {
        folder.to_owned()
    };
    let seen = seen.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    if seen.is_empty() { ".".to_owned() } else { seen }
}

fn load(repositories: &[Repository], plan: &PlanAt) -> Result<Feature, Error> {
    match plan {
        PlanAt::StandardInput => {
            let document = Document::provided(DocumentKind::Plan, STANDARD_INPUT, standard_input()?);
            Ok(Feature::builder().document(document).build())
        }
        PlanAt::Repository { index, location } => {
            Ok(repositories[*index].workspace.feature(location, &LoadOptions::default())?)
        }
    }
}

/// The text of standard input. Bytes that are no UTF-8 become `�`.
fn standard_input() -> Result<String, Error> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| Error::StandardInput { reason: format!("could not be read ({error})") })?;
    if bytes.contains(&0) {
        return Err(Error::StandardInput { reason: "is a binary file".to_owned() });
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// What came of one plan: its report, the texts behind it, and what was odd about its documents.
struct Examined {
    report: PlanReport,
    sources: Sources<'static>,
    oddities: Vec<String>,
}

type Checked = Result<Examined, Failure>;

fn examine(engine: &Engine, repositories: &[Repository], plan: &PlanAt, arguments: &Arguments) -> Checked {
    // A report of several repositories names every path as it is seen from the current directory.
    let folder = match plan {
        PlanAt::Repository { index, .. } if repositories.len() > 1 => &repositories[*index].root,
        _ => ".",
    };
    let below = |path: &str| if folder == "." { path.to_owned() } else { format!("{folder}/{path}") };
    let mut feature = load(repositories, plan).map_err(|error| {
        let path = match plan {
            PlanAt::StandardInput => STANDARD_INPUT,
            PlanAt::Repository { location, .. } => &location.plan,
        };
        Failure::of_path(below(path), error.to_string())
    })?;
    feature.phase = arguments.phase.phase().unwrap_or(feature.phase);
    let plan = engine.evaluate(&feature);
    let shows_excerpts = arguments.output_format == Format::Text;
    let sources = if shows_excerpts { Sources::of(&feature).keep(&plan.paths()) } else { Sources::default() };
    let oddities = oddities(&feature).map(|(path, said)| format!("{} {said}", below(path))).collect();
    let (report, sources) = if folder == "." { (plan, sources) } else { (plan.below(folder), sources.below(folder)) };
    Ok(Examined { report, sources, oddities })
}

/// Documents that were read although something is wrong with them, such as their encoding.
fn oddities(feature: &Feature) -> impl Iterator<Item = (&str, String)> {
    feature.documents.iter().filter(|document| document.state == State::Provided).flat_map(|document| {
        let lines = LineIndex::new(&document.text);
        let told = move |problem: &Problem| format!("(line {}: {})", lines.line(problem.span.start), problem.message);
        document.problems.iter().map(move |problem| (document.path.as_str(), told(problem)))
    })
}

fn assemble(
    engine: &Engine,
    repositories: &[Repository],
    checked: Vec<Checked>,
    arguments: &Arguments,
) -> (Report, Sources<'static>) {
    let mut all = Sources::default();
    let mut plans = Vec::new();
    let mut failures = Vec::new();
    for checked in checked {
        match checked {
            Ok(examined) => {
                plans.push(examined.report);
                all.extend(examined.sources);
            }
            Err(failure) => failures.push(failure),
        }
    }
    let mut report = engine.report(plans);
    report.failures.extend(failures);
    report.today = Some(arguments.today.clone().unwrap_or_else(today::today));
    if let [repository] = repositories {
        report.repository = RepositoryReport::at(repository.root.as_str());
    }
    (report, all)
}

/// Does `work` for every item on up to `jobs` threads. The results stand in the items' order.
fn in_order<T: Sync, R: Send>(items: &[T], jobs: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return done };
            done.push((index, work(item)));
        }
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..jobs.min(items.len())).map(|_| scope.spawn(take)).collect();
        let mut done = take();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn jobs(arguments: &Arguments) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.jobs.map_or_else(processors, usize::from)
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

fn write(arguments: &Arguments, terminal: &Terminal, report: &Report, sources: &Sources<'_>) -> Result<(), Error> {
    let Some(path) = &arguments.output_file else {
        let options = text_options(arguments, terminal.color(), Terminal::width());
        return terminal.write(|out| emit(arguments, report, sources, &options, out));
    };
    let options = text_options(arguments, terminal.color_in_files(), TextOptions::default().width);
    let written = File::create(path).and_then(|file| {
        let mut out = BufWriter::new(file);
        emit(arguments, report, sources, &options, &mut out)?;
        out.flush()
    });
    written.map_err(|error| Error::OutputFile { path: path.clone(), error })
}

fn text_options(arguments: &Arguments, color: bool, width: usize) -> TextOptions {
    let mut options = TextOptions::default();
    options.color = color;
    options.width = width;
    options.delivered = arguments.delivered;
    options.quiet = arguments.quiet;
    options
}

fn emit(
    arguments: &Arguments,
    report: &Report,
    sources: &Sources<'_>,
    options: &TextOptions,
    mut out: &mut dyn Write,
) -> io::Result<()> {
    match arguments.output_format {
        Format::Json => emit::json(report, &mut out),
        Format::Concise => emit::concise(report, &mut out),
        Format::Text => {
            emit::text(report, sources, options, &mut out)?;
            if arguments.statistics { emit::statistics(report, &mut out) } else { Ok(()) }
        }
    }
}

/// What one should know of the run itself, on standard error.
fn notes(
    arguments: &Arguments,
    terminal: &Terminal,
    repositories: &[Repository],
    report: &Report,
) -> Result<(), Error> {
    if report.plans.is_empty() && report.failures.is_empty() {
        terminal.note(&"there is no plan, and --allow-empty says that this is well");
    }
    passed_over(terminal, repositories);
    if arguments.statistics && arguments.output_format != Format::Text {
        let mut statistics = Vec::new();
        emit::statistics(report, &mut statistics).map_err(Error::StandardOutput)?;
        terminal.write_error(&statistics);
    }
    Ok(())
}

/// Names files that could have held evidence, and were not read.
fn passed_over(terminal: &Terminal, repositories: &[Repository]) {
    let skipped: Vec<_> = repositories
        .iter()
        .flat_map(|repository| {
            let at = RepositoryReport::at(repository.root.as_str());
            let named = move |skipped: Skipped| format!("{} ({})", at.path(&skipped.path), skipped.reason);
            repository.workspace.skipped().into_iter().map(named)
        })
        .collect();
    let named = skipped[..skipped.len().min(MOST_SKIPPED)].join(", ");
    match skipped.len() {
        0 => {}
        1..=MOST_SKIPPED => terminal.note(&format_args!("passed over {named}")),
        number => terminal.note(&format_args!("passed over {number} files, such as {named}")),
    }
}

/// A failure as one sentence.
struct Told<'a>(&'a Failure);

impl std::fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(failure) = self;
        match (&failure.path, &failure.pack) {
            // The message of a file that could not be read begins with its path.
            (Some(path), _) if !failure.message.contains(path.as_str()) => write!(f, "{path}: {}", failure.message),
            _ => f.write_str(&failure.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_order_whatever_the_threads() {
        let items: Vec<usize> = (0..1_000).collect();
        for jobs in [1, 2, 8, 2_000] {
            assert_eq!(in_order(&items, jobs, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
        assert!(in_order(&[] as &[usize], 8, |item| *item).is_empty());
    }

    #[test]
    fn a_root_is_named_as_seen_from_here() {
        let here = std::env::current_dir().unwrap().canonicalize().unwrap();
        assert_eq!(seen_from_here(&here), ".");
        assert_eq!(seen_from_here(&here.join("a/b")), "a/b");
        assert_eq!(seen_from_here(here.parent().unwrap()), "..");
        assert_eq!(seen_from_here(Path::new("/elsewhere/repository")), "/elsewhere/repository");
    }
}
