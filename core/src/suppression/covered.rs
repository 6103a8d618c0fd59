//! Which findings a comment covers. They are looked up instead of searched for, because neither comments nor findings
//! have a bound.

use std::collections::HashMap;
use std::ops::Range;

use super::comment::Comment;
use crate::diagnostic::Finding;

/// The findings of a feature by the words that a comment may call them by.
pub(super) struct Covered {
    lists: HashMap<String, HashMap<String, List>>,
}

/// The findings of one rule in one document, in the order of their places.
#[derive(Default)]
struct List {
    /// Where each begins, and its number.
    places: Vec<(u32, usize)>,
    /// For each the next one that is not yet taken, or a place nearer to it.
    free: Vec<usize>,
}

impl Covered {
    pub(super) fn of(findings: &[Finding]) -> Self {
        let mut lists: HashMap<String, HashMap<String, List>> = HashMap::new();
        for (at, finding) in findings.iter().enumerate() {
            let document = lists.entry(finding.place.path.clone()).or_default();
            for word in [finding.rule.to_ascii_uppercase(), finding.name.to_string()] {
                document.entry(word).or_default().places.push((finding.place.span.start, at));
            }
        }
        for list in lists.values_mut().flat_map(HashMap::values_mut) {
            list.places.sort_unstable();
            list.free = (0..=list.places.len()).collect();
        }
        Self { lists }
    }

    /// Whether a comment covers a finding of the rule that it calls `code`.
    pub(super) fn has_some(&mut self, comment: &Comment<'_>, code: &str) -> bool {
        self.list(comment, code).is_some_and(|list| !list.within(comment).is_empty())
    }

    /// The numbers of the findings of the rule `code` that a comment covers, and that were not taken before.
    pub(super) fn take(&mut self, comment: &Comment<'_>, code: &str) -> Vec<usize> {
        let Some(list) = self.list(comment, code) else { return Vec::new() };
        let Range { start, end } = list.within(comment);
        let mut taken = Vec::new();
        let mut at = list.next_free(start);
        while at < end {
            taken.push(list.places[at].1);
            list.free[at] = at + 1;
            at = list.next_free(at);
        }
        taken
    }

    /// An id in any letter case, or a name.
    fn list(&mut self, comment: &Comment<'_>, code: &str) -> Option<&mut List> {
        let document = self.lists.get_mut(comment.document)?;
        let id = code.to_ascii_uppercase();
        document.get_mut(if document.contains_key(code) { code } else { &id })
    }
}

impl List {
    /// The findings that begin in what the comment covers.
    fn within(&self, comment: &Comment<'_>) -> Range<usize> {
        let covers = comment.covers;
        let start = self.places.partition_point(|(at, _)| *at < covers.start);
        start..self.places.partition_point(|(at, _)| *at < covers.end || *at == covers.start)
    }

    fn next_free(&mut self, from: usize) -> usize {
        let mut at = from;
        while self.free[at] != at {
            // The way is halved each time that it is gone.
            self.free[at] = self.free[self.free[at]];
            at = self.free[at];
        }
        at
    }
}
