//! Reads tasks.md: phases, tasks, and what each task brings.

use super::label::{folded, has_any, label, words};
use super::story_reference::{heading_priority, mark_story, only_story};
use super::task_kind::{is_tests, task_kind, under};
use super::task_paths::paths;
use crate::document::{Task, TaskPhase, Tasks};
use crate::markdown::{Block, BlockKind, Markdown};
use crate::plan::{Section, Text};
use crate::source::Span;

/// Reads the text of a tasks.md. Never fails.
#[must_use]
pub fn tasks(text: &str) -> Tasks {
    let markdown = Markdown::parse(text);
    let outline = Outline::read(&markdown);
    let form = outline.form();
    let mut phases: Vec<TaskPhase> = Vec::new();
    let mut open: Option<Option<usize>> = None;
    for entry in outline.entries.iter().filter(|entry| form.takes(entry, &outline)) {
        let phase = outline.phase_of(entry);
        if open != Some(phase) {
            open = Some(phase);
            phases.push(phase.map_or_else(TaskPhase::default, |index| outline.phase(index)));
        }
        if let Some(last) = phases.last_mut() {
            let task = outline.task(entry, last.story);
            if phase.is_none() {
                last.span = if last.tasks.is_empty() { task.span } else { last.span.to(task.span) };
            }
            last.tasks.push(task);
        }
    }
    Tasks { phases, tests_optional: tests_optional(&markdown) }
}

/// How tasks are written in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `- [ ] T001 …`
    Boxes,
    /// `### T001: …`
    Headings,
    /// `- **T001** …`
    Bullets,
    /// A table row per task.
    Rows,
    /// `- [ ] …` without ids.
    PlainBoxes,
    /// `1. …` below phases.
    Numbers,
}

/// Something that may be a task.
struct Entry {
    form: Form,
    /// Marks and description.
    content: Span,
    span: Span,
    marks: Marks,
    tick: Option<char>,
    /// Inside of another entry with a box.
    nested: bool,
    /// The sections around it, outermost first.
    path: Vec<usize>,
    /// The bold line above it that works as a heading.
    label: Option<Span>,
    /// Whether boxes below a task that is a heading are all ticked.
    done: bool,
}

/// What stands before the description.
#[derive(Clone, Debug, Default)]
struct Marks {
    id: Option<String>,
    parallel: bool,
    story: Option<(u32, Span)>,
    skipped: bool,
    /// Where the description begins.
    end: usize,
}

struct Outline<'m, 'a> {
    markdown: &'m Markdown<'a>,
    sections: Vec<Section>,
    entries: Vec<Entry>,
}

impl<'m, 'a> Outline<'m, 'a> {
    fn read(markdown: &'m Markdown<'a>) -> Self {
        let mut outline = Self { markdown, sections: markdown.sections(), entries: Vec::new() };
        let mut path: Vec<usize> = Vec::new();
        let mut label_above: Option<Span> = None;
        let mut next_section = 0;
        // The open items with boxes, by depth.
        let mut boxes: Vec<u8> = Vec::new();
        for block in &markdown.blocks {
            if block.depth == 0 {
                boxes.clear();
            }
            match block.kind {
                BlockKind::Heading { level } => {
                    path.retain(|index| outline.sections[*index].level < level);
                    outline.heading(block, next_section, &path);
                    path.push(next_section);
                    next_section += 1;
                    label_above = None;
                }
                BlockKind::Paragraph if block.depth == 0 => {
                    let raw = markdown.raw(block.content);
                    if raw.starts_with("**") && label(raw).is_some_and(|label| label.value.is_empty()) {
                        label_above = Some(block.content);
                    }
                }
                BlockKind::Item { number } => {
                    boxes.retain(|depth| *depth < block.depth);
                    let nested = !boxes.is_empty();
                    if outline.item(block, number, nested, &path, label_above) {
                        boxes.push(block.depth);
                    }
                }
                BlockKind::Table { index } => outline.table(index, &path, label_above),
                _ => {}
            }
        }
        outline
    }

