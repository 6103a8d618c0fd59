//! Puts texts on disk: a file is written as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes a file that is not there yet, and the folders above it.
///
/// # Errors
/// `AlreadyExists` where somebody was faster, or whatever the system says.
pub(crate) fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = beside(path)?;
    new.as_file().write_all(text.as_bytes())?;
    new.persist_noclobber(path).map(drop).map_err(|failed| failed.error)
}

/// Replaces a file, which keeps its mode. Of a link it is the file behind it.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = path.canonicalize()?;
    let permissions = fs::metadata(&target)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let new = beside(&target)?;
    new.as_file().write_all(text.as_bytes())?;
    new.as_file().set_permissions(permissions)?;
    new.persist(&target).map(drop).map_err(|failed| failed.error)
}

/// Opens a file to be written as a whole: what is written to, and the temporary file that [`put`] puts
/// in its place. A device or a pipe is written to as it is.
pub(crate) fn open(path: &Path) -> io::Result<(File, Option<NamedTempFile>)> {
    let target = followed(path);
    let known = fs::metadata(&target).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        return Ok((File::options().write(true).open(&target)?, None));
    }
    let new = beside(&target)?;
    if let Some(known) = known {
        new.as_file().set_permissions(known.permissions())?;
    }
    Ok((new.reopen()?, Some(new)))
}

/// Puts what [`open`] opened for `path` in its place.
pub(crate) fn put(new: NamedTempFile, path: &Path) -> io::Result<()> {
    new.persist(followed(path)).map(drop).map_err(|failed| failed.error)
}

/// Where a link leads, so that the file behind it is replaced and the link stays.
fn followed(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// An empty file in the same folder, so that it can be renamed.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // A temporary file is its owner's secret; a document is what the system makes of new files.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // The error of a temporary file names it, and nobody asked for it.
    let plain = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(io::ErrorKind::NotFound, "its folder is not there"),
        kind => io::Error::from(kind),
    };
    builder.prefix(".plangate-").suffix(".tmp").tempfile_in(folder).map_err(plain)
}
