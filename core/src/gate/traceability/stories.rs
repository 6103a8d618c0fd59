//! Which stories the tasks carry.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::diagnostic::Finding;
use crate::document::{Spec, Story, TaskPhase, Tasks};
use crate::feature::Read;
use crate::gate::GateContext;
use crate::matching::Words;
use crate::parse::{holds_digit, numbered_story};
use crate::source::{Span, beginning};

/// No feature has more stories; where it seems so, the first ones say enough.
const MANY: usize = 20;

/// PLN401.
pub(super) fn unplanned(cx: &GateContext<'_>) -> Vec<Finding> {
    let (Ok(spec), Ok(tasks)) = (cx.feature.spec(), cx.feature.tasks()) else { return Vec::new() };
    let carried = carried(tasks);
    // Tasks of an older template, or in an order of their own, carry no story at all.
    if !is_by_story(tasks.model)
        || !spec.stories.iter().any(|story| story.number.is_some_and(|number| carried.contains(&number)))
    {
        return Vec::new();
    }
    let deferred = LazyCell::new(|| deferred([cx.text(), &tasks.document.text, &spec.document.text]));
    let unnamed = LazyCell::new(|| Unnamed::of(tasks));
    let open = spec.stories.iter().filter_map(|story| Some((story.number?, story))).filter(|(number, story)| {
        !carried.contains(number)
            && !deferred.contains(number)
            && !is_deferral(&story.title)
            && !is_carried_by_name(story, spec, tasks)
            && !unnamed.carry(story, spec)
    });
    let mut said = BTreeSet::new();
    open.filter(|(number, _)| said.insert(*number))
        .take(MANY)
        .map(|(number, story)| {
            Finding::new(spec.place(story.heading), format!("no task carries user story {number}"))
                .help(format!("add tasks marked [US{number}], or say in tasks.md that the story is deferred"))
                .subject(format!("US{number}"))
        })
        .collect()
}

/// PLN402.
pub(super) fn unknown(cx: &GateContext<'_>) -> Vec<Finding> {
    let (Ok(spec), Ok(tasks)) = (cx.feature.spec(), cx.feature.tasks()) else { return Vec::new() };
    let defined = defined(spec);
    if defined.is_empty() || spec.stories.iter().any(|story| story.number.is_none()) {
        return Vec::new();
    }
    let mut marked: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    for task in tasks.iter() {
        if let (Some(number), Some(mark)) = (task.story, task.story_mark)
            && !defined.contains(&number)
        {
            marked.entry(number).or_default().push(mark);
        }
    }
    let findings = marked.iter().filter_map(|(number, marks)| {
        let more = if marks.len() > 1 { format!(" ({} tasks)", marks.len()) } else { String::new() };
        let message = format!("spec.md defines no user story {number}{more}");
        let finding = Finding::new(tasks.place(*marks.first()?), message);
        Some(finding.help("correct the mark, or write the story into spec.md").subject(format!("US{number}")))
    });
    findings.take(MANY).collect()
}

/// Whether tasks are sorted by story: they are marked, or stand below headings that name one.
fn is_by_story(tasks: &Tasks) -> bool {
    tasks.iter().any(|task| task.story_mark.is_some())
        || tasks.phases.iter().any(|phase| phase.story.is_some() || !stories_in(&phase.title).is_empty())
}

fn defined(spec: Read<'_, Spec>) -> BTreeSet<u32> {
    spec.model.stories.iter().filter_map(|story| story.number).collect()
}

/// The stories that tasks carry: by their marks, by the headings above them, and by what a phase says
/// before its first task ("Covers: US1, US3").
fn carried(tasks: Read<'_, Tasks>) -> BTreeSet<u32> {
    let text = tasks.document.text.as_str();
    let mut carried = BTreeSet::new();
    for phase in &tasks.model.phases {
        carried.extend(phase.story);
        carried.extend(stories_in(&phase.title));
        carried.extend(stories_in(introduction(phase, text)));
        for task in &phase.tasks {
            carried.extend(task.story);
            // "[US1][US2]", "[US1, US3]"
            carried.extend(stories_in(task.span.text(text)));
        }
    }
    carried
}

