//! *Language/Version* held against the manifests.

use crate::diagnostic::Finding;
use crate::gate::GateContext;
use crate::repository::{Dependency, Manifest, RepositoryFacts};
use crate::source::Span;

/// A language whose version both a plan and a manifest state.
struct Language {
    /// How messages call it.
    name: &'static str,
    /// How plans call it; a version follows. Longer names stand first.
    spoken: &'static [&'static str],
    /// Under which name a manifest's language version stands.
    stated: &'static [&'static str],
    /// Whether the minor version means something: Go 1.24 is not Go 1.25, Node 22.1 is Node 22.4.
    minor: bool,
    /// Whether a bare version in a manifest is the oldest that will do, and not the only one.
    oldest: bool,
}

const LANGUAGES: &[Language] = &[
    Language { name: "Go", spoken: &["Golang", "Go"], stated: &["go"], minor: true, oldest: false },
    Language { name: "Rust", spoken: &["Rust", "MSRV"], stated: &["rust"], minor: true, oldest: true },
    Language { name: "Python", spoken: &["Python"], stated: &["python"], minor: true, oldest: false },
    Language {
        name: "Node.js",
        spoken: &["Node.js", "NodeJS", "Node"],
        stated: &["node"],
        minor: false,
        oldest: false,
    },
    Language { name: "Java", spoken: &["OpenJDK", "JDK", "Java"], stated: &["java"], minor: false, oldest: false },
    Language {
        name: ".NET",
        spoken: &[".NET SDK", ".NET Core", ".NET", "net"],
        stated: &["TargetFramework", "TargetFrameworks"],
        minor: false,
        oldest: false,
    },
    Language { name: "PHP", spoken: &["PHP"], stated: &["php"], minor: true, oldest: false },
    Language { name: "Ruby", spoken: &["Ruby"], stated: &["ruby"], minor: true, oldest: false },
    Language { name: "Dart", spoken: &["Dart SDK", "Dart"], stated: &["dart"], minor: true, oldest: false },
    Language { name: "Elixir", spoken: &["Elixir"], stated: &["elixir"], minor: true, oldest: false },
    Language { name: "Swift", spoken: &["Swift"], stated: &["swift"], minor: true, oldest: true },
    // Its compiler is a dependency.
    Language { name: "TypeScript", spoken: &["TypeScript"], stated: &[], minor: false, oldest: false },
];

/// A half-open range of versions; a version is `major * MAJOR + minor`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Range {
    low: u64,
    /// The first version that is too new.
    high: u64,
}

/// What a field says of versions stands at its beginning, in bytes.
const MAX_FIELD: usize = 2_000;

const MAJOR: u64 = 1_000_000;

/// A version as a plan states it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Claim {
    range: Range,
    /// "1.21+", "≥ 1.21".
    at_least: bool,
    /// Bytes in the field's text, the name included.
    start: usize,
    end: usize,
}

/// PLN205.
pub(super) fn drift(cx: &GateContext<'_>) -> Vec<Finding> {
    let field = cx.plan().technical_context.as_ref().and_then(|context| context.language_version.as_ref());
    let (Some(field), Some(facts)) = (field, cx.feature.repository()) else { return Vec::new() };
    let raw = field.span.text(cx.text());
    // A plan that came as JSON has no places; its text says the same.
    let placed = !raw.is_empty();
    let raw = if placed { raw } else { field.text.as_str() };
    let end = (0..=raw.len().min(MAX_FIELD)).rev().find(|at| raw.is_char_boundary(*at)).unwrap_or_default();
    let raw = &raw[..end];
    let mut findings = Vec::new();
    for language in LANGUAGES {
        let claims = claims(raw, language);
        let stated = stated(facts, language);
        let agrees = |claim: &Claim| stated.iter().any(|(.., demand)| !contradicts(claim, *demand));
        // One plan may speak of several parts of a repository: one claim that fits one manifest is enough.
        let (Some(claim), Some((manifest, version, _))) = (claims.first(), stated.first()) else { continue };
        if claims.iter().any(agrees) {
            continue;
        }
        let start = field.span.start as usize;
        let span = if placed { Span::new(start + claim.start, start + claim.end) } else { field.span };
        let said = raw[claim.start..claim.end].trim();
        let asked = version.version.as_deref().unwrap_or_default().trim();
        let message = format!("the plan says {said}, and {} asks for {} {asked}", manifest.path, language.name);
        findings.push(
            cx.finding(span, message)
                .help("bring the plan or the manifest up to date")
                .related(facts.place(&manifest.path, version.span), "the manifest's version")
                .subject(language.name),
        );
    }
    findings
}

