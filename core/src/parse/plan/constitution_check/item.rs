//! Bullets: principles of their own, and the questions and statements of the open one.

use super::principle::{closing_mark, combine};
use super::{Open, OpenedBy, Reader, answer, name, vocabulary};
use crate::markdown::Block;
use crate::parse::label::{self, Label};
use crate::parse::{does_not_apply, status};
use crate::plan::{AssessedPrinciple, Stage, Status};
use crate::source::Span;

impl Reader<'_, '_> {
    pub(super) fn item(&mut self, block: &Block) {
        let content = block.content;
        let plain = self.markdown.plain(content);
        if plain.is_empty() || vocabulary::is_legend(&plain) && plain.len() < 200 {
            return;
        }
        match &self.open {
            Some(Open { by: OpenedBy::Item(depth), .. }) if block.depth <= *depth => self.item_principle(block, &plain),
            Some(_) => self.bullet(block),
            None => self.item_principle(block, &plain),
        }
    }

    /// A bullet of the open principle: a question, its status, or a statement.
    pub(super) fn bullet(&mut self, block: &Block) {
        if self.notes {
            return;
        }
        let first = self.markdown.lines(block.content).next().unwrap_or(block.content);
        let label = label::bold(self.markdown, first).or_else(|| label::plain(self.markdown, first));
        if let Some(label) = label {
            let whole = Label {
                value: Span { start: label.value.start, end: block.content.end.max(label.value.end) },
                ..label
            };
            if self.is_status_label(label) && block.depth <= 2 {
                let reading = status::leading(self.markdown.raw(label.value));
                self.status_line(block.content, whole, reading);
                return;
            }
        }
        if let Some(reading) = status::leading(self.markdown.raw(block.content))
            && !self.markdown.raw(block.content).starts_with('[')
            && self.markdown.raw(block.content)[reading.range.clone()]
                .chars()
                .any(|c| c.is_alphabetic() && !matches!(c, 'x' | 'X'))
            && self.open.as_ref().is_some_and(|open| open.principle.raw_status.is_none() && open.bullets.is_empty())
        {
            self.status_of_paragraph(block.content, reading);
            return;
        }
        let by_item = matches!(self.open, Some(Open { by: OpenedBy::Item(_), .. }));
        let question = answer::question(self.markdown, block.content);
        let status = self.bullet_status(block.content);
        let text = self.markdown.plain_text(block.content);
        let Some(open) = &mut self.open else { return };
        open.principle.span = open.principle.span.to(self.markdown.trimmed(block.span));
        let inner_depth = if by_item { 2 } else { 1 };
        if block.depth > inner_depth
            && let Some(last) = open.principle.questions.last_mut()
            && open.principle.statements.last().is_none_or(|statement| statement.span < last.span)
        {
            answer::extend(self.markdown, last, block.content);
            return;
        }
        if block.depth <= inner_depth {
            open.items += 1;
        }
        if let Some(question) = question {
            // "⚠️ Are requests traced? (N/A for a page)"
            let exempt = status == Some(Status::Attention) && does_not_apply(&question.answer.rationale);
            open.bullets.extend(if exempt { Some(Status::NotApplicable) } else { status });
            open.principle.questions.push(question);
            return;
        }
        if block.depth <= inner_depth {
            open.bullets.extend(status);
        }
        open.principle.statements.push(text);
    }

