//! One item of *Primary Dependencies* as packages: "Express 4.x (web server)" → `express`. Tells
//! whether the repository has it, and whether it can be taken for a package at all.

use std::collections::HashSet;

use plangate_core::Span;
use plangate_core::plan::{Field, Plan};
use plangate_core::repository::{PathIndex, RepositoryFacts};

use crate::passage::{is_placeholder, is_standing};
use crate::path_names::PathNames;

/// What a plan names as a dependency.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct PackageItem {
    /// The name as the plan writes it, without version and notes.
    pub(crate) written: String,
    /// Alternatives ("nanoid or shortid"), each in lower case.
    pub(crate) names: Vec<String>,
    /// Marked as new.
    pub(crate) new: bool,
    /// Marked as existing, built in, optional and the like.
    pub(crate) standing: bool,
    pub(crate) span: Span,
}

/// Words in a note that say that nothing is added.
const NOTHING_ADDED: &[&str] = &[
    "built-in", "builtin", "stdlib", "standard", "native", "bundled", "included", "internal", "optional", "transitive",
    "workspace", "platform", "system", "dev-only", "no", "不新增", "既有", "現有", "现有", "既存", "기존", "없음",
];

/// Words in a note that say that it is added.
const ADDED: &[&str] =
    &["new", "nuevo", "nueva", "novo", "nova", "neu", "nouveau", "新規", "新增", "신규", "added", "installed"];

/// Languages, platforms, servers, services and interfaces that no package manifest lists by that name.
const NO_PACKAGES: &[&str] = &[
    "none", "n/a", "na", "tbd", "node", "nodejs", "node.js", "deno", "bun", "npm", "pnpm", "yarn", "npx", "nvm",
    "python", "pip", "uv", "poetry", "conda", "rust", "cargo", "go", "golang", "java", "jdk", "jvm", "kotlin", "maven",
    "gradle", "swift", "c", "c++", "c#", "dotnet", ".net", "asp.net", "ruby", "bundler", "php", "composer", "elixir",
    "dart", "html", "html5", "css", "css3", "sass", "javascript", "typescript", "js", "ts", "jsx", "tsx", "es6",
    "es2022", "esm", "json", "yaml", "toml", "xml", "csv", "markdown", "sql", "bash", "shell", "zsh", "powershell",
    "make", "cmake", "git", "github", "gitlab", "docker", "docker-compose", "compose", "podman", "kubernetes", "k8s",
    "helm", "terraform", "ansible", "nginx", "apache", "caddy", "traefik", "linux", "macos", "windows", "android",
    "ios", "wasm", "webassembly", "postgres", "postgresql", "mysql", "mariadb", "sqlite", "sqlite3", "mongodb",
    "redis", "memcached", "kafka", "rabbitmq", "nats", "elasticsearch", "opensearch", "meilisearch", "prometheus",
    "grafana", "loki", "jaeger", "aws", "azure", "gcp", "s3", "cloudflare", "vercel", "netlify", "heroku", "supabase",
    "firebase", "firestore", "stripe", "openai", "anthropic", "claude", "gpt", "llm", "chrome", "firefox", "safari",
    "browser", "dom", "canvas", "webgl", "websocket", "websockets", "webrtc", "sse", "fetch", "localstorage",
    "sessionstorage", "indexeddb", "rest", "graphql", "grpc", "http", "https", "tcp", "udp", "mqtt", "oauth", "oauth2",
    "oidc", "jwt", "smtp", "ssh", "tls", "ffmpeg", "imagemagick", "openssl", "curl", "systemd", "dbus", "cron",
    "makefile", "monorepo", "nix", "nixos", "homebrew", "brew", "apt", "unity", "godot", "unreal", "flutter", "xcode",
    "lerna", "nx", "turborepo", "std", "core", "stdlib", "libc", "foundation", "swiftui", "uikit", "asyncio",
    "argparse", "dataclasses", "pathlib", "logging", "unittest", "typing", "subprocess", "tkinter", "re", "os", "sys",
    "math", "random", "datetime", "collections", "itertools", "functools", "contextlib", "threading",
    "multiprocessing", "hashlib", "uuid", "enum", "abc", "tempfile", "shutil", "urllib", "fs", "path", "crypto",
    "events", "stream", "util", "url", "zlib", "child_process", "worker_threads", "readline", "assert", "buffer",
    "process", "codeql", "dependabot", "renovate", "backend", "frontend", "server", "client", "database", "cache",
    "shared", "api",
];