/// Whether a claim and a manifest can't both hold. A lower bound only contradicts a manifest that
/// demands more.
fn contradicts(claim: &Claim, demand: Range) -> bool {
    claim.range.high <= demand.low || !claim.at_least && claim.range.low >= demand.high
}

/// The manifests that state a version of the language, those nearest to the root first. What examples
/// and fixtures ask for says nothing of the code.
fn stated<'a>(facts: &'a RepositoryFacts, language: &Language) -> Vec<(&'a Manifest, &'a Dependency, Range)> {
    const ASIDE: &[&str] = &["examples", "example", "samples", "fixtures", "testdata", "templates", "docs"];
    let mut found = Vec::new();
    for manifest in &facts.manifests {
        if manifest.path.split('/').any(|part| ASIDE.contains(&part)) {
            continue;
        }
        let version =
            manifest.language_version.iter().filter(|version| language.stated.contains(&version.name.as_str()));
        let compiler =
            manifest.dependencies.iter().filter(|known| language.stated.is_empty() && known.name == "typescript");
        for version in version.chain(compiler) {
            let demand = version.version.as_deref().and_then(|version| demand(version, language));
            found.extend(demand.map(|demand| (manifest, version, demand)));
        }
    }
    found.sort_by_key(|(manifest, ..)| manifest.path.matches('/').count());
    found
}

/// Reads `1.24.0`, `>=3.11,<3.14`, `^5.7`, `~> 1.17`, `22.x`, `net10.0`, `>=18 <23`. Alternatives reach
/// from the lowest to the highest of them.
fn demand(text: &str, language: &Language) -> Option<Range> {
    let mut whole: Option<Range> = None;
    for alternative in text.split("||").flat_map(|part| part.split(';')) {
        let one = comparators(alternative.trim(), language)?;
        whole =
            Some(whole.map_or(one, |so_far| Range { low: so_far.low.min(one.low), high: so_far.high.max(one.high) }));
    }
    whole
}

/// Reads one alternative: comparators that all hold.
fn comparators(text: &str, language: &Language) -> Option<Range> {
    let mut range = Range { low: 0, high: u64::MAX };
    let mut rest = text;
    // "net48" is the old framework, whose digits have no dots; "netstandard2.0" is no version of it.
    if let Some(framework) = rest.strip_prefix("net") {
        rest = framework.strip_prefix("coreapp").unwrap_or(framework);
        rest.split_once('.')?;
    }
    let mut read = false;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = &rest[..at];
        if before.chars().any(|c| c.is_alphabetic() && c != 'v') {
            return None;
        }
        let operator = before.trim_matches(|c: char| !matches!(c, '<' | '>' | '=' | '^' | '~' | '!'));
        let (version, length) = version(&rest[at..])?;
        rest = rest[at + length..]
            .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '*' | '-' | '+'));
        let exact = version.range(language.minor);
        let same_major = Range { low: exact.low, high: (version.major + 1) * MAJOR };
        let one = match operator {
            "!=" => continue,
            ">=" | ">" => Range { high: u64::MAX, ..exact },
            // "<3.14" excludes 3.14, "<=3.14" doesn't.
            "<" => Range { low: 0, high: if language.minor { exact.low } else { version.rounded_up() } },
            "<=" => Range { low: 0, ..exact },
            "^" | "~>" | "~=" if version.major > 0 => same_major,
            "" if language.oldest => Range { high: u64::MAX, ..exact },
            _ => exact,
        };
        range = Range { low: range.low.max(one.low), high: range.high.min(one.high) };
        read = true;
    }
    read.then_some(range)
}

