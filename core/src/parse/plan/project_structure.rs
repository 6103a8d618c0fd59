//! Reads the Project Structure: trees in box, ASCII and indented drawing, and the decision.

use super::Outline;
use crate::markdown::{Block, BlockKind, Markdown};
use crate::parse::aliases::{Aliases, Term};
use crate::parse::label;
use crate::plan::{EntryKind, ProjectStructure, Section, Text, Tree, TreeEntry};
use crate::source::Span;

pub(super) fn read(markdown: &Markdown<'_>, aliases: &Aliases, outline: &Outline<'_>) -> Option<ProjectStructure> {
    let section = outline.find(Term::ProjectStructure).or_else(|| outline.find(Term::SourceCode))?;
    let mut out = ProjectStructure { span: section.span, ..ProjectStructure::default() };
    let mut heading = None;
    for block in markdown.blocks_in(super::body(section)) {
        match block.kind {
            BlockKind::Heading { .. } => heading = aliases.term(&markdown.plain(block.content)),
            BlockKind::Code { .. } => {
                if let Some(tree) = tree(markdown, block) {
                    let documentation =
                        heading == Some(Term::Documentation) || heading.is_none() && is_feature_tree(&tree);
                    if documentation && out.documentation.is_none() {
                        out.documentation = Some(tree);
                    } else {
                        out.source.push(tree);
                    }
                }
            }
            _ => {}
        }
    }
    out.decision = decision(markdown, aliases, section, outline.find_within(section, Term::StructureDecision));
    Some(out)
}

fn is_feature_tree(tree: &Tree) -> bool {
    tree.entries.iter().any(|entry| entry.path.ends_with("plan.md"))
}

/// The Structure Decision: a label with what follows it, or a heading.
pub(super) fn decision(
    markdown: &Markdown<'_>,
    aliases: &Aliases,
    section: &Section,
    headed: Option<&Section>,
) -> Option<Text> {
    if let Some(headed) = headed {
        return super::prose(markdown, headed);
    }
    let mut found: Option<Text> = None;
    for block in markdown.blocks_in(section.span) {
        let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. });
        for line in prose.then(|| markdown.lines(block.content)).into_iter().flatten() {
            let label = label::bold(markdown, line);
            match (&mut found, label) {
                (None, Some(label)) => {
                    if aliases.term(&markdown.plain(label.key)) == Some(Term::StructureDecision) {
                        found = Some(markdown.plain_text(label.value));
                    }
                }
                (None, None) => {}
                (Some(so_far), label) => {
                    // The decision goes on in its paragraph and in the list below it.
                    let ends = label.is_some_and(|label| {
                        !matches!(block.kind, BlockKind::Item { .. }) && label.head.start == line.start
                    });
                    if ends {
                        return found;
                    }
                    append(so_far, markdown.plain_text(line));
                }
            }
        }
        if found.is_some() && !prose {
            break;
        }
    }
    found
}

fn append(text: &mut Text, more: Text) {
    if text.text.is_empty() {
        *text = more;
    } else if !more.text.is_empty() {
        text.text.push(' ');
        text.text.push_str(&more.text);
        text.span = text.span.to(more.span);
    }
}

/// No path is longer, in bytes. Keeps what stands below a long line from repeating it over and over.
const LONGEST_PATH: usize = 1024;

/// One line of a drawing.
struct Line {
    /// Columns before the name.
    indent: usize,
    /// Whether branches are drawn before the name.
    drawn: bool,
    name: Span,
    comment: Option<String>,
}

/// A fenced drawing as a tree; `None` where no line names a path.
pub(super) fn tree(markdown: &Markdown<'_>, block: &Block) -> Option<Tree> {
    let raw = markdown.raw(block.content);
    let mut lines = Vec::new();
    let mut at = block.content.start as usize;
    for line in raw.split_inclusive('\n') {
        lines.extend(read_line(line, at));
        at += line.len();
    }
    let shaped = lines.iter().any(|line| line.drawn || markdown.raw(line.name).contains(['/', '\\']));
    if !shaped {
        return None;
    }
    let tree = assemble(markdown, &lines, block.content);
    (!tree.entries.is_empty()).then_some(tree)
}

/// The tree that the first fence of a text draws.
pub(crate) fn tree_of(text: &str) -> Option<Tree> {
    let markdown = Markdown::parse(text);
    let block = markdown.blocks.iter().find(|block| matches!(block.kind, BlockKind::Code { .. }))?;
    tree(&markdown, block)
}

/// A line that holds a whole path, as a literal document has it.
pub(super) fn entry_of_path(line: &str, offset: usize) -> Option<TreeEntry> {
    let line = line.trim_end_matches(['\r', '\n']);
    let (name, comment) = match line.split_once("  # ") {
        Some((name, comment)) => (name, Some(comment.to_owned())),
        None => (line, None),
    };
    let path = name.strip_suffix('/').unwrap_or(name);
    let kind = if path.len() < name.len() { EntryKind::Directory } else { EntryKind::File };
    let span = Span::new(offset, offset + name.len());
    (!path.is_empty()).then(|| TreeEntry { path: path.to_owned(), kind, comment, span })
}

