//! Small scanners for formats that have no parser with places here: lines with their offsets, quoted
//! strings, XML tags. Each reads its text once.

use crate::repository::{Dependency, Step};
use crate::source::Span;

/// A line without its end, and where it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) at: usize,
    pub(super) text: &'a str,
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Line { at: start, text: line.trim_end_matches(['\n', '\r']) }
    })
}

/// `part`, a slice of `whole`, as a span of it.
pub(super) fn span(part: &str, whole: &str) -> Span {
    Span::of(part, whole, 0)
}

/// A dependency whose name and version are slices of `text`.
pub(super) fn dependency(name: &str, version: Option<&str>, span: Span) -> Dependency {
    let version = version.map(str::trim).filter(|version| !version.is_empty()).map(str::to_owned);
    Dependency { name: name.to_owned(), version, span }
}

/// A step with the text of `part`.
pub(super) fn step(part: &str, whole: &str) -> Step {
    Step { text: part.to_owned(), span: span(part, whole) }
}

/// The text of each string in a line of code, without its quotes. A backslash takes the next byte
/// with it; an open string ends with the line.
pub(super) fn strings(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let open = rest.find(['"', '\''])?;
        let quote = rest.as_bytes()[open];
        let inner = &rest[open + 1..];
        let mut end = inner.len();
        let mut escaped = false;
        for (at, byte) in inner.bytes().enumerate() {
            if escaped {
                escaped = false;
            } else if byte == b'\\' {
                escaped = true;
            } else if byte == quote {
                end = at;
                break;
            }
        }
        rest = inner.get(end + 1..).unwrap_or_default();
        Some(&inner[..end])
    })
}

/// Where a comment begins that `mark` opens outside of a string, or the line's end.
pub(super) fn before_comment<'a>(line: &'a str, mark: &str) -> &'a str {
    let mut quote = None;
    for (at, byte) in line.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None if line.as_bytes()[at..].starts_with(mark.as_bytes()) => return &line[..at],
            None => {}
        }
    }
    line
}

/// A piece of XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Xml<'a> {
    /// `<name attributes>`; also `<name attributes/>`, which an [`Xml::Close`] follows.
    Open { name: &'a str, attributes: &'a str, at: usize },
    /// `</name>`; `end` is the offset behind it.
    Close { name: &'a str, end: usize },
    /// What stands between tags, not blank.
    Text(&'a str),
}

/// The tags and texts of an XML document; comments, declarations and CDATA marks are passed over.
pub(super) fn xml(text: &str) -> Vec<Xml<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(skipped) = xml_without_content(rest) {
            at += skipped;
        } else if let Some(inner) = rest.strip_prefix('<') {
            let Some(length) = tag_length(inner) else { break };
            let tag = &inner[..length];
            let end = at + length + 2;
            if let Some(name) = tag.strip_prefix('/') {
                pieces.push(Xml::Close { name: name.trim(), end });
            } else {
                let body = tag.strip_suffix('/').unwrap_or(tag);
                let (name, attributes) = body.split_once(|letter: char| letter.is_whitespace()).unwrap_or((body, ""));
                pieces.push(Xml::Open { name, attributes, at });
                if body.len() < tag.len() {
                    pieces.push(Xml::Close { name, end });
                }
            }
            at = end;
        } else {
            let length = rest.find('<').unwrap_or(rest.len());
            let content = rest[..length].trim();
            if !content.is_empty() {
                pieces.push(Xml::Text(content));
            }
            at += length;
        }
    }
    pieces
}

/// Length of a comment, a declaration or a mark at the start of `rest`. An open one takes the rest.
fn xml_without_content(rest: &str) -> Option<usize> {
    let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
    if rest.starts_with("<!--") {
        Some(until("-->"))
    } else if rest.starts_with("<![CDATA[") {
        Some("<![CDATA[".len())
    } else if rest.starts_with("]]>") {
        Some("]]>".len())
    } else if rest.starts_with("<?") {
        Some(until("?>"))
    } else if rest.starts_with("<!") {
        Some(until(">"))
    } else {
        None
    }
}

/// Length of a tag up to its `>`, one in an attribute's quotes not counted.
fn tag_length(inner: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in inner.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None if byte == b'>' => return Some(at),
            None => {}
        }
    }
    None
}

/// The value of an attribute of a tag.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, next) = after[1..].split_once(quote)?;
        if key.trim() == name {
            return Some(value.trim());
        }
        rest = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_a_line() {
        let found: Vec<_> = strings(r#"implementation("a:b:1") + 'it\'s' "open"#).collect();
        assert_eq!(found, ["a:b:1", r"it\'s", "open"]);
    }

    #[test]
    fn a_comment_in_a_string_is_none() {
        assert_eq!(before_comment("url 'https://x' // why", "//"), "url 'https://x' ");
    }

    #[test]
    fn xml_without_comments_and_marks() {
        let text = "<?xml version='1.0'?><!-- <a> --><p><a x='1>2' y=\"z\"/> <b>t</b></p>";
        let pieces = xml(text);
        let opened: Vec<_> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Xml::Open { name, attributes, .. } => Some((*name, *attributes)),
                _ => None,
            })
            .collect();
        assert_eq!(opened, [("p", ""), ("a", "x='1>2' y=\"z\""), ("b", "")]);
        assert_eq!(attribute(opened[1].1, "y"), Some("z"));
        assert_eq!(attribute(opened[1].1, "x"), Some("1>2"));
        assert!(pieces.contains(&Xml::Text("t")));
    }
}
