//! A plan as JSON: what is wrong with it, what is found in it, and where.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use kit::{Ran, folder, plangate, ran, run};
use serde_json::Value;

/// Runs the command with `input` on standard input.
fn run_with_input(arguments: &[&str], input: &str) -> Ran {
    let mut command = plangate(Path::new("."), arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    ran(child.wait_with_output().unwrap())
}

/// The only plan of a report on `input`.
fn report_on(input: &str) -> Value {
    let ran = run_with_input(&["check", "-", "--output-format", "json"], input);
    assert_eq!(ran.err, "");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    report["plans"][0].clone()
}

/// The plans of the conformance suite and of the example, and plans of every format.
fn plans() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let entries = |folder: &str| fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let features = ["conformance/clean/table/specs", "conformance/clean/template/specs", "examples/voting-app/specs"];
    let mut plans: Vec<PathBuf> =
        features.into_iter().flat_map(entries).map(|feature| feature.join("plan.md")).collect();
    assert_eq!(plans.len(), 3);
    // A table of two columns makes rows with an empty key, which only the table's header excuses.
    plans.extend(entries("core/tests/fixtures/plans").filter(|path| !path.ends_with("ragged.md")));
    plans
}

/// Rules that look for what only a text has.
const OF_TEXT: [&str; 3] = ["PLN003", "PLN005", "PLN109"];

/// Rules and messages of the findings, and what the gate derives to.
fn said(plan: &Value) -> (Vec<(String, String)>, Value) {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = plan["findings"].as_array().unwrap();
    let mut said: Vec<_> = findings.iter().map(|finding| (text(finding, "rule"), text(finding, "message"))).collect();
    said.retain(|(rule, _)| !OF_TEXT.contains(&rule.as_str()));
    said.sort();
    (said, plan["gate"]["derived"].clone())
}

#[test]
fn a_plan_as_json_is_found_fault_with_as_the_plan_itself() {
    let mut findings = 0;
    for path in plans() {
        let parsed = run(Path::new("."), &["parse", path.to_str().unwrap()]);
        assert_eq!(parsed.code, 0, "{}", parsed.err);
        let of_json = report_on(&parsed.out);
        let of_text = report_on(&fs::read_to_string(&path).unwrap());
        assert_eq!(said(&of_json), said(&of_text), "{}", path.display());
        findings += of_json["findings"].as_array().unwrap().len();
    }
    assert!(findings > 20, "the plans tell nothing apart");
}

#[test]
fn findings_stand_at_their_places_in_the_json() {
    for path in plans() {
        let json = run(Path::new("."), &["parse", path.to_str().unwrap()]).out;
        let plan = report_on(&json);
        for finding in plan["findings"].as_array().unwrap() {
            assert_eq!(finding["path"], "-");
            let offset = |at: &str| usize::try_from(finding[at]["offset"].as_u64().unwrap()).unwrap();
            let place = &json[offset("start")..offset("end")];
            let line = json[..offset("start")].matches('\n').count() + 1;
            assert_eq!(finding["start"]["line"], line, "{finding}");
            assert!(!place.is_empty() && !place.contains('\n'), "{finding} points at {place}");
        }
    }
}

const PLAN: &str = r#"{
  "title": "Voting",
  "metadata": { "branch": "[###-feature-name]", "date": "2026-05-04" },
  "summary": "Members vote on lunch.",
  "technical_context": { "storage": { "text": "Redis, NEEDS CLARIFICATION" } },
  "constitution_checks": [
    {
      "title": "Constitution Check",
      "principles": [
        { "ordinal": "I", "name": "Privacy", "status": "attention", "raw_status": "⚠️ PARTIAL", "statements": ["", "votes are kept"] }
      ],
      "overall": { "status": "pass", "raw": "PASS" }
    }
  ],
  "project_structure": null
}
"#;

