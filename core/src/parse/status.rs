//! Marks and words → [`Status`]. Reads what stands in real plans, and keeps where it stood.

use std::ops::Range;
use std::sync::LazyLock;

use crate::plan::Status;

/// What the mark and what the word of a raw status say, where it has both.
pub(crate) fn mark_and_word(raw: &str) -> Option<(Status, Status)> {
    let found = signs(raw, skip_marks_of_markdown(raw, 0))?.signs;
    if alternatives(&found).is_some() || found.contains(&Sign::Arrow) || found.contains(&Sign::Gate) {
        return None;
    }
    let mark = found.iter().find_map(|sign| match sign {
        Sign::Mark(status) => Some(*status),
        _ => None,
    })?;
    Some((mark, words(&found)?))
}

/// Whether `raw` is a status and nothing else.
pub(crate) fn is_status(raw: &str) -> bool {
    leading(raw).is_some_and(|reading| reading.range.len() == raw.len())
}

/// A status as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) status: Status,
    /// The alternatives, where nobody chose one.
    pub(crate) options: Vec<Status>,
    /// Bytes of the status in the text that was given.
    pub(crate) range: Range<usize>,
}

/// What speaks for a status: a sign, or a word.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    Mark(Status),
    Word(Status),
    /// "GATE", "GATED": a gate that is yet to be passed.
    Gate,
    Slash,
    Arrow,
    Comma,
    Open,
    Close,
    /// "with", "con", "mit": what follows qualifies.
    With,
}

const MARKS: &[(&str, Status)] = &[
    ("✅", Status::Pass),
    ("✔", Status::Pass),
    ("✓", Status::Pass),
    ("☑", Status::Pass),
    ("🟢", Status::Pass),
    ("👍", Status::Pass),
    ("⚠", Status::Attention),
    ("🟡", Status::Attention),
    ("🟠", Status::Attention),
    ("❌", Status::Blocked),
    ("✗", Status::Blocked),
    ("✘", Status::Blocked),
    ("❎", Status::Blocked),
    ("⛔", Status::Blocked),
    ("🔴", Status::Blocked),
    ("🚫", Status::Blocked),
    ("➖", Status::NotApplicable),
    ("⚪", Status::NotApplicable),
    ("⏭", Status::NotApplicable),
    ("⬜", Status::Undecided),
    ("☐", Status::Undecided),
    ("⏳", Status::Undecided),
    ("🔄", Status::Undecided),
    ("🔲", Status::Undecided),
    ("⏸", Status::Undecided),
];

