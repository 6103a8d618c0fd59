//! The lines of a check's paragraphs: verdicts, statuses, principles in bold, and notes.

use super::principle::{combine, tidy};
use super::{Open, OpenedBy, Reader, append_notes, name, vocabulary};
use crate::markdown::{Block, BlockKind};
use crate::parse::label::{self, Label};
use crate::parse::status;
use crate::plan::{Stage, Status};
use crate::source::Span;

impl Reader<'_, '_> {
    pub(super) fn paragraph(&mut self, block: &Block, following: &[Block]) {
        if block.depth > 0 {
            if let Some(open) = &mut self.open {
                append_notes(&mut open.principle, self.markdown.plain_text(block.content));
            }
            return;
        }
        let text = self.markdown.plain(block.content);
        let lines: Vec<Span> = self.markdown.lines(block.content).collect();
        if vocabulary::is_instruction(&text) && lines.len() == 1 && vocabulary::verdict_of_gate_line(&text).is_none() {
            self.note_version(block.content);
            return;
        }
        self.note_version(block.content);
        let list_follows = matches!(following.first().map(|block| block.kind), Some(BlockKind::Item { .. }));
        let beside_items = matches!(self.open, Some(Open { by: OpenedBy::Item(_), .. }));
        let unnamed = !self.names_principle(block.content)
            && vocabulary::status_around(self.markdown.raw(block.content)).is_none();
        if list_follows && beside_items && unnamed && text.ends_with([':', '：']) {
            self.close();
            self.notes = true;
            return;
        }
        if block.quoted && !text.to_lowercase().starts_with("gate") && !vocabulary::is_verdict(&text) {
            return;
        }
        let last = lines.len().saturating_sub(1);
        for (at, line) in lines.into_iter().enumerate() {
            self.line(line, list_follows && at == last);
        }
    }

    /// One line of a paragraph.
    pub(super) fn line(&mut self, line: Span, list_follows: bool) {
        let raw = self.markdown.raw(line);
        let plain = self.markdown.plain(line);
        if let Some(status) = vocabulary::verdict_of_gate_line(&plain) {
            self.close_unless_heading();
            self.overall(status, plain, String::new(), line);
            return;
        }
        if vocabulary::is_instruction(&plain) || vocabulary::is_legend(&plain) {
            return;
        }
        let lead = status::leading(raw).map_or(0, |reading| {
            if raw[reading.range.clone()].contains(char::is_alphabetic) { 0 } else { reading.range.end }
        });
        let after = self.markdown.trimmed(Span::new(line.start as usize + lead, line.end as usize));
        match label::bold(self.markdown, after) {
            Some(label) => self.labelled(line, after, label, list_follows),
            None => self.unlabelled(line, after, &plain, list_follows),
        }
    }

    /// `**Key**: value`: a verdict, a status, a principle, or a note.
    fn labelled(&mut self, line: Span, after: Span, label: Label, list_follows: bool) {
        let key = self.markdown.plain(label.key);
        let (ordinal, _) = name::split_ordinal(&key);
        let lead = status::leading(self.markdown.raw(Span { start: line.start, end: after.start }));
        let whole = status::leading(self.markdown.raw(label.key));
        if let Some(reading) =
            whole.filter(|reading| tidy(&self.markdown.raw(label.key)[reading.range.end..]).is_empty())
        {
            // "**✅ PASS** — no violations": the label itself is the verdict.
            self.close_unless_heading();
            self.state(line, Span { start: label.key.start, end: line.end }, Some(reading));
            return;
        }
        if ordinal.is_none() && self.verdict_label(line, &key, label) {
            return;
        }
        if ordinal.is_none() && self.verdict_in_key(line, &key, label) {
            return;
        }
        if let Some(open) = &self.open
            && matches!(open.by, OpenedBy::Heading(_))
        {
            self.add_note(line);
            return;
        }
        let value_reading = status::leading(self.markdown.raw(label.value));
        let key_reading = status::trailing(self.markdown.raw(label.key));
        if ordinal.is_none() && (vocabulary::is_notes(&key) && !list_follows || vocabulary::is_legend(&key)) {
            self.notes = list_follows;
            return;
        }
        if ordinal.is_none() && vocabulary::is_group(&key) && list_follows && value_reading.is_none() && lead.is_none()
        {
            self.close();
            let text = self.markdown.plain_text(label.key);
            self.begin_group(&text);
            self.notes = false;
            return;
        }
        let beside_items = self.by_item;
        let marked = value_reading.is_some() || key_reading.is_some() || lead.is_some();
        if ordinal.is_none() && !marked && (!list_follows || beside_items || vocabulary::is_notes(&key)) {
            self.close_unless_heading();
            self.notes = list_follows;
            return;
        }
        let (status, notes) = match (value_reading, key_reading, lead) {
            (Some(reading), ..) => {
                let behind = Span::new(label.value.start as usize + reading.range.end, label.value.end as usize);
                (Some((label.value, reading)), behind)
            }
            (None, Some(reading), _) => (Some((label.key, reading)), label.value),
            (None, None, Some(reading)) => (Some((line, reading)), label.value),
            (None, None, None) => (None, label.value),
        };
        let name = match &status {
            Some((whole, reading)) if *whole == label.key => self
                .without_trailing(Span::new(label.key.start as usize, label.key.start as usize + reading.range.start)),
            _ => label.key,
        };
        let mut principle = self.principle(name, status, notes, line);
        // "✅ **Name**: Confirmed": the mark in front counts where the words agree with it.
        if let Some(reading) = status::leading(self.markdown.raw(Span { start: line.start, end: after.start })) {
            principle.status = Some(combine(reading.status, principle.status));
        }
        self.begin_principle(OpenedBy::Paragraph, principle);
    }

