//! Paths that a task names, and what kind of file each is.

use crate::markdown::Markdown;
use crate::matching::contains_any;
use crate::source::Span;

/// What a path holds, as far as a task's kind depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A test.
    Test,
    /// What tests stand on: fixtures, mocks, their configuration.
    TestSupport,
    /// Production code.
    Source,
    /// Configuration, documents, data.
    Other,
    /// A folder, or one of the feature's own documents: says where or why, not what.
    Reference,
}

/// Extensions of source code.
const SOURCE: &[&str] = &[
    "ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "vue", "svelte", "astro", "py", "pyx", "rs", "go", "java",
    "kt", "cs", "fs", "vb", "rb", "php", "swift", "dart", "scala", "clj", "cljs", "ex", "exs", "heex", "erl", "hs",
    "ml", "c", "h", "cc", "cpp", "cxx", "hpp", "m", "mm", "sql", "prisma", "graphql", "gql", "proto", "html", "css",
    "scss", "sass", "less", "cshtml", "razor", "xaml", "gd", "sh", "bash", "ps1", "lua", "r", "jl", "sol", "zig",
    "nim", "twig", "erb", "templ", "bats", "feature",
];

/// Extensions of other files, by which a word without a slash is known as a file.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "md", "mdx", "json", "jsonc", "json5", "yaml", "yml", "toml", "xml", "csproj", "fsproj", "sln", "slnx",
    "props", "kts", "gradle", "lock", "cfg", "ini", "conf", "env", "txt", "tf", "tfvars", "csv", "svg", "png",
    "ico", "arb", "resx", "po", "mod", "sum", "snap", "webmanifest", "plist", "service", "tscn", "tres", "cypher",
    "http", "rst", "adoc", "ipynb",
];

/// The paths in `span`, each once, in order: in code spans, links, or bare.
pub(super) fn paths(markdown: &Markdown<'_>, span: Span) -> Vec<String> {
    let raw = markdown.raw(span);
    let mut found: Vec<String> = Vec::new();
    let mut add = |path: String| {
        if found.len() < 64 && !found.contains(&path) {
            found.push(path);
        }
    };
    let mut coded = false;
    for (index, piece) in raw.split('`').enumerate() {
        coded = if index == 0 { false } else { !coded };
        let links = piece.split(|c: char| c.is_whitespace() || is_break(c) || (!coded && matches!(c, '[' | ']')));
        // A path has folders or an extension, and few words of a task have either.
        for word in links.filter(|word| word.contains(['/', '.'])) {
            for path in expanded(word) {
                if let Some(path) = path_of(&path, coded) {
                    add(path);
                }
            }
        }
    }
    found
}

/// Characters that end a path in prose of any script.
fn is_break(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '<' | '>' | '|' | '«' | '»' | ';')
        || ('\u{3000}'..='\u{30ff}').contains(&c)
        || ('\u{4e00}'..='\u{9fff}').contains(&c)
        || ('\u{ac00}'..='\u{d7a3}').contains(&c)
        || ('\u{ff00}'..='\u{ffef}').contains(&c)
}

/// `src/{a,b}.ts` as `src/a.ts` and `src/b.ts`, one group deep.
fn expanded(word: &str) -> Vec<String> {
    if let (Some(open), Some(close)) = (word.find('{'), word.find('}')) {
        let inner = word.get(open + 1..close).unwrap_or_default();
        if inner.contains(',') && inner.split(',').count() <= 16 {
            let (before, behind) = (&word[..open], &word[close + 1..]);
            return inner.split(',').map(|part| format!("{before}{}{behind}", part.trim())).collect();
        }
    }
    word.split(',').map(str::to_owned).collect()
}

