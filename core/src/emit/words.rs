//! What several emitters say in the same words.

use std::borrow::Cow;

use super::visible;
use crate::feature::Part;
use crate::report::{DerivedFrom, GateReport, PrincipleReport, RepositoryReport, Summary};

/// A path as services name it that know the checkout: below where plangate ran, or, where it ran
/// inside of the repository, below the repository's root.
pub(super) fn checkout_path<'a>(repository: &RepositoryReport, path: &'a str) -> Cow<'a, str> {
    let root = &repository.root;
    if root.starts_with("..") || root.starts_with('/') || root.contains(':') {
        return Cow::Borrowed(path);
    }
    repository.path(path)
}

/// The numeral and the name, on one line.
pub(super) fn principle_name(principle: &PrincipleReport) -> String {
    let ordinal = principle.ordinal.as_ref().map(|ordinal| format!("{}. ", visible(ordinal))).unwrap_or_default();
    format!("{ordinal}{}", visible(&principle.name))
}

/// Whether the derived status is the plan's own word, which nobody examined.
pub(super) fn is_taken_as_declared(principle: &PrincipleReport) -> bool {
    principle.derived_from == DerivedFrom::Declaration && principle.declared == Some(principle.derived)
}

/// What stands behind a derived status.
pub(super) fn remark(principle: &PrincipleReport) -> &'static str {
    match (principle.justified, is_taken_as_declared(principle)) {
        (false, true) => ", taken as declared",
        (true, true) => ", justified, taken as declared",
        (true, false) => ", justified",
        (false, false) => "",
    }
}

/// `blocked (declared pass)`.
pub(super) fn gate_words(gate: &GateReport) -> String {
    match gate.declared {
        Some(declared) => format!("{} (declared {})", gate.derived.as_str(), declared.as_str()),
        None => format!("{} (nothing declared)", gate.derived.as_str()),
    }
}

pub(super) fn part_name(part: Part) -> &'static str {
    match part {
        Part::Spec => "spec.md",
        Part::Tasks => "tasks.md",
        Part::Research => "research.md",
        Part::DataModel => "data-model.md",
        Part::Quickstart => "quickstart.md",
        Part::Contracts => "contracts/",
        Part::Constitution => "the constitution",
        Part::PlanTemplate => "the plan template",
        Part::Repository => "the repository",
        Part::PlanText => "the plan's own text",
    }
}

/// `7 errors, 1 warning`, or `no findings`.
pub(super) fn counts(summary: &Summary, failures: usize) -> String {
    let counts = [
        (summary.errors as usize, "error"),
        (summary.warnings as usize, "warning"),
        (summary.infos as usize, "info"),
        (failures, "failure"),
    ];
    let mut counts: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| plural(count, what)).collect();
    if counts.is_empty() {
        counts.push("no findings".to_owned());
    }
    if summary.suppressed > 0 {
        counts.push(format!("{} suppressed", summary.suppressed));
    }
    counts.join(", ")
}

/// `1 plan: 1 blocked`: how many plans there are, and what their gates derive to.
pub(super) fn gates(summary: &Summary) -> String {
    let gates = [(summary.blocked, "blocked"), (summary.attention, "attention"), (summary.pass, "pass")];
    let gates: Vec<String> =
        gates.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    format!("{}: {}", plural(summary.plans as usize, "plan"), gates.join(", "))
}

pub(super) fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkout_holds_what_lies_below_it() {
        for (root, path) in [
            (".", "specs/1/plan.md"),
            ("apps/web", "apps/web/specs/1/plan.md"),
            ("../..", "specs/1/plan.md"),
            ("/srv/app", "specs/1/plan.md"),
            ("C:/app", "specs/1/plan.md"),
        ] {
            assert_eq!(checkout_path(&RepositoryReport::at(root), "specs/1/plan.md"), path, "{root}");
        }
    }
}
