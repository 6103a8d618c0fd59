//! PLN114, stale-constitution.

use std::collections::BTreeMap;

use crate::assessment::{JudgedPrinciple, Origin, is_mentioned};
use crate::date;
use crate::diagnostic::{Finding, Severity};
use crate::document::Constitution;
use crate::feature::Read;
use crate::gate::principles::{self, related_names};
use crate::gate::{GateContext, gate_rule};
use crate::matching::{Words, same_name};
use crate::parse::ordinal_values;
use crate::plan::Group;
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// A check that was made against another version of the constitution, or of a pack's principles; and
    /// a constitution that was amended after the plan, with the principles that the plan's checks don't name.
    /// A difference of the patch number is no finding, nor is an amendment of the plan's own day, nor a
    /// version in a line that came with the plan template. Where the checks name nearly all principles of
    /// a constitution that was only written later, the plan's date is a slip, which is only mentioned.
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
    if let Some(current) = &constitution.version {
        let named = cx.plan().constitution_checks.iter().rev().find_map(|check| check.version.as_ref());
        if let Some(named) =
            named.filter(|named| differs(&named.text, &current.text) && !is_of_template(cx, named.span))
        {
            let message =
                format!("the check names version {} of the constitution, which is at {}", named.text, current.text);
            found.push(
                cx.finding(named.span, message)
                    .related(constitution.place(current.span), "the constitution's version")
                    .help("repeat the check against the constitution as it is"),
            );
        }
    }
    found.extend(later_amendment(cx, constitution));
    found
}

/// Whether the line that names the version came with the plan template, the repository's or an old one of Spec Kit:
/// then nobody stated it.
fn is_of_template(cx: &GateContext<'_>, version: Span) -> bool {
    const STOCK: &str = "*Based on Constitution v2.1.1 ";
    let text = cx.text();
    let before = text.get(..version.start as usize).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let stated = text.get(start..version.end as usize).unwrap_or_default().trim_start();
    let template = cx.feature.plan_template();
    let copied = template.is_ok_and(|template| {
        let mut lines = template.document.text.lines().map(str::trim_start);
        lines.any(|line| line.strip_prefix(stated).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())))
    });
    copied || text.get(start..).is_some_and(|line| line.starts_with(STOCK))
}

/// A constitution that was amended after the plan, and has principles that the plan's checks don't name.
fn later_amendment(cx: &GateContext<'_>, constitution: Read<'_, Constitution>) -> Option<Finding> {
    let text = constitution.amended.as_ref()?;
    let amended = date::find(&text.text)?.date;
    let planned = date::find(&cx.plan().metadata.date.as_ref()?.text)?.date;
    let check = cx.plan().constitution_checks.first()?;
    let known: Vec<&JudgedPrinciple> =
        cx.assessment.principles.iter().filter(|known| known.in_constitution.is_some()).collect();
    let unmet = known.iter().any(|known| !known.is_assessed() && !known.mentioned && principles::is_younger(cx, known));
    if amended <= planned || !unmet || !known.iter().any(|known| known.is_assessed()) {
        return None;
    }
    let unnamed: Vec<&JudgedPrinciple> = known.iter().copied().filter(|known| !is_named(cx, known)).collect();
    let younger: Vec<&JudgedPrinciple> =
        unnamed.iter().copied().filter(|known| principles::is_younger(cx, known)).collect();
    if younger.is_empty() {
        return None;
    }
    let first = constitution.ratified.as_ref().and_then(|text| date::find(&text.text));
    let written = first.is_some_and(|first| first.date == amended);
    let how = if written { "written" } else { "amended" };
    let named = known.len() - unnamed.len();
    // Whoever goes through the principles by name has read them.
    let finding = if written && named >= 3 && named * 4 >= known.len() * 3 {
        let names = listed(&unnamed);
        let message = format!(
            "the plan is dated {planned}, before the constitution was written on {amended}, and yet names all of its principles but {names}"
        );
        let finding = cx.finding(check.title.span, message).at_most(Severity::Info);
        finding.help("correct the Date if it is a slip, and assess what is left out")
    } else {
        let names = listed(&younger);
        let message =
            format!("the constitution was {how} on {amended}, after this plan, whose checks do not name {names}");
        cx.finding(check.title.span, message).help("assess the principles that came since")
    };
    Some(finding.related(constitution.place(text.span), format!("{how} here")))
}

fn listed(principles: &[&JudgedPrinciple]) -> String {
    principles.iter().map(|principle| format!("\"{}\"", principle.label())).collect::<Vec<_>>().join(", ")
}

