//! PLN001 and PLN007: sections that are not there, and sections that are there twice.

use crate::diagnostic::{Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::markdown::{BlockKind, Markdown};
use crate::parse::aliases::Term;
use crate::plan::{Section, Stage};

gate_rule! {
    /// ## What it finds
    /// A plan without Technical Context, Constitution Check or Project Structure. A missing Summary is
    /// a warning. Sections count under their translated names too, and source trees under another
    /// heading count as the Project Structure.
    ///
    /// ## Why it matters
    /// Each of these sections answers something that nothing else in the feature answers. A plan
    /// without a Constitution Check was never held against the constitution at all.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Summary
    ///
    /// Polls in memory.
    ///
    /// ## Technical Context
    ///
    /// **Language/Version**: TypeScript 5.4
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// ## Summary
    ///
    /// Polls in memory.
    ///
    /// ## Technical Context
    ///
    /// **Language/Version**: TypeScript 5.4
    ///
    /// ## Constitution Check
    ///
    /// | Principle | Status |
    /// |-----------|--------|
    /// | I. Simplicity | PASS |
    ///
    /// ## Project Structure
    ///
    /// The one package that there is: `src/`.
    /// ```
    MISSING_SECTION = "PLN001" "missing-section", Error;
    missing_section
}

gate_rule! {
    /// ## What it finds
    /// A section of the template that stands twice in one plan: two plans in one file, or a copy of
    /// the template below the filled-in part. A re-check of the constitution is no repetition.
    ///
    /// ## Why it matters
    /// Readers and tools read one of the two, and nobody knows which one holds.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Technical Context
    ///
    /// **Storage**: in memory
    ///
    /// ## Technical Context
    ///
    /// **Storage**: PostgreSQL
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// ## Constitution Check
    ///
    /// - I. Simplicity: PASS
    ///
    /// ## Constitution Check (Post-Design)
    ///
    /// - I. Simplicity: PASS
    /// ```
    REPEATED_SECTION = "PLN007" "repeated-section", Warning;
    repeated_section
}

fn missing_section(cx: &GateContext<'_>) -> Vec<Finding> {
    let plan = cx.plan();
    // Some plans write their sections as headings of the first level, below the title.
    let has = |term| {
        let below = plan.sections.iter().skip(1);
        below
            .chain(plan.sections.first().filter(|first| first.level > 1))
            .any(|section| term_of(cx, section) == Some(term))
    };
    let sections = [
        (
            "Summary",
            plan.summary.is_some() || has(Term::Summary),
            "say in a few sentences what is built and how, under `## Summary`",
        ),
        (
            "Technical Context",
            plan.technical_context.is_some() || has(Term::TechnicalContext),
            "add `## Technical Context` with the language, the dependencies, the storage and the other fields of the template",
        ),
        (
            "Constitution Check",
            !plan.constitution_checks.is_empty(),
            "add `## Constitution Check` and assess every principle of the constitution in it",
        ),
        (
            "Project Structure",
            plan.project_structure.is_some()
                || has(Term::ProjectStructure)
                || has(Term::SourceCode)
                || draws_a_tree(cx.text()),
            "add `## Project Structure` with the directories that the feature touches, and the Structure Decision",
        ),
    ];
    let missing = sections.into_iter().filter(|(_, present, _)| !present);
    missing
        .map(|(name, _, help)| {
            let finding = cx.finding(cx.top(), format!("the plan has no {name}")).help(help).subject(name);
            if name == "Summary" { finding.at_most(Severity::Warning) } else { finding }
        })
        .collect()
}

fn term_of(cx: &GateContext<'_>, section: &Section) -> Option<Term> {
    cx.feature.aliases().term(&section.title)
}

/// Whether a directory tree stands in a fence, under whatever heading.
fn draws_a_tree(text: &str) -> bool {
    let markdown = Markdown::parse(text);
    markdown.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code { .. })).any(|block| {
        let paths: Vec<&str> = markdown.raw(block.content).lines().filter_map(path_of_line).collect();
        paths.len() >= 3 && paths.iter().any(|path| path.ends_with('/'))
    })
}

