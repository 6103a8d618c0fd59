//! The documentation is fresh: what README.md shows is what the command writes, docs/rules.md and
//! docs/schema are generated, docs/report.md names every key, and no link leads nowhere.
//!
//! `UPDATE_DOCS=1 cargo test --package plangate --test docs` rewrites what is generated.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use plangate_core::schema::Kind;
use serde_json::Value;

/// The line in README.md above the block that shows the example's report.
const MARK: &str = "<!-- The output of `plangate check examples/voting-app`; a test keeps it fresh. -->\n";

/// Pages that people read: those at the top, and all of docs/.
fn pages() -> Vec<String> {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().file_name());
    let docs = docs.map(|name| format!("docs/{}", name.to_str().unwrap())).filter(|name| name.ends_with(".md"));
    let mut pages: Vec<String> = docs.collect();
    pages.sort();
    pages.extend(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned));
    pages
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What the command writes on standard output, run from the repository's root.
#[track_caller]
fn plangate(arguments: &[&str], code: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
    command.current_dir(root()).args(arguments).stdin(Stdio::null());
    for variable in ["PLANGATE_OUTPUT_FORMAT", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Holds a file against what it should be, or rewrites it where `UPDATE_DOCS` is set.
#[track_caller]
fn is_fresh(path: &str, is: &str, should: &str) {
    if is == should {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(root().join(path), should).unwrap();
        return;
    }
    let differs = is.lines().zip(should.lines()).position(|(is, should)| is != should);
    let line = differs.unwrap_or_else(|| is.lines().count().min(should.lines().count()));
    let [is, should] = [is, should].map(|text| text.lines().nth(line).unwrap_or_default());
    panic!(
        "{path} is stale from line {} on; UPDATE_DOCS=1 cargo test --package plangate --test docs rewrites it\n\
         is:     {is}\nshould: {should}",
        line + 1
    );
}

#[test]
fn the_readme_shows_what_the_example_gives() {
    let readme = read("README.md");
    let report = plangate(&["check", "examples/voting-app"], 1);
    let (before, rest) = readme.split_once(MARK).expect("README.md marks the report");
    let (_, after) =
        rest.strip_prefix("\n```text").and_then(|rest| rest.split_once("\n```\n")).expect("a block follows the mark");
    is_fresh("README.md", &readme, &format!("{before}{MARK}\n```text\n{}\n```\n{after}", report.trim_end()));
}

#[test]
fn the_page_of_rules_is_generated() {
    is_fresh("docs/rules.md", &read("docs/rules.md"), &plangate(&["rules", "--output-format", "markdown"], 0));
}

#[test]
fn the_presets_template_is_composed() {
    let path = "integrations/spec-kit/preset/templates/plan-template.md";
    is_fresh(path, &read(path), &plangate(&["template", "--pack", "mvp", "--pack", "production"], 0));
}

#[test]
fn every_page_stands_in_the_table_of_contents() {
    let contents = read("docs/README.md");
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "README.md" || contents.contains(&format!("({name}")), "docs/README.md says nothing of {name}");
    }
}

#[test]
fn the_schemas_are_generated() {
    for kind in Kind::ALL.iter().copied() {
        let path = format!("docs/schema/{}.json", kind.as_str());
        let is = fs::read_to_string(root().join(&path)).unwrap_or_default();
        is_fresh(&path, &is, &plangate(&["schema", kind.as_str()], 0));
    }
    let published = fs::read_dir(root().join("docs/schema")).unwrap().count();
    assert_eq!(published, Kind::ALL.len(), "docs/schema holds a schema of no kind");
}

#[test]
fn every_rule_stands_once_on_the_page() {
    let page = plangate(&["rules", "--output-format", "markdown"], 0);
    let listed: Value = serde_json::from_str(&plangate(&["rules", "--output-format", "json"], 0)).unwrap();
    let rules = listed["rules"].as_array().unwrap();
    assert_eq!(rules.iter().filter(|rule| rule["kind"].is_string()).count(), 54, "questions of both packs");
    for rule in rules {
        let (id, name) = (rule["id"].as_str().unwrap(), rule["name"].as_str().unwrap());
        assert_eq!(page.matches(&format!("\n### {id} {name}\n")).count(), 1, "{id}");
        assert_eq!(page.matches(&format!("(#{}-{name})", id.to_lowercase())).count(), 1, "{id} in the contents");
    }
}

#[test]
fn the_page_on_the_report_names_every_key() {
    let page = read("docs/report.md");
    let mut keys = BTreeSet::new();
    let report = plangate(&["check", "examples/voting-app", "--output-format", "json"], 1);
    collect(&serde_json::from_str(&report).unwrap(), &mut keys);
    // A report in which every optional part occurs.
    let snapshot = read("core/tests/snapshots/emit__json_is_the_contract.snap");
    let full = snapshot.splitn(3, "---\n").nth(2).expect("a header and the report");
    collect(&serde_json::from_str(full).unwrap(), &mut keys);
    let unnamed: Vec<_> = keys.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(unnamed.is_empty(), "docs/report.md says nothing of {unnamed:?}");
}

fn collect(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| {
            keys.insert(key.clone());
            collect(value, keys);
        }),
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        _ => {}
    }
}

#[test]
fn links_lead_somewhere() {
    for page in &pages() {
        let text = read(page);
        let folder = Path::new(page).parent().unwrap();
        for target in targets(&text) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let of = if path.is_empty() { PathBuf::from(page) } else { folder.join(path) };
            assert!(root().join(&of).exists(), "{page} links to {target}");
            if !anchor.is_empty() {
                assert!(anchors(&read(of.to_str().unwrap())).contains(anchor), "{page} links to {target}");
            }
        }
    }
}

/// The targets of relative links outside of code blocks.
fn targets(text: &str) -> Vec<&str> {
    prose(text)
        .flat_map(|line| line.split("](").skip(1))
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| !target.contains("://"))
        .collect()
}

/// The headings as GitHub names them.
fn anchors(text: &str) -> BTreeSet<String> {
    let heading = |line: &str| {
        let text = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
    };
    prose(text).filter(|line| line.starts_with('#')).map(heading).collect()
}

/// The lines outside of code blocks, without the code in them.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut open: Option<usize> = None;
    text.lines().filter(move |line| {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match open {
            Some(fence) => {
                if ticks >= fence && line.trim_end().len() == ticks {
                    open = None;
                }
                false
            }
            None if ticks >= 3 => {
                open = Some(ticks);
                false
            }
            None => true,
        }
    })
}
