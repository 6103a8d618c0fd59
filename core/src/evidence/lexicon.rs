//! The terms of a pack, compiled into one automaton, so that a text is read once for all of them.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;

use super::term::Term;

/// Terms, each with the question that it belongs to.
#[derive(Debug)]
pub(super) struct Lexicon {
    terms: Vec<(usize, Term)>,
    /// The terms that may stand where an anchor was found.
    anchored: Vec<Vec<usize>>,
    automaton: Option<AhoCorasick>,
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
    pub(super) fn new<'p>(patterns: impl Iterator<Item = (usize, &'p str)>) -> Self {
        let terms: Vec<(usize, Term)> =
            patterns.filter_map(|(question, pattern)| Some((question, Term::read(pattern)?))).collect();
        let mut anchors: Vec<&str> = Vec::new();
        let mut anchored: Vec<Vec<usize>> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (index, (_, term)) in terms.iter().enumerate() {
            for anchor in term.anchors() {
                let at = *known.entry(anchor).or_insert_with(|| {
                    anchors.push(anchor);
                    anchored.push(Vec::new());
                    anchors.len() - 1
                });
                anchored[at].push(index);
            }
        }
        // It fails only for more anchors than any pack could hold; nothing is found then.
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&anchors).ok();
        Self { terms, anchored, automaton }
    }

    /// Tells `take` each term in `text`, from front to back, for the questions that are `wanted`; `take`
    /// says by them whether it wants more of a question.
    pub(super) fn find<'a>(&'a self, text: &str, wanted: &mut [bool], mut take: impl FnMut(Found<'a>, &mut [bool])) {
        let Some(automaton) = &self.automaton else { return };
        let mut left = wanted.iter().filter(|wanted| **wanted).count();
        if left == 0 {
            return;
        }
        for hit in automaton.find_overlapping_iter(text) {
            for index in &self.anchored[hit.pattern().as_usize()] {
                let (question, term) = &self.terms[*index];
                if !wanted[*question] {
                    continue;
                }
                if let Some((start, end)) = term.around(text, hit.start()) {
                    take(Found { question: *question, term: &term.text, start, end }, wanted);
                    left -= usize::from(!wanted[*question]);
                }
            }
            if left == 0 {
                return;
            }
        }
    }
}
