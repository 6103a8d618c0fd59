//! The texts behind a report: they give lines, columns and excerpts, and are no part of its JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::diagnostic::Place;
use crate::feature::{Feature, State};
use crate::source::{LineIndex, Position, Span};

/// The texts of the files that a report names, by path. They are borrowed from a feature where they
/// can be.
///
/// ```
/// use plangate_core::report::Sources;
/// let mut sources = Sources::default();
/// sources.insert("plan.md", "# Plan\nänder");
/// assert_eq!(sources.position("plan.md", 9).column, 2);
/// assert_eq!(sources.position("else.md", 9).line, 1, "a text that nobody gave");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Sources<'a> {
    files: BTreeMap<Cow<'a, str>, Source<'a>>,
}

/// One text with its line starts.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    text: Cow<'a, str>,
    lines: OnceLock<LineIndex>,
}

impl Source<'_> {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where its lines begin; read when it is first asked for.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The position of an offset, cut to the text's end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }
}

impl<'a> Sources<'a> {
    /// The texts of a feature's documents and of the files that the repository's facts come from.
    #[must_use]
    pub fn of(feature: &'a Feature) -> Self {
        let mut sources = Self::default();
        for document in feature.documents.iter().filter(|document| document.state == State::Provided) {
            sources.insert(document.path.as_str(), document.text.as_str());
        }
        for (path, text) in feature.repository().into_iter().flat_map(|facts| &facts.sources) {
            // A feature's contract can be a manifest as well; the feature's own text counts.
            if sources.get(path).is_none() {
                sources.insert(path.as_str(), text.as_str());
            }
        }
        sources
    }

    /// Adds a text, or replaces it.
    pub fn insert(&mut self, path: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) {
        self.files.insert(path.into(), Source { text: text.into(), lines: OnceLock::new() });
    }

    /// Takes over the texts of `other`.
    pub fn extend(&mut self, other: Sources<'a>) {
        self.files.extend(other.files);
    }

    /// Copies of the texts at `paths`, to outlive their feature.
    #[must_use]
    pub fn keep(&self, paths: &[&str]) -> Sources<'static> {
        let mut kept = Sources::default();
        for (path, source) in paths.iter().filter_map(|path| Some((*path, self.get(path)?))) {
            kept.insert(path.to_owned(), source.text().to_owned());
        }
        kept
    }

    /// The same texts as seen from outside: every path below `folder`.
    #[must_use]
    pub fn below(self, folder: &str) -> Self {
        let below = |(path, source)| (Cow::Owned(format!("{folder}/{path}")), source);
        Self { files: self.files.into_iter().map(below).collect() }
    }

    /// The text at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Source<'a>> {
        self.files.get(path)
    }

    /// The text of a place; empty where it is not known.
    #[must_use]
    pub fn text(&self, place: &Place) -> &str {
        self.get(&place.path).map_or("", |source| place.span.text(&source.text))
    }

    /// The position of an offset. In a text that is not known every offset stands on line 1.
    #[must_use]
    pub fn position(&self, path: &str, offset: u32) -> Position {
        self.get(path).map_or(Position { line: 1, column: 1, offset }, |source| source.position(offset))
    }

    /// Start and end of a place.
    pub(super) fn positions(&self, place: &Place) -> [Position; 2] {
        let Span { start, end } = place.span;
        [start, end.max(start)].map(|offset| self.position(&place.path, offset))
    }

    /// Reads positions anew from their offsets, where the text is known.
    pub(super) fn relocate(&self, path: &str, positions: [&mut Position; 2]) {
        let Some(source) = self.get(path) else { return };
        for position in positions {
            *position = source.position(position.offset);
        }
    }
}
