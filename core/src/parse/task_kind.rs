//! What a task brings: a test, production code, both, or neither. Order findings stand on this, so what
//! is not clear is neither.

use super::label::{folded, has_any, words};
use super::story_reference::{brackets, leading_story};
use super::task_paths::{FileKind, file_kind};
use crate::document::TestKind;

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

const WRITE: &[&str] = &[
    "write",
    "add",
    "create",
    "implement",
    "update",
    "extend",
    "author",
    "draft",
    "define",
    "port",
    "expand",
    "cover",
    "build",
    "include",
    "generate",
    "adapt",
    "refactor",
    "rewrite",
    "rename",
    "modify",
    "append",
    "introduce",
    "develop",
    "integrate",
    "wire",
    "hook",
    "connect",
    "expose",
    "register",
    "replace",
    "handle",
    "enforce",
    "render",
    "support",
    "enable",
    "display",
    "show",
    "make",
    "change",
    "convert",
    "migrate",
    "apply",
    "use",
    "extract",
    "split",
    "style",
    "restyle",
    "design",
    "declare",
    "derive",
    "emit",
    "inject",
    "mount",
    "persist",
    "store",
    "load",
    "return",
    "set",
    "populate",
    "propagate",
    "attach",
    "bind",
    "call",
    "subscribe",
    "publish",
    "parse",
    "validate_input",
    "wrap",
    "complete",
    "finish",
    "enhance",
    "improve",
    "optimize",
    "optimise",
    "polish",
    "scaffold",
    "seed",
    "hydrate",
    "preserve",
    "ensure_that",
    // Spanish, Portuguese
    "escribir",
    "escribe",
    "crear",
    "crea",
    "añadir",
    "añade",
    "agregar",
    "agrega",
    "implementar",
    "implementa",
    "actualizar",
    "actualiza",
    "extender",
    "integrar",
    "definir",
    "desarrollar",
    "conectar",
    "exponer",
    "registrar",
    "mostrar",
    "modificar",
    "ampliar",
    "refactorizar",
    "construir",
    "aplicar",
    "reemplazar",
    "escrever",
    "criar",
    "cria",
    "adicionar",
    "adiciona",
    "atualizar",
    "atualiza",
    "estender",
    "estende",
    "desenvolver",
    "conectar",
    "expor",
    "alterar",
    "substituir",
    "refatorar",
    "construir",
    "incluir",
    "ajustar",
    // French
    "écrire",
    "ecrire",
    "créer",
    "creer",
    "ajouter",
    "implémenter",
    "implementer",
    "mettre",
    "étendre",
    "définir",
    "développer",
    "intégrer",
    "brancher",
    "exposer",
    "remplacer",
    "modifier",
    // German
    "schreibe",
    "schreiben",
    "erstelle",
    "erstellen",
    "anlegen",
    "lege",
    "füge",
    "implementiere",
    "implementieren",
    "aktualisiere",
    "aktualisieren",
    "erweitere",
    "erweitern",
    "integriere",
    "integrieren",
    "definiere",
    "definieren",
    "baue",
    "bauen",
    "ergänze",
    "ergänzen",
    "ersetze",
    // Polish
    "napisać",
    "napisz",
    "utwórz",
    "utworzyć",
    "stwórz",
    "stworzyć",
    "dodaj",
    "dodać",
    "zaimplementuj",
    "zaimplementować",
    "rozszerz",
    "rozszerzyć",
    "zaktualizuj",
    "zaktualizować",
    "zdefiniuj",
    "zintegruj",
    "zmodyfikuj",
    "zmodyfikować",
    "przygotuj",
    // Russian
    "создать",
    "добавить",
    "реализовать",
    "написать",
    "обновить",
    "расширить",
    "заменить",
    "внедрить",
    "определить",
    // Italian, Dutch
    "scrivere",
    "creare",
    "aggiungere",
    "implementare",
    "aggiornare",
    "schrijf",
    "maak",
    "voeg",
    "implementeer",
    // Chinese, at the start of a sentence
];

const FIX: &[&str] =
    &["fix", "repair", "correct", "corregir", "corrigir", "corriger", "behebe", "beheben", "napraw", "исправить"];

const REMOVE: &[&str] = &[
    "remove",
    "delete",
    "drop",
    "archive",
    "move",
    "eliminar",
    "borrar",
    "remover",
    "excluir",
    "supprimer",
    "entferne",
    "entfernen",
    "lösche",
    "usuń",
    "usunąć",
    "удалить",
    "mover",
    "déplacer",
    "relocate",
    "disable",
    "skip",
];

