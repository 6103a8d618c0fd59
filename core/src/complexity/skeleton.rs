//! The row that a violation still needs, with the cells for its author to fill.

use super::Subject;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::feature::Document;
use crate::parse::says_none;
use crate::plan::{ComplexityRow, ComplexityTracking, Plan, Text};
use crate::source::Span;

const HEADER: &str = "| Violation | Why Needed | Simpler Alternative Rejected Because |\n|-----------|------------|-------------------------------------|";

/// Puts a row for a principle's violation into Complexity Tracking, where none speaks of it yet and
/// the section does not say that there is nothing to justify. `notes` is what the plan says of it.
pub(crate) fn fix(document: &Document, plan: &Plan, ordinal: Option<&str>, name: &str, notes: &str) -> Option<Fix> {
    let violation = match ordinal {
        Some(ordinal) => format!("{ordinal}. {name}"),
        None => name.to_owned(),
    };
    let text = Text { text: violation.clone(), ..Text::default() };
    let row = ComplexityRow { violation: text, ..ComplexityRow::default() };
    let subject = Subject::new(ordinal, name, notes);
    let speaks = |row: &ComplexityRow| subject.is_matter_of(row);
    let rows = plan.complexity_tracking.as_ref().map_or(&[][..], |tracking| &tracking.rows);
    // A row that would not be read as one of this principle would be offered for ever.
    if says_none(&violation) || !speaks(&row) || rows.iter().any(speaks) {
        return None;
    }
    let cell = violation.replace('|', "\\|");
    let (at, text) = match &plan.complexity_tracking {
        None => at_end(&document.text, &cell),
        Some(tracking) => in_section(&document.text, tracking, &cell)?,
    };
    Some(Fix {
        applicability: Applicability::Safe,
        description: "Add a row to Complexity Tracking, to be filled in".to_owned(),
        edits: vec![Edit { place: document.place(Span::at(at)), text }],
    })
}

fn at_end(text: &str, violation: &str) -> (usize, String) {
    let end = text.trim_end().len();
    (end, format!("\n\n## Complexity Tracking\n\n{HEADER}\n| {violation} | | |"))
}

fn in_section(text: &str, tracking: &ComplexityTracking, violation: &str) -> Option<(usize, String)> {
    if let Some(last) = tracking.rows.last() {
        let line = line_at(text, last.span)?;
        let cells = text[line.clone()].trim().trim_matches('|').split('|').count().max(3);
        let empty = " |".repeat(cells - 1);
        let in_table = text[line.clone()].starts_with('|');
        return in_table.then(|| (line.end, format!("\n| {violation} |{empty}")));
    }
    if tracking.statement.is_some() {
        return None;
    }
    let section = tracking.span.range();
    let inside = text.get(section.clone())?;
    let lines = || inside.split_inclusive('\n').map(str::trim_end);
    let is_delimiter =
        |line: &str| line.starts_with('|') && line.contains("--") && line.trim_matches(['|', '-', ':', ' ']).is_empty();
    match lines().position(is_delimiter) {
        // An empty table: its rows come behind the header.
        Some(at) => {
            let end = inside.split_inclusive('\n').take(at + 1).map(str::len).sum::<usize>();
            let end = section.start + inside[..end].trim_end().len();
            let cells = text[..end].lines().next_back()?.trim_matches('|').split('|').count();
            (cells >= 3).then(|| (end, format!("\n| {violation} |{}", " |".repeat(cells - 1))))
        }
        None if lines().any(|line| line.starts_with('|')) => None,
        None => Some((section.start + inside.trim_end().len(), format!("\n\n{HEADER}\n| {violation} | | |"))),
    }
}

/// The line that holds the end of `span`, without its line break.
fn line_at(text: &str, span: Span) -> Option<std::ops::Range<usize>> {
    let last = span.range().end.checked_sub(1)?;
    let start = text.get(..last)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(last..)?.find('\n').map_or(text.len(), |at| last + at);
    Some(start..start + text[start..end].trim_end().len())
}