    /// Records an item; says whether it has a box.
    fn item(&mut self, block: &Block, number: Option<u64>, nested: bool, path: &[usize], label: Option<Span>) -> bool {
        let raw = self.markdown.raw(block.content);
        let (tick, behind) = read_box(raw);
        let marks = self.marks(block.content, behind);
        let form = match (tick.is_some(), marks.id.is_some(), number) {
            (true, true, _) => Form::Boxes,
            (true, false, _) => Form::PlainBoxes,
            (false, true, _) if block.depth == 1 => Form::Bullets,
            (false, false, Some(_)) if block.depth == 1 => Form::Numbers,
            _ => {
                self.tick_heading(None);
                return false;
            }
        };
        self.tick_heading(tick);
        let entry = Entry {
            form,
            content: block.content,
            span: block.span,
            marks,
            tick,
            nested,
            path: path.to_vec(),
            label,
            done: false,
        };
        self.entries.push(entry);
        tick.is_some()
    }

    /// A box below a task that is a heading ticks a part of it.
    fn tick_heading(&mut self, tick: Option<char>) {
        let Some(tick) = tick else { return };
        if let Some(heading) = self.entries.iter_mut().rev().find(|entry| entry.form == Form::Headings) {
            let first = heading.tick.is_none();
            heading.done = is_done(tick) && (first || heading.done);
            heading.tick = Some(tick);
        }
    }

    fn heading(&mut self, block: &Block, section: usize, path: &[usize]) {
        let raw = self.markdown.raw(block.content);
        let (tick, behind) = read_box(raw);
        let mut marks = self.marks(block.content, behind);
        if marks.id.is_none() {
            let Some((id, end)) = worded_id(&raw[behind..]) else { return };
            marks = Marks { id: Some(id), ..self.marks(block.content, behind + end) };
        }
        let span = self.sections.get(section).map_or(block.span, |section| section.span);
        let name = folded(raw);
        let done = tick.is_some_and(is_done)
            || raw.contains(['✅', '✔', '☑'])
            || words(&name).last().is_some_and(|word| matches!(word, "done" | "complete" | "completed" | "erledigt"));
        let path = path.to_vec();
        let content = block.content;
        self.entries.push(Entry {
            form: Form::Headings,
            content,
            span,
            marks,
            tick,
            nested: false,
            path,
            label: None,
            done,
        });
    }

    fn table(&mut self, index: usize, path: &[usize], label: Option<Span>) {
        let Some(table) = self.markdown.tables.get(index) else { return };
        for row in &table.rows {
            let Some(first) = row.cells.first() else { continue };
            let mut marks = self.marks(*first, 0);
            if marks.id.is_none() {
                continue;
            }
            let content = row.cells.get(1).copied().unwrap_or(*first);
            marks.end = 0;
            let rest = row.cells.get(1..).unwrap_or_default();
            let done = rest.iter().any(|cell| {
                let cell = folded(self.markdown.raw(*cell));
                has_any(&cell, &["✅", "✔", "☑", "[x]"])
                    || matches!(cell.trim(), "done" | "complete" | "completed" | "x")
            });
            let entry = Entry {
                form: Form::Rows,
                content,
                span: row.span,
                marks,
                tick: None,
                nested: false,
                path: path.to_vec(),
                label,
                done,
            };
            self.entries.push(entry);
        }
    }

    /// The form that holds most ids; without ids, boxes, then numbers.
    fn form(&self) -> Form {
        let count =
            |form: Form| self.entries.iter().filter(|entry| entry.form == form && form.takes(entry, self)).count();
        let boxes = count(Form::Boxes);
        let headings = count(Form::Headings);
        if boxes > 0 && boxes * 2 >= headings {
            return Form::Boxes;
        }
        [Form::Headings, Form::Bullets, Form::Rows]
            .into_iter()
            .map(|form| (count(form), form))
            .filter(|(count, _)| *count > 0)
            .max_by_key(|(count, form)| (*count, *form == Form::Headings))
            .map_or_else(
                || if count(Form::PlainBoxes) > 0 { Form::PlainBoxes } else { Form::Numbers },
                |(_, form)| form,
            )
    }

