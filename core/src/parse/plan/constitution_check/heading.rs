//! Headings inside of a check: re-checks, verdicts, groups, principles, and notes.

use super::principle::folded;
use super::{Open, OpenedBy, Reader, answer, name, vocabulary};
use crate::markdown::{Block, BlockKind};
use crate::matching::Words;
use crate::parse::label;
use crate::parse::status;
use crate::plan::{AssessedPrinciple, Group, Stage, Status, Text};

impl Reader<'_, '_> {
    /// A heading inside of the check: a re-check, a verdict, a group, a principle, or notes.
    pub(super) fn heading(&mut self, block: &Block, level: u8, following: &[Block]) {
        if let Some(Open { by: OpenedBy::Heading(outer), .. }) = &self.open
            && level > *outer
        {
            let text = self.markdown.plain_text(block.content);
            self.notes |= vocabulary::is_notes(&text.text);
            return;
        }
        self.close();
        (self.notes, self.awaits_verdict) = (false, false);
        let text = self.markdown.plain_text(block.content);
        self.violations = vocabulary::is_violations(&text.text);
        let (ordinal, _) = name::split_ordinal(without_leading_mark(&text.text));
        let raw = self.markdown.raw(block.content);
        let reading = vocabulary::status_around(raw);
        let mine = following_of(following, level);
        if ordinal.is_none() && vocabulary::is_recheck(&text.text) && !vocabulary::is_before(&text.text) {
            if self.check().stage != Stage::AfterDesign || !self.check().principles.is_empty() {
                self.begin_check(text, Stage::AfterDesign, level);
            }
            self.verdict_in_heading(block, reading);
        } else if ordinal.is_none() && vocabulary::is_before(&text.text) {
            if self.check().principles.is_empty() && self.check().overall.is_none() {
                self.check().stage = Stage::BeforeResearch;
            } else {
                self.begin_check(text, Stage::BeforeResearch, level);
            }
            self.verdict_in_heading(block, reading);
        } else if ordinal.is_none() && vocabulary::is_verdict(&text.text) && !vocabulary::is_group(&text.text) {
            self.verdict_in_heading(block, reading);
            self.awaits_verdict = self.check().overall.is_none() || reading_absent(raw);
            self.notes = true;
        } else if ordinal.is_none() && vocabulary::verdict_of_sentence(&text.text).is_some() {
            let status = vocabulary::verdict_of_sentence(&text.text).unwrap_or(Status::Pass);
            self.overall_of_sentence(status, text.text, String::new(), text.span);
            self.notes = true;
        } else if let Some(restated) = self.restated(&text, mine).filter(|_| ordinal.is_none() && reading.is_none()) {
            self.check().principles.push(restated);
            self.notes = true;
        } else if ordinal.is_none() && reading.is_none() && self.beside_the_list(mine) {
            self.notes = true;
        } else if ordinal.is_none() && self.is_group(&text.text, reading.as_ref(), mine) {
            self.begin_group(&text);
        } else if ordinal.is_none() && reading.is_none() && vocabulary::is_notes(&text.text) {
            self.notes = true;
        } else if ordinal.is_some() || reading.is_some() || self.holds_principle(mine) {
            self.heading_principle(block, level, reading);
        } else {
            self.notes = true;
        }
    }

    /// Whether a heading stands beside the check's finished list, and not over more of it.
    fn beside_the_list(&mut self, mine: &[Block]) -> bool {
        let listed = !self.check().principles.is_empty() && !self.by_heading;
        listed
            && !mine.iter().any(|block| block.kind != BlockKind::Rule && self.names_principle(block.content))
            && !mine.iter().any(|block| match block.kind {
                BlockKind::Table { index } => self.numbered(&self.markdown.tables[index]),
                _ => false,
            })
    }

    /// A heading beside the list that names one of its principles, over a text that closes with a status:
    /// "### Privacy in detail … **PASS**" assesses the principle again.
    fn restated(&mut self, heading: &Text, mine: &[Block]) -> Option<AssessedPrinciple> {
        if self.by_heading {
            return None;
        }
        let words = Words::of(&heading.text);
        let is_named = |principle: &&AssessedPrinciple| {
            let name = Words::of_name(&principle.name);
            name.significant().next().is_some() && words.shared(&name) == name.significant().count()
        };
        let mut named = self.check().principles.iter().filter(is_named);
        let (Some(first), None) = (named.next(), named.next()) else { return None };
        let first = first.clone();
        let last = mine.iter().rfind(|block| block.kind == BlockKind::Paragraph && block.depth == 0)?;
        let (whole, reading) = self.closing_status(last.content)?;
        let mut principle = AssessedPrinciple {
            name: first.name,
            ordinal: first.ordinal,
            group: first.group,
            notes: Some(self.markdown.plain_text(last.content)),
            heading: heading.span,
            span: heading.span.to(self.markdown.trimmed(last.span)),
            ..AssessedPrinciple::default()
        };
        self.set_status(&mut principle, whole, reading);
        Some(principle)
    }

