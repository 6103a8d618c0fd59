//! Locates a plan's answers: by the question's text, then by place and similarity, and where a plan
//! answers in statements instead, by topic.

use std::cell::OnceCell;

use super::asked::{Asked, Questions};
use super::{JudgedPrinciple, JudgedQuestion};
use crate::diagnostic::Place;
use crate::evidence::Folded;
use crate::feature::Feature;
use crate::judgement::{Claim, LocatedAnswer};
use crate::matching::{Keywords, Words, contains_any};
use crate::plan::{AnsweredQuestion, AssessedPrinciple, Plan, Status, Text, Verdict};
use crate::principle::{Kind, Question};
use crate::source::Span;

/// Gives each question of `principle` the answer that is in force: the last check that restates it,
/// updated by later statements.
pub(super) fn locate(feature: &Feature, principle: &mut JudgedPrinciple, questions: &Questions) {
    if principle.questions.is_empty() {
        return;
    }
    let plan = feature.plan();
    let assessed: Vec<&AssessedPrinciple> =
        principle.occurrences.iter().filter_map(|at| at.of(plan).map(|(_, assessed)| assessed)).collect();
    let place = |span| Place::new(feature.plan_document().path.clone(), span);
    let heading = super::principles::heading(principle, plan).map(place);
    let notes = assessed.iter().rev().find_map(|assessed| assessed.notes.as_ref());
    let amended = amended_since(feature, plan);
    let declared = principle.declared;
    principle.compact = !assessed.is_empty();
    // A question that the plan never sees must not take the answer of one that it restates.
    for evidence_only in [false, true] {
        let known = |judged: &JudgedQuestion| questions.get(&judged.rule);
        let of_group = |judged: &JudgedQuestion| judged.evidence_only == evidence_only;
        let asked: Vec<&Asked> =
            principle.questions.iter().filter(|judged| of_group(judged)).filter_map(known).collect();
        if asked.is_empty() {
            continue;
        }
        let Read { answers, restated, stated } = read(&asked, &assessed, &place);
        principle.compact &= evidence_only || !restated && !stated;
        let of_group = principle.questions.iter_mut().filter(|judged| of_group(judged) && known(judged).is_some());
        for (judged, (question, answer)) in of_group.zip(asked.iter().zip(answers)) {
            let answer = answer.filter(|answer| !evidence_only || answer.verdict != Verdict::Open);
            judged.answer = answer.or_else(|| {
                // A question that the plan does not restate at all is answered by what the principle
                // says as a whole, unless the plan answers the others one by one.
                let as_a_whole = evidence_only || principle.compact || stated && !restated || amended;
                as_a_whole.then(|| implied(question, declared, notes, heading.clone()?)).flatten()
            });
            if let Some(answer) = judged.answer.as_mut().filter(|_| evidence_only) {
                answer.implied = true;
            }
        }
    }
}

/// What the checks say to some of a principle's questions.
struct Read {
    /// The answer in force, by question.
    answers: Vec<Option<LocatedAnswer>>,
    /// Whether a check restates one of them.
    restated: bool,
    /// Whether a statement speaks of one of them.
    stated: bool,
}

fn read(asked: &[&Asked], assessed: &[&AssessedPrinciple], place: &impl Fn(Span) -> Place) -> Read {
    let mut answers: Vec<Option<LocatedAnswer>> = vec![None; asked.len()];
    let (mut restated, mut stated) = (false, false);
    let known = OnceCell::new();
    for assessed in assessed {
        for (at, answered) in pair(asked, &assessed.questions) {
            restated = true;
            let mut answer = LocatedAnswer::new(
                answered.answer.verdict,
                answered.answer.rationale.clone(),
                place(answered.answer.span),
            );
            if answer.place.span.is_empty() {
                answer.place.span = answered.span;
            }
            answer.question = answered.span;
            explain_by_notes(&mut answer, assessed);
            answers[at] = Some(answer);
        }
        for statement in &assessed.statements {
            for at in topics(known.get_or_init(|| Topic::all(asked)), statement) {
                if let Some(answer) = read_statement(asked[at], statement, place(statement.span)) {
                    stated = true;
                    // A statement completes or updates an answer; it never takes one back.
                    let good =
                        answers[at].as_ref().is_some_and(|known| known.verdict == Verdict::Yes && !known.implied);
                    if !good {
                        answers[at] = Some(answer);
                    }
                }
            }
        }
    }
    Read { answers, restated, stated }
}

/// Whether the constitution was amended on or after the plan's day: questions that the plan does not
/// restate may have been added since.
fn amended_since(feature: &Feature, plan: &Plan) -> bool {
    let Ok(constitution) = feature.constitution() else { return false };
    let day =
        |text: &Option<Text>| text.as_ref().and_then(|text| crate::date::find(&text.text)).map(|found| found.date);
    match (day(&constitution.amended), day(&plan.metadata.date)) {
        (Some(amended), Some(planned)) => amended >= planned,
        _ => false,
    }
}

