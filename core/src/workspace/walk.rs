//! The files of a repository: hidden ones too, without what git ignores, vendored code, and other
//! repositories inside. No link is followed.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use super::git_index::Index;
use super::reading::{self, ReadError};
use super::{file_name, relative};
use crate::repository::{Paths, Skipped};

/// More files than this are not listed.
const MAX_FILES: usize = 200_000;

/// Folders that hold other people's code or what a tool made, whatever stands beside them.
const VENDORED: &[&str] = &[
    ".dart_tool", ".direnv", ".eggs", ".gradle", ".mypy_cache", ".next", ".nox", ".nuxt", ".pnpm-store",
    ".pytest_cache", ".ruff_cache", ".svelte-kit", ".terraform", ".tox", ".turbo", ".venv", ".yarn", "Carthage",
    "DerivedData", "Pods", "__pycache__", "bower_components", "elm-stuff", "jspm_packages", "node_modules",
    "site-packages", "third-party", "third_party", "thirdparty", "vendor",
];

/// Folders that a tool makes where one of these files stands: a `target` of Cargo or Maven is made,
/// a `src/target` is somebody's code.
const MADE: &[(&str, &[&str], Beside)] = &[
    ("target", &["Cargo.toml", "pom.xml", "build.sbt"], Beside::Outside),
    ("deps", &["mix.exs"], Beside::Outside),
    ("_build", &["mix.exs", "dune-project", "rebar.config"], Beside::Outside),
    ("venv", &["pyvenv.cfg"], Beside::Inside),
    ("env", &["pyvenv.cfg"], Beside::Inside),
];

/// Whether the telling file stands beside the folder or in it.
#[derive(Clone, Copy, Debug)]
enum Beside {
    Outside,
    Inside,
}

/// Version control's own folders.
const CONTROL: &[&str] = &[".git", ".hg", ".jj", ".svn"];

/// What stands in a repository.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Files.
    pub(super) files: Paths,
    /// Those of `files` that git does not track; nothing where git's index can't be read.
    pub(super) untracked: Option<Paths>,
    /// Folders whose files are not listed.
    pub(super) unlisted: Paths,
    /// What was passed over.
    pub(super) skipped: Vec<Skipped>,
}

/// Walks the repository at `root`, which is a resolved path.
pub(super) fn tracked(root: &Path) -> Walk {
    let mut walk = everything(root, root, true);
    let Some(Index { files }) = Index::of(root) else { return walk };
    let tracked = Paths::from(files);
    let forced: Vec<&String> = tracked
        .iter()
        .filter(|file| !walk.files.has(file) && is_listed(file, &walk) && is_plain_file(root, file))
        .collect();
    walk.untracked = Some(walk.files.iter().filter(|file| !tracked.has(file)).collect());
    if !forced.is_empty() {
        walk.files.extend(forced);
    }
    walk
}

/// Walks `from`, a folder of the repository, with git's ignore rules or without.
pub(super) fn everything(root: &Path, from: &Path, ignore: bool) -> Walk {
    let left_out = Arc::new(Mutex::new(Vec::new()));
    let mut builder = WalkBuilder::new(from);
    let mut met = Met::default();
    let mut bytes = 0;
    // The walker reads these without a look: a pipe would hold it for ever.
    let mut reads = |name: &str| {
        let Some(size) = ignore.then(|| ignore_bytes(from, name, bytes)) else { return false };
        if let Some((reason, path)) = size.as_ref().err().zip(relative(root, &from.join(name))) {
            met.skip(path, format!("{reason}: nothing is ignored because of it"));
        }
        bytes += size.as_ref().copied().unwrap_or_default();
        size.is_ok()
    };
    let (of_folder, of_control) = (reads(GITIGNORE), reads(".git/info/exclude"));
    let filter = Filter {
        repository: root.join(".git").exists(),
        ignore,
        ignore_bytes: Mutex::new(HashMap::from([(from.to_owned(), bytes)])),
        left_out: Arc::clone(&left_out),
    };
    builder
        .standard_filters(false)
        .git_ignore(of_folder)
        .git_exclude(of_control)
        // A working tree without `.git` (an archive, a container) ignores the same files.
        .require_git(false)
        .follow_links(false)
        .filter_entry(move |entry| filter.keeps(entry));
    for entry in builder.build() {
        match entry {
            Ok(entry) => met.add(root, &entry),
            Err(error) => met.skip_error(root, error),
        }
        if met.files.len() >= MAX_FILES {
            met.skip(".", format!("holds more than {MAX_FILES} files: the rest was not looked at"));
            break;
        }
    }
    for (path, reason) in left_out.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        let Some(path) = relative(root, &path) else { continue };
        if let Some(reason) = reason {
            met.skip(path.clone(), reason);
        }
        met.unlisted.push(path);
    }
    met.skipped.sort_unstable();
    Walk { files: met.files.into(), untracked: None, unlisted: met.unlisted.into(), skipped: met.skipped }
}

