//! A bullet under a principle: a question with its answer, or a statement.

use crate::markdown::Markdown;
use crate::matching::contains_any;
use crate::parse::status;
use crate::plan::{Answer, AnsweredQuestion, Status, Verdict};
use crate::source::Span;

/// Reads a bullet as a question, if it is one.
pub(super) fn question(markdown: &Markdown<'_>, content: Span) -> Option<AnsweredQuestion> {
    let content = markdown.trimmed(content);
    let raw = markdown.raw(content);
    let boxed = status::leading(raw).filter(|reading| raw[reading.range.clone()].starts_with('['));
    let lead = boxed.as_ref().map_or(0, |reading| reading.range.end);
    let end = lead + question_end(markdown, content, &raw[lead..])?;
    let start = content.start as usize;
    let question_span = Span::new(start + lead, start + end);
    let tail = markdown.trimmed(Span::new(start + end, content.end as usize));
    let mut answer = read_answer(markdown, tail);
    if let (Some(boxed), Verdict::Open) = (&boxed, answer.verdict) {
        answer.verdict = verdict_of_status(boxed.status);
        answer.rationale = markdown.plain(tail);
        if tail.is_empty() {
            answer.span = Span::new(start + boxed.range.start, start + boxed.range.end);
        }
    }
    Some(AnsweredQuestion { text: markdown.plain(question_span), answer, span: content })
}

/// Adds an inner bullet to the answer of the question above it.
pub(super) fn extend(markdown: &Markdown<'_>, question: &mut AnsweredQuestion, content: Span) {
    let content = markdown.trimmed(content);
    if question.answer.verdict == Verdict::Open && question.answer.rationale.is_empty() {
        let label = crate::parse::label::bold(markdown, content);
        let tail = label.map_or(content, |label| Span { start: label.value.start, end: content.end });
        question.answer = read_answer(markdown, tail);
    } else {
        let text = markdown.plain(content);
        if !question.answer.rationale.is_empty() {
            question.answer.rationale.push(' ');
        }
        question.answer.rationale.push_str(&text);
    }
    question.span = question.span.to(content);
}

pub(super) fn verdict_of_status(status: Status) -> Verdict {
    match status {
        Status::Pass => Verdict::Yes,
        Status::NotApplicable => Verdict::NotApplicable,
        Status::Attention | Status::Blocked => Verdict::No,
        Status::Undecided => Verdict::Open,
    }
}

/// Where the question ends: behind its last question mark before a bold answer; else behind the
/// first question mark that is not followed by another clause of the question.
fn question_end(markdown: &Markdown<'_>, content: Span, raw: &str) -> Option<usize> {
    let marks: Vec<usize> =
        raw.char_indices().filter(|(_, c)| matches!(c, '?' | '？')).map(|(at, c)| at + c.len_utf8()).collect();
    let first = *marks.first()?;
    let offset = content.end as usize - raw.len();
    let bold = markdown
        .strongs_in(content)
        .iter()
        .map(|strong| (strong.span.start as usize).saturating_sub(offset))
        .find(|at| *at >= first && read_verdict(raw[*at..].trim_matches(['*', ' '])).is_some());
    if let Some(bold) = bold {
        return marks.into_iter().rfind(|at| *at <= bold);
    }
    let mut end = first;
    for next in marks.into_iter().skip(1) {
        let between = raw[end..].trim_start_matches([' ', '*', ')', '”', '"']);
        let goes_on =
            ["If ", "if ", "and ", "or ", "(if", "Si ", "Se ", "Wenn "].iter().any(|word| between.starts_with(word));
        if !goes_on {
            break;
        }
        end = next;
    }
    // A bracket or quotation that holds the question mark closes behind it.
    let tail = &raw[end..];
    Some(end + (tail.len() - tail.trim_start_matches([')', '）', '”', '"', '」', '*']).len()))
}

