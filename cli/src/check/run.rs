//! What is kept of a run while its plans pass by: counts, failures, and whether anything was checked.

use std::collections::{BTreeSet, HashSet};

use plangate_core::catalogue::{self, RuleEntry};
use plangate_core::emit::Statistics;
use plangate_core::report::{FailOn, Failure, PlanReport, Report, RepositoryReport, Sources};

use super::Arguments;
use super::examine::{Checked, Examined, folder, packs};
use super::fixes::Fixed;
use super::notes::MOST_SKIPPED;
use super::project::{self, Project};
use crate::error::Error;
use crate::locate::{PlanAt, Repository};
use crate::outputs::Outputs;
use crate::today;

/// A run over plans that are written one by one.
pub(super) struct Run<'a> {
    projects: &'a [Project],
    repositories: &'a [Repository],
    /// The report without its plans.
    report: Report,
    statistics: Statistics,
    /// Failures of single plans, which the report has with them.
    failures: Vec<Failure>,
    /// What was odd about the first documents that were.
    oddities: Vec<String>,
    activity: Vec<Activity<'a>>,
    fixed: Fixed,
    fails: bool,
    /// Plans that wait until a selected rule could speak: a run in which none could writes nothing.
    waiting: Vec<(PlanReport, Sources<'static>)>,
    has_begun: bool,
}

/// Whether a project's selected rules could speak.
struct Activity<'a> {
    /// The packs of the selected rules.
    selected: BTreeSet<&'a str>,
    examined: bool,
    spoke: bool,
}

impl<'a> Run<'a> {
    /// The run before its first plan.
    pub(super) fn new(
        arguments: &Arguments,
        repositories: &'a [Repository],
        projects: &'a [Project],
    ) -> Result<Self, Error> {
        let mut report = Report::new(packs(projects), Vec::new());
        for failure in projects.iter().flat_map(|project| project.engine.failures()) {
            if !report.failures.contains(failure) {
                report.failures.push(failure.clone());
            }
        }
        report.today = Some(arguments.today.clone().unwrap_or_else(today::today));
        for failure in projects.iter().flat_map(|project| project.engine.failures()) {
            if !report.failures.contains(failure) {
                report.failures.push(failure.clone());
            }
        }
        report.policy = projects.iter().find_map(|project| project.configuration.effective.policy.clone());
        if let [repository] = repositories {
            report.repository = RepositoryReport::at(repository.root.as_str());
        }
        let activity: Vec<Activity<'_>> = projects.iter().map(Activity::of).collect();
        if !activity.is_empty() && activity.iter().all(|activity| activity.selected.is_empty()) {
            return Err(Error::NothingSelected);
        }
        Ok(Self {
            projects,
            repositories,
            report,
            statistics: Statistics::default(),
            failures: Vec::new(),
            oddities: Vec::new(),
            activity,
            fixed: Fixed::new(&arguments.fixes),
            fails: false,
            waiting: Vec::new(),
            has_begun: false,
        })
    }

    /// Counts what came of a plan, and writes it.
    pub(super) fn take(&mut self, plan: &PlanAt, checked: Checked, outputs: &mut Outputs<'_>) -> Result<(), Error> {
        let number = project::of(plan, self.projects);
        let Examined { report, sources, fixes, oddities } = match checked {
            Ok(examined) => examined,
            Err(failures) => {
                self.report.failures.extend(failures);
                return Ok(());
            }
        };
        self.fails |= project::fails(&self.projects[number], &report);
        self.activity[number].see(&report);
        self.report.summary.add(&report);
        self.statistics.add(&report);
        self.oddities.extend(oddities.into_iter().take(MOST_SKIPPED - self.oddities.len()));
        let folder = folder(self.repositories, plan);
        self.fixed.add(fixes.below(folder), &report);
        let (report, sources) =
            if folder == "." { (report, sources) } else { (report.below(folder), sources.below(folder)) };
        self.failures.extend_from_slice(&report.failures);
        self.waiting.push((report, sources));
        if self.activity.iter().any(|activity| activity.spoke) { self.write(outputs) } else { Ok(()) }
    }

    fn write(&mut self, outputs: &mut Outputs<'_>) -> Result<(), Error> {
        if !self.has_begun {
            outputs.begin(&self.report)?;
            self.has_begun = true;
        }
        self.waiting.drain(..).try_for_each(|(report, sources)| outputs.plan(&report, &sources))
    }

    /// Ends the outputs, where anything was checked at all.
    pub(super) fn end(&mut self, mut outputs: Outputs<'_>) -> Result<(), Error> {
        self.some_rule_was_active()?;
        self.write(&mut outputs)?;
        outputs.end(&self.report)
    }

    /// The report without its plans.
    pub(super) fn report(&self) -> &Report {
        &self.report
    }

    pub(super) fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// What the fixes did.
    pub(super) fn fixed(&self) -> &Fixed {
        &self.fixed
    }

    pub(super) fn oddities(&self) -> impl Iterator<Item = &String> {
        self.oddities.iter()
    }

    /// Every failure: those of no plan, then the plans'.
    pub(super) fn failures(&self) -> impl Iterator<Item = &Failure> {
        self.report.failures.iter().chain(&self.failures)
    }

    /// 2 where something could not be done, else 1 where a finding counts for its repository, else 0. A
    /// diff does not judge: it is 1 where there is something to fix.
    pub(super) fn exit_code(&self) -> u8 {
        if self.failures.is_empty() {
            let fails = self.fixed.diff().map_or(self.fails, |changes| !changes.is_empty());
            self.report.exit_code(FailOn::Never).max(u8::from(fails))
        } else {
            2
        }
    }

    /// A run in which no selected rule could speak has checked nothing, and says so.
    fn some_rule_was_active(&self) -> Result<(), Error> {
        if self.activity.iter().any(|activity| !activity.examined || activity.spoke) {
            return Ok(());
        }
        let idle: BTreeSet<&str> = self.activity.iter().flat_map(|activity| &activity.selected).copied().collect();
        Err(Error::NoRule { packs: idle.into_iter().collect::<Vec<_>>().join(", ") })
    }
}

impl<'a> Activity<'a> {
    fn of(project: &'a Project) -> Self {
        let config = project.engine.config();
        let rules = catalogue::rules(project.engine.packs());
        let selected = rules.iter().filter(|rule| config.selects(rule.id, rule.name)).map(|rule| rule.pack).collect();
        Self { selected, examined: false, spoke: false }
    }

    fn see(&mut self, plan: &PlanReport) {
        self.examined = true;
        let inactive = |pack: &&str| plan.inactive_packs.iter().any(|inactive| inactive == pack);
        self.spoke |= !self.selected.iter().all(inactive);
    }
}

/// The rules of all projects' packs, each once.
pub(super) fn rules(projects: &[Project]) -> Vec<RuleEntry<'_>> {
    let mut seen = HashSet::new();
    let packs = projects.iter().flat_map(|project| project.engine.packs());
    catalogue::rules(packs.filter(|pack| seen.insert((pack.name.as_ref(), pack.version.as_ref()))))
}
