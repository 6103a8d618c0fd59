//! The Project Structure: directory trees and the decision for one of them.

use serde::{Deserialize, Serialize};

use super::Text;
use crate::source::Span;

/// Whether a line of a tree names a folder or a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// It ends in a slash, or something stands below it.
    Directory,
    /// Anything else.
    #[default]
    File,
}

/// One line of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct TreeEntry {
    /// Path from the tree's top, its root included, with `/`, without a trailing slash.
    pub path: String,
    /// Folder or file.
    pub kind: EntryKind,
    /// What stands behind `#`, `//`, `←` or `—` on the line.
    pub comment: Option<String>,
    /// The name in bytes.
    pub span: Span,
}

/// One drawn directory tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Tree {
    /// The first line's folder, where everything else stands below it.
    pub root: Option<String>,
    /// Every line that names a path, in the tree's order.
    pub entries: Vec<TreeEntry>,
    /// The drawing in bytes.
    pub span: Span,
}

/// The Project Structure section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct ProjectStructure {
    /// The feature's own documents.
    pub documentation: Option<Tree>,
    /// The source trees.
    pub source: Vec<Tree>,
    /// The **Structure Decision**.
    pub decision: Option<Text>,
    /// The section in bytes.
    pub span: Span,
}