    /// The section that is the entry's phase: the outermost about one story, else the outermost
    /// numbered one, else the outermost below the title.
    fn phase_of(&self, entry: &Entry) -> Option<usize> {
        let title = |index: &&usize| self.sections[**index].title.as_str();
        let own =
            entry.path.iter().filter(|index| self.sections[**index].level > 1 || phase_number(title(index)).is_some());
        let own: Vec<&usize> = own.collect();
        let story = own.iter().find(|index| only_story(title(index)).is_some() && !is_part(title(index)));
        let numbered = own.iter().find(|index| phase_number(title(index)).is_some());
        let first = own.first().copied().or_else(|| entry.path.first());
        story.or(numbered).copied().or(first).copied()
    }

    fn phase(&self, index: usize) -> TaskPhase {
        let section = &self.sections[index];
        let title = section.title.as_str();
        TaskPhase {
            title: title.to_owned(),
            number: phase_number(title),
            story: only_story(title),
            priority: heading_priority(title).map(|range| title[range].to_ascii_uppercase()),
            tasks: Vec::new(),
            heading: section.heading,
            span: section.span,
        }
    }

    fn task(&self, entry: &Entry, phase_story: Option<u32>) -> Task {
        let markdown = self.markdown;
        let start = entry.content.start as usize + entry.marks.end;
        let content = Span::new(start, entry.content.end as usize);
        let raw = markdown.raw(content);
        let text = markdown.plain(content);
        let paths = paths(markdown, content);
        let nearest: Vec<&str> = entry.label.map(|label| markdown.raw(label)).into_iter().collect();
        // The document's title says nothing about one task.
        let titles = entry.path.iter().rev().filter(|index| {
            let section = &self.sections[**index];
            section.level > 1 || phase_number(&section.title).is_some()
        });
        let titles = titles.map(|index| self.sections[*index].title.as_str());
        let headings: Vec<&str> = nearest.into_iter().chain(titles).collect();
        let skipped = entry.marks.skipped || is_skipped(entry.tick, raw, &text);
        let kind = if skipped { Default::default() } else { task_kind(raw, &paths, under(headings.iter().copied())) };
        let mark = entry.marks.story.or_else(|| story_mark(raw, start));
        let story = mark
            .map(|(story, _)| story)
            .or(phase_story)
            .or_else(|| headings.iter().find_map(|heading| only_story(heading)));
        Task {
            id: entry.marks.id.clone(),
            done: entry.done || (entry.form != Form::Headings && entry.tick.is_some_and(is_done)),
            skipped,
            parallel: entry.marks.parallel || raw.contains("[P]"),
            story,
            story_mark: mark.map(|(_, span)| span),
            text,
            paths,
            test: kind.test,
            own_test: kind.own_test,
            implementation: kind.implementation,
            span: markdown.trimmed(entry.span),
        }
    }

