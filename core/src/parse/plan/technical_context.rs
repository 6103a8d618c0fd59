//! Reads the Technical Context: labelled lines and bullets, tables, sub-headings.

use super::item;
use crate::markdown::{Block, BlockKind, Markdown};
use crate::parse::aliases::{Aliases, Term};
use crate::parse::label::{self, Label};
use crate::plan::{Field, OtherField, Section, TechnicalContext, Text};
use crate::source::Span;

pub(super) fn read(markdown: &Markdown<'_>, aliases: &Aliases, section: &Section) -> TechnicalContext {
    let mut reader = Reader {
        markdown,
        aliases,
        out: TechnicalContext { span: section.span, ..TechnicalContext::default() },
        open: None,
    };
    for block in markdown.blocks_in(super::body(section)) {
        reader.block(block);
    }
    reader.close();
    reader.out
}

/// Parts of a product that keys name beside the field: "Dependencies Backend".
const PARTS: &[&str] =
    &["backend", "frontend", "api", "web", "mobile", "client", "server", "adicionais", "adicionales"];

/// A field that is being read.
struct Open {
    term: Option<Term>,
    key: String,
    /// How deep the label stands, so that a bullet beside it begins the next field.
    depth: u8,
    parts: Vec<Text>,
    span: Span,
}

struct Reader<'m, 'a> {
    markdown: &'m Markdown<'a>,
    aliases: &'m Aliases,
    out: TechnicalContext,
    open: Option<Open>,
}

impl Reader<'_, '_> {
    fn block(&mut self, block: &Block) {
        match block.kind {
            BlockKind::Heading { .. } => {
                self.close();
                self.begin(block.content, Span::at(block.span.end as usize), 0);
            }
            BlockKind::Table { index } => self.table(index),
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                for (at, line) in self.markdown.lines(block.content).enumerate() {
                    let bullet = at == 0 && matches!(block.kind, BlockKind::Item { .. });
                    // A label at the margin below a bullet goes on with the bullet's paragraph, as Markdown
                    // has it; its author meant the next field.
                    let depth = if at > 0 && self.at_margin(line) { 0 } else { block.depth };
                    self.line(line, bullet, depth);
                }
            }
            _ => {}
        }
    }

    fn line(&mut self, line: Span, bullet: bool, depth: u8) {
        match self.label(line, bullet, depth) {
            Some(label) => {
                self.close();
                self.begin(label.key, label.value, depth);
            }
            None => self.continue_field(line, bullet),
        }
    }

    /// The label that begins a field on this line, if it is one. Inside of a list below a field, a
    /// key that nobody knows is a part of that field's value.
    fn label(&self, line: Span, bullet: bool, depth: u8) -> Option<Label> {
        let label = label::bold(self.markdown, line)
            .or_else(|| self.remarked(line))
            .or_else(|| label::plain(self.markdown, line).filter(|label| bullet || self.term(label.key).is_some()))?;
        let known = self.term(label.key).is_some();
        let nested = self.open.as_ref().is_some_and(|open| depth > open.depth && (bullet || depth > 0));
        if known && !(nested && self.open.as_ref().is_some_and(|open| open.term.is_some())) {
            return Some(label);
        }
        (!nested && (bullet || label.bold)).then_some(label)
    }

    /// `**Primary Dependencies** (of this phase): value`, where the key is known.
    fn remarked(&self, line: Span) -> Option<Label> {
        let strong = self.markdown.strongs_in(line).first().filter(|strong| strong.span.start == line.start)?;
        self.term(strong.inner)?;
        let behind = self.markdown.raw(Span { start: strong.span.end, end: line.end });
        let remark = behind.trim_start().starts_with(['(', '（']).then(|| behind.find([')', '）'])).flatten()?;
        let after = behind[remark..].trim_start_matches([')', '）', ' ']);
        let value = after.strip_prefix([':', '：'])?.trim();
        let start = strong.span.end as usize + (value.as_ptr() as usize - behind.as_ptr() as usize);
        let value = Span::new(start, start + value.len());
        Some(Label { key: strong.inner, value, head: Span { start: line.start, end: value.start }, bold: true })
    }

    /// Whether a line begins in the first column.
    fn at_margin(&self, line: Span) -> bool {
        let start = line.start as usize;
        start == 0 || self.markdown.text.as_bytes().get(start - 1) == Some(&b'\n')
    }

    /// What a key stands for; "Testing (Backend)" and "Backend Testing" are Testing.
    fn term(&self, key: Span) -> Option<Term> {
        let key = self.markdown.plain(key);
        let known = |key: &str| self.aliases.term(key).filter(|term| slot_known(*term));
        known(&key).or_else(|| {
            let part = |word: &&str| !PARTS.contains(&word.to_lowercase().as_str());
            let bare: Vec<&str> = key.split_whitespace().filter(part).collect();
            known(&bare.join(" ")).filter(|_| !bare.is_empty())
        })
    }

    fn begin(&mut self, key: Span, value: Span, depth: u8) {
        let text = self.markdown.plain_text(value);
        self.open = Some(Open {
            term: self.term(key),
            key: self.markdown.plain(key),
            depth,
            span: value,
            parts: if text.text.is_empty() { Vec::new() } else { vec![text] },
        });
    }

    fn continue_field(&mut self, line: Span, bullet: bool) {
        let text = self.markdown.plain_text(line);
        if let Some(open) = &mut self.open
            && !text.text.is_empty()
        {
            open.span = if open.span.is_empty() { line } else { open.span.to(line) };
            match open.parts.last_mut() {
                Some(last) if !bullet => {
                    last.text.push(' ');
                    last.text.push_str(&text.text);
                    last.span = last.span.to(text.span);
                }
                _ => open.parts.push(text),
            }
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.term.is_none() && open.parts.is_empty() {
            return;
        }
        let text = open.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("; ");
        let items = match open.parts.as_slice() {
            [] => Vec::new(),
            [one] => item::split(self.markdown, one.span),
            several => several.to_vec(),
        };
        self.store(open.term, open.key, Field { text, items, span: open.span });
    }

    fn table(&mut self, index: usize) {
        let table = &self.markdown.tables[index];
        let header_known = table.header.first().is_some_and(|key| self.term(*key).is_some());
        let known = table.rows.iter().any(|row| row.cells.first().is_some_and(|key| self.term(*key).is_some()));
        if !known && !header_known {
            for row in &table.rows {
                self.continue_field(row.span, true);
            }
            return;
        }
        self.close();
        let header = std::iter::once(&table.header).filter(|_| header_known);
        for cells in header.chain(table.rows.iter().map(|row| &row.cells)) {
            let (Some(key), Some(value)) = (cells.first(), cells.get(1)) else { continue };
            self.begin(*key, *value, 0);
            self.close();
        }
    }

    fn store(&mut self, term: Option<Term>, key: String, value: Field) {
        match term.and_then(|term| slot(&mut self.out, term)) {
            Some(slot) if slot.is_none() => *slot = Some(value),
            _ => self.out.other.push(OtherField { key, value }),
        }
    }
}

