//! The labelled lines of a plan: `**Key**: value` in all its forms. [`super::keyed`] reads those of other documents.

use crate::markdown::Markdown;
use crate::source::Span;

/// A key and what follows it on its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Label {
    /// The key without marks, in bytes.
    pub(super) key: Span,
    /// What follows the separator to the end of the line, trimmed.
    pub(super) value: Span,
    /// The whole label, marks included, up to the value.
    pub(super) head: Span,
    /// Whether the key is bold.
    pub(super) bold: bool,
}

/// The bold label that opens `line`: `**Key**: value`, `**Key:** value`, `**Key** — value`,
/// `**Key: value**`, `**Key**：value`. A bold text without any separator is a label only where it
/// ends the line.
pub(super) fn bold(markdown: &Markdown<'_>, line: Span) -> Option<Label> {
    let strong = *markdown.strongs_in(line).first()?;
    if strong.span.start != line.start {
        return None;
    }
    bold_at(markdown, strong.span, strong.inner, line.end)
}

/// Every bold label of `line`, each value cut where the next label begins.
pub(super) fn all_bold(markdown: &Markdown<'_>, line: Span) -> Vec<Label> {
    let strongs = markdown.strongs_in(line);
    let mut labels: Vec<Label> = Vec::new();
    for strong in strongs {
        let Some(label) = bold_at(markdown, strong.span, strong.inner, line.end) else { continue };
        if label.value.is_empty() && label.value.end < line.end && !separated(markdown, strong.span) {
            continue;
        }
        if let Some(last) = labels.last_mut() {
            last.value.end = strong.span.start.max(last.value.start);
            let raw = markdown.raw(last.value);
            last.value.end = last.value.start
                + Span::at(
                    raw.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•' | '｜')).len(),
                )
                .start;
        }
        labels.push(label);
    }
    labels
}

fn separated(markdown: &Markdown<'_>, strong: Span) -> bool {
    let behind = markdown.text.get(strong.end as usize..).unwrap_or_default().trim_start();
    behind.starts_with([':', '：']) || markdown.raw(strong).trim_end_matches('*').ends_with([':', '：'])
}

fn bold_at(markdown: &Markdown<'_>, outer: Span, inner: Span, line_end: u32) -> Option<Label> {
    let inside = markdown.raw(inner);
    let after_start = outer.end as usize;
    let after = markdown.text.get(after_start..line_end as usize)?;
    let (key_length, value_offset) = if let Some(at) = inside.trim_end().strip_suffix([':', '：']) {
        (at.trim_end().len(), None)
    } else if let Some(length) = separator(after) {
        (inside.trim_end().len(), Some(after_start + length))
    } else if let Some(at) = inside.find([':', '：']).filter(|_| after.trim().is_empty()) {
        // `**Status: PASS**`
        let width = inside[at..].chars().next().map_or(1, char::len_utf8);
        let value = trim(markdown, inner.start as usize + at + width, inner.end as usize);
        let key = Span::new(inner.start as usize, inner.start as usize + inside[..at].trim_end().len());
        return Some(Label { key, value, head: Span { start: outer.start, end: value.start }, bold: true });
    } else if after.trim().is_empty() {
        (inside.trim_end().len(), None)
    } else {
        return None;
    };
    let value_start = value_offset
        .unwrap_or_else(|| after_start + (after.len() - after.trim_start_matches([':', '：', ' ', '\t']).len()));
    let value = trim(markdown, value_start, line_end as usize);
    let key = Span::new(inner.start as usize, inner.start as usize + key_length);
    Some(Label { key, value, head: Span { start: outer.start, end: value.start.max(outer.end) }, bold: true })
}

/// Bytes of the separator behind a bold key: a colon, or a dash with space around it.
fn separator(after: &str) -> Option<usize> {
    let trimmed = after.trim_start();
    let lead = after.len() - trimmed.len();
    if let Some(c) = trimmed.chars().next().filter(|c| matches!(c, ':' | '：')) {
        return Some(lead + c.len_utf8());
    }
    for dash in ["—", "–", "- ", "→"] {
        if trimmed.starts_with(dash) && (lead > 0 || dash != "- ") {
            return Some(lead + dash.len());
        }
    }
    None
}

/// The plain label that opens `line`: `Key: value`. The key is short, and no sentence.
pub(super) fn plain(markdown: &Markdown<'_>, line: Span) -> Option<Label> {
    let raw = markdown.raw(line);
    let at = raw.char_indices().take(64).find(|(_, c)| matches!(c, ':' | '：')).map(|(at, _)| at)?;
    let key = raw[..at].trim_matches(['*', '_', '`', ' ']);
    let width = raw[at..].chars().next().map_or(1, char::len_utf8);
    let spaced = width > 1 || raw[at + width..].is_empty() || raw[at + width..].starts_with([' ', '\t', '*']);
    if key.is_empty()
        || !spaced
        || key.contains(['.', '?', '<', '[', '，', '。'])
        || key.contains('(') && !key.ends_with(')')
        || key.split_whitespace().count() > 6
    {
        return None;
    }
    let start = line.start as usize + (key.as_ptr() as usize - raw.as_ptr() as usize);
    let value = trim(markdown, line.start as usize + at + width, line.end as usize);
    Some(Label {
        key: Span::new(start, start + key.len()),
        value,
        head: Span { start: line.start, end: value.start },
        bold: false,
    })
}

fn trim(markdown: &Markdown<'_>, start: usize, end: usize) -> Span {
    markdown.trimmed(Span::new(start.min(end), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(&str, &str)>) {
        let markdown = Markdown::parse(line);
        let label = bold(&markdown, Span::new(0, line.len()));
        assert_eq!(label.map(|label| (markdown.raw(label.key), markdown.raw(label.value))), expected, "{line}");
    }

    #[test]
    fn bold_labels() {
        check("**Storage**: none", Some(("Storage", "none")));
        check("**Storage:** none", Some(("Storage", "none")));
        check("**Storage** — none", Some(("Storage", "none")));
        check("**Storage** - none", Some(("Storage", "none")));
        check("**储存**：无", Some(("储存", "无")));
        check("**Status: PASS**", Some(("Status", "PASS")));
        check("**Storage**", Some(("Storage", "")));
        check("**I. First** ✅", None);
        check("plain: text", None);
    }

    #[test]
    fn several_labels_share_a_line() {
        let line = "**Branch**: `001-x` | **Date**: 2026-01-02 | **Spec**: [a](b)**Input**: c";
        let markdown = Markdown::parse(line);
        let labels: Vec<_> = all_bold(&markdown, Span::new(0, line.len()))
            .into_iter()
            .map(|label| (markdown.raw(label.key), markdown.raw(label.value)))
            .collect();
        assert_eq!(labels, [("Branch", "`001-x`"), ("Date", "2026-01-02"), ("Spec", "[a](b)"), ("Input", "c")]);
    }
}
