//! The [`Assessment`]: which principles a plan assesses, how its answers were judged, and what the
//! gate derives to.

mod activation;
mod answers;
mod asked;
mod derive;
mod numbering;
mod principles;
mod restate;
mod scope;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub(crate) use activation::Matter;
pub use activation::{Activation, activation};
pub(crate) use asked::PackQuestions;
pub(crate) use derive::place_of;
pub(crate) use principles::{called, is_mentioned};

use crate::diagnostic::{Finding, Severity};
use crate::evidence::Proof;
use crate::feature::{Feature, Part};
use crate::judgement::{LocatedAnswer, Outcome};
use crate::pack::PackManifest;
use crate::plan::{AssessedPrinciple, ConstitutionCheck, Plan, Status};
use crate::principle::Kind;
use crate::source::Span;

/// The judged principles of one feature.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Assessment {
    /// The principles of the active packs, of the constitution, and those that only the plan knows.
    pub principles: Vec<JudgedPrinciple>,
    /// Findings of the questions.
    pub findings: Vec<Finding>,
    /// Rules that could not be judged, each with the part that is unknown.
    pub not_judged: Vec<(Cow<'static, str>, Part)>,
    /// The editions of the active packs, by the packs' names.
    pub editions: BTreeMap<String, String>,
    /// The status that the last check with a verdict states.
    pub declared: Option<Status>,
    /// The status that is derived; set last, by [`Assessment::derive`].
    pub derived: Option<Status>,
}

/// Who knows a principle.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// A pack of this name.
    Pack(String),
    /// The repository's constitution alone.
    Constitution,
    /// The plan alone.
    Plan,
}

impl Origin {
    /// The word that stands in reports: the pack's name, `constitution`, `plan`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pack(name) => name,
            Self::Constitution => "constitution",
            Self::Plan => "plan",
        }
    }
}

/// Where a plan assesses a principle: index of the check, and of the principle in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Index in [`Plan::constitution_checks`].
    pub check: usize,
    /// Index in [`ConstitutionCheck::principles`].
    pub principle: usize,
}

impl Occurrence {
    /// What stands there.
    #[must_use]
    pub fn of(self, plan: &Plan) -> Option<(&ConstitutionCheck, &AssessedPrinciple)> {
        let check = plan.constitution_checks.get(self.check)?;
        Some((check, check.principles.get(self.principle)?))
    }
}

/// One principle and what became of it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct JudgedPrinciple {
    /// Who knows it.
    pub origin: Origin,
    /// The numeral, where it has one.
    pub ordinal: Option<String>,
    /// The name.
    pub name: String,
    /// The statuses that its template offers; empty where nobody says.
    pub statuses: Vec<Status>,
    /// Whether the constitution calls it NON-NEGOTIABLE.
    pub non_negotiable: bool,
    /// Its place in the constitution, where that knows it.
    pub in_constitution: Option<Span>,
    /// Where the plan assesses it, in the plan's order.
    pub occurrences: Vec<Occurrence>,
    /// Whether the plan speaks of it without assessing it, such as "Principles VI–X: N/A".
    pub mentioned: bool,
    /// The status of the last check that states one.
    pub declared: Option<Status>,
    /// Where that stands.
    pub declared_at: Option<Occurrence>,
    /// Whether a complete row of Complexity Tracking speaks of it.
    pub justified: bool,
    /// Whether no check answers any of its questions.
    pub compact: bool,
    /// Its questions.
    pub questions: Vec<JudgedQuestion>,
    /// The status that is derived; set by [`Assessment::derive`].
    pub derived: Option<Status>,
}

impl JudgedPrinciple {
    /// "IV. Test-Driven Development": how messages call it.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.ordinal {
            Some(ordinal) => format!("{ordinal}. {}", self.name),
            None => self.name.clone(),
        }
    }

    /// What its findings are about, for fingerprints.
    #[must_use]
    pub fn subject(&self) -> String {
        format!("{}:{}", self.origin.as_str(), self.label())
    }

    /// Whether it is derived from its questions; else its status is taken as declared.
    #[must_use]
    pub fn is_examined(&self) -> bool {
        !self.compact && self.asked().any(|question| question.answer.is_some() || question.outcome == Outcome::Open)
    }

    /// The questions that plans are asked, without those of packs that ask for evidence only.
    pub fn asked(&self) -> impl Iterator<Item = &JudgedQuestion> {
        self.questions.iter().filter(|question| !question.evidence_only)
    }

    /// Whether the plan assesses it.
    #[must_use]
    pub fn is_assessed(&self) -> bool {
        !self.occurrences.is_empty()
    }
}

/// One question and what became of it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct JudgedQuestion {
    /// Its rule's id.
    pub rule: Cow<'static, str>,
    /// How it was judged.
    pub kind: Kind,
    /// Whether plans never see it.
    pub evidence_only: bool,
    /// The plan's answer.
    pub answer: Option<LocatedAnswer>,
    /// What became of it.
    pub outcome: Outcome,
    /// What the outcome weighs, before the rule's own ceiling; `None` where there is no finding.
    pub weight: Option<Severity>,
    /// What was found outside of the answer.
    pub proof: Proof,
}

impl JudgedQuestion {
    /// Whether its outcome blocks the principle: it is open, contradicted, unmet without a justification, or
    /// the pack makes its outcome an error.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.weight == Some(Severity::Error)
    }
}

/// The answers of a feature, located and not yet judged.
#[derive(Clone, Debug, Default)]
pub struct Located {
    principles: Vec<JudgedPrinciple>,
    questions: asked::Questions,
    editions: BTreeMap<String, String>,
    /// The located answers by rule id: what packs see. To a scope question that the plan doesn't answer itself they
    /// see a "no", so that they tell what speaks against one.
    pub answers: HashMap<Cow<'static, str>, LocatedAnswer>,
    /// The scope questions with such a "no".
    presumed: BTreeSet<Cow<'static, str>>,
}

impl Located {
    /// Finds every principle of the active packs and of the constitution in the plan, and the plan's
    /// answers to their questions.
    #[must_use]
    pub fn of(feature: &Feature, packs: &[&PackManifest]) -> Self {
        Self::of_prepared(feature, packs.iter().map(|pack| (*pack, Arc::new(PackQuestions::of(pack)))))
    }

    /// The same with packs whose questions are kept for many features.
    pub(crate) fn of_prepared<'a>(
        feature: &Feature,
        packs: impl IntoIterator<Item = (&'a PackManifest, Arc<PackQuestions>)>,
    ) -> Self {
        let (packs, questions): (Vec<_>, Vec<_>) = packs.into_iter().unzip();
        let editions = packs.iter().map(|pack| (pack.name.to_string(), pack.edition.to_string())).collect();
        let principles = principles::known(feature, &packs);
        let questions = questions.into_iter().collect();
        let mut located = Self { principles, questions, editions, ..Self::default() };
        for principle in &mut located.principles {
            answers::locate(feature, principle, &located.questions);
            for question in &principle.questions {
                let presumed = scope::presumed(feature, question);
                if presumed.is_some() {
                    located.presumed.insert(question.rule.clone());
                }
                if let Some(answer) = presumed.or_else(|| question.answer.clone()) {
                    located.answers.insert(question.rule.clone(), answer);
                }
            }
        }
        located
    }

    /// Judges every question by its answer and the proofs that the packs gave.
    #[must_use]
    pub fn judge(self, feature: &Feature, proofs: HashMap<Cow<'static, str>, Proof>) -> Assessment {
        derive::judge(self, feature, proofs)
    }
}
