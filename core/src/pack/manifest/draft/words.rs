//! Names, prefixes and indicators that are read off the words of a constitution.

use crate::matching::contains_any;
use std::collections::BTreeSet;

use crate::evidence::{is_glob, is_term};
use crate::pack::GATE;

/// At most so many terms, and so many files, are taken from one rule.
const MOST: usize = 6;

/// The first words of a text in kebab-case; empty where it has none in Latin letters.
pub(super) fn slug(text: &str, words: usize) -> String {
    const LONGEST: usize = 48;
    let plain: String = text.chars().filter_map(plain).collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).take(words);
    let mut slug = String::new();
    for word in words {
        if !slug.is_empty() && slug.len() + word.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST).map(|c| c.to_ascii_lowercase()));
    }
    slug
}

/// Accents are left out, and an apostrophe joins: "l'été" is `lete`.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\'' | '’' => return None,
        'à'..='å' | 'À'..='Å' | 'ā' | 'ą' => 'a',
        'è'..='ë' | 'È'..='Ë' | 'ę' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        'ç' | 'Ç' | 'ć' => 'c',
        'ñ' | 'Ñ' | 'ń' => 'n',
        'ł' | 'Ł' => 'l',
        'ś' => 's',
        'ź' | 'ż' => 'z',
        'ß' => 's',
        c => c,
    })
}

/// What the ids of a pack of this kebab-case name may begin with: the initials of the name, or its first letters;
/// none of the `taken` ones.
///
/// ```
/// use plangate_core::pack::prefix_for;
/// assert_eq!(prefix_for("acme", &[]), "ACM");
/// assert_eq!(prefix_for("local-voice-assistant", &["LVA"]), "LVAX");
/// ```
#[must_use]
pub fn prefix_for(name: &str, taken: &[&str]) -> String {
    let parts: Vec<&str> = name.split('-').collect();
    let letters = |text: &str, most: usize| -> String {
        text.chars().filter(char::is_ascii_alphabetic).take(most).map(|c| c.to_ascii_uppercase()).collect()
    };
    let initials: String = parts.iter().map(|part| letters(part, 1)).collect();
    let mut prefix = if initials.len() >= 3 { letters(&initials, 4) } else { letters(name, 3) };
    while prefix.len() < 2 {
        prefix.push('X');
    }
    while prefix.len() < 8 && (prefix == GATE || taken.contains(&prefix.as_str())) {
        prefix.push('X');
    }
    prefix
}

/// Words of a rule that forbids: what it names must not be there.
const FORBIDDING: &[&str] = &[
    "never", " not ", " no ", "prohibit", "forbid", "avoid", "without", "❌", "🚫", "nunca", "prohibid", "proibid",
    "jamais", "interdit", "niemals", "verboten", "kein", "nicht", "zakaz", "nigdy", "запрещ", "никогда", "нельзя",
    "禁止", "不得", "不可", "ない", "금지", "안 된다",
];

/// The feature's own documents, which every repository has.
const DOCUMENTS: &[&str] =
    &["spec.md", "plan.md", "tasks.md", "research.md", "data-model.md", "quickstart.md", "constitution.md"];

/// The terms and the files that a rule names in code spans: what would show that it is kept.
pub(super) fn traces(rule: &str) -> (Vec<String>, Vec<String>) {
    let (mut terms, mut files) = (BTreeSet::new(), BTreeSet::new());
    let lower = format!(" {} ", rule.to_lowercase());
    if contains_any(&lower, FORBIDDING) {
        return (Vec::new(), Vec::new());
    }
    let parts: Vec<&str> = rule.split('`').collect();
    // The last part stands behind a closing tick, or behind one that is never closed.
    let spans = parts[..parts.len() - 1].iter().skip(1).step_by(2);
    for code in spans.map(|code| code.trim()) {
        if is_path(code) {
            let glob = if code.ends_with('/') { format!("{code}**") } else { code.to_owned() };
            let glob = glob.trim_start_matches("./").trim_start_matches('/').to_owned();
            let of_features = ["specs/", ".specify/"].iter().any(|folder| glob.starts_with(folder));
            if is_glob(&glob) && !of_features && !DOCUMENTS.contains(&glob.as_str()) {
                files.insert(glob);
            }
        } else if is_words(code) && is_term(code) {
            terms.insert(code.to_owned());
        }
    }
    (terms.into_iter().take(MOST).collect(), files.into_iter().take(MOST).collect())
}

/// A folder, or a file with an ending: `src/lib/`, `tsconfig.json`.
fn is_path(code: &str) -> bool {
    let plain = code.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '*'));
    let (folder, name) = code.rsplit_once('/').unwrap_or(("", code));
    let ends = name.rsplit_once('.').is_some_and(|(stem, end)| {
        (2..=5).contains(&end.len()) && end.chars().all(|c| c.is_ascii_lowercase()) && !stem.contains('(')
    });
    plain
        && code.contains(char::is_alphanumeric)
        && (ends || !folder.is_empty() && (name.is_empty() || folder.contains('/')))
}

/// A word or a few, and no code: `zod`, `conventional commits`.
fn is_words(code: &str) -> bool {
    let plain =
        code.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '@' | '/' | ':' | '+' | '#'));
    plain && (2..=40).contains(&code.chars().count()) && code.split_whitespace().count() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_kebab_case_or_empty() {
        for (text, words, expected) in [
            ("Every change MUST be tested, always.", 4, "every-change-must-be"),
            ("Sécurité par défaut", 3, "securite-par-defaut"),
            ("テストを書く", 3, ""),
            ("Zasada łańcucha", 2, "zasada-lancucha"),
            ("don't repeat", 2, "dont-repeat"),
        ] {
            assert_eq!(slug(text, words), expected);
        }
        let long = slug(&"supercalifragilistic ".repeat(9), 9);
        assert!(long.len() <= 48 && crate::pack::is_kebab_case(&long), "{long}");
    }

    #[test]
    fn prefixes_are_capital_letters_that_nobody_uses() {
        for (name, expected) in [
            ("acme", "ACM"),
            ("local-voice-assistant", "LVA"),
            ("mvp", "MVPX"),
            ("plan-9", "PLA"),
            ("a", "AX"),
            ("7", "XX"),
            ("pln", "PLNX"),
        ] {
            assert_eq!(prefix_for(name, &["MVP", "PRD"]), expected, "{name}");
        }
    }

    #[test]
    fn code_spans_are_terms_or_files() {
        let rule = "Use `zod` and `pnpm run`, in `src/lib/` and `tsconfig.json`, as `f()` or `{ a: 1 }`; see `docs/adr/*.md`, `spec.md`.";
        let (terms, files) = traces(rule);
        assert_eq!(terms, ["pnpm run", "zod"]);
        assert_eq!(files, ["docs/adr/*.md", "src/lib/**", "tsconfig.json"]);
        for nothing in ["an open ` tick", "Code MUST NEVER use `eval`", "`any` is prohibited", "see `specs/`"] {
            assert_eq!(traces(nothing), (vec![], vec![]), "{nothing}");
        }
    }
}
