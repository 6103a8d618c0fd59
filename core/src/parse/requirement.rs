//! Requirement ids, and where a spec defines them.

use crate::matching::contains_any;
use std::collections::HashSet;

use super::keyed::folded;
use crate::document::{Requirement, RequirementKind};
use crate::markdown::{Block, BlockKind, Markdown};
use crate::source::Span;

/// Prefixes of ids, with their translations.
const SERIES: &[(&str, RequirementKind)] = &[
    ("FR", RequirementKind::Functional),
    ("RF", RequirementKind::Functional),
    ("NFR", RequirementKind::NonFunctional),
    ("RNF", RequirementKind::NonFunctional),
    ("SC", RequirementKind::SuccessCriterion),
    ("CE", RequirementKind::SuccessCriterion),
    ("CS", RequirementKind::SuccessCriterion),
];

/// Sections that speak of requirements without defining any.
#[rustfmt::skip]
const ELSEWHERE: &[&str] = &[
    "clarification", "aclaraci", "clarifica", "traceab", "trazab", "rastreab", "checklist", "changelog", "澄清",
    "明確化", "명확화",
];

/// Most ids that one line defines.
const MOST_IDS: usize = 32;

/// The definitions in document order, the first of each id.
pub(super) fn requirements(markdown: &Markdown<'_>) -> Vec<Requirement> {
    let mut reader = Reader { markdown, known: HashSet::new(), found: Vec::new() };
    let mut elsewhere = None;
    for (index, block) in markdown.blocks.iter().enumerate() {
        if let BlockKind::Heading { level } = block.kind
            && elsewhere.is_none_or(|open| level <= open)
        {
            let title = folded(&markdown.plain(block.content));
            elsewhere = contains_any(&title, ELSEWHERE).then_some(level);
        }
        if elsewhere.is_none() {
            reader.block(block, &markdown.blocks[index + 1..]);
        }
    }
    reader.found
}

struct Reader<'m, 'a> {
    markdown: &'m Markdown<'a>,
    known: HashSet<String>,
    found: Vec<Requirement>,
}

impl Reader<'_, '_> {
    fn block(&mut self, block: &Block, behind: &[Block]) {
        match block.kind {
            BlockKind::Heading { .. } => {
                let below = behind.first().filter(|next| !matches!(next.kind, BlockKind::Heading { .. }));
                let span = below.map_or(block.content, |next| block.content.to(next.content));
                self.define(block.content, span);
            }
            BlockKind::Item { .. } => self.define(block.content, block.content),
            BlockKind::Paragraph => {
                for line in self.markdown.lines(block.content).collect::<Vec<_>>() {
                    self.define(line, line);
                }
            }
            BlockKind::Table { index } => {
                for row in &self.markdown.tables[index].rows {
                    if let Some(cell) = row.cells.first() {
                        self.define(*cell, row.span);
                    }
                }
            }
            _ => {}
        }
    }

    /// Defines the ids that `head` begins with.
    fn define(&mut self, head: Span, whole: Span) {
        let raw = self.markdown.raw(head);
        let mut at = 0;
        let mut last: Option<(String, RequirementKind)> = None;
        for _ in 0..MOST_IDS {
            let Some((id, kind, end)) = leading_id(&raw[at..], at == 0) else { break };
            let ranged = last.as_ref().and_then(|(first, _)| between(first, id, &raw[..at]));
            for id in ranged.unwrap_or_default().into_iter().chain([id.to_owned()]) {
                if self.known.insert(id.clone()) {
                    let text = self.markdown.plain(Span::new(head.start as usize + at + end, whole.end as usize));
                    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | '(' | '`'));
                    self.found.push(Requirement { id, kind, text: text.to_owned(), span: whole });
                }
            }
            last = Some((id.to_owned(), kind));
            at += end;
            // Another id follows: "FR-001, FR-002", "FR-001 / FR-002", "FR-001–FR-003".
            let rest = &raw[at..];
            let joined = rest.trim_start_matches([' ', ',', '/', '&', '+', '–', '-', '~', '.', '*', '、']);
            let joined = joined.strip_prefix("and ").or_else(|| joined.strip_prefix("to ")).unwrap_or(joined);
            if joined.len() == rest.len() || leading_id(joined, false).is_none() {
                break;
            }
            at += rest.len() - joined.len();
        }
    }
}

/// The ids between two ends of a range such as `FR-003..FR-006`.
fn between(first: &str, last: &str, head: &str) -> Option<Vec<String>> {
    let dash = head.trim_end().trim_end_matches('*');
    if !(dash.ends_with(['–', '-', '~']) || dash.ends_with("..") || dash.ends_with("to")) {
        return None;
    }
    let split = |id: &str| id.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (prefix, from) = first.split_at(split(first));
    let (other, to) = last.split_at(split(last));
    let (low, high): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
    let fits = prefix == other && low < high && high - low <= 100;
    fits.then(|| (low + 1..high).map(|number| format!("{prefix}{number:0width$}", width = from.len())).collect())
}

