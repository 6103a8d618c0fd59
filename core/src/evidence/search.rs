//! Searches the feature for the indicators of a pack's questions.

use super::{Proof, QuestionContext};
use crate::feature::Feature;
use crate::principle::Principle;

/// The indicators of a pack's questions, compiled once.
#[derive(Debug)]
pub struct Searcher {}

/// What the indicators of a pack found in one feature.
#[derive(Debug)]
pub struct Hits<'a> {
    feature: &'a Feature,
}

impl Searcher {
    /// Compiles the indicators of these principles' questions.
    #[must_use]
    pub fn new(_principles: &[Principle]) -> Self {
        Self {}
    }

    /// Searches `feature` once for all of them.
    #[must_use]
    pub fn search<'a>(&'a self, feature: &'a Feature) -> Hits<'a> {
        Hits { feature }
    }
}

impl Hits<'_> {
    /// The proof of one question: its indicators' hits and its own proof function.
    #[must_use]
    pub fn prove(&self, cx: &QuestionContext<'_>) -> Proof {
        let _ = self.feature;
        match cx.question.proof.map(|proof| proof(cx)) {
            Some(Ok(proof)) => proof,
            _ => Proof::silent(),
        }
    }
}
