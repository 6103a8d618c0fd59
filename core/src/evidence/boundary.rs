//! Where words begin and end: in prose, in identifiers and in paths.

/// The classes of all bytes.
static BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            b'A'..=b'Z' => IN_WORD | BEGINS,
            b'a'..=b'z' | b'0'..=b'9' => IN_WORD | BEGINS_APART,
            // The middle of a character.
            0x80..0xc0 => 0,
            0xc0.. => BEGINS,
            _ => BEGINS_APART,
        };
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

/// A letter or a digit of ASCII.
const IN_WORD: u8 = 1;
/// May begin a word behind what is not of a word.
const BEGINS_APART: u8 = IN_WORD << 1;
/// May begin a word whatever is before it.
const BEGINS: u8 = 4;

/// What a byte tells about the words beside it.
pub(super) fn class(byte: u8) -> u8 {
    BYTES[usize::from(byte)]
}

/// Whether a term may begin between bytes of two classes, as they alone tell; [`begins_word`] knows better.
pub(super) fn may_begin(before: u8, here: u8) -> bool {
    here & ((!before & IN_WORD) << 1 | BEGINS) != 0
}

/// Whether a word, and no separator, begins at `at`.
pub(super) fn starts_word(text: &str, at: usize) -> bool {
    let class = |at: usize| text.as_bytes().get(at).map_or(0, |byte| class(*byte));
    may_begin(at.checked_sub(1).map_or(0, class), class(at))
        && text[at..].starts_with(is_word_char)
        && begins_word(text, at)
}

/// Whether a word begins at `at`: behind a separator, or at an upper-case letter of an identifier.
pub(super) fn begins_word(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].chars().next_back() else { return true };
    !is_word_char(before) || is_hump(text, at, before)
}

/// Whether a word ends at `at`.
pub(super) fn ends_word(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next()) else { return true };
    !is_word_char(after) || (after.is_ascii_digit() && !before.is_ascii_digit()) || is_hump(text, at, before)
}

/// Whether an identifier is split at `at`: `circuit|Breaker`, `HTTP|Server`.
fn is_hump(text: &str, at: usize, before: char) -> bool {
    let mut rest = text[at..].chars();
    let Some(first) = rest.next() else { return false };
    first.is_uppercase() && (!before.is_uppercase() || rest.next().is_some_and(char::is_lowercase))
}

/// The offset of the next word of a phrase: behind white space, a hyphen, marks of Markdown, but not
/// in the next sentence, item or paragraph. A hump has no separator at all.
pub(super) fn behind_separator(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    let mut lines = 0;
    for (offset, c) in text[at..].char_indices().take(LONGEST) {
        let position = at + offset;
        match c {
            '-' | '*' | '+' if lines > 0 && text[position + 1..].starts_with(' ') => return None,
            '\n' => lines += 1,
            '.' | '/' | ':' if !text[position + c.len_utf8()..].starts_with(is_word_char) => return None,
            ' ' | '\t' | '\r' | '\u{a0}' | '-' | '_' | '.' | '/' | ':' | '*' | '`' | '>' | '"' | '\'' => {}
            '\u{2010}'..='\u{2013}' => {}
            c if is_word_char(c) => return (lines < 2).then_some(position),
            _ => return None,
        }
    }
    None
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !is_ideographic(c)
}

/// Scripts that are written without spaces, and Hangul, whose particles stick to the word.
pub(super) fn is_ideographic(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11ff | 0x2e80..=0x2fdf | 0x3001..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff
        | 0xff01..=0xffef | 0x20000..=0x3ffff)
}
