//! PLN303 and PLN304: where the spec, the input and the links of a plan lead.

use crate::diagnostic::Finding;
use crate::feature::{Phase, State};
use crate::gate::{GateContext, gate_rule};
use crate::plan::Text;
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// A **Spec**, an **Input** or a relative link of the plan that leads to no document of the feature
    /// and to no path of the repository. Documents that the plan's phase has yet to make are left out.
    ///
    /// ## Why it matters
    /// The plan stands on its spec. A link that leads nowhere means that it was moved, renamed, or
    /// never written.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `001-example` | **Spec**: [spec.md](../002-voting/spec.md)
    /// ```
    /// ```text,repository
    /// specs/001-example/plan.md
    /// specs/001-example/spec.md
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `001-example` | **Spec**: [spec.md](./spec.md)
    /// ```
    /// ```text,repository
    /// specs/001-example/plan.md
    /// specs/001-example/spec.md
    /// ```
    BROKEN_LINK = "PLN303" "broken-link", Warning, needs: [Repository];
    broken_link
}

gate_rule! {
    /// ## What it finds
    /// An absolute path of somebody's machine as spec, input or link: `/Users/…`, `/home/…`,
    /// `/mnt/c/…`, `C:\…`.
    ///
    /// ## Why it matters
    /// It leads nowhere on any other machine, and it tells the name of an account.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `001-example` | **Spec**: [spec.md](/Users/kim/code/voting/specs/001-example/spec.md)
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `001-example` | **Spec**: [spec.md](/specs/001-example/spec.md)
    /// ```
    MACHINE_PATH = "PLN304" "machine-path", Warning;
    machine_path
}

/// A path that the plan names as a link, and where.
struct Reference {
    target: String,
    span: Span,
}

fn broken_link(cx: &GateContext<'_>) -> Vec<Finding> {
    let broken = references(cx).into_iter().filter(|reference| is_broken(cx, &reference.target));
    broken
        .map(|reference| {
            cx.finding(reference.span, format!("`{}` leads nowhere", reference.target))
                .help("name the path from the plan's folder, or from the repository's root with a leading `/`")
        })
        .collect()
}

fn machine_path(cx: &GateContext<'_>) -> Vec<Finding> {
    let machine = references(cx).into_iter().filter(|reference| is_machine_path(&reference.target));
    machine
        .map(|reference| {
            cx.finding(reference.span, format!("`{}` is a path of one machine", reference.target))
                .help("name the path from the plan's folder or from the repository's root")
        })
        .collect()
}

/// The spec, what the input names, and the targets of all links, each place once, in order.
fn references(cx: &GateContext<'_>) -> Vec<Reference> {
    let metadata = &cx.plan().metadata;
    let markdown = cx.markdown();
    let mut references: Vec<Reference> = markdown
        .links
        .iter()
        .filter(|link| !link.image && !link.target.is_empty())
        .map(|link| Reference { target: link.target.clone(), span: link.span })
        .collect();
    let linked = |span: Span| {
        let at = markdown.links.partition_point(|link| link.span.start < span.end);
        at.checked_sub(1).is_some_and(|last| markdown.links[last].span.end > span.start)
    };
    for text in [&metadata.spec, &metadata.input].into_iter().flatten() {
        references.extend(paths_in(cx, text).into_iter().filter(|path| !linked(path.span)));
    }
    references.sort_by_key(|reference| reference.span);
    references.dedup_by_key(|reference| reference.span);
    references
}

/// The words of a value that can only be paths.
fn paths_in(cx: &GateContext<'_>, value: &Text) -> Vec<Reference> {
    let raw = value.span.text(cx.text());
    let raw = if raw.is_empty() { value.text.as_str() } else { raw };
    let start = value.span.start as usize;
    let words = raw.split(|c: char| {
        c.is_whitespace()
            || matches!(c, '`' | '(' | ')' | '<' | '>' | '"' | ',' | ';' | '|' | '；' | '，' | '（' | '）' | '、')
    });
    words
        .filter_map(|word| {
            let path = word.trim_matches(['[', ']', '*', '\'', '。', ':', '：']).trim_end_matches('.');
            let offset = path.as_ptr() as usize - raw.as_ptr() as usize;
            let span = Span::new(start + offset, start + offset + path.len());
            is_path(path).then(|| Reference { target: path.to_owned(), span })
        })
        .collect()
}