    /// A bullet that is a principle of its own.
    fn item_principle(&mut self, block: &Block, plain: &str) {
        let line = self.markdown.lines(block.content).next().unwrap_or(block.content);
        let raw = self.markdown.raw(block.content);
        let lead = status::leading(raw);
        let lead_end = lead.as_ref().map_or(0, |reading| reading.range.end);
        let after = self.after_mark(block.content, lead_end);
        let first_line = Span { start: after.start, end: line.end.max(after.start) };
        let label = label::bold(self.markdown, first_line).or_else(|| label::plain(self.markdown, first_line));
        let key = label.map(|label| self.markdown.plain(label.key));
        if let (Some(label), Some(key)) = (label, &key) {
            let whole = Label {
                value: Span { start: label.value.start, end: block.content.end.max(label.value.end) },
                ..label
            };
            let numbered = name::split_ordinal(key).0.is_some();
            if !numbered
                && (vocabulary::is_recheck(key)
                    || vocabulary::is_verdict(key) && !vocabulary::is_group(key) && block.depth == 1 && lead.is_none())
            {
                let ticked = lead.as_ref().is_none_or(|lead| lead.status != Status::Undecided);
                if ticked && self.verdict_label(block.content, key, whole) {
                    self.notes = false;
                    return;
                }
            }
            if !numbered && lead.is_none() && vocabulary::is_notes(key) {
                return;
            }
        }
        if self.notes {
            return;
        }
        let worded = lead
            .as_ref()
            .is_some_and(|lead| raw[lead.range.clone()].chars().any(|c| c.is_alphabetic() && c != 'x' && c != 'X'));
        if worded
            && self.check().principles.is_empty()
            && self.check().stage == Stage::AfterDesign
            && self.open.is_none()
        {
            self.state(block.content, block.content, lead);
            return;
        }
        if label.is_none()
            && lead.as_ref().is_none_or(|lead| lead.status == Status::Pass)
            && let Some(status) = self.sentence_verdict(plain)
        {
            self.close();
            self.overall_of_sentence(status, plain.to_owned(), String::new(), block.content);
            return;
        }
        let Some(principle) = self.principle_of_item(block, lead, after, label) else { return };
        self.begin_principle(OpenedBy::Item(block.depth), principle);
        self.by_item = true;
    }

    fn principle_of_item(
        &self,
        block: &Block,
        lead: Option<status::Reading>,
        after: Span,
        label: Option<Label>,
    ) -> Option<AssessedPrinciple> {
        let content = block.content;
        let end = Span::at(content.end as usize);
        let strong = self.markdown.strongs_in(after).first().copied().filter(|strong| strong.span.start == after.start);
        let question = answer::question(self.markdown, after);
        let (mut name, notes) = match (label, strong) {
            (Some(label), _) => (label.key, Span { start: label.value.start, end: content.end.max(label.value.start) }),
            (None, Some(strong)) => (strong.inner, Span { start: strong.span.end, end: content.end }),
            (None, None) => {
                let ordinal = name::split_ordinal(&self.markdown.plain(after)).0;
                let dashed = self.dash_name(after);
                match (dashed, lead.is_some() || ordinal.is_some()) {
                    (Some((name, notes)), true) => (name, notes),
                    (None, true) => (after, end),
                    // A bullet without name, mark or numeral says nothing about a principle.
                    (_, false) => return None,
                }
            }
        };
        let value = status::leading(self.markdown.raw(notes));
        let (status, notes) = match (&lead, value) {
            (_, Some(reading)) => {
                let behind = Span::new(notes.start as usize + reading.range.end, notes.end as usize);
                let status = match &lead {
                    Some(lead) => (
                        content,
                        status::Reading { status: combine(lead.status, Some(reading.status)), ..lead.clone() },
                    ),
                    None => (notes, reading),
                };
                (Some(status), behind)
            }
            (Some(lead), None) => (Some((content, lead.clone())), notes),
            (None, None) => {
                let trailing =
                    status::trailing(self.markdown.raw(name)).filter(|_| label.is_some() || strong.is_some());
                match trailing {
                    Some(reading) => {
                        let whole = name;
                        name = self.without_trailing(Span::new(
                            name.start as usize,
                            name.start as usize + reading.range.start,
                        ));
                        (Some((whole, reading)), notes)
                    }
                    None => (closing_mark(self.markdown.raw(content)).map(|reading| (content, reading)), notes),
                }
            }
        };
        if self.markdown.plain(name).is_empty() {
            return None;
        }
        let mut principle = self.principle(name, status, notes, self.markdown.trimmed(block.span));
        if let Some(question) = question.filter(|question| label.is_none() || !question.text.is_empty()) {
            principle.questions.push(question);
        }
        Some(principle)
    }

    fn after_mark(&self, content: Span, lead_end: usize) -> Span {
        let raw = self.markdown.raw(content);
        let rest = &raw[lead_end..];
        let rest =
            if lead_end > 0 { rest.trim_start_matches([' ', '\t', '\u{fe0f}', ':', '-', '—', '–']) } else { rest };
        Span::new(content.start as usize + (raw.len() - rest.len()), content.end as usize)
    }

    /// "Name — notes" without bold: the name is short.
    fn dash_name(&self, content: Span) -> Option<(Span, Span)> {
        let raw = self.markdown.raw(content);
        let at = [" — ", " – ", " - "].iter().filter_map(|dash| raw.find(dash)).min()?;
        (at <= 80).then(|| {
            let start = content.start as usize;
            (Span::new(start, start + at), Span::new(start + at, content.end as usize))
        })
    }
}
