//! The words by which a task is judged: verbs, nouns and what stands around them, per language.

#[rustfmt::skip]
pub(super) const WRITE: &[&str] = &[
    "write", "add", "align", "create", "implement", "update", "extend", "author", "draft", "define", "port", "expand",
    "cover", "build", "include", "generate", "adapt", "refactor", "rewrite", "rename", "modify", "append",
    "introduce", "develop", "integrate", "wire", "hook", "connect", "expose", "register", "replace", "handle",
    "enforce", "render", "support", "enable", "display", "show", "make", "change", "convert", "migrate", "apply",
    "use", "extract", "split", "style", "restyle", "design", "declare", "derive", "emit", "inject", "mount",
    "persist", "store", "load", "return", "set", "populate", "propagate", "attach", "bind", "call", "subscribe",
    "publish", "parse", "wrap", "complete", "finish", "enhance", "improve", "optimize", "optimise", "polish",
    "scaffold", "seed", "hydrate", "preserve", "escribir", "escribe", "crear", "crea", "añadir", "añade",
    "agregar", "agrega", "implementar", "implementa", "actualizar", "actualiza", "extender", "integrar", "definir",
    "desarrollar", "conectar", "exponer", "registrar", "mostrar", "modificar", "ampliar", "refactorizar",
    "construir", "aplicar", "reemplazar", "escrever", "criar", "cria", "adicionar", "adiciona", "atualizar",
    "atualiza", "estender", "estende", "desenvolver", "conectar", "expor", "alterar", "substituir", "refatorar",
    "construir", "incluir", "ajustar", "écrire", "ecrire", "créer", "creer", "ajouter", "implémenter",
    "implementer", "mettre", "étendre", "définir", "développer", "intégrer", "brancher", "exposer", "remplacer",
    "modifier", "schreibe", "schreiben", "erstelle", "erstellen", "anlegen", "lege", "füge", "implementiere",
    "implementieren", "aktualisiere", "aktualisieren", "erweitere", "erweitern", "integriere", "integrieren",
    "definiere", "definieren", "baue", "bauen", "ergänze", "ergänzen", "ersetze", "napisać", "napisz", "utwórz",
    "utworzyć", "stwórz", "stworzyć", "dodaj", "dodać", "zaimplementuj", "zaimplementować", "rozszerz",
    "rozszerzyć", "zaktualizuj", "zaktualizować", "zdefiniuj", "zintegruj", "zmodyfikuj", "zmodyfikować",
    "przygotuj", "создать", "добавить", "реализовать", "написать", "обновить", "расширить", "заменить", "внедрить",
    "определить", "scrivere", "creare", "aggiungere", "implementare", "aggiornare", "schrijf", "maak", "voeg",
    "implementeer",
];

pub(super) const FIX: &[&str] =
    &["fix", "repair", "correct", "corregir", "corrigir", "corriger", "behebe", "beheben", "napraw", "исправить"];

#[rustfmt::skip]
pub(super) const REMOVE: &[&str] = &[
    "remove", "delete", "drop", "archive", "move", "eliminar", "borrar", "remover", "excluir", "supprimer",
    "entferne", "entfernen", "lösche", "usuń", "usunąć", "удалить", "mover", "déplacer", "relocate", "disable",
    "skip",
];

