//! `plangate pack-worker`: the process of one pack, and the one call that brings foreign code into a
//! process of plangate.

#![expect(unsafe_code, reason = "whoever names a pack's library runs it")]

use plangate_core::pack::{Library, PackError, PackReference, worker};

use crate::error::Error;

/// The hidden command by which plangate starts itself for a pack.
pub(crate) const COMMAND: &str = "pack-worker";

/// Serves one pack on the standard streams.
pub(crate) fn run() -> Result<u8, Error> {
    worker::serve(open).map_err(Error::PackWorker)?;
    Ok(0)
}

/// Opens a pack's library in this process.
pub(crate) fn open(reference: &PackReference) -> Result<Library, PackError> {
    // SAFETY: only libraries that the user names are opened, as the user's own code would be, and none
    // that is found beside a plan or in a folder that is searched.
    unsafe { Library::open(reference) }
}
