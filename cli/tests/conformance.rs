//! The conformance suite of the repository, run with every pack that the command links.

use std::path::Path;

use plangate_core::Engine;
use plangate_core::testing::conformance;

/// Questions that a fact can contradict, and those whose other outcomes the suite shows.
const QUESTIONS: [&str; 34] = [
    "MVP101", "MVP102", "MVP103", "MVP202", "MVP203", "MVP204", "MVP301", "MVP302", "MVP303", "MVP401", "MVP402",
    "MVP403", "MVP404", "MVP501", "MVP502", "MVP503", "MVP504", "MVP601", "MVP602", "MVP603", "PRD701", "PRD702",
    "PRD703", "PRD704", "PRD803", "PRD806", "PRD903", "PRD904", "PRD1001", "PRD1004", "PRD1101", "PRD1102", "PRD1105",
    "PRD1205",
];

#[test]
fn every_planted_fault_is_found_and_nothing_else_is() {
    let packs = Engine::builder().pack(plangate_rules_mvp::pack()).pack(plangate_rules_production::pack());
    let engine = packs.build().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance");
    let suite = conformance(folder, &engine);
    assert_eq!(suite.clean, ["table", "template"]);

    // PLN9 judges suppressions and waivers, which stand in no plan of the suite.
    let rules = engine.packs().flat_map(|pack| &pack.rules).map(|rule| rule.id.as_ref());
    let rules = rules.filter(|rule| !rule.starts_with("PLN9")).chain(QUESTIONS);
    let without: Vec<&str> = rules.filter(|rule| !suite.faults.contains_key(*rule)).collect();
    assert_eq!(without, [""; 0], "rules without a planted fault");

    let planted = |base: &str| suite.gate_faults.iter().filter(|(known, _)| known == base).count();
    assert_eq!(planted("template"), 15);
    assert_eq!(planted("table"), 14, "a table has no question that could lose its answer");
}