/// Whether a task cites what this story alone is about: a requirement's id, a command, a route or code that
/// no other story names.
fn is_carried_by_name(story: &Story, spec: Read<'_, Spec>, tasks: Read<'_, Tasks>) -> bool {
    let text = spec.document.text.as_str();
    let others = || spec.model.stories.iter().filter(|other| other.span != story.span);
    let mut names = identifiers(story.span.text(text));
    names.retain(|name| !others().any(|other| identifiers(other.span.text(text)).contains(name)));
    if names.is_empty() {
        return false;
    }
    let said = &tasks.document.text;
    let mut tasks = tasks.model.phases.iter().flat_map(|phase| &phase.tasks);
    tasks.any(|task| !identifiers(task.span.text(said)).is_disjoint(&names))
}

/// What the phases that name no story say of their tasks.
struct Unnamed {
    phases: Vec<(Words, Vec<Words>)>,
}

impl Unnamed {
    /// So many phases are compared with stories, so many lines of what each says before its first task, and so many
    /// letters of a line.
    const MOST: (usize, usize, usize) = (100, 10, 400);

    fn of(tasks: Read<'_, Tasks>) -> Self {
        let (phases, lines, letters) = Self::MOST;
        let text = tasks.document.text.as_str();
        let unnamed = |phase: &&TaskPhase| {
            phase.story.is_none()
                && phase.tasks.iter().any(|task| !task.skipped)
                && stories_in(&phase.title).is_empty()
                && stories_in(introduction(phase, text)).is_empty()
        };
        let said = |phase: &TaskPhase| {
            // "**Independent Test**: …" without its label.
            let values = introduction(phase, text).lines().filter(|line| !line.trim().is_empty()).take(lines);
            let values = values.map(|line| line.split_once([':', '：']).map_or(line, |(_, value)| value));
            values.map(|value| Words::of(beginning(value, letters))).collect()
        };
        let phases = tasks.model.phases.iter().filter(unnamed).take(phases);
        Self { phases: phases.map(|phase| (Words::of(beginning(&phase.title, letters)), said(phase))).collect() }
    }

    /// Whether one of them is the story's: it repeats the Independent Test, or its title has the words that only this
    /// story's title has.
    fn carry(&self, story: &Story, spec: Read<'_, Spec>) -> bool {
        /// A shorter test, such as "by hand", says of no story what it is about.
        const TELLING: usize = 6;
        if self.phases.is_empty() {
            return false;
        }
        let letters = Self::MOST.2;
        let test = story.independent_test.as_ref().map(|test| Words::of(beginning(&test.text, letters)));
        let test = test.filter(|test| test.significant().count() >= TELLING);
        let others = spec.model.stories.iter().filter(|other| other.span != story.span).take(Self::MOST.0);
        let others: Vec<Words> = others.map(|other| Words::of(beginning(&other.title, letters))).collect();
        let title = Words::of(beginning(&story.title, letters));
        let own = title.keywords().without(&others);
        self.phases.iter().any(|(title, said)| {
            let shared = own.shared(&title.keywords());
            let titled = shared >= 2 && shared * 2 >= own.len();
            titled || test.as_ref().is_some_and(|test| said.iter().any(|line| line.similarity(test) >= 0.75))
        })
    }
}

/// "FR-040", "/deletedata", "`exportPoll`".
fn identifiers(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'' | ',' | ';' | '|'));
    let bare = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/'));
    bare.filter(|word| {
        let slashed = word.strip_prefix('/').is_some_and(|rest| {
            rest.chars().count() >= 4 && rest.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        });
        let id = word.split_once('-').is_some_and(|(kind, number)| {
            matches!(kind, "FR" | "NFR" | "SC")
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && !number.is_empty()
        });
        let camel = word.is_ascii()
            && word.len() >= 8
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && word.bytes().zip(word.bytes().skip(1)).any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase());
        slashed || id || camel
    })
    .collect()
}