fn path_of(word: &str, coded: bool) -> Option<String> {
    let word = word.trim_start_matches(['(', '*', '_', '~', ':']).trim_end_matches(['.', ':', '*', '~', '!', '?']);
    let word = word.trim_end_matches(|c| c == ')' && !word.contains('('));
    let word = word.strip_suffix(')').filter(|_| word.matches('(').count() < word.matches(')').count()).unwrap_or(word);
    let word = word.strip_prefix("](").unwrap_or(word);
    let word = word.split('#').next().unwrap_or_default();
    // `file.ts:12-40`
    let word = match word.rfind(':') {
        Some(colon) if word[colon + 1..].starts_with(|c: char| c.is_ascii_digit()) => &word[..colon],
        _ => word,
    };
    let word = word.split("::").next().unwrap_or_default();
    let word = word.trim_end_matches([':', '.', ',']);
    let bad = word.contains("://") || word.contains(['=', '$', '(', '\\', '@', '&', '?', '+']) && !word.contains('/');
    if word.is_empty() || bad || word.contains("://") || word.starts_with(['-', '#']) || word.len() > 240 {
        return None;
    }
    let known = extension(word).is_some_and(is_known);
    let is_path = if word.contains('/') {
        let route = word.starts_with('/') && !known;
        let folder = word.ends_with('/') || coded && is_folder(word);
        (known || folder || dotted(word)) && !route && word.chars().any(char::is_alphanumeric)
    } else {
        known && file_name(word)
    };
    let clean = word.trim_start_matches("./").trim_start_matches("../");
    let clean = if known { clean.trim_start_matches('/') } else { clean };
    is_path.then(|| clean.to_owned()).filter(|path| path.len() > 1)
}

/// A last segment with some extension that starts with a letter.
fn dotted(word: &str) -> bool {
    let extends = |ext: &str| (2..=10).contains(&ext.len()) && ext.bytes().all(|byte| byte.is_ascii_alphanumeric());
    extension(word).is_some_and(|ext| extends(ext) && ext.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// `src/models`: slashes between names, neither a media type nor a package nor a choice of words.
fn is_folder(word: &str) -> bool {
    const FIRST: &[&str] =
        &["application", "text", "image", "audio", "video", "multipart", "origin", "and", "GET", "POST"];
    let first = word.split('/').next().unwrap_or_default();
    // Two names with a slash between are as often a choice: `try/catch`.
    const ROOTS: &[&str] = &[
        "src", "app", "apps", "lib", "libs", "test", "tests", "backend", "frontend", "packages", "internal", "cmd",
        "server", "client", "crates", "core", "api", "docs", "scripts", "services", "web", "mobile", "pkg", "infra",
        "e2e", "specs",
    ];
    let rooted = word.split('/').count() > 2 || ROOTS.contains(&first.to_ascii_lowercase().as_str());
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '.' | '[' | ']' | '(' | ')' | '*');
    rooted && word.chars().all(name) && !first.is_empty() && !FIRST.contains(&first)
}

/// A file's name without folders: `user.name` has the extension of nothing, `e.g.` neither.
fn file_name(word: &str) -> bool {
    let stem = word.rsplit_once('.').map_or("", |(stem, _)| stem);
    let named = stem.chars().any(char::is_alphanumeric) || stem.is_empty();
    // `Math.h`, `this.c` and `obj.m` are rather members than files.
    let long = extension(word).is_some_and(|ext| ext.len() > 1 || stem.contains(['_', '-']));
    // Node.js and its like are names.
    const NAMES: &[&str] =
        &["node.js", "next.js", "vue.js", "nuxt.js", "express.js", "three.js", "d3.js", "chart.js", "asp.net"];
    named && long && !NAMES.contains(&word.to_ascii_lowercase().as_str())
}

fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    name.rsplit_once('.').map(|(_, ext)| ext)
}

fn is_known(ext: &str) -> bool {
    SOURCE.contains(&ext) || OTHER.contains(&ext)
}

