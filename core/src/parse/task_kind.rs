//! What a task brings: a test, production code, both, or neither. Order findings stand on this, so what
//! is not clear is neither.

use super::keyed::{folded, words};
use super::story_reference::{brackets, leading_story};
use super::task_paths::{FileKind, file_kind};
use super::task_words::*;
use crate::document::TestKind;
use crate::matching::contains_any;

/// What a task brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TaskKind {
    pub(super) test: Option<TestKind>,
    /// Production code and its test in one task.
    pub(super) own_test: Option<TestKind>,
    pub(super) implementation: bool,
}

/// What the headings over a task say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Under {
    /// A heading over tests, and over nothing else.
    pub(super) tests: Option<TestKind>,
    /// The set-up of the project.
    pub(super) setup: bool,
}

/// What the first words ask to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// Writes or changes something.
    Write,
    /// Repairs.
    Fix,
    /// Takes away, or moves elsewhere.
    Remove,
    /// Runs, reviews, verifies, measures.
    Examine,
    /// Installs, configures.
    Prepare,
    /// Documents.
    Document,
    /// "Test the form by hand" or "Test for the form".
    Test,
    /// Anything else, or no verb at all.
    Unknown,
}

/// Judges one task by its raw Markdown (without id and marks), the paths that it names, and its
/// headings.
pub(super) fn task_kind(raw: &str, paths: &[String], under: Under) -> TaskKind {
    let sentence = Sentence::read(raw);
    let task =
        Judged { wide: WideTest::read(&sentence.prose), files: Files::read(paths), text: folded(raw), sentence, under };
    let kind = || test_kind(&task.sentence.prose, paths).or(under.tests).unwrap_or(TestKind::Other);
    match task.brings() {
        Brings::Test => TaskKind { test: Some(kind()), ..TaskKind::default() },
        Brings::Both => TaskKind { own_test: Some(kind()), ..TaskKind::default() },
        Brings::Code => TaskKind { implementation: true, ..TaskKind::default() },
        Brings::Neither => TaskKind::default(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Brings {
    Test,
    Code,
    Both,
    Neither,
}

/// The files that a task names.
struct Files {
    kinds: Vec<FileKind>,
    /// A test is named before any production code.
    test_first: bool,
    /// Tests are named by their ending only: "`poll.ts` (+ `.spec.ts`)".
    suffix_only: bool,
    folders_only: bool,
}

impl Files {
    fn read(paths: &[String]) -> Self {
        let kinds: Vec<FileKind> = paths.iter().map(|path| file_kind(path)).collect();
        let first = kinds.iter().find(|kind| **kind != FileKind::Reference);
        let mut tests = paths.iter().zip(&kinds).filter(|(_, kind)| **kind == FileKind::Test);
        Self {
            test_first: first == Some(&FileKind::Test),
            suffix_only: tests.all(|(path, _)| path.starts_with('.')),
            folders_only: paths.iter().all(|path| !path.contains('.')),
            kinds,
        }
    }

    fn has(&self, kind: FileKind) -> bool {
        self.kinds.contains(&kind)
    }
}

/// What is known of one task.
struct Judged {
    text: String,
    sentence: Sentence,
    files: Files,
    under: Under,
    wide: WideTest,
}

impl Judged {
    fn brings(&self) -> Brings {
        let source = self.files.has(FileKind::Source);
        if !self.writes() || (self.wide == WideTest::Runs && !source) {
            return if self.verifies_by_a_new_test() { Brings::Test } else { Brings::Neither };
        }
        let object_is_test = self.sentence.object_is_test || self.wide == WideTest::Writes && !source;
        if self.under.tests.is_some() || object_is_test && self.sentence.action != Action::Test {
            return Brings::Test;
        }
        if self.files.has(FileKind::Test) { self.with_test_file(object_is_test) } else { self.without_test_file() }
    }

    /// Whether the task writes anything that counts here.
    fn writes(&self) -> bool {
        let (source, test) = (self.files.has(FileKind::Source), self.files.has(FileKind::Test));
        let sentence = &self.sentence;
        match sentence.action {
            Action::Examine => false,
            Action::Prepare => test && sentence.object_is_test,
            Action::Document => false,
            // "Remove the old handler from src/poll.ts" changes production code.
            Action::Remove => source && !sentence.object_is_test,
            Action::Fix if test || sentence.object_is_test => false,
            // "Make the tests pass"
            Action::Write if sentence.makes && self.awaits() => false,
            _ if sentence.makes_folders && self.files.folders_only => false,
            _ => test || !by_hand(&self.text),
        }
    }

    /// "Verify that an empty vote is refused, in tests/contract/votes.rs" writes a test where only
    /// tests are written.
    fn verifies_by_a_new_test(&self) -> bool {
        let outcome = self.awaits() || words(&self.text).any(|word| matches!(word, "run" | "coverage" | "suite"));
        let verifies = self.sentence.action == Action::Examine && self.sentence.verifies && !outcome;
        verifies && self.under.tests.is_some() && self.files.has(FileKind::Test)
    }

    /// Whether the text says how tests end: "… until tests/votes.rs passes".
    fn awaits(&self) -> bool {
        words(&self.text).any(|word| OUTCOMES.contains(&word)) || contains_any(&self.text, &["通過", "通过", "통과"])
    }

    fn with_test_file(&self, object_is_test: bool) -> Brings {
        let source = self.files.has(FileKind::Source);
        if object_is_test {
            return Brings::Test;
        }
        if self.awaits() && (source && !self.files.test_first || self.sentence.implements && !source) {
            return Brings::Code;
        }
        if self.sentence.makes_support && self.sentence.action == Action::Write {
            return Brings::Neither;
        }
        match (source, self.files.test_first, self.files.suffix_only) {
            (_, _, true) | (true, false, _) => Brings::Both,
            (_, true, _) => Brings::Test,
            // Configuration comes first: "Align vitest.config.ts so that poll.spec.ts runs".
            (false, false, _) if self.sentence.action == Action::Write => Brings::Neither,
            (false, false, _) => Brings::Test,
        }
    }

    fn without_test_file(&self) -> Brings {
        let source = self.files.has(FileKind::Source);
        let support = self.files.has(FileKind::TestSupport) && !source;
        if self.sentence.action == Action::Test || support || self.under.setup {
            return Brings::Neither;
        }
        let changes = self.sentence.action == Action::Write || source;
        let tested = self.sentence.brings_tests && changes || self.sentence.adds_tests;
        if tested || matches!(self.wide, WideTest::Both | WideTest::Writes) {
            return Brings::Both;
        }
        if writes_code(&self.sentence, &self.files.kinds) { Brings::Code } else { Brings::Neither }
    }
}

fn writes_code(sentence: &Sentence, kinds: &[FileKind]) -> bool {
    if kinds.contains(&FileKind::Source) {
        return true;
    }
    if kinds.contains(&FileKind::Other) {
        return false;
    }
    let writes = sentence.action == Action::Write || sentence.wide_write;
    writes && !sentence.about_other_things
}

/// "manual", in the languages of the tables.
fn by_hand(text: &str) -> bool {
    contains_any(text, &["manual", "by hand", "手動", "手动", "수동", "ręczn", "вручную", "manuell"])
}

/// What the words of a task say, without code spans and paths.
struct Sentence {
    prose: String,
    action: Action,
    /// The verb is verify, validate, ensure, check or confirm.
    verifies: bool,
    /// What is written is a test.
    object_is_test: bool,
    /// "… with tests", "… and its unit tests".
    brings_tests: bool,
    /// A verb of writing in a language without spaces.
    wide_write: bool,
    /// "… + Tests", whatever the verb.
    adds_tests: bool,
    /// The verb is implement.
    implements: bool,
    /// The verb is make.
    makes: bool,
    /// What is made are folders.
    makes_folders: bool,
    /// What is made is what tests stand on.
    makes_support: bool,
    /// What is written is documents, configuration or folders.
    about_other_things: bool,
}

impl Sentence {
    fn read(raw: &str) -> Self {
        let prose = prose(raw);
        let tokens = tokens(&prose);
        let mut at = 0;
        // "TDD: write …", "**FR-005**: …", "RED – add …"
        let leads = |token: &String| LEADS.contains(&token.as_str()) || !token.contains(char::is_alphanumeric);
        let names_first = names_first(raw);
        while !names_first && tokens.len() > at + 1 && leads(&tokens[at]) {
            at += 1;
        }
        let first = tokens.get(at).map(String::as_str).unwrap_or_default();
        let second = tokens.get(at + 1).map(String::as_str).unwrap_or_default();
        // What follows the name of a file describes it: "`votes.test.ts`: check the counter".
        let worded = || wide_action(&prose).unwrap_or_else(|| action(first, second));
        let action = if names_first { Action::Unknown } else { worded() };
        let object = if matches!(action, Action::Unknown) { at } else { at + 1 };
        let object = if action == Action::Test { at } else { object };
        let (object_is_test, end) = object_is_test(&tokens[object.min(tokens.len())..]);
        let brings_tests = tokens.get(object + end..).is_some_and(mentions_tests);
        let folded = folded(&prose);
        let wide_write = contains_any(&folded, WIDE_WRITE) && !contains_any(&folded, WIDE_EXAMINE);
        let noun_phrase = &tokens[object.min(tokens.len())..tokens.len().min(object + end.max(1))];
        let about_other_things = noun_phrase.iter().any(|token| OTHER_THINGS.contains(&token.as_str()))
            || contains_any(&folded, WIDE_OTHER_THINGS);
        let implements = first.starts_with("implement");
        let adds_tests = tokens
            .windows(2)
            .any(|pair| pair[0] == "+" && matches!(pair[1].as_str(), "tests" | "test" | "testes" | "pruebas"));
        let makes_folders = noun_phrase.iter().any(|token| FOLDERS.contains(&token.as_str()))
            || contains_any(&folded, &["项目结构", "專案結構", "目錄", "目录", "ディレクトリ", "디렉토리", "디렉터리"]);
        let verifies = ["verify", "validate", "ensure", "check", "confirm"].contains(&first);
        Self {
            prose: folded,
            action,
            verifies,
            object_is_test,
            brings_tests,
            wide_write,
            adds_tests,
            implements,
            makes: first == "make",
            makes_support: noun_phrase.iter().any(|token| SUPPORT_THINGS.contains(&token.as_str())),
            makes_folders,
            about_other_things,
        }
    }
}

fn action(first: &str, second: &str) -> Action {
    let is = |list: &[&str]| list.contains(&first);
    if first == "set" && second == "up" {
        return Action::Prepare;
    }
    if QUALITIES.contains(&first) && EXAMINATIONS.contains(&second) || first.starts_with("verif") {
        return Action::Examine;
    }
    // "Performance test for …" names a test; "Performance tuning" examines.
    let noun =
        TEST_NOUNS.contains(&second) && !is(&["run", "rerun", "execute", "verify", "review", "ensure", "perform"]);
    if is(&[
        "test", "testing", "testar", "probar", "tester", "teste", "prueba", "testen", "przetestuj", "протестировать",
    ]) {
        Action::Test
    } else if is(EXAMINE) && !noun {
        Action::Examine
    } else if is(PREPARE) {
        Action::Prepare
    } else if is(DOCUMENT) {
        Action::Document
    } else if is(REMOVE) {
        Action::Remove
    } else if is(FIX) {
        Action::Fix
    } else if is(WRITE) {
        Action::Write
    } else {
        Action::Unknown
    }
}

/// The action of a sentence in Chinese (the verb comes first), Japanese or Korean (it comes last).
fn wide_action(prose: &str) -> Option<Action> {
    if prose.is_ascii() {
        return None;
    }
    let start = prose.trim_start_matches(|c: char| !c.is_alphanumeric());
    let group = brackets(prose).pop().filter(|group| !prose[group.end..].contains(char::is_alphanumeric));
    let end = group.map_or(prose, |group| &prose[..group.start]).trim_end_matches(|c: char| !c.is_alphanumeric());
    let begins = |list: &[&str]| list.iter().any(|word| start.starts_with(word));
    let ends = |list: &[&str]| list.iter().any(|word| end.ends_with(word));
    if begins(EXAMINES_FIRST) || ends(EXAMINES_LAST) {
        Some(Action::Examine)
    } else if begins(PREPARES_FIRST) || ends(PREPARES_LAST) {
        Some(Action::Prepare)
    } else {
        None
    }
}

/// The text without code spans, links' targets and bare paths; each leaves a star, sentence marks
/// stay as tokens of their own.
fn prose(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for (index, piece) in raw.split('`').enumerate() {
        if index % 2 == 1 {
            out.push_str(if is_test_identifier(piece) { " tests* " } else { " * " });
            continue;
        }
        for word in piece.split_inclusive(char::is_whitespace) {
            let path = word.contains('/') && word.contains('.') && !word.contains("://") && word.is_ascii();
            out.push_str(if path { " * " } else { word });
        }
    }
    out
}

/// Whether a task begins with a file's or a thing's name rather than with a verb.
fn names_first(raw: &str) -> bool {
    let start = raw.trim_start_matches(['*', '_', '[', ' ']);
    let word = start.split_whitespace().next().unwrap_or_default();
    start.starts_with('`') || word.contains('/') && word.contains('.')
}

/// `PollServiceTests`, without an extension.
fn is_test_identifier(code: &str) -> bool {
    let name = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    name && ["Test", "Tests", "Spec", "IT"]
        .iter()
        .any(|end| code.strip_suffix(end).is_some_and(|stem| stem.ends_with(|c: char| c.is_ascii_lowercase())))
}

fn tokens(prose: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    for c in prose.chars() {
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
            continue;
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            found.push(std::mem::take(&mut word));
        }
        if matches!(c, ',' | ':' | ';' | '(' | '—' | '–' | '+' | '.' | '→' | '：' | '，' | '（' | '/') {
            found.push(c.to_string());
        }
        if found.len() > 48 {
            break;
        }
    }
    if !word.is_empty() {
        found.push(word);
    }
    found
}

/// Whether the first noun phrase of `tokens` is a test, and where it ends.
fn object_is_test(tokens: &[String]) -> (bool, usize) {
    let mut found = false;
    for (at, token) in tokens.iter().enumerate() {
        let token = token.as_str();
        let stops = STOPS.contains(&token) || token.chars().all(|c| !c.is_alphanumeric()) && token != "/";
        if stops || at > 12 {
            return (found, at);
        }
        if names_test(tokens, at) {
            found = true;
        }
    }
    (found, tokens.len())
}

/// Whether `tokens[at]` is the noun, and not a part of "test data" and its like.
fn names_test(tokens: &[String], at: usize) -> bool {
    let token = tokens[at].as_str();
    let next = tokens.get(at + 1).map(String::as_str).unwrap_or_default();
    let before = at.checked_sub(1).map(|before| tokens[before].as_str()).unwrap_or_default();
    let spec = matches!(token, "spec" | "specs") && TEST_KINDS.contains(&before);
    let testing = token == "testing" && TEST_KINDS.contains(&before);
    let noun = TEST_NOUNS.contains(&token) || spec || testing;
    if !noun || NOT_A_TEST.contains(&next) || is_ab(tokens, at) {
        return false;
    }
    // "test coverage thresholds" are configured.
    let third = tokens.get(at + 2).map(String::as_str).unwrap_or_default();
    if next == "coverage"
        && !(third.is_empty() || STOPS.contains(&third) || third.chars().all(|c| !c.is_alphanumeric()))
    {
        return false;
    }
    // "the test completion flow" is no test, "contract test POST /polls" is one.
    let closed = next.is_empty() || STOPS.contains(&next) || next.chars().all(|c| !c.is_alphanumeric());
    token != "test" || closed || TEST_PARTS.contains(&next) || TEST_KINDS.contains(&before)
}

/// "A/B test"
fn is_ab(tokens: &[String], at: usize) -> bool {
    at >= 2 && tokens[at - 1] == "b" && tokens[at - 2] == "/"
}

/// "with tests", "and unit tests", "+ tests", "(incl. tests)".
fn mentions_tests(tokens: &[String]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        JOINS.contains(&token.as_str())
            && (at + 1..(at + 6).min(tokens.len()))
                .take_while(|next| !STOPS.contains(&tokens[*next].as_str()))
                .any(|next| names_test(tokens, next) && tokens[next] != "test")
    })
}

