//! One word of a term, and the forms in which a text may write it.

/// A word with the suffixes that may follow its stem.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// The word as the pack writes it, in lower case.
    base: Box<str>,
    /// How many bytes of it every form begins with.
    stem: usize,
    /// A second stem where `-ize` is also spelt `-ise`.
    respelt: Option<Box<str>>,
    form: Form,
}

/// How a word inflects.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    /// Only as written.
    Exact,
    /// `alert`: the stem is a word.
    Plain,
    /// `cache`: the stem has lost its `e`.
    SilentE,
    /// `pooling`: nobody knows whether the stem is a word or has lost an `e`.
    Either,
    /// `retry`: the stem has lost its `y`.
    Y,
}

/// Suffixes by their first letters; `NOTHING` has none.
type Suffixes = &'static [(u8, &'static [&'static str])];

const NOTHING: u8 = 0;
const BARE: Suffixes = &[(NOTHING, &[""])];
const PLAIN: Suffixes = &[(NOTHING, &[""]), (b's', &["s"])];
const SILENT_E: Suffixes = &[(b'e', &["e"])];
const SHARED: Suffixes = &[
    (b'e', &["ed", "es", "er", "ers", "ement", "ements"]),
    (b'i', &["ing", "ings", "ion", "ions"]),
    (b'o', &["or", "ors"]),
    (b'a', &["able", "ation", "ations"]),
    (b'm', &["ment", "ments"]),
];
const Y: Suffixes = &[(b'y', &["y", "ying"]), (b'i', &["ies", "ied", "ier", "iers", "iable", "ication", "ications"])];
/// `recover` is a word without its `y`; shorter stems, such as `polic`, are not.
const LONG_Y: Suffixes =
    &[(NOTHING, &[""]), (b's', &["s"]), (b'e', &["ed", "er", "ers"]), (b'i', &["ing"]), (b'a', &["able"])];
const DOUBLED: &[&str] = &["ed", "er", "ers", "ing", "ings", "able"];

impl Word {
    /// A word that matches only as written.
    pub(super) fn exact(word: &str) -> Self {
        Self { base: word.into(), stem: word.len(), respelt: None, form: Form::Exact }
    }

    /// A word with its inflections. `word` is in lower case.
    pub(super) fn inflected(word: &str) -> Self {
        let (stem, form) = stem(word);
        Self { base: word.into(), stem: stem.len(), respelt: respelt(stem, form), form }
    }

    /// The word as the pack writes it, in lower case.
    pub(super) fn as_written(&self) -> &str {
        &self.base
    }

    /// What the forms of the word begin with, as the pack spells it.
    pub(super) fn stem(&self) -> &str {
        &self.base[..self.stem]
    }

    /// What every form of the word begins with, in either spelling; they are of one length. [`stems_of`] is the same
    /// without a word.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        [Some(self.stem()), self.respelt.as_deref()].into_iter().flatten()
    }

    /// Whether a form of the word may begin at `at`.
    pub(super) fn begins(&self, text: &str, at: usize) -> bool {
        let stands = |stem: &str| starts_with(text, at, stem).is_some();
        stands(self.stem()) || self.respelt.as_deref().is_some_and(stands)
    }

    /// The first form of this word at `at` whose end `fits`, which is told the offset behind it.
    pub(super) fn find_end<T>(&self, text: &str, at: usize, mut fits: impl FnMut(usize) -> Option<T>) -> Option<T> {
        for end in self.stems().filter_map(|stem| starts_with(text, at, stem)) {
            // Nearly always the word ends here, or goes on in a way that no suffix begins with.
            let next = text.as_bytes().get(end).map_or(NOTHING, u8::to_ascii_lowercase);
            if next.is_ascii() && !next.is_ascii_alphanumeric() {
                match self.stem_is_form().then(|| fits(end)).flatten() {
                    None => continue,
                    found => return found,
                }
            }
            for (_, suffixes) in
                self.suffixes().into_iter().flatten().filter(|(first, _)| [NOTHING, next].contains(first))
            {
                for end in suffixes.iter().filter_map(|suffix| starts_with(text, end, suffix)) {
                    if let Some(found) = fits(end) {
                        return Some(found);
                    }
                }
            }
            if self.doubles(text, end)
                && let Some(found) =
                    DOUBLED.iter().filter_map(|suffix| starts_with(text, end + 1, suffix)).find_map(&mut fits)
            {
                return Some(found);
            }
        }
        None
    }

    /// The offset behind the word as the pack writes it, where it stands at `at`.
    pub(super) fn end_as_written(&self, text: &str, at: usize) -> Option<usize> {
        starts_with(text, at, &self.base)
    }

    /// The suffixes of the word's forms.
    fn suffixes(&self) -> [Suffixes; 3] {
        let long = self.stem >= 6;
        match self.form {
            Form::Exact => [BARE, &[], &[]],
            Form::Plain => [PLAIN, SHARED, &[]],
            Form::SilentE => [SILENT_E, SHARED, &[]],
            Form::Either => [SILENT_E, SHARED, PLAIN],
            Form::Y => [Y, if long { LONG_Y } else { &[] }, &[]],
        }
    }

    /// Whether the stem alone is a form of the word.
    fn stem_is_form(&self) -> bool {
        match self.form {
            Form::Exact | Form::Plain | Form::Either => true,
            Form::SilentE => false,
            Form::Y => self.suffixes()[1].first().is_some_and(|(first, _)| *first == NOTHING),
        }
    }

    /// `logging`: whether the last consonant of `log` is doubled at `end`, before a suffix.
    fn doubles(&self, text: &str, end: usize) -> bool {
        let last = end.checked_sub(1).and_then(|before| text.as_bytes().get(before));
        matches!(self.form, Form::Plain | Form::Either)
            && last.zip(text.as_bytes().get(end)).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b) && is_consonant(*a))
    }
}

