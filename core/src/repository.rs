//! Facts of the repository around a feature: paths, manifests, configuration. Pure data.

mod endings;
mod paths;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Place;
use crate::source::Span;
pub(crate) use endings::Endings;
pub use paths::{PathIndex, Paths};

/// What is known of the repository. Made by [`crate::workspace`], or by hand in tests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct RepositoryFacts {
    /// Tracked files, relative to the root, with `/`, sorted. Without vendored and ignored folders.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub paths: Paths,
    /// Folders whose files are not listed: vendored code, links to folders, submodules and other
    /// repositories. Sorted, without a slash at the end.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub unlisted_folders: Paths,
    /// Manifests with their dependencies and scripts.
    pub manifests: Vec<Manifest>,
    /// tsconfig*.json and jsconfig*.json files.
    pub tsconfigs: Vec<TsConfig>,
    /// Workflows of GitHub, GitLab, CircleCI, Azure, Jenkins, Buildkite.
    pub workflows: Vec<Workflow>,
    /// Hook files with their commands.
    pub hooks: Vec<Hook>,
    /// Migration folders.
    pub migrations: Vec<MigrationFolder>,
    /// Tracked `.env` files that hold values; the values themselves are not kept.
    pub env_files: Vec<EnvFile>,
    /// Configured wildcard CORS origins, or other settings that a rule asked for.
    pub settings: Vec<Setting>,
    /// Files that were skipped, and why: too large, unreadable, not text.
    pub skipped: Vec<Skipped>,
    /// Texts of the files that the facts were read from, so that a span becomes a line; values of
    /// `.env` files are masked.
    #[serde(skip)]
    pub sources: BTreeMap<String, String>,
}

/// A package manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Manifest {
    /// Its path, such as `backend/package.json`.
    pub path: String,
    /// Its language or ecosystem: `javascript`, `typescript`, `python`, `rust`, `go`, `java`,
    /// `kotlin`, `csharp`, `ruby`, `php`, `dart`, `elixir`, `swift`.
    pub language: String,
    /// Its dependencies, development ones included.
    pub dependencies: Vec<Dependency>,
    /// Its scripts: name and command.
    pub scripts: Vec<Script>,
    /// The version of the language that it asks for, as written: `1.24`, `>=3.11`, `net8.0`.
    pub language_version: Option<Dependency>,
}

/// One dependency of a manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Dependency {
    /// The package's name as the manifest writes it.
    pub name: String,
    /// The version as written.
    pub version: Option<String>,
    /// Where it stands in the manifest, in bytes.
    pub span: Span,
}

impl Dependency {
    /// Whether it goes by this name: the whole of it, or what stands behind the group of a Maven
    /// artifact or the host and owner of a Go module or a Swift package. Case is not regarded, and
    /// `_` equals `-`.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let behind = |mark| self.name.rsplit_once(mark).map(|(_, last)| last);
        same_name(&self.name, name)
            || behind(':').is_some_and(|artifact| same_name(artifact, name))
            || (self.name.split('/').next().is_some_and(|host| host.contains('.'))
                && module_name(&self.name).is_some_and(|module| same_name(module, name)))
    }
}

/// `gin` of `github.com/gin-gonic/gin`, `pgx` of `github.com/jackc/pgx/v5`.
fn module_name(path: &str) -> Option<&str> {
    let version =
        |part: &str| part.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    path.rsplit('/').find(|part| !version(part)).map(|part| part.strip_suffix(".git").unwrap_or(part))
}

fn same_name(known: &str, name: &str) -> bool {
    let same = |a: u8, b: u8| a.eq_ignore_ascii_case(&b) || (matches!(a, b'-' | b'_') && matches!(b, b'-' | b'_'));
    known.len() == name.len() && known.bytes().zip(name.bytes()).all(|(a, b)| same(a, b))
}

/// One script of a manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Script {
    /// Its name.
    pub name: String,
    /// Its command.
    pub command: String,
    /// Where it stands in the manifest, in bytes.
    pub span: Span,
}

/// One tsconfig file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct TsConfig {
    /// Its path.
    pub path: String,
    /// `strict` as it is in force, `extends` followed: the value and the file that sets it.
    pub strict: Option<StrictSetting>,
    /// A base in a package, which can't be looked at.
    pub unresolved_extends: Option<String>,
}

