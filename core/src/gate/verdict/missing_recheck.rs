//! PLN110, missing-recheck.

use crate::diagnostic::{Finding, Place, Severity};
use crate::feature::{DocumentKind, Phase};
use crate::gate::principles::is_before_constitution;
use crate::gate::{GateContext, gate_rule};
use crate::matching::contains_any;
use crate::plan::Stage;
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// A plan whose design is done and whose Constitution Check was never repeated: neither as a section nor
    /// by a line of the check that says so, nor by one behind the design that says that the gates passed.
    /// Where tasks.md examines the principles, or a document beside the plan whose name says so, that is
    /// only mentioned.
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
    if gateless
        || checks.iter().any(|check| check.stage != Stage::BeforeResearch)
        || speaks_of_recheck(cx, text)
        || is_stated_behind_design(cx, first.span)
    {
        return Vec::new();
    }
    let help = "repeat the check after Phase 1 under a heading such as \"Post-Design Constitution Re-Check\"";
    let finding = cx.finding(first.title.span, "the Constitution Check was not repeated after design").help(help);
    vec![match examination_in_tasks(cx) {
        Some(place) => finding.at_most(Severity::Info).related(place, "tasks.md examines the principles here"),
        None if has_examination_beside(cx) => finding.at_most(Severity::Info),
        None => finding,
    }]
}

/// Whether the plan says behind its design, outside of the check, that the gates passed: "- [x] Constitution check
/// passed", "**Plan Status**: ✅ All gates passed".
fn is_stated_behind_design(cx: &GateContext<'_>, check: Span) -> bool {
    #[rustfmt::skip]
    const DESIGN: &[&str] = &[
        "phase 1", "design", "fase 1", "diseño", "conception", "entwurf", "проектировани", "設計", "设计", "설계",
    ];
    let template = cx.feature.document(DocumentKind::PlanTemplate).map_or("", |document| document.text.as_str());
    let (mut designed, mut fenced) = (false, false);
    cx.text().get(check.end as usize..).unwrap_or_default().lines().any(|line| {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            return false;
        }
        if line.starts_with('#') {
            designed |= contains_any(&line.to_lowercase(), DESIGN);
            return false;
        }
        designed && says_that_gates_passed(line) && !template.contains(line.trim())
    })
}

