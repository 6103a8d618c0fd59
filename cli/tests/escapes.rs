//! No document, file name, pack or argument has the terminal obey it: control characters are shown instead.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![expect(clippy::print_stderr, reason = "a test that can't run here says so")]

mod kit;

use std::process::{Command, Stdio};

use kit::{folder, ran, run};
use tempfile::TempDir;

/// Red, a link, a bell, an override of the direction, and a sequence that begins with one character of C1.
const EVIL: &str = "\u{1b}[31mEVIL\u{1b}]8;;http://x\u{7}\u{202e}\u{9b}31m";

const FORMATS: &[&str] =
    &["text", "concise", "json", "json-lines", "sarif", "junit", "github", "gitlab", "markdown", "html", "agent"];

fn repository() -> TempDir {
    let plan = "# Implementation Plan: EVIL\n\n**Branch**: `EVIL` | **Date**: May 4, 2026 | **Spec**: [EVIL](no-EVIL.md)\n\n\
        ## Summary\n\n[NEEDS CLARIFICATION: EVIL] <!-- plangate-ignore EVIL: EVIL -->\n\n\
        <!--\n  ACTION REQUIRED: EVIL\n-->\n\n## Technical Context\n\n**Storage**: EVIL\n**Testing**: [e.g., EVIL]\n\n\
        ## Constitution Check\n\n### I. EVIL ✅\n- Is EVIL? **Yes** - EVIL\n\n### II. EVIL other ❌\n\n\
        **Overall Status**: ✅ PASS EVIL\n\n## Project Structure\n\n```text\nsrc/EVIL/\n└── EVIL.rs\n```\n\n\
        ## Complexity Tracking\n\n| Violation | Why Needed | Simpler Alternative Rejected Because |\n|---|---|---|\n\
        | EVIL | EVIL | |\n";
    let constitution =
        "# EVIL Constitution\n\n## Core Principles\n\n### I. EVIL\n\nIt MUST EVIL.\n\n### III. Third EVIL\n\nMUST.\n";
    let pack = "[pack]\nname = \"acme\"\nversion = \"1.0.0\"\nprefix = \"ACM\"\ntitle = \"EVIL\"\n\n[[principle]]\n\
        ordinal = \"I\"\nname = \"EVIL\"\nstatuses = [\"pass\"]\n\n[[principle.question]]\nid = \"ACM101\"\n\
        name = \"unasked-thing\"\ntext = \"Is EVIL?\"\ndocs = \"## What it finds\\nEVIL\"\n";
    let config =
        "[[waiver]]\nrule = \"PLN001\"\npath = \"**\"\nreason = \"EVIL\"\nowner = \"EVIL\"\nexpires = 2020-01-01\n";
    // A TOML file says such characters by their numbers.
    let toml = |text: &str| {
        let escaped: String = EVIL.chars().map(|letter| format!("\\u{:04X}", u32::from(letter))).collect();
        text.replace("EVIL", &escaped)
    };
    let document = |text: &str| text.replace("EVIL", EVIL);
    let at = |file: &str| format!("specs/001-\u{1b}[31mvoting/{file}");
    folder(&[
        (".specify/memory/constitution.md", document(constitution).as_bytes()),
        ("plangate.toml", toml(config).as_bytes()),
        ("acme.toml", toml(pack).as_bytes()),
        (&at("plan.md"), document(plan).as_bytes()),
        (
            &at("spec.md"),
            document("# Spec\n\n### User Story 1 - EVIL (Priority: P1)\n\n- **FR-001**: EVIL\n").as_bytes(),
        ),
        (
            &at("tasks.md"),
            document("# Tasks\n\n- [ ] T001 [US9] EVIL\n- [ ] T001 FR-009 EVIL src/EVIL.rs\n").as_bytes(),
        ),
    ])
}