/// Packages that plans write with a capital or as a proper name, and the name in manifests.
const WELL_KNOWN: &[(&str, &str, Ecosystem)] = {
    use Ecosystem::{JavaScript, Python, Rust};
    &[
        ("express", "express", JavaScript),
        ("express.js", "express", JavaScript),
        ("fastify", "fastify", JavaScript),
        ("koa", "koa", JavaScript),
        ("hono", "hono", JavaScript),
        ("nestjs", "@nestjs/core", JavaScript),
        ("react", "react", JavaScript),
        ("react router", "react-router", JavaScript),
        ("react query", "react-query", JavaScript),
        ("tanstack query", "@tanstack/react-query", JavaScript),
        ("react hook form", "react-hook-form", JavaScript),
        ("vue", "vue", JavaScript),
        ("vue.js", "vue", JavaScript),
        ("vue router", "vue-router", JavaScript),
        ("pinia", "pinia", JavaScript),
        ("svelte", "svelte", JavaScript),
        ("solidjs", "solid-js", JavaScript),
        ("angular", "@angular/core", JavaScript),
        ("next.js", "next", JavaScript),
        ("nuxt", "nuxt", JavaScript),
        ("astro", "astro", JavaScript),
        ("vite", "vite", JavaScript),
        ("webpack", "webpack", JavaScript),
        ("tailwind", "tailwindcss", JavaScript),
        ("tailwind css", "tailwindcss", JavaScript),
        ("socket.io", "socket.io", JavaScript),
        ("socket.io client", "socket.io-client", JavaScript),
        ("axios", "axios", JavaScript),
        ("lodash", "lodash", JavaScript),
        ("moment", "moment", JavaScript),
        ("moment.js", "moment", JavaScript),
        ("day.js", "dayjs", JavaScript),
        ("luxon", "luxon", JavaScript),
        ("zod", "zod", JavaScript),
        ("joi", "joi", JavaScript),
        ("yup", "yup", JavaScript),
        ("redux", "redux", JavaScript),
        ("redux toolkit", "@reduxjs/toolkit", JavaScript),
        ("zustand", "zustand", JavaScript),
        ("mobx", "mobx", JavaScript),
        ("jotai", "jotai", JavaScript),
        ("prisma", "prisma", JavaScript),
        ("typeorm", "typeorm", JavaScript),
        ("sequelize", "sequelize", JavaScript),
        ("mongoose", "mongoose", JavaScript),
        ("knex", "knex", JavaScript),
        ("kysely", "kysely", JavaScript),
        ("drizzle", "drizzle-orm", JavaScript),
        ("drizzle orm", "drizzle-orm", JavaScript),
        ("bullmq", "bullmq", JavaScript),
        ("passport", "passport", JavaScript),
        ("passport.js", "passport", JavaScript),
        ("helmet", "helmet", JavaScript),
        ("winston", "winston", JavaScript),
        ("pino", "pino", JavaScript),
        ("d3", "d3", JavaScript),
        ("d3.js", "d3", JavaScript),
        ("chart.js", "chart.js", JavaScript),
        ("recharts", "recharts", JavaScript),
        ("three.js", "three", JavaScript),
        ("jest", "jest", JavaScript),
        ("vitest", "vitest", JavaScript),
        ("mocha", "mocha", JavaScript),
        ("cypress", "cypress", JavaScript),
        ("supertest", "supertest", JavaScript),
        ("storybook", "storybook", JavaScript),
        ("framer motion", "framer-motion", JavaScript),
        ("material ui", "@mui/material", JavaScript),
        ("apollo client", "@apollo/client", JavaScript),
        ("apollo server", "@apollo/server", JavaScript),
        ("inversifyjs", "inversify", JavaScript),
        ("rxjs", "rxjs", JavaScript),
        ("puppeteer", "puppeteer", JavaScript),
        ("nodemailer", "nodemailer", JavaScript),
        ("fastapi", "fastapi", Python),
        ("flask", "flask", Python),
        ("django", "django", Python),
        ("django rest framework", "djangorestframework", Python),
        ("starlette", "starlette", Python),
        ("uvicorn", "uvicorn", Python),
        ("gunicorn", "gunicorn", Python),
        ("celery", "celery", Python),
        ("pydantic", "pydantic", Python),
        ("sqlalchemy", "sqlalchemy", Python),
        ("sqlmodel", "sqlmodel", Python),
        ("alembic", "alembic", Python),
        ("pandas", "pandas", Python),
        ("numpy", "numpy", Python),
        ("scipy", "scipy", Python),
        ("pytorch", "torch", Python),
        ("tensorflow", "tensorflow", Python),
        ("keras", "keras", Python),
        ("requests", "requests", Python),
        ("httpx", "httpx", Python),
        ("aiohttp", "aiohttp", Python),
        ("click", "click", Python),
        ("typer", "typer", Python),
        ("jinja2", "jinja2", Python),
        ("beautifulsoup", "beautifulsoup4", Python),
        ("scrapy", "scrapy", Python),
        ("langchain", "langchain", Python),
        ("streamlit", "streamlit", Python),
        ("pillow", "pillow", Python),
        ("structlog", "structlog", Python),
        ("loguru", "loguru", Python),
        ("pytest", "pytest", Python),
        ("tokio", "tokio", Rust),
        ("axum", "axum", Rust),
        ("actix", "actix-web", Rust),
        ("actix-web", "actix-web", Rust),
        ("rocket", "rocket", Rust),
        ("serde", "serde", Rust),
        ("serde_json", "serde_json", Rust),
        ("clap", "clap", Rust),
        ("anyhow", "anyhow", Rust),
        ("thiserror", "thiserror", Rust),
        ("diesel", "diesel", Rust),
        ("sqlx", "sqlx", Rust),
        ("reqwest", "reqwest", Rust),
        ("rayon", "rayon", Rust),
        ("tracing", "tracing", Rust),
    ]
};

