//! Phrases of real documents, compared without regard to case, kinds of hyphens, and `_` for a space.
//! Every phrase that is looked for is short and folded, so each search is linear in the text.

use std::ops::Range;

/// The character as it is compared.
pub(super) fn fold(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2012}' => '-',
        '_' | '\u{a0}' | '\u{3000}' => ' ',
        '’' => '\'',
        'İ' => 'i',
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// How many bytes of `text` the folded `phrase` takes, where `text` starts with it.
pub(super) fn starts_with(text: &str, phrase: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for wanted in phrase.chars() {
        let (_, c) = chars.next()?;
        if fold(c) != wanted {
            return None;
        }
    }
    Some(chars.next().map_or(text.len(), |(at, _)| at))
}

/// Where the folded `phrase` first stands in `text`.
pub(super) fn find(text: &str, phrase: &str) -> Option<Range<usize>> {
    let first = *phrase.as_bytes().first()?;
    // Folding turns no letter of ASCII into another one.
    if text.is_ascii() && !phrase.is_ascii() {
        return None;
    }
    // A byte decides whether a character can be the first one; few are, so most are not even decoded.
    let begins = |(_, byte): &(usize, u8)| {
        byte.to_ascii_lowercase() == first || (*byte == b'_' && first == b' ') || *byte >= 0xc0
    };
    text.bytes()
        .enumerate()
        .filter(begins)
        .find_map(|(at, _)| starts_with(&text[at..], phrase).map(|length| at..at + length))
}

/// Whether the folded `phrase` stands anywhere in `text`.
pub(super) fn contains(text: &str, phrase: &str) -> bool {
    find(text, phrase).is_some()
}

/// Whether `text` is the folded `phrase`.
pub(super) fn equals(text: &str, phrase: &str) -> bool {
    starts_with(text, phrase) == Some(text.len())
}

/// How many bytes of `text` the longest of the folded `phrases` takes that stands at its start and ends with a
/// word there.
pub(super) fn leading_word(text: &str, phrases: &[&str]) -> Option<usize> {
    let mut first = [0; 4];
    fold(text.chars().next()?).encode_utf8(&mut first);
    phrases
        .iter()
        .filter(|phrase| phrase.as_bytes().first() == Some(&first[0]))
        .filter_map(|phrase| starts_with(text, phrase))
        .filter(|length| ends_word(text, *length))
        .max()
}

/// Whether no word of an alphabet goes on at `at`; scripts without spaces end a word anywhere.
pub(super) fn ends_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    match text[at..].chars().next() {
        Some(next) => {
            !next.is_alphanumeric()
                || is_ideographic(next)
                || before.is_some_and(|last| is_ideographic(last) || !last.is_alphanumeric())
        }
        None => true,
    }
}

/// Chinese, Japanese and Korean letters.
pub(super) fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// A template's text in square brackets that nobody replaced: `[PROJECT_NAME]`.
pub(super) fn is_placeholder(text: &str) -> bool {
    let inner = text.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| {
        inner.len() > 2
            && inner.contains(|c: char| c.is_ascii_uppercase())
            && inner.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | ' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_without_regard_to_case_and_hyphens() {
        assert_eq!(find("A NON‑NEGOTIABLE rule", "non-negotiable"), Some(2..18));
        assert!(equals("INEGOCIÁVEL", "inegociável"));
        assert_eq!(starts_with("Last_Amended: x", "last amended"), Some(12));
        assert_eq!(find("Sync_Impact", " impact"), Some(4..11));
        assert_eq!(find("Relevé D’IMPACT", "d'impact"), Some(8..18));
        assert_eq!(find("İstanbul", "istanbul"), Some(0..9));
        assert_eq!(leading_word("Versioning", &["version"]), None);
        assert_eq!(leading_word("版本号", &["版本"]), Some(6));
    }

    #[test]
    fn placeholders_are_capitals_in_brackets() {
        assert!(is_placeholder("[PRINCIPLE_1_NAME]"));
        assert!(!is_placeholder("[x]"));
        assert!(!is_placeholder("I. [PRINCIPLE_1_NAME]"));
    }
}
