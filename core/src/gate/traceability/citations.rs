//! Ids of requirements that a plan or its tasks cite.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::diagnostic::{Finding, Place};
use crate::feature::Document;
use crate::gate::GateContext;
use crate::markdown::BlockKind;
use crate::source::Span;

/// So many unknown ids are told one by one; more are one finding.
const TOLD: usize = 5;

/// How far around an id another feature is looked for, in bytes.
const AROUND: usize = 60;

/// Prefixes of ids, with their translations; longer ones first.
const PREFIXES: &[&str] = &["NFR", "RNF", "FR", "RF", "SC", "CE", "CS"];

/// An id, or a range of them, as a text cites it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Citation {
    /// What stands before the number: `FR`, `FR-AUTH`.
    series: String,
    /// The number; a suffix such as the "a" of FR-005a is left out.
    first: u32,
    last: u32,
    start: usize,
    end: usize,
}

/// PLN403.
pub(super) fn unknown(cx: &GateContext<'_>) -> Vec<Finding> {
    let (Ok(spec), Ok(tasks)) = (cx.feature.spec(), cx.feature.tasks()) else { return Vec::new() };
    let defined: HashSet<String> =
        spec.requirements.iter().flat_map(|known| citations(&known.id, &[])).map(|id| id.series).collect();
    // An id that spec.md only mentions was not made up by the plan.
    let mut known: HashSet<(String, u32)> = HashSet::new();
    for id in citations(&spec.document.text, &[]).into_iter().filter(|id| defined.contains(&id.series)) {
        known.extend((id.first..=id.last).map(|number| (id.series.clone(), number)));
    }
    let mut cited: BTreeMap<(String, u32), Vec<Place>> = BTreeMap::new();
    for document in [cx.document(), tasks.document] {
        for id in own_citations(document, &cx.feature.name) {
            // The ends of a range say where it lies; what it leaves out in between proves nothing.
            for number in BTreeSet::from([id.first, id.last]) {
                if defined.contains(&id.series) && !known.contains(&(id.series.clone(), number)) {
                    let place = document.place(Span::new(id.start, id.end));
                    cited.entry((id.series.clone(), number)).or_default().push(place);
                }
            }
        }
    }
    findings(&cited)
}

fn findings(cited: &BTreeMap<(String, u32), Vec<Place>>) -> Vec<Finding> {
    let name = |(series, number): &(String, u32)| format!("{series}-{number:03}");
    let told = if cited.len() > TOLD + 1 { TOLD } else { cited.len() };
    let help = "correct the id, or write the requirement into spec.md";
    let mut findings: Vec<Finding> = cited
        .iter()
        .take(told)
        .filter_map(|(id, places)| {
            let times = if places.len() > 1 { format!(" (cited {} times)", places.len()) } else { String::new() };
            let message = format!("spec.md defines no {}{times}", name(id));
            Some(Finding::new(places.first()?.clone(), message).help(help).subject(name(id)))
        })
        .collect();
    let rest: Vec<String> = cited.keys().skip(told).map(name).collect();
    if let Some(place) = cited.values().nth(told).and_then(|places| places.first()) {
        let message = format!("spec.md defines none of {} more ids: {}", rest.len(), rest.join(", "));
        findings.push(Finding::new(place.clone(), message).help(help).subject("more"));
    }
    findings
}

/// The ids that a document cites of its own feature: outside of fences and comments, and without those
/// of other features.
fn own_citations(document: &Document, feature: &str) -> Vec<Citation> {
    let text = document.text.as_str();
    let markdown = document.markdown();
    let fences =
        markdown.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code { .. } | BlockKind::FrontMatter));
    let mut aside: Vec<Span> = fences.map(|block| block.span).chain(markdown.comments.iter().copied()).collect();
    aside.sort_unstable();
    let number = feature_number(feature);
    citations(text, &aside).into_iter().filter(|id| !names_other_feature(text, id, number)).collect()
}

/// Every id in `text` outside of the sorted spans `aside`.
fn citations(text: &str, aside: &[Span]) -> Vec<Citation> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut aside = aside.iter().peekable();
    let mut at = 0;
    while let Some(dash) = text[at..].find('-').map(|dash| at + dash) {
        at = dash + 1;
        while aside.next_if(|span| (span.end as usize) <= dash).is_some() {}
        if aside.peek().is_some_and(|span| (span.start as usize) <= dash) {
            continue;
        }
        let Some(prefix) = PREFIXES.iter().find(|prefix| text[..dash].ends_with(**prefix)) else { continue };
        let start = dash - prefix.len();
        if start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'-' | b'_' | b'/')) {
            continue;
        }
        if let Some(id) = citation(text, start, dash) {
            at = id.end.max(at);
            found.push(id);
        }
    }
    found
}

/// Reads the id whose prefix ends at `dash`, and the other end of its range.
fn citation(text: &str, start: usize, dash: usize) -> Option<Citation> {
    let mut end = dash + 1;
    // "FR-AUTH-01": the series goes on.
    while let Some(length) = capitals(&text[end..]) {
        end += length;
    }
    let series = text[start..end].trim_end_matches('-').to_owned();
    let (first, length) = number(&text[end..])?;
    end += length;
    let mut last = first;
    end += suffix(&text[end..]);
    if let Some((to, length)) = range_end(&text[end..], &series).filter(|(to, _)| *to > first && to - first <= 200) {
        last = to;
        end += length;
    }
    Some(Citation { series, first, last, start, end })
}