/// `1.24` of `1.24.3`; `22` of `22.x`.
#[derive(Clone, Copy)]
struct Version {
    major: u64,
    minor: Option<u64>,
}

impl Version {
    /// All versions that begin with it.
    fn range(self, minor: bool) -> Range {
        match self.minor.filter(|_| minor) {
            Some(minor) => Range { low: self.major * MAJOR + minor, high: self.major * MAJOR + minor + 1 },
            None => Range { low: self.major * MAJOR, high: (self.major + 1) * MAJOR },
        }
    }

    /// The first major version that is not below it.
    fn rounded_up(self) -> u64 {
        (self.major + u64::from(self.minor.is_some_and(|minor| minor > 0))) * MAJOR
    }
}

/// The version at the start of `text`, and how many bytes its two parts take.
fn version(text: &str) -> Option<(Version, usize)> {
    let number = |text: &str| {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        text[..length].parse::<u64>().ok().filter(|_| length <= 5).map(|number| (number, length))
    };
    let (major, length) = number(text)?;
    let minor = text[length..].strip_prefix('.').and_then(number);
    Some(match minor {
        Some((minor, more)) => (Version { major, minor: Some(minor) }, length + 1 + more),
        None => (Version { major, minor: None }, length),
    })
}

/// Every version of the language that a plan states.
fn claims(text: &str, language: &Language) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let next = language
            .spoken
            .iter()
            .filter_map(|name| find_name(text, name, from))
            .min_by_key(|(at, name)| (*at, usize::MAX - name.len()));
        let Some((start, name)) = next else { break };
        from = start + name.len();
        if let Some(claim) = claim(text, start, from, language) {
            from = claim.end;
            claims.push(claim);
        }
    }
    claims
}

/// Where `name` stands as a word of its own. Case matters: "go" and "node" are words of any sentence.
fn find_name<'n>(text: &str, name: &'n str, from: usize) -> Option<(usize, &'n str)> {
    text[from..]
        .match_indices(name)
        .map(|(at, _)| from + at)
        .find(|at| {
            let before = text[..*at].chars().next_back();
            let behind = text[at + name.len()..].chars().next();
            // "ASP.NET", "Django": no word begins here.
            let begins = before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.' && c != '-');
            begins && behind.is_none_or(|c| !c.is_ascii_alphabetic() && c != '_')
        })
        .map(|at| (at, name))
}

/// The version behind a language's name: "Go 1.24", "Python ≥3.11", "TypeScript (^6.0.3)", "net10.0".
fn claim(text: &str, start: usize, behind: usize, language: &Language) -> Option<Claim> {
    let rest = &text[behind..];
    let lead = rest.find(|c: char| c.is_ascii_digit())?;
    let between = &rest[..lead];
    let joined = between
        .chars()
        .all(|c| matches!(c, ' ' | '*' | '`' | 'v' | '(' | ':' | '~' | '^' | '>' | '=' | '≥' | '<' | '≤' | '-' | '/'));
    if !joined || between.len() > 8 || between.contains(['<', '≤']) {
        return None;
    }
    let (version, length) = version(&rest[lead..])?;
    let end = behind + lead + length;
    let tail = &text[end..];
    // The parts that don't count, then a plus or a word that says the same.
    let patch = tail.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | 'x' | 'X' | '*'))).unwrap_or(tail.len());
    let patch = tail[..patch].trim_end_matches('.').len();
    let after = tail[patch..].trim_start_matches(['`', '*']);
    let lower = after.trim_start().to_lowercase();
    let at_least =
        between.contains(['>', '≥']) || after.starts_with('+') || OR_NEWER.iter().any(|words| lower.starts_with(words));
    // "1.24 → 1.26", "18 / 20", "3.11–3.13": more than one version is meant.
    let several = ["→", "->", "–", "-", "/", "~", "to ", "or ", "bis ", "から"].iter().any(|join| {
        lower
            .strip_prefix(join)
            .is_some_and(|rest| rest.trim_start_matches([' ', 'v']).starts_with(|c: char| c.is_ascii_digit()))
    });
    let plus = usize::from(after.starts_with('+'));
    let end = if plus > 0 { text.len() - after.len() + 1 } else { end + patch };
    (!several).then(|| Claim { range: version.range(language.minor), at_least, start, end })
}

