//! go.mod.

use super::Parsed;
use crate::repository::Manifest;
use crate::workspace::scan;

/// go.mod: the `go` line and every `require`, indirect ones too.
pub(super) fn go_mod(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "go".to_owned(), ..Manifest::default() };
    let mut package = None;
    let mut block = "";
    for line in scan::lines(text) {
        let code = line.text.split_once("//").map_or(line.text, |(code, _)| code).trim();
        if code == ")" {
            block = "";
            continue;
        }
        let (verb, rest) = code.split_once(char::is_whitespace).unwrap_or((code, ""));
        let rest = rest.trim();
        if block.is_empty() && rest == "(" {
            block = verb;
            continue;
        }
        let entry = if block.is_empty() { rest } else { code };
        match if block.is_empty() { verb } else { block } {
            "module" => package = Some(entry.trim_matches('"').to_owned()),
            "go" => manifest.language_version = Some(scan::dependency("go", Some(entry), scan::span(code, text))),
            "require" | "tool" => {
                let mut words = entry.split_whitespace();
                if let Some(name) = words.next() {
                    manifest.dependencies.push(scan::dependency(
                        name.trim_matches('"'),
                        words.next(),
                        scan::span(entry, text),
                    ));
                }
            }
            _ => {}
        }
    }
    Parsed { manifest, problem: None, package }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_line_and_requires() {
        let text = "module example.org/app // ours\n\ngo 1.24.0\n\nrequire github.com/gin-gonic/gin v1.11.0\nrequire (\n\tgithub.com/jackc/pgx/v5 v5.7.6 // indirect\n)\nreplace (\n\ta => ../a\n)\n";
        let manifest = go_mod(text).manifest;
        let found: Vec<_> = manifest.dependencies.iter().map(|known| known.span.text(text)).collect();
        assert_eq!(found, ["github.com/gin-gonic/gin v1.11.0", "github.com/jackc/pgx/v5 v5.7.6"]);
        assert!(manifest.dependencies[0].is_named("gin") && manifest.dependencies[1].is_named("pgx"));
        assert_eq!(manifest.language_version.unwrap().version.as_deref(), Some("1.24.0"));
    }
}
