//! The [`Engine`]: asks the rules of the active packs about a feature, and derives the gate.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use crate::assessment::{Assessment, JudgedPrinciple, Located, Matter, PackQuestions};
use crate::config::Config;
use crate::diagnostic::{Finding, Severity};
use crate::feature::{DocumentKind, Feature, Part, State};
use crate::gate;
use crate::judgement::Outcome;
use crate::pack::{EvaluationRequest, PackError, PackManifest, PackSource, RulePack, guarded, linked_packs};
use crate::plan::{Status, Verdict};
use crate::report::{
    DerivedFrom, EvidenceReport, Failure, FindingReport, GateReport, NotJudged, PackReport, PlanReport,
    PrincipleReport, QuestionReport, Report, Sources, shorten,
};
use crate::rule::{Rule, RuleContext};
use crate::spelling;
use crate::suppression::{self, AskedRule};

/// Why an engine could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A pack was asked for by name, and is not there.
    #[error(
        "no pack is called `{name}`; {}{}. A linked pack registers only where its crate is named in code \
         (`use its_crate as _;`), and a pack in a file is named by its path, as in ./{name}.toml",
        there_are(known),
        meant(known, name)
    )]
    UnknownPack {
        /// The name.
        name: String,
        /// The packs that are there.
        known: Vec<String>,
    },
    /// A pack was asked for and brought nothing.
    #[error(
        "pack `{name}` brought no rule; a linked pack registers only where its crate is named in code \
         (`use its_crate as _;`)"
    )]
    EmptyPack {
        /// The name.
        name: String,
    },
    /// Two packs have one name.
    #[error("two packs are called `{name}`, one {first}, one {second}: leave one of them out")]
    RepeatedPack {
        /// The name.
        name: String,
        /// The route by which the one came.
        first: PackSource,
        /// The route by which the other came.
        second: PackSource,
    },
    /// One id belongs to two rules.
    #[error("rule {id} is declared by pack `{first}` and by pack `{second}`; ids are unique over all packs")]
    RepeatedRule {
        /// The id.
        id: String,
        /// The pack that declares it first.
        first: String,
        /// The pack that declares it again.
        second: String,
    },
}

/// The packs that are there, as a part of a sentence.
fn there_are(known: &[String]) -> String {
    if known.is_empty() { "there is none at all".to_owned() } else { format!("there are {}", known.join(", ")) }
}

