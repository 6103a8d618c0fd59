//! Globs over the paths of a repository, found by the literals in them.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::glob::Glob;

/// Many globs, each with the question that it belongs to.
#[derive(Debug)]
pub(super) struct PathPatterns {
    patterns: Vec<(usize, PathPattern)>,
    /// The patterns behind each literal of the automaton.
    literals: Vec<usize>,
    automaton: Option<AhoCorasick>,
    /// Patterns without a literal.
    others: Vec<usize>,
}

/// A glob: `*` stands for anything in a name, `**` for any folders. Without a slash it holds in every
/// folder; case does not matter.
#[derive(Debug)]
enum PathPattern {
    /// Names with `*`; `None` is `**`.
    Names(Vec<Option<Wildcard>>),
    /// With `?`, `[…]` or `{…}`.
    Full(Glob),
}

impl PathPatterns {
    /// Compiles patterns; one that is no glob matches nothing.
    pub(super) fn new(patterns: impl Iterator<Item = (usize, impl AsRef<str>)>) -> Self {
        let patterns: Vec<(usize, PathPattern)> =
            patterns.filter_map(|(question, pattern)| Some((question, PathPattern::read(pattern.as_ref())?))).collect();
        let (mut literals, mut texts, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (index, (_, pattern)) in patterns.iter().enumerate() {
            match pattern.literal() {
                Some(literal) => {
                    literals.push(index);
                    texts.push(literal.to_owned());
                }
                None => others.push(index),
            }
        }
        Self { automaton: automaton(&texts), patterns, literals, others }
    }

    /// Tells `take` the rank and the question of each pattern that `path` fits, perhaps more than once.
    pub(super) fn find(&self, path: &str, mut take: impl FnMut(usize, usize)) {
        let path = path.to_ascii_lowercase();
        let found = self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(&path));
        let found = found.map(|hit| self.literals[hit.pattern().as_usize()]);
        for rank in found.chain(self.others.iter().copied()) {
            let (question, pattern) = &self.patterns[rank];
            if pattern.fits(&path) {
                take(rank, *question);
            }
        }
    }
}

/// Paths are few and short: an automaton that is built in a moment serves them best.
fn automaton(literals: &[String]) -> Option<AhoCorasick> {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(literals).ok()
}

/// Whether `pattern` is one that [`PathPatterns`] can match.
#[cfg(feature = "manifest")]
pub(super) fn is_glob(pattern: &str) -> bool {
    !pattern.trim().is_empty() && PathPattern::read(pattern).is_some()
}

impl PathPattern {
    fn read(pattern: &str) -> Option<Self> {
        let lower = pattern.to_ascii_lowercase();
        let anywhere = if lower.contains('/') { lower } else { format!("**/{lower}") };
        if anywhere.contains(['?', '[', '{', '\\']) {
            return Glob::new(&anywhere).ok().map(Self::Full);
        }
        let mut names: Vec<Option<Wildcard>> =
            anywhere.split('/').map(|name| (name != "**").then(|| Wildcard::new(name))).collect();
        // `a/**` is what lies in the folder, not a file of that name.
        if names.last().is_some_and(Option::is_none) {
            names.push(Some(Wildcard::new("*")));
        }
        Some(Self::Names(names))
    }

    /// The longest text without `*`, which every path that fits must hold.
    fn literal(&self) -> Option<&str> {
        let Self::Names(names) = self else { return None };
        let literals = names.iter().flatten().map(Wildcard::literal);
        literals.filter(|literal| !literal.is_empty()).max_by_key(|literal| literal.len())
    }

    /// Whether `path`, in lower case, fits.
    fn fits(&self, path: &str) -> bool {
        match self {
            Self::Full(glob) => glob.fits(path),
            Self::Names(names) => fits(names, &path.split('/').collect::<Vec<_>>()),
        }
    }
}

