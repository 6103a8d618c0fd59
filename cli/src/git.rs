//! What git knows of a repository: the files that a range touches, and texts of another revision. The
//! `git` of the system is asked; nothing that a repository says of it runs.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use plangate_core::config::ConfigReader;

use crate::error::Error;

/// The mode of a link in a tree.
const LINK: &str = "120000";

/// What git writes when it is asked this, in the folder `root`; `option` is what asked for it.
fn git(root: &Path, option: &'static str, arguments: &[&str]) -> Result<Vec<u8>, Error> {
    let fault = |reason: String| Error::Git { option, root: root.to_owned(), reason };
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        // Neither a monitor nor a pager that the repository names is started, and nothing is fetched.
        .args(["-c", "core.fsmonitor=false", "--no-pager"])
        .args(arguments)
        .envs([("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("LC_ALL", "C")])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => fault("there is no git on the path; install it".to_owned()),
            _ => fault(format!("git could not be started ({error})")),
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("git failed without a word").trim_start_matches("fatal: ").to_owned();
    Err(fault(said))
}

/// The commit that a revision names.
fn commit(root: &Path, option: &'static str, revision: &str) -> Result<String, Error> {
    let asked = format!("{revision}^{{commit}}");
    git(root, option, &["rev-parse", "--git-dir"])?;
    let found = git(root, option, &["rev-parse", "--verify", "--quiet", "--end-of-options", &asked]);
    let found = found.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    match found {
        Ok(hash) if !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => Ok(hash),
        _ => {
            let reason = format!("there is no revision `{revision}`; fetch it, or name another one");
            Err(Error::Git { option, root: root.to_owned(), reason })
        }
    }
}

/// The files below `root` that changed since a revision, or in a range `A..B` or `A...B`, relative to
/// `root`. Since a revision means since its last common commit with what is checked out; what is not
/// committed yet counts as well.
pub(crate) fn changed(root: &Path, range: &str) -> Result<Vec<String>, Error> {
    const OPTION: &str = "--changed-since";
    const DIFF: [&str; 6] = ["diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", "--relative"];
    let side = |side: &str| commit(root, OPTION, if side.is_empty() { "HEAD" } else { side });
    let files = if let Some((from, to)) = range.split_once("...") {
        let (from, to) = (side(from)?, side(to)?);
        git(root, OPTION, &[&DIFF[..], &["--merge-base", &from, &to, "--"]].concat())?
    } else if let Some((from, to)) = range.split_once("..") {
        let (from, to) = (side(from)?, side(to)?);
        git(root, OPTION, &[&DIFF[..], &[&from, &to, "--"]].concat())?
    } else {
        let from = side(range)?;
        let mut files = git(root, OPTION, &[&DIFF[..], &["--merge-base", &from, "--"]].concat())?;
        files.extend(git(root, OPTION, &["ls-files", "-z", "--others", "--exclude-standard"])?);
        files
    };
    let names = files.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
}

/// The files of a repository as they are in another revision. What lies outside of the repository is
/// read from disk.
#[derive(Debug)]
pub(crate) struct AtRevision<D> {
    revision: String,
    top: PathBuf,
    /// Mode and hash of each file, by its path relative to the top.
    files: BTreeMap<String, (String, String)>,
    disk: D,
}

const CONFIG_FROM: &str = "--config-from";

impl<D: ConfigReader> AtRevision<D> {
    /// The files of the working copy that holds `root`, a path with all links resolved.
    pub(crate) fn open(root: &Path, revision: &str, disk: D) -> Result<Self, Error> {
        let commit = commit(root, CONFIG_FROM, revision)?;
        let top = git(root, CONFIG_FROM, &["rev-parse", "--show-toplevel"])?;
        let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end_matches(['\n', '\r']));
        let top = top.canonicalize().unwrap_or(top);
        let tree = git(root, CONFIG_FROM, &["ls-tree", "-r", "-z", "--full-tree", &commit])?;
        let entries = tree.split(|byte| *byte == 0).filter_map(|entry| {
            let entry = String::from_utf8_lossy(entry);
            let (about, path) = entry.split_once('\t')?;
            let mut about = about.split(' ');
            let (mode, hash) = (about.next()?, about.nth(1)?);
            Some((path.to_owned(), (mode.to_owned(), hash.to_owned())))
        });
        Ok(Self { revision: revision.to_owned(), files: entries.collect(), top, disk })
    }

    /// The constitutions below `root`, by their paths relative to it.
    pub(crate) fn constitutions(&self, root: &Path) -> Result<BTreeMap<String, String>, Error> {
        let prefix = self.inside(root).map(|path| if path.is_empty() { path } else { path + "/" }).unwrap_or_default();
        let mut texts = BTreeMap::new();
        for path in self.files.keys() {
            let Some(below) = path.strip_prefix(&prefix) else { continue };
            if !below.to_ascii_lowercase().ends_with("constitution.md") {
                continue;
            }
            let text = self.text(path).map_err(|reason| Error::Git {
                option: CONFIG_FROM,
                root: root.to_owned(),
                reason: format!("{path} {reason}"),
            })?;
            texts.extend(text.map(|text| (below.to_owned(), text)));
        }
        Ok(texts)
    }

    /// `path` relative to the top, with `/`.
    fn inside(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.top).ok()?;
        let mut parts: Vec<String> = Vec::new();
        for part in below.components() {
            match part {
                std::path::Component::ParentDir => drop(parts.pop()),
                std::path::Component::CurDir => {}
                part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
            }
        }
        Some(parts.join("/"))
    }

    fn text(&self, path: &str) -> Result<Option<String>, String> {
        let Some((mode, hash)) = self.files.get(path) else { return Ok(None) };
        if mode == LINK {
            return Err(format!("is a link in {}, which is not followed", self.revision));
        }
        let bytes = git(&self.top, CONFIG_FROM, &["cat-file", "blob", hash]);
        let bytes = bytes.map_err(|error| format!("could not be read from {} ({error})", self.revision))?;
        String::from_utf8(bytes).map(Some).map_err(|_| format!("is not UTF-8 in {}", self.revision))
    }
}

impl<D: ConfigReader> ConfigReader for AtRevision<D> {
    fn read(&self, path: &Path) -> Result<Option<String>, String> {
        match self.inside(path) {
            Some(inside) => self.text(&inside),
            None => self.disk.read(path),
        }
    }

    fn shown(&self, path: &Path) -> String {
        match self.inside(path) {
            Some(_) => format!("{}:{}", self.revision, self.disk.shown(path)),
            None => self.disk.shown(path),
        }
    }
}
