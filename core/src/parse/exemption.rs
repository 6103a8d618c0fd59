//! Whether a note says that a principle does not apply: "N/A for tests", "この原則は適用外".

use crate::matching::contains_any;

/// Whether `text` says that what it speaks of does not apply as a whole. "The limit does not apply to
/// generated code" exempts a part only.
pub(crate) fn does_not_apply(text: &str) -> bool {
    let lower = text.to_lowercase();
    opens_with_exemption(&lower)
        || contains_any(&lower, WITHOUT_SPACES)
        || PHRASES.iter().any(|phrase| lower.match_indices(phrase).any(|(at, _)| is_of_the_whole(&lower[..at])))
}

/// What says it in a sentence.
const PHRASES: &[&str] = &[
    "not applicable", "does not apply", "doesn't apply", "not relevant", "no aplica", "não se aplica",
    "nicht anwendbar", "non applicable", "ne s'applique pas", "nie dotyczy", "не применим",
];

/// What says it where words are not parted.
const WITHOUT_SPACES: &[&str] = &[
    "適用外", "適用対象外", "適用されない", "該当しない", "該当なし", "とは関係ない", "とは直接関係ない", "とは無関係",
    "不适用", "不適用", "无关", "無關", "해당 없음", "해당되지", "적용되지",
];

/// Whether `text` begins with "N/A", in brackets or not.
fn opens_with_exemption(lower: &str) -> bool {
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = bare.strip_prefix("n/a").or_else(|| bare.strip_prefix("not applicable"));
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether what stands before the phrase in its sentence is nothing, or the principle itself.
fn is_of_the_whole(before: &str) -> bool {
    const SUBJECTS: &[&str] =
        &["this", "it", "principle", "article", "rule", "the", "is", "gate", "este", "principio", "esta", "princípio"];
    let clause = before.rsplit(['.', ';', ':', '(', '|', '—', '–', '\n']).next().unwrap_or(before);
    clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| SUBJECTS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_and_part() {
        for (text, expected) in [
            ("N/A for tests, but isolation ensures it", true),
            ("(N/A: a tool)", true),
            ("Not applicable: a page of text", true),
            ("A tool. This principle does not apply.", true),
            ("開発ツールのため、この原則は適用外。", true),
            ("開発ツールのため、バリデーションとは直接関係ないが、型は維持される。", true),
            ("No aplica: solo backend", true),
            ("The limit does not apply to generated code", false),
            ("Payment: N/A for now", false),
            ("two crates", false),
            ("", false),
        ] {
            assert_eq!(does_not_apply(text), expected, "{text}");
        }
    }
}
