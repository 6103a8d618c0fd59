//! PLN002 and PLN008: text of the template in square brackets that nobody replaced.

use std::borrow::Cow;

use crate::brief::cut;
use crate::diagnostic::{Applicability, Edit, Finding, Fix, Severity};
use crate::feature::{Document, DocumentKind, Model, State};
use crate::gate::structure::is_untouched;
use crate::gate::{GateContext, gate_rule};
use crate::markdown::{BlockKind, Markdown};
use crate::plan::{Plan, Status};
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// Text of the template in square brackets that nobody replaced: `[###-feature-name]`, `[DATE]`,
    /// `[link]`, `[e.g., …]`, `[Extract from …]`, `[Gates determined …]`, `[Document the …]`. An untouched
    /// row of Complexity Tracking is a warning. Other text in brackets is never reported.
    ///
    /// ## Why it matters
    /// A placeholder is a question that nobody answered, in the place where readers look for the answer.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `[###-feature-name]` | **Date**: 2026-11-02
    ///
    /// ## Technical Context
    ///
    /// **Testing**: [e.g., pytest, XCTest, cargo test or NEEDS CLARIFICATION]
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `001-example` | **Date**: 2026-11-02 | **Spec**: [link](./spec.md)
    ///
    /// ## Technical Context
    ///
    /// **Testing**: Vitest [P1], one file per route `app/[slug]/page.tsx`
    /// ```
    LEFTOVER_PLACEHOLDER = "PLN002" "leftover-placeholder", Error, fixable;
    leftover_placeholder
}

gate_rule! {
    /// ## What it finds
    /// A plan that is still the template: its title is `[FEATURE]` and its summary is not written either, or
    /// more than half of the template's placeholders stand. No other finding is made for such a plan, except
    /// that tasks.md exists already.
    ///
    /// ## Why it matters
    /// There is nothing to examine yet, and a list of everything that is missing would only hide that.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: [FEATURE]
    ///
    /// **Branch**: `[###-feature-name]` | **Date**: [DATE] | **Spec**: [link]
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `001-example` | **Date**: [DATE] | **Spec**: [spec.md](./spec.md)
    /// ```
    UNFILLED_PLAN = "PLN008" "unfilled-plan", Error;
    unfilled_plan
}

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `[FEATURE]`
    Title,
    /// `[###-feature-name]`
    Name,
    /// `[DATE]`
    Date,
    /// `[link]`
    Link,
    /// Any value that is described: `[e.g., pytest …]`, `[Gates determined …]`.
    Value,
    /// A cell of Complexity Tracking: `[current need]`.
    Cell,
    /// A line of a source tree: `[same as backend above]`.
    Tree,
}

/// One placeholder that stands in a plan.
#[derive(Clone, Copy, Debug)]
struct Leftover {
    kind: Kind,
    span: Span,
    /// The untouched row of Complexity Tracking around it.
    row: bool,
}

/// Placeholders by their whole text.
const WHOLE: &[(&str, Kind)] = &[
    ("FEATURE", Kind::Title),
    ("FEATURE NAME", Kind::Title),
    ("DATE", Kind::Date),
    ("link", Kind::Link),
    ("link to spec.md", Kind::Link),
    ("link to spec", Kind::Link),
    ("current need", Kind::Cell),
    ("specific problem", Kind::Cell),
    ("why 3 projects insufficient", Kind::Cell),
    ("why direct DB access insufficient", Kind::Cell),
    ("same as backend above", Kind::Tree),
];

/// Placeholders by how they begin, in the template's versions and in the languages that plans are written in.
const BEGINNINGS: &[(&str, Kind)] = &[
    ("###-", Kind::Name),
    ("Extract from feature spec", Kind::Value),
    ("Extract from ", Kind::Value),
    ("Gates determined ", Kind::Value),
    ("Document the ", Kind::Value),
    ("DEFAULT to Option ", Kind::Value),
    ("if applicable, ", Kind::Value),
    ("domain-specific", Kind::Value),
    ("single/web/mobile", Kind::Value),
    ("single/web/", Kind::Value),
    ("name + purpose for each", Kind::Value),
    ("commands with --help", Kind::Value),
    ("e.g., ", Kind::Value),
    ("e.g. ", Kind::Value),
    ("p. ej.", Kind::Value),
    ("p.ej.", Kind::Value),
    ("por ejemplo", Kind::Value),
    ("por exemplo", Kind::Value),
    ("z. B. ", Kind::Value),
    ("z.B. ", Kind::Value),
    ("par ex", Kind::Value),
    ("例如", Kind::Value),
    ("例：", Kind::Value),
    ("例:", Kind::Value),
    ("예:", Kind::Value),
    ("예시:", Kind::Value),
    ("например", Kind::Value),
    ("platform-specific structure", Kind::Tree),
];