/// Tests in Chinese, Japanese and Korean, where words don't stand apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WideTest {
    None,
    /// Runs or checks them.
    Runs,
    Writes,
    /// Implements something, and writes its tests.
    Both,
}

impl WideTest {
    fn read(prose: &str) -> Self {
        const NOUNS: &[&str] = &["テスト", "测试", "測試", "테스트"];
        const BUILD: &[&str] = &["実装", "实现", "實作", "實現", "实作", "구현"];
        if !contains_any(prose, NOUNS) || contains_any(prose, NOT_A_WIDE_TEST) {
            return Self::None;
        }
        if contains_any(prose, WIDE_EXAMINE)
            && !contains_any(prose, &["作成", "追加", "新增", "添加", "编写", "編寫", "撰寫", "建立", "작성", "추가"])
        {
            return Self::Runs;
        }
        if contains_any(prose, BUILD)
            && !contains_any(prose, &["テストを実装", "テストの実装", "テスト実装", "테스트 구현"])
        {
            return Self::Both;
        }
        let named = [CONTRACT, INTEGRATION, UNIT].iter().any(|kind| contains_any(prose, kind));
        if named || contains_any(prose, WIDE_WRITE) { Self::Writes } else { Self::Runs }
    }
}

/// The kind that the words name first, else the one that the paths name.
fn test_kind(prose: &str, paths: &[String]) -> Option<TestKind> {
    let first = |words: &[&str]| words.iter().filter_map(|word| prose.find(word)).min();
    let named = [(CONTRACT, TestKind::Contract), (INTEGRATION, TestKind::Integration), (UNIT, TestKind::Unit)]
        .into_iter()
        .filter_map(|(words, kind)| first(words).map(|at| (at, kind)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, kind)| kind);
    named.or_else(|| {
        paths.iter().map(|path| path.to_ascii_lowercase()).find_map(|path| {
            if path.contains("contract") {
                Some(TestKind::Contract)
            } else if contains_any(&path, &["integration", "e2e", "playwright", "cypress"]) {
                Some(TestKind::Integration)
            } else if path.contains("unit") {
                Some(TestKind::Unit)
            } else {
                None
            }
        })
    })
}

