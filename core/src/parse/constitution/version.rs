//! The version line of a constitution: version, ratified, last amended, in any language and layout.

use crate::markdown::{BlockKind, Markdown};
use crate::parse::phrase;
use crate::plan::Text;
use crate::source::Span;

/// What the version line says.
#[derive(Debug, Default)]
pub(super) struct VersionLine {
    pub(super) version: Option<Text>,
    pub(super) ratified: Option<Text>,
    pub(super) amended: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Version,
    Ratified,
    Amended,
}

/// Longer than any line that states a version.
const LONGEST_LINE: usize = 600;

const VERSION: &[&str] = &[
    "version", "versión", "versão", "versione", "versie", "wersja", "verze", "sürüm", "версия", "версія", "phiên bản",
    "version actuelle", "constitution version", "current version", "版本", "版本号", "版本號", "宪法版本", "憲法版本",
    "章程版本", "憲章版本", "宪章版本", "当前版本", "當前版本", "バージョン", "憲法バージョン", "版", "버전",
    "헌법 버전", "الإصدار", "versi",
];

const RATIFIED: &[&str] = &[
    "ratified", "ratified on", "ratification date", "ratification", "date ratified", "adopted", "adopted on",
    "adoption date", "effective", "effective date", "established", "ratificada", "ratificado", "ratificación",
    "fecha de ratificación", "ratificação", "data de ratificação", "data da ratificação", "ratifiée", "ratifié",
    "ratifiée le", "date de ratification", "ratification le", "adoptée le", "adoptée", "ratifiziert", "ratifiziert am",
    "ratifizierungsdatum", "verabschiedet", "verabschiedet am", "in kraft seit", "ratificata", "ratificato",
    "data di ratifica", "geratificeerd", "ratyfikowano", "ratyfikacja", "data ratyfikacji", "ratyfikowana",
    "uchwalono", "ратифицирована", "ратифицировано", "ратификация", "дата ратификации", "принята", "принято",
    "утверждена", "ратифіковано", "onaylandı", "phê chuẩn", "制定日", "制定日期", "制定", "批准日期", "批准日",
    "批准于", "批准時間", "批准时间", "批准", "通过日期", "通過日期", "生效日期", "施行日", "制定年月日", "発効日",
    "採択日", "批准年月日", "제정일", "제정", "비준일", "비준", "비준 날짜", "승인일", "채택일", "diratifikasi",
];

const AMENDED: &[&str] = &[
    "last amended", "last amended date", "last amended on", "last amendment", "last amendment date", "amended",
    "last updated", "last modified", "last revised", "amendment date", "última enmienda", "ultima enmienda",
    "última modificación", "última actualización", "última revisión", "enmendada", "última emenda", "ultima emenda",
    "última alteração", "última atualização", "última revisão", "data da última emenda", "dernière modification",
    "dernier amendement", "dernière révision", "dernière mise à jour", "amendée le", "zuletzt geändert",
    "zuletzt geändert am", "zuletzt aktualisiert", "letzte änderung", "letzte ergänzung", "ultima modifica",
    "ultimo emendamento", "laatst gewijzigd", "ostatnia zmiana", "ostatnio zmieniono", "data ostatniej zmiany",
    "ostatnia nowelizacja", "ostatnia poprawka", "последнее изменение", "последняя поправка", "последняя редакция",
    "последнее обновление", "дата последнего изменения", "изменена", "остання зміна", "son değişiklik",
    "sửa đổi lần cuối", "最后修订", "最后修改", "最后修正", "最后更新", "最近修订", "修订日期", "最后修订日期",
    "最后修改日期", "最后更新日期", "最後修訂", "最後修改", "最後修正", "最後更新", "最近修訂", "修訂日期",
    "最後修訂日期", "最後修改日期", "最後更新日期", "上次修订", "上次修訂", "最終改定", "最終改定日", "最終改正",
    "最終改正日", "最終改訂", "最終改訂日", "最終修正", "最終修正日", "最終更新", "最終更新日", "改定日", "改訂日",
    "최종 수정일", "최종 수정", "최종 개정일", "최종 개정", "마지막 수정", "마지막 수정일", "마지막 개정",
    "마지막 개정일", "최근 수정일", "최근 개정일", "개정일", "수정일", "terakhir diubah",
];

