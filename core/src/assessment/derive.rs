//! Judges the located answers, and derives the principles' and the gate's status.

use std::borrow::Cow;
use std::collections::HashMap;

use super::asked::Questions;
use super::scope::Scopes;
use super::{Assessment, JudgedPrinciple, JudgedQuestion, Located, principles, restate};
use crate::brief::cut;
use crate::complexity::{self, Justifications, Subject};
use crate::diagnostic::{Finding, Fix, Severity};
use crate::evidence::{Concerns, Patterns, Proof, Says};
use crate::feature::{Document, Feature, Part, Phase};
use crate::judgement::{Case, LocatedAnswer, Outcome, judge as judge_question};
use crate::plan::{Plan, Status, Verdict};
use crate::principle::{Kind, Question};
use crate::source::Span;

pub(super) fn judge(
    mut located: Located,
    feature: &Feature,
    mut proofs: HashMap<Cow<'static, str>, Proof>,
) -> Assessment {
    let scopes = Scopes::of(&mut located, &mut proofs);
    let Located { mut principles, questions, editions, .. } = located;
    let plan = feature.plan();
    let justifications = Justifications::of(plan);
    let mut assessment = Assessment { editions, declared: declared(plan), ..Assessment::default() };
    let closed = |question: &Question, answer: Option<&LocatedAnswer>| {
        !is_in_a_language_of(question, feature) || scopes.close(question, answer)
    };
    for principle in &mut principles {
        let notes = notes(principle, plan);
        principle.justified = is_justified(principle, &justifications, &notes);
        let label = principle.label();
        let assessed = principle.occurrences.last().and_then(|at| at.of(plan)).map(|(_, assessed)| assessed);
        let claim = claim(principle, plan);
        // A plan that answers in statements alone never saw what they leave out.
        let restated = principle.questions.iter().filter_map(|judged| judged.answer.as_ref()).any(|said| !said.implied);
        let restatements = restatements(feature, principle, &questions);
        for (judged, restatement) in principle.questions.iter_mut().zip(restatements) {
            let Some(question) = questions.get(&judged.rule) else { continue };
            let proof = proofs.remove(&judged.rule);
            let failed = proof.is_none();
            judged.proof = proof.unwrap_or_default();
            let denied = |answer: &LocatedAnswer| matches!(answer.verdict, Verdict::No | Verdict::NotApplicable);
            if judged.answer.as_ref().is_some_and(denied) {
                silence(&mut judged.proof);
            }
            let unseen = !restated || question.evidence_only;
            let case = Case {
                kind: question.kind,
                asked: assessed.is_some()
                    && !closed(question, judged.answer.as_ref())
                    && !(unseen && judged.answer.is_none()),
                answer: judged.answer.as_ref(),
                proof: &judged.proof,
                justified: false,
                due: feature.phase >= Phase::Design && question.weight(Outcome::Unsupported).is_some(),
                evidence_only: question.evidence_only,
            };
            judged.outcome = match (judge_question(&case), &judged.answer) {
                (Outcome::Unmet, Some(answer)) if is_row_for(plan, &justifications, question, answer, &label) => {
                    judge_question(&Case { justified: true, ..case })
                }
                (outcome, _) => outcome,
            };
            // A rule that failed has looked for nothing, so that nothing follows from what it didn't find.
            if failed && matches!(judged.outcome, Outcome::Met | Outcome::Unexplained | Outcome::Unsupported) {
                judged.outcome = Outcome::NotJudged;
            }
            if judged.outcome == Outcome::NotJudged {
                let unseen = (judged.proof.concerns == Concerns::Unknown).then_some(Part::Repository);
                let part = unseen.or(judged.proof.unknown.first().copied());
                assessment.not_judged.extend(part.map(|part| (judged.rule.clone(), part)));
            }
            judged.weight = question.weight(judged.outcome);
            // A status that nobody decided is the principle's finding; its open questions are not told
            // one by one where the plan answers none of them.
            let heading = assessed.map(|assessed| assessed.heading);
            if let Some(mut finding) = finding(feature, question, judged, heading, &claim) {
                finding.fix = match (judged.outcome, &judged.answer) {
                    (Outcome::Open, None) => restatement,
                    (Outcome::Unmet, Some(answer)) => {
                        let (ordinal, name) = (principle.ordinal.as_deref(), &principle.name);
                        complexity::skeleton(feature.plan_document(), plan, ordinal, name, &said(question, answer))
                    }
                    _ => None,
                };
                assessment.findings.push(finding);
            }
        }
    }
    assessment.principles = principles;
    assessment
}

