//! Packs: principles and rules under one name, version and id prefix.

mod linked;
mod reference;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub(crate) use linked::guarded;
pub use linked::{LinkedPack, PackRegistration, linked_packs};
pub use reference::{PackReference, PackRoute};

use crate::diagnostic::Finding;
use crate::evidence::Proof;
use crate::feature::Feature;
use crate::judgement::LocatedAnswer;
use crate::principle::Principle;
use crate::rule::RuleMeta;

/// The route by which a pack came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PackSource {
    /// Compiled in.
    #[default]
    Linked,
    /// A shared library.
    Loaded,
    /// A TOML file.
    Manifest,
}

/// What a pack says of itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PackManifest {
    /// Its name, such as `mvp`.
    pub name: Cow<'static, str>,
    /// The version of the crate or file.
    pub version: Cow<'static, str>,
    /// The version of the constitution's text, such as `1.0.0`.
    pub edition: Cow<'static, str>,
    /// What its ids begin with, such as `MVP`.
    pub prefix: Cow<'static, str>,
    /// The title over its principles in the plan template, such as `MVP Principles`.
    pub title: Cow<'static, str>,
    /// The route by which it came.
    pub source: PackSource,
    /// Its principles in order.
    pub principles: Vec<Principle>,
    /// Its free-form rules.
    pub rules: Vec<RuleMeta>,
}

impl PackManifest {
    /// Number of rules: questions and free-form rules.
    #[must_use]
    pub fn rule_count(&self) -> usize {
        self.rules.len() + self.principles.iter().map(|principle| principle.questions.len()).sum::<usize>()
    }
}

/// What a pack is asked.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct EvaluationRequest<'a> {
    /// The plan with everything around it.
    pub feature: &'a Feature,
    /// The answers that the plan gives to the pack's questions, by rule id.
    pub answers: &'a HashMap<Cow<'static, str>, LocatedAnswer>,
}

impl<'a> EvaluationRequest<'a> {
    /// Asks about `feature`, whose `answers` have been located.
    #[must_use]
    pub fn new(feature: &'a Feature, answers: &'a HashMap<Cow<'static, str>, LocatedAnswer>) -> Self {
        Self { feature, answers }
    }
}

/// What a pack answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Evaluation {
    /// The proof of each question, by rule id, in the pack's order.
    pub proofs: Vec<(Cow<'static, str>, Proof)>,
    /// Findings of free-form rules, their `rule` set.
    pub findings: Vec<Finding>,
    /// The rules that could not answer, and why, as a sentence. They have neither proof nor findings.
    #[serde(default)]
    pub failures: Vec<(Cow<'static, str>, String)>,
}

/// Why a pack could not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// A rule panicked.
    #[error("pack `{pack}`: rule {rule} panicked: {message}")]
    Panicked {
        /// The pack.
        pack: String,
        /// The rule.
        rule: String,
        /// What the panic said.
        message: String,
    },
}

/// A pack, by whatever route it came.
pub trait RulePack: Send + Sync {
    /// What the pack says of itself.
    fn manifest(&self) -> &PackManifest;

    /// Answers evidence for its questions, and findings of its free-form rules.
    ///
    /// # Errors
    /// Where the pack could not do its job; the other packs still answer.
    fn evaluate(&self, request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError>;
}