#[rustfmt::skip]
pub(super) const EXAMINE: &[&str] = &[
    "run", "re", "rerun", "execute", "verify", "review", "confirm", "check", "validate", "ensure", "measure",
    "perform", "manually", "manual", "audit", "benchmark", "walk", "inspect", "investigate", "analyze", "analyse",
    "research", "smoke", "qa", "monitor", "observe", "compare", "evaluate", "assess", "read", "identify", "decide",
    "coordinate", "demo", "demonstrate", "conduct", "commit", "deploy", "lint", "final", "checkpoint", "gate",
    "spike", "validation", "verification", "cleanup", "sanity", "reproduce", "grep", "exercise", "prove",
    "green", "ejecutar", "verificar", "revisar", "validar", "confirmar", "comprobar", "medir", "executar", "rodar",
    "conferir", "auditar", "garantir", "asegurar", "validação", "validación", "exécuter", "lancer", "vérifier",
    "valider", "confirmer", "relire", "mesurer", "führe", "ausführen", "prüfe", "prüfen", "überprüfe",
    "verifiziere", "verifizieren", "validiere", "uruchom", "uruchomić", "sprawdź", "sprawdzić", "zweryfikuj",
    "zweryfikować", "zwaliduj", "potwierdź", "przejrzyj", "запустить", "проверить", "прогнать", "убедиться",
    "eseguire", "verificare",
];

#[rustfmt::skip]
pub(super) const PREPARE: &[&str] = &[
    "install", "configure", "setup", "initialize", "initialise", "init", "bootstrap", "instalar", "configurar",
    "inicializar", "installer", "configurer", "initialiser", "installiere", "installieren", "konfiguriere",
    "konfigurieren", "zainstaluj", "skonfiguruj", "skonfigurować", "zainicjalizuj", "установить", "настроить",
    "pin", "bump", "upgrade", "provision",
];

#[rustfmt::skip]
pub(super) const DOCUMENT: &[&str] = &[
    "document", "documentar", "documenter", "dokumentiere", "dokumentieren", "udokumentuj", "описать", "annotate",
    "note",
];

/// The noun, alone or as the end of a compound.
#[rustfmt::skip]
pub(super) const TEST_NOUNS: &[&str] = &[
    "test", "tests", "teste", "testes", "prueba", "pruebas", "testy", "testów", "testu", "testfall", "testfälle",
    "unittest", "unittests", "integrationstest", "integrationstests", "komponententests", "komponententest",
    "vertragstest", "vertragstests", "akzeptanztests", "регрессионные", "тест", "тесты", "тестов", "testcase",
    "testcases", "testsuite",
];

/// What stands behind "test" where the noun is about something else.
#[rustfmt::skip]
pub(super) const NOT_A_TEST: &[&str] = &[
    "data", "fixture", "fixtures", "setup", "environment", "environments", "framework", "frameworks", "runner",
    "runners", "config", "configuration", "configs", "utilities", "utility", "utils", "util", "helper", "helpers",
    "harness", "database", "db", "ids", "id", "dependencies", "dependency", "project", "projects",
    "infrastructure", "infra", "directory", "directories", "folder", "folders", "structure", "script", "scripts",
    "scaffold", "scaffolding", "server", "servers", "account", "accounts", "user", "users", "plan", "report",
    "reports", "results", "command", "commands", "mode", "double", "doubles", "bed", "page", "container",
    "containers", "library", "libraries", "tooling", "tools", "pass", "passes", "passing", "green", "execution",
    "run", "runs", "api", "keys", "mocks", "mock", "stubs", "builders", "factory", "factories", "base", "target",
    "targets", "driven", "first", "image", "images", "app", "stack", "double", "job", "guide", "documentation",
    "docs", "instructions", "deps", "packages", "package", "credentials", "tenant", "assets", "count", "counts",
    "strategy", "dir", "tags", "skeleton", "workspace",
];

/// Words that end the object of the verb.
#[rustfmt::skip]
pub(super) const STOPS: &[&str] = &[
    "for", "in", "with", "to", "that", "and", "using", "from", "of", "on", "so", "by", "when", "covering", "via",
    "against", "into", "as", "per", "y", "para", "con", "en", "que", "com", "em", "pour", "dans", "avec", "et",
    "für", "mit", "und", "dla", "z", "i", "для", "и", "в", "at", "under", "which", "where", "if", "before",
    "after", "until", "verifying", "asserting", "ensuring", "proving", "sobre",
];

