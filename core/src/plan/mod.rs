//! The typed model of one plan.md. Pure data: made by [`crate::parse`], read by every rule.

mod complexity_tracking;
mod constitution_check;
pub(crate) mod markdown;
mod metadata;
mod project_structure;
mod technical_context;

use serde::{Deserialize, Serialize};

pub use complexity_tracking::{ComplexityRow, ComplexityTracking};
pub use constitution_check::{
    Answer, AnsweredQuestion, AssessedPrinciple, ConstitutionCheck, Group, OverallStatus, Stage, Status, Verdict,
};
pub use metadata::Metadata;
pub use project_structure::{EntryKind, ProjectStructure, Tree, TreeEntry};
pub use technical_context::{Field, OtherField, TechnicalContext};

use crate::source::Span;

/// A piece of text and where it stands. In JSON it is the text alone; the node around it carries
/// the span.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
#[serde(from = "String", into = "String")]
pub struct Text {
    /// The text as written, without the Markdown around it, white space folded.
    pub text: String,
    /// Bytes in the document.
    pub span: Span,
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self { text, span: Span::default() }
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.text
    }
}

impl Text {
    /// A text at `span`.
    #[must_use]
    pub fn new(text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), span }
    }
}

/// The typed model of one plan.md.
///
/// ```
/// let plan = plangate_core::parse::plan("# Implementation Plan: Voting\n");
/// assert_eq!(plan.title.as_ref().map(|title| title.text.as_str()), Some("Voting"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Plan {
    /// The feature's name, from the first heading.
    pub title: Option<Text>,
    /// The lines under the title: branch, date, spec, input.
    pub metadata: Metadata,
    /// The Summary section's text.
    pub summary: Option<Text>,
    /// The Technical Context section; absent where the plan has none.
    pub technical_context: Option<TechnicalContext>,
    /// Every Constitution Check, in the plan's order.
    pub constitution_checks: Vec<ConstitutionCheck>,
    /// The Project Structure section; absent where the plan has none.
    pub project_structure: Option<ProjectStructure>,
    /// The Complexity Tracking section; absent where the plan has none.
    pub complexity_tracking: Option<ComplexityTracking>,
    /// Every heading of the plan, in its order.
    pub sections: Vec<Section>,
    /// What could not be read as it was meant.
    pub problems: Vec<Problem>,
}

/// A heading and what stands below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Section {
    /// The heading's text without marks of Markdown.
    pub title: String,
    /// 1 to 6.
    pub level: u8,
    /// From the heading to the next heading of the same or a higher level, in bytes.
    #[serde(default)]
    pub span: Span,
    /// The heading alone, in bytes.
    #[serde(default)]
    pub heading: Span,
}

/// Something that could not be read as it was meant: invalid UTF-8, an unclosed fence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes.
    #[serde(default)]
    pub span: Span,
    /// Whether what stands from there on was not read at all.
    #[serde(skip)]
    pub(crate) leaves_out: bool,
}

impl Problem {
    /// A problem at `span`.
    #[must_use]
    pub fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span, leaves_out: false }
    }

    /// More of something than is read; from `span` on it is left out.
    pub(crate) fn left_out(message: impl Into<String>, span: Span) -> Self {
        let message = format!("{}, and those from here on are not read", message.into());
        Self { leaves_out: true, ..Self::new(message, span) }
    }
}
