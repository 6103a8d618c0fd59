//! Writes requests: the host's side.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::feature::{Part, Phase, Shown, State};
use crate::judgement::LocatedAnswer;
use crate::pack::{EvaluationRequest, PackManifest};
use crate::parse::aliases::Term;
use crate::repository::RepositoryFacts;

/// The request about one feature, its repository left out.
#[derive(Serialize)]
struct Written<'a> {
    feature: WrittenFeature<'a>,
    answers: BTreeMap<&'a str, &'a LocatedAnswer>,
}

#[derive(Serialize)]
struct WrittenFeature<'a> {
    name: &'a str,
    phase: Phase,
    documents: Vec<Shown<'a>>,
    #[serde(skip_serializing_if = "State::is_provided")]
    plan_text: State,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aliases: BTreeMap<&'a str, Term>,
}

/// The facts of a repository with the texts that they were read from.
#[derive(Serialize)]
struct WrittenRepository<'a> {
    facts: &'a RepositoryFacts,
    sources: &'a BTreeMap<String, String>,
}

/// The feature and its answers to the questions of the pack; the documents' models only where the
/// pack can't read texts itself.
pub(crate) fn feature(request: &EvaluationRequest<'_>, manifest: &PackManifest, models: bool) -> Vec<u8> {
    let documents = request.feature.documents.iter().map(|document| Shown::of(document, models));
    let questions = manifest.principles.iter().flat_map(|principle| principle.questions.iter());
    let answers = questions.filter_map(|question| request.answers.get_key_value(&question.id));
    json(&Written {
        feature: WrittenFeature {
            name: &request.feature.name,
            phase: request.feature.phase,
            documents: documents.collect(),
            plan_text: request.feature.state(Part::PlanText),
            aliases: request.feature.aliases().added(),
        },
        answers: answers.map(|(rule, answer)| (rule.as_ref(), answer)).collect(),
    })
}

/// The facts of a repository.
pub(crate) fn repository(facts: &RepositoryFacts) -> Vec<u8> {
    json(&WrittenRepository { facts, sources: &facts.sources })
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("keys are strings, and a buffer takes everything")
}
