//! Reads constitution.md.

use crate::document::Constitution;
use crate::markdown::Markdown;

/// Reads the text of a constitution.md. Never fails.
#[must_use]
pub fn constitution(text: &str) -> Constitution {
    let _markdown = Markdown::parse(text);
    Constitution::default()
}
