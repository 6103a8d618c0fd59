//! `check --fix` and `check --diff` from outside: what is written, what is left alone, exit codes.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use kit::{folder, plangate, ran, run};
use tempfile::TempDir;

const BEFORE: &str = "\
# Implementation Plan: Voting

**Branch**: `001-voting` | **Date**: May 4, 2026 | **Spec**: [link]

<!--
  ACTION REQUIRED: Replace the content in this section.
-->

## Summary

Members vote on the day's lunch.
";

const AFTER: &str = "\
# Implementation Plan: Voting

**Branch**: `001-voting` | **Date**: 2026-05-04 | **Spec**: [spec.md](./spec.md)

## Summary

Members vote on the day's lunch.
";

const PLAN: &str = "specs/001-voting/plan.md";

fn repository(plan: &[u8]) -> TempDir {
    folder(&[
        (".specify/memory/constitution.md", b"# Constitution\n"),
        (PLAN, plan),
        ("specs/001-voting/spec.md", b"# Spec\n"),
    ])
}

fn fixable(arguments: &[&'static str]) -> Vec<&'static str> {
    [&["check", "--select", "PLN002,PLN003,PLN302"], arguments].concat()
}

#[test]
fn what_can_be_fixed_is_fixed_and_the_rest_is_reported() {
    let here = repository(format!("{BEFORE}\n[Gates determined based on constitution file]\n").as_bytes());
    let fixed = run(here.path(), &fixable(&["--fix", "--output-format", "concise"]));
    assert_eq!(fixed.code, 1, "{}{}", fixed.out, fixed.err);
    assert_eq!(fixed.out.lines().count(), 1, "{}", fixed.out);
    assert!(fixed.out.contains("PLN002"), "{}", fixed.out);
    assert_eq!(fixed.err, "note: fixed 3 findings in 1 plan\n");
    let plan = fs::read_to_string(here.path().join(PLAN)).unwrap();
    assert_eq!(plan, format!("{AFTER}\n[Gates determined based on constitution file]\n"));
    for _ in 0..2 {
        let again = run(here.path(), &fixable(&["--fix", "--output-format", "concise"]));
        assert_eq!((again.out, again.err.as_str()), (fixed.out.clone(), "note: fixed 0 findings in 0 plans\n"));
        assert_eq!(fs::read_to_string(here.path().join(PLAN)).unwrap(), plan);
    }
}

#[test]
fn a_diff_changes_nothing_and_can_be_applied() {
    let here = repository(BEFORE.as_bytes());
    let shown = run(here.path(), &fixable(&["--diff"]));
    assert_eq!((shown.code, shown.err.as_str()), (1, "note: would fix 3 findings in 1 plan\n"));
    assert_eq!(fs::read_to_string(here.path().join(PLAN)).unwrap(), BEFORE);
    let expected = "\
--- specs/001-voting/plan.md
+++ specs/001-voting/plan.md
@@ -1,10 +1,6 @@
 # Implementation Plan: Voting
 
-**Branch**: `001-voting` | **Date**: May 4, 2026 | **Spec**: [link]
-
-<!--
-  ACTION REQUIRED: Replace the content in this section.
--->
+**Branch**: `001-voting` | **Date**: 2026-05-04 | **Spec**: [spec.md](./spec.md)
 
 ## Summary
 
";
    assert_eq!(shown.out, expected);
    fs::write(here.path().join(PLAN), AFTER).unwrap();
    let nothing = run(here.path(), &fixable(&["--diff", "--quiet"]));
    assert_eq!((nothing.code, nothing.out.as_str(), nothing.err.as_str()), (0, "", ""));
}

#[test]
fn a_plan_from_standard_input_is_shown_and_never_fixed() {
    let input = |arguments: &[&str]| {
        let mut command = plangate(Path::new("."), arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The command may refuse before it reads.
        let _ = child.stdin.take().unwrap().write_all(b"# Implementation Plan: A\n\n**Date**: May 4, 2026");
        ran(child.wait_with_output().unwrap())
    };
    let shown = input(&["check", "--diff", "--select", "PLN302", "-"]);
    assert_eq!(shown.code, 1);
    assert!(shown.out.ends_with("-**Date**: May 4, 2026\n\\ No newline at end of file\n+**Date**: 2026-05-04\n\\ No newline at end of file\n"), "{}", shown.out);
    let refused = input(&["check", "--fix", "-"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert_eq!(refused.err, "error: standard input can't be fixed in place; --diff shows the fixes\n");
}

#[test]
fn usage_of_fixes() {
    let here = repository(BEFORE.as_bytes());
    for arguments in [&["--fix", "--diff"][..], &["--unsafe-fixes"], &["--diff", "--output-file", "x"]] {
        let ran = run(here.path(), &[&["check"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(here.path().join(PLAN)).unwrap(), BEFORE);
}

#[test]
fn line_endings_and_the_byte_order_mark_stay() {
    let crlf = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let here = repository(crlf(BEFORE).as_bytes());
    let fixed = run(here.path(), &fixable(&["--fix", "--quiet"]));
    assert_eq!((fixed.code, fixed.err.as_str()), (0, ""), "{}", fixed.out);
    assert_eq!(fs::read_to_string(here.path().join(PLAN)).unwrap(), crlf(AFTER));
}

#[test]
fn a_text_that_is_no_utf_8_is_left_alone() {
    let bytes = [BEFORE.as_bytes(), b"caf\xE9\n"].concat();
    let here = repository(&bytes);
    let ran = run(here.path(), &fixable(&["--fix"]));
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("fixed 0 findings") && ran.err.contains("is not UTF-8 from here on"), "{}", ran.err);
    assert_eq!(fs::read(here.path().join(PLAN)).unwrap(), bytes);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[test]
    fn the_mode_stays() {
        let here = repository(BEFORE.as_bytes());
        let plan = here.path().join(PLAN);
        fs::set_permissions(&plan, fs::Permissions::from_mode(0o640)).unwrap();
        let owner = fs::metadata(&plan).unwrap();
        assert_eq!(run(here.path(), &fixable(&["--fix"])).code, 0);
        let kept = fs::metadata(&plan).unwrap();
        assert_eq!((kept.mode() & 0o7777, kept.uid(), kept.gid()), (0o640, owner.uid(), owner.gid()));
        assert_eq!(names(plan.parent().unwrap()), ["plan.md", "spec.md"]);
    }

    #[test]
    fn a_read_only_plan_is_left_alone() {
        let here = repository(BEFORE.as_bytes());
        fs::set_permissions(here.path().join(PLAN), fs::Permissions::from_mode(0o444)).unwrap();
        let ran = run(here.path(), &fixable(&["--fix", "--output-format", "concise"]));
        assert_eq!((ran.code, ran.out.lines().count()), (2, 3), "what is not fixed is reported");
        assert!(ran.err.contains(&format!("error: {PLAN} is read-only, and was left alone\n")), "{}", ran.err);
        assert_eq!(fs::read_to_string(here.path().join(PLAN)).unwrap(), BEFORE);
    }

    #[test]
    fn a_link_within_the_repository_stays_a_link() {
        let here = repository(BEFORE.as_bytes());
        let plan = here.path().join(PLAN);
        fs::create_dir(here.path().join("kept")).unwrap();
        fs::rename(&plan, here.path().join("kept/plan.md")).unwrap();
        symlink("../../kept/plan.md", &plan).unwrap();
        assert_eq!(run(here.path(), &fixable(&["--fix"])).code, 0);
        assert!(fs::symlink_metadata(&plan).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(here.path().join("kept/plan.md")).unwrap(), AFTER);
    }

    #[test]
    fn what_lies_behind_a_link_out_of_the_repository_is_never_written() {
        let outside = folder(&[("plan.md", BEFORE.as_bytes())]);
        let here = repository(b"");
        fs::remove_file(here.path().join(PLAN)).unwrap();
        symlink(outside.path().join("plan.md"), here.path().join(PLAN)).unwrap();
        let ran = run(here.path(), &fixable(&["--fix"]));
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert_eq!(fs::read_to_string(outside.path().join("plan.md")).unwrap(), BEFORE);
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn a_run_that_is_killed_leaves_no_half_written_plan() {
    const PLANS: usize = 120;
    let filler = "A sentence of a plan that is long enough to be cut in the middle.\n\n".repeat(2_000);
    let (before, after) = (format!("{BEFORE}\n{filler}"), format!("{AFTER}\n{filler}"));
    let here = repository(b"# A\n");
    let plans: Vec<PathBuf> = (0..PLANS).map(|at| here.path().join(format!("specs/{at:03}-voting/plan.md"))).collect();
    for plan in &plans {
        fs::create_dir_all(plan.parent().unwrap()).unwrap();
        fs::write(plan.with_file_name("spec.md"), "# Spec\n").unwrap();
    }
    let mut seen_both = false;
    for milliseconds in [20, 60, 120, 200, 300, 450, 600, 900] {
        plans.iter().for_each(|plan| fs::write(plan, &before).unwrap());
        let mut child = plangate(here.path(), &fixable(&["--fix", "--quiet", "--jobs", "2"]))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        let texts = plans.iter().map(|plan| fs::read_to_string(plan).unwrap());
        let written = texts.filter(|text| {
            assert!(*text == before || *text == after, "half a plan after {milliseconds} ms");
            *text == after
        });
        let written = written.count();
        seen_both |= 0 < written && written < PLANS;
    }
    assert!(seen_both, "no run was killed in the middle of its writing");
}
