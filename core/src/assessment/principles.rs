//! Finds the known principles in a plan: those of the active packs and of the constitution.

use super::numbering::{self, Named};
use super::{JudgedPrinciple, Occurrence, Origin};
use crate::document::Constitution;
use crate::feature::Feature;
use crate::matching::{Keywords, Words, same_name};
use crate::pack::PackManifest;
use crate::parse::ordinal_values;
use crate::plan::{AssessedPrinciple, Plan};
use crate::principle::Principle;
use crate::source::Span;

/// The principles of the packs, then those that only the constitution knows, then those that only
/// the plan knows; each with its occurrences in the plan.
pub(super) fn known(feature: &Feature, packs: &[&PackManifest]) -> Vec<JudgedPrinciple> {
    let mut principles: Vec<JudgedPrinciple> = Vec::new();
    for pack in packs {
        pack.principles.iter().for_each(|principle| add_pack(&mut principles, of_pack(&pack.name, principle)));
    }
    if let Ok(constitution) = feature.constitution()
        && !constitution.unfilled
    {
        add_constitution(&mut principles, &constitution);
    }
    let plan = feature.plan();
    let unknown = assign(&mut principles, feature, packs);
    if principles.iter().any(|principle| principle.occurrences.is_empty()) {
        let mentions = Mentions::of(feature);
        let entries = entries(plan, &principles);
        for principle in principles.iter_mut().filter(|principle| principle.occurrences.is_empty()) {
            principle.mentioned = mentions.hold(principle) || is_told_of(feature, principle, &entries);
        }
    }
    principles.iter_mut().for_each(|principle| declare(principle, plan));
    principles.extend(of_plan(plan, unknown));
    principles
}

fn blank(origin: Origin, ordinal: Option<String>, name: &str) -> JudgedPrinciple {
    JudgedPrinciple {
        origin,
        ordinal,
        name: name.to_owned(),
        statuses: Vec::new(),
        non_negotiable: false,
        in_constitution: None,
        occurrences: Vec::new(),
        mentioned: false,
        declared: None,
        declared_at: None,
        justified: false,
        compact: false,
        questions: Vec::new(),
        derived: None,
    }
}

fn of_pack(pack: &str, principle: &Principle) -> JudgedPrinciple {
    let ordinal = (!principle.ordinal.is_empty()).then(|| principle.ordinal.clone().into_owned());
    let mut judged = blank(Origin::Pack(pack.to_owned()), ordinal, &principle.name);
    judged.statuses = principle.statuses.to_vec();
    judged.questions = principle
        .questions
        .iter()
        .map(|question| super::JudgedQuestion {
            rule: question.id.clone(),
            kind: question.kind,
            evidence_only: question.evidence_only,
            answer: None,
            outcome: crate::judgement::Outcome::NotAsked,
            weight: None,
            proof: crate::evidence::Proof::silent(),
        })
        .collect();
    judged
}

/// Adds the principle of a pack. Where another pack brought one with its numeral and name it is the same
/// principle, which is assessed once, by the questions of both.
fn add_pack(principles: &mut Vec<JudgedPrinciple>, principle: JudgedPrinciple) {
    let of_another = principles.iter_mut().filter(|known| known.origin != principle.origin);
    let Some(same) = of_another.into_iter().find(|known| is_same(known, &principle)) else {
        return principles.push(principle);
    };
    same.questions.extend(principle.questions);
    if same.statuses.is_empty() {
        same.statuses = principle.statuses;
    }
}

fn is_same(a: &JudgedPrinciple, b: &JudgedPrinciple) -> bool {
    let values = |principle: &JudgedPrinciple| principle.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    values(a) == values(b) && same_name(&Words::of_name(&a.name), &Words::of_name(&b.name))
}

