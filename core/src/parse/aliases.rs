//! One table of what headings and keys are called, in the languages that plans are written in.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// What a heading or a bold key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Term {
    /// **Branch**
    Branch,
    /// **Date**
    Date,
    /// **Spec**
    Spec,
    /// **Input**
    Input,
    /// ## Summary
    Summary,
    /// ## Technical Context
    TechnicalContext,
    /// **Language/Version**
    LanguageVersion,
    /// **Primary Dependencies**
    PrimaryDependencies,
    /// **Storage**
    Storage,
    /// **Testing**
    Testing,
    /// **Target Platform**
    TargetPlatform,
    /// **Project Type**
    ProjectType,
    /// **Performance Goals**
    PerformanceGoals,
    /// **Constraints**
    Constraints,
    /// **Scale/Scope**
    ScaleScope,
    /// ## Constitution Check
    ConstitutionCheck,
    /// ## Project Structure
    ProjectStructure,
    /// ### Documentation (this feature)
    Documentation,
    /// ### Source Code (repository root)
    SourceCode,
    /// **Structure Decision**
    StructureDecision,
    /// ## Complexity Tracking
    ComplexityTracking,
    /// **Status**
    Status,
    /// **Overall Status**, **Gate Result**: told by its words, so that no name can be added.
    #[serde(skip)]
    Overall,
}

impl Term {
    /// The key by which plangate.toml names it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Date => "date",
            Self::Spec => "spec",
            Self::Input => "input",
            Self::Summary => "summary",
            Self::TechnicalContext => "technical-context",
            Self::LanguageVersion => "language-version",
            Self::PrimaryDependencies => "primary-dependencies",
            Self::Storage => "storage",
            Self::Testing => "testing",
            Self::TargetPlatform => "target-platform",
            Self::ProjectType => "project-type",
            Self::PerformanceGoals => "performance-goals",
            Self::Constraints => "constraints",
            Self::ScaleScope => "scale-scope",
            Self::ConstitutionCheck => "constitution-check",
            Self::ProjectStructure => "project-structure",
            Self::Documentation => "documentation",
            Self::SourceCode => "source-code",
            Self::StructureDecision => "structure-decision",
            Self::ComplexityTracking => "complexity-tracking",
            Self::Status => "status",
            Self::Overall => "overall",
        }
    }
}