fn slot_known(term: Term) -> bool {
    slot(&mut TechnicalContext::default(), term).is_some()
}

fn slot(context: &mut TechnicalContext, term: Term) -> Option<&mut Option<Field>> {
    Some(match term {
        Term::LanguageVersion => &mut context.language_version,
        Term::PrimaryDependencies => &mut context.primary_dependencies,
        Term::Storage => &mut context.storage,
        Term::Testing => &mut context.testing,
        Term::TargetPlatform => &mut context.target_platform,
        Term::ProjectType => &mut context.project_type,
        Term::PerformanceGoals => &mut context.performance_goals,
        Term::Constraints => &mut context.constraints,
        Term::ScaleScope => &mut context.scale_scope,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::plan;

    fn check(lines: &str, expected: &[(&str, &str)]) {
        let context = plan(&format!("# A\n\n## Technical Context\n\n{lines}\n")).technical_context.unwrap_or_default();
        let fields: Vec<_> =
            context.fields().filter_map(|(key, field)| field.map(|field| (key, field.text.clone()))).collect();
        let fields: Vec<_> = fields.iter().map(|(key, text)| (*key, text.as_str())).collect();
        assert_eq!(fields, expected, "{lines}");
    }

    #[test]
    fn a_label_at_the_margin_below_a_list_begins_the_next_field() {
        check(
            "**Primary Dependencies**:\n- Fastify\n- React\n**Storage**: none\n**Constraints**:\n- one room\n**Testing**: Vitest",
            &[
                ("Primary Dependencies", "Fastify; React"),
                ("Storage", "none"),
                ("Testing", "Vitest"),
                ("Constraints", "one room"),
            ],
        );
        check(
            "**Constraints**:\n- **Testing**: of every room\n  **Storage**: of every poll",
            &[("Constraints", "Testing: of every room Storage: of every poll")],
        );
    }

    #[test]
    fn keys_carry_remarks_and_parts() {
        check(
            "**Primary Dependencies** (of this phase): Fastify\n\n**Testing Backend**: Vitest",
            &[("Primary Dependencies", "Fastify"), ("Testing", "Vitest")],
        );
    }
}