/// A message quotes so many letters of what the plan says.
const SHORT: usize = 80;

/// What speaks of a matter supports a yes; beside a "no" it only tells where the matter stands.
fn silence(proof: &mut Proof) {
    for evidence in &mut proof.evidence {
        if evidence.says == Says::Supports {
            evidence.says = Says::Silent;
        }
    }
}

/// The gate's declared status: the last check that states one.
fn declared(plan: &Plan) -> Option<Status> {
    plan.constitution_checks.iter().rev().find_map(|check| check.overall.as_ref().and_then(|overall| overall.status))
}

fn notes(principle: &JudgedPrinciple, plan: &Plan) -> String {
    let mut notes = String::new();
    for (_, assessed) in principle.occurrences.iter().filter_map(|at| at.of(plan)) {
        for text in assessed.notes.iter().chain(&assessed.statements) {
            notes.push_str(&text.text);
            notes.push(' ');
        }
    }
    notes
}

fn is_justified(principle: &JudgedPrinciple, justifications: &Justifications<'_>, notes: &str) -> bool {
    justifications.speak_of(|| Subject::new(principle.ordinal.as_deref(), &principle.name, notes))
}

/// Whether a complete row speaks of this answer.
fn is_row_for(
    plan: &Plan,
    justifications: &Justifications<'_>,
    question: &Question,
    answer: &LocatedAnswer,
    principle: &str,
) -> bool {
    let (ordinal, name) = principle.split_once(". ").unwrap_or(("", principle));
    justifications.speak_of(|| Subject::new(Some(ordinal), name, &said(question, answer)))
        || answer.rationale.to_lowercase().contains("complexity tracking")
            && plan
                .complexity_tracking
                .as_ref()
                .is_some_and(|tracking| tracking.rows.iter().any(complexity::is_complete))
}

/// What a row has to speak of to be the answer's: its rationale, and the question's first terms.
fn said(question: &Question, answer: &LocatedAnswer) -> String {
    format!("{} {}", answer.rationale, question.indicators.terms.iter().take(8).collect::<Vec<_>>().join(" "))
}

/// For each question of a principle the fix that adds it, where the plan leaves it out.
fn restatements(feature: &Feature, principle: &JudgedPrinciple, questions: &Questions) -> Vec<Option<Fix>> {
    let restatement = |(at, judged): (usize, &JudgedQuestion)| {
        let question = questions.get(&judged.rule).filter(|_| judged.answer.is_none())?;
        let (before, behind) = principle.questions.split_at(at);
        restate::fix(feature.plan_document(), &question.text, before, behind)
    };
    principle.questions.iter().enumerate().map(restatement).collect()
}

/// Whether the feature uses one of the languages that the question is about.
fn is_in_a_language_of(question: &Question, feature: &Feature) -> bool {
    question.applies.languages.is_empty() || uses_any(feature, &question.applies.languages)
}

fn uses_any(feature: &Feature, languages: &Patterns) -> bool {
    languages.iter().any(|language| uses_language(feature, language))
}

/// Whether the feature uses a language: the plan names it, or a manifest shows it.
fn uses_language(feature: &Feature, language: &str) -> bool {
    let context = feature.plan().technical_context.as_ref();
    let field = context.and_then(|context| context.language_version.as_ref());
    let named = field.is_some_and(|field| field.text.to_lowercase().contains(language));
    // A plan that names its languages, and not this one, decides; else the repository does.
    let shown = || feature.repository().is_none_or(|repository| repository.languages().any(|known| known == language));
    named || field.is_none() && shown()
}

