//! `**Name**: value`, as documents beside a plan label their lines. They are read line by line, without Markdown's
//! events; [`super::label`] reads the labels of a plan, whose spans those events give.

/// A labelled line: its name without marks and colon, and what stands behind it on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

const COLONS: [char; 2] = [':', '：'];
/// A plain name longer than this is a sentence.
const LONGEST_PLAIN_NAME: usize = 60;

/// Reads `line` (raw Markdown) as a label: bold with a colon inside or behind, bold alone, or a few
/// plain words with a colon.
pub(super) fn label(line: &str) -> Option<Label<'_>> {
    let line = line.trim();
    let Some(inside) = line.strip_prefix("**").or_else(|| line.strip_prefix("__")) else {
        return plain_label(line);
    };
    let close = inside.find(&line[..2])?;
    let (inner, rest) = (inside[..close].trim(), inside[close + 2..].trim_start());
    if let Some(name) = inner.strip_suffix(COLONS) {
        return Some(Label { name: name.trim_end(), value: rest });
    }
    if let Some(value) = rest.strip_prefix(COLONS) {
        return Some(Label { name: inner, value: value.trim_start() });
    }
    if rest.is_empty() {
        return Some(Label { name: inner, value: rest });
    }
    // `**Tests** (write first):` and `**Tests** ⚠️`
    if rest.starts_with(['(', '（', '[']) {
        let close = rest.find([')', '）', ']'])?;
        let behind = rest[close..].trim_start_matches([')', '）', ']']).trim_start();
        let value = behind.strip_prefix(COLONS).unwrap_or(behind).trim_start();
        return (behind.starts_with(COLONS) || value.is_empty()).then_some(Label { name: inner, value });
    }
    let wordless = !rest.chars().any(char::is_alphanumeric);
    wordless.then_some(Label { name: inner, value: "" })
}

fn plain_label(line: &str) -> Option<Label<'_>> {
    let line = line.trim_start_matches(['*', '_']);
    let colon = line.find(COLONS)?;
    let name = line[..colon].trim_end_matches(['*', '_', ' ']);
    let short = name.len() <= LONGEST_PLAIN_NAME && name.split_whitespace().count() <= 6;
    let named = name.chars().any(char::is_alphabetic) && !name.contains(['.', ',', '`', '[', '/']);
    let value = line[colon..].trim_start_matches(COLONS).trim_start_matches(['*', '_']).trim_start();
    (short && named).then_some(Label { name, value })
}

/// `text` in lower case without marks of emphasis, for comparison with tables of words.
pub(super) fn folded(text: &str) -> String {
    const MARKS: [char; 3] = ['*', '_', '`'];
    if text.is_ascii() {
        let mut lower = text.to_ascii_lowercase();
        if lower.contains(MARKS) {
            lower.retain(|c| !MARKS.contains(&c));
        }
        return lower;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !MARKS.contains(c)) {
        // Nearly every letter is ASCII; the tables of Unicode are asked for the others only.
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// The words of a text: runs of letters and digits.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_every_form() {
        for (line, expected) in [
            ("**Priority**: P1", Some(("Priority", "P1"))),
            ("**Priority:** P1", Some(("Priority", "P1"))),
            ("Priority: P1", Some(("Priority", "P1"))),
            ("**優先度**：P1", Some(("優先度", "P1"))),
            ("**Acceptance Scenarios**", Some(("Acceptance Scenarios", ""))),
            ("**Tests** (write first):", Some(("Tests", ""))),
            ("*Status*: draft", Some(("Status", "draft"))),
            ("**Given** a poll, **When** it ends", None),
            ("A sentence that has many words and then: a colon", None),
        ] {
            assert_eq!(label(line).map(|label| (label.name, label.value)), expected, "{line}");
        }
    }
}
