//! PLN101, missing-principle.

use super::is_younger;
use crate::assessment::{JudgedPrinciple, Origin};
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};

gate_rule! {
    /// ## What it finds
    /// A principle of an active pack or of the constitution that no Constitution Check assesses. A
    /// principle that an amendment added on or after the plan's date is `stale-constitution`'s matter.
    ///
    /// ## Why it matters
    /// A gate that leaves an article out has not been passed: nobody looked.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
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
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
    /// | II. Test First | PASS | tests in tests/ |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    /// ### II. Test First
    /// Tests MUST come first.
    /// ```
    MISSING_PRINCIPLE = "PLN101" "missing-principle", Error;
    missing_principle
}

fn missing_principle(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let Some(first) =
        plan.constitution_checks.first().filter(|check| !is_before_constitution(check.span.text(cx.text())))
    else {
        return Vec::new();
    };
    let known = || cx.assessment.principles.iter().filter(|principle| principle.origin != Origin::Plan);
    let missing: Vec<&JudgedPrinciple> = known()
        .filter(|principle| !principle.is_assessed() && !principle.mentioned && !is_younger(cx, principle))
        .collect();
    let assessed = known().any(JudgedPrinciple::is_assessed);
    let finding = |principle: &JudgedPrinciple, message: String| {
        let mut finding = cx
            .finding(first.title.span, message)
            .subject(principle.subject())
            .help(format!("assess \"{}\" in the Constitution Check", principle.label()));
        if let (Some(span), Some(constitution)) = (principle.in_constitution, cx.constitution()) {
            finding = finding.related(constitution.place(span), "the principle stands here");
        }
        finding
    };
    if !assessed && missing.len() > 1 {
        // A check that knows none of the principles is one fault, not one for each of them.
        let names: Vec<String> = missing.iter().map(|principle| principle.label()).collect();
        let message = format!("none of the {} principles is assessed: {}", missing.len(), names.join("; "));
        return vec![
            finding(missing[0], message).help("assess each principle of the constitution by its numeral and name"),
        ];
    }
    missing
        .into_iter()
        .map(|principle| {
            let called = if principle.non_negotiable { "the NON-NEGOTIABLE principle" } else { "principle" };
            finding(principle, format!("{called} \"{}\" is not assessed", principle.label()))
        })
        .collect()
}

/// Whether a check says that there was no constitution yet to check against.
fn is_before_constitution(check: &str) -> bool {
    check.lines().map(str::to_lowercase).any(|line| {
        let speaks = ["constitution", "constitución", "constituição", "憲法", "憲章", "宪法", "헌법"]
            .iter()
            .any(|word| line.contains(word));
        let empty = [
            "placeholder", "unfilled", "no constitutional gates", "not yet been ratified", "not yet ratified",
            "not been ratified", "not ratified", "is a template", "still a template", "is still the template",
            "template only", "no project constitution", "no constitution", "does not exist", "not yet defined",
            "not defined", "not yet been defined", "not yet been filled", "unpopulated", "not yet customized",
        ];
        speaks
            && empty.iter().any(|phrase| line.contains(phrase))
            && !line.contains("no constitution violation")
            && !line.contains("no constitutional violation")
    })
}