/// The longest text in brackets that is looked at, in bytes.
const LONGEST: usize = 400;

fn leftover_placeholder(cx: &GateContext<'_>) -> Vec<Finding> {
    leftovers(cx.document(), cx.plan()).into_iter().map(|leftover| report(cx, leftover)).collect()
}

fn report(cx: &GateContext<'_>, leftover: Leftover) -> Finding {
    let Leftover { kind, span, row } = leftover;
    if row {
        return cx
            .finding(span, "a row of the template is left in Complexity Tracking")
            .at_most(Severity::Warning)
            .help("remove it, or write down the violation and its reasons")
            .fix(super::removal::fix(cx, span, Applicability::Safe, "Remove the row"));
    }
    let words: Vec<&str> = span.text(cx.text()).split_whitespace().collect();
    let finding = cx.finding(span, format!("the placeholder {} was not replaced", shortened(&words.join(" "))));
    let help = match kind {
        Kind::Title => "write the feature's name",
        Kind::Name => "write the name of the feature's folder",
        Kind::Date => "write the day on which the plan was made, as 2026-01-31",
        Kind::Link => "link to the feature's spec.md",
        Kind::Value | Kind::Cell => "write what holds for this feature, or N/A",
        Kind::Tree => "draw the directories that the feature touches, or remove the line",
    };
    let finding = finding.help(help);
    match known_value(cx, kind) {
        Some(text) => finding.fix(Fix {
            applicability: Applicability::Safe,
            description: format!("Replace it by {text}"),
            edits: vec![Edit { place: cx.place(span), text }],
        }),
        None => finding,
    }
}

fn shortened(text: &str) -> Cow<'_, str> {
    const SHORT: usize = 60;
    match cut(text, SHORT) {
        Cow::Owned(cut) => Cow::Owned(cut + "]"),
        whole => whole,
    }
}

/// What belongs in the place, where the feature itself tells.
fn known_value(cx: &GateContext<'_>, kind: Kind) -> Option<String> {
    match kind {
        Kind::Name => Some(cx.feature.name.clone()).filter(|name| !name.is_empty()),
        Kind::Link => {
            let spec = cx.feature.document(DocumentKind::Spec).filter(|spec| spec.state == State::Provided)?;
            let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
            let name = spec.path.rsplit('/').next().unwrap_or_default();
            (folder(&spec.path) == folder(&cx.document().path)).then(|| format!("[{name}](./{name})"))
        }
        _ => None,
    }
}

/// The placeholders of the stock template: title, branch, date, spec, input, summary, nine fields,
/// the gates, the root of the documentation tree, the Structure Decision.
const STOCK_PLACEHOLDERS: usize = 18;

fn unfilled_plan(cx: &GateContext<'_>) -> Vec<Finding> {
    let title = cx.plan().title.as_ref().map_or("", |title| title.text.trim());
    let untitled = title
        .strip_prefix('[')
        .and_then(|title| title.strip_suffix(']'))
        .is_some_and(|inner| WHOLE.iter().any(|(text, kind)| *kind == Kind::Title && *text == inner));
    let help = "fill it in with /speckit.plan, or remove the file until the feature is planned";
    // A title alone is forgotten in plans that are written otherwise.
    if untitled && is_untouched(cx.plan(), cx.text()) {
        let message = format!("the plan is unfilled: its title is still {title}, and nobody wrote its summary");
        return vec![cx.finding(cx.top(), message).help(help)];
    }
    if is_written(cx.plan()) {
        return Vec::new();
    }
    let left = fields(&leftovers(cx.document(), cx.plan()));
    if left * 2 <= STOCK_PLACEHOLDERS.min(template_placeholders(cx).unwrap_or(STOCK_PLACEHOLDERS)) {
        return Vec::new();
    }
    let message = format!("the plan is unfilled: {left} of the template's placeholders stand");
    vec![cx.finding(cx.top(), message).help(help)]
}

/// Whether the summary and most fields of the Technical Context are the author's own: what else was left
/// behind are placeholders, one by one.
fn is_written(plan: &Plan) -> bool {
    let own = |text: &str| !text.trim().is_empty() && !text.trim_start_matches(['*', '`', ' ', '\n']).starts_with('[');
    let summarised = plan.summary.as_ref().is_some_and(|summary| own(&summary.text));
    let written = plan.technical_context.as_ref().is_some_and(|context| {
        let written = context.fields().filter(|(_, field)| field.is_some_and(|field| own(&field.text))).count();
        written * 2 > context.fields().count()
    });
    summarised && written
}

