//! What the workspace depends on: how many crates, of which licence, whence, and for which Rust. The
//! policy is deny.toml, which cargo-deny reads as well; what needs neither it nor a network is held here.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use toml::Table;

/// Whoever depends on `plangate-core` alone builds these many crates at most, itself counted.
const MOST_CRATES: usize = 25;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A table of the workspace's folder.
fn table(name: &str) -> Table {
    fs::read_to_string(root().join(name)).unwrap().parse().unwrap()
}

/// What cargo says of the workspace. It asks the registry only for crates that were never downloaded.
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).current_dir(root()).args(arguments).arg("--locked").output().unwrap();
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The crates that a build for this machine takes in: their manifests, as `cargo metadata` has them.
fn crates() -> Vec<Value> {
    let version = Command::new(env!("CARGO")).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = cargo(&["metadata", "--format-version", "1", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// The crates of Cargo.lock, for every platform.
fn locked() -> Vec<Table> {
    let lock = table("Cargo.lock");
    lock["package"].as_array().unwrap().iter().map(|package| package.as_table().unwrap().clone()).collect()
}

fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table[key].as_str().unwrap()
}

/// The strings of an array of deny.toml.
fn policy(section: &str, key: &str) -> BTreeSet<String> {
    let policy = table("deny.toml");
    let values = policy[section][key].as_array().unwrap();
    values.iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

#[test]
fn core_alone_is_few_crates() {
    let tree = cargo(&[
        "tree", "--package=plangate-core", "--no-default-features", "--edges=normal,build", "--prefix=none",
        "--no-dedupe", "--format={p}",
    ]);
    let crates: BTreeSet<&str> = tree.lines().filter(|line| !line.is_empty()).collect();
    assert!(crates.iter().any(|package| package.starts_with("serde_json ")), "{crates:#?}");
    assert!(crates.len() <= MOST_CRATES, "{} crates: {crates:#?}", crates.len());
}

#[test]
fn every_crate_comes_from_the_registry() {
    let allowed = policy("sources", "allow-registry");
    let mut registered = 0;
    for package in locked() {
        let Some(source) = package.get("source") else { continue };
        let registry = source.as_str().unwrap().strip_prefix("registry+");
        assert!(registry.is_some_and(|url| allowed.contains(url)), "{} is of {source}", text(&package, "name"));
        assert!(package.contains_key("checksum"), "{} has no checksum", text(&package, "name"));
        registered += 1;
    }
    assert!(registered > 0);
}

#[test]
fn no_crate_is_banned() {
    let banned = policy("bans", "deny");
    assert!(banned.contains("reqwest"));
    for package in locked() {
        let name = text(&package, "name");
        assert!(!banned.contains(name), "{name} is among the dependencies");
    }
}

#[test]
fn a_crate_stands_there_once_or_has_a_reason() {
    let policy = table("deny.toml");
    let skipped: BTreeSet<&str> =
        policy["bans"]["skip"].as_array().unwrap().iter().map(|skip| skip["crate"].as_str().unwrap()).collect();
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in locked() {
        versions.entry(text(&package, "name").to_owned()).or_default().push(text(&package, "version").to_owned());
    }
    for (name, versions) in &versions {
        let of_skip = |version: &String| {
            let skip = |skip: &&str| {
                skip.split_once('@').is_some_and(|(of, begin)| {
                    of == name && (version == begin || version.starts_with(&format!("{begin}.")))
                })
            };
            skipped.iter().any(skip)
        };
        let kept = versions.iter().filter(|version| !of_skip(version)).count();
        assert!(kept <= 1, "{name} stands in Cargo.lock as {versions:?}: raise one, or give deny.toml a reason");
    }
    for skip in skipped {
        let name = skip.split('@').next().unwrap();
        assert!(versions.get(name).is_some_and(|versions| versions.len() > 1), "deny.toml skips {skip} for nothing");
    }
}

/// Whether an SPDX expression is met by the allowed licences: one of each alternative. One with "AND" inside of
/// "OR" is read too strictly, never too loosely.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], "");
    plain.split(" AND ").all(|part| part.split(" OR ").any(|licence| allowed.contains(licence.trim())))
}

#[test]
fn every_crate_has_an_allowed_licence() {
    let allowed = policy("licenses", "allow");
    for package in crates() {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_met(licence, &allowed), "{} has the licence \"{licence}\"", package["name"]);
    }
}

#[test]
fn an_expression_of_licences_is_read_as_spdx_has_it() {
    let allowed = BTreeSet::from(["MIT", "Unicode-3.0"].map(str::to_owned));
    for met in ["MIT", "MIT OR Apache-2.0", "Unlicense/MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for unmet in ["", "GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0 WITH LLVM-exception", "(MIT OR GPL-3.0) AND ISC"] {
        assert!(!is_met(unmet, &allowed), "{unmet}");
    }
}

/// A version of Rust as a manifest states it: "1.89" or "1.89.0".
fn rust(version: &str) -> [u32; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap());
    [(); 3].map(|()| parts.next().unwrap_or_default())
}

#[test]
fn every_crate_builds_with_the_rust_that_is_promised() {
    let workspace = table("Cargo.toml");
    let promised = workspace["workspace"]["package"]["rust-version"].as_str().unwrap();
    assert!(rust("1.9.1") < rust("1.10"));
    for package in crates() {
        let Some(needed) = package["rust_version"].as_str() else { continue };
        assert!(rust(needed) <= rust(promised), "{} needs Rust {needed}, promised is {promised}", package["name"]);
    }
}

/// Clippy tells what is newer than the Rust that a crate promises, and of one that promises none nothing.
#[test]
fn every_crate_of_the_workspace_promises_its_rust_and_takes_its_lints() {
    let workspace = table("Cargo.toml");
    for member in workspace["workspace"]["members"].as_array().unwrap() {
        let manifest = table(&format!("{}/Cargo.toml", member.as_str().unwrap()));
        for (section, key) in
            [(manifest["package"].get("rust-version"), "rust-version"), (manifest.get("lints"), "lints")]
        {
            let of_workspace = section.and_then(|section| section.get("workspace")?.as_bool());
            assert_eq!(of_workspace, Some(true), "{member} does not take the workspace's {key}");
        }
    }
}
