//! package.json and deno.json, and the JSON reader that the other formats share.

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, parse_to_ast};

use super::Parsed;
use crate::json_form;
use crate::repository::{Dependency, Manifest, Script};
use crate::source::Span;

/// A JSON text: the outermost object, or why there is none.
pub(in crate::workspace) type Json<'a> = Result<Object<'a>, String>;

/// Parses JSON with comments and trailing commas.
pub(in crate::workspace) fn parse(text: &str) -> Json<'_> {
    match parse_to_ast(text, &CollectOptions::default(), &json_form::WITH_COMMENTS) {
        Ok(result) => match result.value {
            Some(Value::Object(object)) => Ok(object),
            Some(_) => Err("is JSON, but no object".to_owned()),
            None => Err("is empty".to_owned()),
        },
        Err(error) => Err(format!("is not valid JSON: {error}")),
    }
}

/// Where a node stands.
pub(in crate::workspace) fn span(node: &impl Ranged) -> Span {
    Span::new(node.start(), node.end())
}

/// The entries of an object in an object, as dependencies whose version is the value.
pub(super) fn dependencies(object: &Object<'_>, key: &str) -> Vec<Dependency> {
    let Some(table) = object.get_object(key) else { return Vec::new() };
    let read = |property: &jsonc_parser::ast::ObjectProp<'_>| Dependency {
        name: property.name.as_str().to_owned(),
        version: property.value.as_string_lit().map(|text| text.value.to_string()),
        span: span(property),
    };
    table.properties.iter().map(read).collect()
}

pub(super) fn scripts(object: &Object<'_>, key: &str) -> Vec<Script> {
    let Some(table) = object.get_object(key) else { return Vec::new() };
    let read = |property: &jsonc_parser::ast::ObjectProp<'_>| {
        // A task of Deno may be an object with its command inside.
        let command = property.value.as_string_lit().or_else(|| property.value.as_object()?.get_string("command"))?;
        Some(Script {
            name: property.name.as_str().to_owned(),
            command: command.value.to_string(),
            span: span(property),
        })
    };
    table.properties.iter().filter_map(read).collect()
}

/// package.json. Whether it is one of TypeScript is also told by the tsconfig beside it.
pub(super) fn package_json(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "javascript".to_owned(), ..Manifest::default() };
    let object = match parse(text) {
        Ok(object) => object,
        Err(problem) => return Parsed { manifest, problem: Some(problem), package: None },
    };
    for key in ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] {
        manifest.dependencies.extend(dependencies(&object, key));
    }
    // A catalog of Bun stands in the root's package.json.
    for holder in [Some(&object), object.get_object("workspaces")].into_iter().flatten() {
        manifest.dependencies.extend(dependencies(holder, "catalog"));
    }
    manifest.scripts = scripts(&object, "scripts");
    manifest.language_version = object.get_object("engines").and_then(|engines| engine(engines, "node"));
    if manifest.dependencies.iter().any(|dependency| dependency.name == "typescript") {
        manifest.language = "typescript".to_owned();
    }
    let package = object.get_string("name").map(|name| name.value.to_string());
    Parsed { manifest: super::in_order(manifest), problem: None, package }
}

fn engine(engines: &Object<'_>, name: &str) -> Option<Dependency> {
    let property = engines.get(name)?;
    let version = property.value.as_string_lit()?.value.to_string();
    Some(Dependency { name: name.to_owned(), version: Some(version), span: span(property) })
}

/// deno.json: imports and tasks. An import's version stands behind the last `@`.
pub(super) fn deno_json(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "typescript".to_owned(), ..Manifest::default() };
    let object = match parse(text) {
        Ok(object) => object,
        Err(problem) => return Parsed { manifest, problem: Some(problem), package: None },
    };
    for mut dependency in dependencies(&object, "imports") {
        let Some(target) = dependency.version.take() else { continue };
        if target.starts_with('.') || target.starts_with('/') {
            continue;
        }
        dependency.version = target
            .rsplit_once('@')
            .filter(|(name, _)| !name.ends_with([':', '/']))
            .map(|(_, version)| version.to_owned());
        manifest.dependencies.push(dependency);
    }
    manifest.scripts = scripts(&object, "tasks");
    super::in_order(manifest).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_json_has_dependencies_scripts_and_engine() {
        let text = r#"{ "name": "@acme/web", "engines": { "node": ">=20" },
  "scripts": { "test": "vitest run", "lint": "eslint ." },
  "dependencies": { "socket.io": "^4.8.0" },
  "devDependencies": { "typescript": "~5.9.2" }, "peerDependencies": { "react": "*" } }"#;
        let parsed = package_json(text);
        let names: Vec<_> = parsed.manifest.dependencies.iter().map(|known| known.name.as_str()).collect();
        assert_eq!(names, ["socket.io", "typescript", "react"]);
        assert_eq!(parsed.manifest.dependencies[0].span.text(text), r#""socket.io": "^4.8.0""#);
        assert_eq!(parsed.manifest.language, "typescript");
        assert_eq!(parsed.manifest.scripts[0].command, "vitest run");
        assert_eq!(parsed.manifest.language_version.unwrap().version.as_deref(), Some(">=20"));
        assert_eq!(parsed.package.as_deref(), Some("@acme/web"));
    }

    #[test]
    fn a_malformed_manifest_says_where() {
        let parsed = package_json("{ \"dependencies\": { \"a\" 1 } }");
        assert!(parsed.problem.unwrap().contains("line 1"));
        assert!(package_json("[]").problem.unwrap().contains("no object"));
        assert!(package_json(&"[".repeat(100_000)).problem.is_some());
    }

    #[test]
    fn deno_imports_are_dependencies() {
        let text = r#"{ "imports": { "@std/assert": "jsr:@std/assert@^1.0.0", "hono": "npm:hono@4", "~/": "./src/" },
            "tasks": { "dev": "deno run main.ts", "check": { "command": "deno check" } } }"#;
        let manifest = deno_json(text).manifest;
        let found: Vec<_> =
            manifest.dependencies.iter().map(|known| (known.name.as_str(), known.version.as_deref())).collect();
        assert_eq!(found, [("@std/assert", Some("^1.0.0")), ("hono", Some("4"))]);
        assert_eq!(manifest.scripts.len(), 2);
    }
}
