//! Plans in small, with a pack of two principles: which answers are found, and what they derive to.

use super::*;
use crate::judgement::Outcome;
use crate::pack::{LinkedPack, RulePack};
use crate::plan::Verdict;

crate::declare_principle! {
    LIVE = "I" "Live Updates", statuses: [Pass, Attention, NotApplicable];

    question "SMP101" "undeclared-update" = Scope "Does this feature push live updates?";
    question "SMP102" "undescribed-event" = Duty "Are all events described in a contract?", if: "SMP101";
}

crate::declare_principle! {
    CARE = "II" "Code Care", statuses: [Pass, Attention];

    question "SMP201" "unconfigured-linter" = Duty "Are linting and formatting tools configured?",
        indicators: crate::evidence::Indicators::terms(&["lint"]);
    question "SMP202" "unguarded-push" = Duty "Are hooks configured that run before a push?",
        indicators: crate::evidence::Indicators::terms(&["hook"]);
    question "SMP203" "new-pattern" = Disclosure "Are any architectural patterns introduced?";
}

fn pack() -> LinkedPack {
    static PRINCIPLES: &[&crate::principle::Principle] = &[&LIVE, &CARE];
    LinkedPack::new(["sample", "1.0.0", "1.0.0", "SMP", "Sample Principles"], PRINCIPLES, &[])
}

/// Assesses a Constitution Check with this body, and no evidence at all.
fn assess(body: &str) -> Assessment {
    let feature = Feature::builder().plan(format!("# Plan\n\n## Constitution Check\n\n{body}")).build();
    let pack = pack();
    let questions = pack.manifest().principles.iter().flat_map(|principle| principle.questions.iter());
    let silent = questions.map(|question| (question.id.clone(), Proof::silent())).collect();
    let mut assessment = Located::of(&feature, &[pack.manifest()]).judge(&feature, silent);
    assessment.derive(&assessment.findings.clone());
    assessment
}

fn outcomes(assessment: &Assessment) -> Vec<(&str, Option<Verdict>, Outcome)> {
    let questions = assessment.principles.iter().flat_map(|principle| &principle.questions);
    questions
        .map(|question| {
            (question.rule.as_ref(), question.answer.as_ref().map(|answer| answer.verdict), question.outcome)
        })
        .collect()
}

#[test]
fn answers_are_found_by_text_and_by_similarity() {
    let assessment = assess(
        "**I. Live Updates** ✅\n- Does this feature push live updates? **Yes** - votes\n- Are events described in contracts? **No** - later\n",
    );
    assert_eq!(
        outcomes(&assessment)[..2],
        [("SMP101", Some(Verdict::Yes), Outcome::Met), ("SMP102", Some(Verdict::No), Outcome::Unmet),]
    );
    assert_eq!(assessment.principles[0].derived, Some(Status::Blocked));
    assert_eq!(assessment.derived, Some(Status::Blocked));
}

#[test]
fn a_scope_that_is_no_closes_what_stands_behind_it() {
    let assessment = assess(
        "**I. Live Updates** N/A\n- Does this feature push live updates? **No** - a static page\n- Are all events described in a contract?\n",
    );
    assert_eq!(outcomes(&assessment)[1].2, Outcome::NotAsked);
    assert_eq!(assessment.principles[0].derived, Some(Status::NotApplicable));
}

#[test]
fn a_scope_that_nobody_answers_is_told_by_the_documents() {
    let outcomes_of = |body: &str, tells: bool| {
        let feature = Feature::builder().plan(format!("# Plan\n\n## Constitution Check\n\n{body}")).build();
        let pack = pack();
        let place = feature.plan_document().place(Span::default());
        let located = Located::of(&feature, &[pack.manifest()]);
        let denied = located.answers.get("SMP101").is_some_and(|answer| answer.verdict == Verdict::No);
        let contradicted = || Proof::contradicts(place.clone(), "it is not so");
        let scope = if tells && denied { contradicted() } else { Proof::silent() };
        let proofs = HashMap::from([("SMP101".into(), scope), ("SMP102".into(), contradicted())]);
        let assessment = located.judge(&feature, proofs);
        outcomes(&assessment)[..2].iter().map(|(.., outcome)| *outcome).collect::<Vec<_>>()
    };
    let compact = "- **I. Live Updates**: PASS\n";
    assert_eq!(outcomes_of(compact, false), [Outcome::Met, Outcome::NotAsked]);
    assert_eq!(outcomes_of(compact, true), [Outcome::Met, Outcome::Contradicted]);
    let answered = "**I. Live Updates** ✅\n- Are all events described in a contract? **Yes** - all\n";
    assert_eq!(outcomes_of(answered, false), [Outcome::Open, Outcome::Contradicted], "the plan answers it");
    let denied = "**I. Live Updates** ✅\n- Does this feature push live updates? **No** - none\n";
    assert_eq!(outcomes_of(denied, false), [Outcome::Met, Outcome::NotAsked]);
    assert_eq!(outcomes_of(denied, true), [Outcome::Contradicted, Outcome::NotAsked]);
}

