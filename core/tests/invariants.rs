//! The invariants of ARCHITECTURE.md that show in behaviour: any bytes give a plan, the same input
//! gives the same bytes, ids are unique, and a rule that fails is a failure.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![cfg(feature = "testing")]

use plangate_core::diagnostic::{Finding, Severity};
use plangate_core::engine::EngineError;
use plangate_core::evidence::{Missing, Proof, QuestionContext};
use plangate_core::judgement::Outcome;
use plangate_core::pack::{LinkedPack, PackError};
use plangate_core::principle::Principle;
use plangate_core::report::{FailOn, PlanReport};
use plangate_core::rule::{Rule, RuleContext, RuleMeta};
use plangate_core::testing::invariants as checks;
use plangate_core::{Engine, Feature, declare_principle};

declare_principle! {
    /// Guests count once.
    COUNTING = "I" "Fair Counting", statuses: [Pass, Attention];

    /// ## What it finds
    /// A rule that fails.
    question "TST101" "double-vote" = Duty "Does every guest count once?", proof: fails;

    /// ## What it finds
    /// Nothing.
    question "TST102" "lost-vote" = Duty "Is every vote kept?", proof: finds_nothing;
}

declare_principle! {
    /// Rooms are apart.
    ROOMS = "II" "Separate Rooms", statuses: [Pass, Attention];

    /// ## What it finds
    /// Nothing.
    question "ROO201" "mixed-room" = Duty "Are rooms kept apart?", proof: finds_nothing;
}

fn fails(_: &QuestionContext<'_>) -> Result<Proof, Missing> {
    panic!("out of ballots")
}

fn finds_nothing(_: &QuestionContext<'_>) -> Result<Proof, Missing> {
    Ok(Proof::silent())
}

/// A free-form rule that claims to be another, with more weight than it has.
struct Boastful;

impl Rule for Boastful {
    fn meta(&self) -> &RuleMeta {
        static META: RuleMeta =
            RuleMeta::new("TST901", "boastful-rule", Severity::Info, "## What it finds\nEvery plan.\n");
        &META
    }

    fn check(&self, cx: &RuleContext<'_>) -> Vec<Finding> {
        let mut finding = Finding::new(cx.feature.plan_document().place(Default::default()), "here is a plan");
        finding.rule = "PLN001".into();
        finding.severity = Severity::Error;
        vec![finding]
    }
}

/// A free-form rule that fails.
struct Failing;

impl Rule for Failing {
    fn meta(&self) -> &RuleMeta {
        static META: RuleMeta =
            RuleMeta::new("TST902", "failing-rule", Severity::Error, "## What it finds\nNothing.\n");
        &META
    }

    fn check(&self, _: &RuleContext<'_>) -> Vec<Finding> {
        panic!("out of paper")
    }
}

const COUNTING_PACK: [&str; 5] = ["counting", "1.0.0", "1.0.0", "TST", "Counting Principles"];
const ROOMS_PACK: [&str; 5] = ["rooms", "1.0.0", "1.0.0", "ROO", "Room Principles"];

fn counting() -> LinkedPack {
    static PRINCIPLES: &[&Principle] = &[&COUNTING];
    LinkedPack::new(COUNTING_PACK, PRINCIPLES, &[&Failing, &Boastful])
}

fn rooms() -> LinkedPack {
    static PRINCIPLES: &[&Principle] = &[&ROOMS];
    LinkedPack::new(ROOMS_PACK, PRINCIPLES, &[])
}

const PLAN: &str = "\
# Implementation Plan: Voting

## Constitution Check

**I. Fair Counting** ✅
- Does every guest count once? **Yes** - by their key
- Is every vote kept? **Yes** - in a file

**II. Separate Rooms** ✅
- Are rooms kept apart? **Yes** - by their codes

**Overall Status**: ✅ PASS
";

fn feature() -> Feature {
    Feature::builder().folder("specs/001-voting").plan(PLAN).complete().build()
}

fn examined(packs: impl IntoIterator<Item = LinkedPack>) -> (Engine, PlanReport) {
    let builder = packs.into_iter().fold(Engine::builder(), plangate_core::engine::EngineBuilder::pack);
    let engine = builder.required(["counting", "rooms"]).build().unwrap();
    let mut feature = feature();
    feature.phase = plangate_core::feature::Phase::Design;
    let report = engine.evaluate(&feature);
    (engine, report)
}

#[test]
fn a_rule_that_fails_is_a_failure_and_the_others_run() {
    let (engine, report) = examined([counting(), rooms()]);
    let failures: Vec<&str> = report.failures.iter().map(|failure| failure.message.as_str()).collect();
    assert_eq!(
        failures,
        [
            "pack `counting`: rule TST101 panicked: out of ballots",
            "pack `counting`: rule TST902 panicked: out of paper",
        ]
    );
    let outcome = |rule: &str| {
        let questions = report.gate.principles.iter().flat_map(|principle| &principle.questions);
        questions.into_iter().find(|question| question.rule == rule).map(|question| question.outcome)
    };
    assert_eq!(outcome("TST101"), Some(Outcome::NotJudged), "a rule that failed has found nothing");
    assert_eq!(outcome("TST102"), Some(Outcome::Unsupported), "the next rule of the same pack runs");
    assert_eq!(outcome("ROO201"), Some(Outcome::Unsupported), "and the other pack's");
    let found: Vec<&str> = report.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert!(!found.contains(&"TST101") && !found.contains(&"TST902"), "{found:?}");
    assert_eq!(engine.report(vec![report]).exit_code(FailOn::Never), 2);
}

