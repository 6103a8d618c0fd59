//! The published schemas: valid themselves, and every document of the tool is valid against them.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;
use std::path::Path;

use kit::{folder, run};
use plangate_core::schema::{Kind, of, validate};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// What the command writes as JSON, run from the repository's root.
fn json(arguments: &[&str]) -> Value {
    let ran = run(root(), arguments);
    assert_eq!(ran.err, "", "{arguments:?}");
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

#[track_caller]
fn fits(kind: Kind, document: &Value, what: &str) {
    let errors: Vec<String> = validate(kind, document).iter().map(ToString::to_string).collect();
    assert_eq!(errors, [""; 0], "{what}");
}

/// The features that the repository holds.
fn features() -> Vec<String> {
    let specs = ["conformance/clean/table/specs", "conformance/clean/template/specs", "examples/voting-app/specs"];
    let features = specs.iter().flat_map(|specs| {
        let entries = fs::read_dir(root().join(specs)).unwrap();
        entries.map(move |entry| format!("{specs}/{}", entry.unwrap().file_name().to_str().unwrap()))
    });
    features.collect()
}

#[test]
fn every_schema_is_one_of_2020_12() {
    for kind in Kind::ALL.iter().copied() {
        let schema = of(kind);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{kind:?}");
        if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
            panic!("{kind:?}: {error} at {}", error.instance_path());
        }
        assert_eq!(json(&["schema", kind.as_str()]), schema, "{kind:?}");
    }
}

#[test]
fn every_property_is_described() {
    fn undescribed(schema: &Value, path: &str, found: &mut Vec<String>) {
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            if property.get("description").is_none() && key != "$schema" {
                found.push(format!("{path}/{key}"));
            }
        }
    }
    for kind in Kind::ALL.iter().copied() {
        let schema = of(kind);
        let mut found = Vec::new();
        undescribed(&schema, "", &mut found);
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            undescribed(definition, name, &mut found);
        }
        assert_eq!(found, [""; 0], "{kind:?}");
    }
}

#[test]
fn plans_and_features_that_are_written_fit() {
    let features = features();
    assert_eq!(features.len(), 3);
    for feature in &features {
        fits(Kind::Plan, &json(&["parse", feature]), feature);
        fits(Kind::Feature, &json(&["parse", feature, "--feature"]), feature);
    }
}

#[test]
fn reports_that_are_written_fit() {
    for arguments in [&["check", "examples/voting-app"][..], &["check", "conformance/clean/table", "--phase", "design"]]
    {
        fits(Kind::Report, &json(&[arguments, &["--output-format", "json"]].concat()), arguments[1]);
    }
    // A report in which every optional part occurs.
    let snapshot = root().join("core/tests/snapshots/emit__json_is_the_contract.snap");
    let snapshot = fs::read_to_string(snapshot).unwrap();
    let full = snapshot.splitn(3, "---\n").nth(2).unwrap();
    fits(Kind::Report, &serde_json::from_str(full).unwrap(), "the contract");
}

#[test]
fn a_report_of_a_failure_fits() {
    let folder = folder(&[("plan.json", b"{ \"title\": 1 }")]);
    let ran = run(folder.path(), &["check", "plan.json", "--output-format", "json"]);
    assert_eq!(ran.code, 2);
    fits(Kind::Report, &serde_json::from_str(&ran.out).unwrap(), "a failure");
}

#[test]
fn what_linked_packs_say_fits() {
    use plangate_core::pack::RulePack;
    for pack in [plangate_rules_mvp::pack(), plangate_rules_production::pack()] {
        fits(Kind::LoadedPack, &serde_json::to_value(pack.manifest()).unwrap(), &pack.manifest().name);
    }
}

#[test]
fn a_report_without_a_promised_key_does_not_fit() {
    let mut report = json(&["check", "examples/voting-app", "--output-format", "json"]);
    report["plans"][0]["gate"].as_object_mut().unwrap().remove("derived");
    let errors = validate(Kind::Report, &report);
    assert_eq!(
        errors.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["/plans/0/gate: the key `derived` is missing"]
    );
}

#[test]
fn an_unknown_kind_is_told() {
    let ran = run(root(), &["schema", "plans"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("tip: a similar value exists: 'plan'"), "{}", ran.err);
}