/// Whether the folders and the file of a path fit. Only the last `**` has to be tried again.
fn fits(names: &[Option<Wildcard>], path: &[&str]) -> bool {
    let (mut name, mut part) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while part < path.len() {
        match names.get(name) {
            Some(None) => {
                retry = Some((name, part));
                name += 1;
            }
            Some(Some(pattern)) if pattern.fits(path[part]) => {
                name += 1;
                part += 1;
            }
            _ => {
                let Some((star, tried)) = retry else { return false };
                retry = Some((star, tried + 1));
                (name, part) = (star + 1, tried + 1);
            }
        }
    }
    names[name..].iter().all(Option::is_none)
}

/// A name in which `*` stands for anything.
#[derive(Debug)]
pub(super) struct Wildcard {
    /// What stands before the first `*`, and between others.
    parts: Vec<String>,
    /// What stands behind the last `*`; nothing where there is none.
    end: Option<String>,
}

impl Wildcard {
    pub(super) fn new(pattern: &str) -> Self {
        let mut parts: Vec<String> = pattern.split('*').map(str::to_owned).collect();
        let end = parts.pop().filter(|_| !parts.is_empty());
        if parts.is_empty() {
            parts.push(pattern.to_owned());
        }
        Self { parts, end }
    }

    pub(super) fn fits(&self, name: &str) -> bool {
        let Some(mut rest) = name.strip_prefix(self.parts[0].as_str()) else { return false };
        let Some(end) = &self.end else { return rest.is_empty() };
        for part in &self.parts[1..] {
            // Names are short: a search that prepares itself costs more.
            let Some(at) = (0..=rest.len()).find(|at| rest.as_bytes()[*at..].starts_with(part.as_bytes())) else {
                return false;
            };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(end.as_str())
    }

    /// The longest text that every name which fits holds.
    fn literal(&self) -> &str {
        let parts = self.parts.iter().chain(&self.end);
        parts.max_by_key(|part| part.len()).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pattern: &str, path: &str) -> bool {
        let mut found = false;
        PathPatterns::new(std::iter::once((0, pattern))).find(path, |_, _| found = true);
        found
    }

    #[test]
    fn globs_fit_paths() {
        for (pattern, path) in [
            ("Dockerfile", "api/Dockerfile"),
            ("dockerfile", "Dockerfile"),
            ("docker-compose*.y*ml", "ops/docker-compose.prod.yaml"),
            ("**/migrations/**", "migrations/001.sql"),
            ("**/migrations/**", "db/migrations/2024/001.sql"),
            (".github/workflows/*", ".github/workflows/ci.yml"),
            ("**/config/*.toml", "app/config/default.toml"),
            ("**/a/**/b.*", "x/a/y/z/b.rs"),
            ("**/a/**/b.*", "a/b.rs"),
            ("config.{yml,yaml}", "etc/config.yaml"),
            ("**/*health*.*", "src/healthCheck.ts"),
            ("docs/**", "docs/privacy/index.md"),
        ] {
            assert!(finds(pattern, path), "{pattern} should fit {path}");
        }
        for (pattern, path) in [
            ("Dockerfile", "Dockerfile.md"),
            ("**/migrations/**", "src/migrations"),
            (".github/workflows/*", "docs/.github/workflows/ci.yml"),
            (".github/workflows/*", ".github/workflows/old/ci.yml"),
            ("docs/**", "src/docs/a.md"),
            ("*.sql", "a.sql/b"),
            ("[", "["),
        ] {
            assert!(!finds(pattern, path), "{pattern} should not fit {path}");
        }
    }

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, name) in [
            ("*pino*", "pino-http"),
            ("@nestjs/*", "@nestjs/throttler"),
            ("*/cors", "github.com/rs/cors"),
            ("serilog*", "serilog"),
            ("a*b*c", "a-b-b-c"),
            ("a", "a"),
        ] {
            assert!(Wildcard::new(pattern).fits(name), "{pattern} should fit {name}");
        }
        for (pattern, name) in [("*/cors", "corset"), ("a*", "ba"), ("*a*b", "b-a"), ("a*a", "a"), ("a", "ab")] {
            assert!(!Wildcard::new(pattern).fits(name), "{pattern} should not fit {name}");
        }
    }
}
