//! Runs a conformance suite: clean features in which nothing may be found, and faults planted into
//! them, each of which must be found at its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::TempDir;

use super::fault::{Expectation, Fault};
use super::plant::{self, Expected};
use crate::engine::Engine;
use crate::feature::{Feature, Phase};
use crate::report::{FindingReport, PlanReport};
use crate::source::LineIndex;
use crate::workspace::{LoadOptions, Workspace};

/// What a suite held when it was run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conformance {
    /// The clean features, by the name of their folder.
    pub clean: Vec<String>,
    /// How many faults were planted for each rule, by id.
    pub faults: BTreeMap<String, usize>,
    /// The gate faults that were planted into the clean features without a file: base and fault.
    pub gate_faults: Vec<(String, &'static str)>,
}

/// Runs the suite in a folder with an engine.
///
/// - `clean/NAME/` is a small repository with a feature. Nothing is found in it: no error, no warning, no
///   info. Nor is anything found in its plan alone, as a tool builder would pass it from memory: what
///   stands around it is then unknown, and unknown is not absent.
/// - Into each of them the gate faults are planted that any plan can have: a principle removed, a
///   verdict missing, a status not chosen, and so on. Each is found.
/// - `faults/*.toml` plants one fault each into a copy of a clean repository. It is found at its place,
///   and nothing else is, unless the file says so.
///
/// ```toml
/// # faults/ACM1301-data-nobody-listed.toml
/// base = "acme"                       # clean/acme
/// shows = "An address is stored, and data-model.md does not list it."
/// phase = "tasks"                     # if it isn't to be read from the documents
///
/// [[edit]]
/// path = "specs/001-accounts/data-model.md"
/// find = "| email | personal data |"  # occurs just once
/// replace = ""
///
/// [[remove]]
/// path = "docs/privacy.md"            # a file or a folder
///
/// [[add]]
/// path = "src/address.rs"
/// text = "pub struct Address;"
///
/// [expect]
/// rule = "ACM1301"
/// outcome = "contradicted"            # may be left out
/// severity = "error"                  # may be left out
/// path = "specs/001-accounts/plan.md"
/// line-of = "all personal data"       # occurs on one line: the finding begins there
/// also = ["PLN106"]                   # what follows of necessity
/// ```
///
/// A pack's author keeps such a folder beside the pack, and runs it from a test:
///
/// ```no_run
/// use plangate_core::{Engine, testing::conformance};
///
/// fn the_pack_finds_what_was_planted(engine: &Engine) {
///     let suite = conformance(concat!(env!("CARGO_MANIFEST_DIR"), "/conformance"), engine);
///     assert_eq!(suite.clean, ["acme"]);
///     assert!(suite.faults["ACM1301"] >= 1);
/// }
/// ```
///
/// # Panics
/// With a list of all that is wrong.
#[track_caller]
pub fn conformance(folder: impl AsRef<Path>, engine: &Engine) -> Conformance {
    let mut run = Run { folder: folder.as_ref(), engine, wrong: Vec::new(), done: Conformance::default() };
    run.clean();
    run.faults();
    let Run { wrong, done, .. } = run;
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
    done
}

struct Run<'a> {
    folder: &'a Path,
    engine: &'a Engine,
    wrong: Vec<String>,
    done: Conformance,
}