/// Where `strict` is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct StrictSetting {
    /// Its value.
    pub value: bool,
    /// The file that sets it.
    pub path: String,
    /// Where, in bytes.
    pub span: Span,
}

/// One continuous-integration file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Workflow {
    /// Its path.
    pub path: String,
    /// The jobs' names, stages and step names, `uses` and commands, in order.
    pub steps: Vec<Step>,
}

/// One step of a workflow or one command of a hook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Step {
    /// A name, an action or a command.
    pub text: String,
    /// Where it stands, in bytes.
    pub span: Span,
}

/// One hook file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Hook {
    /// Its path, such as `.husky/pre-commit`.
    pub path: String,
    /// Its commands, or the ids of its hooks.
    pub steps: Vec<Step>,
}

/// One folder of migrations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct MigrationFolder {
    /// Its path.
    pub path: String,
    /// The tool, such as `golang-migrate`, `knex`, `alembic`, `prisma`.
    pub tool: Option<String>,
    /// Migration files without a down side, in a tool that has one.
    pub irreversible: Vec<String>,
    /// Number of migrations.
    pub count: u32,
}

/// One tracked `.env` file that holds values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct EnvFile {
    /// Its path.
    pub path: String,
    /// Keys whose values look like credentials, each with the span of its value.
    pub secrets: Vec<Dependency>,
}

/// A setting in a file that a rule asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Setting {
    /// The file.
    pub path: String,
    /// What is set, such as `cors-origin`.
    pub key: String,
    /// Its value.
    pub value: String,
    /// Where, in bytes.
    pub span: Span,
}

/// A file that was not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Skipped {
    /// Its path.
    pub path: String,
    /// Why; completes "the path …", such as `is a binary file`.
    pub reason: String,
}

impl RepositoryFacts {
    /// Facts of a repository that holds just these paths.
    #[must_use]
    pub fn of_paths(paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { paths: paths.into_iter().collect(), ..Self::default() }
    }

    /// Whether a tracked file has this path.
    #[must_use]
    pub fn has_file(&self, path: &str) -> bool {
        self.paths.has(path)
    }

    /// Whether a tracked file lies in this folder, at any depth, or the folder is one whose files are
    /// not listed.
    #[must_use]
    pub fn has_directory(&self, path: &str) -> bool {
        let folder = path.trim_end_matches('/');
        if folder.is_empty() || folder == "." {
            return true;
        }
        !self.paths.below(folder).is_empty() || self.is_unlisted(folder)
    }

    /// Whether a path is, or lies in, a folder whose files are not listed: what isn't found there
    /// is not absent.
    #[must_use]
    pub fn is_unlisted(&self, path: &str) -> bool {
        let mut above = path.match_indices('/').map(|(end, _)| &path[..end]);
        self.unlisted_folders.has(path) || above.any(|folder| self.unlisted_folders.has(folder))
    }

    /// The first dependency with this name in any manifest, with its place. See
    /// [`Dependency::is_named`].
    #[must_use]
    pub fn dependency(&self, name: &str) -> Option<(&Manifest, &Dependency)> {
        self.manifests.iter().find_map(|manifest| {
            manifest.dependencies.iter().find(|known| known.is_named(name)).map(|known| (manifest, known))
        })
    }

    /// Whether the absence of a dependency proves anything: there is a manifest, and none was
    /// skipped because it is empty, too large or malformed.
    #[must_use]
    pub fn has_all_dependencies(&self) -> bool {
        let skipped = |manifest: &Manifest| self.skipped.iter().any(|skipped| skipped.path == manifest.path);
        !self.manifests.is_empty() && !self.manifests.iter().any(skipped)
    }

    /// The text of a file that the facts were read from. Values of `.env` files are masked with
    /// `*`; their places are kept.
    #[must_use]
    pub fn source(&self, path: &str) -> Option<&str> {
        self.sources.get(path).map(String::as_str)
    }

    /// The languages that the manifests show.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.manifests.iter().map(|manifest| manifest.language.as_str())
    }

    /// A place in a file of the repository.
    #[must_use]
    pub fn place(&self, path: &str, span: Span) -> Place {
        Place::new(path, span)
    }
}
