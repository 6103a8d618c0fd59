//! Project Structure held against the repository, and the documents that a phase demands.

mod artifacts;
mod directories;
mod marks;
mod versions;

use super::{GateContext, GateRule, gate_rule};
use crate::diagnostic::{Finding, Place};
use crate::feature::DocumentKind;
use crate::markdown::BlockKind;
use crate::matching::contains_any;
use crate::parse::aliases::Term;
use crate::plan::{Plan, Text};
use crate::source::Span;

pub(super) const RULES: &[&GateRule] =
    &[&UNREAL_DIRECTORY, &MISSING_DECISION, &MISSING_ARTIFACT, &FOREIGN_FEATURE, &VERSION_DRIFT, &TASKS_BEFORE_PLAN];

gate_rule! {
    /// ## What it finds
    /// A directory of the source tree or of the Structure Decision that is not in the repository, and that
    /// nobody is going to make: the plan doesn't mark it as new (`# NEW`, `新增`, `NUEVO`, …), and no task
    /// creates it. A path counts as real when it ends another path of the repository, or stands there
    /// without the tree's root. Before there are tasks, only a directory counts that the plan calls
    /// existing, or in which it calls something existing.
    ///
    /// ## Why it matters
    /// Tasks are written against these paths. A directory that isn't there sends them into a second tree
    /// beside the real one.
    ///
    /// ## Example
    /// ````md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ```text
    /// server/
    /// ├── polls/
    /// └── middleware/   # existing
    /// ```
    ///
    /// **Structure Decision**: Everything lives in `server/`.
    /// ````
    /// ```text,repository
    /// server/polls/poll.ts
    /// server/http/limits.ts
    /// ```
    ///
    /// A directory that is still to be made says so:
    ///
    /// ````md
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ```text
    /// server/
    /// ├── polls/
    /// └── middleware/   # NEW
    /// ```
    ///
    /// **Structure Decision**: Everything lives in `server/`.
    /// ````
    /// ```text,repository
    /// server/polls/poll.ts
    /// server/http/limits.ts
    /// ```
    UNREAL_DIRECTORY = "PLN201" "unreal-directory", Warning, needs: [Repository];
    directories::unreal
}

gate_rule! {
    /// ## What it finds
    /// A Project Structure without a Structure Decision, or with the template's sentence in its place. The
    /// template's text in square brackets is PLN002. A sentence beside the tree that the structure stays as
    /// it is ("the existing structure", "no new projects") decides it.
    ///
    /// ## Why it matters
    /// A tree shows directories; the decision says why these, and where new code goes.
    ///
    /// ## Example
    /// ````md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ```text
    /// server/
    /// └── polls/
    /// ```
    /// ````
    ///
    /// ````md
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ```text
    /// server/
    /// └── polls/
    /// ```
    ///
    /// **Structure Decision**: One server; a poll and its routes stand in one folder.
    /// ````
    MISSING_DECISION = "PLN202" "missing-decision", Warning;
    missing_decision
}

gate_rule! {
    /// ## What it finds
    /// A document that the phase demands and that doesn't exist: after design, research.md, data-model.md,
    /// quickstart.md and contracts/, as far as the plan's own documentation tree lists them; with
    /// `--phase tasks`, tasks.md. A comment such as "N/A", "optional", "not needed" in the tree, or a
    /// sentence of the plan that says so, excuses a document.
    ///
    /// ## Why it matters
    /// What comes later stands on it: tasks that implement a contract which nobody wrote invent one.
    ///
    /// ## Example
    /// ````md,finds,complete
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ### Documentation (this feature)
    ///
    /// ```text
    /// specs/001-example/
    /// ├── plan.md
    /// ├── research.md
    /// └── data-model.md
    /// ```
    /// ````
    /// ```md,file=data-model.md
    /// # Data Model
    /// ```
    ///
    /// ````md,complete
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ### Documentation (this feature)
    ///
    /// ```text
    /// specs/001-example/
    /// ├── plan.md
    /// ├── research.md    # not needed: no open question
    /// └── data-model.md
    /// ```
    /// ````
    /// ```md,file=data-model.md
    /// # Data Model
    /// ```
    MISSING_ARTIFACT = "PLN203" "missing-artifact", Error, needs: [Tasks, Research, DataModel, Quickstart, Contracts];
    artifacts::missing
}