/// How many placeholders the repository's own template has, where it has enough to be one.
fn template_placeholders(cx: &GateContext<'_>) -> Option<usize> {
    const FEWEST: usize = 10;
    let document = cx.feature.document(DocumentKind::PlanTemplate)?;
    let Model::Plan(plan) = document.model() else { return None };
    Some(fields(&leftovers(document, plan))).filter(|count| *count >= FEWEST)
}

/// Placeholders of fields; rows and trees are left standing in plans that are otherwise complete.
fn fields(leftovers: &[Leftover]) -> usize {
    leftovers.iter().filter(|leftover| !leftover.row && !matches!(leftover.kind, Kind::Cell | Kind::Tree)).count()
}

/// Every placeholder of the template that stands in the plan, in order.
fn leftovers(document: &Document, plan: &Plan) -> Vec<Leftover> {
    let text = document.text.as_str();
    let candidates: Vec<(Span, Kind)> = brackets(text).filter_map(|span| Some((span, kind_of(text, span)?))).collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let markdown = document.markdown();
    let header = plan.sections.iter().find(|section| section.level > 1).map_or(u32::MAX, |section| section.span.start);
    let mut found: Vec<Leftover> = Vec::new();
    let mut tree_named = false;
    for (span, kind) in candidates {
        if is_undecided(plan, span) {
            continue;
        }
        match surroundings(&markdown, span) {
            Around::Nothing => {}
            Around::Tree if kind == Kind::Name && !tree_named => {
                tree_named = true;
                found.push(Leftover { kind, span, row: false });
            }
            Around::Tree => {
                if kind == Kind::Tree {
                    found.push(Leftover { kind, span, row: false });
                }
            }
            Around::Code if !is_whole_value(text, span, header) && (kind != Kind::Name || span.start >= header) => {}
            Around::Row { span: row, untouched } => match found.last() {
                Some(last) if last.span.encloses(span) => {}
                _ if untouched => found.push(Leftover { kind, span: row, row: true }),
                // A row that says something is examined as a justification.
                _ if in_complexity(plan, span) => {}
                _ => found.extend(is_placed(text, span, kind, header).then_some(Leftover { kind, span, row: false })),
            },
            Around::Code | Around::Prose => {
                found.extend(is_placed(text, span, kind, header).then_some(Leftover { kind, span, row: false }));
            }
        }
    }
    found
}

/// The innermost texts in square brackets, brackets included.
fn brackets(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut open = None;
    text.bytes().enumerate().filter_map(move |(at, byte)| match byte {
        b'[' => {
            open = Some(at);
            None
        }
        b']' => open.take().filter(|start| at - start <= LONGEST).map(|start| Span::new(start, at + 1)),
        _ => None,
    })
}

fn kind_of(text: &str, span: Span) -> Option<Kind> {
    let raw = span.text(text);
    let inner = raw.get(1..raw.len().saturating_sub(1))?.trim();
    let behind = text.get(span.range().end..)?;
    // A link, a reference, or the definition of one.
    if behind.starts_with(['(', '[']) || behind.starts_with(':') && !behind.starts_with(": ") {
        return None;
    }
    let whole = WHOLE.iter().find(|(known, _)| *known == inner);
    let found = whole.or_else(|| BEGINNINGS.iter().find(|(beginning, _)| begins_with(inner, beginning)))?;
    Some(found.1)
}

/// A placeholder may be broken over lines where it has a space.
fn begins_with(text: &str, beginning: &str) -> bool {
    let mut chars = text.chars();
    beginning.chars().all(|wanted| chars.next().is_some_and(|c| c == wanted || wanted == ' ' && c.is_whitespace()))
}

/// What a placeholder stands in.
enum Around {
    /// A comment, a link, code of another kind: no place of the plan.
    Nothing,
    /// A drawing or code in a fence.
    Tree,
    /// A code span.
    Code,
    /// A row of a table, and whether all of its cells are placeholders.
    Row { span: Span, untouched: bool },
    /// Anything else.
    Prose,
}

