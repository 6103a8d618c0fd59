//! Complexity Tracking: the violations that the plan justifies.

use serde::{Deserialize, Serialize};

use super::Text;
use crate::source::Span;

/// One justification.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct ComplexityRow {
    /// What is violated.
    pub violation: Text,
    /// Why it is needed.
    pub why_needed: Text,
    /// Why the simpler alternative was rejected.
    pub simpler_alternative: Text,
    /// The row in bytes.
    pub span: Span,
}

/// The Complexity Tracking section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct ComplexityTracking {
    /// The justifications, rows that say "none" left out.
    pub rows: Vec<ComplexityRow>,
    /// What the section says beside the table, or the row that says "none".
    pub statement: Option<Text>,
    /// The section in bytes.
    pub span: Span,
}
