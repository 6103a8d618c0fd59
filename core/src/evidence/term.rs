//! A term: the words of an indicator, found in prose, in identifiers and in paths.

use super::word::Word;

/// A term of a pack, ready to be verified where its first stem stands.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// The term as the pack writes it, without a leading `=`.
    pub(super) text: String,
    body: Body,
}

#[derive(Clone, Debug)]
enum Body {
    /// Chinese, Japanese and Korean don't separate words.
    Substring,
    Words {
        words: Vec<Word>,
        /// Index of the word that is looked for: the first, unless that is as common as `no` or `in`.
        anchor: usize,
    },
}

impl Term {
    /// Reads an indicator; nothing where it holds no word. A leading `=` switches inflections off.
    pub(super) fn read(pattern: &str) -> Option<Self> {
        const COMMON: usize = 3;
        let (text, exact) = pattern.strip_prefix('=').map_or((pattern, false), |text| (text, true));
        let text = text.trim();
        if text.chars().any(is_ideographic) {
            return Some(Self { text: text.to_owned(), body: Body::Substring });
        }
        let lower = text.to_lowercase();
        let words: Vec<Word> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| if exact { Word::exact(word) } else { Word::inflected(word) })
            .collect();
        let length = |index: &usize| words[*index].as_written().len();
        let anchor = match (0..words.len()).max_by_key(length)? {
            longest if length(&0) <= COMMON => longest,
            _ => 0,
        };
        Some(Self { text: text.to_owned(), body: Body::Words { words, anchor } })
    }

    /// What a text must hold for the term to stand there: one of these.
    pub(super) fn anchors(&self) -> impl Iterator<Item = &str> {
        let (whole, word) = match &self.body {
            Body::Substring => (Some(self.text.as_str()), None),
            Body::Words { words, anchor } => (None, words.get(*anchor)),
        };
        whole.into_iter().chain(word.into_iter().flat_map(Word::stems))
    }

    /// Where the term stands, if it does around `at`, where one of its anchors was found.
    pub(super) fn around(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        match &self.body {
            Body::Substring => Some((at, at + self.text.len())),
            Body::Words { words, anchor } => {
                if !begins_word(text, at) {
                    return None;
                }
                if *anchor == 0 {
                    return Some((at, end_of_words(words, text, at)?));
                }
                let behind = words.get(anchor + 1..).unwrap_or_default();
                end_of_words(words.get(*anchor..=*anchor)?, text, at)
                    .or_else(|| words[*anchor].end_as_written(text, at).filter(|_| !behind.is_empty()))?;
                word_starts_before(text, at, *anchor)
                    .find_map(|start| Some((start, end_of_words(words, text, start).filter(|end| *end > at)?)))
            }
        }
    }
}

/// `at`, and the nearest offsets before it at which up to `words` words begin.
fn word_starts_before(text: &str, at: usize, words: usize) -> impl Iterator<Item = usize> {
    const LONGEST: usize = 48;
    let before = text[..at].char_indices().rev().take(LONGEST).map(|(start, _)| start);
    std::iter::once(at).chain(before.filter(|start| starts_word(text, *start)).take(words))
}

/// Whether a word, and no separator, begins at `at`.
fn starts_word(text: &str, at: usize) -> bool {
    text[at..].starts_with(is_word_char) && begins_word(text, at)
}

fn end_of_words(words: &[Word], text: &str, at: usize) -> Option<usize> {
    let (word, rest) = words.split_first()?;
    if rest.is_empty() {
        return word.find_end(text, at, |end| ends_word(text, end).then_some(end));
    }
    let apart = word.find_end(text, at, |end| {
        let next = ends_word(text, end).then(|| behind_separator(text, end))??;
        end_of_words(rest, text, next)
    });
    // `healthcheck` and `ratelimit` glue the words together.
    apart.or_else(|| end_of_words(rest, text, word.end_as_written(text, at)?))
}

/// Whether a word begins at `at`: behind a separator, or at an upper-case letter of an identifier.
fn begins_word(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].chars().next_back() else { return true };
    !is_word_char(before) || is_hump(text, at, before)
}

/// Whether a term may begin at `at`, as its bytes alone tell; [`Term::around`] knows better.
pub(super) fn may_begin(bytes: &[u8], at: usize) -> bool {
    let here = bytes[at];
    match at.checked_sub(1).map(|before| bytes[before]) {
        // The middle of a character.
        _ if (0x80..0xc0).contains(&here) => false,
        Some(before) => !before.is_ascii_alphanumeric() || here.is_ascii_uppercase() || !here.is_ascii(),
        None => true,
    }
}

/// Whether a word ends at `at`.
fn ends_word(text: &str, at: usize) -> bool {
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
fn behind_separator(text: &str, at: usize) -> Option<usize> {
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
fn is_ideographic(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11ff | 0x2e80..=0x2fdf | 0x3001..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff
        | 0xff01..=0xffef | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(term: &str, text: &str) -> bool {
        let term = Term::read(term).expect("a term");
        (0..text.len()).filter(|at| text.is_char_boundary(*at)).any(|at| {
            let anchored = term.anchors().any(|anchor| {
                text.as_bytes()[at..]
                    .get(..anchor.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(anchor.as_bytes()))
            });
            anchored && term.around(text, at).is_some()
        })
    }

    #[test]
    fn phrases_are_found_in_prose_identifiers_and_paths() {
        for (term, text) in [
            ("rate limit", "All endpoints are rate-limited."),
            ("rate limit", "a **rate** limiter"),
            ("rate limit", "src/rateLimiter.ts"),
            ("rate limit", "RATE_LIMIT_MAX"),
            ("rate limit", "express ratelimit"),
            ("rate limit", "the rate\n  limits of"),
            ("circuit breaker", "src/lib/circuitBreaker.js"),
            ("reconnect", "tests/reconnection.test.js"),
            ("health check", "GET /healthcheck"),
            ("health", "src/HTTPHealthProbe.cs"),
            ("cors", "CORSMiddleware"),
            ("cors", "使用CORS設定"),
            ("retry", "실패 시 retry를 한다"),
            ("重试", "失败时重试三次"),
            ("x-frame-options", "`X-Frame-Options: DENY`"),
            ("no stack trace", "show no stack traces"),
            ("in under", "loads in under 2 s"),
            ("=paging", "we use paging"),
            ("límite de tasa", "con límite de tasa"),
        ] {
            assert!(finds(term, text), "{term} should be found in {text}");
        }
    }

    #[test]
    fn word_boundaries_are_respected() {
        for (term, text) in [
            ("cors", "a corsair"),
            ("pool", "Liverpool"),
            ("rate limit", "the rate. Limits are"),
            ("rate limit", "the rate\n\nlimits"),
            ("log", "CHANGELOG.md"),
            ("log", "dialog"),
            ("=paging", "two pages"),
            ("health check", "health: \n- check"),
            ("error rate", "an error\n  - rate limits"),
        ] {
            assert!(!finds(term, text), "{term} should not be found in {text}");
        }
    }
}
