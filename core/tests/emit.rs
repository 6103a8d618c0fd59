//! The emitters over reports that were made by hand.

#![cfg(feature = "emit")]
#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod fixture;

use plangate_core::diagnostic::Place;
use plangate_core::emit::{self, Concise, Json, Statistics, Text, TextOptions};
use plangate_core::feature::Phase;
use plangate_core::plan::Status;
use plangate_core::report::{
    FailOn, Failure, FindingReport, GateReport, PlanReport, PrincipleReport, Report, Sources, Suppressed, SuppressedBy,
};
use plangate_core::{Severity, Span};

use fixture::{PLAN_PATH, SPEC_PATH, finding, full, place, report_of, sources};

fn text(report: &Report, options: &TextOptions) -> String {
    let mut out = Vec::new();
    emit::emit(report, &sources(), &mut Text::new(&mut out, options.clone())).unwrap();
    String::from_utf8(out).unwrap()
}

fn concise(report: &Report) -> String {
    let mut out = Vec::new();
    emit::emit(report, &Sources::default(), &mut Concise::new(&mut out)).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(report: &Report) -> String {
    let mut out = Vec::new();
    emit::emit(report, &Sources::default(), &mut Json::new(&mut out)).unwrap();
    String::from_utf8(out).unwrap()
}

fn statistics(report: &Report, out: &mut Vec<u8>) {
    let mut statistics = Statistics::default();
    report.plans.iter().for_each(|plan| statistics.add(plan));
    statistics.write(out).unwrap();
}

#[test]
fn text_shows_findings_gate_and_verdict() {
    insta::assert_snapshot!(text(&full(), &TextOptions::default()));
}

#[test]
fn concise_is_a_line_for_each_finding() {
    insta::assert_snapshot!(concise(&full()));
}

#[test]
fn json_is_the_contract() {
    let report = full();
    let json = json(&report);
    let shown = json.replace(env!("CARGO_PKG_VERSION"), "[version]");
    insta::assert_snapshot!(shown);
    assert!(json.ends_with("}\n"));
    assert_eq!(json, serde_json::to_string_pretty(&report).unwrap() + "\n", "written plan by plan or at once");
    let none = Report::new(Vec::new(), Vec::new());
    assert_eq!(self::json(&none), serde_json::to_string_pretty(&none).unwrap() + "\n");
    let read: Report = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), serde_json::to_value(&report).unwrap());
}

#[test]
fn color_only_when_asked_for() {
    let mut options = TextOptions::default();
    assert!(!text(&full(), &options).contains('\u{1b}'));
    options.color = true;
    assert!(text(&full(), &options).contains("\u{1b}[1m\u{1b}[91merror[MVP601 unprioritized-story]"));
}

#[test]
fn quiet_leaves_only_findings() {
    let mut options = TextOptions::default();
    options.quiet = true;
    let text = text(&full(), &options);
    assert!(text.starts_with("warning[PLN104"), "{text}");
    assert!(!text.contains("declared pass") && !text.contains("2 plans"), "{text}");
}

#[test]
fn delivered_features_take_one_line_unless_they_err() {
    let mut report = report_of(&[
        finding("PLN205", "version-drift", Severity::Info, place(PLAN_PATH, "Voting"), "an old version"),
        finding("PLN202", "missing-decision", Severity::Warning, place(PLAN_PATH, "Plan"), "no decision"),
    ]);
    report.plans[0].phase = Phase::Delivered;
    let mut options = TextOptions::default();
    let line = "specs/001-voting/plan.md: pass (declared pass, delivered): 1 warning, 1 info\n";
    assert_eq!(text(&report, &options), format!("{line}\n1 plan: 1 pass; 1 warning, 1 info\n"));
    options.delivered = true;
    assert!(text(&report, &options).contains("warning[PLN202"));
    report.plans[0].findings[1].severity = Severity::Error;
    assert!(text(&report, &TextOptions::default()).contains("error[PLN205"));
}

