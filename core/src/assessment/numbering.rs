//! Whether a plan numbers its principles as the packs do, so that a numeral alone stands for a pack's principle.

use super::principles::said;
use super::{JudgedPrinciple, Origin};
use crate::feature::Feature;
use crate::matching::{Words, same_name};
use crate::pack::PackManifest;
use crate::parse::ordinal_values;
use crate::plan::{AssessedPrinciple, Plan};

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
/// numerals than under others. Where none of the names occurs, the plan is a translation or another constitution's: an
/// English name in an English plan translates no name of an English pack.
pub(super) fn named(feature: &Feature, packs: &[&PackManifest], principles: &[JudgedPrinciple]) -> Vec<Named> {
    let values = |principle: &JudgedPrinciple| principle.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    let of_pack_alone = |principle: &JudgedPrinciple| {
        matches!(principle.origin, Origin::Pack(_)) && principle.in_constitution.is_none()
    };
    let mut named: Vec<Named> = principles
        .iter()
        .map(|known| Named { values: values(known), words: Words::of_name(&known.name), by_numeral: true })
        .collect();
    // In most plans every numeral has its name.
    if principles.iter().any(of_pack_alone) && has_a_numeral_alone(feature.plan(), &named) {
        let articles: Vec<Vec<u32>> = principles.iter().filter(|known| !of_pack_alone(known)).map(values).collect();
        let taken = numerals_of_others(feature.plan(), packs);
        for (_, named) in principles.iter().zip(&mut named).filter(|(known, _)| of_pack_alone(known)) {
            named.by_numeral = !articles.contains(&named.values) && !taken.contains(&named.values);
        }
    }
    named
}

/// Whether the plan has a numeral without the name that belongs to it.
fn has_a_numeral_alone(plan: &Plan, named: &[Named]) -> bool {
    let mut assessed = plan.constitution_checks.iter().flat_map(|check| &check.principles);
    assessed.any(|assessed| {
        let Some(ordinal) = &assessed.ordinal else { return false };
        let (values, words) = (ordinal_values(ordinal), Words::of_name(&assessed.name));
        !named.iter().any(|known| known.values == values && is_called(&words, &known.words))
    })
}

/// The numerals of the packs under which the plan has something else.
fn numerals_of_others(plan: &Plan, packs: &[&PackManifest]) -> Vec<Vec<u32>> {
    let principles = || packs.iter().flat_map(|pack| pack.principles.iter());
    let known: Vec<(Vec<u32>, Words)> =
        principles().map(|principle| (ordinal_values(&principle.ordinal), Words::of_name(&principle.name))).collect();
    let assessed = || plan.constitution_checks.iter().flat_map(|check| &check.principles);
    let mut numbered: Vec<(Vec<u32>, &AssessedPrinciple)> = assessed()
        .filter_map(|assessed| Some((ordinal_values(assessed.ordinal.as_deref()?), assessed)))
        .filter(|(values, _)| values.len() == 1)
        .collect();
    let (mut own, mut other) = (0, 0);
    for (values, assessed) in &numbered {
        let names = names(&assessed.name);
        let is_named = |name: &Words| names.iter().any(|called| is_called(called, name));
        let mut bearing = known.iter().filter(|(_, name)| is_named(name)).peekable();
        if bearing.peek().is_some() {
            *(if bearing.any(|(numeral, _)| numeral == values) { &mut own } else { &mut other }) += 1;
        }
    }
    if own > other {
        return Vec::new();
    }
    if own + other > 0 {
        return known.into_iter().map(|(values, _)| values).collect();
    }
    numbered.retain(|(_, assessed)| is_in_latin_letters(&assessed.name));
    let asked = || principles().flat_map(|principle| principle.questions.iter()).map(|question| question.text.as_ref());
    let said = || assessed().map(said).chain(plan.summary.iter().map(|summary| summary.text.clone()));
    if numbered.is_empty() || !is_english(asked()) || !is_english(said()) {
        return Vec::new();
    }
    numbered.into_iter().map(|(values, _)| values).collect()
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

/// Small words that hardly another language has, and that more than a fiftieth of every English text is made of.
const ENGLISH: [&str; 16] = [
    "the", "and", "with", "are", "this", "that", "from", "not", "must", "which", "when", "for", "to", "by", "will",
    "be",
];

/// Whether texts are written in English; not known of short ones, and so not said. A few words of English stand in
/// texts of every language, and the same ones again and again: they have to be several.
fn is_english(texts: impl Iterator<Item = impl AsRef<str>>) -> bool {
    const FEWEST: usize = 3;
    const ONE_IN: usize = 50;
    let mut words = 0;
    let mut times = [0_usize; ENGLISH.len()];
    for text in texts {
        for word in text.as_ref().split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            words += if word.is_ascii() { 1 } else { word.chars().count() };
            if let Some(at) = ENGLISH.iter().position(|known| word.eq_ignore_ascii_case(known)) {
                times[at] += 1;
            }
        }
    }
    let different = times.iter().filter(|times| **times > 0).count();
    different >= FEWEST && times.iter().sum::<usize>() * ONE_IN >= words
}

/// Whether a name is written in the letters of English.
fn is_in_latin_letters(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|letter| letter.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_smallest_words() {
        let english = "The auction ends when the clock does, and bids that come later are refused.";
        let is_english = |text: &str| is_english(std::iter::once(text));
        assert!(is_english(english));
        for other in [
            "Die Auktion endet mit der Uhr, und spätere Gebote werden nicht mehr angenommen, so will es der Host.",
            "La subasta termina cuando lo dice el reloj, y las pujas que llegan después se rechazan.",
            &"拍賣在時鐘到點時結束，之後的出價一律拒絕，不得補登。The REST API. ".repeat(9),
            "Short and sweet",
            "",
        ] {
            assert!(!is_english(other), "{other}");
        }
        assert!(is_in_latin_letters("DS Compliance — v2"));
        assert!(!is_in_latin_letters("Prüfung") && !is_in_latin_letters("測試 (TDD)") && !is_in_latin_letters("42"));
    }

    #[test]
    fn initials_of_three_words_shorten_a_name() {
        let short = |short: &str, name: &str| is_short_for(&Words::of_name(short), &Words::of_name(name));
        assert!(short("TDD (NON-NEGOTIABLE)", "Test-Driven Development"));
        assert!(!short("CI & Quality Gates", "Component Isolation"), "two letters are too common");
        assert!(!short("DDD", "Test-Driven Development"));
    }
}
