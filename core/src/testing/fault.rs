//! A planted fault as its file describes it.

use serde::Deserialize;

use crate::diagnostic::Severity;
use crate::feature::Phase;
use crate::judgement::Outcome;

/// One file of `faults/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Fault {
    /// The clean repository that it is planted into.
    pub(super) base: String,
    /// What it shows, in a sentence.
    shows: String,
    /// The phase, where it isn't to be read from the documents.
    pub(super) phase: Option<Phase>,
    #[serde(default, rename = "edit")]
    pub(super) edits: Vec<Edit>,
    #[serde(default, rename = "remove")]
    pub(super) removals: Vec<Removal>,
    #[serde(default, rename = "add")]
    pub(super) additions: Vec<Addition>,
    pub(super) expect: Expectation,
}

/// A text that occurs once, and what stands there instead.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edit {
    pub(super) path: String,
    pub(super) find: String,
    pub(super) replace: String,
}

/// A file or a folder that is taken away.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Removal {
    pub(super) path: String,
}

/// A file that is added.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Addition {
    pub(super) path: String,
    pub(super) text: String,
}

/// What must be found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Expectation {
    pub(super) rule: String,
    pub(super) path: String,
    /// A text on the line where the finding begins, so that the place survives edits of the base.
    pub(super) line_of: String,
    pub(super) outcome: Option<Outcome>,
    pub(super) severity: Option<Severity>,
    /// Rules of further findings that follow of necessity.
    #[serde(default)]
    pub(super) also: Vec<String>,
}

impl Fault {
    /// Reads a fault's file; the error names the place in it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let fault: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if fault.shows.trim().is_empty() {
            return Err("`shows` does not say what the fault shows".to_owned());
        }
        if fault.edits.is_empty() && fault.removals.is_empty() && fault.additions.is_empty() && fault.phase.is_none() {
            return Err("nothing is planted".to_owned());
        }
        Ok(fault)
    }
}
