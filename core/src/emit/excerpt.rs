//! Excerpts: the lines around a finding's places, cut to a window, without control characters, and
//! with what must not be printed masked.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::symbol;
use crate::report::{MASK, Source};
use crate::source::Span;

/// Stands where a line was cut.
const CUT: &str = "…";

/// Bytes before and behind a place that are looked at. Keeps an excerpt of a line of many megabytes
/// cheap; more than any window shows.
const REACH: usize = 4_000;

/// A part of a source, with its places at their new offsets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// Whole lines, the lines between distant places empty.
    pub(super) text: String,
    /// 1-based number of the first line.
    pub(super) first_line: u32,
    /// The first lines of the places in the order in which they were asked for, as bytes in `text`.
    pub(super) places: Vec<Range<usize>>,
    /// The further lines of the first place, as bytes in `text`.
    pub(super) more: Vec<Range<usize>>,
}

impl Excerpt {
    /// Lines of the first place that are shown. Only its first line is marked: carets below a
    /// paragraph hide it.
    pub(super) const MOST_LINES: u32 = 4;

    /// The lines of `source` that hold `places`, each at most `width` columns wide. There is at
    /// least one place.
    pub(super) fn new(source: &Source<'_>, places: &[Span], redact: &[Span], width: usize) -> Self {
        let last_of_first = places.first().map_or(0, |place| source.position(place.end.saturating_sub(1)).line);
        let places: Vec<Span> = places.iter().map(|place| first_line(source, *place)).collect();
        let lines: Vec<u32> = places.iter().map(|place| source.lines().line(place.start)).collect();
        let more = lines.first().map_or(0..0, |line| line + 1..(last_of_first + 1).min(line + Self::MOST_LINES));
        let first_line = lines.iter().copied().min().unwrap_or(1);
        let last_line = lines.iter().copied().chain(more.clone()).max().unwrap_or(1);
        // The renderer folds lines without a place away, but shows a single one between two places.
        let shown = |line: u32| more.contains(&line) || lines.iter().any(|known| known.abs_diff(line) <= 1);
        let mut excerpt = Self { text: String::new(), first_line, places: vec![0..0; places.len()], more: Vec::new() };
        for line in first_line..=last_line {
            if line > first_line {
                excerpt.text.push('\n');
            }
            let start = excerpt.text.len();
            if shown(line) {
                excerpt.push_line(source, line, &places, redact, width);
            }
            if more.contains(&line) {
                excerpt.more.push(start..excerpt.text.len());
            }
        }
        excerpt
    }

    /// How wide the renderer writes this excerpt's line numbers: it counts up to the last place.
    pub(super) fn digits(&self) -> usize {
        let end = self.places.iter().chain(&self.more).map(|place| place.end).max().unwrap_or_default();
        let last_line = self.first_line as usize + self.text[..end].matches('\n').count();
        last_line.max(1).ilog10() as usize + 1
    }

    fn push_line(&mut self, source: &Source<'_>, line: u32, places: &[Span], redact: &[Span], width: usize) {
        let whole = source.lines().line_span(source.text(), line);
        let focus = places.iter().filter(|place| touches(**place, whole)).copied().reduce(Span::to);
        let focus = focus.map_or(Span::at(whole.start as usize), |focus| within(focus, whole));
        let (part, cut) = reach(source.text(), whole, focus);
        let pieces = pieces(source.text(), part, redact);
        let window = window(&pieces, focus, width, cut);
        let base = self.text.len();
        let lead = if window.cut_left { CUT.len() } else { 0 };
        self.text.push_str(&CUT[..lead]);
        let mut offsets = Vec::with_capacity(window.pieces.len() + 1);
        for piece in &pieces[window.pieces.clone()] {
            offsets.push((piece.start, self.text.len()));
            piece.push_to(&mut self.text);
        }
        let end = self.text.len();
        if window.cut_right {
            self.text.push_str(CUT);
        }
        let at = |offset: u32| {
            let index = offsets.partition_point(|(start, _)| *start < offset);
            offsets.get(index).map_or(end, |(_, at)| *at).max(base + lead)
        };
        for (place, range) in places.iter().zip(&mut self.places) {
            if touches(*place, whole) {
                *range = at(place.start)..at(place.end).max(at(place.start));
            }
        }
    }
}

/// One character as it is shown, or the mask of a redacted span.
#[derive(Debug)]
struct Piece {
    /// Offset of its first byte in the source.
    start: u32,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Letter(char),
    Tab,
    Mask,
}

