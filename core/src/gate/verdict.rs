//! The gate as a whole: its verdict, its justifications, its re-check, its constitution.

use super::{GateContext, GateRule, gate_rule, principles};
use crate::assessment::{JudgedPrinciple, Origin};
use crate::complexity;
use crate::date;
use crate::diagnostic::{Finding, Severity};
use crate::feature::Phase;
use crate::plan::{ConstitutionCheck, OverallStatus, Plan, Stage, Status, Verdict};

pub(super) const RULES: &[&GateRule] = &[
    &MISSING_VERDICT, &WRONG_VERDICT, &UNJUSTIFIED_VIOLATION, &INCOMPLETE_JUSTIFICATION, &STALE_JUSTIFICATION,
    &MISSING_RECHECK, &STALE_CONSTITUTION, &UNFILLED_CONSTITUTION, &CONTRADICTORY_RECHECK, &DENIED_VIOLATION,
];

/// The last check that states a verdict.
fn last_verdict<'a>(plan: &'a Plan) -> Option<(&'a ConstitutionCheck, &'a OverallStatus)> {
    plan.constitution_checks.iter().rev().find_map(|check| {
        check.overall.as_ref().filter(|overall| overall.status.is_some()).map(|overall| (check, overall))
    })
}

/// How bad a status is: N/A and pass are good, undecided is none.
fn badness(status: Status) -> u8 {
    match status {
        Status::Pass | Status::NotApplicable => 0,
        Status::Undecided => 1,
        Status::Attention => 2,
        Status::Blocked => 3,
    }
}

/// The principles that the plan declares ⚠️ or ❌.
fn violations<'a>(cx: &GateContext<'a>) -> impl Iterator<Item = &'a JudgedPrinciple> {
    cx.assessment
        .principles
        .iter()
        .filter(|principle| matches!(principle.declared, Some(Status::Attention | Status::Blocked)))
}

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
        .filter_map(|principle| Some((principle.declared?, principle)))
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

gate_rule! {
    /// ## What it finds
    /// A principle declared ⚠️ or ❌ that no row of Complexity Tracking speaks of.
    ///
    /// ## Why it matters
    /// A violation is allowed where it is justified; this one is only admitted.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// ## Complexity Tracking
    /// | Violation | Why Needed | Simpler Alternative Rejected Because |
    /// |---|---|---|
    /// | Two crates (Principle I) | the parser is used by the editor too | one crate would pull the editor in |
    /// ```
    UNJUSTIFIED_VIOLATION = "PLN107" "unjustified-violation", Error;
    unjustified_violation
}

fn unjustified_violation(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let denied = plan.complexity_tracking.as_ref().is_some_and(complexity::denies_violations);
    violations(cx)
        .filter(|principle| !principle.justified && !has_open_row(plan, principle))
        // Complexity Tracking that says "none" beside it is PLN118's finding.
        .filter(|principle| !(denied && is_first_violation(cx, principle)))
        .filter_map(|principle| {
            let at = principle.declared_at?.of(plan)?.1;
            let span = at.raw_status.as_ref().map_or(at.heading, |raw| raw.span);
            let status = principle.declared.unwrap_or(Status::Attention);
            let message = format!(
                "\"{}\" is declared {}, and no row of Complexity Tracking justifies it",
                principle.label(),
                status.as_str()
            );
            let help = "add a row: what is violated, why it is needed, why the simpler alternative was rejected";
            Some(cx.finding(span, message).subject(principle.subject()).help(help))
        })
        .collect()
}

/// The violation that PLN118 tells of, so that it is not told twice.
fn is_first_violation(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    violations(cx).find(|violation| !violation.justified).is_some_and(|first| std::ptr::eq(first, principle))
}

/// Whether a row speaks of the principle and is incomplete: that is PLN108's finding.
fn has_open_row(plan: &Plan, principle: &JudgedPrinciple) -> bool {
    let notes = principle
        .occurrences
        .iter()
        .filter_map(|at| at.of(plan))
        .filter_map(|(_, assessed)| assessed.notes.as_ref())
        .fold(String::new(), |all, notes| all + " " + &notes.text);
    plan.complexity_tracking.as_ref().is_some_and(|tracking| {
        tracking.rows.iter().any(|row| {
            !complexity::is_template(row)
                && complexity::speaks_of(row, principle.ordinal.as_deref(), &principle.name, &notes)
        })
    })
}

gate_rule! {
    /// ## What it finds
    /// A row of Complexity Tracking with an empty cell, or one that only says "N/A" or "TBD".
    ///
    /// ## Why it matters
    /// A justification without a reason justifies nothing.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// ## Complexity Tracking
    /// | Violation | Why Needed | Simpler Alternative Rejected Because |
    /// |---|---|---|
    /// | Two crates (Principle I) | the editor needs the parser | |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// ## Complexity Tracking
    /// | Violation | Why Needed | Simpler Alternative Rejected Because |
    /// |---|---|---|
    /// | Two crates (Principle I) | the editor needs the parser | one crate pulls the editor in |
    /// ```
    INCOMPLETE_JUSTIFICATION = "PLN108" "incomplete-justification", Error;
    incomplete_justification
}

