//! Whether two texts name the same thing: names of principles, texts of questions, words of a row; and whether a
//! text holds one of many phrases.

use std::collections::HashSet;

use crate::source::beginning;

/// So many words of a name are compared: each name is compared with all the others.
const MOST_WORDS: usize = 20;

/// So many letters of a name are read for them.
const MOST_LETTERS: usize = 400;

/// A text as lower-cased words, brackets and marks left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Words {
    /// The words in order.
    list: Vec<String>,
}

impl Words {
    /// The words of `text`, what stands in brackets included.
    ///
    /// Chinese, Japanese and Korean don't part words: there, every pair of neighbours is a word.
    pub(crate) fn of(text: &str) -> Self {
        let mut list = Vec::new();
        for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
            let mut rest = run;
            while let Some(first) = rest.chars().next() {
                let ideographic = is_ideographic(first);
                let end = rest.find(|c| is_ideographic(c) != ideographic).unwrap_or(rest.len());
                let part = &rest[..end];
                if ideographic && part.chars().nth(2).is_some() {
                    let chars: Vec<char> = part.chars().collect();
                    list.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
                } else {
                    list.push(part.to_lowercase());
                }
                rest = &rest[end..];
            }
        }
        Self { list }
    }

    /// The words of a principle's name: "(NON-NEGOTIABLE)" and other brackets left out.
    pub(crate) fn of_name(name: &str) -> Self {
        let name = beginning(name, MOST_LETTERS);
        let mut depth = 0_usize;
        let bare: String = name
            .chars()
            .map(|c| match c {
                '(' | '（' | '[' => {
                    depth += 1;
                    ' '
                }
                ')' | '）' | ']' => {
                    depth = depth.saturating_sub(1);
                    ' '
                }
                c if depth == 0 => c,
                _ => ' ',
            })
            .collect();
        let mut words = Self::of(&bare);
        if words.list.is_empty() {
            words = Self::of(name);
        }
        words.list.truncate(MOST_WORDS);
        words
    }

    /// The words of both.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        self
    }

    /// The words that `other` does not have.
    pub(crate) fn without(mut self, other: &Self) -> Self {
        let known: HashSet<&str> = other.list.iter().map(String::as_str).collect();
        self.list.retain(|word| !known.contains(word.as_str()));
        self
    }

    /// The words that `other` has too.
    pub(crate) fn shared_with(mut self, other: &Self) -> Self {
        let known: HashSet<&str> = other.list.iter().map(String::as_str).collect();
        self.list.retain(|word| known.contains(word.as_str()));
        self
    }

    /// Its words in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(String::as_str)
    }

    /// Whether there is no word.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Words that carry meaning: longer than three letters or not Latin, and no filler.
    pub(crate) fn significant(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(String::as_str).filter(|word| is_significant(word))
    }

    /// How alike two texts are, from 0 to 1: the share of the shorter one's words in the longer one,
    /// weighted by how much of the longer one that is.
    pub(crate) fn similarity(&self, other: &Self) -> f32 {
        if self.is_empty() || other.is_empty() {
            return 0.0;
        }
        if self == other {
            return 1.0;
        }
        let (short, long) = if self.list.len() <= other.list.len() { (self, other) } else { (other, self) };
        let shared = short.list.iter().filter(|word| long.list.iter().any(|known| alike(word, known))).count();
        let (shared, short, long) = (count(shared), count(short.list.len()), count(long.list.len()));
        2.0 * shared / (short + long)
    }

    /// Whether all significant words of the shorter text occur in the longer one.
    pub(crate) fn contains_or_is_contained(&self, other: &Self) -> bool {
        let (short, long) = if self.list.len() <= other.list.len() { (self, other) } else { (other, self) };
        let mut words = short.significant().peekable();
        words.peek().is_some() && words.all(|word| long.list.iter().any(|known| alike(word, known)))
    }

    /// Number of significant words that occur in both.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        self.keywords().shared(&other.keywords())
    }

    /// Its significant words, ready to be compared with many others.
    pub(crate) fn keywords(&self) -> Keywords<&str> {
        Keywords::of(self.significant().collect())
    }

    /// Its significant words alone.
    pub(crate) fn into_keywords(mut self) -> Keywords<String> {
        self.list.retain(|word| is_significant(word));
        Keywords::of(self.list)
    }
}

/// The significant words of a text, each once, sorted.
#[derive(Debug)]
pub(crate) struct Keywords<W>(Vec<W>);

impl<W: AsRef<str> + Ord> Keywords<W> {
    fn of(mut words: Vec<W>) -> Self {
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    /// How many they are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Number of words that occur in both.
    pub(crate) fn shared<V: AsRef<str>>(&self, other: &Keywords<V>) -> usize {
        let occurs = |word: &&W| {
            let word = W::as_ref(word);
            let from = other.0.partition_point(|known| opening(known.as_ref()) < opening(word));
            let mut near =
                other.0[from..].iter().map(AsRef::as_ref).take_while(|known| opening(known) == opening(word));
            near.any(|known| alike(word, known))
        };
        self.0.iter().filter(occurs).count()
    }
}

impl Keywords<&str> {
    /// The words that none of `others` has.
    pub(crate) fn without<'o>(&self, others: impl IntoIterator<Item = &'o Words>) -> Self {
        let known: HashSet<&str> = others.into_iter().flat_map(|other| &other.list).map(String::as_str).collect();
        Self(self.0.iter().copied().filter(|word| !known.contains(word)).collect())
    }
}

