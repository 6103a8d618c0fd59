//! What holds for every text: reading never fails, spans fit, writing and reading agree.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![cfg(feature = "testing")]

use plangate_core::testing::invariants::{self, repeated, said};
use plangate_core::{Plan, parse};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A name and what makes a text of so many bytes.
type HostileText = (String, Box<dyn Fn(usize) -> String>);

/// Pieces of which Markdown like a plan's is made, and some that break it.
const PIECES: &[&str] = &[
    "# Implementation Plan: Polls",
    "## Summary",
    "## Technical Context",
    "## Constitution Check",
    "## Constitution Check (Post-Design Re-check)",
    "### Post-Design Re-Check",
    "## Project Structure",
    "### Documentation (this feature)",
    "### Source Code",
    "## Complexity Tracking",
    "## Progress Tracking",
    "###",
    "### MVP Principles (v1.0.0)",
    "#### II. Simplicity ✅",
    "## 憲章チェック",
    "## プロジェクト構造",
    "Title\n=====",
    "para\n---",
    "**Branch**: `001-x` | **Date**: 2026-01-02 | **Spec**: [spec.md](spec.md)",
    "**Spec**: [a](<b  c>)",
    "**Storage**: `a, b`, c; d",
    "**Storage**:",
    "- a\n- b, c\n  - d",
    "**Testing**: Vitest\n- axe\n- k6",
    "**I. Real-time First** ✅ / ⚠️ / N/A",
    "**IV. TDD** — tests first — always",
    "**Overall Status**: ✅ PASS — done",
    "**Constitution Version**: v2.1.0",
    "*GATE: Must pass before Phase 0 research.*",
    "*GATE: Passed.*",
    "All gates pass. Go on. ",
    "- Is it? **YES** - live",
    "- Is it? If so, how?",
    "- [x] Is it?",
    "- [ ] **I. First**: no",
    "- ✅ done",
    "1. **III. Rooms**: PASS",
    "   - inner",
    "\t- tab",
    "> quoted **Status**: FAIL",
    "| Principle | Status | Notes |\n|---|---|---|\n| I. A | ✅ PASS | `x | y` |\n| — | | |",
    "| # | Principle | Pre-Design | Post-Design |\n|--|--|--|--|\n| 1 | A | PASS | ⚠️ |",
    "| Violation | Why Needed | Simpler Alternative Rejected Because |\n|---|---|---|\n| a \\| b | c |\n| None | - | - |",
    "| `a | b` | c |\n|---|---|\n| d | e |",
    "```text\nspecs/1/\n├── plan.md  # here\n└── c/\n    └── *.md\n```",
    "```\nsrc\\app\n  lib/ (all)\n+-- a.ts\n`-- ./b\n```",
    "```text\n/\n./\nfoo /x\n#!/bin/sh\n",
    "```",
    "~~~",
    "<!-- comment -->",
    "<!--",
    "-->",
    "<div>",
    "**Structure Decision**: one project",
    "- [x] Post-Design Constitution Check: PASS",
    "**Constitution Re-Check**: ✅ PASSED",
    "Based on Constitution v2.1.1",
    "---",
    "[x]: /target",
    "![i](t)",
    "\\",
    "\\*",
    "&amp;",
    "*",
    "_",
    "`",
    "``",
    "|",
    "[",
    "](",
    "✅",
    "⚠️→✅",
    "N/A",
    "PASS",
    "—",
    " — ",
    "、",
    "：",
    "。",
    "?",
    "？",
    "(",
    ")",
    "１",
    "日本語",
    "ß",
    "e\u{301}",
    "\u{feff}",
    "\u{a0}",
    "\u{3000}",
    "\0",
    "\t",
    "  ",
    "\r",
    "word",
    "Yes",
    "no,",
    "1.",
    "I.",
    "x: y",
];

/// Pieces in any order, each with some end of a line.
fn soup(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[ -~]{0,12}",
    ];
    let end = prop::sample::select(&["\n", "\n\n", "\r\n", " ", "", "\n    ", "\n> "][..]);
    prop::collection::vec((piece, end), pieces)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, end)| [piece, end.to_owned()]).collect())
}

/// A text: anything, soup, or soup in a plan's sections.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => any::<String>(),
        4 => soup(0..24),
        8 => [soup(0..4), soup(0..6), soup(0..10), soup(0..4), soup(0..4)].prop_map(|[header, context, check, structure, rest]| {
            format!(
                "# Implementation Plan: Polls\n\n{header}\n\n## Technical Context\n\n{context}\n\n## Constitution Check\n\n\
                 {check}\n\n## Project Structure\n\n{structure}\n\n## Complexity Tracking\n\n{rest}\n"
            )
        }),
    ]
}

/// A text as it may stand in a Plan that somebody made.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(PIECES).prop_map(str::to_owned),
        2 => "[ -~]{0,8}",
        1 => any::<String>(),
    ];
    prop::collection::vec(word, 0..4).prop_map(|words| words.join(" "))
}

