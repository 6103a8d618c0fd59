//! How one question is judged: an answer and its evidence → an [`Outcome`].

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Place, Severity};
use crate::evidence::{Concerns, Proof};
use crate::matching::Phrases;
use crate::plan::Verdict;
use crate::principle::Kind;
use crate::source::Span;

/// What became of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No answer, or the template's text untouched.
    Open,
    /// Evidence contradicts the answer.
    Contradicted,
    /// A duty answered no, or a disclosed pattern, without a justification.
    Unmet,
    /// The same with a complete Complexity Tracking row.
    Justified,
    /// Not applicable, or a bare yes, without a reason.
    Unexplained,
    /// Yes, and nothing in the feature or the repository speaks of it.
    Unsupported,
    /// A good answer.
    Met,
    /// The question was not asked: closed by its scope question, or nobody assessed the principle.
    NotAsked,
    /// It needs a part that is unknown.
    NotJudged,
}

impl Outcome {
    /// The word that stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Contradicted => "contradicted",
            Self::Unmet => "unmet",
            Self::Justified => "justified",
            Self::Unexplained => "unexplained",
            Self::Unsupported => "unsupported",
            Self::Met => "met",
            Self::NotAsked => "not-asked",
            Self::NotJudged => "not-judged",
        }
    }

    /// The most that a finding of this outcome weighs; `None` where there is no finding.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Open | Self::Contradicted | Self::Unmet => Some(Severity::Error),
            Self::Unexplained | Self::Unsupported => Some(Severity::Warning),
            Self::Justified => Some(Severity::Info),
            Self::Met | Self::NotAsked | Self::NotJudged => None,
        }
    }
}

/// What an answer claims the proof of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// The documents: it is planned.
    #[default]
    Planned,
    /// The repository: "already configured", "existing".
    Existing,
    /// Nothing changes: never unsupported, held against the repository only where a tool is named.
    Unchanged,
}

impl Claim {
    /// What an answer's words claim.
    ///
    /// ```
    /// use plangate_core::judgement::Claim;
    /// assert_eq!(Claim::of("already configured with Husky"), Claim::Existing);
    /// assert_eq!(Claim::of("existing CORS unchanged"), Claim::Unchanged);
    /// assert_eq!(Claim::of("will be configured in Phase 0"), Claim::Planned);
    /// ```
    #[must_use]
    pub fn of(rationale: &str) -> Self {
        let lower = rationale.to_lowercase();
        let phrases = Phrases::of(&lower);
        let has = |words: &[&str]| phrases.any(words);
        if has(&[
            "unchanged", "no change", "no new ", "not changed", "not modified", "unaffected", "remains", "remain ",
            "sin cambios", "no cambia", "sem alteraç", "inchangé", "unverändert", "bez zmian", "без изменений",
            "変更なし", "不变", "無變更", "无变更", "변경 없음",
        ]) {
            Self::Unchanged
        } else if has(&["will be", "will ", "planned", "to be added", "to be configured", "new "]) {
            Self::Planned
        } else if has(&[
            "already", "existing", "exists", "in place", "currently", "previously", "inherited", "in feature #",
            "ya existe", "ya está", "ya configurad", "existente", "já existe", "já configurad", "déjà", "existant",
            "bereits", "vorhanden", "już", "istniej", "уже", "既存", "既に", "已有", "已配置", "既有", "기존", "이미",
        ]) {
            Self::Existing
        } else {
            Self::Planned
        }
    }
}

/// A question's answer and where the plan gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LocatedAnswer {
    /// The answer in one word.
    pub verdict: Verdict,
    /// The rest of the answer; the principle's notes where the plan restates no question.
    pub rationale: String,
    /// What the answer claims.
    pub claim: Claim,
    /// Where the answer stands.
    pub place: Place,
    /// The bullet that restates the question, or the principle's heading.
    pub question: Span,
    /// Given by a principle's notes instead of an answer: never open, unexplained or unsupported.
    pub implied: bool,
}

impl LocatedAnswer {
    /// An answer at `place`.
    #[must_use]
    pub fn new(verdict: Verdict, rationale: impl Into<String>, place: Place) -> Self {
        let rationale = rationale.into();
        let (claim, question) = (Claim::of(&rationale), place.span);
        Self { verdict, rationale, claim, place, question, implied: false }
    }
}

/// What a question is judged by.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Case<'a> {
    /// How it is judged.
    pub kind: Kind,
    /// Whether its condition holds.
    pub asked: bool,
    /// The plan's answer.
    pub answer: Option<&'a LocatedAnswer>,
    /// What was found outside of the answer.
    pub proof: &'a Proof,
    /// Whether a complete row of Complexity Tracking speaks of it.
    pub justified: bool,
    /// Whether documents that could support it are due.
    pub due: bool,
    /// Whether plans never see the question: what they declare of the principle is the answer.
    pub evidence_only: bool,
}

impl<'a> Case<'a> {
    /// A question that is asked, with no justification, its documents due.
    #[must_use]
    pub fn new(kind: Kind, answer: Option<&'a LocatedAnswer>, proof: &'a Proof) -> Self {
        Self { kind, asked: true, answer, proof, justified: false, due: true, evidence_only: false }
    }
}