/// Whether the repository has manifests of a language that the plan names, and all of them are
/// empty: what the product uses is listed where nobody looked.
pub(crate) fn lists_nothing(plan: &Plan, facts: &RepositoryFacts) -> bool {
    let told = Ecosystem::shown_by(facts);
    let there: Vec<Ecosystem> = facts.languages().map(Ecosystem::of_language).collect();
    let planned = Ecosystem::planned_by(plan);
    planned.iter().any(|ecosystem| there.contains(ecosystem) && !told.contains(ecosystem))
}

/// Where packages of one kind are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ecosystem {
    JavaScript,
    Python,
    Rust,
    Go,
    Other,
}

impl Ecosystem {
    fn of_language(language: &str) -> Self {
        match language {
            "javascript" | "typescript" => Self::JavaScript,
            "python" => Self::Python,
            "rust" => Self::Rust,
            "go" => Self::Go,
            _ => Self::Other,
        }
    }

    /// The ecosystems whose manifests the repository shows. A manifest without any dependency tells
    /// nothing: it may belong to a workspace, or list them where nobody looks.
    fn shown_by(facts: &RepositoryFacts) -> Vec<Self> {
        let told = facts.manifests.iter().filter(|manifest| !manifest.dependencies.is_empty());
        told.map(|manifest| Self::of_language(&manifest.language)).collect()
    }

    /// The ecosystems that *Language/Version* names.
    fn planned_by(plan: &Plan) -> Vec<Self> {
        let field = plan.technical_context.as_ref().and_then(|context| context.language_version.as_ref());
        field.map(|field| Self::named_in(&field.text)).unwrap_or_default()
    }

    fn named_in(text: &str) -> Vec<Self> {
        let words: Vec<String> = words_of(text).map(str::to_lowercase).collect();
        let any = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
        [
            (Self::JavaScript, any(&["javascript", "typescript", "node", "node.js", "nodejs", "es6", "react"])),
            (Self::Python, any(&["python"])),
            (Self::Rust, any(&["rust"])),
            (Self::Go, any(&["go", "golang"])),
            (Self::Other, any(OTHER_LANGUAGES)),
        ]
        .into_iter()
        .filter_map(|(ecosystem, named)| named.then_some(ecosystem))
        .collect()
    }
}