/// The pack that was meant, as a question.
fn meant(known: &[String], asked: &str) -> String {
    let nearest = spelling::nearest(known.iter().map(String::as_str), asked);
    nearest.first().map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

/// Examines features with the rules of several packs.
///
/// ```
/// use plangate_core::{Engine, Feature, plan::Status};
///
/// let engine = Engine::builder().linked_packs().build()?;
/// let feature = Feature::builder().plan("# Implementation Plan: Voting\n").build();
/// let report = engine.evaluate(&feature);
/// assert_eq!(report.gate.derived, Status::Blocked, "there is no Constitution Check");
/// # Ok::<(), plangate_core::engine::EngineError>(())
/// ```
#[derive(Clone)]
pub struct Engine {
    packs: Vec<Member>,
    required: BTreeSet<String>,
    config: Config,
    gate: Arc<PackManifest>,
    rules: Vec<&'static gate::GateRule>,
    /// The packs that were never loaded.
    failures: Vec<Failure>,
}

/// A pack of an engine.
#[derive(Clone)]
struct Member {
    pack: Arc<dyn RulePack>,
    /// What is made of its questions when a feature is first asked about them.
    questions: OnceLock<Arc<PackQuestions>>,
}

impl Member {
    fn manifest(&self) -> &PackManifest {
        self.pack.manifest()
    }

    fn questions(&self) -> Arc<PackQuestions> {
        Arc::clone(self.questions.get_or_init(|| Arc::new(PackQuestions::of(self.manifest()))))
    }
}

impl From<Arc<dyn RulePack>> for Member {
    fn from(pack: Arc<dyn RulePack>) -> Self {
        Self { pack, questions: OnceLock::new() }
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let packs: Vec<&str> = self.packs().map(|pack| pack.name.as_ref()).collect();
        f.debug_struct("Engine").field("packs", &packs).field("required", &self.required).finish_non_exhaustive()
    }
}

/// Makes an [`Engine`].
#[derive(Default)]
pub struct EngineBuilder {
    packs: Vec<Arc<dyn RulePack>>,
    /// Packs whose clash with others fails only them, each with its file.
    attempted: Vec<(String, Arc<dyn RulePack>)>,
    failures: Vec<Failure>,
    required: BTreeSet<String>,
    config: Config,
}

impl EngineBuilder {
    /// Adds a pack.
    #[must_use]
    pub fn pack(mut self, pack: impl RulePack + 'static) -> Self {
        self.packs.push(Arc::new(pack));
        self
    }

    /// Adds every pack that is linked into the program.
    #[must_use]
    pub fn linked_packs(mut self) -> Self {
        self.packs.extend(linked_packs().into_iter().map(|pack| Arc::new(pack) as Arc<dyn RulePack>));
        self
    }

    /// Adds a pack from a file, or tells that it could not be loaded.
    ///
    /// The other packs are asked all the same, and every report names the failure. Where such a pack has
    /// a name or an id that another pack has already, that is a failure of this pack as well.
    #[must_use]
    pub fn loaded(mut self, file: impl Into<String>, pack: Result<impl RulePack + 'static, PackError>) -> Self {
        match pack {
            Ok(pack) => self.attempted.push((file.into(), Arc::new(pack))),
            Err(error) => self.failures.push(Failure::of_path(file, error.to_string())),
        }
        self
    }

    /// Makes packs active for every plan: a principle that a plan doesn't mention is then missing.
    #[must_use]
    pub fn required(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.required.extend(names.into_iter().map(Into::into));
        self
    }

    /// Sets the configuration.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// The engine.
    ///
    /// # Errors
    /// Where a required pack is missing or empty, or two packs share a name or an id.
    pub fn build(self) -> Result<Engine, EngineError> {
        let Self { mut packs, attempted, mut failures, mut required, config } = self;
        let gate = Arc::new(gate::manifest());
        refuse_clashes(packs.iter().map(|pack| pack.manifest()).chain([&*gate]))?;
        for (file, pack) in attempted {
            packs.push(pack);
            if let Err(error) = refuse_clashes(packs.iter().map(|pack| pack.manifest()).chain([&*gate])) {
                packs.pop();
                failures.push(Failure::of_path(file.clone(), format!("pack `{file}` was left out: {error}")));
            }
        }
        required.extend(config.all_required_packs().map(str::to_owned));
        for name in config.packs.iter().flatten() {
            if failures.is_empty() && !packs.iter().any(|pack| pack.manifest().name == *name) {
                return Err(unknown_pack(name, &packs));
            }
        }
        packs.retain(|pack| {
            let name = pack.manifest().name.as_ref();
            required.contains(name) || config.allows_pack(name)
        });
        packs.sort_by(|a, b| a.manifest().name.cmp(&b.manifest().name));
        packs.sort_by_key(|pack| first_ordinal(pack.manifest()));
        for name in &required {
            let Some(pack) = packs.iter().find(|pack| pack.manifest().name == *name) else {
                if !failures.is_empty() {
                    // It may be the one that failed, whose name nobody knows.
                    continue;
                }
                return Err(unknown_pack(name, &packs));
            };
            let manifest = pack.manifest();
            if manifest.rule_count() == 0 && manifest.principles.is_empty() {
                return Err(EngineError::EmptyPack { name: name.clone() });
            }
        }
        let packs = packs.into_iter().map(Member::from).collect();
        Ok(Engine { packs, required, config, gate, rules: gate::rules(), failures })
    }
}

fn unknown_pack(name: &str, packs: &[Arc<dyn RulePack>]) -> EngineError {
    let mut known: Vec<String> = packs.iter().map(|pack| pack.manifest().name.to_string()).collect();
    known.sort_unstable();
    EngineError::UnknownPack { name: name.to_owned(), known }
}

/// Names and ids are unique over all packs.
fn refuse_clashes<'a>(packs: impl Iterator<Item = &'a PackManifest>) -> Result<(), EngineError> {
    let mut names: HashMap<&str, PackSource> = HashMap::new();
    let mut ids: HashMap<&str, &str> = HashMap::new();
    for pack in packs {
        let name = pack.name.as_ref();
        if let Some(first) = names.insert(name, pack.source) {
            return Err(EngineError::RepeatedPack { name: name.to_owned(), first, second: pack.source });
        }
        let questions = pack.principles.iter().flat_map(|principle| principle.questions.iter());
        for id in questions.map(|question| &question.id).chain(pack.rules.iter().map(|rule| &rule.id)) {
            if let Some(first) = ids.insert(id, name) {
                let (first, second) = (first.to_owned(), name.to_owned());
                return Err(EngineError::RepeatedRule { id: id.to_string(), first, second });
            }
        }
    }
    Ok(())
}

