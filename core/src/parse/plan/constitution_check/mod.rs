//! Reads every Constitution Check of a plan, in all the formats that real plans use: tables, marked
//! and unmarked bullets, checkboxes, sub-headings, bold paragraphs with questions or statements,
//! numbered lists and prose; with re-checks nested in the first check, beside it, or as one line.

mod answer;
mod name;
mod table;
mod vocabulary;

use crate::markdown::{Block, BlockKind, Markdown};
use crate::matching::Words;
use crate::parse::aliases::{Aliases, Term};
use crate::parse::does_not_apply;
use crate::parse::label::{self, Label};
use crate::parse::status;
use crate::plan::{AssessedPrinciple, ConstitutionCheck, Group, OverallStatus, Section, Stage, Status, Text};
use crate::source::Span;

pub(crate) use vocabulary::{is_check_title, is_deviations_title};

pub(super) fn read(markdown: &Markdown<'_>, aliases: &Aliases, sections: &[Section]) -> Vec<ConstitutionCheck> {
    let mut checks: Vec<ConstitutionCheck> = Vec::new();
    let mut taken = Span::default();
    for section in sections {
        let inside = taken.encloses(section.span) && !taken.is_empty();
        let is_check = vocabulary::is_check_title(&section.title) || aliases.is_check(&section.title);
        if section.level < 2 || inside || !is_check {
            continue;
        }
        taken = section.span;
        let mut reader = Reader::new(markdown, aliases, section);
        let plain =
            vocabulary::stage(&section.title) == Stage::BeforeResearch && !vocabulary::is_before(&section.title);
        reader.read(if plain && !checks.is_empty() { Stage::Unknown } else { vocabulary::stage(&section.title) });
        checks.extend(reader.checks);
    }
    ticked_progress(markdown, sections, &mut checks);
    labelled_elsewhere(markdown, &mut checks);
    footer_version(markdown, &mut checks);
    checks
}

/// How the open principle was begun, which tells where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum OpenedBy {
    Heading(u8),
    Paragraph,
    Item(u8),
}

/// The principle that is being read.
struct Open {
    by: OpenedBy,
    principle: AssessedPrinciple,
    /// Marks of its bullets, for a principle that carries none itself.
    bullets: Vec<Status>,
    /// Number of its bullets.
    items: usize,
}

struct Reader<'m, 'a> {
    markdown: &'m Markdown<'a>,
    aliases: &'m Aliases,
    section: &'m Section,
    checks: Vec<ConstitutionCheck>,
    /// The check that principles are added to.
    current: usize,
    /// Level of the sub-heading that began the current check.
    check_level: u8,
    open: Option<Open>,
    group: Option<String>,
    /// What follows are notes, until the next heading or principle.
    notes: bool,
    /// A heading announced the verdict; the next status is it.
    awaits_verdict: bool,
    /// A heading announced violations.
    violations: bool,
    /// The current check's principles stand as headings.
    by_heading: bool,
    /// The current check's principles stand in a table.
    by_table: bool,
    /// The current check's principles stand as bullets.
    by_item: bool,
}

impl<'m, 'a> Reader<'m, 'a> {
    fn new(markdown: &'m Markdown<'a>, aliases: &'m Aliases, section: &'m Section) -> Self {
        Self {
            markdown,
            aliases,
            section,
            checks: Vec::new(),
            current: 0,
            check_level: section.level,
            open: None,
            group: None,
            notes: false,
            awaits_verdict: false,
            violations: false,
            by_heading: false,
            by_table: false,
            by_item: false,
        }
    }

    fn read(&mut self, stage: Stage) {
        let heading = self.markdown.blocks_in(self.section.heading).first();
        let title = heading.map_or_else(Text::default, |block| self.markdown.plain_text(block.content));
        self.begin_check(title.clone(), stage, self.section.level);
        if let Some(reading) = status::trailing(&title.text) {
            self.overall(reading.status, title.text[reading.range].to_owned(), String::new(), title.span);
        }
        let blocks = self.markdown.blocks_in(super::body(self.section));
        for (at, block) in blocks.iter().enumerate() {
            match block.kind {
                BlockKind::Heading { level } => self.heading(block, level, &blocks[at + 1..]),
                BlockKind::Paragraph => self.paragraph(block, &blocks[at + 1..]),
                BlockKind::Item { .. } => self.item(block),
                BlockKind::Table { index } => self.table(index),
                _ => {}
            }
        }
        self.close();
        let end = self.section.span.end;
        let starts: Vec<u32> = self.checks.iter().map(|check| check.span.start).collect();
        for (at, check) in self.checks.iter_mut().enumerate() {
            check.span.end = starts[at + 1..].iter().copied().find(|start| *start > check.span.start).unwrap_or(end);
        }
    }

