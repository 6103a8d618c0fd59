//! Reads spec.md.

use crate::document::Spec;
use crate::markdown::Markdown;

/// Reads the text of a spec.md. Never fails.
#[must_use]
pub fn spec(text: &str) -> Spec {
    let _markdown = Markdown::parse(text);
    Spec::default()
}
