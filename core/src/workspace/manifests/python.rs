//! pyproject.toml, requirements files, Pipfile, setup.py, setup.cfg, conda environments.

use super::{Parsed, toml};
use crate::repository::{Dependency, Manifest};
use crate::source::Span;
use crate::workspace::{scan, yaml};

fn python() -> Manifest {
    Manifest { language: "python".to_owned(), ..Manifest::default() }
}

/// A requirement such as `fastapi[standard]>=0.115 ; python_version > "3.9"`.
fn requirement(text: &str, span: Span) -> Option<Dependency> {
    let text = text.trim();
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let end = text.find(|letter| !is_name(letter)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if !name.starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
        return None;
    }
    let rest = rest.trim_start();
    let rest = if rest.starts_with('[') { rest.split_once(']').map_or("", |(_, rest)| rest) } else { rest };
    let version = rest.split(';').next().unwrap_or_default().trim();
    Some(scan::dependency(name, Some(version.trim_start_matches('(').trim_end_matches(')')), span))
}

/// pyproject.toml: PEP 621, dependency groups (PEP 735), Poetry, uv, PDM, Hatch, the build system.
pub(super) fn pyproject(text: &str) -> Parsed {
    let (root, problem) = toml::parse(text);
    let root = root.get_ref();
    let mut manifest = python();
    let mut lists =
        vec![vec!["project", "dependencies"], vec!["build-system", "requires"], vec!["tool", "uv", "dev-dependencies"]];
    let groups =
        [&["project", "optional-dependencies"][..], &["dependency-groups"], &["tool", "pdm", "dev-dependencies"]];
    for group in groups {
        for (name, _) in toml::entries(root, group) {
            lists.push([group, &[name.get_ref()]].concat());
        }
    }
    let mut environments = vec![vec!["tool", "poetry", "dependencies"], vec!["tool", "poetry", "dev-dependencies"]];
    for (name, _) in toml::entries(root, &["tool", "poetry", "group"]) {
        environments.push(vec!["tool", "poetry", "group", name.get_ref(), "dependencies"]);
    }
    for (name, _) in toml::entries(root, &["tool", "hatch", "envs"]) {
        lists.push(vec!["tool", "hatch", "envs", name.get_ref(), "dependencies"]);
        manifest.scripts.extend(toml::scripts(root, &["tool", "hatch", "envs", name.get_ref(), "scripts"]));
    }
    for list in &lists {
        let found = toml::strings(root, list);
        manifest.dependencies.extend(found.into_iter().filter_map(|(text, span)| requirement(text, span)));
    }
    for table in &environments {
        let found = toml::dependencies(root, table);
        manifest.dependencies.extend(found.into_iter().filter(|dependency| dependency.name != "python"));
    }
    for path in [&["tool", "poe", "tasks"][..], &["tool", "taskipy", "tasks"], &["tool", "pdm", "scripts"]] {
        manifest.scripts.extend(toml::scripts(root, path));
    }
    manifest.language_version = toml::version(root, &["project", "requires-python"], "python")
        .or_else(|| toml::version(root, &["tool", "poetry", "dependencies", "python"], "python"));
    let package = toml::version(root, &["project", "name"], "name").and_then(|name| name.version);
    Parsed { manifest: super::in_order(manifest), problem, package }
}

/// Pipfile.
pub(super) fn pipfile(text: &str) -> Parsed {
    let (root, problem) = toml::parse(text);
    let root = root.get_ref();
    let mut manifest = python();
    for table in ["packages", "dev-packages"] {
        manifest.dependencies.extend(toml::dependencies(root, &[table]));
    }
    manifest.scripts = toml::scripts(root, &["scripts"]);
    manifest.language_version = toml::version(root, &["requires", "python_version"], "python")
        .or_else(|| toml::version(root, &["requires", "python_full_version"], "python"));
    Parsed { manifest: super::in_order(manifest), problem, package: None }
}

/// requirements.txt and its kin. Options, other files and paths are no dependencies; `-e` and a URL
/// that names its package by `#egg=` are.
pub(super) fn requirements(text: &str) -> Parsed {
    let mut manifest = python();
    for line in scan::lines(text) {
        let code = line.text.split(" #").next().unwrap_or_default().trim();
        let code = code.strip_suffix('\\').unwrap_or(code).trim_end();
        let span = scan::span(code, text);
        if let Some((_, egg)) = code.split_once("#egg=") {
            manifest.dependencies.extend(requirement(egg, span));
        } else if !code.starts_with(['#', '-', '.', '/']) && !is_address(code) {
            manifest.dependencies.extend(requirement(code, span));
        }
    }
    manifest.into()
}

/// Whether a line is a URL or a path, and no `name @ URL`.
fn is_address(code: &str) -> bool {
    let first = code.split_whitespace().next().unwrap_or_default();
    first.contains("://") || (first.contains('/') && !first.contains('@'))
}

/// setup.cfg: the lists under `install_requires`, `setup_requires`, `tests_require` and the extras.
pub(super) fn setup_cfg(text: &str) -> Parsed {
    const LISTS: &[&str] = &["install_requires", "setup_requires", "tests_require"];
    let mut manifest = python();
    let mut section = "";
    let mut key = "";
    for line in scan::lines(text) {
        let code = line.text.split(" #").next().unwrap_or_default().trim();
        if code.is_empty() || code.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = code.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            (section, key) = (name.trim(), "");
            continue;
        }
        let mut value = code;
        if !line.text.starts_with(char::is_whitespace) {
            let (name, rest) = code.split_once('=').unwrap_or((code, ""));
            (key, value) = (name.trim(), rest.trim());
        }
        let span = scan::span(value, text);
        let is_list = section == "options.extras_require" || (section == "options" && LISTS.contains(&key));
        if is_list && !value.is_empty() {
            manifest.dependencies.extend(requirement(value, span));
        } else if section == "options" && key == "python_requires" && !value.is_empty() {
            manifest.language_version = Some(scan::dependency("python", Some(value), span));
        }
    }
    manifest.into()
}

