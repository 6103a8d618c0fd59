//! PLN116, contradictory-recheck.

use super::{badness, last_verdict};
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::{Stage, Status};

gate_rule! {
    /// ## What it finds
    /// A re-check that is worse than the first check, while the overall status is still pass.
    ///
    /// ## Why it matters
    /// The design broke a principle, and the verdict never heard of it.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
    ///
    /// **Overall Status**: ✅ PASS
    ///
    /// ## Post-Design Constitution Re-Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | FAIL | three crates now |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
    ///
    /// **Overall Status**: ✅ PASS
    ///
    /// ## Post-Design Constitution Re-Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | still one crate |
    /// ```
    CONTRADICTORY_RECHECK = "PLN116" "contradictory-recheck", Error;
    contradictory_recheck
}

fn contradictory_recheck(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let Some((verdict_check, overall)) = last_verdict(plan) else { return Vec::new() };
    if overall.status != Some(Status::Pass) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for principle in &cx.assessment.principles {
        let list: Vec<_> = principle.occurrences.iter().filter_map(|at| at.of(plan)).collect();
        let later =
            list.iter().rev().find(|(check, assessed)| check.stage == Stage::AfterDesign && assessed.status.is_some());
        let earlier =
            list.iter().find(|(check, assessed)| check.stage != Stage::AfterDesign && assessed.status.is_some());
        let (Some((recheck, later)), Some((_, earlier))) = (later, earlier) else { continue };
        let (Some(now), Some(then)) = (later.status, earlier.status) else { continue };
        // A verdict behind the re-check has heard of it: PLN106 compares them.
        let heard = verdict_check.span.start >= recheck.span.start;
        if badness(now) > badness(then) && badness(now) >= 2 && !heard {
            let message = format!(
                "\"{}\" was {} and is {} after design, and the overall status is still pass",
                principle.label(),
                then.as_str(),
                now.as_str()
            );
            found.push(
                cx.finding(later.heading, message)
                    .subject(principle.subject())
                    .related(cx.place(overall.span), "the overall status")
                    .help("repeat the verdict after the re-check"),
            );
        }
    }
    found
}
