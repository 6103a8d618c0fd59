//! Manifest packs from outside: `--pack PATH.toml`, `pack new`, `pack test`, `pack from-constitution`.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;
use std::path::Path;

use kit::{folder, run};
use snapbox::cmd::{Command, OutputAssert};
use snapbox::{Assert, Redactions, str};
use tempfile::TempDir;

const PACK: &str = r#"
[pack]
name = "acme"
version = "1.2.0"
prefix = "ACM"

[[principle]]
ordinal = "XIII"
name = "Privacy by Design"
statuses = ["pass", "attention", "not-applicable"]

[[principle.question]]
id = "ACM1301"
name = "unlisted-personal-data"
text = "Is all personal data listed in data-model.md?"
evidence = { terms = ["personal data"], in = ["data-model.md"] }
contradicts = { dependencies = ["faker"] }
outcomes = { unsupported = "error" }
docs = "What a reader should know."
"#;

const PLAN: &str = "\
# Implementation Plan: Accounts

## Constitution Check

### XIII. Privacy by Design
- Is all personal data listed in data-model.md? **Yes** - name and address
- **Status**: ✅ PASS
";

const CONSTITUTION: &str = "\
# Acme Shop Constitution

## Core Principles

### I. Offline First

The app MUST work offline, with `workbox`.

### II. Tested (NON-NEGOTIABLE)

Tests MUST be written first.

**Version**: 1.1.0 | **Ratified**: 2026-01-02 | **Last Amended**: 2026-03-04
";

fn repository() -> TempDir {
    folder(&[
        ("acme.toml", PACK.as_bytes()),
        (".specify/x", b""),
        ("specs/001-accounts/plan.md", PLAN.as_bytes()),
        ("specs/001-accounts/data-model.md", b"# Data Model\n"),
    ])
}

fn plangate(at: &Path, arguments: &[&str]) -> OutputAssert {
    let mut redactions = Redactions::new();
    redactions.insert("[HERE]", at.to_path_buf()).unwrap();
    redactions.insert("[VERSION]", env!("CARGO_PKG_VERSION")).unwrap();
    let command = Command::from_std(kit::plangate(at, arguments)).with_assert(Assert::new().redact_with(redactions));
    command.assert()
}