    /// Reads ids and marks in any order: `**T001** [P] [US1]`, `[US1] T001`, `[T001] [P]`.
    fn marks(&self, content: Span, from: usize) -> Marks {
        let raw = self.markdown.raw(content);
        let mut marks = Marks { end: from, ..Marks::default() };
        let mut at = from;
        loop {
            let rest = &raw[at..];
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '~' | '_'));
            let start = at + (rest.len() - trimmed.len());
            let ticks = trimmed.starts_with('`') && marks.id.is_none();
            let inner = if ticks { &trimmed[1..] } else { trimmed };
            if marks.id.is_none() {
                if let Some(id) = task_id(inner) {
                    marks.id = Some(id.to_owned());
                    at = start + usize::from(ticks) + id.len();
                    at += separator(&raw[at..]);
                    marks.end = at;
                    continue;
                }
            }
            let Some(length) = self.mark(trimmed, content.start as usize + start, &mut marks) else { break };
            at = start + length;
            if marks.id.is_some() || marks.parallel || marks.story.is_some() {
                at += separator(&raw[at..]);
            }
            marks.end = at;
        }
        marks
    }

    /// Reads one mark in brackets at the start of `text`, which lies at `offset`.
    fn mark(&self, text: &str, offset: usize, marks: &mut Marks) -> Option<usize> {
        let close = match text.chars().next()? {
            '[' => ']',
            '(' => ')',
            _ => return None,
        };
        let end = text.find(close).filter(|end| *end <= 64)?;
        let inner = text[1..end].trim();
        if close == ')' {
            let parallel = inner.eq_ignore_ascii_case("p") || inner.eq_ignore_ascii_case("parallel");
            marks.parallel |= parallel;
            return parallel.then_some(end + 1);
        }
        // A link, or a link's reference.
        if text[end + 1..].starts_with(['(', '[']) && inner.contains(['/', '.', '`']) {
            return None;
        }
        if let Some(id) = task_id(inner).filter(|id| id.len() == inner.len() && marks.id.is_none()) {
            marks.id = Some(id.to_owned());
        } else if let Some(number) = mark_story(inner) {
            marks.story = marks.story.or(Some((number, Span::new(offset, offset + end + 1))));
        } else if inner.eq_ignore_ascii_case("p") || inner.eq_ignore_ascii_case("parallel") {
            marks.parallel = true;
        } else {
            let folded = folded(inner);
            marks.skipped |= has_any(&folded, &["skip", "deferred", "dropped", "cancel", "obsolete", "descartad"]);
            let is_mark = inner.split_whitespace().count() <= 4 && !inner.contains(['/', '`']);
            is_mark.then_some(())?;
        }
        Some(end + 1)
    }
}

impl Form {
    fn takes(self, entry: &Entry, outline: &Outline<'_, '_>) -> bool {
        let title = |index: &usize| outline.sections[*index].title.as_str();
        let elsewhere = || entry.path.iter().any(|index| is_elsewhere(title(index)));
        let in_phase = || {
            entry.path.iter().any(|index| phase_number(title(index)).is_some() || only_story(title(index)).is_some())
        };
        let example = || entry.path.iter().any(|index| has_any(&folded(title(index)), EXAMPLES));
        match (self, entry.form) {
            (Form::Boxes, Form::Boxes) => !example(),
            // A box without an id is a task of its own where tasks have none, or at the top of a phase.
            (Form::Boxes, Form::PlainBoxes) => {
                !entry.nested && in_phase() && !elsewhere() && !is_criterion(entry, outline)
            }
            (Form::PlainBoxes, Form::PlainBoxes) => !entry.nested && !elsewhere() && !is_criterion(entry, outline),
            (Form::Headings, Form::Headings) => !elsewhere(),
            (Form::Bullets, Form::Bullets) | (Form::Rows, Form::Rows) => !elsewhere(),
            (Form::Numbers, Form::Numbers) => in_phase() && !elsewhere(),
            _ => false,
        }
    }
}

const EXAMPLES: &[&str] =
    &["example", "format:", "conventions", "generation rules", "ejemplo", "exemplo", "konvention"];

/// Sections around the tasks that only speak of them.
fn is_elsewhere(title: &str) -> bool {
    let folded = folded(title);
    if phase_number(title).is_some() {
        return false;
    }
    has_any(&folded, EXAMPLES)
        || has_any(
            &folded,
            &[
                "dependenc",
                "parallel",
                "execution",
                "strategy",
                "checklist",
                "summary",
                "notes",
                "success",
                "conventions",
                "definition of done",
                "quality gate",
                "criteria",
                "organization",
                "coverage",
                "mapping",
                "risk",
                "dependenci",
                "dependênci",
                "estrategia",
                "estratégia",
                "resumen",
                "resumo",
                "abhängigkeit",
                "zusammenfassung",
                "zależności",
                "依存",
                "依賴",
                "依赖",
                "並列",
                "並行",
                "并行",
                "戦略",
                "策略",
                "まとめ",
                "注意",
                "의존성",
                "병렬",
                "요약",
                "전략",
                "検証チェック",
            ],
        )
}