/// Packs stand in the order of their first principles, so that a report reads as the template does.
fn first_ordinal(manifest: &PackManifest) -> u32 {
    let first = manifest.principles.first();
    first.and_then(|principle| crate::parse::ordinal_values(&principle.ordinal).first().copied()).unwrap_or(u32::MAX)
}

impl Engine {
    /// Begins an engine.
    #[must_use]
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// What the packs say of themselves, the gate's own pack last.
    pub fn packs(&self) -> impl Iterator<Item = &PackManifest> {
        self.packs.iter().map(Member::manifest).chain([&*self.gate])
    }

    /// What the packs say of themselves that examine `feature`, without the gate's own pack.
    pub fn active_packs<'a>(&'a self, feature: &'a Feature) -> impl Iterator<Item = &'a PackManifest> {
        let matter = Matter::of(feature);
        self.packs.iter().map(Member::manifest).filter(move |manifest| self.is_active(manifest, &matter))
    }

    fn is_active(&self, manifest: &PackManifest, matter: &Matter<'_>) -> bool {
        matter.activation(manifest, self.required.contains(manifest.name.as_ref())).is_active()
    }

    /// Examines one feature. Of one rule's findings in one document it lists the first [`MOST_FINDINGS`](crate::report::MOST_FINDINGS), and one that
    /// tells of the others.
    #[must_use]
    pub fn evaluate(&self, feature: &Feature) -> PlanReport {
        self.examine(feature, shorten)
    }

    /// Examines one feature as [`evaluate`](Self::evaluate) does, and lists every finding: what is to know them all
    /// or to repair them all asks for them.
    #[must_use]
    pub fn evaluate_whole(&self, feature: &Feature) -> PlanReport {
        self.examine(feature, |_| {})
    }

    fn examine(&self, feature: &Feature, list: impl FnOnce(&mut Vec<Finding>)) -> PlanReport {
        let matter = Matter::of(feature);
        let (active, inactive): (Vec<_>, Vec<_>) =
            self.packs.iter().partition(|pack| self.is_active(pack.manifest(), &matter));
        let inactive: Vec<String> = inactive.iter().map(|pack| pack.manifest().name.to_string()).collect();
        let prepared = active.iter().map(|member| (member.manifest(), member.questions()));
        let located = Located::of_prepared(feature, prepared);
        let mut failures = unread(feature);
        let mut findings = Vec::new();
        let mut proofs = HashMap::new();
        for member in &active {
            match member.pack.evaluate(&EvaluationRequest::new(feature, &located.answers)) {
                Ok(evaluation) => {
                    proofs.extend(evaluation.proofs);
                    findings.extend(evaluation.findings);
                    let name = &member.manifest().name;
                    let failed = evaluation.failures.into_iter().map(|(_, why)| Failure::of_pack(name.clone(), why));
                    failures.extend(failed);
                }
                Err(error) => failures.push(Failure::of_pack(member.manifest().name.clone(), error.to_string())),
            }
        }
        let mut assessment = located.judge(feature, proofs);
        findings.extend(assessment.findings.iter().cloned());
        let mut not_judged: Vec<(String, Part)> =
            assessment.not_judged.iter().map(|(rule, part)| (rule.to_string(), *part)).collect();
        self.ask_gate(feature, &assessment, &mut findings, &mut not_judged, &mut failures);
        if findings.iter().any(|finding| finding.rule == "PLN008") {
            findings.retain(|finding| matches!(finding.rule.as_ref(), "PLN008" | "PLN206"));
        }
        suppression::suppress(feature, &self.config, || self.asked_rules(&inactive, &not_judged), &mut findings);
        assessment.derive(&findings);
        self.configure(feature, &mut findings);
        list(&mut findings);
        plan_report(feature, &assessment, &findings, not_judged, inactive, failures)
    }