fn finding(
    feature: &Feature,
    question: &Question,
    judged: &JudgedQuestion,
    heading: Option<Span>,
    claim: &str,
) -> Option<Finding> {
    let severity = question.weight(judged.outcome)?;
    let document = feature.plan_document();
    let answer = judged.answer.as_ref();
    let place = match (judged.outcome, answer) {
        (Outcome::Open, Some(answer)) => document.place(answer.question),
        (_, Some(answer)) => answer.place.clone(),
        (_, None) => document.place(heading?),
    };
    let mut finding = Finding::new(place, message(question, judged, claim, document));
    finding.rule = question.id.clone();
    finding.name = question.name.clone();
    finding.severity = severity.min(question.severity);
    finding.outcome = Some(judged.outcome);
    finding.subject = Some(question.id.clone().into_owned());
    finding.help = Some(judged.proof.help.clone().unwrap_or_else(|| help(question, judged.outcome).to_owned()));
    if judged.outcome == Outcome::Contradicted {
        // Silent evidence stands beside a contradiction to explain it: the other half of a pair.
        let of = |says| judged.proof.evidence.iter().filter(move |evidence| evidence.says == says);
        for evidence in of(Says::Contradicts).take(SHOWN).chain(of(Says::Silent)) {
            if evidence.place != finding.place {
                finding = finding.related(evidence.place.clone(), evidence.note.clone());
            }
            if evidence.place.path == document.path {
                finding.redact.extend(&evidence.redact);
            }
        }
    }
    Some(finding)
}

/// How many contradicting places a finding shows; its message counts the rest.
const SHOWN: usize = 3;

/// What the plan claims of a principle as a whole, by the name that it has there.
fn claim(principle: &JudgedPrinciple, plan: &Plan) -> String {
    let at = principle.declared_at.or(principle.occurrences.last().copied());
    let assessed = at.and_then(|at| at.of(plan));
    let label = assessed.map_or_else(|| principle.label(), |(_, assessed)| principles::called(principle, assessed));
    let label = cut(&label, SHORT);
    match principle.declared {
        Some(Status::Pass) => format!("\"{label}\" is declared passed"),
        _ => format!("stated under \"{label}\""),
    }
}

/// What was answered: in the plan's word, where that is less than a no.
fn answered(answer: Option<&LocatedAnswer>, document: &Document) -> &'static str {
    const IN_PART: [(&str, &str); 2] = [("partial", "partially"), ("not yet", "not yet")];
    let Some(answer) = answer else { return "nothing" };
    let said = || document.text.get(answer.place.span.range()).unwrap_or_default();
    let begins = |word: &str| said().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match answer.verdict {
        Verdict::Yes => "yes",
        Verdict::No if answer.place.path == document.path => {
            IN_PART.into_iter().find(|(word, _)| begins(word)).map_or("no", |(_, told)| told)
        }
        Verdict::No => "no",
        Verdict::NotApplicable => "N/A",
        Verdict::Open => "nothing",
    }
}

fn message(question: &Question, judged: &JudgedQuestion, claim: &str, document: &Document) -> String {
    let verdict = answered(judged.answer.as_ref(), document);
    let text = question.text.as_ref();
    let implied = judged.answer.as_ref().is_some_and(|answer| answer.implied);
    match judged.outcome {
        Outcome::Contradicted => {
            let contradictions: Vec<&str> = judged
                .proof
                .evidence
                .iter()
                .filter(|evidence| evidence.says == Says::Contradicts)
                .map(|evidence| evidence.note.as_str())
                .collect();
            let more = contradictions.len().saturating_sub(1);
            let first = contradictions.first().copied().unwrap_or_default();
            let claim = if implied { claim.to_owned() } else { format!("answered {verdict}") };
            if more == 0 { format!("{claim}, but {first}") } else { format!("{claim}, but {first} (and {more} more)") }
        }
        Outcome::Open => {
            match judged.answer.as_ref().map(|answer| answer.rationale.as_str()).filter(|said| !said.is_empty()) {
                Some(said) => format!("the question is still open: \"{}\"", cut(said, SHORT)),
                None => format!("the question has no answer: \"{text}\""),
            }
        }
        Outcome::Unmet | Outcome::Justified => {
            let admitted = if question.kind == Kind::Disclosure { ": a pattern is introduced" } else { "" };
            if judged.outcome == Outcome::Justified {
                format!("answered {verdict}{admitted}, and justified in Complexity Tracking")
            } else {
                format!("answered {verdict}{admitted}, and no row of Complexity Tracking justifies it")
            }
        }
        Outcome::Unexplained => format!("answered {verdict} without a reason"),
        Outcome::Unsupported if implied => {
            format!("{claim}, and nothing in the feature or the repository speaks of \"{}\"", cut(text, SHORT))
        }
        Outcome::Unsupported => {
            format!("answered {verdict}, and nothing in the feature or the repository speaks of it")
        }
        Outcome::Met | Outcome::NotAsked | Outcome::NotJudged => String::new(),
    }
}