/// Whether a marked line says of the gates that they passed, and of no earlier phase.
fn says_that_gates_passed(line: &str) -> bool {
    #[rustfmt::skip]
    const PASSED: &[&str] = &[
        "check passed", "check: pass", "check pass", "gates passed", "gates pass", "gates: pass", "gates satisfied",
        "gates met", "superad", "aprobad", "aprovad", "cumplid", "bestanden", "erfüllt", "validé", "respecté", "spełnion",
        "пройден", "通過", "通过", "合格", "통과",
    ];
    #[rustfmt::skip]
    const NOT_NOW: &[&str] = &[
        "initial", "inicial", "prerequisite", "before", "pre-", "prior", "must", "will ", "should", "[ ]",
    ];
    let lower = line.to_lowercase();
    let marked = lower.contains("[x]") || line.contains(['✅', '✔', '✓', '☑']);
    if !marked || contains_any(&lower, NOT_NOW) {
        return false;
    }
    lower.split([',', ';', '.', '，', '、', '。']).any(|clause| {
        let gate = clause.contains("gates ") || clause.contains("gates:") || names_constitution_check(clause);
        gate && contains_any(clause, PASSED) && !clause.contains("phase 0") && !clause.contains("fase 0")
    })
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

/// Where tasks.md examines the principles: below a heading such as "Constitution Compliance", or behind such a label.
fn examination_in_tasks(cx: &GateContext<'_>) -> Option<Place> {
    let tasks = cx.feature.tasks().ok()?;
    let text = &tasks.document.text;
    let examines = |line: &&str| {
        let title = if line.starts_with('#') {
            line.trim_start_matches('#')
        } else {
            let label = line.strip_prefix("**").and_then(|line| line.split_once("**"));
            label.map_or("", |(label, _)| label)
        };
        names_constitution_check(&title.to_lowercase()) && !line.contains("Tests for")
    };
    let line = text.lines().find(examines)?;
    Some(tasks.place(Span::of(line, text, 0)))
}

/// Whether the name of a document beside the plan says that it examines the principles: CONSTITUTION_CHECKLIST.md.
fn has_examination_beside(cx: &GateContext<'_>) -> bool {
    let folder = cx.document().path.rsplit_once('/').map_or("", |(folder, _)| folder);
    cx.feature.repository().is_some_and(|facts| {
        let file = |path: &String| {
            let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
            name.ends_with(".md") && names_constitution_check(&name)
        };
        !folder.is_empty() && facts.paths.below(folder).iter().any(file)
    })
}

/// Whether a title, a label or a file's name tells of a check of the constitution.
fn names_constitution_check(lower: &str) -> bool {
    #[rustfmt::skip]
    const CONSTITUTION: &[&str] = &[
        "constitution", "constitución", "constituição", "verfassung", "konstytucj", "конституци", "憲法", "憲章", "宪法", "宪章",
        "헌법", "헌장",
    ];
    #[rustfmt::skip]
    const EXAMINES: &[&str] = &[
        "compliance", "checklist", "check", "conformance", "validation", "verification", "alignment", "verificación",
        "cumplimiento", "conformidad", "verificação", "conformité", "vérification", "prüfung", "weryfikacja", "zgodnoś",
        "проверка", "соответстви", "チェック", "確認", "準拠", "檢查", "检查", "合规", "合規", "준수", "검토", "점검",
    ];
    contains_any(lower, CONSTITUTION) && contains_any(lower, EXAMINES)
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
    fn what_stands_behind_the_design_may_say_it_again() {
        let missing = |text: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n## Constitution Check\n\n- **I. Library First**: PASS\n\n{text}\n"
            );
            findings("PLN110", &voting(&plan).data_model("# Data Model\n").build()).len()
        };
        for text in [
            "## Phase 1: Design\n\nDone.\n\n## Ready\n\n- [x] Constitution check passed",
            "## Fase 1: Diseño ✅\n\n**Estado**: ✅ Verificación de la constitución superada",
            "## Design\n\n**Status**: ✅ DONE - all gates passed, all of Phase 0 and 1 written",
        ] {
            assert_eq!(missing(text), 0, "{text}");
        }
        for text in [
            "## Phase 0: Research\n\n- [x] Constitution check passed",
            "## Phase 1: Design\n\n- [x] Initial Constitution Check: PASS",
            "## Phase 1: Design\n\n- [ ] Constitution check passed",
            "## Phase 1: Design\n\n- ✅ Phase 0 gates passed",
            "## Phase 1: Design\n\nPrerequisite: ✅ all gates passed",
            "## Phase 1: Design\n\n```text\n- [x] Constitution check passed\n```",
            "## Phase 1: Design\n\n- [x] All tests passed",
        ] {
            assert_eq!(missing(text), 1, "{text}");
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
        assert_eq!(
            severity("### Weryfikacja zgodności z Konstytucją\n\n- [ ] T001 Write src/poll.ts\n"),
            Severity::Info
        );
        assert_eq!(
            severity("**Constitution Compliance Status**: partial\n\n- [ ] T001 Write src/poll.ts\n"),
            Severity::Info
        );
        let tasks = "## Setup\n\n## Prüfung gegen die Verfassung\n\n- [ ] T001 Write src/poll.ts\n";
        let found = findings("PLN110", &checked(LINE).tasks(tasks).build());
        let related: Vec<_> = found[0].related.iter().map(|place| (place.message.as_str(), place.start.line)).collect();
        assert_eq!(related, [("tasks.md examines the principles here", 3)]);
        assert_eq!(severity("- [ ] T001 Check the constitution before src/poll.ts\n"), Severity::Warning);
        assert_eq!(severity("## Setup\n\n- [ ] T001 Write src/poll.ts\n"), Severity::Warning);
    }
}
