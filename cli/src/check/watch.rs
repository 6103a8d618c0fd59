//! `--watch`: examines again whenever something in the repositories changes, until somebody ends it.

use std::thread;
use std::time::{Duration, Instant};

use plangate_core::workspace::Stamp;

use super::Arguments;
use crate::error::Error;
use crate::locate::{PlanAt, find};
use crate::output::Terminal;

/// The shortest time between two looks at the files.
const PAUSE: Duration = Duration::from_millis(300);

/// Looking takes at most one part in this many of the time, however large a repository is.
const SHARE: u32 = 10;

/// Examines the plans again and again. Ends by a signal only, or where it can't begin.
pub(super) fn run(
    arguments: &Arguments,
    terminal: &Terminal,
    once: impl Fn() -> Result<u8, Error>,
) -> Result<u8, Error> {
    find(&arguments.paths)?;
    loop {
        // The stamp is older than what is examined, so that a change in between is seen.
        let before = stamps(arguments);
        terminal.clear();
        if let Err(error) = once() {
            terminal.error(&error);
        }
        terminal.note(&"watching for changes; Ctrl-C ends it");
        wait(&before, || stamps(arguments));
    }
}

/// Waits until `look` sees something else than `before`, and then the same twice: whoever saves many files
/// is let finish.
fn wait<T: PartialEq>(before: &T, look: impl Fn() -> T) {
    let mut last = None;
    loop {
        let began = Instant::now();
        let now = look();
        thread::sleep(PAUSE.max(began.elapsed() * SHARE));
        if now != *before && last.as_ref() == Some(&now) {
            return;
        }
        last = Some(now);
    }
}

/// What the repositories look like; nothing where a path is gone for the moment.
fn stamps(arguments: &Arguments) -> Vec<Stamp> {
    let Ok((repositories, plans)) = find(&arguments.paths) else { return Vec::new() };
    let of = |wanted: usize| {
        plans.iter().filter_map(move |plan| match plan {
            PlanAt::Repository { index, location } if *index == wanted => Some(location.clone()),
            _ => None,
        })
    };
    let stamp = |(index, repository): (usize, &crate::locate::Repository)| {
        repository.workspace.stamp(&of(index).collect::<Vec<_>>())
    };
    repositories.iter().enumerate().map(stamp).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_change_is_waited_out() {
        let looks = [0, 0, 1, 2, 2, 3];
        let at = Cell::new(0);
        wait(&0, || {
            at.set(at.get() + 1);
            looks[at.get() - 1]
        });
        assert_eq!(at.get(), 5, "two equal looks after a change");
    }
}
