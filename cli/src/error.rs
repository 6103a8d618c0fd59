//! Why plangate could not do its job. Every one of these is exit code 2.

use std::io;
use std::path::PathBuf;

use crate::engine::EngineError;
use plangate_core::WorkspaceError;

/// Written for the person who meets it: what, where, what to do next.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    #[error(transparent)]
    Engine(#[from] EngineError),
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
    #[error("no rule's id begins with `{code}`, and none has that name; `plangate rules` lists them all")]
    UnknownCode { code: String },
    #[error("there is no rule `{rule}`{}", did_you_mean(similar))]
    UnknownRule { rule: String, similar: Vec<String> },
    #[error("several rules begin with `{rule}`: {}", rules.join(", "))]
    SeveralRules { rule: String, rules: Vec<String> },
    #[error("{} holds {count} plans; name one of them", path.display())]
    SeveralPlans { path: PathBuf, count: usize },
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

fn did_you_mean(similar: &[String]) -> String {
    if similar.is_empty() {
        "; `plangate rules` lists them all".to_owned()
    } else {
        format!(": did you mean {}?", similar.join(" or "))
    }
}
