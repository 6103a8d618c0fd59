//! What Complexity Tracking says: which rows justify what, and whether it denies every violation.

mod skeleton;

pub(crate) use skeleton::fix as skeleton;

use crate::matching::{Keywords, Words};
use crate::parse::{ordinal_values, says_none};
use crate::plan::{ComplexityRow, ComplexityTracking, Plan, Text};
use crate::source::beginning;

/// So many letters of a cell, of notes and of a sentence are compared: each is compared with all the others.
const COMPARED: usize = 1_000;

/// So many letters of a statement are read.
const STATED: usize = 4_000;

/// Whether a row's three cells all say something.
pub(crate) fn is_complete(row: &ComplexityRow) -> bool {
    [&row.violation, &row.why_needed, &row.simpler_alternative].iter().all(|cell| says_something(&cell.text))
}

/// Whether a cell says something: no placeholder, no "N/A".
pub(crate) fn says_something(cell: &str) -> bool {
    let bare =
        cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '.' | '*' | '`' | '…' | '?'));
    let placeholder = bare.starts_with('[') && bare.ends_with(']');
    let folded = bare.to_lowercase();
    !bare.is_empty() && !placeholder && !matches!(folded.as_str(), "n/a" | "na" | "none" | "tbd" | "todo" | "pending")
}

/// Whether a row still holds the template's example.
pub(crate) fn is_template(row: &ComplexityRow) -> bool {
    [&row.violation, &row.why_needed, &row.simpler_alternative]
        .iter()
        .any(|cell| cell.text.starts_with('[') && cell.text.ends_with(']'))
}

/// Whether the section says that there is no violation.
pub(crate) fn denies_violations(tracking: &ComplexityTracking) -> bool {
    let Some(statement) = &tracking.statement else { return false };
    let statement = beginning(&statement.text, STATED);
    let lower = statement.to_lowercase();
    let denies = [
        "no violation", "no constitution", "no complexity violation", "no gate violation", "no deviation", "none",
        "zero violation", "no unjustified", "nothing to", "sin violaci", "ninguna violaci", "no hay violaci",
        "no aplica", "sem violaç", "nenhuma violaç", "não há violaç", "aucune violation", "keine verst",
        "keine verletz", "keine abweich", "brak narusze", "нет нарушен", "нарушений нет", "違反なし", "違反はな",
        "违例", "无违", "無違", "沒有違", "没有违", "위반 없음", "위반 사항 없", "해당 없음", "該当なし",
        "not applicable", "n/a",
    ];
    denies.iter().any(|phrase| lower.starts_with(phrase) || opening(&lower).contains(phrase))
        || says_none(statement)
        || says_none(opening(statement))
}

/// Whether the section says that there is no violation and, in a sentence that speaks of a deviation,
/// names the principle: "No violations; the sign-in of Principle IV is deferred".
pub(crate) fn admits(tracking: &ComplexityTracking, ordinal: Option<&str>, name: &str) -> bool {
    const DEVIATIONS: &[&str] = &[
        "⚠", "❌", "defer", "diferid", "adiad", "partial", "parcial", "exception", "excepci", "exceç", "waive",
        "justification for", "deviat", "desviaci", "desvio", "abweich", "延期", "例外", "逸脱", "偏离", "보류",
    ];
    let Some(statement) = tracking.statement.as_ref().filter(|_| denies_violations(tracking)) else { return false };
    let values = ordinal.map(ordinal_values).unwrap_or_default();
    let named = Words::of_name(name);
    let significant = named.significant().count();
    let mut rest = beginning(&statement.text, STATED);
    while !rest.is_empty() {
        let end =
            rest.find(". ").map_or_else(|| rest.find('。').map_or(rest.len(), |at| at + '。'.len_utf8()), |at| at + 1);
        let sentence = &rest[..end];
        let lower = sentence.to_lowercase();
        let names = names_numeral(sentence, &values)
            || names_initials(sentence, name)
            || significant > 0 && Words::of(sentence).shared(&named) >= significant.clamp(1, 2);
        let negated = ["no ", "without ", "zero ", "sin ", "sem ", "keine "];
        let deviates = DEVIATIONS.iter().any(|word| {
            lower.match_indices(word).any(|(at, _)| !negated.iter().any(|negation| lower[..at].ends_with(negation)))
        });
        if names && deviates {
            return true;
        }
        rest = rest[end..].trim_start();
    }
    false
}