/// The folder or file that a line of a drawing names.
fn path_of_line(line: &str) -> Option<&str> {
    const BRANCHES: &[char] = &['│', '├', '└', '─', '┃', '┣', '┗', '━', '|', '`', '+', '-', ' ', '\t', '\u{a0}'];
    let name = line.trim_start_matches(BRANCHES).split_whitespace().next()?;
    let ending = name.rsplit_once('.').map_or("", |(stem, ending)| if stem.is_empty() { "" } else { ending });
    let file = (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let plain = !name.contains(['(', ')', '{', '}', ';', '=', '"', '\'', ',', ':', '<', '>', '$', '*']);
    (plain && (name.len() > 1 && name.ends_with('/') || file)).then_some(name)
}

fn repeated_section(cx: &GateContext<'_>) -> Vec<Finding> {
    let sections = &cx.plan().sections;
    let known: Vec<(&Section, String)> = sections
        .iter()
        .filter(|section| is_known(cx, section))
        .map(|section| (section, section.title.trim().to_lowercase()))
        .collect();
    // Sub-headings with common names ("Summary" of each phase) are not the plan's own sections.
    let Some(level) = known.iter().map(|(section, _)| section.level).min() else { return Vec::new() };
    let own: Vec<_> = known.into_iter().filter(|(section, _)| section.level == level).collect();
    let mut findings = Vec::new();
    for (at, (section, title)) in own.iter().enumerate() {
        let Some((first, _)) = own[..at].iter().find(|(_, known)| known == title) else { continue };
        findings.push(
            cx.finding(section.heading, format!("the section \"{}\" stands here again", section.title.trim()))
                .related(cx.place(first.heading), "the first one")
                .help(
                    "keep the one that holds, and remove the other; name a re-check \"Post-Design Constitution Check\"",
                )
                .subject(section.title.trim()),
        );
    }
    findings
}

/// Whether a heading is one of the template's sections, and no re-check.
fn is_known(cx: &GateContext<'_>, section: &Section) -> bool {
    let checks = &cx.plan().constitution_checks;
    let is_check =
        checks.iter().any(|check| check.span.start == section.span.start && check.stage != Stage::AfterDesign);
    let term = (section.level > 1).then(|| term_of(cx, section)).flatten();
    is_check
        || matches!(
            term,
            Some(Term::Summary | Term::TechnicalContext | Term::ProjectStructure | Term::ComplexityTracking)
        )
}

#[cfg(test)]
mod tests {
    use super::super::found::{findings, places, voting};
    use crate::diagnostic::Severity;

    #[test]
    fn every_missing_section_is_named() {
        let found =
            findings("PLN001", &voting("# Plano: Votação\n\n## Contexto Técnico\n\n**Testes**: Vitest\n").build());
        let told: Vec<_> = found.iter().map(|finding| (finding.message.as_str(), finding.severity)).collect();
        assert_eq!(
            told,
            [
                ("the plan has no Constitution Check", Severity::Error),
                ("the plan has no Project Structure", Severity::Error),
                ("the plan has no Summary", Severity::Warning),
            ]
        );
    }

    #[test]
    fn a_tree_under_another_heading_is_the_structure() {
        let structure = |text: &str| {
            let plan = format!("# Implementation Plan: A\n\n{text}\n");
            let found = findings("PLN001", &voting(&plan).build());
            !found.iter().any(|finding| finding.message.ends_with("Project Structure"))
        };
        assert!(structure("## What changes where\n\n```text\nsrc/\n├── rooms.ts\n└── polls.ts  # new\n```"));
        assert!(structure("## Target Package Layout\n\nOne package."));
        assert!(structure("# 3. Repository Structure (Target)\n\nOne package."));
        assert!(!structure("## Components\n\n```text\nApp\n├── Header\n└── Room\n```"));
        assert!(!structure("## Data\n\n```ts\nroom.open();\npoll.close();\nimport { a } from './a.ts'\n```"));
    }

    #[test]
    fn a_second_plan_in_the_file_repeats_its_sections() {
        let plan = "# Implementation Plan: A\n\n## Summary\n\na\n\n## Constitution Check\n\n- I. First: PASS\n\n\
                    # Implementation Plan: B\n\n## Summary\n\nb\n\n## Constitution Check\n\n- I. First: PASS\n\n### Summary\n\nc\n";
        assert_eq!(places("PLN007", &voting(plan).build()), ["## Summary", "## Constitution Check"]);
    }

    #[test]
    fn sections_of_other_names_are_no_repetition() {
        let plan = "# Implementation Plan: A\n\n## Summary\n\na\n\n## Overview\n\nb\n\n## Project Structure (backend)\n\nc\n\n\
                    ## Project Structure (frontend)\n\nd\n\n## Phase 1\n\n### Summary\n\ne\n\n## Phase 2\n\n### Summary\n\nf\n";
        assert_eq!(places("PLN007", &voting(plan).build()), [""; 0]);
    }
}