/// A statement of one key, and how sure it is that it speaks of the constitution.
struct Statement {
    key: Key,
    value: Text,
    rank: u8,
}

/// Reads the version line, wherever it stands outside of comments.
pub(super) fn version_line(markdown: &Markdown<'_>) -> VersionLine {
    let mut statements = Vec::new();
    for block in &markdown.blocks {
        match block.kind {
            BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Heading { .. } => {
                let before = statements.len();
                for line in markdown.lines(block.content) {
                    read_line(markdown.text, line, 2, &mut statements);
                }
                raise_together(&mut statements[before..]);
            }
            BlockKind::Table { index } => read_table(markdown, index, &mut statements),
            BlockKind::Code { .. } | BlockKind::FrontMatter => {
                let before = statements.len();
                for line in markdown.lines(block.content) {
                    read_line(markdown.text, line, 1, &mut statements);
                }
                // A manifest in an example has a version too; a constitution's has dates.
                if statements[before..].iter().all(|statement| statement.key == Key::Version) {
                    statements.truncate(before);
                } else {
                    statements[before..].reverse();
                }
            }
            BlockKind::Html | BlockKind::Rule => {}
        }
    }
    VersionLine {
        version: best(&statements, Key::Version).or_else(|| heading_version(markdown)),
        ratified: best(&statements, Key::Ratified),
        amended: best(&statements, Key::Amended),
    }
}

/// The surest statement of `key`, of equally sure ones the last.
fn best(statements: &[Statement], key: Key) -> Option<Text> {
    statements
        .iter()
        .filter(|statement| statement.key == key)
        .max_by_key(|statement| statement.rank)
        .map(|statement| statement.value.clone())
}

/// A version that stands together with a date is the constitution's, not a tool's.
fn raise_together(statements: &mut [Statement]) {
    let has = |version: bool| statements.iter().any(|statement| (statement.key == Key::Version) == version);
    if has(true) && has(false) {
        for statement in statements {
            statement.rank += 2;
        }
    }
}

/// `| Version | 1.2.0 |` as rows, or the keys as header over one row.
fn read_table(markdown: &Markdown<'_>, index: usize, statements: &mut Vec<Statement>) {
    let Some(table) = markdown.tables.get(index) else { return };
    let before = statements.len();
    let mut pair = |label: Span, value: Span| {
        let label = markdown.plain(label);
        let Some((key, length)) = key_at(&label) else { return };
        if label[length..].trim_matches([':', '：', ' ']).is_empty() {
            statements.extend(statement(markdown.text, key, value, 2));
        }
    };
    for row in std::iter::once(&table.header).chain(table.rows.iter().map(|row| &row.cells)) {
        if let [label, value, ..] = row.as_slice() {
            pair(*label, *value);
        }
    }
    if let Some(row) = table.rows.first() {
        for (label, value) in table.header.iter().zip(&row.cells) {
            pair(*label, *value);
        }
    }
    raise_together(&mut statements[before..]);
}

/// Finds `key: value` anywhere in a line; several stand in one line.
fn read_line(text: &str, line: Span, rank: u8, statements: &mut Vec<Statement>) {
    let raw = line.text(text);
    if raw.len() > LONGEST_LINE || !raw.contains(|c: char| c.is_ascii_digit() || c == '[' || c == 'T') {
        return;
    }
    let mut found: Vec<(usize, Key, usize)> = Vec::new();
    let mut in_word = false;
    let mut behind = 0;
    for (at, c) in raw.char_indices() {
        let starts = c.is_alphanumeric() && !in_word;
        in_word = c.is_alphanumeric() && !phrase::is_ideographic(c);
        // "TODO(RATIFICATION_DATE): …" is a value, not a key.
        if !starts || at < behind || raw[..at].ends_with("TODO(") {
            continue;
        }
        if let Some((key, value)) = key_with_value(&raw[at..]) {
            found.push((at, key, at + value));
            behind = at + value;
        }
    }
    for (index, (_, key, start)) in found.iter().enumerate() {
        let end = found.get(index + 1).map_or(raw.len(), |next| next.0);
        let value = &raw[*start..end.max(*start)];
        let value = value.split(['|', '•', '·', '｜', ';', '；']).next().unwrap_or_default();
        let span = Span::new(line.start as usize + start, line.start as usize + start + value.len());
        statements.extend(statement(text, *key, span, rank));
    }
}

