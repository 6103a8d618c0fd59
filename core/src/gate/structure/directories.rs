//! Directories of the source trees and of the Structure Decision that nobody has made, and nobody will.

use crate::matching::contains_any;
use std::collections::HashSet;

use super::marks::Mark;
use crate::diagnostic::Finding;
use crate::feature::{DocumentKind, Phase, State};
use crate::gate::GateContext;
use crate::plan::{EntryKind, Tree};
use crate::repository::RepositoryFacts;
use crate::source::Span;

/// So many are told one by one; one more finding counts the rest.
const TOLD: usize = 5;

/// So many of a plan's directories are looked at; no tree of a person is larger.
const MAX_CANDIDATES: usize = 2_000;

/// So many missing directories are looked for in tasks.md.
const MAX_SOUGHT: usize = 100;

/// So many files below a missing directory are looked for in tasks.md.
const MAX_FILES: usize = 20;

/// A directory that the plan names.
struct Candidate<'a> {
    /// Relative, with `/`, as the plan draws it.
    path: String,
    span: Span,
    /// The plan says that it, or something in it, is there.
    existing: bool,
    /// The tree that draws it, and its path there.
    drawn: Option<(&'a Tree, &'a str)>,
}

/// PLN201.
pub(super) fn unreal(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(facts) = cx.feature.repository().filter(|facts| !facts.paths.is_empty()) else { return Vec::new() };
    let Some(structure) = &cx.plan().project_structure else { return Vec::new() };
    let mut candidates = Vec::new();
    for tree in &structure.source {
        if !holds_options(tree, cx.text()) && !is_feature_tree(tree) {
            in_tree(tree, facts, &mut candidates);
        }
    }
    in_decision(cx, facts, &mut candidates);
    candidates.truncate(MAX_CANDIDATES);
    let missing = topmost(not_in_repository(candidates, facts));
    let unmade: Vec<Candidate<'_>> = match cx.feature.phase {
        Phase::Research | Phase::Design => missing.into_iter().filter(|missing| missing.existing).collect(),
        Phase::Tasks => without_task(cx, missing),
        Phase::Delivered => missing,
    };
    findings(cx, unmade)
}

fn findings(cx: &GateContext<'_>, unmade: Vec<Candidate<'_>>) -> Vec<Finding> {
    let why = match cx.feature.phase {
        Phase::Research | Phase::Design => "is not in the repository, although the plan calls it existing",
        Phase::Tasks => "is not in the repository, and no task creates it",
        Phase::Delivered => "is not in the repository, although every task is done",
    };
    let help = match cx.feature.phase {
        Phase::Delivered => {
            "correct the path, or say in the tree what became of it, such as `# moved to …` or `# removed`"
        }
        _ => "correct the path, or mark the directory as NEW in the tree and create it in a task",
    };
    let total = unmade.len();
    let told = if total > TOLD + 1 { TOLD } else { total };
    let mut findings: Vec<Finding> = unmade[..told]
        .iter()
        .map(|missing| {
            cx.finding(missing.span, format!("`{}/` {why}", missing.path)).help(help).subject(missing.path.clone())
        })
        .collect();
    if let Some(next) = unmade.get(told) {
        let names: Vec<String> = unmade[told..].iter().map(|missing| format!("`{}/`", missing.path)).take(3).collect();
        let rest = total - told;
        let more = if rest > names.len() { ", …" } else { "" };
        let message = format!("{rest} more directories: {}{more}: each {why}", names.join(", "));
        findings.push(cx.finding(next.span, message).subject("more"));
    }
    findings
}

/// "Option 1" and its label are left from the template, and PLN005's.
fn holds_options(tree: &Tree, text: &str) -> bool {
    let drawn = tree.span.text(text);
    drawn.contains("REMOVE IF UNUSED") || drawn.lines().any(|line| line.trim_start().starts_with("# Option "))
}

/// The feature's own documents, drawn among the source.
fn is_feature_tree(tree: &Tree) -> bool {
    tree.entries.iter().any(|entry| entry.path.ends_with("/plan.md") || entry.path == "plan.md")
}

