//! PLN122, renumbered-principle.

use super::related_names;
use crate::date;
use crate::diagnostic::Finding;
use crate::document::Constitution;
use crate::gate::{GateContext, gate_rule};
use crate::matching::{Words, same_name};
use crate::parse::ordinal_values;
use crate::plan::Text;
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// A principle whose numeral is the constitution's and whose name is another principle's, or whose
    /// numeral no principle has. A plan that is older than the constitution's last amendment, unless that
    /// was a patch, is `stale-constitution`'s matter.
    ///
    /// ## Why it matters
    /// The check was made against another order of the articles, so that marks and articles no longer
    /// belong together.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Test First | PASS |
    /// | II. Library First | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    /// ### II. Test First
    /// Tests MUST come first.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// | II. Test First | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    /// ### II. Test First
    /// Tests MUST come first.
    /// ```
    RENUMBERED_PRINCIPLE = "PLN122" "renumbered-principle", Warning, needs: [Constitution];
    renumbered_principle
}

fn renumbered_principle(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(constitution) = cx.constitution().filter(|constitution| !is_restructured(cx, constitution)) else {
        return Vec::new();
    };
    let numbered: Vec<(u32, &str, Span)> = constitution
        .principles
        .iter()
        .filter_map(|article| {
            Some((*ordinal_values(article.ordinal.as_deref()?).first()?, article.name.as_str(), article.heading))
        })
        .collect();
    let mut found: Vec<Finding> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for assessed in cx.plan().constitution_checks.iter().flat_map(|check| &check.principles) {
        let values = assessed.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
        let [value] = values.as_slice() else { continue };
        let key = format!("{value} {}", assessed.name);
        if numbered.is_empty() || told.contains(&key) {
            continue;
        }
        let words = Words::of_name(&assessed.name);
        let own = numbered.iter().find(|(number, ..)| number == value);
        if own.is_some_and(|(_, name, _)| related_names(&words, &Words::of_name(name))) {
            continue;
        }
        let other =
            numbered.iter().find(|(number, name, _)| number != value && same_name(&words, &Words::of_name(name)));
        let label = format!("{}. {}", assessed.ordinal.as_deref().unwrap_or_default(), assessed.name);
        let (message, span) = match (own, other) {
            (_, Some((number, name, span))) => {
                (format!("\"{label}\" is number {} in the constitution (\"{name}\")", roman(*number)), Some(*span))
            }
            (None, None) if is_numbered_like_constitution(&numbered, *value) => (
                format!(
                    "the constitution has no principle number {}: \"{label}\"",
                    assessed.ordinal.as_deref().unwrap_or_default()
                ),
                None,
            ),
            _ => continue,
        };
        told.push(key);
        let mut finding =
            cx.finding(assessed.heading, message).help("use the constitution's numerals and names").subject(label);
        if let Some(span) = span {
            finding = finding.related(constitution.place(span), "the principle stands here");
        }
        found.push(finding);
    }
    found
}

/// Whether an amendment that may have renumbered came after the plan: that is PLN114's matter. A patch
/// renumbers nothing.
fn is_restructured(cx: &GateContext<'_>, constitution: &Constitution) -> bool {
    let day = |text: Option<&Text>| text.and_then(|text| date::find(&text.text)).map(|found| found.date);
    let patch = constitution.version.as_ref().and_then(|version| version.text.split('.').nth(2).map(str::to_owned));
    let structural = patch.is_none_or(|patch| patch == "0");
    let planned = day(cx.plan().metadata.date.as_ref());
    structural && planned.zip(day(constitution.amended.as_ref())).is_some_and(|(planned, amended)| planned < amended)
}

fn is_numbered_like_constitution(numbered: &[(u32, &str, Span)], value: u32) -> bool {
    numbered.len() >= 2 && numbered.iter().all(|(number, ..)| *number < value)
}

fn roman(number: u32) -> String {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = "X".repeat((number / 10) as usize);
    format!("{tens}{}", ONES[(number % 10) as usize])
}

#[cfg(test)]
mod tests {
    use crate::gate::document::found::{findings, voting};

    #[test]
    fn an_amendment_after_the_plan_may_have_renumbered() {
        let found = |date: &str, version: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n**Date**: {date}\n\n## Constitution Check\n\n| Principle | Status |\n|---|---|\n| I. Test First | PASS |\n| II. Library First | PASS |\n"
            );
            let constitution = format!(
                "# Constitution\n## Core Principles\n### I. Library First\nEvery feature MUST start as a library.\n### II. Test First\nTests MUST come first.\n\n**Version**: {version} | **Ratified**: 2026-01-01 | **Last Amended**: 2026-05-01\n"
            );
            findings("PLN122", &voting(&plan).constitution(constitution).build()).len()
        };
        assert_eq!(found("2026-03-01", "2.0.0"), 0);
        assert_eq!(found("2026-03-01", "2.0.1"), 2);
        assert_eq!(found("2026-06-01", "2.0.0"), 2);
    }
}
