//! `plangate report merge`: joins the reports of several repositories.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use plangate_core::catalogue;
use plangate_core::config::Config;
use plangate_core::report::{Report, SCHEMA_VERSION, Sources};
use serde_json::Value;

use crate::args::FailOnChoice;
use crate::engine::{self, tell};
use crate::error::Error;
use crate::files;
use crate::format::OutputArguments;
use crate::load::PackArguments;
use crate::output::Terminal;
use crate::outputs::Outputs;

/// More bytes than this are no report: ten thousand plans take a third of it.
const MOST_REPORT_BYTES: u64 = 512 * 1024 * 1024;

/// Works with reports that were written before.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Merge(MergeArguments),
}

/// Joins the JSON reports of several repositories into one, in any form.
///
/// Every path is put below its repository's name. The exit code is what `check` would have said.
#[derive(Debug, clap::Args)]
struct MergeArguments {
    /// A JSON report, or NAME=FILE to name its repository. Without a name, the file's own counts, or
    /// its path where several files have one name.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,

    #[command(flatten)]
    output: OutputArguments,

    #[command(flatten)]
    packs: PackArguments,

    /// From which severity on a finding makes the exit code 1.
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t)]
    fail_on: FailOnChoice,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let Command::Merge(arguments) = &arguments.command;
    let named = named(&arguments.files)?;
    let reports: Vec<(String, Report)> =
        named.into_iter().map(|(name, path)| Ok((name, read(&path)?))).collect::<Result<_, Error>>()?;
    let report = Report::merge(reports);
    // What a report says of rules is little; their packs say the rest, as far as they are at hand.
    let (packs, loaded) = engine::manifests(&arguments.packs, &Config::default(), terminal)?;
    let rules = catalogue::rules(&packs);
    let mut outputs = Outputs::open(&arguments.output, None, terminal, &rules)?;
    outputs.begin(&report)?;
    report.plans.iter().try_for_each(|plan| outputs.plan(plan, &Sources::default()))?;
    outputs.end(&report)?;
    tell(report.all_failures(), terminal);
    Ok(report.exit_code(arguments.fail_on.into()).max(loaded))
}

/// The files with their repositories' names.
fn named(files: &[String]) -> Result<Vec<(String, PathBuf)>, Error> {
    let given = |file: &String| match file.split_once('=') {
        // A file whose own name holds a `=` is meant as it stands.
        Some((name, path)) if !name.is_empty() && !Path::new(file).exists() => (Some(name.to_owned()), path.into()),
        _ => (None, PathBuf::from(file)),
    };
    let given: Vec<(Option<String>, PathBuf)> = files.iter().map(given).collect();
    let stems: Vec<String> =
        given.iter().map(|(_, path)| shown(Path::new(path.file_stem().unwrap_or_default()))).collect();
    let mut seen = HashSet::new();
    let named = given.into_iter().zip(&stems).map(|((name, path), stem)| {
        let several = stems.iter().filter(|other| *other == stem).count() > 1;
        let name = name.unwrap_or_else(|| if several { shown(&path.with_extension("")) } else { stem.clone() });
        if seen.insert(name.clone()) { Ok((name, path)) } else { Err(Error::RepeatedReport { name }) }
    });
    named.collect()
}

/// A path with `/` and without what only leads to the current folder.
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    path.trim_start_matches("./").to_owned()
}

fn read(path: &Path) -> Result<Report, Error> {
    let bytes =
        files::read(path, MOST_REPORT_BYTES).map_err(|error| Error::ReportFile { path: path.to_owned(), error })?;
    let no_report = |reason: String| Error::NoReport { path: path.to_owned(), reason };
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| no_report(error.to_string()))?;
    let version = value.get("schema_version").and_then(Value::as_u64);
    let version = version.ok_or_else(|| no_report("it has no schema_version".to_owned()))?;
    if version > u64::from(SCHEMA_VERSION) {
        return Err(Error::NewerReport { path: path.to_owned(), version, known: SCHEMA_VERSION });
    }
    // Read from the text, so that what is wrong comes with its line.
    drop(value);
    serde_json::from_slice(&bytes).map_err(|error| no_report(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &[&str]) -> Result<Vec<String>, Error> {
        let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
        Ok(named(&files)?.into_iter().map(|(name, _)| name).collect())
    }

    #[test]
    fn a_repository_is_called_as_its_file() {
        assert_eq!(names(&["web.json", "out/api.json"]).unwrap(), ["web", "api"]);
        assert_eq!(names(&["./web/gate.json", "api/gate.json", "x.json"]).unwrap(), ["web/gate", "api/gate", "x"]);
        assert_eq!(names(&["front=web/gate.json", "api/gate.json"]).unwrap(), ["front", "api/gate"]);
        assert!(matches!(names(&["a=1.json", "a=2.json"]), Err(Error::RepeatedReport { name }) if name == "a"));
    }
}
