//! PLN101, missing-principle.

use super::{is_before_constitution, is_younger};
use crate::assessment::{JudgedPrinciple, Origin};
use crate::diagnostic::{Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::matching::{Words, contains_any, same_name};
use crate::plan::Plan;

gate_rule! {
    /// ## What it finds
    /// A principle of an active pack or of the constitution that no Constitution Check assesses. A
    /// principle that an amendment added on or after the plan's date is `stale-constitution`'s matter. One
    /// that the repository's plan template doesn't list beside others, or that stands behind the
    /// constitution's Governance, is a warning.
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
    if missing.is_empty() {
        return Vec::new();
    }
    let labels = Labels::of(cx);
    let missing: Vec<_> = missing.into_iter().filter(|principle| !labels.shorten(principle)).collect();
    let assessed = known().any(JudgedPrinciple::is_assessed);
    let gated = Gated::of(cx);
    let finding = |principle: &JudgedPrinciple, message: String| {
        let mut finding = cx
            .finding(first.title.span, message)
            .subject(principle.subject())
            .help(format!("assess \"{}\" in the Constitution Check", principle.label()));
        if !gated.holds(principle) {
            finding = finding.at_most(Severity::Warning);
        }
        if let (Some(span), Some(constitution)) = (principle.in_constitution, cx.constitution()) {
            finding = finding.related(constitution.place(span), "the principle stands here");
        }
        finding
    };
    if !assessed && missing.len() > 1 {
        // A check that knows none of the principles is one fault, not one for each of them.
        let names: Vec<String> = missing.iter().map(|principle| principle.label()).collect();
        let (all, missing_ones) = (known().count(), names.len());
        let message = if all == missing_ones {
            format!("none of the {all} principles is assessed: {}", names.join("; "))
        } else {
            format!(
                "none of the {all} principles is assessed by its name, and of {missing_ones} the check says nothing at all: {}",
                names.join("; ")
            )
        };
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

/// The items of the template, and the labels that the plan has instead.
struct Labels {
    template: Vec<Words>,
    plan: Vec<Words>,
}

impl Labels {
    fn of(cx: &GateContext<'_>) -> Self {
        let template = cx.feature.plan_template().map(|template| listed(&template)).unwrap_or_default();
        let mut plan = listed(cx.plan());
        plan.retain(|label| label.significant().next().is_some());
        Self { template, plan }
    }

    /// Whether the plan has the template's item for the principle, under a part of its label: "Logging" for the
    /// template's "Logging & Observability".
    fn shorten(&self, principle: &JudgedPrinciple) -> bool {
        let name = Words::of_name(&principle.name);
        let mut asks = self.template.iter().filter(|item| is_item_of(item, &name) && !same_name(item, &name));
        asks.any(|item| self.plan.iter().any(|label| label.contains_or_is_contained(item)))
    }
}

/// The names that a plan's checks, or its template's, list.
fn listed(plan: &Plan) -> Vec<Words> {
    plan.constitution_checks
        .iter()
        .flat_map(|check| &check.principles)
        .map(|listed| Words::of_name(&listed.name))
        .collect()
}

/// "Logging & Observability" is the item of "Observability & Debuggability".
fn is_item_of(item: &Words, name: &Words) -> bool {
    let half = name.significant().count().div_ceil(2).max(1);
    same_name(item, name) || item.shared(name) >= half
}

/// Which principles the gate is meant to hold: those that the repository's plan template lists, where it lists
/// principles at all, and that the constitution has before its Governance.
struct Gated {
    governance: Option<u32>,
    /// The names that the template lists, where it lists principles at all.
    listed: Option<Vec<Words>>,
}

impl Gated {
    fn of(cx: &GateContext<'_>) -> Self {
        let governance = cx.constitution().and_then(|constitution| {
            constitution.sections.iter().find(|section| is_governance(&section.text)).map(|section| section.span.start)
        });
        let listed = cx.feature.plan_template().ok().map(|template| listed(&template)).filter(|listed| {
            let known = cx.assessment.principles.iter().filter(|known| known.in_constitution.is_some());
            known.filter(|known| lists(listed, &known.name)).nth(1).is_some()
        });
        Self { governance, listed }
    }

    fn holds(&self, principle: &JudgedPrinciple) -> bool {
        let behind =
            principle.in_constitution.zip(self.governance).is_some_and(|(span, governance)| span.start > governance);
        !behind && self.listed.as_ref().is_none_or(|listed| lists(listed, &principle.name))
    }
}

fn lists(listed: &[Words], name: &str) -> bool {
    let name = Words::of_name(name);
    listed.iter().any(|item| is_item_of(item, &name))
}

fn is_governance(title: &str) -> bool {
    let lower = title.to_lowercase();
    contains_any(
        &lower,
        &["governance", "gobernanza", "governança", "gouvernance", "ガバナンス", "治理", "거버넌스", "управлени"],
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::gate::document::found::{findings, voting};

    const PLAN: &str = "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status |\n|---|---|\n| I. Library First | PASS |\n| II. Test First | PASS |\n";
    const CONSTITUTION: &str = "# Constitution\n## Core Principles\n### I. Library First\nEvery feature MUST start as a library.\n### II. Test First\nTests MUST come first.\n### III. Plain Text\nFiles MUST be plain text.\n";

    #[test]
    fn what_the_template_does_not_gate_is_a_warning() {
        let severity = |rows: &str| {
            let template = format!(
                "# Implementation Plan: [FEATURE]\n\n## Constitution Check\n\n| Principle | Status |\n|---|---|\n{rows}"
            );
            let feature = voting(PLAN).constitution(CONSTITUTION).plan_template(template).build();
            findings("PLN101", &feature)[0].severity
        };
        assert_eq!(severity("| I. Library First | PASS |\n| II. Test First | PASS |\n"), Severity::Warning);
        assert_eq!(severity("| I. Library First | |\n| II. Test First | |\n| III. Plain Text | |\n"), Severity::Error);
        assert_eq!(severity(""), Severity::Error);
    }

    #[test]
    fn a_part_of_the_templates_label_assesses_its_principle() {
        let found = |label: &str| {
            let constitution = "# C\n\n## Core Principles\n\n### I. Library First\nIt MUST hold.\n\n### II. Observability & Debuggability\nIt MUST hold.\n";
            let template = "# Implementation Plan: [FEATURE]\n\n## Constitution Check\n\n- [ ] **Library First**: one crate\n- [ ] **Logging & Observability**: a snapshot\n";
            let plan = format!(
                "# Implementation Plan: A\n\n## Constitution Check\n\n- [x] **Library First**: one crate\n- [ ] **{label}**: at the end\n"
            );
            findings("PLN101", &voting(&plan).constitution(constitution).plan_template(template).build()).len()
        };
        assert_eq!(found("Logging"), 0);
        assert_eq!(found("Performance"), 1);
    }

    #[test]
    fn what_stands_behind_governance_is_a_warning() {
        let behind =
            CONSTITUTION.replace("### III.", "## Governance\nAmendments need a vote.\n\n## Core Principles\n### III.");
        let found = findings("PLN101", &voting(PLAN).constitution(behind).build());
        assert_eq!(found.iter().map(|finding| finding.severity).collect::<Vec<_>>(), [Severity::Warning]);
        let before = findings("PLN101", &voting(PLAN).constitution(CONSTITUTION).build());
        assert_eq!(before[0].severity, Severity::Error);
    }

    #[test]
    fn a_label_with_the_acronym_of_the_name_assesses_it() {
        let found = |bullet: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n## Constitution Check\n\n**Simplicity**:\n- One project: yes\n\n**Architecture**:\n- Libraries listed: polls\n- {bullet}\n"
            );
            let constitution = "# Constitution\n## Core Principles\n### I. Simplicity\nOne project MUST do.\n### II. CLI Interface\nEvery library MUST speak text.\n";
            findings("PLN101", &voting(&plan).constitution(constitution).build()).len()
        };
        assert_eq!(found("CLI per library: standard patterns"), 0);
        assert_eq!(found("Library docs: llms.txt"), 1);
    }
    fn messages(plan: &str, constitution: &str) -> Vec<String> {
        let feature = voting(plan).constitution(constitution).build();
        findings("PLN101", &feature).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn each_that_is_missing_is_told_with_its_place() {
        let one = PLAN.replace("| II. Test First | PASS |\n", "");
        assert_eq!(
            messages(&one, CONSTITUTION),
            ["principle \"II. Test First\" is not assessed", "principle \"III. Plain Text\" is not assessed"]
        );
        let found = findings("PLN101", &voting(PLAN).constitution(CONSTITUTION).build());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].help.as_deref(), Some("assess \"III. Plain Text\" in the Constitution Check"));
        let related: Vec<(&str, u32)> =
            found[0].related.iter().map(|related| (related.message.as_str(), related.start.line)).collect();
        assert_eq!(related, [("the principle stands here", 7)]);
        let firm = CONSTITUTION.replace("III. Plain Text", "III. Plain Text (NON-NEGOTIABLE)");
        assert_eq!(messages(PLAN, &firm), ["the NON-NEGOTIABLE principle \"III. Plain Text\" is not assessed"]);
    }

    #[test]
    fn a_check_that_knows_none_is_one_fault() {
        let none = "# Implementation Plan: A\n\n## Constitution Check\n\nNothing to see here.\n";
        assert_eq!(
            messages(none, CONSTITUTION),
            ["none of the 3 principles is assessed: I. Library First; II. Test First; III. Plain Text"]
        );
        let told = "# Implementation Plan: A\n\n## Constitution Check\n\nテスト: Plain Text is what it writes.\n";
        assert_eq!(
            messages(told, CONSTITUTION),
            [
                "none of the 3 principles is assessed by its name, and of 2 the check says nothing at all: I. Library First; II. Test First"
            ]
        );
        let lone = "# Constitution\n## Core Principles\n### I. Library First\nEvery feature MUST start as a library.\n";
        assert_eq!(messages(none, lone), ["principle \"I. Library First\" is not assessed"]);
    }

    #[test]
    fn without_a_check_or_a_constitution_nothing_is_missing() {
        assert_eq!(messages("# Implementation Plan: A\n\n## Summary\n\nVotes.\n", CONSTITUTION), [""; 0]);
        let before = "# Implementation Plan: A\n\n## Constitution Check\n\nThe constitution is still a template.\n";
        assert_eq!(messages(before, CONSTITUTION), [""; 0]);
    }

    #[test]
    fn a_template_gates_where_it_lists_principles_of_the_constitution() {
        let severity = |rows: &str, constitution: &str| {
            let template = format!(
                "# Implementation Plan: [FEATURE]\n\n## Constitution Check\n\n| Principle | Status |\n|---|---|\n{rows}"
            );
            let found = findings("PLN101", &voting(PLAN).constitution(constitution).plan_template(template).build());
            found[0].severity
        };
        let one = "| I. Library First | |\n";
        assert_eq!(severity(one, CONSTITUTION), Severity::Error, "one name alone is no list");
        assert_eq!(severity("| Budget | |\n| Rollout | |\n", CONSTITUTION), Severity::Error);
        let both = "| I. Library First | |\n| II. Test First | |\n| Plain Files | |\n";
        assert_eq!(severity(both, CONSTITUTION), Severity::Error, "half of the words name it");
        assert_eq!(severity(&both.replace("Plain Files", "Budget"), CONSTITUTION), Severity::Warning);
        for title in ["Governance", "Gobernanza", "ガバナンス", "Управление"] {
            let behind =
                CONSTITUTION.replace("### III.", &format!("## {title}\nA vote.\n\n## Core Principles\n### III."));
            assert_eq!(severity("", &behind), Severity::Warning, "{title}");
        }
        let itself = CONSTITUTION.replace("III. Plain Text", "III. Plain Governance");
        assert_eq!(severity("", &itself), Severity::Error, "a principle on governance is no section behind it");
        let behind = CONSTITUTION.replace("### III.", "## History\nA vote.\n\n## Core Principles\n### III.");
        assert_eq!(severity("", &behind), Severity::Error);
    }
}
