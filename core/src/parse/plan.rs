//! Reads plan.md.

use crate::markdown::Markdown;
use crate::plan::Plan;

/// Reads the text of a plan.md. Never fails.
#[must_use]
pub fn plan(text: &str) -> Plan {
    let markdown = Markdown::parse(text);
    Plan { sections: markdown.sections(), ..Plan::default() }
}
