//! PLN001 and PLN007: sections that are not there, and sections that are there twice.

use std::collections::HashMap;

use crate::diagnostic::{Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::markdown::{BlockKind, Markdown};
use crate::matching::Words;
use crate::parse::aliases::Term;
use crate::parse::is_deviations_title;
use crate::plan::{Section, Stage};
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// A plan without Technical Context, Constitution Check or Project Structure. A missing Summary is
    /// a warning, and so is a section that only tells deviations from the constitution. Sections count under
    /// their translated names too, source trees under another heading count as the Project Structure, and an
    /// Objective or a Description before the Technical Context is the Summary, as are sentences between the
    /// title and the first section.
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
    /// the template below the filled-in part. A re-check of the constitution is no repetition, nor is a
    /// Summary that closes the plan with something else than the first one.
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
            plan.summary.is_some() || has(Term::Summary) || is_summarised_otherwise(cx) || begins_with_a_sentence(cx),
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
                || lists_directories(cx)
                || draws_a_tree(&cx.markdown()),
            "add `## Project Structure` with the directories that the feature touches, and the Structure Decision",
        ),
    ];
    let missing = sections.into_iter().filter(|(_, present, _)| !present);
    missing
        .map(|(name, _, help)| {
            if let Some(section) = deviations(cx).filter(|_| name == "Constitution Check") {
                let message = format!("\"{}\" tells deviations only: no principle is assessed", section.title.trim());
                return cx.finding(section.heading, message).at_most(Severity::Warning).help(help).subject(name);
            }
            let finding = cx.finding(cx.top(), format!("the plan has no {name}")).help(help).subject(name);
            if name == "Summary" { finding.at_most(Severity::Warning) } else { finding }
        })
        .collect()
}

/// A section about deviations from the constitution, in a plan without a check.
fn deviations<'a>(cx: &GateContext<'a>) -> Option<&'a Section> {
    cx.plan().sections.iter().find(|section| is_deviations_title(&section.title))
}

/// Whether a heading or a label before the Technical Context says what is built: "## Objective",
/// "- **Description**: …".
fn is_summarised_otherwise(cx: &GateContext<'_>) -> bool {
    const NAMES: &[&str] = &[
        "description", "feature description", "objective", "goal", "purpose", "descripción", "objetivo", "descrição",
        "ziel", "beschreibung", "objectif", "cel", "opis", "цель", "описание", "目的", "目标", "目標", "목표",
    ];
    let name = |title: &str| {
        let bare = title.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        NAMES.contains(&bare.as_str())
    };
    let context = cx.plan().technical_context.as_ref();
    let end = context.map_or(cx.text().len(), |context| context.span.start as usize);
    let before = cx.text().get(..end).unwrap_or_default();
    let sections =
        cx.plan().sections.iter().filter(|section| section.level <= 2 && section.heading.start < Span::at(end).start);
    sections.into_iter().any(|section| name(&section.title))
        || context.is_some()
            && before.lines().filter_map(labelled).any(|(label, value)| name(label) && value.len() > 20)
}

/// Whether a sentence stands between the title with its metadata and the first section, also as a quote.
fn begins_with_a_sentence(cx: &GateContext<'_>) -> bool {
    let [title, first, ..] = cx.plan().sections.as_slice() else { return false };
    let markdown = cx.markdown();
    let between = Span { start: title.heading.end, end: first.heading.start };
    let paragraphs = markdown.blocks_in(between).iter().filter(|block| block.kind == BlockKind::Paragraph);
    title.level == 1 && paragraphs.into_iter().any(|block| is_sentence(&prose_of(&markdown, block.content)))
}

/// A paragraph without the lines of metadata that open it, and what goes on from them.
fn prose_of(markdown: &Markdown<'_>, paragraph: Span) -> String {
    /// A line as long as this was broken because it was full.
    const FULL: usize = 60;
    let mut prose: Vec<String> = Vec::new();
    let mut of_label = false;
    for line in markdown.lines(paragraph) {
        let raw = markdown.raw(line);
        let labelled = prose.is_empty() && is_metadata(raw);
        of_label &= !raw.starts_with("**");
        if !labelled && !of_label {
            prose.push(markdown.plain(line));
        }
        of_label = (labelled || of_label) && raw.chars().count() >= FULL;
    }
    prose.join(" ")
}

/// "**Status**: done", "Status: done", "[spec.md](spec.md)".
fn is_metadata(line: &str) -> bool {
    let key = line.split_once([':', '：']).map(|(key, _)| key);
    labelled(line).is_some() || line.starts_with('[') || key.is_some_and(|key| key.split_whitespace().count() <= 3)
}

/// Whether a text is a sentence at least, and doesn't only tell which command wrote the plan.
fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let closed = text.trim_end_matches(['*', '_', '"', ')', '”', '」']).ends_with(['.', '!', '。', '！']);
    closed && (words >= 6 || wide >= 15) && !text.contains("/speckit") && !text.contains("/plan")
}

