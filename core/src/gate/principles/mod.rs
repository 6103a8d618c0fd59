//! Principles one by one: is each assessed, decided, allowed, consistent, and known?

mod ambiguous_status;
mod compact_assessment;
mod conflicting_assessment;
mod contradictory_status;
mod disallowed_status;
mod missing_principle;
mod negotiated_principle;
mod renumbered_principle;
mod undecided_status;
mod unexplained_exemption;
mod unknown_principle;
mod unmarked_check;

use crate::assessment::{JudgedPrinciple, Occurrence};
use crate::date;
use crate::document::Constitution;
use crate::feature::Read;
use crate::gate::{GateContext, GateRule};
use crate::matching::{Phrases, Words, same_name};
use crate::parse::ordinal_values;
use crate::plan::{AssessedPrinciple, ConstitutionCheck, Status, Text};
use crate::source::Span;

pub(super) const RULES: &[&GateRule] = &[
    &missing_principle::MISSING_PRINCIPLE,
    &undecided_status::UNDECIDED_STATUS,
    &disallowed_status::DISALLOWED_STATUS,
    &contradictory_status::CONTRADICTORY_STATUS,
    &conflicting_assessment::CONFLICTING_ASSESSMENT,
    &unexplained_exemption::UNEXPLAINED_EXEMPTION,
    &unknown_principle::UNKNOWN_PRINCIPLE,
    &compact_assessment::COMPACT_ASSESSMENT,
    &ambiguous_status::AMBIGUOUS_STATUS,
    &negotiated_principle::NEGOTIATED_PRINCIPLE,
    &unmarked_check::UNMARKED_CHECK,
    &renumbered_principle::RENUMBERED_PRINCIPLE,
];

/// Whether an amendment added the principle on or after the plan's day, as far as the constitution's
/// Sync Impact Report or its version says.
pub(super) fn is_younger(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    let Some(constitution) = cx.constitution() else { return false };
    if principle.in_constitution.is_none() {
        return false;
    }
    let planned = cx.plan().metadata.date.as_ref().and_then(|date| date::find(&date.text));
    let amended = constitution.amended.as_ref().and_then(|date| date::find(&date.text));
    let (Some(planned), Some(amended)) = (planned, amended) else { return false };
    amended.date >= planned.date && may_be_added(&constitution, principle)
}

/// Whether the last amendment may have added a principle: the report names it as added, or there is
/// no report that tells what was added.
pub(super) fn may_be_added(constitution: &Read<'_, Constitution>, principle: &JudgedPrinciple) -> bool {
    let Some(amendment) = &constitution.amendment else { return true };
    let words = Words::of_name(&principle.name);
    let named = |list: &[String]| list.iter().any(|name| same_name(&Words::of_name(name), &words));
    // Principles that were there before: a report that adds others vouches for this one's age.
    amendment.added.is_empty() || named(&amendment.added) || named(&amendment.modified)
}

/// Whether two names may be one: a shared word is enough to leave a renamed principle alone.
pub(super) fn related_names(a: &Words, b: &Words) -> bool {
    a.is_empty() || same_name(a, b) || a.shared(b) > 0
}

/// The assessments of a principle, each with its check.
pub(super) fn assessments<'a>(
    cx: &GateContext<'a>,
    principle: &'a JudgedPrinciple,
) -> impl Iterator<Item = (Occurrence, &'a ConstitutionCheck, &'a AssessedPrinciple)> {
    let plan = cx.plan();
    principle.occurrences.iter().filter_map(|at| at.of(plan).map(|(check, assessed)| (*at, check, assessed)))
}

/// The assessment that declares the principle's status.
pub(super) fn declaring<'a>(cx: &GateContext<'a>, principle: &JudgedPrinciple) -> Option<&'a AssessedPrinciple> {
    principle.declared_at.and_then(|at| at.of(cx.plan())).map(|(_, assessed)| assessed)
}

pub(super) fn status_span(assessed: &AssessedPrinciple) -> Span {
    assessed.raw_status.as_ref().map_or(assessed.heading, |raw| raw.span)
}

/// The statuses that the pack, or the repository's template, offers for a principle.
pub(super) fn offered(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> Vec<Status> {
    if !principle.statuses.is_empty() {
        return principle.statuses.clone();
    }
    let Ok(template) = cx.feature.plan_template() else { return Vec::new() };
    let words = Words::of_name(&principle.name);
    let same = template
        .constitution_checks
        .iter()
        .flat_map(|check| &check.principles)
        .find(|known| known.options.len() > 1 && same_name(&Words::of_name(&known.name), &words));
    same.map(|known| known.options.clone()).unwrap_or_default()
}

pub(super) fn says_something(text: &Text) -> bool {
    text.text.chars().filter(|c| c.is_alphanumeric()).count() >= 2
}

pub(super) fn is_renumbered(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    let values = principle.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    let Some(constitution) = cx.constitution() else { return false };
    let known = constitution
        .principles
        .iter()
        .flat_map(|article| article.ordinal.as_deref().map(ordinal_values).unwrap_or_default());
    let highest = known.max().unwrap_or_default();
    values.len() == 1 && highest > 1 && values[0] > highest
}

/// Whether a check says that there was no constitution yet to check against.
pub(in crate::gate) fn is_before_constitution(check: &str) -> bool {
    const CONSTITUTION: &[&str] = &["constitution", "constitución", "constituição", "憲法", "憲章", "宪法", "헌법"];
    const EMPTY: &[&str] = &[
        "placeholder", "unfilled", "no constitutional gates", "not yet been ratified", "not yet ratified",
        "not been ratified", "not ratified", "is a template", "still a template", "is still the template",
        "template only", "no project constitution", "no constitution", "does not exist", "not yet defined",
        "not defined", "not yet been defined", "not yet been filled", "unpopulated", "not yet customized", "no gates",
    ];
    const DENIED: &[&str] = &["no constitution violation", "no constitutional violation"];
    check.lines().map(str::to_lowercase).any(|line| {
        let line = Phrases::of(&line);
        line.any(CONSTITUTION) && line.any(EMPTY) && !line.any(DENIED)
    })
}
