//! Whether a conditional question is asked: what its scope question was answered, or the documents say where no answer
//! was given.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::asked::Questions;
use super::{JudgedQuestion, Located};
use crate::evidence::{Proof, Says};
use crate::feature::Feature;
use crate::judgement::LocatedAnswer;
use crate::plan::Verdict;
use crate::principle::{Condition, Kind, Question};
use crate::source::Span;

/// The "no" that packs see as the answer to a scope question that the plan doesn't answer itself: a principle that is
/// declared passed says nothing about its scope.
pub(super) fn presumed(feature: &Feature, judged: &JudgedQuestion) -> Option<LocatedAnswer> {
    let is_said = |answer: &LocatedAnswer| !answer.implied || answer.verdict == Verdict::NotApplicable;
    if judged.kind != Kind::Scope || judged.evidence_only || judged.answer.as_ref().is_some_and(is_said) {
        return None;
    }
    let place = match &judged.answer {
        Some(answer) => answer.place.clone(),
        None => feature.plan_document().place(Span::default()),
    };
    let mut answer = LocatedAnswer::new(Verdict::No, "", place);
    answer.implied = true;
    Some(answer)
}

/// What is known of the scope questions.
pub(super) struct Scopes {
    questions: Questions,
    answers: HashMap<Cow<'static, str>, LocatedAnswer>,
    presumed: BTreeSet<Cow<'static, str>>,
    /// Those of them to which the documents say yes.
    shown: BTreeSet<Cow<'static, str>>,
}

impl Scopes {
    /// Takes what contradicts a presumed "no" for what it is: support of a yes.
    pub(super) fn of(located: &mut Located, proofs: &mut HashMap<Cow<'static, str>, Proof>) -> Self {
        let presumed = std::mem::take(&mut located.presumed);
        let mut shown = BTreeSet::new();
        for rule in &presumed {
            let Some(proof) = proofs.get_mut(rule).filter(|proof| proof.contradiction().is_some()) else { continue };
            shown.insert(rule.clone());
            for evidence in proof.evidence.iter_mut().filter(|evidence| evidence.says == Says::Contradicts) {
                evidence.says = Says::Supports;
            }
        }
        Self { questions: located.questions.clone(), answers: std::mem::take(&mut located.answers), presumed, shown }
    }

    /// Whether the question's condition does not hold. Where nobody knows whether it does, a question is asked that the
    /// plan itself answers.
    pub(super) fn close(&self, question: &Question, answer: Option<&LocatedAnswer>) -> bool {
        match &question.when {
            None => false,
            // A scope question of a pack that is not active closes what stands behind it.
            Some(Condition::Scope(scope)) if self.questions.get(scope).is_none() => true,
            Some(Condition::Scope(scope)) if self.presumed.contains(scope) => {
                !self.shown.contains(scope) && answer.is_none_or(|answer| answer.implied)
            }
            Some(Condition::Scope(scope)) => {
                let denied = |answer: &LocatedAnswer| matches!(answer.verdict, Verdict::No | Verdict::NotApplicable);
                self.answers.get(scope).is_some_and(denied)
            }
        }
    }
}