#[test]
fn no_emitter_prints_a_secret_or_an_escape_sequence() {
    let hostile = "# Pl\u{1b}]0;owned\u{7}an \u{9b}2J\u{202e} `hunter2`\r\u{8}";
    let mut sources = Sources::default();
    sources.insert("a\u{1b}b/plan.md", hostile);
    let at = hostile.find("hunter2").unwrap();
    let place = Place::new("a\u{1b}b/plan.md", Span::new(2, hostile.len()));
    let mut found =
        finding("PLN001", "missing-section", Severity::Error, place.clone(), "bad \u{1b}[31m\u{9b}1m\ntext")
            .help("do \u{1b}]8;;x\u{7}")
            .related(place, "see \u{1b}c");
    found.subject = Some("\u{1b}".to_owned());
    let mut knows = found.clone();
    knows.redact = vec![Span::new(at, at + 7)];
    let mut principle = PrincipleReport::new("p\u{1b}", Some("\u{1b}I".to_owned()), "na\u{1b}[0mme");
    principle.declared = Some(Status::Pass);
    let gate = GateReport::new(None, Status::Blocked, vec![principle]);
    let findings = [found, knows].iter().map(|finding| FindingReport::new(finding, "f", &sources)).collect();
    let mut plan = PlanReport::new("a\u{1b}b/plan.md", "f", Phase::Tasks, gate, findings);
    plan.inactive_packs = vec!["\u{1b}".to_owned()];
    let report = Report::new(Vec::new(), vec![plan]);
    let mut text = Vec::new();
    emit::emit(&report, &sources, &mut Text::new(&mut text, TextOptions::default())).unwrap();
    statistics(&report, &mut text);
    for text in [String::from_utf8(text).unwrap(), concise(&report)] {
        assert!(!text.contains(|letter: char| letter.is_control() && letter != '\n'), "{text:?}");
        assert!(!text.contains('\u{202e}') && !text.contains("hunter2"), "{text}");
    }
}

#[test]
fn many_findings_end_with_the_rules_that_found_most() {
    let rule = |id, name, count| vec![finding(id, name, Severity::Warning, place(PLAN_PATH, "Voting"), "x"); count];
    let findings = [
        rule("PLN201", "unreal-directory", 14),
        rule("PLN303", "broken-link", 3),
        rule("PLN006", "empty-field", 12),
        rule("PLN004", "unresolved-clarification", 2),
    ]
    .concat();
    let mut options = TextOptions::default();
    options.baseline_command = Some("plangate check --write-baseline".to_owned());
    let most = "\
most findings: PLN201 unreal-directory (14), PLN006 empty-field (12), PLN303 broken-link (3)
to see only new findings from now on, write a baseline: plangate check --write-baseline
1 plan: 1 pass; 31 warnings
";
    let shown = text(&report_of(&findings), &options);
    assert!(shown.ends_with(most), "{shown}");
    assert!(!text(&report_of(&findings[1..]), &options).contains("most findings"));
    let mut counts = Vec::new();
    statistics(&report_of(&findings), &mut counts);
    assert_eq!(String::from_utf8(counts).unwrap().lines().next(), Some("     14  warning  PLN201  unreal-directory"));
}

#[test]
fn findings_stand_by_path_position_and_rule() {
    let at = |path, part, rule| finding(rule, "x", Severity::Error, place(path, part), "x");
    let report = report_of(&[
        at(SPEC_PATH, "Spec", "PLN001"),
        at(PLAN_PATH, "IV.", "PLN003"),
        at(PLAN_PATH, "Voting", "PLN004"),
        at(PLAN_PATH, "Voting", "PLN002"),
    ]);
    let rules: Vec<&str> = report.plans[0].findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["PLN002", "PLN004", "PLN003", "PLN001"]);
}

#[test]
fn equal_findings_have_different_fingerprints() {
    let same = finding("PLN002", "x", Severity::Error, place(PLAN_PATH, "Voting"), "x");
    let report = report_of(&[same.clone(), same.clone()]);
    let [first, second] = &report.plans[0].findings[..] else { panic!("two findings") };
    assert_ne!(first.fingerprint, second.fingerprint);
    assert_eq!(first.fingerprint, report_of(&[same]).plans[0].findings[0].fingerprint);
}

#[test]
fn places_are_found_once_their_text_is_known() {
    let mut report = full();
    let mut sources = Sources::default();
    sources.insert("package.json", "{\n  \"name\": \"voting\",\n  \"dependencies\": {\n    \"pg\": \"8\"\n}}\n");
    report.locate(&sources);
    let related = &report.plans[0].findings.iter().find(|finding| finding.rule == "MVP601").unwrap().related[1];
    assert_eq!((related.start.line, related.start.column, related.start.offset), (3, 19, 40));
}

#[test]
fn exit_codes() {
    let of = |severity| report_of(&[finding("PLN001", "x", severity, place(PLAN_PATH, "Voting"), "x")]);
    let codes = |report: &Report| [FailOn::Error, FailOn::Warning, FailOn::Never].map(|on| report.exit_code(on));
    assert_eq!(codes(&of(Severity::Error)), [1, 1, 0]);
    assert_eq!(codes(&of(Severity::Warning)), [0, 1, 0]);
    assert_eq!(codes(&of(Severity::Info)), [0, 0, 0]);
    let mut failed = of(Severity::Error);
    failed.plans[0].failures.push(Failure::of_pack("mvp", "rule MVP101 panicked"));
    assert_eq!(codes(&failed), [2, 2, 2]);
    let mut waived = of(Severity::Error);
    waived.plans[0].findings[0].suppressed =
        Some(Suppressed { by: SuppressedBy::Waiver, reason: None, owner: None, expires: None });
    let waived = Report::new(waived.packs, waived.plans);
    assert_eq!((codes(&waived), waived.summary.suppressed), ([0, 0, 0], 1));
}
