//! The numbers that features have taken: folders below `specs`, and git's branches, read without git.

use std::fs;
use std::path::{Path, PathBuf};

use super::git_index::git_folder;
use super::{Workspace, WorkspaceError};

/// The most digits that a feature's number has; more of them are a date.
const MOST_DIGITS: usize = 4;

/// Larger lists of branches are not read.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Folders of branches are entered to this depth.
const MAX_DEPTH: usize = 8;

/// A name such as `012-voting`, of a feature's folder or of a branch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct NumberedName {
    /// The number.
    pub number: u32,
    /// What stands behind it, such as `voting`.
    pub rest: String,
    /// The whole name.
    pub name: String,
}

impl NumberedName {
    /// Reads the last part of a name: of `feature/012-voting` the number is 12.
    ///
    /// ```
    /// use plangate_core::workspace::NumberedName;
    /// let name = NumberedName::read("feature/012-voting").unwrap();
    /// assert_eq!((name.number, name.rest.as_str(), name.name.as_str()), (12, "voting", "012-voting"));
    /// assert!(NumberedName::read("20260131-voting").is_none(), "a day");
    /// assert!(NumberedName::read("voting").is_none());
    /// ```
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let name = name.rsplit('/').next()?;
        let (digits, rest) = name.split_once('-')?;
        let is_number = (1..=MOST_DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| is_number && !rest.is_empty())?;
        Some(Self { number, rest: rest.to_owned(), name: name.to_owned() })
    }
}

impl Workspace {
    /// The numbered folders directly below `specs`, by number. None where there is no such folder.
    ///
    /// # Errors
    /// Where `specs` can't be read.
    pub fn numbered_features(&self) -> Result<Vec<NumberedName>, WorkspaceError> {
        let path = self.root.join("specs");
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(WorkspaceError::Unreadable { path, reason: error.into() }),
        };
        let folders = entries.flatten().filter(|entry| entry.path().is_dir());
        let mut names: Vec<_> =
            folders.filter_map(|entry| NumberedName::read(&entry.file_name().to_string_lossy())).collect();
        names.sort();
        Ok(names)
    }

    /// The first number behind those of all features and branches.
    ///
    /// # Errors
    /// Where `specs` can't be read. Branches that can't be read are passed over.
    pub fn next_feature_number(&self) -> Result<u32, WorkspaceError> {
        let features = self.numbered_features()?;
        let branches = branches(&self.root).into_iter().filter_map(|branch| NumberedName::read(&branch));
        let last = features.into_iter().chain(branches).map(|name| name.number).max();
        Ok(last.unwrap_or_default() + 1)
    }
}

/// The names of git's branches, local and remote ones.
fn branches(root: &Path) -> Vec<String> {
    let Some(folder) = git_folder(root) else { return Vec::new() };
    let mut names: Vec<String> = text(&folder.join("HEAD")).into_iter().collect();
    // The branches of a worktree stand with the repository that it belongs to.
    let shared = text(&folder.join("commondir")).map_or_else(|| folder.clone(), |common| folder.join(common.trim()));
    for kind in ["refs/heads", "refs/remotes"] {
        below(&shared.join(kind), 0, &mut names);
    }
    let packed = text(&shared.join("packed-refs")).unwrap_or_default();
    let of_branch = |line: &&str| line.contains(" refs/heads/") || line.contains(" refs/remotes/");
    names.extend(packed.lines().filter(of_branch).map(str::to_owned));
    names.iter().map(|name| name.trim().to_owned()).collect()
}

fn below(folder: &Path, depth: usize, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => below(&entry.path(), depth + 1, names),
            Ok(kind) if kind.is_file() => names.extend(entry.file_name().into_string()),
            _ => {}
        }
    }
}

fn text(path: &PathBuf) -> Option<String> {
    let metadata = fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_BYTES {
        return None;
    }
    Some(String::from_utf8_lossy(&fs::read(path).ok()?).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(files: &[(&str, &str)]) -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::TempDir::new().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let workspace = Workspace::open(folder.path()).unwrap();
        (folder, workspace)
    }

    #[track_caller]
    fn next(files: &[(&str, &str)], expected: u32) {
        let (_folder, workspace) = workspace(files);
        assert_eq!(workspace.next_feature_number().unwrap(), expected);
    }

    #[test]
    fn the_first_feature_is_number_one() {
        next(&[(".specify/memory/constitution.md", "")], 1);
    }

    #[test]
    fn folders_count() {
        next(&[("specs/003-a/plan.md", ""), ("specs/011-b/spec.md", ""), ("specs/20260131-c/plan.md", "")], 12);
        next(&[(".specify/x", ""), ("specs/012-note.md", "")], 1);
    }

    #[test]
    fn branches_count() {
        let head = (".git/HEAD", "ref: refs/heads/feature/008-on\n");
        next(&[head, ("specs/003-a/plan.md", "")], 9);
        next(&[head, (".git/refs/heads/feature/014-loose", "0\n"), (".git/refs/tags/099-tag", "0\n")], 15);
        let packed = "# pack-refs with: peeled\n00 refs/heads/021-packed\n00 refs/remotes/origin/022-remote\n00 refs/tags/099-tag\n";
        next(&[head, (".git/packed-refs", packed)], 23);
    }

    #[test]
    fn a_worktree_shares_its_branches() {
        let (folder, _) = workspace(&[
            ("main/.git/refs/heads/031-a", "0\n"),
            ("main/.git/worktrees/other/HEAD", "ref: refs/heads/002-b\n"),
            ("main/.git/worktrees/other/commondir", "../..\n"),
            ("other/.git", "gitdir: ../main/.git/worktrees/other\n"),
        ]);
        let other = Workspace::open(folder.path().join("other")).unwrap();
        assert_eq!(other.next_feature_number().unwrap(), 32);
    }
}
