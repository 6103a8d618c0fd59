//! The terms of a pack, sorted by their first letters, so that a text is read once for all of them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::boundary::{class, may_begin};
use super::term::{Around, Term, each_anchor};

/// Terms, each with the question that it belongs to.
#[derive(Debug)]
pub(super) struct Lexicon {
    entries: Vec<Entry>,
    /// The anchors of all terms, by their buckets.
    anchors: Vec<Anchor>,
    /// Where each bucket's anchors begin, and the last one's end.
    buckets: Vec<u32>,
    openings: Openings,
}

/// A term, which is read when one of its anchors is found: most are never.
#[derive(Debug)]
struct Entry {
    question: usize,
    pattern: Cow<'static, str>,
    term: OnceLock<Option<Box<Term>>>,
}

/// The first bytes of a term that stands where a word begins.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// The first eight bytes in lower case; fewer are filled up with zeros.
    head: u64,
    /// The bits of `head` that tell a letter's case.
    case: u64,
    /// The bytes of `head` that are the anchor's own.
    mask: u64,
    /// Index of the term, and of this one among its anchors.
    term: u32,
    which: u8,
    /// Whether `head` is the whole anchor.
    whole: bool,
    bucket: u16,
}

/// A term found in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    /// Index of the question.
    pub(super) question: usize,
    /// The term as the pack writes it.
    pub(super) term: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Where it ends, in bytes.
    pub(super) end: usize,
}

impl Lexicon {
    /// Compiles `patterns`: the index of a question and one of its terms.
    pub(super) fn new(patterns: impl Iterator<Item = (usize, Cow<'static, str>)>) -> Self {
        let entries: Vec<Entry> = patterns.map(|(question, pattern)| Entry::new(question, pattern)).collect();
        let mut anchors = Vec::with_capacity(entries.len());
        let mut openings = Openings::none();
        for (term, entry) in (0_u32..).zip(&entries) {
            let mut which = 0;
            each_anchor(&entry.pattern, |anchor| {
                let anchor = anchor.as_bytes();
                anchors.extend(buckets(anchor).map(|bucket| Anchor::new(anchor, term, which, bucket)));
                openings.add(anchor);
                which += 1;
            });
        }
        let (anchors, buckets) = in_buckets(&anchors);
        Self { entries, anchors, buckets, openings }
    }

    /// Tells `take` each term in `text`, from front to back, for the questions that are `wanted`; `take`
    /// says by them whether it wants more of a question.
    pub(super) fn find<'a>(&'a self, text: &str, wanted: &mut [bool], mut take: impl FnMut(Found<'a>, &mut [bool])) {
        let mut left = wanted.iter().filter(|wanted| **wanted).count();
        let bytes = text.as_bytes();
        let mut before = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let here = class(*byte);
            let begins = may_begin(std::mem::replace(&mut before, here), here);
            let letter = |at: usize| bytes.get(at).copied().unwrap_or_default();
            let letters = || [*byte, letter(at + 1), letter(at + 2)];
            let Some(letters) = begins.then(letters).filter(|letters| self.openings.hold(*letters)) else { continue };
            if left == 0 {
                return;
            }
            let here = head(&bytes[at..]);
            let around = Around::new(text, at);
            for anchor in self.anchors_of(letters).iter().filter(|anchor| anchor.opens(here)) {
                let entry = &self.entries[anchor.term as usize];
                let question = entry.question;
                let Some(term) = wanted[question].then(|| entry.term()).flatten() else { continue };
                let stands = |whole: &str| begins_with(&bytes[at..], whole);
                if !anchor.whole && !term.anchors().nth(anchor.which as usize).is_some_and(stands) {
                    continue;
                }
                if let Some((start, end)) = term.find(&around) {
                    take(Found { question, term: &term.text, start, end }, wanted);
                    left -= usize::from(!wanted[question]);
                }
            }
        }
    }

    /// The anchors that may begin with these letters.
    fn anchors_of(&self, [first, second, third]: [u8; 3]) -> &[Anchor] {
        let bucket = usize::from(bucket(first, second, third));
        &self.anchors[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize]
    }
}

impl Entry {
    fn new(question: usize, pattern: Cow<'static, str>) -> Self {
        Self { question, pattern, term: OnceLock::new() }
    }

    fn term(&self) -> Option<&Term> {
        self.term.get_or_init(|| Term::read(&self.pattern).map(Box::new)).as_deref()
    }
}

impl Anchor {
    fn new(bytes: &[u8], term: u32, which: u8, bucket: u16) -> Self {
        let lower = head(bytes).to_le_bytes().map(|byte| byte.to_ascii_lowercase());
        let cases = lower.map(|byte| u8::from(byte.is_ascii_lowercase()) * CASE);
        let mask = u64::MAX >> (64 - 8 * bytes.len().clamp(1, 8));
        Self { head: head(&lower), case: head(&cases), mask, term, which, whole: bytes.len() <= 8, bucket }
    }

