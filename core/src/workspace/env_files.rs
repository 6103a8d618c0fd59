//! Tracked `.env` files that hold credentials. Keys and places are kept, values never.

use super::{file_name, scan};
use crate::matching::contains_any;
use crate::repository::{Dependency, EnvFile};
use crate::source::Span;

/// Whether a path is a file of environment variables, and not an example of one.
pub(super) fn is_env_file(path: &str) -> bool {
    const EXAMPLES: &[&str] =
        &["defaults", "dist", "example", "examples", "sample", "schema", "template", "tmpl", "tpl"];
    let name = file_name(path);
    let is_env = is_named_env(name) || (name.ends_with(".env") && name.len() > ".env".len());
    is_env && !name.split(['.', '-', '_']).any(|part| EXAMPLES.contains(&part.to_ascii_lowercase().as_str()))
}

/// Whether a name is that of a dotenv file, an example of one included.
pub(super) fn is_named_env(name: &str) -> bool {
    name == ".env" || name.starts_with(".env.")
}

/// Reads a file; nothing where it holds no value that looks like a credential.
pub(super) fn parse(path: &str, text: &str) -> Option<EnvFile> {
    let secrets: Vec<Dependency> = assignments(text)
        .filter(|(key, value)| is_credential(key, value))
        .map(|(key, value)| Dependency { name: key.to_owned(), version: None, span: scan::span(value, text) })
        .collect();
    (!secrets.is_empty()).then(|| EnvFile { path: path.to_owned(), secrets })
}

/// The text with each value and comment replaced by `*`, so that places stay and nothing is told.
pub(super) fn masked(text: &str) -> String {
    let kept: Vec<Span> = assignments(text).map(|(key, _)| scan::span(key, text)).collect();
    let mut masked = String::with_capacity(text.len());
    let mut keys = kept.iter().peekable();
    for (at, letter) in text.char_indices() {
        while keys.peek().is_some_and(|key| key.range().end <= at) {
            keys.next();
        }
        let is_key = keys.peek().is_some_and(|key| key.range().contains(&at));
        if is_key || matches!(letter, '\n' | '\r' | '=') {
            masked.push(letter);
        } else {
            masked.extend(std::iter::repeat_n('*', letter.len_utf8()));
        }
    }
    masked
}

/// `KEY=value` lines: the key, and the value without quotes and comment.
fn assignments(text: &str) -> impl Iterator<Item = (&str, &str)> {
    scan::lines(text).filter_map(|line| {
        let code = line.text.trim();
        let code = code.strip_prefix("export ").unwrap_or(code);
        let (key, value) = code.split_once('=')?;
        let key = key.trim();
        let is_name = !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
        let value = value.trim();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
            _ => value.split(" #").next().unwrap_or_default().trim_end(),
        };
        is_name.then_some((key, value))
    })
}

/// Whether an assignment gives away a credential: a key that names one with a value that is none of
/// the usual stand-ins, a token whose form tells what it is, or a URL with a password.
fn is_credential(key: &str, value: &str) -> bool {
    if value.starts_with('$') || value.contains("${") {
        return false;
    }
    if value.contains("://") {
        return has_password_in_url(value);
    }
    if is_placeholder(value) {
        return false;
    }
    if has_token_form(value) {
        return true;
    }
    // A bundler puts variables with these prefixes into what every visitor downloads.
    let is_public = ["NEXT_PUBLIC_", "VITE_", "REACT_APP_", "EXPO_PUBLIC_", "NUXT_PUBLIC_", "PUBLIC_", "GATSBY_"]
        .iter()
        .any(|prefix| key.starts_with(prefix));
    !is_public && names_credential(key) && value.len() >= 8 && !value.contains(char::is_whitespace)
}