/// What kind of file `path` names.
pub(super) fn file_kind(path: &str) -> FileKind {
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit('/').next().unwrap_or_default();
    let folders: Vec<&str> = lower.split('/').collect();
    let folders = &folders[..folders.len().saturating_sub(1)];
    let is_folder = name.is_empty() || !name.contains('.');
    let ext = extension(&lower).unwrap_or_default();
    let source = SOURCE.contains(&ext);
    let mut cased = path.split('/').rev();
    let last = cased.next().unwrap_or_default();
    let tests = cased.any(is_test_folder) || is_folder && is_test_folder(last);
    let page = matches!(ext, "html" | "css" | "scss" | "sass" | "less" | "sql" | "vue" | "svelte");
    let named = source && !page && is_test_name(path, name);
    let support = folders.iter().any(|folder| SUPPORT.contains(folder)) || is_support_name(name);
    if is_configuration(name, folders) {
        return if tests { FileKind::TestSupport } else { FileKind::Other };
    }
    if is_test_support(name) || support && (tests || named) && !name.contains(".test.") && !name.contains(".spec.") {
        return FileKind::TestSupport;
    }
    match (named, tests, source || is_folder) {
        (true, ..) | (_, true, true) => FileKind::Test,
        (_, true, false) => FileKind::TestSupport,
        _ if is_folder || is_feature_document(name, folders) => FileKind::Reference,
        _ if source => FileKind::Source,
        _ => FileKind::Other,
    }
}

#[rustfmt::skip]
const SUPPORT: &[&str] = &[
    "fixtures", "fixture", "__fixtures__", "mocks", "__mocks__", "mock", "support", "helpers", "helper", "setup",
    "utils", "testdata", "test-data", "resources", "snapshots", "factories", "stubs", "fakes", "builders",
    "infrastructure", "common",
];

/// Documents beside the plan, which tasks cite.
fn is_feature_document(name: &str, folders: &[&str]) -> bool {
    const NAMES: &[&str] =
        &["plan.md", "spec.md", "tasks.md", "research.md", "data-model.md", "quickstart.md", "design.md"];
    NAMES.contains(&name)
        || folders.iter().any(|folder| matches!(*folder, "specs" | "contracts")) && name.ends_with(".md")
}

/// Files that only tests use, wherever they stand.
fn is_test_support(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem_of_tests = ["testharness", "testhelper", "testhelpers", "testutils", "testbase", "testfixture"];
    name == "conftest.py" || stem.ends_with("fixture") || stem.ends_with("fixtures") || stem_of_tests.contains(&stem)
}

fn is_support_name(name: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "__init__.py", "mod.rs", "setup.ts", "setup.js", "setup.py", "setup-tests.ts", "setuptests.ts",
        "test-utils.ts", "test-utils.tsx", "testutils.ts", "test_helper.rb", "test_utils.py", "test_helpers.py",
        "test_helpers.go", "testutil.go", "test_helper.exs", "globalusings.cs",
    ];
    let stem = name.split('.').next().unwrap_or_default();
    let ends =
        ["fixture", "fixtures", "factory", "builder", "helper", "helpers", "mock", "mocks", "fake", "stub", "testbase"];
    NAMES.contains(&name)
        || ends.iter().any(|end| stem.ends_with(end)) && !name.contains(".test.") && !name.contains(".spec.")
}

fn is_configuration(name: &str, folders: &[&str]) -> bool {
    let config = name.contains(".config.") || name.starts_with(".eslintrc") || name.contains(".setup.");
    let build = ["setup.py", "build.rs", "gulpfile.js", "webpack.mix.js", "commitlint.config.js"].contains(&name);
    let place = folders.iter().any(|folder| matches!(*folder, ".github" | ".husky" | ".vscode" | "docs" | ".specify"));
    config || build || place
}

fn is_test_folder(folder: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "test", "tests", "__tests__", "spec", "e2e", "e2e-tests", "integration-tests", "integration_tests",
        "unit-tests", "cypress", "playwright", "androidtest", "integrationtest", "testing",
    ];
    const ENDS: &[&str] = &[".tests", ".test", "-tests", "_tests"];
    let lower = folder.to_ascii_lowercase();
    // `PollTests`, but not `backtests`.
    let camel = folder.strip_suffix("Tests").is_some_and(|stem| stem.ends_with(|c: char| c.is_ascii_lowercase()));
    NAMES.contains(&lower.as_str()) || ENDS.iter().any(|end| lower.ends_with(end)) || camel
}

