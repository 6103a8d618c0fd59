//! Reads plan.md: finds the sections by their names, and hands each to its own reader.

pub(crate) mod complexity_tracking;
pub(crate) mod constitution_check;
mod item;
mod literal;
mod metadata;
mod project_structure;
mod technical_context;

pub(crate) use item::items_of;
pub(crate) use project_structure::{root as tree_root, tree_of};

use crate::markdown::{BlockKind, Markdown};
use crate::matching::contains_any;
use crate::parse::aliases::{Aliases, Term};
use crate::plan::{Plan, Problem, Section, Text};
use crate::source::Span;

/// The most checks that are read of one plan.
const MOST_CHECKS: usize = 100;

/// The most principles that are read of one plan, all checks together.
const MOST_PRINCIPLES: usize = 500;

/// The most rows of Complexity Tracking that are read.
const MOST_ROWS: usize = 200;

/// Reads the text of a plan.md. Never fails: what can't be read as it was meant becomes one of the
/// plan's problems.
///
/// ```
/// let plan = plangate_core::parse::plan("# Implementation Plan: Voting\n\n**Branch**: `001-voting`\n");
/// assert_eq!(plan.metadata.branch.unwrap().text, "001-voting");
/// ```
#[must_use]
pub fn plan(text: &str) -> Plan {
    plan_with(text, Aliases::built_in())
}

/// Reads the text of a plan.md whose headings and keys go by these names.
#[must_use]
pub fn plan_with(text: &str, aliases: &Aliases) -> Plan {
    read_plan(&Markdown::parse(text), aliases)
}

/// Reads a plan.md.
pub(crate) fn read_plan(markdown: &Markdown<'_>, aliases: &Aliases) -> Plan {
    let sections = markdown.sections();
    if literal::is_literal(markdown) {
        let mut plan = literal::read(markdown, &sections);
        plan.problems.clone_from(&markdown.problems);
        plan.sections = sections;
        bound(&mut plan);
        return plan;
    }
    let outline = Outline::of(&sections, aliases);
    let find = |term| outline.find(term);
    let mut plan = Plan {
        title: title(markdown, &sections),
        metadata: metadata::read(markdown, aliases, &sections),
        summary: find(Term::Summary).and_then(|section| prose(markdown, section)),
        technical_context: find(Term::TechnicalContext)
            .map(|section| technical_context::read(markdown, aliases, section)),
        constitution_checks: constitution_check::read(markdown, aliases, &sections),
        project_structure: project_structure::read(markdown, aliases, &outline),
        complexity_tracking: find(Term::ComplexityTracking).map(|section| complexity_tracking::read(markdown, section)),
        ..Plan::default()
    };
    plan.problems.clone_from(&markdown.problems);
    plan.sections = sections;
    bound(&mut plan);
    plan
}

/// Leaves out the checks, the principles and the justifications beyond what any plan comes near to: each is compared
/// with all the others.
fn bound(plan: &mut Plan) {
    if let Some(check) = plan.constitution_checks.get(MOST_CHECKS) {
        let message = format!("the plan has more than {MOST_CHECKS} checks");
        plan.problems.push(Problem::left_out(message, check.title.span));
        plan.constitution_checks.truncate(MOST_CHECKS);
    }
    let mut left = MOST_PRINCIPLES;
    let mut told = false;
    for check in &mut plan.constitution_checks {
        if let Some(principle) = check.principles.get(left).filter(|_| !told) {
            let message = format!("the plan assesses more than {MOST_PRINCIPLES} principles");
            plan.problems.push(Problem::left_out(message, principle.span));
            told = true;
        }
        check.principles.truncate(left);
        left -= check.principles.len();
    }
    if let Some(tracking) = &mut plan.complexity_tracking {
        if let Some(row) = tracking.rows.get(MOST_ROWS) {
            let message = format!("Complexity Tracking has more than {MOST_ROWS} rows");
            plan.problems.push(Problem::left_out(message, row.span));
        }
        tracking.rows.truncate(MOST_ROWS);
    }
}

/// The sections, and what their titles stand for.
struct Outline<'a> {
    sections: &'a [Section],
    terms: Vec<Option<Term>>,
}

