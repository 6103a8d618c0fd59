//! Loads one feature: the plan, the documents beside it, and what the repository keeps for all.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::ptr;
use std::sync::Arc;
use std::sync::{Mutex, PoisonError};

use super::reading::{self, ReadError};
use super::{FeatureLocation, Workspace, WorkspaceError, folder_of, join};
use crate::feature::{Document, DocumentKind, Feature, FeatureBuilder};
use crate::parse::aliases::Aliases;

/// What is loaded, and how much of it.
///
/// ```
/// use plangate_core::workspace::LoadOptions;
/// let options = LoadOptions::default().without_repository().max_document_bytes(64 * 1024);
/// # let _ = options;
/// ```
#[derive(Clone, Debug)]
pub struct LoadOptions {
    repository: bool,
    max_document_bytes: u64,
    max_contracts: usize,
    aliases: Option<Arc<Aliases>>,
    constitutions: Option<Arc<BTreeMap<String, String>>>,
}

/// The largest document that is read, in bytes, unless something else is said.
pub const MOST_DOCUMENT_BYTES: u64 = 2 * 1024 * 1024;

impl Default for LoadOptions {
    fn default() -> Self {
        Self {
            repository: true,
            max_document_bytes: MOST_DOCUMENT_BYTES,
            max_contracts: 200,
            aliases: None,
            constitutions: None,
        }
    }
}

impl LoadOptions {
    /// Leaves the facts of the repository unknown.
    #[must_use]
    pub fn without_repository(mut self) -> Self {
        self.repository = false;
        self
    }

    /// The largest document that is read; 2 MiB where it isn't said.
    #[must_use]
    pub fn max_document_bytes(mut self, bytes: u64) -> Self {
        self.max_document_bytes = bytes;
        self
    }

    /// How many files under contracts/ are read; 200 where it isn't said.
    #[must_use]
    pub fn max_contracts(mut self, number: usize) -> Self {
        self.max_contracts = number;
        self
    }

    /// What the headings and keys of plans and of their template are called.
    #[must_use]
    pub fn aliases(mut self, aliases: Arc<Aliases>) -> Self {
        self.aliases = Some(aliases);
        self
    }

    /// What the headings and keys of plans are called.
    #[must_use]
    pub fn names(&self) -> &Aliases {
        self.aliases.as_deref().unwrap_or(Aliases::built_in())
    }

    /// The constitutions of the repository, by their paths relative to its root, instead of those on
    /// disk: those of another revision.
    #[must_use]
    pub fn constitutions(mut self, texts: Arc<BTreeMap<String, String>>) -> Self {
        self.constitutions = Some(texts);
        self
    }
}

/// The documents beside a plan.
pub(super) const BESIDE: &[(DocumentKind, &str)] = &[
    (DocumentKind::Spec, "spec.md"),
    (DocumentKind::Tasks, "tasks.md"),
    (DocumentKind::Research, "research.md"),
    (DocumentKind::DataModel, "data-model.md"),
    (DocumentKind::Quickstart, "quickstart.md"),
];

/// Where a constitution may stand, best first.
const CONSTITUTIONS: &[&str] = &[
    ".specify/memory/constitution.md", "memory/constitution.md", ".specify/constitution.md", "docs/constitution.md",
    "CONSTITUTION.md", "constitution.md",
];

/// Where a plan template may stand: a team's own before the one that came with Spec Kit.
const PLAN_TEMPLATES: &[&str] = &[
    ".specify/templates/overrides/plan-template.md", ".specify/templates/plan-template.md",
    "templates/plan-template.md",
];

pub(super) const CONTRACTS: &str = "contracts";

/// Folders below contracts/ are entered to this depth.
const MAX_CONTRACT_DEPTH: usize = 8;