const OTHER_LANGUAGES: &[&str] = &[
    "java", "kotlin", "scala", "swift", "c", "c++", "c#", ".net", "dotnet", "ruby", "php", "elixir", "dart", "zig",
    "haskell", "ocaml", "lua", "nix", "gdscript", "objective-c", "f#", "clojure", "r", "julia",
];

/// The items of *Primary Dependencies*, cut further where a plan joins names by other means.
pub(crate) fn items(field: &Field) -> Vec<PackageItem> {
    let standing = says_that_nothing_is_added(&field.text);
    let mut out = Vec::new();
    for item in &field.items {
        for part in item.text.split([';', '·', '、', '，', '；', '|', '&']).flat_map(|part| part.split(" + ")) {
            if is_placeholder(part) {
                continue;
            }
            if let Some(mut read) = PackageItem::read(part, item.span) {
                read.standing |= standing && !read.new;
                out.push(read);
            }
        }
    }
    out
}

/// "No new dependencies", wherever the field says it.
fn says_that_nothing_is_added(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "no new", "no additional", "none new", "unchanged", "no change", "nothing new", "existing stack",
        "existing dependenc", "不新增", "ninguna nueva",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase))
}

impl PackageItem {
    fn read(part: &str, span: Span) -> Option<Self> {
        let (bare, notes) = without_notes(part);
        let bare = match bare.split_once(": ") {
            Some((label, rest)) if label.split_whitespace().count() <= 3 => rest.to_owned(),
            _ => bare,
        };
        let note_words: Vec<String> = words_of(&notes).chain(words_of(&bare)).map(str::to_lowercase).collect();
        let says = |words: &[&str]| note_words.iter().any(|word| words.contains(&word.as_str()));
        let standing = note_words.iter().any(|word| is_standing(word)) || says(NOTHING_ADDED);
        let alternatives: Vec<String> = bare
            .split(" or ")
            .flat_map(|one| one.split(" / "))
            .map(|one| one.split_whitespace().map(unquoted).filter(|word| !is_version(word)).collect::<Vec<_>>())
            .filter(|words| !words.is_empty())
            .map(|words| words.join(" "))
            .collect();
        let written = alternatives.first()?.clone();
        let names = alternatives.iter().map(|name| name.to_lowercase()).collect();
        let denied = note_words.iter().any(|word| matches!(word.as_str(), "no" | "not"));
        Some(Self {
            written,
            names,
            new: says(ADDED) && !denied && !note_words.iter().any(|word| is_standing(word)),
            standing,
            span,
        })
    }

    /// Whether the item is surely a package of an ecosystem whose manifests the repository shows,
    /// so that its absence from them means something.
    pub(crate) fn is_package(&self, plan: &Plan, facts: &RepositoryFacts) -> bool {
        let (shown, planned) = (Ecosystem::shown_by(facts), Ecosystem::planned_by(plan));
        self.names.iter().all(|name| match ecosystem(name) {
            Some(ecosystem) => shown.contains(&ecosystem),
            None => {
                is_written_as_package(name, &self.written)
                    && shown.iter().any(|ecosystem| *ecosystem != Ecosystem::Other)
                    && planned.iter().all(|ecosystem| shown.contains(ecosystem))
                    && !planned.contains(&Ecosystem::Other)
            }
        })
    }

    /// Whether the manifests would list the item if the repository had it: those of every language
    /// that the plan names are there.
    pub(crate) fn would_be_listed(&self, plan: &Plan, facts: &RepositoryFacts) -> bool {
        let shown = Ecosystem::shown_by(facts);
        let named = self.names.iter().filter_map(|name| ecosystem(name));
        !shown.is_empty() && named.chain(Ecosystem::planned_by(plan)).all(|ecosystem| shown.contains(&ecosystem))
    }

