//! The plan as a document: sections, fields, and what the template left behind.

mod clarification;
mod field;
mod instruction;
mod option;
mod placeholder;
mod removal;
mod resolution;
mod section;
mod summary;

use super::GateRule;

pub(super) const RULES: &[&GateRule] = &[
    &section::MISSING_SECTION,
    &placeholder::LEFTOVER_PLACEHOLDER,
    &instruction::LEFTOVER_INSTRUCTION,
    &clarification::UNRESOLVED_CLARIFICATION,
    &option::LEFTOVER_OPTION,
    &field::EMPTY_FIELD,
    &section::REPEATED_SECTION,
    &placeholder::UNFILLED_PLAN,
];

/// The line that holds the byte `at`: where it begins, and where it ends before its line break. Of a
/// very long line only what stands near, so that many looks at one line stay linear.
fn line_around(text: &str, at: usize) -> std::ops::Range<usize> {
    const NEAR: usize = 2048;
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    // A plan that came as JSON may carry places of another text.
    let at = boundary(at.min(text.len()));
    let (first, last) = (boundary(at.saturating_sub(NEAR)), boundary((at + NEAR).min(text.len())));
    let start = text[first..at].rfind('\n').map_or(first, |found| first + found + 1);
    let end = text[at..last].find('\n').map_or(last, |found| at + found);
    start..end - usize::from(end > at && text[at..end].ends_with('\r'))
}

#[cfg(test)]
pub(in crate::gate) mod found {
    //! What one rule says about a small feature.

    use crate::config::Config;
    use crate::diagnostic::Applicability;
    use crate::engine::Engine;
    use crate::feature::{Feature, FeatureBuilder};
    use crate::report::FindingReport;

    /// The findings of the gate rule `id`.
    pub(in crate::gate) fn findings(id: &str, feature: &Feature) -> Vec<FindingReport> {
        let engine = Engine::builder().build().expect("the gate rules alone have no clash");
        let report = engine.evaluate(feature);
        report.findings.into_iter().filter(|finding| finding.rule == id).collect()
    }

    /// The texts that the findings of the rule point at.
    pub(in crate::gate) fn places(id: &str, feature: &Feature) -> Vec<String> {
        let text = &feature.plan_document().text;
        let place = |finding: FindingReport| {
            text[finding.start.offset as usize..finding.end.offset as usize].replace('\n', " ")
        };
        findings(id, feature).into_iter().map(place).collect()
    }

    /// The plan after every fix of the rule.
    pub(in crate::gate) fn fixed(id: &str, feature: &Feature) -> String {
        let config = Config { select: vec![id.to_owned()], ..Default::default() };
        let engine = Engine::builder().config(config).build().expect("the gate rules alone have no clash");
        engine.repair(feature.clone(), Applicability::Unsafe).feature.plan_document().text.clone()
    }

    /// A feature in `specs/001-voting`.
    pub(in crate::gate) fn voting(plan: &str) -> FeatureBuilder {
        Feature::builder().folder("specs/001-voting").plan(plan)
    }
}
