//! Package manifests → dependencies, scripts, the version of the language, each with its place.
//! One file per ecosystem; a malformed manifest gives what could be read.

mod dotnet;
mod elixir_swift;
mod go;
mod json;
mod jvm;
mod python;
mod ruby_php_dart;
mod rust;
mod toml;

pub(super) use json::{parse as parse_json, span as json_span};

use super::file_name;
use crate::repository::Manifest;

/// A manifest as it was read, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// The manifest; its path is set by who knows it.
    pub(super) manifest: Manifest,
    /// Why some of it could not be read.
    pub(super) problem: Option<String>,
    /// The package's own name, where others may refer to it.
    pub(super) package: Option<String>,
}

impl From<Manifest> for Parsed {
    fn from(manifest: Manifest) -> Self {
        Self { manifest, problem: None, package: None }
    }
}

#[cfg(test)]
impl Parsed {
    /// The dependencies: name and version.
    fn found(&self) -> Vec<(&str, Option<&str>)> {
        self.manifest.dependencies.iter().map(|known| (known.name.as_str(), known.version.as_deref())).collect()
    }
}

/// Reads the text of a manifest.
pub(super) type Parser = fn(&str) -> Parsed;

/// The parser of a manifest at `path`, if it is one.
pub(super) fn parser(path: &str) -> Option<Parser> {
    let name = file_name(path);
    let parser: Parser = match name {
        "package.json" => json::package_json,
        "deno.json" | "deno.jsonc" => json::deno_json,
        "composer.json" => ruby_php_dart::composer_json,
        "pyproject.toml" => python::pyproject,
        "Pipfile" => python::pipfile,
        "setup.py" => python::setup_py,
        "setup.cfg" => python::setup_cfg,
        "environment.yml" | "environment.yaml" => python::conda_environment,
        "Cargo.toml" => rust::cargo_toml,
        "go.mod" => go::go_mod,
        "pom.xml" => jvm::pom_xml,
        // Settings name projects and repositories, not what they depend on.
        "settings.gradle" | "settings.gradle.kts" | "init.gradle" | "init.gradle.kts" => return None,
        "libs.versions.toml" => jvm::version_catalog,
        "Directory.Packages.props" | "Directory.Build.props" | "packages.config" => dotnet::csharp,
        "Gemfile" | "gems.rb" => ruby_php_dart::gemfile,
        "pubspec.yaml" => ruby_php_dart::pubspec,
        "mix.exs" => elixir_swift::mix_exs,
        "Package.swift" => elixir_swift::package_swift,
        _ if name.ends_with(".gradle") || name.ends_with(".gradle.kts") => jvm::build_gradle,
        _ if name.ends_with(".csproj") => dotnet::csharp,
        _ if name.ends_with(".fsproj") => dotnet::fsharp,
        _ if name.ends_with(".vbproj") => dotnet::visual_basic,
        _ if name.ends_with(".gemspec") => ruby_php_dart::gemfile,
        _ if is_requirements(path) => python::requirements,
        _ => return None,
    };
    Some(parser)
}

/// Whether an empty file of this name is a manifest that lists nothing, and not one that is missing
/// its content.
pub(super) fn may_be_empty(path: &str) -> bool {
    is_requirements(path) || matches!(file_name(path), "Directory.Build.props" | "deno.json" | "setup.cfg" | "setup.py")
}

/// `requirements.txt`, `requirements-dev.txt`, `dev-requirements.txt`, `requirements/base.in`.
fn is_requirements(path: &str) -> bool {
    let name = file_name(path);
    let Some(stem) = name.strip_suffix(".txt").or_else(|| name.strip_suffix(".in")) else { return false };
    let folder = super::file_name(super::folder_of(path));
    folder == "requirements"
        || stem == "requirements"
        || stem.starts_with("requirements-")
        || stem.starts_with("requirements_")
        || stem.starts_with("requirements.")
        || stem.ends_with("-requirements")
        || stem.ends_with("_requirements")
}

/// Sorts by place, so that a report reads as the file does.
pub(super) fn in_order(mut manifest: Manifest) -> Manifest {
    manifest.dependencies.sort_by_key(|dependency| dependency.span);
    manifest.scripts.sort_by_key(|script| script.span);
    manifest
}
