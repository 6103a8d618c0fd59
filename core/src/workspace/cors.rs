//! Wildcard CORS origins in files of configuration. Nothing of such a file is kept but the setting's
//! name and its `*`.

use super::{env_files, file_name, folder_of, scan};
use crate::repository::Setting;
use crate::source::Span;

/// Larger files are data, no configuration that a person wrote.
pub(super) const MAX_BYTES: u64 = 256 * 1024;

/// The header that tells browsers which origins may read an answer.
const HEADER: &str = "access-control-allow-origin";

const QUOTES: [char; 2] = ['"', '\''];

/// Whether a path is a file that may configure what is deployed: no example, no document, nothing in
/// a hidden folder.
pub(super) fn is_configuration(path: &str) -> bool {
    const SHOWN: &[&str] =
        &["demo", "demos", "doc", "docs", "documentation", "example", "examples", "sample", "samples"];
    let folders: Vec<&str> = folder_of(path).split('/').collect();
    if folders.iter().any(|folder| folder.starts_with('.') || SHOWN.contains(folder)) {
        return false;
    }
    let name = file_name(path);
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let is_yaml = matches!(extension, "yml" | "yaml");
    let is_named = |word: &str| stem.strip_prefix(word).is_some_and(|rest| rest.is_empty() || !starts_as_word(rest));
    env_files::is_named_env(name)
        || matches!(name, "vercel.json" | "netlify.toml")
        || (is_yaml && (is_named("docker-compose") || is_named("compose") || stem == "serverless"))
        || ((is_yaml || extension == "properties") && is_named("application"))
        || (extension == "json" && is_named("appsettings"))
        || (extension == "conf" && (stem.starts_with("nginx") || stem.ends_with(".nginx")))
        || (folders.contains(&"config") && (is_yaml || matches!(extension, "json" | "toml")))
        || (is_yaml && folders.iter().any(|folder| matches!(*folder, "k8s" | "deploy" | "helm")))
}

fn starts_as_word(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_alphanumeric())
}

/// What a file sets, and its text with everything else masked; nothing where no origin is a wildcard.
pub(super) fn parse(path: &str, text: &str) -> Option<(Vec<Setting>, String)> {
    let found = wildcards(text);
    let settings = found.iter().map(|wildcard| Setting {
        path: path.to_owned(),
        key: "cors-origin".to_owned(),
        value: "*".to_owned(),
        span: wildcard.star,
    });
    (!found.is_empty()).then(|| (settings.collect(), masked(text, &found)))
}

/// A wildcard, and the offset at which the name of what it sets begins.
#[derive(Clone, Copy, Debug)]
struct Wildcard {
    name: usize,
    star: Span,
}

fn wildcards(text: &str) -> Vec<Wildcard> {
    let mut found = Vec::new();
    // Where the header was named, if its value is to come on the next line.
    let mut pending = None;
    for line in scan::lines(text) {
        let code = without_comment(line.text);
        if code.trim().is_empty() {
            continue;
        }
        let mut push = |name: usize, star: &str| found.push(Wildcard { name, star: scan::span(star, text) });
        if let (Some(name), Some(star)) = (pending.take(), star_of_field(code)) {
            push(name, star);
        }
        if let Some((name, star)) = star_of_key(code) {
            push(line.at + name, star);
        }
        for (name, _) in code.to_ascii_lowercase().match_indices(HEADER) {
            match header_value(&code[name + HEADER.len()..]) {
                HeaderValue::Star(star) => push(line.at + name, star),
                HeaderValue::OnNextLine => pending = Some(line.at + name),
                HeaderValue::Other => {}
            }
        }
    }
    found
}

/// A line without its comment: that of any of the formats, since none of their values begins so.
fn without_comment(line: &str) -> &str {
    const MARKS: &[&str] = &["#", "//", ";", "/*", "*", "<!--"];
    let begins = line.trim_start();
    if MARKS.iter().any(|mark| begins.starts_with(mark)) {
        return "";
    }
    scan::before_comment(scan::before_comment(line, " #"), " //")
}