fn incomplete_justification(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(tracking) = &cx.plan().complexity_tracking else { return Vec::new() };
    let admitted = violations(cx).next().is_some();
    let mut found = Vec::new();
    for row in tracking.rows.iter().filter(|row| !complexity::is_complete(row) && !complexity::is_template(row)) {
        // A table with two columns is a list of design notes, not a row that forgot its reason.
        let two_columns = header_of(cx, row.span.start).trim().trim_matches('|').split('|').count() < 3;
        let cell = [
            ("why it is needed", &row.why_needed),
            ("why the simpler alternative was rejected", &row.simpler_alternative),
        ]
        .into_iter()
        .find(|(_, cell)| !complexity::says_something(&cell.text));
        let Some((what, cell)) = cell.filter(|_| !two_columns) else { continue };
        let message = format!("the justification of \"{}\" does not say {what}", row.violation.text);
        let severity = if admitted { Severity::Error } else { Severity::Warning };
        let span = if cell.span.is_empty() { row.span } else { cell.span };
        found.push(
            cx.finding(span, message)
                .subject(row.violation.text.clone())
                .at_most(severity)
                .help("fill the cell, or take the row out"),
        );
    }
    found
}

gate_rule! {
    /// ## What it finds
    /// A row of Complexity Tracking in a plan that records no violation at all.
    ///
    /// ## Why it matters
    /// Either the violation is not declared, or the row is left from an earlier version of the plan.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
    ///
    /// ## Complexity Tracking
    /// | Violation | Why Needed | Simpler Alternative Rejected Because |
    /// |---|---|---|
    /// | Two crates | the editor needs the parser | one crate pulls the editor in |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PARTIAL | two crates |
    ///
    /// ## Complexity Tracking
    /// | Violation | Why Needed | Simpler Alternative Rejected Because |
    /// |---|---|---|
    /// | Two crates | the editor needs the parser | one crate pulls the editor in |
    /// ```
    STALE_JUSTIFICATION = "PLN109" "stale-justification", Info;
    stale_justification
}

fn stale_justification(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let Some(tracking) = &plan.complexity_tracking else { return Vec::new() };
    let checked = plan.constitution_checks.iter().any(|check| !check.principles.is_empty());
    let disclosed = cx.assessment.principles.iter().flat_map(|principle| &principle.questions).any(|question| {
        question.answer.as_ref().is_some_and(|answer| {
            answer.rationale.to_lowercase().contains("complexity tracking")
                || matches!(
                    (question.kind, answer.verdict),
                    (crate::principle::Kind::Disclosure, Verdict::Yes) | (crate::principle::Kind::Duty, Verdict::No)
                )
        })
    });
    if !checked
        || disclosed
        || plan
            .constitution_checks
            .iter()
            .flat_map(|check| &check.principles)
            .any(|principle| matches!(principle.status, Some(Status::Attention | Status::Blocked | Status::Undecided)))
    {
        return Vec::new();
    }
    let complete =
        tracking.rows.iter().find(|row| complexity::is_complete(row) && is_violation_row(cx, row.span.start));
    complete
        .map(|row| {
            let message = format!("no violation is recorded that \"{}\" would justify", row.violation.text);
            cx.finding(row.span, message)
                .subject(row.violation.text.clone())
                .help("mark the principle ⚠️ that it belongs to, or take the row out")
        })
        .into_iter()
        .collect()
}

/// Whether the row stands in a table of violations; other tables are design notes.
fn is_violation_row(cx: &GateContext<'_>, offset: u32) -> bool {
    header_of(cx, offset).to_lowercase().contains("violation")
}

/// The header of the table that the row at `offset` stands in.
fn header_of<'a>(cx: &GateContext<'a>, offset: u32) -> &'a str {
    let before = cx.text().get(..offset as usize).unwrap_or_default();
    before.lines().rev().take_while(|line| line.trim_start().starts_with('|')).last().unwrap_or_default()
}

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

gate_rule! {
    /// ## What it finds
    /// A check that was made against another version of the constitution, or of a pack's principles; and
    /// a constitution that was amended after the plan, with the principles that the plan never met. A
    /// difference of the patch number is no finding, nor is an amendment of the plan's own day.
    ///
    /// ## Why it matters
    /// The marks stand for articles that have changed since.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// Checked against Constitution v1.0.0.
    ///
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    ///
    /// **Version**: 2.0.0 | **Ratified**: 2026-01-01 | **Last Amended**: 2026-05-01
    /// ```
    /// ```md
    /// ## Constitution Check
    /// Checked against Constitution v2.0.0.
    ///
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    ///
    /// **Version**: 2.0.0 | **Ratified**: 2026-01-01 | **Last Amended**: 2026-05-01
    /// ```
    STALE_CONSTITUTION = "PLN114" "stale-constitution", Warning, needs: [Constitution];
    stale_constitution
}

