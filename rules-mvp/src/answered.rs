//! What a proof asks of the answer first, and how it hands over several contradictions.

use plangate_core::Span;
use plangate_core::evidence::{Evidence, Proof, QuestionContext};
use plangate_core::judgement::{Claim, LocatedAnswer};
use plangate_core::plan::Verdict;

use crate::passage::{Clause, Passage};

/// How many places of one kind a proof shows.
const SHOWN: usize = 3;

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

/// The first contradictions as a proof; the first one's note tells how many there are.
pub(crate) fn first_of(mut found: Vec<Evidence>) -> Proof {
    let all = found.len();
    found.truncate(SHOWN);
    if let Some(first) = found.first_mut().filter(|_| all > 1) {
        first.note.push_str(&format!(" (the first of {all})"));
    }
    let mut proof = Proof::silent();
    proof.evidence = found;
    proof
}

#[cfg(test)]
mod tests {
    use plangate_core::diagnostic::Place;

    use super::*;

    #[test]
    fn the_first_of_many_says_how_many() {
        let found = (0..5).map(|at| Evidence::contradicts(Place::new("a.md", Span::at(at)), "it is so")).collect();
        let proof = first_of(found);
        assert_eq!(proof.evidence.len(), SHOWN);
        assert_eq!(proof.evidence[0].note, "it is so (the first of 5)");
        assert_eq!(proof.evidence[1].note, "it is so");
    }

    #[test]
    fn a_single_one_is_not_counted() {
        let one = Evidence::contradicts(Place::new("a.md", Span::at(0)), "it is so");
        assert_eq!(first_of(vec![one]).evidence[0].note, "it is so");
    }
}