impl Run<'_> {
    fn clean(&mut self) {
        let folders = match entries(&self.folder.join("clean")) {
            Ok(folders) => folders,
            Err(error) => return self.wrong.push(error),
        };
        for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
            let name = name_of(&folder);
            match self.clean_repository(&name, &folder) {
                Ok(()) => self.done.clean.push(name),
                Err(error) => self.wrong.push(format!("clean/{name}: {error}")),
            }
        }
        if self.done.clean.is_empty() && self.wrong.is_empty() {
            self.wrong.push(format!("{}/clean holds no folder", self.folder.display()));
        }
    }

    fn clean_repository(&mut self, name: &str, folder: &Path) -> Result<(), String> {
        let copy = Copy::of(folder)?;
        for (feature, report) in copy.evaluate(self.engine, None)? {
            self.nothing_is_found(&format!("clean/{name}"), &report);
            let plan = feature.plan_document();
            let alone = Feature::builder().folder(folder_of(&plan.path)).plan(plan.text.clone()).build();
            let report = self.engine.evaluate(&alone);
            self.nothing_is_found(&format!("clean/{name}, the plan alone"), &report);
            if report.not_judged.is_empty() {
                self.wrong.push(format!("clean/{name}, the plan alone: every rule was judged, though nobody looked"));
            }
            self.gate_faults(name, &copy, &feature)?;
        }
        Ok(())
    }

    fn nothing_is_found(&mut self, what: &str, report: &PlanReport) {
        let said =
            report.failures.iter().map(|failure| failure.message.clone()).chain(report.findings.iter().map(told));
        self.wrong.extend(said.map(|said| format!("{what}: {said}")));
    }

    fn gate_faults(&mut self, base: &str, copy: &Copy, feature: &Feature) -> Result<(), String> {
        let path = copy.at(&feature.plan_document().path)?;
        for planted in plant::gate_faults(feature, self.engine) {
            write(&path, &planted.plan)?;
            let found = copy.evaluate(self.engine, None)?;
            let is_found =
                found.iter().flat_map(|(_, report)| &report.findings).any(|finding| match planted.expected {
                    Expected::Rule(rule) => finding.rule == rule,
                    Expected::Outcome(outcome) => finding.outcome == Some(outcome),
                });
            if is_found {
                self.done.gate_faults.push((base.to_owned(), planted.name));
            } else {
                let found: Vec<String> = found.iter().flat_map(|(_, report)| &report.findings).map(told).collect();
                let message = format!(
                    "clean/{base} with \"{}\": {} is not found; found: {found:?}",
                    planted.name, planted.expected
                );
                self.wrong.push(message);
            }
        }
        write(&path, &feature.plan_document().text)
    }

    fn faults(&mut self) {
        let folder = self.folder.join("faults");
        if !folder.exists() {
            return;
        }
        let files = match entries(&folder) {
            Ok(files) => files,
            Err(error) => return self.wrong.push(error),
        };
        let files: Vec<PathBuf> =
            files.into_iter().filter(|file| file.extension().is_some_and(|end| end == "toml")).collect();
        for (file, planted) in files.iter().zip(self.plant_all(&files)) {
            match planted {
                Ok(rule) => *self.done.faults.entry(rule).or_default() += 1,
                Err(error) => self.wrong.push(format!("faults/{}: {error}", name_of(file))),
            }
        }
    }

    /// Plants every fault, on as many threads as there are processors; the results stand in order.
    fn plant_all(&self, files: &[PathBuf]) -> Vec<Result<String, String>> {
        let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let share = files.len().div_ceil(threads).max(1);
        let (folder, engine) = (self.folder, self.engine);
        thread::scope(|scope| {
            let plant = |files: &[PathBuf]| files.iter().map(|file| plant(folder, engine, file)).collect::<Vec<_>>();
            let shares: Vec<_> = files.chunks(share).map(|files| scope.spawn(move || plant(files))).collect();
            let planted = shares.into_iter().map(|share| share.join().unwrap_or_else(|panic| resume_unwind(panic)));
            planted.flatten().collect()
        })
    }
}

/// Plants the fault of one file; gives the rule that found it.
fn plant(folder: &Path, engine: &Engine, file: &Path) -> Result<String, String> {
    let fault = Fault::read(&read(file)?)?;
    let expected = &fault.expect;
    if !name_of(file).starts_with(&format!("{}-", expected.rule)) {
        return Err(format!("the file's name does not begin with `{}-`", expected.rule));
    }
    let base = folder.join("clean").join(&fault.base);
    if !base.is_dir() {
        return Err(format!("there is no clean/{}", fault.base));
    }
    let copy = Copy::of(&base)?;
    copy.plant(&fault)?;
    let evaluated = copy.evaluate(engine, fault.phase)?;
    let line = line_of(&read(&copy.at(&expected.path)?)?, &expected.line_of)
        .map_err(|error| format!("{}: {error}", expected.path))?;
    expected.check(&evaluated.into_iter().map(|(_, report)| report).collect::<Vec<_>>(), line)?;
    Ok(expected.rule.clone())
}

impl Expectation {
    /// Holds the reports of a repository against what must be found, at `line`.
    fn check(&self, reports: &[PlanReport], line: u32) -> Result<(), String> {
        if let Some(failure) = reports.iter().flat_map(|report| &report.failures).next() {
            return Err(failure.message.clone());
        }
        let mut findings: Vec<&FindingReport> = reports.iter().flat_map(|report| &report.findings).collect();
        let Some(at) = findings.iter().position(|finding| self.fits(finding, line)) else {
            let found: Vec<String> = findings.into_iter().map(told).collect();
            return Err(format!("{} is not found at {}:{line}; found: {found:#?}", self.rule, self.path));
        };
        findings.remove(at);
        self.names_all(&findings)
    }

