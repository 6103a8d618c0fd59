//! Reads every Constitution Check of a plan, in all the formats that real plans use: tables, marked
//! and unmarked bullets, checkboxes, sub-headings, bold paragraphs with questions or statements,
//! numbered lists and prose; with re-checks nested in the first check, beside it, or as one line.

mod answer;
mod elsewhere;
mod heading;
mod item;
mod name;
mod paragraph;
mod principle;
mod table;
mod verdict;
mod vocabulary;

use crate::markdown::{BlockKind, Markdown};
use crate::parse::aliases::Aliases;
use crate::parse::status;
use crate::plan::{AssessedPrinciple, ConstitutionCheck, OverallStatus, Section, Stage, Status, Text};
use crate::source::Span;
use elsewhere::{footer_version, labelled_elsewhere, ticked_progress};

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

    fn close_unless_heading(&mut self) {
        if !matches!(self.open, Some(Open { by: OpenedBy::Heading(_), .. })) {
            self.close();
        }
    }

    fn begin_principle(&mut self, by: OpenedBy, principle: AssessedPrinciple) {
        self.close();
        self.notes = false;
        self.open = Some(Open { by, principle, bullets: Vec::new(), items: 0 });
    }

    fn add_note(&mut self, line: Span) {
        let text = self.markdown.plain_text(line);
        if let Some(open) = &mut self.open {
            append_notes(&mut open.principle, text);
        }
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