/// What was met on the way, in no order.
#[derive(Debug, Default)]
struct Met {
    files: Vec<String>,
    unlisted: Vec<String>,
    skipped: Vec<Skipped>,
}

impl Met {
    fn add(&mut self, root: &Path, entry: &DirEntry) {
        let Some(path) = relative(root, entry.path()) else { return };
        let Some(kind) = entry.file_type() else { return };
        if entry.path().to_str().is_none() {
            self.skip(path, "has a name that is not UTF-8");
        } else if kind.is_file() {
            self.files.push(path);
        } else if kind.is_symlink() {
            self.add_link(root, entry.path(), path);
        } else if !kind.is_dir() {
            self.skip(path, ReadError::NotAFile(reading::kind_of(&kind)).to_string());
        }
    }

    /// A link to a file of the repository counts as that file; one to a folder is not followed.
    fn add_link(&mut self, root: &Path, link: &Path, path: String) {
        match reading::resolve(root, link) {
            Ok(target) if target.is_file() => self.files.push(path),
            Ok(target) if target.is_dir() => {
                self.skip(path.clone(), "is a link to a folder, which is not followed");
                self.unlisted.push(path);
            }
            Ok(_) => self.skip(path, "is a link to something that is no file"),
            Err(ReadError::Missing) => {}
            Err(error) => {
                if matches!(error, ReadError::Outside) {
                    self.unlisted.push(path.clone());
                }
                self.skip(path, error.to_string());
            }
        }
    }

    /// A folder that can't be read is passed over with a word; one that vanished is none.
    fn skip_error(&mut self, root: &Path, error: ignore::Error) {
        if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return;
        }
        let path = path_of(&error).and_then(|path| relative(root, path)).unwrap_or_else(|| ".".to_owned());
        let reason = match error.into_io_error() {
            Some(error) => ReadError::Io(plain(&error)).to_string(),
            None => "could not be read".to_owned(),
        };
        self.unlisted.push(path.clone());
        self.skip(path, reason);
    }

    fn skip(&mut self, path: impl Into<String>, reason: impl Into<String>) {
        self.skipped.push(Skipped { path: path.into(), reason: reason.into() });
    }
}

/// The system's own words, without the absolute path that the walker adds.
fn plain(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| io::Error::from(error.kind()), io::Error::from_raw_os_error)
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::Partial(errors) => errors.first().and_then(path_of),
        _ => None,
    }
}

/// A file that git tracks although it ignores it: none that stands in a folder which is left out.
fn is_listed(file: &str, walk: &Walk) -> bool {
    let mut folders = file.split('/').rev().skip(1);
    let is_unlisted = || file.match_indices('/').any(|(end, _)| walk.unlisted.has(&file[..end]));
    !folders.any(|folder| VENDORED.contains(&folder)) && !is_unlisted()
}

fn is_plain_file(root: &Path, file: &str) -> bool {
    fs::symlink_metadata(root.join(file)).is_ok_and(|metadata| metadata.is_file())
}