    fn fits(&self, finding: &FindingReport, line: u32) -> bool {
        finding.rule == self.rule
            && finding.path == self.path
            && finding.start.line == line
            && self.outcome.is_none_or(|outcome| finding.outcome == Some(outcome))
            && self.severity.is_none_or(|severity| finding.severity == severity)
    }

    /// Nothing else is found than what the file names, and all of that is.
    fn names_all(&self, others: &[&FindingReport]) -> Result<(), String> {
        if let Some(finding) = others.iter().find(|finding| !self.also.contains(&finding.rule)) {
            return Err(format!("this is found as well: {}", told(finding)));
        }
        let found: BTreeSet<&str> = others.iter().map(|finding| finding.rule.as_str()).collect();
        match self.also.iter().find(|rule| !found.contains(rule.as_str())) {
            Some(rule) => Err(format!("`also` names {rule}, which is not found")),
            None => Ok(()),
        }
    }
}

/// A finding in one line.
fn told(finding: &FindingReport) -> String {
    let FindingReport { rule, severity, message, path, start, .. } = finding;
    format!("{} {rule} at {path}:{}: {message}", severity.as_str(), start.line)
}

/// A copy of a clean repository that faults can be planted into; removed when dropped.
struct Copy {
    folder: TempDir,
}

impl Copy {
    fn of(base: &Path) -> Result<Self, String> {
        let folder = TempDir::new().map_err(|error| format!("no temporary folder: {error}"))?;
        copy(base, folder.path()).map_err(|error| format!("{} could not be copied: {error}", base.display()))?;
        Ok(Self { folder })
    }

    /// The path of a file in the copy.
    fn at(&self, path: &str) -> Result<PathBuf, String> {
        let inside = !path.starts_with('/') && path.split('/').all(|part| part != "..");
        if inside { Ok(self.folder.path().join(path)) } else { Err(format!("{path} leads out of the repository")) }
    }

    fn plant(&self, fault: &Fault) -> Result<(), String> {
        for edit in &fault.edits {
            let path = self.at(&edit.path)?;
            let text = read(&path)?;
            let number = text.matches(&edit.find).count();
            if number != 1 {
                return Err(format!("{}: `{}` occurs {number} times, and not once", edit.path, edit.find));
            }
            write(&path, &text.replacen(&edit.find, &edit.replace, 1))?;
        }
        for removal in &fault.removals {
            let path = self.at(&removal.path)?;
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(|error| format!("{} could not be removed: {error}", removal.path))?;
        }
        for addition in &fault.additions {
            let path = self.at(&addition.path)?;
            if path.exists() {
                return Err(format!("{} is there already: edit it", addition.path));
            }
            write(&path, &addition.text)?;
        }
        Ok(())
    }

    /// Every feature of the repository with its report.
    fn evaluate(&self, engine: &Engine, phase: Option<Phase>) -> Result<Vec<(Feature, PlanReport)>, String> {
        let workspace = Workspace::open(self.folder.path()).map_err(|error| error.to_string())?;
        let locations = workspace.features(self.folder.path()).map_err(|error| error.to_string())?;
        if locations.is_empty() {
            return Err("there is no plan".to_owned());
        }
        let mut evaluated = Vec::new();
        for location in &locations {
            let mut feature =
                workspace.feature(location, &LoadOptions::default()).map_err(|error| error.to_string())?;
            feature.phase = phase.unwrap_or(feature.phase);
            let report = engine.evaluate(&feature);
            evaluated.push((feature, report));
        }
        Ok(evaluated)
    }
}

pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The 1-based number of the one line that holds `text`.
fn line_of(document: &str, text: &str) -> Result<u32, String> {
    let lines = LineIndex::new(document);
    let found: BTreeSet<u32> =
        document.match_indices(text).map(|(offset, _)| lines.line(u32::try_from(offset).unwrap_or(u32::MAX))).collect();
    match (found.len(), found.first()) {
        (1, Some(line)) => Ok(*line),
        (number, _) => Err(format!("`{text}` stands on {number} lines, and not on one")),
    }
}

pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>();
    let mut entries = read().map_err(|error| format!("{} could not be read: {error}", folder.display()))?;
    entries.sort_unstable();
    Ok(entries)
}

pub(super) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{} could not be read: {error}", path.display()))
}

pub(super) fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{} could not be written: {error}", path.display()))
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The folder that holds `path`, which uses `/`; `.` at the root.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    const PLAN: &str = "\
# Implementation Plan: Voting

**Branch**: `001-voting` | **Date**: 2026-05-04 | **Spec**: [spec.md](spec.md)

## Summary

Members vote on the day's lunch.

