//! The numeral before a principle's name: `IV.`, `4.`, `Principle IV:`, `第四条`, `四、`, `4️⃣`.

use crate::parse::phrase;

/// How a heading is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The numeral stands behind a word for principle or article.
    Word,
    /// A Roman numeral.
    Roman,
    /// An Arabic or Chinese numeral, as documents number all of their sections.
    Arabic,
    /// A numeral with two levels, such as `2.1`.
    Nested,
    /// A short code, such as `P1`.
    Code,
}

/// A text that begins with a numeral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbered<'a> {
    pub(super) form: Form,
    /// The numeral as written.
    pub(super) ordinal: &'a str,
    /// Its value; the first level of a nested one.
    pub(super) value: u32,
    /// What stands behind it, without the separator.
    pub(super) rest: &'a str,
}

/// Words for one principle, folded.
const WORDS: &[&str] = &[
    "principle", "core principle", "article", "art.", "rule", "law", "tenet", "pillar", "commandment", "invariant",
    "princípio", "principio", "principe", "prinzip", "grundsatz", "artikel", "artículo", "articulo", "artigo",
    "articolo", "regla", "regra", "règle", "regel", "принцип", "статья", "правило", "zasada", "artykuł", "reguła",
    "princip", "zásada", "článek", "ilke", "madde", "beginsel", "nguyên tắc", "điều", "prinsip", "pasal", "مبدأ",
    "原則", "原则", "核心原則", "核心原则", "원칙", "조항", "准则", "準則", "条款", "條款", "条文", "規則", "规则",
];

/// Words that number a part of any document, folded.
const PARTS: &[&str] = &["section", "part", "chapter", "abschnitt", "kapitel", "sección", "seção", "раздел", "§"];

/// Letters of short codes.
const CODES: &[&str] = &["P", "CP", "GP", "AP", "DP", "EP", "PR", "A", "C", "R"];

/// Reads the numeral at the start of `title`.
pub(super) fn numbered(title: &str) -> Option<Numbered<'_>> {
    let text = undecorated(title);
    worded(text)
        .or_else(|| counted(text))
        .or_else(|| parenthesised(text))
        .or_else(|| nested(text))
        .or_else(|| plain(text))
        .or_else(|| coded(text))
}

/// `text` without emoji, marks and other symbols before its first letter, digit or bracket.
pub(super) fn undecorated(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '(' | '（' | '[' | '【' | '{' | '§' | '`' | '"' | '“' | '「')
    })
}

/// The values that a numeral as written stands for: `IV` is 4, `VIII / IX` is 8 and 9, `I–III` is 1, 2
/// and 3.
pub(crate) fn ordinal_values(ordinal: &str) -> Vec<u32> {
    let mut values: Vec<u32> = Vec::new();
    let mut range = false;
    for part in ordinal.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = if CODES.iter().any(|code| word.starts_with(code)) {
            word.trim_start_matches(char::is_alphabetic)
        } else {
            word
        };
        // Nearly all words begin as no numeral does.
        let numeral = || any_numeral(word).or_else(|| any_numeral(bare));
        if !word.starts_with(|c: char| c.is_ascii_lowercase())
            && let Some((numeral, value)) = numeral()
            && (numeral.len() == word.len() || numeral.len() == bare.len())
        {
            match values.last() {
                Some(last) if range && *last < value && value - last < 40 => values.extend(last + 1..=value),
                _ => values.push(value),
            }
            range = false;
        }
        range |= part.ends_with(['–', '—']);
    }
    values
}

/// Several numerals that open a text together, such as `VIII / IX. Name` or `Principles I–III: Name`:
/// the numerals as written and what stands behind them.
pub(super) fn joined(text: &str) -> Option<(&str, &str)> {
    let start = text.len() - numeral_start(text).len();
    let (first, _) = roman(&text[start..]).or_else(|| arabic(&text[start..]))?;
    let mut end = start + first.len();
    let alone = end;
    while let Some(length) = next_joined(&text[end..]) {
        end += length;
    }
    (end > alone && starts_with_separator(&text[end..])).then(|| (&text[start..end], behind_separator(&text[end..])))
}

/// What follows a word for principle, or the whole text.
fn numeral_start(text: &str) -> &str {
    match phrase::leading_word(text, WORDS) {
        Some(length) => text[length..].trim_start_matches('s').trim_start(),
        None => text,
    }
}

/// Bytes of a joining sign and the numeral behind it.
fn next_joined(text: &str) -> Option<usize> {
    let sign = text.trim_start();
    let behind = sign.strip_prefix(['/', '–', '&', '+', ','])?.trim_start();
    let (numeral, _) = roman(behind).or_else(|| arabic(behind))?;
    let rest = &behind[numeral.len()..];
    let ends = rest.is_empty() || rest.starts_with(['.', ')', ':', '/', '–', ' ', '-', ',', '*']);
    ends.then(|| text.len() - rest.len())
}

