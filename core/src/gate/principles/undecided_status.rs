//! PLN102, undecided-status.

use super::{assessments, declaring, status_span};
use crate::assessment::{Origin, called};
use crate::diagnostic::{Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// A principle whose status nobody chose: the template's alternatives are still there, the box is
    /// unticked, or it says TODO.
    ///
    /// ## Why it matters
    /// An undecided principle is an unpassed gate.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// **I. Library First** ✅ / ⚠️ / N/A
    /// - One crate.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Library First** ✅
    /// - One crate.
    /// ```
    UNDECIDED_STATUS = "PLN102" "undecided-status", Error;
    undecided_status
}

fn undecided_status(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in &cx.assessment.principles {
        let Some(assessed) = declaring(cx, principle).filter(|assessed| assessed.status == Some(Status::Undecided))
        else {
            continue;
        };
        let raw = assessed.raw_status.as_ref().map(|raw| raw.text.as_str()).unwrap_or_default();
        let message = if assessed.options.is_empty() {
            format!("\"{}\" is undecided: \"{raw}\"", called(principle, assessed))
        } else {
            format!("nobody chose a status for \"{}\": \"{raw}\"", called(principle, assessed))
        };
        let help = "write the one status that holds: ✅, ⚠️ or ❌, or N/A where the principle offers it";
        found.push(cx.finding(status_span(assessed), message).subject(principle.subject()).help(help));
    }
    found.extend(unmarked_beside_marked(cx));
    found
}

/// In a check that carries statuses, a principle without any.
fn unmarked_beside_marked(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in cx.assessment.principles.iter().filter(|principle| principle.declared.is_none()) {
        let Some((_, check, assessed)) = assessments(cx, principle).last() else { continue };
        let marked = check.principles.iter().filter(|other| other.raw_status.is_some()).count();
        let last_of_kind = principle.origin != Origin::Plan;
        let asked = !assessed.questions.is_empty();
        if last_of_kind && !asked && marked >= 2 && marked * 2 > check.principles.len() {
            let message = format!("\"{}\" has no status, as the other principles do", called(principle, assessed));
            let help = "write the status that holds beside its name";
            found.push(
                cx.finding(assessed.heading, message)
                    .subject(principle.subject())
                    .help(help)
                    .at_most(Severity::Warning),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::gate::document::found::{findings, places, voting};

    const CONSTITUTION: &str = "# Constitution\n## Core Principles\n### I. Library First\nEvery feature MUST start as a library.\n### II. Test First\nTests MUST come first.\n### III. Plain Text\nFiles MUST be plain text.\n### IV. Small Steps\nA change MUST be small.\n";

    fn plan(check: &str) -> String {
        format!("# Implementation Plan: A\n\n## Constitution Check\n\n{check}")
    }

    /// What is said of a check, and at which text.
    fn said(check: &str) -> Vec<(String, String)> {
        let feature = voting(&plan(check)).constitution(CONSTITUTION).build();
        let messages = findings("PLN102", &feature).into_iter().map(|finding| finding.message);
        messages.zip(places("PLN102", &feature)).collect()
    }

    #[test]
    fn what_nobody_chose_is_told_from_what_is_put_off() {
        for (status, message) in [
            ("✅ / ⚠️ / N/A", "nobody chose a status for \"I. Library First\": \"✅ / ⚠️ / N/A\""),
            ("TODO", "\"I. Library First\" is undecided: \"TODO\""),
            ("PENDING", "\"I. Library First\" is undecided: \"PENDING\""),
        ] {
            let rows = format!("| Principle | Status |\n|---|---|\n| I. Library First | {status} |\n");
            assert_eq!(said(&rows), [(message.to_owned(), status.to_owned())]);
        }
        assert_eq!(said("| Principle | Status |\n|---|---|\n| I. Library First | ⚠️ PARTIAL |\n"), []);
    }

    #[test]
    fn the_plans_own_heading_is_named() {
        let check = "### ⏳ II. Kurze Funktionen zuerst\n\nSpäter.\n\n### ✅ III. Plain Text\n\nNur Text.\n";
        assert_eq!(said(check)[0].0, "\"II. Kurze Funktionen zuerst\" is undecided: \"⏳\"");
        assert_eq!(said("### ⏳ 2. Test First\n\nLater.\n")[0].0, "\"II. Test First\" is undecided: \"⏳\"");
    }

    #[test]
    fn one_without_a_status_is_told_beside_those_that_have_one() {
        let check = |marked: usize, of: &[&str]| {
            let principle = |(at, name): (usize, &&str)| {
                let mark = if at < marked { " ✅ PASS" } else { "" };
                format!("### {name}{mark}\n\nOne crate.\n\n")
            };
            of.iter().enumerate().map(principle).collect::<String>()
        };
        let three = ["I. Library First", "II. Test First", "III. Plain Text"];
        let four = [&three[..], &["IV. Small Steps"]].concat();
        assert_eq!(
            said(&check(2, &three)),
            [(
                "\"III. Plain Text\" has no status, as the other principles do".to_owned(),
                "III. Plain Text".to_owned()
            )]
        );
        let feature = voting(&plan(&check(2, &three))).constitution(CONSTITUTION).build();
        assert_eq!(findings("PLN102", &feature)[0].severity, Severity::Warning);
        assert_eq!(said(&check(3, &three)), [], "all have one");
        assert_eq!(said(&check(2, &four)), [], "half of them is no habit");
        let five = [&four[..], &["V. Rollout"]].concat();
        assert_eq!(said(&check(3, &five)).len(), 1, "three of five are");
        assert_eq!(said(&check(1, &three[..2])), []);
        assert_eq!(said(&check(1, &three[..1])), []);
        assert_eq!(
            said(&check(2, &["I. Library First", "II. Test First", "V. Rollout"])),
            [],
            "the constitution has none"
        );
    }
}