/// The key that `text` begins with, and where its value begins.
fn key_with_value(text: &str) -> Option<(Key, usize)> {
    let (key, length) = key_at(text)?;
    let rest = &text[length..];
    let marks = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '"' | ')' | '）'));
    let at = text.len() - marks.len();
    if let Some(value) = marks.strip_prefix([':', '：', '=']) {
        return Some((key, text.len() - value.len()));
    }
    // "Version 1.2.0" needs no colon.
    let direct = marks.strip_prefix(['v', 'V']).unwrap_or(marks);
    (direct.starts_with(|c: char| c.is_ascii_digit()) && rest.starts_with([' ', '*', '_'])).then_some((key, at))
}

fn key_at(text: &str) -> Option<(Key, usize)> {
    [(Key::Amended, AMENDED), (Key::Ratified, RATIFIED), (Key::Version, VERSION)]
        .into_iter()
        .filter_map(|(key, phrases)| phrase::leading_word(text, phrases).map(|length| (key, length)))
        .max_by_key(|(_, length)| *length)
        .map(|(key, length)| {
            // "LAST_AMENDED_DATE" and "Ratified Date" say no more than without the word.
            let date = phrase::starts_with(&text[length..], " date").map_or(0, |date| date);
            (key, length + date)
        })
}

/// The statement of `key` at `span`, unless its value is empty or a placeholder.
fn statement(text: &str, key: Key, span: Span, rank: u8) -> Option<Statement> {
    let raw = span.text(text);
    let is_mark = |c: char| {
        c.is_whitespace()
            || matches!(c, '*' | '_' | '`' | '"' | '\'' | ',' | '、' | '，' | '(' | '（' | '-' | '–' | '—' | '.')
    };
    let inner = raw.trim_start_matches(|c: char| is_mark(c) || matches!(c, ':' | '：'));
    if key == Key::Version {
        // The version stands first; "Version bump: see 1.2.0" is prose.
        let (version, at) = version_in(inner)?;
        let lead = inner[..at].trim_end_matches(['v', 'V']);
        if lead.contains(char::is_alphanumeric) {
            return None;
        }
        let value = Text::new(version, Span::of(version, text, 0));
        let full = version.matches('.').count() >= 2;
        return Some(Statement { key, value, rank: rank + u8::from(full) });
    }
    let inner = inner.trim_end_matches(is_mark);
    if inner.is_empty() || phrase::is_placeholder(inner) || !inner.contains(|c: char| c.is_ascii_digit() || c == 'T') {
        return None;
    }
    let value = inner.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Statement { key, value: Text::new(value, Span::of(inner, text, 0)), rank })
}

/// The first version number of `text`, without a `v`, and where it stands. A date is none.
pub(super) fn version_in(text: &str) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        let number = text[at..at + length].trim_end_matches('.');
        let fresh = at == 0 || !(bytes[at - 1].is_ascii_digit() || matches!(bytes[at - 1], b'.' | b'-' | b'/'));
        let major = number.split('.').next().unwrap_or_default();
        if fresh && number.contains('.') && major.len() <= 3 {
            return Some((number, at));
        }
        at += length;
    }
    None
}