/// Whether a word of prose is a path: "UI/UX", "and/or" and `/speckit.plan` are none.
fn is_path(word: &str) -> bool {
    const ROOTS: &[&str] = &["./", "../", "specs/", ".specify/", "docs/"];
    let bare = word.trim_start_matches('@');
    let bare = bare.strip_prefix('/').unwrap_or(bare);
    let bare = bare.split(['#', '?']).next().unwrap_or_default();
    let last = bare.rsplit(['/', '\\']).next().unwrap_or_default();
    is_machine_path(word)
        || last.len() > 3 && last.to_ascii_lowercase().ends_with(".md")
        || ROOTS.iter().any(|root| bare.len() > root.len() && bare.starts_with(root))
}

/// `/Users/kim/…`, `/home/kim/…`, `/mnt/c/…`, `/root/…`, `C:\…`, and the same behind `file://`.
fn is_machine_path(target: &str) -> bool {
    let path = target.trim_start_matches('@');
    let path = path.strip_prefix("file://").unwrap_or(path);
    let bare = path.strip_prefix('/').unwrap_or(path);
    let mut chars = bare.chars();
    let drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':')
        && matches!(chars.next(), Some('\\' | '/'));
    let home = ["/Users/", "/home/", "/mnt/", "/root/", "/var/folders/", "/private/tmp/"].iter().any(|root| {
        path.strip_prefix(root).is_some_and(|rest| rest.split('/').filter(|part| !part.is_empty()).count() > 1)
    });
    drive || home || path.starts_with("\\\\")
}

fn is_broken(cx: &GateContext<'_>, target: &str) -> bool {
    let path = decoded(target.trim_start_matches('@').split(['#', '?']).next().unwrap_or_default()).replace('\\', "/");
    let path = without_line(&path);
    let local = path.contains('/') || path.to_ascii_lowercase().ends_with(".md");
    let unmade = is_source(path) && !cx.has_reached(Phase::Delivered);
    if !local || unmade || is_machine_path(target) || has_scheme(path) || is_pattern(path) {
        return false;
    }
    let plan = &cx.document().path;
    let folder = plan.rsplit_once('/').map_or("", |(folder, _)| folder);
    let rooted = path.strip_prefix('/').filter(|rest| !rest.starts_with('/'));
    let Some(nearest) = joined(if rooted.is_some() { "" } else { folder }, rooted.unwrap_or(path)) else {
        return false;
    };
    if is_due_later(cx, folder, &nearest) {
        return false;
    }
    // A plan of one part of a repository names paths from that part's root too.
    let above = std::iter::successors(Some(folder), |folder| {
        (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(above, _)| above))
    });
    let mut candidates = above.filter_map(|base| joined(base, rooted.unwrap_or(path)));
    !exists(cx, &nearest) && !candidates.any(|candidate| is_due_later(cx, folder, &candidate) || exists(cx, &candidate))
}

