//! Emitters: pure functions from a [`Report`](crate::Report) to bytes. They know neither rules nor plans.

#[cfg(feature = "emit")]
mod concise;
#[cfg(feature = "emit")]
mod excerpt;
mod json;
#[cfg(feature = "emit")]
mod table;
#[cfg(feature = "emit")]
mod text;

use std::borrow::Cow;

#[cfg(feature = "emit")]
pub use concise::concise;
pub use json::json;
#[cfg(feature = "emit")]
pub use text::{TextOptions, statistics, text};

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
}
