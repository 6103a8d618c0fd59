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
            let ran = run(here.path(), &["report", "merge", "gate.json"]);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
            assert!(ran.err.contains("gate.json is no report of plangate"), "{}", ran.err);
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
    let comment = "#".repeat(200_000);
    for at in 0..8 {
        let name = if at == 0 { "plangate.toml".to_owned() } else { format!("base-{at}.toml") };
        fs::write(here.path().join(name), format!("extends = \"base-{}.toml\"\n{comment}\n", at + 1)).unwrap();
    }
    let large = run(here.path(), &["check"]);
    assert_eq!(large.code, 2);
    assert!(large.err.contains("bytes, more than the 1048576 that are read"), "{}", large.err);
}

/// What is compared with everything else of its kind has a bound, and what lies behind it is not passed over in silence.
#[test]
fn what_lies_behind_a_bound_is_told() {
    let numbered = |count: usize, item: &dyn Fn(usize) -> String| (1..=count).map(item).collect::<String>();
    let principles = |count| numbered(count, &|at| format!("### {at}. Counting{at}\n\nIt MUST hold.\n\n"));
    let assessed = |count| numbered(count, &|at| format!("| {at}. Counting{at} | ✅ PASS |\n"));
    let rows = |count| numbered(count, &|at| format!("| Counting{at} | b | c |\n"));
    let constitution = |count| format!("# Constitution\n\n## Core Principles\n\n{}", principles(count));
    let check = |count| {
        format!(
            "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status |\n|---|---|\n{}",
            assessed(count)
        )
    };
    let tracking = |count| {
        format!("# Implementation Plan: A\n\n## Complexity Tracking\n\n| a | b | c |\n|---|---|---|\n{}", rows(count))
    };
    let plan = "specs/001-voting/plan.md";
    let constitution_path = ".specify/memory/constitution.md";
    for (path, most, text, line, told) in [
        (
            constitution_path, 200, &constitution as &dyn Fn(usize) -> String, 805,
            "the constitution has more than 200 principles",
        ),
        (plan, 500, &check, 507, "the plan assesses more than 500 principles"),
        (plan, 200, &tracking, 207, "Complexity Tracking has more than 200 rows"),
    ] {
        let here = repository();
        fs::write(here.path().join(path), text(most)).unwrap();
        let ran = run(here.path(), &["check"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        fs::write(here.path().join(path), text(most + 1)).unwrap();
        let ran = run(here.path(), &["check"]);
        let expected = format!("error: {path}: line {line}: {told}, and those from here on are not read");
        assert_eq!((ran.code, ran.err.lines().next()), (2, Some(expected.as_str())), "{}", ran.err);
    }
}

#[test]
fn a_rule_that_says_the_same_over_and_over_says_how_often() {
    let fields: String = ["Language/Version", "Storage", "Testing", "Target Platform", "Project Type"]
        .map(|key| format!("**{key}**: it holds\n\n"))
        .concat();
    let start = format!("# Implementation Plan: A\n\n## Summary\n\nIt votes.\n\n## Technical Context\n\n{fields}");
    let plan = start + &"a [###-feature-name] b\n\n".repeat(5_000);
    let here = folder(&[("specs/001-voting/plan.md", plan.as_bytes())]);
    let ran = run(here.path(), &["check", "--select", "PLN002", "--output-format", "concise"]);
    assert_eq!((ran.code, ran.out.lines().filter(|line| line.contains("PLN002")).count()), (1, 101), "{}", ran.err);
    assert!(ran.out.contains("from here on 4900 more findings of PLN002 are not listed"), "{}", ran.out);

    let ran = run(here.path(), &["check", "--write-baseline"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("findings are known now"), "{}", ran.err);
    assert_eq!(run(here.path(), &["check"]).code, 0, "the baseline knows what is not listed");

    let ran = run(here.path(), &["check", "--no-config", "--fix"]);
    assert!(ran.err.contains("5000"), "{}", ran.err);
}
