//! PLN110, missing-recheck.

use crate::diagnostic::Finding;
use crate::feature::Phase;
use crate::gate::{GateContext, gate_rule};
use crate::plan::Stage;

gate_rule! {
    /// ## What it finds
    /// A plan whose design is done and whose Constitution Check was never repeated.
    ///
    /// ## Why it matters
    /// The template asks for a second look after Phase 1, because designs break principles.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// *GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*
    ///
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// ```
    /// ```md,file=data-model.md
    /// # Data Model
    /// ```
    /// ```md
    /// ## Constitution Check
    /// *GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*
    ///
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    ///
    /// **Post-Design Re-check**: PASS
    /// ```
    /// ```md,file=data-model.md
    /// # Data Model
    /// ```
    MISSING_RECHECK = "PLN110" "missing-recheck", Warning;
    missing_recheck
}

fn missing_recheck(cx: &GateContext<'_>) -> Vec<Finding> {
    let checks = &cx.plan().constitution_checks;
    let Some(first) = checks.first().filter(|_| cx.has_reached(Phase::Design)) else { return Vec::new() };
    if checks.iter().any(|check| check.stage != Stage::BeforeResearch) || speaks_of_recheck(first.span.text(cx.text()))
    {
        return Vec::new();
    }
    let help = "repeat the check after Phase 1 under a heading such as \"Post-Design Constitution Re-Check\"";
    vec![cx.finding(first.title.span, "the Constitution Check was not repeated after design").help(help)]
}

/// Whether the check itself tells of a second look, in other words than the template's instruction.
fn speaks_of_recheck(text: &str) -> bool {
    text.lines().any(|line| {
        let lower = line.to_lowercase();
        let told = [
            "re-checked", "rechecked", "re-evaluated", "reevaluated", "re-verified", "re-evaluado", "reavaliado",
            "再確認済", "re-check passed", "post-design",
        ]
        .iter()
        .any(|word| lower.contains(word));
        told && !lower.contains("must pass")
    })
}
