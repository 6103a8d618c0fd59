//! Reads tasks.md: phases, tasks, and what each task brings.

use super::keyed::{folded, label, words};
use super::story_reference::{heading_priority, only_story};
use super::task_kind::{HeadingSays, Under, task_kind};
use super::task_marks::{Marks, is_done, is_skipped, read_box, story_mark, worded_id};
use super::task_paths::paths;
use super::tests_note::tests_optional;
use crate::document::{Task, TaskPhase, Tasks};
use crate::markdown::{Block, BlockKind, Markdown};
use crate::matching::contains_any;
use crate::plan::Section;
use crate::source::Span;

/// Reads the text of a tasks.md. Never fails.
#[must_use]
pub fn tasks(text: &str) -> Tasks {
    read_tasks(&Markdown::parse(text))
}

/// Reads a tasks.md.
pub(crate) fn read_tasks(markdown: &Markdown<'_>) -> Tasks {
    let outline = Outline::read(markdown);
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
    Tasks { phases, tests_optional: tests_optional(markdown) }
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

/// A heading, and what it says about the tasks below it.
struct Heading {
    section: Section,
    parent: Option<usize>,
    /// The phase's number.
    number: Option<u32>,
    story: Option<u32>,
    says: HeadingSays,
    /// Over a part of a story's work rather than over the story.
    part: bool,
    /// Only speaks of tasks: dependencies, strategy, notes.
    elsewhere: bool,
    /// Shows how tasks are written.
    example: bool,
    /// Over criteria, which have boxes too.
    criteria: bool,
    /// "Tasks", with the phases below it.
    container: bool,
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
    /// Boxes below a task that is a heading are all ticked, or a row says so.
    done: bool,
    heading: Option<usize>,
    /// The bold line above it that works as a heading.
    label: Option<usize>,
}

/// A bold line of its own.
struct BoldLine {
    says: HeadingSays,
    criteria: bool,
}

struct Outline<'m, 'a> {
    markdown: &'m Markdown<'a>,
    headings: Vec<Heading>,
    labels: Vec<BoldLine>,
    entries: Vec<Entry>,
    /// The last entry that is a heading.
    open_heading: Option<usize>,
}

impl<'m, 'a> Outline<'m, 'a> {
    fn read(markdown: &'m Markdown<'a>) -> Self {
        let (headings, labels, entries) = (headings(markdown.sections()), Vec::new(), Vec::new());
        let mut outline = Self { markdown, headings, labels, entries, open_heading: None };
        let mut heading: Option<usize> = None;
        let mut label_above: Option<usize> = None;
        // The depths of the open items with boxes.
        let mut boxes: Vec<u8> = Vec::new();
        for block in &markdown.blocks {
            if block.depth == 0 {
                boxes.clear();
            }
            match block.kind {
                BlockKind::Heading { .. } => {
                    let index = heading.map_or(0, |last| last + 1);
                    outline.heading(block, index);
                    (heading, label_above) = (Some(index), None);
                }
                BlockKind::Paragraph if block.depth == 0 => {
                    let raw = markdown.raw(block.content);
                    if raw.starts_with("**") && label(raw).is_some_and(|label| label.value.is_empty()) {
                        label_above = Some(outline.labels.len());
                        let says = HeadingSays::read(&markdown.plain(block.content));
                        outline.labels.push(BoldLine { says, criteria: is_criteria(&folded(raw)) });
                    }
                }
                BlockKind::Item { number } => {
                    boxes.retain(|depth| *depth < block.depth);
                    if let Some(mut entry) = outline.item(block, number) {
                        entry.nested = !boxes.is_empty();
                        (entry.heading, entry.label) = (heading, label_above);
                        if entry.tick.is_some() {
                            boxes.push(block.depth);
                        }
                        outline.entries.push(entry);
                    }
                }
                BlockKind::Table { index } => outline.table(index, heading),
                _ => {}
            }
        }
        outline
    }

    fn item(&mut self, block: &Block, number: Option<u64>) -> Option<Entry> {
        let raw = self.markdown.raw(block.content);
        let (tick, behind) = read_box(raw);
        // A box below a task that is a heading ticks a part of it.
        if let (Some(tick), Some(heading)) = (tick, self.open_heading) {
            let heading = &mut self.entries[heading];
            heading.done = is_done(tick) && (heading.tick.is_none() || heading.done);
            heading.tick = Some(tick);
        }
        let marks = Marks::read(raw, block.content.start as usize, behind);
        let form = match (tick.is_some(), marks.id.is_some(), number) {
            (true, true, _) => Form::Boxes,
            (true, false, _) => Form::PlainBoxes,
            (false, true, _) if block.depth == 1 => Form::Bullets,
            (false, false, Some(_)) if block.depth == 1 => Form::Numbers,
            _ => return None,
        };
        Some(Entry { tick, ..Entry::new(form, block.content, block.span, marks) })
    }

    fn heading(&mut self, block: &Block, index: usize) {
        let raw = self.markdown.raw(block.content);
        let offset = block.content.start as usize;
        let (tick, behind) = read_box(raw);
        let mut marks = Marks::read(raw, offset, behind);
        self.open_heading = None;
        if marks.id.is_none() {
            let Some((id, end)) = worded_id(&raw[behind..]) else { return };
            marks = Marks { id: Some(id), ..Marks::read(raw, offset, behind + end) };
        }
        let Some(heading) = self.headings.get(index) else { return };
        let name = folded(raw);
        let done = tick.is_some_and(is_done)
            || raw.contains(['✅', '✔', '☑'])
            || words(&name).last().is_some_and(|word| matches!(word, "done" | "complete" | "completed" | "erledigt"));
        let entry = Entry::new(Form::Headings, block.content, heading.section.span, marks);
        self.open_heading = Some(self.entries.len());
        self.entries.push(Entry { done, heading: heading.parent, ..entry });
    }

    fn table(&mut self, index: usize, heading: Option<usize>) {
        let Some(table) = self.markdown.tables.get(index) else { return };
        for row in &table.rows {
            let [first, rest @ ..] = row.cells.as_slice() else { continue };
            let mut marks = Marks::read(self.markdown.raw(*first), first.start as usize, 0);
            if marks.id.is_none() {
                continue;
            }
            marks.end = 0;
            let done = rest.iter().any(|cell| {
                let cell = folded(self.markdown.raw(*cell));
                contains_any(&cell, &["✅", "✔", "☑", "[x]"])
                    || matches!(cell.trim(), "done" | "complete" | "completed" | "x")
            });
            let content = rest.first().copied().unwrap_or(*first);
            self.entries.push(Entry { done, heading, ..Entry::new(Form::Rows, content, row.span, marks) });
        }
    }

    /// The form that holds most ids; without ids, boxes, then numbers.
    fn form(&self) -> Form {
        let count = |form: Form| self.entries.iter().filter(|e| e.form == form && form.takes(e, self)).count();
        let boxes = count(Form::Boxes);
        if boxes > 0 && boxes * 2 >= count(Form::Headings) {
            return Form::Boxes;
        }
        let ids = [Form::Headings, Form::Bullets, Form::Rows].into_iter().map(|form| (count(form), form));
        let most = ids.filter(|(count, _)| *count > 0).max_by_key(|(count, form)| (*count, *form == Form::Headings));
        match most {
            Some((_, form)) => form,
            None if count(Form::PlainBoxes) > 0 => Form::PlainBoxes,
            None => Form::Numbers,
        }
    }

    /// The headings around an entry, the nearest first.
    fn around(&self, entry: &Entry) -> impl Iterator<Item = (usize, &Heading)> {
        let mut next = entry.heading;
        std::iter::from_fn(move || {
            let index = next?;
            let heading = self.headings.get(index)?;
            next = heading.parent;
            Some((index, heading))
        })
    }

    /// The headings around an entry without the document's title, which says nothing about one task.
    fn above(&self, entry: &Entry) -> impl Iterator<Item = (usize, &Heading)> {
        self.around(entry).filter(|(_, heading)| heading.section.level > 1 || heading.number.is_some())
    }

    /// The section that is the entry's phase: the outermost about one story, else the outermost
    /// numbered one, else the outermost below the title.
    fn phase_of(&self, entry: &Entry) -> Option<usize> {
        let last = |wanted: &dyn Fn(&Heading) -> bool| self.above(entry).filter(|(_, h)| wanted(h)).last();
        last(&|heading| heading.story.is_some() && !heading.part)
            .or_else(|| last(&|heading| heading.number.is_some()))
            .or_else(|| last(&|heading| !heading.container))
            .or_else(|| self.around(entry).last())
            .map(|(index, _)| index)
    }

    fn phase(&self, index: usize) -> TaskPhase {
        let heading = &self.headings[index];
        let title = heading.section.title.as_str();
        TaskPhase {
            title: title.to_owned(),
            number: heading.number,
            story: heading.story,
            priority: heading_priority(title).map(|range| title[range].to_ascii_uppercase()),
            tasks: Vec::new(),
            heading: heading.section.heading,
            span: heading.section.span,
        }
    }

    fn task(&self, entry: &Entry, phase_story: Option<u32>) -> Task {
        let markdown = self.markdown;
        let start = entry.content.start as usize + entry.marks.end;
        let content = Span::new(start, entry.content.end as usize);
        let raw = markdown.raw(content);
        let text = markdown.plain(content);
        let paths = paths(markdown, content);
        let label = entry.label.and_then(|label| self.labels.get(label)).map(|label| label.says);
        let says = label.into_iter().chain(self.above(entry).map(|(_, heading)| heading.says));
        let skipped = entry.marks.skipped || is_skipped(entry.tick, raw, &text);
        let kind = if skipped { Default::default() } else { task_kind(raw, &paths, Under::read(says)) };
        let mark = entry.marks.story.or_else(|| story_mark(raw, start));
        let story = mark.map(|(story, _)| story).or(phase_story);
        Task {
            id: entry.marks.id.clone(),
            done: entry.done || (entry.form != Form::Headings && entry.tick.is_some_and(is_done)),
            skipped,
            parallel: entry.marks.parallel || raw.contains("[P]"),
            story: story.or_else(|| self.above(entry).find_map(|(_, heading)| heading.story)),
            story_mark: mark.map(|(_, span)| span),
            text,
            paths,
            test: kind.test,
            own_test: kind.own_test,
            implementation: kind.implementation,
            span: markdown.trimmed(entry.span),
        }
    }
}

impl Entry {
    fn new(form: Form, content: Span, span: Span, marks: Marks) -> Self {
        let (tick, nested, done, heading, label) = (None, false, false, None, None);
        Self { form, content, span, marks, tick, nested, done, heading, label }
    }
}

impl Form {
    /// Whether `entry` is a task in a document of this form.
    fn takes(self, entry: &Entry, outline: &Outline<'_, '_>) -> bool {
        let any = |wanted: fn(&Heading) -> bool| outline.around(entry).any(|(_, heading)| wanted(heading));
        let elsewhere = || any(|heading| heading.elsewhere);
        let in_phase = || any(|heading| heading.number.is_some() || heading.story.is_some());
        match (self, entry.form) {
            (Form::Boxes, Form::Boxes) => !any(|heading| heading.example),
            // A box without an id is a task of its own at the top of a phase, or where no task has one.
            (Form::Boxes, Form::PlainBoxes) => {
                !entry.nested && in_phase() && !elsewhere() && !is_criterion(entry, outline)
            }
            (Form::PlainBoxes, Form::PlainBoxes) => !entry.nested && !elsewhere() && !is_criterion(entry, outline),
            (Form::Numbers, Form::Numbers) => in_phase() && !elsewhere(),
            (form, found) => form == found && !elsewhere(),
        }
    }
}

fn headings(sections: Vec<Section>) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::with_capacity(sections.len());
    let mut open: Vec<usize> = Vec::new();
    for section in sections {
        open.retain(|index| headings[*index].section.level < section.level);
        let parent = open.last().copied();
        open.push(headings.len());
        let name = folded(&section.title);
        let number = phase_number(&name);
        let says = HeadingSays::read(&section.title);
        headings.push(Heading {
            parent,
            number,
            story: only_story(&section.title),
            part: says.tests.is_some() || is_part(&name),
            says,
            example: contains_any(&name, EXAMPLES),
            elsewhere: number.is_none() && (contains_any(&name, EXAMPLES) || contains_any(&name, ELSEWHERE)),
            criteria: is_criteria(&name),
            container: CONTAINERS.contains(&name.trim()),
            section,
        });
    }
    headings
}