    /// Whether the eight bytes of `here` begin as the anchor does, whatever their case.
    fn opens(&self, here: u64) -> bool {
        (here | self.case) & self.mask == self.head
    }
}

/// The third letters that anchors go on with behind each pair of letters, one bit for each: nearly all places of a
/// text are passed over by them.
#[derive(Debug)]
struct Openings(Box<[u32]>);

impl Openings {
    fn none() -> Self {
        Self(vec![0; usize::from(PAIRS)].into_boxed_slice())
    }

    fn add(&mut self, anchor: &[u8]) {
        let thirds = anchor.get(2).map_or(u32::MAX, |third| 1 << (third % LETTERS));
        pairs(anchor).for_each(|pair| self.0[usize::from(pair)] |= thirds);
    }

    /// Whether an anchor may begin with these letters.
    fn hold(&self, [first, second, third]: [u8; 3]) -> bool {
        self.0[usize::from(pair(first, second))] >> (third % LETTERS) & 1 == 1
    }
}

/// The anchors sorted by their buckets, those of one bucket in the order of their terms; and where each bucket's
/// anchors begin, and the last one's end.
fn in_buckets(anchors: &[Anchor]) -> (Vec<Anchor>, Vec<u32>) {
    let mut begins = vec![0; usize::from(BUCKETS) + 2];
    anchors.iter().for_each(|anchor| begins[usize::from(anchor.bucket) + 2] += 1);
    let mut before = 0;
    for begin in &mut begins {
        before += *begin;
        *begin = before;
    }
    // A bucket is filled from where it begins, and ends where the next one began.
    let mut sorted = anchors.to_vec();
    for anchor in anchors {
        let next = &mut begins[usize::from(anchor.bucket) + 1];
        sorted[*next as usize] = *anchor;
        *next += 1;
    }
    (sorted, begins)
}

/// The bit that an upper-case letter of ASCII lacks.
const CASE: u8 = b'a' ^ b'A';

/// Letters are told apart by their last five bits, which are those of either case; third letters by two.
const LETTERS: u8 = 32;
const THIRDS: u8 = 4;
const PAIRS: u16 = LETTERS as u16 * LETTERS as u16;
const BUCKETS: u16 = PAIRS * THIRDS as u16;

fn pair(first: u8, second: u8) -> u16 {
    u16::from(first % LETTERS) * u16::from(LETTERS) + u16::from(second % LETTERS)
}

fn bucket(first: u8, second: u8, third: u8) -> u16 {
    pair(first, second) * u16::from(THIRDS) + u16::from(third % THIRDS)
}

/// The pairs that an anchor begins with: one, or all that begin with its only letter.
fn pairs(anchor: &[u8]) -> Range<u16> {
    match *anchor {
        [] => 0..0,
        [first] => pair(first, 0)..pair(first, 0) + u16::from(LETTERS),
        [first, second, ..] => pair(first, second)..pair(first, second) + 1,
    }
}

/// The buckets of an anchor: one, or all that begin with its only letters.
fn buckets(anchor: &[u8]) -> Range<u16> {
    if let [first, second, third, ..] = *anchor {
        let bucket = bucket(first, second, third);
        return bucket..bucket + 1;
    }
    let pairs = pairs(anchor);
    pairs.start * u16::from(THIRDS)..pairs.end * u16::from(THIRDS)
}

/// The first eight bytes, filled up with zeros.
fn head(bytes: &[u8]) -> u64 {
    let head = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut head = [0; 8];
        head[..bytes.len()].copy_from_slice(bytes);
        head
    });
    u64::from_le_bytes(head)
}

fn begins_with(bytes: &[u8], anchor: &str) -> bool {
    bytes.get(..anchor.len()).is_some_and(|found| found.eq_ignore_ascii_case(anchor.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_any_length_are_found_in_order() {
        let terms = ["c", "=go", "internationalization", "límite", "重试", "rate limit"];
        let lexicon = Lexicon::new(terms.map(Cow::Borrowed).into_iter().enumerate());
        let text = "C, Go: ratelimits; LíMITE 重试 internationalisation xgo";
        let mut found = Vec::new();
        lexicon.find(text, &mut [true; 6], |hit, _| found.push((hit.term.to_owned(), &text[hit.start..hit.end])));
        let found: Vec<(&str, &str)> = found.iter().map(|(term, text)| (term.as_str(), *text)).collect();
        assert_eq!(
            found,
            [
                ("c", "C"),
                ("go", "Go"),
                ("rate limit", "ratelimits"),
                ("límite", "LíMITE"),
                ("重试", "重试"),
                ("internationalization", "internationalisation"),
            ]
        );
    }

    #[test]
    fn nothing_is_looked_for_where_nothing_is_wanted() {
        let lexicon = Lexicon::new([(0, Cow::Borrowed("go")), (1, Cow::Borrowed("go"))].into_iter());
        let mut found = Vec::new();
        lexicon.find("go go", &mut [false, true], |hit, wanted| {
            wanted[hit.question] = false;
            found.push((hit.question, hit.start));
        });
        assert_eq!(found, [(1, 0)]);
    }
}
