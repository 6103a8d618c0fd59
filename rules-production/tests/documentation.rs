//! The pack keeps the promises of every pack, and asks the questions of its template.

use plangate_core::pack::RulePack as _;
use plangate_core::testing::check_pack;

#[test]
fn the_pack_keeps_its_promises() {
    check_pack(plangate_rules_production::pack());
}

#[test]
fn the_pack_asks_the_questions_of_its_template() {
    let pack = plangate_rules_production::pack();
    let manifest = pack.manifest();
    let counts: Vec<usize> = manifest.principles.iter().map(|principle| principle.questions.len()).collect();
    assert_eq!(counts, [5, 6, 5, 6, 5, 6]);
    for (principle, ordinal) in manifest.principles.iter().zip(7..) {
        for (question, number) in principle.questions.iter().zip(1..) {
            assert_eq!(question.id, format!("PRD{ordinal}{number:02}"));
        }
    }
}