/// Words in upper case, longest first where one begins another.
const WORDS: &[(&str, Status)] = &[
    ("NOT APPLICABLE", Status::NotApplicable),
    ("NOT ENGAGED", Status::NotApplicable),
    ("NOT AFFECTED", Status::NotApplicable),
    ("NOT RELEVANT", Status::NotApplicable),
    ("NOT IN SCOPE", Status::NotApplicable),
    ("N/A", Status::NotApplicable),
    ("N.A.", Status::NotApplicable),
    ("NO APLICABLE", Status::NotApplicable),
    ("NO APLICA", Status::NotApplicable),
    ("NÃO SE APLICA", Status::NotApplicable),
    ("NÃO APLICÁVEL", Status::NotApplicable),
    ("SANS OBJET", Status::NotApplicable),
    ("NON APPLICABLE", Status::NotApplicable),
    ("NICHT ANWENDBAR", Status::NotApplicable),
    ("ENTFÄLLT", Status::NotApplicable),
    ("NIE DOTYCZY", Status::NotApplicable),
    ("НЕ ПРИМЕНИМО", Status::NotApplicable),
    ("НЕПРИМЕНИМО", Status::NotApplicable),
    ("該当なし", Status::NotApplicable),
    ("適用外", Status::NotApplicable),
    ("不適用", Status::NotApplicable),
    ("不适用", Status::NotApplicable),
    ("해당 없음", Status::NotApplicable),
    ("해당없음", Status::NotApplicable),
    ("NO VIOLATIONS", Status::Pass),
    ("NO VIOLATION", Status::Pass),
    ("NO ISSUES", Status::Pass),
    ("NON-COMPLIANT", Status::Blocked),
    ("NON COMPLIANT", Status::Blocked),
    ("NONCOMPLIANT", Status::Blocked),
    ("NOT COMPLIANT", Status::Blocked),
    ("NOT SATISFIED", Status::Blocked),
    ("NOT MET", Status::Blocked),
    ("NO CUMPLE", Status::Blocked),
    ("NÃO CONFORME", Status::Blocked),
    ("NON CONFORME", Status::Blocked),
    ("NOT YET", Status::Undecided),
    ("NOT STARTED", Status::Undecided),
    ("NEEDS CLARIFICATION", Status::Undecided),
    ("NEEDS ATTENTION", Status::Attention),
    ("NEEDS JUSTIFICATION", Status::Attention),
    ("NEEDS REVIEW", Status::Attention),
    ("ATTENTION", Status::Attention),
    ("PARTIALLY", Status::Attention),
    ("PARTIAL", Status::Attention),
    ("PARCIALMENTE", Status::Attention),
    ("PARCIAL", Status::Attention),
    ("PARTIEL", Status::Attention),
    ("TEILWEISE", Status::Attention),
    ("CZĘŚCIOWO", Status::Attention),
    ("CONDITIONALLY", Status::Attention),
    ("CONDITIONAL", Status::Attention),
    ("WARNING", Status::Attention),
    ("WARN", Status::Attention),
    ("CAUTION", Status::Attention),
    ("JUSTIFIED", Status::Attention),
    ("JUSTIFICADO", Status::Attention),
    ("JUSTIFICADA", Status::Attention),
    ("JUSTIFIÉ", Status::Attention),
    ("EXCEPTION", Status::Attention),
    ("EXCEPCIÓN", Status::Attention),
    ("EXCEÇÃO", Status::Attention),
    ("예외", Status::Attention),
    ("例外", Status::Attention),
    ("DEVIATIONS", Status::Attention),
    ("DEVIATION", Status::Attention),
    ("DEVIATES", Status::Attention),
    ("DESVIO", Status::Attention),
    ("DESVIACIÓN", Status::Attention),
    ("ABWEICHUNG", Status::Attention),
    ("DEFERRED", Status::Attention),
    ("WAIVED", Status::Attention),
    ("WAIVER", Status::Attention),
    ("注意", Status::Attention),
    ("部分", Status::Attention),
    ("PASSED", Status::Pass),
    ("PASSES", Status::Pass),
    ("PASSING", Status::Pass),
    ("PASS", Status::Pass),
    ("PASA", Status::Pass),
    ("YES", Status::Pass),
    ("OK", Status::Pass),
    ("COMPLIANT", Status::Pass),
    ("COMPLIES", Status::Pass),
    ("ALIGNED", Status::Pass),
    ("ALIGNS", Status::Pass),
    ("SATISFIED", Status::Pass),
    ("SATISFIES", Status::Pass),
    ("MET", Status::Pass),
    ("FULL", Status::Pass),
    ("FULLY", Status::Pass),
    ("CLEAR", Status::Pass),
    ("CLEARED", Status::Pass),
    ("CLEAN", Status::Pass),
    ("APPROVED", Status::Pass),
    ("ACCEPTED", Status::Pass),
    ("CONFIRMED", Status::Pass),
    ("RESOLVED", Status::Pass),
    ("HONORED", Status::Pass),
    ("HONOURED", Status::Pass),
    ("UPHELD", Status::Pass),
    ("FOLLOWED", Status::Pass),
    ("MAINTAINED", Status::Pass),
    ("ENFORCED", Status::Pass),
    ("CUMPLE", Status::Pass),
    ("SUPERADO", Status::Pass),
    ("APROBADO", Status::Pass),
    ("APROVADO", Status::Pass),
    ("ATENDE", Status::Pass),
    ("CONFORME", Status::Pass),
    ("RESPECTÉ", Status::Pass),
    ("ERFÜLLT", Status::Pass),
    ("BESTANDEN", Status::Pass),
    ("SPEŁNIONA", Status::Pass),
    ("SPEŁNIONE", Status::Pass),
    ("SPEŁNIONY", Status::Pass),
    ("ZGODNE", Status::Pass),
    ("ZGODNY", Status::Pass),
    ("СООТВЕТСТВУЕТ", Status::Pass),
    ("ПРОЙДЕНО", Status::Pass),
    ("ПРОЙДЕН", Status::Pass),
    ("通過", Status::Pass),
    ("通过", Status::Pass),
    ("符合", Status::Pass),
    ("合格", Status::Pass),
    ("適合", Status::Pass),
    ("準拠", Status::Pass),
    ("통과", Status::Pass),
    ("준수", Status::Pass),
    ("적합", Status::Pass),
    ("FAILED", Status::Blocked),
    ("FAILS", Status::Blocked),
    ("FAIL", Status::Blocked),
    ("VIOLATIONS", Status::Blocked),
    ("VIOLATION", Status::Blocked),
    ("VIOLATED", Status::Blocked),
    ("VIOLATES", Status::Blocked),
    ("REJECTED", Status::Blocked),
    ("BLOCKED", Status::Blocked),
    ("BLOCKER", Status::Blocked),
    ("INCUMPLE", Status::Blocked),
    ("VIOLAÇÃO", Status::Blocked),
    ("VIOLACIÓN", Status::Blocked),
    ("VERLETZT", Status::Blocked),
    ("違反", Status::Blocked),
    ("违反", Status::Blocked),
    ("위반", Status::Blocked),
    ("不通過", Status::Blocked),
    ("不通过", Status::Blocked),
    ("불통과", Status::Blocked),
    ("TODO", Status::Undecided),
    ("TBD", Status::Undecided),
    ("PENDING", Status::Undecided),
    ("PENDIENTE", Status::Undecided),
    ("PENDENTE", Status::Undecided),
    ("PLANNED", Status::Undecided),
    ("PLAN", Status::Undecided),
    ("WILL COMPLY", Status::Undecided),
    ("WILL BE ADDRESSED", Status::Undecided),
    ("IN PROGRESS", Status::Undecided),
    ("IN_PROGRESS", Status::Undecided),
    ("REQUIRED", Status::Undecided),
    ("A RESOLVER", Status::Undecided),
    ("OFFEN", Status::Undecided),
    ("未定", Status::Undecided),
    ("待定", Status::Undecided),
    ("未着手", Status::Undecided),
    ("보류", Status::Undecided),
    ("대기", Status::Undecided),
];

