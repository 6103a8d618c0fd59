//! What the command asks git: the features that a range touches, and the configuration of another
//! revision.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const PLAN: &str = "# Implementation Plan: Voting\n\n## Summary\n\nMembers vote.\n";

fn git(at: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(at)
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]);
    // A hook that runs these tests hands its own repository down.
    for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(variable);
    }
    let output = command.args(arguments).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn write(at: &Path, path: &str, text: &str) {
    let path = at.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn commit(at: &Path, message: &str) {
    git(at, &["add", "--all"]);
    git(at, &["commit", "--quiet", "--message", message]);
}

/// Two features on a branch `main`, and another branch that is checked out.
fn repository() -> TempDir {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    git(at, &["init", "--quiet", "--initial-branch", "main"]);
    write(
        at,
        ".specify/memory/constitution.md",
        "# Constitution\n\n### I. Fairness\n\nEverybody MUST have one vote.\n",
    );
    for feature in ["001-voting", "002-counting"] {
        write(at, &format!("specs/{feature}/plan.md"), PLAN);
    }
    commit(at, "Plan two features");
    git(at, &["switch", "--quiet", "--create", "work"]);
    folder
}

fn check(at: &Path, arguments: &[&str]) -> (i32, Value, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
    command.current_dir(at).args(["check", "--today", "2026-11-22", "--output-format", "json"]).args(arguments);
    for variable in ["PLANGATE_OUTPUT_FORMAT", "PLANGATE_POLICY", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(variable);
    }
    let output = command.stdin(Stdio::null()).output().unwrap();
    let report = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (output.status.code().unwrap(), report, String::from_utf8(output.stderr).unwrap())
}

fn features(report: &Value) -> Vec<&str> {
    report["plans"].as_array().unwrap().iter().map(|plan| plan["feature"].as_str().unwrap()).collect()
}

#[test]
fn only_features_that_a_range_touches() {
    let here = repository();
    let at = here.path();
    let (code, report, err) = check(at, &["--changed-since", "main"]);
    assert_eq!((code, report["summary"]["plans"].as_u64()), (0, Some(0)));
    assert!(err.contains("note: no feature changed since main: nothing was checked"), "{err}");
    write(at, "specs/002-counting/tasks.md", "# Tasks\n\n- [ ] T001 Count in src/count.rs\n");
    assert_eq!(features(&check(at, &["--changed-since", "main"]).1), ["002-counting"], "not even added yet");
    commit(at, "Plan the tasks");
    for range in ["main", "main..work", "main...HEAD", "main..", "HEAD~1"] {
        assert_eq!(features(&check(at, &["--changed-since", range]).1), ["002-counting"], "{range}");
    }
    write(at, "README.md", "# Votes\n");
    commit(at, "Describe it");
    assert_eq!(check(at, &["--changed-since", "HEAD~1"]).0, 0);
    git(at, &["switch", "--quiet", "main"]);
    write(at, "specs/001-voting/plan.md", &(PLAN.to_owned() + "\nMore.\n"));
    commit(at, "Go on elsewhere");
    git(at, &["switch", "--quiet", "work"]);
    assert_eq!(features(&check(at, &["--changed-since", "main"]).1), ["002-counting"], "since the last common commit");
}

#[test]
fn what_git_can_not_answer_is_told() {
    let here = repository();
    for revision in ["nowhere", "--output=x", "main..nowhere", "-p", "main\nx"] {
        let argument = format!("--changed-since={revision}");
        let (code, _, err) = check(here.path(), &[&argument]);
        assert_eq!(code, 2, "{revision}");
        assert!(err.contains("there is no revision `"), "{revision}: {err}");
        assert_eq!(check(here.path(), &[&format!("--config-from={revision}")]).0, 2);
    }
    let bare = TempDir::new().unwrap();
    write(bare.path(), ".specify/memory/constitution.md", "# Constitution\n");
    write(bare.path(), "specs/001-voting/plan.md", PLAN);
    for option in ["--changed-since", "--config-from"] {
        let (code, _, err) = check(bare.path(), &[option, "main"]);
        assert_eq!(code, 2);
        assert!(err.contains(option) && err.contains("not a git repository"), "{err}");
    }
}

#[test]
fn without_git_it_says_so() {
    let here = repository();
    let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
    command.current_dir(here.path()).args(["check", "--changed-since", "main"]).env("PATH", "");
    let output = command.stdin(Stdio::null()).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(err.contains("there is no git on the path; install it"), "{err}");
}

#[test]
fn a_branch_can_not_weaken_its_own_gate() {
    let here = repository();
    let at = here.path();
    git(at, &["switch", "--quiet", "main"]);
    let waiver = "[[waiver]]\nrule = \"PLN001\"\npath = \"specs/001-*\"\nreason = \"why\"\nowner = \"Ada\"\n";
    write(at, "plangate.toml", &format!("extends = \"gate/base.toml\"\n{waiver}"));
    write(at, "gate/base.toml", "select = [\"PLN001\", \"PLN101\"]\n");
    commit(at, "Configure the gate");
    git(at, &["switch", "--quiet", "work"]);
    git(at, &["rebase", "--quiet", "main"]);
    write(at, "plangate.toml", "select = [\"PLN301\"]\n");
    write(at, ".specify/memory/constitution.md", "# Constitution\n");
    commit(at, "Weaken it");
    let (code, _, err) = check(at, &["--write-baseline"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(check(at, &[]).0, 0, "by its own word");
    let (code, report, err) = check(at, &["--config-from", "main"]);
    assert_eq!(code, 1, "{err}");
    let rules = |plan: usize| {
        let findings = report["plans"][plan]["findings"].as_array().unwrap().iter();
        findings
            .map(|finding| (finding["rule"].as_str().unwrap(), finding["suppressed"]["by"].as_str()))
            .collect::<Vec<_>>()
    };
    assert!(rules(0).iter().all(|(rule, by)| *rule == "PLN101" || *by == Some("waiver")), "{:?}", rules(0));
    assert!(rules(1).contains(&("PLN001", None)), "{:?}", rules(1));
    let (code, _, err) = check(at, &["--config-from", "main", "--write-baseline"]);
    assert_eq!(code, 2);
    assert!(err.contains("--config-from takes the baseline from a git revision"), "{err}");
}

#[test]
fn a_mistake_of_another_revision_is_told_with_the_revision() {
    let here = repository();
    write(here.path(), "plangate.toml", "\nslect = []\n");
    commit(here.path(), "Mistype");
    write(here.path(), "plangate.toml", "");
    let (code, _, err) = check(here.path(), &["--config-from", "HEAD"]);
    assert_eq!(code, 2);
    assert_eq!(err, "error: HEAD:plangate.toml:2: there is no key `slect`; did you mean `select`?\n");
}