fn surroundings(markdown: &Markdown<'_>, span: Span) -> Around {
    let last_before = |spans: &[Span]| {
        let at = spans.partition_point(|outer| outer.start <= span.start);
        at.checked_sub(1).is_some_and(|last| spans[last].encloses(span))
    };
    let at = markdown.links.partition_point(|link| link.span.start <= span.start);
    let linked = at.checked_sub(1).is_some_and(|last| markdown.links[last].span.encloses(span));
    if last_before(&markdown.comments) || linked {
        return Around::Nothing;
    }
    let at = markdown.blocks.partition_point(|block| block.span.start <= span.start);
    let block = markdown.blocks[..at].iter().rev().take(64).find(|block| block.span.encloses(span));
    match block.map(|block| block.kind) {
        Some(BlockKind::Code { .. }) => Around::Tree,
        Some(BlockKind::Html) => Around::Nothing,
        Some(BlockKind::Table { index }) => {
            let rows = &markdown.tables[index].rows;
            let at = rows.partition_point(|row| row.span.start <= span.start);
            match at.checked_sub(1).map(|last| &rows[last]) {
                Some(row) => {
                    let filled = |cell: &&Span| !cell.is_empty();
                    let untouched = row.cells.len() > 1
                        && row.cells.iter().filter(filled).all(|cell| is_template_cell(markdown.raw(*cell)));
                    Around::Row { span: markdown.trimmed(row.span), untouched }
                }
                None => Around::Prose,
            }
        }
        _ if last_before(&markdown.codes) => Around::Code,
        _ => Around::Prose,
    }
}

/// A cell that is one placeholder and nothing else.
fn is_template_cell(cell: &str) -> bool {
    let whole = cell.starts_with('[') && cell.find(']') == Some(cell.len() - 1);
    whole && kind_of(cell, Span::new(0, cell.len())).is_some()
}

fn in_complexity(plan: &Plan, span: Span) -> bool {
    plan.complexity_tracking.as_ref().is_some_and(|section| section.span.encloses(span))
}

/// A placeholder inside of a principle that nobody decided is that principle's finding.
fn is_undecided(plan: &Plan, span: Span) -> bool {
    plan.constitution_checks
        .iter()
        .filter(|check| check.span.encloses(span))
        .flat_map(|check| &check.principles)
        .any(|principle| principle.status == Some(Status::Undecided) && principle.span.encloses(span))
}

/// Whether a code span is just the placeholder, in the lines under the title or behind a label:
/// "**Branch**: `[###-feature-name]`".
fn is_whole_value(text: &str, span: Span, header: u32) -> bool {
    let range = span.range();
    let line = super::line_around(text, range.start);
    let before = &text[line.start..range.start];
    let whole = before.ends_with('`') && text[range.end..].starts_with('`');
    let labelled = before.trim_end_matches(['`', '*', ' ']).ends_with([':', '：', '|']);
    whole && labelled && (span.start < header || !before.contains('['))
}