    fn ask_gate(
        &self,
        feature: &Feature,
        assessment: &Assessment,
        findings: &mut Vec<Finding>,
        not_judged: &mut Vec<(String, Part)>,
        failures: &mut Vec<Failure>,
    ) {
        let cx = RuleContext::judged(feature, assessment);
        for rule in &self.rules {
            let meta = rule.meta();
            if let Some(part) = rule.unknown(feature) {
                not_judged.push((meta.id.to_string(), part));
                continue;
            }
            match guarded(&self.gate.name, &meta.id, || rule.check(&cx)) {
                Ok(found) => {
                    let mut found: Vec<Finding> = found.into_iter().map(|finding| finding.of_rule(meta)).collect();
                    // A rule may find more than all others, and its findings are not moved. Their order is the report's.
                    if found.len() > findings.len() {
                        std::mem::swap(&mut found, findings);
                    }
                    findings.append(&mut found);
                }
                Err(error) => failures.push(Failure::of_pack(self.gate.name.clone(), error.to_string())),
            }
        }
    }

    /// Drops what is not selected, and cuts severities to their ceilings. A finding that weighs as much
    /// as its free-form rule allows weighs what the configuration allows.
    fn configure(&self, feature: &Feature, findings: &mut Vec<Finding>) {
        let scope = self.config.at(&feature.plan_document().path);
        findings.retain(|finding| scope.selects(&finding.rule, &finding.name));
        for finding in findings {
            if let Some(ceiling) = scope.severity(&finding.rule, &finding.name) {
                let raised = finding.outcome.is_none() && self.own_severity(&finding.rule) == Some(finding.severity);
                finding.severity = if raised { ceiling } else { finding.severity.min(ceiling) };
            }
            finding.severity = finding.severity.min(gate::severity_in(feature.phase, &finding.rule));
        }
    }

    /// The most that a finding of a free-form rule weighs by itself.
    fn own_severity(&self, id: &str) -> Option<Severity> {
        self.packs().flat_map(|pack| pack.rules.iter()).find(|rule| rule.id == id).map(|rule| rule.severity)
    }

    /// Every rule, and whether it was asked.
    fn asked_rules<'a>(&'a self, inactive: &[String], not_judged: &[(String, Part)]) -> Vec<AskedRule<'a>> {
        let mut rules = Vec::new();
        for pack in self.packs() {
            let active = !inactive.iter().any(|name| *name == pack.name);
            let judged = |id: &str| !not_judged.iter().any(|(rule, _)| rule == id);
            let mut add = |id: &'a str, name: &'a str| rules.push(AskedRule { id, name, asked: active && judged(id) });
            let questions = pack.principles.iter().flat_map(|principle| principle.questions.iter());
            questions.for_each(|question| add(&question.id, &question.name));
            pack.rules.iter().for_each(|rule| add(&rule.id, &rule.name));
        }
        rules
    }

    /// The same packs with another configuration.
    ///
    /// # Errors
    /// Where a pack that it requires is missing or empty.
    pub fn configured(&self, config: Config) -> Result<Self, EngineError> {
        self.to_builder().config(config).build()
    }

    /// The builder of an engine with the same packs and the same settings, to which others are added.
    #[must_use]
    pub fn to_builder(&self) -> EngineBuilder {
        EngineBuilder {
            packs: self.packs.iter().map(|member| Arc::clone(&member.pack)).collect(),
            attempted: Vec::new(),
            failures: self.failures.clone(),
            required: self.required.clone(),
            config: self.config.clone(),
        }
    }

    /// How the engine is set.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Tells which waivers are past their day, and which cover nothing, in the reports of one
    /// repository's plans: of all of them, where they are `complete`. `sources` hold the texts of the
    /// configuration's files, by their paths relative to the repository's root.
    pub fn judge_waivers(&self, plans: &mut [&mut PlanReport], complete: bool, sources: &Sources<'_>) {
        if self.config.waivers.is_empty() {
            return;
        }
        let everywhere = |name: &String| plans.iter().all(|plan| plan.inactive_packs.contains(name));
        let inactive: Vec<String> = plans
            .first()
            .into_iter()
            .flat_map(|plan| &plan.inactive_packs)
            .filter(|name| everywhere(name))
            .cloned()
            .collect();
        let rules = self.asked_rules(&inactive, &[]);
        let mut told: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
        for (at, finding) in suppression::about_waivers(&self.config, &rules, plans, complete) {
            told.entry(at).or_default().push(finding);
        }
        for (at, mut findings) in told {
            let Some(plan) = plans.get_mut(at) else { continue };
            let scope = self.config.at(&plan.path);
            findings.retain(|finding| scope.selects(&finding.rule, &finding.name));
            for finding in &mut findings {
                let own = finding.severity;
                finding.severity = scope.severity(&finding.rule, &finding.name).unwrap_or(own);
            }
            shorten(&mut findings);
            plan.add(findings.iter().map(|finding| FindingReport::new(finding, &plan.feature, sources)).collect());
        }
    }

    /// The packs from files that could not be loaded, and why.
    #[must_use]
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Joins the reports of several plans, and tells of the packs that could not be loaded.
    #[must_use]
    pub fn report(&self, plans: Vec<PlanReport>) -> Report {
        let mut report = Report::new(self.packs().map(PackReport::new).collect(), plans);
        report.failures.clone_from(&self.failures);
        report
    }
}