/// Reads what stands behind a question.
pub(super) fn read_answer(markdown: &Markdown<'_>, tail: Span) -> Answer {
    let raw = markdown.raw(tail);
    let lead = raw.len()
        - raw
            .trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, '*' | '_' | '→' | '-' | '—' | '–' | ':' | '：' | '>' | '(' | '=' | '`')
            })
            .len();
    let body = &raw[lead..];
    let start = tail.start as usize + lead;
    if body.is_empty() {
        return Answer { verdict: Verdict::Open, rationale: String::new(), span: Span::at(tail.start as usize) };
    }
    let span = Span::new(start, tail.end as usize);
    let Some((verdict, length)) = read_verdict(body) else {
        // "No new flows" is no "no": what is said instead of a verdict answers the question.
        let (verdict, rationale) = implied(&markdown.plain(span));
        return Answer { verdict, rationale, span };
    };
    let rest = &body[length..];
    let skipped = rest.len()
        - rest
            .trim_start_matches(|c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '*' | '_' | '-' | '—' | '–' | ':' | '：' | ',' | '.' | ';' | '(' | '。' | '，' | '（' | '`'
                    )
            })
            .len();
    let rationale = markdown.plain(Span::new(start + length + skipped, tail.end as usize));
    let opened = rest[..skipped].contains(['(', '（']);
    let rationale = if opened && !rationale.contains(['(', '（']) {
        rationale.trim_end_matches([')', '）']).to_owned()
    } else {
        rationale
    };
    Answer { verdict, rationale, span }
}

/// Words that answer, in lower case; the longest of a language first.
const ANSWERS: &[(&str, Verdict)] = &[
    ("not applicable", Verdict::NotApplicable),
    ("n/a", Verdict::NotApplicable),
    ("no aplica", Verdict::NotApplicable),
    ("não se aplica", Verdict::NotApplicable),
    ("nicht anwendbar", Verdict::NotApplicable),
    ("sans objet", Verdict::NotApplicable),
    ("nie dotyczy", Verdict::NotApplicable),
    ("не применимо", Verdict::NotApplicable),
    ("該当なし", Verdict::NotApplicable),
    ("不适用", Verdict::NotApplicable),
    ("不適用", Verdict::NotApplicable),
    ("해당 없음", Verdict::NotApplicable),
    ("not yet", Verdict::No),
    ("not planned", Verdict::No),
    ("partially", Verdict::No),
    ("partial", Verdict::No),
    ("pending", Verdict::Open),
    ("tbd", Verdict::Open),
    ("todo", Verdict::Open),
    ("to be determined", Verdict::Open),
    ("to be decided", Verdict::Open),
    ("needs clarification", Verdict::Open),
    ("unknown", Verdict::Open),
    ("yes", Verdict::Yes),
    ("sí", Verdict::Yes),
    ("sim", Verdict::Yes),
    ("oui", Verdict::Yes),
    ("ja", Verdict::Yes),
    ("tak", Verdict::Yes),
    ("да", Verdict::Yes),
    ("はい", Verdict::Yes),
    ("是", Verdict::Yes),
    ("예", Verdict::Yes),
    ("네", Verdict::Yes),
    ("no", Verdict::No),
    ("none", Verdict::No),
    ("não", Verdict::No),
    ("non", Verdict::No),
    ("nein", Verdict::No),
    ("nie", Verdict::No),
    ("нет", Verdict::No),
    ("いいえ", Verdict::No),
    ("否", Verdict::No),
    ("아니오", Verdict::No),
    ("아니요", Verdict::No),
];

/// The verdict that opens `text`, and its length in bytes. "No" is one only where the sentence ends
/// there, or before punctuation or a dash.
fn read_verdict(text: &str) -> Option<(Verdict, usize)> {
    if let Some(reading) = status::leading(text)
        .filter(|reading| reading.range.start == 0 && !text.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        let verdict = verdict_of_status(reading.status);
        // "✅ Yes", "✅ No": the word says more than the mark.
        let behind = text[reading.range.end..].trim_start_matches([' ', '*', '\u{fe0f}']);
        let offset = text.len() - behind.len();
        return match read_word(behind) {
            Some((word, length)) => Some((word, offset + length)),
            None => Some((verdict, reading.range.end)),
        };
    }
    read_word(text)
}

fn read_word(text: &str) -> Option<(Verdict, usize)> {
    let (word, verdict) = ANSWERS.iter().find(|(word, _)| starts_with_folded(text, word))?;
    let rest = &text[word.len()..];
    let ends = match rest.chars().next() {
        None => true,
        Some(c) if !word.is_ascii() && *verdict != Verdict::Yes => {
            !c.is_alphanumeric() || !word.chars().all(char::is_alphabetic)
        }
        Some(c) => !c.is_alphanumeric() && c != '\'' && c != '-' && c != '’' && c != '_',
    };
    if !ends {
        return None;
    }
    (*verdict != Verdict::No || is_whole_no(rest)).then_some((*verdict, word.len()))
}