/// `path` seen from `base`; nothing where it leads out of the repository.
fn joined(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn exists(cx: &GateContext<'_>, path: &str) -> bool {
    let document = |document: &crate::feature::Document| {
        let same = document.path == path;
        let inside = document.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        // A document that could not be read exists all the same.
        (same || inside) && document.state != State::Absent
    };
    path.is_empty()
        || cx.feature.documents.iter().any(document)
        || cx.feature.repository().is_some_and(|facts| {
            facts.has_file(path)
                || facts.has_directory(path)
                || facts.is_unlisted(path)
                || facts.has_file(&format!("{path}.md"))
        })
}

/// Whether the path is one of the feature's documents that a later phase makes.
fn is_due_later(cx: &GateContext<'_>, folder: &str, path: &str) -> bool {
    let Some(inside) = path.strip_prefix(folder).map(|rest| rest.trim_start_matches('/')) else { return false };
    let first = inside.split('/').next().unwrap_or_default();
    match first {
        "research.md" | "data-model.md" | "quickstart.md" | "contracts" => !cx.has_reached(Phase::Design),
        "tasks.md" => !cx.has_reached(Phase::Tasks),
        _ => false,
    }
}

/// Whether the path is a source file: the plan may be what it is made by.
fn is_source(path: &str) -> bool {
    const DOCUMENTS: &[&str] = &[
        "md", "mdx", "markdown", "rst", "adoc", "txt", "pdf", "html", "yaml", "yml", "json", "toml", "xml", "csv",
        "png", "svg", "jpg", "drawio", "puml", "mmd", "proto", "graphql",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.')
        .is_some_and(|(stem, ending)| !stem.is_empty() && !DOCUMENTS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// `https:`, `mailto:`, `vscode:`; a drive's letter is none.
fn has_scheme(path: &str) -> bool {
    path.starts_with("//")
        || path.starts_with('~')
        || path.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
                && !scheme.contains(".md")
        })
}

/// A path with something to be filled in: `specs/*/spec.md`, `specs/<name>/`, `specs/[###-feature]/`.
fn is_pattern(path: &str) -> bool {
    path.contains(['*', '<', '>', '{', '}', '[', ']', '$', '…', '|', '#'])
        || path.contains("...")
        || path.contains("NNN")
}

/// `file.md:12` and `file.md:12-20` without the line.
fn without_line(path: &str) -> &str {
    path.rsplit_once(':')
        .filter(|(_, line)| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
        .map_or(path, |(path, _)| path)
}

/// `path` with percent-encoding undone; as it is where that gives no text.
fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::feature::Phase;
    use crate::gate::document::found::{findings, places, voting};
    use crate::repository::RepositoryFacts;

    fn broken(line: &str) -> Vec<String> {
        let plan = format!("# Implementation Plan: A\n\n{line}\n\n## Summary\n\nx\n");
        let facts = RepositoryFacts::of_paths([
            "apps/web/specs/001-voting/plan.md", "apps/web/specs/001-voting/spec.md",
            "apps/web/specs/002 rooms/spec.md", "docs/adr/001.md", "src/main.rs",
        ]);
        let feature = voting(&plan).folder("apps/web/specs/001-voting").repository(facts).build();
        places("PLN303", &feature)
    }

    #[test]
    fn links() {
        for line in [
            "**Spec**: [spec.md](./spec.md#goals)",
            "**Spec**: spec.md",
            "**Spec**: [link]",
            "**Spec**: `/apps/web/specs/001-voting/spec.md`",
            "**Spec**: @specs/001-voting/spec.md",
            "**Input**: Feature specification from `/specs/001-voting/spec.md`",
            "**Input**: UI/UX and/or the design, from `/speckit.plan`",
            "[rooms](../002%20rooms/spec.md) [adr](../../../../docs/adr/001.md) [src](/src/)",
            "[outside](../../../../../../other/spec.md) [web](https://a.b/c.md) [mail](mailto:a@b.c)",
            "[later](./tasks.md) [later](contracts/api.md) [pattern](specs/*/spec.md)",
            "[new](../../src/rooms.ts) [home](~/notes/a.md)",
            "[machine](/Users/kim/x/spec.md) ![image](./missing.md)",
        ] {
            assert_eq!(broken(line), [""; 0], "{line}");
        }
        assert_eq!(broken("**Spec**: [spec.md](../003-gone/spec.md)"), ["[spec.md](../003-gone/spec.md)"]);
        assert_eq!(broken("**Spec**: `specs/003-gone/spec.md`"), ["specs/003-gone/spec.md"]);
        assert_eq!(
            broken("**Input**: Feature specification from `/specs/003-gone/spec.md`."),
            ["/specs/003-gone/spec.md"]
        );
        assert_eq!(broken("see [adr](docs/adr/002.md)"), ["[adr](docs/adr/002.md)"]);
    }

    #[test]
    fn documents_that_are_due_must_be_there() {
        let facts = RepositoryFacts::of_paths(["specs/001-voting/plan.md"]);
        let plan = "# Implementation Plan: A\n\n[r](research.md) [t](tasks.md)\n";
        let feature = voting(plan).repository(facts).phase(Phase::Design).build();
        assert_eq!(places("PLN303", &feature), ["[r](research.md)"]);
    }

    #[test]
    fn machine_paths() {
        for (line, found) in [
            ("**Spec**: [s](/Users/kim/code/spec.md)", 1),
            ("**Spec**: `/home/kim/code/spec.md`", 1),
            ("**Input**: from `/mnt/d/code/spec.md`", 1),
            (r"**Spec**: C:\code\spec.md", 1),
            ("[s](file:///C:/code/spec.md)", 1),
            ("It ran in /home/kim/code, see `/Users/kim/x`.", 0),
            ("[page](/home/rooms)", 0),
            ("[s](/specs/001-voting/spec.md)", 0),
        ] {
            let plan = format!("# Implementation Plan: A\n\n{line}\n");
            assert_eq!(findings("PLN304", &voting(&plan).build()).len(), found, "{line}");
        }
    }
}