/// A line of a plangate.toml or of a pack's file, or one that breaks it.
fn toml_line() -> impl Strategy<Value = String> {
    const LINES: &[&str] = &[
        "[pack]", "name = \"acme\"", "version = \"1.0.0\"", "prefix = \"ACM\"", "[[principle]]", "ordinal = \"I\"",
        "statuses = [\"pass\"]", "[[principle.question]]", "id = \"ACM101\"", "text = \"Is it?\"", "kind = \"duty\"",
        "evidence = { terms = [\"a\"], files = [\"**/[a\"] }", "when = \"ACM101\"", "select = [\"PLN\"]",
        "ignore = [\"\"]", "phase = \"design\"", "[severities]", "PLN201 = \"info\"", "[[override]]",
        "paths = [\"specs/{a,b}*\"]", "[[waiver]]", "rule = \"PLN101\"", "path = \"**\"", "expires = 2027-02-30",
        "[aliases]", "summary = [\"Überblick\"]", "[", "\"\"\"", "a.b.c = { d = [1] }", "# ü", "\u{feff}",
    ];
    prop_oneof![8 => prop::sample::select(LINES).prop_map(str::to_owned), 1 => any::<String>()]
}

fn optional() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), words().prop_map(Value::from)]
}

fn list<S: Strategy<Value = Value>>(of: S) -> impl Strategy<Value = Value> {
    prop::collection::vec(of, 0..3).prop_map(Value::from)
}

fn one_of(values: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop::sample::select(values).prop_map(|value| if value.is_empty() { Value::Null } else { Value::from(value) })
}

fn field() -> impl Strategy<Value = Value> {
    (words(), list(words().prop_map(Value::from))).prop_map(|(text, items)| json!({ "text": text, "items": items }))
}

fn tree() -> impl Strategy<Value = Value> {
    let path = prop_oneof![4 => "[ab]{1,2}(/[ab.]{1,2}){0,3}", 1 => words()];
    let entry = (path, one_of(&["file", "directory"]), optional())
        .prop_map(|(path, kind, comment)| json!({ "path": path, "kind": kind, "comment": comment }));
    list(entry).prop_map(|entries| json!({ "entries": entries }))
}

fn status() -> impl Strategy<Value = Value> {
    one_of(&["", "pass", "attention", "blocked", "not-applicable", "undecided"])
}

fn principle() -> impl Strategy<Value = Value> {
    let question = (words(), one_of(&["yes", "no", "not-applicable", "open"]), words()).prop_map(
        |(text, verdict, rationale)| json!({ "text": text, "answer": { "verdict": verdict, "rationale": rationale } }),
    );
    let options = prop_oneof![Just(json!([])), Just(json!(["pass", "attention"]))];
    let group = prop_oneof![Just(Value::Null), Just(json!("MVP Principles")), words().prop_map(Value::from)];
    let lists = (list(question), list(words().prop_map(Value::from)));
    (optional(), words(), group, status(), optional(), options, optional(), lists).prop_map(
        |(ordinal, name, group, status, raw_status, options, notes, (questions, statements))| {
            json!({ "ordinal": ordinal, "name": name, "group": group, "status": status, "raw_status": raw_status,
                    "options": options, "notes": notes, "questions": questions, "statements": statements })
        },
    )
}

fn check() -> impl Strategy<Value = Value> {
    let title = prop_oneof![Just("Constitution Check".to_owned()), Just("Post-Design Re-Check".to_owned()), words()];
    let group = (prop_oneof![Just("MVP Principles".to_owned()), words()], optional())
        .prop_map(|(title, version)| json!({ "title": title, "version": version }));
    let overall = prop_oneof![
        Just(Value::Null),
        (status(), words(), words())
            .prop_map(|(status, raw, rationale)| json!({ "status": status, "raw": raw, "rationale": rationale })),
    ];
    let stage = one_of(&["before-research", "after-design", "unknown"]);
    (title, stage, optional(), list(group), list(principle()), overall).prop_map(
        |(title, stage, version, groups, principles, overall)| {
            json!({ "title": title, "stage": stage, "version": version, "groups": groups,
                    "principles": principles, "overall": overall })
        },
    )
}