/// What one heading says about the tasks below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct HeadingSays {
    /// They are tests, of this kind.
    pub(super) tests: Option<TestKind>,
    /// They implement something.
    pub(super) implements: bool,
    /// They set the project up.
    pub(super) setup: bool,
}

impl HeadingSays {
    /// Reads a heading's text.
    pub(super) fn read(heading: &str) -> Self {
        let folded = folded(heading_name(heading));
        let tests = is_tests(heading).then(|| test_kind(&folded, &[]).unwrap_or(TestKind::Other));
        let implements = words(&folded).any(|word| word.starts_with("implement"))
            || contains_any(&folded, &["実装", "实现", "實作", "實現", "구현", "реализац"]);
        Self { tests, implements, setup: is_setup(&folded) }
    }
}

impl Under {
    /// Combines what the headings over a task say, the nearest first: the nearest that speaks of tests
    /// or implementation decides.
    pub(super) fn read(headings: impl Iterator<Item = HeadingSays>) -> Self {
        let mut found = Self::default();
        let mut decided = false;
        for heading in headings {
            found.setup |= heading.setup;
            if !decided {
                found.tests = heading.tests;
                decided = heading.tests.is_some() || heading.implements;
            }
        }
        found
    }
}

/// A heading without "Phase 3.2:" in front.
fn heading_name(heading: &str) -> &str {
    let trimmed = heading.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(colon) = trimmed.find([':', '：']) else { return trimmed };
    let head = folded(&trimmed[..colon]);
    let numbered = words(&head).last().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let behind = trimmed[colon..].trim_start_matches([':', '：', ' ']);
    if numbered && words(&head).count() <= 4 && leading_story(trimmed).is_none() { behind } else { trimmed }
}

