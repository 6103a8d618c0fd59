//! What is no plain file, or none any more, is never waited for, followed or believed: it is passed over with a word.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![cfg(unix)]

mod kit;
#[path = "kit/unprivileged.rs"]
mod unprivileged;

use std::ffi::CString;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kit::{Ran, folder, plangate, ran, run};
use tempfile::TempDir;
use unprivileged::run_unprivileged;

const PLAN: &str = "specs/001-voting/plan.md";
const SPEC: &str = "specs/001-voting/spec.md";

fn repository() -> TempDir {
    folder(&[
        (".specify/memory/constitution.md", b"# Constitution\n\n## Core Principles\n\n### I. Fair Counting\n\nMUST.\n"),
        (PLAN, b"# Implementation Plan: Voting\n\n## Summary\n\nMembers vote.\n"),
        (SPEC, b"# Spec\n"),
        ("package.json", b"{}\n"),
        (".gitignore", b"dist/\n"),
    ])
}

/// Runs the command, and ends it where it waits for something that never comes.
fn run_in_time(at: &Path, arguments: &[&str]) -> Ran {
    let mut command = plangate(at, arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("{arguments:?} waits");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    ran(child.wait_with_output().unwrap())
}

fn check(at: &Path) -> Ran {
    run_in_time(at, &["check", "--output-format", "concise"])
}

type Make = fn(&Path);

/// Everything that may stand where a file is looked for, with the word by which it is told.
const SPECIAL: &[(&str, Make)] = &[
    ("is a pipe, not a file", |path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success())),
    ("is a socket, not a file", |path| drop(UnixListener::bind(path).unwrap())),
    ("is a link that leaves the repository", |path| symlink("/dev/zero", path).unwrap()),
    ("is a link that leaves the repository", |path| symlink("/etc/passwd", path).unwrap()),
    ("is a link that leads nowhere", |path| symlink(path.file_name().unwrap(), path).unwrap()),
    ("is a folder, not a file", |path| fs::create_dir(path).unwrap()),
    ("more than the", |path| File::create(path).unwrap().set_len(1 << 36).unwrap()),
];

/// Puts something special in the place of `path`.
fn put(here: &TempDir, path: &str, make: Make) {
    let at = here.path().join(path);
    fs::remove_file(&at).unwrap();
    make(&at);
}

