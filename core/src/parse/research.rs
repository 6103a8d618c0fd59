//! Reads research.md.

use crate::document::Research;
use crate::markdown::Markdown;

/// Reads the text of a research.md. Never fails.
#[must_use]
pub fn research(text: &str) -> Research {
    let _markdown = Markdown::parse(text);
    Research::default()
}
