//! Packs: principles and rules under one name, version and id prefix.

pub mod abi;
mod conventions;
#[cfg(feature = "dynamic")]
mod dynamic;
mod error;
#[cfg(feature = "dynamic")]
mod frame;
#[doc(hidden)]
pub mod guest;
mod linked;
#[cfg(feature = "dynamic")]
mod loaded;
#[cfg(feature = "manifest")]
mod manifest;
#[cfg(feature = "dynamic")]
mod process;
mod reference;
mod request;
#[cfg(feature = "dynamic")]
pub mod worker;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

#[cfg(any(test, feature = "testing"))]
pub(crate) use conventions::faults_of_rule;
#[cfg(feature = "manifest")]
pub(crate) use conventions::{GATE, RESERVED, prefix_of};
pub use conventions::{is_kebab_case, is_rule_id};
#[cfg(feature = "dynamic")]
pub use dynamic::{DynamicPack, Library};
pub use error::PackError;
pub(crate) use linked::guarded;
pub use linked::{LinkedPack, PackRegistration, linked_packs};
#[cfg(all(feature = "dynamic", any(test, feature = "testing")))]
pub(crate) use loaded::RepeatingPack;
#[cfg(feature = "manifest")]
pub use manifest::{ConstitutionDraft, DraftError, ManifestError, ManifestPack, ManifestProblem, Merged, prefix_for};
#[cfg(feature = "dynamic")]
pub use process::{ProcessPack, WorkerCommand};
#[cfg(feature = "fs")]
pub(crate) use reference::sha256;
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

impl std::fmt::Display for PackSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Linked => "linked",
            Self::Loaded => "loaded",
            Self::Manifest => "of a manifest",
        })
    }
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
    /// The version of the constitution's text, such as `1.0.0`; its own version where it doesn't say.
    #[serde(default)]
    pub edition: Cow<'static, str>,
    /// What its ids begin with, such as `MVP`.
    pub prefix: Cow<'static, str>,
    /// The title over its principles in the plan template, such as `MVP Principles`; its name where it
    /// doesn't say.
    #[serde(default)]
    pub title: Cow<'static, str>,
    /// The route by which it came.
    #[serde(default)]
    pub source: PackSource,
    /// Its principles in order.
    #[serde(default)]
    pub principles: Vec<Principle>,
    /// Its free-form rules.
    #[serde(default)]
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
#[serde(default)]
#[non_exhaustive]
pub struct Evaluation {
    /// The proof of each question, by rule id, in the pack's order.
    pub proofs: Vec<(Cow<'static, str>, Proof)>,
    /// Findings of free-form rules, their `rule` set.
    pub findings: Vec<Finding>,
    /// The rules that could not answer, and why, as a sentence. They have neither proof nor findings.
    pub failures: Vec<(Cow<'static, str>, String)>,
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

impl<P: RulePack + ?Sized> RulePack for Box<P> {
    fn manifest(&self) -> &PackManifest {
        (**self).manifest()
    }

    fn evaluate(&self, request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError> {
        (**self).evaluate(request)
    }
}
