//! Each repository of a run with its own configuration: the engine that examines its plans, and what
//! its waivers and its known findings say of them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use plangate_core::config::{Config, Weakened};
use plangate_core::engine::Engine;
use plangate_core::report::{FindingReport, PlanReport, Sources};
use plangate_core::suppression::{Baseline, is_own};

use super::Arguments;
use super::examine::{Checked, Examined};
use crate::configuration::Configuration;
use crate::engine;
use crate::error::Error;
use crate::files;
use crate::locate::{PlanAt, Repository};
use crate::output::Terminal;

/// A repository, and how it is examined.
#[derive(Debug)]
pub(super) struct Project {
    pub(super) engine: Engine,
    pub(super) configuration: Configuration,
    pub(super) weakened: Vec<Weakened>,
}

/// The projects of the repositories, in their order; and where a plan comes from standard input, one
/// more for the repository that plangate runs in.
pub(super) fn projects(
    arguments: &Arguments,
    terminal: &Terminal,
    repositories: &[Repository],
    plans: &[PlanAt],
) -> Result<Vec<Project>, Error> {
    let packs = engine::all_packs(&arguments.packs)?;
    let mut projects = Vec::new();
    for repository in repositories {
        projects.push(project(arguments, terminal, &packs, repository.workspace.root())?);
    }
    if plans.iter().any(|plan| matches!(plan, PlanAt::StandardInput | PlanAt::Json { .. })) || repositories.is_empty() {
        let here = plangate_core::Workspace::open(".")?;
        projects.push(project(arguments, terminal, &packs, here.root())?);
    }
    let named = arguments.baseline.is_some() && (arguments.write_baseline || arguments.prune_baseline);
    if named && projects.len() > 1 {
        return Err(Error::SeveralBaselines);
    }
    Ok(projects)
}

fn project(arguments: &Arguments, terminal: &Terminal, packs: &Engine, root: &Path) -> Result<Project, Error> {
    let mut configuration = arguments.configuration.of_repository(root)?;
    let rewrites = arguments.write_baseline || arguments.prune_baseline;
    if rewrites && arguments.configuration.is_of_another_revision() {
        return Err(Error::BaselineOfRevision);
    }
    configuration.read_baseline(&arguments.configuration, arguments.baseline.as_deref(), arguments.write_baseline)?;
    let config = arguments.config(configuration.effective.config.clone());
    let engine = engine::with_configured(packs, &arguments.packs, &config).config(config).build()?;
    engine::refuse_unknown(&engine, packs, &configuration.effective, terminal)?;
    engine::refuse_unknown_codes(&engine, arguments.codes(), terminal)?;
    let weakened = engine::weakened(&engine, &configuration.effective);
    Ok(Project { engine, configuration, weakened })
}

impl Project {
    /// The texts of the configuration's files.
    fn sources(&self) -> Sources<'static> {
        let mut sources = Sources::default();
        for (path, text) in &self.configuration.effective.sources {
            sources.insert(path.clone(), text.clone());
        }
        sources
    }

    /// Whether a finding may not be known: nothing suppresses it.
    fn refuses(&self, finding: &FindingReport) -> bool {
        is_own(&finding.rule) || self.engine.config().protects(&finding.rule, &finding.name)
    }

    /// Reads the known findings anew from what was just written.
    fn know(&mut self, baseline: Baseline) -> Result<(), Error> {
        let mut config: Config = self.engine.config().clone();
        config.baseline = Some(Arc::new(baseline));
        self.engine = self.engine.configured(config)?;
        Ok(())
    }
}

/// The number of the project that a plan belongs to.
pub(super) fn of(plan: &PlanAt, projects: &[Project]) -> usize {
    match plan {
        PlanAt::StandardInput | PlanAt::Json { .. } => projects.len().saturating_sub(1),
        PlanAt::Repository { index, .. } => *index,
    }
}