/// [`WORDS`] sorted by the letter that they begin with: nearly every word of a text begins none of them.
static BY_FIRST_LETTER: LazyLock<Vec<(char, &str, Status)>> = LazyLock::new(|| {
    let first = |word: &str| word.chars().next().unwrap_or_default();
    let mut words: Vec<_> = WORDS.iter().map(|(word, status)| (first(word), *word, *status)).collect();
    words.sort_by_key(|(first, ..)| *first);
    words
});

/// The words that begin with an upper-case letter, in the order of [`WORDS`].
fn words_with(letter: char) -> impl Iterator<Item = (&'static str, Status)> {
    let from = BY_FIRST_LETTER.partition_point(|(first, ..)| *first < letter);
    BY_FIRST_LETTER[from..]
        .iter()
        .take_while(move |(first, ..)| *first == letter)
        .map(|(_, word, status)| (*word, *status))
}

/// Words that are a status only in capitals: "Plan: …" and "Full …" begin sentences.
const ONLY_UPPER: &[&str] = &["plan", "full", "fully", "clear", "clean", "required"];

const QUALIFIERS: &[&str] = &["WITH", "CON", "COM", "MIT", "AVEC", "AND"];

/// Reads a status that opens `text`: a cell, what follows a name, a verdict.
///
/// A word in lower case counts only where it stands alone: at the end, before punctuation, in bold,
/// or beside another sign; "Clear separation of layers" is no status.
pub(crate) fn leading(text: &str) -> Option<Reading> {
    let start = skip_marks_of_markdown(text, 0);
    let signs = signs(text, start)?;
    Some(Reading { range: start..signs.end, ..resolve(&signs.signs)? })
}