const EXAMPLES: &[&str] =
    &["example", "format:", "conventions", "generation rules", "ejemplo", "exemplo", "konvention"];

#[rustfmt::skip]
const CONTAINERS: &[&str] = &[
    "tasks", "task list", "task breakdown", "implementation tasks", "tareas", "lista de tareas", "tarefas", "tâches",
    "aufgaben", "zadania", "задачи", "タスク", "タスク一覧", "작업", "작업 목록", "任务", "任務", "任务列表", "任務清單", "任务清单",
];

/// Sections around the tasks that only speak of them.
#[rustfmt::skip]
const ELSEWHERE: &[&str] = &[
    "dependenc", "parallel", "execution", "strategy", "checklist", "summary", "notes", "success", "definition of done",
    "quality gate", "criteria", "organization", "coverage", "mapping", "risk", "dependênci", "estrategia",
    "estratégia", "resumen", "resumo", "abhängigkeit", "zusammenfassung", "zależności", "依存", "依賴", "依赖", "並列",
    "並行", "并行", "戦略", "策略", "まとめ", "注意", "의존성", "병렬", "요약", "전략",
];

fn is_criteria(folded: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "criteria", "acceptance", "definition of done", "checklist", "checkpoint", "verification", "validation",
        "independent test", "criterios", "critérios", "kriterien", "基準", "标准", "標準", "기준",
    ];
    contains_any(folded, WORDS)
}

