//! PLN115, unfilled-constitution.

use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};

gate_rule! {
    /// ## What it finds
    /// A constitution that is still the untouched template.
    ///
    /// ## Why it matters
    /// A gate against an empty constitution stands for nothing.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// No violations.
    /// ```
    /// ```md,file=constitution.md
    /// # [PROJECT_NAME] Constitution
    /// ## Core Principles
    /// ### [PRINCIPLE_1_NAME]
    /// [PRINCIPLE_1_DESCRIPTION]
    /// ```
    /// ```md
    /// ## Constitution Check
    /// No violations.
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    /// ```
    UNFILLED_CONSTITUTION = "PLN115" "unfilled-constitution", Warning, needs: [Constitution];
    unfilled_constitution
}

fn unfilled_constitution(cx: &GateContext<'_>) -> Vec<Finding> {
    let Ok(constitution) = cx.feature.constitution() else { return Vec::new() };
    let Some(check) = cx.plan().constitution_checks.first().filter(|_| constitution.unfilled) else {
        return Vec::new();
    };
    let place = constitution.place(constitution.title.as_ref().map(|title| title.span).unwrap_or_default());
    vec![
        cx.finding(check.title.span, "the constitution is the untouched template, so this gate stands for nothing")
            .related(place, "the constitution")
            .help("fill in .specify/memory/constitution.md, then check the plan against it"),
    ]
}