/// Gives every line its path: the names of the folders above it that are less indented.
fn assemble(markdown: &Markdown<'_>, lines: &[Line], span: Span) -> Tree {
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut entries: Vec<TreeEntry> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let name = markdown.raw(line.name).replace('\\', "/");
        let inner = name.trim_end_matches("...").trim_end_matches("**").trim_end_matches('*');
        let bare = bare_name(inner);
        while open.pop_if(|(indent, _)| *indent >= line.indent).is_some() {}
        let path = match open.last() {
            Some((_, parent)) if !parent.is_empty() && !bare.is_empty() => format!("{parent}/{bare}"),
            Some((_, parent)) if bare.is_empty() => parent.clone(),
            _ => bare.to_owned(),
        };
        let parent_of_next = lines.get(index + 1).is_some_and(|next| next.indent > line.indent);
        let kind = if inner.ends_with('/') || parent_of_next { EntryKind::Directory } else { EntryKind::File };
        if path.len() > LONGEST_PATH {
            continue;
        }
        if kind == EntryKind::Directory {
            open.push((line.indent, path.clone()));
        }
        if !bare.is_empty() {
            entries.push(TreeEntry { path, kind, comment: line.comment.clone(), span: line.name });
        }
    }
    Tree { root: root(&entries), entries, span }
}

/// A name without the slash that marks a folder and the `./` that means nothing.
fn bare_name(name: &str) -> &str {
    let mut bare = name.trim_end_matches(|c: char| c == '/' || c.is_whitespace());
    while let Some(rest) = bare.strip_prefix("./") {
        bare = rest.trim_start();
    }
    bare
}

/// The first line's folder, where everything else stands below it.
pub(crate) fn root(entries: &[TreeEntry]) -> Option<String> {
    let (first, rest) = entries.split_first()?;
    let below =
        |entry: &TreeEntry| entry.path.strip_prefix(first.path.as_str()).is_some_and(|rest| rest.starts_with('/'));
    (!rest.is_empty() && rest.iter().all(below)).then(|| first.path.clone())
}

/// Splits one line of a drawing; `None` for an empty line, a comment, or prose.
fn read_line(line: &str, offset: usize) -> Option<Line> {
    let text = line.trim_end();
    let mut indent = 0;
    let mut drawn = false;
    let mut start = text.len();
    for (at, c) in text.char_indices() {
        match c {
            ' ' | '\u{a0}' => indent += 1,
            '\t' => indent += 4,
            '│' | '┃' | '├' | '└' | '─' | '━' | '╰' | '┣' | '┗' | '┬' | '┐' | '┌' | '|' => {
                drawn |= !matches!(c, '│' | '|' | '┃');
                indent += 1;
            }
            '+' | '`' | '\\' | '-' if text[at + 1..].starts_with(['-', '─', '|']) || (c == '-' && drawn) => {
                drawn = true;
                indent += 1;
            }
            '-' if indent > 0 && text[at + 1..].starts_with(' ') => {
                drawn = true;
                indent += 1;
            }
            _ => {
                start = at;
                break;
            }
        }
    }
    let rest = &text[start..];
    if rest.is_empty()
        || rest.starts_with('#')
        || rest.starts_with("//")
        || rest == "..."
        || rest == "…"
        || rest.starts_with('←')
    {
        return None;
    }
    let (name, comment) = split_comment(rest);
    let name = name.trim_end_matches(['*', '`']).trim_start_matches(['*', '`']).trim();
    if name.is_empty() || name == "..." || name == "…" {
        return None;
    }
    let begin = offset + (name.as_ptr() as usize - line.as_ptr() as usize);
    Some(Line { indent, drawn, name: Span::new(begin, begin + name.len()), comment })
}

/// The name and what is said behind it.
fn split_comment(rest: &str) -> (&str, Option<String>) {
    let bytes = rest.as_bytes();
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        let spaced = at > 0 && bytes[at - 1].is_ascii_whitespace();
        match c {
            '(' if spaced => return cut(rest, at),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '#' if at > 0 && (spaced || rest[at + 1..].starts_with(' ')) => return cut(rest, at),
            '←' | '—' | '–' | '→' | '⟵' | '✅' | '★' | '⭐' | '🆕' if spaced => return cut(rest, at),
            '-' | '=' | '*' | '%' if spaced && depth == 0 => return cut(rest, at),
            '/' if spaced && rest[at..].starts_with("//") => return cut(rest, at),
            '<' if spaced
                && (rest[at..].starts_with("<-") || rest[at..].starts_with("<=") || rest[at..].starts_with("<!")) =>
            {
                return cut(rest, at);
            }
            // A folder's slash or a file's ending closes a name even before a single space.
            c if spaced && !c.is_whitespace() && closes_name(&rest[..at]) => return cut(rest, at),
            // Two spaces part a name from what is said about it.
            c if spaced && !c.is_whitespace() && at > 1 && bytes[at - 2].is_ascii_whitespace() => return cut(rest, at),
            _ => {}
        }
    }
    (rest, None)
}

fn closes_name(before: &str) -> bool {
    let name = before.trim_end();
    name.ends_with('/')
        || name.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty() && (1..=8).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
        })
}

fn cut(rest: &str, at: usize) -> (&str, Option<String>) {
    let comment = rest[at..]
        .trim_start_matches(|c: char| {
            !c.is_alphanumeric() && !matches!(c, '(' | '[' | '`' | '"' | '+' | '~' | '@' | '/' | '.')
        })
        .trim();
    (rest[..at].trim_end(), (!comment.is_empty()).then(|| comment.to_owned()))
}