const EXAMINE: &[&str] = &[
    "run",
    "re",
    "rerun",
    "execute",
    "verify",
    "review",
    "confirm",
    "check",
    "validate",
    "ensure",
    "measure",
    "perform",
    "manually",
    "manual",
    "audit",
    "benchmark",
    "profile",
    "walk",
    "inspect",
    "investigate",
    "analyze",
    "analyse",
    "research",
    "smoke",
    "qa",
    "monitor",
    "observe",
    "compare",
    "evaluate",
    "assess",
    "read",
    "identify",
    "decide",
    "coordinate",
    "plan",
    "demo",
    "demonstrate",
    "conduct",
    "capture",
    "collect",
    "record",
    "commit",
    "push",
    "tag",
    "release",
    "deploy",
    "publish_release",
    "lint",
    "format",
    "final",
    "checkpoint",
    "gate",
    "spike",
    "validation",
    "verification",
    "cleanup",
    "clean",
    "double",
    "sanity",
    "reproduce",
    "trace",
    "scan",
    "search",
    "grep",
    "list",
    "look",
    "exercise",
    "prove",
    "regression",
    "start",
    "open",
    "launch",
    "simulate",
    "cross",
    "optional",
    "code",
    "security",
    "performance",
    "accessibility",
    "load",
    "ejecutar",
    "verificar",
    "revisar",
    "validar",
    "confirmar",
    "comprobar",
    "medir",
    "executar",
    "rodar",
    "conferir",
    "auditar",
    "garantir",
    "asegurar",
    "validação",
    "validación",
    "exécuter",
    "lancer",
    "vérifier",
    "valider",
    "confirmer",
    "relire",
    "mesurer",
    "führe",
    "ausführen",
    "prüfe",
    "prüfen",
    "überprüfe",
    "verifiziere",
    "verifizieren",
    "validiere",
    "uruchom",
    "uruchomić",
    "sprawdź",
    "sprawdzić",
    "zweryfikuj",
    "zweryfikować",
    "zwaliduj",
    "potwierdź",
    "przejrzyj",
    "запустить",
    "проверить",
    "прогнать",
    "убедиться",
    "eseguire",
    "verificare",
];

const PREPARE: &[&str] = &[
    "install",
    "configure",
    "setup",
    "initialize",
    "initialise",
    "init",
    "bootstrap",
    "instalar",
    "configurar",
    "inicializar",
    "installer",
    "configurer",
    "initialiser",
    "installiere",
    "installieren",
    "konfiguriere",
    "konfigurieren",
    "zainstaluj",
    "skonfiguruj",
    "skonfigurować",
    "zainicjalizuj",
    "установить",
    "настроить",
    "pin",
    "bump",
    "upgrade",
    "provision",
];

const DOCUMENT: &[&str] = &[
    "document",
    "documentar",
    "documenter",
    "dokumentiere",
    "dokumentieren",
    "udokumentuj",
    "описать",
    "annotate",
    "note",
];

/// The noun, alone or as the end of a compound.
const TEST_NOUNS: &[&str] = &[
    "test",
    "tests",
    "teste",
    "testes",
    "prueba",
    "pruebas",
    "testy",
    "testów",
    "testu",
    "testfall",
    "testfälle",
    "unittest",
    "unittests",
    "integrationstest",
    "integrationstests",
    "komponententests",
    "komponententest",
    "vertragstest",
    "vertragstests",
    "akzeptanztests",
    "регрессионные",
    "тест",
    "тесты",
    "тестов",
    "testcase",
    "testcases",
    "testsuite",
];