impl Piece {
    fn width(&self) -> usize {
        match self.shown {
            Shown::Letter(letter) => letter.width().unwrap_or(1),
            Shown::Tab => 4,
            Shown::Mask => MASK.len(),
        }
    }

    fn push_to(&self, text: &mut String) {
        match self.shown {
            Shown::Letter(letter) => text.push(letter),
            Shown::Tab => text.push_str("    "),
            Shown::Mask => text.push_str(MASK),
        }
    }
}

/// Characters of `part` as they are shown.
fn pieces(text: &str, part: Span, redact: &[Span]) -> Vec<Piece> {
    let redact: Vec<Span> =
        redact.iter().filter(|span| span.start < part.end && part.start < span.end).copied().collect();
    let mut pieces = Vec::with_capacity(part.len());
    let mut masked_until = 0;
    for (at, letter) in part.text(text).char_indices() {
        let start = part.start + Span::at(at).start;
        if let Some(secret) = redact.iter().filter(|span| span.contains(start)).map(|span| span.end).max() {
            if start >= masked_until {
                pieces.push(Piece { start, shown: Shown::Mask });
            }
            masked_until = masked_until.max(secret);
            continue;
        }
        let shown = if letter == '\t' { Shown::Tab } else { Shown::Letter(symbol(letter).unwrap_or(letter)) };
        pieces.push(Piece { start, shown });
    }
    pieces
}

/// The pieces of a line that are shown.
struct Window {
    pieces: Range<usize>,
    cut_left: bool,
    cut_right: bool,
}

/// Chooses at most `width` columns of a line. The whole of `focus` is among them where it fits, with
/// as much before it as behind it; else as much of its beginning as fits.
fn window(pieces: &[Piece], focus: Span, width: usize, cut: (bool, bool)) -> Window {
    let total: usize = pieces.iter().map(Piece::width).sum();
    if total <= width {
        return Window { pieces: 0..pieces.len(), cut_left: cut.0, cut_right: cut.1 };
    }
    let column = |offset: u32| pieces.iter().take_while(|piece| piece.start < offset).map(Piece::width).sum::<usize>();
    let (from, to) = (column(focus.start), column(focus.end));
    let room = width.saturating_sub(2);
    let spare = room.saturating_sub(to - from);
    let lead = if to - from <= room { spare / 2 } else { (room / 4).min(8) };
    let left = if to + 4 <= room { 0 } else { from.saturating_sub(lead).min(total.saturating_sub(room)) };
    let mut at = 0;
    let mut shown = pieces.len()..pieces.len();
    for (index, piece) in pieces.iter().enumerate() {
        if at >= left && shown.start > index {
            shown.start = index;
        }
        at += piece.width();
        if at > left + room {
            shown.end = index;
            break;
        }
    }
    let shown = shown.start.min(shown.end)..shown.end;
    Window { cut_left: cut.0 || shown.start > 0, cut_right: cut.1 || shown.end < pieces.len(), pieces: shown }
}

/// The part of a line near `focus`, and whether something was left out before it and behind it.
fn reach(text: &str, line: Span, focus: Span) -> (Span, (bool, bool)) {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let start = floor((focus.start as usize).saturating_sub(REACH)).max(line.start as usize);
    let end = floor(focus.start as usize + REACH).min(line.end as usize);
    let part = Span::new(start, end);
    (part, (part.start > line.start, part.end < line.end))
}

/// The first line of a place, on character boundaries. White space before its first word is left
/// out.
fn first_line(source: &Source<'_>, place: Span) -> Span {
    let [start, end] = [place.start, place.end.max(place.start)].map(|offset| source.position(offset).offset);
    let place = Span { start, end };
    let near = &place.text(source.text()).as_bytes()[..place.len().min(REACH)];
    let blank = near.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let blank = if blank == near.len() { 0 } else { blank };
    let start = start + Span::at(blank).start;
    let line = source.lines().line_span(source.text(), source.lines().line(start));
    let start = start.min(line.end);
    Span { start, end: end.clamp(start, line.end) }
}

fn touches(place: Span, line: Span) -> bool {
    place.start <= line.end && line.start <= place.end
}