/// Reads a status that closes `text`, such as a heading's: the first place from which a status
/// reads to the end, or that opens with a mark.
pub(crate) fn trailing(text: &str) -> Option<Reading> {
    let mut last: Option<Closing> = None;
    candidates(text).find_map(|(at, separated)| {
        // Places with nothing but marks of Markdown between them read as one.
        let closing = match last.take() {
            Some(closing) if at <= closing.start => closing,
            _ => Closing::read(text, skip_marks_of_markdown(text, at)),
        };
        let reading = closing.reading(separated);
        last = Some(closing);
        reading
    })
}

/// What stands from one place of a text.
struct Closing {
    start: usize,
    /// The signs there, and whether they end the text or what follows is set off from them.
    signs: Option<(Signs, bool)>,
    /// Whether a word of them is in lower case.
    cased: bool,
}

impl Closing {
    fn read(text: &str, start: usize) -> Self {
        let signs = signs(text, start).map(|signs| {
            let rest = text[signs.end..].trim_start_matches(is_closing);
            let set_off = ['(', '（', '—', '–', '-', '[', ':', '：', '→', ',', '.', '。'];
            let ends = rest.is_empty() || rest.starts_with(set_off);
            (signs, ends)
        });
        let end = signs.as_ref().map_or(start, |(signs, _)| signs.end);
        Self { start, signs, cased: text[start..end].chars().any(char::is_lowercase) }
    }

    /// "Gate Violations" is a title; "Simplicity: Pass" and "Simplicity PASS" are not.
    fn reading(&self, separated: bool) -> Option<Reading> {
        let (signs, ends) = self.signs.as_ref()?;
        let marked = matches!(signs.signs.first(), Some(Sign::Mark(_)));
        if !marked && (!ends || self.cased && !separated) {
            return None;
        }
        Some(Reading { range: self.start..signs.end, ..resolve(&signs.signs)? })
    }
}

/// Places at which a closing status can begin, each with whether more than a space stands before it.
fn candidates(text: &str) -> impl Iterator<Item = (usize, bool)> + '_ {
    let (mut behind, mut separated) = (false, false);
    text.char_indices().filter_map(move |(at, c)| {
        let begins = (behind && !c.is_whitespace() || is_mark_start(c)).then_some((at, separated));
        let separator = matches!(c, '—' | '–' | ':' | '：' | '(' | '（' | '[' | '*' | '→' | '|');
        let dash = c == '-' && behind;
        separated = separator || dash || separated && c.is_whitespace();
        behind = separator || dash || c.is_whitespace();
        begins
    })
}

fn is_mark_start(c: char) -> bool {
    !c.is_ascii() && MARKS.iter().any(|(mark, _)| mark.starts_with(c))
}

fn is_closing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '`' | ')' | '）' | ']' | '|' | '\u{fe0f}')
}

fn skip_marks_of_markdown(text: &str, at: usize) -> usize {
    at + (text[at..].len()
        - text[at..]
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '>' | '\u{fe0f}'))
            .len())
}

struct Signs {
    signs: Vec<Sign>,
    end: usize,
}

/// Collects signs from `start` until something else stands there. `None` where nothing is a sign.
fn signs(text: &str, start: usize) -> Option<Signs> {
    let mut found = Signs { signs: Vec::new(), end: start };
    let mut at = start;
    let bold = text[..start].ends_with("**");
    while at < text.len() && found.signs.len() < 12 {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        if let Some((sign, length)) = boxed(rest).or_else(|| mark(rest)) {
            found.signs.push(sign);
            at += length;
            found.end = at;
            continue;
        }
        if let Some((sign, length)) = word(rest, bold, found.signs.is_empty()) {
            found.signs.push(sign);
            at += length;
            found.end = at;
            continue;
        }
        if found.signs.is_empty() {
            return None;
        }
        let (sign, length) = match first {
            '/' | '|' => (Some(Sign::Slash), 1),
            '→' | '➜' | '➡' => (Some(Sign::Arrow), first.len_utf8()),
            '-' if rest.starts_with("->") => (Some(Sign::Arrow), 2),
            ',' | '、' | '，' => (Some(Sign::Comma), first.len_utf8()),
            '(' | '（' => (Some(Sign::Open), first.len_utf8()),
            ')' | '）' => (Some(Sign::Close), first.len_utf8()),
            '*' | '_' | '`' | '[' | ']' | '\u{fe0f}' => (None, first.len_utf8()),
            c if c.is_whitespace() => (None, c.len_utf8()),
            _ => match qualifier(rest) {
                Some(length) => (Some(Sign::With), length),
                None => break,
            },
        };
        found.signs.extend(sign);
        if sign == Some(Sign::Close) {
            found.end = at + length;
        }
        at += length;
    }
    while matches!(found.signs.last(), Some(Sign::Slash | Sign::Arrow | Sign::Comma | Sign::Open | Sign::With)) {
        found.signs.pop();
    }
    (!found.signs.is_empty()).then_some(found)
}

