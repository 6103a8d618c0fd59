//! What the tests of the principles share: a question asked of a feature, with a given answer.

use plangate_core::Feature;
use plangate_core::diagnostic::Place;
use plangate_core::document::{Contract, Spec, Tasks};
use plangate_core::evidence::{Missing, Proof, QuestionContext, Says};
use plangate_core::feature::{DocumentKind, Model};
use plangate_core::judgement::{Claim, LocatedAnswer};
use plangate_core::plan::{Plan, Verdict};
use plangate_core::principle::Principle;
use plangate_core::repository::{Dependency, Manifest, RepositoryFacts};

use crate::passage::{Clause, Passage};

/// Puts hand-made models into a feature, so that a proof is tested apart from the parsers.
pub(crate) struct Asked;

impl Asked {
    pub(crate) fn with_spec(feature: Feature, spec: Spec) -> Feature {
        with(feature, DocumentKind::Spec, Model::Spec(Box::new(spec)))
    }

    pub(crate) fn with_tasks(feature: Feature, tasks: Tasks) -> Feature {
        with(feature, DocumentKind::Tasks, Model::Tasks(Box::new(tasks)))
    }

    pub(crate) fn with_plan(feature: Feature, plan: Plan) -> Feature {
        with(feature, DocumentKind::Plan, Model::Plan(Box::new(plan)))
    }

    pub(crate) fn with_contract(feature: Feature, contract: Contract) -> Feature {
        with(feature, DocumentKind::Contract, Model::Contract(Box::new(contract)))
    }
}

fn with(mut feature: Feature, kind: DocumentKind, model: Model) -> Feature {
    let document = feature.documents.iter_mut().find(|document| document.kind == kind).expect("the document is given");
    *document = document.with_model(model);
    feature
}

/// A repository of `files` whose one manifest, in `language`, names `packages`.
pub(crate) fn repository<const N: usize>(files: [&str; N], language: &str, packages: &[&str]) -> RepositoryFacts {
    let mut facts = RepositoryFacts::of_paths(files);
    let mut manifest = Manifest::default();
    manifest.path = files.first().copied().unwrap_or_default().to_owned();
    manifest.language = language.to_owned();
    for name in packages {
        let mut dependency = Dependency::default();
        dependency.name = (*name).to_owned();
        manifest.dependencies.push(dependency);
    }
    facts.manifests.push(manifest);
    facts
}

/// What the question's proof finds.
pub(crate) fn prove(
    feature: &Feature,
    principle: &Principle,
    id: &str,
    verdict: Verdict,
    rationale: &str,
    claim: Claim,
) -> Result<Proof, Missing> {
    let question = principle.questions.iter().find(|question| question.id == id).expect("the question exists");
    let mut answer = LocatedAnswer::new(verdict, rationale, Place::new("plan.md", plangate_core::Span::default()));
    answer.claim = claim;
    let cx = QuestionContext::new(feature, question, Some(&answer));
    question.proof.expect("the question has a proof")(&cx)
}

/// The notes of what contradicts a planned answer.
pub(crate) fn contradictions(
    feature: &Feature,
    principle: &Principle,
    id: &str,
    verdict: Verdict,
    rationale: &str,
) -> Vec<String> {
    notes(prove(feature, principle, id, verdict, rationale, Claim::Planned), Says::Contradicts)
}

/// The notes of a proof that say this.
pub(crate) fn notes(proof: Result<Proof, Missing>, says: Says) -> Vec<String> {
    let evidence = proof.map(|proof| proof.evidence).unwrap_or_default();
    evidence.into_iter().filter(|evidence| evidence.says == says).map(|evidence| evidence.note).collect()
}

/// The clauses of a text that stands in no document.
pub(crate) fn folded(text: &str) -> Vec<Clause> {
    Passage::folded(text, plangate_core::Span::default()).clauses()
}