/// Says of each repository's waivers which are past their day, and which cover nothing.
pub(super) fn judge_waivers(
    projects: &[Project],
    repositories: &[Repository],
    plans: &[PlanAt],
    checked: &mut [Checked],
) -> Result<(), Error> {
    for (number, project) in projects.iter().enumerate() {
        if project.engine.config().waivers.is_empty() {
            continue;
        }
        let complete = is_complete(number, projects, repositories, plans, checked)?;
        let sources = project.sources();
        let mine = plans.iter().zip(&mut *checked).filter(|(plan, _)| of(plan, projects) == number);
        let mut mine: Vec<&mut Examined> = mine.filter_map(|(_, checked)| checked.as_mut().ok()).collect();
        let mut reports: Vec<&mut PlanReport> = mine.iter_mut().map(|examined| &mut examined.report).collect();
        project.engine.judge_waivers(&mut reports, complete, &sources);
        for examined in mine.into_iter().filter(|examined| names_some(&examined.report, &sources)) {
            examined.sources.extend(sources.clone());
        }
    }
    Ok(())
}

fn names_some(report: &PlanReport, sources: &Sources<'_>) -> bool {
    report.findings.iter().any(|finding| sources.get(&finding.path).is_some())
}

/// Whether all plans of a project were examined, and none of them failed.
fn is_complete(
    number: usize,
    projects: &[Project],
    repositories: &[Repository],
    plans: &[PlanAt],
    checked: &[Checked],
) -> Result<bool, Error> {
    let Some(repository) = repositories.get(number) else { return Ok(false) };
    let mut examined: BTreeSet<&str> = BTreeSet::new();
    for (plan, checked) in plans.iter().zip(checked).filter(|(plan, _)| of(plan, projects) == number) {
        if checked.is_err() {
            return Ok(false);
        }
        if let PlanAt::Repository { location, .. } = plan {
            examined.insert(&location.plan);
        }
    }
    let root = repository.workspace.root();
    let all = repository.workspace.features(root)?;
    // A project within the repository has a configuration of its own.
    let own = |plan: &str| plangate_core::Workspace::open(root.join(plan)).is_ok_and(|inner| inner.root() == root);
    Ok(all.iter().all(|location| examined.contains(location.plan.as_str()) || !own(&location.plan)))
}

/// Writes or prunes the known findings of each repository, and knows them from then on.
pub(super) fn renew_baselines(
    arguments: &Arguments,
    terminal: &Terminal,
    projects: &mut [Project],
    repositories: &[Repository],
    plans: &[PlanAt],
    checked: &[Checked],
) -> Result<(), Error> {
    for number in 0..projects.len() {
        let complete = is_complete(number, projects, repositories, plans, checked)?;
        let mine = plans.iter().zip(checked).filter(|(plan, _)| of(plan, projects) == number);
        let reports: Vec<&PlanReport> =
            mine.filter_map(|(_, checked)| checked.as_ref().ok()).map(|examined| &examined.report).collect();
        let project = &mut projects[number];
        let mut baseline = project.engine.config().baseline.as_deref().cloned().unwrap_or_default();
        let gone = baseline.prune(&reports, complete);
        if arguments.write_baseline {
            baseline.renew(&reports, |finding| project.refuses(finding));
        }
        let path = &project.configuration.baseline;
        let shown = project.configuration.shown_baseline();
        let text = baseline.to_json();
        let written = if path.exists() { files::replace(path, &text) } else { files::create(path, &text) };
        written.map_err(|error| Error::OutputFile { path: shown.clone().into(), error })?;
        if !arguments.output.quiet {
            let count = baseline.len();
            let known = if count == 1 { "1 finding is".to_owned() } else { format!("{count} findings are") };
            let gone = if gone == 0 { String::new() } else { format!(", and {gone} that are gone were removed") };
            terminal.note(&format_args!("{known} known now{gone}: commit {shown}"));
        }
        project.know(baseline)?;
    }
    Ok(())
}

/// Whether a finding of the plan makes the run fail, by the configuration of its repository.
pub(super) fn fails(project: &Project, plan: &PlanReport) -> bool {
    let fail_on = project.engine.config().fails_on();
    plan.counted().any(|finding| fail_on.counts(finding.severity))
}

/// Whether no plan can be written before all are examined: which waivers cover nothing is known only
/// then.
pub(super) fn waits(projects: &[Project]) -> bool {
    projects.iter().any(|project| !project.engine.config().waivers.is_empty())
}
