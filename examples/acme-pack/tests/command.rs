//! The command of three lines has the pack linked, as any pack that its source names.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::path::Path;
use std::process::{Command, Output};

/// Runs the example, which `cargo test` builds beside the tests, unless it is told to build one test only.
fn acme(arguments: &[&str]) -> Output {
    let test = std::env::current_exe().unwrap();
    let built = test.ancestors().nth(2).expect("it lies in deps of the build folder");
    let program = built.join("examples").join(format!("acme{}", std::env::consts::EXE_SUFFIX));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../voting-app");
    let ran = Command::new(program).current_dir(root).args(arguments).output();
    ran.expect("`cargo test --package acme-pack` builds the example as well")
}

#[test]
fn the_packs_that_its_source_names_are_linked() {
    let packs = String::from_utf8(acme(&["packs"]).stdout).unwrap();
    assert!(packs.contains("acme 1.2.0, linked: Acme Principles") && packs.contains("mvp "), "{packs}");
    assert!(!packs.contains("production "), "{packs}");
    let checked = acme(&["check", "--pack", "acme", "--output-format", "concise"]);
    let found = String::from_utf8(checked.stdout).unwrap();
    assert!(found.contains("warning[ACM901 unowned-plan] the plan names no owner"), "{found}");
}

#[test]
fn a_pack_that_its_source_does_not_name_is_not_there() {
    let checked = acme(&["check", "--pack", "production"]);
    let error = String::from_utf8(checked.stderr).unwrap();
    assert_eq!(checked.status.code(), Some(2));
    assert_eq!(
        error,
        "error: no pack is called `production`; there are acme, mvp. A linked pack registers only where its crate is \
         named in code (`use its_crate as _;`), and a pack in a file is named by its path, as in ./production.toml\n",
    );
}