/// The directories of one tree that are neither marked as new, nor as gone, nor made by a tool.
fn in_tree<'a>(tree: &'a Tree, facts: &RepositoryFacts, out: &mut Vec<Candidate<'a>>) {
    let marks: Vec<Mark> = tree.entries.iter().map(|entry| Mark::of(entry.comment.as_deref())).collect();
    let marked = Marked::of(tree, &marks);
    let labels = labels(tree, facts);
    let mut seen: HashSet<&str> = HashSet::new();
    for entry in &tree.entries {
        let is_directory = entry.kind == EntryKind::Directory;
        // A folder before the file on one line, "src/models/poll.ts", is a directory as well.
        let path = if is_directory { entry.path.as_str() } else { folder_of(&entry.path) };
        if path.is_empty()
            || labels.contains(path)
            || marked.is_open(path, facts)
            || marked.is_open(&entry.path, facts)
            || !seen.insert(path)
        {
            continue;
        }
        let inner = path.split_once('/').filter(|(first, _)| labels.contains(first)).map_or(path, |(_, rest)| rest);
        if let Some(inner) = plain(inner) {
            out.push(Candidate {
                path: inner,
                span: entry.span,
                existing: marked.existing.contains(path),
                drawn: Some((tree, path)),
            });
        }
    }
}

/// What a tree's comments leave open.
struct Marked<'a> {
    /// New, gone or optional.
    open: HashSet<&'a str>,
    /// Above something new.
    above_new: HashSet<&'a str>,
    /// There, or above something that is.
    existing: HashSet<&'a str>,
}

impl<'a> Marked<'a> {
    fn of(tree: &'a Tree, marks: &[Mark]) -> Self {
        let mut marked = Self { open: HashSet::new(), above_new: HashSet::new(), existing: HashSet::new() };
        for (entry, mark) in tree.entries.iter().zip(marks) {
            let with_above = ancestors(&entry.path).chain([entry.path.as_str()]);
            match mark {
                Mark::New => marked.above_new.extend(with_above),
                Mark::Existing => marked.existing.extend(with_above),
                Mark::Gone | Mark::Maybe | Mark::None => {}
            }
            if matches!(mark, Mark::New | Mark::Gone | Mark::Maybe) {
                marked.open.insert(&entry.path);
            }
        }
        marked
    }

    /// Whether a path is marked, stands below something marked, or above something new. What a missing
    /// folder holds beside something new is new as well.
    fn is_open(&self, path: &str, facts: &RepositoryFacts) -> bool {
        let is_made =
            |above: &str| self.open.contains(above) || self.above_new.contains(above) && !facts.has_directory(above);
        self.open.contains(path) || self.above_new.contains(path) || ancestors(path).any(is_made)
    }
}

/// The names of files that a tree draws below a directory.
fn files_below(tree: &Tree, directory: &str) -> Vec<String> {
    let inside = |path: &str| path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'));
    let files = tree.entries.iter().filter(|entry| entry.kind == EntryKind::File && inside(&entry.path));
    files.filter_map(|entry| entry.path.rsplit('/').next()).map(str::to_lowercase).take(MAX_FILES).collect()
}

/// Top lines of a tree that stand for the repository itself: no such directory, but what stands below
/// is found without it.
fn labels<'a>(tree: &'a Tree, facts: &RepositoryFacts) -> HashSet<&'a str> {
    let mut labels = HashSet::new();
    for entry in &tree.entries {
        let Some((first, rest)) = entry.path.split_once('/') else { continue };
        let is_there =
            if entry.kind == EntryKind::Directory { facts.has_directory(rest) } else { facts.has_file(rest) };
        if is_there && !labels.contains(first) && !facts.has_directory(first) {
            labels.insert(first);
        }
    }
    labels
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The paths above `path`, the longest first.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at]).filter(|above| !above.is_empty())
}

/// The path as one of the repository, where it can be one: no pattern, no placeholder, nothing outside
/// of the repository, nothing that a build makes.
fn plain(path: &str) -> Option<String> {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    let good = |part: &str| {
        !matches!(part, "" | "." | "..")
            && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '+' | '(' | ')' | '$'))
            && !UNTRACKED.contains(&part.to_ascii_lowercase().as_str())
    };
    // The feature's documents are PLN203's.
    (!path.starts_with("specs/") && path.split('/').all(good)).then(|| path.to_owned())
}

