//! A principle about test-first work that the tasks do not bear out.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::called;
use crate::brief::cut;
use crate::diagnostic::{Finding, Place};
use crate::document::{Task, Tasks};
use crate::feature::Read;
use crate::gate::GateContext;
use crate::plan::Status;

/// How principles about it are called, in lower case with `-` for every space.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "test-first", "tests-first", "test-driven", "tests-driven", "tdd", "red-green", "tests-before", "test-before",
    "テスト駆動", "テストファースト", "テスト先行", "测试驱动", "测试先行", "测试优先", "測試驅動", "測試先行", "測試優先", "测试第一", "테스트-주도",
    "테스트-우선", "테스트-먼저", "guiado-por-pruebas", "dirigido-por-pruebas", "pruebas-primero", "orientado-a-testes",
    "guiado-por-testes", "dirigido-por-testes", "testes-primeiro", "piloté-par-les-tests", "dirigé-par-les-tests",
    "tests-d'abord", "testgetrieben", "tests-zuerst", "test-zuerst", "testy-najpierw", "sterowane-testami",
    "через-тестирование", "тесты-сначала", "сначала-тесты", "guidato-dai-test", "testgedreven",
];

/// PLN405.
pub(super) fn unproven(cx: &GateContext<'_>) -> Vec<Finding> {
    let Ok(tasks) = cx.feature.tasks() else { return Vec::new() };
    let principles = || cx.assessment.principles.iter().filter(|principle| is_test_first(&principle.name));
    // Its questions are asked by a pack that knows better.
    if principles().any(|principle| principle.asked().next().is_some()) {
        return Vec::new();
    }
    let doubts = doubts(cx, tasks);
    let Some((first, _)) = doubts.first() else { return Vec::new() };
    principles()
        .filter(|principle| principle.declared == Some(Status::Pass))
        .filter_map(|principle| {
            let (_, assessed) = principle.declared_at?.of(cx.plan())?;
            let message = format!("{} is declared pass, but {first}", called(principle, assessed));
            let finding = cx
                .finding(assessed.heading, message)
                .help("write the tests' tasks before the implementation's, or declare the principle as it is: ⚠️ with a row in Complexity Tracking, or N/A with a reason")
                .subject(principle.subject());
            Some(doubts.iter().fold(finding, |finding, (what, place)| finding.related(place.clone(), what.clone())))
        })
        .take(1)
        .collect()
}

fn is_test_first(name: &str) -> bool {
    let name: String =
        name.to_lowercase().chars().map(|c| if matches!(c, ' ' | '‑' | '_') { '-' } else { c }).collect();
    NAMES.iter().any(|known| {
        name.match_indices(known).any(|(at, _)| {
            let ends = !name[at + known.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            !known.is_ascii() || ends && !name[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
        })
    })
}

/// What speaks against it, the gravest first, each with its place.
fn doubts(cx: &GateContext<'_>, tasks: Read<'_, Tasks>) -> Vec<(String, Place)> {
    let mut doubts = Vec::new();
    let open: Vec<&Task> = tasks.model.iter().filter(|task| !task.skipped).collect();
    let Some(implementation) = open.iter().find(|task| task.implementation) else { return doubts };
    if open.iter().all(|task| task.test_kind().is_none()) {
        let place = tasks.tests_optional.as_ref().map_or(implementation.span, |note| note.span);
        doubts.push(("no task in tasks.md writes a test".to_owned(), tasks.place(place)));
    } else if let Some((story, test)) = late_tests(&open) {
        let which = story.map_or_else(|| "the tests".to_owned(), |story| format!("every test of user story {story}"));
        let id = test.id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
        let verb = if story.is_some() { "comes" } else { "come" };
        doubts.push((format!("{which} {verb} after the implementation{id}"), tasks.place(test.span)));
    }
    if let Some(testing) = cx.plan().technical_context.as_ref().and_then(|context| context.testing.as_ref())
        && is_manual(&testing.text)
    {
        doubts.push((format!("Testing is \"{}\"", cut(&testing.text, 60)), cx.place(testing.span)));
    }
    doubts
}

/// The first story whose tests all come after all of its implementation, with the first of these tests.
/// Where no task names a story, the tasks are looked at as one.
fn late_tests<'a>(tasks: &[&'a Task]) -> Option<(Option<u32>, &'a Task)> {
    let mut stories: BTreeMap<Option<u32>, Vec<&'a Task>> = BTreeMap::new();
    let told = tasks.iter().any(|task| task.story.is_some());
    let of_tests = files_of_tests(tasks);
    for task in tasks.iter().filter(|task| task.story.is_some() || !told) {
        stories.entry(task.story).or_default().push(task);
    }
    stories.into_iter().find_map(|(story, tasks)| {
        let first_test = tasks.iter().position(|task| task.test.is_some())?;
        let is_production = |task: &Task| task.implementation && !is_for_tests(task, &of_tests);
        let last_implementation = tasks.iter().rposition(|task| is_production(task))?;
        // A task that brings code and its test together says nothing of their order.
        let together = tasks.iter().any(|task| task.own_test.is_some());
        (first_test > last_implementation && !together).then(|| (story, tasks[first_test]))
    })
}

