//! What a loaded pack is asked, as JSON: the host writes it, and the guest of a pack in Rust reads it.

#[cfg(any(test, feature = "dynamic"))]
mod write;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Deserialize;

#[cfg(any(test, feature = "dynamic"))]
pub(super) use write::{feature, repository};

use crate::feature::Feature;
use crate::judgement::LocatedAnswer;
use crate::repository::RepositoryFacts;

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
    use crate::feature::Phase;
    use crate::pack::{EvaluationRequest, PackManifest};

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
    fn a_pack_is_told_that_the_plan_came_as_a_model() {
        let plan = crate::parse::plan("# Implementation Plan: Voting\n");
        let asked = Feature::builder().plan_model("plan.json", &plan).build();
        let written = feature(&EvaluationRequest::new(&asked, &HashMap::new()), &PackManifest::default(), false);
        let read: Read = serde_json::from_slice(&written).unwrap();
        assert_eq!(read.feature, asked);
    }

    #[test]
    fn a_pack_reads_headings_by_their_configured_names() {
        use crate::parse::aliases::{Aliases, Term};
        let aliases = Aliases::default().with(Term::ConstitutionCheck, "House Rules");
        let asked = Feature::builder()
            .aliases(Arc::new(aliases))
            .plan("# Implementation Plan: Voting\n\n## House Rules\n\n- **I. First**: PASS\n")
            .build();
        assert_eq!(asked.plan().constitution_checks.len(), 1);
        let written = feature(&EvaluationRequest::new(&asked, &HashMap::new()), &PackManifest::default(), false);
        let read: Read = serde_json::from_slice(&written).unwrap();
        assert_eq!(read.feature, asked);
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