/// Nothing in the text is obeyed by a terminal, but for the ends of lines.
#[track_caller]
fn assert_plain(text: &str, what: &str) {
    let is_obeyed = |letter: &char| {
        letter.is_control() && !matches!(letter, '\n' | '\t') || ('\u{202a}'..='\u{202e}').contains(letter)
    };
    let found = text.char_indices().find(|(_, letter)| is_obeyed(letter));
    if let Some((at, letter)) = found {
        let before: String = text[..at].chars().rev().take(60).collect();
        panic!("{what}: {letter:?} behind {:?}", before.chars().rev().collect::<String>());
    }
}

#[test]
fn no_form_of_a_report_holds_one() {
    let here = repository();
    for format in FORMATS {
        let ran = run(here.path(), &["check", "--pack", "./acme.toml", "--output-format", format]);
        assert_eq!(ran.code, 1, "{format}: {}", ran.err);
        assert!(ran.out.contains("EVIL"), "{format} shows what the documents say");
        assert_plain(&ran.out, format);
        assert_plain(&ran.err, format);
    }
    let colored = run(here.path(), &["check", "--color", "always", "--statistics"]);
    // The command's own colours are of one form.
    let plain: String = colored.out.split("\u{1b}[").enumerate().fold(String::new(), |text, (at, part)| {
        let rest = if at == 0 { part } else { part.split_once('m').unwrap().1 };
        text + rest
    });
    assert!(colored.out.len() > plain.len());
    assert_plain(&plain, "colours");
}

#[test]
fn no_other_command_prints_one() {
    let here = repository();
    let evil = |before: &str| format!("{before}{EVIL}");
    let pack = ["--pack", "./acme.toml"];
    for arguments in [
        &["rules"][..],
        &["rules", "--output-format", "json"],
        &["rules", "--output-format", "markdown"],
        &["explain", "ACM101"],
        &["packs"],
        &["packs", "--output-format", "json"],
        &["template"],
    ] {
        let ran = run(here.path(), &[arguments, &pack].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(ran.out.contains("EVIL") || ran.out.contains("acme") || ran.out.contains("ACM"), "{arguments:?}");
        assert_plain(&ran.out, &format!("{arguments:?}"));
    }
    for arguments in
        [&["config"][..], &["parse", "specs"], &["parse", "--feature", "specs"], &["pack", "from-constitution"]]
    {
        let ran = run(here.path(), arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(ran.out.contains("EVIL"), "{arguments:?}");
        assert_plain(&ran.out, &format!("{arguments:?}"));
    }
    for arguments in [
        &["check", &evil("no-")][..],
        &["check", "--select", &evil("X")],
        &["check", "--config", &evil("a=")],
        &["check", "--changed-since", &evil("x")],
        &["check", "--pack", &evil("./x.toml")],
        &["explain", &evil("X")],
        &[&evil("x")],
        &["check", &evil("--x")],
        &["report", &evil("x")],
        &["check", "--today", &evil("2026")],
        &["check", "--output-format", &evil("x")],
    ] {
        let ran = run(here.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert_plain(&ran.out, &format!("{arguments:?}"));
        assert_plain(&ran.err, &format!("{arguments:?}"));
    }
}

/// A diff stays one that can be applied where a program reads it; a person reads it on a terminal, which util-linux'
/// `script` stands for.
#[test]
#[cfg(target_os = "linux")]
fn a_diff_on_a_terminal_holds_none() {
    let here = repository();
    let command = format!("{} check --diff --unsafe-fixes --color never", env!("CARGO_BIN_EXE_plangate"));
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &command, "/dev/null"]).current_dir(here.path());
    let Ok(output) = script.stdin(Stdio::null()).stderr(Stdio::piped()).stdout(Stdio::piped()).output() else {
        eprintln!("skipped: there is no `script`");
        return;
    };
    let ran = ran(output);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("+**Branch**") || ran.out.contains("-**Branch**"), "{}", ran.out);
    assert_plain(&ran.out.replace("\r\n", "\n"), "diff");
}