/// Names of files that some task places in a folder of tests: fixtures and scenarios that other tasks
/// name without it.
fn files_of_tests<'a>(tasks: &[&'a Task]) -> BTreeSet<&'a str> {
    let in_tests =
        |path: &&'a String| path.split('/').rev().skip(1).any(|part| part.to_ascii_lowercase().contains("test"));
    let paths = tasks.iter().flat_map(|task| &task.paths).filter(in_tests);
    paths.filter_map(|path| path.rsplit('/').next()).collect()
}

fn is_for_tests(task: &Task, of_tests: &BTreeSet<&str>) -> bool {
    !task.paths.is_empty() && task.paths.iter().all(|path| of_tests.contains(path.as_str()))
}

/// "Manual testing", "N/A", "None": nothing that a machine runs.
fn is_manual(testing: &str) -> bool {
    #[rustfmt::skip]
    const MANUAL: &[&str] = &[
        "n/a", "none", "manual", "no automated", "no test", "not applicable", "not required", "no unit", "no framework",
        "nenhum", "ninguno", "ninguna", "pruebas manuales", "testes manuais", "tests manuels", "aucun", "manuell", "keine",
        "手動", "手动", "无", "無", "なし", "수동", "없음", "ręczne", "brak", "вручную", "ручн",
    ];
    #[rustfmt::skip]
    const AUTOMATED: &[&str] = &[
        "jest", "vitest", "mocha", "playwright", "cypress", "pytest", "unittest", "go test", "cargo test", "xunit", "nunit",
        "mstest", "junit", "rspec", "phpunit", "pest", "xctest", "swift test", "flutter test", "exunit", "bats", "selenium",
        "node --test", "node:test", "deno test", "bun test", "npm test", "testing library", "unit tests", "integration tests",
        "automated tests", "e2e tests", "kotest", "karma", "jasmine", "testify",
    ];
    let lower = testing.trim_start_matches(['*', '`', ' ', '[']).to_lowercase();
    MANUAL.iter().any(|word| lower.starts_with(word)) && !AUTOMATED.iter().any(|word| is_claimed(&lower, word))
}

/// Whether a word stands in the text, and isn't denied: "no Jest", "without unit tests".
fn is_claimed(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let mut before = text[..at].split_whitespace().rev().take(3);
        !before.any(|word| {
            matches!(word.trim_matches(|c: char| !c.is_alphabetic()), "no" | "not" | "without" | "new" | "existing")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principles_are_known_by_name() {
        for (name, expected) in [
            ("Test-First Development (NON-NEGOTIABLE)", true),
            ("Test Driven Development", true),
            ("TDD", true),
            ("測試先行", true),
            ("테스트 우선", true),
            ("Testing Standards", false),
            ("Contest First", false),
        ] {
            assert_eq!(is_test_first(name), expected, "{name}");
        }
    }

    #[test]
    fn manual_testing_is_told_from_a_framework() {
        for (text, expected) in [
            ("Manual testing (existing pattern — no frontend test framework in place)", true),
            ("N/A", true),
            ("Manual verification; no Jest, no Playwright", true),
            ("Manual exploratory testing, plus Vitest unit tests", false),
            ("pytest", false),
        ] {
            assert_eq!(is_manual(text), expected, "{text}");
        }
    }
}