/// What every form of `word` begins with: the stem, and its second spelling. `word` is in lower case.
pub(super) fn stems_of(word: &str) -> (&str, Option<Box<str>>) {
    let (stem, form) = stem(word);
    (stem, respelt(stem, form))
}

/// The stem of a verb in `-ize` as `-ise`, and the other way round.
fn respelt(stem: &str, form: Form) -> Option<Box<str>> {
    if !matches!(form, Form::SilentE | Form::Either) {
        return None;
    }
    let other = stem.strip_suffix("iz").map(|rest| (rest, "is"));
    let other = other.or_else(|| stem.strip_suffix("is").map(|rest| (rest, "iz")));
    other.map(|(rest, ending)| format!("{rest}{ending}").into())
}

/// The offset behind `prefix`, if `text` has it at `at`; ASCII case does not matter.
fn starts_with(text: &str, at: usize, prefix: &str) -> Option<usize> {
    let end = at + prefix.len();
    let found = text.as_bytes().get(at..end)?;
    found.eq_ignore_ascii_case(prefix.as_bytes()).then_some(end)
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn is_consonant(byte: u8) -> bool {
    byte.is_ascii_alphabetic() && !is_vowel(byte)
}

/// Cuts the inflection from a pack's word: only where what remains is long enough to mean something.
fn stem(word: &str) -> (&str, Form) {
    let bytes = word.as_bytes();
    if bytes.len() <= 3 || bytes.iter().any(|byte| !byte.is_ascii_alphabetic()) {
        return (word, Form::Plain);
    }
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() >= 3) {
        return (rest, Form::Y);
    }
    if let Some(rest) = word.strip_suffix('y').filter(|rest| rest.bytes().last().is_some_and(is_consonant)) {
        return (rest, Form::Y);
    }
    if word.ends_with("ization") || word.ends_with("isation") {
        return (&word[..word.len() - "ation".len()], Form::Either);
    }
    if let Some(rest) = word.strip_suffix("ing").filter(|rest| rest.len() >= 3 && rest.bytes().any(is_vowel)) {
        return (undoubled(rest), Form::Either);
    }
    if let Some(rest) = word.strip_suffix("ed").filter(|rest| rest.len() >= 4 && !rest.ends_with('e')) {
        return (undoubled(rest), Form::Either);
    }
    if word.ends_with("ches") || word.ends_with("shes") || word.ends_with("xes") {
        return (&word[..word.len() - "es".len()], Form::Either);
    }
    if bytes.len() >= 5 && word.ends_with('s') && !["ss", "us", "is", "os"].iter().any(|end| word.ends_with(end)) {
        return stem(&word[..word.len() - 1]);
    }
    if let Some(rest) = word.strip_suffix('e').filter(|rest| !rest.ends_with('e')) {
        return (rest, Form::SilentE);
    }
    (word, Form::Plain)
}

/// `logg` → `log`, but `roll` and `process` keep both.
fn undoubled(stem: &str) -> &str {
    match stem.as_bytes() {
        [.., a, b] if a == b && is_consonant(*a) && !matches!(a, b'l' | b's' | b'z') => &stem[..stem.len() - 1],
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_form(word: &str, text: &str) -> bool {
        Word::inflected(word).find_end(text, 0, |end| (end == text.len()).then_some(())).is_some()
    }

    #[test]
    fn a_word_matches_its_inflections() {
        for (word, forms) in [
            ("log", "log logs logged logging logger loggers LOGGING"),
            ("limit", "limit limits limited limiting limiter limitation"),
            ("limiting", "limit limiter limits"),
            ("cache", "cache caches cached caching cacher"),
            ("caching", "cache caches cached"),
            ("validate", "validate validates validation validator validators"),
            ("sanitize", "sanitise sanitised sanitization sanitizer sanitisation"),
            ("sanitization", "sanitize sanitised"),
            ("retry", "retry retries retried retrying"),
            ("recovery", "recover recovery recovered recovering recoverable"),
            ("policies", "policy policies"),
            ("notify", "notification notifications notifies"),
            ("degrade", "degradation degraded degrades"),
            ("metrics", "metric metrics"),
            ("roll", "rolling rolled"),
            ("rolling", "roll rolling"),
            ("encrypt", "encryption encrypted encrypts"),
            ("pooling", "pool pools pooled pooler"),
            ("centralized", "centralize centralised"),
        ] {
            for form in forms.split(' ') {
                assert!(is_form(word, form), "{word} should match {form}");
            }
        }
    }

    #[test]
    fn a_word_does_not_match_its_neighbours() {
        for (word, others) in [
            ("cors", "corsair cor corsa"),
            ("policy", "police polic"),
            ("rate", "rat rats"),
            ("cache", "cach cachet"),
            ("rolling", "role rol"),
            ("retry", "retro retr"),
            ("redis", "redi rediscover"),
            ("pool", "poolside"),
        ] {
            for other in others.split(' ') {
                assert!(!is_form(word, other), "{word} should not match {other}");
            }
        }
    }
}
