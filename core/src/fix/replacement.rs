//! A file on its way to a place: put there as a whole, or gone without a trace.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{PathPersistError, TempPath};

/// The replacements of this process that are not in their places.
static WAITING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A new file beside the one whose place it takes once it is whole. Dropped before, it is removed.
///
/// A process that a signal ends drops nothing: whoever handles signals calls [`abandon`] first.
///
/// ```
/// use std::io::Write;
///
/// use plangate_core::fix::Replacement;
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("report.json");
/// let new = Replacement::beside(&path)?;
/// new.file().write_all(b"{}")?;
/// assert!(!path.exists());
/// new.put(&path)?;
/// assert_eq!(std::fs::read_to_string(&path)?, "{}");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Replacement {
    file: File,
    /// Until it is put in its place.
    path: Option<TempPath>,
}

impl Replacement {
    /// An empty file in the folder of `path`, named `.plangate-….tmp`, with the mode of new files.
    ///
    /// # Errors
    /// Where the folder is not there, or takes no file. The error does not name the file, which nobody asked for.
    pub fn beside(path: &Path) -> io::Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        // A temporary file is its owner's secret; a document is what the system makes of new files.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let plain = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => io::Error::new(io::ErrorKind::NotFound, "its folder is not there"),
            kind => io::Error::from(kind),
        };
        // Nothing comes between the file and the note of it.
        let mut waiting = waiting();
        let new = builder.prefix(".plangate-").suffix(".tmp").tempfile_in(folder).map_err(plain)?;
        let (file, path) = new.into_parts();
        waiting.insert(path.to_path_buf());
        Ok(Self { file, path: Some(path) })
    }

    /// What is written to.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Puts it in the place of `path`, whatever is there.
    ///
    /// # Errors
    /// What the system says; it is then removed, and what was at `path` is as it was.
    pub fn put(self, path: &Path) -> io::Result<()> {
        self.persist(|new| new.persist(path))
    }

    /// Puts it at `path`, where nothing is yet.
    ///
    /// # Errors
    /// `AlreadyExists` where something is there, or what the system says; it is then removed.
    pub fn put_new(self, path: &Path) -> io::Result<()> {
        self.persist(|new| new.persist_noclobber(path))
    }

    fn persist(mut self, persist: impl FnOnce(TempPath) -> Result<(), PathPersistError>) -> io::Result<()> {
        match self.path.take() {
            Some(path) => leave(path, |path| persist(path).map_err(|failed| failed.error)),
            None => Ok(()),
        }
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if let Some(path) = self.path.take() {
            leave(path, drop);
        }
    }
}

/// Does `with` a file what ends its waiting.
fn leave<T>(path: TempPath, with: impl FnOnce(TempPath) -> T) -> T {
    let mut waiting = waiting();
    let name = path.to_path_buf();
    let done = with(path);
    waiting.remove(&name);
    done
}

fn waiting() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// While it stands, no [`Replacement`] of this process is made, put in its place or dropped: who tries to, waits.
#[derive(Debug)]
#[must_use = "it has to stand until the process ends"]
pub struct Abandoned {
    _waiting: MutexGuard<'static, BTreeSet<PathBuf>>,
}

/// Removes every [`Replacement`] of this process that is not in its place, for whoever ends it next.
///
/// ```
/// use plangate_core::fix::{Replacement, abandon};
///
/// # let folder = tempfile::tempdir()?;
/// let new = Replacement::beside(&folder.path().join("report.json"))?;
/// let abandoned = abandon();
/// assert_eq!(std::fs::read_dir(folder.path())?.count(), 0);
/// // The process ends here.
/// # drop(abandoned);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn abandon() -> Abandoned {
    let waiting = waiting();
    for path in waiting.iter() {
        // What can't be removed stays; there is nobody left to tell.
        let _ = fs::remove_file(path);
    }
    Abandoned { _waiting: waiting }
}
