//! What stands before a task's description: its box, its id, `[P]`, `[US1]`.

use super::keyed::folded;
use super::story_reference::mark_story;
use crate::matching::contains_any;
use crate::source::Span;

/// The marks of one task.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub(super) id: Option<String>,
    pub(super) parallel: bool,
    pub(super) story: Option<(u32, Span)>,
    pub(super) skipped: bool,
    /// Where the description begins, in bytes of the text that was read.
    pub(super) end: usize,
}

/// Longest mark in brackets.
const LONGEST_MARK: usize = 64;

impl Marks {
    /// Reads ids and marks in any order from byte `from` of `raw`, which lies at `offset`:
    /// `**T001** [P] [US1]`, `[US1] T001`, `[T001] [P]`.
    pub(super) fn read(raw: &str, offset: usize, from: usize) -> Self {
        let mut marks = Self { end: from, ..Self::default() };
        let mut at = from;
        loop {
            let rest = &raw[at..];
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '~' | '_'));
            let start = at + (rest.len() - trimmed.len());
            if let Some(length) = marks.id(trimmed).or_else(|| marks.mark(trimmed, offset + start)) {
                at = start + length;
                let marked = marks.id.is_some() || marks.parallel || marks.story.is_some();
                at += if marked { separator(&raw[at..]) } else { 0 };
                marks.end = at;
            } else {
                return marks;
            }
        }
    }

    /// Reads an id, in backticks or not; says how long it is.
    fn id(&mut self, text: &str) -> Option<usize> {
        if self.id.is_some() {
            return None;
        }
        let inner = text.strip_prefix('`').unwrap_or(text);
        let id = task_id(inner)?;
        let ticks = text.len() - inner.len();
        if ticks > 0 && !inner[id.len()..].starts_with('`') {
            return None;
        }
        self.id = Some(id.to_owned());
        Some(id.len() + 2 * ticks)
    }

    /// Reads one mark in brackets at the start of `text`, which lies at `offset`; says how long it is.
    fn mark(&mut self, text: &str, offset: usize) -> Option<usize> {
        let close = match text.chars().next()? {
            '[' => ']',
            '(' => ')',
            _ => return None,
        };
        let end = text.char_indices().take(LONGEST_MARK).find(|(_, c)| *c == close)?.0;
        let inner = text[1..end].trim();
        let parallel = inner.eq_ignore_ascii_case("p") || inner.eq_ignore_ascii_case("parallel");
        if close == ')' {
            self.parallel |= parallel;
            return parallel.then_some(end + 1);
        }
        // A link, or a link's reference.
        if text[end + 1..].starts_with(['(', '[']) && inner.contains(['/', '.', '`']) {
            return None;
        }
        if let Some(id) = task_id(inner).filter(|id| id.len() == inner.len() && self.id.is_none()) {
            self.id = Some(id.to_owned());
        } else if let Some(number) = mark_story(inner) {
            self.story = self.story.or(Some((number, Span::new(offset, offset + end + 1))));
        } else if parallel {
            self.parallel = true;
        } else {
            let folded = folded(inner);
            self.skipped |= contains_any(&folded, &["skip", "deferred", "dropped", "cancel", "obsolete", "descartad"]);
            let is_mark = inner.split_whitespace().count() <= 4 && !inner.contains(['/', '`']);
            is_mark.then_some(())?;
        }
        Some(end + 1)
    }
}

/// The tick of a box at the start of `raw`, and where the text behind it begins.
pub(super) fn read_box(raw: &str) -> (Option<char>, usize) {
    if let Some(c) = raw.chars().next().filter(|c| matches!(c, '☐' | '☑' | '☒' | '✅' | '⬜')) {
        return (Some(if matches!(c, '☐' | '⬜') { ' ' } else { 'x' }), c.len_utf8());
    }
    let Some(inner) = raw.strip_prefix('[') else { return (None, 0) };
    let Some((close, _)) = inner.char_indices().take(8).find(|(_, c)| *c == ']') else { return (None, 0) };
    let mut chars = inner[..close].trim().trim_end_matches('\u{fe0f}').chars();
    let tick = chars.next().unwrap_or(' ');
    // `[P]` and `[T1]` are marks; what is left is a tick.
    let is_tick = chars.next().is_none() && (!tick.is_alphanumeric() || matches!(tick, 'x' | 'X'));
    let linked = inner[close + 1..].starts_with('(');
    if is_tick && !linked { (Some(tick), close + 2) } else { (None, 0) }
}