/// The file by which a folder says what git ignores.
const GITIGNORE: &str = ".gitignore";

/// The lists of ignored files that hold for one folder have so many bytes together. A rule takes some hundred times its
/// length in memory.
const MOST_IGNORE_BYTES: u64 = 256 << 10;

/// The size of a folder's file of ignore rules, nothing where it has none, beside which so many bytes of others are read.
fn ignore_bytes(folder: &Path, name: &str, others: u64) -> Result<u64, ReadError> {
    let path = folder.join(name);
    let Ok(link) = fs::symlink_metadata(&path) else { return Ok(0) };
    if link.is_symlink() {
        // A folder that vanished has no rules.
        let Ok(folder) = fs::canonicalize(folder) else { return Ok(0) };
        reading::resolve(&folder, &path)?;
    }
    let Ok(metadata) = fs::metadata(&path) else { return Ok(0) };
    if !metadata.is_file() {
        return Err(ReadError::NotAFile(reading::kind_of(&metadata.file_type())));
    }
    let size = metadata.len();
    let limit = MOST_IGNORE_BYTES.saturating_sub(others);
    if size > limit { Err(ReadError::TooLarge { size, limit }) } else { Ok(size) }
}

/// A folder that is not entered, with a word where it is not plain why.
type LeftOut = (PathBuf, Option<String>);

/// Decides which folders are entered, and notes the others.
struct Filter {
    /// Whether the root is a git repository: only then are repositories inside it somebody else's. A
    /// plain folder of repositories is walked through.
    repository: bool,
    /// Whether ignore rules are read.
    ignore: bool,
    /// The bytes of rules that hold in folders which have some of their own, those of the folders above included.
    ignore_bytes: Mutex<HashMap<PathBuf, u64>>,
    left_out: Arc<Mutex<Vec<LeftOut>>>,
}

impl Filter {
    fn keeps(&self, entry: &DirEntry) -> bool {
        let name = entry.file_name().to_string_lossy();
        if CONTROL.contains(&name.as_ref()) {
            return false;
        }
        if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
            return true;
        }
        let reason = if VENDORED.contains(&name.as_ref()) || is_made(entry.path(), &name) {
            None
        } else if self.repository && entry.path().join(".git").exists() {
            Some("is a repository of its own".to_owned())
        } else if let Some(reason) = self.unfit_rules(entry.path()) {
            Some(format!("is not entered, because its {GITIGNORE} {reason}"))
        } else {
            return true;
        };
        self.left_out.lock().unwrap_or_else(PoisonError::into_inner).push((entry.path().to_owned(), reason));
        false
    }

    /// Why a folder's own ignore rules are not read.
    fn unfit_rules(&self, folder: &Path) -> Option<ReadError> {
        if !self.ignore {
            return None;
        }
        let mut known = self.ignore_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let above = folder.ancestors().skip(1).find_map(|folder| known.get(folder)).copied().unwrap_or_default();
        match ignore_bytes(folder, GITIGNORE, above) {
            Ok(0) => None,
            Ok(own) => {
                known.insert(folder.to_owned(), above + own);
                None
            }
            Err(reason) => Some(reason),
        }
    }
}

fn is_made(path: &Path, name: &str) -> bool {
    MADE.iter().filter(|(made, ..)| *made == name).any(|(_, files, beside)| {
        let folder = match beside {
            Beside::Inside => Some(path),
            Beside::Outside => path.parent(),
        };
        folder.is_some_and(|folder| files.iter().any(|file| folder.join(file).exists()))
    })
}

/// Whether a file lies in a folder of test data: its manifests are nobody's.
pub(super) fn is_test_data(path: &str) -> bool {
    const FOLDERS: &[&str] = &["__fixtures__", "__snapshots__", "fixtures", "test-data", "test_data", "testdata"];
    path.split('/').any(|part| FOLDERS.contains(&part) && part != file_name(path))
}