pub(super) const CONTRACT: &[&str] =
    &["contract", "contrato", "contrat", "kontrakt", "vertrags", "контракт", "契約", "契约", "合約", "合约", "계약"];

#[rustfmt::skip]
pub(super) const INTEGRATION: &[&str] = &[
    "integration", "integración", "integracion", "integração", "intégration", "integrac", "интеграцион", "e2e",
    "end-to-end", "end to end", "playwright", "cypress", "結合", "統合", "集成", "整合", "통합", "端到端",
];

pub(super) const UNIT: &[&str] =
    &["unit", "unitari", "unitári", "jednostk", "модульн", "単体", "ユニット", "单元", "單元", "단위", "유닛"];

/// What tests do in the end.
pub(super) const OUTCOMES: &[&str] = &["fail", "fails", "failing", "pass", "passes", "passing", "green"];

/// Words before the verb that say nothing.
pub(super) const LEADS: &[&str] =
    &["tdd", "red", "backend", "frontend", "failing", "first", "then", "also", "optionally", "please", "*"];

#[rustfmt::skip]
pub(super) const FOLDERS: &[&str] = &[
    "directory", "directories", "folder", "folders", "structure", "directorio", "directorios", "carpeta",
    "carpetas", "subcarpetas", "estructura", "diretório", "diretórios", "pasta", "pastas", "estrutura", "dossier",
    "répertoire", "arborescence", "verzeichnis", "verzeichnisse", "ordner", "katalog", "katalogi", "katalogów",
    "strukturę", "struktura", "skeleton",
];

#[rustfmt::skip]
pub(super) const OTHER_THINGS: &[&str] = &[
    "testing", "docker", "compose", "devdependency", "documentation", "docs", "readme", "changelog", "comment",
    "comments", "docstrings", "jsdoc", "dependency", "dependencies", "directory", "directories", "folder",
    "folders", "gitignore", "ci", "pipeline", "workflow", "quickstart", "runbook", "guide", "skeleton",
    "structure", "report", "checklist", "plan", "spec", "adr", "diagram", "fixture", "fixtures", "mock", "mocks",
    "baseline", "screenshot", "screenshots", "estructura", "estrutura", "documentación", "documentação",
    "dependencias", "dependências", "dossier", "carpetas", "pastas", "linter", "linting", "eslint", "prettier",
    "dockerfile", "env", "issue", "pr", "branch", "harness", "test", "tests",
];

pub(super) const WIDE_WRITE: &[&str] = &[
    "実装", "作成", "追加", "更新", "修正", "変更", "拡張", "定義", "統合", "구현", "생성", "추가", "수정", "작성",
    "확장", "정의", "实现", "实作", "實作", "實現", "建立", "创建", "創建", "新增", "添加", "修改", "更新", "扩展",
    "擴充", "编写", "編寫", "撰寫", "定义", "定義",
];

#[rustfmt::skip]
pub(super) const WIDE_EXAMINE: &[&str] = &[
    "実行", "実施", "確認", "検証する", "執行", "执行", "运行", "運行", "驗證", "验证", "審查", "检查", "檢查", "실행", "확인", "검증",
];

#[rustfmt::skip]
pub(super) const WIDE_OTHER_THINGS: &[&str] = &[
    "ドキュメント", "readme", "ディレクトリ", "設定ファイル", "文件更新", "文檔", "文档", "目錄", "目录", "문서", "디렉토리", "디렉터리", "설정 파일", "依存関係",
    "依賴", "依赖",
];

/// Words that make an examination of the next one: "security review".
pub(super) const QUALITIES: &[&str] =
    &["code", "security", "performance", "accessibility", "load", "cross", "final", "regression", "a11y", "usability"];

/// What a quality is examined by.
#[rustfmt::skip]
pub(super) const EXAMINATIONS: &[&str] = &[
    "review", "audit", "testing", "check", "checks", "tuning", "profiling", "scan", "verification", "validation",
    "platform", "browser", "pass",
];

