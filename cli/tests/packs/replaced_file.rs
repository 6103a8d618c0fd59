//! A file that is replaced after its pack was loaded: what answers is what was loaded first, or nothing.
//! That a swap between hash and load changes nothing is shown where the library is opened.

use std::fs;

use plangate_core::pack::{PackReference, ProcessPack};
use plangate_core::{Engine, Feature};

use crate::guest::{c_pack, packs};
use crate::run::{repository, worker};

#[test]
fn another_start_finds_the_same_pack_or_none() {
    let here = repository(&[]);
    let file = here.path().join("pack.so");
    fs::copy(&packs().faulty, &file).unwrap();
    let pack = ProcessPack::start(&PackReference::new(&file), &worker()).unwrap();
    let engine = Engine::builder().pack(pack).required(["faulty"]).build().unwrap();
    fs::remove_file(&file).unwrap();
    fs::copy(c_pack(), &file).unwrap();
    let failures = |title: &str| {
        let plan = Feature::builder().plan(format!("# Implementation Plan: {title}\n")).build();
        engine.evaluate(&plan).failures.into_iter().map(|failure| failure.message).collect::<Vec<_>>()
    };
    assert!(failures("ok").is_empty(), "the pack is loaded, whatever became of its file");
    assert!(failures("abort")[0].contains("signal 6"));
    assert!(failures("ok")[0].starts_with("pack `faulty` has the SHA-256 "), "{:?}", failures("ok"));
}