#[test]
fn a_rule_sets_neither_its_id_nor_its_severity() {
    let (_, report) = examined([counting(), rooms()]);
    let boastful = report.findings.iter().find(|finding| finding.message == "here is a plan").unwrap();
    assert_eq!((boastful.rule.as_str(), boastful.severity), ("TST901", Severity::Info));
}

#[test]
fn the_order_of_packs_changes_no_byte() {
    let bytes = |packs: [LinkedPack; 2]| {
        let (engine, report) = examined(packs);
        serde_json::to_string(&engine.report(vec![report])).unwrap()
    };
    let first = bytes([counting(), rooms()]);
    assert_eq!(first, bytes([rooms(), counting()]));
    assert_eq!(first, bytes([counting(), rooms()]));
}

#[test]
fn findings_stand_by_path_position_and_rule() {
    let (_, report) = examined([counting(), rooms()]);
    let order = |report: &PlanReport| -> Vec<(String, u32, String)> {
        let key = |finding: &plangate_core::report::FindingReport| {
            (finding.path.clone(), finding.start.offset, finding.rule.clone())
        };
        report.findings.iter().map(key).collect()
    };
    let found = order(&report);
    assert!(found.len() > 2 && found.is_sorted(), "{found:?}");
}

#[test]
fn an_id_that_two_packs_declare_is_refused() {
    static PRINCIPLES: &[&Principle] = &[&COUNTING];
    let twice = LinkedPack::new(["other", "1.0.0", "1.0.0", "TST", "Others"], PRINCIPLES, &[]);
    match Engine::builder().pack(counting()).pack(twice).build() {
        Err(error @ EngineError::RepeatedRule { .. }) => {
            let message = error.to_string();
            assert!(message.contains("TST101") && message.contains("counting") && message.contains("other"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pack_from_a_file_that_clashes_is_left_out_and_told() {
    static PRINCIPLES: &[&Principle] = &[&COUNTING];
    let of_id = LinkedPack::new(["other", "1.0.0", "1.0.0", "TST", "Others"], PRINCIPLES, &[]);
    let of_name = LinkedPack::new(["counting", "2.0.0", "2.0.0", "CNT", "Others"], &[], &[]);
    let of_gate = LinkedPack::new(["plan", "1.0.0", "1.0.0", "PLA", "Others"], &[], &[]);
    let builder = Engine::builder().loaded("a.so", Ok(of_id)).loaded("b.so", Ok(of_name)).loaded("c.so", Ok(of_gate));
    let failed: Result<LinkedPack, PackError> = Err(PackError::NotAllowed { pack: "d.so".to_owned() });
    let engine = builder.loaded("d.so", failed).pack(counting()).required(["counting", "d"]).build().unwrap();
    assert_eq!(engine.packs().map(|pack| pack.name.as_ref()).collect::<Vec<_>>(), ["counting", "plan"]);
    let report = engine.report(Vec::new());
    assert_eq!(report.exit_code(FailOn::Never), 2);
    let told: Vec<_> = report.failures.iter().map(|failure| failure.path.as_deref().unwrap()).collect();
    assert_eq!(told, ["d.so", "a.so", "b.so", "c.so"]);
    for (failure, word) in report.failures[1..].iter().zip(["rule TST101", "called `counting`", "called `plan`"]) {
        assert!(failure.message.contains("was left out") && failure.message.contains(word), "{}", failure.message);
    }
}

#[test]
fn a_pack_that_was_asked_for_must_bring_a_rule() {
    let built = Engine::builder().pack(LinkedPack::new(ROOMS_PACK, &[], &[])).required(["rooms"]).build();
    let empty = built.unwrap_err();
    assert!(matches!(empty, EngineError::EmptyPack { .. }) && empty.to_string().contains("(`use its_crate as _;`)"));
    let unknown = Engine::builder().required(["rooms"]).build().unwrap_err();
    assert!(
        matches!(unknown, EngineError::UnknownPack { .. }) && unknown.to_string().contains("(`use its_crate as _;`)")
    );
}

/// Every document kind from one text.
fn everything(text: &str) -> Feature {
    let builder = Feature::builder().folder("specs/001-voting").plan(text).spec(text).tasks(text).constitution(text);
    builder.complete().build()
}

/// What takes time with its square, or worse, takes much longer for four times the text, whichever rule it is.
#[test]
fn a_whole_run_takes_time_that_grows_with_the_documents() {
    const UNITS: &[&str] = &[
        "[", "**", "`", "<!--", "<!-- a -->\n", "|", "- ", "> ", "# A\n", "### I. A ✅\n", "### I. ", "## Summary\n",
        "## Constitution Check\n", "- [ ] T001 ", "- [ ] T001 [US1] Write tests/a.rs\n", "|a|b|\n|-|-|\n",
        "| I. A | ✅ |\n", "├── a\n", "\u{202e}(", "[a](b.md) ", "[NEEDS CLARIFICATION: a] ", "[DATE] ", "US7 FR-009 ",
        "<!-- plangate-ignore PLN201: a -->\n", "### User Story 1 - A (Priority: P1)\n", "- **FR-001**: MUST\n",
        "**Given** a, **When** b, **Then** c\n", "MUST ", "`src/a.rs` ", "**A**: b\n", "/home/kim/a ", "2026-01-01 ",
        "- NEEDS CLARIFICATION\n", "- **Decision**: a\n- b: NEEDS CLARIFICATION\n", "<!-- 1.0.0 --> 1.1.0 ",
        "<!-- plangate-ignore PLN303: a -->\n[a](b.md)\n", "a <!-- plangate-ignore PLN303: a --> [a](b.md) ",
        "<!-- plangate-ignore PLN003A: a -->\n",
    ];
    let engine = Engine::builder().pack(counting()).required(["counting"]).build().unwrap();
    let start = "# Implementation Plan: X\n\n## Constitution Check\n\n";
    let is_linear = |unit: &&&str| {
        let text = |length| checks::repeated(start, unit, length);
        checks::is_linear(&text, &mut |text| drop(engine.evaluate(&everything(text))))
    };
    let slow: Vec<_> = UNITS.iter().filter(|unit| !is_linear(unit)).collect();
    assert!(slow.is_empty(), "not linear: {slow:?}");
}

proptest::proptest! {
    #[test]
    fn any_bytes_give_a_report(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = Engine::builder().build().unwrap().evaluate(&everything(&text));
    }

    #[test]
    fn any_mixture_of_a_plans_parts_gives_a_report(documents in [parts(), parts(), parts()]) {
        let [plan, spec, tasks] = documents;
        checks::run(&Engine::builder().build().unwrap(), &plan, &spec, &tasks);
    }

    #[test]
    fn a_repaired_plan_stays_as_it_is(parts in proptest::collection::vec(
        proptest::prop_oneof![
            proptest::sample::select(PARTS).prop_map(str::to_owned),
            proptest::sample::select(FIXABLE).prop_map(str::to_owned),
        ],
        0..40,
    )) {
        checks::run(&Engine::builder().build().unwrap(), &parts.concat(), "", "");
    }
}

/// A document of a plan's parts in any order.
fn parts() -> impl proptest::strategy::Strategy<Value = String> {
    let part = proptest::prop_oneof![
        proptest::sample::select(PARTS).prop_map(str::to_owned),
        proptest::char::any().prop_map(String::from),
    ];
    proptest::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

/// What carries fixes.
const FIXABLE: &[&str] = &[
    "\r\n",
    "**Date**: May 4, 2026\n",
    "`[###-feature-name]`",
    "specs/[###-feature]/\n",
    "specs/002-other/\n├── plan.md\n",
    "<!--\n  ACTION REQUIRED: Replace it.\n-->\n",
    "**Note**: This template is filled in by the `/speckit.plan` command.\n",
    "| I. A | ⚠️ PARTIAL | two |\n",
    "- I. A: ❌ FAIL\n",
    "**Overall Status**: ✅ PASS\n",
    "# Option 1: Single project (DEFAULT)\n",
    "| Violation | Why Needed | Simpler Alternative Rejected Because |\n|---|---|---|\n",
    "| [e.g., 4th project] | [current need] | [why 3 projects insufficient] |\n",
    "> **Fill ONLY if Constitution Check has violations that must be justified**\n",
];

use proptest::strategy::Strategy as _;

/// What plans, specs, tasks and constitutions are made of.
const PARTS: &[&str] = &[
    "\n", "\n\n", " ", "# Implementation Plan: ", "## Constitution Check", "### I. Library First", "**Branch**: `001`",
    "**Date**: 2026-05-04", "[DATE]", "NEEDS CLARIFICATION", "| Principle | Status |\n|---|---|\n",
    "| I. A | ✅ PASS |\n", "- [x] ", "- ", "✅", "⚠️", "❌", "N/A", " / ", "**Yes** - ", "?", "**Overall Status**: ",
    "## Complexity Tracking", "None", "## Project Structure", "```text\n", "```\n", "├── src/  # NEW\n", "└── a.rs",
    "**Structure Decision**: ", "### User Story 1 - Vote (Priority: P1)", "**Given** a, **When** b, **Then** c",
    "- **FR-001**: System MUST ", "- [ ] T001 [P] [US1] Write tests/a.rs", "## Phase 3: User Story 1", "<!--", "-->",
    "<!-- Sync Impact Report\n", "**Version**: 1.0.0 | **Ratified**: 2026-01-01", "(", ")", "[", "](", "`", "**", "|",
    "\t", "\r\n", "é", "検証",
];
