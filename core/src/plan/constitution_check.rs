//! The Constitution Check: principles with their statuses, questions with their answers, a verdict.

use serde::{Deserialize, Serialize};

use super::Text;
use crate::source::Span;

/// A principle's or the gate's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// ✅
    Pass,
    /// ⚠️
    Attention,
    /// ❌
    Blocked,
    /// The principle does not concern the feature.
    NotApplicable,
    /// Nobody has chosen yet: the template's options, `[ ]`, TODO, PENDING.
    Undecided,
}

impl Status {
    /// The word that stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Attention => "attention",
            Self::Blocked => "blocked",
            Self::NotApplicable => "not-applicable",
            Self::Undecided => "undecided",
        }
    }

    /// The mark that the template uses.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Pass => "✅",
            Self::Attention => "⚠️",
            Self::Blocked => "❌",
            Self::NotApplicable => "N/A",
            Self::Undecided => "?",
        }
    }
}

/// When a check was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Before Phase 0.
    BeforeResearch,
    /// After Phase 1: a re-check.
    AfterDesign,
    /// The plan does not say, or the check stands for both.
    #[default]
    Unknown,
}

/// What a plan says to a question, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question does not concern the feature.
    NotApplicable,
    /// There is no answer yet.
    #[default]
    Open,
}

impl Verdict {
    /// The word that stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotApplicable => "not-applicable",
            Self::Open => "open",
        }
    }
}

/// One assessment of the constitution: the section "Constitution Check", or a re-check of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct ConstitutionCheck {
    /// The heading or the label that opens the check.
    pub title: Text,
    /// When the check was made.
    pub stage: Stage,
    /// The version of the constitution that the check names, such as `2.1.0`.
    pub version: Option<Text>,
    /// Groups of principles, such as "MVP Principles (v1.0.0)".
    pub groups: Vec<Group>,
    /// The principles that the check assesses, in its order.
    pub principles: Vec<AssessedPrinciple>,
    /// The gate's verdict.
    pub overall: Option<OverallStatus>,
    /// The check in bytes, its heading included.
    pub span: Span,
}

/// A heading over several principles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Group {
    /// The heading without its version.
    pub title: String,
    /// The version in it, such as `1.0.0`.
    pub version: Option<String>,
    /// The heading in bytes.
    pub span: Span,
}

/// One principle as a check assesses it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct AssessedPrinciple {
    /// The numeral as written, such as `IV` or `4`.
    pub ordinal: Option<String>,
    /// The name without numeral and marks.
    pub name: String,
    /// Title of the group it stands in.
    pub group: Option<String>,
    /// The status, where one is written.
    pub status: Option<Status>,
    /// The status as it stands in the plan.
    pub raw_status: Option<Text>,
    /// The alternatives that nobody chose from, where the status is undecided by that.
    pub options: Vec<Status>,
    /// What the plan says beside the status.
    pub notes: Option<Text>,
    /// The questions that the plan restates, with their answers.
    pub questions: Vec<AnsweredQuestion>,
    /// Bullets that state something instead of answering.
    pub statements: Vec<Text>,
    /// The name with its numeral, in bytes: where a finding points.
    pub heading: Span,
    /// The whole assessment in bytes.
    pub span: Span,
}

/// A question that the plan restates, with its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct AnsweredQuestion {
    /// The question's text.
    pub text: String,
    /// What the plan says to it.
    pub answer: Answer,
    /// The whole bullet in bytes.
    pub span: Span,
}

/// What the plan says to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Answer {
    /// The answer in one word.
    pub verdict: Verdict,
    /// The rest of the answer; empty for a bare "yes".
    pub rationale: String,
    /// The answer in bytes; empty behind the question where there is none.
    pub span: Span,
}

/// The gate's verdict as the plan states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct OverallStatus {
    /// The normalised status; absent where the words are not known.
    pub status: Option<Status>,
    /// The verdict as it stands.
    pub raw: String,
    /// What follows it.
    pub rationale: String,
    /// The verdict's line in bytes.
    pub span: Span,
}
