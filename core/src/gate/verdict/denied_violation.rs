//! PLN118, denied-violation.

use super::{is_admitted, violations};
use crate::assessment::{JudgedPrinciple, Origin};
use crate::complexity;
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::matching::contains_any;
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// A principle declared ⚠️ or ❌, and Complexity Tracking that says that there is no violation. It may
    /// name the deviation beside that: "No violations; the sign-in of Principle IV is deferred".
    ///
    /// ## Why it matters
    /// One of the two sections is wrong, and the gate passes on the strength of the wrong one.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// ## Complexity Tracking
    /// No violations.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
    ///
    /// ## Complexity Tracking
    /// No violations.
    /// ```
    DENIED_VIOLATION = "PLN118" "denied-violation", Error;
    denied_violation
}

fn denied_violation(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let Some(tracking) = plan.complexity_tracking.as_ref().filter(|tracking| complexity::denies_violations(tracking))
    else {
        return Vec::new();
    };
    let Some(statement) = &tracking.statement else { return Vec::new() };
    // An item that only the plan calls a principle is none of those that the sentence speaks of.
    let has_principles = cx.feature.constitution().is_ok_and(|known| !known.principles.is_empty());
    let is_known = |principle: &&JudgedPrinciple| principle.origin != Origin::Plan || !has_principles;
    let denied = |principle: &&JudgedPrinciple| {
        !principle.justified && !is_admitted(cx, principle) && !is_open_condition(cx, principle)
    };
    if plan.constitution_checks.iter().any(|check| lists_waivers(check.span.text(cx.text()))) {
        return Vec::new();
    }
    let Some(principle) = violations(cx).filter(is_known).find(denied) else { return Vec::new() };
    let Some((_, assessed)) = principle.declared_at.and_then(|at| at.of(plan)) else { return Vec::new() };
    let span = assessed.raw_status.as_ref().map_or(assessed.heading, |raw| raw.span);
    let status = principle.declared.unwrap_or(Status::Attention);
    let message = format!(
        "the section Complexity Tracking says that there is no violation, although \"{}\" is declared {}",
        principle.label(),
        status.as_str()
    );
    vec![
        cx.finding(statement.span, message)
            .subject(principle.subject())
            .related(cx.place(span), format!("declared {}", status.as_str()))
            .help("justify the violation in a row, or settle the principle"),
    ]
}

/// "CONDITIONAL", "⚠ GATE": something has to happen first, and nothing is violated.
fn is_open_condition(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    const CONDITIONS: &[&str] = &["conditional", "condicional", "conditionnel", "bedingt", "gate"];
    let assessed = principle.declared_at.and_then(|at| at.of(cx.plan()));
    let raw = assessed.and_then(|(_, assessed)| assessed.raw_status.as_ref());
    raw.is_some_and(|raw| {
        let raw = raw.text.to_lowercase();
        contains_any(&raw, CONDITIONS)
    })
}

