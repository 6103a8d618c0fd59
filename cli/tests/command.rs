//! The command from outside: exit codes, messages, streams.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;

use kit::{Ran, folder, plangate, ran, run};
use tempfile::TempDir;

const PLAN: &str = "\
# Implementation Plan: Voting

**Branch**: `001-voting` | **Date**: 2026-05-04 | **Spec**: [spec.md](spec.md)

## Summary

Members vote on the day's lunch.
";

/// A repository with one feature.
fn repository() -> TempDir {
    folder(&[(".specify/memory/constitution.md", b"# Constitution\n"), ("specs/001-voting/plan.md", PLAN.as_bytes())])
}

fn run_with_input(arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = plangate(Path::new("."), arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    ran(child.wait_with_output().unwrap())
}

/// Exit code 2, nothing on standard output, and one sentence on standard error.
#[track_caller]
fn refused(ran: &Ran, message: &str) {
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    assert_eq!(ran.out, "");
    assert!(ran.err.starts_with("error: ") && ran.err.lines().count() == 1, "{}", ran.err);
    assert!(ran.err.contains(message), "{}", ran.err);
}

#[test]
fn usage_errors_are_2() {
    let here = folder(&[]);
    for arguments in [
        &[][..],
        &["chekc"],
        &["check", "--fail-on", "sometimes"],
        &["check", "--severity", "PLN201"],
        &["check", "--severity", "PLN201=loud"],
        &["check", "--jobs", "0"],
        &["check", "--today", "2026-02-30"],
        &["explain"],
    ] {
        let ran = run(here.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains("Usage: plangate") || ran.err.contains("--help"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn help_and_version_are_0_on_standard_output() {
    for argument in ["--help", "--version", "-h", "-V"] {
        let ran = run(Path::new("."), &[argument]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.contains("plangate"));
    }
}

#[test]
fn a_path_that_does_not_exist_is_named() {
    refused(&run(folder(&[]).path(), &["check", "specs/404"]), "specs/404");
}

#[test]
fn an_empty_folder_is_nothing_checked() {
    let here = folder(&[]);
    refused(&run(here.path(), &["check"]), "nothing was checked: no plan.md");
    let allowed = run(here.path(), &["check", "--allow-empty"]);
    assert_eq!(allowed.code, 0);
    assert!(allowed.err.contains("note: there is no plan"), "{}", allowed.err);
    let json = run(here.path(), &["check", "--allow-empty", "--quiet", "--output-format", "json"]);
    assert_eq!((json.code, json.err.as_str()), (0, ""));
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report["summary"]["plans"], 0);
}

#[test]
fn a_binary_plan_is_a_failure() {
    let here = folder(&[(".specify/x", b""), ("specs/001-voting/plan.md", b"# Plan\0\x01\x02")]);
    let ran = run(here.path(), &["check", "--output-format", "json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("specs/001-voting/plan.md is a binary file"), "{}", ran.err);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["failures"][0]["path"], "specs/001-voting/plan.md");
}

#[test]
#[cfg(unix)]
fn a_plan_without_permission_is_a_failure_and_the_others_are_examined() {
    use std::os::unix::fs::PermissionsExt;
    let here = repository();
    let forbidden = here.path().join("specs/002-secret/plan.md");
    fs::create_dir(forbidden.parent().unwrap()).unwrap();
    fs::write(&forbidden, PLAN).unwrap();
    fs::set_permissions(&forbidden, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&forbidden).is_ok() {
        // The superuser reads everything.
        return;
    }
    let ran = run(here.path(), &["check", "--output-format", "json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("specs/002-secret/plan.md could not be read"), "{}", ran.err);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["plans"][0]["path"], "specs/001-voting/plan.md");
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let here = repository();
    for arguments in [
        &["check"][..],
        &["check", "--output-format", "json"],
        &["rules"],
        &["packs"],
        &["--help"],
        &["parse", "specs/001-voting"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = plangate(here.path(), arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        let ran = ran(output);
        assert!(ran.code < 2, "{arguments:?}: {} {}", ran.code, ran.err);
        assert!(!ran.err.contains("error:") && !ran.err.contains("panicked"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn a_closed_standard_error_changes_nothing() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = plangate(Path::new("."), &["check", "nowhere"]).stderr(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_2() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = plangate(Path::new("."), &["rules"]).stdout(full).output().unwrap();
    let listed = run(Path::new("."), &["rules"]).out;
    assert_eq!(output.status.code(), Some(if listed.is_empty() { 0 } else { 2 }));
}

#[test]
fn unknown_codes_and_packs_are_told() {
    let here = repository();
    refused(&run(here.path(), &["check", "--select", "XYZ1"]), "`XYZ1`");
    refused(&run(here.path(), &["check", "--severity", "XYZ1=error"]), "`XYZ1`");
    refused(&run(here.path(), &["check", "--pack", "nobody"]), "`nobody`");
    refused(&run(here.path(), &["explain", "XYZ1"]), "there is no rule `XYZ1`");
}

#[test]
fn findings_that_count_are_1() {
    let here = repository();
    let code = |arguments: &[&str]| run(here.path(), &[&["check"], arguments].concat()).code;
    assert_eq!(code(&["--select", "PLN001"]), 1);
    assert_eq!(code(&["--select", "pln001", "--fail-on", "never"]), 0);
    refused(&run(here.path(), &["check", "--select", "PLN", "--ignore", "PLN"]), "nothing was checked: --ignore");
}

#[test]
fn the_phase_can_be_said() {
    let here = repository();
    for (arguments, expected) in [(&[][..], "research"), (&["--phase", "design"], "design")] {
        let ran = run(here.path(), &[&["check", "--output-format", "json"], arguments].concat());
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(report["plans"][0]["phase"], expected);
    }
}

#[test]
fn a_rule_is_explained_by_id_name_or_beginning() {
    let here = folder(&[]);
    let explained = run(here.path(), &["explain", "PRD801"]);
    assert!(explained.code == 0 && explained.out.starts_with("# PRD801 "), "{}{}", explained.out, explained.err);
    let name = explained.out.lines().next().unwrap().trim_start_matches("# PRD801 ");
    for other in ["prd801", name, &name[..name.len() - 1]] {
        assert_eq!(run(here.path(), &["explain", other]).out, explained.out);
    }
    refused(&run(here.path(), &["explain", "PDR801"]), "did you mean `PRD801`?");
    refused(&run(here.path(), &["explain", "PRD8"]), "several rules begin with `PRD8`: PRD801 ");
}

#[test]
fn the_report_goes_to_a_file() {
    let here = repository();
    let ran = run(here.path(), &["check", "--output-format", "json", "--output-file", "report.json"]);
    assert_eq!(ran.out, "");
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(here.path().join("report.json")).unwrap()).unwrap();
    assert_eq!(report["schema_version"], 1);
    refused(
        &run(here.path(), &["check", "--output-file", "no/such/folder.txt"]),
        "no/such/folder.txt could not be written",
    );
}

#[test]
fn the_environment_sets_the_format() {
    let here = repository();
    let output =
        plangate(here.path(), &["check", "--today", "2026-11-22"]).env("PLANGATE_OUTPUT_FORMAT", "json").output();
    let report: serde_json::Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    assert_eq!((&report["today"], &report["repository"]["root"]), (&"2026-11-22".into(), &".".into()));
}

#[test]
fn a_plan_from_standard_input() {
    let ran = run_with_input(&["check", "-", "--output-format", "json"], PLAN.as_bytes());
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["plans"][0]["path"], "-");
    refused(&run_with_input(&["check", "-"], b"# Plan\0"), "standard input is a binary file");
    let parsed = run_with_input(&["parse", "-"], b"\xff\xfe# Implementation Plan: V\xc3\xb6te\n");
    assert_eq!(parsed.code, 0, "{}", parsed.err);
}

#[test]
fn parse_prints_the_plan_or_the_feature() {
    let here = repository();
    for path in ["specs/001-voting", "specs/001-voting/plan.md", "."] {
        let ran = run(here.path(), &["parse", path]);
        let plan: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((ran.code, &plan["title"]), (0, &"Voting".into()), "{path}");
    }
    let ran = run(here.path(), &["parse", "--feature", "specs/001-voting"]);
    let feature: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(feature["documents"][0]["kind"], "plan");
    refused(&run(folder(&[]).path(), &["parse", "."]), "no plan.md");
}

#[test]
fn parse_asks_for_one_of_several_plans() {
    let here = repository();
    fs::create_dir(here.path().join("specs/002-second")).unwrap();
    fs::write(here.path().join("specs/002-second/plan.md"), PLAN).unwrap();
    refused(&run(here.path(), &["parse", "."]), "holds 2 plans");
}

#[test]
fn every_plan_is_checked_once() {
    let here = repository();
    let paths = ["check", "specs", "specs/001-voting", "specs/001-voting/plan.md", ".", "--output-format", "json"];
    let report: serde_json::Value = serde_json::from_str(&run(here.path(), &paths).out).unwrap();
    assert_eq!(report["summary"]["plans"], 1);
}

#[test]
fn paths_lead_there_from_where_plangate_runs() {
    let here = repository();
    let inside = here.path().join("specs/001-voting");
    let text = run(&inside, &["check", "."]).out;
    assert!(text.contains("../../specs/001-voting/plan.md"), "{text}");
    let json = run(&inside, &["check", ".", "--output-format", "json"]).out;
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["repository"]["root"], "../..");
    assert_eq!(report["plans"][0]["path"], "specs/001-voting/plan.md");
}

#[test]
fn a_project_within_a_repository_is_judged_by_its_own_facts() {
    let constitution = "# Constitution\n\n## Core Principles\n\n### I. Event Sourcing\n\nIt MUST hold.\n";
    let inner = format!("{constitution}\n### II. Privacy by Design\n\nData MUST be listed.\n");
    let plan = b"# Implementation Plan: Voting\n\n## Constitution Check\n\n- **I. Event Sourcing**: PASS: it holds\n";
    let here = folder(&[
        (".specify/memory/constitution.md", constitution.as_bytes()),
        ("specs/001-voting/plan.md", plan),
        ("tools/template/.specify/memory/constitution.md", inner.as_bytes()),
        ("tools/template/specs/001-inner/plan.md", plan),
    ]);
    let said = |path| run(here.path(), &["check", path, "--select", "PLN101", "--output-format", "concise"]).out;
    let whole = said(".");
    assert_eq!(whole.lines().count(), 1, "{whole}");
    assert!(
        whole.starts_with("tools/template/specs/001-inner/plan.md") && whole.contains("Privacy by Design"),
        "{whole}"
    );
    assert_eq!(said("tools/template"), whole);
}

#[test]
fn two_repositories_stand_in_one_report() {
    let both = folder(&[
        ("one/.specify/x", b""),
        ("one/specs/001-voting/plan.md", PLAN.as_bytes()),
        ("two/.specify/x", b""),
        ("two/specs/001-voting/plan.md", PLAN.as_bytes()),
    ]);
    let json = run(both.path(), &["check", "two", "one", "--output-format", "json"]).out;
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["plans"][0]["path"], "one/specs/001-voting/plan.md");
    assert_eq!(report["plans"][1]["path"], "two/specs/001-voting/plan.md");
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let here = folder(&[(".specify/x", b"")]);
    for number in 0..40 {
        let folder = here.path().join(format!("specs/{number:03}-feature"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("plan.md"), PLAN.replace("Voting", &format!("Number {number}"))).unwrap();
    }
    for format in ["text", "concise", "json"] {
        let of =
            |jobs| run(here.path(), &["check", "--output-format", format, "--today", "2026-11-22", "--jobs", jobs]);
        let (one, eight) = (of("1"), of("8"));
        assert_eq!((one.code, one.out), (eight.code, eight.out));
    }
}

#[test]
fn machine_formats_hold_findings_only() {
    let here = repository();
    let concise = run(here.path(), &["check", "--output-format", "concise"]).out;
    assert!(concise.lines().all(|line| line.starts_with("specs/001-voting/")), "{concise}");
}

#[test]
fn colors_on_request_only() {
    let here = repository();
    assert!(!run(here.path(), &["check"]).out.contains('\u{1b}'));
    assert!(run(here.path(), &["check", "--color", "always"]).out.contains('\u{1b}'));
    assert!(run(here.path(), &["check", "404", "--color", "always"]).err.starts_with('\u{1b}'));
}

#[test]
fn rules_and_packs_are_json_for_programs() {
    for (command, key) in [("rules", "rules"), ("packs", "packs")] {
        let ran = run(Path::new("."), &[command, "--output-format", "json"]);
        let listing: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert!(ran.code == 0 && listing[key].is_array(), "{}", ran.out);
    }
}

#[test]
fn a_reader_that_reads_little_is_served() {
    let here = repository();
    let mut child =
        plangate(here.path(), &["check", "--output-format", "json"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"{");
    assert!(child.wait().unwrap().code().unwrap() < 2);
}

#[test]
fn a_watched_repository_is_examined_again_when_it_changes() {
    let here = repository();
    let mut child = plangate(here.path(), &["check", "--watch", "--output-format", "concise", "--select", "PLN302"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (sender, lines) = std::sync::mpsc::channel();
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let reader = |stream: Box<dyn Read + Send>, sender: std::sync::mpsc::Sender<String>| {
        std::thread::spawn(move || {
            for line in std::io::BufRead::lines(std::io::BufReader::new(stream)) {
                let _ = sender.send(line.unwrap());
            }
        })
    };
    let readers = [reader(Box::new(out), sender.clone()), reader(Box::new(err), sender)];
    let next = || lines.recv_timeout(std::time::Duration::from_secs(60)).unwrap();
    assert_eq!(next(), "note: watching for changes; Ctrl-C ends it");
    fs::write(here.path().join("specs/001-voting/plan.md"), PLAN.replace("2026-05-04", "May 4, 2026")).unwrap();
    let mut again = [next(), next()];
    again.sort();
    assert_eq!(again[0], "note: watching for changes; Ctrl-C ends it");
    assert!(again[1].contains("PLN302"), "{}", again[1]);
    child.kill().unwrap();
    child.wait().unwrap();
    readers.into_iter().for_each(|reader| reader.join().unwrap());
}

#[test]
fn many_plans_leave_no_trace_of_progress_where_nobody_looks() {
    let here = repository();
    for number in 0..150 {
        let folder = here.path().join(format!("specs/{number:03}-room"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("plan.md"), PLAN).unwrap();
    }
    let ran = run(here.path(), &["check", "--output-format", "concise", "--select", "PLN302"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
}