const TABLE: &[(Term, &[&str])] = &[
    (
        Term::Branch,
        &[
            "branch", "feature branch", "branches", "git branch", "working branch", "rama", "ramo", "branche", "zweig",
            "gałąź", "ветка", "ブランチ", "機能ブランチ", "機能id", "브랜치", "기능 브랜치", "分支", "功能分支",
            "特性分支",
        ],
    ),
    (
        Term::Date,
        &["date", "fecha", "data", "datum", "дата", "日付", "作成日", "날짜", "작성일", "日期", "创建日期", "建立日期"],
    ),
    (
        Term::Spec,
        &[
            "spec", "specification", "feature spec", "feature specification", "especificación", "especificação",
            "spécification", "spezifikation", "specyfikacja", "спецификация", "仕様", "仕様書", "사양서", "사양",
            "명세", "명세서", "规格", "規格", "规范", "規範", "規格書", "规格说明",
        ],
    ),
    (
        Term::Input,
        &["input", "entrada", "entrée", "eingabe", "wejście", "dane wejściowe", "вход", "入力", "입력", "输入", "輸入"],
    ),
    (
        Term::Summary,
        &[
            "summary", "overview", "executive summary", "resumen", "resumo", "résumé", "zusammenfassung",
            "podsumowanie", "streszczenie", "резюме", "сводка", "краткое описание", "概要", "サマリー", "要約", "요약",
            "개요", "摘要", "总结", "總結", "概述",
        ],
    ),
    (
        Term::TechnicalContext,
        &[
            "technical context", "technical background", "tech context", "contexto técnico", "contexte technique",
            "technischer kontext", "kontekst techniczny", "технический контекст", "技術コンテキスト",
            "技術的コンテキスト", "技術的背景", "기술 컨텍스트", "기술적 맥락", "기술 배경", "기술 맥락", "技术上下文",
            "技术背景", "技術背景", "技術上下文", "技術情境", "技術脈絡", "技術內容", "技术环境", "技術環境",
        ],
    ),
    (
        Term::LanguageVersion,
        &[
            "language/version", "language", "languages", "language & version", "language and version",
            "languages/versions", "language/versions", "languages/version", "lenguaje/versión", "lenguaje",
            "linguagem/versão", "linguagem", "langage/version", "sprache/version", "język/wersja", "язык/версия",
            "言語/バージョン", "言語", "언어/버전", "언어", "语言/版本", "語言/版本", "语言", "語言",
        ],
    ),
    (
        Term::PrimaryDependencies,
        &[
            "primary dependencies", "dependencies", "main dependencies", "key dependencies", "primary dependency",
            "core dependencies", "dependencias principales", "dependencias primarias", "dependencias",
            "dependências principais", "dependências primárias", "dependências", "dépendances principales",
            "primäre abhängigkeiten", "hauptabhängigkeiten", "abhängigkeiten", "główne zależności",
            "основные зависимости", "主要依存関係", "主な依存関係", "主要な依存関係", "依存関係", "주요 의존성",
            "의존성", "主要依赖", "主要依賴", "主要相依套件", "主要相依性", "主要依賴項", "主要依赖项", "依赖",
        ],
    ),
    (
        Term::Storage,
        &[
            "storage", "database", "data storage", "persistence", "almacenamiento", "armazenamento", "stockage",
            "speicher", "speicherung", "przechowywanie danych", "przechowywanie", "хранилище", "хранение",
            "ストレージ", "データストレージ", "저장소", "스토리지", "存储", "儲存", "儲存空間", "資料儲存", "存儲",
            "数据存储",
        ],
    ),
    (
        Term::Testing,
        &[
            "testing", "tests", "test framework", "testing framework", "pruebas", "testes", "testowanie", "testy",
            "тестирование", "テスト", "테스트", "测试", "測試",
        ],
    ),
    (
        Term::TargetPlatform,
        &[
            "target platform", "target platforms", "platform", "platforms", "plataforma objetivo",
            "plataforma destino", "plataforma alvo", "plataforma", "plateforme cible", "zielplattform",
            "platforma docelowa", "целевая платформа", "対象プラットフォーム", "ターゲットプラットフォーム",
            "대상 플랫폼", "타겟 플랫폼", "目标平台", "目標平台",
        ],
    ),
    (
        Term::ProjectType,
        &[
            "project type", "type of project", "tipo de proyecto", "tipo de projeto", "type de projet", "projekttyp",
            "typ projektu", "тип проекта", "プロジェクトタイプ", "プロジェクト種別", "프로젝트 유형", "프로젝트 타입",
            "项目类型", "專案類型",
        ],
    ),
    (
        Term::PerformanceGoals,
        &[
            "performance goals", "performance goal", "performance targets", "performance", "performance requirements",
            "objetivos de rendimiento", "objetivos de performance", "metas de rendimiento", "metas de performance",
            "metas de desempenho", "objetivos de desempenho", "objectifs de performance", "leistungsziele",
            "performance-ziele", "cele wydajnościowe", "wydajność", "цели производительности", "производительность",
            "パフォーマンス目標", "性能目標", "성능 목표", "性能目标", "效能目標", "性能要求",
        ],
    ),
    (
        Term::Constraints,
        &[
            "constraints", "constraint", "technical constraints", "restricciones", "restrições", "contraintes",
            "einschränkungen", "randbedingungen", "ograniczenia", "ограничения", "制約", "制約事項", "制約条件",
            "제약 조건", "제약조건", "제약사항", "约束", "约束条件", "限制", "限制條件", "約束", "約束條件",
            "限制条件",
        ],
    ),
    (
        Term::ScaleScope,
        &[
            "scale/scope", "scale", "scope", "scale & scope", "scale and scope", "escala/alcance", "escala",
            "escala/escopo", "échelle/périmètre", "échelle/portée", "umfang/skalierung", "skalierung/umfang", "umfang",
            "skala/zakres", "масштаб/объём", "масштаб/объем", "масштаб", "スケール/スコープ", "規模/スコープ",
            "規模/範囲", "規模", "규모/범위", "규모", "规模/范围", "規模/範圍", "规模",
        ],
    ),
    (
        Term::ProjectStructure,
        &[
            "project structure", "code structure", "file structure", "repository structure", "directory structure",
            "folder structure", "repo structure", "package structure", "source structure", "project layout",
            "repository layout", "directory layout", "folder layout", "package layout", "target package layout",
            "source layout", "code layout", "file layout", "estructura de archivos", "estructura de carpetas",
            "estructura de directorios", "estrutura de arquivos", "estrutura de pastas", "estrutura de diretórios",
            "arborescence du projet", "verzeichnisstruktur", "ordnerstruktur", "struktura katalogów",
            "структура каталогов", "структура репозитория", "ディレクトリ構造", "ディレクトリ構成", "フォルダ構成",
            "디렉토리 구조", "디렉터리 구조", "폴더 구조", "目录结构", "目錄結構", "文件结构", "代码结构", "項目結構",
            "estructura del proyecto", "estructura de proyecto", "estrutura do projeto", "structure du projet",
            "projektstruktur", "struktura projektu", "структура проекта", "プロジェクト構造", "プロジェクト構成",
            "프로젝트 구조", "项目结构", "專案結構", "专案结构",
        ],
    ),
    (
        Term::Documentation,
        &[
            "documentation", "documentación", "documentação", "dokumentation", "dokumentacja", "документация",
            "ドキュメント", "文書", "문서", "문서화", "文档", "文件", "文檔",
        ],
    ),
    (
        Term::SourceCode,
        &[
            "source code", "source", "sources", "código fuente", "código fonte", "code source", "quellcode",
            "kod źródłowy", "исходный код", "ソースコード", "소스 코드", "源代码", "原始碼", "原始程式碼", "源码",
        ],
    ),
    (
        Term::StructureDecision,
        &[
            "structure decision", "project structure decision", "decisión de estructura", "decisión estructural",
            "decisión de la estructura", "decisão de estrutura", "decisão estrutural", "décision de structure",
            "décision structurelle", "strukturentscheidung", "decyzja strukturalna", "decyzja dotycząca struktury",
            "решение по структуре", "構造の決定", "構造決定", "構成の決定", "構造に関する決定", "구조 결정",
            "결정된 구조", "结构决策", "結構決策", "结构决定", "結構決定", "结构说明",
        ],
    ),
    (
        Term::ComplexityTracking,
        &[
            "complexity tracking", "complexity", "complexity justification", "complexity log",
            "seguimiento de complejidad", "seguimiento de la complejidad", "registro de complejidad",
            "rastreamento de complexidade", "controle de complexidade", "acompanhamento de complexidade",
            "suivi de la complexité", "suivi de complexité", "komplexitätsverfolgung", "komplexitäts-tracking",
            "komplexität", "śledzenie złożoności", "отслеживание сложности", "учёт сложности", "複雑性追跡",
            "複雑さの追跡", "複雑性の追跡", "複雑度追跡", "複雑性トラッキング", "복잡도 추적", "복잡성 추적",
            "复杂度跟踪", "复杂性跟踪", "复杂度追踪", "複雜度追蹤", "複雜性追蹤",
        ],
    ),
    (
        Term::Status,
        &[
            "status", "estado", "statut", "stan", "статус", "状态", "狀態", "ステータス", "状態", "상태", "compliance",
            "gate", "assessment", "verdict", "result", "결과", "判定", "validation",
        ],
    ),
];

