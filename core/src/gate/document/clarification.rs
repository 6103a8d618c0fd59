//! PLN004: questions that the plan itself marks as open.

use super::resolution::{Resolution, Resolutions};
use crate::diagnostic::{Finding, Severity};
use crate::feature::Phase;
use crate::gate::{GateContext, gate_rule};
use crate::markdown::{BlockKind, Markdown};
use crate::matching::contains_any;
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// `NEEDS CLARIFICATION` as a value or a mark. Before Phase 0 it is a warning, because research is
    /// there to resolve it; so it is where research.md, or the plan elsewhere, holds the decision and only
    /// the mark was left. Sentences that name the marker, or that say that it is resolved, don't count.
    ///
    /// ## Why it matters
    /// Phase 0 must leave no open question. A plan that goes on with one designs around a guess.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Technical Context
    ///
    /// **Storage**: NEEDS CLARIFICATION
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// ## Technical Context
    ///
    /// **Storage**: PostgreSQL 16
    ///
    /// ## Phase 0: Research
    ///
    /// All NEEDS CLARIFICATION items from the Technical Context are resolved.
    /// ```
    UNRESOLVED_CLARIFICATION = "PLN004" "unresolved-clarification", Error;
    unresolved_clarification
}

const MARK: &str = "NEEDS CLARIFICATION";

/// Of so many marks it is sought where they were resolved: each is compared with every decision.
const MOST_SOUGHT: usize = 500;

fn unresolved_clarification(cx: &GateContext<'_>) -> Vec<Finding> {
    let text = cx.text();
    if !text.contains(MARK) {
        return Vec::new();
    }
    let markdown = cx.markdown();
    let marks = text.match_indices(MARK).filter_map(|(at, _)| mark(&markdown, at));
    let resolutions = Resolutions::of(cx);
    let resolution = |at: usize, span| if at < MOST_SOUGHT { resolutions.find(span) } else { None };
    let found = marks.enumerate().map(|(at, span)| report(cx, span, resolution(at, span), resolutions.are_known()));
    found.collect()
}

fn report(cx: &GateContext<'_>, span: Span, resolution: Option<Resolution>, is_sought: bool) -> Finding {
    if let Some(resolution) = resolution {
        let message = format!("this is resolved in {}, and its NEEDS CLARIFICATION is left here", resolution.document);
        return cx
            .finding(span, message)
            .at_most(Severity::Warning)
            .related(resolution.place, "the decision")
            .help("write the decision here, in place of the mark");
    }
    let message = if is_sought {
        "this is marked as NEEDS CLARIFICATION, and nobody has clarified it"
    } else {
        "this is marked as NEEDS CLARIFICATION"
    };
    let finding =
        cx.finding(span, message).help("decide it, write the decision here, and its reasons into research.md");
    if cx.feature.phase == Phase::Research { finding.at_most(Severity::Warning) } else { finding }
}

/// The mark at `at`, where it marks something as open.
fn mark(markdown: &Markdown<'_>, at: usize) -> Option<Span> {
    let text = markdown.text;
    let span = Span::new(at, at + MARK.len());
    let line = super::line_around(text, at);
    let (before, behind) = (&text[line.start..at], &text[span.range().end..line.end]);
    if is_elsewhere(markdown, span) || names_the_marker(before, behind) {
        return None;
    }
    let opener = before.trim_end_matches(['*', '_', ' ']);
    if opener.ends_with('[') {
        let end = behind.find(']').map_or(behind.len(), |found| found + 1);
        let start = line.start + opener.len() - 1;
        return Some(Span::new(start, span.range().end + end));
    }
    if in_bracket(before) {
        return None;
    }
    if opener.ends_with(['(', '（']) {
        let end = behind.find([')', '）']).unwrap_or(behind.len());
        return Some(Span::new(at, span.range().end + end));
    }
    (opens_value(opener)
        || closes_value(opener, behind)
        || behind.trim_start_matches(['*', '_']).starts_with([':', '：']))
    .then_some(span)
}

/// Headings, code, comments and ticked-off lists don't leave anything open.
fn is_elsewhere(markdown: &Markdown<'_>, span: Span) -> bool {
    let inside = |outer: &Span| outer.encloses(span);
    let at = markdown.blocks.partition_point(|block| block.span.start <= span.start);
    let heading_or_code = markdown.blocks[..at].iter().rev().take(64).any(|block| {
        block.span.encloses(span)
            && matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Code { .. } | BlockKind::Html)
    });
    let before = |spans: &[Span]| {
        let at = spans.partition_point(|outer| outer.start <= span.start);
        at.checked_sub(1).is_some_and(|last| inside(&spans[last]))
    };
    heading_or_code || before(&markdown.codes) || before(&markdown.comments)
}

