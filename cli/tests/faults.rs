//! When the machine fails plangate: the exit code and the message are right, and no file is lost.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![expect(clippy::print_stderr, reason = "a test that can't run here says so")]
#![cfg(unix)]

mod kit;
#[path = "kit/signals.rs"]
mod signals;
#[path = "kit/unprivileged.rs"]
mod unprivileged;

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use kit::{Ran, folder, plangate, ran, run};
use signals::heeded;
use tempfile::TempDir;
use unprivileged::run_unprivileged;

const BEFORE: &str = "# Implementation Plan: Voting\n\n**Branch**: `001-voting` | **Date**: May 4, 2026\n\n## Summary\n\nMembers vote.\n";
const AFTER: &str =
    "# Implementation Plan: Voting\n\n**Branch**: `001-voting` | **Date**: 2026-05-04\n\n## Summary\n\nMembers vote.\n";

const FIX: &[&str] = &["check", "--select", "PLN302", "--fix"];

/// A repository with so many plans, each of which one fix waits for.
fn repository(plans: usize) -> TempDir {
    let here = folder(&[(".specify/memory/constitution.md", b"# Constitution\n")]);
    for plan in paths(&here, plans) {
        fs::create_dir_all(plan.parent().unwrap()).unwrap();
        fs::write(plan, BEFORE).unwrap();
    }
    here
}