gate_rule! {
    /// ## What it finds
    /// A documentation tree whose root is another feature's folder.
    ///
    /// ## Why it matters
    /// The plan was copied, or its feature renamed: commands and people that follow the tree write into the
    /// wrong folder.
    ///
    /// ## Example
    /// ````md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ### Documentation (this feature)
    ///
    /// ```text
    /// specs/002-user-auth/
    /// ├── plan.md
    /// └── research.md
    /// ```
    /// ````
    ///
    /// ````md
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ### Documentation (this feature)
    ///
    /// ```text
    /// specs/001-example/
    /// ├── plan.md
    /// └── research.md
    /// ```
    /// ````
    FOREIGN_FEATURE = "PLN204" "foreign-feature", Error, fixable;
    artifacts::foreign
}

gate_rule! {
    /// ## What it finds
    /// A *Language/Version* that contradicts the manifest: another version of Go, Rust, Python, Node, Java,
    /// .NET or TypeScript than go.mod, Cargo.toml, pyproject.toml, package.json or the project file asks for.
    /// A lower bound such as "1.21+" only where the manifest demands more. Only the parts that both state
    /// are compared, and no more than they mean: TypeScript 5.3 is TypeScript 5.9.
    ///
    /// ## Why it matters
    /// Code that is written for the version in the plan may not build with the one in the repository.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Technical Context
    ///
    /// **Language/Version**: Go 1.22
    /// ```
    /// ```json,repository
    /// { "paths": ["go.mod"],
    ///   "manifests": [ { "path": "go.mod", "language": "go", "language_version": { "name": "go", "version": "1.24.0", "span": { "start": 0, "end": 9 } } } ] }
    /// ```
    ///
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// ## Technical Context
    ///
    /// **Language/Version**: Go 1.24
    /// ```
    /// ```json,repository
    /// { "paths": ["go.mod"],
    ///   "manifests": [ { "path": "go.mod", "language": "go", "language_version": { "name": "go", "version": "1.24.3", "span": { "start": 0, "end": 9 } } } ] }
    /// ```
    VERSION_DRIFT = "PLN205" "version-drift", Info, needs: [Repository];
    versions::drift
}

gate_rule! {
    /// ## What it finds
    /// A tasks.md beside a plan.md that is still the untouched template.
    ///
    /// ## Why it matters
    /// Tasks are derived from the plan. Where there is none, nothing was decided and no gate was held.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: [FEATURE]
    ///
    /// **Branch**: `[###-feature-name]` | **Date**: [DATE] | **Spec**: [link]
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 Write the poll's model in src/poll.ts
    /// ```
    ///
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `001-example` | **Date**: 2026-03-04 | **Spec**: [spec.md](spec.md)
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 Write the poll's model in src/poll.ts
    /// ```
    TASKS_BEFORE_PLAN = "PLN206" "tasks-before-plan", Error, needs: [Tasks];
    tasks_before_plan
}

fn missing_decision(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(structure) = &cx.plan().project_structure else { return Vec::new() };
    // Prose alone is a decision, and a "Target Package Layout" does not promise one.
    let drawn = !structure.source.is_empty() || structure.documentation.is_some() || structure.decision.is_some();
    if !drawn || is_layout(cx, structure.span) {
        return Vec::new();
    }
    let finding = |span, message: &str| {
        let help = "say in a sentence which of the structures it is, and why: **Structure Decision**: …";
        vec![cx.finding(span, message).help(help)]
    };
    match &structure.decision {
        None if is_decided_elsewhere(cx) || changes_nothing(cx, structure.span) => Vec::new(),
        None => finding(heading_of(cx, structure.span), "the Project Structure has no Structure Decision"),
        Some(Text { text, span }) if text.trim().is_empty() => finding(*span, "the Structure Decision is empty"),
        Some(decision) if is_template_sentence(&decision.text) => {
            finding(decision.span, "the Structure Decision is the template's sentence")
        }
        Some(_) => Vec::new(),
    }
}

