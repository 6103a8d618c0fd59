//! mix.exs and Package.swift: code, of which the usual lines are read.

use super::Parsed;
use crate::repository::Manifest;
use crate::workspace::scan;

/// mix.exs: `{:phoenix, "~> 1.7"}` and `elixir: "~> 1.17"`.
pub(super) fn mix_exs(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "elixir".to_owned(), ..Manifest::default() };
    for line in scan::lines(text) {
        let code = scan::before_comment(line.text, "#");
        if let Some((_, rest)) = code.split_once("elixir:")
            && let Some(version) = scan::strings(rest).next()
        {
            manifest.language_version = Some(scan::dependency("elixir", Some(version), scan::span(version, text)));
        }
        for part in code.split("{:").skip(1) {
            let end = part.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(part.len());
            let (name, rest) = part.split_at(end);
            // `{:ok, value}` is no dependency: one has a version, a path or a repository.
            let rest = rest.trim_start_matches(',').trim_start();
            let is_dependency = rest.starts_with('"')
                || ["git:", "path:", "github:", "in_umbrella:"].iter().any(|key| rest.starts_with(key));
            if is_dependency {
                let version = rest.starts_with('"').then(|| scan::strings(rest).next()).flatten();
                let whole = part.split('}').next().unwrap_or(part);
                manifest.dependencies.push(scan::dependency(name, version, scan::span(whole, text)));
            }
        }
    }
    manifest.into()
}

/// Package.swift: `.package(url: …, from: …)`, named by the repository's URL without its end, and
/// the tools' version.
pub(super) fn package_swift(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "swift".to_owned(), ..Manifest::default() };
    for line in scan::lines(text) {
        if let Some((_, version)) = line.text.split_once("swift-tools-version:") {
            manifest.language_version =
                Some(scan::dependency("swift", Some(version), scan::span(version.trim(), text)));
            continue;
        }
        let code = scan::before_comment(line.text, "//").trim();
        let Some((_, rest)) = code.split_once("url:") else { continue };
        let mut strings = scan::strings(rest);
        let Some(url) = strings.next() else { continue };
        let address = url.split_once("://").map_or(url, |(_, address)| address);
        let name = address.strip_suffix(".git").unwrap_or(address);
        manifest.dependencies.push(scan::dependency(name, strings.next(), scan::span(code, text)));
    }
    manifest.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mix_dependencies() {
        let text = "def project do\n  [app: :x, elixir: \"~> 1.17\"]\nend\ndefp deps do\n  [\n    {:phoenix, \"~> 1.7.14\"},\n    {:jason, github: \"a/b\"}, # {:gone, \"1\"}\n    {:ok, value}\n  ]\nend\n";
        let manifest = mix_exs(text).manifest;
        let found: Vec<_> =
            manifest.dependencies.iter().map(|known| (known.name.as_str(), known.version.as_deref())).collect();
        assert_eq!(found, [("phoenix", Some("~> 1.7.14")), ("jason", None)]);
        assert_eq!(manifest.language_version.unwrap().version.as_deref(), Some("~> 1.17"));
    }

    #[test]
    fn swift_packages() {
        let text = "// swift-tools-version:6.0\nimport PackageDescription\nlet package = Package(\n  dependencies: [\n    .package(url: \"https://github.com/vapor/vapor.git\", from: \"4.106.0\"),\n  ])\n";
        let manifest = package_swift(text).manifest;
        assert_eq!(manifest.dependencies[0].name, "github.com/vapor/vapor");
        assert!(manifest.dependencies[0].is_named("vapor"));
        assert_eq!(manifest.dependencies[0].version.as_deref(), Some("4.106.0"));
        assert_eq!(manifest.language_version.unwrap().version.as_deref(), Some("6.0"));
    }
}