/// What stands behind "test" where the noun is about something else.
const NOT_A_TEST: &[&str] = &[
    "data",
    "fixture",
    "fixtures",
    "setup",
    "environment",
    "environments",
    "framework",
    "frameworks",
    "runner",
    "runners",
    "config",
    "configuration",
    "configs",
    "utilities",
    "utility",
    "utils",
    "util",
    "helper",
    "helpers",
    "harness",
    "database",
    "db",
    "ids",
    "id",
    "dependencies",
    "dependency",
    "project",
    "projects",
    "infrastructure",
    "infra",
    "directory",
    "directories",
    "folder",
    "folders",
    "structure",
    "script",
    "scripts",
    "scaffold",
    "scaffolding",
    "server",
    "servers",
    "account",
    "accounts",
    "user",
    "users",
    "plan",
    "report",
    "reports",
    "results",
    "command",
    "commands",
    "mode",
    "double",
    "doubles",
    "bed",
    "page",
    "container",
    "containers",
    "library",
    "libraries",
    "tooling",
    "tools",
    "pass",
    "passes",
    "passing",
    "green",
    "execution",
    "run",
    "runs",
    "api",
    "keys",
    "mocks",
    "mock",
    "stubs",
    "builders",
    "factory",
    "factories",
    "base",
    "target",
    "targets",
    "driven",
    "first",
    "image",
    "images",
    "app",
    "files_structure",
    "stack",
    "double",
    "job",
    "guide",
    "documentation",
    "docs",
    "instructions",
    "deps",
    "packages",
    "package",
    "credentials",
    "tenant",
    "assets",
    "count",
    "counts",
    "strategy",
    "dir",
    "tags",
    "collection_setup",
    "skeleton",
    "workspace",
];

/// Words that end the object of the verb.
const STOPS: &[&str] = &[
    "for",
    "in",
    "with",
    "to",
    "that",
    "and",
    "using",
    "from",
    "of",
    "on",
    "so",
    "by",
    "when",
    "covering",
    "via",
    "against",
    "into",
    "as",
    "per",
    "y",
    "para",
    "con",
    "en",
    "que",
    "com",
    "em",
    "pour",
    "dans",
    "avec",
    "et",
    "für",
    "mit",
    "und",
    "dla",
    "z",
    "i",
    "для",
    "и",
    "в",
    "at",
    "under",
    "which",
    "where",
    "if",
    "before",
    "after",
    "until",
    "verifying",
    "asserting",
    "ensuring",
    "proving",
    "sobre",
];

const CONTRACT: &[&str] =
    &["contract", "contrato", "contrat", "kontrakt", "vertrags", "контракт", "契約", "契约", "合約", "合约", "계약"];
const INTEGRATION: &[&str] = &[
    "integration",
    "integración",
    "integracion",
    "integração",
    "intégration",
    "integrac",
    "интеграцион",
    "e2e",
    "end-to-end",
    "end to end",
    "playwright",
    "cypress",
    "結合",
    "統合",
    "集成",
    "整合",
    "통합",
    "端到端",
];
const UNIT: &[&str] =
    &["unit", "unitari", "unitári", "jednostk", "модульн", "単体", "ユニット", "单元", "單元", "단위", "유닛"];

/// Judges one task by its raw Markdown (without id and marks), the paths that it names, and its
/// headings.
pub(super) fn task_kind(raw: &str, paths: &[String], under: Under) -> TaskKind {
    let text = folded(raw);
    let sentence = Sentence::read(raw);
    let kinds: Vec<FileKind> = paths.iter().map(|path| file_kind(path)).collect();
    let has = |kind: FileKind| kinds.contains(&kind);
    let kind = || Some(test_kind(&sentence.prose, paths).or(under.tests).unwrap_or(TestKind::Other));
    let test = TaskKind { test: kind(), ..TaskKind::default() };
    let both = TaskKind { own_test: kind(), ..TaskKind::default() };
    let neither = TaskKind::default();
    let implementation = TaskKind { implementation: true, ..TaskKind::default() };
    let wide = WideTest::read(&sentence.prose);

    if by_hand(&text) && !has(FileKind::Test) {
        return neither;
    }
    match sentence.action {
        Action::Examine => {
            // "Verify that an empty vote is refused, in tests/contract/votes.rs" writes a test where
            // only tests are written.
            let outcome = has_any(&text, &["fail", "pass", "run ", "green", "coverage", "suite"]);
            let writes = under.tests.is_some() && has(FileKind::Test) && sentence.verifies && !outcome;
            return if writes { test } else { neither };
        }
        Action::Prepare if has(FileKind::Test) && sentence.object_is_test => return test,
        Action::Prepare | Action::Document | Action::Remove if !sentence.removes_code(has(FileKind::Source)) => {
            return neither;
        }
        Action::Fix if has(FileKind::Test) || sentence.object_is_test => return neither,
        _ => {}
    }
    if wide == WideTest::Runs && !has(FileKind::Source) {
        return neither;
    }
    let object_is_test = sentence.object_is_test || wide == WideTest::Writes && !has(FileKind::Source);
    let awaits =
        has_any(&text, &["pass", "green", "satisf", "通過", "通过", "통과"]) && sentence.action == Action::Write;
    if has(FileKind::Test) {
        let first_is_test = kinds.iter().find(|kind| **kind != FileKind::Other) == Some(&FileKind::Test);
        if object_is_test || under.tests.is_some() {
            return test;
        }
        if awaits {
            return implementation;
        }
        return if has(FileKind::Source) && !first_is_test { both } else { test };
    }
    if object_is_test && sentence.action != Action::Test {
        return test;
    }
    if under.tests.is_some() {
        return test;
    }
    if sentence.action == Action::Test || has(FileKind::TestSupport) && !has(FileKind::Source) {
        return neither;
    }
    if sentence.brings_tests || wide == WideTest::Both || wide == WideTest::Writes {
        return both;
    }
    if !under.setup && writes_code(&sentence, &kinds) { implementation } else { neither }
}

