//! A plan as JSON is examined as the plan that it is, and every finding leads back to its place in the JSON.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![cfg(feature = "validate")]

use plangate_core::Engine;
use plangate_core::plan_json::PlanJson;
use plangate_core::report::PlanReport;

fn report(json: &str) -> PlanReport {
    let plan = PlanJson::read(json).unwrap();
    let mut report = Engine::builder().build().unwrap().evaluate(&plan.feature("plan.json").build());
    plan.relocate(&mut report);
    report
}

/// Each finding's rule, and what stands where it points.
fn found(json: &str) -> Vec<(String, String)> {
    let findings = report(json).findings.into_iter();
    let place = |start: u32, end: u32| json[start as usize..end as usize].to_owned();
    findings.map(|finding| (finding.rule, place(finding.start.offset, finding.end.offset))).collect()
}

/// What is wrong with the JSON, each with what stands where it points.
fn faults(json: &str) -> Vec<(String, &str)> {
    let faults = PlanJson::read(json).unwrap_err();
    faults.iter().map(|fault| (fault.to_string(), fault.span.text(json))).collect()
}

/// A part of every kind, each with a fault.
const PLAN: &str = r#"{
  "title": "Voting [FEATURE]",
  "metadata": { "branch": "001-voting", "date": "[DATE]", "spec": "[link]" },
  "summary": "Members vote, [NEEDS CLARIFICATION: how often].",
  "technical_context": {
    "storage": { "text": "Redis or NEEDS CLARIFICATION", "items": ["Redis or NEEDS CLARIFICATION"] },
    "other": [ { "key": "Caching", "value": { "text": "TBD: NEEDS CLARIFICATION" } } ]
  },
  "constitution_checks": [
    {
      "title": "Constitution Check",
      "principles": [
        { "ordinal": "I", "name": "Privacy", "status": "undecided", "raw_status": "[✅ PASS | ❌ FAIL]", "statements": ["kept"] },
        { "ordinal": "II", "name": "Thrift", "status": "blocked", "raw_status": "❌ FAIL" }
      ],
      "overall": { "status": "pass", "raw": "✅ PASS" }
    }
  ],
  "project_structure": {
    "documentation": { "entries": [ { "path": "specs/[###-feature]/", "kind": "directory" } ] }
  },
  "complexity_tracking": {
    "rows": [
      { "violation": "A cache", "why_needed": "", "simpler_alternative": "none was found to be fast enough" },
      { "violation": "[e.g., 4th project]", "why_needed": "[current need]", "simpler_alternative": "[why not]" }
    ]
  }
}
"#;

#[test]
fn every_part_is_led_back_to_its_place() {
    let expected = [
        ("PLN002", "[FEATURE]"),
        ("PLN002", "[DATE]"),
        ("PLN002", "[link]"),
        ("PLN004", "[NEEDS CLARIFICATION: how often]"),
        ("PLN006", "\"technical_context\""),
        ("PLN004", "NEEDS CLARIFICATION"),
        ("PLN004", "NEEDS CLARIFICATION"),
        ("PLN102", "[✅ PASS | ❌ FAIL]"),
        ("PLN107", "❌ FAIL"),
        ("PLN106", "\"✅ PASS\""),
        ("PLN202", "\"project_structure\""),
        ("PLN002", "[###-feature]"),
        ("PLN108", "\"A cache\""),
    ];
    assert_eq!(found(PLAN), expected.map(|(rule, place)| (rule.to_owned(), place.to_owned())));
}

#[test]
fn places_are_the_same_in_minified_json_behind_a_byte_order_mark() {
    let minified = format!("\u{feff}{}", serde_json::from_str::<serde_json::Value>(PLAN).unwrap());
    let sorted = |json: &str| {
        let mut found = found(json);
        found.sort();
        found
    };
    assert_eq!(sorted(&minified), sorted(PLAN));
}

#[test]
fn headings_that_the_model_has_no_place_for_are_seen() {
    let with = |headings: &str| format!("{{ \"title\": \"Voting\", \"sections\": [{headings}] }}");
    let missing = |json: &str| -> Vec<String> {
        let findings = report(json).findings.into_iter().filter(|finding| finding.rule == "PLN001");
        findings.map(|finding| finding.message).collect()
    };
    let unseen = ["the plan has no Constitution Check", "the plan has no Project Structure", "the plan has no Summary"];
    assert_eq!(missing(&with(""))[..3], unseen);
    assert_eq!(missing(&with(r#"{ "title": "Objective", "level": 2 }"#))[..2], unseen[..2]);
    // A heading that would be read as a check is left out, and the others stand all the same.
    let all = with(
        r#"{ "title": "Constitution Check", "level": 2 }, { "title": "Constitution Deviations", "level": 2 },
           { "title": "Objective", "level": 2 }"#,
    );
    let deviations = "\"Constitution Deviations\" tells deviations only: no check goes through the principles";
    assert_eq!(missing(&all), ["the plan has no Project Structure", "the plan has no Technical Context", deviations]);
    assert!(found(&all).contains(&("PLN001".to_owned(), "\"Constitution Deviations\"".to_owned())));
}

#[test]
fn mistakes_are_told_in_the_order_of_the_text() {
    let json = "{ \"titel\": 1, \"metadata\": { \"a/b~c\": 1, \"a/b~c\": 2 },\n  \
                \"sections\": [{ \"title\": \"A\", \"level\": -1, \"title\": \"B\" }] }";
    let expected = [
        ("/titel: there is no key `titel`; did you mean `title`?", "\"titel\""),
        ("/metadata/a~1b~0c: the key `a/b~c` stands here again", "\"a/b~c\""),
        ("/metadata/a~1b~0c: there is no key `a/b~c` here; there are branch, date, input, spec", "\"a/b~c\""),
        ("/sections/0/level: expected a number of at least 0, found -1", "-1"),
        ("/sections/0/title: the key `title` stands here again", "\"title\""),
    ];
    assert_eq!(faults(json), expected.map(|(fault, place)| (fault.to_owned(), place)));
}

#[test]
fn what_is_meant_as_json_opens_an_object() {
    for text in ["{", "\u{feff} \n\t{ }", "{{"] {
        assert!(PlanJson::is_meant(text), "{text:?}");
    }
    for text in ["", "# Plan\n{", "[{}]", "\"{\""] {
        assert!(!PlanJson::is_meant(text), "{text:?}");
    }
}
