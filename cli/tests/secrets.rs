//! A secret that PRD806 found is printed by no report, in no form, and by no diff.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;

use kit::{folder, run};
use tempfile::TempDir;

/// The shape of a GitHub token and of a password in a URL; neither was ever one.
const TOKEN: &str = "ghp_Zk3vQ8mT1xR7bN5cW9yL2pD6sH4jF0aGuE3i";
const PASSWORD: &str = "Wm5kd8Rz2Qh";
const ENV_VALUE: &str = "q7Xw2LpN9sVt4KbR8mYc";

const FORMATS: &[&str] =
    &["text", "concise", "json", "json-lines", "sarif", "junit", "github", "gitlab", "markdown", "html", "agent"];

/// A repository whose plan repeats the secrets wherever a finding may quote it.
fn repository() -> TempDir {
    let plan = "# Implementation Plan: Voting\n\n\
        **Branch**: `001-voting` | **Date**: May 4, 2026 | **Spec**: [TOKEN](docs/TOKEN.md) TOKEN\n\n\
        ## Summary\n\nMembers vote. [NEEDS CLARIFICATION: TOKEN or URL] TOKEN\n\n\
        See [it](docs/TOKEN/notes.md) and /home/kim/TOKEN/x.md. <!-- plangate-ignore PLN304: TOKEN -->\n\n\
        <!-- ACTION REQUIRED: TOKEN -->\n\n## Technical Context\n\n**Storage**: URL\n**Testing**: [e.g., TOKEN]\n\n\
        ## Constitution Check\n\n### VIII. Security First ✅\n\n\
        - Are secrets externalized (not hardcoded)? **Yes** - in TOKEN\n- Are CORS policies configured? **No** - TOKEN\n\n\
        ### XX. TOKEN ✅\n\n### XX. TOKEN ❌\n\n**Overall Status**: ✅ PASS - TOKEN\n\n\
        ## Project Structure\n\n```text\nsrc/TOKEN/\n└── TOKEN.rs\n```\n\n**Structure Decision**: TOKEN\n\n\
        ## Complexity Tracking\n\n| Violation | Why Needed | Simpler Alternative Rejected Because |\n|---|---|---|\n\
        | TOKEN | [current need] | |\n";
    let filled = |text: &str| {
        let url = format!("postgres://app:{PASSWORD}@db.acme.io/app");
        text.replace("URL", &url).replace("TOKEN", TOKEN)
    };
    folder(&[
        (
            ".specify/memory/constitution.md",
            b"# Constitution\n\n## Core Principles\n\n### VIII. Security First\n\nMUST.\n",
        ),
        (".env", format!("API_KEY={ENV_VALUE}\n").as_bytes()),
        ("specs/001-voting/plan.md", filled(plan).as_bytes()),
        ("specs/001-voting/quickstart.md", filled("# Quickstart\n\nUse `URL` with TOKEN.\n").as_bytes()),
        (
            "specs/001-voting/tasks.md",
            filled("# Tasks\n\n- [ ] T001 [US7] TOKEN\n- [ ] T001 TOKEN FR-008\n").as_bytes(),
        ),
    ])
}

#[track_caller]
fn assert_silent(text: &str, what: &str) {
    for secret in [TOKEN, PASSWORD, ENV_VALUE] {
        let found = text.find(secret).map(|at| text[..at].lines().last().unwrap_or_default());
        assert!(found.is_none(), "{what} tells {secret} behind {found:?}");
    }
}

#[test]
fn no_form_tells_a_secret() {
    let here = repository();
    for format in FORMATS {
        let ran = run(here.path(), &["check", "--pack", "production", "--output-format", format]);
        assert_eq!(ran.code, 1, "{format}: {}", ran.err);
        assert!(ran.out.contains("PRD806"), "{format} has the finding");
        assert_silent(&ran.out, format);
        assert_silent(&ran.err, format);
    }
}

#[test]
fn no_diff_and_no_repaired_report_tells_a_secret() {
    let here = repository();
    let plan = here.path().join("specs/001-voting/plan.md");
    let before = fs::read_to_string(&plan).unwrap();
    let diff = run(here.path(), &["check", "--pack", "production", "--diff", "--unsafe-fixes"]);
    assert_eq!(diff.code, 1, "{}", diff.err);
    assert!(diff.out.contains("+**Branch**: `001-voting` | **Date**: 2026-05-04"), "{}", diff.out);
    assert!(diff.out.contains("********"), "{}", diff.out);
    assert_silent(&diff.out, "the diff");
    assert_eq!(fs::read_to_string(&plan).unwrap(), before);

    let fixed = run(here.path(), &["check", "--pack", "production", "--fix", "--unsafe-fixes"]);
    assert_silent(&fixed.out, "the report");
    assert_silent(&fixed.err, "the notes");
    let after = fs::read_to_string(&plan).unwrap();
    assert!(after.contains(TOKEN) && after.contains(PASSWORD) && !after.contains("********"), "a plan keeps its text");
}

#[test]
fn a_baseline_and_a_merged_report_hold_no_secret() {
    let here = repository();
    let at = |file: &str| here.path().join(file);
    run(here.path(), &["check", "--pack", "production", "--write-baseline", "--baseline", "baseline.json"]);
    assert_silent(&fs::read_to_string(at("baseline.json")).unwrap(), "the baseline");
    run(here.path(), &["check", "--pack", "production", "--output-format", "json", "--output-file", "gate.json"]);
    let merged = run(here.path(), &["report", "merge", "gate.json", "--output-format", "html"]);
    assert!(merged.out.contains("PRD806"), "{}", merged.err);
    assert_silent(&merged.out, "the page");
}
