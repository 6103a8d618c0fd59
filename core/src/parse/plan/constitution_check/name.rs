//! A principle's numeral and name: "Principle IV: Test-First", "4. Test-First", "Library-First (Article I)".

use crate::parse::ordinal::{self, Form};

/// Splits the numeral off a name. The numeral is as written; what is left may be empty.
pub(super) fn split_ordinal(text: &str) -> (Option<String>, &str) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '#' | '|'));
    if let Some((ordinal, name)) = ordinal::joined(text) {
        return (Some(ordinal.to_owned()), tidy(name));
    }
    // The text itself must open with the numeral: "🧪 4. Name" is a heading's matter, not a name's.
    if let Some(found) = ordinal::numbered(text).filter(|found| found.form != Form::Nested && opens(text)) {
        let bracketed = found.rest.strip_prefix(['(', '（']).filter(|_| found.form == Form::Word);
        let name = bracketed.map_or(found.rest, |inner| inner.trim_end_matches([')', '）', ':']));
        return (Some(found.ordinal.to_owned()), tidy(name));
    }
    match in_brackets(text) {
        Some((name, ordinal)) => (Some(ordinal.to_owned()), name),
        None => (None, text),
    }
}

fn opens(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '第' | '(' | '（') || ('①'..='❿').contains(&c))
}

fn tidy(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '—' | '–' | '-' | ':'))
}

/// "Library-First (Article I)", "Performance [IV]".
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let open = text.rfind(['(', '（', '['])?;
    let closed = text.trim_end_matches([':', ' ']).ends_with([')', '）', ']']);
    let inner = text[open..].trim_matches(['(', ')', '（', '）', '[', ']', ' ', ':']);
    let found = ordinal::numbered(inner)
        .filter(|found| found.rest.is_empty() && matches!(found.form, Form::Word | Form::Roman))?;
    closed.then(|| (text[..open].trim_end(), found.ordinal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        for (text, ordinal, name) in [
            ("I. Real-time First", Some("I"), "Real-time First"),
            ("**IV. Test-First**", Some("IV"), "Test-First"),
            ("Principle I: Name", Some("I"), "Name"),
            ("Principle 2 - Name", Some("2"), "Name"),
            ("Principle III Name", Some("III"), "Name"),
            ("Principle I (Name)", Some("I"), "Name"),
            ("III — Name", Some("III"), "Name"),
            ("1. Name", Some("1"), "Name"),
            ("VIII / IX. Docs", Some("VIII / IX"), "Docs"),
            ("Library-First (Article I)", Some("I"), "Library-First"),
            ("一、品質", Some("一"), "品質"),
            ("第二条 品質", Some("二"), "品質"),
            ("原則1：品質", Some("1"), "品質"),
            ("XII", Some("XII"), ""),
            ("Performance", None, "Performance"),
            ("I think so", None, "I think so"),
            ("3D rendering", None, "3D rendering"),
            ("2.5 Overview", None, "2.5 Overview"),
            ("100% coverage", None, "100% coverage"),
            ("Gate discipline", None, "Gate discipline"),
        ] {
            assert_eq!(split_ordinal(text), (ordinal.map(str::to_owned), name), "{text}");
        }
    }
}
