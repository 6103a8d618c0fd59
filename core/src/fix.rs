//! Applies the fixes of a report to the texts in memory, pass after pass, until none is left.
//! `write.rs` puts the result on disk.

#[cfg(feature = "fs")]
mod replacement;
#[cfg(test)]
mod tests;
#[cfg(feature = "fs")]
mod write;

use std::collections::BTreeMap;
use std::ops::Range;

#[cfg(feature = "fs")]
pub use replacement::{Abandoned, Replacement, abandon};
#[cfg(feature = "fs")]
pub use write::{WriteError, write};

use crate::diagnostic::Applicability;
use crate::engine::Engine;
use crate::feature::{Document, DocumentKind, Feature};
use crate::report::{EditReport, Failure, FindingReport, FixReport, MOST_FINDINGS, PlanReport};

/// Fixes that open the way for others come to their end long before this many passes.
const MOST_PASSES: usize = 100;

/// A document before and after its fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// Path relative to the repository's root, with `/`.
    pub path: String,
    /// The text that the fixes were made for, without a byte order mark.
    pub before: String,
    /// The text that they left.
    pub after: String,
}

/// A feature after its fixes; nothing of it is written yet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Repaired {
    /// The feature with the new texts.
    pub feature: Feature,
    /// What remains.
    pub report: PlanReport,
    /// How many fixes of each rule were applied, by its id.
    pub fixed: BTreeMap<String, usize>,
    /// The documents that changed, by path.
    pub changes: Vec<Change>,
}

impl Engine {
    /// Examines a feature and applies the fixes of its findings, up to `applicability`, until none is
    /// left. Of fixes that overlap, the first by position is applied, and the others are sought anew in
    /// the next pass. Suppressed findings, documents of the repository outside of the feature, and
    /// documents whose bytes are no UTF-8 are left alone.
    ///
    /// ```
    /// use plangate_core::diagnostic::Applicability;
    /// use plangate_core::{Engine, Feature};
    ///
    /// let plan = "# Implementation Plan: Voting\n\n**Branch**: `001-voting` | **Date**: March 2, 2026\n";
    /// let feature = Feature::builder().folder("specs/001-voting").plan(plan).build();
    /// let repaired = Engine::builder().build()?.repair(feature, Applicability::Safe);
    /// assert_eq!(repaired.fixed["PLN302"], 1);
    /// assert!(repaired.changes[0].after.contains("**Date**: 2026-03-02\n"));
    /// # Ok::<(), plangate_core::engine::EngineError>(())
    /// ```
    #[must_use]
    pub fn repair(&self, feature: Feature, applicability: Applicability) -> Repaired {
        let report = self.evaluate_whole(&feature);
        let mut repaired = Repaired { feature, report, fixed: BTreeMap::new(), changes: Vec::new() };
        let mut last = Pass::default();
        for _ in 0..MOST_PASSES {
            let pass = Pass::of(&repaired, applicability);
            if pass.edits.is_empty() {
                if repaired.report.findings.len() > MOST_FINDINGS {
                    repaired.report = self.evaluate(&repaired.feature);
                }
                return repaired;
            }
            repaired.apply(&pass);
            repaired.report = self.evaluate_whole(&repaired.feature);
            last = pass;
        }
        repaired.given_up(self, &last)
    }
}

impl Repaired {
    fn apply(&mut self, pass: &Pass) {
        for (path, edits) in &pass.edits {
            let Some(document) = fixable(&self.feature, path) else { continue };
            let after = applied(&document.text, edits);
            let Some(before) = self.feature.rewrite(path, &after) else { continue };
            match self.changes.iter_mut().find(|change| change.path == *path) {
                Some(change) => change.after = after,
                None => self.changes.push(Change { path: path.clone(), before, after }),
            }
        }
        self.changes.sort_by(|a, b| a.path.cmp(&b.path));
        for rule in &pass.rules {
            *self.fixed.entry(rule.clone()).or_default() += 1;
        }
    }