/// What a phase says between its heading and its first task.
fn introduction<'a>(phase: &TaskPhase, text: &'a str) -> &'a str {
    let first = phase.tasks.first().map_or(phase.heading.end, |task| task.span.start);
    text.get(phase.heading.end as usize..(first as usize)).unwrap_or_default()
}

/// Stories that some sentence calls deferred.
fn deferred(texts: [&str; 3]) -> BTreeSet<u32> {
    texts.into_iter().flat_map(str::lines).filter(|line| is_deferral(line)).flat_map(stories_in).collect()
}

/// What a sentence says of work that is not done now.
#[rustfmt::skip]
const DEFERRALS: &[&str] = &[
    "~~",
    "deferred", "defer ", "out of scope", "out-of-scope", "postponed", "not in this", "not planned", "future",
    "later release", "later feature", "later iteration", "no tasks", "no task ", "superseded", "dropped", "removed",
    "already implemented", "already covered", "already exists", "already delivered", "no implementation",
    "fuera de alcance", "aplazad", "diferid", "fora de escopo", "fora do escopo", "adiad", "hors périmètre", "reporté",
    "zurückgestellt", "verschoben", "スコープ外", "対象外", "延期", "范围外", "範圍外", "推迟", "暂缓", "범위 외", "제외", "연기",
    "отложен", "odłożon",
];

fn is_deferral(line: &str) -> bool {
    static ANY: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(DEFERRALS).ok());
    ANY.as_ref().is_some_and(|any| any.is_match(line))
}

/// Every story that a text names: "US1 + US2", "User Story 1 & 2", "User Stories 1-3", "[US4]".
pub(super) fn stories_in(text: &str) -> Vec<u32> {
    if !holds_digit(text) {
        return Vec::new();
    }
    let lower = text
        .to_lowercase()
        .replace("stories", "story")
        .replace("histórias", "história")
        .replace("historias", "historia");
    let mut found = Vec::new();
    let mut before = ' ';
    let mut skip_to = 0;
    for (at, c) in lower.char_indices() {
        let begins = at >= skip_to && c.is_alphabetic() && (!before.is_alphanumeric() || !before.is_ascii());
        before = c;
        if !begins {
            continue;
        }
        let Some((number, rest)) = numbered_story(&lower[at..]) else { continue };
        found.push(number);
        let rest = further(rest, number, &mut found);
        skip_to = lower.len() - rest.len();
    }
    found
}