fn stale_constitution(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(constitution) = cx.constitution() else { return Vec::new() };
    let plan = cx.plan();
    let mut found = Vec::new();
    if let Some(current) = &constitution.version {
        let named = plan.constitution_checks.iter().rev().find_map(|check| check.version.as_ref());
        if let Some(named) = named.filter(|named| differs(&named.text, &current.text)) {
            let message =
                format!("the check names version {} of the constitution, which is at {}", named.text, current.text);
            found.push(
                cx.finding(named.span, message)
                    .related(constitution.place(current.span), "the constitution's version")
                    .help("repeat the check against the constitution as it is"),
            );
        }
    }
    let never_met: Vec<&JudgedPrinciple> = cx
        .assessment
        .principles
        .iter()
        .filter(|principle| !principle.is_assessed() && !principle.mentioned && principles::is_younger(cx, principle))
        .collect();
    let amended = constitution.amended.as_ref().and_then(|text| date::find(&text.text).map(|found| (text, found.date)));
    let planned = plan.metadata.date.as_ref().and_then(|text| date::find(&text.text));
    let assessed = cx.assessment.principles.iter().any(|known| known.in_constitution.is_some() && known.is_assessed());
    if let (Some((text, amended)), Some(planned), Some(check)) = (amended, planned, plan.constitution_checks.first())
        && amended > planned.date
        && !never_met.is_empty()
        && assessed
    {
        let names: Vec<String> = never_met.iter().map(|principle| format!("\"{}\"", principle.label())).collect();
        let message =
            format!("the constitution was amended on {amended}, after this plan, which never met {}", names.join(", "));
        found.push(
            cx.finding(check.title.span, message)
                .related(constitution.place(text.span), "the last amendment")
                .help("assess the principles that came since"),
        );
    }
    found
}

/// Whether two versions differ by more than their patch number.
fn differs(a: &str, b: &str) -> bool {
    let parts = |version: &str| -> Vec<u32> {
        version.split('.').filter_map(|part| part.trim().parse().ok()).take(2).collect()
    };
    let (a, b) = (parts(a), parts(b));
    a.len() == 2 && b.len() == 2 && a != b
}

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

gate_rule! {
    /// ## What it finds
    /// A re-check that is worse than the first check, while the overall status is still pass.
    ///
    /// ## Why it matters
    /// The design broke a principle, and the verdict never heard of it.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
    ///
    /// **Overall Status**: ✅ PASS
    ///
    /// ## Post-Design Constitution Re-Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | FAIL | three crates now |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | one crate |
    ///
    /// **Overall Status**: ✅ PASS
    ///
    /// ## Post-Design Constitution Re-Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | PASS | still one crate |
    /// ```
    CONTRADICTORY_RECHECK = "PLN116" "contradictory-recheck", Error;
    contradictory_recheck
}

fn contradictory_recheck(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    let Some((verdict_check, overall)) = last_verdict(plan) else { return Vec::new() };
    if overall.status != Some(Status::Pass) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for principle in &cx.assessment.principles {
        let list: Vec<_> = principle.occurrences.iter().filter_map(|at| at.of(plan)).collect();
        let later =
            list.iter().rev().find(|(check, assessed)| check.stage == Stage::AfterDesign && assessed.status.is_some());
        let earlier =
            list.iter().find(|(check, assessed)| check.stage != Stage::AfterDesign && assessed.status.is_some());
        let (Some((recheck, later)), Some((_, earlier))) = (later, earlier) else { continue };
        let (Some(now), Some(then)) = (later.status, earlier.status) else { continue };
        // A verdict behind the re-check has heard of it: PLN106 compares them.
        let heard = verdict_check.span.start >= recheck.span.start;
        if badness(now) > badness(then) && badness(now) >= 2 && !heard {
            let message = format!(
                "\"{}\" was {} and is {} after design, and the overall status is still pass",
                principle.label(),
                then.as_str(),
                now.as_str()
            );
            found.push(
                cx.finding(later.heading, message)
                    .subject(principle.subject())
                    .related(cx.place(overall.span), "the overall status")
                    .help("repeat the verdict after the re-check"),
            );
        }
    }
    found
}

gate_rule! {
    /// ## What it finds
    /// A principle declared ⚠️ or ❌, and Complexity Tracking that says that there is no violation.
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
    let Some(principle) = violations(cx).find(|principle| !principle.justified) else { return Vec::new() };
    let Some((_, assessed)) = principle.declared_at.and_then(|at| at.of(plan)) else { return Vec::new() };
    let span = assessed.raw_status.as_ref().map_or(assessed.heading, |raw| raw.span);
    let status = principle.declared.unwrap_or(Status::Attention);
    let message = format!(
        "Complexity Tracking says that there is no violation, although \"{}\" is declared {}",
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