/// setup.py: the strings of the lists that `install_requires` and its kin are given.
pub(super) fn setup_py(text: &str) -> Parsed {
    const LISTS: &[&str] = &["install_requires", "extras_require", "setup_requires", "tests_require"];
    let mut manifest = python();
    let mut depth = 0usize;
    for line in scan::lines(text) {
        let code = scan::before_comment(line.text, "#");
        let mut part = code;
        if depth == 0 {
            if let Some((_, rest)) = code.split_once("python_requires") {
                let version = scan::strings(rest).next();
                manifest.language_version =
                    version.map(|version| scan::dependency("python", Some(version), scan::span(version, text)));
            }
            let Some((_, rest)) = LISTS.iter().find_map(|list| code.split_once(list)) else { continue };
            part = rest;
        }
        for found in scan::strings(part) {
            // A key of `extras_require` is followed by a colon, and is no package.
            let behind = &text[scan::span(found, text).range().end..];
            if !behind[1.min(behind.len())..].trim_start().starts_with(':') {
                manifest.dependencies.extend(requirement(found, scan::span(found, text)));
            }
        }
        for byte in part.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    manifest.into()
}

/// A conda environment: what stands under `dependencies`, the part for pip included.
pub(super) fn conda_environment(text: &str) -> Parsed {
    let mut manifest = python();
    yaml::visit(text, |entry, _| {
        if entry.bare && matches!(entry.key, "dependencies" | "pip") {
            let found = requirement(entry.value, entry.span);
            manifest.dependencies.extend(found.filter(|dependency| dependency.name != "python"));
            if let Some(version) = entry.value.strip_prefix("python") {
                let version = version.trim_start_matches('=');
                manifest.language_version = Some(scan::dependency("python", Some(version), entry.span));
            }
        }
    });
    manifest.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pyproject_of_every_tool() {
        let text = r#"[project]
requires-python = ">=3.11"
dependencies = ["fastapi[standard]>=0.115", "uvicorn"]
[project.optional-dependencies]
dev = ["ruff==0.8.0"]
[dependency-groups]
test = ["pytest>=8", { include-group = "dev" }]
[tool.poetry.dependencies]
python = "^3.11"
httpx = { version = "^0.27", extras = ["http2"] }
[tool.poetry.group.dev.dependencies]
mypy = "^1.13"
[tool.poe.tasks]
lint = "ruff check"
"#;
        let parsed = pyproject(text);
        assert_eq!(
            parsed.found(),
            [
                ("fastapi", Some(">=0.115")),
                ("uvicorn", None),
                ("ruff", Some("==0.8.0")),
                ("pytest", Some(">=8")),
                ("httpx", Some("^0.27")),
                ("mypy", Some("^1.13")),
            ]
        );
        assert_eq!(parsed.manifest.dependencies[0].span.text(text), "\"fastapi[standard]>=0.115\"");
        assert_eq!(parsed.manifest.language_version.unwrap().version.as_deref(), Some(">=3.11"));
        assert_eq!(parsed.manifest.scripts[0].name, "lint");
    }

    #[test]
    fn requirements_without_options_and_addresses() {
        let text = "# web\nDjango>=5.1 # lts\n-r base.txt\nuvicorn[standard]==0.30 ; python_version > '3.9'\n./local\nhttps://x/y.whl\nacme @ git+https://x/y\n-e git+https://x/z#egg=zed\n\n";
        let parsed = requirements(text);
        assert_eq!(
            parsed.found(),
            [
                ("Django", Some(">=5.1")),
                ("uvicorn", Some("==0.30")),
                ("acme", Some("@ git+https://x/y")),
                ("zed", None)
            ]
        );
    }

    #[test]
    fn setup_files() {
        let text = "setup(\n  install_requires=[\n    'requests>=2',  # http\n    \"click\",\n  ],\n  extras_require={'dev': ['pytest']},\n  python_requires='>=3.9',\n  name='x',\n)\n";
        let parsed = setup_py(text);
        assert_eq!(parsed.found(), [("requests", Some(">=2")), ("click", None), ("pytest", None)]);
        assert_eq!(parsed.manifest.language_version.unwrap().version.as_deref(), Some(">=3.9"));
        let text = "[metadata]\nname = x\n[options]\npython_requires = >=3.10\ninstall_requires =\n    attrs>=23\n    rich\n[options.extras_require]\ntest = pytest\n";
        assert_eq!(setup_cfg(text).found(), [("attrs", Some(">=23")), ("rich", None), ("pytest", None)]);
    }

    #[test]
    fn pipfile_and_conda() {
        let parsed = pipfile(
            "[packages]\nflask = \"*\"\n[dev-packages]\nblack = {version = \"24\"}\n[requires]\npython_version = \"3.12\"\n",
        );
        assert_eq!(parsed.found(), [("flask", Some("*")), ("black", Some("24"))]);
        let parsed =
            conda_environment("name: x\ndependencies:\n  - python=3.12\n  - numpy>=2\n  - pip:\n    - torch==2.5\n");
        assert_eq!(parsed.found(), [("numpy", Some(">=2")), ("torch", Some("==2.5"))]);
        assert_eq!(parsed.manifest.language_version.unwrap().version.as_deref(), Some("3.12"));
    }
}
