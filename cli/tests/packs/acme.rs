//! The example in Rust finds the same by every route, byte for byte; so does the example in C by its two.

use std::path::Path;

use plangate_core::pack::{PackReference, ProcessPack, RulePack};
use plangate_core::testing::examples;
use plangate_core::workspace::{LoadOptions, Workspace};
use plangate_core::{Engine, Feature};

use crate::guest::{c_pack, packs};
use crate::run::{check_in, worker};

/// The plans of the example repository, and those of the pack's own docs.
fn features() -> Vec<Feature> {
    let pack = acme_pack::pack();
    let questions = pack.manifest().principles.iter().flat_map(|principle| principle.questions.iter());
    let docs = questions.map(|question| &question.docs).chain(pack.manifest().rules.iter().map(|rule| &rule.docs));
    let mut features: Vec<Feature> = docs.flat_map(|docs| examples(docs)).map(|example| example.feature()).collect();
    let workspace = Workspace::open(repository()).unwrap();
    for location in workspace.features(workspace.root()).unwrap() {
        features.push(workspace.feature(&location, &LoadOptions::default()).unwrap());
    }
    features
}

fn repository() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/voting-app")
}

fn reports(engine: &Engine) -> Vec<String> {
    features().iter().map(|feature| serde_json::to_string_pretty(&engine.evaluate(feature)).unwrap()).collect()
}

#[test]
fn linked_and_loaded_find_the_same() {
    let loaded = ProcessPack::start(&PackReference::new(&packs().acme), &worker()).unwrap();
    let of = |builder: plangate_core::engine::EngineBuilder| reports(&builder.required(["acme"]).build().unwrap());
    let linked = of(Engine::builder().pack(acme_pack::pack()));
    assert_eq!(linked, of(Engine::builder().pack(loaded)));
    for rule in ["ACM1301", "ACM1302", "ACM901"] {
        assert!(
            linked.iter().any(|report| report.contains(&format!("\"rule\": \"{rule}\",\n      \"name\""))),
            "{rule}"
        );
    }
}

#[test]
fn in_process_and_isolated_find_the_same() {
    for pack in [&packs().acme, &c_pack()] {
        let of = |arguments: &[&str]| check_in(&repository(), &[pack], arguments);
        let (isolated, in_process) = (of(&[]), of(&["--in-process"]));
        assert_eq!((isolated.code, &isolated.out), (in_process.code, &in_process.out));
        assert!(isolated.out.contains("missing-principle"), "{}", isolated.out);
    }
}
