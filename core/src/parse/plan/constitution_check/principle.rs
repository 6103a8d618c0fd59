//! One assessed principle: its name, its status and its notes, wherever in a line they stand.

use super::{Reader, name};
use crate::parse::aliases::Term;
use crate::parse::label::{self, Label};
use crate::parse::status;
use crate::plan::{AssessedPrinciple, Status, Text};
use crate::source::Span;

impl Reader<'_, '_> {
    /// A principle whose name stands in `name` and whose status, where there is one, in `status`.
    pub(super) fn principle(
        &self,
        name: Span,
        status: Option<(Span, status::Reading)>,
        notes: Span,
        span: Span,
    ) -> AssessedPrinciple {
        let text = self.markdown.plain_text(name);
        let (ordinal, bare) = name::split_ordinal(&text.text);
        let notes = self.markdown.plain_text(self.without_separator(notes));
        let mut principle = AssessedPrinciple {
            name: tidy(bare).to_owned(),
            ordinal,
            group: self.group.clone(),
            notes: (!notes.text.is_empty()).then_some(notes),
            heading: text.span,
            span,
            ..AssessedPrinciple::default()
        };
        if let Some((whole, reading)) = status {
            self.set_status(&mut principle, whole, reading);
        }
        principle
    }

    /// Takes over a status that was read in the raw text of `whole`.
    pub(super) fn set_status(&self, principle: &mut AssessedPrinciple, whole: Span, reading: status::Reading) {
        let start = whole.start as usize;
        let span = Span::new(start + reading.range.start, start + reading.range.end);
        principle.raw_status = Some(Text::new(folded(self.markdown.raw(span)), span));
        principle.status = Some(reading.status);
        principle.options = reading.options;
    }

    /// Parts a line into name, status and notes around the status that was read in it.
    pub(super) fn split_around(
        &self,
        content: Span,
        reading: Option<status::Reading>,
    ) -> (Span, Option<(Span, status::Reading)>, Span) {
        let end = Span::at(content.end as usize);
        let Some(reading) = reading else { return (self.without_trailing(content), None, end) };
        let start = content.start as usize;
        let before = Span::new(start, start + reading.range.start);
        let behind = Span::new(start + reading.range.end, content.end as usize);
        let name = self.without_trailing(before);
        if self.markdown.plain(name).is_empty() {
            let name = self.without_trailing(self.without_separator(behind));
            (name, Some((content, reading)), end)
        } else {
            (name, Some((content, reading)), behind)
        }
    }

    pub(super) fn without_separator(&self, span: Span) -> Span {
        let raw = self.markdown.raw(span);
        let bare = raw.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '*' | '_' | '-' | '—' | '–' | ':' | '：' | '|' | ')' | '）' | '.' | ',' | '。' | '→' | '\u{fe0f}'
                )
        });
        let start = span.start as usize + (raw.len() - bare.len());
        self.markdown.trimmed(Span::new(start, span.end as usize))
    }

    pub(super) fn without_trailing(&self, span: Span) -> Span {
        let raw = self.markdown.raw(span);
        let bare = raw.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '—' | '–' | ':' | '：' | '|' | '(' | '（' | '[' | '→')
        });
        self.markdown.trimmed(Span::new(span.start as usize, span.start as usize + bare.len()))
    }

    /// Whether a bullet or paragraph opens with a bold name that carries a numeral.
    pub(super) fn names_principle(&self, content: Span) -> bool {
        let strongs = self.markdown.strongs_in(content);
        strongs.first().is_some_and(|strong| {
            let lead = self.markdown.raw(Span { start: content.start, end: strong.span.start });
            let mark = status::leading(lead).map_or(0, |reading| reading.range.end);
            !lead[mark..].contains(char::is_alphabetic)
                && name::split_ordinal(&self.markdown.plain(strong.inner))
                    .0
                    .is_some_and(|ordinal| ordinal.starts_with(['I', 'V', 'X']))
        })
    }

    /// The bold status, or the mark, that closes a paragraph.
    pub(super) fn closing_status(&self, content: Span) -> Option<(Span, status::Reading)> {
        let raw = self.markdown.raw(content);
        if let Some(reading) = closing_mark(raw) {
            return Some((content, reading));
        }
        let strong = self.markdown.strongs_in(content).last().copied()?;
        let behind = self.markdown.raw(Span { start: strong.span.end, end: content.end });
        let reading = status::leading(self.markdown.raw(strong.inner))?;
        let whole = reading.range.len() == strong.inner.range().len();
        (whole && behind.trim_matches(|c: char| !c.is_alphanumeric()).is_empty()).then_some((strong.inner, reading))
    }

    /// The status of a bullet: in front, behind its bold name, or as its last mark.
    pub(super) fn bullet_status(&self, content: Span) -> Option<Status> {
        let raw = self.markdown.raw(content);
        if let Some(reading) = status::leading(raw) {
            return Some(reading.status);
        }
        let line = self.markdown.lines(content).next()?;
        let label = label::bold(self.markdown, line);
        if let Some(reading) = label.and_then(|label| status::leading(self.markdown.raw(label.value))) {
            return Some(reading.status);
        }
        closing_mark(raw).map(|reading| reading.status)
    }

    pub(super) fn is_status_label(&self, label: Label) -> bool {
        self.aliases.term(&self.markdown.plain(label.key)) == Some(Term::Status)
    }
}

/// A mark that closes a bullet: "… through one pool ✅".
pub(super) fn closing_mark(raw: &str) -> Option<status::Reading> {
    let bare =
        raw.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '.' | '。' | ')' | '\u{fe0f}'));
    let last = bare.chars().next_back().filter(|c| !c.is_alphanumeric() && !c.is_ascii())?;
    let start = bare.len() - last.len_utf8();
    let reading = status::leading(&raw[start..])?;
    Some(status::Reading { range: start..start + reading.range.end, ..reading })
}

/// A mark and what the words beside it say.
pub(super) fn combine(mark: Status, word: Option<Status>) -> Status {
    match (mark, word) {
        (_, Some(Status::NotApplicable)) => Status::NotApplicable,
        (Status::Pass | Status::Undecided, Some(word)) => word,
        (mark, _) => mark,
    }
}

pub(super) fn tidy(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '*' | '—' | '–' | '-' | '`'))
}

/// White space folded, marks of Markdown left out.
pub(super) fn folded(raw: &str) -> String {
    let bare: String = raw.chars().filter(|c| !matches!(c, '*' | '`')).collect();
    bare.trim_matches('_').split_whitespace().collect::<Vec<_>>().join(" ")
}
