//! What a proof asks of the answer first, and how it hands over several contradictions.

use plangate_core::Span;
use plangate_core::evidence::{Evidence, Proof, QuestionContext};
use plangate_core::judgement::{Claim, LocatedAnswer};
use plangate_core::plan::Verdict;

use crate::passage::{Clause, Passage};

/// The answer, where it is a yes.
pub(crate) fn yes<'a>(cx: &QuestionContext<'a>) -> Option<&'a LocatedAnswer> {
    cx.answer.filter(|answer| answer.verdict == Verdict::Yes)
}

/// The answer, where it is a no.
pub(crate) fn no<'a>(cx: &QuestionContext<'a>) -> Option<&'a LocatedAnswer> {
    cx.answer.filter(|answer| answer.verdict == Verdict::No)
}

/// The answer, where it is a yes about what this feature will do. "Existing tests will cover it"
/// says nothing about tasks.md, so tasks.md can't contradict it.
pub(crate) fn planned_yes<'a>(cx: &QuestionContext<'a>) -> Option<&'a LocatedAnswer> {
    yes(cx).filter(|answer| {
        let clauses = Passage::folded(&answer.rationale, Span::default()).clauses();
        answer.claim == Claim::Planned && !clauses.iter().any(Clause::speaks_of_standing)
    })
}

/// Several contradictions, or none, as a proof.
pub(crate) fn contradicted_by(found: Vec<Evidence>) -> Proof {
    let mut proof = Proof::silent();
    proof.evidence = found;
    proof
}
