//! Splits a value into its parts at commas and semicolons, outside of brackets and code.

use crate::markdown::Markdown;
use crate::plan::Text;
use crate::source::Span;

/// The parts of a value that stands alone.
pub(crate) fn items_of(value: &str) -> Vec<String> {
    const LABEL: &str = "**Value**: ";
    let text = format!("{LABEL}{value}");
    let items = split(&Markdown::parse(&text), Span::new(LABEL.len(), text.len()));
    items.into_iter().map(|item| item.text).collect()
}

pub(super) fn split(markdown: &Markdown<'_>, value: Span) -> Vec<Text> {
    let raw = markdown.raw(value);
    let mut items = Vec::new();
    let (mut depth, mut code, mut start) = (0_usize, false, 0);
    for (at, c) in raw.char_indices() {
        match c {
            '`' => code = !code,
            '(' | '[' | '{' | '（' if !code => depth += 1,
            ')' | ']' | '}' | '）' if !code => depth = depth.saturating_sub(1),
            ',' | ';' | '，' | '、' | '；' | '·' if !code && depth == 0 && !within_number(raw, at) => {
                push(markdown, value, start, at, &mut items);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    push(markdown, value, start, raw.len(), &mut items);
    items
}

/// `1,000` is one number.
fn within_number(raw: &str, at: usize) -> bool {
    let bytes = raw.as_bytes();
    bytes[at] == b','
        && at > 0
        && bytes[at - 1].is_ascii_digit()
        && bytes.get(at + 1..at + 4).is_some_and(|next| next.iter().all(u8::is_ascii_digit))
}

fn push(markdown: &Markdown<'_>, value: Span, start: usize, end: usize, items: &mut Vec<Text>) {
    let offset = value.start as usize;
    let text = markdown.plain_text(Span::new(offset + start, offset + end));
    if !text.text.is_empty() {
        items.push(text);
    }
}
