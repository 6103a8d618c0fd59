//! The model of data-model.md: the entities that it defines.

use serde::{Deserialize, Serialize};

use crate::plan::Text;
use crate::source::Span;

/// The typed model of one data-model.md.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct DataModel {
    /// Entities, tables, collections in order.
    pub entities: Vec<Entity>,
}

/// One entity, table or collection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Entity {
    /// Its name without marks, such as `Poll`.
    pub name: String,
    /// Names of its fields, as far as a table or list gives them.
    pub fields: Vec<Text>,
    /// Its heading in bytes.
    pub heading: Span,
    /// The whole entity in bytes.
    pub span: Span,
}