/// Loads the feature at `at`.
pub(super) fn load(
    workspace: &Workspace,
    at: &FeatureLocation,
    options: &LoadOptions,
) -> Result<Feature, WorkspaceError> {
    let loader = Loader::new(workspace, options);
    let plan = loader.plan(&at.plan)?;
    let neighbours = loader.neighbours(&at.folder);
    let mut builder = Feature::builder().document(plan);
    if let Some(aliases) = &options.aliases {
        builder = builder.aliases(Arc::clone(aliases));
    }
    if !at.folder.is_empty() {
        builder = builder.folder(at.folder.as_str());
    }
    for (kind, name) in BESIDE {
        let actual = neighbours.get(*name).map_or(*name, String::as_str);
        builder = builder.document(loader.document(*kind, join(&at.folder, actual)));
    }
    for contract in loader.contracts(&at.folder, &neighbours, options.max_contracts) {
        builder = builder.document(contract);
    }
    builder = loader.kept_for_all(builder, &at.folder);
    if options.repository {
        builder = builder.repository(workspace.facts());
    }
    Ok(builder.build())
}

/// A feature in `folder` before it has a plan.
pub(super) fn unplanned(workspace: &Workspace, folder: &str) -> Feature {
    let options = LoadOptions::default();
    Loader::new(workspace, &options).kept_for_all(Feature::builder().folder(folder), folder).build()
}

pub(super) fn constitution(workspace: &Workspace, folder: &str) -> Document {
    let options = LoadOptions::default();
    Loader::new(workspace, &options).upwards_from(DocumentKind::Constitution, folder, CONSTITUTIONS)
}

pub(super) fn plan_template(workspace: &Workspace, folder: &str) -> Document {
    let options = LoadOptions::default();
    Loader::new(workspace, &options).upwards_from(DocumentKind::PlanTemplate, folder, PLAN_TEMPLATES)
}

struct Loader<'a> {
    workspace: &'a Workspace,
    limit: u64,
    aliases: &'a Aliases,
    constitutions: Option<&'a BTreeMap<String, String>>,
}

impl<'a> Loader<'a> {
    fn new(workspace: &'a Workspace, options: &'a LoadOptions) -> Self {
        Self {
            workspace,
            limit: options.max_document_bytes,
            aliases: options.names(),
            constitutions: options.constitutions.as_deref(),
        }
    }

    fn plan(&self, path: &str) -> Result<Document, WorkspaceError> {
        let full = self.workspace.root.join(path);
        match reading::read(&self.workspace.root, &full, self.limit) {
            Ok(read) => {
                let document = Document::provided_with(DocumentKind::Plan, path, read.text, self.aliases);
                Ok(document.with_problems(read.problem))
            }
            Err(ReadError::Missing) => Err(WorkspaceError::NotFound { path: full }),
            Err(reason) => Err(WorkspaceError::Unreadable { path: full, reason }),
        }
    }

    /// The document at `path`: provided, absent, or unreadable.
    fn document(&self, kind: DocumentKind, path: String) -> Document {
        match reading::read(&self.workspace.root, &self.workspace.root.join(&path), self.limit) {
            Ok(read) => Document::provided_with(kind, path, read.text, self.aliases).with_problems(read.problem),
            Err(ReadError::Missing) => Document::absent(kind, path),
            Err(reason) => self.unreadable(kind, path, &reason),
        }
    }

    fn unreadable(&self, kind: DocumentKind, path: String, reason: &ReadError) -> Document {
        self.workspace.skip(path.clone(), reason.to_string());
        Document::unreadable(kind, path, reason.to_string())
    }

    /// The names in a feature's folder by their lower-case form: `Spec.md` is a spec as well. The
    /// usual name wins where a folder holds several.
    fn neighbours(&self, folder: &str) -> BTreeMap<String, String> {
        let mut names = BTreeMap::new();
        for name in self.names(folder).unwrap_or_default() {
            let usual = name.to_lowercase();
            if name == usual || !names.contains_key(&usual) {
                names.insert(usual, name);
            }
        }
        names
    }

    fn contracts(&self, folder: &str, neighbours: &BTreeMap<String, String>, limit: usize) -> Vec<Document> {
        let name = neighbours.get(CONTRACTS).map_or(CONTRACTS, String::as_str);
        let path = join(folder, name);
        let absent = |path| vec![Document::absent(DocumentKind::Contract, path)];
        if !neighbours.contains_key(CONTRACTS) {
            return absent(path);
        }
        let mut files = Vec::new();
        if let Err(reason) = self.files_below(&path, 0, limit, &mut files) {
            return vec![self.unreadable(DocumentKind::Contract, path, &reason)];
        }
        let mut documents = Vec::new();
        for file in files {
            match reading::read(&self.workspace.root, &self.workspace.root.join(&file), self.limit) {
                Ok(read) => documents
                    .push(Document::provided(DocumentKind::Contract, file, read.text).with_problems(read.problem)),
                Err(ReadError::Missing) => {}
                // A picture or a compiled schema among the contracts is no contract.
                Err(ReadError::Binary) => self.workspace.skip(file, ReadError::Binary.to_string()),
                Err(reason) => documents.push(self.unreadable(DocumentKind::Contract, file, &reason)),
            }
        }
        if documents.is_empty() { absent(path) } else { documents }
    }