/// Whether the placeholder stands where the template has one: in the lines under the title, or as a
/// value, an item, a cell or a paragraph of its own. English puts "[e.g., …]" into sentences too.
fn is_placed(text: &str, span: Span, kind: Kind, header: u32) -> bool {
    if span.start < header || kind == Kind::Name {
        return true;
    }
    let range = span.range();
    let line = super::line_around(text, range.start);
    let before = text[line.start..range.start].trim_end_matches([' ', '\t', '*', '_', '`', '"']);
    let labelled = before.ends_with([':', '：', '|', '—', '–', '=']);
    match kind {
        Kind::Title | Kind::Date | Kind::Link => {
            let behind = text.get(range.end..line.end).unwrap_or_default();
            labelled && behind.trim_matches([' ', '*', '_', '`', '|', '.']).is_empty()
        }
        _ => {
            let item = before.trim_start_matches([' ', '\t', '>']);
            labelled || item.trim_end_matches(['-', '+', '.', ')', ' ']).bytes().all(|byte| byte.is_ascii_digit())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::{findings, fixed, places, voting};
    use super::*;

    #[test]
    fn placeholders_and_other_brackets() {
        for (line, expected) in [
            ("**Testing**: [e.g., pytest]", Some("[e.g., pytest]")),
            ("- Testing: [e.g., pytest] and more", Some("[e.g., pytest]")),
            ("[Gates determined based on constitution file]", Some("[Gates determined based on constitution file]")),
            ("**Structure Decision**: [Document the\nstructure]", Some("[Document the structure]")),
            ("1. [domain-specific, e.g., 60 fps]", Some("[domain-specific, e.g., 60 fps]")),
            ("**Testing**: [例如：pytest 或 NEEDS CLARIFICATION]", Some("[例如：pytest 或 NEEDS CLARIFICATION]")),
            ("**Last updated**: [DATE]", Some("[DATE]")),
            ("Admins [e.g., the owner] see it.", None),
            ("The column is a `[DATE]` in SQL.", None),
            ("- **Branch**: `[###-feature-name]`", Some("[###-feature-name]")),
            ("We map [DATE] to a string.", None),
            ("See [link](./spec.md) and [link][1].", None),
            ("- [ ] open\n- [x] done\n- [P] [US1] task", None),
            ("`specs/[###-feature-name]/` is how folders are called.", None),
            ("app/[slug]/[id] and migrations/[timestamp]_name and array[index]", None),
            ("<!-- [e.g., pytest] -->", None),
            ("[something else that is in brackets]", None),
        ] {
            let plan = format!("# Implementation Plan: A\n\n## Technical Context\n\n{line}\n");
            let found = places("PLN002", &voting(&plan).build());
            assert_eq!(found, Vec::from_iter(expected.map(str::to_owned)), "{line}");
        }
    }

    #[test]
    fn known_values_are_filled_in() {
        let plan = "# Implementation Plan: A\n\n**Branch**: `[###-feature-name]` | **Date**: [DATE] | **Spec**: [link]\n\
                    **Input**: Feature specification from `/specs/[###-feature-name]/spec.md`\n\n## Project Structure\n\n\
                    ```text\nspecs/[###-feature]/\n├── plan.md\n```\n\n```text\nsrc/\nspecs/[###-feature]/\n```\n";
        let feature = voting(plan).spec("# Feature Specification: A\n").build();
        assert_eq!(places("PLN002", &feature).len(), 5);
        let fixed = fixed("PLN002", &feature);
        assert!(
            fixed.contains("**Branch**: `001-voting` | **Date**: [DATE] | **Spec**: [spec.md](./spec.md)\n"),
            "{fixed}"
        );
        assert!(fixed.contains("from `/specs/001-voting/spec.md`"), "{fixed}");
        assert!(fixed.contains("```text\nspecs/001-voting/\n├── plan.md"), "{fixed}");
    }

    #[test]
    fn untouched_rows_are_warnings_that_can_be_removed() {
        let plan = "# Implementation Plan: A\n\n## Complexity Tracking\n\n| Violation | Why Needed | Simpler Alternative |\n|---|---|---|\n\
                    | [e.g., 4th project] | [current need] | [why 3 projects insufficient] |\n\
                    | Redis | [current need] | [specific problem] |\n";
        let feature = voting(plan).build();
        let found = findings("PLN002", &feature);
        assert_eq!(found.iter().map(|finding| finding.severity).collect::<Vec<_>>(), [Severity::Warning]);
        assert!(
            fixed("PLN002", &feature).ends_with("|---|---|---|\n| Redis | [current need] | [specific problem] |\n")
        );
    }

    #[test]
    fn a_forgotten_title_is_one_placeholder() {
        let header =
            "# Implementation Plan: [FEATURE]\n\n**Branch**: `[###-feature-name]` | **Date**: [DATE]\n\n## Summary\n\n";
        let unfilled = format!("{header}[Extract from feature spec: primary requirement]\n");
        assert_eq!(places("PLN008", &voting(&unfilled).build()), ["# Implementation Plan: [FEATURE]"]);
        let written = format!("{header}Rooms vote.\n\n## Technical Context\n\n**Storage**: memory\n");
        assert_eq!(places("PLN008", &voting(&written).build()), [""; 0]);
        assert_eq!(places("PLN002", &voting(&written).build()), ["[FEATURE]", "[###-feature-name]", "[DATE]"]);
        let fields = ["Language/Version", "Storage", "Testing", "Project Type", "Constraints"];
        let fields: String = fields.iter().map(|field| format!("**{field}**: none\n")).collect();
        let gates = "- Libraries: [name + purpose for each]\n".repeat(9);
        let written = written.replace("**Storage**: memory\n", &format!("{fields}\n## Constitution Check\n\n{gates}"));
        assert_eq!(places("PLN008", &voting(&written).build()), [""; 0]);
    }

    #[test]
    fn a_plan_that_is_still_the_template() {
        let fields = "**Testing**: [e.g., pytest]\n".repeat(9);
        let plan = format!("# Implementation Plan: A\n\n**Date**: [DATE]\n\n## Technical Context\n\n{fields}");
        assert_eq!(places("PLN008", &voting(&plan).build()), ["# Implementation Plan: A"]);
        let plan = plan.replacen("[e.g., pytest]", "Vitest", 1);
        assert_eq!(places("PLN008", &voting(&plan).build()), [""; 0]);
    }
}
