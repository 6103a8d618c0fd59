//! Architectural patterns: how plans, file names and packages show them.

use std::collections::{BTreeSet, HashMap};

use plangate_core::plan::{EntryKind, TreeEntry};
use plangate_core::repository::{PathIndex, RepositoryFacts};

use crate::package_item::PackageItem;
use crate::passage::Clause;

/// One pattern.
#[derive(Debug, PartialEq)]
pub(crate) struct Pattern {
    pub(crate) name: &'static str,
    /// How a plan names it, each as its words.
    phrases: &'static [&'static [&'static str]],
    /// What the names of its files and folders end in, as words.
    endings: &'static [&'static [&'static str]],
    /// Packages that bring it.
    packages: &'static [&'static str],
}

static PATTERNS: &[Pattern] = &[
    Pattern {
        name: "repository pattern",
        phrases: &[&["repository", "pattern"], &["repositories", "pattern"], &["repository", "layer"]],
        endings: &[&["repository"], &["repositories"]],
        packages: &[],
    },
    Pattern {
        name: "ORM",
        phrases: &[&["orm"], &["object", "relational", "mapper"], &["object", "relational", "mapping"]],
        endings: &[],
        packages: &[
            "typeorm", "sequelize", "prisma", "@prisma/client", "mongoose", "drizzle-orm", "drizzle", "objection",
            "@mikro-orm/core", "mikro-orm", "bookshelf", "sqlalchemy", "sqlmodel", "peewee", "pony", "tortoise-orm",
            "hibernate", "spring data jpa", "microsoft.entityframeworkcore", "entity framework core", "ef core",
            "nhibernate", "gorm.io/gorm", "gorm", "entgo.io/ent", "diesel", "sea-orm", "doctrine/orm", "doctrine",
            "ecto", "activerecord",
        ],
    },
    Pattern {
        name: "CQRS",
        phrases: &[&["cqrs"], &["command", "query", "responsibility", "segregation"]],
        endings: &[&["cqrs"]],
        packages: &["@nestjs/cqrs"],
    },
    Pattern {
        name: "event sourcing",
        phrases: &[&["event", "sourcing"], &["event", "sourced"]],
        endings: &[&["event", "store"], &["event", "sourcing"]],
        packages: &["@eventstore/db-client", "eventsourcing", "eventstore.client", "commanded"],
    },
    Pattern {
        name: "microservice",
        phrases: &[&["microservice"], &["micro", "service"], &["microservice", "architecture"]],
        endings: &[&["microservice"], &["microservices"]],
        packages: &["@nestjs/microservices", "moleculer"],
    },
    Pattern {
        name: "saga",
        phrases: &[&["saga", "pattern"], &["sagas", "pattern"], &["saga", "orchestrator"]],
        endings: &[&["saga"], &["sagas"], &["saga", "orchestrator"]],
        packages: &[],
    },
    Pattern {
        name: "unit of work",
        phrases: &[&["unit", "of", "work", "pattern"], &["unitofwork"]],
        endings: &[&["unit", "of", "work"], &["unitofwork"]],
        packages: &[],
    },
    Pattern {
        name: "mediator",
        phrases: &[&["mediator", "pattern"], &["mediator"]],
        endings: &[&["mediator"], &["mediators"]],
        packages: &["mediatr", "mediator"],
    },
    Pattern {
        name: "dependency injection",
        phrases: &[
            &["dependency", "injection", "container"],
            &["dependency", "injection", "framework"],
            &["dependency", "injection", "pattern"],
            &["ioc", "container"],
        ],
        endings: &[],
        packages: &["inversify", "tsyringe", "awilix", "typedi", "autofac", "dependency-injector", "google/wire"],
    },
    Pattern {
        name: "hexagonal architecture",
        phrases: &[&["hexagonal"], &["ports", "and", "adapters"], &["ports", "adapters"]],
        endings: &[],
        packages: &[],
    },
    Pattern {
        name: "layered domain architecture",
        phrases: &[&["clean", "architecture"], &["onion", "architecture"], &["domain", "driven", "design"]],
        endings: &[],
        packages: &[],
    },
];

/// Patterns that are introduced by name only.
const OTHER_PATTERNS: &[&str] = &[
    "factory", "strategy", "observer", "decorator", "facade", "façade", "singleton", "adapter", "builder", "command",
    "visitor", "outbox", "specification", "mapper", "locator", "gateway", "proxy", "composite", "interpreter",
];

/// Verbs and marks of something that was not there before.
const INTRODUCING: &[&str] = &[
    "introduce", "introduces", "introducing", "introduced", "adopt", "adopts", "adopting", "add", "adds", "adding",
    "implement", "implements", "implementing", "create", "creates", "creating", "new",
];

/// How many words may stand between the verb and the pattern.
const NEAR: usize = 4;

/// Words of a clause that keeps to what others have decided.
const FOLLOWING: &[&str] = &["follow", "follows", "following", "consistent", "conforms", "per", "according", "defined"];

/// Words before "repository" that mean a store of code or packages.
const OTHER_REPOSITORIES: &[&str] = &[
    "git", "github", "gitlab", "source", "code", "remote", "local", "package", "maven", "npm", "docker", "image",
    "artifact", "test", "mock", "fake", "mono", "sub", "template", "helm", "vcs", "svn", "hg",
];

/// Ends of files that hold no production code.
const NO_SOURCES: &[&str] =
    &[".md", ".mdx", ".txt", ".json", ".yaml", ".yml", ".toml", ".html", ".css", ".svg", ".png"];

/// Marks of a tree's entry that is still to be made.
const NEW_MARKS: &[&str] =
    &["new", "create", "created", "nuevo", "nueva", "novo", "nova", "neu", "nouveau", "新規", "新增", "新建", "신규"];

/// How strongly a clause speaks of a pattern.
pub(crate) struct Named {
    pub(crate) pattern: String,
    pub(crate) words: std::ops::Range<usize>,
    /// The clause says that it is introduced; else the repository must tell.
    pub(crate) introduced: bool,
    known: Option<&'static Pattern>,
}

impl Named {
    /// Whether the repository shows the pattern already.
    pub(crate) fn is_in(&self, facts: &RepositoryFacts) -> bool {
        self.known.is_none_or(|pattern| pattern.is_in(facts, &[]))
    }
}

/// The pattern that a clause names, unless it denies it or speaks of what is there.
pub(crate) fn named_in(clause: &Clause) -> Option<Named> {
    if clause.denies() || clause.speaks_of_standing() || clause.has(FOLLOWING) {
        return None;
    }
    let introduced = |at: usize| {
        let before = &clause.words[at.saturating_sub(NEAR)..at];
        before.iter().any(|word| INTRODUCING.contains(&word.text.as_str()))
    };
    let known = PATTERNS.iter().find_map(|pattern| {
        let words = pattern.phrases.iter().find_map(|phrase| clause.find(phrase))?;
        let introduced = introduced(words.start);
        (introduced || pattern.leaves_traces()).then_some(Named {
            pattern: pattern.name.to_owned(),
            words,
            introduced,
            known: Some(pattern),
        })
    });
    known.or_else(|| {
        let at = other_pattern(clause)?;
        let pattern = format!("{} pattern", clause.words[at].text);
        introduced(at).then_some(Named { pattern, words: at..at + 2, introduced: true, known: None })
    })
}

/// The pattern that a justified violation names.
pub(crate) fn tracked_in(clause: &Clause) -> Option<String> {
    let named = |pattern: &&Pattern| pattern.phrases.iter().any(|phrase| clause.find(phrase).is_some());
    let known = PATTERNS.iter().find(named).map(|pattern| pattern.name.to_owned());
    known.or_else(|| other_pattern(clause).map(|at| format!("{} pattern", clause.words[at].text)))
}

/// Where a clause names one of the patterns that are known by name only.
fn other_pattern(clause: &Clause) -> Option<usize> {
    clause.words.windows(2).position(|pair| {
        OTHER_PATTERNS.contains(&pair[0].text.as_str()) && matches!(pair[1].text.as_str(), "pattern" | "patterns")
    })
}

/// The pattern that a package brings.
pub(crate) fn brought_by(item: &PackageItem) -> Option<&'static Pattern> {
    PATTERNS.iter().find(|pattern| item.names.iter().any(|name| pattern.packages.contains(&name.as_str())))
}