/// Whether a section only draws a layout: it is neither the template's section nor named after it.
fn is_layout(cx: &GateContext<'_>, span: Span) -> bool {
    let title = cx.plan().sections.iter().find(|section| section.span == span && !span.is_empty());
    title.is_some_and(|section| section.title.to_lowercase().contains("layout"))
}

/// Whether the decision stands outside of the section, under a heading or a label of its own.
fn is_decided_elsewhere(cx: &GateContext<'_>) -> bool {
    let is_decision = |name: &str| cx.feature.aliases().term(name) == Some(Term::StructureDecision);
    let label = |line: &str| {
        let bold = line.trim_start_matches(['-', '*', ' ', '>']);
        line.contains("**") && bold.split(['*', ':', '：']).next().is_some_and(is_decision)
    };
    let sections = &cx.plan().sections;
    sections.iter().any(|section| is_decision(&section.title))
        || cx.text().lines().any(|line| label(line) || sets_decision(line))
}

/// "→ Set Structure Decision: Single project": a step of the old template that was filled in.
fn sets_decision(line: &str) -> bool {
    const LABEL: &str = "Structure Decision:";
    let value = line.find(LABEL).map(|at| line[at + LABEL.len()..].trim_matches(['*', '`', ' ']));
    value.is_some_and(|value| value.starts_with(|c: char| c.is_alphanumeric()) && !is_template_sentence(value))
}

/// Whether a sentence or a heading beside the tree says that the structure stays as it is.
fn changes_nothing(cx: &GateContext<'_>, section: Span) -> bool {
    const UNCHANGED: &[&str] = &[
        "existing structure", "existing layout", "existing project structure", "existing repository",
        "existing monorepo", "existing codebase", "existing package", "existing workspace", "structure unchanged",
        "structure is unchanged", "structure remains", "layout unchanged", "no new project", "no new director",
        "no new package", "no new module", "no new folder", "no structural change", "no structure change",
        "estructura existente", "sin cambios en la estructura", "estrutura existente", "structure existante",
        "bestehende struktur", "bestehenden struktur", "istniejąca struktura", "istniejącej struktur",
        "существующая структура", "существующей структур", "структура без изменений", "既存の構造", "既存構造",
        "既存の構成", "现有结构", "既有結構", "现有目录", "기존 구조",
    ];
    let markdown = cx.markdown();
    markdown.blocks_in(section).iter().filter(|block| !matches!(block.kind, BlockKind::Code { .. })).any(|block| {
        let text = markdown.raw(block.content).to_lowercase();
        contains_any(&text, UNCHANGED)
    })
}

/// The template's sentence without its square brackets; with them it is a placeholder.
fn is_template_sentence(text: &str) -> bool {
    text.get(..31).is_some_and(|start| start.eq_ignore_ascii_case("document the selected structure"))
}

/// The heading that opens a section's span.
fn heading_of(cx: &GateContext<'_>, section: Span) -> Span {
    let same = |span: Span| span.start == section.start;
    cx.plan().sections.iter().find(|known| same(known.span)).map_or(section, |known| known.heading)
}

fn tasks_before_plan(cx: &GateContext<'_>) -> Vec<Finding> {
    let Ok(tasks) = cx.feature.tasks() else { return Vec::new() };
    if !is_untouched(cx.plan(), cx.text()) {
        return Vec::new();
    }
    let first = tasks.iter().next().map_or_else(Span::default, |task| task.span);
    let how = if is_unchanged(cx) { "still the untouched template" } else { "mostly the template's text" };
    let finding = cx
        .finding(cx.top(), format!("there are tasks already, and the plan is {how}"))
        .help("fill in the plan first, and derive tasks.md from it")
        .related(Place::new(tasks.document.path.clone(), first), "the first task");
    vec![finding]
}

