//! Reads the lines under the title: branch, date, spec, input.

use crate::markdown::{BlockKind, Markdown};
use crate::parse::aliases::{Aliases, Term};
use crate::parse::label;
use crate::plan::{Metadata, Section, Text};
use crate::source::Span;

pub(super) fn read(markdown: &Markdown<'_>, aliases: &Aliases, sections: &[Section]) -> Metadata {
    let mut metadata = Metadata::default();
    for (key, value) in entries(markdown, sections) {
        let slot = match aliases.term(&markdown.plain(key)) {
            Some(Term::Branch) => &mut metadata.branch,
            Some(Term::Date) => &mut metadata.date,
            Some(Term::Spec) => &mut metadata.spec,
            Some(Term::Input) => &mut metadata.input,
            _ => continue,
        };
        if slot.is_some() {
            continue;
        }
        *slot = match aliases.term(&markdown.plain(key)) {
            Some(Term::Branch) => code_or_text(markdown, value),
            Some(Term::Spec) => link_or_text(markdown, value),
            _ => text(markdown, value),
        };
    }
    metadata
}

/// Keys and values above the first section: labelled lines, in block quotes and lists too, and the
/// rows of a table.
fn entries(markdown: &Markdown<'_>, sections: &[Section]) -> Vec<(Span, Span)> {
    let end = sections
        .iter()
        .find(|section| section.level > 1)
        .map_or(Span::at(markdown.text.len()).start, |section| section.span.start);
    let mut entries = Vec::new();
    for block in markdown.blocks_in(Span { start: 0, end }) {
        match block.kind {
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                for line in markdown.lines(block.content) {
                    let bold = label::all_bold(markdown, line);
                    let labels =
                        if bold.is_empty() { label::plain(markdown, line).into_iter().collect() } else { bold };
                    entries.extend(labels.into_iter().map(|label| (label.key, label.value)));
                }
            }
            BlockKind::Table { index } => {
                let table = &markdown.tables[index];
                let rows = std::iter::once(&table.header).chain(table.rows.iter().map(|row| &row.cells));
                entries.extend(rows.filter_map(|cells| Some((*cells.first()?, *cells.get(1)?))));
            }
            _ => {}
        }
    }
    entries
}

fn text(markdown: &Markdown<'_>, value: Span) -> Option<Text> {
    let text = markdown.plain_text(value);
    (!text.text.is_empty()).then_some(text)
}

fn code_or_text(markdown: &Markdown<'_>, value: Span) -> Option<Text> {
    let code = markdown.codes_in(value).first().and_then(|code| text(markdown, *code));
    code.or_else(|| text(markdown, value))
}

fn link_or_text(markdown: &Markdown<'_>, value: Span) -> Option<Text> {
    let link = markdown.links_in(value).iter().find(|link| !link.image && !link.target.trim().is_empty());
    let target = |target: &str| target.split_whitespace().collect::<Vec<_>>().join(" ");
    link.map(|link| Text::new(target(&link.target), link.span)).or_else(|| code_or_text(markdown, value))
}
