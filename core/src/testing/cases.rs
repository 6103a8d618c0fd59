//! Cases of a pack: folders with a feature's documents, and what must be found in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use tempfile::TempDir;

use super::conformance::{copy, entries, name_of, read, write};
use super::{Kit, conventions};
use crate::engine::Engine;
use crate::feature::Phase;
use crate::judgement::Outcome;
use crate::pack::PackManifest;
use crate::parse;
use crate::report::{FindingReport, PlanReport};
use crate::workspace::{FeatureLocation, LoadOptions, Workspace};

/// The file that says what is found.
const EXPECTED: &str = "expected.toml";

/// The folder of a case that holds the repository's other files.
const REPOSITORY: &str = "repository";

/// `expected.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// The phase, where it isn't to be read from the documents.
    phase: Option<Phase>,
    /// The rules that are looked at; all, where there is none.
    #[serde(default)]
    select: Vec<String>,
    #[serde(default, rename = "finding")]
    findings: Vec<ExpectedFinding>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedFinding {
    rule: String,
    /// 1-based.
    line: u32,
    outcome: Option<Outcome>,
    path: Option<String>,
}

impl ExpectedFinding {
    /// `path` is that of the finding as the case's folder names it.
    fn fits(&self, finding: &FindingReport, path: &str) -> bool {
        self.rule == finding.rule
            && self.line == finding.start.line
            && self.path.as_deref().unwrap_or("plan.md") == path
            && self.outcome.is_none_or(|outcome| finding.outcome == Some(outcome))
    }
}

/// Runs the cases in a folder.
pub(super) fn examine(folder: &Path, manifest: &PackManifest, engine: &Engine, kit: &mut Kit) {
    let cases = match entries(folder) {
        Ok(entries) => entries.into_iter().filter(|entry| entry.is_dir()),
        Err(error) => return kit.wrong.push(error),
    };
    let mut shown = Shown::default();
    for case in cases {
        let name = name_of(&case);
        match run(&case, &name, engine) {
            Ok((expected, report, feature)) => {
                let wrong = differences(&expected, &report, &feature);
                kit.wrong.extend(wrong.into_iter().map(|wrong| format!("case {name}: {wrong}")));
                conventions::of_messages(manifest, &report, &mut kit.wrong);
                shown.add(manifest, &report);
            }
            Err(error) => kit.wrong.push(format!("case {name}: {error}")),
        }
        kit.cases.push(name);
    }
    for rule in conventions::rules(manifest) {
        for (cases, how) in [(&shown.fire, "fires"), (&shown.pass, "passes")] {
            if !cases.contains(rule.id) {
                kit.wrong.push(rule.says(&format!("no case in {} in which it {how}", folder.display())));
            }
        }
    }
}

/// The rules that fired in a case, and those that were asked in one and did not.
#[derive(Default)]
struct Shown {
    fire: BTreeSet<String>,
    pass: BTreeSet<String>,
}

impl Shown {
    fn add(&mut self, manifest: &PackManifest, report: &PlanReport) {
        let fires = |rule: &str| report.findings.iter().any(|finding| finding.rule == rule);
        self.fire.extend(report.findings.iter().map(|finding| finding.rule.clone()));
        let questions = report.gate.principles.iter().flat_map(|principle| &principle.questions);
        let asked = questions.filter(|question| !matches!(question.outcome, Outcome::NotAsked | Outcome::NotJudged));
        let free_form = manifest.rules.iter().map(|rule| rule.id.to_string());
        let judged = asked.map(|question| question.rule.clone()).chain(free_form);
        self.pass.extend(judged.filter(|rule| !fires(rule)));
    }
}

/// What a case expects, what was found, and the path of its feature's folder.
fn run(case: &Path, name: &str, engine: &Engine) -> Result<(Expected, PlanReport, String), String> {
    let expected: Expected =
        toml::from_str(&read(&case.join(EXPECTED))?).map_err(|error| format!("{EXPECTED}: {error}"))?;
    let repository = TempDir::new().map_err(|error| format!("no temporary folder: {error}"))?;
    let folder = lay_out(case, name, repository.path())?;
    let workspace = Workspace::open(repository.path()).map_err(|error| error.to_string())?;
    let at = FeatureLocation::of_plan(format!("{folder}/plan.md"));
    let mut feature = workspace.feature(&at, &LoadOptions::default()).map_err(|error| error.to_string())?;
    feature.phase = expected.phase.unwrap_or(feature.phase);
    let report = engine.evaluate(&feature);
    Ok((expected, report, folder))
}

/// Lays a case out as a repository; gives the folder of its feature.
fn lay_out(case: &Path, name: &str, root: &Path) -> Result<String, String> {
    let plan = parse::plan(&read(&case.join("plan.md"))?);
    let branch = plan.metadata.branch.map(|branch| branch.text);
    let branch =
        branch.filter(|branch| branch.starts_with(|c: char| c.is_ascii_digit()) && !branch.contains(['/', '\\', ' ']));
    let folder = format!("specs/{}", branch.unwrap_or_else(|| format!("001-{name}")));
    write(&root.join(".specify/case"), name)?;
    for entry in entries(case)? {
        let target = match name_of(&entry).as_str() {
            EXPECTED => continue,
            REPOSITORY => root.to_owned(),
            "constitution.md" => root.join(".specify/memory/constitution.md"),
            "plan-template.md" => root.join(".specify/templates/plan-template.md"),
            other => root.join(&folder).join(other),
        };
        if entry.is_dir() {
            let copied = fs::create_dir_all(&target).and_then(|()| copy(&entry, &target));
            copied.map_err(|error| format!("{} could not be copied: {error}", entry.display()))?;
        } else {
            write(&target, &read(&entry)?)?;
        }
    }
    Ok(folder)
}

/// What is found and not expected, and the reverse.
fn differences(expected: &Expected, report: &PlanReport, folder: &str) -> Vec<String> {
    let mut wrong: Vec<String> = report.failures.iter().map(|failure| failure.message.clone()).collect();
    let selected =
        |rule: &str| expected.select.is_empty() || expected.select.iter().any(|code| rule.starts_with(code.as_str()));
    let in_case = |finding: &FindingReport| -> String {
        match finding.path.as_str() {
            ".specify/memory/constitution.md" => "constitution.md".to_owned(),
            ".specify/templates/plan-template.md" => "plan-template.md".to_owned(),
            path => match path.strip_prefix(folder).and_then(|path| path.strip_prefix('/')) {
                Some(document) => document.to_owned(),
                None => format!("{REPOSITORY}/{path}"),
            },
        }
    };
    let mut found: Vec<(&FindingReport, String)> = report
        .findings
        .iter()
        .filter(|finding| selected(&finding.rule))
        .map(|finding| (finding, in_case(finding)))
        .collect();
    for expected in &expected.findings {
        match found.iter().position(|(finding, path)| expected.fits(finding, path)) {
            Some(at) => drop(found.remove(at)),
            None => {
                let path = expected.path.as_deref().unwrap_or("plan.md");
                let outcome = expected.outcome.map(|outcome| format!(" ({outcome:?})")).unwrap_or_default();
                wrong.push(format!("{}{outcome} is not found at {path}:{}", expected.rule, expected.line));
            }
        }
    }
    wrong.extend(found.into_iter().map(|(finding, path)| {
        let outcome = finding.outcome.map(|outcome| format!(" ({outcome:?})")).unwrap_or_default();
        let FindingReport { rule, message, start, .. } = finding;
        format!("found and not expected: {rule}{outcome} at {path}:{}: {message}", start.line)
    }));
    wrong
}
