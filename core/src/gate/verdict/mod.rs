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
use crate::complexity;
use crate::gate::{GateContext, GateRule};
use crate::matching::contains_any;
use crate::parse::{does_not_apply, mark_and_word};
use crate::plan::{AssessedPrinciple, ConstitutionCheck, OverallStatus, Plan, Status};

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

/// The status of a principle that the gate is held against. "⚠️ PASS", and ⚠️ with a note that the
/// principle does not apply, are PLN119's matter: nobody can tell whether they admit a violation.
pub(super) fn declared(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> Option<Status> {
    let assessed = principle.declared_at.and_then(|at| at.of(cx.plan())).map(|(_, assessed)| assessed);
    let raw = assessed.and_then(|assessed| assessed.raw_status.as_ref());
    if principle.declared == Some(Status::Attention)
        && (assessed.is_some_and(is_exempted) || is_without_its_condition(cx, principle))
    {
        return Some(Status::NotApplicable);
    }
    match raw.and_then(|raw| mark_and_word(&raw.text)) {
        Some((Status::Attention, Status::Pass)) => Some(Status::Pass),
        _ => principle.declared,
    }
}

/// Whether the note beside a ⚠️ says that the principle does not apply.
pub(super) fn is_exempted(assessed: &AssessedPrinciple) -> bool {
    let notes = assessed.notes.iter().chain(&assessed.statements);
    assessed.status == Some(Status::Attention) && notes.into_iter().any(|note| does_not_apply(&note.text))
}

/// Whether a principle that holds under a condition, as "Test-First (Conditional)", stands beside a note
/// that nobody asked for it.
fn is_without_its_condition(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    const ABSENT: &[&str] = &[
        "not explicitly required", "not required", "not requested", "not explicitly requested", "not specified",
        "not asked for", "not triggered",
    ];
    let bracketed = principle.name.split_once(['(', '（']).map_or("", |(_, inside)| inside).to_lowercase();
    let conditional = contains_any(&bracketed, &["conditional", "if applicable", "when applicable", "optional"]);
    let mut assessed = principle.occurrences.iter().filter_map(|at| at.of(cx.plan())).map(|(_, assessed)| assessed);
    conditional
        && assessed.any(|assessed| {
            let mut said = assessed.notes.iter().chain(&assessed.statements).map(|note| note.text.to_lowercase());
            said.any(|note| contains_any(&note, ABSENT))
        })
}

/// Whether Complexity Tracking denies violations, and names this principle's deviation in the same breath.
pub(super) fn is_admitted(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    let tracking = cx.plan().complexity_tracking.as_ref();
    tracking.is_some_and(|tracking| complexity::admits(tracking, principle.ordinal.as_deref(), &principle.name))
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
