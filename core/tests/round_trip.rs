//! A plan that is written as Markdown, or as JSON, and read again is the same plan.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![cfg(feature = "testing")]

use std::fs;
use std::path::{Path, PathBuf};

use plangate_core::plan::{AssessedPrinciple, ConstitutionCheck, EntryKind, Stage, Status, Verdict};
use plangate_core::testing::invariants::said;
use plangate_core::{Plan, parse};
use serde_json::Value;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn read(name: &str) -> Plan {
    parse::plan(&fs::read_to_string(fixtures().join(name)).unwrap())
}

/// Every fixture, with its name.
fn all() -> Vec<(String, Plan)> {
    let mut names: Vec<String> = fs::read_dir(fixtures().join("plans"))
        .unwrap()
        .map(|entry| format!("plans/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    names.sort();
    names.push("plan-template.md".to_owned());
    assert!(names.len() > 12, "{names:?}");
    names.into_iter().map(|name| (name.clone(), read(&name))).collect()
}

#[test]
fn markdown_reads_back_as_the_same_plan() {
    for (name, plan) in all() {
        let written = plan.to_markdown();
        let again = parse::plan(&written);
        assert_eq!(said(&again), said(&plan), "{name} as\n{written}");
        assert_eq!(again.to_markdown(), written, "{name}");
    }
}

#[test]
fn what_was_read_is_in_normal_form() {
    for (name, plan) in all() {
        assert_eq!(plan.normalized(), plan, "{name}");
    }
}

#[test]
fn json_reads_back_as_the_same_plan() {
    for (name, plan) in all() {
        let json = serde_json::to_value(&plan).unwrap();
        let again: Plan = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&again).unwrap(), json, "{name}");
        assert_eq!(parse::plan(&again.to_markdown()).to_markdown(), plan.to_markdown(), "{name}");
    }
}

