//! PLN106, wrong-verdict.

use super::{badness, declared as of_principle, last_verdict};
use crate::diagnostic::{Applicability, Edit, Finding, Fix, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::plan::{OverallStatus, Status};
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// An overall status that is better than the worst declared principle. One that is worse is only
    /// information, as is a pass beside a ⚠️ that a complete row of Complexity Tracking justifies.
    ///
    /// ## Why it matters
    /// A gate can't be greener than its principles.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// **Overall Status**: ✅ PASS
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// **Overall Status**: ⚠️ NEEDS ATTENTION
    /// ```
    WRONG_VERDICT = "PLN106" "wrong-verdict", Error, fixable;
    wrong_verdict
}

fn wrong_verdict(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let Some((check, overall)) = last_verdict(plan) else { return Vec::new() };
    let Some(declared) = overall.status.filter(|status| *status != Status::Undecided) else { return Vec::new() };
    // Only what the verdict can know: principles that this check or an earlier one declares.
    let worst = cx
        .assessment
        .principles
        .iter()
        .filter(|principle| {
            principle.declared_at.is_some_and(|at| {
                plan.constitution_checks.get(at.check).is_some_and(|other| other.span.start <= check.span.start)
            })
        })
        .filter_map(|principle| Some((of_principle(cx, principle)?, principle)))
        .filter(|(status, _)| *status != Status::Undecided)
        // Of equals, the one that nobody justified.
        .max_by_key(|(status, principle)| (badness(*status), !principle.justified));
    let Some((worst, principle)) = worst else { return Vec::new() };
    if badness(declared) < badness(worst) {
        let message = format!(
            "the gate is declared {}, although \"{}\" is {}",
            declared.as_str(),
            principle.label(),
            worst.as_str()
        );
        let span = crate::assessment::place_of(principle, plan).unwrap_or_default();
        let justified = worst == Status::Attention && principle.justified;
        let severity = if justified { Severity::Info } else { Severity::Error };
        let finding = cx
            .finding(overall.span, message)
            .at_most(severity)
            .related(cx.place(span), format!("declared {}", worst.as_str()))
            .help(format!("declare the gate {}, or settle the principle", worst.as_str()));
        return vec![match corrected(cx, overall, worst).filter(|_| !justified) {
            Some(fix) => finding.fix(fix),
            None => finding,
        }];
    }
    let undecided = cx.assessment.principles.iter().any(|principle| principle.declared == Some(Status::Undecided));
    if badness(declared) > badness(worst) && !undecided {
        let message = format!("the gate is declared {}, and every principle is better", declared.as_str());
        return vec![
            cx.finding(overall.span, message).at_most(Severity::Info).help("say which principle holds the gate back"),
        ];
    }
    Vec::new()
}