/// `AUTH-`: capitals and digits that begin with a capital.
fn capitals(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).count();
    (text.starts_with(|c: char| c.is_ascii_uppercase()) && text[length..].starts_with('-')).then_some(length + 1)
}

fn number(text: &str) -> Option<(u32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok().filter(|_| length <= 6)?, length))
}

/// The "a" of FR-005a, the ".2" of FR-1.2.
fn suffix(text: &str) -> usize {
    if let Some(minor) = text.strip_prefix('.') {
        let digits = minor.bytes().take_while(u8::is_ascii_digit).count();
        return if digits > 0 { digits + 1 } else { 0 };
    }
    let mut chars = text.chars();
    let letter = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    usize::from(letter && !chars.next().is_some_and(char::is_alphanumeric))
}

/// "..FR-005", "–010", " to FR-006", "-FR-010", "~FR-4": the number, and how many bytes that takes.
fn range_end(text: &str, series: &str) -> Option<(u32, usize)> {
    let trimmed = text.trim_start_matches(['*', '`', ' ']);
    let mut rest = ["...", "..", "…", "–", "—", "-", "~", "～", "to ", "through ", "a ", "bis "]
        .iter()
        .find_map(|mark| trimmed.strip_prefix(mark))?
        .trim_start_matches(['*', '`', ' ']);
    rest = rest.strip_prefix(series).and_then(|rest| rest.strip_prefix('-')).unwrap_or(rest);
    let (to, length) = number(rest)?;
    // "FR-003 - 2 retries" is no range.
    let named = rest.as_ptr() as usize - text.as_ptr() as usize;
    let bare = !text[..named].contains(series);
    (!bare || length >= 2 && !text[..named].contains(' ')).then(|| (to, named + length))
}

fn feature_number(name: &str) -> Option<u32> {
    number(name).map(|(number, _)| number)
}

/// Whether another feature is named close to an id: "Spec 004 FR-002", "002/FR-3",
/// "FR-012 of 003-user-auth".
fn names_other_feature(text: &str, id: &Citation, own: Option<u32>) -> bool {
    let from = (id.start.saturating_sub(AROUND)..id.start).find(|at| text.is_char_boundary(*at)).unwrap_or(id.start);
    let to = (id.end..text.len().min(id.end + AROUND)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(id.end);
    let before = text[from..id.start].rsplit('\n').next().unwrap_or_default();
    let behind = text[id.end..to].split('\n').next().unwrap_or_default();
    [before, behind].into_iter().any(|around| numbers_of_features(around).any(|number| Some(number) != own))
}

/// Numbers that can only be a feature's: `004`, `12-user-auth`, `spec 4`.
fn numbers_of_features(text: &str) -> impl Iterator<Item = u32> {
    text.char_indices().filter_map(|(at, c)| {
        let before = &text[..at];
        let joined = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':'));
        if !c.is_ascii_digit() || joined {
            return None;
        }
        let (value, length) = number(&text[at..])?;
        let behind = &text[at + length..];
        let slug = behind.strip_prefix('-').is_some_and(|slug| slug.starts_with(|c: char| c.is_ascii_lowercase()));
        let word = before.trim_end_matches([' ', '#', '-', '`', '*', '(']).to_lowercase();
        let named =
            ["spec", "specs", "feature", "specification", "specs/", "phase 0"].iter().any(|name| word.ends_with(name));
        let padded = c == '0' && length >= 3 && !behind.starts_with(|c: char| c.is_alphanumeric());
        (padded || slug && length >= 2 || named).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<(String, u32, u32)> {
        citations(text, &[]).into_iter().map(|id| (id.series, id.first, id.last)).collect()
    }

    #[test]
    fn ids_and_ranges_are_read() {
        let fr = |first, last| vec![("FR".to_owned(), first, last)];
        for (text, expected) in [
            ("see FR-001", fr(1, 1)),
            ("see FR-005a", fr(5, 5)),
            ("(FR-001..FR-005)", fr(1, 5)),
            ("FR-001–010", fr(1, 10)),
            ("**FR-001** to **FR-004**", fr(1, 4)),
            ("FR-001-FR-004", fr(1, 4)),
            ("FR-003 - 2 retries", fr(3, 3)),
            ("NFR-02", vec![("NFR".to_owned(), 2, 2)]),
            ("FR-AUTH-01", vec![("FR-AUTH".to_owned(), 1, 1)]),
            ("DISC-001, T-FR", vec![]),
        ] {
            assert_eq!(ids(text), expected, "{text}");
        }
    }

    #[test]
    fn ids_of_other_features_are_left_alone() {
        for (text, other) in [
            ("Spec 004 FR-002", true),
            ("`002-auth` FR-003", true),
            ("002/FR-3", true),
            ("FR-012 (spec 003)", true),
            ("FR-012 of `specs/003-user-auth`", true),
            ("001-voting FR-002", false),
            ("T012 Limit votes (FR-002) to 200", false),
        ] {
            let id = citations(text, &[]);
            // The slash before an id is no word's end of its own.
            let Some(id) = id.first() else {
                assert!(other, "{text}");
                continue;
            };
            assert_eq!(names_other_feature(text, id, Some(1)), other, "{text}");
        }
    }
}
