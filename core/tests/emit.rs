//! The emitters over reports that were made by hand.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use plangate_core::diagnostic::{Applicability, Edit, Finding, Fix, Place};
use plangate_core::emit::{self, TextOptions};
use plangate_core::evidence::Evidence;
use plangate_core::feature::{Part, Phase};
use plangate_core::judgement::Outcome;
use plangate_core::plan::{Status, Verdict};
use plangate_core::principle::Kind;
use plangate_core::report::{
    DerivedFrom, EvidenceReport, FailOn, Failure, FindingReport, GateReport, NotJudged, PlanReport, PrincipleReport,
    QuestionReport, Report, Sources, Suppressed, SuppressedBy,
};
use plangate_core::{Severity, Span};

const PLAN: &str = "\
# Implementation Plan: Voting

## Constitution Check

### IV. Test-Driven Development ✅

- Are stories prioritized? **YES**, 全部の物語に優先度がある
- Is the key `sk-live-12345` kept out of the repository? Yes
";

const SPEC: &str = "# Spec\n\n### User Story 2 - Count the votes\n";

const PLAN_PATH: &str = "specs/001-voting/plan.md";
const SPEC_PATH: &str = "specs/001-voting/spec.md";

fn sources() -> Sources<'static> {
    let mut sources = Sources::default();
    sources.insert(PLAN_PATH, PLAN);
    sources.insert(SPEC_PATH, SPEC);
    sources
}

/// The place of `part` in one of the two documents.
fn place(path: &str, part: &str) -> Place {
    let text = if path == PLAN_PATH { PLAN } else { SPEC };
    let start = text.find(part).unwrap();
    Place::new(path, Span::new(start, start + part.len()))
}

fn finding(rule: &'static str, name: &'static str, severity: Severity, place: Place, message: &str) -> Finding {
    let mut finding = Finding::new(place, message);
    (finding.rule, finding.name, finding.severity) = (rule.into(), name.into(), severity);
    finding
}

fn report_of(findings: &[Finding]) -> Report {
    let findings = findings.iter().map(|finding| FindingReport::new(finding, "001-voting", &sources())).collect();
    let gate = GateReport::new(Some(Status::Pass), Status::Pass, Vec::new());
    Report::new(Vec::new(), vec![PlanReport::new(PLAN_PATH, "001-voting", Phase::Tasks, gate, findings)])
}

/// A report with one of everything.
fn full() -> Report {
    let story = place(PLAN_PATH, "**YES**, 全部の物語に優先度がある");
    let mut unprioritized = finding(
        "MVP601",
        "unprioritized-story",
        Severity::Error,
        story,
        "answered yes, but story 2 of spec.md has no priority",
    )
    .help("give each story a priority: P1, P2 or P3")
    .related(place(SPEC_PATH, "### User Story 2 - Count the votes"), "story 2 has none")
    .related(Place::new("package.json", Span::new(40, 44)), "a file whose text nobody gave");
    unprioritized.outcome = Some(Outcome::Contradicted);
    let heading = place(PLAN_PATH, "### IV. Test-Driven Development ✅");
    let status =
        finding("PLN104", "contradictory-status", Severity::Warning, heading.clone(), "declared ✅ but derived ⚠️")
            .fix(Fix {
                applicability: Applicability::Unsafe,
                description: "write ⚠️".to_owned(),
                edits: vec![Edit { place: place(PLAN_PATH, "✅"), text: "⚠️".to_owned() }],
            });
    let mut secret = finding(
        "PRD802",
        "leaked-credential",
        Severity::Info,
        place(PLAN_PATH, "`sk-live-12345`"),
        "a key in the plan",
    );
    secret.redact = vec![place(PLAN_PATH, "sk-live-12345").span];
    let mut report = report_of(&[unprioritized, status, secret]);
    let mut suppressed = FindingReport::new(
        &finding("PLN201", "unreal-directory", Severity::Warning, heading, "`src/` is not in the repository"),
        "001-voting",
        &sources(),
    );
    suppressed.suppressed = Some(Suppressed {
        by: SuppressedBy::Comment,
        reason: Some("made by the first task".to_owned()),
        owner: None,
        expires: None,
    });

    let mut test_first = PrincipleReport::new("mvp", Some("IV".to_owned()), "Test-Driven Development");
    test_first.declared = Some(Status::Pass);
    test_first.derived = Status::Blocked;
    test_first.derived_from = DerivedFrom::Questions;
    let mut question = QuestionReport::new("MVP401", Kind::Duty, Verdict::Yes, Outcome::Met);
    let evidence = Evidence::supports(place(SPEC_PATH, "### User Story 2"), "a story");
    question.evidence.push(EvidenceReport::new(&evidence, &sources()));
    test_first.questions.push(question);
    let mut wide = PrincipleReport::new("constitution", None, "安全第一");
    wide.declared = Some(Status::Pass);
    wide.derived = Status::Pass;
    let mut justified = PrincipleReport::new("mvp", Some("II".to_owned()), "Simplicity & Production Readiness");
    justified.declared = Some(Status::Attention);
    justified.derived = Status::Attention;
    justified.derived_from = DerivedFrom::Questions;
    justified.justified = true;
    let mut unassessed = PrincipleReport::new("constitution", Some("9".to_owned()), "Docs");
    unassessed.derived = Status::Blocked;

    let plan = &mut report.plans[0];
    plan.gate.derived = Status::Blocked;
    plan.gate.principles = vec![justified, test_first, wide, unassessed];
    plan.findings.push(suppressed);
    plan.inactive_packs = vec!["production".to_owned()];
    plan.not_judged = vec![
        NotJudged { rule: "PLN205".to_owned(), needs: Part::Repository },
        NotJudged { rule: "PLN201".to_owned(), needs: Part::Repository },
    ];
    let gate = GateReport::new(None, Status::Pass, Vec::new());
    let quiet = PlanReport::new("specs/002-old/plan.md", "002-old", Phase::Delivered, gate, Vec::new());
    Report::new(Vec::new(), vec![quiet, report.plans.remove(0)])
}

fn text(report: &Report, options: &TextOptions) -> String {
    let mut out = Vec::new();
    emit::text(report, &sources(), options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn concise(report: &Report) -> String {
    let mut out = Vec::new();
    emit::concise(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(report: &Report) -> String {
    let mut out = Vec::new();
    emit::json(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
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
    emit::text(&report, &sources, &TextOptions::default(), &mut text).unwrap();
    emit::statistics(&report, &mut text).unwrap();
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
    let mut statistics = Vec::new();
    emit::statistics(&report_of(&findings), &mut statistics).unwrap();
    assert_eq!(
        String::from_utf8(statistics).unwrap().lines().next(),
        Some("     14  warning  PLN201  unreal-directory")
    );
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