/// Declares the gate what its worst principle is. The words behind the verdict stay, and may not fit
/// it any more.
fn corrected(cx: &GateContext<'_>, overall: &OverallStatus, worst: Status) -> Option<Fix> {
    let line = overall.span.text(cx.text());
    let mut found = line.match_indices(overall.raw.as_str()).filter(|(_, raw)| !raw.is_empty());
    let (at, raw) = found.next().filter(|_| found.next().is_none())?;
    let start = overall.span.range().start + at;
    let text = match worst {
        Status::Attention => "⚠️ NEEDS ATTENTION",
        Status::Blocked => "❌ BLOCKED",
        Status::Pass | Status::NotApplicable | Status::Undecided => return None,
    };
    Some(Fix {
        applicability: Applicability::Unsafe,
        description: format!("Declare the gate {}", worst.as_str()),
        edits: vec![Edit { place: cx.place(Span::new(start, start + raw.len())), text: text.to_owned() }],
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::gate::document::found::{findings, fixed, voting};

    #[test]
    fn a_verdict_can_be_corrected() {
        for (verdict, expected) in [
            ("**Overall Status**: ✅ PASS", "**Overall Status**: ⚠️ NEEDS ATTENTION"),
            (
                "**Gate Result**: PASS - two crates are fine",
                "**Gate Result**: ⚠️ NEEDS ATTENTION - two crates are fine",
            ),
            ("**Overall Status**: ⚠️ NEEDS ATTENTION", "**Overall Status**: ⚠️ NEEDS ATTENTION"),
        ] {
            let plan = |verdict: &str| {
                format!(
                    "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n\
                     | I. Library First | ⚠️ PARTIAL | two crates |\n\n{verdict}\n"
                )
            };
            let feature = voting(&plan(verdict)).build();
            assert_eq!(findings("PLN106", &feature).len(), usize::from(verdict != expected), "{verdict}");
            assert_eq!(fixed("PLN106", &feature), plan(expected), "{verdict}");
        }
    }

    #[test]
    fn a_pass_beside_a_justified_violation_is_only_mentioned() {
        let severity = |row: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n\
                 | I. Library First | PASS | one crate |\n| V. Simplicity | ⚠️ JUSTIFIED | one package more |\n\n\
                 **Post-Design Re-check**: All two principles remain PASS.\n\n## Complexity Tracking\n\n\
                 | Violation | Why Needed | Simpler Alternative Rejected Because |\n|---|---|---|\n{row}\n"
            );
            findings("PLN106", &voting(&plan).build())[0].severity
        };
        assert_eq!(
            severity("| One package more (V) | dialogs trap the focus | by hand it is as much code |"),
            Severity::Info
        );
        assert_eq!(severity("| One package more (V) | | |"), Severity::Error);
    }

    #[test]
    fn of_two_violations_the_one_without_a_justification_counts() {
        let (bare, justified) =
            ("I. Library First | ⚠️ PARTIAL | two crates", "V. Simplicity | ⚠️ PARTIAL | one package more");
        for (first, second) in [(bare, justified), (justified, bare)] {
            let plan = format!(
                "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n\
                 | {first} |\n| {second} |\n\n**Overall Status**: ✅ PASS\n\n\
                 ## Complexity Tracking\n\n| Violation | Why Needed | Simpler Alternative Rejected Because |\n\
                 |---|---|---|\n| One package more (V) | dialogs trap the focus | by hand it is as much code |\n"
            );
            let found = findings("PLN106", &voting(&plan).build());
            let said = (found[0].severity, found[0].message.as_str());
            let expected = "the gate is declared pass, although \"I. Library First\" is attention";
            assert_eq!(said, (Severity::Error, expected), "{first}, {second}");
        }
    }
    /// What is said of principles with these statuses and this verdict.
    fn said(statuses: &[&str], verdict: &str) -> Vec<(Severity, String)> {
        let row = |(at, status): (usize, &&str)| format!("| {}. Rule {at} | {status} | so |\n", ["I", "II", "III"][at]);
        let rows: String = statuses.iter().enumerate().map(row).collect();
        let plan = format!(
            "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n{rows}\n{verdict}\n"
        );
        let found = findings("PLN106", &voting(&plan).build());
        found.into_iter().map(|finding| (finding.severity, finding.message)).collect()
    }

    #[test]
    fn a_verdict_is_held_against_the_worst_principle() {
        use Severity::{Error, Info};
        let (pass, attention, blocked) = ("✅ PASS", "⚠️ PARTIAL", "❌ FAIL");
        let better = |verdict: &str, rule: &str, status: &str| {
            vec![(Error, format!("the gate is declared {verdict}, although \"{rule}\" is {status}"))]
        };
        let worse =
            |verdict: &str| vec![(Info, format!("the gate is declared {verdict}, and every principle is better"))];
        for (statuses, verdict, expected) in [
            (&[pass, attention][..], "✅ PASS", better("pass", "II. Rule 1", "attention")),
            (&[attention, blocked, pass], "✅ PASS", better("pass", "II. Rule 1", "blocked")),
            (&[attention, blocked, pass], "⚠️ NEEDS ATTENTION", better("attention", "II. Rule 1", "blocked")),
            (&[attention, blocked, pass], "❌ BLOCKED", vec![]),
            (&[pass, "N/A"], "✅ PASS", vec![]),
            (&[pass, pass], "⚠️ NEEDS ATTENTION", worse("attention")),
            (&[pass, attention], "❌ BLOCKED", worse("blocked")),
            (&[pass, "TODO"], "❌ BLOCKED", vec![]),
            (&[pass, "TODO"], "✅ PASS", vec![]),
            (&[pass, attention], "TODO", vec![]),
            (&["TODO", "TODO"], "❌ BLOCKED", vec![]),
            (&[], "❌ BLOCKED", vec![]),
        ] {
            assert_eq!(said(statuses, &format!("**Overall Status**: {verdict}")), expected, "{statuses:?} {verdict}");
        }
        assert_eq!(said(&[attention], ""), [], "nothing is declared");
    }

    #[test]
    fn a_blocked_principle_corrects_to_blocked() {
        let plan = "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n\
                    | I. Library First | ❌ FAIL | two crates |\n\n**Overall Status**: ✅ PASS\n";
        let feature = voting(plan).build();
        assert_eq!(fixed("PLN106", &feature), plan.replace("✅ PASS", "❌ BLOCKED"));
        let found = findings("PLN106", &feature);
        assert_eq!(found[0].help.as_deref(), Some("declare the gate blocked, or settle the principle"));
        let fix = found[0].fix.as_ref().unwrap();
        assert_eq!(fix.description, "Declare the gate blocked");
        assert_eq!(
            found[0].related.iter().map(|related| related.message.as_str()).collect::<Vec<_>>(),
            ["declared blocked"]
        );
    }

    #[test]
    fn a_verdict_knows_what_stands_before_it() {
        let plan = |verdict: &str| {
            format!(
                "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n\
                 | I. Library First | ✅ PASS | one crate |\n\n{verdict}\n\n## Constitution Check (Post-Design)\n\n\
                 | Principle | Status | Notes |\n|---|---|---|\n| I. Library First | ⚠️ PARTIAL | two crates |\n"
            )
        };
        let later = plan("**Overall Status**: ✅ PASS");
        assert_eq!(findings("PLN106", &voting(&later).build()), []);
        let last = format!("{}\n**Overall Status**: ✅ PASS\n", plan(""));
        assert_eq!(findings("PLN106", &voting(&last).build()).len(), 1);
    }
}