impl<'a> Outline<'a> {
    fn of(sections: &'a [Section], aliases: &Aliases) -> Self {
        Self { sections, terms: sections.iter().map(|section| aliases.term(&section.title)).collect() }
    }

    /// The first section of this name behind the title, the highest level preferred.
    fn find(&self, term: Term) -> Option<&'a Section> {
        let behind_title = self.of_name(term).filter(|(at, section)| *at > 0 || section.level > 1);
        behind_title.map(|(_, section)| section).min_by_key(|section| section.level)
    }

    /// The first section of this name that lies in another.
    fn find_within(&self, section: &Section, term: Term) -> Option<&'a Section> {
        self.of_name(term).map(|(_, inner)| inner).find(|inner| section.span.encloses(inner.span))
    }

    fn of_name(&self, term: Term) -> impl Iterator<Item = (usize, &'a Section)> {
        let named = self.sections.iter().zip(&self.terms).enumerate();
        named.filter(move |(_, (_, of))| **of == Some(term)).map(|(at, (section, _))| (at, section))
    }
}

/// What stands below a section's heading.
fn body(section: &Section) -> Span {
    Span { start: section.heading.end, end: section.span.end }
}

fn title(markdown: &Markdown<'_>, sections: &[Section]) -> Option<Text> {
    let section = sections.first().filter(|section| section.level == 1)?;
    let block = markdown.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading { .. }))?;
    let whole = &section.title;
    let name = match whole.split_once([':', '：']) {
        Some((before, after)) if is_plan_title(before) && !after.trim().is_empty() => after.trim(),
        _ => whole
            .split_once(" - ")
            .or_else(|| whole.split_once(" — "))
            .filter(|(before, _)| is_plan_title(before))
            .map_or(whole.as_str(), |(_, after)| after.trim()),
    };
    (!name.is_empty()).then(|| Text::new(name, markdown.trimmed(block.content)))
}

/// "Implementation Plan" and its translations.
fn is_plan_title(text: &str) -> bool {
    let text = text.to_lowercase();
    contains_any(&text, &["plan", "計画", "计划", "計畫", "план", "계획"])
}

/// A section's paragraphs and lists as one text, sub-headings included, trees and tables not.
fn prose(markdown: &Markdown<'_>, section: &Section) -> Option<Text> {
    let body = body(section);
    let blocks = markdown.blocks_in(body).iter().filter(|block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) && !block.content.is_empty()
    });
    let mut out: Option<Text> = None;
    for block in blocks {
        let text = markdown.plain(block.content);
        if text.is_empty() {
            continue;
        }
        match &mut out {
            None => out = Some(Text::new(text, block.content)),
            Some(so_far) => {
                so_far.text.push(' ');
                so_far.text.push_str(&text);
                so_far.span = so_far.span.to(block.content);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_and_principles_beyond_all_measure_are_not_read() {
        let rows: String = (0..=MOST_PRINCIPLES).map(|at| format!("| I. Counting{at} | ✅ PASS | b |\n")).collect();
        let read =
            plan(&format!("# A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n{rows}"));
        assert_eq!(read.constitution_checks[0].principles.len(), MOST_PRINCIPLES);
        assert_eq!(read.problems.len(), 1, "{:?}", read.problems);
        assert!(read.problems[0].message.contains("more than 500 principles"), "{:?}", read.problems);

        let rows = "| a | b | c |\n".repeat(MOST_ROWS + 1);
        let header = "| Violation | Why Needed | Simpler Alternative |\n|---|---|---|\n";
        let read = plan(&format!("# A\n\n## Complexity Tracking\n\n{header}{rows}"));
        assert_eq!(read.complexity_tracking.map(|tracking| tracking.rows.len()), Some(MOST_ROWS));
        assert!(read.problems[0].message.contains("more than 200 rows"), "{:?}", read.problems);

        let read = plan(&"## Constitution Check\n\n### I. A ✅\n\n".repeat(MOST_CHECKS + 1));
        assert_eq!(read.constitution_checks.len(), MOST_CHECKS);
        assert!(read.problems[0].message.contains("more than 100 checks"), "{:?}", read.problems);
    }
}