#[test]
fn a_pack_that_is_a_toml_file_examines_every_plan() {
    let here = repository();
    plangate(here.path(), &["check", "--pack", "acme.toml", "--select", "ACM", "--output-format", "concise"])
        .code(1)
        .stdout_eq(str![[r#"
specs/001-accounts/plan.md:6:51: error[ACM1301 unlisted-personal-data] answered yes, and nothing in the feature or the repository speaks of it

"#]]);
    fs::write(here.path().join("specs/001-accounts/data-model.md"), "# Data Model\n\nPersonal data: the name\n")
        .unwrap();
    plangate(here.path(), &["check", "--pack", "./acme.toml", "--select", "ACM", "--output-format", "concise"])
        .code(0)
        .stdout_eq("");
    fs::write(here.path().join("package.json"), "{ \"dependencies\": { \"faker\": \"1.0.0\" } }\n").unwrap();
    plangate(here.path(), &["check", "--pack", "acme.toml", "--select", "ACM", "--output-format", "concise"])
        .code(1)
        .stdout_eq(str![[r#"
specs/001-accounts/plan.md:6:51: error[ACM1301 unlisted-personal-data] answered yes, but package.json depends on `faker`

"#]]);
    fs::write(here.path().join("specs/001-accounts/plan.md"), PLAN.replace("XIII. Privacy by Design", "I. Speed"))
        .unwrap();
    plangate(here.path(), &["check", "--pack", "acme.toml", "--select", "PLN101", "--output-format", "concise"])
        .code(1)
        .stdout_eq(str![[r#"
specs/001-accounts/plan.md:3:4: error[PLN101 missing-principle] principle "XIII. Privacy by Design" is not assessed

"#]]);
}

#[test]
fn lists_know_the_pack() {
    let here = repository();
    let packs = run(here.path(), &["packs", "--pack", "acme.toml"]).out;
    assert!(
        packs.contains("acme 1.2.0, from a TOML file: Acme Principles\n  1 principle, 1 rule\n  XIII. Privacy by Design (1 question)\n"),
        "{packs}"
    );
    let rules = run(here.path(), &["rules", "--pack", "acme.toml"]).out;
    assert!(rules.starts_with("ACM1301  unlisted-personal-data "), "{rules}");
    plangate(here.path(), &["explain", "ACM1301", "--pack", "acme.toml"]).code(0).stdout_eq(str![[r#"
# ACM1301 unlisted-personal-data

> Is all personal data listed in data-model.md?

- Principle: Privacy by Design (pack acme), asked as a duty
- Severity: at most error
- Some of its findings carry a fix

What a reader should know.

"#]]);
}

#[test]
fn a_faulty_pack_is_a_failure_and_the_others_are_asked() {
    let here = repository();
    let faulty = PACK.replace("evidence", "evidnce").replace("outcomes = { unsupported = \"error\" }\n", "");
    fs::write(here.path().join("acme.toml"), faulty).unwrap();
    plangate(here.path(), &["check", "--pack", "acme.toml", "--select", "PLN001", "--output-format", "concise"])
        .code(2)
        .stdout_eq(str![[r#"
specs/001-accounts/plan.md:1:1: error[PLN001 missing-section] the plan has no [..]
...
"#]])
        .stderr_eq(str![[r#"
error: pack `acme.toml` can't be loaded: acme.toml:16: unknown key `evidnce` in [[principle.question]]; did you mean `evidence`?

"#]]);
    plangate(here.path(), &["packs", "--pack", "acme.toml"]).code(2);
    fs::write(here.path().join("acme.toml"), b"\xff\xfe").unwrap();
    plangate(here.path(), &["rules", "--pack", "acme.toml"]).code(2).stderr_eq(str![[r#"
error: pack `acme.toml` can't be loaded: it is not UTF-8 text

"#]]);
    plangate(here.path(), &["check", "--pack", "no/such.toml"]).code(2).stderr_eq(str![[r#"
error: pack `no/such.toml` can't be loaded: there is no such file

"#]]);
}

#[test]
fn a_pinned_pack_that_changed_is_not_read() {
    let here = repository();
    let pin = "0".repeat(64);
    fs::write(here.path().join("plangate.toml"), format!("[[pack]]\npath = \"acme.toml\"\nsha256 = \"{pin}\"\n"))
        .unwrap();
    let ran = run(here.path(), &["check", "--select", "PLN001"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(&format!("and {pin} is pinned")), "{}", ran.err);
}

#[test]
fn a_pack_whose_ids_are_another_packs_is_left_out() {
    let here = repository();
    fs::write(here.path().join("acme.toml"), PACK.replace("ACM1301", "MVP101").replace("ACM", "MVP")).unwrap();
    plangate(here.path(), &["check", "--pack", "acme.toml", "--select", "PLN001", "--output-format", "concise"])
        .code(2)
        .stderr_eq(str![[r#"
...
error: pack `acme.toml` was left out: rule MVP101 is declared by pack `mvp` and by pack `acme`; ids are unique over all packs
...
"#]]);
}

#[test]
fn a_new_manifest_pack_passes_its_own_tests() {
    let here = folder(&[]);
    plangate(here.path(), &["pack", "new", "acme-shop", "--manifest"]).code(0).stdout_eq("").stderr_eq(str![[r#"
note: the pack acme-shop is in acme-shop; `plangate pack test acme-shop` runs its cases

"#]]);
    for path in ["acme-shop", "acme-shop/acme-shop.toml"] {
        plangate(here.path(), &["pack", "test", path]).code(0).stderr_eq("").stdout_eq(str![[r#"
acme-shop: 2 cases, 2 examples, 14 gate faults: all is well

"#]]);
    }
    plangate(&here.path().join("acme-shop"), &["pack", "test"]).code(0);
}

#[test]
fn a_pack_that_breaks_its_promises_is_told_so() {
    let here = folder(&[]);
    plangate(here.path(), &["pack", "new", "acme", "--manifest", "--path", "packs/ours"]).code(0);
    let at = here.path().join("packs/ours");
    fs::remove_dir_all(at.join("cases/unlisted")).unwrap();
    let text = fs::read_to_string(at.join("acme.toml")).unwrap();
    fs::write(
        at.join("acme.toml"),
        text.replace("## Why it matters", "## Why").replace("Personal data: name", "Some data: name"),
    )
    .unwrap();
    plangate(here.path(), &["pack", "test", "packs/ours"]).code(1).stdout_eq(str![[r###"
ACM101 unlisted-personal-data: the docs have no section "## Why it matters"
ACM101 unlisted-personal-data: example 2 fires; found: [[..]"ACM101: answered yes, and nothing in the feature or the repository speaks of it"[..]]
ACM101 unlisted-personal-data: no case in packs/ours/cases in which it fires
acme: 1 cases, 2 examples, 14 gate faults: 3 things are wrong

"###]]);
}

#[test]
fn what_can_not_be_made_or_tested_is_refused() {
    let here = folder(&[("full/file", b""), ("crate/Cargo.toml", b""), ("two/a.toml", b""), ("two/b.toml", b"")]);
    for (arguments, message) in [
        (
            &["pack", "new", "Acme Inc", "--manifest"][..],
            "error: the pack's name \"Acme Inc\" is not kebab-case, such as acme\n",
        ),
        (&["pack", "new", "mvp", "--manifest"], "error: the pack's name \"mvp\" is taken; choose another\n"),
        (
            &["pack", "new", "acme", "--manifest", "--path", "full"],
            "error: full is there already, and not empty; --path names another folder\n",
        ),
        (
            &["pack", "new", "acme", "--rust", "--core-path", "full"],
            "error: --core-path full holds no crate; name the folder of plangate-core\n",
        ),
        (&["pack", "test", "crate"], "error: crate is a pack in Rust: `cargo test` runs its cases\n"),
        (&["pack", "test", "two"], "error: two holds 2 TOML files; name one of them\n"),
        (&["pack", "test", "full"], "error: full holds no TOML file; `plangate pack new NAME --manifest` makes one\n"),
        (&["pack", "test", "no.toml"], "error: pack `no.toml` can't be loaded: there is no such file\n"),
    ] {
        plangate(here.path(), arguments).code(2).stdout_eq("").stderr_eq(message);
    }
    plangate(here.path(), &["pack", "new", "acme"]).code(2);
    plangate(here.path(), &["pack", "new", "acme", "--rust", "--manifest"]).code(2);
}

#[test]
fn a_constitution_becomes_a_pack_that_loads() {
    let here = folder(&[
        (".specify/memory/constitution.md", CONSTITUTION.as_bytes()),
        (
            "specs/001-a/plan.md",
            b"# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n| II. Tested | N/A | none |\n",
        ),
    ]);
    let out = plangate(here.path(), &["pack", "from-constitution"]).code(0).stderr_eq("").get_output().stdout.clone();
    plangate(here.path(), &["pack", "from-constitution", "--output", "shop.toml"]).code(0).stdout_eq("");
    assert_eq!(fs::read(here.path().join("shop.toml")).unwrap(), out);
    plangate(
        here.path(),
        &["check", "--pack", "shop.toml", "--select", "PLN101,PLN103,PLN117,ACM", "--output-format", "concise"],
    )
    .code(1)
    .stdout_eq(str![[r#"
specs/001-a/plan.md:3:4: error[PLN101 missing-principle] principle "I. Offline First" is not assessed
specs/001-a/plan.md:7:16: error[PLN103 disallowed-status] "II. Tested" does not offer N/A

"#]]);
    plangate(here.path(), &["pack", "from-constitution", "--output", "shop.toml"]).code(2).stderr_eq(str![[r#"
error: shop.toml is there already; --update merges the constitution into it

"#]]);
    let by_file = plangate(here.path(), &["pack", "from-constitution", ".specify/memory/constitution.md"]).code(0);
    assert_eq!(by_file.get_output().stdout, out);
}

#[test]
fn an_amended_constitution_is_merged() {
    let here = folder(&[(".specify/memory/constitution.md", CONSTITUTION.as_bytes())]);
    let at = |path: &str| here.path().join(path);
    plangate(here.path(), &["pack", "from-constitution", "--output", "shop.toml"]).code(0);
    plangate(here.path(), &["pack", "from-constitution", "--output", "shop.toml", "--check"]).code(0).stdout_eq("");
    let by_hand = fs::read_to_string(at("shop.toml"))
        .unwrap()
        .replace("terms = [\"workbox\"]", "terms = [\"workbox\", \"cache\"]");
    fs::write(at("shop.toml"), &by_hand).unwrap();
    let amended = CONSTITUTION
        .replace("1.1.0", "1.2.0")
        .replace("**Version**", "### III. Kind Errors\n\nErrors MUST be kind.\n\n**Version**");
    fs::write(at(".specify/memory/constitution.md"), amended).unwrap();
    plangate(here.path(), &["pack", "from-constitution", "--output", "shop.toml", "--check"]).code(1).stdout_eq(str![
        [r#"
shop.toml: the edition is 1.2.0, and was 1.1.0
shop.toml: principle "III. Kind Errors" is new

"#]
    ]);
    assert_eq!(fs::read_to_string(at("shop.toml")).unwrap(), by_hand, "--check changes nothing");
    plangate(here.path(), &["pack", "from-constitution", "--output", "shop.toml", "--update"])
        .code(0)
        .stdout_eq("")
        .stderr_eq(str![[r#"
note: the edition is 1.2.0, and was 1.1.0
note: principle "III. Kind Errors" is new

"#]]);
    let merged = fs::read_to_string(at("shop.toml")).unwrap();
    assert!(
        merged.contains("terms = [\"workbox\", \"cache\"]") && merged.contains("text = \"Errors MUST be kind\""),
        "{merged}"
    );
    plangate(here.path(), &["pack", "from-constitution", "--output", "shop.toml", "--check"]).code(0);
}

#[cfg(unix)]
#[test]
fn a_replaced_pack_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt as _;
    let here = folder(&[(".specify/memory/constitution.md", CONSTITUTION.as_bytes())]);
    let pack = here.path().join("shop.toml");
    plangate(here.path(), &["pack", "from-constitution", "--output", "shop.toml"]).code(0);
    fs::set_permissions(&pack, fs::Permissions::from_mode(0o640)).unwrap();
    fs::write(here.path().join(".specify/memory/constitution.md"), CONSTITUTION.replace("1.1.0", "1.2.0")).unwrap();
    plangate(here.path(), &["pack", "from-constitution", "--output", "shop.toml", "--update"]).code(0);
    assert_eq!(fs::metadata(&pack).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(here.path()).unwrap().count(), 2, "no temporary file stays");
}

#[test]
fn what_gives_no_pack_is_refused() {
    let here = folder(&[
        ("none/.specify/x", b""),
        (
            "unfilled/.specify/memory/constitution.md",
            b"# [PROJECT_NAME] Constitution\n\n## Core Principles\n\n### [PRINCIPLE_1_NAME]\n",
        ),
        ("empty/.specify/memory/constitution.md", b"# Notes\n"),
        ("wrong/.specify/memory/constitution.md", CONSTITUTION.as_bytes()),
        ("wrong/pack.toml", b"[pack]\n"),
    ]);
    for (arguments, message) in [
        (
            &["none"][..],
            "error: there is no constitution in none: none of .specify/memory/constitution.md, memory/constitution.md and the like\n",
        ),
        (
            &["unfilled"],
            "error: unfilled/.specify/memory/constitution.md is still the untouched template; fill it in first\n",
        ),
        (
            &["empty"],
            "error: empty/.specify/memory/constitution.md holds no principle; write each as a heading such as \"### I. Library First\"\n",
        ),
        (
            &["wrong", "--output", "wrong/pack.toml", "--update"],
            "error: wrong/pack.toml:1: the pack has no principle; write one as [[principle]]; wrong/pack.toml:1: [pack] has no `name`; write name = \"acme\"; wrong/pack.toml:1: [pack] has no `version`; write version = \"1.0.0\"; and 1 more\n",
        ),
        (
            &["wrong", "--output", "no.toml", "--check"],
            "error: no.toml could not be read (No such file or directory (os error 2))\n",
        ),
    ] {
        plangate(here.path(), &[&["pack", "from-constitution"], arguments].concat()).code(2).stderr_eq(message);
    }
    plangate(here.path(), &["pack", "from-constitution", "wrong", "--update"]).code(2);
}
