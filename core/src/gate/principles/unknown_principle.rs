//! PLN113, unknown-principle.

use super::is_renumbered;
use crate::assessment::{JudgedPrinciple, Origin};
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::matching::{Words, same_name};
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// An assessed principle that neither a pack nor the constitution knows.
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
            let of_section =
                constitution.sections.iter().any(|section| same_name(&Words::of_name(&section.text), &words));
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
