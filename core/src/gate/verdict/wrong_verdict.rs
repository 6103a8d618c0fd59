//! PLN106, wrong-verdict.

use super::{badness, declared as of_principle, last_verdict};
use crate::diagnostic::{Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// An overall status that is better than the worst declared principle. One that is worse is only
    /// information.
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
    WRONG_VERDICT = "PLN106" "wrong-verdict", Error;
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
        .max_by_key(|(status, _)| badness(*status));
    let Some((worst, principle)) = worst else { return Vec::new() };
    if badness(declared) < badness(worst) {
        let message = format!(
            "the gate is declared {}, although \"{}\" is {}",
            declared.as_str(),
            principle.label(),
            worst.as_str()
        );
        let span = crate::assessment::place_of(principle, plan).unwrap_or_default();
        return vec![
            cx.finding(overall.span, message)
                .related(cx.place(span), format!("declared {}", worst.as_str()))
                .help(format!("declare the gate {}, or settle the principle", worst.as_str())),
        ];
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
