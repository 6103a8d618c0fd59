//! How far a run has come, on standard error: only for people, and only where there are many plans.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Fewer plans are examined before anybody would look.
const MANY: usize = 100;

/// A bar that goes away when the run ends.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// The bar for this many plans. Where it is not `wanted`, where there are few plans, or where standard
    /// error is no terminal, nothing is drawn.
    pub(crate) fn of(plans: usize, wanted: bool) -> Self {
        let drawn = wanted && plans >= MANY;
        let target = if drawn { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(plans as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} plans") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Counts one plan more.
    pub(crate) fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