/// Whether a check names the principle: by its name, or by its numeral without another one's name. Whether it speaks
/// of the same matter is left open, or the answer would hang on single words.
fn is_named(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    let values = |ordinal: &Option<String>| ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    let (own, name) = (values(&principle.ordinal), Words::of_name(&principle.name));
    let lower = principle.name.to_lowercase();
    let checks = &cx.plan().constitution_checks;
    let assessed = || checks.iter().flat_map(|check| &check.principles);
    if assessed().any(|assessed| same_name(&Words::of_name(&assessed.name), &name))
        || checks.iter().any(|check| check.span.text(cx.text()).to_lowercase().contains(&lower))
    {
        return true;
    }
    let mut titles = assessed()
        .filter(|assessed| !own.is_empty() && values(&assessed.ordinal) == own)
        .map(|assessed| (assessed.name.is_ascii(), Words::of_name(&assessed.name)))
        .filter(|(_, words)| words.significant().next().is_some())
        .peekable();
    if titles.peek().is_none() {
        // "Principles I-V", "as Principle II demands"
        return principle.is_assessed() || is_mentioned(cx.feature, principle);
    }
    // "Principle II: Small Steps" is number II under the name of another. A translated name shares no word.
    titles.any(|(ascii, words)| ascii != principle.name.is_ascii() || related_names(&words, &name))
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
    use crate::diagnostic::Severity;
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
            "the constitution was amended on 2026-05-01, after this plan, whose checks do not name \"II. Plain Text\", \"III. Offline Use\""
        );
        assert!(message("2026-05-01", "").starts_with("the constitution was written on 2026-05-01"));
        assert!(
            message("2026-01-01", "\nOffline use is a matter of Phase 2.\n").ends_with("not name \"II. Plain Text\"")
        );
        let heading = "\n### Principle II: Kurze Funktionen\n\n- PASS\n";
        assert!(message("2026-01-01", heading).ends_with("not name \"II. Plain Text\", \"III. Offline Use\""));
        let others = "| II. Short Functions | PASS | readable files, as MUST be |\n";
        assert!(message("2026-01-01", others).ends_with("not name \"II. Plain Text\", \"III. Offline Use\""));
        assert!(message("2026-01-01", "| II. テキスト | PASS | ja |\n").ends_with("not name \"III. Offline Use\""));
    }

    #[test]
    fn a_plan_that_knows_a_later_constitution_has_a_wrong_date() {
        let found = |rows: &str, ratified: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n**Date**: 2026-03-01\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n{rows}"
            );
            let principles = ["I. Library First", "II. Plain Text", "III. Offline Use", "IV. Small Steps"];
            let articles: String =
                principles.iter().map(|name| format!("### {name}\nEvery feature MUST keep to it.\n")).collect();
            let constitution = format!(
                "# Constitution\n## Core Principles\n{articles}\n**Version**: 1.0.0 | **Ratified**: {ratified} | **Last Amended**: 2026-05-01\n"
            );
            let found = findings("PLN114", &voting(&plan).constitution(constitution).build());
            found.into_iter().map(|finding| (finding.message, finding.severity)).next()
        };
        let three = "| I. Library First | PASS | a |\n| II. Plain Text | PASS | b |\n| III. Offline Use | PASS | c |\n";
        assert_eq!(
            found(three, "2026-05-01"),
            Some((
                "the plan is dated 2026-03-01, before the constitution was written on 2026-05-01, and yet names all of its principles but \"IV. Small Steps\"".to_owned(),
                Severity::Info
            ))
        );
        assert_eq!(found(three, "2026-01-01").map(|(_, severity)| severity), Some(Severity::Warning));
        assert_eq!(found(&three[..30], "2026-05-01").map(|(_, severity)| severity), Some(Severity::Warning));
    }

    #[test]
    fn a_version_of_the_template_is_stated_by_nobody() {
        let found = |line: &str, template: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status |\n|---|---|\n| I. Library First | PASS |\n\n{line}\n"
            );
            let constitution =
                "# Constitution\n## Core Principles\n### I. Library First\nIt MUST hold.\n\n**Version**: 1.0.0\n";
            let template = format!("# Implementation Plan: [FEATURE]\n\n{template}\n");
            findings("PLN114", &voting(&plan).constitution(constitution).plan_template(template).build()).len()
        };
        let line = "Geprüft gegen Constitution v3.1.0, siehe docs/";
        assert_eq!(found(line, ""), 1);
        assert_eq!(found(line, "Geprüft gegen Constitution v3.1.0, siehe constitution.md"), 0);
        assert_eq!(found(line, "Geprüft gegen Constitution v2.0.0"), 1);
        assert_eq!(found("---\n*Based on Constitution v2.1.1 - See `/memory/constitution.md`*", ""), 0);
        assert_eq!(found("*Based on Constitution v2.1.0 - See `/memory/constitution.md`*", ""), 1);
    }
}