/// Chinese verbs of examining, at the start of a sentence.
pub(super) const EXAMINES_FIRST: &[&str] = &[
    "驗證", "验证", "執行", "执行", "运行", "運行", "確認", "确认", "檢查", "检查", "審查", "审查", "手動", "手动",
    "評估", "评估",
];

/// Verbs of setting up, at the start of a sentence.
pub(super) const PREPARES_FIRST: &[&str] =
    &["初始化", "安装", "安裝", "配置", "設定", "设置", "設置", "セットアップ", "インストール"];

/// Japanese and Korean verbs of examining, at the end of a sentence.
pub(super) const EXAMINES_LAST: &[&str] =
    &["確認", "実行", "実施", "検証", "実行する", "確認する", "検証する", "실행", "확인", "검증", "점검"];

/// Verbs of setting up, at the end of a sentence.
pub(super) const PREPARES_LAST: &[&str] = &["インストール", "セットアップ", "설치", "설정"];

/// Words before "test" that tell its kind or its tool.
pub(super) const TEST_KINDS: &[&str] =
    &["unit", "integration", "e2e", "contract", "component", "end", "playwright", "cypress", "vitest", "jest"];

/// What stands behind "test" where a test is still meant.
#[rustfmt::skip]
pub(super) const TEST_PARTS: &[&str] = &[
    "file", "files", "case", "cases", "class", "classes", "suite", "suites", "coverage", "scenario", "scenarios",
    "method", "methods", "function", "functions", "module", "modules", "code",
];

/// Words that add tests to something: "… with tests".
pub(super) const JOINS: &[&str] =
    &["with", "and", "+", "plus", "including", "incl", "con", "y", "com", "e", "avec", "et", "mit", "und", "i", "и"];

/// Compounds of "test" in Chinese, Japanese and Korean that are about something else.
#[rustfmt::skip]
pub(super) const NOT_A_WIDE_TEST: &[&str] = &[
    "テストデータ", "テスト環境", "テスト用", "テスト設定", "テストユーザ", "テスト基盤", "テストフレーム", "テストファースト", "测试数据", "测试环境", "测试框架", "测试用户",
    "測試資料", "測試環境", "測試框架", "測試工廠", "測試用", "測試使用者", "測試帳號", "測試優先", "测试账号", "테스트 데이터", "테스트 환경", "테스트 프레임",
];

/// How headings over the set-up begin.
#[rustfmt::skip]
pub(super) const SETUP: &[&str] = &[
    "setup", "set up", "set-up", "project setup", "project init", "initial setup", "initialization", "preparation",
    "scaffold", "environment", "configuración inicial", "configuração inicial", "préparation", "einrichtung",
    "konfiguracja", "セットアップ", "準備", "环境", "環境", "初始化", "設置", "设置", "설정", "초기", "подготовка", "настройка",
];

/// Words of headings that stand over more than tests, or over what tests need.
#[rustfmt::skip]
pub(super) const NOT_TESTS_HEADING: &[&str] = &[
    "manual", "infrastructure", "setup", "strategy", "framework", "environment", "fixtures", "utilities", "utils",
    "helpers", "data", "config", "configuration", "results", "execution", "run", "plan", "harness", "tooling",
    "independent", "criteria", "polish", "documentation", "docs", "hardening", "performance", "validation",
    "verification", "review", "deploy", "deployment", "qa", "support", "foundation",
];

/// Kinds in headings such as "Unit & Integration Tests".
#[rustfmt::skip]
pub(super) const HEADING_KINDS: &[&str] = &[
    "unit", "integration", "contract", "e2e", "component", "frontend", "backend", "api", "acceptance", "unitarias",
    "unitários",
];

/// What tests stand on.
pub(super) const SUPPORT_THINGS: &[&str] =
    &["framework", "harness", "helper", "helpers", "utilities", "fixture", "fixtures", "infrastructure", "factory"];
