//! Runs the command over a small repository, and says what came of it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use plangate_core::pack::WorkerCommand;
use tempfile::TempDir;

/// What the command printed, and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A repository with a plan of each title.
pub(crate) fn repository(titles: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join(".specify")).unwrap();
    for (number, title) in titles.iter().enumerate() {
        let feature = folder.path().join(format!("specs/{:03}-voting", number + 1));
        fs::create_dir_all(&feature).unwrap();
        fs::write(feature.join("plan.md"), format!("# Implementation Plan: {title}\n")).unwrap();
    }
    folder
}

/// Checks a plan of this title with these packs, each in a process of its own.
pub(crate) fn check_titled(title: &str, packs: &[&Path]) -> Ran {
    check_in(repository(&[title]).path(), packs, &[])
}

/// Checks a plan with this pack.
pub(crate) fn check(pack: &Path) -> Ran {
    check_titled("Vötes", &[pack])
}

/// Checks all plans of a repository with these packs.
pub(crate) fn check_in(repository: &Path, packs: &[&Path], arguments: &[&str]) -> Ran {
    let packs = packs.iter().flat_map(|pack| ["--pack".as_ref(), pack.as_os_str()]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
    command.current_dir(repository).args(["check", "--output-format", "concise"]).args(packs).args(arguments);
    for variable in ["CI", "PLANGATE_OUTPUT_FORMAT", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    ran(command)
}

/// Runs a command that must end in time.
pub(crate) fn ran(mut command: Command) -> Ran {
    let started = Instant::now();
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(started.elapsed() < Duration::from_secs(60), "the run hung");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

impl Ran {
    /// The run failed with this one sentence on standard error, and other packs' findings were printed.
    #[track_caller]
    pub(crate) fn fails(&self, message: &str) {
        assert_eq!(self.err, format!("error: {message}\n"));
        assert_eq!(self.code, 2);
        assert!(self.out.contains("error[PLN001 "), "{}", self.out);
    }

    /// The run did all its work, and found this.
    #[track_caller]
    pub(crate) fn finds(&self, finding: &str) {
        assert_eq!((self.code, self.err.as_str()), (1, ""));
        assert!(self.out.contains(finding), "{}", self.out);
    }
}

/// The process of a pack for tests that use the library.
pub(crate) fn worker() -> WorkerCommand {
    WorkerCommand::new(env!("CARGO_BIN_EXE_plangate")).argument("pack-worker").time_limit(Duration::from_secs(60))
}
