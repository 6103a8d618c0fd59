//! Examines plans on several threads, and joins what came of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use plangate_core::LineIndex;
use plangate_core::engine::Engine;
use plangate_core::feature::{Feature, State};
use plangate_core::plan::Problem;
use plangate_core::report::{Failure, PlanReport, Report, RepositoryReport, Sources};

use super::fixes::{self, Fixes};
use super::{Arguments, Format};
use crate::error::Error;
use crate::locate::{Loaded, PlanAt, Repository, STANDARD_INPUT, load, shown};
use crate::today;

/// What came of one plan: its report, the texts behind it, and what was odd about its documents.
pub(super) struct Examined {
    pub(super) report: PlanReport,
    sources: Sources<'static>,
    pub(super) fixes: Fixes,
    pub(super) oddities: Vec<String>,
}

pub(super) type Checked = Result<Examined, Vec<Failure>>;

pub(super) fn examine(engine: &Engine, repositories: &[Repository], plan: &PlanAt, arguments: &Arguments) -> Checked {
    // A report of several repositories names every path as it is seen from the current directory.
    let folder = match plan {
        PlanAt::Repository { index, .. } if repositories.len() > 1 => &repositories[*index].root,
        _ => ".",
    };
    let below = |path: &str| if folder == "." { path.to_owned() } else { format!("{folder}/{path}") };
    let Loaded { mut feature, json } = load(repositories, plan).map_err(|error| {
        let path = match plan {
            PlanAt::StandardInput => STANDARD_INPUT.to_owned(),
            PlanAt::Json { path } => shown(path),
            PlanAt::Repository { location, .. } => below(&location.plan),
        };
        failures(&path, error)
    })?;
    feature.phase = arguments.phase.phase().unwrap_or(feature.phase);
    let (feature, mut plan, fixes) = if json.is_some() {
        // What a fix replaces is a place in Markdown.
        (feature.clone(), engine.evaluate(&feature), Fixes::default())
    } else {
        let root = match plan {
            PlanAt::StandardInput | PlanAt::Json { .. } => None,
            PlanAt::Repository { index, .. } => Some(repositories[*index].workspace.root()),
        };
        fixes::evaluate(engine, feature, root, arguments)
    };
    let shows_excerpts = arguments.output_format == Format::Text;
    let sources = if shows_excerpts { Sources::of(&feature).keep(&plan.paths()) } else { Sources::default() };
    let mut sources = sources;
    if let Some(json) = json {
        json.relocate(&mut plan);
        sources.insert(plan.path.clone(), json.text().to_owned());
    }
    let oddities = oddities(&feature).map(|(path, said)| format!("{} {said}", below(path))).collect();
    if folder == "." {
        return Ok(Examined { report: plan, sources, fixes, oddities });
    }
    Ok(Examined { report: plan.below(folder), sources: sources.below(folder), fixes: fixes.below(folder), oddities })
}

/// Up to this many mistakes of one plan are told one by one.
const MOST_FAULTS: usize = 20;

/// Why there is no feature: one failure for each mistake in a plan that was given as JSON.
fn failures(path: &str, error: Error) -> Vec<Failure> {
    let failure = |message: String| Failure::of_path(path, message);
    let Error::NoPlanJson { faults } = error else { return vec![failure(error.to_string())] };
    let more = faults.len().saturating_sub(MOST_FAULTS);
    let mut failures: Vec<Failure> = faults.into_iter().take(MOST_FAULTS).map(failure).collect();
    if more > 0 {
        failures
            .push(failure(format!("{path}: there are {more} more mistakes; `plangate schema plan` says what fits")));
    }
    failures
}

/// Documents that were read although something is wrong with them, such as their encoding.
fn oddities(feature: &Feature) -> impl Iterator<Item = (&str, String)> {
    feature.documents.iter().filter(|document| document.state == State::Provided).flat_map(|document| {
        let lines = LineIndex::new(&document.text);
        let told = move |problem: &Problem| format!("(line {}: {})", lines.line(problem.span.start), problem.message);
        document.problems.iter().map(move |problem| (document.path.as_str(), told(problem)))
    })
}

pub(super) fn assemble(
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
            Err(failed) => failures.extend(failed),
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
pub(super) fn in_order<T: Sync, R: Send>(items: &[T], jobs: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
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

pub(super) fn jobs(arguments: &Arguments) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.jobs.map_or_else(processors, usize::from)
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
}
