//! How many findings a report lists: a rule that says the same of one document over and over says the first of it,
//! and how many more there are.

use std::collections::HashMap;

use crate::diagnostic::{Finding, Place};
use crate::source::Span;

/// So many findings of one rule in one document are listed one by one. More of them are one finding.
pub const MOST_FINDINGS: usize = 100;

/// Leaves of each rule's findings in each document the first ones by position, and one that tells of the others. It
/// weighs as much as the heaviest of them. Findings that don't count are a list of their own.
pub(crate) fn shorten(findings: &mut Vec<Finding>) {
    if findings.len() <= MOST_FINDINGS + 1 {
        return;
    }
    let mut lists: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, finding) in findings.iter().enumerate() {
        let suppressed = finding.suppressed.as_ref().map(|suppressed| suppressed.by);
        lists.entry((&finding.rule, &finding.place.path, suppressed)).or_default().push(at);
    }
    lists.retain(|_, list| list.len() > MOST_FINDINGS + 1);
    let mut left_out = vec![false; findings.len()];
    let mut told = Vec::new();
    for mut list in lists.into_values() {
        list.sort_by_key(|at| {
            let Finding { place, message, .. } = &findings[*at];
            (place.span, message)
        });
        let others = &list[MOST_FINDINGS..];
        told.extend(of_others(findings, others));
        others.iter().for_each(|at| left_out[*at] = true);
    }
    let mut left_out = left_out.into_iter();
    findings.retain(|_| left_out.next() != Some(true));
    findings.extend(told);
}

/// What stands in the place of several findings of one rule in one document.
fn of_others(findings: &[Finding], others: &[usize]) -> Option<Finding> {
    let first = &findings[*others.first()?];
    let Finding { rule, name, place, suppressed, .. } = first;
    let message = format!("from here on {} more findings of {rule} are not listed", others.len());
    let finding = Finding::new(Place::new(place.path.clone(), Span::at(place.span.start as usize)), message)
        .help(format!("settle the first {MOST_FINDINGS}, and the next ones are listed"))
        .subject("more");
    Some(Finding {
        rule: rule.clone(),
        name: name.clone(),
        severity: others.iter().map(|at| findings[*at].severity).max().unwrap_or(first.severity),
        suppressed: suppressed.clone(),
        redact: others.iter().flat_map(|at| findings[*at].redact.iter().copied()).collect(),
        ..finding
    })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::config::Config;
    use crate::diagnostic::{Applicability, Severity};
    use crate::engine::Engine;
    use crate::feature::Feature;
    use crate::report::{FindingReport, PlanReport, Suppressed, SuppressedBy};
    use crate::suppression::Baseline;

    fn finding(rule: &'static str, path: &str, at: usize) -> Finding {
        let mut finding =
            Finding::new(Place::new(path, Span::new(at, at + 1)), "it repeats").at_most(Severity::Warning);
        finding.rule = Cow::Borrowed(rule);
        finding
    }

    #[test]
    fn what_repeats_is_told_once_with_its_number() {
        let mut findings: Vec<Finding> = (0..300).rev().map(|at| finding("PLN001", "plan.md", at)).collect();
        findings[0].severity = Severity::Error;
        findings.extend((0..MOST_FINDINGS + 1).map(|at| finding("PLN002", "plan.md", at)));
        findings.extend((0..50).map(|at| finding("PLN001", "spec.md", at)));
        for finding in findings.iter_mut().filter(|finding| (100..150).contains(&finding.place.span.start)) {
            finding.suppressed = Some(Box::new(Suppressed::by(SuppressedBy::Baseline)));
        }
        shorten(&mut findings);

        let of = |rule: &str, path: &str, counts: bool| {
            let is_meant = |finding: &&Finding| {
                (&*finding.rule, &*finding.place.path, finding.suppressed.is_none()) == (rule, path, counts)
            };
            let mut found: Vec<&Finding> = findings.iter().filter(is_meant).collect();
            found.sort_by_key(|finding| finding.place.span);
            found
        };
        let counted = of("PLN001", "plan.md", true);
        assert_eq!(counted.len(), MOST_FINDINGS + 1);
        assert_eq!(counted[MOST_FINDINGS - 1].place.span.start, 99);
        let others = counted[MOST_FINDINGS];
        assert_eq!(others.message, "from here on 150 more findings of PLN001 are not listed");
        assert_eq!((others.severity, others.place.span), (Severity::Error, Span::at(150)));
        assert_eq!(of("PLN001", "plan.md", false).len(), 50);
        assert_eq!(of("PLN002", "plan.md", true).len(), MOST_FINDINGS, "one of them is suppressed");
        assert_eq!(of("PLN001", "spec.md", true).len(), 50);
    }

    const NAMES: usize = 3 * MOST_FINDINGS;

    fn unnamed() -> Feature {
        let fields: String = ["Language/Version", "Storage", "Testing", "Target Platform", "Project Type"]
            .map(|key| format!("**{key}**: it holds\n\n"))
            .concat();
        let start = format!("# Implementation Plan: A\n\n## Summary\n\nIt votes.\n\n## Technical Context\n\n{fields}");
        let plan = start + &"a [###-feature-name] b\n\n".repeat(NAMES);
        Feature::builder().folder("specs/001-voting").plan(plan).build()
    }

    fn placeholders(report: &PlanReport) -> Vec<&FindingReport> {
        report.findings.iter().filter(|finding| finding.rule == "PLN002").collect()
    }

    #[test]
    fn a_whole_report_lists_all_and_a_baseline_of_it_knows_all() {
        let (engine, feature) = (Engine::builder().build().unwrap(), unnamed());
        let listed = engine.evaluate(&feature);
        let found = placeholders(&listed);
        assert_eq!(found.len(), MOST_FINDINGS + 1);
        assert_eq!(found[MOST_FINDINGS].message, "from here on 200 more findings of PLN002 are not listed");
        let whole = engine.evaluate_whole(&feature);
        assert_eq!(placeholders(&whole).len(), NAMES);
        assert_eq!(listed.gate, whole.gate);

        let mut baseline = Baseline::default();
        baseline.renew(&[&whole], |_| false);
        let config = Config { baseline: Some(baseline.into()), ..Config::default() };
        let known = engine.configured(config).unwrap().evaluate(&feature);
        assert_eq!(placeholders(&known).len(), MOST_FINDINGS + 1);
        assert_eq!(known.counted().count(), 0);
    }

    #[test]
    fn what_is_not_listed_is_fixed_all_the_same() {
        let repaired = Engine::builder().build().unwrap().repair(unnamed(), Applicability::Safe);
        assert_eq!(repaired.fixed.get("PLN002"), Some(&NAMES));
        assert!(placeholders(&repaired.report).is_empty(), "{:?}", repaired.report);
    }

    #[test]
    fn one_more_is_listed_itself() {
        let findings: Vec<Finding> = (0..=MOST_FINDINGS).map(|at| finding("PLN001", "plan.md", at)).collect();
        let mut shortened = findings.clone();
        shorten(&mut shortened);
        assert_eq!(shortened, findings);
    }
}
