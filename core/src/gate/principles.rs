//! Principles one by one: is each assessed, decided, allowed, consistent, and known?

use super::{GateContext, GateRule, gate_rule};
use crate::assessment::{JudgedPrinciple, Occurrence, Origin};
use crate::date;
use crate::diagnostic::{Finding, Severity};
use crate::document::Constitution;
use crate::feature::Read;
use crate::matching::{Words, same_name};
use crate::parse::ordinal_values;
use crate::plan::{AssessedPrinciple, ConstitutionCheck, Status, Text, Verdict};
use crate::principle::Kind;
use crate::source::Span;

pub(super) const RULES: &[&GateRule] = &[
    &MISSING_PRINCIPLE, &UNDECIDED_STATUS, &DISALLOWED_STATUS, &CONTRADICTORY_STATUS, &CONFLICTING_ASSESSMENT,
    &UNEXPLAINED_EXEMPTION, &UNKNOWN_PRINCIPLE, &COMPACT_ASSESSMENT, &AMBIGUOUS_STATUS, &NEGOTIATED_PRINCIPLE,
    &UNMARKED_CHECK, &RENUMBERED_PRINCIPLE,
];

gate_rule! {
    /// ## What it finds
    /// A principle of an active pack or of the constitution that no Constitution Check assesses. A
    /// principle that an amendment added on or after the plan's date is `stale-constitution`'s matter.
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
    let assessed = known().any(JudgedPrinciple::is_assessed);
    let finding = |principle: &JudgedPrinciple, message: String| {
        let mut finding = cx
            .finding(first.title.span, message)
            .subject(principle.subject())
            .help(format!("assess \"{}\" in the Constitution Check", principle.label()));
        if let (Some(span), Some(constitution)) = (principle.in_constitution, cx.constitution()) {
            finding = finding.related(constitution.place(span), "the principle stands here");
        }
        finding
    };
    if !assessed && missing.len() > 1 {
        // A check that knows none of the principles is one fault, not one for each of them.
        let names: Vec<String> = missing.iter().map(|principle| principle.label()).collect();
        let message = format!("none of the {} principles is assessed: {}", missing.len(), names.join("; "));
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

/// Whether a check says that there was no constitution yet to check against.
fn is_before_constitution(check: &str) -> bool {
    check.lines().map(str::to_lowercase).any(|line| {
        let speaks = ["constitution", "constitución", "constituição", "憲法", "憲章", "宪法", "헌법"]
            .iter()
            .any(|word| line.contains(word));
        let empty = [
            "placeholder", "unfilled", "no constitutional gates", "not yet been ratified", "not yet ratified",
            "not been ratified", "not ratified", "is a template", "still a template", "is still the template",
            "template only", "no project constitution", "no constitution", "does not exist", "not yet defined",
            "not defined", "not yet been defined", "not yet been filled", "unpopulated", "not yet customized",
        ];
        speaks
            && empty.iter().any(|phrase| line.contains(phrase))
            && !line.contains("no constitution violation")
            && !line.contains("no constitutional")
    })
}

/// Whether an amendment added the principle on or after the plan's day, as far as the constitution's
/// Sync Impact Report or its version says.
pub(super) fn is_younger(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    let Some(constitution) = cx.constitution() else { return false };
    if principle.in_constitution.is_none() {
        return false;
    }
    let planned = cx.plan().metadata.date.as_ref().and_then(|date| date::find(&date.text));
    let amended = constitution.amended.as_ref().and_then(|date| date::find(&date.text));
    let (Some(planned), Some(amended)) = (planned, amended) else { return false };
    amended.date >= planned.date && may_be_added(&constitution, principle)
}

/// Whether the last amendment may have added a principle: the report names it as added, or there is
/// no report that tells what was added.
fn may_be_added(constitution: &Read<'_, Constitution>, principle: &JudgedPrinciple) -> bool {
    let Some(amendment) = &constitution.amendment else { return true };
    let words = Words::of_name(&principle.name);
    let named = |list: &[String]| list.iter().any(|name| same_name(&Words::of_name(name), &words));
    // Principles that were there before: a report that adds others vouches for this one's age.
    amendment.added.is_empty() || named(&amendment.added) || named(&amendment.modified)
}

/// The assessments of a principle, each with its check.
fn assessments<'a>(
    cx: &GateContext<'a>,
    principle: &'a JudgedPrinciple,
) -> impl Iterator<Item = (Occurrence, &'a ConstitutionCheck, &'a AssessedPrinciple)> {
    let plan = cx.plan();
    principle.occurrences.iter().filter_map(|at| at.of(plan).map(|(check, assessed)| (*at, check, assessed)))
}

/// The assessment that declares the principle's status.
fn declaring<'a>(cx: &GateContext<'a>, principle: &JudgedPrinciple) -> Option<&'a AssessedPrinciple> {
    principle.declared_at.and_then(|at| at.of(cx.plan())).map(|(_, assessed)| assessed)
}