fn writes_code(sentence: &Sentence, kinds: &[FileKind]) -> bool {
    if kinds.contains(&FileKind::Source) {
        return true;
    }
    if kinds.iter().any(|kind| *kind == FileKind::Other) && !sentence.builds {
        return false;
    }
    let writes = sentence.action == Action::Write || sentence.wide_write;
    writes && !sentence.about_other_things
}

/// "manual", in the languages of the tables.
fn by_hand(text: &str) -> bool {
    has_any(text, &["manual", "by hand", "手動", "手动", "수동", "ręczn", "вручную", "manuell"])
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
    /// "implement", "build": about the product, whatever configuration is named beside it.
    builds: bool,
    /// What is written is documents, configuration or folders.
    about_other_things: bool,
}

impl Sentence {
    fn read(raw: &str) -> Self {
        let prose = prose(raw);
        let tokens = tokens(&prose);
        let mut at = 0;
        // "TDD: write …", "**FR-005**: …", "RED – add …"
        while tokens.get(at).is_some_and(|token| LEADS.contains(&token.as_str())) {
            at += 1;
        }
        let first = tokens.get(at).map(String::as_str).unwrap_or_default();
        let second = tokens.get(at + 1).map(String::as_str).unwrap_or_default();
        let action = action(first, second);
        let object = if matches!(action, Action::Unknown) { at } else { at + 1 };
        let object = if action == Action::Test { at } else { object };
        let (object_is_test, end) = object_is_test(&tokens[object.min(tokens.len())..]);
        let brings_tests = tokens.get(object + end..).is_some_and(mentions_tests);
        let folded = folded(&prose);
        let wide_write = has_any(&folded, WIDE_WRITE) && !has_any(&folded, WIDE_EXAMINE);
        let noun_phrase = &tokens[object.min(tokens.len())..tokens.len().min(object + end.max(1))];
        let about_other_things = noun_phrase.iter().any(|token| OTHER_THINGS.contains(&token.as_str()))
            || has_any(&folded, WIDE_OTHER_THINGS);
        let builds = ["implement", "build", "create", "add", "extend"].contains(&first);
        let verifies = ["verify", "validate", "ensure", "check", "confirm"].contains(&first);
        Self { prose: folded, action, verifies, object_is_test, brings_tests, wide_write, builds, about_other_things }
    }

    /// "Remove the old handler from src/poll.ts" changes production code; documents and set-up don't.
    fn removes_code(&self, source: bool) -> bool {
        self.action == Action::Remove && source && !self.object_is_test
    }
}

/// Words before the verb that say nothing.
const LEADS: &[&str] =
    &["tdd", "red", "green", "backend", "frontend", "failing", "first", "then", "also", "optionally", "please", "*"];

const OTHER_THINGS: &[&str] = &[
    "documentation",
    "docs",
    "readme",
    "changelog",
    "comment",
    "comments",
    "docstrings",
    "jsdoc",
    "dependency",
    "dependencies",
    "directory",
    "directories",
    "folder",
    "folders",
    "gitignore",
    "ci",
    "pipeline",
    "workflow",
    "quickstart",
    "runbook",
    "guide",
    "skeleton",
    "structure",
    "report",
    "checklist",
    "plan",
    "spec",
    "adr",
    "diagram",
    "fixture",
    "fixtures",
    "mock",
    "mocks",
    "baseline",
    "screenshot",
    "screenshots",
    "estructura",
    "estrutura",
    "documentación",
    "documentação",
    "dependencias",
    "dependências",
    "dossier",
    "carpetas",
    "pastas",
    "linter",
    "linting",
    "eslint",
    "prettier",
    "dockerfile",
    "env",
    "issue",
    "pr",
    "branch",
    "repository_settings",
    "harness",
    "test",
    "tests",
];

