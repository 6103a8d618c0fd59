//! The Technical Context as Markdown: a line for each field, a list below it where it has several parts.

use super::{Writer, escape};
use crate::parse::items_of;
use crate::plan::{Field, TechnicalContext};

impl Writer {
    pub(super) fn technical_context(&mut self, context: &TechnicalContext) {
        self.block("## Technical Context");
        let mut lines: Vec<String> = Vec::new();
        for (key, field) in context.fields() {
            if let Some(field) = field {
                self.field(&mut lines, key, field);
            }
        }
        if self.literal() && !context.other.is_empty() {
            // What stands behind the rule is none of the template's fields, whatever it is called.
            self.lines(&mut lines);
            self.block("---");
        }
        for other in &context.other {
            self.field(&mut lines, &other.key, &other.value);
        }
        self.lines(&mut lines);
    }

    /// Writes the lines that have no list below them as one paragraph.
    fn lines(&mut self, lines: &mut Vec<String>) {
        if !lines.is_empty() {
            self.block(&lines.join("  \n"));
            lines.clear();
        }
    }

    fn field(&mut self, lines: &mut Vec<String>, key: &str, field: &Field) {
        let key = escape::bold(&escape::inline(key));
        let (value, items) = if self.literal() { literal(field) } else { (free(field), Vec::new()) };
        let (value, items) = if is_list(field) { (String::new(), bullets(field)) } else { (value, items) };
        lines.push(format!("{key}: {value}").trim_end().to_owned());
        if !items.is_empty() {
            self.lines(lines);
            self.block(&items.join("\n"));
        }
    }
}

/// Whether the value is nothing but its items, as a list has it.
fn is_list(field: &Field) -> bool {
    let joined: usize = field.items.iter().map(|item| item.text.len() + 2).sum();
    field.items.len() > 1
        && joined == field.text.len() + 2
        && field.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("; ") == field.text
}

fn bullets(field: &Field) -> Vec<String> {
    field.items.iter().map(|item| format!("- {}", escape::block(&item.text))).collect()
}

/// The value, and its items where reading the value would part it otherwise.
fn literal(field: &Field) -> (String, Vec<String>) {
    let value = escape::inline(&field.text);
    let items = if parts_as_meant(&value, field) { Vec::new() } else { bullets(field) };
    (value, items)
}

fn parts_as_meant(value: &str, field: &Field) -> bool {
    let items = items_of(value);
    items.len() == field.items.len() && items.iter().zip(&field.items).all(|(read, item)| *read == item.text)
}

/// The value with code around every item that would be parted.
fn free(field: &Field) -> String {
    let value = escape::inline(&field.text);
    if parts_as_meant(&value, field) {
        return value;
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = field.text.as_str();
    for item in &field.items {
        let Some(at) = rest.find(&item.text) else { return value };
        out.push_str(&escape::inline(&rest[..at]));
        out.push_str(&escape::code(&item.text));
        rest = &rest[at + item.text.len()..];
    }
    out + &escape::inline(rest)
}
