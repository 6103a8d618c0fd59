//! The gate as a whole: its verdict, its justifications, its re-check, its constitution.

mod contradictory_recheck;
mod denied_violation;
mod incomplete_justification;
mod missing_recheck;
mod missing_verdict;
mod stale_constitution;
mod stale_justification;
mod unfilled_constitution;
mod unjustified_violation;
mod wrong_verdict;

use crate::assessment::JudgedPrinciple;
use crate::gate::{GateContext, GateRule};
use crate::parse::mark_and_word;
use crate::plan::{ConstitutionCheck, OverallStatus, Plan, Status};

pub(super) const RULES: &[&GateRule] = &[
    &missing_verdict::MISSING_VERDICT,
    &wrong_verdict::WRONG_VERDICT,
    &unjustified_violation::UNJUSTIFIED_VIOLATION,
    &incomplete_justification::INCOMPLETE_JUSTIFICATION,
    &stale_justification::STALE_JUSTIFICATION,
    &missing_recheck::MISSING_RECHECK,
    &stale_constitution::STALE_CONSTITUTION,
    &unfilled_constitution::UNFILLED_CONSTITUTION,
    &contradictory_recheck::CONTRADICTORY_RECHECK,
    &denied_violation::DENIED_VIOLATION,
];

/// The last check that states a verdict.
pub(super) fn last_verdict(plan: &Plan) -> Option<(&ConstitutionCheck, &OverallStatus)> {
    plan.constitution_checks.iter().rev().find_map(|check| {
        check.overall.as_ref().filter(|overall| overall.status.is_some()).map(|overall| (check, overall))
    })
}

/// How bad a status is: N/A and pass are good, undecided is none.
pub(super) fn badness(status: Status) -> u8 {
    match status {
        Status::Pass | Status::NotApplicable => 0,
        Status::Undecided => 1,
        Status::Attention => 2,
        Status::Blocked => 3,
    }
}

/// The status of a principle that the gate is held against. "⚠️ PASS" is PLN119's matter: nobody can
/// tell whether it admits a violation.
pub(super) fn declared(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> Option<Status> {
    let assessed = principle.declared_at.and_then(|at| at.of(cx.plan())).map(|(_, assessed)| assessed);
    let raw = assessed.and_then(|assessed| assessed.raw_status.as_ref());
    match raw.and_then(|raw| mark_and_word(&raw.text)) {
        Some((Status::Attention, Status::Pass)) => Some(Status::Pass),
        _ => principle.declared,
    }
}

/// The principles that the plan declares ⚠️ or ❌.
pub(super) fn violations<'a>(cx: &GateContext<'a>) -> impl Iterator<Item = &'a JudgedPrinciple> {
    let cx = *cx;
    let is_violation = move |principle: &&JudgedPrinciple| {
        matches!(declared(&cx, principle), Some(Status::Attention | Status::Blocked))
    };
    cx.assessment.principles.iter().filter(is_violation)
}

/// The header of the table that the row at `offset` stands in.
pub(super) fn header_of<'a>(cx: &GateContext<'a>, offset: u32) -> &'a str {
    let before = cx.text().get(..offset as usize).unwrap_or_default();
    before.lines().rev().take_while(|line| line.trim_start().starts_with('|')).last().unwrap_or_default()
}
