//! The [`Report`]: what one run found, as consumers read it.
//!
//! Lines and columns exist only here; inside of plangate everything is a byte offset.

mod finding;
mod fingerprint;
mod length;
mod listing;
mod merge;
mod moved;
mod plan;
mod secrets;
mod sources;
mod summary;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use crate::brief::brief;
pub use finding::{EditReport, FindingReport, FixReport, RelatedReport, Suppressed, SuppressedBy};
pub use fingerprint::fingerprint;
pub(crate) use fingerprint::fingerprints;
pub use listing::MOST_FINDINGS;
pub(crate) use listing::shorten;
pub use plan::{DerivedFrom, EvidenceReport, GateReport, NotJudged, PlanReport, PrincipleReport, QuestionReport};
#[cfg(feature = "emit")]
pub(crate) use secrets::MASK;
pub use secrets::Secrets;
pub use sources::{Source, Sources};
pub use summary::{FailOn, Summary};

use crate::pack::{PackManifest, PackSource};

/// The version of the report's form. It grows only where a consumer of an older one would break.
pub const SCHEMA_VERSION: u32 = 1;

/// What one run found. Its JSON is a contract: consumers ignore keys that they don't know.
///
/// ```
/// use plangate_core::report::{FailOn, Report};
/// let report = Report::new(Vec::new(), Vec::new());
/// assert_eq!(report.schema_version, 1);
/// assert_eq!(report.exit_code(FailOn::Error), 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What made the report.
    pub tool: Tool,
    /// The day that waivers were held against, as an ISO date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<String>,
    /// The repository that was looked at.
    pub repository: RepositoryReport,
    /// The configuration that was in force, where a file held one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// The packs that were asked, by name.
    pub packs: Vec<PackReport>,
    /// The plans in the order of their paths.
    pub plans: Vec<PlanReport>,
    /// What could not be done and belongs to no plan: packs that never loaded, unreadable plans.
    #[serde(default)]
    pub failures: Vec<Failure>,
    /// The plans counted.
    pub summary: Summary,
}

/// What made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Tool {
    /// `plangate`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The repository that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RepositoryReport {
    /// Its root as seen from where plangate ran; every path of the report is relative to it.
    pub root: String,
    /// The commit that was checked out, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
}

/// The configuration that was in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Policy {
    /// The file.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A pack that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PackReport {
    /// Its name, such as `mvp`.
    pub name: String,
    /// The version of the crate or file.
    pub version: String,
    /// The route by which it came.
    pub source: PackSource,
    /// The version of the constitution's text.
    pub edition: String,
    /// How many principles it brought.
    pub principles: u32,
    /// How many rules it brought: questions and free-form rules.
    pub rules: u32,
}

/// Something that plangate could not do. Never a finding, and never silence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Failure {
    /// The pack that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// The file that could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What went wrong, and what to do next.
    pub message: String,
}

impl Report {
    /// A report of these plans, put into the order of their paths and counted.
    #[must_use]
    pub fn new(packs: Vec<PackReport>, mut plans: Vec<PlanReport>) -> Self {
        plans.sort_by(|a, b| a.path.cmp(&b.path));
        let summary = Summary::of(&plans);
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: "plangate".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            today: None,
            repository: RepositoryReport::at("."),
            policy: None,
            packs,
            plans,
            failures: Vec::new(),
            summary,
        }
    }

    /// Every failure, the plans' included.
    pub fn all_failures(&self) -> impl Iterator<Item = &Failure> {
        self.failures.iter().chain(self.plans.iter().flat_map(|plan| &plan.failures))
    }

    /// What the process says when it ends: 2 where something could not be done, else 1 where a
    /// finding counts at or above `fail_on`, else 0.
    #[must_use]
    pub fn exit_code(&self, fail_on: FailOn) -> u8 {
        if self.all_failures().next().is_some() {
            return 2;
        }
        u8::from(fail_on.fails(&self.summary))
    }

    /// Reads lines and columns anew from the offsets, for every place whose text `sources` holds.
    ///
    /// A finding in a file of the repository, such as a manifest, is made without the file's text;
    /// whoever can read the file adds it to the sources and calls this.
    pub fn locate(&mut self, sources: &Sources<'_>) {
        for plan in &mut self.plans {
            plan.locate(sources);
        }
    }
}

impl RepositoryReport {
    /// The repository at `root`, as seen from where plangate runs.
    #[must_use]
    pub fn at(root: impl Into<String>) -> Self {
        Self { root: root.into(), revision: None }
    }

    /// A path of the report as seen from where plangate runs; `-` is standard input.
    #[must_use]
    pub fn path<'a>(&self, path: &'a str) -> Cow<'a, str> {
        match self.root.trim_end_matches('/') {
            "." | "" if self.root != "/" => Cow::Borrowed(path),
            _ if path == "-" => Cow::Borrowed(path),
            root => Cow::Owned(format!("{root}/{path}")),
        }
    }
}

impl PackReport {
    /// What a report says of a pack.
    #[must_use]
    pub fn new(manifest: &PackManifest) -> Self {
        Self {
            name: manifest.name.clone().into_owned(),
            version: manifest.version.clone().into_owned(),
            source: manifest.source,
            edition: manifest.edition.clone().into_owned(),
            principles: count(manifest.principles.len()),
            rules: count(manifest.rule_count()),
        }
    }
}

impl Failure {
    /// A failure of the pack called `pack`.
    #[must_use]
    pub fn of_pack(pack: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pack: Some(pack.into()), path: None, message: length::kept(message.into()) }
    }

    /// A failure to read the file at `path`.
    #[must_use]
    pub fn of_path(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pack: None, path: Some(path.into()), message: length::kept(message.into()) }
    }

    /// The same failure as seen from outside: its path below `folder`.
    #[must_use]
    fn below(mut self, folder: &str) -> Self {
        self.path = self.path.map(|path| format!("{folder}/{path}"));
        self
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
