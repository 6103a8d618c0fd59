//! Finds plans and loads features from disk. The only module of the core that reads the files of a
//! repository; nothing here judges.
//!
//! ```no_run
//! # fn main() -> Result<(), plangate_core::WorkspaceError> {
//! use plangate_core::workspace::{LoadOptions, Workspace};
//! let workspace = Workspace::open(".")?;
//! for location in workspace.features(workspace.root())? {
//!     let feature = workspace.feature(&location, &LoadOptions::default())?;
//!     println!("{}: {}", feature.name, feature.phase.as_str());
//! }
//! # Ok(())
//! # }
//! ```

mod cors;
mod discovery;
mod documents;
mod env_files;
mod facts;
mod git_index;
mod hooks;
mod manifests;
mod migrations;
mod numbering;
mod reading;
mod scan;
mod stamp;
mod tsconfig;
mod walk;
mod workflows;
mod yaml;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use documents::SharedDocuments;
pub use documents::{LoadOptions, MOST_DOCUMENT_BYTES};
pub use numbering::NumberedName;
pub use reading::ReadError;
pub(crate) use reading::resolve;
pub use stamp::Stamp;

use crate::feature::{Document, Feature};
use crate::repository::{RepositoryFacts, Skipped};
use walk::Walk;

/// Why a repository, a folder or a plan could not be looked at. One sentence that names the path.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkspaceError {
    /// Nothing has this path.
    #[error("{} does not exist", path.display())]
    NotFound {
        /// The path as it was given.
        path: PathBuf,
    },
    /// The path leads out of the repository that was opened.
    #[error("{} lies outside of the repository {}", path.display(), root.display())]
    Outside {
        /// The path as it was given.
        path: PathBuf,
        /// The repository's root.
        root: PathBuf,
    },
    /// A file or a folder could not be read.
    #[error("{} {reason}", path.display())]
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// The cause.
        reason: ReadError,
    },
}

/// Where a feature stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct FeatureLocation {
    /// The feature's folder, relative to the root, with `/`; empty for the root itself.
    pub folder: String,
    /// The plan, relative to the root, with `/`.
    pub plan: String,
}

impl FeatureLocation {
    /// The feature of the plan at `plan`, a path relative to the root with `/`.
    #[must_use]
    pub fn of_plan(plan: impl Into<String>) -> Self {
        let plan = plan.into();
        let folder = plan.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned());
        Self { folder, plan }
    }
}

/// A repository on disk. It is walked once, when something is first asked of it, and can be shared
/// between threads.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    walk: OnceLock<Walk>,
    facts: OnceLock<Arc<RepositoryFacts>>,
    skipped: Mutex<BTreeSet<Skipped>>,
    shared: SharedDocuments,
}

impl Workspace {
    /// Finds the repository that holds `path`: the nearest folder upwards with a `.specify` or a
    /// `.git`, else the folder itself. Of a file it is its folder, and of a plan or a feature folder
    /// below a folder `specs` it is the folder above that.
    ///
    /// # Errors
    /// Where `path` does not exist or can't be looked at.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, WorkspaceError> {
        let root = discovery::root_of(path.as_ref())?;
        Ok(Self {
            root,
            walk: OnceLock::new(),
            facts: OnceLock::new(),
            skipped: Mutex::default(),
            shared: SharedDocuments::default(),
        })
    }

    /// The repository's root: absolute, links resolved.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The features within a folder, sorted by path: every plan.md at any depth below a folder named
    /// `specs`, template folders left out. Where `within` is a plan, a feature's own folder, or a document
    /// of one such as spec.md, it is that one feature, or none where it has no plan. A relative path is one of the current directory, or else of the root.
    ///
    /// # Errors
    /// Where `within` does not exist, can't be read, or lies outside of the repository. Other folders
    /// that can't be read are listed by [`Workspace::skipped`].
    pub fn features(&self, within: &Path) -> Result<Vec<FeatureLocation>, WorkspaceError> {
        discovery::features(self, within)
    }

    /// The root of a project of its own that holds the feature: the nearest folder below this
    /// repository's root with a `.specify` or a `.git`. Its plans are judged by its own constitution and
    /// facts: open a workspace there.
    #[must_use]
    pub fn project_within(&self, at: &FeatureLocation) -> Option<PathBuf> {
        discovery::project_within(&self.root, &at.folder)
    }

    /// Loads a feature: its plan, the documents beside it, the constitution, the plan template, and
    /// the facts of the repository. A document that is not there is absent; one that can't be read is
    /// unknown, and says so in its `problems`.
    ///
    /// # Errors
    /// Where the plan can't be read: it is a folder, a binary file, too large, forbidden, or gone.
    pub fn feature(&self, at: &FeatureLocation, options: &LoadOptions) -> Result<Feature, WorkspaceError> {
        documents::load(self, at, options)
    }

    /// What stands around a feature that nobody has planned yet: the constitution and the plan template
    /// that a plan in `folder`, relative to the root, is held against.
    #[must_use]
    pub fn unplanned(&self, folder: &str) -> Feature {
        documents::unplanned(self, folder)
    }

    /// The constitution that stands in `folder`, relative to the root, or above it; absent where there is none.
    #[must_use]
    pub fn constitution(&self, folder: &str) -> Document {
        documents::constitution(self, folder)
    }

    /// The plan template that stands in `folder`, relative to the root, or above it; absent where there is none.
    #[must_use]
    pub fn plan_template(&self, folder: &str) -> Document {
        documents::plan_template(self, folder)
    }

    /// The facts of the repository. Computed when first asked for, then shared.
    #[must_use]
    pub fn facts(&self) -> Arc<RepositoryFacts> {
        Arc::clone(self.facts.get_or_init(|| Arc::new(facts::facts(&self.root, self.walk()))))
    }

    /// What was passed over so far, and why, sorted.
    #[must_use]
    pub fn skipped(&self) -> Vec<Skipped> {
        let mut all = self.skipped.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(walk) = self.walk.get() {
            all.extend(walk.skipped.iter().cloned());
        }
        if let Some(facts) = self.facts.get() {
            all.extend(facts.skipped.iter().cloned());
        }
        all.into_iter().collect()
    }

    fn walk(&self) -> &Walk {
        self.walk.get_or_init(|| walk::tracked(&self.root))
    }

    fn skip(&self, path: impl Into<String>, reason: impl Into<String>) {
        let skipped = Skipped { path: path.into(), reason: reason.into() };
        self.skipped.lock().unwrap_or_else(PoisonError::into_inner).insert(skipped);
    }
}

/// `path` relative to `root`, with `/`; nothing where it lies elsewhere.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let inner = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/"))
}

/// The folder that holds `path`, empty at the root.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of `path`.
fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// `name` inside of `folder`.
fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests;