/// A Plan as somebody may have made it, whatever sense it makes.
fn plan() -> impl Strategy<Value = Plan> {
    let metadata = [optional(), optional(), optional(), optional()].prop_map(
        |[branch, date, spec, input]| json!({ "branch": branch, "date": date, "spec": spec, "input": input }),
    );
    let other = (prop_oneof![Just("Storage".to_owned()), words()], field())
        .prop_map(|(key, value)| json!({ "key": key, "value": value }));
    let context = prop_oneof![
        Just(Value::Null),
        (field(), list(other)).prop_map(|(testing, other)| json!({ "testing": testing, "other": other })),
    ];
    let structure = prop_oneof![
        Just(Value::Null),
        (tree(), list(tree()), optional()).prop_map(|(documentation, source, decision)| {
            json!({ "documentation": documentation, "source": source, "decision": decision })
        }),
    ];
    let row = [words(), words(), words()]
        .prop_map(|[a, b, c]| json!({ "violation": a, "why_needed": b, "simpler_alternative": c }));
    let complexity = prop_oneof![
        Just(Value::Null),
        (list(row), optional()).prop_map(|(rows, statement)| json!({ "rows": rows, "statement": statement })),
    ];
    (optional(), metadata, optional(), context, list(check()), structure, complexity).prop_map(
        |(title, metadata, summary, context, checks, structure, complexity)| {
            let plan = json!({ "title": title, "metadata": metadata, "summary": summary, "technical_context": context,
                "constitution_checks": checks, "project_structure": structure, "complexity_tracking": complexity });
            serde_json::from_value(plan).unwrap()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_holds(text in text()) {
        invariants::plan(&text);
    }

    #[test]
    fn every_document_beside_a_plan_holds(text in text()) {
        invariants::spec(&text);
        invariants::tasks(&text);
        invariants::constitution(&text);
        invariants::documents(&text);
    }

    #[test]
    fn every_plangate_toml_and_every_pack_file_holds(lines in prop::collection::vec(toml_line(), 0..12)) {
        let text = lines.join("\n");
        invariants::configuration(&text);
        invariants::pack_manifest(&text);
    }

    #[test]
    fn what_was_made_is_written_as_it_is(plan in plan()) {
        let normal = plan.normalized();
        prop_assert_eq!(said(&normal), said(&normal.normalized()));
        let written = plan.to_markdown();
        prop_assert_eq!(said(&normal), said(&parse::plan(&written)), "written as\n{}", written);
    }
}

/// The headings of a plan, below which patterns stand.
const HEADINGS: &str = "# Implementation Plan: Polls\n\n## Technical Context\n\n**Storage**: x\n\n## Constitution Check\n\n**I. A** ✅\n\n";

/// Lines, each one step further in than the one before.
fn nested(mark: &str, bytes: usize) -> String {
    let mut text = HEADINGS.to_owned();
    for depth in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&"  ".repeat(depth));
        text.push_str(mark);
    }
    text
}

#[test]
fn time_grows_with_the_text() {
    const PATTERNS: &[&str] = &[
        ">", "> ", ">\n", "[", "[a](", "![", "]", "*", "**", "**a", "* ", "*a **b ", "_", "|", "| ", "|-", "|\n", "`",
        "`a", "``a`", "``` ", "```\n", "```text\nsrc/\n", "~~~\n", "- ", "- a\n", "- - ", "1. ", "<", "<!--", "<!--\n",
        "<!-- -->", "<!-- a -->\n", "<div>\n", "</", "#", "# a\n", "## Summary\n", "### I. A ✅\n",
        "## Constitution Check\n", "### Post-Design Re-Check\n", "### A\n", "| a | b |\n", "| I. A | ✅ PASS | b |\n",
        "| a | b |\n|---|---|\n", "| a | b |\n|---|---|\n| c | PASS |\n\n", "| `a | b |\n|---|---|\n", "**I. A** ✅\n",
        "**A**: b\n", "**A**: b\n\n", "a: b\n", "- [x] a? b? ", "- a? b? **YES**", "- Is it? **YES** — b\n", "?",
        "✅ ", "✅/", "PASS ", "✅", "⚠️→✅", "All gates pass. ", "no violation", "no violation but deviation ", "\\",
        "\\\n", "&", "&amp;", "(", "a, ", "`,`", "日本語", "　", "\u{feff}", "\0", "\r", "\r\n", "\t", " ", "\n",
        "---\n", "a\n---\n", "a\n===\n", "[a]: b\n", "x@y.z ", "http://a ", "— ", "- [x] Constitution Check: PASS\n\n",
        "**Constitution Re-Check**: x\n\n", "I. ", "1, 2, ", "├── a/\n", "(a", "{[(",
    ];
    let texts: Vec<HostileText> = PATTERNS
        .iter()
        .map(|pattern| {
            (
                (*pattern).to_owned(),
                Box::new(|bytes| repeated(HEADINGS, pattern, bytes)) as Box<dyn Fn(usize) -> String>,
            )
        })
        .chain(["- a\n", "1. a\n", "> a\n", "a/\n", "- **I. A**: ✅\n"].map(|mark| {
            (format!("nested {mark}"), Box::new(move |bytes| nested(mark, bytes)) as Box<dyn Fn(usize) -> String>)
        }))
        .chain(["├── a/\n", "  a\n", "a/b/c\n", "a  # b\n"].map(|line| {
            let tree = move |bytes: usize| {
                format!(
                    "## Project Structure\n\n```text\n{}/\n{}",
                    "a".repeat(bytes / 2),
                    line.repeat(bytes / 2 / line.len())
                )
            };
            (format!("tree of {line}"), Box::new(tree) as Box<dyn Fn(usize) -> String>)
        }))
        .collect();
    let grows = |text: &dyn Fn(usize) -> String| invariants::is_linear(text, &mut |text| drop(parse::plan(text)));
    let slow: Vec<&str> = texts.iter().filter(|(_, text)| !grows(text)).map(|(name, _)| name.as_str()).collect();
    assert!(slow.is_empty(), "not linear: {slow:?}");
}
