//! Puts texts on disk: a file is written as a whole or not at all. And reads them, up to an end.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use plangate_core::fix::Replacement;

use crate::interrupt;

/// All bytes of what somebody named: a file, or a pipe, which is waited for. It ends before it fills the memory.
///
/// # Errors
/// Where it holds more than `most` bytes, or whatever the system says.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_all(File::open(path)?, most)
}

/// The same for a file that stands where one is looked for. What is no file is not waited for.
pub(crate) fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    read(path, most)
}

/// All bytes of `from`.
pub(crate) fn read_all(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it holds more than the {most} bytes that are read")));
    }
    Ok(bytes)
}

/// Writes a file that is not there yet, and the folders above it.
///
/// # Errors
/// `AlreadyExists` where somebody was faster, or whatever the system says.
pub(crate) fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = beside(path)?;
    new.file().write_all(text.as_bytes())?;
    new.put_new(path)
}

/// Replaces a file, which keeps its mode. Of a link it is the file behind it.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = path.canonicalize()?;
    let permissions = fs::metadata(&target)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let new = beside(&target)?;
    new.file().set_permissions(permissions)?;
    new.file().write_all(text.as_bytes())?;
    new.put(&target)
}

/// Opens a file to be written as a whole: what is written to, and the new file that [`put`] puts in
/// its place. A device or a pipe is written to as it is.
pub(crate) fn open(path: &Path) -> io::Result<(File, Option<Replacement>)> {
    let target = followed(path);
    let known = fs::metadata(&target).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        return Ok((File::options().write(true).open(&target)?, None));
    }
    let new = beside(&target)?;
    if let Some(known) = known {
        new.file().set_permissions(known.permissions())?;
    }
    Ok((new.file().try_clone()?, Some(new)))
}

/// Puts what [`open`] opened for `path` in its place.
pub(crate) fn put(new: Replacement, path: &Path) -> io::Result<()> {
    new.put(&followed(path))
}

/// Where a link leads, so that the file behind it is replaced and the link stays.
fn followed(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A file in the same folder, which no run that is interrupted leaves behind.
fn beside(path: &Path) -> io::Result<Replacement> {
    interrupt::leave_nothing();
    Replacement::beside(path)
}
