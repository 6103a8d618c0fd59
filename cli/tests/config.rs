//! The configuration from outside: what stands in plangate.toml, in a policy, in a comment and in a
//! baseline, and what a user is told who got it wrong.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const PLAN: &str = "\
# Implementation Plan: Voting

**Branch**: `001-voting` | **Date**: 2026-05-04 | **Spec**: [spec.md](spec.md)

## Summary

Members vote on the day's lunch.
";

const PLAN_AT: &str = "specs/001-voting/plan.md";
const DAY: &str = "2026-11-22";

/// A repository with one feature, and these files.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    write(folder.path(), ".specify/memory/constitution.md", "# Constitution\n");
    write(folder.path(), PLAN_AT, PLAN);
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(at: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
    command.current_dir(at).args(arguments).stdin(Stdio::null());
    for variable in ["PLANGATE_OUTPUT_FORMAT", "PLANGATE_POLICY", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// `plangate check` on the day of these tests.
fn check(at: &Path, arguments: &[&str]) -> Ran {
    run(at, &[&["check", "--today", DAY], arguments].concat())
}

/// The rules of the findings that count.
fn counted(at: &Path, arguments: &[&str]) -> Vec<String> {
    let report = json(at, arguments);
    let findings = report["plans"].as_array().unwrap().iter().flat_map(|plan| plan["findings"].as_array().unwrap());
    let counted = findings.filter(|finding| finding["suppressed"].is_null());
    counted.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

fn json(at: &Path, arguments: &[&str]) -> Value {
    let ran = check(at, &[&["--output-format", "json"], arguments].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err))
}

/// Exit code 2, nothing on standard output, and this one sentence on standard error.
#[track_caller]
fn refused(ran: &Ran, message: &str) {
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (2, "", format!("error: {message}\n").as_str()));
}

#[test]
fn a_mistake_in_the_file_is_told_with_its_line_and_what_to_write() {
    for (text, message) in [
        ("\nslect = []\n", "plangate.toml:2: there is no key `slect`; did you mean `select`?"),
        ("fail-on = \"eror\"", "plangate.toml:1: `eror` is none of error, warning, never; did you mean `error`?"),
        ("ignore = \"PLN201\"", "plangate.toml:1: this is string \"PLN201\"; write an array"),
        ("ignore = [\n  \"PNL201\",\n]", "plangate.toml:2: there is no rule `PNL201`; did you mean `PLN201`?"),
        (
            "[severities]\nunreal-dirctory = \"info\"",
            "plangate.toml:2: there is no rule `unreal-dirctory`; did you mean `unreal-directory`?",
        ),
        (
            "[[waiver]]\nrule = \"PLN20\"\npath = \"**\"\nreason = \"why\"\nowner = \"Ada\"",
            "plangate.toml:2: `PLN20` begins several rules, and a waiver names one, such as `PLN201`",
        ),
        (
            "[[waiver]]\nrule = \"PLN201\"\npath = \"**\"\nreason = \" \"\nowner = \"Ada\"",
            "plangate.toml:4: the waiver of PLN201 has an empty `reason`; write who or why",
        ),
        (
            "[[waiver]]\nrule = \"PLN201\"\npath = \"**\"\nreason = \"why\"\nowner = \"Ada\"\nexpires = \"2026-02-30\"",
            "plangate.toml:6: `2026-02-30` is no day of the calendar; write it as 2026-12-31",
        ),
        ("[[override]]\npaths = [\"specs/[\"]", "plangate.toml:2: `specs/[` is no glob: a `[` is never closed"),
        (
            "required-version = \">=99\"",
            "plangate.toml:1: plangate >=99 is required, and this is 0.1.0; install a version that fits",
        ),
        ("required-version = \"new\"", "plangate.toml:1: `new` is no version requirement; write it as \">=0.1, <0.3\""),
        (
            "extends = \"../base.toml\"",
            "plangate.toml:1: there is no file `../base.toml`; write its path as seen from this file",
        ),
        (
            "extends = \"plangate.toml\"",
            "plangate.toml:1: `plangate.toml` builds on this file in turn; remove one `extends`",
        ),
        (
            "\n[[pack]]\nisolate = true",
            "plangate.toml:2: write either `path`, or one [pack.artifact.<target>] for each platform",
        ),
        (
            "[[pack]]\npath = \"acme.toml\"\nsha256 = \"abc\"",
            "plangate.toml:3: this is no SHA-256; write the 64 hexadecimal digits that `sha256sum` prints",
        ),
        ("baseline = \"known.json\"", "there is no baseline known.json; --write-baseline writes one"),
    ] {
        let here = repository(&[("plangate.toml", text)]);
        refused(&check(here.path(), &[]), message);
    }
}

#[test]
fn a_base_is_read_with_its_own_path_and_line() {
    let here =
        repository(&[("plangate.toml", "extends = \"company/base.toml\""), ("company/base.toml", "\n\nfail_on = 1")]);
    refused(&check(here.path(), &[]), "company/base.toml:3: there is no key `fail_on`; did you mean `fail-on`?");
}

#[test]
fn the_file_is_found_by_each_of_its_names_and_from_below() {
    for name in ["plangate.toml", ".plangate.toml", ".config/plangate.toml", ".specify/plangate.toml"] {
        let here = repository(&[(
            name,
            "select = [\"PLN001\"]\n[[override]]\npaths = [\"specs/001-*\"]\nignore = [\"PLN001\"]\n",
        )]);
        assert_eq!(counted(&here.path().join("specs/001-voting"), &[]), Vec::<String>::new(), "{name}");
        assert!(counted(here.path(), &["--no-config"]).contains(&"PLN001".to_owned()));
    }
    let here = repository(&[("plangate.toml", ""), (".plangate.toml", "")]);
    refused(
        &check(here.path(), &[]),
        ".plangate.toml: plangate.toml stands in the same folder, and only one can count; keep one",
    );
}

#[test]
fn a_repository_within_a_working_copy_takes_the_file_above_it() {
    let both = TempDir::new().unwrap();
    fs::create_dir(both.path().join(".git")).unwrap();
    write(both.path(), "plangate.toml", "[[override]]\npaths = [\"one/specs/*\"]\nignore = [\"PLN001\"]\n");
    for project in ["one", "two"] {
        write(both.path(), &format!("{project}/.specify/memory/constitution.md"), "# Constitution\n");
        write(both.path(), &format!("{project}/{PLAN_AT}"), PLAN);
    }
    write(both.path(), "three/plangate.toml", "select = [\"PLN301\"]");
    write(both.path(), "three/.specify/memory/constitution.md", "# Constitution\n");
    write(both.path(), &format!("three/{PLAN_AT}"), PLAN);
    let rules = |project: &str| counted(&both.path().join(project), &[]);
    assert!(!rules("one").contains(&"PLN001".to_owned()));
    assert!(rules("two").contains(&"PLN001".to_owned()));
    assert_eq!(rules("three"), Vec::<String>::new());
    let report = json(both.path(), &["one", "two", "three"]);
    let found = |at: usize| report["plans"][at]["findings"].as_array().unwrap().len();
    let path = |at: usize| report["plans"][at]["path"].as_str().unwrap().split('/').next().unwrap().to_owned();
    assert_eq!([path(0), path(1), path(2)], ["one", "three", "two"]);
    assert_eq!((found(0), found(1), found(2)), (rules("one").len(), 0, rules("two").len()));
}

#[test]
fn each_repository_fails_by_its_own_configuration() {
    let both = TempDir::new().unwrap();
    for (project, text) in [("one", "fail-on = \"never\""), ("two", "fail-on = \"never\"")] {
        write(both.path(), &format!("{project}/.specify/memory/constitution.md"), "# Constitution\n");
        write(both.path(), &format!("{project}/{PLAN_AT}"), PLAN);
        write(both.path(), &format!("{project}/plangate.toml"), text);
    }
    assert_eq!(check(both.path(), &["one", "two"]).code, 0);
    write(both.path(), "two/plangate.toml", "");
    assert_eq!(check(both.path(), &["one", "two"]).code, 1);
    assert_eq!(check(both.path(), &["one"]).code, 0);
}

#[test]
fn settings_do_what_they_say() {
    let settings = "fail-on = \"warning\"\nphase = \"design\"\nselect = [\"PLN0\", \"PLN11\"]\nignore = [\"PLN001\"]\n";
    let here = repository(&[("plangate.toml", settings)]);
    let report = json(here.path(), &[]);
    assert_eq!(report["plans"][0]["phase"], "design");
    let rules = counted(here.path(), &[]);
    assert!(rules.iter().all(|rule| rule.starts_with("PLN0") || rule.starts_with("PLN11")), "{rules:?}");
    assert!(counted(here.path(), &["--select", "PLN001"]).contains(&"PLN001".to_owned()), "it is asked for by name");
    assert_eq!(counted(here.path(), &["--config", "ignore=[\"PLN0\", \"PLN1\"]"]), Vec::<String>::new());
    assert_eq!(json(here.path(), &["--phase", "auto"])["plans"][0]["phase"], "research");
    assert_eq!(json(here.path(), &["--config", "phase=tasks"])["plans"][0]["phase"], "tasks");
    refused(
        &check(here.path(), &["--config", "phase=tsks"]),
        "--config phase=tsks: `tsks` is none of auto, research, design, tasks, delivered; did you mean `tasks`?",
    );
    refused(&check(here.path(), &["--config", "missing.toml"]), "missing.toml: there is no such file");
    write(here.path(), "other.toml", "select = [\"PLN301\"]");
    assert_eq!(counted(here.path(), &["--config", "other.toml"]), Vec::<String>::new());
}

#[test]
fn severities_lower_and_raise() {
    let tree = PLAN.to_owned() + "\n## Project Structure\n\n```text\nsrc/\n└── nowhere/\n```\n";
    let here = repository(&[(PLAN_AT, &tree), ("plangate.toml", "select = [\"PLN202\"]\n")]);
    let severity = || json(here.path(), &["--phase", "design"])["plans"][0]["findings"][0]["severity"].clone();
    assert_eq!(severity(), "warning");
    for level in ["error", "info"] {
        let text = format!("select = [\"PLN202\"]\n[severities]\nPLN2 = \"warning\"\nmissing-decision = \"{level}\"\n");
        write(here.path(), "plangate.toml", &text);
        assert_eq!(severity(), level);
    }
}

#[test]
fn headings_go_by_other_names() {
    let plan = PLAN.to_owned()
        + "\n## Rules of the House\n\n- I. Fairness: ✅ PASS\n\n## How it is built\n\n**Where data lives**: SQLite\n";
    let here = repository(&[(PLAN_AT, &plan)]);
    let messages = |arguments: &[&str]| {
        let report = json(here.path(), arguments);
        let found = report["plans"][0]["findings"].as_array().unwrap().clone();
        found.iter().map(|finding| finding["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let missing =
        |arguments: &[&str], section: &str| messages(arguments).contains(&format!("the plan has no {section}"));
    assert!(missing(&[], "Constitution Check") && missing(&[], "Technical Context"));
    let aliases = "[aliases]\nconstitution-check = [\"Rules of the House\"]\ntechnical-context = [\"How it is built\"]\n\
                   storage = [\"Where data lives\"]\n";
    write(here.path(), "plangate.toml", aliases);
    assert!(!missing(&[], "Constitution Check") && !missing(&[], "Technical Context"));
    assert!(!messages(&[]).iter().any(|message| message.contains("Storage")), "{:?}", messages(&[]));

    let checks = |arguments: &[&str]| {
        let parsed: Value =
            serde_json::from_str(&run(here.path(), &[&["parse", PLAN_AT], arguments].concat()).out).unwrap();
        parsed["constitution_checks"].as_array().unwrap().len()
    };
    assert_eq!((checks(&[]), checks(&["--no-config"])), (1, 0));
}

#[test]
fn a_weakened_base_is_told_with_file_line_and_what_to_write() {
    let base = "fail-on = \"warning\"\nselect = [\"PLN\"]\n[severities]\nPLN201 = \"error\"\n";
    let own = "extends = \"base.toml\"\nfail-on = \"error\"\nignore = [\"PLN301\"]\n\
               [severities]\nPLN201 = \"warning\"\n[[override]]\npaths = [\"specs/000-*\"]\nignore = [\"PLN004\"]\n";
    let here = repository(&[("plangate.toml", own), ("base.toml", base)]);
    let ran = check(here.path(), &["--fail-on", "never"]);
    assert_eq!(ran.code, 0);
    let told: Vec<&str> = ran.err.lines().filter(|line| line.contains("weakens")).collect();
    let tail = "remove it, or have the base changed";
    let expected = [
        ("plangate.toml:2: `fail-on = \"error\"`", "a run fails on warning there (base.toml:1)"),
        ("plangate.toml:3: `ignore PLN301`", "PLN301 speaks there (base.toml:2)"),
        ("plangate.toml:5: `PLN201 = \"warning\"`", "PLN201 weighs up to error there (base.toml:4)"),
        ("plangate.toml:8: `ignore PLN004`", "PLN004 speaks there (base.toml:2)"),
    ];
    let expected: Vec<String> = expected
        .iter()
        .map(|(entry, stricter)| format!("note: {entry} weakens what this repository builds on: {stricter}; {tail}"))
        .collect();
    assert_eq!(told, expected);
    write(here.path(), "plangate.toml", "extends = \"base.toml\"\nfail-on = \"warning\"\n");
    assert!(!check(here.path(), &[]).err.contains("weakens"));
}

#[test]
fn a_policy_is_a_floor() {
    let policies = TempDir::new().unwrap();
    let policy = policies.path().join("policy.toml");
    fs::write(&policy, "fail-on = \"error\"\nignore = [\"PLN113\"]\nprotected = [\"PLN001\"]\n").unwrap();
    let policy = policy.to_str().unwrap();
    let own = "fail-on = \"never\"\nignore = [\"PLN001\", \"PLN113\"]\n[severities]\nPLN001 = \"info\"\n\
               [[waiver]]\nrule = \"PLN001\"\npath = \"**\"\nreason = \"why\"\nowner = \"Ada\"\n";
    let here = repository(&[("plangate.toml", own)]);
    assert_eq!(check(here.path(), &[]).code, 0);
    let ran = check(here.path(), &["--policy", policy]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let told: Vec<&str> = ran.err.lines().filter(|line| line.contains("has no effect")).collect();
    assert_eq!(told.len(), 3, "{}", ran.err);
    assert!(told[0].starts_with("note: plangate.toml:1: `fail-on = \"never\"` has no effect: "), "{}", told[0]);
    let report = json(here.path(), &["--policy", policy]);
    assert_eq!(report["policy"]["path"], policy);
    assert_eq!(report["policy"]["sha256"].as_str().unwrap().len(), 64);
    assert!(counted(here.path(), &["--policy", policy]).contains(&"PLN001".to_owned()));
    assert_eq!(check(here.path(), &["--policy", policy, "--fail-on", "never", "--ignore", "PLN"]).code, 1);
    write(here.path(), "policy.toml", "");
    refused(
        &check(here.path(), &["--policy", "policy.toml"]),
        "the policy policy.toml lies inside of the repository that it is held over; keep it outside",
    );
}

#[test]
fn a_policy_can_be_tightened() {
    let policies = TempDir::new().unwrap();
    let policy = policies.path().join("policy.toml");
    fs::write(&policy, "fail-on = \"never\"\nselect = [\"PLN301\"]\nphase = \"design\"\n").unwrap();
    let here = repository(&[("plangate.toml", "fail-on = \"error\"\nselect = [\"PLN001\"]\nphase = \"tasks\"\n")]);
    let policy = ["--policy", policy.to_str().unwrap()];
    assert_eq!(check(here.path(), &policy).code, 1);
    assert_eq!(json(here.path(), &policy)["plans"][0]["phase"], "tasks");
    assert!(counted(here.path(), &policy).contains(&"PLN001".to_owned()));
}

#[test]
fn an_expired_waiver_counts_again_and_is_told() {
    let waiver = |last: &str| {
        format!(
            "\n[[waiver]]\nrule = \"PLN001\"\npath = \"specs/001-*\"\nreason = \"a sketch\"\nowner = \"Ada\"\nexpires = {last}\n"
        )
    };
    let here = repository(&[("plangate.toml", &waiver("2026-11-22"))]);
    assert_eq!(check(here.path(), &[]).code, 0, "{}", check(here.path(), &[]).out);
    let report = json(here.path(), &[]);
    let suppressed = &report["plans"][0]["findings"][0]["suppressed"];
    assert_eq!(
        (&suppressed["by"], &suppressed["reason"], &suppressed["owner"], &suppressed["expires"]),
        (&"waiver".into(), &"a sketch".into(), &"Ada".into(), &"2026-11-22".into())
    );
    write(here.path(), "plangate.toml", &waiver("2026-11-21"));
    let ran = check(here.path(), &[]);
    assert_eq!(ran.code, 1);
    let expected = "error[PLN903 expired-waiver]: the waiver of PLN001 ended on 2026-11-21\n --> plangate.toml:7:11\n";
    assert!(ran.out.contains(expected), "{}", ran.out);
    assert!(
        ran.out.contains("help: settle it, or have Ada give it another day: `expires = \"YYYY-MM-DD\"`"),
        "{}",
        ran.out
    );
    assert!(counted(here.path(), &[]).contains(&"PLN001".to_owned()));
}

#[test]
fn a_waiver_that_covers_nothing_is_told_where_everything_was_checked() {
    let waiver = "[[waiver]]\nrule = \"PLN301\"\npath = \"specs/**\"\nreason = \"why\"\nowner = \"Ada\"\n";
    let here = repository(&[("plangate.toml", waiver), ("specs/002-second/plan.md", PLAN)]);
    assert!(!counted(here.path(), &[]).contains(&"PLN901".to_owned()), "002-second is another branch");
    fs::remove_dir_all(here.path().join("specs/002-second")).unwrap();
    assert!(counted(here.path(), &[]).contains(&"PLN901".to_owned()));
    write(here.path(), "specs/002-second/plan.md", PLAN);
    assert!(!counted(here.path(), &["specs/001-voting"]).contains(&"PLN901".to_owned()));
}

#[test]
fn suppressed_findings_stay_listed_with_their_reason() {
    let plan = PLAN.replacen("\n\n", "\n\n<!-- plangate-ignore PLN001: the constitution is being written -->\n\n", 1);
    let here = repository(&[(PLAN_AT, &plan)]);
    let ran = check(here.path(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("suppressed by comment: PLN001 missing-section"), "{}", ran.out);
    assert!(ran.out.contains("the constitution is being written"), "{}", ran.out);
    let report = json(here.path(), &[]);
    assert_eq!(report["plans"][0]["gate"]["derived"], "attention");
    assert!(report["summary"]["suppressed"].as_u64().unwrap() > 0);
    for comment in ["<!-- plangate-ignore PLN001 -->", "<!-- plangate-ignore PLN302: why -->"] {
        write(here.path(), PLAN_AT, &PLAN.replacen("\n\n", &format!("\n\n{comment}\n\n"), 1));
        let rule = if comment.contains("PLN302") { "PLN901" } else { "PLN902" };
        assert!(counted(here.path(), &[]).contains(&rule.to_owned()), "{comment}");
    }
}

#[test]
fn a_baseline_knows_what_was_found() {
    let here = repository(&[]);
    assert_eq!(check(here.path(), &[]).code, 1);
    let written = check(here.path(), &["--write-baseline"]);
    assert_eq!(written.code, 0, "{}", written.out);
    assert!(written.err.contains("known now: commit .plangate-baseline.json"), "{}", written.err);
    assert_eq!((check(here.path(), &[]).code, counted(here.path(), &[]).len()), (0, 0));
    write(here.path(), PLAN_AT, &PLAN.replace("## Summary", "Some words\nabove.\n\n## Summary"));
    assert_eq!((check(here.path(), &[]).code, counted(here.path(), &[]).len()), (0, 0), "lines moved");
    write(here.path(), PLAN_AT, &(PLAN.to_owned() + "\nThe storage: NEEDS CLARIFICATION\n"));
    assert_eq!(counted(here.path(), &["--phase", "research"]), ["PLN004"]);
    assert_eq!(check(here.path(), &["--no-config"]).code, 1);
    let report = json(here.path(), &[]);
    assert_eq!(report["plans"][0]["findings"][0]["suppressed"]["by"], "baseline");
}

#[test]
fn a_baseline_is_pruned_of_what_is_gone_alone() {
    let here = repository(&[("specs/002-second/plan.md", PLAN)]);
    check(here.path(), &["--write-baseline"]);
    let file = here.path().join(".plangate-baseline.json");
    let known = || {
        let text = fs::read_to_string(&file).unwrap();
        let known: Value = serde_json::from_str(&text).unwrap();
        known["findings"].as_array().unwrap().len()
    };
    let all = known();
    write(here.path(), PLAN_AT, &PLAN.replace("Members", "# Technical Context\n\nMembers"));
    let settled = PLAN.to_owned() + "\n## Technical Context\n\n**Storage**: SQLite\n";
    write(here.path(), PLAN_AT, &settled);
    let ran = check(here.path(), &["specs/001-voting", "--prune-baseline"]);
    assert!(known() < all, "{}", ran.err);
    assert!(ran.err.contains("gone were removed"), "{}", ran.err);
    let pruned = known();
    fs::remove_dir_all(here.path().join("specs/002-second")).unwrap();
    check(here.path(), &["specs/001-voting", "--prune-baseline"]);
    assert!(known() < pruned, "these are all plans that there are");
}

#[test]
fn a_baseline_can_stand_elsewhere() {
    let here = repository(&[("plangate.toml", "baseline = \"gate/known.json\"\n")]);
    fs::create_dir(here.path().join("gate")).unwrap();
    assert_eq!(check(here.path(), &["--write-baseline"]).code, 0);
    assert!(here.path().join("gate/known.json").exists());
    assert_eq!(check(here.path(), &[]).code, 0);
    refused(
        &check(here.path(), &["--baseline", "no.json"]),
        "there is no baseline no.json; --write-baseline writes one",
    );
    write(here.path(), "bad.json", "{}");
    let ran = check(here.path(), &["--baseline", "bad.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: the baseline bad.json is not one that --write-baseline wrote"), "{}", ran.err);
    assert_eq!(check(here.path(), &["--baseline", "other.json", "--write-baseline"]).code, 0);
    assert!(here.path().join("other.json").exists());
}

#[test]
fn many_findings_end_with_the_command_that_writes_a_baseline() {
    let here = repository(&[]);
    for number in 2..20 {
        write(here.path(), &format!("specs/{number:03}-feature/plan.md"), PLAN);
    }
    let out = check(here.path(), &[]).out;
    assert!(out.contains("\nmost findings: PLN001 missing-section ("), "{out}");
    assert!(out.contains("write a baseline: plangate check --write-baseline\n"), "{out}");
    assert_eq!(check(here.path(), &["--write-baseline"]).code, 0);
    assert!(!check(here.path(), &[]).out.contains("most findings"));
}

#[test]
fn the_effective_configuration_names_where_each_value_comes_from() {
    let here = repository(&[
        ("plangate.toml", "extends = \"base.toml\"\nignore = [\"PLN113\"]\n\n[severities]\nPLN201 = \"error\"\n"),
        ("base.toml", "fail-on = \"warning\"\nignore = [\n  \"PLN114\",\n]\n"),
    ]);
    let ran = run(here.path(), &["config", "--config", "phase=tasks"]);
    assert_eq!((ran.code, ran.err.lines().count()), (0, 1), "{}", ran.err);
    let lines: Vec<String> =
        ran.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let expected = [
        "extends = \"base.toml\" # plangate.toml:1", "phase = \"tasks\" # --config phase=tasks",
        "fail-on = \"warning\" # base.toml:1", "ignore = [", "\"PLN114\", # base.toml:3",
        "\"PLN113\", # plangate.toml:2", "]", "severities.PLN201 = \"error\" # plangate.toml:5",
    ];
    assert_eq!(lines, expected);
    write(here.path(), "again.toml", &ran.out.replace("extends", "#"));
    assert_eq!(
        check(here.path(), &["--config", "again.toml", "--fail-on", "never"]).code,
        0,
        "it can be kept as a file"
    );
}

#[test]
fn packs_that_are_named_must_be_there() {
    let plan = PLAN.to_owned() + "\n## Constitution Check\n\n- I. Fairness: ✅ PASS\n";
    let text = "required-packs = [\"mvp\"]\npacks = [\"mvp\"]\n";
    let here = repository(&[(PLAN_AT, &plan), ("plangate.toml", text)]);
    assert!(counted(here.path(), &[]).contains(&"PLN101".to_owned()));
    let names =
        json(here.path(), &[])["packs"].as_array().unwrap().iter().map(|pack| pack["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names, ["mvp", "plan"]);
    write(here.path(), "plangate.toml", &(text.to_owned() + "ignore = [\"PRD8\"]\n"));
    assert!(check(here.path(), &[]).code < 2, "a rule of a pack that is kept out is known all the same");
    for key in ["required-packs", "packs"] {
        write(here.path(), "plangate.toml", &format!("\n{key} = [\"mpv\"]\n"));
        let ran = check(here.path(), &[]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("`mpv`"), "{}", ran.err);
    }
}

/// The blocks of a page whose fence opens with this word.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(page)).unwrap();
    let fence = format!("\n```{language}\n");
    let fences = text.split(&fence).skip(1);
    fences.map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

#[test]
fn what_the_pages_write_is_read() {
    let blocks = [blocks("configuration.md", "toml"), blocks("adopting.md", "toml")].concat();
    assert!(blocks.len() > 10);
    for block in blocks {
        let here = repository(&[("plangate.toml", &block), ("gate/company.toml", "select = [\"PLN\"]\n")]);
        let arguments: &[&str] = if block.contains("baseline =") { &["--write-baseline"] } else { &[] };
        let ran = check(here.path(), arguments);
        assert!(ran.code < 2, "{block}\n{}", ran.err);
    }
}

#[test]
fn what_the_pages_run_runs() {
    let lines: Vec<String> = ["configuration.md", "adopting.md"]
        .iter()
        .flat_map(|page| blocks(page, "console"))
        .flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(lines.len() > 5);
    let here = repository(&[]);
    let policy = TempDir::new().unwrap();
    write(policy.path(), "policy.toml", "ignore = [\"PLN113\"]\n");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        git.current_dir(here.path()).args(identity).args(arguments).stdin(Stdio::null());
        assert!(git.output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "Plan"]);
    git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    for line in lines {
        let line = line.replace("/etc/plangate", policy.path().to_str().unwrap());
        let words: Vec<&str> = line.split(' ').collect();
        let policy: Vec<&str> = words[0].strip_prefix("PLANGATE_POLICY=").into_iter().collect();
        let words = if policy.is_empty() { &words[..] } else { &words[1..] };
        if words[0] == "git" {
            git(&words[1..]);
            continue;
        }
        assert_eq!(words[0], "plangate", "{line}");
        let extra = policy.iter().flat_map(|policy| ["--policy", policy]).collect::<Vec<_>>();
        let ran = run(here.path(), &[&words[1..], &extra[..]].concat());
        assert!(ran.code < 2, "{line}: {}", ran.err);
    }
}

#[test]
fn a_pack_that_is_listed_by_its_file_is_known_by_its_name() {
    let pack =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/acme-pack/acme.toml")).unwrap();
    let here = repository(&[("gate/acme.toml", &pack), ("plangate.toml", "[[pack]]\npath = \"gate/acme.toml\"\n")]);
    let inactive = |arguments: &[&str]| {
        let plan = json(here.path(), arguments)["plans"][0].clone();
        plan["inactive_packs"].as_array().unwrap().contains(&"acme".into())
    };
    assert!(inactive(&[]) && !inactive(&["--pack", "acme"]));
    for (arguments, told) in [
        (&["packs"][..], "acme 1.2.0, from a TOML file"),
        (&["rules"], "ACM1301"),
        (&["explain", "ACM1301"], "# ACM1301 unlisted-personal-data"),
        (&["packs", "--pack", "acme"], "acme 1.2.0, from a TOML file"),
        (&["template", "--pack", "acme"], "XIII. Privacy by Design"),
    ] {
        let known = run(here.path(), arguments);
        assert!(known.code == 0 && known.out.contains(told), "{arguments:?}: {}{}", known.out, known.err);
        let unknown = run(here.path(), &[arguments, &["--no-config"]].concat());
        assert!(!unknown.out.contains(told), "{arguments:?}: {}", unknown.out);
    }
    let ran = check(here.path(), &["--pack", "acne"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no pack is called `acne`") && ran.err.contains("did you mean `acme`?"), "{}", ran.err);
}

#[test]
fn a_baseline_of_many_findings_is_read() {
    let known = |at: usize| {
        let message = "it is known".repeat(20);
        format!(
            "{{\"plan\": \"specs/{at}/plan.md\", \"rule\": \"PLN001\", \"fingerprint\": \"{at:016x}\", \"message\": \"{message}\"}}"
        )
    };
    let known: Vec<String> = (0..8_000).map(known).collect();
    let baseline = format!("{{\"schema_version\": 1, \"findings\": [{}]}}", known.join(","));
    assert!(baseline.len() > 2 * 1024 * 1024);
    let here = repository(&[(".plangate-baseline.json", &baseline)]);
    let ran = check(here.path(), &["--prune-baseline"]);
    assert!(ran.err.contains("8000 that are gone were removed"), "{}", ran.err);
}

#[test]
fn a_manifest_is_held_to_its_pin() {
    let pack =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/acme-pack/acme.toml")).unwrap();
    let here = repository(&[("gate/acme.toml", &pack), ("plangate.toml", "[[pack]]\npath = \"gate/acme.toml\"\n")]);
    let names = |report: &Value| {
        report["packs"].as_array().unwrap().iter().map(|pack| pack["name"].clone()).collect::<Vec<_>>()
    };
    assert!(names(&json(here.path(), &[])).contains(&"acme".into()));
    let pinned = format!("[[pack]]\npath = \"gate/acme.toml\"\nsha256 = \"{}\"\n", "0".repeat(64));
    write(here.path(), "plangate.toml", &pinned);
    let ran = check(here.path(), &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(&format!("{} is pinned", "0".repeat(64))), "{}", ran.err);
}