/// Whether a check lists what it waives: the deviations are named there, with their reasons.
fn lists_waivers(check: &str) -> bool {
    const LISTS: &[&str] =
        &["waivers", "exceptions", "deviations", "excepciones", "exceções", "ausnahmen", "abweichungen"];
    let mut lines = check.lines().map(str::trim).filter(|line| !line.is_empty());
    while let Some(line) = lines.next() {
        let name = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let Some(item) = lines.clone().next().filter(|_| LISTS.contains(&name.as_str())) else { continue };
        let said = item.trim_start_matches(['-', '*', '+', ' ']).trim_end_matches('.').to_lowercase();
        if item.starts_with(['-', '*', '+'])
            && !matches!(said.as_str(), "none" | "n/a" | "ninguna" | "nenhuma" | "keine")
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::gate::document::found::{findings, places, voting};

    const DENIED: &str = "No violations.";

    fn plan(check: &str, tracking: &str) -> String {
        format!(
            "# Implementation Plan: A\n\n## Constitution Check\n\n{check}\n\n## Complexity Tracking\n\n{tracking}\n"
        )
    }

    fn table(rows: &str) -> String {
        format!("| Principle | Status | Notes |\n|---|---|---|\n{rows}")
    }

    #[test]
    fn a_heading_below_the_list_that_restates_a_principle_counts() {
        let rows = table("| I. Privacy | ⚠️ VIOLATION | to be confirmed |\n| II. Plain Text | PASS | files |\n");
        let restated = |text: &str| {
            let feature = voting(&plan(&format!("{rows}\n### Privacy in detail\n\n{text}"), DENIED)).build();
            [findings("PLN118", &feature).len(), findings("PLN111", &feature).len()]
        };
        assert_eq!(restated("The model runs on the device. **PASS**"), [0, 1]);
        assert_eq!(restated("The model runs on the device ✅"), [0, 1]);
        assert_eq!(restated("The model sends text to a server. **VIOLATION**"), [1, 1]);
        assert_eq!(restated("**PASS** is what we hope for."), [1, 0]);
        assert_eq!(restated("We justify it here."), [1, 0]);
    }

    #[test]
    fn what_only_the_plan_calls_a_principle_is_not_denied() {
        let rows =
            table("| I. Plain Text | PASS | files |\n| II. One Crate | PASS | one |\n| Local Market | ⚠️ | later |\n");
        let told = |constitution: &str| {
            let feature = voting(&plan(&rows, "No violations.")).constitution(constitution).build();
            findings("PLN118", &feature).len()
        };
        let principle = |name: &str| format!("### {name}\n\nIt MUST hold.\n\n");
        let known =
            format!("# C\n\n## Core Principles\n\n{}{}", principle("I. Plain Text"), principle("II. One Crate"));
        assert_eq!(told(&known), 0);
        assert_eq!(told(&format!("{known}{}", principle("III. Local Market"))), 1);
        assert_eq!(findings("PLN118", &voting(&plan(&rows, DENIED)).build()).len(), 1);
    }

    #[test]
    fn a_listed_waiver_and_an_open_condition_are_not_denied() {
        let told = |status: &str, list: &str| {
            let rows = table(&format!("| I. Plain Text | {status} | later |\n| II. One Crate | PASS | one |\n"));
            findings("PLN118", &voting(&plan(&format!("{rows}{list}"), DENIED)).build()).len()
        };
        assert_eq!(told("⚠️ PARTIAL", ""), 1);
        assert_eq!(told("⚠️ PARTIAL", "\n**Waivers**:\n- Plain text is waived for pictures\n"), 0);
        assert_eq!(told("⚠️ PARTIAL", "\n**Waivers**:\n- None.\n"), 1);
        assert_eq!(told("⚠ CONDITIONAL", ""), 0);
    }

    #[test]
    fn a_note_that_a_principle_does_not_apply_is_no_violation() {
        let told = |note: &str| {
            let rows = table(&format!("| I. Edge First | ⚠️ | {note} |\n| II. Plain Text | PASS | files |\n"));
            let feature = voting(&plan(&rows, DENIED)).build();
            ["PLN118", "PLN107", "PLN119"].map(|rule| findings(rule, &feature).len())
        };
        assert_eq!(told("N/A for a tool"), [0, 0, 1]);
        assert_eq!(told("開発ツールのため、この原則は適用外。"), [0, 0, 1]);
        assert_eq!(told("runs on a server"), [1, 0, 0]);
        assert_eq!(told("the limit does not apply to generated code"), [1, 0, 0]);
    }

    #[test]
    fn a_question_with_a_warning_is_not_its_principle() {
        let told = |bullet: &str| {
            let check =
                format!("**Observability**:\n- ✅ Are logs structured? (yes)\n- {bullet}\n- ✅ Are errors told? (yes)");
            places("PLN118", &voting(&plan(&check, DENIED)).build()).len()
        };
        assert_eq!(told("⚠️ Are requests traced? (N/A for a page)"), 0);
        assert_eq!(told("⚠️ Are requests traced? (not yet)"), 0);
        assert_eq!(told("❌ Are requests traced? (no)"), 1);
    }

    #[test]
    fn a_condition_that_is_absent_is_no_violation() {
        let told = |name: &str, note: &str| {
            let rows = table(&format!("| I. {name} | ⚠️ WAIVED | {note} |\n| II. Plain Text | PASS | files |\n"));
            findings("PLN118", &voting(&plan(&rows, DENIED)).build()).len()
        };
        assert_eq!(told("Test First (Conditional)", "tests are not required by the spec"), 0);
        assert_eq!(told("Test First (Conditional)", "no time"), 1);
        assert_eq!(told("Test First", "tests are not required by the spec"), 1);
    }

    #[test]
    fn a_statement_that_names_the_deviation_denies_nothing() {
        let told = |tracking: &str| {
            let rows =
                table("| IV. Test-Driven Development | ⚠️ PARTIAL | old suite |\n| V. Plain Text | PASS | files |\n");
            let feature = voting(&plan(&rows, tracking)).build();
            ["PLN118", "PLN107"].map(|rule| findings(rule, &feature).len())
        };
        assert_eq!(told("No violations. The only deferred point (TDD) belongs to another feature."), [0, 0]);
        assert_eq!(told("No violations - passed with a justification for TDD ⚠️ (the old suite covers it)."), [0, 0]);
        assert_eq!(told("No violations. Test-driven development is followed."), [1, 0]);
        assert_eq!(told("No violations, no exceptions. TDD is followed."), [1, 0]);
        assert_eq!(told(DENIED), [1, 0]);
    }
}
