//! PLN001 and PLN007: sections that are not there, and sections that are there twice.

use std::collections::{BTreeSet, HashMap};

use super::summary::{self, labelled};
use crate::diagnostic::{Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::markdown::{BlockKind, Markdown};
use crate::matching::Words;
use crate::parse::aliases::Term;
use crate::parse::{is_deviations_title, ordinal_values};
use crate::plan::{Section, Stage};
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// A plan without Technical Context, Constitution Check or Project Structure. A missing Summary is
    /// a warning, and so is a section that only tells deviations from the constitution, or headings that cite
    /// its articles, in the place of a check. Sections count under their translated names too, source trees
    /// under another heading count as the Project Structure, and an Objective or a Description before the
    /// Technical Context is the Summary, as are sentences between the title and the first section.
    ///
    /// ## Why it matters
    /// Each of these sections answers something that nothing else in the feature answers. Of a plan
    /// without a Constitution Check nobody can tell whether it was held against every principle.
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
            plan.summary.is_some() || has(Term::Summary) || summary::stands_otherwise(cx),
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
            if let Some((place, message)) = in_place_of_a_check(cx).filter(|_| name == "Constitution Check") {
                return cx.finding(place, message).at_most(Severity::Warning).help(help).subject(name);
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

/// What a plan without a check says of the constitution elsewhere: in a section about deviations, or in headings that
/// cite its articles.
fn in_place_of_a_check(cx: &GateContext<'_>) -> Option<(Span, String)> {
    let citing: Vec<(&Section, Vec<u32>)> = cx
        .plan()
        .sections
        .iter()
        .map(|section| (section, articles_cited(&section.title)))
        .filter(|(_, articles)| !articles.is_empty())
        .collect();
    let articles: BTreeSet<u32> = citing.iter().flat_map(|(_, articles)| articles).copied().collect();
    let cited = citing.first().filter(|_| articles.len() >= 2).map(|(first, _)| *first);
    let number = articles.len();
    Some(match (deviations(cx), cited) {
        (Some(section), None) => (
            section.heading,
            format!("\"{}\" tells deviations only: no check goes through the principles", section.title.trim()),
        ),
        (Some(section), Some(_)) => (
            section.heading,
            format!(
                "\"{}\" tells deviations, and headings cite {number} articles of the constitution: no check goes through all of them",
                section.title.trim()
            ),
        ),
        (None, Some(first)) => (
            first.heading,
            format!(
                "the plan has no Constitution Check, only headings that cite {number} articles of the constitution"
            ),
        ),
        (None, None) => return None,
    })
}

/// The articles that a heading cites: III and VI in "Shared schemas (Constitution III/VI)".
fn articles_cited(title: &str) -> Vec<u32> {
    #[rustfmt::skip]
    const CONSTITUTION: &[&str] = &[
        "constitution", "const.", "constitución", "constituição", "verfassung", "konstytucja", "konstytucji", "конституция",
        "конституции", "憲法", "憲章", "宪法", "宪章", "헌법",
    ];
    const ARTICLE: &[&str] =
        &["articles", "article", "artikel", "artículo", "artigo", "art.", "principles", "principle", "第", "§"];
    let lower = title.to_lowercase();
    let Some((at, word)) = CONSTITUTION.iter().find_map(|word| Some((lower.find(word)?, word))) else {
        return Vec::new();
    };
    let rest = lower[at + word.len()..].trim_start();
    let rest = ARTICLE.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit() && !"ivx ,/&-–".contains(c)).unwrap_or(rest.len());
    let whole = !rest[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    if whole { ordinal_values(&rest[..end].trim().to_uppercase().replace('-', "–")) } else { Vec::new() }
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
    use super::articles_cited;
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
        assert!(has("- **Project Structure**: modular, with app/, lib/ and types/", "no Project Structure"));
        assert!(!has("- **Project Structure**: modular", "no Project Structure"));
        let deviations = told("## Abweichungen von der Constitution\n\nKeine.");
        assert!(
            deviations.contains(&(
                "\"Abweichungen von der Constitution\" tells deviations only: no check goes through the principles"
                    .to_owned(),
                Severity::Warning
            ))
        );
    }

    #[test]
    fn headings_that_cite_articles_stand_in_the_place_of_a_check() {
        for (title, expected) in [
            ("Kosten (Constitution IV)", vec![4]),
            ("Gemeinsame Basis (Const. III/VI)", vec![3, 6]),
            ("Pruebas (Constitución, artículo 2)", vec![]),
            ("Pruebas (Constitución artículo 2)", vec![2]),
            ("Constitution version 2", vec![]),
            ("Constitution visible", vec![]),
            ("Kosten IV", vec![]),
        ] {
            assert_eq!(articles_cited(title), expected, "{title}");
        }
        let told = |text: &str| {
            let found = findings("PLN001", &voting(&format!("# Plan: A\n\n{text}\n")).build());
            let found = found.into_iter().filter(|finding| finding.message.contains("onstitution"));
            found.map(|finding| (finding.message, finding.severity)).next()
        };
        assert_eq!(
            told("## Costes (Constitution IV)\n\na\n\n## Pruebas (Constitution X)\n\nb"),
            Some((
                "the plan has no Constitution Check, only headings that cite 2 articles of the constitution".to_owned(),
                Severity::Warning
            ))
        );
        assert_eq!(
            told("## Costes (Constitution IV)\n\na"),
            Some(("the plan has no Constitution Check".to_owned(), Severity::Error))
        );
        assert_eq!(
            told("## A (Constitution I)\n\na\n\n## B (Constitution II)\n\nb\n\n## Abweichungen von der Constitution\n\nKeine.").map(|(message, _)| message),
            Some("\"Abweichungen von der Constitution\" tells deviations, and headings cite 2 articles of the constitution: no check goes through all of them".to_owned())
        );
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