fn is_setup(name: &str) -> bool {
    SETUP.iter().any(|start| name.trim_start().starts_with(start))
}

/// Whether a heading stands over tests and nothing else: "Tests for User Story 1 (write first)", but
/// neither "Integration & Testing" nor "Test Infrastructure".
pub(super) fn is_tests(heading: &str) -> bool {
    let mut name = heading_name(heading);
    if let Some(story) = leading_story(name) {
        // "User Story 1 Tests", but not "User Story 1 - Test my vote".
        let rest = story.rest.trim_start();
        if rest.starts_with(|c: char| !c.is_alphanumeric()) || rest.is_empty() {
            return false;
        }
        name = rest;
    }
    if let Some(group) = brackets(name).first() {
        name = name[..group.start].trim_end_matches(['(', '（', '[', '【', '［']);
    }
    let folded = folded(name);
    let name = folded.split([" — ", " – ", " - "].iter().find(|dash| folded.contains(**dash)).unwrap_or(&"\0")).next();
    let name = name.unwrap_or_default();
    const NOUNS: &[&str] =
        &["test", "tests", "testing", "testes", "teste", "prueba", "pruebas", "testy", "тесты", "specs"];
    const WIDE: &[&str] = &["テスト", "测试", "測試", "테스트"];
    let is_test = |part: &str| words(part).any(|word| NOUNS.contains(&word)) || contains_any(part, WIDE);
    let other = words(name).any(|word| NOT_TESTS_HEADING.contains(&word) || word.starts_with("implement"))
        || contains_any(
            name,
            &[
                "手動", "手动", "수동", "実装", "实现", "實作", "구현", "環境", "环境", "基盤", "データ", "獨立",
                "独立", "독립",
            ],
        );
    if other {
        return false;
    }
    let parts: Vec<&str> = name.split(['&', '+', '/', ',', '、']).flat_map(|part| part.split(" and ")).collect();
    let last = parts.last().copied().unwrap_or_default();
    let kind = |part: &str| words(part).any(|word| HEADING_KINDS.contains(&word));
    // Whose tests they are doesn't matter: "Tests for polls and votes".
    let led = parts.first().is_some_and(|part| is_test(part) && part.contains(" for "));
    led || parts.iter().all(|part| is_test(part) || (parts.len() > 1 && kind(part) && is_test(last) && kind(last)))
}