pub(super) fn is_done(tick: char) -> bool {
    matches!(tick, 'x' | 'X' | '✓' | '✔' | '✅' | '☑')
}

/// `T001`, `T-001`, `T2-001`, `TASK-12`, `T001a`, `T118.2`, `1.2`, `FE-03`, and ranges of them.
pub(super) fn task_id(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))).unwrap_or(text.len());
    let id = text[..end].trim_end_matches(['.', '-']);
    let ends = text[id.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '/' && c != '_');
    if !ends || id.is_empty() || id.len() > 24 {
        return None;
    }
    let letters = id.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (prefix, number) = id.split_at(letters);
    let digits = number.trim_start_matches('-');
    let numbered = digits.starts_with(|c: char| c.is_ascii_digit());
    let dashed = number.starts_with('-');
    let upper = prefix.bytes().all(|byte| byte.is_ascii_uppercase());
    let known = matches!(prefix, "T" | "TASK" | "Task" | "TSK" | "TK");
    let spoken = matches!(
        prefix,
        "FR" | "NFR" | "SC" | "US" | "AC" | "HU" | "RF" | "ADR" | "SHA" | "UTF" | "ISO" | "RFC" | "QS"
    );
    match letters {
        // `1.2` or `2.3.1`; a lone number is a count.
        0 => {
            let parts = id.split('.');
            let dotted = id.contains('.') && parts.clone().count() <= 4;
            let behind = text[id.len()..].starts_with([' ', ':', '*', ')', '.']);
            (dotted
                && behind
                && parts.into_iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())))
            .then_some(id)
        }
        _ if known => numbered.then_some(id),
        1..=6 => (upper && dashed && numbered && !spoken).then_some(id),
        _ => None,
    }
}

