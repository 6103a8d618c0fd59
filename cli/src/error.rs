//! Why plangate could not do its job. Every one of these is exit code 2.

use std::io;
use std::path::PathBuf;

use crate::engine::EngineError;
use plangate_core::config::ConfigError;
use plangate_core::pack::{ManifestError, PackError};
use plangate_core::{WorkspaceError, spelling};

/// Written for the person who meets it: what, where, what to do next.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error("the process of a pack lost plangate: {0}")]
    PackWorker(io::Error),
    #[error(
        "nothing was checked: no plan.md below a folder named specs in {}; name a plan.md or a feature folder, or \
         say --allow-empty",
        paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
    )]
    NoPlan { paths: Vec<PathBuf> },
    #[error(
        "nothing was checked: every selected rule belongs to a pack that is not active for any of the plans ({packs}); \
         --pack NAME makes a pack active for every plan"
    )]
    NoRule { packs: String },
    #[error("nothing was checked: --ignore takes away every rule that --select names")]
    NothingSelected,
    #[error("no rule's id begins with `{code}`, and none has that name{}", did_you_mean(similar, "rules"))]
    UnknownCode { code: String, similar: Vec<String> },
    #[error("there is no rule `{rule}`{}", did_you_mean(similar, "rules"))]
    UnknownRule { rule: String, similar: Vec<String> },
    #[error("there is no command `{command}`{}", did_you_mean(similar, "--help"))]
    UnknownCommand { command: String, similar: Vec<String> },
    #[error("there is a configuration already: {path}; nothing was written")]
    Initialized { path: &'static str },
    #[error("nothing was written, because there is already {paths}; --force replaces what is there")]
    FilesInTheWay { paths: String },
    #[error("several rules begin with `{rule}`: {}", rules.join(", "))]
    SeveralRules { rule: String, rules: Vec<String> },
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("--config names a second file, `{second}`; one file can build on another by its key `extends`")]
    SeveralConfigs { second: String },
    #[error("the policy {} lies inside of the repository that it is held over; keep it outside", policy.display())]
    PolicyInside { policy: PathBuf },
    #[error("there is no baseline {path}; --write-baseline writes one")]
    NoBaseline { path: String },
    #[error("the baseline {path} {reason}")]
    Baseline { path: String, reason: String },
    #[error("--baseline names one file, and the paths lie in several repositories; name one repository")]
    SeveralBaselines,
    #[error("--config-from takes the baseline from a git revision, where it can't be changed; leave one of them out")]
    BaselineOfRevision,
    #[error("{option} asks git about {}: {reason}", root.display())]
    Git { option: &'static str, root: PathBuf, reason: String },
    #[error("{} holds {count} plans; name one of them", path.display())]
    SeveralPlans { path: PathBuf, count: usize },
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error(transparent)]
    Pack(#[from] PackError),
    #[error("{} {reason}", path.display())]
    Constitution { path: PathBuf, reason: String },
    #[error(
        "there is no constitution in {}: none of .specify/memory/constitution.md, memory/constitution.md and the like",
        path.display()
    )]
    NoConstitution { path: PathBuf },
    #[error("{} is there already; --update merges the constitution into it", path.display())]
    PackExists { path: PathBuf },
    #[error("{} is there already, and not empty; --path names another folder", path.display())]
    FolderExists { path: PathBuf },
    #[error("the pack's name \"{name}\" {reason}")]
    PackName { name: String, reason: &'static str },
    #[error("--core-path {} {reason}", path.display())]
    CorePath { path: PathBuf, reason: String },
    #[error("{} {reason}", path.display())]
    NoPackToTest { path: PathBuf, reason: String },
    #[error("standard input {reason}")]
    StandardInput { reason: String },
    #[error("{} could not be read: {reason}", path.display())]
    UnreadableJson { path: PathBuf, reason: String },
    #[error("{}{}", faults.first().map_or("", String::as_str), more(faults.len()))]
    NoPlanJson { faults: Vec<String> },
    #[error(
        "{} has local edits, and was left alone: the new template would lose {lost}; --force replaces it",
        path.display()
    )]
    EditedTemplate { path: PathBuf, lost: String },
    #[error("{} is there already; `plangate check {}` examines it", path.display(), path.display())]
    ExistingPlan { path: PathBuf },
    #[error("number {number:03} is taken by {folder}; leave the number out to get the next free one")]
    TakenNumber { number: u32, folder: String },
    #[error("`{name}` is no name for a feature: it {reason}")]
    BadName { name: String, reason: &'static str },
    #[error("{} could not be written: {error}", path.display())]
    NotWritten { path: PathBuf, error: io::Error },
    #[error("{} could not be written: {error}", path.display())]
    OutputFile { path: PathBuf, error: io::Error },
    #[error("{} is named for two outputs; each needs a file of its own", path.display())]
    RepeatedOutput { path: PathBuf },
    #[error("{} could not be read: {error}", path.display())]
    ReportFile { path: PathBuf, error: io::Error },
    #[error(
        "{} is no report of plangate: {reason}; `plangate check --output-format json` writes one",
        path.display()
    )]
    NoReport { path: PathBuf, reason: String },
    #[error(
        "{} has schema_version {version}, and this plangate reads {known}: take a newer plangate",
        path.display()
    )]
    NewerReport { path: PathBuf, version: u64, known: u32 },
    #[error("two reports are called `{name}`; say NAME=FILE to give each repository a name of its own")]
    RepeatedReport { name: String },
    #[error("standard output could not be written: {0}")]
    StandardOutput(io::Error),
}

/// How many mistakes there are besides the first one.
fn more(count: usize) -> String {
    match count {
        0 | 1 => String::new(),
        2 => " (and one more mistake)".to_owned(),
        count => format!(" (and {} more mistakes)", count - 1),
    }
}

/// The known words that somebody may have meant, the nearest first.
pub(crate) fn similar<'a>(known: impl IntoIterator<Item = &'a str>, asked: &str) -> Vec<String> {
    spelling::nearest(known, asked).into_iter().map(|known| format!("`{known}`")).collect()
}

/// What was meant, or the command that lists all there is.
fn did_you_mean(similar: &[String], list: &str) -> String {
    if similar.is_empty() {
        format!("; `plangate {list}` lists them all")
    } else {
        format!("; did you mean {}?", similar.join(" or "))
    }
}