/// Judges one question. The first outcome that fits counts.
#[must_use]
pub fn judge(case: &Case<'_>) -> Outcome {
    match case.proof.concerns {
        _ if !case.asked => return Outcome::NotAsked,
        Concerns::No => return Outcome::NotAsked,
        Concerns::Unknown => return Outcome::NotJudged,
        Concerns::Yes => {}
    }
    let Some(answer) = case.answer else { return Outcome::Open };
    if case.evidence_only {
        return declared(case, answer);
    }
    if answer.implied {
        let claimed = case.kind == Kind::Duty && answer.verdict == Verdict::Yes;
        return if claimed && case.proof.contradiction().is_some() { Outcome::Contradicted } else { Outcome::Met };
    }
    match (case.kind, answer.verdict) {
        (_, Verdict::Open) => Outcome::Open,
        (Kind::Duty, Verdict::Yes) | (Kind::Scope, Verdict::Yes | Verdict::No) | (Kind::Disclosure, Verdict::No)
            if case.proof.contradiction().is_some() =>
        {
            Outcome::Contradicted
        }
        (Kind::Duty, Verdict::No) | (Kind::Disclosure, Verdict::Yes) => {
            if case.justified {
                Outcome::Justified
            } else {
                Outcome::Unmet
            }
        }
        (Kind::Duty, Verdict::NotApplicable) => {
            if answer.rationale.trim().is_empty() {
                Outcome::Unexplained
            } else {
                Outcome::Met
            }
        }
        (Kind::Duty, Verdict::Yes) => affirmed(case, answer),
        (Kind::Scope, _) | (Kind::Disclosure, Verdict::No | Verdict::NotApplicable) => Outcome::Met,
    }
}

/// A question that the plan never sees: facts contradict what is declared, and a lack of support is told.
fn declared(case: &Case<'_>, answer: &LocatedAnswer) -> Outcome {
    let claims = match case.kind {
        Kind::Duty => answer.verdict == Verdict::Yes,
        Kind::Disclosure => answer.verdict == Verdict::No,
        Kind::Scope => false,
    };
    if claims && case.proof.contradiction().is_some() {
        return Outcome::Contradicted;
    }
    if !claims || case.kind == Kind::Disclosure || case.proof.is_supported() || answer.claim == Claim::Unchanged {
        return Outcome::Met;
    }
    match case.proof.unknown.is_empty() {
        false => Outcome::NotJudged,
        true if case.due => Outcome::Unsupported,
        true => Outcome::Met,
    }
}