    /// Whether the repository shows the item: a manifest, one of its own folders or files, a step
    /// of a workflow, a script.
    pub(crate) fn is_in(&self, facts: &RepositoryFacts) -> bool {
        self.names.iter().any(|name| {
            let manifest_name = well_known(name).map_or(name.as_str(), |(_, package, _)| package);
            is_dependency(manifest_name, facts) || is_dependency(name, facts) || is_of_the_repository(name, facts)
        })
    }

    /// Whether `text` speaks of the item.
    pub(crate) fn is_named_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.names.iter().any(|name| {
            let package = well_known(name).map_or(name.as_str(), |(_, package, _)| package);
            contains_name(&lower, name) || contains_name(&lower, package)
        })
    }

    /// The name that messages use: the package's, where it is known.
    pub(crate) fn display(&self) -> &str {
        match self.names.as_slice() {
            [name] => well_known(name).map_or(self.written.as_str(), |(_, package, _)| package),
            _ => &self.written,
        }
    }
}

fn well_known(name: &str) -> Option<&'static (&'static str, &'static str, Ecosystem)> {
    WELL_KNOWN.iter().find(|(known, ..)| *known == name)
}

/// The ecosystem that a name belongs to beyond doubt.
fn ecosystem(name: &str) -> Option<Ecosystem> {
    if let Some((.., ecosystem)) = well_known(name) {
        return Some(*ecosystem);
    }
    if name.contains(char::is_whitespace) {
        return None;
    }
    if let Some((scope, package)) = name.strip_prefix('@').and_then(|rest| rest.split_once('/')) {
        return (!scope.is_empty() && !package.is_empty()).then_some(Ecosystem::JavaScript);
    }
    let host = name.split('/').next().unwrap_or_default();
    (name.contains('/') && host.contains('.') && !host.starts_with('.')).then_some(Ecosystem::Go)
}

/// One lower-case word, as manifests write names, and no language, platform or service.
fn is_written_as_package(name: &str, written: &str) -> bool {
    name.len() > 1
        && written == name
        && !NO_PACKAGES.contains(&name)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.'))
        && !name.ends_with('.')
}

fn is_dependency(name: &str, facts: &RepositoryFacts) -> bool {
    let wanted = squashed(name);
    if wanted.is_empty() {
        return false;
    }
    facts.manifests.iter().flat_map(|manifest| &manifest.dependencies).any(|dependency| {
        let known = squashed(&dependency.name);
        let part_of = |whole: &str, part: &str| part.len() >= 4 && whole.contains(part);
        known == wanted
            || part_of(&known, &wanted)
            || part_of(&wanted, &known)
            || dependency.name.split(|c: char| !c.is_alphanumeric()).any(|piece| piece.eq_ignore_ascii_case(name))
    })
}

fn is_of_the_repository(name: &str, facts: &RepositoryFacts) -> bool {
    let wanted = squashed(name);
    if wanted.len() < 3 {
        return false;
    }
    let in_paths = facts.paths.index::<SquashedNames>().0.contains(wanted.as_str());
    let scripts = facts.manifests.iter().flat_map(|manifest| &manifest.scripts).map(|script| script.command.as_str());
    let workflows = facts.workflows.iter().flat_map(|workflow| &workflow.steps).map(|step| step.text.as_str());
    let hooks = facts.hooks.iter().flat_map(|hook| &hook.steps).map(|step| step.text.as_str());
    in_paths || scripts.chain(workflows).chain(hooks).any(|text| contains_name(&text.to_lowercase(), name))
}

/// The names of files and folders, with and without what follows their first dot, squashed.
struct SquashedNames(HashSet<Box<str>>);

impl PathIndex for SquashedNames {
    fn of(paths: &[String]) -> Self {
        let names = PathNames::of(paths);
        let stem = |name: &str| name.split_once('.').map_or_else(|| squashed(name), |(stem, _)| squashed(stem));
        Self(names.iter().flat_map(|name| [squashed(name), stem(name)]).map(String::into_boxed_str).collect())
    }
}

