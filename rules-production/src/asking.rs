//! Asks the pack about small features, for the tests of its principles.

use std::sync::LazyLock;

use plangate_core::Feature;
use plangate_core::assessment::Located;
use plangate_core::evidence::Says;
use plangate_core::feature::FeatureBuilder;
use plangate_core::pack::{EvaluationRequest, LinkedPack, RulePack};

/// The pack, its indicators compiled once for all tests.
static PACK: LazyLock<LinkedPack> = LazyLock::new(crate::pack);

/// A plan that answers one question of a principle, with a Technical Context.
pub(crate) fn plan(principle: &str, answer: &str, context: &str) -> FeatureBuilder {
    let text = format!(
        "# Implementation Plan: Example\n\n## Technical Context\n\n{context}\n\n## Constitution Check\n\n\
         ### Production Principles (v2.0.0)\n\n**{principle}** ✅\n- {answer}\n"
    );
    Feature::builder().folder("specs/001-example").plan(text)
}

/// What contradicts the answer to `rule`.
pub(crate) fn contradictions(rule: &str, feature: FeatureBuilder) -> Vec<String> {
    evidence(rule, Says::Contradicts, feature)
}

/// The notes of the evidence that `says` this to the answer to `rule`.
pub(crate) fn evidence(rule: &str, says: Says, feature: FeatureBuilder) -> Vec<String> {
    let feature = feature.complete().build();
    let pack = &*PACK;
    let located = Located::of(&feature, &[pack.manifest()]);
    assert!(located.answers.contains_key(rule), "the plan answers {rule}");
    let evaluation = pack.evaluate(&EvaluationRequest::new(&feature, &located.answers)).expect("an evaluation");
    let (_, proof) = evaluation.proofs.into_iter().find(|(id, _)| id == rule).expect("a proof");
    proof.evidence.into_iter().filter(|evidence| evidence.says == says).map(|evidence| evidence.note).collect()
}
