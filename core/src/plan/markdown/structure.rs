//! The Project Structure as Markdown: drawn trees and the decision.

use super::{LITERAL_PATHS, Writer, escape};
use crate::parse;
use crate::plan::{EntryKind, ProjectStructure, Tree, TreeEntry};

impl Writer {
    pub(super) fn project_structure(&mut self, structure: &ProjectStructure) {
        self.block("## Project Structure");
        if let Some(tree) = &structure.documentation {
            self.block("### Documentation (this feature)");
            self.tree(tree);
        }
        if !structure.source.is_empty() {
            self.block("### Source Code (repository root)");
            for tree in &structure.source {
                self.tree(tree);
            }
        }
        if let Some(decision) = &structure.decision {
            self.block(format!("**Structure Decision**: {}", escape::inline(&decision.text)).trim_end());
        }
    }

    fn tree(&mut self, tree: &Tree) {
        let drawn = drawing(tree);
        let fenced = fenced("text", &drawn);
        if reads_as(&fenced, tree) {
            self.block(&fenced);
        } else if self.literal() {
            self.block(&self::fenced(LITERAL_PATHS, &paths(tree)));
        } else {
            self.block(&self::fenced("text", &paths(tree)));
        }
    }
}

fn fenced(info: &str, content: &str) -> String {
    let fence = escape::fence(content);
    format!("{fence}{info}\n{content}{fence}")
}

fn reads_as(fenced: &str, tree: &Tree) -> bool {
    parse::tree_of(fenced).is_some_and(|read| {
        let same = |(a, b): (&TreeEntry, &TreeEntry)| (&a.path, a.kind, &a.comment) == (&b.path, b.kind, &b.comment);
        read.entries.len() == tree.entries.len() && read.entries.iter().zip(&tree.entries).all(same)
    })
}

/// The whole path of every entry, a line for each.
fn paths(tree: &Tree) -> String {
    tree.entries.iter().map(|entry| line("", &entry.path, entry)).collect()
}

fn line(prefix: &str, name: &str, entry: &TreeEntry) -> String {
    let slash = if entry.kind == EntryKind::Directory { "/" } else { "" };
    match &entry.comment {
        Some(comment) => format!("{prefix}{name}{slash}  # {comment}\n"),
        None => format!("{prefix}{name}{slash}\n"),
    }
}

/// A box drawing: every entry below the nearest folder above it that holds it.
fn drawing(tree: &Tree) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut lines: Vec<(usize, &str, &TreeEntry)> = Vec::new();
    for entry in &tree.entries {
        while open.pop_if(|folder| below(&entry.path, folder).is_none()).is_some() {}
        let name = open.last().and_then(|folder| below(&entry.path, folder)).unwrap_or(&entry.path);
        lines.push((open.len(), name, entry));
        if entry.kind == EntryKind::Directory {
            open.push(&entry.path);
        }
    }
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    // For each depth, whether another entry of the same folder follows; read from the end.
    let mut follows: Vec<bool> = Vec::new();
    for (depth, name, entry) in lines.iter().rev() {
        follows.resize(depth + 1, false);
        let mut prefix: String = (1..*depth).map(|at| if follows[at] { "│   " } else { "    " }).collect();
        if *depth > 0 {
            prefix.push_str(if follows[*depth] { "├── " } else { "└── " });
        }
        follows[*depth] = true;
        out.push(line(&prefix, name, entry));
    }
    out.reverse();
    out.concat()
}

fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder)?.strip_prefix('/').filter(|name| !name.is_empty())
}