/// The documents that exist and could not be read, or not to their end: without them the gate was not examined.
fn unread(feature: &Feature) -> Vec<Failure> {
    let unread = feature.documents.iter().filter(|document| document.state == State::Unknown);
    let unread = unread.flat_map(|document| {
        document.problems.iter().map(|problem| Failure::of_path(document.path.clone(), problem.message.clone()))
    });
    let bounded = [DocumentKind::Plan, DocumentKind::PlanTemplate, DocumentKind::Constitution];
    let bounded = feature.documents.iter().filter(|document| bounded.contains(&document.kind));
    let left_out = bounded.flat_map(|document| {
        let left_out = document.model().problems().iter().filter(|problem| problem.leaves_out);
        left_out.map(|problem| {
            let place = Sources::of(feature).position(&document.path, problem.span.start);
            Failure::of_path(document.path.clone(), format!("line {}: {}", place.line, problem.message))
        })
    });
    unread.chain(left_out).collect()
}

fn plan_report(
    feature: &Feature,
    assessment: &Assessment,
    findings: &[Finding],
    not_judged: Vec<(String, Part)>,
    inactive_packs: Vec<String>,
    failures: Vec<Failure>,
) -> PlanReport {
    let sources = Sources::of(feature);
    let principles = assessment.principles.iter().map(|principle| principle_report(principle, &sources)).collect();
    let derived = assessment.derived.unwrap_or(Status::Pass);
    let gate = GateReport::new(assessment.declared, derived, principles);
    let findings = findings.iter().map(|finding| FindingReport::new(finding, &feature.name, &sources)).collect();
    let mut report =
        PlanReport::new(feature.plan_document().path.clone(), feature.name.clone(), feature.phase, gate, findings);
    report.not_judged = not_judged.into_iter().map(|(rule, needs)| NotJudged { rule, needs }).collect();
    report.not_judged.sort_by(|a, b| a.rule.cmp(&b.rule));
    report.inactive_packs = inactive_packs;
    report.failures = failures;
    report.mask_secrets(&sources);
    report.shorten_texts();
    report
}

fn principle_report(principle: &JudgedPrinciple, sources: &Sources<'_>) -> PrincipleReport {
    let mut report = PrincipleReport::new(principle.origin.as_str(), principle.ordinal.clone(), principle.name.clone());
    report.declared = principle.declared;
    report.derived = principle.derived.unwrap_or(Status::Undecided);
    report.derived_from = if principle.is_examined() { DerivedFrom::Questions } else { DerivedFrom::Declaration };
    report.justified = principle.justified;
    report.questions = principle
        .questions
        .iter()
        .map(|question| {
            let verdict = question.answer.as_ref().map_or(Verdict::Open, |answer| answer.verdict);
            let mut report = QuestionReport::new(question.rule.clone(), question.kind, verdict, question.outcome);
            if question.outcome != Outcome::NotAsked {
                report.evidence =
                    question.proof.evidence.iter().map(|evidence| EvidenceReport::new(evidence, sources)).collect();
            }
            report
        })
        .collect();
    report
}
