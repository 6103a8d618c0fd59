//! Whether a plan numbers its principles as the packs do, so that a numeral alone stands for a pack's principle.

use super::{JudgedPrinciple, Origin};
use crate::feature::Feature;
use crate::matching::{Words, same_name};
use crate::pack::PackManifest;
use crate::parse::ordinal_values;
use crate::plan::AssessedPrinciple;

/// A known principle as a plan may call it.
pub(super) struct Named {
    pub(super) values: Vec<u32>,
    pub(super) words: Words,
    /// Whether its numeral alone may stand for it.
    pub(super) by_numeral: bool,
}

/// The known principles, each with what may stand for it.
///
/// A numeral alone stands for the constitution's article. For a principle that only a pack knows it does so where no
/// article has that numeral, and where the plan numbers as the packs do: more of the packs' names stand under their own
/// numerals than under others. Where none of the names occurs, the plan is a translation or another constitution's:
/// one in English beside packs in English is no translation.
pub(super) fn named(feature: &Feature, packs: &[&PackManifest], principles: &[JudgedPrinciple]) -> Vec<Named> {
    let values = |principle: &JudgedPrinciple| principle.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    let of_pack_alone = |principle: &JudgedPrinciple| {
        matches!(principle.origin, Origin::Pack(_)) && principle.in_constitution.is_none()
    };
    let articles: Vec<Vec<u32>> = principles.iter().filter(|known| !of_pack_alone(known)).map(values).collect();
    let mut named: Vec<Named> = principles
        .iter()
        .map(|known| Named { values: values(known), words: Words::of_name(&known.name), by_numeral: true })
        .collect();
    if principles.iter().any(of_pack_alone) {
        let numbers = numbers_as_packs(feature, packs);
        for (known, named) in principles.iter().zip(&mut named).filter(|(known, _)| of_pack_alone(known)) {
            named.by_numeral = numbers && !articles.contains(&values(known));
        }
    }
    named
}

/// Whether the numerals of the plan's checks are those of the packs.
fn numbers_as_packs(feature: &Feature, packs: &[&PackManifest]) -> bool {
    let principles = || packs.iter().flat_map(|pack| pack.principles.iter());
    let known: Vec<(Vec<u32>, Words)> = principles()
        .map(|principle| (ordinal_values(&principle.ordinal), Words::of_name(&principle.name)))
        .collect();
    let (mut own, mut other) = (0, 0);
    for assessed in feature.plan().constitution_checks.iter().flat_map(|check| &check.principles) {
        let values = assessed.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
        let names = names(&assessed.name);
        let is_named = |name: &Words| names.iter().any(|called| is_called(called, name));
        let mut bearing = known.iter().filter(|(_, name)| is_named(name)).peekable();
        if values.len() == 1 && bearing.peek().is_some() {
            *(if bearing.any(|(numeral, _)| *numeral == values) { &mut own } else { &mut other }) += 1;
        }
    }
    if own + other > 0 {
        return own > other;
    }
    let questions: Vec<&str> =
        principles().flat_map(|principle| principle.questions.iter()).map(|question| question.text.as_ref()).collect();
    !(is_english(&questions.join("\n")) && is_english(&feature.plan_document().text))
}

/// A name, and what it says in brackets where that is a name as well: "程式碼品質 (Code Quality)".
fn names(name: &str) -> Vec<Words> {
    let in_brackets = name.split(['(', '（', '[']).skip(1).filter_map(|rest| rest.split([')', '）', ']']).next());
    let further = in_brackets.map(Words::of).filter(|words| words.significant().nth(1).is_some());
    std::iter::once(Words::of_name(name)).chain(further).collect()
}

/// Whether a plan calls a principle by its name, or by its initials: "TDD" for "Test-Driven Development".
pub(super) fn is_called(called: &Words, name: &Words) -> bool {
    same_name(called, name) || is_short_for(called, name)
}

fn is_short_for(short: &Words, name: &Words) -> bool {
    const SHORTEST: usize = 3;
    let initials: String = name.iter().filter_map(|word| word.chars().next()).collect();
    initials.chars().count() >= SHORTEST && short.iter().any(|word| word == initials)
}

/// Whether an assessed principle restates a question of a known one, whatever it is called.
pub(super) fn restates(assessed: &AssessedPrinciple, known: &JudgedPrinciple, packs: &[&PackManifest]) -> bool {
    const ALIKE: f32 = 0.75;
    let is_of_known = |id: &str| known.questions.iter().any(|judged| judged.rule == id);
    let asked = packs.iter().flat_map(|pack| pack.principles.iter()).flat_map(|principle| principle.questions.iter());
    let asked: Vec<Words> =
        asked.filter(|question| is_of_known(&question.id)).map(|question| Words::of(&question.text)).collect();
    let mut restated = assessed.questions.iter().map(|question| Words::of(&question.text));
    restated.any(|words| asked.iter().any(|question| question.similarity(&words) >= ALIKE))
}

/// Words that hardly another language has, and that a fiftieth of every English text is made of.
const ENGLISH: &[&str] = &["the", "and", "with", "are", "this", "that", "from", "not", "must", "which", "when"];

/// Whether a document is written in English; not known of short ones, and so not said. Code and comments, in which the
/// template's English stays, don't count.
fn is_english(text: &str) -> bool {
    const FEWEST: usize = 3;
    const ONE_IN: usize = 50;
    const FOREIGN_ONE_IN: usize = 10;
    let (mut words, mut english, mut letters, mut foreign) = (0_usize, 0_usize, 0_usize, 0_usize);
    let (mut fenced, mut commented) = (false, false);
    for line in text.lines() {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            fenced = !fenced;
        }
        commented |= start.starts_with("<!--");
        let counts = !fenced && !commented;
        commented &= !line.contains("-->");
        for word in line.split(|c: char| !c.is_alphabetic()).filter(|word| counts && !word.is_empty()) {
            words += 1;
            english += usize::from(ENGLISH.iter().any(|known| word.eq_ignore_ascii_case(known)));
            letters += word.chars().count();
            foreign += word.chars().filter(|c| !is_latin(*c)).count();
        }
    }
    english >= FEWEST && english * ONE_IN >= words && foreign * FOREIGN_ONE_IN <= letters
}

/// Whether a letter is Latin, with or without accents.
fn is_latin(letter: char) -> bool {
    letter <= '\u{24f}' || ('\u{1e00}'..='\u{1eff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_smallest_words() {
        let english = "The auction ends when the clock does, and bids that come later are refused.";
        assert!(is_english(english));
        for other in [
            "Die Auktion endet mit der Uhr, und spätere Gebote werden nicht mehr angenommen, so will es der Host.",
            "La subasta termina cuando lo dice el reloj, y las pujas que llegan después se rechazan.",
            "拍賣在時鐘到點時結束，之後的出價一律拒絕。 The and with are REST API",
            "Short and sweet",
            "",
        ] {
            assert!(!is_english(other), "{other}");
        }
        let left_over = format!("Enchère terminée\n<!--\n{english}\n-->\n```text\n{english}\n```\n");
        assert!(!is_english(&left_over));
    }

    #[test]
    fn initials_of_three_words_shorten_a_name() {
        let short = |short: &str, name: &str| is_short_for(&Words::of_name(short), &Words::of_name(name));
        assert!(short("TDD (NON-NEGOTIABLE)", "Test-Driven Development"));
        assert!(!short("CI & Quality Gates", "Component Isolation"), "two letters are too common");
        assert!(!short("DDD", "Test-Driven Development"));
    }
}
