//! Gemfile and *.gemspec, composer.json, pubspec.yaml.

use super::{Parsed, json};
use crate::repository::Manifest;
use crate::workspace::{scan, yaml};

/// Gemfile and *.gemspec.
pub(super) fn gemfile(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "ruby".to_owned(), ..Manifest::default() };
    for line in scan::lines(text) {
        let code = scan::before_comment(line.text, "#").trim();
        let verb = code.split([' ', '(']).next().unwrap_or_default();
        let adds = ["add_dependency", "add_development_dependency", "add_runtime_dependency"];
        let is_gem = verb == "gem" || adds.iter().any(|add| verb.ends_with(add));
        let mut strings = scan::strings(code);
        if is_gem && let Some(name) = strings.next() {
            let version = strings.next().filter(|version| {
                version.starts_with(|letter: char| letter.is_ascii_digit() || "~><=!".contains(letter))
            });
            manifest.dependencies.push(scan::dependency(name, version, scan::span(code, text)));
        } else if (verb == "ruby" || verb.ends_with("required_ruby_version"))
            && let Some(version) = strings.next()
        {
            manifest.language_version = Some(scan::dependency("ruby", Some(version), scan::span(code, text)));
        }
    }
    manifest.into()
}

/// composer.json.
pub(super) fn composer_json(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "php".to_owned(), ..Manifest::default() };
    let object = match json::parse(text) {
        Ok(object) => object,
        Err(problem) => return Parsed { manifest, problem: Some(problem), package: None },
    };
    for key in ["require", "require-dev"] {
        for dependency in json::dependencies(&object, key) {
            if dependency.name == "php" {
                manifest.language_version = Some(dependency);
            } else {
                manifest.dependencies.push(dependency);
            }
        }
    }
    manifest.scripts = json::scripts(&object, "scripts");
    super::in_order(manifest).into()
}

/// pubspec.yaml. A dependency on the SDK has no version.
pub(super) fn pubspec(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "dart".to_owned(), ..Manifest::default() };
    yaml::visit(text, |entry, above| match above {
        ["dependencies" | "dev_dependencies" | "dependency_overrides"] if !entry.bare => {
            let key = scan::span(entry.key, text);
            manifest.dependencies.push(scan::dependency(entry.key, Some(entry.value), key.to(entry.span)));
        }
        ["environment"] if entry.key == "sdk" => {
            manifest.language_version = Some(scan::dependency("dart", Some(entry.value), entry.span));
        }
        _ => {}
    });
    manifest.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gems() {
        let text = "source 'https://rubygems.org'\nruby '3.3.6'\ngem 'rails', '~> 8.0' # web\n# gem 'gone'\ngroup :test do\n  gem \"rspec-rails\", require: 'x'\nend\n";
        let parsed = gemfile(text);
        assert_eq!(parsed.found(), [("rails", Some("~> 8.0")), ("rspec-rails", None)]);
        assert_eq!(parsed.manifest.language_version.unwrap().version.as_deref(), Some("3.3.6"));
        let parsed = gemfile("Gem::Specification.new do |spec|\n  spec.add_dependency \"rack\", \">= 3\"\nend\n");
        assert_eq!(parsed.found(), [("rack", Some(">= 3"))]);
    }

    #[test]
    fn composer() {
        let parsed = composer_json(
            r#"{"require": {"php": "^8.3", "laravel/framework": "^11"}, "require-dev": {"phpunit/phpunit": "^11"}, "scripts": {"test": "phpunit", "post": ["a"]}}"#,
        );
        assert_eq!(parsed.found(), [("laravel/framework", Some("^11")), ("phpunit/phpunit", Some("^11"))]);
        assert_eq!(parsed.manifest.language_version.unwrap().version.as_deref(), Some("^8.3"));
    }

    #[test]
    fn pub_packages() {
        let text = "name: app\nenvironment:\n  sdk: '>=3.5.0 <4.0.0'\ndependencies:\n  flutter:\n    sdk: flutter\n  dio: ^5.7.0 # http\ndev_dependencies:\n  mocktail: ^1.0.4\n";
        let parsed = pubspec(text);
        assert_eq!(parsed.found(), [("flutter", None), ("dio", Some("^5.7.0")), ("mocktail", Some("^1.0.4"))]);
        assert_eq!(parsed.manifest.dependencies[1].span.text(text), "dio: ^5.7.0");
        assert_eq!(parsed.manifest.language_version.unwrap().version.as_deref(), Some(">=3.5.0 <4.0.0"));
    }
}
