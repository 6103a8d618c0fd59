//! Configurations, manifests, packs and plans as JSON that were made to break their reader: globs, lists that multiply,
//! words of a megabyte.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;
use std::path::Path;

use kit::{Ran, folder, run};
use tempfile::TempDir;

const PLAN: &str = "# Implementation Plan: Voting\n\n## Summary\n\nMembers vote.\n";

fn repository() -> TempDir {
    folder(&[(".specify/memory/constitution.md", b"# Constitution\n"), ("specs/001-voting/plan.md", PLAN.as_bytes())])
}

fn put(here: &TempDir, path: &str, text: &str) {
    let path = here.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn numbered(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect()
}

/// Runs the command where it has 512 MiB for all that it maps, its own code included.
#[cfg(target_os = "linux")]
fn run_in_little_memory(at: &Path, arguments: &[&str]) -> Ran {
    let plain = kit::plangate(at, &[arguments, &["--jobs", "1"]].concat());
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "ulimit -v 524288; exec \"$@\"", "sh"]).arg(plain.get_program()).args(plain.get_args());
    kit::ran(command.current_dir(at).output().unwrap())
}

#[cfg(not(target_os = "linux"))]
fn run_in_little_memory(at: &Path, arguments: &[&str]) -> Ran {
    run(at, arguments)
}

#[test]
fn globs_cost_what_their_length_costs() {
    let one = |glob: String| format!("[[override]]\npaths = [\"{glob}\"]\nignore = [\"PLN\"]\n");
    for (toml, code) in [
        (numbered(16_000, |at| format!("[[override]]\npaths = [\"s{at}*\"]\nignore = [\"PLN\"]\n")), 1),
        (one(numbered(100_000, |at| format!("{at}*\", \""))), 1),
        (one("a*".repeat(500_000)), 1),
        (one("**/a/".repeat(200_000)), 1),
        (one("{a,b}".repeat(200_000)), 1),
        (one("{a,".repeat(200_000) + &"}".repeat(200_000)), 1),
        (one(format!("[{}]", "a-z".repeat(300_000))), 1),
        (one("*".repeat(900_000)), 0),
    ] {
        let here = repository();
        // No glob is the empty one.
        put(&here, "plangate.toml", &toml.replace(", \"\"]", "]"));
        let ran = run_in_little_memory(here.path(), &["check", "--output-format", "concise"]);
        let begins: String = toml.chars().take(60).collect();
        assert_eq!(ran.code, code, "{begins}: {}", ran.err);
    }
}

#[test]
fn what_a_file_multiplies_has_a_bound() {
    let here = repository();
    put(&here, "plangate.toml", &numbered(101, |at| format!("[[pack]]\npath = \"{at}.toml\"\n")));
    let ran = run(here.path(), &["check"]);
    let told = "error: plangate.toml:201: more than 100 packs are read from files; leave this one out\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, told));

    let here = repository();
    let base = "\"./tsconfig.json\", ".repeat(40_000);
    put(&here, "web/tsconfig.json", &format!("{{ \"extends\": [{base}\"./none.json\"] }}"));
    let ran = run(here.path(), &["check", "--output-format", "concise"]);
    assert_eq!(ran.code, 1, "{}", ran.err);

    let here = repository();
    put(&here, ".gitignore", &"a*b\n".repeat(40_000));
    put(&here, "web/.gitignore", &"a*b\n".repeat(40_000));
    put(&here, "app/.gitignore", "dist/\n");
    let ran = run_in_little_memory(here.path(), &["check", "--output-format", "concise"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let told = "web (is not entered, because its .gitignore holds 160000 bytes, more than the 102144 that are read)";
    assert!(ran.err.contains(told) && !ran.err.contains("app ("), "{}", ran.err);
}

#[test]
fn a_plan_as_json_costs_what_its_length_costs() {
    let here = repository();
    let sections = numbered(10_000, |_| "{\"title\":\"s\",\"level\":2},".to_owned());
    let keys = numbered(30_000, |at| format!("\"k{at}\":1,"));
    for (json, code, told) in [
        (format!("{{\"sections\":[{}]}}", sections.trim_end_matches(',')), 1, ""),
        (format!("{{{keys}\"title\":\"A\"}}"), 2, "there are 29980 more mistakes"),
        (format!("{{\"title\":\"{}\"}}", "a".repeat(1 << 20)), 2, "bytes, more than the 1048576 that are read"),
    ] {
        put(&here, "plan.json", &json);
        let ran = run_in_little_memory(here.path(), &["check", "plan.json", "--output-format", "concise"]);
        assert_eq!(ran.code, code, "{}", ran.err);
        assert!(ran.err.contains(told), "{}", ran.err);
    }
}

#[test]
fn a_word_of_a_megabyte_is_not_repeated() {
    let word = "word".repeat(250_000);
    let pack = "[pack]\nname = \"acme\"\nversion = \"1.0.0\"\nprefix = \"ACM\"\n\n[[principle]]\nname = \"A\"\n";
    for (path, text, arguments) in [
        ("plangate.toml", format!("{word} = 1\n"), &["check"][..]),
        ("plangate.toml", format!("fail-on = \"{word}\"\n"), &["check"]),
        ("plangate.toml", format!("[[override]]\npaths = [\"{word}[\"]\n"), &["check"]),
        ("plangate.toml", format!("select = [\"{word}\"]\n"), &["check"]),
        ("pack.toml", format!("{pack}ordinal = \"{word}\"\n"), &["check", "--pack", "./pack.toml"]),
        ("pack.toml", format!("{pack}{word} = 1\n"), &["check", "--pack", "./pack.toml"]),
        ("plan.json", format!("{{\"{word}\": 1}}"), &["check", "plan.json"]),
    ] {
        let here = repository();
        put(&here, path, &text);
        let ran = run(here.path(), &[arguments, &["--output-format", "json"]].concat());
        assert_eq!(ran.code, 2, "{path}: {:.200}", ran.err);
        let longest = ran.err.lines().chain(ran.out.lines()).map(|line| line.chars().count()).max().unwrap();
        assert!((1..4_100).contains(&longest), "{path} {longest}: {:.200}", ran.err);
    }
    let here = repository();
    put(&here, "specs/001-voting/plan.md", &format!("{PLAN}\n## Constitution Check\n\n### I. {word} ✅\n"));
    for format in ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown", "html", "agent"] {
        let ran = run(here.path(), &["check", "--output-format", format]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.out.len() < 400_000, "{format} holds {} bytes", ran.out.len());
    }
}
