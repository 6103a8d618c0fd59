//! Places in a text: byte spans inside, lines and columns at the edge.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in one document's text.
///
/// Offsets are `u32`: a document of more than 4 GiB is refused long before it is parsed.
///
/// ```
/// use plangate_core::Span;
/// let span = Span::new(2, 5);
/// assert_eq!(span.text("a plan"), "pla");
/// assert_eq!(span.len(), 3);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`, in bytes. Offsets beyond `u32::MAX` are cut to it.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end.max(start)) }
    }

    /// The empty span at `offset`.
    #[must_use]
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The span as a range of `usize`.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..(self.end as usize).max(self.start as usize)
    }

    /// Whether `offset` lies inside.
    #[must_use]
    pub fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the whole of `other` lies inside.
    #[must_use]
    pub fn encloses(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text of the span; empty where the span does not fit the text.
    #[must_use]
    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The span of `part`, which must be a slice of `whole` that itself starts at `offset`.
    #[must_use]
    pub(crate) fn of(part: &str, whole: &str, offset: usize) -> Self {
        let start = (part.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
        let start = if start <= whole.len() { offset + start } else { offset };
        Self::new(start, start + part.len())
    }
}

/// A place as people and editors count: 1-based line, 1-based column in Unicode scalar values, and
/// the offset in UTF-8 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in Unicode scalar values.
    pub column: u32,
    /// Offset in UTF-8 bytes.
    pub offset: u32,
}

/// Where each line of a text begins; turns offsets into [`Position`]s.
///
/// ```
/// use plangate_core::LineIndex;
/// let text = "ä\r\nb";
/// let lines = LineIndex::new(text);
/// let position = lines.position(text, 4);
/// assert_eq!((position.line, position.column), (2, 1));
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads the line starts of `text` (`\n` and `\r\n` end a line).
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)));
        Self { starts }
    }

    /// 1-based number of the line that holds `offset`.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX).max(1)
    }

    /// The position of `offset` in `text`, cut to the text's end and back to a character boundary.
    #[must_use]
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let mut at = (offset as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let offset = u32::try_from(at).unwrap_or(u32::MAX);
        let line = self.line(offset);
        let start = self.starts[(line - 1) as usize] as usize;
        let column = u32::try_from(text[start..at].chars().count() + 1).unwrap_or(u32::MAX);
        Position { line, column, offset }
    }

    /// The span of 1-based `line`, without its line ending.
    #[must_use]
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let index = (line.max(1) - 1) as usize;
        let start = self.starts.get(index).map_or(text.len(), |start| *start as usize);
        let end = self.starts.get(index + 1).map_or(text.len(), |next| *next as usize);
        Span::new(start, start + text[start..end].trim_end_matches(['\n', '\r']).len())
    }
}