/// Folders that builds, tools and programs make: never tracked, so never found.
const UNTRACKED: &[&str] = &[
    "node_modules", "dist", "build", "out", "output", "target", "bin", "obj", "coverage", "tmp", "temp", "log", "logs",
    "uploads", "cache", "artifacts", "_artifacts", "vendor", "gen", "venv", "env", "__pycache__", "generated", "_",
    "deriveddata", "pods", ".next", ".nuxt", ".turbo", ".venv", ".cache", ".gradle", ".build", ".dart_tool",
    ".pytest_cache", ".terraform", ".svelte-kit", ".idea", ".vs", ".git",
];

/// The directories that the Structure Decision names in code.
fn in_decision(cx: &GateContext<'_>, facts: &RepositoryFacts, out: &mut Vec<Candidate<'_>>) {
    let Some(decision) = cx.plan().project_structure.as_ref().and_then(|structure| structure.decision.as_ref()) else {
        return;
    };
    let raw = decision.span.text(cx.text());
    let mut at = 0;
    while let Some(open) = raw[at..].find('`').map(|open| at + open + 1) {
        let Some(close) = raw[open..].find('`').map(|close| open + close) else { break };
        let code = &raw[open..close];
        at = close + 1;
        let sentence = sentence(raw, open - 1, at);
        let mark = Mark::of_words(sentence);
        if let Some(path) = directory_in_code(code, facts)
            && !matches!(mark, Mark::New | Mark::Gone | Mark::Maybe)
        {
            let start = decision.span.start as usize + open;
            let span = Span::new(start, start + code.len());
            out.push(Candidate { path, span, existing: mark == Mark::Existing, drawn: None });
        }
    }
}

/// A path in code that must be a directory: `server/polls/`, or one that begins in a directory of the
/// repository and has no ending. `application/json` and `owner/name` are none.
fn directory_in_code(code: &str, facts: &RepositoryFacts) -> Option<String> {
    let path = code.trim_start_matches("./");
    let (first, rest) = path.split_once('/')?;
    let last = rest.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let ends = code.ends_with('/');
    if path.starts_with(['/', '@', '~', '.']) || !ends && last.contains('.') || !ends && !facts.has_directory(first) {
        return None;
    }
    plain(path)
}

/// The sentence around a code span, as far as it stands close to it.
fn sentence(text: &str, start: usize, end: usize) -> &str {
    const NEAR: usize = 160;
    let from = (start.saturating_sub(NEAR)..start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let to = (end..=text.len().min(end + NEAR)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let ends = |c: char| matches!(c, '。' | ';' | '；' | '\n');
    let (before, behind) = (&text[from..start], &text[end..to]);
    let opens = before.rfind(". ").max(before.rfind(ends)).map_or(from, |at| from + at);
    let closes = [behind.find(". "), behind.find(ends)].into_iter().flatten().min().map_or(to, |at| end + at);
    &text[opens..closes]
}

/// What is neither there nor ends another path of the repository.
fn not_in_repository<'a>(mut candidates: Vec<Candidate<'a>>, facts: &RepositoryFacts) -> Vec<Candidate<'a>> {
    candidates.retain(|known| !facts.has_directory(&known.path) && !facts.has_directory_ending(&known.path));
    candidates
}

/// Only the topmost of missing directories, each path once.
fn topmost(missing: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let paths: HashSet<String> = missing.iter().map(|missing| missing.path.clone()).collect();
    let mut seen: HashSet<String> = HashSet::new();
    missing
        .into_iter()
        .filter(|missing| {
            !ancestors(&missing.path).any(|above| paths.contains(above)) && seen.insert(missing.path.clone())
        })
        .collect()
}

