//! A pack that is not the one that was pinned.

use plangate_core::pack::{PackReference, ProcessPack};
use plangate_core::report::FailOn;
use plangate_core::{Engine, Feature};

use crate::guest::c_pack;
use crate::run::worker;

#[test]
fn another_file_than_the_pinned_one_is_not_loaded() {
    let pinned = "0".repeat(64);
    let pack = ProcessPack::start(&PackReference::new(c_pack()).pinned(&pinned), &worker());
    let engine = Engine::builder().loaded(c_pack().display().to_string(), pack).build().unwrap();
    let plan = engine.evaluate(&Feature::builder().plan("# Implementation Plan: Votes\n").build());
    assert!(plan.findings.iter().any(|finding| finding.rule == "PLN001"), "the other packs are asked");
    let report = engine.report(vec![plan]);
    let message = &report.failures[0].message;
    assert_eq!(report.exit_code(FailOn::Error), 2);
    assert!(message.starts_with(&format!("pack `{}` has the SHA-256 ", c_pack().display())), "{message}");
    let ending = format!(", and {pinned} is pinned: find out who changed it before you pin it anew");
    assert!(message.ends_with(&ending), "{message}");
    let found = &message[message.len() - ending.len() - 64..message.len() - ending.len()];
    let pinned = PackReference::new(c_pack()).pinned(found.to_uppercase());
    assert!(ProcessPack::start(&pinned, &worker()).is_ok(), "{found} is its own");
}
