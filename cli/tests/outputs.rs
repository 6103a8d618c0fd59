//! The outputs of a run: every form, several at once, files, and reports that are joined.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const PLAN: &str = "\
# Implementation Plan: Voting

**Branch**: `001-voting` | **Date**: 2026-05-04 | **Spec**: [spec.md](spec.md)

## Summary

Members vote on the day's lunch.
";

const FORMATS: [&str; 11] =
    ["text", "concise", "json", "json-lines", "sarif", "junit", "github", "gitlab", "markdown", "html", "agent"];

/// A repository with this number of features.
fn repository(features: usize) -> TempDir {
    let folder = TempDir::new().unwrap();
    lay_out(folder.path(), features);
    folder
}

fn lay_out(at: &Path, features: usize) {
    fs::create_dir_all(at.join(".specify")).unwrap();
    for number in 0..features {
        let folder = at.join(format!("specs/{number:03}-feature"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("plan.md"), PLAN.replace("Voting", &format!("Number {number}"))).unwrap();
    }
}

fn plangate(at: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
    command.current_dir(at).args(arguments).stdin(Stdio::null());
    for variable in ["PLANGATE_OUTPUT_FORMAT", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command
}

fn run(at: &Path, arguments: &[&str]) -> Output {
    plangate(at, arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn refused(output: &Output, message: &str) {
    assert_eq!((output.status.code(), out(output).as_str()), (Some(2), ""), "{}", err(output));
    assert!(err(output).contains(message), "{}", err(output));
}

fn json(at: &Path, file: &str) -> Value {
    serde_json::from_slice(&fs::read(at.join(file)).unwrap()).unwrap()
}

#[test]
fn several_forms_are_written_in_one_run() {
    let here = repository(3);
    let of = |format: &str| out(&run(here.path(), &["check", "--output-format", format, "--today", "2026-11-22"]));
    let targets: Vec<String> = FORMATS.iter().map(|format| format!("{format}=gate.{format}")).collect();
    let mut arguments = vec!["check", "--today", "2026-11-22", "--output-format", "concise"];
    targets.iter().for_each(|target| arguments.extend(["--report", target]));
    let ran = run(here.path(), &arguments);
    assert_eq!((ran.status.code(), out(&ran)), (Some(1), of("concise")), "{}", err(&ran));
    for format in FORMATS {
        let written = fs::read_to_string(here.path().join(format!("gate.{format}"))).unwrap();
        assert_eq!(written, of(format), "{format}");
        assert!(!written.is_empty());
    }
    let left = fs::read_dir(here.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(!left.into_iter().any(|name| name.starts_with(".plangate-")), "no temporary file is left");
}

#[test]
fn the_number_of_threads_changes_no_byte_of_any_form() {
    let here = repository(40);
    for format in FORMATS {
        let of = |jobs| {
            let ran = run(here.path(), &["check", "--output-format", format, "--today", "2026-11-22", "--jobs", jobs]);
            (ran.status.code(), out(&ran))
        };
        assert_eq!(of("1"), of("8"), "{format}");
    }
}

#[test]
fn plans_stand_in_the_order_of_their_paths() {
    let here = repository(12);
    for format in ["json", "json-lines", "concise", "agent", "junit"] {
        let written = out(&run(here.path(), &["check", "specs/007-feature", ".", "--output-format", format]));
        let at = |number: usize| written.find(&format!("{number:03}-feature")).unwrap();
        assert!((1..12).all(|number| at(number - 1) < at(number)), "{format}");
    }
}

#[test]
fn each_line_is_an_object_that_says_what_it_is() {
    let here = repository(2);
    let lines = out(&run(here.path(), &["check", "--output-format", "json-lines"]));
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let keys: Vec<&str> = lines.iter().map(|line| line.as_object().unwrap().keys().next().unwrap().as_str()).collect();
    assert_eq!(keys, ["report", "plan", "plan", "summary"]);
    assert_eq!((&lines[0]["report"]["schema_version"], &lines[3]["summary"]["plans"]), (&1.into(), &2.into()));
}

#[test]
fn a_file_is_replaced_as_a_whole_and_keeps_its_mode() {
    let here = repository(1);
    let file = here.path().join("gate.json");
    fs::write(&file, "old").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        run(here.path(), &["check", "--report", "json=gate.json"]);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        std::os::unix::fs::symlink("gate.json", here.path().join("link.json")).unwrap();
        run(here.path(), &["check", "--report", "json=link.json"]);
        assert!(here.path().join("link.json").is_symlink(), "the link stays");
    }
    run(here.path(), &["check", "--output-format", "json", "--output-file", "gate.json"]);
    assert_eq!(json(here.path(), "gate.json")["summary"]["plans"], 1);
}

#[test]
fn a_run_that_could_not_begin_leaves_the_file_alone() {
    let here = repository(1);
    fs::write(here.path().join("gate.json"), "old").unwrap();
    refused(&run(here.path(), &["check", "--select", "MVP", "--report", "json=gate.json"]), "nothing was checked");
    assert_eq!(fs::read_to_string(here.path().join("gate.json")).unwrap(), "old");
}

#[test]
#[cfg(target_os = "linux")]
fn devices_are_written_to_and_a_full_one_is_2() {
    let here = repository(1);
    let of = |target: &str| run(here.path(), &["check", "--output-format", "concise", "--report", target]);
    assert_eq!(of("html=/dev/null").status.code(), Some(1));
    let full = of("html=/dev/full");
    assert_eq!(full.status.code(), Some(2));
    assert!(err(&full).contains("/dev/full could not be written"), "{}", err(&full));
    assert!(fs::symlink_metadata("/dev/full").is_ok());
}

#[test]
fn outputs_that_cannot_be_are_refused_before_the_work() {
    let here = repository(1);
    refused(&run(here.path(), &["check", "--report", "sarif=no/such/gate.sarif"]), "no/such/gate.sarif could not");
    let twice = ["check", "--report", "sarif=gate", "--report", "html=gate"];
    refused(&run(here.path(), &twice), "gate is named for two outputs");
    let unknown = run(here.path(), &["check", "--report", "pdf=gate.pdf"]);
    assert!(unknown.status.code() == Some(2) && err(&unknown).contains("`pdf` is none of text, concise,"));
}

#[test]
fn pages_have_excerpts() {
    let here = repository(1);
    let page = out(&run(here.path(), &["check", "--output-format", "html", "--select", "PLN303"]));
    assert!(page.contains("<pre class=\"excerpt\""), "{page}");
    assert!(page.contains("<mark>[spec.md](spec.md)</mark>") || page.contains("<mark>spec.md</mark>"), "{page}");
}

/// Two reports: web.json of one feature, api/gate.json of two.
fn reports() -> TempDir {
    let here = TempDir::new().unwrap();
    for (name, features) in [("web", 1), ("api", 2)] {
        let at = here.path().join(name);
        lay_out(&at, features);
        run(&at, &["check", "--today", "2026-11-22", "--report", "json=gate.json"]);
    }
    fs::rename(here.path().join("web/gate.json"), here.path().join("web.json")).unwrap();
    here
}

#[test]
fn reports_of_many_repositories_become_one() {
    let here = reports();
    let merge = |more: &[&str]| run(here.path(), &[&["report", "merge"], more].concat());
    let merged = merge(&["web.json", "api=api/gate.json", "--output-format", "json"]);
    assert_eq!(merged.status.code(), Some(1), "{}", err(&merged));
    let report: Value = serde_json::from_str(&out(&merged)).unwrap();
    let paths: Vec<&str> =
        report["plans"].as_array().unwrap().iter().map(|plan| plan["path"].as_str().unwrap()).collect();
    assert_eq!(
        paths,
        ["api/specs/000-feature/plan.md", "api/specs/001-feature/plan.md", "web/specs/000-feature/plan.md"]
    );
    assert_eq!((&report["summary"]["plans"], &report["today"]), (&3.into(), &"2026-11-22".into()));
    assert_eq!(report["plans"][0]["findings"][0]["path"], paths[0]);
    for format in FORMATS {
        let written = merge(&["web.json", "api/gate.json", "--output-format", format, "--fail-on", "never"]);
        assert_eq!(written.status.code(), Some(0), "{format}: {}", err(&written));
        assert!(out(&written).contains("specs/001-feature"), "{format}");
    }
    // What was joined can be joined again.
    merge(&["web.json", "api=api/gate.json", "--report", "json=all.json"]);
    let again = merge(&["everything=all.json", "--output-format", "concise"]);
    assert!(out(&again).starts_with("everything/api/specs/000-feature/plan.md:"), "{}", out(&again));
}

#[test]
fn the_commands_of_the_page_on_reports_run() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/report.md")).unwrap();
    let blocks = page.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let lines: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(lines.len() > 1, "{lines:?}");
    let here = reports();
    lay_out(here.path(), 1);
    fs::copy(here.path().join("api/gate.json"), here.path().join("api.json")).unwrap();
    for line in lines {
        let command = line.split(" #").next().unwrap();
        let words: Vec<&str> = command.split_whitespace().collect();
        assert_eq!(words[0], "plangate", "{line}");
        let ran = run(here.path(), &words[1..]);
        assert_eq!(ran.status.code(), Some(1), "{line}: {}", err(&ran));
    }
}

#[test]
fn what_is_no_report_is_told() {
    let here = reports();
    fs::write(here.path().join("text.json"), "no report").unwrap();
    fs::write(here.path().join("other.json"), "{\"version\": \"2.1.0\"}").unwrap();
    fs::write(here.path().join("broken.json"), "{\"schema_version\": 1,\n \"tool\": 7}").unwrap();
    fs::write(here.path().join("newer.json"), "{\"schema_version\": 2, \"runs\": []}").unwrap();
    for (file, message) in [
        ("text.json", "text.json is no report of plangate: expected"),
        ("other.json", "it has no schema_version"),
        ("broken.json", "at line 2"),
        ("newer.json", "newer.json has schema_version 2, and this plangate reads 1: take a newer plangate"),
        ("absent.json", "absent.json could not be read"),
    ] {
        refused(&run(here.path(), &["report", "merge", "web.json", file]), message);
    }
    refused(&run(here.path(), &["report", "merge", "a=web.json", "a=api/gate.json"]), "two reports are called `a`");
}

#[test]
fn a_report_with_a_failure_stays_one() {
    let here = reports();
    let folder = here.path().join("web/specs/000-feature");
    fs::write(folder.join("plan.md"), b"# Plan\0").unwrap();
    run(&here.path().join("web"), &["check", "--report", "json=gate.json"]);
    let merged =
        run(here.path(), &["report", "merge", "web/gate.json", "--fail-on", "never", "--output-format", "json"]);
    assert_eq!(merged.status.code(), Some(2));
    let report: Value = serde_json::from_str(&out(&merged)).unwrap();
    assert_eq!(report["failures"][0]["path"], "gate/specs/000-feature/plan.md");
}