    /// A line that opens with no label: a bold principle with a mark, a verdict sentence, or prose.
    fn unlabelled(&mut self, line: Span, after: Span, plain: &str, list_follows: bool) {
        let raw = self.markdown.raw(line);
        let in_heading = matches!(self.open, Some(Open { by: OpenedBy::Heading(_), .. }));
        if let Some(reading) = status::leading(raw)
            && (self.awaits_verdict || !in_heading && raw[reading.range.clone()].contains(char::is_alphabetic))
        {
            self.close();
            self.state(line, line, Some(reading));
            return;
        }
        if self.violations && crate::parse::says_none(vocabulary::sentence(plain)) {
            self.overall_of_sentence(Status::Pass, plain.to_owned(), String::new(), line);
            return;
        }
        if let Some(status) = self.sentence_verdict(plain) {
            let opening: String = plain.chars().take(40).collect();
            if vocabulary::is_recheck(&opening) && self.check().stage != Stage::AfterDesign {
                let title = self.markdown.plain_text(line);
                self.begin_check(title, Stage::AfterDesign, 6);
            }
            let in_principle = self.open.as_ref().is_some_and(|open| matches!(open.by, OpenedBy::Heading(_)));
            if !in_principle || plain.to_lowercase().contains("gate") {
                self.close_unless_heading();
                let sentence = vocabulary::sentence(plain).to_owned();
                let rationale = plain[sentence.len()..].trim_start_matches(['.', '。', ' ', '!']).to_owned();
                self.overall_of_sentence(status, sentence, rationale, line);
                return;
            }
        }
        if let Some(label) = label::plain(self.markdown, line) {
            let key = self.markdown.plain(label.key);
            let status = status::leading(self.markdown.raw(label.value));
            if status.is_some()
                && (vocabulary::is_verdict(&key) || vocabulary::is_recheck(&key))
                && self.verdict_label(line, &key, label)
            {
                return;
            }
        }
        if in_heading {
            let open_status =
                self.open.as_ref().is_some_and(|open| open.principle.status.is_some() || !open.bullets.is_empty());
            if !open_status && let Some(reading) = status::leading(raw) {
                self.status_of_paragraph(line, reading);
            } else {
                self.add_note(line);
            }
            return;
        }
        if !self.bold_principle(line, after, list_follows) {
            self.add_note(line);
        }
    }

    /// A paragraph below a principle's heading that opens with its status.
    pub(super) fn status_of_paragraph(&mut self, line: Span, reading: status::Reading) {
        let Some(mut open) = self.open.take() else { return };
        let notes = Span::new(line.start as usize + reading.range.end, line.end as usize);
        let notes = self.markdown.plain_text(self.without_separator(notes));
        self.set_status(&mut open.principle, line, reading);
        append_notes(&mut open.principle, notes);
        self.open = Some(open);
    }

    /// `**I. Name** ✅ notes`, `✅ **Name** notes`.
    fn bold_principle(&mut self, line: Span, after: Span, list_follows: bool) -> bool {
        let Some(strong) = self.markdown.strongs_in(after).first().copied() else { return false };
        if strong.span.start != after.start {
            return false;
        }
        let key = self.markdown.plain(strong.inner);
        let (ordinal, _) = name::split_ordinal(&key);
        let behind = Span { start: strong.span.end, end: line.end };
        let lead = status::leading(self.markdown.raw(Span { start: line.start, end: after.start }));
        let reading = status::leading(self.markdown.raw(behind));
        let inner = status::trailing(self.markdown.raw(strong.inner)).filter(|_| reading.is_none() && lead.is_none());
        if ordinal.is_none() && reading.is_none() && lead.is_none() && inner.is_none() && !list_follows {
            return false;
        }
        if ordinal.is_none() && vocabulary::is_verdict(&key) {
            let status = reading.clone().or_else(|| lead.clone());
            if status.is_some() {
                self.close();
                self.state(line, behind, status);
                return true;
            }
        }
        if ordinal.is_none()
            && reading.is_none()
            && lead.is_none()
            && inner.is_none()
            && (vocabulary::is_notes(&key) || self.notes)
        {
            return false;
        }
        if let Some(whole) = status::leading(self.markdown.raw(strong.inner))
            && tidy(&self.markdown.raw(strong.inner)[whole.range.end..]).is_empty()
        {
            self.close_unless_heading();
            self.state(line, Span { start: strong.inner.start, end: line.end }, Some(whole));
            return true;
        }
        let (status, name, notes) = match (reading, inner, lead) {
            (Some(reading), ..) => {
                let notes = Span::new(behind.start as usize + reading.range.end, line.end as usize);
                (Some((behind, reading)), strong.inner, notes)
            }
            (None, Some(reading), _) => {
                let name = Span::new(strong.inner.start as usize, strong.inner.start as usize + reading.range.start);
                (Some((strong.inner, reading)), self.without_trailing(name), behind)
            }
            (None, None, Some(reading)) => (Some((line, reading)), strong.inner, behind),
            (None, None, None) => (None, strong.inner, behind),
        };
        let principle = self.principle(name, status, notes, line);
        self.begin_principle(OpenedBy::Paragraph, principle);
        true
    }
}