fn help(question: &Question, outcome: Outcome) -> &'static str {
    match (outcome, question.kind) {
        (Outcome::Open, Kind::Disclosure) => "answer yes or no; a yes needs a row in Complexity Tracking",
        (Outcome::Open, _) => "answer yes, no or N/A, and say why in a few words",
        (Outcome::Contradicted, _) => "correct the answer, or what contradicts it",
        (Outcome::Unmet, Kind::Disclosure) => {
            "add a row to Complexity Tracking: the pattern, why it is needed, why the simpler alternative was rejected"
        }
        (Outcome::Unmet, _) => {
            "meet it, or add a row to Complexity Tracking: what is violated, why, and why the simpler alternative was rejected"
        }
        (Outcome::Unexplained, _) => "say why in a few words behind the answer",
        (Outcome::Unsupported, _) => "plan it in tasks.md, research.md or a contract, or answer no",
        _ => "",
    }
}

impl Assessment {
    /// Derives every principle's and the gate's status from the outcomes and all findings.
    pub fn derive(&mut self, findings: &[Finding]) {
        for principle in &mut self.principles {
            principle.derived = derived(principle, findings);
        }
        let has = |status| self.principles.iter().any(|principle| principle.derived == Some(status));
        let errors = || findings.iter().filter(|finding| finding.severity == Severity::Error);
        self.derived = Some(if errors().any(|finding| !finding.is_answered_for()) || has(Status::Blocked) {
            Status::Blocked
        } else if errors().next().is_some() || has(Status::Attention) {
            Status::Attention
        } else {
            Status::Pass
        });
    }
}

fn derived(principle: &JudgedPrinciple, findings: &[Finding]) -> Option<Status> {
    let subject = principle.subject();
    let about = || findings.iter().filter(|finding| finding.subject.as_ref() == Some(&subject));
    let errors = || about().filter(|finding| finding.severity == Severity::Error);
    let named = errors().any(|finding| !finding.is_answered_for());
    let is_answered_for = |question: &JudgedQuestion| {
        findings.iter().any(|finding| finding.rule == question.rule && finding.is_answered_for())
    };
    let failed =
        principle.questions.iter().filter(|question| question.fails()).any(|question| !is_answered_for(question));
    if failed || named && !principle.is_examined() {
        return Some(Status::Blocked);
    }
    // What somebody answers for is neither met nor violated.
    if errors().any(Finding::is_answered_for) || principle.questions.iter().any(is_answered_for) {
        return Some(Status::Attention);
    }
    match taken_or_examined(principle, named) {
        Some(Status::Blocked) => Some(Status::Blocked),
        _ if about().any(|finding| finding.severity > Severity::Info && finding.is_answered_for()) => {
            Some(Status::Attention)
        }
        status => status,
    }
}

/// The status of a principle without a failed question.
fn taken_or_examined(principle: &JudgedPrinciple, named: bool) -> Option<Status> {
    if !principle.is_assessed() {
        return if principle.mentioned { principle.declared } else { Some(Status::Blocked).filter(|_| named) };
    }
    if !principle.is_examined() {
        return match principle.declared {
            Some(Status::Attention | Status::Blocked) if principle.justified => Some(Status::Attention),
            declared => declared,
        };
    }
    if principle.questions.iter().any(|question| question.outcome == Outcome::Justified) {
        return Some(Status::Attention);
    }
    let excused = principle.asked().all(|question| match (&question.answer, question.outcome) {
        (_, Outcome::NotAsked) => true,
        (Some(answer), _) => {
            answer.verdict == Verdict::NotApplicable || question.kind == Kind::Scope && answer.verdict == Verdict::No
        }
        (None, _) => false,
    });
    if excused && principle.statuses.contains(&Status::NotApplicable) {
        return Some(Status::NotApplicable);
    }
    Some(Status::Pass)
}

/// Where a finding about the principle points: its last assessment.
#[must_use]
pub(crate) fn place_of(principle: &JudgedPrinciple, plan: &Plan) -> Option<crate::source::Span> {
    principles::heading(principle, plan)
}
