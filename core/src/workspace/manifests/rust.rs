//! Cargo.toml.

use ::toml::de::DeTable;

use super::{Parsed, toml};
use crate::repository::Manifest;

const TABLES: &[&str] =
    &["dependencies", "dev-dependencies", "build-dependencies", "dev_dependencies", "build_dependencies"];

/// Cargo.toml: its own dependencies, those of its targets, and those of its workspace. A dependency
/// that is renamed is listed under both names.
pub(super) fn cargo_toml(text: &str) -> Parsed {
    let (root, problem) = toml::parse(text);
    let root = root.get_ref();
    let mut manifest = Manifest { language: "rust".to_owned(), ..Manifest::default() };
    for table in TABLES {
        add(root, &[table], &mut manifest);
    }
    add(root, &["workspace", "dependencies"], &mut manifest);
    for (target, _) in toml::entries(root, &["target"]) {
        for table in TABLES {
            add(root, &["target", target.get_ref(), table], &mut manifest);
        }
    }
    manifest.scripts = toml::scripts(root, &["package", "metadata", "scripts"]);
    manifest.language_version = [&["package", "rust-version"][..], &["workspace", "package", "rust-version"]]
        .iter()
        .find_map(|path| toml::version(root, path, "rust"));
    let package = toml::version(root, &["package", "name"], "name").and_then(|name| name.version);
    Parsed { manifest: super::in_order(manifest), problem, package }
}

fn add(root: &DeTable<'_>, path: &[&str], manifest: &mut Manifest) {
    for entry in toml::entries(root, path) {
        let dependency = toml::dependency(entry);
        let real = entry.1.get_ref().as_table().and_then(|table| toml::version(table, &["package"], "package"));
        if let Some(name) = real.and_then(|real| real.version)
            && name != dependency.name
        {
            let mut renamed = dependency.clone();
            renamed.name = name;
            manifest.dependencies.push(renamed);
        }
        manifest.dependencies.push(dependency);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_targets_and_workspace() {
        let text = "[package]\nname = \"x\"\nrust-version = \"1.85\"\n[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n\
            pg = { package = \"tokio-postgres\", version = \"0.7\" }\n[dependencies.axum]\nversion = \"0.8\"\n\
            [target.'cfg(unix)'.dependencies]\nnix = \"0.30\"\n[workspace.dependencies]\ntokio = \"1\"\n";
        let manifest = cargo_toml(text).manifest;
        let mut names: Vec<_> = manifest.dependencies.iter().map(|known| known.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["axum", "nix", "pg", "serde", "tokio", "tokio-postgres"]);
        let serde = manifest.dependencies.iter().find(|known| known.name == "serde").unwrap();
        assert!(serde.span.text(text).starts_with("serde = {"));
        assert_eq!(serde.version.as_deref(), Some("1"));
        let axum = manifest.dependencies.iter().find(|known| known.name == "axum").unwrap();
        assert_eq!((axum.span.text(text), axum.version.as_deref()), ("axum", Some("0.8")));
        assert_eq!(manifest.language_version.unwrap().version.as_deref(), Some("1.85"));
    }

    #[test]
    fn a_malformed_manifest_gives_what_it_has() {
        let parsed = cargo_toml("[dependencies]\nserde = \"1\"\naxum = \n");
        assert!(parsed.problem.unwrap().contains("line 3"));
        assert!(parsed.manifest.dependencies.iter().any(|known| known.name == "serde"));
    }
}