    fn heading_principle(&mut self, block: &Block, level: u8, reading: Option<status::Reading>) {
        // A list of principles beside (not below) the headings of both checks is the first one's.
        if self.current > 0 && level <= self.check_level && self.checks[0].principles.is_empty() {
            self.current = 0;
            self.check_level = level;
        }
        let (name, status, notes) = self.split_around(block.content, reading);
        let principle = self.principle(name, status, notes, block.span);
        self.begin_principle(OpenedBy::Heading(level), principle);
        self.by_heading = true;
    }

    fn verdict_in_heading(&mut self, block: &Block, reading: Option<status::Reading>) {
        let raw = self.markdown.raw(block.content);
        if let Some(reading) = reading {
            let (text, rest) = (folded(&raw[reading.range.clone()]), &raw[reading.range.end..]);
            let rationale = rest.trim_matches(|c: char| !c.is_alphanumeric());
            let rationale = rationale.split_whitespace().collect::<Vec<_>>().join(" ");
            self.overall(reading.status, text, rationale, self.markdown.trimmed(block.content));
        }
    }

    pub(super) fn begin_group(&mut self, text: &Text) {
        let version = vocabulary::version_in(&text.text).map(str::to_owned);
        let title = without_version(without_leading_mark(&text.text)).trim().to_owned();
        if title.is_empty() {
            return;
        }
        self.group = Some(title.clone());
        self.check().groups.push(Group { title, version, span: text.span });
    }

    /// Whether a heading without a numeral stands over several principles.
    pub(super) fn is_group(&self, title: &str, reading: Option<&status::Reading>, mine: &[Block]) -> bool {
        let mut blocks = mine.iter().filter(|block| block.kind != BlockKind::Rule);
        if matches!(blocks.next().map(|block| block.kind), Some(BlockKind::Heading { .. })) {
            return true;
        }
        let stated = mine.iter().find(|block| block.kind != BlockKind::Rule).is_some_and(|block| {
            block.kind == BlockKind::Paragraph
                && label::bold(self.markdown, block.content).is_some_and(|label| self.is_status_label(label))
        });
        if stated {
            return false;
        }
        let named_items = mine
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Item { .. }) && block.depth == 1)
            .any(|block| self.names_principle(block.content));
        if vocabulary::is_group(title) && (reading.is_none() || named_items) {
            return true;
        }
        named_items
            || mine.iter().any(|block| matches!(block.kind, BlockKind::Table { .. }))
            || mine.iter().any(|block| block.kind == BlockKind::Paragraph && self.names_principle(block.content))
    }

    /// Whether what stands below a heading assesses a principle: marked bullets, a status line,
    /// questions.
    fn holds_principle(&self, mine: &[Block]) -> bool {
        let items = || mine.iter().filter(|block| matches!(block.kind, BlockKind::Item { .. }));
        let marked = items().any(|block| self.bullet_status(block.content).is_some());
        let status_line = mine.iter().filter(|block| block.kind == BlockKind::Paragraph).any(|block| {
            self.markdown.lines(block.content).any(|line| {
                label::bold(self.markdown, line).is_some_and(|label| self.is_status_label(label))
                    || status::leading(self.markdown.raw(line)).is_some()
            })
        });
        let asked = items().any(|block| answer::question(self.markdown, block.content).is_some());
        marked
            || status_line
            || asked
            || items().next().is_some() && self.check_level >= self.section.level && !mine.is_empty()
    }
}

/// The blocks up to the next heading of the same or a higher level.
fn following_of(following: &[Block], level: u8) -> &[Block] {
    let end =
        following.iter().position(|block| matches!(block.kind, BlockKind::Heading { level: next } if next <= level));
    &following[..end.unwrap_or(following.len())]
}

fn reading_absent(raw: &str) -> bool {
    vocabulary::status_around(raw).is_none()
}

pub(super) fn without_leading_mark(text: &str) -> &str {
    let mark = status::leading(text).filter(|reading| !text[reading.range.clone()].contains(char::is_alphabetic));
    mark.map_or(text, |reading| text[reading.range.end..].trim_start_matches([' ', '\u{fe0f}']))
}

fn without_version(title: &str) -> &str {
    match (vocabulary::version_in(title), title.rfind(['(', '（'])) {
        (Some(_), Some(open)) => title[..open].trim_end(),
        _ => title,
    }
}
