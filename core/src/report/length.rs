//! How long the texts of a report are: what they quote from a document may fill it.

use std::borrow::Cow;

use super::{FindingReport, PlanReport};
use crate::brief::brief;

/// The letters of a message, a note or a name. The longest of two thousand real plans has 500.
const MOST_LETTERS: usize = 1_000;

/// The text in a length that a reader bears.
pub(super) fn kept(text: String) -> String {
    match brief(&text, MOST_LETTERS) {
        Cow::Borrowed(_) => text,
        Cow::Owned(brief) => brief,
    }
}

fn keep(text: &mut String) {
    if text.len() > MOST_LETTERS {
        *text = kept(std::mem::take(text));
    }
}

impl PlanReport {
    /// Shortens every text that quotes a document. Secrets are masked before: half of one is not recognised.
    pub(crate) fn shorten_texts(&mut self) {
        self.findings.iter_mut().for_each(FindingReport::shorten_texts);
        for principle in &mut self.gate.principles {
            principle.ordinal.iter_mut().for_each(keep);
            keep(&mut principle.name);
            let questions = principle.questions.iter_mut();
            questions.flat_map(|question| &mut question.evidence).for_each(|evidence| keep(&mut evidence.note));
        }
    }
}

impl FindingReport {
    pub(super) fn shorten_texts(&mut self) {
        keep(&mut self.message);
        self.help.iter_mut().for_each(keep);
        self.related.iter_mut().for_each(|related| keep(&mut related.message));
        self.fix.iter_mut().for_each(|fix| keep(&mut fix.description));
        if let Some(suppressed) = &mut self.suppressed {
            [&mut suppressed.reason, &mut suppressed.owner].into_iter().flatten().for_each(keep);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::PlanReport;
    use crate::{Engine, Feature};

    fn examine(plan: &str) -> PlanReport {
        let constitution = "# C\n\n## Core Principles\n\n### I. Fair Counting\n\nEvery guest MUST count once.\n";
        let feature = Feature::builder().folder("specs/001-voting").plan(plan).constitution(constitution).build();
        Engine::builder().build().unwrap().evaluate(&feature)
    }

    #[test]
    fn a_text_that_fills_a_document_is_not_repeated() {
        let long = "Fair ".repeat(20_000);
        for plan in [
            format!("# Implementation Plan: {long}\n\n## Constitution Check\n\n**I. {long}** ✅\n"),
            format!("# P\n\n## Constitution Check\n\n### I. {long} ❌\n\n- Is it {long}? **NO**\n"),
            format!("# P\n\n## Constitution Check\n\n| Principle | Status |\n|---|---|\n| I. {long} | {long} |\n"),
            format!("# P\n\n## Constitution Check\n\n[NEEDS CLARIFICATION: {long}]\n\n[{long}]({long}.md)\n"),
            format!("# P\n\n**Branch**: {long}\n**Date**: {long}\n\n## Project Structure\n\n```text\n{long}/\n```\n"),
            format!("# P\n\n## Complexity Tracking\n\n| Violation | Why | Simpler |\n|---|---|---|\n| {long} | | |\n"),
        ] {
            let report = examine(&plan);
            assert!(!report.findings.is_empty());
            let mut report = serde_json::to_value(&report).unwrap();
            // What a fix writes is what the plan will hold.
            for finding in report["findings"].as_array_mut().unwrap() {
                finding["fix"] = serde_json::Value::Null;
            }
            let longest = longest(&report);
            assert!(longest.chars().count() <= super::MOST_LETTERS, "{} {longest}", &plan[..60]);
        }
    }

    fn longest(value: &serde_json::Value) -> &str {
        let all: Vec<&serde_json::Value> = match value {
            serde_json::Value::String(text) => return text,
            serde_json::Value::Array(items) => items.iter().collect(),
            serde_json::Value::Object(entries) => entries.values().collect(),
            _ => return "",
        };
        all.into_iter().map(longest).max_by_key(|text| text.len()).unwrap_or_default()
    }
}
