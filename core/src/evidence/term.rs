//! A term: the words of an indicator, found in prose, in identifiers and in paths.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::boundary::{begins_word, behind_separator, ends_word, is_ideographic, starts_word};
use super::word::{Word, stems_of};

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
        words: Box<[Word]>,
        /// Index of the word that is looked for: the first, unless that is as common as `no` or `in`.
        anchor: usize,
    },
}

impl Term {
    /// Reads an indicator; nothing where it holds no word. A leading `=` switches inflections off.
    pub(super) fn read(pattern: &str) -> Option<Self> {
        let spelling = Spelling::of(pattern);
        let body = if spelling.is_ideographic() {
            Body::Substring
        } else {
            let word = |word: &str| if spelling.exact { Word::exact(word) } else { Word::inflected(word) };
            let words: Box<[Word]> = spelling.words().map(word).collect();
            Body::Words { words, anchor: spelling.anchor()?.0 }
        };
        Some(Self { text: spelling.text.to_owned(), body })
    }

    /// What a text must hold for the term to stand there: one of these.
    pub(super) fn anchors(&self) -> impl Iterator<Item = &str> {
        let (whole, word) = match &self.body {
            Body::Substring => (Some(self.text.as_str()), None),
            Body::Words { words, anchor } => (None, words.get(*anchor)),
        };
        whole.into_iter().chain(word.into_iter().flat_map(Word::stems))
    }

    /// Where the term stands, if it does around a place where one of its anchors was found.
    pub(super) fn find(&self, around: &Around<'_>) -> Option<(usize, usize)> {
        let Around { text, at, .. } = *around;
        match &self.body {
            Body::Substring => Some((at, at + self.text.len())),
            Body::Words { words, anchor: 0 } => {
                (around.may_hold(words) && begins_word(text, at)).then_some(())?;
                Some((at, end_of_words(words, text, at)?))
            }
            Body::Words { words, anchor } => {
                (may_precede(words.get(anchor - 1)?, text, at) && begins_word(text, at)).then_some(())?;
                let behind = words.get(anchor + 1..).unwrap_or_default();
                end_of_words(words.get(*anchor..=*anchor)?, text, at)
                    .or_else(|| words[*anchor].end_as_written(text, at).filter(|_| !behind.is_empty()))?;
                word_starts_before(text, at, *anchor)
                    .find_map(|start| Some((start, end_of_words(words, text, start).filter(|end| *end > at)?)))
            }
        }
    }
}

/// Tells `take` the anchors of the term that an indicator is read to, which is not read for it.
pub(super) fn each_anchor(pattern: &str, mut take: impl FnMut(&str)) {
    let spelling = Spelling::of(pattern);
    if spelling.is_ideographic() {
        return take(spelling.text);
    }
    let Some((_, word)) = spelling.anchor() else { return };
    let (stem, respelt) = if spelling.exact { (word, None) } else { stems_of(word) };
    take(stem);
    respelt.as_deref().into_iter().for_each(take);
}

/// An indicator as a pack writes it.
struct Spelling<'p> {
    /// Without a leading `=`.
    text: &'p str,
    /// Whether there was one.
    exact: bool,
    lower: Cow<'p, str>,
}

impl<'p> Spelling<'p> {
    fn of(pattern: &'p str) -> Self {
        let (text, exact) = pattern.strip_prefix('=').map_or((pattern, false), |text| (text, true));
        let text = text.trim();
        let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let lower = if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) };
        Self { text, exact, lower }
    }

    fn is_ideographic(&self) -> bool {
        !self.text.is_ascii() && self.text.chars().any(is_ideographic)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
    }

    /// The word that is looked for, with its index: the first, unless that is as common as `no` or `in`.
    fn anchor(&self) -> Option<(usize, &str)> {
        const COMMON: usize = 3;
        let first = self.words().next().filter(|first| first.len() > COMMON).map(|first| (0, first));
        first.or_else(|| self.words().enumerate().max_by_key(|(_, word)| word.len()))
    }
}

/// A place of a text where a word may begin. Nearly all terms that begin there are told from what stands
/// there by where its letters end and the next ones begin.
pub(super) struct Around<'t> {
    text: &'t str,
    at: usize,
    neighbour: OnceCell<Option<Neighbour>>,
}

/// The word behind the one at a place.
struct Neighbour {
    /// How many letters and digits of ASCII stand at the place.
    letters: usize,
    /// Where the next ones begin.
    next: usize,
}

impl<'t> Around<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, neighbour: OnceCell::new() }
    }

    /// Whether the second word of a term may follow, if the first stands here: as the next word, or in the same
    /// letters, as in `healthcheck` and `rateLimit`.
    fn may_hold(&self, words: &[Word]) -> bool {
        let [first, second, ..] = words else { return true };
        let neighbour = || Neighbour::of(&self.text.as_bytes()[self.at..], self.at);
        let Some(neighbour) = self.neighbour.get_or_init(neighbour) else { return true };
        !first.as_written().is_ascii()
            || neighbour.letters >= first.stem().len() + second.stem().len()
            || second.begins(self.text, neighbour.next)
    }
}

impl Neighbour {
    /// The neighbour of the word at the start of `bytes`, which is at `at`; nothing where it is not found soon, or
    /// where another script stands between.
    fn of(bytes: &[u8], at: usize) -> Option<Self> {
        const LONGEST: usize = 96;
        let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
        let letters = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
        let apart = bytes[letters..].iter().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
        let next = letters + apart;
        bytes[next].is_ascii().then_some(Self { letters, next: at + next })
    }
}

/// Whether a form of `word` may be the word before `at`. Where it can't be seen at once where that one begins, it may.
fn may_precede(word: &Word, text: &str, at: usize) -> bool {
    const LONGEST: usize = 96;
    let before = &text.as_bytes()[at.saturating_sub(LONGEST)..at];
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
    let Some(end) = before.iter().rposition(|byte| is_letter(byte) || !byte.is_ascii()) else { return true };
    let Some(apart) = before[..end].iter().rposition(|byte| !is_letter(byte)) else { return true };
    let (word_before, start) = (&before[apart + 1..=end], at - before.len() + apart + 1);
    let plain = end + 1 < before.len()
        && before[apart..=end].is_ascii()
        && word.as_written().is_ascii()
        && !word_before[1..].iter().any(u8::is_ascii_uppercase);
    !plain || word.begins(text, start)
}

/// `at`, and the nearest offsets before it at which up to `words` words begin.
fn word_starts_before(text: &str, at: usize, words: usize) -> impl Iterator<Item = usize> {
    const LONGEST: usize = 48;
    let before = (0..at).rev().filter(|start| text.is_char_boundary(*start)).take(LONGEST);
    std::iter::once(at).chain(before.filter(|start| starts_word(text, *start)).take(words))
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
            anchored && term.find(&Around::new(text, at)).is_some()
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
            ("typescript strict", "the TypeScriptStrict preset"),
            ("rate limit", "rate\u{a0}limits"),
            ("rate limit", "rate\u{2011}limited"),
            ("no stack trace", "noStackTrace"),
            ("no stack trace", "NO_STACK_TRACE"),
            ("no stack trace", "No-**stack**\ntraces"),
            ("an api key", "an\u{a0}API key"),
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
            ("rate limit", "the rate of limits"),
            ("no stack trace", "a stack trace, no more"),
            ("no stack trace", "casino stack traces"),
        ] {
            assert!(!finds(term, text), "{term} should not be found in {text}");
        }
    }
}
