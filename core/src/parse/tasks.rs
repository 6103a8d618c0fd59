//! Reads tasks.md.

use crate::document::Tasks;
use crate::markdown::Markdown;

/// Reads the text of a tasks.md. Never fails.
#[must_use]
pub fn tasks(text: &str) -> Tasks {
    let _markdown = Markdown::parse(text);
    Tasks::default()
}
