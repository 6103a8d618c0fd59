//! The model of one file under contracts/.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// What kind of interface a contract describes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ContractKind {
    /// OpenAPI or Swagger.
    OpenApi,
    /// AsyncAPI, or a description of events and sockets.
    Events,
    /// GraphQL.
    GraphQl,
    /// Protocol Buffers.
    Protobuf,
    /// JSON Schema.
    JsonSchema,
    /// Prose, usually Markdown.
    #[default]
    Prose,
    /// Code: interfaces, types, signatures.
    Code,
}

/// The typed model of one contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Contract {
    /// What it describes.
    pub kind: ContractKind,
    /// Its operations in order.
    pub operations: Vec<Operation>,
}

/// One operation of a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Operation {
    /// `POST /polls`, an event's, a query's or a method's name.
    pub name: String,
    /// Where it is defined, in bytes.
    pub span: Span,
}
