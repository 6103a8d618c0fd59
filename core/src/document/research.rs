//! The model of research.md: decisions with their reasons.

use serde::{Deserialize, Serialize};

use crate::plan::Text;
use crate::source::Span;

/// The typed model of one research.md.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Research {
    /// The decisions in order.
    pub decisions: Vec<Decision>,
}

/// One decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Decision {
    /// The heading it stands under.
    pub title: String,
    /// **Decision**
    pub decision: Option<Text>,
    /// **Rationale**
    pub rationale: Option<Text>,
    /// **Alternatives considered**
    pub alternatives: Option<Text>,
    /// The whole decision in bytes.
    pub span: Span,
}
