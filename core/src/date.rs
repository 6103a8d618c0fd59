//! Days of the calendar: ISO dates, and the other forms in which plans write them.

use crate::source::Span;

/// A day. Ordered as the calendar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if the calendar has it.
    pub(crate) fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A day that was found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) date: Date,
    /// Whether it is written as an ISO date.
    pub(crate) iso: bool,
    /// Where, in bytes of the text.
    pub(crate) span: Span,
}

/// The first day that `text` names: `2026-01-31`, `2026/01/31`, `31 January 2026`, `January 31, 2026`,
/// `2026年1月31日`. Numbers whose order nobody can tell (`01/02/2026`) are no day.
pub(crate) fn find(text: &str) -> Option<Found> {
    let parts = parts(text);
    parts.windows(3).find_map(|three| {
        let [a, b, c] = three else { return None };
        let span = Span::new(a.start, c.end);
        let found = |date, iso| Some(Found { date, iso, span });
        let (year, month, day) = match (a.value, b.value, c.value) {
            (Value::Number(year, 4), Value::Number(month, _), Value::Number(day, _)) => (year, month, day),
            (Value::Number(day, _), Value::Month(month), Value::Number(year, 4)) => (year, month, day),
            (Value::Month(month), Value::Number(day, _), Value::Number(year, 4)) => (year, month, day),
            // Only one reading: the first number is no month.
            (Value::Number(day @ 13..=31, _), Value::Number(month @ 1..=12, _), Value::Number(year, 4)) => {
                (year, month, day)
            }
            (Value::Number(month @ 1..=12, _), Value::Number(day @ 13..=31, _), Value::Number(year, 4)) => {
                (year, month, day)
            }
            _ => return None,
        };
        let date = Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
        let iso = text.get(a.start..c.end) == Some(date.to_string().as_str());
        found(date, iso)
    })
}

/// The day that `text` is, where it is written as an ISO date and nothing else.
#[cfg(feature = "fs")]
pub(crate) fn iso(text: &str) -> Option<Date> {
    let found = find(text).filter(|found| found.iso && found.span == Span::new(0, text.len()))?;
    Some(found.date)
}

#[derive(Clone, Copy)]
enum Value {
    /// A number and its digits.
    Number(u16, usize),
    Month(u16),
    Other,
}

struct Part {
    value: Value,
    start: usize,
    end: usize,
}

/// Numbers and words in order; the little words in between are left out.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < text.len() && parts.len() < 64 {
        let rest = &text[at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let value = rest[..digits].parse().map_or(Value::Other, |number| Value::Number(number, digits));
            parts.push(Part { value, start: at, end: at + digits });
            at += digits;
            continue;
        }
        let letters: usize = rest.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        if letters > 0 {
            let word = &rest[..letters];
            let little =
                ["de", "of", "st", "nd", "rd", "th", "年", "月", "日", "년", "월", "일", "del"].contains(&word);
            if !little {
                let value = month(word).map_or(Value::Other, Value::Month);
                parts.push(Part { value, start: at, end: at + letters });
            }
            at += letters;
            continue;
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    parts
}

fn month(word: &str) -> Option<u16> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "jan", "enero", "ene", "janeiro", "janvier", "januar", "stycznia"],
        &["february", "feb", "febrero", "fevereiro", "fev", "février", "februar", "lutego"],
        &["march", "mar", "marzo", "março", "mars", "märz", "marca"],
        &["april", "apr", "abril", "abr", "avril", "kwietnia"],
        &["may", "mayo", "maio", "mai", "maja"],
        &["june", "jun", "junio", "junho", "juin", "juni", "czerwca"],
        &["july", "jul", "julio", "julho", "juillet", "juli", "lipca"],
        &["august", "aug", "agosto", "ago", "août", "sierpnia"],
        &["september", "sep", "sept", "septiembre", "setembro", "set", "septembre", "września"],
        &["october", "oct", "octubre", "outubro", "out", "octobre", "oktober", "okt", "października"],
        &["november", "nov", "noviembre", "novembro", "novembre", "listopada"],
        &["december", "dec", "diciembre", "dic", "dezembro", "dez", "décembre", "dezember", "grudnia"],
    ];
    let word = word.to_lowercase();
    MONTHS.iter().position(|names| names.contains(&word.as_str())).and_then(|at| u16::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found() {
        for (text, date, iso) in [
            ("2026-01-31", Some("2026-01-31"), true),
            ("2026-04-17 (revised from 2026-02-19)", Some("2026-04-17"), true),
            ("December 16, 2025", Some("2025-12-16"), false),
            ("Tuesday, September 16, 2025", Some("2025-09-16"), false),
            ("16 de septiembre de 2025", Some("2025-09-16"), false),
            ("2025年9月16日", Some("2025-09-16"), false),
            ("31/01/2026", Some("2026-01-31"), false),
            ("01/02/2026", None, false),
            ("2026-02-30", None, false),
            ("2026-1-5", Some("2026-01-05"), false),
            ("[DATE]", None, false),
            ("", None, false),
        ] {
            let found = find(text);
            assert_eq!(found.map(|found| found.date.to_string()).as_deref(), date, "{text}");
            assert_eq!(found.is_some_and(|found| found.iso), iso, "{text}");
        }
    }
}
