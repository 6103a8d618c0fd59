//! PLN105, missing-verdict.

use crate::assessment::Origin;
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// A Constitution Check without an overall status, where the plan template of the repository or of
    /// an active pack has a line for one.
    ///
    /// ## Why it matters
    /// A gate without a verdict is neither open nor closed.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// **I. Library First** ✅
    /// - One crate.
    /// ```
    /// ```md,file=plan-template.md
    /// ## Constitution Check
    /// **I. Library First** ✅ / ⚠️
    /// - Is there a library?
    ///
    /// **Overall Status**: ✅ PASS / ❌ BLOCKED
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Library First** ✅
    /// - One crate.
    ///
    /// **Overall Status**: ✅ PASS
    /// ```
    /// ```md,file=plan-template.md
    /// ## Constitution Check
    /// **I. Library First** ✅ / ⚠️
    /// - Is there a library?
    ///
    /// **Overall Status**: ✅ PASS / ❌ BLOCKED
    /// ```
    MISSING_VERDICT = "PLN105" "missing-verdict", Error;
    missing_verdict
}

fn missing_verdict(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let Some(first) = plan.constitution_checks.first() else { return Vec::new() };
    let of_template = cx
        .feature
        .plan_template()
        .is_ok_and(|template| template.constitution_checks.iter().any(|check| check.overall.is_some()));
    let of_pack = cx.assessment.principles.iter().any(|principle| {
        matches!(principle.origin, Origin::Pack(_)) && principle.is_examined() && principle.is_assessed()
    });
    let stated = plan.constitution_checks.iter().filter_map(|check| check.overall.as_ref()).next_back();
    let undecided = stated.filter(|overall| overall.status == Some(Status::Undecided));
    if let Some(overall) = undecided {
        let message = format!("nobody chose an overall status: \"{}\"", overall.raw);
        return vec![cx.finding(overall.span, message).help("write the one status that holds")];
    }
    let has_verdict = plan.constitution_checks.iter().any(|check| check.overall.is_some());
    if has_verdict || !(of_template || of_pack) {
        return Vec::new();
    }
    let help = "end the check with **Overall Status**: ✅ PASS, ⚠️ NEEDS ATTENTION or ❌ BLOCKED";
    vec![cx.finding(first.title.span, "the Constitution Check has no overall status").help(help)]
}