/// Pairs the known questions with those that the plan restates: by text, then by place and
/// similarity.
fn pair<'a>(asked: &[&Asked], restated: &'a [AnsweredQuestion]) -> Vec<(usize, &'a AnsweredQuestion)> {
    let known: Vec<&Words> = asked.iter().map(|question| question.words()).collect();
    let found: Vec<Words> = restated.iter().map(|question| Words::of(&question.text)).collect();
    let mut pairs = Vec::new();
    let mut taken = vec![false; known.len()];
    let mut used = vec![false; found.len()];
    // Thresholds: the same words; nearly the same; similar at the same place.
    for (threshold, at_place) in [(0.999, false), (0.75, false), (0.45, true)] {
        for (index, words) in found.iter().enumerate() {
            if used[index] {
                continue;
            }
            let candidates =
                known.iter().enumerate().filter(|(at, _)| !taken[*at] && (!at_place || at.abs_diff(index) <= 1));
            let best = candidates
                .map(|(at, known)| (known.similarity(words), at))
                .reduce(|best, next| if next.0 > best.0 { next } else { best });
            if let Some((similarity, at)) = best.filter(|(similarity, _)| *similarity >= threshold) {
                let _ = similarity;
                taken[at] = true;
                used[index] = true;
                pairs.push((at, &restated[index]));
            }
        }
    }
    pairs
}

/// "N/A" without a word of its own is explained where the principle's notes explain it.
fn explain_by_notes(answer: &mut LocatedAnswer, assessed: &AssessedPrinciple) {
    if answer.rationale.is_empty()
        && answer.verdict == Verdict::NotApplicable
        && let Some(notes) = &assessed.notes
    {
        answer.rationale.clone_from(&notes.text);
    }
}

/// What a statement may speak of: a question, its words, and those of them that no other question has, which tell more
/// than words that all of them share.
struct Topic<'a> {
    question: &'a Asked,
    words: Keywords<&'a str>,
    own: Keywords<&'a str>,
}

impl<'a> Topic<'a> {
    fn all(asked: &[&'a Asked]) -> Vec<Self> {
        let others = |at: usize| asked.iter().enumerate().filter(move |(other, _)| *other != at);
        let topic = |(at, question): (usize, &&'a Asked)| {
            let words = question.words().keywords();
            Self { question, own: words.without(others(at).map(|(_, question)| question.words())), words }
        };
        asked.iter().enumerate().map(topic).collect()
    }
}

/// The questions that a statement speaks of.
fn topics(topics: &[Topic<'_>], statement: &Text) -> Vec<usize> {
    let (words, text) = (Words::of(&statement.text), Folded::new(&statement.text));
    let said = words.keywords();
    let scores = topics.iter().map(|Topic { question, words, own }| {
        question.terms().mentioned_in(&text) * 2 + own.shared(&said) + words.shared(&said)
    });
    let scores: Vec<usize> = scores.collect();
    let best = scores.iter().copied().max().unwrap_or_default();
    if best < 2 { Vec::new() } else { (0..scores.len()).filter(|at| scores[*at] == best).collect() }
}

/// What a statement answers.
fn read_statement(question: &Question, statement: &Text, place: Place) -> Option<LocatedAnswer> {
    let lower = statement.text.to_lowercase();
    let negative = ["no ", "zero ", "none", "without ", "not ", "keine ", "sin ", "sem ", "aucun"]
        .iter()
        .any(|word| lower.starts_with(word) || lower.contains(&format!(" {word}")));
    let unfinished = contains_any(&lower, &["not yet", "pending", "tbd", "todo", "to be decided"]);
    let verdict = match question.kind {
        _ if unfinished => return None,
        Kind::Disclosure if negative => Verdict::No,
        Kind::Disclosure | Kind::Scope => return None,
        Kind::Duty => Verdict::Yes,
    };
    let mut answer = LocatedAnswer::new(verdict, statement.text.clone(), place);
    // A statement was not written as an answer: only hard facts can speak against it.
    answer.implied = true;
    Some(answer)
}

/// What a principle's status and notes say to a question that the plan does not restate.
fn implied(question: &Question, declared: Option<Status>, notes: Option<&Text>, place: Place) -> Option<LocatedAnswer> {
    let verdict = match declared? {
        Status::Pass if question.kind == Kind::Disclosure => Verdict::No,
        Status::Pass => Verdict::Yes,
        Status::NotApplicable => Verdict::NotApplicable,
        Status::Attention | Status::Blocked | Status::Undecided => return None,
    };
    let mut answer = LocatedAnswer::new(verdict, notes.map(|notes| notes.text.clone()).unwrap_or_default(), place);
    answer.implied = true;
    if answer.claim == Claim::Unchanged {
        answer.claim = Claim::Planned;
    }
    Some(answer)
}