/// `Principle IV: Name`, `Section 4: Name`.
fn worded(text: &str) -> Option<Numbered<'_>> {
    let (length, form) = match phrase::leading_word(text, WORDS) {
        Some(length) => (length, Form::Word),
        None => (phrase::leading_word(text, PARTS)?, Form::Arabic),
    };
    let numeral =
        text[length..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '№' | '-' | '.' | '‑'));
    let (ordinal, value) = any_numeral(numeral)?;
    let rest = &numeral[ordinal.len()..];
    // "原则一：…" has a numeral, "原则一致" has none.
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(Numbered { form, ordinal, value, rest: behind_separator(rest) })
}

/// `第四条`, `第4章`, `제4조`.
fn counted(text: &str) -> Option<Numbered<'_>> {
    let inner = text.strip_prefix('第').or_else(|| text.strip_prefix('제'))?.trim_start();
    let (ordinal, value) = chinese(inner).or_else(|| arabic(inner))?;
    let unit = inner[ordinal.len()..].trim_start();
    let articles = ["条", "條", "则", "則", "項", "项", "조", "원칙", "原則", "原则"];
    let parts = ["章", "节", "節", "部分", "部", "장", "절"];
    let found = |units: &[&'static str]| units.iter().copied().find(|known| unit.starts_with(known));
    let (form, unit_length) = match (found(&articles), found(&parts)) {
        (Some(unit), _) => (Form::Word, unit.len()),
        (None, Some(unit)) => (Form::Arabic, unit.len()),
        _ => return None,
    };
    Some(Numbered { form, ordinal, value, rest: behind_separator(&unit[unit_length..]) })
}

/// `(4) Name`, `（四）Name`, `[4] Name`.
fn parenthesised(text: &str) -> Option<Numbered<'_>> {
    let inner = text.strip_prefix(['(', '（', '[', '【'])?;
    let (ordinal, value) = any_numeral(inner)?;
    let rest = inner[ordinal.len()..].strip_prefix([')', '）', ']', '】'])?;
    Some(Numbered { form: Form::Arabic, ordinal, value, rest: behind_separator(rest) })
}

/// `2.1 Name`.
fn nested(text: &str) -> Option<Numbered<'_>> {
    let (first, value) = arabic(text)?;
    let levels = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let ordinal = text[..levels].trim_end_matches('.');
    if ordinal.len() <= first.len() || ordinal.contains("..") {
        return None;
    }
    let rest = &text[levels..];
    let ends = rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | ')' | '：' | '、' | '-'));
    ends.then(|| Numbered { form: Form::Nested, ordinal, value, rest: behind_separator(rest) })
}

/// `IV. Name`, `4) Name`, `四、Name`, `4️⃣ Name`, `④ Name`.
fn plain(text: &str) -> Option<Numbered<'_>> {
    let (ordinal, value, form) = match roman(text) {
        Some((ordinal, value)) => (ordinal, value, Form::Roman),
        None => any_numeral(text).map(|(ordinal, value)| (ordinal, value, Form::Arabic))?,
    };
    let rest = &text[ordinal.len()..];
    let circled = ordinal.chars().next().and_then(circled).is_some();
    if let Some(rest) = rest.strip_prefix("\u{fe0f}\u{20e3}").or_else(|| rest.strip_prefix('\u{20e3}')) {
        return Some(Numbered { form: Form::Arabic, ordinal, value, rest: behind_separator(rest) });
    }
    (circled || starts_with_separator(rest)).then(|| Numbered { form, ordinal, value, rest: behind_separator(rest) })
}

/// `P1: Name`, `CP-1. Name`.
fn coded(text: &str) -> Option<Numbered<'_>> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if !CODES.contains(&&text[..letters]) {
        return None;
    }
    let digits = text[letters..].strip_prefix('-').unwrap_or(&text[letters..]);
    let (number, value) = arabic(digits)?;
    let length = text.len() - digits.len() + number.len();
    let rest = &text[length..];
    starts_with_separator(rest).then(|| Numbered {
        form: Form::Code,
        ordinal: &text[..length],
        value,
        rest: behind_separator(rest),
    })
}

fn starts_with_separator(rest: &str) -> bool {
    let direct = rest.starts_with(['.', ':', ')', '、', '：', '．', '）', '。', '—', '–', '|']);
    let spaced = rest.starts_with(' ') && rest.trim_start().starts_with(['-', '—', '–', ':', '|', '·', '：']);
    direct || spaced || rest.trim().is_empty()
}

fn behind_separator(rest: &str) -> &str {
    rest.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '.' | ':' | ')' | '、' | '：' | '．' | '）' | '。' | '-' | '—' | '–' | '|' | '·' | '‑')
    })
    .trim_end()
}

/// A numeral of any kind that ends there.
fn any_numeral(text: &str) -> Option<(&str, u32)> {
    roman(text).or_else(|| arabic(text)).or_else(|| chinese(text)).or_else(|| {
        let first = text.chars().next()?;
        circled(first).map(|value| (&text[..first.len_utf8()], value))
    })
}