const WIDE_WRITE: &[&str] = &[
    "実装", "作成", "追加", "更新", "修正", "変更", "拡張", "定義", "統合", "구현", "생성", "추가", "수정", "작성",
    "확장", "정의", "实现", "实作", "實作", "實現", "建立", "创建", "創建", "新增", "添加", "修改", "更新", "扩展",
    "擴充", "编写", "編寫", "撰寫", "定义", "定義",
];
const WIDE_EXAMINE: &[&str] = &[
    "実行",
    "実施",
    "確認",
    "検証する",
    "執行",
    "执行",
    "运行",
    "運行",
    "驗證",
    "验证",
    "審查",
    "检查",
    "檢查",
    "실행",
    "확인",
    "검증",
];
const WIDE_OTHER_THINGS: &[&str] = &[
    "ドキュメント",
    "readme",
    "ディレクトリ",
    "設定ファイル",
    "文件更新",
    "文檔",
    "文档",
    "目錄",
    "目录",
    "문서",
    "디렉토리",
    "디렉터리",
    "설정 파일",
    "依存関係",
    "依賴",
    "依赖",
];

fn action(first: &str, second: &str) -> Action {
    let is = |list: &[&str]| list.contains(&first);
    if first == "set" && second == "up" {
        return Action::Prepare;
    }
    // "Performance test for …" names a test; "Performance tuning" examines.
    let noun =
        TEST_NOUNS.contains(&second) && !is(&["run", "rerun", "execute", "verify", "review", "ensure", "perform"]);
    if is(&[
        "test",
        "testing",
        "testar",
        "probar",
        "tester",
        "teste",
        "prueba",
        "testen",
        "przetestuj",
        "протестировать",
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
    let kinds =
        ["unit", "integration", "e2e", "contract", "component", "end", "playwright", "cypress", "vitest", "jest"];
    let spec = matches!(token, "spec" | "specs") && kinds.contains(&before);
    let testing = token == "testing" && kinds.contains(&before);
    let noun = TEST_NOUNS.contains(&token) || spec || testing;
    noun && !NOT_A_TEST.contains(&next) && !matches!(before, "make" | "existing" | "all" | "a")
        || noun && matches!(before, "existing" | "all" | "a") && !NOT_A_TEST.contains(&next) && !is_ab(tokens, at)
}

/// "A/B test"
fn is_ab(tokens: &[String], at: usize) -> bool {
    at >= 2 && tokens[at - 1] == "b" && tokens[at - 2] == "/"
}

/// "with tests", "and unit tests", "+ tests", "(incl. tests)".
fn mentions_tests(tokens: &[String]) -> bool {
    let joins = [
        "with",
        "and",
        "+",
        "plus",
        "including",
        "incl",
        "(",
        "con",
        "y",
        "com",
        "e",
        "avec",
        "et",
        "mit",
        "und",
        ",",
        "i",
        "и",
    ];
    tokens.iter().enumerate().any(|(at, token)| {
        joins.contains(&token.as_str())
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
        const OTHER: &[&str] = &[
            "テストデータ",
            "テスト環境",
            "テスト用",
            "テスト設定",
            "テストユーザ",
            "テスト基盤",
            "テストフレーム",
            "テストファースト",
            "测试数据",
            "测试环境",
            "测试框架",
            "测试用户",
            "測試資料",
            "測試環境",
            "測試框架",
            "測試工廠",
            "測試用",
            "測試使用者",
            "測試帳號",
            "測試優先",
            "测试账号",
            "테스트 데이터",
            "테스트 환경",
            "테스트 프레임",
        ];
        const BUILD: &[&str] = &["実装", "实现", "實作", "實現", "实作", "구현"];
        if !has_any(prose, NOUNS) || has_any(prose, OTHER) {
            return Self::None;
        }
        if has_any(prose, WIDE_EXAMINE)
            && !has_any(prose, &["作成", "追加", "新增", "添加", "编写", "編寫", "撰寫", "建立", "작성", "추가"])
        {
            return Self::Runs;
        }
        if has_any(prose, BUILD)
            && !has_any(prose, &["テストを実装", "テストの実装", "テスト実装", "实现测试", "實作測試", "테스트 구현"])
        {
            return Self::Both;
        }
        Self::Writes
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
            } else if has_any(&path, &["integration", "e2e", "playwright", "cypress"]) {
                Some(TestKind::Integration)
            } else if path.contains("unit") {
                Some(TestKind::Unit)
            } else {
                None
            }
        })
    })
}

