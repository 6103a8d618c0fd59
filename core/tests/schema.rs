//! The JSON of a plan has the keys that its consumers were promised, and its schema says so.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![cfg(feature = "schema")]

use std::collections::BTreeSet;

use plangate_core::{Plan, parse};
use serde_json::{Map, Value};

/// The keys of every node, by the way to it. A node may carry its span beside them.
const CONTRACT: &[(&str, &[&str])] = &[
    ("", PLAN),
    ("metadata", &["branch", "date", "spec", "input"]),
    (
        "technical_context",
        &[
            "language_version", "primary_dependencies", "storage", "testing", "target_platform", "project_type",
            "performance_goals", "constraints", "scale_scope", "other",
        ],
    ),
    ("technical_context/storage", &["text", "items"]),
    ("technical_context/other/0", &["key", "value"]),
    ("technical_context/other/0/value", &["text", "items"]),
    ("constitution_checks/0", &["title", "stage", "version", "groups", "principles", "overall"]),
    ("constitution_checks/0/groups/0", &["title", "version"]),
    (
        "constitution_checks/0/principles/0",
        &["ordinal", "name", "group", "status", "raw_status", "options", "notes", "questions", "statements"],
    ),
    ("constitution_checks/0/principles/0/questions/0", &["text", "answer"]),
    ("constitution_checks/0/principles/0/questions/0/answer", &["verdict", "rationale"]),
    ("constitution_checks/0/overall", &["status", "raw", "rationale"]),
    ("project_structure", &["documentation", "source", "decision"]),
    ("project_structure/documentation", &["root", "entries"]),
    ("project_structure/source/0", &["root", "entries"]),
    ("project_structure/source/0/entries/0", &["path", "kind", "comment"]),
    ("complexity_tracking", &["rows", "statement"]),
    ("complexity_tracking/rows/0", &["violation", "why_needed", "simpler_alternative"]),
    ("sections/0", &["title", "level"]),
    ("problems/0", &["message"]),
];

const PLAN: &[&str] = &[
    "title", "metadata", "summary", "technical_context", "constitution_checks", "project_structure",
    "complexity_tracking", "sections", "problems",
];

/// Keys that tell where something stands, which any node may carry.
const PLACES: &[&str] = &["span", "heading"];

/// A plan in which every node occurs.
const WHOLE: &str = "\
# Implementation Plan: Polls

**Branch**: `001-polls` | **Date**: 2026-01-02 | **Spec**: [spec.md](spec.md)
**Input**: a wish

## Summary

Vote.

## Technical Context

**Storage**: Redis 7
**Rooms**: one

## Constitution Check

**Constitution Version**: v1.2.0

### MVP Principles (v1.0.0)

**I. Real-time First** ✅ / ⚠️ — later
- Is it real-time? **YES** - votes
- one room

**Overall Status**: ✅ PASS

## Project Structure

### Documentation (this feature)

```text
specs/001-polls/
└── plan.md
```

### Source Code (repository root)

```text
src/
└── main.rs  # starts it
```

**Structure Decision**: One crate.

## Complexity Tracking

| Violation | Why Needed | Simpler Alternative Rejected Because |
|---|---|---|
| I. polling | old browsers | sockets are blocked |

Nothing else.

## Notes

```text
never closed
";

fn keys(map: &Map<String, Value>) -> BTreeSet<&str> {
    map.keys().map(String::as_str).collect()
}

fn object<'a>(root: &'a Value, path: &str) -> &'a Map<String, Value> {
    let pointer = if path.is_empty() { String::new() } else { format!("/{path}") };
    root.pointer(&pointer).and_then(Value::as_object).unwrap_or_else(|| panic!("no object at {path}: {root:#}"))
}

#[test]
fn json_has_the_promised_keys() {
    let plan = serde_json::to_value(parse::plan(WHOLE)).unwrap();
    for (path, promised) in CONTRACT {
        let mut found = keys(object(&plan, path));
        found.retain(|key| !PLACES.contains(key));
        assert_eq!(found, promised.iter().copied().collect(), "at {path}");
    }
}

#[test]
fn words_are_spelled_as_promised() {
    let plan = serde_json::to_value(parse::plan(WHOLE)).unwrap();
    for (pointer, word) in [
        ("/constitution_checks/0/stage", "before-research"),
        ("/constitution_checks/0/version", "1.2.0"),
        ("/constitution_checks/0/principles/0/status", "undecided"),
        ("/constitution_checks/0/principles/0/raw_status", "✅ / ⚠️"),
        ("/constitution_checks/0/principles/0/options/1", "attention"),
        ("/constitution_checks/0/principles/0/questions/0/answer/verdict", "yes"),
        ("/constitution_checks/0/overall/status", "pass"),
        ("/project_structure/source/0/entries/0/kind", "directory"),
        ("/project_structure/source/0/root", "src"),
    ] {
        assert_eq!(plan.pointer(pointer).and_then(Value::as_str), Some(word), "{pointer}");
    }
}

#[test]
fn schema_names_the_promised_keys() {
    let schema = schemars::schema_for!(Plan).to_value();
    let properties = object(&schema, "properties");
    assert_eq!(keys(properties), PLAN.iter().copied().collect());
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

/// Every object of a plan's JSON is described by the schema, down to the last key.
#[test]
fn schema_describes_every_key_of_a_plan() {
    let schema = schemars::schema_for!(Plan).to_value();
    let plan = serde_json::to_value(parse::plan(WHOLE)).unwrap();
    describe(&schema, &schema, &plan, "plan");
}

fn describe(root: &Value, schema: &Value, value: &Value, path: &str) {
    let schema = resolve(root, schema);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let inner = schema.pointer("/properties").and_then(|properties| properties.get(key));
                describe(root, inner.unwrap_or_else(|| panic!("{path} has no {key}")), value, &format!("{path}.{key}"));
            }
        }
        Value::Array(values) => {
            let items = schema.get("items").unwrap_or_else(|| panic!("{path} is no list"));
            values.iter().for_each(|value| describe(root, items, value, &format!("{path}[]")));
        }
        _ => {}
    }
}

/// Follows references, and the alternative to null.
fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        return resolve(root, root.pointer(target.trim_start_matches('#')).unwrap());
    }
    let alternatives = schema.get("anyOf").and_then(Value::as_array);
    let some = alternatives.and_then(|all| all.iter().find(|one| one.get("type") != Some(&Value::from("null"))));
    some.map_or(schema, |some| resolve(root, some))
}