/// Reads what a story's number is joined with: "& 2", ", 3", "–5"; gives what follows.
fn further<'a>(mut rest: &'a str, mut last: u32, found: &mut Vec<u32>) -> &'a str {
    const JOINS: &[&str] = &[",", "&", "+", "/", "and ", "y ", "e ", "et ", "und ", "、", "と", "和"];
    const SPANS: &[&str] = &["-", "–", "—", "..", "to ", "through ", "~", "bis "];
    loop {
        let trimmed = rest.trim_start();
        let joined = |marks: &[&str]| marks.iter().find_map(|mark| trimmed.strip_prefix(mark));
        let (behind, spans) = match (joined(JOINS), joined(SPANS)) {
            (Some(behind), _) => (behind, false),
            (None, Some(behind)) => (behind.trim_start_matches('.'), true),
            (None, None) => return rest,
        };
        let behind = behind.trim_start();
        let digits = behind.strip_prefix("us").unwrap_or(behind).trim_start_matches(['-', ' ']);
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let Ok(number) = digits[..length].parse::<u32>() else { return rest };
        // "User Story 1 - 2 factor login" goes on with words.
        if digits[length..].trim_start().starts_with(char::is_alphabetic) && !behind.starts_with("us") && spans {
            return rest;
        }
        if spans && last < number && number - last <= 50 {
            found.extend(last + 1..number);
        }
        found.push(number);
        last = number;
        rest = &digits[length..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::document::found::{findings, voting};

    #[test]
    fn a_story_is_carried_by_what_it_alone_names() {
        let spec = "# Feature Specification: A\n\n### User Story 1 - Vote (Priority: P1)\n\nA voter sends /vote and sees FR-001.\n\n\
                    ### User Story 2 - Leave (Priority: P3)\n\nA voter sends /deletedata, not /vote (FR-040).\n";
        let unplanned = |task: &str| {
            let tasks = format!("# Tasks: A\n\n## Phase 1\n\n- [ ] T001 [US1] Write src/vote.ts\n- [ ] T002 {task}\n");
            findings("PLN401", &voting("# Implementation Plan: A\n").spec(spec).tasks(tasks).build()).len()
        };
        assert_eq!(unplanned("Add the /deletedata command in src/leave.ts"), 0);
        assert_eq!(unplanned("[FR-040] Ask twice in src/leave.ts"), 0);
        assert_eq!(unplanned("Add the /vote command in src/vote.ts"), 1);
        assert_eq!(unplanned("[FR-001] Count in src/count.ts"), 1);
        assert_eq!(unplanned("Delete data in src/leave.ts"), 1);
    }

    #[test]
    fn a_phase_without_a_mark_carries_the_story_that_it_repeats() {
        let spec = "# Feature Specification: A\n\n### User Story 1 - Vote in a room (Priority: P1)\n\n\
                    **Independent Test**: Open a room and vote once\n\n\
                    ### User Story 2 - Ergebnisse als Tabelle herunterladen (Priority: P2)\n\n\
                    **Independent Test**: Eine Abstimmung schließen und ihre Ergebnisse als Tabelle herunterladen können\n";
        let unplanned = |title: &str, introduction: &str| {
            let tasks = format!(
                "# Tasks: A\n\n## Phase 1: User Story 1\n\n- [ ] T001 [US1] Write src/vote.ts\n\n## {title}\n\n{introduction}\n\n- [ ] T002 Write src/out.ts\n"
            );
            findings("PLN401", &voting("# Implementation Plan: A\n").spec(spec).tasks(tasks).build()).len()
        };
        let test = "**Test**: Eine Abstimmung schließen und die Ergebnisse als Tabelle herunterladen";
        assert_eq!(unplanned("Phase 2: Ausgabe", test), 0);
        assert_eq!(unplanned("Phase 2: Ergebnisse in einer Tabelle", "**Zweck**: Ausgabe"), 0);
        assert_eq!(unplanned("Phase 2: Ausgabe", "**Zweck**: Eine Abstimmung schließen"), 1);
        assert_eq!(unplanned("Phase 2: Ergebnisse", "**Zweck**: Ausgabe"), 1);
        assert_eq!(unplanned("Phase 2: User Story 1, Ergebnisse in einer Tabelle", test), 1);
    }

    #[test]
    fn every_story_of_a_text_is_found() {
        for (text, expected) in [
            ("Phase 3: US1 + US2 + US5 — Core", vec![1, 2, 5]),
            ("Phase 3: User Story 1 & 2 — Add", vec![1, 2]),
            ("User Stories 1 and 3", vec![1, 3]),
            ("[US1][US2] Record a vote", vec![1, 2]),
            ("Covers US1-US4.", vec![1, 2, 3, 4]),
            ("Covers US2–4", vec![2, 3, 4]),
            ("User Story 2 - 2 factor login", vec![2]),
            ("User Story 2 - Vote (Priority: P1)", vec![2]),
            ("Phase 4: status bar", vec![]),
            ("用户故事 3：投票", vec![3]),
        ] {
            assert_eq!(stories_in(text), expected, "{text}");
        }
    }
}