/// A box in a list of criteria, or one that ticks an id of the spec.
fn is_criterion(entry: &Entry, outline: &Outline<'_, '_>) -> bool {
    let label = entry.label.and_then(|label| outline.labels.get(label)).is_some_and(|label| label.criteria);
    let nearest = outline.around(entry).next().is_some_and(|(_, heading)| heading.criteria);
    let raw = outline.markdown.raw(entry.content);
    let text = raw.get(entry.marks.end..).unwrap_or_default();
    label || nearest || ["SC-", "FR-", "AC-", "NFR-"].iter().any(|prefix| text.starts_with(prefix))
}

/// Whether a heading that names a story stands over a part of its work only.
fn is_part(folded: &str) -> bool {
    #[rustfmt::skip]
    const STARTS: &[&str] = &[
        "implement", "verif", "valid", "integrat", "unit", "checkpoint", "backend", "frontend", "service", "repository",
    ];
    let first = words(folded).next().unwrap_or_default();
    STARTS.iter().any(|start| first.starts_with(start)) || contains_any(folded, &["implementation for", "tests for"])
}

/// The number in "Phase 3: …", "Fase 2 -", "フェーズ1", "阶段 4", "Milestone 2".
fn phase_number(folded: &str) -> Option<u32> {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "phase", "fase", "faza", "etapa", "étape", "etap", "milestone", "sprint", "фаза", "этап", "フェーズ", "段階",
        "단계", "페이즈", "阶段", "階段", "第",
    ];
    let name = folded.trim_start_matches(|c: char| !c.is_alphabetic());
    let rest = WORDS.iter().find_map(|word| name.strip_prefix(word))?;
    let rest = rest.trim_start_matches([' ', '-', '#', '.', '第', '\u{a0}']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return rest[..digits].parse().ok();
    }
    let c = rest.chars().next()?;
    "零一二三四五六七八九".chars().position(|digit| digit == c).and_then(|digit| u32::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TestKind;

    /// One line per task: phase, id, story, kind.
    fn read(text: &str) -> Vec<String> {
        let tasks = tasks(text);
        let line = |phase: &TaskPhase, task: &Task| {
            let kind = match (task.test, task.own_test, task.implementation) {
                (Some(_), ..) => "test",
                (_, Some(_), _) => "both",
                (_, _, true) => "code",
                _ => "-",
            };
            let number = phase.number.map_or("-".to_owned(), |number| number.to_string());
            let story = task.story.map_or("-".to_owned(), |story| story.to_string());
            let done = if task.done { "x" } else { "." };
            format!("{number} {} {story} {done} {kind}", task.id.as_deref().unwrap_or("?"))
        };
        tasks.phases.iter().flat_map(|phase| phase.tasks.iter().map(move |task| line(phase, task))).collect()
    }

    #[test]
    fn the_usual_form() {
        let text = "# Tasks: Polls\n\n## Format: `[ID] [P?] [Story]`\n\n- [ ] T000 An example\n\n\
            ## Phase 1: Setup\n\n- [x] T001 Create src/main.ts\n\n\
            ## Phase 3: User Story 1 - Vote (Priority: P1) 🎯 MVP\n\n\
            ### Tests for User Story 1 ⚠️\n\n- [ ] T002 [P] [US1] Contract test for POST /votes in tests/contract/votes.ts\n\n\
            ### Implementation for User Story 1\n\n- [ ] T003 Create `src/votes.ts`\n  - [ ] write it\n- [ ] T004 [US2] Run the tests\n\n\
            ## Dependencies\n\n- T003 before T004\n- [ ] All done\n";
        assert_eq!(read(text), ["1 T001 - x -", "3 T002 1 . test", "3 T003 1 . code", "3 T004 2 . -"]);
        let tasks = tasks(text);
        let story = &tasks.phases[1];
        assert_eq!((story.story, story.priority.as_deref()), (Some(1), Some("P1")));
        assert_eq!(story.tasks[0].test, Some(TestKind::Contract));
        assert_eq!(story.tasks[1].paths, ["src/votes.ts"]);
        assert_eq!(story.tasks[2].story_mark.map(|span| span.text(text)), Some("[US2]"));
        assert!(story.tasks[0].parallel && !story.tasks[1].parallel);
    }

    #[test]
    fn tasks_without_the_usual_marks() {
        for (text, expected) in [
            (
                "## Phase 1: Core\n\n- [x] Create src/a.ts\n- [ ] Add tests for it\n",
                vec!["1 ? - x code", "1 ? - . test"],
            ),
            (
                "## Core\n\n### T1 — Counter — DONE\n\n- **Output:** `src/a.ts`\n\n### T2 — Vote\n",
                vec!["- T1 - x -", "- T2 - . -"],
            ),
            (
                "## Phase 1\n\n#### Task 1.1: Create the model\n\n- [x] a\n- [x] b\n\n#### Task 1.2: Add tests\n\n- [x] a\n- [ ] b\n",
                vec!["1 1.1 - x code", "1 1.2 - . test"],
            ),
            (
                "## Tasks\n\n### Core\n\n- **T001** [P]: Create src/a.ts\n- **T002**: Add unit tests\n",
                vec!["- T001 - . code", "- T002 - . test"],
            ),
            (
                "| # | Task | Status |\n|---|---|---|\n| T1 | Create `src/a.ts` | ✅ |\n| T2 | Add tests | |\n",
                vec!["- T1 - x code", "- T2 - . test"],
            ),
            (
                "## Phase 2: Core\n\n1. **Create the model**\n2. **Add unit tests**\n",
                vec!["2 ? - . code", "2 ? - . test"],
            ),
            ("## 阶段 3：用户故事 2 - 投票\n\n- [ ] T001 在 src/a.ts 实现投票\n", vec!["3 T001 2 . code"]),
            ("## Phase 3.2: Tests First (TDD)\n\n- [ ] T004 [P] Empty polls are refused\n", vec!["3 T004 - . test"]),
            (
                "- [ ] 1. Backend\n  - [ ] 1.1 Create src/a.ts\n  - [ ] 1.2 Create src/b.ts\n",
                vec!["- 1.1 - . code", "- 1.2 - . code"],
            ),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_bold_line_works_as_a_heading() {
        let text = "## Phase 3: User Story 1\n\n**Tests (write first):**\n\n- [ ] T001 Empty polls are refused\n\n\
            **Implementation:**\n\n- [ ] T002 Create src/a.ts\n";
        assert_eq!(read(text), ["3 T001 1 . test", "3 T002 1 . code"]);
    }

    #[test]
    fn stories_come_from_inner_phases_too() {
        let text = "## Phase 3: Stories\n\n### User Story 1 (P1)\n\n#### Tests\n\n- [ ] T001 Add tests\n\n#### Code\n\n- [ ] T002 Create src/a.ts\n\n### User Story 2 (P2)\n\n- [ ] T003 Create src/b.ts\n";
        let tasks = tasks(text);
        assert_eq!(tasks.phases.iter().map(|phase| phase.story).collect::<Vec<_>>(), [Some(1), Some(2)]);
        assert_eq!(tasks.phases[0].tasks.len(), 2);
    }

    #[test]
    fn any_text_gives_a_model() {
        for text in
            ["", "- [", "- [ ]", "# \n## Phase\n- [x] T", "|a|\n|-|\n| T1 |\n", "- [x]\u{0}T1 [US", "```\n- [ ] T001\n"]
        {
            let _ = tasks(text);
        }
    }
}