/// What no task creates. Tasks that lay out the structure as a whole create all of it.
fn without_task<'a>(cx: &GateContext<'a>, mut missing: Vec<Candidate<'a>>) -> Vec<Candidate<'a>> {
    let tasks = cx.feature.document(DocumentKind::Tasks).filter(|tasks| tasks.state == State::Provided);
    let Some(tasks) = tasks else { return Vec::new() };
    let text = tasks.text.to_lowercase();
    if contains_any(&text, LAY_OUT) {
        return missing.into_iter().filter(|missing| missing.existing).collect();
    }
    missing.truncate(MAX_SOUGHT);
    let is_drawn_file = |missing: &Candidate<'_>| {
        let Some((tree, directory)) = missing.drawn else { return false };
        files_below(tree, directory).iter().any(|file| says_enough(file) && text.contains(file))
    };
    missing.retain(|missing| !is_named(&text, &missing.path.to_lowercase()) && !is_drawn_file(missing));
    missing
}

/// Phrases of tasks that make every directory of the plan.
#[rustfmt::skip]
const LAY_OUT: &[&str] = &[
    "project structure", "directory structure", "folder structure", "directory layout", "project layout", "skeleton",
    "scaffold", "per implementation plan", "per plan.md", "as per plan", "monorepo structure", "source tree",
    "estructura del proyecto", "estructura de directorios", "estructura de carpetas", "estrutura do projeto",
    "estrutura de pastas", "estrutura de diretórios", "structure du projet", "structure de dossiers",
    "arborescence", "projektstruktur", "ordnerstruktur", "verzeichnisstruktur", "struktur", "структур",
    "プロジェクト構造", "プロジェクト構成", "ディレクトリ構造", "ディレクトリ構成", "フォルダ構成", "项目结构", "專案結構", "目录结构",
    "目錄結構", "프로젝트 구조", "디렉토리 구조", "디렉터리 구조", "폴더 구조",
];

/// Whether tasks.md names a directory: its path, its last two parts, or a last part that says enough.
fn is_named(tasks: &str, path: &str) -> bool {
    if tasks.contains(path) {
        return true;
    }
    let mut parts = path.rsplit('/');
    let (Some(last), above) = (parts.next(), parts.next()) else { return false };
    let pair = above.is_some_and(|above| tasks.contains(&format!("{above}/{last}")));
    let slashed = || tasks.contains(&format!("{last}/")) || tasks.contains(&format!("/{last}"));
    pair || if COMMON.contains(&last) {
        above.is_none() && slashed()
    } else {
        slashed() || last.len() > 8 && tasks.contains(last)
    }
}

/// Whether a file's name is not that of a file in every folder.
fn says_enough(file: &str) -> bool {
    let stem = file.split('.').next().unwrap_or_default();
    stem.len() > 3
        && !matches!(stem, "index" | "main" | "readme" | "__init__" | "types" | "utils" | "conftest" | "route" | "page")
}

/// Names that folders of every project bear.
const COMMON: &[&str] = &[
    "src", "lib", "app", "api", "test", "tests", "unit", "integration", "e2e", "contract", "components", "pages",
    "hooks", "utils", "services", "models", "types", "core", "common", "shared", "config", "assets", "public",
    "styles", "routes", "helpers", "middleware", "backend", "frontend", "cli", "docs", "scripts", "data", "db", "ui",
    "store", "domain",
];

#[cfg(test)]
mod tests {
    use crate::feature::{FeatureBuilder, Phase};
    use crate::gate::document::found::{findings, voting};
    use crate::repository::{Paths, RepositoryFacts};

    const PATHS: [&str; 4] = ["apps/web/src/polls/poll.ts", "server/polls/poll.ts", "server/main.ts", "docs/a.md"];

    fn plan(tree: &str, decision: &str) -> FeatureBuilder {
        let plan = format!(
            "# Implementation Plan: A\n\n## Project Structure\n\n```text\n{tree}\n```\n\n**Structure Decision**: {decision}\n"
        );
        voting(&plan).repository(RepositoryFacts::of_paths(PATHS))
    }

    fn unreal(feature: FeatureBuilder) -> Vec<String> {
        let found = findings("PLN201", &feature.build());
        found.iter().map(|finding| finding.message.split('`').nth(1).unwrap_or_default().to_owned()).collect()
    }

    fn with_tasks(tree: &str, tasks: &str) -> Vec<String> {
        unreal(plan(tree, "One server.").tasks(format!("# Tasks: A\n\n- [ ] T001 {tasks}\n")))
    }