/// The bytes in which words that are alike agree.
fn opening(word: &str) -> &[u8] {
    &word.as_bytes()[..word.len().min(4)]
}

fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// Numbers of words are small; the loss does not matter.
#[expect(clippy::cast_precision_loss, reason = "numbers of words are far below 2^23")]
fn count(number: usize) -> f32 {
    number as f32
}

/// The same word in another inflection, or cut short: "develop" and "development", "state" and "states".
fn alike(a: &str, b: &str) -> bool {
    // Nearly all words that are compared begin with different letters.
    if a.as_bytes().first() != b.as_bytes().first() {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short == long || short.chars().count() >= 4 && long.starts_with(short) {
        return true;
    }
    // "determinism" and "deterministic": a long stem, and little behind it.
    let stem = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    stem >= 6 && stem * 4 >= short.chars().count() * 3
}

/// Whether a word carries meaning: longer than three letters or not Latin, and no filler.
fn is_significant(word: &str) -> bool {
    (word.len() > 3 || !word.is_ascii()) && !is_filler(word)
}

#[rustfmt::skip]
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "with" | "that" | "this" | "from" | "must" | "will" | "have" | "been" | "were" | "when" | "then" | "than"
            | "each" | "every" | "only" | "also" | "into" | "over" | "principle" | "principles" | "first" | "non"
            | "negotiable" | "feature" | "needed" | "because" | "rejected" | "simpler" | "alternative" | "would"
            | "should" | "which" | "there" | "their" | "more" | "less" | "para" | "como" | "dass" | "pour" | "avec"
    )
}

/// Whether two names name the same principle.
pub(crate) fn same_name(a: &Words, b: &Words) -> bool {
    a.similarity(b) >= 0.75 || a.contains_or_is_contained(b)
}

/// Whether one of `phrases` stands in `text`, letter by letter.
pub(crate) fn contains_any(text: &str, phrases: &[&str]) -> bool {
    // Few phrases are found as fast one by one.
    const FEW: usize = 2;
    if phrases.len() <= FEW {
        return phrases.iter().any(|phrase| text.contains(phrase));
    }
    Phrases::of(text).any(phrases)
}

/// A text in which the phrases of several tables are looked for.
pub(crate) struct Phrases<'a> {
    text: &'a str,
    /// Nothing for longer texts, which hold most pairs of letters.
    pairs: Option<Pairs>,
    ascii: bool,
}

impl<'a> Phrases<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        const LONG: usize = 600;
        let pairs = (text.len() <= LONG).then(|| Pairs::of(text));
        Self { text, pairs, ascii: text.is_ascii() }
    }

    /// Whether one of `phrases` stands in the text, letter by letter.
    pub(crate) fn any(&self, phrases: &[&str]) -> bool {
        let may_hold = |phrase: &str| self.pairs.as_ref().is_none_or(|pairs| pairs.may_hold(phrase));
        let mut possible = phrases.iter().filter(|phrase| may_hold(phrase) && (!self.ascii || phrase.is_ascii()));
        possible.any(|phrase| self.text.contains(phrase))
    }
}

/// The pairs of neighbouring bytes of a text, of each byte the last five bits: they tell of nearly every phrase
/// that it doesn't stand there, before a search for it begins.
pub(crate) struct Pairs([u32; 32]);

impl Pairs {
    pub(crate) fn of(text: &str) -> Self {
        let mut pairs = [0; 32];
        for pair in text.as_bytes().windows(2) {
            pairs[usize::from(pair[0] % 32)] |= 1 << (pair[1] % 32);
        }
        Self(pairs)
    }

    pub(crate) fn may_hold(&self, phrase: &str) -> bool {
        let holds = |first: u8, second: u8| self.0[usize::from(first % 32)] >> (second % 32) & 1 == 1;
        match *phrase.as_bytes() {
            [first, second, .., before, last] => holds(first, second) && holds(before, last),
            [first, second, ..] => holds(first, second),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (a, b, same) in [
            ("Test-First Development", "Test-First Development (NON-NEGOTIABLE)", true),
            ("Consistent UX", "Consistent User Experience (UX)", true),
            ("Simplicity", "Simplicity & YAGNI", true),
            ("Microservice", "Modular Monolith Architecture", false),
            ("Test-Driven Development", "Test-First Development", false),
            ("Security-First", "Security-First Design", true),
            ("Determinism", "Deterministic Simulation Mode", true),
            ("Performance", "Permissions", false),
        ] {
            assert_eq!(same_name(&Words::of_name(a), &Words::of_name(b)), same, "{a} / {b}");
        }
    }

    #[test]
    fn phrases_of_any_length_are_found() {
        let long = "word ".repeat(1000) + "日本";
        let texts = ["a tädpole in a text", "axb", "日本", "it has", "goes with out", "goes without", "", &long];
        let phrases = ["x", "tä", "has", "without", "日本", "goes with"];
        for text in texts {
            for phrase in phrases {
                assert_eq!(contains_any(text, &[phrase; 3]), text.contains(phrase), "{text}: {phrase}");
            }
            assert!(!contains_any(text, &[]) && contains_any(text, &["no such", "nor such", ""]));
        }
    }
}