#[test]
fn a_message_says_whose_claim_it_is_and_in_which_words() {
    let told = |body: &str| {
        let feature = Feature::builder().plan(format!("# Plan\n\n## Constitution Check\n\n{body}")).build();
        let place = feature.plan_document().place(Span::default());
        let proofs = HashMap::from([("SMP201".into(), Proof::contradicts(place, "there is no linter"))]);
        let assessment = Located::of(&feature, &[pack().manifest()]).judge(&feature, proofs);
        let found = assessment.findings.iter().find(|finding| finding.rule == "SMP201");
        found.map(|finding| finding.message.clone()).unwrap_or_default()
    };
    let question = "Are linting and formatting tools configured?";
    let unjustified = "and no row of Complexity Tracking justifies it";
    for (body, message) in [
        (
            "- **II. Care for Code**: PASS".to_owned(),
            "\"II. Care for Code\" is declared passed, but there is no linter".to_owned(),
        ),
        (
            "- **II. Code Care**: PASS".to_owned(),
            "\"II. Code Care\" is declared passed, but there is no linter".to_owned(),
        ),
        (
            "**II. Code Care** ⚠️\n- Linting configured with a shared setup".to_owned(),
            "stated under \"II. Code Care\", but there is no linter".to_owned(),
        ),
        (
            format!("**II. Code Care** ⚠️\n- {question} **Yes** - all"),
            "answered yes, but there is no linter".to_owned(),
        ),
        (
            format!("**II. Code Care** ⚠️\n- {question} **Partial** - some"),
            format!("answered partially, {unjustified}"),
        ),
        (format!("**II. Code Care** ⚠️\n- {question} Partially, some"), format!("answered partially, {unjustified}")),
        (format!("**II. Code Care** ⚠️\n- {question} **No** - some"), format!("answered no, {unjustified}")),
    ] {
        assert_eq!(told(&format!("{body}\n")), message, "{body}");
    }
}

#[test]
fn an_unanswered_question_is_open() {
    let assessment = assess("**I. Live Updates** ✅\n- Does this feature push live updates?\n");
    assert_eq!(outcomes(&assessment)[0].2, Outcome::Open);
    assert_eq!(assessment.findings[0].rule, "SMP101");
}

#[test]
fn statements_answer_by_topic() {
    let assessment =
        assess("**II. Code Care** ✅\n- Linting configured with a shared setup\n- Hooks run before every push\n");
    let care: Vec<Outcome> = outcomes(&assessment)[2..].iter().map(|(.., outcome)| *outcome).collect();
    assert_eq!(care, [Outcome::Met; 3]);
    assert!(!assessment.principles[1].compact);
}

#[test]
fn statements_leave_no_question_open() {
    let assessment = assess("**II. Code Care** ⚠️\n- Linting configured with a shared setup\n");
    let care: Vec<Outcome> = outcomes(&assessment)[2..].iter().map(|(.., outcome)| *outcome).collect();
    assert_eq!(care, [Outcome::Met, Outcome::NotAsked, Outcome::NotAsked]);
    let assessment =
        assess("**II. Code Care** ⚠️\n- Are linting and formatting tools configured? **Yes** - a linter\n");
    assert_eq!(outcomes(&assessment)[3].2, Outcome::Open, "the plan asks, and leaves this one out");
}

