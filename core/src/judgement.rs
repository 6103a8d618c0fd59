//! How one question is judged: an answer and its evidence → an [`Outcome`].

use serde::{Deserialize, Serialize};

use crate::diagnostic::Place;
use crate::plan::Verdict;
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
    /// Given by statements or a principle's notes instead of an answer: never open.
    pub implied: bool,
}

impl LocatedAnswer {
    /// An answer at `place` that restates its question there, and claims that something is planned.
    #[must_use]
    pub fn new(verdict: Verdict, rationale: impl Into<String>, place: Place) -> Self {
        let question = place.span;
        Self { verdict, rationale: rationale.into(), claim: Claim::Planned, place, question, implied: false }
    }
}
