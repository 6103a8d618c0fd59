use super::*;
use crate::config::PathGlob;
use crate::engine::Engine;
use crate::feature::Phase;
use crate::plan::Status;
use crate::report::Summary;
use crate::source::Span;
use crate::testing::examples;

const PLAN: &str = "\
# Implementation Plan: Voting

## Summary

Members vote.
";

fn evaluated(plan: &str, config: Config) -> PlanReport {
    let engine = Engine::builder().config(config).build().unwrap();
    let feature = Feature::builder().folder("specs/001-voting").plan(plan).phase(Phase::Design).complete().build();
    let mut plan = engine.evaluate(&feature);
    engine.judge_waivers(&mut [&mut plan], true, &Sources::default());
    plan
}

/// The findings of the rule: what suppresses each.
#[track_caller]
fn of(plan: &PlanReport, rule: &str) -> Vec<Option<SuppressedBy>> {
    let found = plan.findings.iter().filter(|finding| finding.rule == rule);
    found.map(|finding| finding.suppressed.as_ref().map(|suppressed| suppressed.by)).collect()
}

fn waiver(rule: &str, path: &str) -> Waiver {
    let place = Place::new("plangate.toml", Span::new(0, 1));
    Waiver::new(rule, PathGlob::new(path).unwrap(), "it is known", "Ada").written_at(place.clone(), place)
}

#[test]
fn a_comment_under_the_title_covers_the_plan() {
    let plan = PLAN.replacen("\n\n", "\n\n<!-- plangate-ignore PLN001, PLN101: a sketch -->\n\n", 1);
    let report = evaluated(&plan, Config::default());
    assert!(of(&report, "PLN001").iter().all(|by| *by == Some(SuppressedBy::Comment)));
    let first = report.findings.iter().find(|finding| finding.rule == "PLN001").unwrap();
    assert_eq!(first.suppressed.as_ref().unwrap().reason.as_deref(), Some("a sketch"));
    assert_eq!(of(&report, "PLN901"), [None], "there is no principle");
    let summary = Summary::of(std::slice::from_ref(&report));
    assert_eq!(summary.errors, 0, "{:?}", report.findings);
    assert_eq!(report.gate.derived, Status::Attention);
}

#[test]
fn a_comment_without_a_reason_suppresses_nothing() {
    let plan = PLAN.replacen("\n\n", "\n\n<!-- plangate-ignore PLN001 -->\n\n", 1);
    let report = evaluated(&plan, Config::default());
    assert!(of(&report, "PLN001").contains(&None));
    assert_eq!(of(&report, "PLN902"), [None]);
    assert_eq!(report.gate.derived, Status::Blocked);
}

#[test]
fn a_misspelled_rule_is_told() {
    let plan = format!("{PLAN}\n<!-- plangate-ignore PNL101: why -->\nText.\n");
    let report = evaluated(&plan, Config::default());
    let finding = report.findings.iter().find(|finding| finding.rule == "PLN901").unwrap();
    assert_eq!(finding.message, "there is no rule `PNL101`");
    assert_eq!(finding.help.as_deref(), Some("did you mean `PLN101`?"));
}

#[test]
fn a_waiver_holds_for_its_files_until_its_day() {
    for (path, today, expected, own) in [
        ("specs/001-*", "2026-11-22", Some(SuppressedBy::Waiver), None),
        ("specs/001-*", "2026-12-31", Some(SuppressedBy::Waiver), None),
        ("specs/001-*", "2027-01-01", None, Some("PLN903")),
        ("specs/002-*", "2026-11-22", None, Some("PLN901")),
        ("specs/002-*", "2027-01-01", None, Some("PLN903")),
    ] {
        let config = Config {
            waivers: vec![waiver("missing-section", path).until("2026-12-31")],
            today: Some(today.to_owned()),
            ..Config::default()
        };
        let report = evaluated(PLAN, config);
        assert!(of(&report, "PLN001").iter().all(|by| *by == expected), "{path} {today}");
        let found: Vec<&str> =
            report.findings.iter().map(|finding| finding.rule.as_str()).filter(|rule| is_own(rule)).collect();
        assert_eq!(found, own.into_iter().collect::<Vec<_>>(), "{path} {today}");
    }
}

#[test]
fn a_baseline_covers_what_it_knows_and_nothing_more() {
    let mut baseline = Baseline::default();
    baseline.renew(&[&evaluated(PLAN, Config::default())], |_| false);
    let config = Config { baseline: Some(baseline.into()), ..Config::default() };
    let moved = PLAN.replace("## Summary", "A note.\n\n\n## Summary");
    let report = evaluated(&moved, config.clone());
    assert!(!report.findings.is_empty());
    assert!(report.findings.iter().all(|finding| finding.suppressed.is_some()), "{:?}", report.findings);
    let planted = format!("{moved}\nThe team: NEEDS CLARIFICATION\n");
    let report = evaluated(&planted, config);
    let new: Vec<&str> = report.counted().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(new, ["PLN004"]);
    assert_eq!(report.gate.derived, Status::Blocked);
}

#[test]
fn a_protected_rule_is_suppressed_by_the_policy_alone() {
    let plan = PLAN.replacen("\n\n", "\n\n<!-- plangate-ignore PLN001: a sketch -->\n\n", 1);
    let mut config =
        Config { protected: vec!["PLN0".to_owned()], waivers: vec![waiver("PLN001", "**")], ..Config::default() };
    let report = evaluated(&plan, config.clone());
    assert!(of(&report, "PLN001").iter().all(Option::is_none));
    assert_eq!(of(&report, "PLN901").len(), 2, "the comment's and the waiver's");
    config.waivers[0].of_policy = true;
    let report = evaluated(PLAN, config);
    assert!(of(&report, "PLN001").iter().all(|by| *by == Some(SuppressedBy::Waiver)));
}

#[test]
fn the_docs_show_a_comment_of_each_kind() {
    for rule in [&UNUSED_SUPPRESSION, &UNEXPLAINED_SUPPRESSION, &EXPIRED_WAIVER] {
        assert_eq!(examples(&rule.meta().docs).len(), 2, "{}", rule.meta().id);
    }
}

#[test]
fn a_principle_that_somebody_answers_for_is_attention() {
    let check = |comment: &str| {
        format!(
            "# Plan\n\n## Constitution Check\n\n**I. Live Updates** ✅\n- Does this feature push live updates? Yes: votes\n\
             {comment}- Are all events described in a contract? **No**\n\n**Overall Status**: ✅ PASS\n"
        )
    };
    let engine = crate::testing::sample_engine();
    let derived = |config: Config, plan: &str| {
        let engine = engine.configured(config).unwrap();
        let feature = Feature::builder().folder("specs/001-voting").plan(plan).phase(Phase::Design).complete().build();
        let report = engine.evaluate(&feature);
        let baseline = {
            let mut baseline = Baseline::default();
            baseline.renew(&[&report], |_| false);
            baseline
        };
        (report.gate.principles[0].derived, baseline)
    };
    let (blocked, baseline) = derived(Config::default(), &check(""));
    assert_eq!(blocked, Status::Blocked);
    let comment = "<!-- plangate-ignore SMP102: the team has no contract yet -->\n";
    assert_eq!(derived(Config::default(), &check(comment)).0, Status::Attention);
    let waived = Config { waivers: vec![waiver("SMP102", "specs/001-*")], ..Config::default() };
    assert_eq!(derived(waived, &check("")).0, Status::Attention);
    let known = Config { baseline: Some(baseline.into()), ..Config::default() };
    assert_eq!(derived(known, &check("")).0, Status::Blocked, "nobody answers for what is only known");
}
