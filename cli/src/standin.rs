//! Stands in for the engine and the workspace until their branches are merged.

use std::path::{Path, PathBuf};

use plangate_core::config::Config;
use plangate_core::feature::Feature;
use plangate_core::pack::{PackManifest, RulePack, linked_packs};
use plangate_core::plan::Status;
use plangate_core::report::{GateReport, PackReport, PlanReport, Report};
use plangate_core::repository::Skipped;

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct EngineError(String);

#[derive(Debug, thiserror::Error)]
#[error("{} {reason}", path.display())]
pub struct WorkspaceError {
    path: PathBuf,
    reason: String,
}

#[derive(Debug, Default)]
pub(crate) struct EngineBuilder {
    packs: Vec<PackManifest>,
    required: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Engine {
    packs: Vec<PackManifest>,
}

impl Engine {
    pub(crate) fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }
    pub(crate) fn packs(&self) -> impl Iterator<Item = &PackManifest> {
        self.packs.iter()
    }
    pub(crate) fn evaluate(&self, feature: &Feature) -> PlanReport {
        let gate = GateReport::new(None, Status::Pass, Vec::new());
        PlanReport::new(feature.plan_document().path.clone(), feature.name.clone(), feature.phase, gate, Vec::new())
    }
    pub(crate) fn report(&self, plans: Vec<PlanReport>) -> Report {
        Report::new(self.packs.iter().map(PackReport::new).collect(), plans)
    }
}

impl EngineBuilder {
    pub(crate) fn linked_packs(mut self) -> Self {
        self.packs = linked_packs().iter().map(|pack| pack.manifest().clone()).collect();
        self
    }
    pub(crate) fn required(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.required.extend(names);
        self
    }
    pub(crate) fn config(self, _: Config) -> Self {
        self
    }
    pub(crate) fn build(self) -> Result<Engine, EngineError> {
        for name in &self.required {
            if !self.packs.iter().any(|pack| pack.name == *name) {
                return Err(EngineError(format!("no pack is called `{name}`")));
            }
        }
        Ok(Engine { packs: self.packs })
    }
}

#[derive(Debug, Default)]
pub(crate) struct LoadOptions {}

#[derive(Debug, Clone)]
pub(crate) struct FeatureLocation {
    pub(crate) plan: String,
}

#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    pub(crate) fn open(path: &Path) -> Result<Self, WorkspaceError> {
        let error = |e: std::io::Error| WorkspaceError { path: path.to_owned(), reason: e.to_string() };
        let path = path.canonicalize().map_err(error)?;
        Ok(Self { root: if path.is_dir() { path } else { path.parent().map(Path::to_owned).unwrap_or_default() } })
    }
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }
    pub(crate) fn features(&self, within: &Path) -> Result<Vec<FeatureLocation>, WorkspaceError> {
        if within.is_file() {
            let plan = within.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            return Ok(vec![FeatureLocation { plan }]);
        }
        Ok(Vec::new())
    }
    pub(crate) fn feature(&self, at: &FeatureLocation, _: &LoadOptions) -> Result<Feature, WorkspaceError> {
        let path = self.root.join(&at.plan);
        let text = std::fs::read_to_string(&path).map_err(|e| WorkspaceError { path, reason: e.to_string() })?;
        Ok(Feature::builder().plan(text).build())
    }
    pub(crate) fn skipped(&self) -> Vec<Skipped> {
        Vec::new()
    }
}
