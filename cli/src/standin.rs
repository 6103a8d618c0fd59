//! Stands in for the engine until it is merged: two gate rules, every principle taken as declared.

use plangate_core::Span;
use plangate_core::config::Config;
use plangate_core::diagnostic::Finding;
use plangate_core::diagnostic::Severity;
use plangate_core::feature::Feature;
use plangate_core::pack::{PackManifest, RulePack, linked_packs};
use plangate_core::plan::Status;
use plangate_core::report::{FindingReport, GateReport, PackReport, PlanReport, PrincipleReport, Report, Sources};
use plangate_core::rule::RuleMeta;

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct EngineError(String);

#[derive(Debug, Default)]
pub(crate) struct EngineBuilder {
    packs: Vec<PackManifest>,
    required: Vec<String>,
    config: Config,
}

#[derive(Debug)]
pub(crate) struct Engine {
    packs: Vec<PackManifest>,
    config: Config,
}

impl Engine {
    pub(crate) fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }
    pub(crate) fn packs(&self) -> impl Iterator<Item = &PackManifest> {
        self.packs.iter()
    }
    pub(crate) fn evaluate(&self, feature: &Feature) -> PlanReport {
        let plan = feature.plan();
        let document = feature.plan_document();
        let mut findings = Vec::new();
        let mut find = |id: &'static str, name: &'static str, severity, span, message: String| {
            let mut finding = Finding::new(document.place(span), message);
            (finding.rule, finding.name, finding.severity) = (id.into(), name.into(), severity);
            findings.push(finding.help("write it"));
        };
        if plan.constitution_checks.is_empty() {
            let message = "the plan has no Constitution Check".to_owned();
            find("PLN001", "missing-section", Severity::Error, Span::new(0, 60), message);
        }
        let mut principles = Vec::new();
        for check in &plan.constitution_checks {
            for assessed in &check.principles {
                let mut principle =
                    PrincipleReport::new("constitution", assessed.ordinal.clone(), assessed.name.clone());
                principle.declared = assessed.status;
                principle.derived = assessed.status.unwrap_or(Status::Undecided);
                principles.push(principle);
                if assessed.status.is_none() {
                    let message = format!("{} has no status", assessed.name);
                    find("PLN102", "undecided-status", Severity::Warning, assessed.span, message);
                }
            }
        }
        findings.retain(|finding| self.config.selects(&finding.rule, &finding.name));
        let sources = Sources::of(feature);
        let findings: Vec<_> =
            findings.iter().map(|finding| FindingReport::new(finding, &feature.name, &sources)).collect();
        let declared = plan.constitution_checks.iter().rev().find_map(|check| check.overall.as_ref()?.status);
        let errors = findings.iter().any(|finding| finding.severity == Severity::Error);
        let gate = GateReport::new(declared, if errors { Status::Blocked } else { Status::Pass }, principles);
        PlanReport::new(document.path.clone(), feature.name.clone(), feature.phase, gate, findings)
    }
    pub(crate) fn report(&self, plans: Vec<PlanReport>) -> Report {
        Report::new(self.packs.iter().map(PackReport::new).collect(), plans)
    }
}

impl EngineBuilder {
    pub(crate) fn linked_packs(mut self) -> Self {
        let mut gate = PackManifest::default();
        gate.name = "plan".into();
        gate.rules = vec![
            RuleMeta::new("PLN001", "missing-section", Severity::Error, "A section is absent."),
            RuleMeta::new("PLN102", "undecided-status", Severity::Warning, "A principle without a status."),
        ];
        self.packs = linked_packs().iter().map(|pack| pack.manifest().clone()).collect();
        self.packs.push(gate);
        self
    }
    pub(crate) fn required(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.required.extend(names);
        self
    }
    pub(crate) fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }
    pub(crate) fn build(self) -> Result<Engine, EngineError> {
        for name in &self.required {
            if !self.packs.iter().any(|pack| pack.name == *name) {
                return Err(EngineError(format!("no pack is called `{name}`")));
            }
        }
        Ok(Engine { packs: self.packs, config: self.config })
    }
}
