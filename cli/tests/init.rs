//! `init`, `completions` and `man` from outside.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;
use std::process::Stdio;

use kit::{folder, plangate, run};

#[test]
fn the_written_configuration_is_read_as_it_is_and_with_every_key_in_force() {
    let here = folder(&[(".git/HEAD", b"")]);
    let ran = run(here.path(), &["init"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", "note: wrote plangate.toml\n"));
    let path = here.path().join("plangate.toml");
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(run(here.path(), &["check", "--allow-empty"]).code, 0);
    // A key stands behind its #, prose behind "# ".
    let is_key = |line: &str| {
        line.strip_prefix('#').is_some_and(|rest| rest.starts_with(|c: char| c == '[' || c.is_ascii_lowercase()))
    };
    // These name files that are not here.
    let elsewhere = ["extends", "path = \"packs", "[[pack]]", "baseline"];
    let in_force: Vec<&str> = written
        .lines()
        .filter(|line| is_key(line))
        .filter_map(|line| line.strip_prefix('#'))
        .filter(|line| !elsewhere.iter().any(|start| line.starts_with(start)))
        .collect();
    assert!(in_force.len() > 15, "{in_force:?}");
    fs::write(&path, in_force.join("\n")).unwrap();
    let ran = run(here.path(), &["check", "--allow-empty"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn what_is_there_is_not_overwritten_unless_it_is_said() {
    let here = folder(&[(".git/HEAD", b""), ("plangate.toml", b"fail-on = \"never\"\n")]);
    let refused = run(here.path(), &["init"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert_eq!(refused.err, "error: there is a configuration already: plangate.toml; nothing was written\n");
    let kept = run(here.path(), &["init", "--pre-commit"]);
    assert_eq!(kept.code, 0, "{}", kept.err);
    assert!(
        kept.err
            .starts_with("note: plangate.toml is there already, and was kept\nnote: wrote .pre-commit-config.yaml\n"),
        "{}",
        kept.err
    );
    assert_eq!(fs::read_to_string(here.path().join("plangate.toml")).unwrap(), "fail-on = \"never\"\n");
    fs::write(here.path().join(".pre-commit-config.yaml"), "repos: []\n").unwrap();
    let refused = run(here.path(), &["init", "--pre-commit", "--ci", "gitlab"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.ends_with("error: nothing was written, because there is already .pre-commit-config.yaml; --force replaces what is there\n"), "{}", refused.err);
    assert!(!here.path().join(".gitlab").exists(), "all or nothing");
    assert_eq!(run(here.path(), &["init", "--pre-commit", "--force"]).code, 0);
    assert!(fs::read_to_string(here.path().join(".pre-commit-config.yaml")).unwrap().contains("plangate check"));
    assert_eq!(run(here.path(), &["init", "--force"]).code, 0);
    assert!(
        fs::read_to_string(here.path().join("plangate.toml")).unwrap().starts_with("# The configuration of plangate.")
    );
}

#[test]
fn every_integration_is_written_below_the_root() {
    let here = folder(&[(".git/HEAD", b""), ("below/x", b"")]);
    for arguments in [&["init", "--ci", "github", "--pre-commit", "--spec-kit"][..], &["init", "--ci", "gitlab"]] {
        let ran = run(&here.path().join("below"), arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    for path in [
        "plangate.toml",
        ".github/workflows/plangate.yml",
        ".gitlab/plangate.gitlab-ci.yml",
        ".pre-commit-config.yaml",
        ".specify/plangate/extension/extension.yml",
        ".specify/plangate/extension/commands/speckit.plangate.check.md",
        ".specify/plangate/overlay.yml",
        ".specify/plangate/preset/templates/plan-template.md",
    ] {
        assert!(here.path().join(path).is_file(), "{path}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let script = here.path().join(".specify/plangate/extension/scripts/bash/check.sh");
        assert_eq!(fs::metadata(script).unwrap().permissions().mode() & 0o111, 0o111);
    }
}

#[test]
fn every_shell_has_its_completions() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(here.path(), &["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        assert!(ran.out.contains("plangate") && ran.out.contains("unsafe-fixes"), "{shell}");
    }
    assert_eq!(run(here.path(), &["completions", "tcsh"]).code, 2);
}

#[test]
fn every_command_has_its_manual_page() {
    let here = folder(&[]);
    let whole = run(here.path(), &["man"]);
    assert_eq!(whole.code, 0);
    assert!(whole.out.contains(".TH plangate 1") && whole.out.contains("plangate\\-check(1)"), "{}", whole.out);
    let check = run(here.path(), &["man", "check"]);
    assert!(check.out.contains(".TH plangate-check 1") && check.out.contains("unsafe\\-fixes"), "{}", check.out);
    let refused = run(here.path(), &["man", "chekc"]);
    assert_eq!(
        (refused.code, refused.err.as_str()),
        (2, "error: there is no command `chekc`; did you mean `check`?\n")
    );
}

#[test]
fn what_was_meant_is_said() {
    let here = folder(&[("specs/001-voting/plan.md", b"# Implementation Plan: A\n")]);
    for (arguments, said) in [
        (&["check", "--select", "PNL201"][..], "did you mean `PLN201`?"),
        (&["check", "--ignore", "wrong-verdit"], "did you mean `wrong-verdict`?"),
        (&["check", "--severity", "malformed-dat=info"], "did you mean `malformed-date`?"),
        (&["check", "--pack", "mpv"], "did you mean `mvp`?"),
        (&["explain", "PLN8001"], "did you mean `PLN001`?"),
        (&["chek"], "'check'"),
    ] {
        let ran = run(here.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn a_reader_who_has_gone_is_no_error() {
    let here = folder(&[]);
    for arguments in [&["--help"][..], &["check", "--help"], &["completions", "zsh"], &["man", "check"], &["rules"]] {
        let mut child = plangate(here.path(), arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
    }
}
