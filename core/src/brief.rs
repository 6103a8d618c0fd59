//! Texts that are too long to be repeated as a whole: what anybody may have written is quoted at a length that a
//! reader bears.

use std::borrow::Cow;

use crate::source::beginning;

/// `text` in at most `most` letters: of a longer one its beginning and its end, with `…` between them. A message keeps
/// what it says about the long text that it quotes.
///
/// ```
/// use plangate_core::report::brief;
/// assert_eq!(brief("\"Simplicity\" is missing", 40), "\"Simplicity\" is missing");
/// let long = format!("\"{}\" is missing", "Simplicity ".repeat(1_000_000));
/// assert_eq!(brief(&long, 40), "\"Simplicity Simplicity Simp … is missing");
/// ```
#[must_use]
pub fn brief(text: &str, most: usize) -> Cow<'_, str> {
    const GAP: &str = " … ";
    if text.len() <= most || text.char_indices().nth(most).is_none() {
        return Cow::Borrowed(text);
    }
    let end = most / 4;
    let beginning = most.saturating_sub(end + GAP.chars().count());
    let at = text.char_indices().nth(beginning).map_or(text.len(), |(at, _)| at);
    let from = text.char_indices().rev().nth(end.saturating_sub(1)).map_or(0, |(from, _)| from);
    Cow::Owned(format!("{}{GAP}{}", text[..at].trim_end(), text[from..].trim_start()))
}

/// The first letters of `text`, with `…` in the place of all behind the `most`th.
pub(crate) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match beginning(text, most) {
        whole if whole.len() == text.len() => Cow::Borrowed(text),
        first => Cow::Owned(format!("{}…", first.trim_end())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_keeps_its_ends() {
        for (text, most, expected) in [
            ("", 8, ""),
            ("abcdefgh", 8, "abcdefgh"),
            ("äöüäöüäö", 8, "äöüäöüäö"),
            ("abcdefghi", 8, "abc … hi"),
            ("ab cdefg i", 8, "ab … i"),
            ("日本語日本語日本語", 8, "日本語 … 本語"),
        ] {
            assert_eq!(brief(text, most), expected, "{text}");
        }
        assert!(brief(&"a".repeat(1000), 0).len() < 1000);
    }

    #[test]
    fn a_cut_text_ends_at_a_letter() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äö üa", 3), "äö…");
    }
}
