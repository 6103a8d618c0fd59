//! Taking something out of a plan so that what is left is a well-formed document.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::gate::GateContext;
use crate::source::Span;

/// The fix that takes `span` out of the plan.
pub(super) fn fix(
    cx: &GateContext<'_>,
    span: Span,
    applicability: Applicability,
    description: impl Into<String>,
) -> Fix {
    let edit = Edit { place: cx.place(extent(cx.text(), span)), text: String::new() };
    Fix { applicability, description: description.into(), edits: vec![edit] }
}

/// What goes with `span`: the lines that would become empty, and one of two blank lines that would
/// meet; inside of a line the white space before it.
pub(super) fn extent(text: &str, span: Span) -> Span {
    let range = span.range();
    if text.get(range.clone()).is_none() {
        return span;
    }
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
    let before = &text[line_start..range.start];
    let behind = &text[range.end..line_end];
    if before.contains(|c: char| !c.is_whitespace() && c != '>') || !behind.trim().is_empty() {
        let start = range.start - (before.len() - before.trim_end().len());
        let start = if behind.trim().is_empty() { start } else { range.start };
        let spaces = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let end = if behind.trim().is_empty() { range.end } else { range.end + spaces };
        return Span::new(start, end);
    }
    let above_blank = line_start == 0 || text[..line_start - 1].rsplit('\n').next().is_none_or(is_blank);
    let below = &text[line_end..];
    let blank = below.split_inclusive('\n').take_while(|line| is_blank(line)).map(str::len).sum::<usize>();
    let end = if above_blank { line_end + blank } else { line_end };
    Span::new(line_start, end)
}

fn is_blank(line: &str) -> bool {
    line.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_well_formed() {
        for (text, left) in [
            ("a\n\n{x}\n\nb\n", "a\n\nb\n"),
            ("a\n{x}\nb\n", "a\nb\n"),
            ("a\n{x}\n\nb\n", "a\n\nb\n"),
            ("{x}\n\nb", "b"),
            ("a\n\n> {x}\n", "a\n\n"),
            ("a\r\n\r\n{x}\r\n\r\nb", "a\r\n\r\nb"),
            ("a {x} b", "a b"),
            ("a {x}\n", "a\n"),
            ("{x", "{x"),
        ] {
            let Some(start) = text.find('{') else { panic!("no mark") };
            let end = text.find('}').map_or(start, |at| at + 1);
            let mut cut = text.to_owned();
            cut.replace_range(extent(text, Span::new(start, end)).range(), "");
            assert_eq!(cut, left, "{text:?}");
        }
    }
}
