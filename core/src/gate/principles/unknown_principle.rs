//! PLN113, unknown-principle.

use super::{assessments, is_renumbered};
use crate::assessment::{JudgedPrinciple, Origin};
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::matching::{Words, same_name};
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// An assessed principle that neither a pack nor the constitution knows. What goes by the name of another of
    /// the constitution's sections ("Development Workflow compliance"), or stands in a list below that name,
    /// is known.
    ///
    /// ## Why it matters
    /// It may be a principle of an older constitution, or a misspelled one.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// | Blue Paint | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    /// ```
    UNKNOWN_PRINCIPLE = "PLN113" "unknown-principle", Info;
    unknown_principle
}

/// The groups that the principle is assessed in.
fn groups<'a>(cx: &GateContext<'a>, principle: &'a JudgedPrinciple) -> impl Iterator<Item = &'a str> {
    assessments(cx, principle).filter_map(|(.., assessed)| assessed.group.as_deref())
}

/// Whether a name begins with the title of a section, or with its translation in the title's brackets. One word
/// of Latin letters says too little: "Security theatre" is not the section "Security".
fn begins_with_title(name: &str, title: &str) -> bool {
    let name = name.trim().to_lowercase();
    let lower = title.to_lowercase();
    lower.split(['(', ')', '（', '）', '#']).map(str::trim).any(|title| {
        let telling = if title.is_ascii() { title.contains(' ') } else { title.chars().count() >= 4 };
        let behind = name.strip_prefix(title).filter(|_| telling);
        behind.is_some_and(|behind| !title.is_ascii() || !behind.starts_with(char::is_alphanumeric))
    })
}

fn unknown_principle(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(constitution) = cx.constitution().filter(|constitution| !constitution.principles.is_empty()) else {
        return Vec::new();
    };
    let text = constitution.document.text.to_lowercase();
    let template = cx.feature.plan_template().ok();
    let unknown: Vec<(&JudgedPrinciple, Span)> = cx
        .assessment
        .principles
        .iter()
        .filter(|principle| principle.origin == Origin::Plan)
        .filter(|principle| {
            let words = Words::of_name(&principle.name);
            let asked = template.as_ref().is_some_and(|template| {
                template
                    .constitution_checks
                    .iter()
                    .flat_map(|check| &check.principles)
                    .any(|known| same_name(&Words::of_name(&known.name), &words))
            });
            let of_section = constitution.sections.iter().any(|section| {
                let title = section.span.text(&constitution.document.text);
                same_name(&Words::of_name(&section.text), &words)
                    || [section.text.as_str(), title].iter().any(|title| begins_with_title(&principle.name, title))
                    || groups(cx, principle).any(|group| Words::of_name(group) == Words::of_name(&section.text))
            });
            !asked && !of_section && !text.contains(&principle.name.to_lowercase()) && !is_renumbered(cx, principle)
        })
        .filter_map(|principle| Some((principle, crate::assessment::place_of(principle, cx.plan())?)))
        .collect();
    let help = "name the principle as the constitution does, or leave the row out";
    if let [(first, span), _, _, _, ..] = unknown.as_slice() {
        // A check with an order of its own is one fact, not one for each of its rows.
        let names: Vec<String> = unknown.iter().map(|(principle, _)| format!("\"{}\"", principle.label())).collect();
        let message = format!(
            "{} of the assessed names are no principles of the constitution: {}",
            names.len(),
            names.join(", ")
        );
        return vec![cx.finding(*span, message).subject(first.subject()).help(help)];
    }
    unknown
        .into_iter()
        .map(|(principle, span)| {
            let message = format!("the constitution has no principle \"{}\"", principle.label());
            cx.finding(span, message).subject(principle.subject()).help(help)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::document::found::{findings, voting};

    #[test]
    fn titles_of_sections_may_go_on() {
        for (name, title, expected) in [
            ("Development Workflow compliance", "## Development Workflow (開發流程)", true),
            ("開發流程符合憲章要求", "## Development Workflow (開發流程)", true),
            ("Release Rules: kept", "### Release Rules", true),
            ("Release Ruleset", "### Release Rules", false),
            ("Security theatre", "## Security", false),
            ("Workflow", "## Development Workflow", false),
        ] {
            assert_eq!(begins_with_title(name, title), expected, "{name}");
        }
    }

    #[test]
    fn a_list_below_the_name_of_a_section_holds_no_principles() {
        let constitution = "# Constitution\n\n## Core Principles\n\n### I. Library First\n\nEvery feature MUST be a library.\n\n\
                            ## Lista de Gates\n\n- Every review MUST be done by two people.\n";
        let unknown = |label: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n\
                 | I. Library First | PASS | one library |\n\n**{label}**:\n\n- Compila: with `make`\n"
            );
            let found = findings("PLN113", &voting(&plan).constitution(constitution).build());
            found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(unknown("Lista de Gates"), [""; 0]);
        assert_eq!(unknown("Gates de Cores"), ["the constitution has no principle \"Compila\""]);
    }
}