#[test]
fn a_document_that_is_no_file_is_a_failure_with_its_reason() {
    for (told, make) in SPECIAL {
        for path in [SPEC, ".specify/memory/constitution.md"] {
            let here = repository();
            put(&here, path, *make);
            let ran = check(here.path());
            assert_eq!(ran.code, 2, "{told}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains(&format!("error: {path}: ")) && ran.err.contains(told), "{told}: {}", ran.err);
            assert!(ran.out.contains("PLN001"), "the plan is examined all the same: {}", ran.out);
            assert!(!ran.out.contains("root:"), "nothing of a file outside is told");
        }
    }
}

#[test]
fn a_plan_that_is_no_file_is_never_examined() {
    for (told, make) in SPECIAL {
        let here = repository();
        put(&here, PLAN, *make);
        let ran = check(here.path());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{told}: {}", ran.err);
        assert!(ran.err.contains(told) || ran.err.contains("nothing was checked"), "{told}: {}", ran.err);
    }
}

#[test]
fn a_file_of_the_repository_that_is_no_file_is_passed_over_with_a_word() {
    for (told, make) in SPECIAL {
        let here = repository();
        put(&here, "package.json", *make);
        let ran = check(here.path());
        assert_eq!(ran.code, 1, "{told}: {}{}", ran.out, ran.err);
        // A folder of this name is a folder like any other.
        assert!(ran.err.contains("passed over package.json") || told.starts_with("is a folder"), "{told}: {}", ran.err);
    }
}

#[test]
fn a_list_of_ignored_files_that_is_no_file_is_not_waited_for() {
    for (told, make) in SPECIAL {
        let here = repository();
        put(&here, ".gitignore", *make);
        let ran = check(here.path());
        assert_eq!(ran.code, 1, "{told}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(".gitignore"), "{told}: {}", ran.err);

        let here = repository();
        fs::create_dir(here.path().join("web")).unwrap();
        make(&here.path().join("web/.gitignore"));
        let ran = check(here.path());
        assert_eq!(ran.code, 1, "{told}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains("web (is not entered, because its .gitignore"), "{told}: {}", ran.err);
    }
}

#[test]
fn a_configuration_that_is_no_file_is_refused() {
    for (told, make) in SPECIAL {
        let here = repository();
        make(&here.path().join("plangate.toml"));
        let ran = check(here.path());
        // A link that leads to itself is told as the system tells it.
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{told}: {}", ran.err);
        assert!(ran.err.contains("plangate.toml"), "{told}: {}", ran.err);
    }
}

#[test]
fn what_a_command_replaces_is_a_file() {
    const TEMPLATE: &str = ".specify/templates/plan-template.md";
    for (told, make) in SPECIAL {
        let here = repository();
        fs::create_dir_all(here.path().join(".specify/templates")).unwrap();
        make(&here.path().join(TEMPLATE));
        make(&here.path().join(".plangate-baseline.json"));
        make(&here.path().join("pack.toml"));
        for arguments in [
            &["template", "--write"][..],
            &["check", "--write-baseline"],
            &["pack", "from-constitution", ".specify/memory/constitution.md", "--update", "--output", "pack.toml"],
        ] {
            let ran = run_in_time(here.path(), arguments);
            assert_eq!(ran.code, 2, "{told} {arguments:?}: {}{}", ran.out, ran.err);
        }
    }
}

#[test]
fn an_endless_input_ends() {
    let input = |arguments: &[&str], from: &str| {
        let mut command = plangate(Path::new("."), arguments);
        ran(command.stdin(File::open(from).unwrap()).output().unwrap())
    };
    for ran in [
        input(&["check", "-"], "/dev/zero"),
        input(&["check", "/dev/zero"], "/dev/null"),
        input(&["check", "--config", "/dev/zero", "-"], "/dev/null"),
        input(&["pack", "from-constitution", "/dev/zero"], "/dev/null"),
    ] {
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
    }
    let here = repository();
    symlink("/dev/zero", here.path().join("plan.json")).unwrap();
    let ran = run_in_time(here.path(), &["check", "plan.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("plan.json") && ran.err.contains("bytes that are read"), "{}", ran.err);
}

#[test]
fn an_unreadable_file_is_told() {
    let here = repository();
    fs::set_permissions(here.path().join(SPEC), fs::Permissions::from_mode(0o000)).unwrap();
    let ran = run_unprivileged(here.path(), &["check", "--output-format", "concise"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains(&format!("error: {SPEC}: could not be read (Permission denied")), "{}", ran.err);
}

#[test]
fn a_name_that_is_no_utf_8_is_passed_over() {
    let here = repository();
    let name = CString::new(b"caf\xE9.md".to_vec()).unwrap();
    fs::write(here.path().join(std::ffi::OsStr::from_bytes(name.as_bytes())), "x").unwrap();
    let ran = run(here.path(), &["check", "--output-format", "concise"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("has a name that is not UTF-8"), "{}", ran.err);
}

#[test]
fn files_that_vanish_end_no_run() {
    const PLANS: usize = 60;
    let here = repository();
    let plan = |at: usize| here.path().join(format!("specs/{at:03}-voting"));
    let make = |at: usize| {
        fs::create_dir_all(plan(at).join("contracts")).unwrap();
        for file in ["plan.md", "spec.md", "tasks.md", "contracts/api.md"] {
            fs::write(plan(at).join(file), "# Implementation Plan: Voting\n").unwrap();
        }
    };
    (2..PLANS).for_each(make);
    for round in 0..6 {
        let mut command = plangate(here.path(), &["check", "--output-format", "json", "--jobs", "2"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        for at in (2..PLANS).rev() {
            fs::remove_dir_all(plan(at)).unwrap();
        }
        let ran = ran(child.wait_with_output().unwrap());
        assert!([1, 2].contains(&ran.code), "round {round}: {}: {}", ran.code, ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert!(report["plans"].is_array());
        (2..PLANS).for_each(make);
    }
}