    /// The feature as it was: fixes that make each other necessary are a fault of their rules.
    fn given_up(mut self, engine: &Engine, last: &Pass) -> Self {
        for change in std::mem::take(&mut self.changes) {
            self.feature.rewrite(&change.path, &change.before);
        }
        let mut rules = last.rules.clone();
        rules.dedup();
        let message = format!(
            "the fixes of {} did not come to an end in {MOST_PASSES} passes, and none was applied; --ignore one of them",
            rules.join(", ")
        );
        self.fixed.clear();
        self.report = engine.evaluate(&self.feature);
        self.report.failures.push(Failure::of_path(self.report.path.clone(), message));
        self
    }
}

/// What is replaced in one text: by where it begins, to where it ends, and the new text.
type Edits = BTreeMap<usize, (usize, String)>;

/// The fixes that are applied at one time: none overlaps another.
#[derive(Debug, Default)]
struct Pass {
    edits: BTreeMap<String, Edits>,
    /// The rule of each fix.
    rules: Vec<String>,
}

impl Pass {
    fn of(repaired: &Repaired, applicability: Applicability) -> Self {
        let mut fixes: Vec<(&FindingReport, &FixReport)> = repaired
            .report
            .counted()
            .filter_map(|finding| Some((finding, finding.fix.as_ref()?)))
            .filter(|(_, fix)| fix.applicability <= applicability)
            .collect();
        fixes.sort_by_key(|(_, fix)| fix.edits.first().map(|edit| (&edit.path, edit.start.offset, edit.end.offset)));
        let mut pass = Self::default();
        for (finding, fix) in fixes {
            pass.take(&repaired.feature, finding, fix);
        }
        pass
    }

    /// Takes all edits of a fix, or none.
    fn take(&mut self, feature: &Feature, finding: &FindingReport, fix: &FixReport) {
        let fitting: Option<Vec<_>> = fix.edits.iter().map(|edit| fitting(feature, edit)).collect();
        let Some(fitting) = fitting else { return };
        let changes_something = fitting.iter().any(|(text, range, new)| text[range.clone()] != **new);
        let free = fix.edits.iter().zip(&fitting).all(|(edit, (_, range, _))| self.is_free(&edit.path, range));
        if !changes_something || !free {
            return;
        }
        for (edit, (_, range, new)) in fix.edits.iter().zip(fitting) {
            self.edits.entry(edit.path.clone()).or_default().insert(range.start, (range.end, new));
        }
        self.rules.push(finding.rule.clone());
    }

    /// Whether nothing is replaced in the range or beside it.
    fn is_free(&self, path: &str, range: &Range<usize>) -> bool {
        let before = self.edits.get(path).and_then(|edits| edits.range(..=range.end).next_back());
        before.is_none_or(|(_, (end, _))| *end < range.start)
    }
}

/// The document at `path`, where it is the feature's own and can be written back as it was read.
fn fixable<'a>(feature: &'a Feature, path: &str) -> Option<&'a Document> {
    let shared = |kind| matches!(kind, DocumentKind::Constitution | DocumentKind::PlanTemplate);
    feature.own_text(path).filter(|document| !shared(document.kind))
}

/// The text that an edit belongs to, the range in it, and the new text in its line endings.
fn fitting<'a>(feature: &'a Feature, edit: &EditReport) -> Option<(&'a str, Range<usize>, String)> {
    let text = fixable(feature, &edit.path)?.text.as_str();
    let range = edit.start.offset as usize..edit.end.offset as usize;
    text.get(range.clone())?;
    let new = edit.text.replace("\r\n", "\n");
    let new = if ends_lines_with_crlf(text, range.start) { new.replace('\n', "\r\n") } else { new };
    Some((text, range, new))
}

/// Whether the line above `at` ends with CRLF; of the first line, whether it does itself.
fn ends_lines_with_crlf(text: &str, at: usize) -> bool {
    let end = text[..at].rfind('\n').or_else(|| text[at..].find('\n').map(|found| at + found));
    end.is_some_and(|end| text[..end].ends_with('\r'))
}

fn applied(text: &str, edits: &Edits) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (start, (end, new)) in edits {
        out.push_str(&text[done..*start]);
        out.push_str(new);
        done = *end;
    }
    out.push_str(&text[done..]);
    out
}
