//! A run that is interrupted while it writes: every file is the old one or the new one, and there is no other.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![cfg(target_os = "linux")]

mod kit;
#[path = "kit/signals.rs"]
mod signals;

use std::fs;
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use kit::{folder, plangate, run};
use signals::{HANGUP, TERMINATE, heeded};
use tempfile::TempDir;

const PLAN: &str = "# Implementation Plan: Voting\n\n**Branch**: `001-voting` | **Date**: May 4, 2026\n";
const BASELINE: &str = "{ \"schema_version\": 1, \"findings\": [] }\n";

const KILL: i32 = 9;

/// Every command that writes a file.
const WRITING: &[&[&str]] = &[
    &["check", "--select", "PLN302", "--fix"],
    &["check", "--output-format", "json", "--output-file", "gate.json"],
    &["check", "--report", "html=gate.html"],
    &["check", "--baseline", "baseline.json", "--write-baseline"],
    &["check", "--write-baseline"],
    &["init"],
    &["new", "Polls"],
    &["template", "--write"],
];

/// A library that has whoever writes to a temporary file of the command wait in it for ever.
const HELD: &str = r#"
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t write(int file, const void *bytes, size_t size) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    if (strstr(path, "/.plangate-") && !strstr(path, "(deleted)")) {
        close(open("held", O_CREAT | O_WRONLY, 0644));
        for (;;) pause();
    }
    return syscall(SYS_write, file, bytes, size);
}
"#;

/// The library, and the folder that it lies in.
fn library() -> (TempDir, PathBuf) {
    let place = TempDir::new().unwrap();
    let (source, library) = (place.path().join("held.c"), place.path().join("held.so"));
    fs::write(&source, HELD).unwrap();
    let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status().unwrap();
    assert!(built.success());
    (place, library)
}

fn repository() -> TempDir {
    folder(&[
        (".specify/memory/constitution.md", b"# Constitution\n"),
        ("specs/001-voting/plan.md", PLAN.as_bytes()),
        ("baseline.json", BASELINE.as_bytes()),
        ("gate.json", b"the last report"),
    ])
}

/// Every file below a folder with what it holds.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false if path.ends_with("held") => {}
            false => found.push((path.clone(), fs::read_to_string(&path).unwrap())),
        }
    }
    found.sort();
    found
}

/// Waits until something is so, for a minute at most.
fn wait(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}");
        sleep(Duration::from_millis(5));
    }
}

/// A run of the command that is in the midst of writing its first file.
fn in_the_midst(at: &Path, mut command: Command, library: &Path) -> Child {
    let child = command.env("LD_PRELOAD", library).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    wait(&format!("{command:?} writes a file"), || at.join("held").exists());
    let is_there = files(at).iter().any(|(path, _)| path.to_string_lossy().contains("/.plangate-"));
    assert!(is_there, "the new file is there already");
    child
}

fn send(signal: i32, child: &Child) {
    let sent = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// The signal that ended a run, and what it said on standard error.
fn ended(mut child: Child) -> (Option<i32>, String) {
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().signal(), said)
}

#[test]
fn an_interrupted_write_leaves_nothing_behind() {
    let (_place, library) = library();
    for arguments in WRITING {
        let here = repository();
        let before = files(here.path());
        for signal in heeded() {
            let child = in_the_midst(here.path(), plangate(here.path(), arguments), &library);
            send(signal, &child);
            let (ended, said) = ended(child);
            assert_eq!(ended, Some(signal), "{arguments:?}");
            assert!(!said.contains("error"), "{arguments:?}: {said}");
            assert_eq!(files(here.path()), before, "{arguments:?} after signal {signal}");
            fs::remove_file(here.path().join("held")).unwrap();
        }
        let next = run(here.path(), arguments);
        assert!(next.code < 2, "{arguments:?} does its work the next time: {}{}", next.out, next.err);
    }
}

#[test]
fn what_a_killed_run_leaves_is_named_and_harms_nobody() {
    let (_place, library) = library();
    let fix = &["check", "--select", "PLN302", "--fix"];
    let here = repository();
    let before = files(here.path());
    let child = in_the_midst(here.path(), plangate(here.path(), fix), &library);
    send(KILL, &child);
    assert_eq!(ended(child).0, Some(KILL));
    let (left, rest): (Vec<_>, Vec<_>) =
        files(here.path()).into_iter().partition(|(path, _)| path.to_string_lossy().ends_with(".tmp"));
    assert_eq!((left.len(), rest), (1, before));
    assert_eq!(run(here.path(), fix).code, 0);
}

#[test]
fn what_is_to_be_ignored_stays_ignored() {
    let (_place, library) = library();
    let here = repository();
    let plain = plangate(here.path(), &["check", "--select", "PLN302", "--fix"]);
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' HUP; exec \"$@\"", "sh"]).arg(plain.get_program()).args(plain.get_args());
    command.current_dir(here.path()).process_group(0);
    let mut child = in_the_midst(here.path(), command, &library);
    send(HANGUP, &child);
    sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "a hangup ends no run that was started to ignore it");
    send(TERMINATE, &child);
    assert_eq!(ended(child).0, Some(TERMINATE));
}