/// `# Constitution v1.2.0`, `## Version 1.2.0` above nothing else that says it.
fn heading_version(markdown: &Markdown<'_>) -> Option<Text> {
    let title = markdown.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading { .. }))?;
    let (version, _) = version_in(markdown.raw(title.content))?;
    Some(Text::new(version, Span::of(version, markdown.text, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> [Option<String>; 3] {
        let line = version_line(&Markdown::parse(text));
        for part in [&line.version, &line.ratified, &line.amended].into_iter().flatten() {
            assert!(part.span.text(text).contains(part.text.as_str()), "{part:?}");
        }
        [line.version, line.ratified, line.amended].map(|part| part.map(|part| part.text))
    }

    fn full() -> [Option<String>; 3] {
        ["1.2.0", "2025-01-02", "2025-03-04"].map(|part| Some(part.to_owned()))
    }

    #[test]
    fn layouts_of_the_version_line() {
        for text in [
            "**Version**: 1.2.0 | **Ratified**: 2025-01-02 | **Last Amended**: 2025-03-04",
            "Version: 1.2.0\nRatified: 2025-01-02\nLast Amended: 2025-03-04",
            "**Version** 1.2.0 • **Ratified** 2025-01-02 • **Last Amended** 2025-03-04",
            "*Version v1.2.0, ratified 2025-01-02, last amended 2025-03-04*",
            "- **Version:** `1.2.0`\n- **Ratified:** 2025-01-02\n- **Last Amended Date:** 2025-03-04",
            "| Version | 1.2.0 |\n|---|---|\n| Ratified | 2025-01-02 |\n| Last Amended | 2025-03-04 |",
            "| Version | Ratified | Last Amended |\n|---|---|---|\n| 1.2.0 | 2025-01-02 | 2025-03-04 |",
            "---\nversion: 1.2.0\nratified: 2025-01-02\nlast_amended: 2025-03-04\n---\n# T",
            "```yaml\nversion: \"1.2.0\"\nratified: \"2025-01-02\"\nlast_amended: \"2025-03-04\"\n```",
            "**Versión**: 1.2.0 | **Ratificada**: 2025-01-02 | **Última Enmienda**: 2025-03-04",
            "**Versão**: 1.2.0 | **Ratificado**: 2025-01-02 | **Última Alteração**: 2025-03-04",
            "**Version** : 1.2.0 | **Ratifiée le** : 2025-01-02 | **Dernière modification** : 2025-03-04",
            "**Version**: 1.2.0 | **Ratifiziert**: 2025-01-02 | **Zuletzt geändert**: 2025-03-04",
            "**Версия**: 1.2.0 | **Ратифицирована**: 2025-01-02 | **Последнее изменение**: 2025-03-04",
            "**版本**: 1.2.0 | **制定日**: 2025-01-02 | **最後修訂**: 2025-03-04",
            "**版本**：1.2.0 | **批准日期**：2025-01-02 | **最后修订**：2025-03-04",
            "**バージョン**: 1.2.0 | **批准日**: 2025-01-02 | **最終改訂日**: 2025-03-04",
            "**버전**: 1.2.0 | **제정일**: 2025-01-02 | **최종 수정일**: 2025-03-04",
            "**宪章版本（Constitution Version）：** v1.2.0  \n**RATIFICATION_DATE：** 2025-01-02  \n**LAST_AMENDED_DATE：** 2025-03-04",
        ] {
            assert_eq!(check(text), full(), "{text}");
        }
    }

    #[test]
    fn a_tools_version_is_not_the_constitutions() {
        let text = "- **Version**: 3.11 of the runtime\n- **Version Control**: Git 2.40\n- **Versioning**: 9.9.9\n\n**Version**: 1.2.0 | **Ratified**: 2025-01-02 | **Last Amended**: 2025-03-04\n\nVersion: 7.0.0\n";
        assert_eq!(check(text), full());
    }

    #[test]
    fn placeholders_are_no_values() {
        let text =
            "**Version**: [CONSTITUTION_VERSION] | **Ratified**: [RATIFICATION_DATE] | **Last Amended**: 2025-03-04";
        assert_eq!(check(text), [None, None, Some("2025-03-04".to_owned())]);
        let text =
            "**Version**: 1.0.0 | **Ratified**: TODO(RATIFICATION_DATE): ask the team | **Last Amended**: 2025-03-04";
        assert_eq!(check(text)[1].as_deref(), Some("TODO(RATIFICATION_DATE): ask the team"));
    }

    #[test]
    fn a_date_is_no_version() {
        assert_eq!(version_in("2025.01.02 and 2025-1.2, v1.4"), Some(("1.4", 26)));
    }

    #[test]
    fn the_title_may_carry_the_version() {
        assert_eq!(check("# Constitution v2.1.0\n")[0].as_deref(), Some("2.1.0"));
    }
}