/// The pattern that an entry of a source tree is named after.
pub(crate) fn shown_by(entry: &TreeEntry) -> Option<&'static Pattern> {
    let source = entry.kind == EntryKind::Directory || !NO_SOURCES.iter().any(|end| entry.path.ends_with(end));
    source.then(|| shown_by_path(&entry.path)).flatten()
}

/// Whether the entry's comment says that it is still to be made: "NEW: votes", "votes (new)". A
/// "new" within a sentence speaks of something else: "MODIFY: store the new field".
pub(crate) fn is_marked_new(entry: &TreeEntry) -> bool {
    let Some(comment) = &entry.comment else { return false };
    let lower = comment.to_lowercase();
    let first = words_of_identifier(&lower).into_iter().next().unwrap_or_default();
    let bracketed = |mark: &&str| lower.contains(&format!("({mark})")) || lower.contains(&format!("[{mark}]"));
    let shouted = comment.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "NEW" | "NUEVO" | "NOVO"));
    NEW_MARKS.contains(&first.as_str()) || NEW_MARKS.iter().any(bracketed) || shouted
}

impl Pattern {
    /// Whether files or packages show the pattern, so that its absence means something.
    fn leaves_traces(&self) -> bool {
        !self.endings.is_empty() || !self.packages.is_empty()
    }

    /// Whether the repository holds files of this pattern, those left out that `planned` names.
    pub(crate) fn is_in(&'static self, facts: &RepositoryFacts, planned: &[&str]) -> bool {
        let files = facts.paths.index::<PatternFiles>().0.get(self.name);
        let shown = files.into_iter().flatten().any(|name| !planned.contains(&&**name));
        shown || self.packages.iter().any(|package| facts.dependency(package).is_some())
    }
}

