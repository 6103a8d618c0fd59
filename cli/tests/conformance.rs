//! The conformance suite of the repository, run with every pack that the command links.

use std::path::Path;

use plangate_core::Engine;
use plangate_core::testing::conformance;

#[test]
fn every_planted_fault_is_found_and_nothing_else_is() {
    // A pack that nobody names is not linked.
    let engine =
        Engine::builder().pack(plangate_rules_mvp::pack()).pack(plangate_rules_production::pack()).build().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance");
    let suite = conformance(folder, &engine);
    assert_eq!(suite.clean, ["table", "template"]);
}