/// A principle with a pack's numeral and name is that principle; the others are added.
fn add_constitution(principles: &mut Vec<JudgedPrinciple>, constitution: &Constitution) {
    let of_packs = principles.len();
    for article in &constitution.principles {
        let words = Words::of_name(&article.name);
        let values = article.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
        let same = principles[..of_packs].iter_mut().find(|principle| {
            let numbered = principle.ordinal.as_deref().map(ordinal_values).unwrap_or_default() == values;
            numbered && same_name(&Words::of_name(&principle.name), &words)
        });
        let principle = match same {
            Some(principle) => principle,
            None => {
                principles.push(blank(Origin::Constitution, article.ordinal.clone(), &article.name));
                let last = principles.len() - 1;
                &mut principles[last]
            }
        };
        principle.non_negotiable |= article.non_negotiable;
        principle.in_constitution = Some(article.heading);
    }
}

/// Gives every assessed principle of the plan to the known principle that it names; returns the rest.
fn assign(principles: &mut [JudgedPrinciple], feature: &Feature, packs: &[&PackManifest]) -> Vec<Occurrence> {
    let names = numbering::named(feature, packs, principles);
    let mut unknown = Vec::new();
    for (check, assessed) in feature.plan().constitution_checks.iter().enumerate() {
        for (principle, found) in assessed.principles.iter().enumerate() {
            let occurrence = Occurrence { check, principle };
            let restated = |at: usize| numbering::restates(found, &principles[at], packs);
            let targets = targets(found, &names, restated);
            if targets.is_empty() {
                unknown.push(occurrence);
            }
            for target in targets {
                principles[target].occurrences.push(occurrence);
            }
        }
    }
    unknown
}

/// The known principles that an assessed one stands for: the one with its name, else those with its
/// numeral, where that says enough. A row for several numerals stands for all of them.
fn targets(found: &AssessedPrinciple, names: &[Named], restated: impl Fn(usize) -> bool) -> Vec<usize> {
    let values = found.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    let words = Words::of_name(&found.name);
    if values.len() > 1 {
        let has = |known: &Named| known.by_numeral && known.values.iter().any(|value| values.contains(value));
        let several: Vec<usize> = (0..names.len()).filter(|at| has(&names[*at])).collect();
        if !several.is_empty() {
            return several;
        }
    }
    let score = |at: &usize| {
        let known = &names[*at];
        let numbered = !values.is_empty() && known.values == values;
        let similarity = words.similarity(&known.words);
        let named = numbering::is_called(&words, &known.words);
        let told = || known.by_numeral || restated(*at);
        match (numbered, named) {
            (true, true) => 3.0 + similarity,
            (false, true) => 1.0 + similarity,
            (true, false) if told() => 0.5 + similarity,
            (_, false) => 0.0,
        }
    };
    let best = (0..names.len()).map(|at| (score(&at), at)).filter(|(score, _)| *score > 0.0);
    // The first of equals: the order of the packs and of the constitution.
    let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, at)| at).into_iter().collect()
}

/// What the checks say, in which a principle may be mentioned without being assessed.
struct Mentions {
    /// The checks in lower case.
    lower: Vec<String>,
    /// The numerals behind "Principle".
    numerals: Vec<u32>,
}

impl Mentions {
    fn of(feature: &Feature) -> Self {
        let text = &feature.plan_document().text;
        let checks = || feature.plan().constitution_checks.iter().map(|check| check.span.text(text));
        Self {
            lower: checks().map(str::to_lowercase).collect(),
            numerals: checks().flat_map(numerals_mentioned).collect(),
        }
    }

    /// Whether they hold the principle's whole name, or its numeral.
    fn hold(&self, principle: &JudgedPrinciple) -> bool {
        const SHORTEST: usize = 6;
        let values = principle.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
        let name = principle.name.to_lowercase();
        name.chars().count() >= SHORTEST && self.lower.iter().any(|check| check.contains(&name))
            || self.numerals.iter().any(|value| values.contains(value))
    }
}

/// Whether a check holds the principle's whole name, or its numeral behind "Principle".
pub(crate) fn is_mentioned(feature: &Feature, principle: &JudgedPrinciple) -> bool {
    Mentions::of(feature).hold(principle)
}

