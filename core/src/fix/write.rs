//! Puts a repaired text on disk. A file is replaced as a whole or not at all, and only if it still holds
//! what the fixes were made for.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::{Change, Replacement};
use crate::workspace::{ReadError, resolve};

/// Why a file was left alone. One sentence that names the path.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// It is gone, or a link that leaves the repository.
    #[error("{path} {reason}, and was left alone")]
    Unreachable {
        /// The path as the report names it.
        path: String,
        /// The cause.
        reason: ReadError,
    },
    /// It doesn't hold the text any more that the fixes were made for.
    #[error("{path} changed while it was examined, and was left alone; run the command again")]
    Changed {
        /// The path as the report names it.
        path: String,
    },
    /// Nobody may write to it.
    #[error("{path} is read-only, and was left alone")]
    ReadOnly {
        /// The path as the report names it.
        path: String,
    },
    /// What the system says.
    #[error("{path} could not be written ({error}), and was left alone")]
    Io {
        /// The path as the report names it.
        path: String,
        /// The cause.
        error: io::Error,
    },
}

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Replaces the file of a change in the repository at `root`, a resolved path. The file keeps its
/// byte order mark, its mode and, where the system lets it, its owner; of a link within the
/// repository it is the file behind it. Whoever reads or ends the program meanwhile finds the old
/// text or the new one.
///
/// # Errors
/// Where the file changed since it was examined, lies outside of the repository, or can't be
/// written. It is then as it was.
pub fn write(root: &Path, change: &Change) -> Result<(), WriteError> {
    let path = || change.path.clone();
    let target =
        resolve(root, &root.join(&change.path)).map_err(|reason| WriteError::Unreachable { path: path(), reason })?;
    match replace(&target, change) {
        Ok(Replaced::Whole) => Ok(()),
        Ok(Replaced::Changed) => Err(WriteError::Changed { path: path() }),
        Ok(Replaced::ReadOnly) => Err(WriteError::ReadOnly { path: path() }),
        Err(error) => Err(WriteError::Io { path: path(), error }),
    }
}

enum Replaced {
    Whole,
    Changed,
    ReadOnly,
}

fn replace(target: &Path, change: &Change) -> io::Result<Replaced> {
    let metadata = fs::metadata(target)?;
    if metadata.permissions().readonly() {
        return Ok(Replaced::ReadOnly);
    }
    let bytes = fs::read(target)?;
    let mark = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { &[] };
    if bytes[mark.len()..] != *change.before.as_bytes() {
        return Ok(Replaced::Changed);
    }
    let new = Replacement::beside(target)?;
    // As long as it is empty, nobody reads in it what the old file's mode keeps from them.
    keep(new.file(), &metadata)?;
    new.file().write_all(mark)?;
    new.file().write_all(change.after.as_bytes())?;
    new.file().sync_all()?;
    // Looked at as late as can be: an editor may have saved the file since.
    if fs::read(target)? != bytes {
        return Ok(Replaced::Changed);
    }
    new.put(target)?;
    Ok(Replaced::Whole)
}

/// Gives the new file the owner and the mode of the old one.
fn keep(new: &File, old: &fs::Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only the superuser may give a file away; for everybody else it stays their own.
        let _ = fchown(new, Some(old.uid()), Some(old.gid()));
    }
    new.set_permissions(old.permissions())
}
