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
    /// How many characters stand before each [`STRIDE`] bytes of the text; empty for a text without long lines.
    characters: Vec<u32>,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 4096;

impl LineIndex {
    /// Reads the line starts of `text` (`\n` and `\r\n` end a line).
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)));
        let long = starts.windows(2).any(|pair| (pair[1] - pair[0]) as usize > STRIDE);
        let last = starts.last().map_or(0, |start| *start as usize);
        let characters =
            if long || text.len() - last.min(text.len()) > STRIDE { counted(text.as_bytes()) } else { Vec::new() };
        Self { starts, characters }
    }

    /// How many characters of `text` begin in `range`, both ends of which are boundaries. Takes as long for a line of
    /// megabytes as for a short one.
    fn count(&self, text: &str, range: std::ops::Range<usize>) -> usize {
        let (first, last) = (range.start.div_ceil(STRIDE), range.end / STRIDE);
        match (self.characters.get(first), self.characters.get(last)) {
            (Some(before), Some(behind)) if first <= last => {
                let bytes = text.as_bytes();
                let whole = behind.saturating_sub(*before) as usize;
                characters(&bytes[range.start..first * STRIDE]) + whole + characters(&bytes[last * STRIDE..range.end])
            }
            _ => characters(&text.as_bytes()[range]),
        }
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
        let column = u32::try_from(self.count(text, start..at) + 1).unwrap_or(u32::MAX);
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
/// How many characters begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    const CONTINUES: u8 = 0b1000_0000;
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != CONTINUES).count()
}

/// How many characters begin before each [`STRIDE`] bytes.
fn counted(bytes: &[u8]) -> Vec<u32> {
    let mut so_far = 0;
    let mut counts = vec![0];
    for chunk in bytes.chunks_exact(STRIDE) {
        so_far += characters(chunk);
        counts.push(u32::try_from(so_far).unwrap_or(u32::MAX));
    }
    counts
}

/// The first letters of a text.
pub(crate) fn beginning(text: &str, letters: usize) -> &str {
    text.char_indices().nth(letters).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_count_characters() {
        let text = format!("short ä\n{}\nend", "aä✅\r🗳".repeat(3000));
        let lines = LineIndex::new(&text);
        for (at, _) in text.char_indices().step_by(7) {
            let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
            let position = lines.position(&text, at as u32);
            assert_eq!(position.column as usize, text[start..at].chars().count() + 1, "at {at}");
        }
        assert_eq!(lines.position(&text, u32::MAX).column, 4);
    }
}
