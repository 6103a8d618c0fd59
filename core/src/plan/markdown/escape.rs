//! Texts as Markdown that shows exactly them.

/// Shows nothing; keeps what stands behind it from being taken for a separator.
const GUARD: &str = "<!-- -->";

/// `text` inside of a line.
pub(crate) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    // `<` opens an address before nearly every character.
    let address = text.contains('@');
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_mark(c, before, chars.peek().copied()) || c == '<' && address {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Whether `c` would mean something between these neighbours.
fn is_mark(c: char, before: Option<char>, behind: Option<char>) -> bool {
    match c {
        '\\' | '`' => true,
        // A star with space around it can neither open nor close.
        '*' => !(before.is_some_and(char::is_whitespace) && behind.is_some_and(char::is_whitespace)),
        '_' => !(before.is_some_and(char::is_alphanumeric) && behind.is_some_and(char::is_alphanumeric)),
        '<' => behind.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        ']' => behind == Some('('),
        _ => false,
    }
}

/// `text` at the start of a block, where a number, a dash or a hash would begin another one.
pub(crate) fn block(text: &str) -> String {
    let out = inline(text);
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &out[..digits], &out[digits..]);
    }
    let marked = match out.chars().next() {
        Some('#' | '>' | '+' | '-' | '=' | '~' | '|' | ':') => true,
        // `[name]: target` defines a link.
        Some('[') => out.contains("]:"),
        _ => false,
    };
    if marked { format!("\\{out}") } else { out }
}

/// `text` as a heading.
pub(crate) fn heading(text: &str) -> String {
    closing_hash(&inline(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Keeps the hash at the end of a heading, which would be dropped.
pub(super) fn closing_hash(text: &str) -> String {
    text.strip_suffix('#').map_or_else(|| text.to_owned(), |rest| format!("{rest}\\#"))
}

/// `text` in a table's cell.
pub(super) fn cell(text: &str) -> String {
    inline(text).replace('|', "\\|")
}

/// `text` behind a separator: what looks like more of the separator stays.
pub(super) fn behind_separator(text: &str) -> String {
    let out = inline(text);
    match out.chars().next() {
        Some('-' | ':' | '|' | ')' | '.' | ',' | '(' | ';' | '>' | '=') => format!("\\{out}"),
        Some('—' | '–' | '：' | '）' | '。' | '→' | '\u{fe0f}' | '，' | '（') => format!("{GUARD}{out}"),
        _ => out,
    }
}

/// `text` before a ` — ` that ends it.
pub(super) fn before_dash(text: &str) -> String {
    inline(text).replace('—', &format!("{GUARD}—"))
}

/// `text` before or without a `. ` that ends it.
pub(super) fn before_dot(text: &str) -> String {
    let out = inline(text);
    let ends_word = |at: usize| out[at + 1..].chars().next().is_none_or(char::is_whitespace);
    let dots = out.char_indices().filter(|(at, c)| *c == '.' && ends_word(*at)).map(|(at, _)| at);
    let mut dotted = String::with_capacity(out.len());
    let mut start = 0;
    for at in dots {
        dotted.push_str(&out[start..at]);
        dotted.push('\\');
        start = at;
    }
    dotted + &out[start..]
}

/// `text` between double stars. A bold text must not be empty.
pub(crate) fn bold(escaped: &str) -> String {
    format!("**{}**", if escaped.is_empty() { GUARD } else { escaped })
}

/// `text` as a span of code.
pub(crate) fn code(text: &str) -> String {
    let ticks = "`".repeat(longest_run(text, '`') + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// A link to `target` that shows its last part.
pub(super) fn link(target: &str) -> String {
    let name = target.trim_end_matches('/').rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = !target.is_empty()
        && target.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '#' | ':' | '%' | '@'));
    if plain {
        return format!("[{}]({target})", inline(name));
    }
    let mut escaped = String::with_capacity(target.len());
    for c in target.chars() {
        if matches!(c, '<' | '>' | '\\' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    format!("[spec]({})", format_args!("<{escaped}>"))
}

/// A fence that nothing in `text` closes.
pub(super) fn fence(text: &str) -> String {
    "`".repeat(longest_run(text, '`').max(2) + 1)
}

fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Markdown;
    use crate::source::Span;

    #[test]
    fn nothing_is_escaped_that_says_what_it_is() {
        for text in [
            "snake_case_name, 2 * 3, <200ms p95, a & b, [FEATURE], 100%, C++ 20, x - y",
            "日本語の文章（括弧）。",
            "[x] done",
        ] {
            assert_eq!(block(text), text);
        }
    }

    #[test]
    fn marks_show_as_they_are() {
        for text in [
            "**bold** and _emphasis_ and `code`", "[link](target) ![image](target)", "<b>html</b> <!-- no comment -->",
            "<https://example.org>", "back\\slash\\* at the end\\", "# hash", "- dash", "+ plus", "1. one",
            "12) twelve", "> quote", "=====", "-----", "~~~ fence", "``` fence", "| a | b |", "[name]: target", "***",
            "* * *", "__init__", "a*b*c", "*", "\\", "&amp; &#42;", "<#@a>", "#", "![", "](", "![a]: b",
        ] {
            let written = block(text);
            let markdown = Markdown::parse(&written);
            assert_eq!(markdown.blocks.len(), 1, "{text} as {written}");
            assert_eq!(markdown.plain(Span::new(0, written.len())), text, "as {written}");
            let written = format!("- {written}\n");
            assert_eq!(Markdown::parse(&written).plain(Span::new(0, written.len())), text, "as {written}");
        }
    }
}
