//! Globs over the paths of a repository, found by the literals in them.

use aho_corasick::AhoCorasick;
use globset::{GlobBuilder, GlobMatcher};

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
    Names(Vec<Option<String>>),
    /// With `?`, `[…]` or `{…}`.
    Full(GlobMatcher),
}

impl PathPatterns {
    /// Compiles patterns; one that is no glob matches nothing.
    pub(super) fn new<'p>(patterns: impl Iterator<Item = (usize, &'p str)>) -> Self {
        let patterns: Vec<(usize, PathPattern)> =
            patterns.filter_map(|(question, pattern)| Some((question, PathPattern::read(pattern)?))).collect();
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
        Self { automaton: AhoCorasick::new(&texts).ok(), patterns, literals, others }
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
            let glob = GlobBuilder::new(&anywhere).literal_separator(true).build().ok()?;
            return Some(Self::Full(glob.compile_matcher()));
        }
        let mut names: Vec<Option<String>> =
            anywhere.split('/').map(|name| (name != "**").then(|| name.to_owned())).collect();
        // `a/**` is what lies in the folder, not a file of that name.
        if names.last() == Some(&None) {
            names.push(Some("*".to_owned()));
        }
        Some(Self::Names(names))
    }

    /// The longest text without `*`, which every path that fits must hold.
    fn literal(&self) -> Option<&str> {
        let Self::Names(names) = self else { return None };
        let parts = names.iter().flatten().flat_map(|name| name.split('*'));
        parts.filter(|part| !part.is_empty()).max_by_key(|part| part.len())
    }

    /// Whether `path`, in lower case, fits.
    fn fits(&self, path: &str) -> bool {
        match self {
            Self::Full(glob) => glob.is_match(path),
            Self::Names(names) => fits(names, &path.split('/').collect::<Vec<_>>()),
        }
    }
}

/// Whether the folders and the file of a path fit. Only the last `**` has to be tried again.
fn fits(names: &[Option<String>], path: &[&str]) -> bool {
    let (mut name, mut part) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while part < path.len() {
        match names.get(name) {
            Some(None) => {
                retry = Some((name, part));
                name += 1;
            }
            Some(Some(pattern)) if wildcard(pattern, path[part]) => {
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

/// Whether `name` fits a `pattern` with `*`.
pub(super) fn wildcard(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(first) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return name.ends_with(part);
        }
        let Some(found) = name.find(part) else { return false };
        name = &name[found + part.len()..];
    }
    name.is_empty()
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
            assert!(wildcard(pattern, name), "{pattern} should fit {name}");
        }
        assert!(
            !wildcard("*/cors", "corset") && !wildcard("a*", "ba") && !wildcard("*a*b", "b-a") && !wildcard("a*a", "a")
        );
    }
}