/// What follows a lower bound in words.
#[rustfmt::skip]
const OR_NEWER: &[&str] = &[
    "or newer", "or later", "or higher", "or above", "and above", "and up", "and later", "o superior", "ou superior",
    "ou supérieur", "oder neuer", "以上", "或更高", "或以上", "이상", "lub nowsz", "и выше",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn language(name: &str) -> &'static Language {
        LANGUAGES.iter().find(|language| language.name == name).unwrap()
    }

    #[test]
    fn plans_and_manifests_are_compared() {
        for (name, plan, manifest, drifts) in [
            ("Go", "Go 1.24 (backend)", "1.26.0", true),
            ("Go", "Go 1.24.0", "1.24.5", false),
            ("Go", "Go 1.21+", "1.25", true),
            ("Go", "Go 1.25+", "1.24", false),
            ("Go", "Go 1.26", "1.24", true),
            ("Rust", "Rust 1.89", "1.75", false),
            ("Rust", "Rust 1.75+ (MSRV 1.89)", "1.89", false),
            ("Rust", "Rust 1.75", "1.85", true),
            ("Python", "Python 3.11+", ">=3.11", false),
            ("Python", "Python 3.12", ">=3.11,<3.14", false),
            ("Python", "Python 3.13", ">=3.11,<3.13", true),
            ("Python", "Python 3.10", ">=3.11", true),
            ("Python", "Python 3", ">=3.11", false),
            ("Python", "Python 3.11 or newer", "^3.11", false),
            ("Node.js", "Node 22.x (root package.json)", ">=20", false),
            ("Node.js", "Node.js 18+", ">=20", true),
            ("Node.js", "Node.js 20 LTS", "^22 || ^24", true),
            ("Node.js", "Node.js 20 LTS", "20.x || 22.x", false),
            (".NET", "C# / .NET 10 (net10.0)", "net10.0", false),
            (".NET", ".NET 8", "net10.0", true),
            (".NET", ".NET 8", "net48", false),
            (".NET", "ASP.NET Core 10", "net9.0", false),
            ("Java", "Java 21 (domain)", "21", false),
            ("Java", "Java 17", "21", true),
            ("Java", "JavaScript ES6", "21", false),
            ("TypeScript", "TypeScript 5.x (frontend)", "~6.0.2", true),
            ("TypeScript", "TypeScript (^6.0.3)", "~6.0.2", false),
            ("TypeScript", "TypeScript 5.3.3", "^5.9.0", false),
            ("TypeScript", "TypeScript 5.3.3", "latest", false),
            ("Dart", "Dart 3.9.2+", "^3.9.2", false),
            ("Elixir", "Elixir 1.18", "~> 1.17", false),
            ("Swift", "Swift 6.1", "6.0", false),
            ("Go", "Go 1.24 → 1.26", "1.26", false),
            ("Python", "Python 3.11–3.13", ">=3.13", false),
        ] {
            let language = language(name);
            let claims = claims(plan, language);
            let demand = demand(manifest, language);
            let agrees = claims.iter().any(|claim| demand.is_none_or(|demand| !contradicts(claim, demand)));
            assert_eq!(!claims.is_empty() && !agrees, drifts, "{plan} and {manifest}: {claims:?} {demand:?}");
        }
    }

    #[test]
    fn a_claim_spans_name_and_version() {
        for (plan, name, expected) in [
            ("Go 1.24.0 (backend)", "Go", "Go 1.24.0"),
            ("uses Python 3.11+, mypy", "Python", "Python 3.11+"),
            ("TypeScript 5.x on Node.js 20", "TypeScript", "TypeScript 5.x"),
        ] {
            let claim = claims(plan, language(name))[0];
            assert_eq!(&plan[claim.start..claim.end], expected);
        }
    }
}