fn status_span(assessed: &AssessedPrinciple) -> Span {
    assessed.raw_status.as_ref().map_or(assessed.heading, |raw| raw.span)
}

gate_rule! {
    /// ## What it finds
    /// A principle whose status nobody chose: the template's alternatives are still there, the box is
    /// unticked, or it says TODO.
    ///
    /// ## Why it matters
    /// An undecided principle is an unpassed gate.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// **I. Library First** ✅ / ⚠️ / N/A
    /// - One crate.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Library First** ✅
    /// - One crate.
    /// ```
    UNDECIDED_STATUS = "PLN102" "undecided-status", Error;
    undecided_status
}

fn undecided_status(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in &cx.assessment.principles {
        let Some(assessed) = declaring(cx, principle).filter(|assessed| assessed.status == Some(Status::Undecided))
        else {
            continue;
        };
        let raw = assessed.raw_status.as_ref().map(|raw| raw.text.as_str()).unwrap_or_default();
        let message = if assessed.options.is_empty() {
            format!("\"{}\" is undecided: \"{raw}\"", principle.label())
        } else {
            format!("nobody chose a status for \"{}\": \"{raw}\"", principle.label())
        };
        let help = "write the one status that holds: ✅, ⚠️ or ❌, or N/A where the principle offers it";
        found.push(cx.finding(status_span(assessed), message).subject(principle.subject()).help(help));
    }
    found.extend(unmarked_beside_marked(cx));
    found
}

/// In a check that carries statuses, a principle without any.
fn unmarked_beside_marked(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in cx.assessment.principles.iter().filter(|principle| principle.declared.is_none()) {
        let Some((at, check, assessed)) = assessments(cx, principle).last() else { continue };
        let marked = check.principles.iter().filter(|other| other.raw_status.is_some()).count();
        let last_of_kind = principle.origin != Origin::Plan;
        let asked = !assessed.questions.is_empty();
        let _ = at;
        if last_of_kind && !asked && marked >= 2 && marked * 2 > check.principles.len() {
            let message = format!("\"{}\" has no status, as the other principles do", principle.label());
            let help = "write the status that holds beside its name";
            found.push(
                cx.finding(assessed.heading, message)
                    .subject(principle.subject())
                    .help(help)
                    .at_most(Severity::Warning),
            );
        }
    }
    found
}

gate_rule! {
    /// ## What it finds
    /// N/A for a principle whose template offers none.
    ///
    /// ## Why it matters
    /// Some principles hold for every feature; leaving them out is a violation, not an exemption.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// **I. Library First** N/A
    /// - No library here.
    /// ```
    /// ```md,file=plan-template.md
    /// ## Constitution Check
    /// **I. Library First** ✅ / ⚠️
    /// - Is there a library?
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Library First** N/A
    /// - No library here.
    /// ```
    /// ```md,file=plan-template.md
    /// ## Constitution Check
    /// **I. Library First** ✅ / ⚠️ / N/A
    /// - Is there a library?
    /// ```
    DISALLOWED_STATUS = "PLN103" "disallowed-status", Error;
    disallowed_status
}

fn disallowed_status(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in &cx.assessment.principles {
        let offered = offered(cx, principle);
        let declared = principle.declared.filter(|status| *status == Status::NotApplicable);
        if let (Some(status), Some(assessed)) = (declared, declaring(cx, principle))
            && !offered.is_empty()
            && !offered.contains(&status)
        {
            let message = format!("\"{}\" does not offer N/A", principle.label());
            let help = "answer its questions, or mark it ⚠️ and justify it in Complexity Tracking";
            found.push(cx.finding(status_span(assessed), message).subject(principle.subject()).help(help));
        }
    }
    found
}