/// `[x]`, `[ ]`, `[N/A]`, `[PASS]`, `[~]`.
fn boxed(text: &str) -> Option<(Sign, usize)> {
    let inner = text.strip_prefix('[')?;
    let close = inner.char_indices().take(24).find(|(_, c)| *c == ']').map(|(at, _)| at)?;
    if inner[close + 1..].starts_with(['(', '[', ':']) {
        return None;
    }
    let status = match inner[..close].trim() {
        "x" | "X" | "✓" | "✔" => Status::Pass,
        "" if close > 0 => Status::Undecided,
        "~" | "-" => Status::Attention,
        word => {
            let (sign, length) = mark(word).or_else(|| self::word(word, true, true))?;
            let (Sign::Mark(status) | Sign::Word(status)) = sign else { return None };
            if length != word.len() {
                return None;
            }
            status
        }
    };
    Some((Sign::Mark(status), close + 2))
}

fn mark(text: &str) -> Option<(Sign, usize)> {
    let first = text.chars().next().filter(|c| !c.is_ascii())?;
    if first == '×' {
        let next = text[first.len_utf8()..].trim_start_matches(is_closing).chars().next();
        return next.is_none_or(|c| !c.is_alphanumeric()).then_some((Sign::Mark(Status::Blocked), first.len_utf8()));
    }
    let (mark, status) = MARKS.iter().find(|(mark, _)| text.starts_with(mark))?;
    let length =
        mark.len() + text[mark.len()..].chars().take_while(|c| *c == '\u{fe0f}').map(char::len_utf8).sum::<usize>();
    Some((Sign::Mark(*status), length))
}

fn word(text: &str, bold: bool, first: bool) -> Option<(Sign, usize)> {
    if !text.starts_with(char::is_alphabetic) {
        return None;
    }
    for gate in ["GATED", "GATE"] {
        if text.starts_with(gate) && ends_word(&text[gate.len()..]) {
            return (!first).then_some((Sign::Gate, gate.len()));
        }
    }
    let letter = text.chars().next()?;
    let mut upper = letter.to_uppercase();
    let upper = upper.next().filter(|_| upper.next().is_none()).unwrap_or(letter);
    let (length, status) =
        words_with(upper).find_map(|(word, status)| Some((starts_with_upper(text, word)?, status)))?;
    let rest = &text[length..];
    if !ends_word(rest) {
        return None;
    }
    let cased = text[..length].chars().any(char::is_lowercase);
    if cased && ONLY_UPPER.iter().any(|word| text[..length].eq_ignore_ascii_case(word)) {
        return None;
    }
    (!cased || stands_alone(rest, bold) || !first && !rest.trim_start().starts_with(char::is_alphabetic))
        .then_some((Sign::Word(status), length))
}

/// Bytes of `text` that spell `upper` when upper-cased; white space matches any white space.
fn starts_with_upper(text: &str, upper: &str) -> Option<usize> {
    // Nearly always the second letter tells.
    if let ([first, expected, ..], [_, second, ..]) = (upper.as_bytes(), text.as_bytes())
        && first.is_ascii()
        && expected.is_ascii_uppercase()
        && second.to_ascii_uppercase() != *expected
    {
        return None;
    }
    let mut wanted = upper.chars();
    let mut next = wanted.next();
    for (at, c) in text.char_indices() {
        let Some(expected) = next else { return Some(at) };
        let same = match expected {
            ' ' => c.is_whitespace(),
            expected if c.is_ascii() => c.to_ascii_uppercase() == expected,
            expected => c == expected || c.to_uppercase().eq([expected]),
        };
        if !same {
            return None;
        }
        next = wanted.next();
    }
    next.is_none().then_some(text.len())
}