/// A duty answered yes, with nothing against it.
fn affirmed(case: &Case<'_>, answer: &LocatedAnswer) -> Outcome {
    if case.proof.is_supported() || answer.claim == Claim::Unchanged {
        Outcome::Met
    } else if !case.proof.unknown.is_empty() {
        Outcome::NotJudged
    } else if answer.rationale.trim().is_empty() {
        Outcome::Unexplained
    } else if case.due {
        Outcome::Unsupported
    } else {
        Outcome::Met
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::Part;
    use crate::source::Span;

    fn place() -> Place {
        Place::new("plan.md", Span::new(0, 1))
    }

    fn answer(verdict: Verdict, rationale: &str) -> LocatedAnswer {
        LocatedAnswer::new(verdict, rationale, place())
    }

    #[test]
    fn the_first_outcome_that_fits_counts() {
        use Kind::{Disclosure, Duty, Scope};
        use Verdict::{No, NotApplicable, Open, Yes};
        let silent = Proof::silent();
        let supported = Proof::supports(place(), "said");
        let contradicted = Proof::contradicts(place(), "it is not so");
        let unknown = Proof { unknown: vec![Part::Tasks], ..Proof::default() };
        for (kind, verdict, rationale, proof, justified, expected) in [
            (Duty, Open, "", &silent, false, Outcome::Open),
            (Duty, Open, "later", &contradicted, false, Outcome::Open),
            (Duty, Yes, "in T001", &contradicted, true, Outcome::Contradicted),
            (Duty, Yes, "in T001", &supported, false, Outcome::Met),
            (Duty, Yes, "", &supported, false, Outcome::Met),
            (Duty, Yes, "", &silent, false, Outcome::Unexplained),
            (Duty, Yes, "in the plan", &silent, false, Outcome::Unsupported),
            (Duty, Yes, "in the plan", &unknown, false, Outcome::NotJudged),
            (Duty, Yes, "existing CORS unchanged", &silent, false, Outcome::Met),
            (Duty, No, "no time", &contradicted, false, Outcome::Unmet),
            (Duty, No, "no time", &silent, true, Outcome::Justified),
            (Duty, NotApplicable, "", &silent, false, Outcome::Unexplained),
            (Duty, NotApplicable, "no input", &contradicted, false, Outcome::Met),
            (Scope, No, "", &silent, false, Outcome::Met),
            (Scope, Yes, "", &silent, false, Outcome::Met),
            (Scope, No, "", &contradicted, false, Outcome::Contradicted),
            (Scope, NotApplicable, "", &silent, false, Outcome::Met),
            (Disclosure, No, "", &silent, false, Outcome::Met),
            (Disclosure, No, "", &contradicted, false, Outcome::Contradicted),
            (Disclosure, Yes, "a saga", &silent, false, Outcome::Unmet),
            (Disclosure, Yes, "a saga", &silent, true, Outcome::Justified),
        ] {
            let answer = answer(verdict, rationale);
            let case = Case { justified, ..Case::new(kind, Some(&answer), proof) };
            assert_eq!(judge(&case), expected, "{kind:?} {verdict:?} {rationale:?} {justified}");
        }
    }

    #[test]
    fn an_outcome_weighs_what_the_contract_says() {
        use Severity::{Error, Info, Warning};
        for (outcome, word, severity) in [
            (Outcome::Open, "open", Some(Error)),
            (Outcome::Contradicted, "contradicted", Some(Error)),
            (Outcome::Unmet, "unmet", Some(Error)),
            (Outcome::Justified, "justified", Some(Info)),
            (Outcome::Unexplained, "unexplained", Some(Warning)),
            (Outcome::Unsupported, "unsupported", Some(Warning)),
            (Outcome::Met, "met", None),
            (Outcome::NotAsked, "not-asked", None),
            (Outcome::NotJudged, "not-judged", None),
        ] {
            assert_eq!((outcome.as_str(), outcome.severity()), (word, severity));
        }
    }

    #[test]
    fn what_is_not_asked_is_not_judged() {
        let proof = Proof::contradicts(place(), "it is not so");
        let answer = answer(Verdict::Yes, "");
        assert_eq!(judge(&Case { asked: false, ..Case::new(Kind::Duty, Some(&answer), &proof) }), Outcome::NotAsked);
        assert_eq!(judge(&Case::new(Kind::Duty, None, &proof)), Outcome::Open);
    }

    #[test]
    fn before_design_nothing_has_to_support_an_answer() {
        let proof = Proof::silent();
        let answer = answer(Verdict::Yes, "in the plan");
        let early = Case { due: false, ..Case::new(Kind::Duty, Some(&answer), &proof) };
        assert_eq!(judge(&early), Outcome::Met);
        assert_eq!(judge(&Case { evidence_only: true, ..early }), Outcome::Met);
    }

    #[test]
    fn a_question_that_plans_never_see_is_held_against_facts_alone() {
        use Kind::{Disclosure, Duty, Scope};
        use Verdict::{No, NotApplicable, Open, Yes};
        let silent = Proof::silent();
        let supported = Proof::supports(place(), "said");
        let contradicted = Proof::contradicts(place(), "it is not so");
        let unknown = Proof { unknown: vec![Part::Tasks], ..Proof::default() };
        for (kind, verdict, proof, expected) in [
            (Duty, Yes, &contradicted, Outcome::Contradicted),
            (Duty, Yes, &silent, Outcome::Unsupported),
            (Duty, Yes, &unknown, Outcome::NotJudged),
            (Duty, Yes, &supported, Outcome::Met),
            (Duty, No, &contradicted, Outcome::Met),
            (Duty, NotApplicable, &contradicted, Outcome::Met),
            (Duty, Open, &silent, Outcome::Met),
            (Disclosure, No, &contradicted, Outcome::Contradicted),
            (Disclosure, Yes, &silent, Outcome::Met),
            (Scope, No, &contradicted, Outcome::Met),
        ] {
            let answer = LocatedAnswer { implied: true, ..answer(verdict, "") };
            let case = Case { evidence_only: true, ..Case::new(kind, Some(&answer), proof) };
            assert_eq!(judge(&case), expected, "{kind:?} {verdict:?}");
        }
    }

    #[test]
    fn a_question_that_does_not_concern_the_repository_is_not_asked() {
        let answer = answer(Verdict::No, "");
        for (concerns, expected) in [
            (Concerns::Yes, Outcome::Unmet),
            (Concerns::No, Outcome::NotAsked),
            (Concerns::Unknown, Outcome::NotJudged),
        ] {
            let proof = Proof { concerns, ..Proof::default() };
            assert_eq!(judge(&Case::new(Kind::Duty, Some(&answer), &proof)), expected);
        }
    }

    #[test]
    fn an_implied_answer_falls_by_hard_facts_alone() {
        let implied = |verdict| LocatedAnswer { implied: true, ..answer(verdict, "") };
        let (yes, exempt) = (implied(Verdict::Yes), implied(Verdict::NotApplicable));
        let contradicted = Proof::contradicts(place(), "it is not so");
        assert_eq!(judge(&Case::new(Kind::Duty, Some(&yes), &Proof::silent())), Outcome::Met);
        assert_eq!(judge(&Case::new(Kind::Duty, Some(&yes), &contradicted)), Outcome::Contradicted);
        assert_eq!(judge(&Case::new(Kind::Scope, Some(&yes), &contradicted)), Outcome::Met);
        assert_eq!(judge(&Case::new(Kind::Duty, Some(&exempt), &contradicted)), Outcome::Met);
    }
}