/// A box of a list of criteria: below a label such as "**Acceptance Criteria**:", or an id of the spec.
fn is_criterion(entry: &Entry, outline: &Outline<'_, '_>) -> bool {
    let label = entry.label.map(|label| folded(outline.markdown.raw(label))).unwrap_or_default();
    let nearest = entry.path.last().map(|index| folded(&outline.sections[*index].title)).unwrap_or_default();
    #[rustfmt::skip]
    let criteria = [
        "criteria", "acceptance", "definition of done", "checklist", "checkpoint", "verification", "validation",
        "independent test",
    ];
    let raw = outline.markdown.raw(entry.content);
    let spoken =
        ["SC-", "FR-", "AC-", "NFR-"].iter().any(|prefix| raw.get(4..).is_some_and(|rest| rest.starts_with(prefix)));
    spoken || has_any(&label, &criteria) || has_any(&nearest, &criteria)
}

/// A heading over a part of a story's work rather than over the story.
fn is_part(title: &str) -> bool {
    let folded = folded(title);
    let first = words(&folded).next().unwrap_or_default();
    is_tests(title)
        || [
            "implement",
            "verif",
            "valid",
            "integrat",
            "unit",
            "checkpoint",
            "backend",
            "frontend",
            "service",
            "repository",
        ]
        .iter()
        .any(|part| first.starts_with(part))
        || has_any(&folded, &["implementation for", "tests for"])
}

/// The number in "Phase 3: …", "Fase 2 -", "フェーズ1", "阶段 4", "Milestone 2".
fn phase_number(title: &str) -> Option<u32> {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "phase", "fase", "faza", "etapa", "étape", "etap", "milestone", "sprint", "фаза", "этап", "フェーズ", "段階",
        "단계", "페이즈", "阶段", "階段", "第",
    ];
    let folded = folded(title);
    let name = folded.trim_start_matches(|c: char| !c.is_alphabetic());
    let rest = WORDS.iter().find_map(|word| name.strip_prefix(word))?;
    let rest = rest.trim_start_matches([' ', '-', '#', '.', '第', '\u{a0}']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return rest[..digits].parse().ok();
    }
    const WIDE: &str = "零一二三四五六七八九";
    let c = rest.chars().next()?;
    WIDE.chars().position(|digit| digit == c).and_then(|digit| u32::try_from(digit).ok())
}

/// The tick of a box at the start of `raw`, and where the text behind it begins.
fn read_box(raw: &str) -> (Option<char>, usize) {
    if let Some(c) = raw.chars().next().filter(|c| matches!(c, '☐' | '☑' | '☒' | '✅' | '⬜')) {
        return (Some(if matches!(c, '☐' | '⬜') { ' ' } else { 'x' }), c.len_utf8());
    }
    let Some(inner) = raw.strip_prefix('[') else { return (None, 0) };
    let Some(close) = inner.find(']').filter(|close| *close <= 8) else { return (None, 0) };
    let mut chars = inner[..close].trim().trim_end_matches('\u{fe0f}').chars();
    let tick = chars.next().unwrap_or(' ');
    // `[P]` and `[T1]` are marks; what is left is a tick.
    let is_tick = chars.next().is_none() && (!tick.is_alphanumeric() || matches!(tick, 'x' | 'X'));
    let linked = inner[close + 1..].starts_with('(');
    if is_tick && !linked { (Some(tick), close + 2) } else { (None, 0) }
}

fn is_done(tick: char) -> bool {
    matches!(tick, 'x' | 'X' | '✓' | '✔' | '✅' | '☑')
}

