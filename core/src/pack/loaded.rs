//! What a pack behind the boundary says is held against what it may say, like any input from outside.
//! How its bytes come here is the matter of `dynamic.rs` and `process.rs`.

use std::collections::HashSet;
use std::str;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use super::abi::READS_TEXTS;
use super::conventions::fault_of_pack;
use super::{Evaluation, EvaluationRequest, PackError, PackManifest, PackSource, request};
use crate::diagnostic::{Finding, Place};
use crate::evidence::{QuestionContext, Searcher};
use crate::feature::Feature;
use crate::source::Span;

/// A pack whose manifest was read and found good.
#[derive(Debug)]
pub(super) struct Loaded {
    manifest: PackManifest,
    /// Whether requests hold the documents' models beside their texts.
    models: bool,
    /// Looks for the indicators of questions that the pack itself gives no proof for.
    searcher: OnceLock<Searcher>,
}

impl Loaded {
    /// The pack of this manifest. `file` names it until its name is known.
    pub(super) fn read(file: &str, manifest: &[u8], flags: u64) -> Result<Self, PackError> {
        let protocol = |reason| PackError::Protocol { pack: file.to_owned(), reason };
        if flags & !READS_TEXTS != 0 {
            return Err(protocol(format!("its flags are {flags:#x}, which this plangate does not know")));
        }
        let mut manifest: PackManifest =
            read(manifest, Document::Manifest).map_err(|reason| protocol(format!("its manifest {reason}")))?;
        let PackManifest { name, version, edition, title, source, .. } = &mut manifest;
        *source = PackSource::Loaded;
        for (said, otherwise) in [(edition, version), (title, name)] {
            if said.is_empty() {
                said.clone_from(otherwise);
            }
        }
        if let Some(fault) = fault_of_pack(&manifest) {
            return Err(protocol(fault));
        }
        if manifest.rule_count() == 0 {
            return Err(PackError::Empty { pack: manifest.name.into_owned() });
        }
        Ok(Self { manifest, models: flags & READS_TEXTS == 0, searcher: OnceLock::new() })
    }

    pub(super) fn manifest(&self) -> &PackManifest {
        &self.manifest
    }

    /// The request as the pack reads it.
    pub(super) fn request(&self, request: &EvaluationRequest<'_>) -> Vec<u8> {
        request::feature(request, &self.manifest, self.models)
    }

    /// What the pack answered to `request`.
    pub(super) fn evaluation(&self, bytes: &[u8], request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError> {
        let protocol = |reason| PackError::Protocol { pack: self.manifest.name.to_string(), reason };
        let mut evaluation: Evaluation =
            read(bytes, Document::Evaluation).map_err(|reason| protocol(format!("its answer {reason}")))?;
        self.check(&evaluation, request.feature).map_err(protocol)?;
        let findings = std::mem::take(&mut evaluation.findings);
        evaluation.findings = findings.into_iter().filter_map(|finding| self.of_its_rule(finding)).collect();
        for (rule, why) in &mut evaluation.failures {
            if !why.contains(self.manifest.name.as_ref()) {
                *why = format!("pack `{}`: rule {rule} failed: {why}", self.manifest.name);
            }
        }
        self.search(request, &mut evaluation);
        Ok(evaluation)
    }

    fn check(&self, evaluation: &Evaluation, feature: &Feature) -> Result<(), String> {
        let mut questions = self.questions();
        for (rule, proof) in &evaluation.proofs {
            if !questions.remove(rule.as_ref()) {
                return Err(format!("it proves {rule}, which is no question of its manifest or was proved before"));
            }
            for evidence in &proof.evidence {
                let redacted = evidence.redact.iter().map(|span| Place::new(evidence.place.path.clone(), *span));
                let mut places = redacted.chain([evidence.place.clone()]);
                places.try_for_each(|place| check_place(rule, &place, feature))?;
            }
        }
        for finding in &evaluation.findings {
            let rule = finding.rule.as_ref();
            if !self.manifest.rules.iter().any(|known| known.id == rule) {
                return Err(format!("it reports {rule}, which is no free-form rule of its manifest"));
            }
            places(finding).try_for_each(|place| check_place(rule, &place, feature))?;
            let mut edits = finding.fix.iter().flat_map(|fix| &fix.edits);
            if let Some(edit) = edits.find(|edit| feature.document_at(&edit.place.path).is_none()) {
                return Err(format!("{rule} would change `{}`, which is no document of the feature", edit.place.path));
            }
        }
        let unknown = evaluation.failures.iter().find(|(rule, _)| !self.declares(rule));
        unknown.map_or(Ok(()), |(rule, _)| Err(format!("it failed in {rule}, which is no rule of its manifest")))
    }

    fn questions(&self) -> HashSet<&str> {
        let questions = self.manifest.principles.iter().flat_map(|principle| principle.questions.iter());
        questions.map(|question| question.id.as_ref()).collect()
    }

    fn declares(&self, rule: &str) -> bool {
        self.questions().contains(rule) || self.manifest.rules.iter().any(|known| known.id == rule)
    }

    /// The finding with the id, the name and at most the severity of its rule.
    fn of_its_rule(&self, mut finding: Finding) -> Option<Finding> {
        finding.outcome = None;
        let meta = self.manifest.rules.iter().find(|rule| rule.id == finding.rule)?;
        Some(finding.of_rule(meta))
    }

    /// Looks for the indicators of the questions that the pack gave neither a proof nor a failure for.
    fn search(&self, request: &EvaluationRequest<'_>, evaluation: &mut Evaluation) {
        let proofs = evaluation.proofs.iter().map(|(rule, _)| rule);
        let spoken: HashSet<&str> =
            proofs.chain(evaluation.failures.iter().map(|(rule, _)| rule)).map(AsRef::as_ref).collect();
        let questions = self.manifest.principles.iter().flat_map(|principle| principle.questions.iter());
        let left: Vec<_> = questions.filter(|question| !spoken.contains(question.id.as_ref())).collect();
        if left.is_empty() {
            return;
        }
        let hits = self.searcher.get_or_init(|| Searcher::new(&self.manifest.principles)).search(request.feature);
        for question in left {
            let cx = QuestionContext::new(request.feature, question, request.answers.get(&question.id));
            evaluation.proofs.push((question.id.clone(), hits.prove(&cx)));
        }
    }
}

/// A pack that says the same of every feature, whatever bytes those are: what tests and fuzzers send over the boundary.
#[cfg(any(test, feature = "testing"))]
pub(crate) struct RepeatingPack {
    loaded: Loaded,
    answer: Vec<u8>,
}

#[cfg(any(test, feature = "testing"))]
impl RepeatingPack {
    /// The pack of this manifest, which answers `answer`.
    pub(crate) fn new(manifest: &[u8], answer: &[u8]) -> Result<Self, PackError> {
        Ok(Self { loaded: Loaded::read("repeating", manifest, 0)?, answer: answer.to_vec() })
    }
}

#[cfg(any(test, feature = "testing"))]
impl super::RulePack for RepeatingPack {
    fn manifest(&self) -> &PackManifest {
        self.loaded.manifest()
    }

