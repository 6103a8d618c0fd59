//! The gate faults that any plan can have, planted into a plan of the pack's own template.

use std::fmt::Write as _;

use super::Kit;
use super::plant::{self, Expected};
use crate::engine::Engine;
use crate::feature::Feature;
use crate::pack::PackManifest;
use crate::principle::{Kind, Principle};
use crate::template::plan_template;

/// The fields of the Technical Context, and what the plan says in them.
const FIELDS: [(&str, &str); 9] = [
    ("Language/Version", "Rust 1.90"),
    ("Primary Dependencies", "none"),
    ("Storage", "one file"),
    ("Testing", "cargo test"),
    ("Target Platform", "Linux"),
    ("Project Type", "single"),
    ("Performance Goals", "a vote in 50 ms"),
    ("Constraints", "offline"),
    ("Scale/Scope", "30 members"),
];

/// Plants each fault into the plan that answers every question of the pack well, and demands that it is found.
pub(super) fn examine(manifest: &PackManifest, engine: &Engine, kit: &mut Kit) {
    if manifest.principles.is_empty() {
        return;
    }
    let composed = Composed { manifest };
    let clean = composed.feature(&composed.plan());
    let report = engine.evaluate(&clean);
    // What a proof or a free-form rule of the pack reads in a plan that knows nothing of it is the author's matter.
    let own = |rule: &str| manifest.rules.iter().any(|known| known.id == rule);
    for finding in report.findings.iter().filter(|finding| finding.outcome.is_none() && !own(&finding.rule)) {
        kit.wrong.push(format!(
            "the pack's template, every question answered well: {} at line {}: {}",
            finding.rule, finding.start.line, finding.message
        ));
    }
    for planted in plant::gate_faults(&clean, engine) {
        let found = engine.evaluate(&composed.feature(&planted.plan)).findings;
        let is_found = found.iter().any(|finding| match planted.expected {
            Expected::Rule(rule) => finding.rule == rule,
            Expected::Outcome(outcome) => finding.outcome == Some(outcome),
        });
        if is_found {
            kit.gate_faults.push(planted.name);
        } else {
            let found: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
            kit.wrong.push(format!(
                "the pack's template with \"{}\": {} is not found; found: {found:?}",
                planted.name, planted.expected
            ));
        }
    }
}

/// What a repository of this pack holds.
struct Composed<'a> {
    manifest: &'a PackManifest,
}

impl Composed<'_> {
    /// The feature of a plan; what stands around it is unknown.
    fn feature(&self, plan: &str) -> Feature {
        let builder = Feature::builder().folder("specs/001-sample").plan(plan);
        builder.constitution(self.constitution()).plan_template(plan_template([self.manifest])).build()
    }

    fn constitution(&self) -> String {
        let mut text = "# Sample Constitution\n\n## Core Principles\n\n".to_owned();
        for principle in &self.manifest.principles {
            let _ = writeln!(text, "### {}\n\nIt holds for every feature.\n", principle.label());
        }
        text.push_str("**Version**: 1.0.0 | **Ratified**: 2026-01-01 | **Last Amended**: 2026-01-01\n");
        text
    }

    /// A plan in which every question is answered well.
    fn plan(&self) -> String {
        let head = "# Implementation Plan: Sample\n\n**Branch**: `001-sample` | **Date**: 2026-05-04 | **Spec**: [spec.md](spec.md)\n";
        let check = self.check(|principle| {
            let good = |kind| if kind == Kind::Disclosure { "No" } else { "Yes" };
            let answers = principle.questions.iter().filter(|question| !question.evidence_only);
            let answers = answers
                .map(|question| format!("- {} **{}** - will be as it says\n", question.text, good(question.kind)));
            format!("{}- **Status**: ✅ PASS\n", answers.collect::<String>())
        });
        let fields: String = FIELDS.iter().map(|(field, value)| format!("**{field}**: {value}\n")).collect();
        format!(
            "{head}\n## Summary\n\nMembers vote on lunch.\n\n## Technical Context\n\n{fields}\n## Constitution Check\n\n{check}\
             **Overall Status**: ✅ PASS\n\n## Project Structure\n\n**Structure Decision**: One crate.\n\n\
             ## Complexity Tracking\n\nNo violations.\n"
        )
    }

    fn check(&self, body: impl Fn(&Principle) -> String) -> String {
        let principles = self.manifest.principles.iter();
        principles.map(|principle| format!("### {}\n\n{}\n", principle.label(), body(principle))).collect()
    }
}