    #[test]
    fn what_the_repository_holds_is_real() {
        for tree in [
            "server/\n└── polls/\n    └── poll.ts",
            "voting-app/            # the repository's root\n└── server/\n    └── polls/",
            "src/\n└── polls/",
            "Server/\n└── Polls/",
            "server/polls/poll.ts\nserver/main.ts",
        ] {
            assert_eq!(with_tasks(tree, "Tick the box"), [""; 0], "{tree}");
        }
    }

    #[test]
    fn a_missing_directory_is_told_once_at_its_top() {
        let tree = "server/\n├── polls/\n└── limits/\n    ├── rules/\n    └── store/";
        assert_eq!(with_tasks(tree, "Tick the box"), ["server/limits/"]);
        assert_eq!(with_tasks("server/limits/limit.ts", "Tick the box"), ["server/limits/"]);
    }

    #[test]
    fn what_a_task_creates_is_no_fault() {
        let tree = "server/\n├── polls/\n└── limits/\n    └── window.ts";
        for tasks in [
            "Write server/limits/rules.ts", "Write the window in window.ts",
            "Create the project structure per implementation plan",
        ] {
            assert_eq!(with_tasks(tree, tasks), [""; 0], "{tasks}");
        }
    }

    #[test]
    fn marks_leave_a_directory_open() {
        for tree in [
            "server/\n└── limits/   # NEW",
            "server/\n└── limits/\n    └── limit.ts   # NEW: the limit",
            "server/\n└── limits/   # 新規",
            "server/\n└── limits/   # removed with this feature",
            "server/\n└── limits/   # optional",
            "server/\n└── node_modules/",
            "server/\n└── [name]/",
            "# Option 1: Single project\nsrc/\n└── cli/",
        ] {
            assert_eq!(with_tasks(tree, "Tick the box"), [""; 0], "{tree}");
        }
    }

    #[test]
    fn a_delivered_feature_is_told_what_still_helps() {
        let told = |comment: &str| {
            let tree = format!("server/\n└── límites/{comment}");
            let found = findings("PLN201", &plan(&tree, "One server.").phase(Phase::Delivered).build());
            found.into_iter().filter_map(|finding| finding.help).collect::<Vec<_>>()
        };
        assert_eq!(
            told(""),
            ["correct the path, or say in the tree what became of it, such as `# moved to …` or `# removed`"]
        );
        assert_eq!(told("   # moved to server/reglas"), [""; 0]);
        assert_eq!(told("   # removed"), [""; 0]);
    }

    #[test]
    fn before_there_are_tasks_only_what_is_called_existing_counts() {
        let unmarked = "server/\n└── limits/";
        assert_eq!(unreal(plan(unmarked, "One server.")), [""; 0]);
        assert_eq!(unreal(plan("server/\n└── limits/   # existing", "One server.")), ["server/limits/"]);
        assert_eq!(unreal(plan("server/\n└── limits/\n    └── limit.ts  # modified", "One.")), ["server/limits/"]);
        assert_eq!(unreal(plan("server/", "We extend the existing `server/limits/`.")), ["server/limits/"]);
        assert_eq!(
            unreal(plan("server/", "New code goes to `server/limits/`. Existing `server/polls/` stays.")),
            [""; 0]
        );
        assert_eq!(unreal(plan("server/", "Existing `application/json` bodies, existing `GET /api/polls/`.")), [""; 0]);
    }

    #[test]
    fn many_are_summed_up() {
        let tree: String = (0..9).map(|at| format!("server/limits{at}/\n")).collect();
        let found = findings("PLN201", &plan(&tree, "One.").phase(Phase::Delivered).build());
        assert_eq!(found.len(), 6);
        assert!(found[5].message.starts_with("4 more directories"), "{}", found[5].message);
    }

    #[test]
    fn an_unlisted_folder_is_not_absent() {
        let mut facts = RepositoryFacts::of_paths(PATHS);
        facts.unlisted_folders = Paths::from_iter(["vendored/ui"]);
        let feature = plan("vendored/ui/\n└── button/", "One.").repository(facts).phase(Phase::Delivered);
        assert_eq!(unreal(feature), [""; 0]);
    }
}
