//! Every test that docs/reliability.md names is there.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::fs;
use std::path::Path;

/// The texts of all Rust files below a folder.
fn sources(folder: &Path, texts: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_named_test_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/reliability.md")).unwrap();
    let mut texts = String::new();
    for folder in ["cli/tests", "cli/src", "core/tests", "core/src"] {
        sources(&root.join(folder), &mut texts);
    }
    let rows: Vec<&str> =
        page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| promise")).collect();
    let rows: Vec<&&str> = rows.iter().filter(|row| !row.starts_with("| ---")).collect();
    assert!(rows.len() > 20, "{rows:?}");
    for row in rows {
        let held = row.rsplit('|').nth(1).unwrap();
        let named: Vec<&str> = held.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test holds {row}");
        for name in named {
            let is_there = match name.contains('/') {
                true => root.join(name).exists(),
                false => texts.contains(&format!("fn {name}(")),
            };
            assert!(is_there, "`{name}` is not there, which holds {row}");
        }
    }
}
