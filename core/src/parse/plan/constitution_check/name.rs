//! A principle's numeral and name: "Principle IV: Test-First", "4. Test-First", "Library-First (Article I)".

/// Splits the numeral off a name. The numeral is as written; what is left may be empty.
pub(crate) fn split_ordinal(text: &str) -> (Option<String>, &str) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '#' | '|'));
    let (worded, rest) = strip_word(text);
    if let Some((ordinal, name)) = strip_numeral(rest, worded) {
        return (Some(ordinal), name);
    }
    if let Some((name, ordinal)) = strip_suffix(text) {
        return (Some(ordinal), name);
    }
    (None, text)
}

/// Words that stand before a numeral.
const WORDS: &[&str] = &[
    "principle", "article", "gate", "rule", "section", "principio", "princípio", "principe", "artículo", "artigo",
    "artikel", "prinzip", "grundsatz", "zasada", "принцип", "원칙", "原則", "原则", "準則", "准则", "art.",
];

fn strip_word(text: &str) -> (bool, &str) {
    for word in WORDS {
        if let Some(head) = text.get(..word.len())
            && head.to_lowercase() == *word
        {
            let rest = text[word.len()..].trim_start();
            let spaced = rest.len() < text[word.len()..].len() || !word.is_ascii();
            if spaced && (numeral_length(rest) > 0) {
                return (true, rest);
            }
        }
    }
    (false, text)
}

fn strip_numeral(text: &str, worded: bool) -> Option<(String, &str)> {
    if let Some(result) = strip_cjk(text) {
        return Some(result);
    }
    let mut length = numeral_length(text);
    if length == 0 {
        return None;
    }
    // "VIII / IX", "I–V", "III-1", "VII/IX".
    while let Some(more) = joined_numeral(&text[length..]) {
        length += more;
    }
    let ordinal = &text[..length];
    let rest = &text[length..];
    let separated = rest.trim_start_matches(['*', '_']);
    let name = match separated.chars().next() {
        None => "",
        Some('.' | ')' | ':' | '：' | '、' | '．' | '）')
            if !separated.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) =>
        {
            separated.trim_start_matches(['.', ')', ':', '：', '、', '．', '）'])
        }
        Some(c) if c.is_whitespace() => {
            let name = separated.trim_start();
            if let Some(inner) = name.strip_prefix(['(', '（']).filter(|_| worded) {
                inner.trim_end_matches([')', '）', ':'])
            } else if let Some(stripped) = name.strip_prefix(['—', '–', '-', ':', '|', '·', '：']) {
                stripped
            } else if worded {
                name
            } else {
                return None;
            }
        }
        Some('—' | '–' | '-') if worded || is_roman(ordinal) => separated.trim_start_matches(['—', '–', '-']),
        Some('(' | '（') if worded => separated.trim_start_matches(['(', '（']).trim_end_matches([')', '）', ':']),
        _ => return None,
    };
    Some((ordinal.to_owned(), name.trim().trim_start_matches(['—', '–', '-', ':', '*']).trim()))
}

/// "一、程式碼品質", "第一条 …".
fn strip_cjk(text: &str) -> Option<(String, &str)> {
    const DIGITS: &str = "一二三四五六七八九十";
    let (prefixed, body) = text.strip_prefix('第').map_or((false, text), |rest| (true, rest));
    let length: usize = body.chars().take_while(|c| DIGITS.contains(*c)).map(char::len_utf8).sum();
    if length == 0 {
        return None;
    }
    let rest = &body[length..];
    let rest = if prefixed { rest.trim_start_matches(['条', '條', '章', '项', '項']) } else { rest };
    let name = rest.strip_prefix(['、', '.', '．', '：', ':', ' ', '　'])?;
    Some((body[..length].to_owned(), name.trim()))
}

/// "Library-First (Article I)", "Performance [IV]".
fn strip_suffix(text: &str) -> Option<(&str, String)> {
    let open = text.rfind(['(', '（', '['])?;
    let inner = text[open..].trim_matches(['(', ')', '（', '）', '[', ']', ' ', ':']);
    let (worded, rest) = strip_word(inner);
    let length = numeral_length(rest);
    let closed = text.trim_end_matches([':', ' ']).ends_with([')', '）', ']']);
    (closed && length > 0 && length == rest.len() && (worded || is_roman(rest)))
        .then(|| (text[..open].trim_end(), rest.to_owned()))
}

fn joined_numeral(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let separator = trimmed.chars().next().filter(|c| matches!(c, '/' | '–' | '&' | '+' | ',' | '-'))?;
    let behind = trimmed[separator.len_utf8()..].trim_start();
    let length = numeral_length(behind);
    let ends = behind[length..].starts_with(['.', ')', ':', '/', '–', ' ', '-', '*']) || behind[length..].is_empty();
    (length > 0 && ends).then(|| text.len() - behind.len() + length)
}

/// Bytes of the numeral that opens `text`: roman in capitals up to 39, or at most two digits.
fn numeral_length(text: &str) -> usize {
    let roman = text.bytes().take_while(|byte| matches!(byte, b'I' | b'V' | b'X')).count();
    if roman > 0 && is_roman(&text[..roman]) && !text[roman..].starts_with(|c: char| c.is_alphanumeric()) {
        return roman;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let ends = !text[digits..].starts_with(|c: char| c.is_alphanumeric() || c == '%');
    if (1..=2).contains(&digits) && ends { digits } else { 0 }
}

fn is_roman(text: &str) -> bool {
    roman_value(text).is_some()
}

/// The value of a roman numeral up to 39, written the usual way.
pub(crate) fn roman_value(text: &str) -> Option<u32> {
    let tens = text.bytes().take_while(|byte| *byte == b'X').count();
    let ones = match &text[tens..] {
        "" if tens > 0 => 0,
        "I" => 1,
        "II" => 2,
        "III" => 3,
        "IV" => 4,
        "V" => 5,
        "VI" => 6,
        "VII" => 7,
        "VIII" => 8,
        "IX" => 9,
        _ => return None,
    };
    u32::try_from(tens).ok().filter(|tens| *tens <= 3).map(|tens| tens * 10 + ones)
}

/// The values that a numeral as written stands for: `IV` is 4, `VIII / IX` is 8 and 9, `I–III` is
/// 1, 2 and 3.
#[must_use]
pub(crate) fn ordinal_values(ordinal: &str) -> Vec<u32> {
    let mut values: Vec<u32> = Vec::new();
    let mut range = false;
    for part in ordinal.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_matches(|c: char| !c.is_alphanumeric());
        let value = word.parse().ok().or_else(|| roman_value(word)).or_else(|| cjk_value(word));
        if let Some(value) = value {
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

fn cjk_value(word: &str) -> Option<u32> {
    let digit =
        |c: char| "一二三四五六七八九".chars().position(|digit| digit == c).and_then(|at| u32::try_from(at + 1).ok());
    let mut chars = word.chars();
    match (chars.next()?, chars.next(), chars.next()) {
        ('十', None, _) => Some(10),
        ('十', Some(ones), None) => digit(ones).map(|ones| 10 + ones),
        (tens, Some('十'), None) => digit(tens).map(|tens| tens * 10),
        (one, None, _) => digit(one),
        _ => None,
    }
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

    #[test]
    fn values() {
        assert_eq!(ordinal_values("IV"), [4]);
        assert_eq!(ordinal_values("VIII / IX"), [8, 9]);
        assert_eq!(ordinal_values("I–III"), [1, 2, 3]);
        assert_eq!(ordinal_values("十二"), [12]);
        assert_eq!(ordinal_values("7"), [7]);
    }
}