#[test]
fn a_compact_assessment_leaves_no_question_open() {
    let assessment = assess("| Principle | Status | Notes |\n|---|---|---|\n| II. Code Care | PASS | a linter |\n");
    assert!(assessment.principles[1].compact && !assessment.principles[1].is_examined());
    assert_eq!(assessment.principles[1].derived, Some(Status::Pass));
    assert!(assessment.findings.is_empty());
}

#[test]
fn a_later_check_updates_the_answer() {
    let first = "**II. Code Care** ⚠️\n- Are linting and formatting tools configured? **Not yet** - in Phase 0\n";
    let later = "\n## Post-Design Constitution Check\n\n**II. Code Care** ✅\n- Linting configured: a shared setup\n";
    let assessment = assess(&format!("{first}{later}"));
    assert_eq!(outcomes(&assessment)[2], ("SMP201", Some(Verdict::Yes), Outcome::Met));
    assert_eq!(assessment.principles[1].declared, Some(Status::Pass));
}

/// Which of the check's entries stand for each of the sample's principles, by their positions.
fn entries_of(body: &str) -> [Vec<usize>; 2] {
    let assessment = assess(body);
    let of = |index: usize| assessment.principles[index].occurrences.iter().map(|at| at.principle).collect();
    [of(0), of(1)]
}

#[test]
fn a_numeral_stands_for_a_principle_where_the_plan_numbers_as_the_pack_does() {
    for (rows, [live, care]) in [
        ("| I. Live Updates | PASS |\n| II. Renamed | FAIL |\n", [vec![0], vec![1]]),
        ("| I. Code Care | PASS |\n| II. Renamed | FAIL |\n", [vec![], vec![0]]),
        ("| I. Spelling | PASS |\n| II. Gates | PASS |\n| III. Code Care | PASS |\n", [vec![], vec![2]]),
        ("| I. Updates | PASS |\n| II. 文件 (Live Updates) | PASS |\n| III. Code Care | PASS |\n", [vec![0], vec![2]]),
    ] {
        assert_eq!(entries_of(&format!("| Principle | Status |\n|---|---|\n{rows}")), [live, care], "{rows}");
    }
    assert_eq!(entries_of("- **Principle I**: PASS\n- **Principle II**: FAIL\n"), [[0], [1]]);
}

#[test]
fn a_plan_in_the_language_of_the_pack_translates_no_name() {
    const ENGLISH: &str = "the doors open when the show begins, and not from the street";
    for (first, second, note, entries) in [
        ("Open Doors", "Warm Light", ENGLISH, [vec![], vec![]]),
        ("Open Doors", "Warm Light", "doors and lamps", [vec![0], vec![1]]),
        ("即時更新", "Prüfung", ENGLISH, [vec![0], vec![1]]),
        ("即時更新", "程式品質", "演出開始時大廳與舞台亮起，街上看不到", [vec![0], vec![1]]),
        ("Aktualisierung", "Sorgfalt", "beginnt die Vorstellung, sind Saal und Tor offen", [vec![0], vec![1]]),
        ("Novedades en vivo", "Cuidado", "la sala se abre cuando empieza la función", [vec![0], vec![1]]),
    ] {
        let body = format!(
            "| Principle | Status | Notes |\n|---|---|---|\n| I. {first} | PASS | {note} |\n| II. {second} | PASS | {note} |\n"
        );
        assert_eq!(entries_of(&body), entries, "{first}: {note}");
    }
}

#[test]
fn a_renamed_principle_is_known_by_its_questions() {
    let body = "**I. Open Doors** ✅\n- Does this feature push live updates? **Yes** - the doors and the lights\n\n\
                **II. Warm Light** ✅\n- Lamps are lit when the show begins, and not from the street\n";
    assert_eq!(entries_of(body), [vec![0], Vec::new()]);
}

#[test]
fn a_pack_is_active_where_half_of_its_principles_occur() {
    let active = |plan: &str| {
        let feature = Feature::builder().plan(format!("# Plan\n\n## Constitution Check\n\n{plan}")).build();
        activation(&feature, pack().manifest(), false)
    };
    assert_eq!(active("- **II. Code Care**: PASS\n"), Activation::Occurs);
    assert_eq!(active("- **III. Code Care**: PASS\n"), Activation::Inactive, "one name is common property");
    assert_eq!(active("- **VII. Other**: PASS\n"), Activation::Inactive);
    let feature = Feature::builder().plan("# Plan\n").build();
    assert_eq!(activation(&feature, pack().manifest(), true), Activation::Required);
}