fn ends_word(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == '-' && rest[1..].starts_with(char::is_alphanumeric)))
}

/// Whether nothing but punctuation follows, so that a word in lower case is a status.
fn stands_alone(rest: &str, bold: bool) -> bool {
    let closed = rest.trim_start_matches(['*', '_', '`', ')', '）', ']']);
    if bold && closed.len() < rest.len() {
        return true;
    }
    let next = closed.trim_start();
    next.is_empty()
        || next.starts_with(['.', ',', ';', ':', '(', '（', '—', '–', '。', '，', '；', '：', '、', '→', '|', '!'])
        || (next.starts_with("- ") || next.starts_with("-> ")) && next.len() < closed.len()
        || next.starts_with(is_mark_start)
}

fn qualifier(text: &str) -> Option<usize> {
    QUALIFIERS.iter().find_map(|word| starts_with_upper(text, word).filter(|length| ends_word(&text[*length..])))
}

/// One status out of a row of signs.
fn resolve(signs: &[Sign]) -> Option<Reading> {
    let reading = |status| Some(Reading { status, options: Vec::new(), range: 0..0 });
    if let Some(options) = alternatives(signs) {
        return Some(Reading { status: Status::Undecided, options, range: 0..0 });
    }
    if let Some(arrow) = signs.iter().rposition(|sign| *sign == Sign::Arrow) {
        let target = resolve(&signs[arrow + 1..]);
        return match target {
            Some(target) if target.status != Status::Undecided => reading(target.status),
            _ => resolve(&signs[..arrow]),
        };
    }
    let mark = signs.iter().find_map(|sign| match sign {
        Sign::Mark(status) => Some(*status),
        _ => None,
    });
    let bracket = signs.iter().position(|sign| *sign == Sign::Open).unwrap_or(signs.len());
    let status = match (mark, words(&signs[..bracket])) {
        (Some(_), Some(Status::NotApplicable)) => Status::NotApplicable,
        (Some(_), None) if words(&signs[bracket..]) == Some(Status::NotApplicable) => Status::NotApplicable,
        (Some(Status::Blocked | Status::Attention), Some(Status::Undecided)) => Status::Undecided,
        (Some(Status::Undecided | Status::NotApplicable), Some(word)) => word,
        (Some(mark), _) => {
            if signs.contains(&Sign::Gate) && matches!(mark, Status::Blocked | Status::Attention) {
                Status::Undecided
            } else {
                mark
            }
        }
        (None, Some(word)) => match (word, words(&signs[bracket..])) {
            (Status::Blocked, Some(Status::Attention)) => Status::Attention,
            (Status::Pass, Some(Status::Attention | Status::Blocked)) => Status::Attention,
            (word, _) => word,
        },
        (None, None) => words(&signs[bracket..])?,
    };
    reading(status)
}

/// What several words say together: "CONDITIONAL PASS" and "PASS WITH DEVIATIONS" are attention,
/// "FAIL, waived" too.
fn words(signs: &[Sign]) -> Option<Status> {
    let mut words = signs.iter().filter_map(|sign| match sign {
        Sign::Word(status) => Some(*status),
        _ => None,
    });
    let first = words.next()?;
    Some(words.fold(first, |so_far, next| match (so_far, next) {
        (Status::Pass, Status::Attention | Status::Blocked) | (Status::Attention | Status::Blocked, Status::Pass) => {
            Status::Attention
        }
        (Status::Blocked, Status::Attention) | (Status::Attention, Status::Blocked) => Status::Attention,
        (Status::NotApplicable, _) | (_, Status::NotApplicable) => Status::NotApplicable,
        (so_far, _) => so_far,
    }))
}

