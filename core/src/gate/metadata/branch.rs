//! PLN301: the branch and the feature's folder.

use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};

gate_rule! {
    /// ## What it finds
    /// A **Branch** that is not named as the feature's folder. A prefix such as `feature/` is fine, and
    /// where several branches are named, one of them must match.
    ///
    /// ## Why it matters
    /// Spec Kit finds a feature's folder by the branch. A plan that names another one was copied, or
    /// the folder was renamed, and commands will write into the wrong place.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `007-payments` | **Date**: 2026-11-02
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `feature/001-example` | **Date**: 2026-11-02
    /// ```
    BRANCH_MISMATCH = "PLN301" "branch-mismatch", Warning;
    branch_mismatch
}

fn branch_mismatch(cx: &GateContext<'_>) -> Vec<Finding> {
    let name = cx.feature.name.as_str();
    let Some(branch) = &cx.plan().metadata.branch else { return Vec::new() };
    let written = bare(&branch.text);
    if name.is_empty() || !is_branch(written) || names(written, name) {
        return Vec::new();
    }
    let end = branch.span.range().end.min(cx.text().len());
    let rest = cx.text().get(end..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    // What follows up to the next key: other branches, or the branch's relation to them.
    let rest = rest.split(['|', '｜']).next().unwrap_or_default();
    let rest = rest.split("**").next().unwrap_or_default();
    if rest
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '`' | '(' | ')'))
        .any(|word| names(bare(word), name))
    {
        return Vec::new();
    }
    let line = cx.text().get(..end).map_or("", |before| before.lines().next_back().unwrap_or_default());
    if names_folder(line, name)
        || cx.text().get(end..).is_some_and(|rest| names_folder(rest.lines().next().unwrap_or_default(), name))
    {
        return Vec::new();
    }
    let message = if matches!(written.to_ascii_lowercase().as_str(), "main" | "master" | "develop" | "dev" | "trunk") {
        format!("the branch `{written}` is not the feature's own")
    } else {
        format!("the branch `{written}` is not named as the feature's folder `{name}`")
    };
    vec![cx.finding(branch.span, message).help(format!("name the branch `{name}`, or rename the folder"))]
}

/// A branch without the marks around it.
/// Whether a line of the header names the feature's folder as such: "**Spec Directory**: `specs/001-voting`".
fn names_folder(line: &str, name: &str) -> bool {
    line.split(['|', '｜']).filter_map(|field| field.split_once([':', '：'])).any(|(key, value)| {
        let key = key.to_lowercase();
        let folder =
            ["director", "folder", "carpeta", "pasta", "ordner", "dossier", "ディレクトリ", "フォルダ", "目录", "目錄"];
        let own = |part: &str| bare(part) == name;
        folder.iter().any(|word| key.contains(word)) && value.split(['/', ' ', '`', '(', ')', '[', ']']).any(own)
    })
}

fn bare(text: &str) -> &str {
    text.trim().trim_matches(['`', '[', ']', '"', '\'', '.'])
}

/// Whether a text can be a branch at all: "N/A", "not created yet" and `###-feature-name` can't.
fn is_branch(text: &str) -> bool {
    let lower = text.to_lowercase();
    !text.is_empty()
        && !text.contains(char::is_whitespace)
        && !text.contains(['#', '<', '>', '{', '}', '[', ']', '…', '(', ')'])
        && text.contains(char::is_alphanumeric)
        && !matches!(lower.as_str(), "n/a" | "na" | "none" | "tbd" | "todo" | "current" | "ninguna" | "無" | "无")
}

/// Whether a branch is the folder's: prefixes such as `feature/`, and before a number `feat-` in the
/// branch or `completed-` in the folder, are left out.
fn names(branch: &str, folder: &str) -> bool {
    let (branch, folder) = (branch.to_lowercase(), folder.to_lowercase());
    let behind = |whole: &str, part: &str, marks: &[char]| {
        whole.strip_suffix(part).is_some_and(|prefix| prefix.ends_with(marks)) && !part.is_empty()
    };
    let numbered = |name: &str| name.starts_with(|c: char| c.is_ascii_digit());
    let last = branch.rsplit('/').next().unwrap_or_default();
    branch == folder
        || behind(&branch, &folder, &['/'])
        || numbered(&folder) && behind(&branch, &folder, &['-', '_'])
        || numbered(last) && behind(&folder, last, &['-', '_'])
}

#[cfg(test)]
mod tests {
    use crate::gate::document::found::{findings, voting};

    #[test]
    fn branches() {
        for (line, expected) in [
            ("**Branch**: `001-voting`", None),
            ("**Branch**: `feature/001-voting` (stacked)", None),
            ("**Branch**: `[001-Voting]`", None),
            ("**Branch**: `feat-001-voting`", None),
            ("**Branch**: `002-rooms`, `001-voting`", None),
            (
                "**Branch**: `001-voting/part-2`",
                Some("the branch `001-voting/part-2` is not named as the feature's folder `001-voting`"),
            ),
            (
                "**Branch**: `002-rooms` | **Spec**: `001-voting`",
                Some("the branch `002-rooms` is not named as the feature's folder `001-voting`"),
            ),
            ("**Branch**: `002-rooms` | **Spec Directory**: `specs/001-voting`", None),
            (
                "**Branch**: `002-rooms` | **Spec Directory**: `specs/003-polls`",
                Some("the branch `002-rooms` is not named as the feature's folder `001-voting`"),
            ),
            ("**Branch**: main", Some("the branch `main` is not the feature's own")),
            ("**Branch**: `[###-feature-name]`", None),
            ("**Branch**: not created yet", None),
            ("**Branch**: N/A", None),
        ] {
            let plan = format!("# Implementation Plan: A\n\n{line}\n\n## Summary\n\nx\n");
            let found = findings("PLN301", &voting(&plan).build());
            let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
            assert_eq!(messages, Vec::from_iter(expected), "{line}");
        }
    }
}
