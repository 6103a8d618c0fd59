//! Writes plans of any size in any form.

use std::fmt::Write as _;

use plangate_core::template;

use crate::check;
use crate::feature;
use crate::form::Form;
use crate::prose::Prose;

/// Plans of fewer bytes have neither a summary nor a documentation tree.
const SHORT: usize = 4_000;

/// A plan of about `bytes` bytes. A small one assesses only the first principles; a large one has long
/// sections between its check and its structure.
///
/// ```
/// use plangate_benches::{Form, plan};
/// let small = plan(Form::Table, 1_000);
/// assert!((800..1_400).contains(&small.len()));
/// assert_eq!(small, plan(Form::Table, 1_000));
/// ```
#[must_use]
pub fn plan(form: Form, bytes: usize) -> String {
    plan_of(0, form, bytes)
}

/// The plan of the feature `number`: other words in the same form.
pub(crate) fn plan_of(number: usize, form: Form, bytes: usize) -> String {
    let mut prose = Prose::of(number);
    if form == Form::Chinese {
        prose = prose.in_chinese();
    }
    let mut tail = String::new();
    structure(number, bytes, &mut prose, &mut tail);
    let end = bytes.saturating_sub(tail.len());
    let mut plan = String::with_capacity(bytes + 1_000);
    if form == Form::Unfilled {
        plan.push_str(&template::plan_template(&check::manifests()));
    } else {
        head(number, bytes, &mut prose, &mut plan);
    }
    check::write(form, end, &mut prose, &mut plan);
    let mut section = 0;
    while plan.len() < end {
        section += 1;
        let _ = phase(section, end, &mut prose, &mut plan);
    }
    if form != Form::Unfilled {
        plan.push_str(&tail);
    }
    plan
}

fn head(number: usize, bytes: usize, prose: &mut Prose, plan: &mut String) {
    let name = feature::name(number);
    let _ = write!(
        plan,
        "# Implementation Plan: {}\n\n\
         **Branch**: `{name}` | **Date**: 2026-09-14 | **Spec**: [spec.md](spec.md)\n",
        feature::title(number),
    );
    if bytes >= SHORT {
        let _ = write!(plan, "**Input**: Feature specification from `/specs/{name}/spec.md`\n\n## Summary\n\n");
        for _ in 0..3 {
            let _ = writeln!(plan, "{}.", prose.sentence());
        }
    }
    plan.push_str(
        "\n## Technical Context\n\n\
         **Language/Version**: TypeScript 5.8\n\
         **Primary Dependencies**: Express, Socket.IO\n\
         **Storage**: PostgreSQL 17\n\
         **Testing**: Vitest\n",
    );
    if bytes >= SHORT {
        plan.push_str(
            "**Target Platform**: Linux containers, current browsers\n\
             **Project Type**: web\n\
             **Performance Goals**: a vote is seen by everybody within 300 ms (p95)\n\
             **Constraints**: less than 150 MB for each instance\n\
             **Scale/Scope**: 40 rooms of 120 guests\n",
        );
    }
    plan.push('\n');
}

/// The structure and what stands behind it.
fn structure(number: usize, bytes: usize, prose: &mut Prose, plan: &mut String) {
    plan.push_str("\n## Project Structure\n");
    if bytes >= SHORT {
        let name = feature::name(number);
        let _ = write!(
            plan,
            "\n### Documentation (this feature)\n\n```text\nspecs/{name}/\n├── plan.md\n├── research.md\n\
             ├── data-model.md\n├── quickstart.md\n├── contracts/\n└── tasks.md\n```\n\n\
             ### Source Code (repository root)\n"
        );
    }
    plan.push_str("\n```text\nserver/\n");
    if bytes >= SHORT {
        let _ = write!(
            plan,
            "├── src/\n│   └── feature{number}/\n│       └── votes.ts\n└── tests/\n    └── feature{number}/\n\
             client/\n└── src/\n    ├── host/\n    └── participant/\n        └── Feature{number}.tsx\n"
        );
    }
    let _ =
        write!(plan, "```\n\n**Structure Decision**: One server: {}.\n\n## Complexity Tracking\n\n", prose.phrase());
    if bytes >= SHORT && prose.once_in(4) {
        plan.push_str("| Violation | Why Needed | Simpler Alternative Rejected Because |\n| --- | --- | --- |\n");
        for _ in 0..1 + prose.below(2) {
            let (why, rejected) = (prose.sentence(), prose.sentence());
            let _ = writeln!(plan, "| {} | {why} | {rejected} |", prose.phrase());
        }
    } else {
        plan.push_str("No violations.\n");
    }
}

/// What large plans hold beside the template: phases with prose, lists, tables and code.
fn phase(number: usize, end: usize, prose: &mut Prose, plan: &mut String) -> std::fmt::Result {
    writeln!(plan, "\n## Phase {number}: {}\n\n{}.\n", prose.phrase(), prose.sentence())?;
    for kind in 0..5 {
        for row in 0..4 + prose.below(4) {
            if plan.len() >= end {
                return Ok(());
            }
            let sentence = prose.sentence();
            match (kind, row) {
                (0, _) => writeln!(plan, "{sentence}."),
                (1, _) => writeln!(plan, "- {sentence}"),
                (2, 0) => writeln!(plan, "\n| part | what it does |\n| --- | --- |"),
                (2, _) => writeln!(plan, "| {} | {sentence} |", prose.below(100)),
                (3, 0) => writeln!(plan, "\n### {sentence}\n\n```ts\nexport const answer = 42;\n```\n"),
                (3, _) => writeln!(plan, "{row}. {sentence}"),
                (_, 0) => writeln!(plan, "- **{}**: {sentence}", prose.phrase()),
                (_, _) => writeln!(plan, "  - {sentence}"),
            }?;
        }
        plan.push('\n');
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SIZES;

    #[test]
    fn a_plan_has_about_the_bytes_that_were_asked_for() {
        for form in Form::ALL {
            for bytes in SIZES {
                let written = plan(form, bytes).len();
                // The template that nobody has filled in has a length of its own.
                let most = if form == Form::Unfilled { bytes.max(9_000) } else { bytes } * 11 / 10 + 500;
                assert!((bytes * 9 / 10..most).contains(&written), "{form:?}: {written} for {bytes}");
            }
        }
    }

    #[test]
    fn plans_differ_by_their_feature_only() {
        assert_eq!(plan_of(3, Form::Table, 5_000), plan_of(3, Form::Table, 5_000));
        assert_ne!(plan_of(3, Form::Table, 5_000), plan_of(10, Form::Table, 5_000));
    }
}