fn paths(here: &TempDir, plans: usize) -> Vec<PathBuf> {
    (1..=plans).map(|at| here.path().join(format!("specs/{at:03}-voting/plan.md"))).collect()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The command behind a line of shell, which names it as "$@".
fn behind(shell: &str, at: &Path, arguments: &[&str]) -> Command {
    let plain = plangate(at, arguments);
    let mut command = Command::new("sh");
    command.args(["-c", shell, "sh"]).arg(plain.get_program()).args(plain.get_args());
    command.current_dir(at).stdin(Stdio::null());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// Runs the command where no file can take a byte, as on a full disk.
fn run_without_space(at: &Path, arguments: &[&str]) -> Ran {
    ran(behind("trap '' XFSZ; ulimit -f 0; exec \"$@\"", at, arguments).output().unwrap())
}

/// Commands that print something, and their exit codes.
const PRINTING: &[(&[&str], i32)] = &[
    (&["check"], 1),
    (&["check", "--output-format", "json"], 1),
    (&["check", "--output-format", "html"], 1),
    (&["check", "--diff"], 1),
    (&["check", "--help"], 0),
    (&["--version"], 0),
    (&["rules"], 0),
    (&["rules", "--output-format", "json"], 0),
    (&["explain", "PLN101"], 0),
    (&["packs"], 0),
    (&["template"], 0),
    (&["config"], 0),
    (&["schema", "report"], 0),
    (&["completions", "bash"], 0),
    (&["man"], 0),
    (&["parse", "specs/001-voting"], 0),
];

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_standard_output_is_told() {
    let here = repository(3);
    for (arguments, _) in PRINTING {
        let mut command = plangate(here.path(), arguments);
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
        let ran = ran(output);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        let told = ran.err.contains("standard output could not be written: No space left on device");
        // Help and version are printed before there is anything to tell with.
        assert!(told || arguments.last().unwrap().starts_with("--"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn a_full_disk_leaves_outputs_as_they_were() {
    let here = repository(3);
    fs::write(here.path().join("gate"), "the last report").unwrap();
    let before = files(here.path());
    for format in ["json", "html", "sarif", "junit", "text"] {
        for arguments in [
            ["check", "--output-format", format, "--output-file", "gate"],
            ["check", "--quiet", "--fail-on=never", "--report", &format!("{format}=gate")],
        ] {
            let ran = run_without_space(here.path(), &arguments);
            assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
            assert!(ran.err.contains("error: gate could not be written: File too large"), "{}", ran.err);
            assert_eq!(fs::read_to_string(here.path().join("gate")).unwrap(), "the last report");
            assert_eq!(files(here.path()), before, "nothing is left behind");
        }
    }
}

#[test]
fn a_full_disk_leaves_plans_and_baselines_as_they_were() {
    let here = repository(3);
    let before = files(here.path());
    let fixed = run_without_space(here.path(), FIX);
    assert_eq!(fixed.code, 2);
    for plan in ["specs/001-voting/plan.md", "specs/002-voting/plan.md", "specs/003-voting/plan.md"] {
        let told = format!("error: {plan} could not be written (File too large (os error 27)), and was left alone");
        assert!(fixed.err.contains(&told), "{}", fixed.err);
        assert_eq!(fs::read_to_string(here.path().join(plan)).unwrap(), BEFORE);
    }
    assert!(fixed.out.contains("PLN302"), "what is not fixed is reported: {}", fixed.out);
    for arguments in [&["check", "--write-baseline"][..], &["init"], &["template", "--write"], &["new", "Polls"]] {
        let ran = run_without_space(here.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains("File too large"), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(files(here.path()), before, "nothing is left behind");
}

#[test]
fn a_closed_pipe_is_the_readers_good_right() {
    let here = repository(80);
    for (arguments, code) in PRINTING {
        let mut child = plangate(here.path(), arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{arguments:?} prints a line");
        let ran = ran(child.wait_with_output().unwrap());
        assert_eq!(ran.code, *code, "{arguments:?}: {}", ran.err);
        assert!(!ran.err.contains("error") && !ran.err.contains("panicked"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn closed_streams_panic_nowhere() {
    let here = repository(1);
    for shell in ["exec \"$@\" >&-", "exec \"$@\" 2>&-", "exec \"$@\" <&- >&- 2>&-"] {
        for (arguments, code) in [(&["check"][..], 1), (&["check", "no-such-folder"], 2)] {
            let ran = ran(behind(shell, here.path(), arguments).output().unwrap());
            assert_eq!(ran.code, code, "{shell} {arguments:?}: {}", ran.err);
        }
    }
}

/// Ends a run by a signal; says which one ended it.
fn end(child: &mut Child, signal: i32) -> Option<i32> {
    let ids = [format!("-{signal}"), child.id().to_string()];
    assert!(Command::new("kill").args(ids).status().unwrap().success());
    child.wait().unwrap().signal()
}

#[test]
fn an_interrupted_run_leaves_old_files_or_new_ones() {
    const PLANS: usize = 200;
    // Ctrl-C, where nobody ignores it.
    let signal = heeded()[0];
    let here = repository(PLANS);
    let plans = paths(&here, PLANS);
    fs::write(here.path().join("gate.json"), "the last report").unwrap();
    let mut interrupted = 0;
    for milliseconds in [5, 20, 40, 80, 120, 200] {
        plans.iter().for_each(|plan| fs::write(plan, BEFORE).unwrap());
        let arguments = [FIX, &["--output-format", "json", "--output-file", "gate.json", "--jobs", "2"]].concat();
        let mut command = plangate(here.path(), &arguments);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        interrupted += usize::from(end(&mut child, signal) == Some(signal));
        for plan in &plans {
            let text = fs::read_to_string(plan).unwrap();
            assert!(text == BEFORE || text == AFTER, "half a plan after {milliseconds} ms");
        }
        let gate = fs::read_to_string(here.path().join("gate.json")).unwrap();
        let whole = serde_json::from_str::<serde_json::Value>(&gate).is_ok();
        assert!(whole || gate == "the last report", "half a report after {milliseconds} ms");
    }
    assert!(interrupted > 0, "no run was interrupted");
    assert_eq!(files(here.path()).len(), PLANS + 2, "nothing is left behind");
    let again = run(here.path(), &[FIX, &["--quiet"]].concat());
    assert_eq!(again.code, 0, "{}{}", again.out, again.err);
    assert!(plans.iter().all(|plan| fs::read_to_string(plan).unwrap() == AFTER));
}

#[test]
fn two_runs_at_once_lose_nothing() {
    const PLANS: usize = 60;
    let here = repository(PLANS);
    let plans = paths(&here, PLANS);
    for _ in 0..3 {
        plans.iter().for_each(|plan| fs::write(plan, BEFORE).unwrap());
        let start = || {
            let arguments = [FIX, &["--output-format", "json", "--output-file", "gate.json"]].concat();
            plangate(here.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let both = [start(), start()].map(|child| ran(child.wait_with_output().unwrap()));
        for ran in &both {
            // Who finds a plan that the other one has just written leaves it alone, and says so.
            let beaten = ran.code == 2 && ran.err.contains("changed while it was examined, and was left alone");
            assert!(ran.code == 0 || beaten, "{}: {}", ran.code, ran.err);
        }
        assert!(plans.iter().all(|plan| fs::read_to_string(plan).unwrap() == AFTER));
        let gate = fs::read_to_string(here.path().join("gate.json")).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&gate).is_ok(), "the report of one of them, whole");
        assert_eq!(files(here.path()).len(), PLANS + 2, "nothing is left behind");
    }
}

#[test]
fn a_folder_that_nobody_may_write_to_is_told() {
    let here = repository(1);
    let plan = here.path().join("specs/001-voting");
    fs::set_permissions(&plan, fs::Permissions::from_mode(0o555)).unwrap();
    let ran = run_unprivileged(here.path(), FIX);
    fs::set_permissions(&plan, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(ran.code, 2, "{}", ran.err);
    let told = "specs/001-voting/plan.md could not be written (permission denied), and was left alone";
    assert!(ran.err.contains(told), "{}", ran.err);
    assert_eq!(fs::read_to_string(plan.join("plan.md")).unwrap(), BEFORE);

    let before = files(here.path());
    fs::set_permissions(here.path(), fs::Permissions::from_mode(0o555)).unwrap();
    for arguments in [
        &["check", "--output-file", "gate.json"][..],
        &["check", "--report", "html=gate.html"],
        &["check", "--write-baseline"],
        &["init"],
    ] {
        let ran = run_unprivileged(here.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("could not be written: permission denied"), "{arguments:?}: {}", ran.err);
    }
    fs::set_permissions(here.path(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(files(here.path()), before);
}

#[test]
fn a_check_needs_no_place_to_write_to() {
    let here = repository(2);
    let usual = run(here.path(), &["check", "--output-format", "json"]);
    let nowhere = run_without_space(here.path(), &["check", "--output-format", "json"]);
    assert_eq!((nowhere.code, nowhere.out, nowhere.err), (usual.code, usual.out, usual.err));
}

#[test]
fn no_environment_is_needed() {
    let here = repository(2);
    let report = |environment: &[(&str, &str)]| {
        let mut command = plangate(here.path(), &["check", "--today", "2026-11-22"]);
        ran(command.env_clear().envs(environment.iter().copied()).output().unwrap())
    };
    let plain = report(&[]);
    assert_eq!(plain.code, 1, "{}", plain.err);
    assert!(plain.out.contains("PLN302"), "{}", plain.out);
    for environment in [
        &[("LC_ALL", "C"), ("LANG", "C")][..],
        &[("LC_ALL", "tr_TR.UTF-8")],
        &[("HOME", "/no/such/folder")],
        &[("HOME", "")],
        &[("TMPDIR", "/no/such/folder")],
        &[("PATH", "")],
        &[("TERM", "dumb")],
        &[("TZ", "Asia/Tokyo")],
    ] {
        let same = report(environment);
        assert_eq!((same.code, &same.out, &same.err), (plain.code, &plain.out, &plain.err), "{environment:?}");
    }
}

#[test]
fn a_folder_that_is_gone_is_told() {
    let here = repository(1);
    let gone = here.path().join("gone");
    fs::create_dir(&gone).unwrap();
    let ran = ran(behind("rmdir \"$PWD\" && exec \"$@\"", &gone, &["check"]).output().unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert!(ran.err.starts_with("error: "), "{}", ran.err);
}

/// A library that stands between the command and the clock.
#[cfg(target_os = "linux")]
const CLOCK: &str = "#include <time.h>\nint clock_gettime(clockid_t clock, struct timespec *now) {\n    (void)clock;\n    now->tv_sec = SECONDS;\n    now->tv_nsec = 0;\n    return 0;\n}\n";

#[test]
#[cfg(target_os = "linux")]
fn a_clock_that_is_wrong_expires_no_waiver_by_mistake() {
    let here = repository(1);
    let waiver = "[[waiver]]\nrule = \"PLN302\"\npath = \"**\"\nreason = \"it is told in words\"\nowner = \"kim\"\nexpires = 2027-01-31\n";
    fs::write(here.path().join("plangate.toml"), waiver).unwrap();
    for (seconds, today, waived) in
        [("0", "1970-01-01", true), ("4000000000L", "2096-10-02", false), ("-1", "1970-01-01", true)]
    {
        let (source, library) = (here.path().join("clock.c"), here.path().join("clock.so"));
        fs::write(&source, CLOCK.replace("SECONDS", seconds)).unwrap();
        let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status().unwrap();
        assert!(built.success());
        let mut command = plangate(here.path(), &["check", "--select", "PLN302,PLN903", "--output-format", "json"]);
        let ran = ran(command.env("LD_PRELOAD", &library).output().unwrap());
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        if report["today"] != today && report["today"].as_str() > Some("2020") && seconds != "4000000000L" {
            eprintln!("skipped: the command's clock can't be stood in for");
            return;
        }
        assert_eq!(report["today"], today, "{seconds}");
        assert_eq!(ran.out.contains("PLN903"), !waived, "{seconds}");
    }
}