/// What each assessed principle says, as words. One that stands by numeral and name for a known
/// principle speaks of that one only.
fn entries(plan: &Plan, principles: &[JudgedPrinciple]) -> Vec<Keywords<String>> {
    let stands_for_one = |assessed: &AssessedPrinciple, at: Occurrence| {
        principles.iter().any(|known| known.occurrences.contains(&at) && is_titled(assessed, known))
    };
    let all = plan.constitution_checks.iter().enumerate().flat_map(|(check, assessed)| {
        let principles = assessed.principles.iter().enumerate();
        principles.map(move |(principle, assessed)| (assessed, Occurrence { check, principle }))
    });
    all.filter(|(assessed, at)| !stands_for_one(assessed, *at))
        .map(|(assessed, _)| Words::of(&said(assessed)).into_keywords())
        .collect()
}

/// All that the plan says under one of its principles, the name first.
pub(super) fn said(assessed: &AssessedPrinciple) -> String {
    let mut text = assessed.name.clone();
    let questions = assessed.questions.iter().flat_map(|question| [&question.text, &question.answer.rationale]);
    let notes = assessed.notes.iter().chain(&assessed.statements).map(|text| &text.text);
    for part in notes.chain(questions) {
        text.push(' ');
        text.push_str(part);
    }
    text
}

/// Whether an assessed principle has the numeral and the name of a known one.
fn is_titled(assessed: &AssessedPrinciple, known: &JudgedPrinciple) -> bool {
    let values = |ordinal: &Option<String>| ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    values(&assessed.ordinal) == values(&known.ordinal) && Words::of_name(&assessed.name) == Words::of_name(&known.name)
}

/// Whether the plan assesses a principle under another name: an entry speaks of what the name or the
/// constitution's text says.
fn is_told_of(feature: &Feature, principle: &JudgedPrinciple, entries: &[Keywords<String>]) -> bool {
    let name = Words::of_name(&principle.name);
    let (named, significant) = (name.keywords(), name.significant().count());
    let names = |entry: &Keywords<String>| {
        significant > 0 && entry.shared(&named) * 2 >= significant.max(2).min(significant * 2)
    };
    if entries.iter().any(names) || is_labelled(feature.plan(), principle) {
        return true;
    }
    let parts = part_names(feature, principle);
    let parts: Vec<(usize, Keywords<&str>)> = parts
        .iter()
        .map(|part| (part.significant().count(), part.keywords()))
        .filter(|(words, _)| *words >= 2)
        .collect();
    if entries.iter().any(|entry| parts.iter().any(|(words, part)| entry.shared(part) >= *words)) {
        return true;
    }
    let own = own_words(feature, principle);
    // A word of the name that no other principle uses, such as "Playwright", tells enough.
    let telling = name.shared_with(&own).into_keywords();
    let own = own.into_keywords();
    entries.iter().any(|entry| entry.shared(&own) >= 3 || entry.shared(&telling) >= 1)
}

/// Whether a bullet's label has an acronym of the name: "CLI per library: …" for "CLI Interface".
fn is_labelled(plan: &Plan, principle: &JudgedPrinciple) -> bool {
    const LABEL: usize = 40;
    let is_acronym = |word: &&str| {
        (2..=4).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && !word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
    };
    let words = |text: &'_ str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let acronyms: Vec<String> = words(&principle.name).into_iter().filter(|word| is_acronym(&word.as_str())).collect();
    if acronyms.is_empty() {
        return false;
    }
    let assessed = plan.constitution_checks.iter().flat_map(|check| &check.principles);
    let mut bullets = assessed.flat_map(|assessed| {
        assessed
            .statements
            .iter()
            .map(|text| &text.text)
            .chain(assessed.questions.iter().map(|question| &question.text))
    });
    bullets.any(|bullet| {
        let label = bullet.split_once([':', '：', '?', '？']).map_or("", |(label, _)| label);
        label.chars().count() <= LABEL && words(label).iter().any(|word| acronyms.contains(word))
    })
}

/// Names of the sub-headings that the constitution parts the principle into.
fn part_names(feature: &Feature, principle: &JudgedPrinciple) -> Vec<Words> {
    let (Ok(constitution), Some(heading)) = (feature.constitution(), principle.in_constitution) else {
        return Vec::new();
    };
    let Some(article) = constitution.principles.iter().find(|article| article.heading == heading) else {
        return Vec::new();
    };
    let lines = article.span.text(&constitution.document.text).lines().skip(1);
    lines.filter(|line| line.starts_with("##")).map(Words::of_name).collect()
}