/// The id at the start of `text` behind marks (and, with `words`, behind up to three words that are
/// set in bold with it: "**Derived FR-038-01**"), and where it ends.
fn leading_id(text: &str, words: bool) -> Option<(&str, RequirementKind, usize)> {
    let marks = [' ', '*', '_', '~', '`', '[', '(', '|', '✅', '⚠', '\u{fe0f}', 'x', ']'];
    let start = text.trim_start_matches(marks);
    let at = text.len() - start.len();
    if let Some((id, kind)) = id(start) {
        return Some((id, kind, at + id.len()));
    }
    if !words || !text.starts_with("**") {
        return None;
    }
    let bold = start.split("**").next()?;
    let mut offset = 0;
    for word in bold.split_inclusive(' ').take(4) {
        if let Some((id, kind)) = id(&bold[offset..]) {
            return Some((id, kind, at + offset + id.len()));
        }
        offset += word.len();
    }
    None
}

/// Reads `FR-001`, `FR-005a`, `FR-AUTH-01`, `NFR1`.
pub(super) fn id(text: &str) -> Option<(&str, RequirementKind)> {
    let (prefix, kind) = SERIES.iter().find(|(prefix, _)| {
        text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c == '-' || c.is_ascii_digit()))
    })?;
    let mut end = prefix.len();
    let mut digits = false;
    for part in text[prefix.len()..].split_inclusive('-') {
        let name = part.strip_suffix('-').unwrap_or(part);
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let upper = name[..length].bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let numbered = name.starts_with(|c: char| c.is_ascii_digit());
        if length == 0 && end > prefix.len() || !(upper || numbered) {
            break;
        }
        if length < name.len() || part == name {
            if length > 0 {
                end += length;
                digits |= name[..length].contains(|c: char| c.is_ascii_digit());
                // "FR-1.2"
                let minor =
                    name[length..].strip_prefix('.').map_or(0, |m| m.bytes().take_while(u8::is_ascii_digit).count());
                end += if minor > 0 && numbered { minor + 1 } else { 0 };
            }
            break;
        }
        end += part.len();
        digits |= numbered;
    }
    let id = text[..end].trim_end_matches('-');
    digits.then_some((id, *kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<(String, String)> {
        let markdown = Markdown::parse(text);
        requirements(&markdown).into_iter().map(|requirement| (requirement.id, requirement.text)).collect()
    }

    #[test]
    fn ids_of_every_shape() {
        for (text, expected) in [
            ("FR-001: x", Some("FR-001")),
            ("FR-005a x", Some("FR-005a")),
            ("FR-AUTH-01", Some("FR-AUTH-01")),
            ("NFR-P-3)", Some("NFR-P-3")),
            ("FR1: x", Some("FR1")),
            ("SC-001**", Some("SC-001")),
            ("FR-1.2 x", Some("FR-1.2")),
            ("FR-P1: x", Some("FR-P1")),
            ("FR-038-01", Some("FR-038-01")),
            ("FR-001-based", Some("FR-001")),
            ("FR-: x", None),
            ("SCROLL-1", None),
            ("FR-AUTH", None),
        ] {
            assert_eq!(id(text).map(|(id, _)| id), expected, "{text}");
        }
    }

    #[test]
    fn definitions_of_every_form() {
        for (text, expected) in [
            ("- **FR-001**: System MUST count", vec![("FR-001", "System MUST count")]),
            ("- FR-001: System MUST count", vec![("FR-001", "System MUST count")]),
            ("**FR-001**: Count\n**FR-002**: Show\n", vec![("FR-001", "Count"), ("FR-002", "Show")]),
            ("| ID | Text |\n|---|---|\n| FR-001 | Count |\n", vec![("FR-001", "Count")]),
            ("### FR-001: Count\n\nVotes are counted.\n", vec![("FR-001", "Count Votes are counted.")]),
            ("- **Derived FR-038-01**: Count", vec![("FR-038-01", "Count")]),
            ("- **FR-001 / FR-002**: Count", vec![("FR-001", "Count"), ("FR-002", "Count")]),
            (
                "## Clarifications\n\n- FR-009 was dropped\n\n## Requirements\n\n- FR-001 Count",
                vec![("FR-001", "Count")],
            ),
            ("- see FR-001", vec![]),
        ] {
            let found = ids(text);
            let found: Vec<_> = found.iter().map(|(id, _)| id.as_str()).collect();
            assert_eq!(found, expected.iter().map(|(id, _)| *id).collect::<Vec<_>>(), "{text}");
        }
        assert_eq!(ids("- **FR-001**: Count `x`")[0].1, "Count x");
        assert_eq!(ids("- **FR-001–FR-004**: Count").len(), 4);
    }
}
