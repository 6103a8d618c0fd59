//! The model of spec.md: user stories, requirements, entities.

use serde::{Deserialize, Serialize};

use crate::plan::Text;
use crate::source::Span;

/// The typed model of one spec.md.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Spec {
    /// The feature's name, from the first heading.
    pub title: Option<Text>,
    /// **Created**, as written.
    pub created: Option<Text>,
    /// **Status**, as written.
    pub status: Option<Text>,
    /// User stories in the spec's order.
    pub stories: Vec<Story>,
    /// Acceptance scenarios outside of any story.
    pub scenarios: Vec<Scenario>,
    /// FR-, NFR- and SC- definitions in the spec's order.
    pub requirements: Vec<Requirement>,
    /// Names of the Key Entities.
    pub entities: Vec<Text>,
    /// Bullets of the Clarifications section.
    pub clarifications: Vec<Text>,
    /// `[NEEDS CLARIFICATION …]` marks that are left.
    pub open_questions: Vec<Span>,
}

/// One user story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Story {
    /// The story's number, where its heading has one.
    pub number: Option<u32>,
    /// The heading without number and priority.
    pub title: String,
    /// `P1`, `P2`, … as the heading or a line below it says.
    pub priority: Option<Text>,
    /// What stands behind **Independent Test**.
    pub independent_test: Option<Text>,
    /// The acceptance scenarios.
    pub scenarios: Vec<Scenario>,
    /// The heading in bytes.
    pub heading: Span,
    /// The whole story in bytes.
    pub span: Span,
}

/// One acceptance scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Scenario {
    /// The scenario's text, white space folded.
    pub text: String,
    /// Given, When and Then all occur, in that order (translations count).
    pub complete: bool,
    /// The scenario in bytes.
    pub span: Span,
}

/// The series that an id belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RequirementKind {
    /// `FR-001`
    #[default]
    Functional,
    /// `NFR-001`
    NonFunctional,
    /// `SC-001`
    SuccessCriterion,
}

/// One requirement that the spec defines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Requirement {
    /// The id as written, such as `FR-001` or `FR-005a`.
    pub id: String,
    /// The series.
    pub kind: RequirementKind,
    /// What it demands, white space folded.
    pub text: String,
    /// The definition in bytes.
    pub span: Span,
}