/// The words of the principle's text in the constitution that no other principle uses.
fn own_words(feature: &Feature, principle: &JudgedPrinciple) -> Words {
    let (Ok(constitution), Some(heading)) = (feature.constitution(), principle.in_constitution) else {
        return Words::default();
    };
    let text = &constitution.document.text;
    let mut own = Words::default();
    let mut others = Words::default();
    for article in &constitution.principles {
        let words = Words::of(article.span.text(text));
        if article.heading == heading {
            own = words;
        } else {
            others = others.and(words);
        }
    }
    own.without(&others)
}

/// The numerals that follow "Principle", "Principles", "Article" and their translations.
fn numerals_mentioned(text: &str) -> Vec<u32> {
    const WORDS: [&str; 8] =
        ["rinciples", "rinciple", "rticles", "rticle", "rincipios", "rincipio", "rincípios", "rincípio"];
    let mut values = Vec::new();
    for word in WORDS {
        for (at, _) in text.match_indices(word) {
            let line = text[at + word.len()..].lines().next().unwrap_or_default();
            let behind = without_brackets(line);
            let numeral = |c: char| c.is_ascii_digit() || " ,-–—/&IVXandey".contains(c);
            let end = behind.find(|c| !numeral(c)).unwrap_or(behind.len());
            values.extend(ordinal_values(&behind[..end].replace('-', "–")));
        }
    }
    values
}

/// "I-III (generation, styling) and VI-X" without what stands in brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

/// The declared status comes from the last check that states one.
fn declare(principle: &mut JudgedPrinciple, plan: &Plan) {
    for occurrence in &principle.occurrences {
        let status = occurrence.of(plan).and_then(|(_, assessed)| assessed.status);
        if status.is_some() {
            principle.declared = status;
            principle.declared_at = Some(*occurrence);
        }
    }
}

/// Principles that neither a pack nor the constitution knows; the same name in a re-check is the
/// same principle.
fn of_plan(plan: &Plan, unknown: Vec<Occurrence>) -> Vec<JudgedPrinciple> {
    let mut principles: Vec<(JudgedPrinciple, Words)> = Vec::new();
    for occurrence in unknown {
        let Some((_, assessed)) = occurrence.of(plan) else { continue };
        let words = Words::of_name(&assessed.name);
        let same = principles.iter_mut().find(|(known, name)| {
            same_name(name, &words)
                && (known.ordinal == assessed.ordinal || known.ordinal.is_none() || assessed.ordinal.is_none())
        });
        match same {
            Some((known, _)) => known.occurrences.push(occurrence),
            None => {
                let mut judged = blank(Origin::Plan, assessed.ordinal.clone(), &assessed.name);
                judged.occurrences.push(occurrence);
                principles.push((judged, words));
            }
        }
    }
    principles
        .into_iter()
        .map(|(mut principle, _)| {
            declare(&mut principle, plan);
            principle
        })
        .collect()
}

/// How messages about an assessment call its principle: as the plan does, where that is another name.
pub(crate) fn called(principle: &JudgedPrinciple, assessed: &AssessedPrinciple) -> String {
    let words = Words::of_name(&assessed.name);
    let numbered = assessed.ordinal.as_deref().map(ordinal_values).unwrap_or_default();
    let own_name = words.significant().next().is_some() && words != Words::of_name(&principle.name);
    match &assessed.ordinal {
        _ if !own_name || numbered.len() > 1 => principle.label(),
        Some(ordinal) => format!("{ordinal}. {}", assessed.name),
        None => assessed.name.clone(),
    }
}

/// Where a finding about the principle points: its last assessment, or nothing.
pub(crate) fn heading(principle: &JudgedPrinciple, plan: &Plan) -> Option<Span> {
    let occurrence = principle.declared_at.or(principle.occurrences.last().copied())?;
    occurrence.of(plan).map(|(_, assessed)| assessed.heading)
}