/// "**Project Structure**: app/, components/ and lib/" instead of a section.
fn lists_directories(cx: &GateContext<'_>) -> bool {
    cx.text().lines().filter_map(labelled).any(|(label, value)| {
        let term = cx.feature.aliases().term(label);
        let directory = |word: &&str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '.' | '_' | '-'));
            word.len() > 1 && word.trim_end_matches(['.', '`']).ends_with('/')
        };
        matches!(term, Some(Term::ProjectStructure | Term::SourceCode))
            && value.split_whitespace().filter(directory).count() >= 2
    })
}

/// The parts of "- **Label**: value".
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.trim_start_matches(['-', '*', '+', ' ', '>']).split_once("**")?;
    let inside = label.ends_with([':', '：']);
    let value = value.trim_start();
    let value = if inside { value } else { value.strip_prefix([':', '：'])? };
    Some((label.trim_end_matches([':', '：']), value.trim()))
}

fn term_of(cx: &GateContext<'_>, section: &Section) -> Option<Term> {
    cx.feature.aliases().term(&section.title)
}

/// Whether a directory tree stands in a fence, under whatever heading.
fn draws_a_tree(markdown: &Markdown<'_>) -> bool {
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
    let mut firsts: HashMap<&str, &Section> = HashMap::new();
    for (section, title) in &own {
        let first = *firsts.entry(title).or_insert(section);
        if first.span.start == section.span.start {
            continue;
        }
        if is_closing_report(cx, section, first) {
            continue;
        }
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

/// Whether the last section closes the plan with another Summary: what was decided and made, and neither
/// the first one again nor the template's text.
fn is_closing_report(cx: &GateContext<'_>, section: &Section, first: &Section) -> bool {
    if term_of(cx, section) != Some(Term::Summary) {
        return false;
    }
    let follows = |other: &Section| other.span.start > section.span.start && other.level <= section.level;
    if cx.plan().sections.iter().rev().any(follows) {
        return false;
    }
    let (said, before) = (section.span.text(cx.text()), first.span.text(cx.text()));
    let repeated = Words::of(said).similarity(&Words::of(before)) >= 0.6;
    !repeated && !said.contains("[Extract from")
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
    fn a_section_of_another_name_is_no_missing_one() {
        let told = |text: &str| {
            let plan = format!("# Implementation Plan: A\n\n{text}\n\n## Notes\n\nb\n");
            let found = findings("PLN001", &voting(&plan).build());
            found.into_iter().map(|finding| (finding.message, finding.severity)).collect::<Vec<_>>()
        };
        let has = |text: &str, name: &str| !told(text).iter().any(|(message, _)| message.ends_with(name));
        assert!(has("## 1. Objective\n\nRooms vote.", "no Summary"));
        assert!(has("- **Description**: Rooms vote on polls together.\n\n## Technical Context\n\nRust", "no Summary"));
        assert!(!has("## Technical Context\n\nRust\n\n## Objective\n\nRooms vote.", "no Summary"));
        assert!(!has("### Objectives\n\nRooms vote.", "no Summary"));
        assert!(has(
            "> **Spec**: spec.md\n> Rooms vote on polls, and every screen shows it.\n\n## Parts\n\nb",
            "no Summary"
        ));
        assert!(has(
            "**Status**: draft\n\nしつもんをルームで投票し、結果をすぐに表示する。\n\n## Parts\n\nb",
            "no Summary"
        ));
        assert!(has(
            &format!("**Status**: {}\n**Rooms vote on polls, and every screen shows it.**\n\n## Parts", "b".repeat(60)),
            "no Summary"
        ));
        assert!(!has("## Parts\n\nRooms vote on polls, and every screen shows it.", "no Summary"));
        let wrapped = "**Status**: a first version runs in the test environment of the team, and waits\nfor the review of the two people who know it.";
        assert!(!has(wrapped, "no Summary"));
        assert!(!has("Status: in review by all of the team.\n\nRooms vote.", "no Summary"));
        assert!(!has("This file was written by the command /speckit.plan of today.", "no Summary"));
        assert!(has("- **Project Structure**: modular, with app/, lib/ and types/", "no Project Structure"));
        assert!(!has("- **Project Structure**: modular", "no Project Structure"));
        let deviations = told("## Abweichungen von der Constitution\n\nKeine.");
        assert!(deviations.contains(&(
            "\"Abweichungen von der Constitution\" tells deviations only: no principle is assessed".to_owned(),
            Severity::Warning
        )));
    }

    #[test]
    fn a_closing_summary_that_says_something_else() {
        let repeated = |closing: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n## Summary\n\nRooms vote on polls and see the result at once.\n\n## Notes\n\nb\n\n## Summary\n\n{closing}\n"
            );
            places("PLN007", &voting(&plan).build()).len()
        };
        assert_eq!(repeated("**Artifacts**: research.md, data-model.md.\n\nNext: /speckit.tasks"), 0);
        assert_eq!(repeated("Rooms vote on polls, and see the result at once."), 1);
        assert_eq!(repeated("[Extract from feature spec: primary requirement]"), 1);
        assert_eq!(repeated("Artifacts: research.md\n\n## Notes on tests\n\nc"), 1);
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
