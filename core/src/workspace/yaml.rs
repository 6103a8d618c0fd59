//! YAML as lines: keys, values and list items with their places and the keys above them. Enough for
//! workflows, hooks and manifests; anchors and flow mappings stay text.

use super::scan;
use crate::source::Span;

/// One key, list item, or line of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// The key; of a list item without one, or of a line of a block, the key that it belongs to.
    pub(super) key: &'a str,
    /// The value without quotes and comment; empty where it follows on the next lines.
    pub(super) value: &'a str,
    /// Where the value stands, or the key where the value is empty.
    pub(super) span: Span,
    /// Whether the entry has no key of its own.
    pub(super) bare: bool,
    /// Column of the key or the item's content.
    pub(super) indent: usize,
    /// Offset of the line.
    pub(super) at: usize,
}

/// Reads `text` and calls `visit` with each entry and the keys above it, the outermost first.
pub(super) fn visit<'a>(text: &'a str, mut visit: impl FnMut(Entry<'a>, &[&'a str])) {
    let mut columns: Vec<usize> = Vec::new();
    let mut keys: Vec<&'a str> = Vec::new();
    let mut block: Option<usize> = None;
    for line in scan::lines(text) {
        let content = line.text.trim_start();
        let mut indent = line.text.len() - content.len();
        if content.is_empty() {
            continue;
        }
        if let Some(column) = block {
            if indent > column {
                let key = keys.last().copied().unwrap_or_default();
                let value = content.trim_end();
                let above = keys.len().saturating_sub(1);
                visit(
                    Entry { key, value, span: scan::span(value, text), bare: true, indent, at: line.at },
                    &keys[..above],
                );
                continue;
            }
            block = None;
        }
        if content.starts_with('#') || content == "---" || content == "..." {
            continue;
        }
        let mut content = content;
        while let Some(rest) = content.strip_prefix("- ").or((content == "-").then_some("")) {
            let trimmed = rest.trim_start();
            indent += content.len() - trimmed.len();
            content = trimmed;
        }
        let content = without_comment(content).trim_end();
        if content.is_empty() {
            continue;
        }
        while columns.last().is_some_and(|column| *column >= indent) {
            columns.pop();
            keys.pop();
        }
        if let Some((key, value)) = split_key(content) {
            let value = unanchored(value);
            let is_block = value.starts_with(['|', '>']);
            let value = if is_block { "" } else { unquoted(value) };
            let place = if value.is_empty() { key } else { value };
            visit(Entry { key, value, span: scan::span(place, text), bare: false, indent, at: line.at }, &keys);
            columns.push(indent);
            keys.push(key);
            block = is_block.then_some(indent);
        } else {
            let value = unquoted(content);
            let key = keys.last().copied().unwrap_or_default();
            let above = keys.len().saturating_sub(1);
            if value.starts_with(['|', '>']) {
                // `- |`: the lines of the item are lines of the key above it.
                block = Some(indent.saturating_sub(1));
            } else {
                visit(
                    Entry { key, value, span: scan::span(value, text), bare: true, indent, at: line.at },
                    &keys[..above],
                );
            }
        }
    }
}

/// The values of a flow list `[a, 'b']`, or the value alone.
pub(super) fn items(value: &str) -> impl Iterator<Item = &str> {
    let inner = value.strip_prefix('[').map(|inner| inner.strip_suffix(']').unwrap_or(inner));
    let list = inner.unwrap_or_default().split(',').map(|item| unquoted(item.trim()));
    inner.is_none().then_some(value).into_iter().chain(list).filter(|item| !item.is_empty())
}

fn split_key(content: &str) -> Option<(&str, &str)> {
    if let Some(quote) = content.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let (key, rest) = content[1..].split_once(quote)?;
        let value = rest.trim_start().strip_prefix(':')?;
        return (value.is_empty() || value.starts_with(' ')).then(|| (key, value.trim()));
    }
    if content.starts_with(['[', '{', '&', '*', '!', '|', '>']) {
        return None;
    }
    if let Some(key) = content.strip_suffix(':')
        && !key.contains(": ")
    {
        return Some((key.trim_end(), ""));
    }
    let (key, value) = content.split_once(": ")?;
    Some((key.trim_end(), value.trim()))
}

/// A value without the anchor or tag before it.
fn unanchored(value: &str) -> &str {
    if !value.starts_with(['&', '!']) {
        return value;
    }
    value.split_once(' ').map_or("", |(_, rest)| rest.trim_start())
}

fn unquoted(value: &str) -> &str {
    let inner = |quote| value.strip_prefix(quote).and_then(|rest: &str| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

fn without_comment(content: &str) -> &str {
    let mut quote = None;
    let bytes = content.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let opens = at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'[' | b',');
        match quote {
            Some(open) if *byte == open => quote = None,
            Some(_) => {}
            None if opens && matches!(byte, b'"' | b'\'') => quote = Some(*byte),
            None if opens && *byte == b'#' => return &content[..at],
            None => {}
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, String, bool)> {
        let mut all = Vec::new();
        visit(text, |entry, above| {
            if !entry.value.is_empty() {
                assert_eq!(entry.span.text(text), entry.value);
            }
            all.push((above.join("."), entry.key.to_owned(), entry.value.to_owned(), entry.bare));
        });
        all
    }

    #[test]
    fn keys_items_and_blocks() {
        let text = "jobs:\n  test: # why\n    steps:\n    - name: 'Run: all'\n      run: |\n        npm ci\n\n        # lint\n        npm test\n    - uses: a/b@v1\n    - |\n      x\n    - checkout\n";
        let all = read(text);
        let of = |above: &str, key: &str| -> Vec<String> {
            all.iter().filter(|(a, k, ..)| a == above && k == key).map(|(.., value, _)| value.clone()).collect()
        };
        assert_eq!(of("jobs", "test"), [""]);
        assert_eq!(of("jobs.test.steps", "name"), ["Run: all"]);
        assert_eq!(of("jobs.test.steps", "run"), ["", "npm ci", "# lint", "npm test"]);
        assert_eq!(of("jobs.test.steps", "uses"), ["a/b@v1"]);
        assert_eq!(of("jobs.test", "steps"), ["", "x", "checkout"]);
    }

    #[test]
    fn flow_lists_are_split() {
        assert_eq!(items("[build, 'test', ]").collect::<Vec<_>>(), ["build", "test"]);
        assert_eq!(items("npm test").collect::<Vec<_>>(), ["npm test"]);
        assert_eq!(items("").count(), 0);
    }

    #[test]
    fn odd_lines_are_survived() {
        for text in ["- - - a: b", ":", "\"a", "'a':b", "a: &x", "? a", "\t- x", "- ", "a: |", "é: ü\n  - é"] {
            read(text);
        }
    }
}