/// Reads the headings over a task, the nearest first.
pub(super) fn under<'t>(headings: impl Iterator<Item = &'t str>) -> Under {
    let mut found = Under::default();
    let mut decided = false;
    for heading in headings {
        let name = heading_name(heading);
        let folded = folded(name);
        found.setup |= is_setup(&folded);
        if decided {
            continue;
        }
        if is_tests(heading) {
            found.tests = Some(test_kind(&folded, &[]).unwrap_or(TestKind::Other));
            decided = true;
        } else {
            decided = words(&folded).any(|word| word.starts_with("implement"))
                || has_any(&folded, &["実装", "实现", "實作", "實現", "구현", "реализац"]);
        }
    }
    found
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
    let starts = [
        "setup",
        "set up",
        "set-up",
        "project setup",
        "project init",
        "initial setup",
        "initialization",
        "preparation",
        "scaffold",
        "environment",
        "configuración inicial",
        "configuração inicial",
        "préparation",
        "einrichtung",
        "konfiguracja",
        "セットアップ",
        "準備",
        "环境",
        "環境",
        "初始化",
        "設置",
        "设置",
        "설정",
        "초기",
        "подготовка",
        "настройка",
    ];
    starts.iter().any(|start| name.trim_start().starts_with(start))
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
    const KINDS: &[&str] = &[
        "unit",
        "integration",
        "contract",
        "e2e",
        "component",
        "frontend",
        "backend",
        "api",
        "acceptance",
        "unitarias",
        "unitários",
    ];
    const NOT: &[&str] = &[
        "manual",
        "infrastructure",
        "setup",
        "strategy",
        "framework",
        "environment",
        "fixtures",
        "utilities",
        "utils",
        "helpers",
        "data",
        "config",
        "configuration",
        "results",
        "execution",
        "run",
        "plan",
        "harness",
        "tooling",
        "independent",
        "criteria",
        "polish",
        "documentation",
        "docs",
        "hardening",
        "performance",
        "validation",
        "verification",
        "review",
        "deploy",
        "deployment",
        "qa",
        "support",
        "foundation",
    ];
    let is_test = |part: &str| words(part).any(|word| NOUNS.contains(&word)) || has_any(part, WIDE);
    let other = words(name).any(|word| NOT.contains(&word) || word.starts_with("implement"))
        || has_any(
            name,
            &[
                "手動",
                "手动",
                "수동",
                "実装",
                "实现",
                "實作",
                "구현",
                "環境",
                "环境",
                "基盤",
                "データ",
                "獨立",
                "独立",
                "독립",
            ],
        );
    if other {
        return false;
    }
    let parts: Vec<&str> = name.split(['&', '+', '/', ',', '、']).flat_map(|part| part.split(" and ")).collect();
    let last = parts.last().copied().unwrap_or_default();
    let kind = |part: &str| words(part).any(|word| KINDS.contains(&word));
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
            // Runs and reviews.
            ("Run full test suite", "neither"),
            ("Run `pnpm test` and fix failures", "neither"),
            ("Verify tests pass", "neither"),
            ("Ensure all tests in tests/unit/poll.test.ts fail", "neither"),
            ("Perform manual testing of the poll", "neither"),
            ("Review test coverage", "neither"),
            ("全テストを実行して通過を確認", "neither"),
            ("執行所有測試", "neither"),
            // Set-up and data.
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
            ("Hydrate the store from `src/store.ts`", "code"),
            ("Remove the old handler from src/poll.ts", "code"),
            ("Criar `src/Poll.cs` com regras", "code"),
            ("在 src/vote.ts 實作投票", "code"),
            ("投票サービスを実装", "code"),
            // Both in one.
            ("Implement src/poll.ts with tests in tests/poll.test.ts", "both"),
            ("Create the counter and its unit tests", "both"),
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