    fn begin_check(&mut self, title: Text, stage: Stage, level: u8) {
        self.close();
        let start = if self.checks.is_empty() { self.section.span.start } else { title.span.start };
        let version = version(self.markdown, &title);
        self.current = self.checks.len();
        self.check_level = level;
        (self.group, self.notes, self.awaits_verdict) = (None, false, false);
        (self.violations, self.by_heading) = (false, false);
        (self.by_table, self.by_item) = (false, false);
        let span = Span { start, end: self.section.span.end };
        self.checks.push(ConstitutionCheck { title, stage, version, span, ..ConstitutionCheck::default() });
    }

    fn check(&mut self) -> &mut ConstitutionCheck {
        let current = self.current;
        &mut self.checks[current]
    }

    /// What a sentence says counts only where no label or heading has stated the verdict.
    fn overall_of_sentence(&mut self, status: Status, raw: String, rationale: String, span: Span) {
        if self.check().overall.as_ref().is_none_or(|overall| overall.status.is_none()) {
            self.overall(status, raw, rationale, span);
        }
    }

    /// States the verdict. Where a check states several, the last one is in force.
    fn overall(&mut self, status: Status, raw: String, rationale: String, span: Span) {
        self.awaits_verdict = false;
        let status = vocabulary::qualified(status, &raw, &rationale);
        self.check().overall = Some(OverallStatus { status: Some(status), raw, rationale, span });
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mut principle = open.principle;
        if principle.status.is_none() {
            // A mark on one bullet in five says nothing about the principle, nor does a ⚠️ on one of its questions.
            let of_questions = !principle.questions.is_empty() && open.bullets.contains(&Status::Pass);
            principle.status = worst(&open.bullets).filter(|status| {
                open.bullets.len() * 2 >= open.items && !(of_questions && *status == Status::Attention)
            });
        }
        self.check().principles.push(principle);
    }

    fn begin_principle(&mut self, by: OpenedBy, principle: AssessedPrinciple) {
        self.close();
        self.notes = false;
        self.open = Some(Open { by, principle, bullets: Vec::new(), items: 0 });
    }