#[cfg(test)]
mod tests {
    use super::super::task_paths::paths;
    use super::*;
    use crate::markdown::Markdown;
    use crate::source::Span;

    fn judge(text: &str, under: Under) -> TaskKind {
        let markdown = Markdown::parse(text);
        task_kind(text, &paths(&markdown, Span::new(0, text.len())), under)
    }

    fn name(kind: TaskKind) -> &'static str {
        match (kind.test, kind.own_test, kind.implementation) {
            (Some(TestKind::Contract), ..) => "contract",
            (Some(TestKind::Integration), ..) => "integration",
            (Some(TestKind::Unit), ..) => "unit",
            (Some(TestKind::Other), ..) => "test",
            (_, Some(_), _) => "both",
            (_, _, true) => "code",
            _ => "neither",
        }
    }

    #[test]
    fn tasks_by_their_words() {
        for (text, expected) in [
            ("Contract test for POST /polls in tests/contract/test_polls.py", "contract"),
            ("Write unit tests for the vote counter", "unit"),
            ("TDD: write tests for the counter", "test"),
            ("Create backend/internal/poll/repo_test.go", "test"),
            ("Add e2e spec for voting", "integration"),
            ("Add Playwright tests", "integration"),
            ("Create PollServiceTest covering duplicates", "code"),
            ("Create `PollServiceTests` covering duplicates", "test"),
            ("Implement unit tests for the counter", "unit"),
            ("Add unit tests in src/counter.rs", "unit"),
            ("Unit tests for PollService in tests/unit/poll.spec.ts", "unit"),
            ("Update existing tests to the new counter", "test"),
            ("`tests/Polls/PollTests.cs` — refuses empty polls", "test"),
            ("Escribir pruebas unitarias para el contador", "unit"),
            ("Criar testes de integração para a votação", "integration"),
            ("Écrire les tests du compteur", "test"),
            ("Napisać testy jednostkowe licznika", "unit"),
            ("投票APIの契約テストを作成", "contract"),
            ("编写投票服务的单元测试", "unit"),
            ("建立投票整合測試在 `backend/tests/VoteTest.php`", "integration"),
            ("투표 단위 테스트 작성", "unit"),
            ("Write tests/unit/security.py — unit tests: the password is hashed", "unit"),
            ("Update src/board.spec.ts so that the board tests still pass", "test"),
            ("Add contract test POST /polls", "contract"),
            ("`tests/poll.test.ts`: benchmark the counter", "test"),
            ("Test that `.env` wins in tests/unit/test_config.py", "unit"),
            ("Smoke test of the framework in tests/smoke.test.ts", "test"),
            // Runs and reviews.
            ("Run full test suite", "neither"),
            ("Run `pnpm test` and fix failures", "neither"),
            ("Verify tests pass", "neither"),
            ("Ensure all tests in tests/unit/poll.test.ts fail", "neither"),
            ("Perform manual testing of the poll", "neither"),
            ("Review test coverage", "neither"),
            ("全テストを実行して通過を確認", "neither"),
            ("執行所有測試", "neither"),
            ("效能測試（100 位使用者）", "neither"),
            ("驗證測試通過", "neither"),
            ("Green: pnpm test and e2e/poll.spec.ts", "neither"),
            ("Make src/poll.spec.ts pass", "neither"),
            ("Align playwright.config.ts so that poll.spec.ts runs", "neither"),
            ("Create behavioral testing framework in tests/behavioral/", "neither"),
            // Set-up and data.
            ("Add test coverage thresholds to vitest.config.ts", "neither"),
            ("Create the directory structure: src/, tests/", "neither"),
            ("Create backend directories (models, services, tests)", "neither"),
            ("Create conftest.py", "neither"),
            ("Add vitest as devDependency in package.json", "neither"),
            ("Configure Jest", "neither"),
            ("Install Vitest and Playwright", "neither"),
            ("Set up test framework", "neither"),
            ("Add test data fixtures", "neither"),
            ("Create tests/conftest.py with fixtures", "neither"),
            ("Update README.md", "neither"),
            ("Document the API in docs/api.md", "neither"),
            ("Delete obsolete tests in tests/old_test.py", "neither"),
            ("Create project structure per plan", "neither"),
            // Production code.
            ("Implement PollService in src/services/poll.ts", "code"),
            ("Create Poll model", "code"),
            ("Add the route to src/routes.ts", "code"),
            ("Implement the counter in src/counter.ts until tests/counter.test.ts passes", "code"),
            ("Implement the test completion flow in src/quiz.ts", "code"),
            ("Implement the counter, making the tests from T007 pass", "code"),
            ("Implement find_recent() per design.md", "code"),
            ("Load conversation history in src/chat.ts", "code"),
            ("Hydrate the store from `src/store.ts`", "code"),
            ("Remove the old handler from src/poll.ts", "code"),
            ("Criar `src/Poll.cs` com regras", "code"),
            ("在 src/vote.ts 實作投票", "code"),
            ("投票サービスを実装", "code"),
            // Both in one.
            ("Implement src/poll.ts with tests in tests/poll.test.ts", "both"),
            ("Create the counter and its unit tests", "both"),
            ("`lib/polls.ts`: fetch polls + Tests", "both"),
            ("`@polls/shared`: `tokens.ts` (`TOKENS`) + Tests", "both"),
            ("Criar `src/poll.ts` (+ `.spec.ts`)", "both"),
        ] {
            assert_eq!(name(judge(text, Under::default())), expected, "{text}");
        }
    }

    #[test]
    fn tasks_by_their_heading() {
        let tests = Under { tests: Some(TestKind::Other), setup: false };
        for (text, expected) in [
            ("Empty polls are refused", "test"),
            ("Verify that empty polls are refused in tests/contract/polls.rs", "contract"),
            ("Verify that the tests fail", "neither"),
            ("Run the tests", "neither"),
            ("Install msw", "neither"),
        ] {
            assert_eq!(name(judge(text, tests)), expected, "{text}");
        }
        let setup = Under { tests: None, setup: true };
        assert_eq!(name(judge("Create src/main.ts", setup)), "neither");
    }

    #[test]
    fn headings_over_tests() {
        for (heading, expected) in [
            ("Tests for User Story 1 (write before implementation) ⚠️", true),
            ("Phase 3.2: Tests First (TDD) ⚠️ MUST COMPLETE BEFORE 3.3", true),
            ("Tests", true),
            ("Tests — backend", true),
            ("User Story 1 Tests (Phase 3)", true),
            ("Unit & Integration Tests", true),
            ("Testy — US1", true),
            ("テスト", true),
            ("Implementation for User Story 1", false),
            ("User Story 1 - Test my vote (Priority: P1)", false),
            ("Integration & Testing", false),
            ("Testing Infrastructure", false),
            ("Independent Test", false),
            ("Phase 7: Testing & Polish", false),
            ("Manual Testing", false),
            ("Latest changes", false),
        ] {
            assert_eq!(is_tests(heading), expected, "{heading}");
        }
    }
}