/// The names of the source files that show each pattern, by themselves or by a folder that they lie in.
struct PatternFiles(HashMap<&'static str, BTreeSet<Box<str>>>);

impl PathIndex for PatternFiles {
    fn of(paths: &[String]) -> Self {
        let mut files: HashMap<&'static str, BTreeSet<Box<str>>> = HashMap::new();
        let mut folders: HashMap<&str, Option<&'static Pattern>> = HashMap::new();
        for path in paths.iter().filter(|path| !NO_SOURCES.iter().any(|end| path.ends_with(end))) {
            let above = path.match_indices('/').map(|(end, _)| &path[..end]);
            let above = above.filter_map(|folder| *folders.entry(folder).or_insert_with(|| shown_by_path(folder)));
            for pattern in above.chain(shown_by_path(path)) {
                files.entry(pattern.name).or_default().insert(file_name(path).into());
            }
        }
        Self(files)
    }
}

fn shown_by_path(path: &str) -> Option<&'static Pattern> {
    let name = file_name(path);
    let in_tests =
        path.split('/').any(|part| matches!(part, "tests" | "test" | "__tests__" | "spec" | "specs" | "docs"));
    let stem = name.split_once('.').map_or(name, |(stem, rest)| if is_kind_suffix(rest) { name } else { stem });
    let words = words_of_identifier(stem.trim_end_matches(|c: char| !c.is_alphanumeric()));
    if in_tests || words.iter().any(|word| matches!(word.as_str(), "test" | "tests" | "spec" | "mock")) {
        return None;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).take_while(|word| !is_extension(word)).collect();
    PATTERNS.iter().find(|pattern| {
        pattern.endings.iter().any(|ending| {
            words
                .strip_suffix(*ending)
                .is_some_and(|before| before.last().is_none_or(|word| !OTHER_REPOSITORIES.contains(word)))
        })
    })
}

/// `poll.repository.ts` carries its kind behind the first dot.
fn is_kind_suffix(rest: &str) -> bool {
    rest.contains('.') || rest == "mediator" || rest == "repository"
}

fn is_extension(word: &str) -> bool {
    matches!(
        word,
        "js" | "jsx"
            | "ts"
            | "tsx"
            | "mjs"
            | "cjs"
            | "py"
            | "rs"
            | "go"
            | "java"
            | "kt"
            | "cs"
            | "rb"
            | "php"
            | "swift"
            | "dart"
            | "ex"
            | "exs"
            | "scala"
            | "vue"
            | "svelte"
    )
}

fn file_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// `PollRepository`, `poll_repository` and `poll.repository` are the same two words.
pub(crate) fn words_of_identifier(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut behind_lower = false;
    for character in name.chars() {
        if !character.is_alphanumeric() {
            words.push(String::new());
            behind_lower = false;
            continue;
        }
        if words.is_empty() || (character.is_uppercase() && behind_lower) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
        behind_lower = character.is_lowercase() || character.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::folded;

    fn entry(path: &str) -> TreeEntry {
        let mut entry = TreeEntry::default();
        entry.path = path.to_owned();
        entry
    }

    #[test]
    fn names_of_files_show_patterns() {
        for (path, pattern) in [
            ("src/VoteRepository.ts", Some("repository pattern")),
            ("src/vote_repository.py", Some("repository pattern")),
            ("src/vote.repository.ts", Some("repository pattern")),
            ("src/models/repositories", Some("repository pattern")),
            ("src/checkout.mediator.ts", Some("mediator")),
            ("src/UnitOfWork.cs", Some("unit of work")),
            ("src/GitRepository.swift", None),
            ("src/repository_url.py", None),
            ("tests/VoteRepository.test.ts", None),
            ("docs/repository.md", None),
            ("src/votes.ts", None),
        ] {
            assert_eq!(shown_by(&entry(path)).map(|pattern| pattern.name), pattern, "{path}");
        }
    }

    #[test]
    fn clauses_introduce_patterns() {
        let named = |text: &str| folded(text).iter().find_map(named_in).map(|named| (named.pattern, named.introduced));
        assert_eq!(named("Introduce a repository pattern"), Some(("repository pattern".to_owned(), true)));
        assert_eq!(named("Votes go through a repository pattern"), Some(("repository pattern".to_owned(), false)));
        assert_eq!(named("Add a factory pattern for exports"), Some(("factory pattern".to_owned(), true)));
        for text in [
            "no repository pattern", "the existing repository pattern is followed", "paths from the repository root",
            "the usual pattern of the repository", "follow the observer pattern", "glob pattern",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn marks_of_new_entries_are_read() {
        let marked = |comment: &str| {
            let mut entry = entry("a");
            entry.comment = Some(comment.to_owned());
            is_marked_new(&entry)
        };
        assert!(marked("NEW: votes"));
        assert!(marked("votes (new)"));
        assert!(!marked("MODIFY: add the new field"));
        assert!(!marked("existing, no new methods"));
        assert!(!marked("reads votes"));
    }
}
