//! Whether tests stand before the code that they test, in the order of tasks.

use plangate_core::document::{Task, Tasks};

use crate::package_item::contains_name;

/// Each story's first implementation that stands before its test, with that test.
pub(crate) fn inverted(tasks: &Tasks) -> Vec<(&Task, &Task)> {
    stories(tasks).into_iter().filter_map(|story| out_of_order(tasks, story)).collect()
}

/// The stories that tasks carry, in order; one group without a story where none does.
fn stories(tasks: &Tasks) -> Vec<Option<u32>> {
    let mut stories: Vec<Option<u32>> = Vec::new();
    for story in tasks.iter().map(|task| task.story).filter(Option::is_some) {
        if !stories.contains(&story) {
            stories.push(story);
        }
    }
    if stories.is_empty() { vec![None] } else { stories }
}

/// The first implementation with a test behind it that should have stood before it.
///
/// Test and code may take turns within a story. So a later test counts only where no test at all
/// stands before the implementation, or where it tests the very file; and never where it is an old one that the new
/// code makes necessary to adapt. Without stories the foundations rightly come first: then every test must stand
/// behind all of the code.
fn out_of_order(tasks: &Tasks, story: Option<u32>) -> Option<(&Task, &Task)> {
    if story.is_none() {
        let all: Vec<&Task> = tasks.iter().filter(|task| !task.skipped).collect();
        let first_test = all.iter().position(|task| is_test(task))?;
        let last_code = all.iter().rposition(|task| is_code(task))?;
        let first_code = all.iter().find(|task| is_code(task))?;
        let new_test = all.iter().find(|task| is_new_test(task))?;
        return (last_code < first_test).then_some((*first_code, *new_test));
    }
    let mut tested = false;
    for phase in &tasks.phases {
        let of_story: Vec<&Task> = phase.tasks.iter().filter(|task| task.story == story && !task.skipped).collect();
        if let Some(pair) = out_of_order_in(&of_story, tested) {
            return Some(pair);
        }
        // Tests that carry no story may be the story's; they stand ahead of it all the same.
        tested |= phase.tasks.iter().any(|task| is_test(task) && task.story.is_none_or(|of| Some(of) == story));
    }
    None
}

fn out_of_order_in<'a>(tasks: &[&'a Task], tested: bool) -> Option<(&'a Task, &'a Task)> {
    let first_code = tasks.iter().position(|task| is_code(task))?;
    let first_test = tasks.iter().position(|task| is_test(task))?;
    if !tested && first_code < first_test {
        return tasks.iter().find(|task| is_new_test(task)).map(|test| (tasks[first_code], *test));
    }
    tasks.iter().enumerate().filter(|(_, task)| is_code(task)).find_map(|(at, code)| {
        let subjects: Vec<String> = code.paths.iter().filter_map(|path| subject(path)).collect();
        let tests = |task: &Task| is_test(task) && tested_subject(task).is_some_and(|name| subjects.contains(&name));
        let behind = tasks[at..].iter().find(|task| tests(task) && is_new_test(task))?;
        let before = tasks[..at].iter().any(|task| tests(task));
        (!before && !tested).then_some((*code, *behind))
    })
}

fn is_test(task: &Task) -> bool {
    task.test.is_some() && !task.skipped
}

/// First words of tasks that adapt what is there.
const ADAPTING: &[&str] = &[
    "update", "adapt", "adjust", "align", "fix", "repair", "migrate", "rename", "refactor", "modify", "actualizar",
    "adaptar", "ajustar", "atualizar", "adapter", "aktualisiere", "anpassen", "zaktualizuj", "обновить",
];

/// A test that is written now, and not an old one that is adapted.
fn is_new_test(task: &Task) -> bool {
    let text = task.text.to_lowercase();
    let first = text.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    is_test(task) && !ADAPTING.contains(&first)
}

/// Words of tasks that make room for code: a test needs something to be compiled against.
const ROOM_FOR_CODE: &[&str] = &["stub", "stubs", "skeleton", "scaffold", "placeholder", "boilerplate", "empty"];

/// Whether a task writes code that a test should have preceded: neither a stub nor settings.
pub(crate) fn is_code(task: &Task) -> bool {
    let settings = !task.paths.is_empty() && task.paths.iter().all(|path| is_settings(path));
    task.implementation && !settings && !mentions(task, ROOM_FOR_CODE)
}

fn is_settings(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ends = [
        ".json", ".toml", ".yml", ".yaml", ".mod", ".lock", ".md", ".env", ".csproj", ".xml", ".gradle", ".ini", ".sql",
    ];
    name == "__init__.py"
        || name.contains(".config.")
        || name.contains(".workspace.")
        || ends.iter().any(|end| name.ends_with(end))
}

/// What the test file of a task is about.
fn tested_subject(task: &Task) -> Option<String> {
    let is_test_file = |path: &&String| {
        let lower = path.to_lowercase();
        lower.contains("test") || lower.contains("spec")
    };
    task.paths.iter().find(is_test_file).and_then(|path| subject(path))
}

/// What a source or test file is about: `tests/unit/test_bid.py` and `src/bid.py` are both about `bid`.
fn subject(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let stem = stem.trim_start_matches("test_").trim_end_matches("_test").trim_end_matches("_spec");
    let stem = stem.strip_suffix("tests").or_else(|| stem.strip_suffix("test")).unwrap_or(stem);
    let generic =
        ["index", "main", "mod", "lib", "app", "init", "__init__", "server", "page", "route", "types", "package"];
    (stem.len() > 2 && !generic.contains(&stem)).then(|| stem.to_owned())
}

/// Whether a task's text has one of these names.
pub(crate) fn mentions(task: &Task, words: &[&str]) -> bool {
    let text = task.text.to_lowercase();
    words.iter().any(|word| contains_name(&text, word))
}