static BUILT_IN: LazyLock<Aliases> = LazyLock::new(|| {
    let mut aliases = Aliases { by_name: HashMap::new(), names_checks: false };
    for (term, names) in TABLE {
        for name in *names {
            aliases.by_name.insert((*name).to_owned(), *term);
        }
    }
    aliases
});

/// What headings and keys are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aliases {
    by_name: HashMap<String, Term>,
    /// Whether a name was added for the Constitution Check, which is told by its words otherwise.
    names_checks: bool,
}

impl Default for Aliases {
    fn default() -> Self {
        BUILT_IN.clone()
    }
}

impl Aliases {
    /// The built-in names.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Adds a name, such as a translation of a heading.
    #[must_use]
    pub fn with(mut self, term: Term, name: &str) -> Self {
        self.by_name.insert(folded(name), term);
        self.names_checks |= term == Term::ConstitutionCheck;
        self
    }

    /// The names that are not built in, as they are compared: what [`Self::with`] makes the same aliases of.
    #[cfg(any(test, feature = "dynamic"))]
    pub(crate) fn added(&self) -> std::collections::BTreeMap<&str, Term> {
        let added = |(name, term): &(&String, &Term)| BUILT_IN.by_name.get(*name) != Some(*term);
        self.by_name.iter().filter(added).map(|(name, term)| (name.as_str(), *term)).collect()
    }