/// Whether the sentence speaks about the marker: "scan for …", "All … resolved", "- [x] No …".
fn names_the_marker(before: &str, behind: &str) -> bool {
    const QUANTIFIERS: &[&str] = &[
        "all", "any", "each", "every", "no", "for", "if", "these", "those", "remaining", "unresolved", "outstanding",
        "resolve", "resolves", "resolved", "resolving", "zero", "without", "scan", "scanned", "previous", "former",
        "formerly", "los", "todos", "todas", "as", "os", "sin", "sem", "ningún", "alle", "keine", "tous", "les",
        "aucun",
    ];
    const VERBS: &[&str] = &["is", "are", "was", "were", "of", "open", "mark", "marked", "the", "an", "a"];
    const BEHIND: &[&str] = &[
        "item", "items", "marker", "markers", "mark", "marks", "remain", "remains", "remaining", "resolved",
        "resolution", "point", "points", "tag", "tags", "entry", "entries", "question", "questions", "field", "fields",
        "were", "are", "is", "was", "has", "have", "from", "in", "exist", "exists", "left", "found", "and", "status",
        "placeholder", "placeholders", "s",
    ];
    let start = before.trim_start();
    let list = start.trim_start_matches(['-', '*', '+', ' ']);
    let checkbox = ["[x]", "[X]", "[ ]", "[~]", "[-]"].iter().any(|mark| list.starts_with(mark));
    let quoted = before.ends_with(['"', '\'', '“', '‘', '「', '『', '«', '~']);
    let last = before
        .trim_end_matches(['[', '*', '_', ' ', '('])
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    // "…: NEEDS CLARIFICATION" is a value, whatever the word before the colon.
    let adjoining = before.trim_end().ends_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '*' | '('));
    let tail = behind.trim_start_matches([']', '*', '_', ' ']);
    let first: String = tail.chars().take_while(|c| c.is_alphabetic()).take(16).flat_map(char::to_lowercase).collect();
    let bracketed = before.trim_end_matches(['*', '_', ' ']).ends_with('[');
    let glued = behind.starts_with(char::is_alphabetic);
    let told = ["→", "->", "⇒", "=>", "✅", "~~"].iter().any(|sign| tail.starts_with(sign));
    let lower = behind.to_lowercase();
    let resolved = contains_any(
        &lower,
        &["resolved", "已解决", "已解決", "已澄清", "解決済", "해결됨", "resuelt", "resolvid", "geklärt", "✅"],
    );
    checkbox
        || quoted
        || glued
        || told
        || resolved
        || adjoining && QUANTIFIERS.contains(&last.as_str())
        || adjoining && !bracketed && VERBS.contains(&last.as_str())
        || BEHIND.contains(&first.as_str())
}

/// Inside of a bracket that opened on this line: "[e.g., pytest or NEEDS CLARIFICATION]" is a placeholder.
fn in_bracket(before: &str) -> bool {
    before.rfind('[').is_some_and(|open| before.rfind(']').is_none_or(|close| close < open))
}

/// Whether a value or an item begins here.
fn opens_value(opener: &str) -> bool {
    let opener = opener.trim_end();
    opener.is_empty()
        || opener.ends_with([':', '：', '|', '—', '–', '-', '>', '=', '+', '?', '？'])
        || opener.trim_start().trim_end_matches(['.', ')']).bytes().all(|byte| byte.is_ascii_digit())
}

/// "PostgreSQL or NEEDS CLARIFICATION" up to the end of the value.
fn closes_value(opener: &str, behind: &str) -> bool {
    let rest = behind.trim_start_matches(['*', '_', '.', '。']).trim_start();
    let ends = rest.is_empty() || rest.starts_with('|');
    ends && [" or", " oder", " ou", " o", ",", ";", "/"].iter().any(|word| opener.trim_end().ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::super::found::{findings, places, voting};
    use super::*;

    #[test]
    fn marks_and_mentions() {
        for (line, expected) in [
            ("**Storage**: NEEDS CLARIFICATION", Some("NEEDS CLARIFICATION")),
            ("**Storage**: **NEEDS CLARIFICATION** (which engine?)", Some("NEEDS CLARIFICATION")),
            ("**Storage**: [NEEDS CLARIFICATION: which engine?]", Some("[NEEDS CLARIFICATION: which engine?]")),
            ("- FTP library (NEEDS CLARIFICATION - which?)", Some("NEEDS CLARIFICATION - which?")),
            ("- NEEDS CLARIFICATION: how are rows paged?", Some("NEEDS CLARIFICATION")),
            ("| Storage | NEEDS CLARIFICATION |", Some("NEEDS CLARIFICATION")),
            ("**Storage**: PostgreSQL or NEEDS CLARIFICATION", Some("NEEDS CLARIFICATION")),
            ("The retry policy is open [NEEDS CLARIFICATION].", Some("[NEEDS CLARIFICATION]")),
            ("1. NEEDS CLARIFICATION whether rooms expire", Some("NEEDS CLARIFICATION")),
            ("All NEEDS CLARIFICATION items are resolved.", None),
            ("- [x] All NEEDS CLARIFICATION resolved", None),
            ("- [ ] No unresolved [NEEDS CLARIFICATION] markers", None),
            ("No [NEEDS CLARIFICATION] markers remain.", None),
            ("- For each NEEDS CLARIFICATION → research task", None),
            ("→ If NEEDS CLARIFICATION remain: ERROR", None),
            ("Fill Technical Context (scan for NEEDS CLARIFICATION)", None),
            ("No \"NEEDS CLARIFICATION\" items need research.", None),
            ("The `NEEDS CLARIFICATION` marker is gone.", None),
            ("### NEEDS CLARIFICATION: paging", None),
            ("**Testing**: [e.g., pytest or NEEDS CLARIFICATION]", None),
            ("- NEEDS CLARIFICATION → resolved in research.md", None),
            ("<!-- NEEDS CLARIFICATION: paging -->", None),
            ("所有 NEEDS CLARIFICATION 已解决", None),
        ] {
            let plan = format!("# A\n\n## Technical Context\n\n{line}\n");
            let found = places("PLN004", &voting(&plan).build());
            assert_eq!(found, Vec::from_iter(expected.map(str::to_owned)), "{line}");
        }
    }

    #[test]
    fn research_may_still_resolve_it() {
        let plan = "# A\n\n## Technical Context\n\n**Storage**: NEEDS CLARIFICATION\n";
        assert_eq!(findings("PLN004", &voting(plan).build())[0].severity, Severity::Warning);
        assert_eq!(findings("PLN004", &voting(plan).phase(Phase::Design).build())[0].severity, Severity::Error);
    }
}
