//! Examines plans on several threads, and hands what came of them on in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};

use plangate_core::LineIndex;
use plangate_core::feature::{Feature, State};
use plangate_core::plan::Problem;
use plangate_core::report::{Failure, PackReport, PlanReport, Sources};

use super::Arguments;
use super::fixes::{self, Fixes};
use super::project::{self, Project};
use crate::error::Error;
use crate::locate::{Loaded, PlanAt, Repository, STANDARD_INPUT, load, shown};

/// What came of one plan: its report, the texts behind it, and what was odd about its documents.
pub(super) struct Examined {
    pub(super) report: PlanReport,
    pub(super) sources: Sources<'static>,
    pub(super) fixes: Fixes,
    pub(super) oddities: Vec<String>,
}

pub(super) type Checked = Result<Examined, Vec<Failure>>;

/// Examines a plan. A `whole` report lists every finding.
pub(super) fn examine(
    projects: &[Project],
    repositories: &[Repository],
    plan: &PlanAt,
    arguments: &Arguments,
    whole: bool,
) -> Checked {
    let Project { engine, configuration, .. } = &projects[project::of(plan, projects)];
    let Loaded { mut feature, json } = load(repositories, plan, &configuration.options)
        .map_err(|error| failures(&shown_path(repositories, plan), error))?;
    let folder = folder(repositories, plan);
    let root = match plan {
        PlanAt::StandardInput | PlanAt::Json { .. } => None,
        PlanAt::Repository { index, .. } => Some(repositories[*index].workspace.root()),
    };
    let set = engine.config().at(&feature.plan_document().path).phase();
    feature.phase = set.unwrap_or(feature.phase);
    let (feature, mut plan, fixes) = fixes::evaluate(engine, feature, root, &arguments.fixes, whole);
    let excerpts = arguments.output.shows_excerpts();
    let mut sources = if excerpts { Sources::of(&feature).keep(&plan.paths()) } else { Sources::default() };
    if let Some(json) = json {
        json.relocate(&mut plan);
        sources.insert(plan.path.clone(), json.text().to_owned());
    }
    let oddities = oddities(&feature).map(|(path, said)| format!("{} {said}", below(folder, path))).collect();
    Ok(Examined { report: plan, sources, fixes, oddities })
}

/// The path of a plan as the report names it.
pub(super) fn shown_path(repositories: &[Repository], plan: &PlanAt) -> String {
    match plan {
        PlanAt::StandardInput => STANDARD_INPUT.to_owned(),
        PlanAt::Json { path } => shown(path),
        PlanAt::Repository { location, .. } => below(folder(repositories, plan), &location.plan),
    }
}

fn below(folder: &str, path: &str) -> String {
    if folder == "." { path.to_owned() } else { format!("{folder}/{path}") }
}

/// What stands before the paths of a plan's report: one of several repositories names every path as it
/// is seen from the current directory.
pub(super) fn folder<'a>(repositories: &'a [Repository], plan: &PlanAt) -> &'a str {
    match plan {
        PlanAt::Repository { index, .. } if repositories.len() > 1 => &repositories[*index].root,
        _ => ".",
    }
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

/// The packs that were asked, those of every project.
pub(super) fn packs(projects: &[Project]) -> Vec<PackReport> {
    let mut packs: Vec<PackReport> = Vec::new();
    for pack in projects.iter().flat_map(|project| project.engine.packs()).map(PackReport::new) {
        if !packs.contains(&pack) {
            packs.push(pack);
        }
    }
    // The gate's own pack stands last.
    packs.sort_by_key(|pack| pack.name == "plan");
    packs
}