fn names_credential(key: &str) -> bool {
    const WORDS: &[&str] =
        &["SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "TOKEN", "CREDENTIAL", "CREDENTIALS", "APIKEY"];
    const PAIRS: &[[&str; 2]] = &[
        ["API", "KEY"],
        ["ACCESS", "KEY"],
        ["PRIVATE", "KEY"],
        ["ENCRYPTION", "KEY"],
        ["SIGNING", "KEY"],
        ["ACCOUNT", "KEY"],
        ["SERVICE", "KEY"],
    ];
    // Settings about a credential: its life time, its file, its place.
    const ABOUT: &[&str] = &[
        "ALGORITHM", "AUDIENCE", "COUNT", "DURATION", "ENABLED", "ENDPOINT", "EXPIRES", "EXPIRE", "EXPIRATION",
        "EXPIRY", "FILE", "HEADER", "HOURS", "ISSUER", "LENGTH", "LIMIT", "MAX", "MIN", "MINUTES", "NAME", "PATH",
        "PREFIX", "PUBLISHABLE", "TTL", "TYPE", "URI", "URL",
    ];
    let upper = key.to_ascii_uppercase();
    let parts: Vec<&str> = upper.split(['_', '.', '-']).collect();
    let says = parts.iter().any(|part| WORDS.contains(part))
        || parts.windows(2).any(|pair| PAIRS.iter().any(|known| known == pair));
    says && !parts.iter().any(|part| ABOUT.contains(part))
}

/// Prefixes by which issuers mark their tokens.
fn has_token_form(value: &str) -> bool {
    const PREFIXES: &[(&str, usize)] = &[
        ("-----BEGIN ", 20),
        ("AIza", 35),
        ("AKIA", 20),
        ("ASIA", 20),
        ("SG.", 50),
        ("eyJ", 60),
        ("ghp_", 36),
        ("gho_", 36),
        ("ghs_", 36),
        ("github_pat_", 40),
        ("glpat-", 20),
        ("npm_", 36),
        ("sk-", 24),
        ("sk_live_", 20),
        ("rk_live_", 20),
        ("xoxb-", 24),
        ("xoxp-", 24),
        ("hvs.", 24),
    ];
    PREFIXES.iter().any(|(prefix, length)| value.starts_with(prefix) && value.len() >= *length)
}

/// A URL with a password that is neither a stand-in nor one of a database on the same machine.
fn has_password_in_url(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user_info, host)) = authority.rsplit_once('@') else { return false };
    let Some((user, password)) = user_info.split_once(':') else { return false };
    let host = host.split(':').next().unwrap_or_default();
    // A host without a dot is a container of the same compose file.
    let is_local = !host.contains('.')
        || host.starts_with("127.")
        || host == "0.0.0.0"
        || host.ends_with(".local")
        || host.ends_with(".internal");
    !is_local && password.len() >= 4 && password != user && !is_placeholder(password)
}

/// Stand-ins that templates use where a value belongs.
fn is_placeholder(value: &str) -> bool {
    const MARKS: &[&str] = &[
        "...", "abc123", "change", "default", "demo", "dev-", "dev_", "dummy", "example", "fake", "fixme", "foobar",
        "here", "insecure", "local", "mock", "password", "placeholder", "postgres", "replace", "sample", "secret",
        "set-me", "test", "todo", "xxx", "your", "<", "[", "{{", "123456", "****",
    ];
    let lower = value.to_ascii_lowercase();
    let mut letters = value.chars();
    let first = letters.next();
    value.is_empty()
        || letters.all(|letter| Some(letter) == first)
        || contains_any(&lower, MARKS)
        || matches!(lower.as_str(), "true" | "false" | "null" | "none" | "undefined")
        || value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        parse(".env", text).map(|file| file.secrets.into_iter().map(|secret| secret.name).collect()).unwrap_or_default()
    }

    #[test]
    fn files_and_examples() {
        for path in [".env", "api/.env.production", ".env.local", "deploy/prod.env"] {
            assert!(is_env_file(path), "{path}");
        }
        for path in [
            ".env.example", ".env.sample", "a/.env.local.template", ".env.dist", "env.d.ts", ".envrc", "src/env.ts",
            "example.env",
        ] {
            assert!(!is_env_file(path), "{path}");
        }
    }

    #[test]
    fn credentials_by_key_form_and_url() {
        let text = "JWT_SECRET=9f8a7c6b5d4e3f2a\nexport STRIPE='sk_live_51H8q9zKq2W3e4R5t6'\nDATABASE_URL=postgres://app:hunter22x@db.acme.io/app\nSMTP_PASSWORD=\"Tr0ub4dor&3\" # mail\n";
        assert_eq!(keys(text), ["JWT_SECRET", "STRIPE", "DATABASE_URL", "SMTP_PASSWORD"]);
        let file = parse(".env", text).unwrap();
        assert_eq!(file.secrets[3].span.text(text), "Tr0ub4dor&3");
    }

    #[test]
    fn settings_and_stand_ins_are_none() {
        let text = "PORT=3000\nJWT_SECRET=change-me-in-production\nAPI_KEY=your-api-key\nTOKEN_TTL=360000000\nPASSWORD=\nDB_PASSWORD=${DB_PASSWORD}\nDATABASE_URL=postgresql://postgres:geheim99@localhost:5432/x\nREDIS_URL=redis://:pass9999@redis:6379\nNEXT_PUBLIC_API_KEY=abcdefgh12zz\nSECRET_NAME=projects/x/y\n# API_SECRET=9f8a7c6b5d4e\n";
        assert_eq!(keys(text), Vec::<String>::new());
    }

    #[test]
    fn a_masked_text_keeps_places_only() {
        let text = "# note\nKEY = \"välue\"\nEMPTY=\n";
        let masked = masked(text);
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked, "******\nKEY*=*********\nEMPTY=\n");
        assert!(!masked.contains("lue") && !masked.contains("note"));
    }
}
