//! Emitters: from a [`Report`] to bytes, plan by plan. They know neither rules nor plans: what they say
//! of rules is the data of the [`catalogue`](crate::catalogue).

#[cfg(feature = "emit")]
mod agent;
#[cfg(feature = "emit")]
mod concise;
#[cfg(feature = "emit")]
mod excerpt;
#[cfg(feature = "emit")]
mod github;
#[cfg(feature = "emit")]
mod gitlab;
#[cfg(feature = "emit")]
mod html;
mod json;
mod json_lines;
#[cfg(feature = "emit")]
mod junit;
#[cfg(feature = "emit")]
mod markdown;
#[cfg(feature = "emit")]
mod sarif;
#[cfg(feature = "emit")]
mod table;
#[cfg(feature = "emit")]
mod text;
#[cfg(feature = "emit")]
mod words;

use std::borrow::Cow;
#[cfg(feature = "emit")]
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;

#[cfg(feature = "emit")]
pub use agent::Agent;
#[cfg(feature = "emit")]
pub use concise::Concise;
#[cfg(feature = "emit")]
pub use github::Github;
#[cfg(feature = "emit")]
pub use gitlab::Gitlab;
#[cfg(feature = "emit")]
pub use html::Html;
pub use json::Json;
pub use json_lines::JsonLines;
#[cfg(feature = "emit")]
pub use junit::Junit;
#[cfg(feature = "emit")]
pub use markdown::{Markdown, MarkdownOptions};
#[cfg(feature = "emit")]
pub use sarif::Sarif;
#[cfg(feature = "emit")]
pub use text::{Statistics, Text, TextOptions};

use crate::report::{PlanReport, Report, Sources};
#[cfg(feature = "emit")]
use crate::source::Span;

/// Writes a report in one form, plan by plan: what it keeps of a plan is little, so that a run over
/// many thousands of plans needs no more memory than one over a few.
///
/// [`emit`](fn@emit) drives it where the whole report is at hand.
pub trait Emitter {
    /// Opens what is written. Of `report` everything is final but its plans, failures and summary.
    ///
    /// # Errors
    /// What the writer says.
    fn begin(&mut self, report: &Report) -> io::Result<()>;

    /// Writes one plan; plans come in the order of their paths. `sources` give the excerpts: a place
    /// whose text is not among them is shown without one.
    ///
    /// # Errors
    /// What the writer says.
    fn plan(&mut self, plan: &PlanReport, sources: &Sources<'_>) -> io::Result<()>;

    /// Closes what is written. The plans of `report` were given before and may be missing in it.
    ///
    /// # Errors
    /// What the writer says.
    fn end(&mut self, report: &Report) -> io::Result<()>;
}

/// Writes a whole report.
///
/// ```
/// use plangate_core::emit::{Json, emit};
/// use plangate_core::report::{Report, Sources};
/// let mut out = Vec::new();
/// emit(&Report::new(Vec::new(), Vec::new()), &Sources::default(), &mut Json::new(&mut out))?;
/// assert!(out.starts_with(b"{\n  \"schema_version\": 1,"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// What the writer says.
pub fn emit(report: &Report, sources: &Sources<'_>, emitter: &mut dyn Emitter) -> io::Result<()> {
    emitter.begin(report)?;
    report.plans.iter().try_for_each(|plan| emitter.plan(plan, sources))?;
    emitter.end(report)
}

/// Makes what a document says safe for a terminal, and one line: control characters become symbols
/// (ESC is `␛`), marks that turn the direction of text become `�`, and white space becomes a space.
///
/// ```
/// use plangate_core::emit::visible;
/// assert_eq!(visible("\u{1b}[2Jgone\nnot"), "␛[2Jgone not");
/// assert_eq!(visible("ürün ✅"), "ürün ✅");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|letter| symbol(letter).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|letter| if letter.is_whitespace() { ' ' } else { symbol(letter).unwrap_or(letter) })
            .collect(),
    )
}

/// What stands for a character that a terminal would obey instead of showing it.
fn symbol(letter: char) -> Option<char> {
    match letter {
        '\u{7f}' => Some('␡'),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + letter as u32),
        // Next line, single characters that begin a control sequence, and the like.
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        // Line and paragraph separators, marks and overrides of the direction.
        '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200e}' | '\u{200f}' => Some('\u{fffd}'),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        _ => None,
    }
}

/// Every span that must not be printed by path, whichever finding of the plan knows of it.
#[cfg(feature = "emit")]
fn redactions(plan: &PlanReport) -> HashMap<&str, Vec<Span>> {
    let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
    let findings = plan.findings.iter().map(|finding| (finding.path.as_str(), &finding.redact));
    let evidence = plan.evidence().map(|evidence| (evidence.path.as_str(), &evidence.redact));
    for (path, redact) in findings.chain(evidence).filter(|(_, redact)| !redact.is_empty()) {
        spans.entry(path).or_default().extend(redact);
    }
    spans
}

/// JSON in which no control character and no mark of direction stands as itself: they are escaped, so
/// that the value is the same and a terminal that shows it obeys nothing.
///
/// ```
/// assert_eq!(plangate_core::emit::json_text(&"\u{1b}[2J\u{9b}2J", false)?, r#""\u001b[2J\u009b2J""#);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Where the value can't be written as JSON.
pub fn json_text(value: &impl serde::Serialize, pretty: bool) -> io::Result<String> {
    let text = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) }?;
    // Line ends of the indentation are the only characters outside of strings that are no visible ones.
    if !text.chars().any(|letter| letter != '\n' && symbol(letter).is_some()) {
        return Ok(text);
    }
    let mut escaped = String::with_capacity(text.len() + 32);
    for letter in text.chars() {
        if letter != '\n' && symbol(letter).is_some() {
            let _ = write!(escaped, "\\u{:04x}", u32::from(letter));
        } else {
            escaped.push(letter);
        }
    }
    Ok(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_remains() {
        let hostile: String = (0..0x3000).filter_map(char::from_u32).collect();
        let shown = visible(&hostile);
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
        assert_eq!(shown.chars().count(), hostile.chars().count());
    }

    #[test]
    fn escaped_json_is_the_same_value() {
        let hostile: String = (0..0x3000).filter_map(char::from_u32).collect();
        for pretty in [false, true] {
            let json = json_text(&[&hostile], pretty).unwrap();
            assert!(!json.chars().any(|letter| letter != '\n' && symbol(letter).is_some()), "{json:?}");
            assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), std::slice::from_ref(&hostile));
        }
    }
}