/// Whether a text names a principle by its initials: "TDD" for "Test-Driven Development".
fn names_initials(text: &str, name: &str) -> bool {
    let words = name.split(['(', '（']).next().unwrap_or(name).split(|c: char| !c.is_alphanumeric());
    let initials: String = words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect();
    initials.len() >= 3 && text.split(|c: char| !c.is_alphanumeric()).any(|word| word == initials)
}

/// The first sentence: what follows explains.
fn opening(text: &str) -> &str {
    let end = text.find(['.', '。', ';']).unwrap_or(text.len());
    &text[..end]
}

/// A principle and what the plan says of it, as rows may speak of it: by numeral, by name, or by the words of its notes.
pub(crate) struct Subject {
    values: Vec<u32>,
    name: Keywords<String>,
    notes: Keywords<String>,
}

impl Subject {
    pub(crate) fn new(ordinal: Option<&str>, name: &str, notes: &str) -> Self {
        let values = ordinal.map(ordinal_values).unwrap_or_default();
        let notes = Words::of(beginning(notes, COMPARED)).into_keywords();
        Self { values, name: Words::of_name(name).into_keywords(), notes }
    }

    /// Whether a row speaks of it.
    pub(crate) fn is_matter_of(&self, row: &ComplexityRow) -> bool {
        self.is_matter_of_words(&RowWords::of(row))
    }

    fn is_matter_of_words(&self, RowWords { text, violation, whole }: &RowWords<'_>) -> bool {
        if names_numeral(text, &self.values) || violation.shared(&self.notes) >= 1 {
            return true;
        }
        let named = self.name.len();
        named > 0 && whole.shared(&self.name) >= named.min(2) || whole.shared(&self.notes) >= 3
    }
}

/// A row, and the words of its violation and of all its cells.
struct RowWords<'a> {
    /// The violation as it is written.
    text: &'a str,
    violation: Keywords<String>,
    whole: Keywords<String>,
}

impl<'a> RowWords<'a> {
    fn of(row: &'a ComplexityRow) -> Self {
        let cells = [&row.violation, &row.why_needed, &row.simpler_alternative];
        let [violation, why, simpler] = cells.map(|cell| beginning(&cell.text, COMPARED));
        Self::of_cells(violation, [why, simpler])
    }

    fn of_cells(text: &'a str, others: [&str; 2]) -> Self {
        let violation = Words::of(text);
        let whole = others.into_iter().map(Words::of).fold(violation.clone(), Words::and);
        Self { text, violation: violation.into_keywords(), whole: whole.into_keywords() }
    }
}

/// What justifies violations in a plan's Complexity Tracking: its complete rows, and prose in the place of a row
/// that does not say that there is no violation.
pub(crate) struct Justifications<'a>(Vec<RowWords<'a>>);

impl<'a> Justifications<'a> {
    pub(crate) fn of(plan: &'a Plan) -> Self {
        const SHORTEST: usize = 60;
        let Some(tracking) = &plan.complexity_tracking else { return Self(Vec::new()) };
        let rows = tracking.rows.iter().filter(|row| is_complete(row)).map(RowWords::of);
        let says = |text: &&Text| !denies_violations(tracking) && text.text.chars().nth(SHORTEST - 1).is_some();
        let prose = tracking.statement.as_ref().filter(says);
        Self(rows.chain(prose.map(|text| RowWords::of_cells(beginning(&text.text, STATED), [""; 2]))).collect())
    }

    /// Whether one of them speaks of the subject, which is made where there is one.
    pub(crate) fn speak_of(&self, subject: impl FnOnce() -> Subject) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let subject = subject();
        self.0.iter().any(|row| subject.is_matter_of_words(row))
    }
}

/// Whether a text names a numeral: "Principle IV", "IV.", "(IV)", "Gate 4".
fn names_numeral(text: &str, values: &[u32]) -> bool {
    if values.is_empty() {
        return false;
    }
    let mut before = "";
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ':' | ',' | '/' | '.' | '–' | '—' | '[' | ']'))
        .filter(|word| !word.is_empty())
        .any(|word| {
            let before = std::mem::replace(&mut before, word);
            let worded = || {
                const WORDS: [&str; 8] =
                    ["principle", "article", "gate", "principio", "princípio", "principe", "原則", "原则"];
                let before = before.to_lowercase();
                WORDS.iter().any(|prefix| before.starts_with(prefix))
            };
            let roman = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
            let stands_alone = roman && (word.len() > 1 || text.starts_with(word));
            let letters = word.bytes().all(|byte| byte.is_ascii_lowercase());
            (stands_alone || !letters && worded()) && ordinal_values(word).iter().any(|value| values.contains(value))
        })
}
