//! `ratios`: times Markdown's own events, the typed model and the whole check over the same plans, in turns, so that a
//! busy machine slows all three; prints the median seconds of each and the megabytes of the plans.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use plangate_benches::measured::{engine, limit, lone};
use plangate_benches::repository;
use plangate_core::parse;

/// Plans, all of which are read in each turn.
const PLANS: usize = 1_000;

/// Turns; of an odd number one is in the middle.
const TURNS: usize = 15;

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let engine = engine()?;
    let plans: Vec<String> = (0..PLANS).map(repository::plan).collect();
    let bytes: usize = plans.iter().map(String::len).sum();
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..TURNS {
        times[0].push(timed(&plans, limit));
        times[1].push(timed(&plans, parse::plan));
        times[2].push(timed(&plans, |plan| engine.evaluate(&lone(plan))));
    }
    let [limit, parse, check] = times.map(median);
    writeln!(io::stdout(), "{limit:.6} {parse:.6} {check:.6} {:.1}", bytes as f64 / 1e6)?;
    Ok(())
}

fn timed<T>(plans: &[String], work: impl Fn(&str) -> T) -> Duration {
    let begin = Instant::now();
    for plan in plans {
        black_box(work(black_box(plan)));
    }
    begin.elapsed()
}

/// Seconds in the middle.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}
