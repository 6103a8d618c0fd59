//! Directories of the source trees and of the Structure Decision that nobody has made, and nobody will.

use std::collections::HashSet;

use aho_corasick::{AhoCorasickBuilder, MatchKind};

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

/// A directory that the plan names.
struct Candidate {
    /// Relative, with `/`, as the plan draws it.
    path: String,
    span: Span,
    /// The plan says that it is there.
    existing: bool,
    /// Something else in the same tree is marked as new, so that what isn't marked is there.
    among_marked: bool,
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
    let unmade: Vec<Candidate> = match cx.feature.phase {
        Phase::Research | Phase::Design => {
            missing.into_iter().filter(|missing| missing.existing || missing.among_marked).collect()
        }
        Phase::Tasks => without_task(cx, missing),
        Phase::Delivered => missing,
    };
    findings(cx, unmade)
}

fn findings(cx: &GateContext<'_>, unmade: Vec<Candidate>) -> Vec<Finding> {
    let why = match cx.feature.phase {
        Phase::Research | Phase::Design => "is neither in the repository nor marked as new",
        Phase::Tasks => "is not in the repository, and no task creates it",
        Phase::Delivered => "is not in the repository, although every task is done",
    };
    let total = unmade.len();
    let told = if total > TOLD + 1 { TOLD } else { total };
    let mut findings: Vec<Finding> = unmade[..told]
        .iter()
        .map(|missing| {
            cx.finding(missing.span, format!("`{}/` {why}", missing.path))
                .help("correct the path, or mark the directory as NEW in the tree and create it in a task")
                .subject(missing.path.clone())
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
fn in_tree(tree: &Tree, facts: &RepositoryFacts, out: &mut Vec<Candidate>) {
    let marks: Vec<Mark> = tree.entries.iter().map(|entry| Mark::of(entry.comment.as_deref())).collect();
    let among_marked = marks.contains(&Mark::New);
    let mut made: HashSet<&str> = HashSet::new();
    let mut new_below: HashSet<&str> = HashSet::new();
    for (entry, mark) in tree.entries.iter().zip(&marks) {
        let path = entry.path.as_str();
        let inherited = ancestors(path).any(|above| made.contains(above));
        if matches!(mark, Mark::New | Mark::Gone | Mark::Maybe) || inherited {
            made.insert(path);
        }
        if *mark == Mark::New {
            new_below.extend(ancestors(path));
        }
    }
    let base = tree.root.as_deref().filter(|root| is_label(tree, root, facts));
    let mut seen: HashSet<&str> = HashSet::new();
    for (entry, mark) in tree.entries.iter().zip(&marks) {
        let path = entry.path.as_str();
        // A folder before the file on one line, "src/models/poll.ts", is a directory as well.
        let path =
            if entry.kind == EntryKind::Directory { path } else { path.rsplit_once('/').map_or("", |(up, _)| up) };
        if path.is_empty()
            || !seen.insert(path)
            || made.contains(path)
            || new_below.contains(path)
            || made.contains(entry.path.as_str())
        {
            continue;
        }
        let inner = match base {
            Some(root) if path == root => continue,
            Some(root) => path.strip_prefix(root).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path),
            None => path,
        };
        if let Some(path) = plain(inner) {
            let existing = *mark == Mark::Existing && entry.kind == EntryKind::Directory;
            out.push(Candidate { path, span: entry.span, existing, among_marked });
        }
    }
}

/// Whether a tree's root stands for the repository itself: no such directory, and either what stands
/// below is found without it, or nothing of the tree is found at all.
fn is_label(tree: &Tree, root: &str, facts: &RepositoryFacts) -> bool {
    let inner = |path: &str| path.strip_prefix(root).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned);
    if facts.has_directory(root.trim_start_matches("./")) {
        return false;
    }
    let below =
        tree.entries.iter().filter(|entry| entry.kind == EntryKind::Directory).filter_map(|entry| inner(&entry.path));
    below.into_iter().any(|path| facts.has_directory(&path))
        || !root.contains('/')
            && tree.entries.iter().any(|entry| inner(&entry.path).is_some_and(|path| facts.has_file(&path)))
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
    "uploads", "cache", "artifacts", "_artifacts", "vendor", "venv", "env", "__pycache__", "generated", "_",
    "deriveddata", "pods", ".next", ".nuxt", ".turbo", ".venv", ".cache", ".gradle", ".build", ".dart_tool",
    ".pytest_cache", ".terraform", ".svelte-kit", ".idea", ".vs", ".git",
];

/// The directories that the Structure Decision names in code.
fn in_decision(cx: &GateContext<'_>, facts: &RepositoryFacts, out: &mut Vec<Candidate>) {
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
            out.push(Candidate { path, span, existing: mark == Mark::Existing, among_marked: false });
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

/// The sentence around a code span.
fn sentence(text: &str, start: usize, end: usize) -> &str {
    let from = text[..start].rfind(". ").or(text[..start].rfind(['。', ';', '\n'])).map_or(0, |at| at + 1);
    let from = (from..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let to = [text[end..].find(". "), text[end..].find(['。', ';', '\n'])].into_iter().flatten().min();
    &text[from..to.map_or(text.len(), |at| end + at)]
}

/// What is neither there nor ends another path of the repository.
fn not_in_repository(candidates: Vec<Candidate>, facts: &RepositoryFacts) -> Vec<Candidate> {
    let missing: Vec<Candidate> = candidates.into_iter().filter(|known| !facts.has_directory(&known.path)).collect();
    if missing.is_empty() {
        return missing;
    }
    let patterns = missing.iter().map(|missing| format!("/{}/", missing.path));
    // Case is not regarded: some file systems don't, and git keeps what was written first.
    let built = AhoCorasickBuilder::new().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(patterns);
    let Ok(search) = built else { return Vec::new() };
    let mut found = vec![false; missing.len()];
    let mut line = String::new();
    let unlisted = facts.unlisted_folders.iter().map(|folder| (folder, "/"));
    for (path, end) in facts.paths.iter().map(|path| (path, "")).chain(unlisted) {
        line.clear();
        line.push('/');
        line.push_str(path);
        line.push_str(end);
        for hit in search.find_overlapping_iter(&line) {
            found[hit.pattern().as_usize()] = true;
        }
    }
    missing.into_iter().zip(found).filter(|(_, found)| !found).map(|(missing, _)| missing).collect()
}

/// Only the topmost of missing directories, each path once.
fn topmost(missing: Vec<Candidate>) -> Vec<Candidate> {
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
fn without_task(cx: &GateContext<'_>, missing: Vec<Candidate>) -> Vec<Candidate> {
    let tasks = cx.feature.document(DocumentKind::Tasks).filter(|tasks| tasks.state == State::Provided);
    let Some(tasks) = tasks else { return Vec::new() };
    let text = tasks.text.to_lowercase();
    if LAY_OUT.iter().any(|phrase| text.contains(phrase)) {
        return missing.into_iter().filter(|missing| missing.existing).collect();
    }
    missing.into_iter().filter(|missing| !is_named(&text, &missing.path.to_lowercase())).collect()
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

/// Names that folders of every project bear.
const COMMON: &[&str] = &[
    "src", "lib", "app", "api", "test", "tests", "unit", "integration", "e2e", "contract", "components", "pages",
    "hooks", "utils", "services", "models", "types", "core", "common", "shared", "config", "assets", "public",
    "styles", "routes", "helpers", "middleware", "backend", "frontend", "cli", "docs", "scripts", "data", "db", "ui",
    "store", "domain",
];
