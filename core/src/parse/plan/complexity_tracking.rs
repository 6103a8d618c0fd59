//! Reads Complexity Tracking: rows of justifications, or a statement that there are none.

use crate::markdown::{BlockKind, Markdown, Row};
use crate::plan::{ComplexityRow, ComplexityTracking, Section, Text};
use crate::source::Span;

pub(super) fn read(markdown: &Markdown<'_>, section: &Section) -> ComplexityTracking {
    let mut out = ComplexityTracking { span: section.span, ..ComplexityTracking::default() };
    // What follows a row that says "none" is another sentence.
    let mut separator = " ";
    for block in markdown.blocks_in(super::body(section)) {
        match block.kind {
            BlockKind::Table { index } => {
                for row in &markdown.tables[index].rows {
                    match complexity_row(markdown, row) {
                        Some(complexity) => out.rows.push(complexity),
                        None => {
                            state(&mut out.statement, markdown.plain_text(row.span), "; ");
                            separator = "; ";
                        }
                    }
                }
            }
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                let text = markdown.plain_text(block.content);
                if !is_instruction(&text.text) {
                    state(&mut out.statement, text, separator);
                    separator = " ";
                }
            }
            // The next section of some plans follows as a sub-heading; its text is no statement.
            BlockKind::Heading { .. } if out.statement.is_some() || !out.rows.is_empty() => break,
            _ => {}
        }
    }
    out
}

fn state(statement: &mut Option<Text>, text: Text, separator: &str) {
    if text.text.is_empty() {
        return;
    }
    match statement {
        None => *statement = Some(text),
        Some(so_far) => {
            so_far.text.push_str(separator);
            so_far.text.push_str(&text.text);
            so_far.span = so_far.span.to(text.span);
        }
    }
}

/// The template's own line above the table.
fn is_instruction(text: &str) -> bool {
    text.to_lowercase().starts_with("fill only if")
}

/// A justification; `None` for a row that says "none".
fn complexity_row(markdown: &Markdown<'_>, row: &Row) -> Option<ComplexityRow> {
    let cell = |index: usize| {
        let span = row.cells.get(index).copied().unwrap_or_else(|| Span::at(row.span.end as usize));
        markdown.plain_text(span)
    };
    let violation = cell(0);
    if says_none(&violation.text) {
        return None;
    }
    // Further columns belong to the last one.
    let mut simpler_alternative = cell(2);
    for index in 3..row.cells.len() {
        let more = cell(index);
        if !more.text.is_empty() {
            simpler_alternative.text.push_str("; ");
            simpler_alternative.text.push_str(&more.text);
            simpler_alternative.span = simpler_alternative.span.to(more.span);
        }
    }
    let span = markdown.trimmed(row.span);
    if [&violation, &cell(1), &simpler_alternative].iter().all(|text| says_none(&text.text)) {
        return None;
    }
    Some(ComplexityRow { violation, why_needed: cell(1), simpler_alternative, span })
}

/// Whether a first cell says that there is no violation.
pub(crate) fn says_none(text: &str) -> bool {
    let folded: String =
        text.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == '/' || *c == ' ').collect();
    let folded = folded.trim();
    matches!(
        folded,
        "" | "none"
            | "n/a"
            | "na"
            | "no"
            | "nil"
            | "nothing"
            | "none identified"
            | "none required"
            | "none needed"
            | "no violations"
            | "no violation"
            | "not applicable"
            | "aucune"
            | "aucun"
            | "néant"
            | "ninguna"
            | "ninguno"
            | "nenhuma"
            | "nenhum"
            | "no aplica"
            | "keine"
            | "brak"
            | "нет"
            | "無"
            | "无"
            | "無し"
            | "なし"
            | "없음"
            | "해당 없음"
            | "該当なし"
            | "沒有"
            | "没有"
    ) || [
        "none ", "no violation", "no constitution", "no complexity", "ninguna ", "nenhuma ", "aucune ", "keine ",
        "sin violaci", "sem violaç",
    ]
    .iter()
    .any(|start| folded.starts_with(start))
}
