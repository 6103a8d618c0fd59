//! PLN110, missing-recheck.

use crate::diagnostic::{Finding, Severity};
use crate::feature::{DocumentKind, Phase};
use crate::gate::principles::is_before_constitution;
use crate::gate::{GateContext, gate_rule};
use crate::matching::contains_any;
use crate::plan::Stage;

gate_rule! {
    /// ## What it finds
    /// A plan whose design is done and whose Constitution Check was never repeated: neither as a section nor
    /// by a line of the check that says so. Where tasks.md or a document beside the plan examines the
    /// principles, that is only mentioned.
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
    let text = first.span.text(cx.text());
    // Where there is no gate, there is nothing to repeat; an empty constitution is PLN115's matter.
    let gateless = is_before_constitution(text) || cx.feature.constitution().is_ok_and(|read| read.unfilled);
    if gateless || checks.iter().any(|check| check.stage != Stage::BeforeResearch) || speaks_of_recheck(cx, text) {
        return Vec::new();
    }
    let help = "repeat the check after Phase 1 under a heading such as \"Post-Design Constitution Re-Check\"";
    let finding = cx.finding(first.title.span, "the Constitution Check was not repeated after design").help(help);
    vec![if is_examined_elsewhere(cx) { finding.at_most(Severity::Info) } else { finding }]
}

/// Whether the check itself tells of a second look, in other words than the template's instruction.
fn speaks_of_recheck(cx: &GateContext<'_>, text: &str) -> bool {
    const DONE: &[&str] = &[
        "re-checked", "rechecked", "re-evaluated", "reevaluated", "re-verified", "re-evaluado", "reavaliado",
        "re-verificado", "reverificado", "revalidado", "再確認済", "re-check passed", "design compliance",
    ];
    const NOT_DONE: &[&str] = &[
        "will be re", "to be re", "must be re", "should be re", "ser reavaliado", "ser re-evaluado",
        "ser re-verificado", "ser reverificado", "ser revalidado", "be checked",
    ];
    const SECOND_LOOKS: &[&str] =
        &["re-evaluation", "reevaluation", "re-check", "reavaliação", "re-evaluación", "reevaluación"];
    const UNCHANGED: &[&str] = &["no change", "unchanged", "no new violation", "sem mudanças", "sin cambios"];
    const AFTER: &[&str] = &[
        "phase 1 design", "after phase 1", "post-phase 1", "following phase 1", "after design", "post-design",
        "the design phase", "fase 1", "pós-phase 1", "pós-design",
    ];
    const GATE: &[&str] = &["principle", "constitution", "gate", "princípio", "principio"];
    const YET: &[&str] = &[
        "must", "will ", "expected", "re-check after", "before", "should", "debe", "deve ", "esperad", "pending", "[ ]",
    ];
    let template = cx.feature.document(DocumentKind::PlanTemplate).map_or("", |document| document.text.as_str());
    text.lines().any(|line| {
        let lower = line.to_lowercase();
        let has = |words: &[&str]| contains_any(&lower, words);
        let told = has(DONE) && !has(NOT_DONE)
            || has(SECOND_LOOKS) && has(UNCHANGED) && !has(YET)
            || has(AFTER) && has(GATE) && !has(YET) && decides(line);
        told && !template.contains(line.trim())
    })
}

/// Whether a line states a verdict: "✅ **PASSED** - … in Phase 1 design", "all principles satisfied after design".
fn decides(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_alphanumeric());
    const PASSED: &[&str] = &["pass", "passed", "passes", "satisfied", "compliant", "confirmed", "holds", "upheld"];
    line.contains(['✅', '✔', '✓', '☑']) || words.into_iter().any(|word| PASSED.contains(&word.to_lowercase().as_str()))
}

