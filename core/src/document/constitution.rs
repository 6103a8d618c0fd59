//! The model of constitution.md: principles, their MUST rules, the version.

use serde::{Deserialize, Serialize};

use crate::plan::{Problem, Text};
use crate::source::Span;

/// The typed model of one constitution.md.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Constitution {
    /// The first heading.
    pub title: Option<Text>,
    /// The version, such as `2.1.0`.
    pub version: Option<Text>,
    /// **Ratified**, as written.
    pub ratified: Option<Text>,
    /// **Last Amended**, as written.
    pub amended: Option<Text>,
    /// The principles in order.
    pub principles: Vec<ConstitutionPrinciple>,
    /// Titles of the other sections: constraints, workflow, governance.
    pub sections: Vec<Text>,
    /// What the Sync Impact Report says of the last amendment.
    pub amendment: Option<Amendment>,
    /// Whether it is still the untouched template.
    pub unfilled: bool,
    /// What could not be read as it was meant.
    pub problems: Vec<Problem>,
}

/// One principle of a constitution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct ConstitutionPrinciple {
    /// The numeral as written, such as `IV` or `4`.
    pub ordinal: Option<String>,
    /// The name without numeral and "(NON-NEGOTIABLE)".
    pub name: String,
    /// Called NON-NEGOTIABLE, in any of the languages of the formats page.
    pub non_negotiable: bool,
    /// Sentences with MUST (or its translation in capitals).
    pub rules: Vec<Text>,
    /// The heading in bytes.
    pub heading: Span,
    /// The whole principle in bytes.
    pub span: Span,
}

/// The last amendment, from the Sync Impact Report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Amendment {
    /// The version before it.
    pub from: Option<String>,
    /// The version after it.
    pub to: Option<String>,
    /// Names of added principles, as written.
    pub added: Vec<String>,
    /// Names of changed principles, as written.
    pub modified: Vec<String>,
}