#[test]
fn most_plans_are_written_as_people_write_them() {
    let literal: Vec<String> = all()
        .into_iter()
        .filter(|(_, plan)| plan.to_markdown().starts_with("<!-- plangate-literal -->"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(literal, LITERAL);
}

/// What these say can be told from free text only with its help.
const LITERAL: &[&str] = &["plans/checkboxes.md", "plans/ragged.md"];

/// What each fixture's checks say: stage, principles with their statuses, verdict.
fn outline(plan: &Plan) -> Vec<String> {
    let word = |status: Option<Status>| status.map_or("none", Status::as_str);
    let check = |check: &ConstitutionCheck| {
        let principle = |principle: &AssessedPrinciple| {
            format!("{} {}: {}", principle.ordinal.as_deref().unwrap_or("-"), principle.name, word(principle.status))
        };
        let principles: Vec<String> = check.principles.iter().map(principle).collect();
        let overall = check.overall.as_ref().map_or("none", |overall| word(overall.status));
        format!("{:?} [{}] {overall}", check.stage, principles.join(", "))
    };
    plan.constitution_checks.iter().map(check).collect()
}

#[test]
fn every_format_is_read() {
    let outlines: Vec<(String, Vec<String>)> = all().into_iter().map(|(name, plan)| (name, outline(&plan))).collect();
    insta::assert_debug_snapshot!(outlines);
}

#[test]
fn template_asks_everything_and_answers_nothing() {
    for plan in [read("plan-template.md"), parse::plan(&read("plan-template.md").to_markdown())] {
        let [check] = plan.constitution_checks.as_slice() else { panic!("{:?}", plan.constitution_checks) };
        assert_eq!(check.principles.len(), 12);
        assert!(check.principles.iter().all(|principle| principle.status == Some(Status::Undecided)));
        assert!(check.principles.iter().all(|principle| principle.options.len() > 1));
        let questions: Vec<_> = check.principles.iter().flat_map(|principle| &principle.questions).collect();
        assert_eq!(questions.len(), 54);
        assert!(questions.iter().all(|question| question.answer.verdict == Verdict::Open));
        assert!(check.principles.iter().all(|principle| principle.statements.is_empty()));
        let groups: Vec<_> =
            check.groups.iter().map(|group| (group.title.as_str(), group.version.as_deref())).collect();
        assert_eq!(groups, [("MVP Principles", Some("1.0.0")), ("Production Principles", Some("2.0.0"))]);
        assert_eq!(check.overall.as_ref().and_then(|overall| overall.status), Some(Status::Undecided));
        assert_eq!(check.stage, Stage::BeforeResearch);
    }
}

#[test]
fn written_plan_has_the_shape_of_the_template() {
    let plan: Plan = serde_json::from_value(serde_json::json!({
        "title": "Polls",
        "metadata": { "branch": "001-polls", "date": "2026-01-02", "spec": "specs/001-polls/spec.md", "input": "a | b" },
        "summary": "1. Vote, *now*.",
        "technical_context": {
            "language_version": { "text": "Rust 1.95" },
            "primary_dependencies": { "text": "axum; tower, http", "items": ["axum", "tower, http"] },
            "other": [ { "key": "Rooms", "value": { "text": "`one`" } } ] },
        "constitution_checks": [
            { "title": "Constitution Check", "stage": "before-research", "version": "2.1.0",
              "groups": [ { "title": "MVP Principles", "version": "1.0.0" } ],
              "principles": [
                { "ordinal": "I", "name": "Real-time First", "group": "MVP Principles", "status": "attention", "raw_status": "⚠️",
                  "notes": "late", "statements": ["one room"],
                  "questions": [
                    { "text": "Is it real-time?", "answer": { "verdict": "yes", "rationale": "(mostly)" } },
                    { "text": "Are events planned?", "answer": { "verdict": "open" } } ] } ],
              "overall": { "status": "pass", "raw": "✅ PASS", "rationale": "go" } },
            { "title": "Post-Design Re-Check", "stage": "after-design",
              "principles": [ { "ordinal": "I", "name": "Real-time First", "status": "pass", "raw_status": "PASS", "notes": "x | y" } ] } ],
        "project_structure": {
            "documentation": { "entries": [ { "path": "specs", "kind": "directory" }, { "path": "specs/plan.md", "comment": "this" } ] },
            "source": [ { "entries": [ { "path": "src", "kind": "directory" }, { "path": "src/a", "kind": "directory" },
                                       { "path": "src/a/b.rs" }, { "path": "src/c.rs" }, { "path": "Cargo.toml" } ] } ],
            "decision": "One crate." },
        "complexity_tracking": { "rows": [ { "violation": "a | b", "why_needed": "c", "simpler_alternative": "d" } ], "statement": "- no more" }
    }))
    .unwrap();
    let written = plan.to_markdown();
    insta::assert_snapshot!(written);
    assert_eq!(said(&parse::plan(&written)), said(&plan.normalized()));
    let structure = parse::plan(&written).project_structure.unwrap();
    assert_eq!(structure.source[0].entries[0].kind, EntryKind::Directory);
    assert_eq!(structure.documentation.unwrap().root.as_deref(), Some("specs"));
}

/// Each of these would be read as another plan if it were written as people write.
#[test]
fn ambiguous_plans_are_written_word_by_word() {
    let check = |check: Value| {
        let plan: Plan = serde_json::from_value(serde_json::json!({ "constitution_checks": [check] })).unwrap();
        let written = plan.to_markdown();
        assert!(written.starts_with("<!-- plangate-literal -->\n"), "{written}");
        assert_eq!(said(&parse::plan(&written)), said(&plan), "{written}");
    };
    let title = "Constitution Check";
    for principle in [
        serde_json::json!({ "name": "Gate Result", "status": "pass", "raw_status": "PASS" }),
        serde_json::json!({ "name": "", "raw_status": "— PASS — done", "notes": "— PASS — done" }),
        serde_json::json!({ "name": "I. IV. Twice", "ordinal": "3. 4", "group": "nowhere" }),
        serde_json::json!({ "name": "A", "status": "blocked", "raw_status": "✅", "options": ["pass", "blocked"] }),
        serde_json::json!({ "name": "A", "statements": ["Is it? **YES** — no", "**Status**: FAIL"] }),
        serde_json::json!({ "name": "A", "questions": [ { "text": "", "answer": { "verdict": "open", "rationale": "**NO**" } } ] }),
    ] {
        check(serde_json::json!({ "title": title, "stage": "before-research", "principles": [principle] }));
    }
    check(serde_json::json!({ "title": "Summary", "stage": "after-design" }));
    check(serde_json::json!({ "title": title, "stage": "unknown", "version": "next" }));
    check(serde_json::json!({ "title": title, "groups": [ { "title": "Core (v1.0.0)" }, { "title": "B" } ],
                              "principles": [ { "name": "a", "group": "B" }, { "name": "b", "group": "Core (v1.0.0)" }, { "name": "c" } ] }));
    check(
        serde_json::json!({ "title": title, "overall": { "status": "blocked", "raw": "PASS — no", "rationale": "— FAIL" } }),
    );
}
