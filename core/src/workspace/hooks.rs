//! Git hooks: Husky, pre-commit, lefthook, Overcommit, a folder of hooks, and what package.json
//! configures.

use super::manifests::{json_span, parse_json};
use super::{file_name, folder_of, scan, yaml};
use crate::repository::{Hook, Step};
use jsonc_parser::ast::Value;

type Parser = fn(&str, &str) -> Hook;

/// The parser of the hook file at a path, if it is one.
pub(super) fn parser(path: &str) -> Option<Parser> {
    let name = file_name(path);
    let folder = file_name(folder_of(path));
    if matches!(folder, ".husky" | ".githooks" | ".git-hooks" | "git-hooks" | "githooks")
        && !name.starts_with('.')
        && !name.ends_with(".md")
    {
        return Some(script);
    }
    match name {
        ".pre-commit-config.yaml" | ".pre-commit-config.yml" | "prek.toml" => Some(pre_commit),
        "lefthook.yml" | "lefthook.yaml" | ".lefthook.yml" | ".lefthook.yaml" | ".overcommit.yml" => Some(lefthook),
        "lefthook.toml" | ".lefthook.toml" | "lefthook.json" | ".lefthook.json" => Some(commands_in_strings),
        ".lintstagedrc"
        | ".lintstagedrc.json"
        | ".lintstagedrc.yaml"
        | ".lintstagedrc.yml"
        | ".simple-git-hooks.json" => Some(commands_in_strings),
        _ if name.starts_with("lint-staged.config.")
            || name.starts_with(".lintstagedrc.")
            || name.starts_with(".simple-git-hooks.") =>
        {
            Some(commands_in_strings)
        }
        _ => None,
    }
}

/// Hooks that package.json configures: lint-staged, simple-git-hooks, Husky 4, pre-commit.
pub(super) fn of_package_json(path: &str, text: &str) -> Option<Hook> {
    const KEYS: &[&str] = &["lint-staged", "simple-git-hooks", "husky", "pre-commit", "gitHooks", "nano-staged"];
    let object = parse_json(text).ok()?;
    let mut steps = Vec::new();
    for property in object.properties.iter().filter(|property| KEYS.contains(&property.name.as_str())) {
        let name = property.name.as_str();
        steps.push(Step { text: name.to_owned(), span: json_span(property) });
        collect(&property.value, &mut steps);
    }
    (!steps.is_empty()).then(|| Hook { path: path.to_owned(), steps })
}

fn collect(value: &Value<'_>, steps: &mut Vec<Step>) {
    match value {
        Value::StringLit(text) => steps.push(Step { text: text.value.to_string(), span: json_span(text) }),
        Value::Array(array) => array.elements.iter().for_each(|element| collect(element, steps)),
        Value::Object(object) => object.properties.iter().for_each(|property| collect(&property.value, steps)),
        _ => {}
    }
}

/// A shell script: its commands.
fn script(path: &str, text: &str) -> Hook {
    let commands =
        scan::lines(text).map(|line| line.text.trim()).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Hook { path: path.to_owned(), steps: commands.map(|command| scan::step(command, text)).collect() }
}

/// pre-commit's configuration: repositories, ids, and the commands of local hooks.
fn pre_commit(path: &str, text: &str) -> Hook {
    let mut steps = Vec::new();
    yaml::visit(text, |entry, _| {
        let speaks = match entry.key {
            "id" | "entry" | "name" => true,
            "repo" => entry.value.contains("://"),
            _ => false,
        };
        if speaks && !entry.value.is_empty() {
            steps.push(scan::step(entry.value, text));
        }
    });
    Hook { path: path.to_owned(), steps }
}

/// lefthook's configuration: the names of its hooks, and their commands.
fn lefthook(path: &str, text: &str) -> Hook {
    let mut steps = Vec::new();
    yaml::visit(text, |entry, above| {
        if entry.value.is_empty() {
            if above.is_empty() || above.last() == Some(&"commands") {
                steps.push(Step { text: entry.key.to_owned(), span: entry.span });
            }
        } else if matches!(entry.key, "run" | "command" | "required_executable" | "name")
            && !entry.value.starts_with('#')
        {
            steps.push(scan::step(entry.value, text));
        }
    });
    Hook { path: path.to_owned(), steps }
}

/// JSON, TOML or JavaScript, whose commands are its strings.
fn commands_in_strings(path: &str, text: &str) -> Hook {
    let commands = scan::lines(text).flat_map(|line| scan::strings(line.text)).filter(|found| !found.trim().is_empty());
    Hook { path: path.to_owned(), steps: commands.map(|command| scan::step(command, text)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &str, text: &str) -> Vec<String> {
        parser(path).unwrap()(path, text).steps.into_iter().map(|step| step.text).collect()
    }

    #[test]
    fn hook_files() {
        assert_eq!(
            texts("web/.husky/pre-commit", "#!/bin/sh\n. husky.sh\n\nnpx lint-staged\n"),
            [". husky.sh", "npx lint-staged"]
        );
        let text = "repos:\n  - repo: https://github.com/x/ruff\n    hooks:\n      - id: ruff\n  - repo: local\n    hooks:\n      - id: types\n        entry: mypy .\n";
        assert_eq!(texts(".pre-commit-config.yaml", text), ["https://github.com/x/ruff", "ruff", "types", "mypy ."]);
        let text = "pre-commit:\n  commands:\n    lint:\n      run: |\n        npm run lint\n";
        assert_eq!(texts("lefthook.yml", text), ["pre-commit", "lint", "npm run lint"]);
        assert!(parser(".husky/.gitignore").is_none());
        assert!(parser(".husky/_/husky.sh").is_none());
    }

    #[test]
    fn hooks_of_package_json() {
        let text = r#"{ "name": "x", "lint-staged": { "*.ts": ["eslint --fix", "prettier -w"] }, "husky": { "hooks": { "pre-push": "npm test" } } }"#;
        let hook = of_package_json("package.json", text).unwrap();
        let texts: Vec<_> = hook.steps.iter().map(|step| step.text.as_str()).collect();
        assert_eq!(texts, ["lint-staged", "eslint --fix", "prettier -w", "husky", "npm test"]);
        assert!(of_package_json("package.json", r#"{ "devDependencies": { "husky": "9" } }"#).is_none());
    }
}
