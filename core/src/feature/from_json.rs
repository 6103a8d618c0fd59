//! A feature from JSON: the models are read anew from the texts, so that they always agree.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use super::{Document, DocumentKind, Feature, Model, Phase, State};
use crate::parse::aliases::{Aliases, Term};
use crate::plan::Problem;
use crate::repository::RepositoryFacts;

/// A [`Document`] as it stands in JSON; its `model` is not looked at.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Written {
    kind: DocumentKind,
    path: String,
    state: State,
    #[serde(default)]
    text: String,
    #[serde(default)]
    problems: Vec<Problem>,
}

impl From<Written> for Document {
    fn from(written: Written) -> Self {
        written.read(Aliases::built_in())
    }
}

impl Written {
    fn read(self, aliases: &Aliases) -> Document {
        let Self { kind, path, state, text, problems } = self;
        let document = match state {
            State::Provided => return Document::provided_with(kind, path, text, aliases).with_problems(problems),
            State::Absent => Document::absent(kind, path),
            State::Unknown => Document::unread(kind, path),
        };
        Document { problems, ..document }
    }
}

/// A [`Feature`] as it stands in JSON.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct WrittenFeature {
    #[serde(default)]
    name: String,
    phase: Option<Phase>,
    documents: Vec<Written>,
    repository: Option<Arc<RepositoryFacts>>,
    /// Whether the plan's text is its own; `unknown` where it was written from a model.
    #[serde(default = "State::provided")]
    plan_text: State,
    /// The names of headings and keys that are not built in.
    #[serde(default)]
    aliases: BTreeMap<String, Term>,
}

impl From<WrittenFeature> for Feature {
    fn from(written: WrittenFeature) -> Self {
        let WrittenFeature { name, phase, documents, repository, plan_text, aliases: added } = written;
        let add = |aliases: Aliases, (name, term): (&String, &Term)| aliases.with(*term, name);
        let aliases = (!added.is_empty()).then(|| Arc::new(added.iter().fold(Aliases::default(), add)));
        let known = aliases.as_deref().unwrap_or(Aliases::built_in());
        let documents = documents.into_iter().map(|document| document.read(known)).collect();
        let mut feature = Feature::of_documents(name, documents, repository);
        feature.aliases = aliases;
        feature.plan_text = plan_text;
        feature.phase = phase.unwrap_or_else(|| feature.phase_of_documents());
        feature
    }
}

/// A [`Document`] as it is written to JSON.
#[derive(Serialize)]
pub(crate) struct Shown<'a> {
    kind: DocumentKind,
    path: &'a str,
    state: State,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a Model>,
    #[serde(skip_serializing_if = "<[Problem]>::is_empty")]
    problems: &'a [Problem],
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Shown::of(self, true).serialize(serializer)
    }
}

impl<'a> Shown<'a> {
    /// The document, with or without what its text says.
    pub(crate) fn of(document: &'a Document, with_model: bool) -> Self {
        let Document { kind, path, state, text, problems, .. } = document;
        Self { kind: *kind, path, state: *state, text, model: with_model.then(|| document.model()), problems }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_survives_json() {
        let feature = Feature::builder()
            .folder("specs/001-voting")
            .plan("# Implementation Plan: Voting\n\n## Constitution Check\n\n- **I. First**: PASS\n")
            .tasks("# Tasks\n\n## Phase 1\n\n- [ ] T001 Write src/vote.rs\n")
            .contract("votes.yaml", "openapi: 3.0.0\npaths:\n  /votes:\n    post: {}\n")
            .repository(RepositoryFacts::of_paths(["src/vote.rs"]))
            .complete()
            .build();
        let json = serde_json::to_string(&feature).unwrap();
        assert_eq!(serde_json::from_str::<Feature>(&json).unwrap(), feature);
    }

    #[test]
    fn a_feature_without_a_plan_gets_an_empty_one() {
        let feature: Feature = serde_json::from_str(r#"{"documents": []}"#).unwrap();
        assert_eq!(feature.plan_document().text, "");
        assert!(feature.spec().is_err());
    }
}
