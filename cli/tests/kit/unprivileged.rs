//! The command as a user to whom the modes of files mean something: root may read and write whatever they say.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::kit::{Ran, ran, run};

/// What Linux calls `nobody`, who owns nothing.
const NOBODY: u32 = 65_534;

/// Runs the command to its end: as whoever runs the tests, or as nobody where that is root.
pub(crate) fn run_unprivileged(at: &Path, arguments: &[&str]) -> Ran {
    if fs::metadata(at).unwrap().uid() != 0 {
        return run(at, arguments);
    }
    // Others may not enter a temporary folder, nor perhaps the one that the command was built in.
    let open = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    let place = TempDir::new().unwrap();
    let program = place.path().join("plangate");
    fs::copy(env!("CARGO_BIN_EXE_plangate"), &program).unwrap();
    [place.path(), &program, at].into_iter().for_each(open);
    let mut command = Command::new(&program);
    command.current_dir(at).args(arguments).stdin(Stdio::null()).env_clear();
    ran(command.uid(NOBODY).gid(NOBODY).output().unwrap())
}