/// Does `work` for every item on up to `jobs` threads, and hands each result to `take` in the items'
/// order as soon as it is there. Only a few results wait for their turn, however many items there are.
///
/// # Errors
/// The first that `take` says; what is not yet begun is then left.
pub(super) fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let jobs = jobs.min(items.len());
    if jobs < 2 {
        return items.iter().try_for_each(|item| take(work(item)));
    }
    let next = AtomicUsize::new(0);
    let turn = Turn { taken: Mutex::new(0), moved: Condvar::new() };
    let (sender, results) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let sender = sender.clone();
            let (next, turn, work) = (&next, &turn, &work);
            scope.spawn(move || {
                let _stops = StopsOnPanic(turn);
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { return };
                    // Nobody listens any more once `take` has failed.
                    if !turn.comes(index, jobs * AHEAD) || sender.send((index, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut taken = 0;
        // Where a thread panics its result never comes; the scope then hands the panic on.
        for (index, result) in results {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&taken) {
                taken += 1;
                let done = take(result);
                turn.move_to(if done.is_ok() { taken } else { usize::MAX });
                done?;
            }
        }
        Ok(())
    })
}

/// What `work` gives for every item, in the items' order.
pub(super) fn all<T: Sync, R: Send>(items: &[T], jobs: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let mut all = Vec::with_capacity(items.len());
    let Ok(()) = in_order(items, jobs, work, |result| {
        all.push(result);
        Ok::<(), std::convert::Infallible>(())
    });
    all
}

/// Results that each thread may be ahead of what was taken.
const AHEAD: usize = 8;

/// How many results were taken; `usize::MAX` where no more will be.
struct Turn {
    taken: Mutex<usize>,
    moved: Condvar,
}

impl Turn {
    /// Waits until the item at `index` is at most `ahead` of what was taken. False where nobody takes
    /// results any more.
    fn comes(&self, index: usize, ahead: usize) -> bool {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let far = |taken: &mut usize| *taken != usize::MAX && index >= taken.saturating_add(ahead);
        let taken = self.moved.wait_while(taken, far).unwrap_or_else(PoisonError::into_inner);
        *taken != usize::MAX
    }

    fn move_to(&self, taken: usize) {
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) = taken;
        self.moved.notify_all();
    }
}

/// Keeps the others from waiting for the result of a thread that panicked.
struct StopsOnPanic<'a>(&'a Turn);

impl Drop for StopsOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.move_to(usize::MAX);
        }
    }
}

/// How many threads examine so many plans.
pub(super) fn jobs(arguments: &Arguments, plans: usize) -> usize {
    // How many processors there are stands in files of the system, for which a single plan need not wait.
    if plans < 2 {
        return 1;
    }
    let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.jobs.map_or_else(processors, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_order_whatever_the_threads() {
        let items: Vec<usize> = (0..1_000).collect();
        let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
        for jobs in [1, 2, 8, 2_000] {
            assert_eq!(all(&items, jobs, |item| item * 2), doubled, "{jobs} jobs");
        }
        assert!(all(&[] as &[usize], 8, |item| *item).is_empty());
    }

    #[test]
    fn no_thread_runs_far_ahead() {
        let items: Vec<usize> = (0..1_000).collect();
        let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |_: &usize| {
            let ahead = begun.fetch_add(1, Ordering::SeqCst) - taken.load(Ordering::SeqCst).min(1_000);
            assert!(ahead <= 2 * AHEAD + 2, "{ahead} results wait");
        };
        let take = |()| {
            std::thread::yield_now();
            taken.fetch_add(1, Ordering::SeqCst);
            Ok::<(), ()>(())
        };
        assert_eq!(in_order(&items, 2, work, take), Ok(()));
        assert_eq!(taken.into_inner(), 1_000);
    }

    #[test]
    fn a_failure_ends_the_work() {
        let items: Vec<usize> = (0..100_000).collect();
        let worked = AtomicUsize::new(0);
        let work = |item: &usize| {
            worked.fetch_add(1, Ordering::SeqCst);
            *item
        };
        for jobs in [1, 4] {
            worked.store(0, Ordering::SeqCst);
            let ended = in_order(&items, jobs, work, |item| if item < 10 { Ok(()) } else { Err(item) });
            assert_eq!(ended, Err(10));
            assert!(worked.load(Ordering::SeqCst) < 1_000, "{worked:?}");
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_is_handed_on() {
        let items: Vec<usize> = (0..1_000).collect();
        let work = |item: &usize| assert_ne!(*item, 5, "the work panics");
        let _ = in_order(&items, 4, work, |()| Ok::<(), ()>(()));
    }
}
