//! What a label or a sentence states: the check's verdict, or the open principle's status.

use super::principle::{closing_mark, combine, folded};
use super::{Open, OpenedBy, Reader, append_notes, vocabulary};
use crate::parse::label::Label;
use crate::parse::status;
use crate::plan::{OverallStatus, Stage, Status};
use crate::source::Span;

impl Reader<'_, '_> {
    /// Takes a label as a verdict, a re-check, or the open principle's status.
    pub(super) fn verdict_label(&mut self, line: Span, key: &str, label: Label) -> bool {
        let value = self.markdown.raw(label.value);
        let reading = status::leading(value);
        let in_heading = matches!(self.open, Some(Open { by: OpenedBy::Heading(_), .. }));
        let of_all = in_heading && vocabulary::verdict_of_text(&self.markdown.plain(label.value)).is_some();
        let of_all = of_all && self.open.as_ref().is_some_and(|open| !open.bullets.is_empty());
        if self.is_status_label(label)
            && !of_all
            && let Some(open) = &mut self.open
            && (open.principle.raw_status.is_none() || open.by != OpenedBy::Paragraph)
        {
            return self.status_line(line, label, reading);
        }
        let recheck = vocabulary::is_recheck(key) && !vocabulary::is_before(key);
        let gate =
            vocabulary::is_verdict(key) || vocabulary::names_constitution(key) || key.to_lowercase().contains("check");
        if recheck && in_heading && !gate {
            return false;
        }
        if key.to_lowercase().contains("date") {
            return false;
        }
        if recheck || (gate && vocabulary::is_recheck(key)) {
            if self.check().stage == Stage::AfterDesign {
                self.close_unless_heading();
                self.state(line, label.value, reading);
                return true;
            }
            let title = self.markdown.plain_text(label.key);
            self.begin_check(title, Stage::AfterDesign, 6);
            self.state(line, label.value, reading);
            return true;
        }
        let before = vocabulary::is_before(key) && (gate || reading.is_some());
        if !(vocabulary::is_verdict(key) || before || self.is_status_label(label) && self.open.is_none()) {
            return false;
        }
        if in_heading
            && reading.is_none()
            && vocabulary::verdict_of_sentence(&self.markdown.plain(label.value)).is_none()
        {
            return false;
        }
        self.close();
        self.state(line, label.value, reading);
        self.notes = !self.check().principles.is_empty() || self.check().stage == Stage::AfterDesign;
        true
    }

    /// `**No violations.**`, `**Violations**: None`, `**Notes**: … No violations.`
    pub(super) fn verdict_in_key(&mut self, line: Span, key: &str, label: Label) -> bool {
        let value = self.markdown.plain(label.value);
        let nothing = vocabulary::is_violations(key)
            && !value.is_empty()
            && crate::parse::says_none(vocabulary::sentence(&value));
        let said = if nothing { Some(Status::Pass) } else { self.sentence_verdict(key) };
        let said = said.or_else(|| vocabulary::is_notes(key).then(|| vocabulary::verdict_of_text(&value)).flatten());
        let Some(status) = said else { return false };
        self.close_unless_heading();
        let raw = self.markdown.plain(line);
        self.overall_of_sentence(status, raw, String::new(), line);
        true
    }

    /// `**Status**: …` of the open principle.
    pub(super) fn status_line(&mut self, line: Span, label: Label, reading: Option<status::Reading>) -> bool {
        let Some(mut open) = self.open.take() else { return false };
        match reading {
            Some(reading) => {
                let notes = Span::new(label.value.start as usize + reading.range.end, label.value.end as usize);
                let notes = self.markdown.plain_text(self.without_separator(notes));
                let marked = open.principle.status;
                let own = reading.status;
                self.set_status(&mut open.principle, label.value, reading);
                open.principle.status = Some(marked.map_or(own, |marked| combine(marked, Some(own))));
                append_notes(&mut open.principle, notes);
            }
            None => append_notes(&mut open.principle, self.markdown.plain_text(line)),
        }
        self.open = Some(open);
        true
    }

    /// States the verdict that `value` holds.
    pub(super) fn state(&mut self, line: Span, value: Span, reading: Option<status::Reading>) {
        let raw = self.markdown.raw(value);
        let plain = self.markdown.plain(value);
        let (status, raw_status, rationale) = match reading {
            Some(reading) => {
                let behind =
                    self.without_separator(Span::new(value.start as usize + reading.range.end, value.end as usize));
                (Some(reading.status), folded(&raw[reading.range.clone()]), self.markdown.plain(behind))
            }
            None => match self
                .sentence_verdict(&plain)
                .or_else(|| vocabulary::verdict_of_text(&plain).filter(|_| vocabulary::names_some(&plain).is_empty()))
            {
                Some(status) => (
                    Some(status),
                    vocabulary::sentence(&plain).to_owned(),
                    plain[vocabulary::sentence(&plain).len()..].trim_start_matches(['.', '。', ' ']).to_owned(),
                ),
                None => {
                    let closing = closing_mark(raw);
                    (closing.map(|reading| reading.status), plain, String::new())
                }
            },
        };
        self.awaits_verdict = false;
        let keep = self.check().overall.as_ref().is_some_and(|overall| overall.status.is_some()) && status.is_none();
        let status = status.map(|status| vocabulary::qualified(status, &raw_status, &rationale));
        if !keep && (status.is_some() || !raw_status.is_empty()) {
            self.check().overall = Some(OverallStatus { status, raw: raw_status, rationale, span: line });
        }
    }

    /// A sentence about the whole gate; one that names some principles counts only if it names all.
    pub(super) fn sentence_verdict(&mut self, plain: &str) -> Option<Status> {
        let status = vocabulary::verdict_of_sentence(plain)?;
        let named = vocabulary::names_some(plain);
        let known = self.checks[self.current].principles.len().max(self.checks[0].principles.len());
        (named.is_empty() || known > 0 && named.len() >= known).then_some(status)
    }
}
