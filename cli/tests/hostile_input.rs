//! Documents that were made to break their reader: depth, references that multiply, files that build on each other.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;

use kit::{folder, run};
use tempfile::TempDir;

fn repository() -> TempDir {
    folder(&[
        (".specify/memory/constitution.md", b"# Constitution\n"),
        ("specs/001-voting/plan.md", b"# Implementation Plan: Voting\n\n## Summary\n\nMembers vote.\n"),
    ])
}

/// JSON of great depth: one that never ends, and two that do.
fn deep_json() -> [String; 3] {
    const DEPTH: usize = 100_000;
    [
        "[".repeat(DEPTH),
        format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)),
        format!("{}1{}", "{\"a\":".repeat(DEPTH), "}".repeat(DEPTH)),
    ]
}

fn deep_toml() -> Vec<String> {
    const DEPTH: usize = 100_000;
    let tables = (1..500).map(|depth| format!("[[{}]]\n", vec!["a"; depth].join("."))).collect();
    vec![
        format!("a = {}", "[".repeat(DEPTH)),
        format!("a = {}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)),
        format!("a = {}1{}", "{ a = ".repeat(DEPTH), "}".repeat(DEPTH)),
        format!("{} = 1", vec!["a"; DEPTH].join(".")),
        format!("[{}]", vec!["a"; DEPTH].join(".")),
        tables,
    ]
}

fn deep_yaml() -> Vec<String> {
    const DEPTH: usize = 100_000;
    let laughs = ('b'..='s').zip('a'..).map(|(next, last)| {
        let nine = vec![format!("*{last}"); 9].join(", ");
        format!("{next}: &{next} [{nine}]\n")
    });
    vec![
        "- ".repeat(DEPTH),
        "[".repeat(DEPTH),
        (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        format!("a: &a [x, x, x, x, x, x, x, x, x]\n{}", laughs.collect::<String>()),
    ]
}

#[test]
fn deep_documents_are_refused_or_read() {
    let here = repository();
    let check = |arguments: &[&str], codes: &[i32]| {
        let ran = run(here.path(), &[&["check", "--output-format", "concise"], arguments].concat());
        assert!(codes.contains(&ran.code) && !ran.err.contains("panicked"), "{}: {}", ran.code, ran.err);
    };
    let put = |path: &str, text: &str, then: &dyn Fn()| {
        let path = here.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        then();
        fs::remove_file(path).unwrap();
    };
    for json in deep_json() {
        for path in ["package.json", "tsconfig.json", "specs/001-voting/contracts/api.json"] {
            put(path, &json, &|| check(&[], &[1]));
        }
        put("plan.json", &format!("{{\"summary\": {json}}}"), &|| check(&["plan.json"], &[2]));
        put("known.json", &json, &|| check(&["--baseline", "known.json"], &[2]));
        put("gate.json", &json, &|| {
            let ran = run(here.path(), &["report", "gate.json"]);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        });
    }
    for toml in deep_toml() {
        for path in ["Cargo.toml", "pyproject.toml"] {
            put(path, &toml, &|| check(&[], &[1]));
        }
        put("plangate.toml", &toml, &|| check(&[], &[2]));
        put("pack.toml", &toml, &|| check(&["--pack", "./pack.toml"], &[2]));
    }
    for yaml in deep_yaml() {
        for path in [".github/workflows/ci.yml", "docker-compose.yml", "specs/001-voting/contracts/api.yaml"] {
            put(path, &yaml, &|| check(&[], &[1]));
        }
    }
}

#[test]
fn files_build_on_each_other_up_to_a_few() {
    let here = repository();
    let chain = |length: usize| {
        for at in 0..length {
            let name = if at == 0 { "plangate.toml".to_owned() } else { format!("base-{at}.toml") };
            let waivers =
                "[[waiver]]\nrule = \"PLN001\"\npath = \"x\"\nreason = \"r\"\nowner = \"o\"\nexpires = 2999-01-01\n\n";
            let text = format!("extends = \"base-{}.toml\"\n\n{}", at + 1, waivers.repeat(500));
            fs::write(here.path().join(name), text).unwrap();
        }
        fs::write(here.path().join(format!("base-{length}.toml")), "").unwrap();
        run(here.path(), &["check", "--output-format", "concise"])
    };
    let few = chain(8);
    assert_eq!(few.code, 1, "{}", few.err);
    let many = chain(2_000);
    assert_eq!((many.code, many.out.as_str()), (2, ""));
    assert!(many.err.contains("more than 8 files build on each other"), "{}", many.err);
}