/// Texts of the plan template that a filled-in plan doesn't hold.
const PLACEHOLDERS: &[&str] = &[
    "[FEATURE]", "[###-feature-name]", "[DATE]", "[link]", "[Extract from feature spec", "[e.g., Python",
    "[e.g., FastAPI", "[if applicable", "[e.g., pytest", "[e.g., Linux", "[domain-specific, e.g., 1000",
    "[domain-specific, e.g., <200", "[domain-specific, e.g., 10k", "[Gates determined based on", "specs/[###-feature]",
    "[Document the selected structure",
];

/// Whether a plan is still the untouched template: more than half of the template's placeholders
/// stand, or nobody named the feature and nobody summarised it. A team's own template may bring a
/// Technical Context that is filled in.
pub(crate) fn is_untouched(plan: &Plan, text: &str) -> bool {
    let standing = PLACEHOLDERS.iter().filter(|placeholder| text.contains(**placeholder)).count();
    let unnamed = plan.title.as_ref().is_some_and(|title| is_placeholder(&title.text));
    let unsummarised = match &plan.summary {
        Some(summary) => is_placeholder(&summary.text),
        None => plan.technical_context.as_ref().is_none_or(|context| {
            context.fields().all(|(_, field)| field.is_none_or(|field| is_placeholder(&field.text)))
        }),
    };
    standing * 2 > PLACEHOLDERS.len() || unnamed && unsummarised
}

/// Whether nobody wrote a word: the plan is the repository's template, or has all of the stock one's placeholders.
fn is_unchanged(cx: &GateContext<'_>) -> bool {
    let template = cx.feature.document(DocumentKind::PlanTemplate).map(|document| document.text.trim());
    let all = PLACEHOLDERS.iter().all(|placeholder| cx.text().contains(placeholder));
    all || template.is_some_and(|template| !template.is_empty() && template == cx.text().trim())
}

/// Nothing, or the template's text in square brackets.
fn is_placeholder(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '`'));
    text.is_empty() || text.starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::super::document::found::{findings, voting};

    #[test]
    fn a_decision_is_known_wherever_it_stands() {
        let missing = |text: &str| {
            let plan = format!("# Implementation Plan: A\n\n## Project Structure\n\n```text\nserver/\n```\n\n{text}\n");
            findings("PLN202", &voting(&plan).build()).len()
        };
        for text in [
            "**Structure Decision**: One server.",
            "### Structure Decision\n\nOne server.",
            "## Structure Decision\n\nOne server.",
            "## Notes\n\n- **Structure Decision**: One server.",
            "**Structure Decision**: [Document the selected structure and reference the real directories]",
            "No new projects or major refactoring required.",
            "### Source Code (existing structure)",
            "Существующая структура без изменений:",
            "## Flow\n\n```text\n→ Set Structure Decision: Single project\n```",
        ] {
            assert_eq!(missing(text), 0, "{text}");
        }
        for text in ["No new dependencies.", "```text\n→ Set Structure Decision based on project type\n```"] {
            assert_eq!(missing(text), 1, "{text}");
        }
        let other = "# Implementation Plan: A\n\n## Target Package Layout\n\n```text\nserver/\n└── polls/\n```\n";
        assert_eq!(findings("PLN202", &voting(other).build()).len(), 0);
        for text in ["", "**Structure Decision**:", "**Structure Decision**: Document the selected structure here."] {
            assert_eq!(missing(text), 1, "{text}");
        }
    }

    #[test]
    fn a_plan_that_says_something_is_not_untouched() {
        let found =
            |plan: &str| findings("PLN206", &voting(plan).tasks("- [ ] T001 Write src/poll.ts\n").build()).len();
        assert_eq!(found("# Implementation Plan: [FEATURE]\n\n## Summary\n\n[Extract from feature spec]\n"), 1);
        assert_eq!(found("# Implementation Plan: [FEATURE]\n\n## Summary\n\nRooms vote.\n"), 0);
        assert_eq!(found("# Implementation Plan: Voting\n\n## Summary\n\n[Extract from feature spec]\n"), 0);
    }
}
