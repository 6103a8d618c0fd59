//! Replaces a file as a whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Puts `text` where `path` leads: whoever reads meanwhile finds the old text or the new one. A file that is there
/// keeps its mode, and of a link it is the file behind it.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".plangate-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    match fs::metadata(&target) {
        Ok(known) => file.as_file().set_permissions(known.permissions())?,
        Err(_) => usual_mode(file.as_file())?,
    }
    file.as_file().sync_all()?;
    file.persist(&target).map(drop).map_err(|error| error.error)
}

/// A temporary file is its owner's alone; a new file that stays is not.
#[cfg(unix)]
fn usual_mode(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn usual_mode(_: &fs::File) -> io::Result<()> {
    Ok(())
}