/// `T001`, `T-001`, `T2-001`, `TASK-12`, `T001a`, `T118.2`, `1.2`, `FE-03`, and ranges of them.
fn task_id(text: &str) -> Option<&str> {
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
fn worded_id(text: &str) -> Option<(String, usize)> {
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
fn separator(text: &str) -> usize {
    let marks =
        |c: char| c.is_whitespace() || matches!(c, '*' | '`' | ':' | '：' | '-' | '–' | '—' | '|' | ')' | '.' | '_');
    text.len() - text.trim_start_matches(marks).len()
}

/// A `[US1]` behind the start of the description.
fn story_mark(raw: &str, offset: usize) -> Option<(u32, Span)> {
    raw.match_indices("[US").find_map(|(at, _)| {
        let end = raw[at..].find(']').filter(|end| *end <= 24)? + at;
        let number = mark_story(&raw[at + 1..end])?;
        Some((number, Span::new(offset + at, offset + end + 1)))
    })
}

/// Struck out, or said to be skipped, dropped or deferred.
fn is_skipped(tick: Option<char>, raw: &str, text: &str) -> bool {
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
        && has_any(&lower, &["skip", "defer", "diferi", "drop", "consolid", "pendente", "pendiente", "n/a"]);
    lower.starts_with("n/a") || tick == Some('-') || loose || shouted() || noted()
}

/// The note that tests are optional, were not asked for, or are left out.
fn tests_optional(markdown: &Markdown<'_>) -> Option<Text> {
    let paragraphs = markdown.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Heading { .. })
    });
    for block in paragraphs {
        for line in markdown.lines(block.content) {
            let raw = markdown.raw(line);
            let lower = folded(raw);
            if speaks_of_tests(raw, &lower) && leaves_out(&lower) {
                return Some(markdown.plain_text(line));
            }
        }
    }
    None
}

fn speaks_of_tests(raw: &str, lower: &str) -> bool {
    let labelled = label(raw).is_some_and(|label| {
        let name = folded(label.name);
        let noun =
            ["tests", "test", "testing", "pruebas", "testes", "testy", "テスト", "测试", "測試", "테스트", "тесты"];
        noun.contains(&name.trim()) || is_tests(label.name) && name.len() < 24
    });
    let said = [
        "tests are optional",
        "tests are not",
        "tests were not",
        "tests not requested",
        "tests optional",
        "no tests requested",
        "no automated tests",
        "no test tasks",
        "test tasks are optional",
        "test tasks omitted",
        "tests omitted",
        "tests (optional",
        "(optional - only if tests requested",
        "テストタスクは含",
        "不包含测试任务",
        "不包含測試任務",
    ];
    labelled || has_any(lower, &said)
}

fn leaves_out(lower: &str) -> bool {
    #[rustfmt::skip]
    let denied = [
        "not optional", "non-optional", "no son opcional", "não são opciona", "mandatory", "obligator", "obrigat",
        "必須", "必须", "필수",
    ];
    #[rustfmt::skip]
    let left_out = [
        "not requested", "not explicitly", "not required", "not included", "not generated", "none requested",
        "no tests", "no test tasks", "no automated test", "omitted", "only if requested", "only if explicitly",
        "if tests requested", "no solicitad", "no se solicit", "não solicitad", "não foram solicitad",
        "non demandé", "nicht angefordert", "nicht explizit", "nie wymagan", "nie zaż", "不要。", "不要です", "不要",
        "要求されていない", "含まれていません", "未要求", "未请求", "未明確要求", "未明确要求", "不包含", "요청되지", "요청하지", "not needed",
        "manual verification only", "manual testing only",
    ];
    #[rustfmt::skip]
    let optional = [
        "optional", "opcional", "optionnel", "facultati", "opcjonal", "опциональ", "オプション", "任意", "선택", "可选", "可選",
    ];
    !has_any(lower, &denied) && (has_any(lower, &left_out) || has_any(lower, &optional))
}
