//! One pack that is linked and loaded as well.

use plangate_core::pack::{PackReference, ProcessPack};
use plangate_core::report::FailOn;
use plangate_core::{Engine, Feature};

use crate::guest::packs;
use crate::run::worker;

#[test]
fn the_linked_one_stands() {
    let file = packs().acme.display().to_string();
    let loaded = ProcessPack::start(&PackReference::new(&packs().acme), &worker());
    let engine = Engine::builder().pack(acme_pack::pack()).loaded(&file, loaded).required(["acme"]).build().unwrap();
    let plan = engine.evaluate(&Feature::builder().plan("# Implementation Plan: Votes\n").build());
    assert!(plan.findings.iter().any(|finding| finding.rule == "ACM901"));
    let report = engine.report(vec![plan]);
    assert_eq!(report.exit_code(FailOn::Error), 2);
    assert_eq!(
        report.failures[0].message,
        format!(
            "pack `{file}` was left out: two packs are called `acme`, one linked, one loaded: leave one of them out"
        ),
    );
}
