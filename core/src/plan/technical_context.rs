//! The Technical Context: nine fields of the template, and whatever else a plan states.

use serde::{Deserialize, Serialize};

use super::Text;
use crate::source::Span;

/// One field's value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Field {
    /// The whole value, white space folded; the items of a list joined by `; `.
    pub text: String,
    /// The value's parts: the items of a list, or what commas and semicolons separate outside of
    /// brackets and code.
    pub items: Vec<Text>,
    /// The value in bytes.
    pub span: Span,
}

/// A field that the template does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OtherField {
    /// The key as written.
    pub key: String,
    /// Its value.
    pub value: Field,
}

/// The Technical Context section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct TechnicalContext {
    /// **Language/Version**
    pub language_version: Option<Field>,
    /// **Primary Dependencies**
    pub primary_dependencies: Option<Field>,
    /// **Storage**
    pub storage: Option<Field>,
    /// **Testing**
    pub testing: Option<Field>,
    /// **Target Platform**
    pub target_platform: Option<Field>,
    /// **Project Type**
    pub project_type: Option<Field>,
    /// **Performance Goals**
    pub performance_goals: Option<Field>,
    /// **Constraints**
    pub constraints: Option<Field>,
    /// **Scale/Scope**
    pub scale_scope: Option<Field>,
    /// Fields that the template does not know, in the plan's order.
    pub other: Vec<OtherField>,
    /// The section in bytes.
    pub span: Span,
}

impl TechnicalContext {
    /// The field of the template that goes by `key`.
    pub(crate) fn field_mut(&mut self, key: &str) -> Option<&mut Option<Field>> {
        Some(match key {
            "Language/Version" => &mut self.language_version,
            "Primary Dependencies" => &mut self.primary_dependencies,
            "Storage" => &mut self.storage,
            "Testing" => &mut self.testing,
            "Target Platform" => &mut self.target_platform,
            "Project Type" => &mut self.project_type,
            "Performance Goals" => &mut self.performance_goals,
            "Constraints" => &mut self.constraints,
            "Scale/Scope" => &mut self.scale_scope,
            _ => return None,
        })
    }

    /// The nine fields of the template with the keys that it uses, in its order.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Option<&Field>)> {
        [
            ("Language/Version", self.language_version.as_ref()),
            ("Primary Dependencies", self.primary_dependencies.as_ref()),
            ("Storage", self.storage.as_ref()),
            ("Testing", self.testing.as_ref()),
            ("Target Platform", self.target_platform.as_ref()),
            ("Project Type", self.project_type.as_ref()),
            ("Performance Goals", self.performance_goals.as_ref()),
            ("Constraints", self.constraints.as_ref()),
            ("Scale/Scope", self.scale_scope.as_ref()),
        ]
        .into_iter()
    }
}