fn starts_with_folded(text: &str, word: &str) -> bool {
    let mut chars = text.chars().flat_map(char::to_lowercase);
    text.is_char_boundary(word.len().min(text.len())) && word.chars().all(|c| chars.next() == Some(c))
}

/// Whether what follows a "no" ends it: the end, punctuation, a dash.
fn is_whole_no(rest: &str) -> bool {
    let closed = rest.trim_start_matches(['*', '_', '`', ')', '）', ']']);
    let next = closed.trim_start();
    next.is_empty()
        || next.starts_with([
            '.', ',', ';', ':', '(', '（', '—', '–', '。', '，', '、', '！', '!', '[', '|', '→', '✅', '✓', '⚠', '❌',
        ])
        || next.starts_with("- ")
        || rest.starts_with("**")
            && !closed.is_empty()
            && closed.len() < rest.len()
            && next.starts_with(|c: char| !c.is_alphanumeric())
}

/// What an answer without a verdict says.
fn implied(text: &str) -> (Verdict, String) {
    let lower = text.to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let has = |words: &[&str]| contains_any(&lower, words);
    let verdict = if text.starts_with('[') && text.ends_with(']') && !lower.starts_with("[x") {
        Verdict::Open
    } else if starts(&[
        "no change", "no changes", "unchanged", "existing", "already", "sin cambios", "sem alterações", "inchangé",
        "unverändert",
    ]) || lower.ends_with("unchanged")
    {
        Verdict::Yes
    } else if starts(&["will not ", "won't ", "not ", "does not ", "doesn't ", "missing"]) {
        Verdict::No
    } else if starts(&["no ", "none ", "not needed", "not required", "not relevant", "out of scope", "without "]) {
        Verdict::NotApplicable
    } else if has(&["needs clarification", "to be determined", "to be decided"]) {
        Verdict::Open
    } else {
        Verdict::Yes
    };
    (verdict, text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bullet: &str, expected: Option<(&str, Verdict, &str)>) {
        let markdown = Markdown::parse(bullet);
        let read = question(&markdown, Span::new(0, bullet.len()));
        let read = read.as_ref().map(|q| (q.text.as_str(), q.answer.verdict, q.answer.rationale.as_str()));
        assert_eq!(read, expected, "{bullet}");
    }

    #[test]
    fn questions_and_answers() {
        use Verdict::{No, NotApplicable, Open, Yes};
        check("Is it real-time? **YES** - live votes", Some(("Is it real-time?", Yes, "live votes")));
        check("Is it real-time? **No - bug fix only**", Some(("Is it real-time?", No, "bug fix only")));
        check(
            "Are flows tested? **No new flows - existing tests remain**",
            Some(("Are flows tested?", NotApplicable, "No new flows - existing tests remain")),
        );
        check(
            "Are patterns introduced? If yes, documented in Complexity Tracking? **No**",
            Some(("Are patterns introduced? If yes, documented in Complexity Tracking?", No, "")),
        );
        check(
            "Are patterns introduced? If yes, documented in Complexity Tracking? No, plain maps",
            Some(("Are patterns introduced? If yes, documented in Complexity Tracking?", No, "plain maps")),
        );
        check("Is TDD reflected? **PENDING** - later", Some(("Is TDD reflected?", Open, "later")));
        check("Is strict mode on? **NOT YET** - soon", Some(("Is strict mode on?", No, "soon")));
        check("Is it planned?", Some(("Is it planned?", Open, "")));
        check("[x] Is it planned?", Some(("Is it planned?", Yes, "")));
        check("[N/A] Is it planned?", Some(("Is it planned?", NotApplicable, "")));
        check("Is logging structured? No logging.", Some(("Is logging structured?", NotApplicable, "No logging.")));
        check("Is it used? ✓ (native)", Some(("Is it used?", Yes, "native")));
        check("Is CORS set? No changes to CORS", Some(("Is CORS set?", Yes, "No changes to CORS")));
        check(
            "Is it tested? will be covered by contract tests",
            Some(("Is it tested?", Yes, "will be covered by contract tests")),
        );
        check("Just a statement", None);
    }
}