/// The `*` that is the whole value of a key for CORS origins, and where that key begins.
fn star_of_key(code: &str) -> Option<(usize, &str)> {
    let whole = code.trim_end_matches(|letter: char| letter.is_whitespace() || "\"',[]{}".contains(letter));
    let before = whole.strip_suffix('*')?;
    let star = &whole[before.len()..];
    let opened = before.trim_end_matches(|letter: char| letter.is_whitespace() || "\"'[".contains(letter));
    let key = opened.strip_suffix(['=', ':'])?.trim_end();
    let (at, name) = match key.strip_suffix(QUOTES) {
        Some(quoted) => quoted.rfind(QUOTES).map(|open| (open + 1, &quoted[open + 1..]))?,
        None => {
            let is_of_key = |letter: char| letter.is_alphanumeric() || "_.-/".contains(letter);
            let at = key.trim_end_matches(is_of_key).len();
            (at, &key[at..])
        }
    };
    let lower = name.to_ascii_lowercase();
    // Behind other words it is part of a sentence or of another value.
    let ahead = code[..at].trim_end_matches(QUOTES).trim();
    let begins = ahead.is_empty() || ahead == "export" || ahead.ends_with(['-', '{', '[', ',']);
    (begins && lower.contains("cors") && lower.contains("origin")).then_some((at, star))
}

/// What stands behind the header's name.
#[derive(Clone, Copy, Debug)]
enum HeaderValue<'a> {
    Star(&'a str),
    OnNextLine,
    Other,
}

fn header_value(rest: &str) -> HeaderValue<'_> {
    let rest = rest.trim_start_matches(QUOTES).trim_start();
    // Behind a comma stands the value's own field, or the next name in a list.
    let (field, star) = match rest.strip_prefix(',') {
        Some(field) => (field, star_of_field(field)),
        None => (rest, star(rest)),
    };
    match star {
        Some(star) => HeaderValue::Star(star),
        None if field.trim().is_empty() => HeaderValue::OnNextLine,
        None => HeaderValue::Other,
    }
}

/// The `*` of `"value": "*"`.
fn star_of_field(code: &str) -> Option<&str> {
    let code = code.trim_start().trim_start_matches(QUOTES);
    star(code.strip_prefix("value")?.trim_start_matches(QUOTES))
}

/// The `*` that stands alone behind a separator.
fn star(rest: &str) -> Option<&str> {
    let value = rest.trim_start_matches(|letter: char| letter.is_whitespace() || "\"':=".contains(letter));
    let behind = value.strip_prefix('*')?;
    let ends = behind.chars().next().is_none_or(|next| next.is_whitespace() || "\"';}]".contains(next));
    ends.then(|| &value[..1])
}