/// `poll.test.ts`, `poll_test.go`, `test_poll.py`, `PollTests.cs`, `PollIT.java`, `poll_spec.rb`.
fn is_test_name(path: &str, lower: &str) -> bool {
    let inside = [".test.", ".tests.", ".spec.", ".e2e.", ".cy.", ".e2e-spec.", ".t.sol", ".itest."];
    let stem = lower.rsplit_once('.').map_or(lower, |(stem, _)| stem);
    let ends = ["_test", "_tests", "_spec", "-test", "-tests", "-spec", "_it", "_e2e"];
    let cased = path.rsplit('/').next().unwrap_or_default();
    let cased = cased.split('.').next().unwrap_or_default();
    // Only some languages name tests by the end of a class: `emailTest.ts` sends a mail.
    const CAMEL: &[&str] =
        &["java", "kt", "cs", "php", "swift", "scala", "groovy", "vb", "fs", "m", "mm", "cc", "cpp", "hs"];
    let by_class = extension(lower).is_some_and(|ext| CAMEL.contains(&ext));
    let camel = by_class
        && ["Test", "Tests", "IT", "Spec", "Specs", "TestCase"].iter().any(|end| {
            cased
                .strip_suffix(end)
                .is_some_and(|stem| stem.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()))
        });
    contains_any(lower, &inside)
        || ends.iter().any(|end| stem.ends_with(end))
        || lower.starts_with("test_")
        || lower.starts_with("test-")
        || lower.starts_with(".spec.")
        || lower.ends_with(".feature")
        || lower.ends_with(".bats")
        || camel
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let markdown = Markdown::parse(text);
        paths(&markdown, Span::new(0, text.len()))
    }

    #[test]
    fn paths_in_code_links_and_prose() {
        for (text, expected) in [
            ("Create `src/poll.ts` and src/vote.ts.", vec!["src/poll.ts", "src/vote.ts"]),
            ("Extend [`src/poll.ts`](../../src/poll.ts): more", vec!["src/poll.ts"]),
            ("in `src/poll.ts:12-40`, (backend/poll.py)", vec!["src/poll.ts", "backend/poll.py"]),
            ("Create src/{a,b}.rs", vec!["src/a.rs", "src/b.rs"]),
            ("Expose GET /api/polls as application/json and/or `text/html`", vec![]),
            ("Create the folder `src/models/` and `src/views`", vec!["src/models/", "src/views"]),
            ("Edit `package.json` for Node.js", vec!["package.json"]),
            ("モデルをsrc/poll.tsに作成", vec!["src/poll.ts"]),
            ("建立元件（frontend/Poll.vue）", vec!["frontend/Poll.vue"]),
            ("see https://example.org/a/b.html e.g. this", vec![]),
            ("`tests/unit/poll.rs::counts`", vec!["tests/unit/poll.rs"]),
            ("Call `useAuth.login` on `@/shared`", vec![]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn kinds_of_files() {
        for (path, expected) in [
            ("src/poll.ts", FileKind::Source),
            ("tests/contract/poll.rs", FileKind::Test),
            ("src/poll.test.tsx", FileKind::Test),
            ("internal/store/poll_test.go", FileKind::Test),
            ("backend/Poll.Tests/PollServiceTests.cs", FileKind::Test),
            ("src/test/java/PollIT.java", FileKind::Test),
            ("tests/unit/", FileKind::Test),
            ("tests/fixtures/poll.json", FileKind::TestSupport),
            ("tests/conftest.py", FileKind::TestSupport),
            ("vitest.config.ts", FileKind::Other),
            ("package.json", FileKind::Other),
            ("docs/poll.md", FileKind::Other),
            ("src/requests/poll.py", FileKind::Source),
            ("src/latest.ts", FileKind::Source),
            ("src/emailTest.ts", FileKind::Source),
            ("public/dev-test.html", FileKind::Source),
            ("specs/001-poll/data-model.md", FileKind::Reference),
            ("src/backtests/run.py", FileKind::Source),
            ("PollFixtures.kt", FileKind::TestSupport),
            ("Tests/PollTests/PollSuite.swift", FileKind::Test),
        ] {
            assert_eq!(file_kind(path), expected, "{path}");
        }
    }
}