/// "Task 1.2: …" and its translations, as a heading's id.
pub(super) fn worded_id(text: &str) -> Option<(String, usize)> {
    const WORDS: &[&str] =
        &["task", "tarea", "tarefa", "tâche", "aufgabe", "zadanie", "задача", "タスク", "작업", "任务", "任務"];
    let folded = text.to_lowercase();
    let word = WORDS.iter().find(|word| folded.starts_with(**word))?;
    let rest = text.get(word.len()..)?;
    let number = rest.trim_start_matches([' ', '#', '-']);
    let length = number.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let id = number[..length].trim_end_matches('.');
    let start = text.len() - number.len();
    let behind = start + id.len();
    let end = behind + separator(&text[behind..]);
    let bounded = text[behind..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    (!id.is_empty() && bounded).then(|| (id.to_owned(), end))
}

/// The length of what divides an id from what follows.
pub(super) fn separator(text: &str) -> usize {
    let marks = |c: char| c.is_whitespace() || matches!(c, '*' | ':' | '：' | '-' | '–' | '—' | '|' | ')' | '.' | '_');
    text.len() - text.trim_start_matches(marks).len()
}

/// A `[US1]` behind the start of the description.
pub(super) fn story_mark(raw: &str, offset: usize) -> Option<(u32, Span)> {
    raw.match_indices("[US").find_map(|(at, _)| {
        let end = raw[at..].char_indices().take(24).find(|(_, c)| *c == ']')?.0 + at;
        let number = mark_story(&raw[at + 1..end])?;
        Some((number, Span::new(offset + at, offset + end + 1)))
    })
}

/// Struck out, or said to be skipped, dropped or deferred.
pub(super) fn is_skipped(tick: Option<char>, raw: &str, text: &str) -> bool {
    let struck = raw.trim();
    if struck.starts_with("~~")
        && struck.find("~~").is_some()
        && struck[2..].find("~~").is_some_and(|end| end * 2 > struck.len())
    {
        return true;
    }
    const WORDS: &[&str] =
        &["SKIPPED", "DEFERRED", "DROPPED", "CANCELLED", "CANCELED", "OBSOLETE", "SUPERSEDED", "SKIP"];
    let shouted = || raw.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WORDS.contains(&word));
    let lower = text.to_lowercase();
    let noted = || {
        #[rustfmt::skip]
        let notes = [
            "skipped", "deferred", "dropped", "cancelled", "canceled", "obsolete", "superseded", "not applicable",
            "not needed", "diferid", "deferid", "omitid", "descartad", "adiad", "reporté", "entfällt",
            "zurückgestellt", "pominięt", "odroczon", "skip", "スキップ", "見送り", "延期", "略過", "跳過", "跳过", "생략", "보류",
        ];
        ["(", "（", "— ", "– ", "⏭ ", "⏭️ "].iter().any(|lead| {
            lower.match_indices(lead).any(|(at, _)| {
                let rest = lower[at + lead.len()..].trim_start_matches(['*', ' ']);
                notes.iter().any(|note| rest.starts_with(note))
            })
        })
    };
    let loose = matches!(tick, Some('-' | '~' | '—'))
        && contains_any(&lower, &["skip", "defer", "diferi", "drop", "consolid", "pendente", "pendiente", "n/a"]);
    lower.starts_with("n/a") || tick == Some('-') || loose || shouted() || noted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_any_order() {
        for (text, id, parallel, story, rest) in [
            ("T001 [P] [US1] Vote", Some("T001"), true, Some(1), "Vote"),
            ("**T001** [US2] [P] Vote", Some("T001"), true, Some(2), "Vote"),
            ("**T001**: Vote", Some("T001"), false, None, "Vote"),
            ("[US1] T1 - Vote", Some("T1"), false, Some(1), "Vote"),
            ("[T012] (P) Vote", Some("T012"), true, None, "Vote"),
            ("`T003` `src/a.ts` — vote", Some("T003"), false, None, "`src/a.ts` — vote"),
            ("T004 [EXECUTOR: MAIN] [US-3] Vote", Some("T004"), false, Some(3), "Vote"),
            ("T113-T118 [P] Vote", Some("T113-T118"), true, None, "Vote"),
            ("T118.2 Vote", Some("T118.2"), false, None, "Vote"),
            ("T020a Vote", Some("T020a"), false, None, "Vote"),
            ("1.2 Vote", Some("1.2"), false, None, "Vote"),
            ("FE-03 Vote", Some("FE-03"), false, None, "Vote"),
            ("Vote for 3 polls", None, false, None, "Vote for 3 polls"),
            ("FR-003 is met", None, false, None, "FR-003 is met"),
            ("[`src/a.ts`](src/a.ts) vote", None, false, None, "[`src/a.ts`](src/a.ts) vote"),
            ("TypeScript first", None, false, None, "TypeScript first"),
        ] {
            let marks = Marks::read(text, 0, 0);
            assert_eq!(marks.id.as_deref(), id, "{text}");
            assert_eq!((marks.parallel, marks.story.map(|(story, _)| story)), (parallel, story), "{text}");
            assert_eq!(&text[marks.end..], rest, "{text}");
        }
    }

    #[test]
    fn boxes() {
        for (text, expected) in [
            ("[ ] a", Some(' ')),
            ("[x] a", Some('x')),
            ("[X] a", Some('X')),
            ("[~] a", Some('~')),
            ("[⏳] a", Some('⏳')),
            ("[P] a", None),
            ("[x](y) a", None),
            ("☑ a", Some('x')),
            ("a [x]", None),
        ] {
            assert_eq!(read_box(text).0, expected, "{text}");
        }
    }

    #[test]
    fn skipped_tasks() {
        for (tick, text, expected) in [
            (Some(' '), "~~Write the tests~~", true),
            (Some('~'), "Vote — deferred to the next feature", true),
            (Some('x'), "Vote (skipped: no user)", true),
            (Some(' '), "SKIPPED: vote", true),
            (Some('-'), "Vote", true),
            (Some('~'), "Vote", false),
            (Some(' '), "Add a skip link to the page", false),
            (Some(' '), "Handle deferred votes", false),
        ] {
            assert_eq!(is_skipped(tick, text, text), expected, "{text}");
        }
    }
}