#[test]
fn a_file_is_checked_alone() {
    let folder = folder(&[("specs/001-voting/plan.json", PLAN.as_bytes())]);
    let ran = run(folder.path(), &["check", "specs/001-voting/plan.json", "--output-format", "concise"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!(ran.out);
}

#[test]
fn excerpts_show_the_json() {
    let folder = folder(&[("plan.json", PLAN.as_bytes())]);
    let ran = run(folder.path(), &["check", "plan.json", "--select", "PLN002,PLN106"]);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn what_only_a_text_shows_is_not_judged() {
    let plan = report_on(PLAN);
    for rule in OF_TEXT {
        let listed = plan["not_judged"].as_array().unwrap().iter().find(|entry| entry["rule"] == rule);
        assert_eq!(listed.unwrap()["needs"], "plan-text");
    }
}

/// What the command says to a plan that it can't read.
#[track_caller]
fn refused(json: &str, expected: &[&str]) {
    let folder = folder(&[("plan.json", json.as_bytes())]);
    let ran = run(folder.path(), &["check", "plan.json", "--output-format", "concise"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert_eq!(ran.out, "");
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines, expected.iter().map(|line| format!("error: {line}")).collect::<Vec<_>>());
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    refused(
        "{\n  \"title\": 3,\n  \"sumary\": \"Vote\",\n  \"constitution_checks\": [\n    { \"stage\": \"later\" }\n  ]\n}\n",
        &[
            "plan.json:2:12: /title: expected text or null, found 3",
            "plan.json:3:3: /sumary: there is no key `sumary`; did you mean `summary`?",
            "plan.json:5:16: /constitution_checks/0/stage: expected `before-research`, `after-design` or `unknown`, found \"later\"",
        ],
    );
}

#[test]
fn columns_count_characters() {
    refused(
        "\u{feff}{ \"title\": \"Größe ✅\", \"date\": 1 }",
        &[
            "plan.json:1:24: /date: there is no key `date` here; there are complexity_tracking, constitution_checks, metadata, problems, project_structure, sections, summary, technical_context, title",
        ],
    );
}

#[test]
fn a_key_that_stands_twice_is_told() {
    refused("{ \"title\": \"A\",\n  \"title\": \"B\" }", &["plan.json:2:3: /title: the key `title` stands here again"]);
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    refused("{ \"title\": \"A\",\n}", &["plan.json:1:15: no valid JSON: trailing commas are not allowed"]);
    refused("{ \"title\": \"A\" // later\n}", &["plan.json:1:16: no valid JSON: comments are not allowed"]);
    refused("", &["plan.json:1:1: no valid JSON: the document is empty"]);
    refused(
        "{ \"title\": \"\\ud800\" }",
        &[
            "plan.json:1:13: no valid JSON: invalid unicode escape sequence. 'd800 (unpaired high surrogate)' is not a valid UTF8 character",
        ],
    );
    let deep = format!("{{ \"title\": {}1{} }}", "[".repeat(100_000), "]".repeat(100_000));
    refused(&deep, &["plan.json:1:522: no valid JSON: maximum nesting depth exceeded"]);
}

#[test]
fn many_mistakes_are_cut_short() {
    let plan = format!("{{ \"sections\": [{}] }}", vec!["{}"; 40].join(", "));
    let folder = folder(&[("plan.json", plan.as_bytes())]);
    let ran = run(folder.path(), &["check", "plan.json"]);
    assert_eq!((ran.code, ran.err.lines().count()), (2, 21));
    assert!(
        ran.err.ends_with("plan.json: there are 60 more mistakes; `plangate schema plan` says what fits\n"),
        "{}",
        ran.err
    );
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let folder = folder(&[("latin.json", b"{ \"title\": \"Gr\xf6\xdfe\" }")]);
    for (name, reason) in [("plan.json", "No such file"), ("latin.json", "it is no UTF-8: invalid utf-8 sequence")] {
        let ran = run(folder.path(), &["check", name]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.starts_with(&format!("error: {name} could not be read: {reason}")), "{}", ran.err);
    }
}

#[test]
fn the_report_names_the_mistake() {
    let ran = run_with_input(&["check", "-", "--output-format", "json"], "\n { \"title\": 1 }");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.code, 2);
    assert_eq!(
        report["failures"],
        serde_json::json!([{ "path": "-", "message": "-:2:13: /title: expected text or null, found 1" }])
    );
}
