//! What a loaded pack is asked, as JSON: the host writes it, and the guest of a pack in Rust reads it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{EvaluationRequest, PackManifest};
use crate::feature::{DocumentKind, Feature, Model, Phase, State};
use crate::judgement::LocatedAnswer;
use crate::plan::Problem;
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
    documents: Vec<WrittenDocument<'a>>,
}

#[derive(Serialize)]
struct WrittenDocument<'a> {
    kind: DocumentKind,
    path: &'a str,
    state: State,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a Model>,
    #[serde(skip_serializing_if = "<[Problem]>::is_empty")]
    problems: &'a [Problem],
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
    let documents = request.feature.documents.iter().map(|document| WrittenDocument {
        kind: document.kind,
        path: &document.path,
        state: document.state,
        text: &document.text,
        model: models.then_some(&document.model),
        problems: &document.problems,
    });
    let questions = manifest.principles.iter().flat_map(|principle| principle.questions.iter());
    let answers = questions.filter_map(|question| request.answers.get_key_value(&question.id));
    json(&Written {
        feature: WrittenFeature {
            name: &request.feature.name,
            phase: request.feature.phase,
            documents: documents.collect(),
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

/// The request as a pack in Rust reads it.
#[derive(Deserialize)]
pub(super) struct Read {
    pub(super) feature: Feature,
    pub(super) answers: HashMap<Cow<'static, str>, LocatedAnswer>,
}

#[derive(Deserialize)]
struct ReadRepository {
    facts: RepositoryFacts,
    sources: BTreeMap<String, String>,
}

/// Reads the facts of a repository.
pub(super) fn read_repository(bytes: &[u8]) -> serde_json::Result<Arc<RepositoryFacts>> {
    let ReadRepository { mut facts, sources } = serde_json::from_slice(bytes)?;
    facts.sources = sources;
    Ok(Arc::new(facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_as_it_was_written() {
        let mut facts = RepositoryFacts::of_paths(["src/vote.rs"]);
        facts.sources.insert("package.json".to_owned(), "{}".to_owned());
        let asked = Feature::builder()
            .folder("specs/001-voting")
            .plan("# Implementation Plan: Voting\n\n## Constitution Check\n\n- **I. First**: PASS\n")
            .tasks("# Tasks\n\n- [ ] T001 Write src/vote.rs\n")
            .phase(Phase::Delivered)
            .complete()
            .build();
        for models in [true, false] {
            let written = feature(&EvaluationRequest::new(&asked, &HashMap::new()), &PackManifest::default(), models);
            let read: Read = serde_json::from_slice(&written).unwrap();
            assert_eq!(read.feature, asked);
            assert_eq!(String::from_utf8(written).unwrap().contains("\"model\""), models);
        }
        assert_eq!(*read_repository(&repository(&facts)).unwrap(), facts);
    }

    #[test]
    fn a_pack_sees_the_answers_to_its_own_questions() {
        let place = crate::diagnostic::Place::new("plan.md", crate::Span::default());
        let answer = LocatedAnswer::new(crate::plan::Verdict::Yes, "in T001", place);
        let answers = HashMap::from([(Cow::Borrowed("ACM101"), answer.clone()), (Cow::Borrowed("MVP101"), answer)]);
        let manifest: PackManifest = serde_json::from_value(serde_json::json!({
            "name": "acme", "version": "1.0.0", "prefix": "ACM",
            "principles": [ { "ordinal": "I", "name": "First", "statuses": ["pass"], "questions": [
                { "id": "ACM101", "name": "first", "kind": "duty", "text": "Is it?", "docs": "" } ] } ]
        }))
        .unwrap();
        let asked = Feature::builder().plan("").build();
        let written = feature(&EvaluationRequest::new(&asked, &answers), &manifest, false);
        let read: Read = serde_json::from_slice(&written).unwrap();
        assert_eq!(read.answers.keys().collect::<Vec<_>>(), ["ACM101"]);
    }
}