/// The alternatives of a template, where each is divided from the next by a slash.
fn alternatives(signs: &[Sign]) -> Option<Vec<Status>> {
    let groups: Vec<&[Sign]> = signs.split(|sign| *sign == Sign::Slash).collect();
    if groups.len() < 2 {
        return None;
    }
    let mut options = Vec::new();
    for group in groups {
        let status = group.iter().find_map(|sign| match sign {
            Sign::Mark(status) | Sign::Word(status) => Some(*status),
            _ => None,
        })?;
        if !options.contains(&status) {
            options.push(status);
        }
    }
    (options.len() > 1).then_some(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_open_with_a_status() {
        use Status::{Attention, Blocked, NotApplicable, Pass, Undecided};
        for (cell, expected) in [
            ("PASS", Some(Pass)),
            ("✅ PASS", Some(Pass)),
            ("**PASS**", Some(Pass)),
            ("**PASS** -- stable field", Some(Pass)),
            ("PASS。Phase 1", Some(Pass)),
            ("Pass", Some(Pass)),
            ("Passes the reading test of strangers", None),
            ("PASS by design", Some(Pass)),
            ("PASS (planned)", Some(Pass)),
            ("✅ N/A", Some(NotApplicable)),
            ("⬜ N/A", Some(NotApplicable)),
            ("➖ N/A", Some(NotApplicable)),
            ("N/A this feature", Some(NotApplicable)),
            ("해당 없음", Some(NotApplicable)),
            ("⚠️ VIOLATION", Some(Attention)),
            ("VIOLATION (JUSTIFIED)", Some(Attention)),
            ("FAIL, waived", Some(Attention)),
            ("FAIL", Some(Blocked)),
            ("CONDITIONAL PASS", Some(Attention)),
            ("PASS WITH DEVIATIONS", Some(Attention)),
            ("⚠️ PASS WITH DEVIATIONS", Some(Attention)),
            ("PARTIAL → PLAN", Some(Attention)),
            ("⚠️→✅", Some(Pass)),
            ("⛔ GATE — enforced at implementation", Some(Undecided)),
            ("⚠️ A RESOLVER", Some(Undecided)),
            ("WILL COMPLY", Some(Undecided)),
            ("[ ]", Some(Undecided)),
            ("[x] done", Some(Pass)),
            ("Plan/spec define budgets", None),
            ("⚠ GATE", Some(Undecided)),
            ("[N/A] nothing", Some(NotApplicable)),
            ("✅ / ⚠️ / N/A", Some(Undecided)),
            ("✅ PASS / ⚠️ NEEDS ATTENTION / ❌ BLOCKED", Some(Undecided)),
            ("PASS / N/A", Some(Undecided)),
            ("Clear separation of layers", None),
            ("Yes, with a note", Some(Pass)),
            ("Full-text search", None),
            ("通过在服务端完成", None),
            ("✅ JUSTIFIED", Some(Pass)),
            ("NON-COMPLIANT", Some(Blocked)),
            ("non-compliant", Some(Blocked)),
            ("[link](target)", None),
            ("[x](target)", None),
            ("[N/A]: https://example.org", None),
            ("[]", None),
            ("⚠️ PARTIAL -> ✅", Some(Pass)),
            ("PASS - FAIL was fixed", Some(Pass)),
            ("PASS; FAIL before", Some(Pass)),
            ("✅ (N/A)", Some(NotApplicable)),
            ("✅ PASS / ✅ PASS", Some(Pass)),
            ("× (two crates)", Some(Blocked)),
            ("×2 faster", None),
            ("não se aplica", Some(NotApplicable)),
            ("通過", Some(Pass)),
            ("通告", None),
            ("PASS_RATE", None),
            ("PASS-through", None),
            ("", None),
        ] {
            assert_eq!(leading(cell).map(|reading| reading.status), expected, "{cell}");
        }
    }

    #[test]
    fn a_word_in_lower_case_counts_where_it_stands_alone() {
        use Status::{Pass, Undecided};
        for (cell, expected) in [
            ("Pass - one crate", Some(Pass)),
            ("Pass- one crate", None),
            ("Pass -> next", Some(Pass)),
            ("Pass ✅ since May", Some(Pass)),
            ("Pass été", None),
            ("pass 2 of 3", None),
            ("**Pass** of all tests", Some(Pass)),
            ("**Pass the tests** first", None),
            // Beside another sign, a letter behind it is enough to make a sentence of it.
            ("⏳ pass 2 of 3", Some(Pass)),
            ("⏳ pass rates rise", Some(Undecided)),
        ] {
            assert_eq!(leading(cell).map(|reading| reading.status), expected, "{cell}");
        }
    }

    #[test]
    fn headings_close_with_a_status() {
        for (heading, expected, range) in [
            ("I. Real-time First ✅", Some(Status::Pass), "✅"),
            ("I. Test-First Development — PASS", Some(Status::Pass), "PASS"),
            ("III. Simplicity — VIOLATION (JUSTIFIED)", Some(Status::Attention), "VIOLATION (JUSTIFIED)"),
            ("II. TDD (NON-NEGOTIABLE) CONDITIONAL PASS", Some(Status::Attention), "CONDITIONAL PASS"),
            ("V. API Stability ⚠️ BREAKING CHANGE", Some(Status::Attention), "⚠️"),
            ("V. Code Quality ✅ **[RESOLVED]**", Some(Status::Pass), "✅ **[RESOLVED]"),
            ("**I. First** ✅ / ⚠️ / N/A", Some(Status::Undecided), "✅ / ⚠️ / N/A"),
            ("Clear boundaries", None, ""),
            ("Gate Violations", None, ""),
            ("Simplicity: Pass", Some(Status::Pass), "Pass"),
            ("Plan for full coverage", None, ""),
            ("Simplicity:Pass", Some(Status::Pass), "Pass"),
            ("Simplicity - Pass", Some(Status::Pass), "Pass"),
            ("Simplicity✅", Some(Status::Pass), "✅"),
            ("**I. Test First: PASS**", Some(Status::Pass), "PASS"),
            ("Tests that PASS twice", None, ""),
            ("What the limits SURPASS", None, ""),
            ("What tests bypass", None, ""),
            ("原則：符合", Some(Status::Pass), "符合"),
            ("原則不符合", None, ""),
            ("Principle III: Immutable Raw Data ⚠️ N/A", Some(Status::NotApplicable), "⚠️ N/A"),
        ] {
            let reading = trailing(heading);
            assert_eq!(reading.as_ref().map(|reading| reading.status), expected, "{heading}");
            assert_eq!(reading.map_or("", |reading| &heading[reading.range]), range, "{heading}");
        }
    }
    #[test]
    fn a_mark_and_a_word_are_told_apart() {
        use Status::{Attention, Blocked, Pass};
        for (raw, expected) in [
            ("⚠️ PASS", Some((Attention, Pass))),
            ("**PASS** ✅", Some((Pass, Pass))),
            ("❌ FAIL, waived", Some((Blocked, Attention))),
            ("✅", None),
            ("PASS", None),
            ("✅ fine", None),
            ("✅ PASS / ❌ FAIL", None),
            ("⚠️ PARTIAL → ✅", None),
            ("⛔ GATE PASS", None),
            ("", None),
        ] {
            assert_eq!(mark_and_word(raw), expected, "{raw}");
        }
    }

    #[test]
    fn nothing_but_a_status_is_one() {
        for raw in ["✅", "PASS", "⚠️ PASS WITH DEVIATIONS", "N/A"] {
            assert!(is_status(raw), "{raw}");
        }
        for raw in ["PASS - one crate", "**PASS**", "one crate", ""] {
            assert!(!is_status(raw), "{raw}");
        }
    }

    #[test]
    fn a_leading_status_ends_where_the_prose_begins() {
        for (cell, status) in [
            ("**PASS** -- stable field", "PASS"),
            ("> ✅ N/A this feature", "✅ N/A"),
            ("VIOLATION (JUSTIFIED) by II", "VIOLATION (JUSTIFIED)"),
            ("[x] done", "[x]"),
            ("⚠️→✅ since May", "⚠️→✅"),
            // No more than twelve signs are looked at.
            ("✅✅✅✅✅✅✅✅✅✅✅✅✅✅", "✅✅✅✅✅✅✅✅✅✅✅✅"),
        ] {
            assert_eq!(leading(cell).map_or("", |reading| &cell[reading.range]), status, "{cell}");
        }
    }
}
