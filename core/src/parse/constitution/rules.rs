//! The MUST rules of a principle: sentences and bullets that oblige.

use crate::markdown::{Block, BlockKind, Markdown};
use crate::matching::contains_any;
use crate::parse::phrase;
use crate::plan::Text;
use crate::source::Span;

/// Words that oblige where they stand in capitals.
const CAPITALS: &[&str] = &[
    "MUST", "SHALL", "REQUIRED", "NEVER", "PROHIBITED", "FORBIDDEN", "MANDATORY", "DEBE", "DEBEN", "NUNCA",
    "OBLIGATORIO", "OBLIGATORIA", "PROHIBIDO", "DEVE", "DEVEM", "OBRIGATÓRIO", "OBRIGATÓRIA", "PROIBIDO", "DEVONO",
    "DOIT", "DOIVENT", "JAMAIS", "OBLIGATOIRE", "INTERDIT", "MUSS", "MÜSSEN", "DARF", "DÜRFEN", "NIEMALS", "PFLICHT",
    "VERBOTEN", "MOET", "MOETEN", "MUSI", "MUSZĄ", "NIGDY", "ZABRONIONE", "ДОЛЖЕН", "ДОЛЖНА", "ДОЛЖНО", "ДОЛЖНЫ",
    "ОБЯЗАН", "ОБЯЗАНЫ", "ОБЯЗАТЕЛЬНО", "ЗАПРЕЩЕНО", "НИКОГДА", "НЕЛЬЗЯ", "ПОВИНЕН", "ПОВИННІ", "ZORUNLUDUR", "PHẢI",
    "WAJIB", "HARUS",
];

/// Phrases of scripts without capitals.
const UNCASED: &[&str] = &[
    "必须", "必須", "务必", "務必", "不得", "禁止", "しなければならない", "なければならない", "てはならない",
    "してはいけない", "해야 한다", "해야 합니다", "해야한다", "하여야 한다", "해서는 안", "금지", "반드시",
];

/// The rules in `span`, in order.
pub(super) fn rules(markdown: &Markdown<'_>, span: Span) -> Vec<Text> {
    let mut rules = Vec::new();
    // Depth of the list below a label such as "MUST NOT:", whose entries are rules without the word.
    let mut listed: Option<u8> = None;
    for block in markdown.blocks_in(span) {
        let is_item = matches!(block.kind, BlockKind::Item { .. });
        listed = listed.filter(|depth| block.depth >= *depth);
        let duty = obliges(markdown, block.content);
        if duty && is_label(markdown, block) {
            listed = Some(block.depth + 1);
            continue;
        }
        match block.kind {
            BlockKind::Item { .. } if duty || listed.is_some() => rules.push(markdown.plain_text(block.content)),
            BlockKind::Paragraph if duty => {
                let sentences = sentences(markdown, block.content).into_iter();
                rules.extend(
                    sentences
                        .filter(|sentence| obliges(markdown, *sentence))
                        .map(|sentence| markdown.plain_text(sentence)),
                );
            }
            BlockKind::Table { index } => {
                let rows = markdown.tables.get(index).map(|table| table.rows.as_slice()).unwrap_or_default();
                let rows = rows.iter().filter(|row| obliges(markdown, row.span));
                rules.extend(rows.map(|row| markdown.plain_text(row.span)));
            }
            _ => {}
        }
        if !is_item && block.depth == 0 {
            listed = None;
        }
    }
    rules
}

/// A few words and a colon over a list: "**MUST NOT**:".
fn is_label(markdown: &Markdown<'_>, block: &Block) -> bool {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) || block.content.len() > 80 {
        return false;
    }
    let text = markdown.plain(block.content);
    text.ends_with([':', '：']) && text.split_whitespace().count() <= 3
}

fn obliges(markdown: &Markdown<'_>, span: Span) -> bool {
    let raw = markdown.raw(span);
    raw.split(|c: char| !c.is_alphanumeric()).any(|word| CAPITALS.contains(&word))
        || contains_any(raw, UNCASED)
        || markdown.strongs_in(span).iter().any(|strong| is_bold_duty(markdown.raw(strong.inner)))
}

/// `**must**`, `**must not**`, `**doit**`.
fn is_bold_duty(inner: &str) -> bool {
    let mut words = inner.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    words.count() <= 1
        && CAPITALS.iter().any(|duty| {
            duty.chars().count() == first.chars().count()
                && duty.chars().map(phrase::fold).eq(first.chars().map(phrase::fold))
        })
}

/// The sentences of a paragraph. A point inside of code, a number or an abbreviation ends none.
fn sentences(markdown: &Markdown<'_>, content: Span) -> Vec<Span> {
    let raw = markdown.raw(content);
    let offset = content.start as usize;
    let mut codes = markdown.codes_in(content).iter().peekable();
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = raw.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        while codes.next_if(|code| (code.end as usize) <= offset + at).is_some() {}
        if codes.peek().is_some_and(|code| code.start as usize <= offset + at) {
            continue;
        }
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' | ';' => next.is_none_or(char::is_whitespace) && begins_sentence(&raw[at + 1..]),
            _ => false,
        };
        if ends {
            let end = at + c.len_utf8();
            sentences.push(Span::new(offset + start, offset + end));
            start = end;
        }
    }
    if !raw[start..].trim().is_empty() {
        sentences.push(Span::new(offset + start, offset + raw.len()));
    }
    sentences
}

fn begins_sentence(rest: &str) -> bool {
    rest.trim_start().chars().next().is_none_or(|c| !c.is_lowercase() && !matches!(c, ')' | ',' | ';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<String> {
        rules(&Markdown::parse(text), Span::new(0, text.len())).into_iter().map(|rule| rule.text).collect()
    }

    #[test]
    fn sentences_and_bullets_that_oblige() {
        let text = "Code is short. Every change MUST be tested, e.g. with `a. B`. It must be nice.\n\n- Secrets are **never** logged\n- Prefer small files\n- The team SHALL NOT push. Ever.\n";
        assert_eq!(
            check(text),
            [
                "Every change MUST be tested, e.g. with a. B.", "Secrets are never logged",
                "The team SHALL NOT push. Ever."
            ]
        );
    }

    #[test]
    fn translations_oblige() {
        for text in [
            "El código DEBE tener pruebas", "所有代码必须有测试。", "テストを書かなければならない。",
            "테스트를 작성해야 한다.", "Der Code MUSS Tests haben",
        ] {
            assert_eq!(check(text).len(), 1, "{text}");
        }
        assert!(check("The mustard must be fresh, and Mustang is a car.").is_empty());
    }

    #[test]
    fn a_label_obliges_the_list_below_it() {
        let text = "**MUST NOT:**\n\n- share state\n  - not even once\n\nThat is all.\n\n- free\n";
        assert_eq!(check(text), ["share state", "not even once"]);
    }

    #[test]
    fn a_table_row_may_be_a_rule() {
        assert_eq!(check("| A | B |\n|---|---|\n| api | MUST be small |\n| cli | may be large |\n").len(), 1);
    }
}