    /// A principle whose name stands in `name` and whose status, where there is one, in `status`.
    fn principle(
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
    fn set_status(&self, principle: &mut AssessedPrinciple, whole: Span, reading: status::Reading) {
        let start = whole.start as usize;
        let span = Span::new(start + reading.range.start, start + reading.range.end);
        principle.raw_status = Some(Text::new(folded(self.markdown.raw(span)), span));
        principle.status = Some(reading.status);
        principle.options = reading.options;
    }

    fn without_separator(&self, span: Span) -> Span {
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

    // A heading inside of the check: a re-check, a verdict, a group, a principle, or notes.
    fn heading(&mut self, block: &Block, level: u8, following: &[Block]) {
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

    /// The bold status, or the mark, that closes a paragraph.
    fn closing_status(&self, content: Span) -> Option<(Span, status::Reading)> {
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

    /// Parts a line into name, status and notes around the status that was read in it.
    fn split_around(
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

    fn without_trailing(&self, span: Span) -> Span {
        let raw = self.markdown.raw(span);
        let bare = raw.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '—' | '–' | ':' | '：' | '|' | '(' | '（' | '[' | '→')
        });
        self.markdown.trimmed(Span::new(span.start as usize, span.start as usize + bare.len()))
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

    fn begin_group(&mut self, text: &Text) {
        let version = vocabulary::version_in(&text.text).map(str::to_owned);
        let title = without_version(without_leading_mark(&text.text)).trim().to_owned();
        if title.is_empty() {
            return;
        }
        self.group = Some(title.clone());
        self.check().groups.push(Group { title, version, span: text.span });
    }

    /// Whether a heading without a numeral stands over several principles.
    fn is_group(&self, title: &str, reading: Option<&status::Reading>, mine: &[Block]) -> bool {
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

    /// Whether a bullet or paragraph opens with a bold name that carries a numeral.
    fn names_principle(&self, content: Span) -> bool {
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

    fn is_status_label(&self, label: Label) -> bool {
        self.aliases.term(&self.markdown.plain(label.key)) == Some(Term::Status)
    }

    /// The status of a bullet: in front, behind its bold name, or as its last mark.
    fn bullet_status(&self, content: Span) -> Option<Status> {
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

    fn paragraph(&mut self, block: &Block, following: &[Block]) {
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
    fn line(&mut self, line: Span, list_follows: bool) {
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

    /// `**No violations.**`, `**Violations**: None`, `**Notes**: … No violations.`
    fn verdict_in_key(&mut self, line: Span, key: &str, label: Label) -> bool {
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

    fn close_unless_heading(&mut self) {
        if !matches!(self.open, Some(Open { by: OpenedBy::Heading(_), .. })) {
            self.close();
        }
    }

    fn add_note(&mut self, line: Span) {
        let text = self.markdown.plain_text(line);
        if let Some(open) = &mut self.open {
            append_notes(&mut open.principle, text);
        }
    }

    /// Takes a label as a verdict, a re-check, or the open principle's status.
    fn verdict_label(&mut self, line: Span, key: &str, label: Label) -> bool {
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

    /// `**Status**: …` of the open principle.
    fn status_line(&mut self, line: Span, label: Label, reading: Option<status::Reading>) -> bool {
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
    fn state(&mut self, line: Span, value: Span, reading: Option<status::Reading>) {
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
    fn sentence_verdict(&mut self, plain: &str) -> Option<Status> {
        let status = vocabulary::verdict_of_sentence(plain)?;
        let named = vocabulary::names_some(plain);
        let known = self.checks[self.current].principles.len().max(self.checks[0].principles.len());
        (named.is_empty() || known > 0 && named.len() >= known).then_some(status)
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
    fn status_of_paragraph(&mut self, line: Span, reading: status::Reading) {
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

    fn item(&mut self, block: &Block) {
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
    fn bullet(&mut self, block: &Block) {
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

    fn after_mark(&self, content: Span, lead_end: usize) -> Span {
        let raw = self.markdown.raw(content);
        let rest = &raw[lead_end..];
        let rest =
            if lead_end > 0 { rest.trim_start_matches([' ', '\t', '\u{fe0f}', ':', '-', '—', '–']) } else { rest };
        Span::new(content.start as usize + (raw.len() - rest.len()), content.end as usize)
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

    /// "Name — notes" without bold: the name is short.
    fn dash_name(&self, content: Span) -> Option<(Span, Span)> {
        let raw = self.markdown.raw(content);
        let at = [" — ", " – ", " - "].iter().filter_map(|dash| raw.find(dash)).min()?;
        (at <= 80).then(|| {
            let start = content.start as usize;
            (Span::new(start, start + at), Span::new(start + at, content.end as usize))
        })
    }

    fn note_version(&mut self, content: Span) {
        if self.check().version.is_none() {
            let text = self.markdown.plain_text(content);
            let version = version(self.markdown, &text);
            self.check().version = version;
        }
    }
}

/// The version of the constitution that a text names.
fn version(markdown: &Markdown<'_>, text: &Text) -> Option<Text> {
    let raw = markdown.raw(text.span);
    if !vocabulary::names_constitution(raw) || raw.len() > 600 {
        return None;
    }
    let version = vocabulary::version_in(raw)?;
    Some(Text::new(version, Span::of(version, raw, text.span.start as usize)))
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

fn without_leading_mark(text: &str) -> &str {
    let mark = status::leading(text).filter(|reading| !text[reading.range.clone()].contains(char::is_alphabetic));
    mark.map_or(text, |reading| text[reading.range.end..].trim_start_matches([' ', '\u{fe0f}']))
}

fn without_version(title: &str) -> &str {
    match (vocabulary::version_in(title), title.rfind(['(', '（'])) {
        (Some(_), Some(open)) => title[..open].trim_end(),
        _ => title,
    }
}

/// A mark that closes a bullet: "… through one pool ✅".
fn closing_mark(raw: &str) -> Option<status::Reading> {
    let bare =
        raw.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '.' | '。' | ')' | '\u{fe0f}'));
    let last = bare.chars().next_back().filter(|c| !c.is_alphanumeric() && !c.is_ascii())?;
    let start = bare.len() - last.len_utf8();
    let reading = status::leading(&raw[start..])?;
    Some(status::Reading { range: start..start + reading.range.end, ..reading })
}

/// A mark and what the words beside it say.
fn combine(mark: Status, word: Option<Status>) -> Status {
    match (mark, word) {
        (_, Some(Status::NotApplicable)) => Status::NotApplicable,
        (Status::Pass | Status::Undecided, Some(word)) => word,
        (mark, _) => mark,
    }
}

/// The status of a principle whose bullets carry the marks.
fn worst(bullets: &[Status]) -> Option<Status> {
    [Status::Blocked, Status::Attention, Status::Undecided, Status::Pass, Status::NotApplicable]
        .into_iter()
        .find(|status| bullets.contains(status))
}

fn append_notes(principle: &mut AssessedPrinciple, text: Text) {
    if text.text.is_empty() {
        return;
    }
    match &mut principle.notes {
        None => principle.notes = Some(text),
        Some(notes) => {
            notes.text.push(' ');
            notes.text.push_str(&text.text);
            notes.span = notes.span.to(text.span);
        }
    }
}

fn tidy(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '*' | '—' | '–' | '-' | '`'))
}

/// White space folded, marks of Markdown left out.
fn folded(raw: &str) -> String {
    let bare: String = raw.chars().filter(|c| !matches!(c, '*' | '`')).collect();
    bare.trim_matches('_').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "- [x] Post-Design Constitution Check: PASS" in Progress Tracking: a ticked line outside of
/// every check stands for one.
fn ticked_progress(markdown: &Markdown<'_>, sections: &[Section], checks: &mut Vec<ConstitutionCheck>) {
    if !sections.iter().any(|section| section.title.to_lowercase().contains("progress")) && checks.len() > 1 {
        return;
    }
    for block in &markdown.blocks {
        if !matches!(block.kind, BlockKind::Item { .. })
            || checks.iter().any(|check| check.span.encloses(block.content))
        {
            continue;
        }
        let raw = markdown.raw(block.content);
        let ticked = raw.starts_with("[x]") || raw.starts_with("[X]");
        if !ticked || raw.len() > 160 {
            continue;
        }
        let text = markdown.plain_text(Span { start: block.content.start + 3, end: block.content.end });
        let (title, value) = text.text.split_once(':').unwrap_or((&text.text, "PASS"));
        if !vocabulary::is_check_title(title) {
            continue;
        }
        let Some(reading) = status::leading(value) else { continue };
        let stage = vocabulary::stage(title);
        let overall = OverallStatus {
            status: Some(reading.status),
            raw: folded(&value[reading.range]),
            rationale: String::new(),
            span: text.span,
        };
        match checks.iter_mut().find(|check| check.stage == stage) {
            Some(check) if check.overall.is_none() => check.overall = Some(overall),
            Some(_) => {}
            None => checks.push(ConstitutionCheck {
                title: Text::new(title, text.span),
                stage,
                overall: Some(overall),
                span: text.span,
                ..ConstitutionCheck::default()
            }),
        }
    }
}

/// "**Constitution Re-Check**: ✅ PASSED" outside of every check.
fn labelled_elsewhere(markdown: &Markdown<'_>, checks: &mut Vec<ConstitutionCheck>) {
    if checks.iter().any(|check| check.stage == Stage::AfterDesign) {
        return;
    }
    for block in markdown.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        if checks.iter().any(|check| check.span.encloses(block.content)) {
            continue;
        }
        for line in markdown.lines(block.content) {
            let Some(label) = label::bold(markdown, line) else { continue };
            let key = markdown.plain_text(label.key);
            if !vocabulary::is_recheck(&key.text) || !vocabulary::is_check_title(&key.text) {
                continue;
            }
            let raw = markdown.raw(label.value);
            let Some(reading) = status::leading(raw) else { continue };
            let overall = OverallStatus {
                status: Some(reading.status),
                raw: folded(&raw[reading.range]),
                rationale: String::new(),
                span: line,
            };
            checks.push(ConstitutionCheck {
                title: key,
                stage: Stage::AfterDesign,
                overall: Some(overall),
                span: line,
                ..ConstitutionCheck::default()
            });
            return;
        }
    }
}

/// "Based on Constitution v2.1.1 - See …" at the foot of a plan.
fn footer_version(markdown: &Markdown<'_>, checks: &mut [ConstitutionCheck]) {
    let Some(check) = checks.first_mut().filter(|check| check.version.is_none()) else { return };
    let footer = markdown.blocks.iter().rev().take(12).find(|block| {
        block.kind == BlockKind::Paragraph
            && markdown.raw(block.content).to_lowercase().contains("based on constitution")
    });
    if let Some(block) = footer {
        check.version = version(markdown, &markdown.plain_text(block.content));
    }
}