fn within(place: Span, line: Span) -> Span {
    Span { start: place.start.max(line.start), end: place.end.min(line.end) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Sources;

    /// The excerpt's text with `[` and `]` around each place.
    fn shown(text: &str, places: &[&str], redact: &[&str], width: usize) -> String {
        let find = |part: &&str| text.find(*part).map(|at| Span::new(at, at + part.len())).unwrap();
        let places: Vec<Span> = places.iter().map(find).collect();
        let redact: Vec<Span> = redact.iter().map(find).collect();
        excerpt(text, &places, &redact, width)
    }

    fn excerpt(text: &str, places: &[Span], redact: &[Span], width: usize) -> String {
        let mut sources = Sources::default();
        sources.insert("plan.md", text);
        let excerpt = Excerpt::new(sources.get("plan.md").unwrap(), places, redact, width);
        let mut marks: Vec<(usize, char)> =
            excerpt.places.iter().flat_map(|place| [(place.start, '['), (place.end, ']')]).collect();
        marks.sort_by_key(|(at, _)| *at);
        let mut text = excerpt.text;
        for (at, mark) in marks.into_iter().rev() {
            text.insert(at, mark);
        }
        format!("{}: {text}", excerpt.first_line)
    }

    #[test]
    fn only_the_lines_with_places_are_shown() {
        let text = "a\nb\nc\nd\ne\nf\ng\nh\n";
        assert_eq!(shown(text, &["c"], &[], 80), "3: [c]");
        assert_eq!(shown(text, &["g", "b"], &[], 80), "2: [b]\nc\n\n\nf\n[g]");
    }

    #[test]
    fn a_long_line_is_cut_around_its_place() {
        let text = format!("{}the place {}", "word ".repeat(400), "more ".repeat(400));
        let shown = shown(&text, &["the place"], &[], 40);
        assert_eq!(shown, "1: …ord word word [the place] more more more…");
        let begin = excerpt(&text, &[Span::new(0, 4)], &[], 40);
        assert_eq!(begin, "1: [word] word word word word word word wor…");
        let end = excerpt(&text, &[Span::new(text.len() - 5, text.len())], &[], 40);
        assert_eq!(end, "1: …re more more more more more more [more ]");
    }

    #[test]
    fn a_place_wider_than_the_window_shows_its_beginning() {
        let text = format!("{}{}", "- ".repeat(100), "x".repeat(3_000));
        let place = Span::new(200, text.len());
        assert_eq!(excerpt(&text, &[place], &[], 30), "1: … - - - [xxxxxxxxxxxxxxxxxxxxx]…");
    }

    #[test]
    fn wide_characters_count_twice() {
        let text = "字".repeat(100);
        assert_eq!(excerpt(&text, &[Span::new(150, 153)], &[], 14), "1: …字字[字]字字…");
    }

    #[test]
    fn secrets_are_masked_whatever_is_shown() {
        let text = "key = sk-live-1234 # the key";
        assert_eq!(shown(text, &["key = sk-live-1234"], &["sk-live-1234"], 80), "1: [key = ********] # the key");
        assert_eq!(shown(text, &["live"], &["sk-live-1234"], 80), "1: key = ********[] # the key");
    }

    #[test]
    fn control_characters_become_symbols() {
        assert_eq!(shown("a\u{1b}[31mred\u{9b}\tz", &["red"], &[], 80), "1: a␛[31m[red]\u{fffd}    z");
    }

    #[test]
    fn places_beyond_the_text_are_clamped() {
        assert_eq!(excerpt("ab\ncd", &[Span::new(90, 99)], &[], 80), "2: cd[]");
        assert_eq!(excerpt("", &[Span::new(0, 5)], &[], 80), "1: []");
        assert_eq!(excerpt("ä", &[Span::new(1, 2)], &[], 80), "1: [ä]");
    }

    #[test]
    fn only_the_first_line_of_a_place_is_marked() {
        assert_eq!(excerpt("one\ntwo\nthree\n", &[Span::new(0, 8)], &[], 80), "1: [one]\ntwo");
        assert_eq!(excerpt("one\n2\n3\n4\n5\n6\n", &[Span::new(0, 12)], &[], 80), "1: [one]\n2\n3\n4");
        assert_eq!(excerpt("one\n\n two\nthree", &[Span::new(3, 9)], &[], 80), "3:  [two]");
        assert_eq!(excerpt("one\n \n", &[Span::new(3, 6)], &[], 80), "1: one[]\n ");
    }

    #[test]
    fn line_endings_of_windows_are_no_part_of_a_line() {
        assert_eq!(excerpt("one\r\ntwo\r\n", &[Span::new(0, 5)], &[], 80), "1: [one]");
    }

    #[test]
    fn any_place_in_any_text_gives_an_excerpt() {
        let text = "# Plan\r\n\n| 字\t| \u{1b}[0m |\n\u{200d}é\n- last";
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                for width in [0, 1, 5, 80] {
                    excerpt(
                        text,
                        &[Span { start: start as u32, end: end as u32 }, Span::at(3)],
                        &[Span::new(9, 12)],
                        width,
                    );
                }
            }
        }
    }
}
