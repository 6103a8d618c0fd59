//! PLN114, stale-constitution.

use std::collections::BTreeMap;

use crate::assessment::{JudgedPrinciple, Origin};
use crate::date;
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule, principles};
use crate::plan::Group;

gate_rule! {
    /// ## What it finds
    /// A check that was made against another version of the constitution, or of a pack's principles; and
    /// a constitution that was amended after the plan, with the principles that the plan never met. A
    /// difference of the patch number is no finding, nor is an amendment of the plan's own day.
    ///
    /// ## Why it matters
    /// The marks stand for articles that have changed since.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// Checked against Constitution v1.0.0.
    ///
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    ///
    /// **Version**: 2.0.0 | **Ratified**: 2026-01-01 | **Last Amended**: 2026-05-01
    /// ```
    /// ```md
    /// ## Constitution Check
    /// Checked against Constitution v2.0.0.
    ///
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    ///
    /// **Version**: 2.0.0 | **Ratified**: 2026-01-01 | **Last Amended**: 2026-05-01
    /// ```
    STALE_CONSTITUTION = "PLN114" "stale-constitution", Warning, needs: [Constitution];
    stale_constitution
}

fn stale_constitution(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = old_editions(cx);
    let Some(constitution) = cx.constitution() else { return found };
    let plan = cx.plan();
    if let Some(current) = &constitution.version {
        let named = plan.constitution_checks.iter().rev().find_map(|check| check.version.as_ref());
        if let Some(named) = named.filter(|named| differs(&named.text, &current.text)) {
            let message =
                format!("the check names version {} of the constitution, which is at {}", named.text, current.text);
            found.push(
                cx.finding(named.span, message)
                    .related(constitution.place(current.span), "the constitution's version")
                    .help("repeat the check against the constitution as it is"),
            );
        }
    }
    let never_met: Vec<&JudgedPrinciple> = cx
        .assessment
        .principles
        .iter()
        .filter(|principle| !principle.is_assessed() && !principle.mentioned && principles::is_younger(cx, principle))
        .collect();
    let amended = constitution.amended.as_ref().and_then(|text| date::find(&text.text).map(|found| (text, found.date)));
    let planned = plan.metadata.date.as_ref().and_then(|text| date::find(&text.text));
    let assessed = cx.assessment.principles.iter().any(|known| known.in_constitution.is_some() && known.is_assessed());
    if let (Some((text, amended)), Some(planned), Some(check)) = (amended, planned, plan.constitution_checks.first())
        && amended > planned.date
        && !never_met.is_empty()
        && assessed
    {
        let names: Vec<String> = never_met.iter().map(|principle| format!("\"{}\"", principle.label())).collect();
        // What the plan only speaks of may be met or not.
        let all =
            !cx.assessment.principles.iter().any(|principle| {
                principle.in_constitution.is_some() && !principle.is_assessed() && principle.mentioned
            });
        let such = if all { "" } else { "principles such as " };
        let first = constitution.ratified.as_ref().and_then(|text| date::find(&text.text));
        let how = if first.is_some_and(|first| first.date == amended) { "written" } else { "amended" };
        let message = format!(
            "the constitution was {how} on {amended}, after this plan, which never met {such}{}",
            names.join(", ")
        );
        found.push(
            cx.finding(check.title.span, message)
                .related(constitution.place(text.span), format!("{how} here"))
                .help("assess the principles that came since"),
        );
    }
    found
}

/// Groups such as "MVP Principles (v1.0.0)" that name another edition than their pack has. The last
/// check that names one counts.
fn old_editions(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<&str, Option<Finding>> = BTreeMap::new();
    for check in &cx.plan().constitution_checks {
        for group in &check.groups {
            let Some((version, pack)) = group.version.as_ref().zip(pack_of(cx, group)) else { continue };
            let Some(edition) = cx.assessment.editions.get(pack) else { continue };
            let finding = differs(version, edition).then(|| {
                let message =
                    format!("the check names edition {version} of the {}, which are at {edition}", group.title);
                cx.finding(group.span, message)
                    .subject(pack)
                    .help("repeat the check against the principles as they are")
            });
            found.insert(pack, finding);
        }
    }
    found.into_values().flatten().collect()
}

/// The pack whose principles stand in a group.
fn pack_of<'a>(cx: &GateContext<'a>, group: &Group) -> Option<&'a str> {
    let stands_in = |principle: &&JudgedPrinciple| {
        let mut assessed = principle.occurrences.iter().filter_map(|at| at.of(cx.plan()));
        assessed.any(|(_, assessed)| assessed.group.as_ref() == Some(&group.title))
    };
    let mut principles = cx.assessment.principles.iter().filter(stands_in);
    principles.find_map(|principle| match &principle.origin {
        Origin::Pack(name) => Some(name.as_str()),
        _ => None,
    })
}

/// Whether two versions differ by more than their patch number.
fn differs(a: &str, b: &str) -> bool {
    let parts = |version: &str| -> Vec<u32> {
        version.split('.').filter_map(|part| part.trim().parse().ok()).take(2).collect()
    };
    let (a, b) = (parts(a), parts(b));
    a.len() == 2 && b.len() == 2 && a != b
}

#[cfg(test)]
mod tests {
    use crate::gate::document::found::{findings, voting};

    #[test]
    fn a_constitution_that_came_after_the_plan() {
        let message = |ratified: &str, check: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n**Date**: 2026-03-01\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n| I. Library First | PASS | one crate |\n{check}"
            );
            let constitution = format!(
                "# Constitution\n## Core Principles\n### I. Library First\nEvery feature MUST start as a library.\n### II. Plain Text\nFiles MUST be readable.\n### III. Offline Use\nNothing MUST need a network.\n\n**Version**: 1.0.0 | **Ratified**: {ratified} | **Last Amended**: 2026-05-01\n"
            );
            findings("PLN114", &voting(&plan).constitution(constitution).build())[0].message.clone()
        };
        assert_eq!(
            message("2026-01-01", ""),
            "the constitution was amended on 2026-05-01, after this plan, which never met \"II. Plain Text\", \"III. Offline Use\""
        );
        assert!(message("2026-05-01", "").starts_with("the constitution was written on 2026-05-01"));
        assert!(
            message("2026-01-01", "\nOffline use is a matter of Phase 2.\n")
                .ends_with("never met principles such as \"II. Plain Text\"")
        );
    }
}
