//! The note of a tasks.md that tests are optional, were not asked for, or are left out.

use super::keyed::{folded, label};
use super::task_kind::is_tests;
use crate::markdown::{BlockKind, Markdown};
use crate::matching::contains_any;
use crate::plan::Text;

/// The note that tests are optional, were not asked for, or are left out.
pub(super) fn tests_optional(markdown: &Markdown<'_>) -> Option<Text> {
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
        "tests are optional", "tests are not", "tests were not", "tests not requested", "tests optional",
        "no tests requested", "no automated tests", "no test tasks", "test tasks are optional", "test tasks omitted",
        "tests omitted", "tests (optional", "(optional - only if tests requested", "テストタスクは含",
        "不包含测试任务", "不包含測試任務",
    ];
    labelled || contains_any(lower, &said)
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
    !contains_any(lower, &denied) && (contains_any(lower, &left_out) || contains_any(lower, &optional))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_about_tests() {
        for (text, expected) in [
            ("**Tests**: Not requested, so none are planned.", true),
            ("**Tests**: Tests are OPTIONAL here.", true),
            ("### Tests for User Story 1 (OPTIONAL - only if tests requested)", true),
            ("**Tests**: No solicitados en la especificación.", true),
            ("**Tests**: テストタスクは含まれていません", true),
            ("**Tests**: 수동 테스트, 선택 사항", true),
            ("**Tests**: Tests are MANDATORY and not optional.", false),
            ("**Tests**: unit and contract tests come first.", false),
            ("- Tests: `tests/`", false),
            ("The colour is optional.", false),
        ] {
            assert_eq!(tests_optional(&Markdown::parse(text)).is_some(), expected, "{text}");
        }
    }
}