/// Whether `name` stands in `text` as a word of its own; both in lower case.
pub(crate) fn contains_name(text: &str, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    let free = |edge: Option<char>| edge.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(name).any(|(at, _)| {
        free(text[..at].chars().next_back()) && {
            let rest = text[at + name.len()..].strip_prefix('s').unwrap_or(&text[at + name.len()..]);
            free(rest.chars().next())
        }
    })
}

/// Letters and digits alone, in lower case: "Socket.io" and `socket-io` are one.
fn squashed(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The part without what stands in brackets or behind a dash, and those notes.
fn without_notes(part: &str) -> (String, String) {
    let (part, tail) = [" — ", " – ", " - ", "（"].iter().find_map(|dash| part.split_once(dash)).unwrap_or((part, ""));
    let (mut bare, mut notes, mut depth) = (String::new(), tail.to_owned(), 0_u32);
    for character in part.chars() {
        match character {
            '(' | '[' => {
                depth += 1;
                notes.push(' ');
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(character),
            _ => notes.push(character),
        }
    }
    (bare, notes)
}

fn unquoted(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, '`' | '*' | '"' | '\'' | ',' | ':')).trim_end_matches('.')
}

/// "4.x", "^5.2", ">=3.11", "v2", "19+", "latest".
fn is_version(word: &str) -> bool {
    let bare = word.trim_start_matches(['^', '~', '>', '<', '=', 'v', 'V', '≥']);
    word.is_empty()
        || bare.is_empty()
        || bare.starts_with(|c: char| c.is_ascii_digit())
        || matches!(word.to_lowercase().as_str(), "latest" | "lts" | "stable" | "x" | "version")
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | ':' | '/'))
        .map(|word| word.trim_matches(|c: char| matches!(c, '`' | '*' | '"' | '\'')))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::repository;

    fn read(text: &str) -> PackageItem {
        PackageItem::read(text, Span::default()).expect("there is a name")
    }

    #[test]
    fn notes_and_versions_are_no_part_of_the_name() {
        for (text, names) in [
            ("Express 4.x (web server)", &["express"][..]),
            ("`@testing-library/react` 16.3", &["@testing-library/react"]),
            ("nanoid or shortid (codes)", &["nanoid", "shortid"]),
            ("Vue **3.5**", &["vue"]),
            ("Frontend: React 19+", &["react"]),
            ("Socket.io 4.x — live votes", &["socket.io"]),
        ] {
            assert_eq!(read(text).names, names, "{text}");
        }
    }

    #[test]
    fn marks_are_read() {
        assert!(read("Recharts (new)").new);
        assert!(read("prop-types (to be installed)").new);
        assert!(!read("prop-types (already installed)").new);
        assert!(read("prop-types (already installed)").standing);
        assert!(read("argparse (standard library)").standing);
        assert!(!read("lodash").standing);
    }

    #[test]
    fn the_repository_shows_a_package_under_many_names() {
        let facts = repository(
            ["frontend/package.json", "lib/payments/mod.js"],
            "javascript",
            &["socket.io-client", "react-router-dom", "next", "pg"],
        );
        for text in ["Socket.io-client 4.x", "React Router", "Next.js 16", "pg", "payments"] {
            assert!(read(text).is_in(&facts), "{text}");
        }
        for text in ["lodash", "left-pad", "Zod"] {
            assert!(!read(text).is_in(&facts), "{text}");
        }
    }

    #[test]
    fn only_what_is_surely_a_package_counts() {
        let facts = repository(["frontend/package.json", "lib/payments/mod.js"], "javascript", &["express"]);
        let plan = Plan::default();
        for text in ["lodash", "left-pad 1.x", "@scope/thing", "Zod 3", "Socket.io"] {
            assert!(read(text).is_package(&plan, &facts), "{text}");
        }
        for text in
            ["Docker", "redis", "Obsidian API", "FastAPI", "github.com/spf13/cobra", "Spring Boot 3.5", "Foundation"]
        {
            assert!(!read(text).is_package(&plan, &facts), "{text}");
        }
    }

    #[test]
    fn a_name_is_found_as_a_word() {
        assert!(contains_name("we need lodash for chunks", "lodash"));
        assert!(!contains_name("preact is small", "react"));
        assert!(contains_name("two redis nodes", "redis"));
    }
}