/// `IV`, `Ⅳ`. The single letters L, C, D and M are taken for letters.
fn roman(text: &str) -> Option<(&str, u32)> {
    if let Some(first @ 'Ⅰ'..='Ⅻ') = text.chars().next() {
        return Some((&text[..first.len_utf8()], first as u32 - 'Ⅰ' as u32 + 1));
    }
    let length = text.bytes().take_while(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L')).count();
    let numeral = &text[..length];
    if length == 0 || length > 7 || numeral == "L" || text[length..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let value = |byte: u8| match byte {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        _ => 50,
    };
    let mut total = 0;
    let mut largest = 0;
    for byte in numeral.bytes().rev() {
        let value = value(byte);
        if value < largest {
            total -= value;
        } else {
            total += value;
            largest = value;
        }
    }
    u32::try_from(total).ok().map(|total| (numeral, total))
}

fn arabic(text: &str) -> Option<(&str, u32)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > 3 {
        return None;
    }
    text[..length].parse().ok().map(|value| (&text[..length], value))
}

/// `四`, `十二`, up to 99.
fn chinese(text: &str) -> Option<(&str, u32)> {
    let digit =
        |c: char| "一二三四五六七八九".chars().position(|known| known == c).and_then(|at| u32::try_from(at + 1).ok());
    let length: usize = text.chars().take_while(|c| *c == '十' || digit(*c).is_some()).map(char::len_utf8).sum();
    let numeral = &text[..length];
    let value = match numeral.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
            tens * 10 + ones.chars().next().and_then(digit).unwrap_or(0)
        }
        None => digit(numeral.chars().next()?)?,
    };
    (numeral.chars().count() <= 3).then_some((numeral, value))
}

fn circled(c: char) -> Option<u32> {
    match c {
        '①'..='⑳' => Some(c as u32 - '①' as u32 + 1),
        '❶'..='❿' => Some(c as u32 - '❶' as u32 + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str) -> Option<(Form, &str, u32, &str)> {
        numbered(title).map(|found| (found.form, found.ordinal, found.value, found.rest))
    }

    #[test]
    fn numerals_of_all_kinds() {
        let rows = [
            ("IV. Test First", (Form::Roman, "IV", 4, "Test First")),
            ("Ⅲ. Test First", (Form::Roman, "Ⅲ", 3, "Test First")),
            ("XIX — Test First", (Form::Roman, "XIX", 19, "Test First")),
            ("4. Test First", (Form::Arabic, "4", 4, "Test First")),
            ("4) Test First", (Form::Arabic, "4", 4, "Test First")),
            ("4️⃣ Test First", (Form::Arabic, "4", 4, "Test First")),
            ("🧪 4. Test First", (Form::Arabic, "4", 4, "Test First")),
            ("④ Test First", (Form::Arabic, "④", 4, "Test First")),
            ("(4) Test First", (Form::Arabic, "4", 4, "Test First")),
            ("2.1 Test First", (Form::Nested, "2.1", 2, "Test First")),
            ("Principle IV: Test First", (Form::Word, "IV", 4, "Test First")),
            ("PRINCIPLE IV. Test First", (Form::Word, "IV", 4, "Test First")),
            ("Principle 4 - Test First", (Form::Word, "4", 4, "Test First")),
            ("Article IV", (Form::Word, "IV", 4, "")),
            ("Princípio IV — Teste Primeiro", (Form::Word, "IV", 4, "Teste Primeiro")),
            ("Artículo 4: Pruebas", (Form::Word, "4", 4, "Pruebas")),
            ("Принцип 4. Тесты", (Form::Word, "4", 4, "Тесты")),
            ("原則一：測試優先", (Form::Word, "一", 1, "測試優先")),
            ("第四条：测试优先", (Form::Word, "四", 4, "测试优先")),
            ("第十二條 測試優先", (Form::Word, "十二", 12, "測試優先")),
            ("제4조 (테스트 우선)", (Form::Word, "4", 4, "(테스트 우선)")),
            ("四、测试优先", (Form::Arabic, "四", 4, "测试优先")),
            ("第四章 测试", (Form::Arabic, "四", 4, "测试")),
            ("Section 4: Tests", (Form::Arabic, "4", 4, "Tests")),
            ("P4: Test First", (Form::Code, "P4", 4, "Test First")),
        ];
        for (title, expected) in rows {
            assert_eq!(check(title), Some(expected), "{title}");
        }
    }

    #[test]
    fn values_of_numerals() {
        for (ordinal, values) in [
            ("IV", vec![4]),
            ("VIII / IX", vec![8, 9]),
            ("I–III", vec![1, 2, 3]),
            ("十二", vec![12]),
            ("7", vec![7]),
            ("P4", vec![4]),
            ("④", vec![4]),
        ] {
            assert_eq!(ordinal_values(ordinal), values, "{ordinal}");
        }
        assert_eq!(joined("VIII / IX. Docs"), Some(("VIII / IX", "Docs")));
        assert_eq!(joined("VIII. Docs"), None);
    }

    #[test]
    fn names_are_no_numerals() {
        for title in [
            "Vertical Slices", "I build small", "Principled Design", "Principle of Least Surprise", "3 Tier",
            "C. Name", "原则一致", "IX",
        ] {
            let found = check(title);
            assert!(found.is_none() || title == "IX", "{title}: {found:?}");
        }
    }
}