    fn evaluate(&self, request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError> {
        self.loaded.evaluation(&self.answer, request)
    }
}

/// A kind of document that comes over the boundary.
#[derive(Clone, Copy)]
enum Document {
    Manifest,
    Evaluation,
}

/// Reads a document; the error completes "its manifest …".
fn read<T: DeserializeOwned>(bytes: &[u8], document: Document) -> Result<T, String> {
    let text = str::from_utf8(bytes).map_err(|error| format!("is not UTF-8 (byte {})", error.valid_up_to()))?;
    // What is asked once for each feature is held against its schema only where it can't be read.
    if matches!(document, Document::Evaluation)
        && let Ok(read) = serde_json::from_str(text)
    {
        return Ok(read);
    }
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    if let Some(misfit) = misfit(document, &value) {
        return Err(format!("does not fit its schema: {misfit}"));
    }
    T::deserialize(value).map_err(|error| format!("does not fit: {error}"))
}

/// The first thing that does not fit the document's schema.
#[cfg(feature = "validate")]
fn misfit(document: Document, value: &serde_json::Value) -> Option<String> {
    use crate::schema::{Kind, validate};
    let kind = match document {
        Document::Manifest => Kind::LoadedPack,
        Document::Evaluation => Kind::Evaluation,
    };
    validate(kind, value).first().map(ToString::to_string)
}

/// Without the schemas, what does not fit is found where it is read.
#[cfg(not(feature = "validate"))]
fn misfit(_: Document, _: &serde_json::Value) -> Option<String> {
    None
}

/// Every place that a finding names.
fn places(finding: &Finding) -> impl Iterator<Item = Place> {
    let related = finding.related.iter().map(|related| related.place.clone());
    let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.place.clone()));
    let redacted = finding.redact.iter().map(|span| Place::new(finding.place.path.clone(), *span));
    [finding.place.clone()].into_iter().chain(related).chain(edits).chain(redacted)
}

/// A place lies in a document of the feature or in a file of the repository, and on its characters.
fn check_place(rule: &str, place: &Place, feature: &Feature) -> Result<(), String> {
    let Place { path, span: Span { start, end } } = place;
    let document = feature.documents.iter().find(|document| document.path == *path);
    let source = || feature.repository().and_then(|facts| facts.source(path));
    let Some(text) = document.map(|document| document.text.as_str()).or_else(source) else {
        let facts = feature.repository();
        if facts.is_some_and(|facts| !path.is_empty() && (facts.has_file(path) || facts.has_directory(path))) {
            return Ok(());
        }
        return Err(format!(
            "{rule} names `{path}`, which is neither a document of the feature nor a path of the repository"
        ));
    };
    let (from, to) = (*start as usize, *end as usize);
    if from > to || to > text.len() {
        return Err(format!("{rule} names the bytes {from} to {to} of {path}, which has {}", text.len()));
    }
    let inside = [from, to].into_iter().find(|at| !text.is_char_boundary(*at));
    inside.map_or(Ok(()), |at| Err(format!("{rule} names byte {at} of {path}, which is inside of a character")))
}
