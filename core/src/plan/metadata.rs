//! The lines under a plan's title.

use serde::{Deserialize, Serialize};

use super::Text;

/// Branch, date, spec and input, each as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Metadata {
    /// **Branch**, without backticks.
    pub branch: Option<Text>,
    /// **Date**, as written.
    pub date: Option<Text>,
    /// **Spec**: a link's target, or the path as written.
    pub spec: Option<Text>,
    /// **Input**, as written.
    pub input: Option<Text>,
}