## Technical Context

**Language/Version**: Rust 1.90
**Primary Dependencies**: none
**Storage**: one file
**Testing**: cargo test
**Target Platform**: Linux
**Project Type**: single
**Performance Goals**: a vote in 50 ms
**Constraints**: offline
**Scale/Scope**: 30 members

## Constitution Check

| Principle | Status | Notes |
| --- | --- | --- |
| I. Library First | ✅ PASS | one crate |
| II. Test First | ✅ PASS | tests before code |

**Overall Status**: ✅ PASS

## Project Structure

**Structure Decision**: One crate in `src/`.
";

    const FAULT: &str = "\
base = \"voting\"
shows = \"Nobody chose the status of a principle.\"

[[edit]]
path = \"specs/001-voting/plan.md\"
find = \"| II. Test First | ✅ PASS |\"
replace = \"| II. Test First | TODO |\"

[expect]
rule = \"PLN102\"
path = \"specs/001-voting/plan.md\"
line-of = \"| II. Test First\"
";

    /// What is wrong with a suite of one clean feature and one fault; its counts, where nothing is.
    fn run(plan: &str, fault: &str) -> Result<Conformance, String> {
        let suite = TempDir::new().unwrap();
        let at = |path: &str| suite.path().join(path);
        write(&at("clean/voting/specs/001-voting/plan.md"), plan).unwrap();
        write(&at("clean/voting/specs/001-voting/spec.md"), "# Feature Specification: Voting\n").unwrap();
        write(&at("clean/voting/src/lib.rs"), "").unwrap();
        write(&at("faults/PLN102-undecided.toml"), fault).unwrap();
        let engine = Engine::builder().build().unwrap();
        catch_unwind(AssertUnwindSafe(|| conformance(suite.path(), &engine)))
            .map_err(|panic| panic.downcast_ref::<String>().cloned().unwrap_or_default())
    }

    #[track_caller]
    fn refused(fault: &str, because: &str) {
        let wrong = run(PLAN, fault).unwrap_err();
        assert!(wrong.contains(because), "{wrong}");
    }

    #[test]
    fn a_fault_that_is_found_counts_for_its_rule() {
        let suite = run(PLAN, FAULT).unwrap();
        assert_eq!(suite.clean, ["voting"]);
        assert_eq!(suite.faults, BTreeMap::from([("PLN102".to_owned(), 1)]));
        assert!(suite.gate_faults.contains(&("voting".to_owned(), "a status is not chosen")));
    }

    #[test]
    fn a_finding_in_a_clean_feature_is_wrong() {
        let wrong = run(&PLAN.replace("2026-05-04", "04.05.26"), FAULT).unwrap_err();
        assert!(wrong.contains("clean/voting: warning PLN302"), "{wrong}");
        assert!(wrong.contains("the plan alone: warning PLN302"), "{wrong}");
    }

    #[test]
    fn a_fault_is_found_at_its_place_or_not_at_all() {
        refused(
            &FAULT.replace("line-of = \"| II. Test First", "line-of = \"| I. Library First"),
            "PLN102 is not found at",
        );
        refused(&FAULT.replace("[expect]", "[expect]\noutcome = \"open\""), "PLN102 is not found at");
        refused(&FAULT.replace("TODO", "✅ PASS"), "PLN102 is not found at");
    }

    #[test]
    fn what_else_is_found_is_named_and_what_is_named_is_found() {
        let second = FAULT.replace(
            "[expect]",
            "[[edit]]\npath = \"specs/001-voting/plan.md\"\nfind = \"2026-05-04\"\nreplace = \"04.05.26\"\n\n[expect]",
        );
        refused(&second, "this is found as well: warning PLN302");
        run(PLAN, &format!("{second}also = [\"PLN302\"]\n")).unwrap();
        refused(&format!("{FAULT}also = [\"PLN302\"]\n"), "`also` names PLN302, which is not found");
    }

    #[test]
    fn a_fault_that_is_not_planted_is_refused() {
        refused(&FAULT.replace("find = \"| II. Test First | ✅ PASS |\"", "find = \"PASS\""), "occurs 3 times");
        refused(&FAULT.replace("base = \"voting\"", "base = \"votes\""), "there is no clean/votes");
        refused(&FAULT.replace("shows", "shown"), "unknown field `shown`");
        refused(
            &FAULT.replace("path = \"specs/001-voting/plan.md\"\nfind", "path = \"../plan.md\"\nfind"),
            "leads out",
        );
        refused(&FAULT.replace("PLN102", "PLN101"), "does not begin with `PLN101-`");
    }
}