/// The text with all but the settings replaced by `*`, so that places stay and nothing else is told.
fn masked(text: &str, found: &[Wildcard]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut shown = found.iter().map(|wildcard| wildcard.name..wildcard.star.range().end).peekable();
    for (at, letter) in text.char_indices() {
        while shown.peek().is_some_and(|range| range.end <= at) {
            shown.next();
        }
        if letter.is_whitespace() || shown.peek().is_some_and(|range| range.contains(&at)) {
            masked.push(letter);
        } else {
            masked.extend(std::iter::repeat_n('*', letter.len_utf8()));
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    /// The lines with a wildcard, from 1.
    fn lines(text: &str) -> Vec<usize> {
        let found = wildcards(text);
        for wildcard in &found {
            assert_eq!(wildcard.star.text(text), "*");
        }
        found.iter().map(|wildcard| text[..wildcard.star.range().start].matches('\n').count() + 1).collect()
    }

    #[test]
    fn files_of_configuration() {
        for path in [
            ".env", ".env.example", "api/.env.production", "docker-compose.yml", "compose.prod.yaml",
            "src/main/resources/application-prod.properties", "application.yml", "Api/appsettings.Production.json",
            "config/http/cors.toml", "nginx.conf", "web/site.nginx.conf", "serverless.yml", "vercel.json",
            "netlify.toml", "k8s/ingress.yaml", "deploy/prod/ingress.yml", "helm/values.yaml",
        ] {
            assert!(is_configuration(path), "{path}");
        }
        for path in [
            ".github/config/x.yml", "docs/.env.example", "examples/vercel.json", "composer.yaml", "ingress.yaml",
            "src/cors.json", "config/cors.ts", "README.md", "LICENSE", "prod.env",
        ] {
            assert!(!is_configuration(path), "{path}");
        }
    }

    #[test]
    fn keys_whose_whole_value_is_a_wildcard() {
        for line in [
            "CORS_ORIGIN=*", "export CORS_ALLOWED_ORIGINS=\"*\"", "CORS_ORIGIN='*' # all", "      - CORS_ORIGIN=*",
            "      - \"CORS_ORIGIN=*\"", "  CORS_ORIGIN: '*'", "app.cors.allowed-origins = *",
            "cors_origins = [\"*\"]", "  \"corsOrigins\": [ \"*\" ],", "{ \"port\": 80, \"Cors:Origins\": \"*\" }",
            "    nginx.ingress.kubernetes.io/cors-allow-origin: \"*\"",
        ] {
            assert_eq!(lines(line), [1], "{line}");
        }
    }

    #[test]
    fn headers_whose_value_is_a_wildcard() {
        for line in [
            "add_header Access-Control-Allow-Origin *;",
            "add_header 'Access-Control-Allow-Origin' '*' always;",
            "more_set_headers 'access-control-allow-origin: *';",
            "Access-Control-Allow-Origin = \"*\"",
            "Access-Control-Allow-Origin: \"'*'\"",
            "\"Access-Control-Allow-Origin\": \"*\",",
            "{ \"key\": \"Access-Control-Allow-Origin\", \"value\": \"*\" },",
        ] {
            assert_eq!(lines(line), [1], "{line}");
        }
        assert_eq!(lines("\"key\": \"Access-Control-Allow-Origin\",\r\n\"value\": \"*\"\r\n"), [2]);
    }

    #[test]
    fn other_values_comments_and_lists_are_none() {
        for text in [
            "CORS_ORIGIN=https://*.example.org",
            "CORS_ORIGIN=",
            "CORS_ORIGIN=https://example.org,*",
            "CORS_ORIGIN=localhost:*",
            "cors-origin:localhost:*",
            "CORS_ORIGIN=${ORIGIN:-*}",
            "CORS_METHODS=*",
            "# CORS_ORIGIN=*",
            "  // \"corsOrigin\": \"*\"",
            "; cors.origin=*",
            "PORT=80 # CORS_ORIGIN=*",
            "hint: everybody with CORS_ORIGIN=*",
            "add_header Access-Control-Allow-Origin https://*.example.org;",
            "add_header Access-Control-Allow-Origin *.example.org;",
            "proxy_hide_header Access-Control-Allow-Origin;",
            "headers: [Access-Control-Allow-Origin, \"*\"]",
            "- Access-Control-Allow-Origin\n- \"*\"",
            "\"key\": \"Access-Control-Allow-Origin\",\n\"value\": \"https://example.org\"",
            "*",
            "=*",
            "\"=*",
        ] {
            assert_eq!(lines(text), [0_usize; 0], "{text}");
        }
    }

    #[test]
    fn a_repository_tells_its_wildcards_and_no_secret() {
        let folder = tempfile::tempdir().unwrap();
        let compose = "environment:\n  TOKEN: \"gehéim99\"\n  CORS_ORIGIN: \"*\"\n";
        let large = "CORS_ORIGIN=*\n".repeat(20_000);
        for (path, text) in [
            ("docker-compose.yml", compose),
            (".env", "CORS_ORIGIN=*\nJWT_SECRET=9f8a7c6b5d4e3f2a\n"),
            ("config/large.toml", &large),
            ("config/fine.json", "{ \"corsOrigin\": \"https://example.org\" }"),
            ("specs/001/config/cors.json", "{ \"corsOrigin\": \"*\" }"),
            ("node_modules/x/config/cors.json", "{ \"corsOrigin\": \"*\" }"),
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let facts = Workspace::open(folder.path()).unwrap().facts();
        let told: Vec<_> = facts.settings.iter().map(|setting| (setting.path.as_str(), setting.key.as_str())).collect();
        assert_eq!(told, [(".env", "cors-origin"), ("docker-compose.yml", "cors-origin")]);
        for setting in &facts.settings {
            assert_eq!((setting.value.as_str(), setting.span.text(&facts.sources[&setting.path])), ("*", "*"));
        }
        let kept = &facts.sources["docker-compose.yml"];
        assert_eq!(kept.len(), compose.len());
        assert!(kept.contains("CORS_ORIGIN: \"*") && !kept.contains("99"));
        assert!(!facts.sources[".env"].contains("9f8a"));
        assert!(facts.skipped.iter().any(|skipped| skipped.path == "config/large.toml"));
    }
}