/// The statuses that the pack, or the repository's template, offers for a principle.
fn offered(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> Vec<Status> {
    if !principle.statuses.is_empty() {
        return principle.statuses.clone();
    }
    let Ok(template) = cx.feature.plan_template() else { return Vec::new() };
    let words = Words::of_name(&principle.name);
    let same = template
        .constitution_checks
        .iter()
        .flat_map(|check| &check.principles)
        .find(|known| same_name(&Words::of_name(&known.name), &words) && known.options.len() > 1);
    same.map(|known| known.options.clone()).unwrap_or_default()
}

gate_rule! {
    /// ## What it finds
    /// A principle declared ✅ although its answers derive to ⚠️, or declared N/A although its scope
    /// question is answered yes.
    ///
    /// ## Why it matters
    /// The mark is what reviewers look at; the answers below it say something else.
    ///
    /// ## Example
    /// The principle stands in a pack, and its first question opens the second.
    ///
    /// ```md,finds
    /// ## Constitution Check
    /// **I. Live Updates** N/A
    /// - Does this feature push live updates? **Yes** - votes appear at once
    /// - Are all events described in a contract? **Yes** - in contracts/events.md
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Live Updates** N/A
    /// - Does this feature push live updates? **No** - a static page
    /// ```
    CONTRADICTORY_STATUS = "PLN104" "contradictory-status", Error;
    contradictory_status
}

fn contradictory_status(cx: &GateContext<'_>) -> Vec<Finding> {
    use crate::judgement::Outcome;
    let mut found = Vec::new();
    for principle in cx.assessment.principles.iter().filter(|principle| principle.is_examined()) {
        let Some(assessed) = declaring(cx, principle) else { continue };
        let justified = principle.questions.iter().find(|question| question.outcome == Outcome::Justified);
        let failed = principle
            .questions
            .iter()
            .any(|question| matches!(question.outcome, Outcome::Open | Outcome::Contradicted | Outcome::Unmet));
        let scope = principle.questions.iter().find(|question| {
            question.kind == Kind::Scope
                && question.answer.as_ref().is_some_and(|answer| answer.verdict == Verdict::Yes && !answer.implied)
        });
        let (message, place) = match (principle.declared, justified, scope) {
            (Some(Status::Pass), Some(question), _) if !failed => (
                format!(
                    "\"{}\" is declared ✅, and a justified violation stands below it: it is ⚠️",
                    principle.label()
                ),
                question.answer.as_ref(),
            ),
            (Some(Status::NotApplicable), _, Some(question)) => (
                format!("\"{}\" is declared N/A, and its scope question is answered yes", principle.label()),
                question.answer.as_ref(),
            ),
            _ => continue,
        };
        let mut finding = cx
            .finding(status_span(assessed), message)
            .subject(principle.subject())
            .help("make the mark say what the answers say");
        if let Some(answer) = place {
            finding = finding.related(answer.place.clone(), "this answer says otherwise");
        }
        found.push(finding);
    }
    found
}

gate_rule! {
    /// ## What it finds
    /// One principle assessed twice in one check with different statuses, or a decided and an
    /// untouched copy side by side.
    ///
    /// ## Why it matters
    /// One of the two is wrong, and nobody can tell which.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// | I. Library First | FAIL |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// | II. Test First | FAIL |
    /// ```
    CONFLICTING_ASSESSMENT = "PLN111" "conflicting-assessment", Error;
    conflicting_assessment
}

fn conflicting_assessment(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in &cx.assessment.principles {
        let list: Vec<_> = assessments(cx, principle).collect();
        for (index, (at, _, second)) in list.iter().enumerate() {
            let earlier = list[..index].iter().find(|(other, _, first)| {
                other.check == at.check
                    && first.status.is_some()
                    && second.status.is_some()
                    && first.status != second.status
                    && is_same_entry(first, second)
            });
            if let Some((_, _, first)) = earlier {
                let message =
                    format!("\"{}\" is assessed twice in this check, with different statuses", principle.label());
                found.push(
                    cx.finding(second.heading, message)
                        .subject(principle.subject())
                        .related(cx.place(first.heading), "the first assessment")
                        .help("keep one of them"),
                );
                break;
            }
        }
    }
    found
}

/// Two rows are one principle's only where both name it: the same name, and numerals that agree.
fn is_same_entry(first: &AssessedPrinciple, second: &AssessedPrinciple) -> bool {
    let values = |assessed: &AssessedPrinciple| assessed.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    let (a, b) = (Words::of(&first.name), Words::of(&second.name));
    values(first) == values(second) && (a == b || a.is_empty() || b.is_empty())
}

gate_rule! {
    /// ## What it finds
    /// A principle declared N/A without a reason.
    ///
    /// ## Why it matters
    /// An exemption that nobody explains can't be reviewed.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | N/A | |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | N/A | documentation only |
    /// ```
    UNEXPLAINED_EXEMPTION = "PLN112" "unexplained-exemption", Warning;
    unexplained_exemption
}

fn unexplained_exemption(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in cx.assessment.principles.iter().filter(|known| known.declared == Some(Status::NotApplicable)) {
        let explained = assessments(cx, principle).any(|(_, _, assessed)| {
            assessed.notes.as_ref().is_some_and(says_something)
                || !assessed.statements.is_empty()
                || assessed.questions.iter().any(|question| !question.answer.rationale.is_empty())
                || explains_itself(assessed)
        });
        let Some(assessed) = declaring(cx, principle).filter(|_| !explained) else { continue };
        let message = format!("\"{}\" is N/A, and nobody says why", principle.label());
        found.push(
            cx.finding(status_span(assessed), message)
                .subject(principle.subject())
                .help("say in a few words why it does not concern this feature"),
        );
    }
    found
}

fn says_something(text: &Text) -> bool {
    text.text.chars().filter(|c| c.is_alphanumeric()).count() >= 2
}

/// A checkbox whose text is the name and the reason in one sentence.
fn explains_itself(assessed: &AssessedPrinciple) -> bool {
    assessed.name.split_whitespace().count() > 8
}

gate_rule! {
    /// ## What it finds
    /// An assessed principle that neither a pack nor the constitution knows.
    ///
    /// ## Why it matters
    /// It may be a principle of an older constitution, or a misspelled one.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// | Blue Paint | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    /// ```
    UNKNOWN_PRINCIPLE = "PLN113" "unknown-principle", Info;
    unknown_principle
}

fn unknown_principle(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(constitution) = cx.constitution().filter(|constitution| !constitution.principles.is_empty()) else {
        return Vec::new();
    };
    let text = constitution.document.text.to_lowercase();
    let template = cx.feature.plan_template().ok();
    let unknown: Vec<(&JudgedPrinciple, Span)> = cx
        .assessment
        .principles
        .iter()
        .filter(|principle| principle.origin == Origin::Plan)
        .filter(|principle| {
            let words = Words::of_name(&principle.name);
            let asked = template.as_ref().is_some_and(|template| {
                template
                    .constitution_checks
                    .iter()
                    .flat_map(|check| &check.principles)
                    .any(|known| same_name(&Words::of_name(&known.name), &words))
            });
            let of_section =
                constitution.sections.iter().any(|section| same_name(&Words::of_name(&section.text), &words));
            !asked && !of_section && !text.contains(&principle.name.to_lowercase()) && !is_renumbered(cx, principle)
        })
        .filter_map(|principle| Some((principle, crate::assessment::place_of(principle, cx.plan())?)))
        .collect();
    let help = "name the principle as the constitution does, or leave the row out";
    if let [(first, span), _, _, _, ..] = unknown.as_slice() {
        // A check with an order of its own is one fact, not one for each of its rows.
        let names: Vec<String> = unknown.iter().map(|(principle, _)| format!("\"{}\"", principle.label())).collect();
        let message = format!(
            "{} of the assessed names are no principles of the constitution: {}",
            names.len(),
            names.join(", ")
        );
        return vec![cx.finding(*span, message).subject(first.subject()).help(help)];
    }
    unknown
        .into_iter()
        .map(|(principle, span)| {
            let message = format!("the constitution has no principle \"{}\"", principle.label());
            cx.finding(span, message).subject(principle.subject()).help(help)
        })
        .collect()
}

gate_rule! {
    /// ## What it finds
    /// A principle with questions that the plan assesses as a whole, without answering them.
    ///
    /// ## Why it matters
    /// One tick over six questions says that somebody looked, not at what.
    ///
    /// ## Example
    /// The principle stands in a pack, with its questions.
    ///
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Live Updates | PASS | votes appear at once |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Live Updates** ✅
    /// - Does this feature push live updates? **Yes** - votes appear at once
    /// - Are all events described in a contract? **Yes** - in contracts/events.md
    /// ```
    COMPACT_ASSESSMENT = "PLN117" "compact-assessment", Warning;
    compact_assessment
}

fn compact_assessment(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in
        cx.assessment.principles.iter().filter(|principle| principle.compact && !principle.questions.is_empty())
    {
        let Some(span) = crate::assessment::place_of(principle, cx.plan()) else { continue };
        // An exempted or undecided principle is another rule's matter.
        if matches!(principle.declared, Some(Status::NotApplicable | Status::Undecided)) {
            continue;
        }
        let message = format!(
            "\"{}\" is assessed without an answer to its {} questions",
            principle.label(),
            principle.questions.len()
        );
        found.push(
            cx.finding(span, message)
                .subject(principle.subject())
                .help("answer the questions that the plan template asks"),
        );
    }
    found
}

gate_rule! {
    /// ## What it finds
    /// A status whose mark and word disagree, such as "⚠️ PASS".
    ///
    /// ## Why it matters
    /// Readers see the mark, tools read the word.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ⚠️ PASS | one crate |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | ✅ PASS | one crate |
    /// ```
    AMBIGUOUS_STATUS = "PLN119" "ambiguous-status", Warning;
    ambiguous_status
}

fn ambiguous_status(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for check in &cx.plan().constitution_checks {
        for assessed in &check.principles {
            let Some(raw) = &assessed.raw_status else { continue };
            let Some((mark, word)) = crate::parse::mark_and_word(&raw.text) else { continue };
            let explained = assessed.notes.as_ref().is_some_and(says_something) || !assessed.statements.is_empty();
            let agrees = mark == word
                || word == Status::NotApplicable && explained && mark != Status::Blocked
                || matches!(
                    (mark, word),
                    (Status::Attention, Status::Blocked | Status::Undecided) | (Status::Blocked, Status::Undecided)
                )
                || mark == Status::NotApplicable && word == Status::NotApplicable
                || matches!((mark, word), (Status::Pass, Status::Undecided) | (Status::Undecided, _));
            if !agrees {
                let message =
                    format!("the mark says {}, the word says {}: \"{}\"", mark.as_str(), word.as_str(), raw.text);
                found.push(
                    cx.finding(raw.span, message).help("let mark and word say the same").subject(assessed.name.clone()),
                );
            }
        }
    }
    found
}

gate_rule! {
    /// ## What it finds
    /// A principle that the constitution calls NON-NEGOTIABLE, declared N/A or ⚠️.
    ///
    /// ## Why it matters
    /// Non-negotiable means that no feature is exempt.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Test First | N/A | just a page |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Test First (NON-NEGOTIABLE)
    /// Tests MUST come first.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Test First | PASS | tests in tests/ |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Test First (NON-NEGOTIABLE)
    /// Tests MUST come first.
    /// ```
    NEGOTIATED_PRINCIPLE = "PLN120" "negotiated-principle", Warning, needs: [Constitution];
    negotiated_principle
}

fn negotiated_principle(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in cx.assessment.principles.iter().filter(|principle| principle.non_negotiable) {
        let how = match principle.declared {
            Some(Status::NotApplicable) => "N/A",
            Some(Status::Attention) => "⚠️",
            _ => continue,
        };
        let scope_says_no = principle.questions.iter().any(|question| {
            question.kind == Kind::Scope && question.answer.as_ref().is_some_and(|answer| answer.verdict == Verdict::No)
        });
        let offered = offered(cx, principle).contains(&Status::NotApplicable);
        let Some(assessed) = declaring(cx, principle).filter(|_| !(how == "N/A" && offered && scope_says_no)) else {
            continue;
        };
        let message = format!("\"{}\" is NON-NEGOTIABLE, and declared {how}", principle.label());
        let mut finding = cx
            .finding(status_span(assessed), message)
            .subject(principle.subject())
            .help("meet it, or amend the constitution");
        if let (Some(span), Some(constitution)) = (principle.in_constitution, cx.constitution()) {
            finding = finding.related(constitution.place(span), "the constitution calls it NON-NEGOTIABLE");
        }
        found.push(finding);
    }
    found
}

gate_rule! {
    /// ## What it finds
    /// A check in which no principle carries a status: assertions or restated rules only.
    ///
    /// ## Why it matters
    /// Without a mark nobody can tell whether the author passed or failed the principle.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// - **Library First**: every feature starts as a library
    /// - **Test First**: tests come before code
    /// ```
    /// ```md
    /// ## Constitution Check
    /// - **Library First**: PASS, one crate
    /// - **Test First**: PASS, tests in tests/
    /// ```
    UNMARKED_CHECK = "PLN121" "unmarked-check", Warning;
    unmarked_check
}

fn unmarked_check(cx: &GateContext<'_>) -> Vec<Finding> {
    let checks = &cx.plan().constitution_checks;
    let marked = |check: &ConstitutionCheck| {
        check.principles.iter().any(|principle| {
            principle.status.is_some()
                || principle.questions.iter().any(|question| question.answer.verdict != Verdict::Open)
        })
    };
    let Some(first) = checks.iter().find(|check| !check.principles.is_empty()) else { return Vec::new() };
    if checks.iter().any(marked) || first.principles.iter().any(|principle| !principle.questions.is_empty()) {
        return Vec::new();
    }
    let message = format!("none of the {} principles of this check carries a status", first.principles.len());
    vec![cx.finding(first.title.span, message).help("write PASS, ⚠️ or N/A beside each principle")]
}

gate_rule! {
    /// ## What it finds
    /// A principle whose numeral is the constitution's and whose name is another principle's, or whose
    /// numeral no principle has.
    ///
    /// ## Why it matters
    /// The check was made against another order of the articles, so that marks and articles no longer
    /// belong together.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status |
    /// |---|---|
    /// | I. Test First | PASS |
    /// | II. Library First | PASS |
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
    /// | Principle | Status |
    /// |---|---|
    /// | I. Library First | PASS |
    /// | II. Test First | PASS |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Library First
    /// Every feature MUST start as a library.
    /// ### II. Test First
    /// Tests MUST come first.
    /// ```
    RENUMBERED_PRINCIPLE = "PLN122" "renumbered-principle", Warning, needs: [Constitution];
    renumbered_principle
}

fn renumbered_principle(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(constitution) = cx.constitution() else { return Vec::new() };
    let numbered: Vec<(u32, &str, Span)> = constitution
        .principles
        .iter()
        .filter_map(|article| {
            Some((*ordinal_values(article.ordinal.as_deref()?).first()?, article.name.as_str(), article.heading))
        })
        .collect();
    let mut found: Vec<Finding> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for assessed in cx.plan().constitution_checks.iter().flat_map(|check| &check.principles) {
        let values = assessed.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
        let [value] = values.as_slice() else { continue };
        let key = format!("{value} {}", assessed.name);
        if numbered.is_empty() || told.contains(&key) {
            continue;
        }
        let words = Words::of_name(&assessed.name);
        let own = numbered.iter().find(|(number, ..)| number == value);
        let fits_own = own.is_some_and(|(_, name, _)| related_names(&words, &Words::of_name(name)));
        let other =
            numbered.iter().find(|(number, name, _)| number != value && same_name(&words, &Words::of_name(name)));
        let label = format!("{}. {}", assessed.ordinal.as_deref().unwrap_or_default(), assessed.name);
        let (message, span) = match (own, other) {
            _ if fits_own => continue,
            (_, Some((number, name, span))) => {
                (format!("\"{label}\" is number {} in the constitution (\"{name}\")", roman(*number)), Some(*span))
            }
            (None, None) if is_numbered_like_constitution(&numbered, *value) => (
                format!(
                    "the constitution has no principle number {}: \"{label}\"",
                    assessed.ordinal.as_deref().unwrap_or_default()
                ),
                None,
            ),
            _ => continue,
        };
        told.push(key);
        let mut finding =
            cx.finding(assessed.heading, message).help("use the constitution's numerals and names").subject(label);
        if let Some(span) = span {
            finding = finding.related(constitution.place(span), "the principle stands here");
        }
        found.push(finding);
    }
    found
}

fn is_numbered_like_constitution(numbered: &[(u32, &str, Span)], value: u32) -> bool {
    numbered.len() >= 2 && numbered.iter().all(|(number, ..)| *number < value)
}

/// Whether two names may be one: a shared word is enough to leave a renamed principle alone.
fn related_names(a: &Words, b: &Words) -> bool {
    a.is_empty() || same_name(a, b) || a.shared(b) > 0
}

fn is_renumbered(cx: &GateContext<'_>, principle: &JudgedPrinciple) -> bool {
    let values = principle.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    let Some(constitution) = cx.constitution() else { return false };
    let known = constitution
        .principles
        .iter()
        .flat_map(|article| article.ordinal.as_deref().map(ordinal_values).unwrap_or_default());
    let highest = known.max().unwrap_or_default();
    values.len() == 1 && highest > 1 && values[0] > highest
}

fn roman(number: u32) -> String {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = "X".repeat((number / 10) as usize);
    format!("{tens}{}", ONES[(number % 10) as usize])
}