/// Whether a document beside the plan examines the principles: CONSTITUTION_CHECKLIST.md, or a section
/// "Constitution Compliance" of tasks.md.
fn is_examined_elsewhere(cx: &GateContext<'_>) -> bool {
    const EXAMINES: &[&str] = &["compliance", "checklist", "check", "conformance", "validation", "verification"];
    let examines = |name: &str| {
        let lower = name.to_lowercase();
        lower.contains("constitution") && contains_any(&lower, EXAMINES)
    };
    let section = cx.feature.tasks().is_ok_and(|tasks| {
        tasks.document.text.lines().any(|line| line.starts_with('#') && examines(line) && !line.contains("Tests for"))
    });
    let folder = cx.document().path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let document = cx.feature.repository().is_some_and(|facts| {
        let file = |path: &String| path.rsplit('/').next().is_some_and(|name| name.ends_with(".md") && examines(name));
        !folder.is_empty() && facts.paths.below(folder).iter().any(file)
    });
    section || document
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::feature::FeatureBuilder;
    use crate::gate::document::found::{findings, voting};

    const LINE: &str = "*GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*";

    fn checked(text: &str) -> FeatureBuilder {
        let plan =
            format!("# Implementation Plan: A\n\n## Constitution Check\n\n{text}\n\n- **I. Library First**: PASS\n");
        voting(&plan).data_model("# Data Model\n")
    }

    #[test]
    fn a_second_look_inside_of_the_check() {
        let missing = |text: &str| findings("PLN110", &checked(text).build()).len();
        for text in [
            LINE,
            "*GATE: deve passar antes de Phase 0 e ser reavaliado após Phase 1.*",
            "*GATE: deve passar antes de Phase 0 e ser re-verificado após Phase 1.*",
            "**Overall**: ✅ All gates expected to PASS. Phase 1 design will confirm.",
            "- ✅ contracts/ will hold the API after design",
            "- ✅ The forms follow the pattern of Phase 1",
            "**Resultado**: APROVADO. Reavaliação pós-Phase 1 — sem mudanças esperadas.",
        ] {
            assert_eq!(missing(text), 1, "{text}");
        }
        for text in [
            "*GATE: Must pass before Phase 0 research. Re-checked after Phase 1 design.*",
            "*GATE: Obrigatório antes de Phase 0. Re-verificado após Phase 1.*",
            "**Status**: ✅ **PASSED** - All principles satisfied in Phase 1 design (2026-02-15)",
            "**Resultado**: APROVADO sem ressalvas. Reavaliação pós-Phase 1 — sem mudanças.",
            "- [x] **Lint**: zero errors ✅\n  - *Design compliance*: Biome runs in CI",
            "The constitution is a template placeholder; no gates are defined.",
        ] {
            assert_eq!(missing(text), 0, "{text}");
        }
    }

    #[test]
    fn the_templates_own_line_is_no_second_look() {
        let line = "*GATE: Re-checked after Phase 1 design.*";
        let template = format!("# Implementation Plan: [FEATURE]\n\n## Constitution Check\n\n{line}\n");
        assert_eq!(findings("PLN110", &checked(line).plan_template(template).build()).len(), 1);
    }

    #[test]
    fn an_empty_constitution_is_another_rules_matter() {
        let empty =
            "# [PROJECT_NAME] Constitution\n## Core Principles\n### [PRINCIPLE_1_NAME]\n[PRINCIPLE_1_DESCRIPTION]\n";
        assert_eq!(findings("PLN110", &checked(LINE).constitution(empty).build()).len(), 0);
    }

    #[test]
    fn a_section_of_the_tasks_may_examine_the_principles() {
        let severity = |tasks: &str| findings("PLN110", &checked(LINE).tasks(tasks).build())[0].severity;
        assert_eq!(severity("## Constitution Compliance\n\n- [ ] T001 Write src/poll.ts\n"), Severity::Info);
        assert_eq!(severity("## Setup\n\n- [ ] T001 Write src/poll.ts\n"), Severity::Warning);
    }
}