/// The Constitution Check after the safe fixes of the sample's rules.
fn repaired(body: &str) -> String {
    const HEAD: &str = "# Plan\n\n## Constitution Check\n\n";
    let config = crate::config::Config { select: vec!["SMP".to_owned()], ..Default::default() };
    let engine = crate::Engine::builder().pack(pack()).required(["sample"]).config(config).build();
    let feature = Feature::builder().plan(format!("{HEAD}{body}")).build();
    let repaired = engine.expect("one pack").repair(feature, crate::diagnostic::Applicability::Safe);
    assert!(repaired.report.failures.is_empty(), "{:?}", repaired.report.failures);
    repaired.feature.plan_document().text.strip_prefix(HEAD).expect("the head stays").to_owned()
}

#[test]
fn a_question_that_is_left_out_is_added_unanswered() {
    const LINT: &str = "Are linting and formatting tools configured?";
    const HOOKS: &str = "Are hooks configured that run before a push?";
    const PATTERNS: &str = "Are any architectural patterns introduced?";
    for (before, after) in [
        (format!("- {LINT} **Yes** - a linter\n"), format!("- {LINT} **Yes** - a linter\n- {HOOKS}\n- {PATTERNS}\n")),
        (format!("- {PATTERNS} **No**\n"), format!("- {LINT}\n- {HOOKS}\n- {PATTERNS} **No**\n")),
        (
            format!("  * {LINT}\n    - **Yes**: a linter\n  * {PATTERNS} **No**\n\nA note.\n"),
            format!("  * {LINT}\n    - **Yes**: a linter\n  * {HOOKS}\n  * {PATTERNS} **No**\n\nA note.\n"),
        ),
        (format!("- [x] {LINT}\r\n- [x] {HOOKS}"), format!("- [x] {LINT}\r\n- [x] {HOOKS}\r\n- [ ] {PATTERNS}")),
        // Nothing is restated, or not as a list: there is no place to add it.
        (
            "- Linting configured with a shared setup\n".to_owned(),
            "- Linting configured with a shared setup\n".to_owned(),
        ),
        (format!("1. {LINT} Yes, a linter\n"), format!("1. {LINT} Yes, a linter\n")),
    ] {
        let title = "**II. Code Care** ✅\n";
        assert_eq!(repaired(&format!("{title}{before}")), format!("{title}{after}"), "{before}");
    }
}

#[test]
fn an_unmet_duty_gets_a_row_to_be_filled_in() {
    const CHECK: &str = "**I. Live Updates** ⚠️\n- Does this feature push live updates? **Yes** - votes\n\
                         - Are all events described in a contract? **No** - later\n";
    let header = "| Violation | Why Needed | Simpler Alternative Rejected Because |\n\
                  |-----------|------------|-------------------------------------|\n";
    let row = "| I. Live Updates | | |";
    for (before, after) in [
        (String::new(), format!("\n## Complexity Tracking\n\n{header}{row}\n")),
        (format!("\n## Complexity Tracking\n\n{header}"), format!("\n## Complexity Tracking\n\n{header}{row}\n")),
        (
            format!("\n## Complexity Tracking\n\n{header}| A second store | speed | slow |\n\n## Notes\n"),
            format!("\n## Complexity Tracking\n\n{header}| A second store | speed | slow |\n{row}\n\n## Notes\n"),
        ),
        (
            "\n## Complexity Tracking\n\n## Notes\n".to_owned(),
            format!("\n## Complexity Tracking\n\n{header}{row}\n\n## Notes\n"),
        ),
        // The section denies what the check admits: its author has to decide.
        ("\n## Complexity Tracking\n\nNone.\n".to_owned(), "\n## Complexity Tracking\n\nNone.\n".to_owned()),
        (
            format!("\n## Complexity Tracking\n\n{header}{row}\n"),
            format!("\n## Complexity Tracking\n\n{header}{row}\n"),
        ),
    ] {
        assert_eq!(repaired(&format!("{CHECK}{before}")), format!("{CHECK}{after}"), "{before}");
    }
}