    /// Whether a name was added by which `name` is a Constitution Check.
    pub(super) fn is_check(&self, name: &str) -> bool {
        self.names_checks && self.term(name) == Some(Term::ConstitutionCheck)
    }

    /// What `name` stands for. Case, numbering, marks and what stands in brackets don't matter.
    #[must_use]
    pub fn term(&self, name: &str) -> Option<Term> {
        let name = folded(name);
        if let Some(term) = self.by_name.get(&name) {
            return Some(*term);
        }
        let bare = name.split(['(', '（', '[', '【']).next().unwrap_or_default().trim();
        (bare.len() < name.len()).then(|| self.by_name.get(bare).copied()).flatten()
    }
}

/// `name` in lower case, without numbering, marks and the punctuation around it; slashes without
/// white space, full-width ones as ASCII.
fn folded(name: &str) -> String {
    let trimmed =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '#') || !c.is_alphanumeric());
    let trimmed = if trimmed.is_empty() { name } else { trimmed };
    let mut out = String::with_capacity(trimmed.len());
    for c in trimmed.chars() {
        match c {
            '/' | '／' => {
                out.truncate(out.strip_suffix(' ').unwrap_or(&out).len());
                out.push('/');
            }
            '`' | '*' | '_' => {}
            c if c.is_whitespace() => {
                if !out.ends_with([' ', '/']) {
                    out.push(' ');
                }
            }
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '）' | ']' | '】')).len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold() {
        let aliases = Aliases::built_in();
        for (name, term) in [
            ("3. Project Structure", Some(Term::ProjectStructure)),
            ("Language / Version", Some(Term::LanguageVersion)),
            ("言語／バージョン", Some(Term::LanguageVersion)),
            ("Documentation (this feature)", Some(Term::Documentation)),
            ("Structure Decision:", Some(Term::StructureDecision)),
            ("📦 Technical Context", Some(Term::TechnicalContext)),
            ("Something else", None),
            ("", None),
        ] {
            assert_eq!(aliases.term(name), term, "{name}");
        }
    }

    #[test]
    fn a_term_is_called_as_the_configuration_writes_it() {
        for (term, _) in TABLE.iter().filter(|(term, _)| *term != Term::Overall) {
            assert_eq!(serde_json::to_value(term).unwrap(), term.as_str());
        }
    }

    #[test]
    fn an_organisation_adds_a_name() {
        let aliases = Aliases::default().with(Term::Storage, "Where data lives");
        assert_eq!(aliases.term("where data lives"), Some(Term::Storage));
    }
}