    /// The files below a folder, sorted, hidden ones and links to folders left out.
    fn files_below(&self, folder: &str, depth: usize, limit: usize, files: &mut Vec<String>) -> Result<(), ReadError> {
        for name in self.names(folder)? {
            if name.starts_with('.') {
                continue;
            }
            let path = join(folder, &name);
            let Ok(metadata) = fs::symlink_metadata(self.workspace.root.join(&path)) else { continue };
            if metadata.is_dir() {
                if depth >= MAX_CONTRACT_DEPTH {
                    self.workspace.skip(path, "lies too deep below contracts/");
                } else if let Err(reason) = self.files_below(&path, depth + 1, limit, files) {
                    self.workspace.skip(path, reason.to_string());
                }
            } else if metadata.is_symlink() && self.workspace.root.join(&path).is_dir() {
                self.workspace.skip(path, "is a link to a folder, which is not followed");
            } else if files.len() >= limit {
                self.workspace.skip(folder, format!("holds more than {limit} contracts: the rest was not read"));
                return Ok(());
            } else {
                files.push(path);
            }
        }
        Ok(())
    }

    /// The names in a folder, sorted. The folder itself may be a link within the repository.
    fn names(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let path = reading::resolve(&self.workspace.root, &self.workspace.root.join(folder))?;
        let mut names: Vec<String> =
            fs::read_dir(path)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Adds what the repository keeps for all features.
    fn kept_for_all(&self, builder: FeatureBuilder, folder: &str) -> FeatureBuilder {
        builder.document(self.upwards(DocumentKind::Constitution, folder, CONSTITUTIONS)).document(self.upwards(
            DocumentKind::PlanTemplate,
            folder,
            PLAN_TEMPLATES,
        ))
    }

    /// The first of `candidates` that stands in a folder above the feature, nearest folder first.
    fn upwards(&self, kind: DocumentKind, folder: &str, candidates: &[&str]) -> Document {
        self.upwards_from(kind, folder_of(folder), candidates)
    }

    /// The first of `candidates` that stands in a folder or above it, nearest folder first.
    fn upwards_from(&self, kind: DocumentKind, folder: &str, candidates: &[&str]) -> Document {
        let mut at = folder;
        let given = self.constitutions.filter(|_| kind == DocumentKind::Constitution);
        loop {
            for candidate in candidates {
                let path = join(at, candidate);
                if let Some(given) = given {
                    match given.get(&path) {
                        Some(text) => return Document::provided(kind, path, text.as_str()),
                        None => continue,
                    }
                }
                if is_there(&self.workspace.root.join(&path)) {
                    // A template is read by the names of its configuration; a constitution has none.
                    let is_shared = kind == DocumentKind::Constitution || ptr::eq(self.aliases, Aliases::built_in());
                    let read = || self.document(kind, path.clone());
                    return if is_shared { self.workspace.shared.get(&path, self.limit, read) } else { read() };
                }
            }
            if at.is_empty() {
                return Document::absent(
                    kind,
                    candidates.iter().find(|path| !path.contains("overrides")).copied().unwrap_or_default(),
                );
            }
            at = folder_of(at);
        }
    }
}

/// The documents that many features share, each read once.
#[derive(Debug, Default)]
pub(super) struct SharedDocuments(Mutex<HashMap<(String, u64), Document>>);

impl SharedDocuments {
    /// The document at `path`, of which up to `limit` bytes are read; `read` where nobody asked before.
    fn get(&self, path: &str, limit: u64, read: impl FnOnce() -> Document) -> Document {
        let key = (path.to_owned(), limit);
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = known().get(&key) {
            return document.clone();
        }
        // Two threads may read it at once; both read the same.
        let document = read();
        known().insert(key, document.clone());
        document
    }
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
