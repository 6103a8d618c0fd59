//! PLN120, negotiated-principle.

use super::{declaring, offered, status_span};
use crate::assessment::JudgedPrinciple;
use crate::diagnostic::Finding;
use crate::gate::verdict::is_exempted;
use crate::gate::{GateContext, gate_rule};
use crate::plan::{Status, Verdict};
use crate::principle::Kind;

gate_rule! {
    /// ## What it finds
    /// A principle that the constitution calls NON-NEGOTIABLE, declared N/A or ⚠️.
    ///
    /// ## Why it matters
    /// Non-negotiable means that no feature is exempt.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Test First | N/A | just a page |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Test First (NON-NEGOTIABLE)
    /// Tests MUST come first.
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Test First | PASS | tests in tests/ |
    /// ```
    /// ```md,file=constitution.md
    /// # Constitution
    /// ## Core Principles
    /// ### I. Test First (NON-NEGOTIABLE)
    /// Tests MUST come first.
    /// ```
    NEGOTIATED_PRINCIPLE = "PLN120" "negotiated-principle", Warning, needs: [Constitution];
    negotiated_principle
}

fn negotiated_principle(cx: &GateContext<'_>) -> Vec<Finding> {
    let found = negotiated(cx).filter_map(|(principle, how)| {
        let assessed = declaring(cx, principle)?;
        let message = format!("\"{}\" is NON-NEGOTIABLE, and declared {how}", principle.label());
        let help = if is_exempted(assessed) {
            "write ✅ and how the feature keeps to it; it offers no exemption unless the constitution is amended"
        } else {
            "meet it, or amend the constitution"
        };
        let finding = cx.finding(status_span(assessed), message).subject(principle.subject()).help(help);
        Some(match (principle.in_constitution, cx.constitution()) {
            (Some(span), Some(constitution)) => {
                finding.related(constitution.place(span), "the constitution calls it NON-NEGOTIABLE")
            }
            _ => finding,
        })
    });
    found.collect()
}

/// The principles that are NON-NEGOTIABLE and nevertheless declared N/A or ⚠️, with how they are.
pub(super) fn negotiated<'a>(
    cx: &GateContext<'a>,
) -> impl Iterator<Item = (&'a JudgedPrinciple, &'static str)> + use<'a> {
    let cx = *cx;
    cx.assessment.principles.iter().filter(|principle| principle.non_negotiable).filter_map(move |principle| {
        let how = match principle.declared {
            Some(Status::NotApplicable) => "N/A",
            Some(Status::Attention) => "⚠️",
            _ => return None,
        };
        let scope_says_no = principle.questions.iter().any(|question| {
            question.kind == Kind::Scope && question.answer.as_ref().is_some_and(|answer| answer.verdict == Verdict::No)
        });
        let offered = offered(&cx, principle).contains(&Status::NotApplicable);
        (!(how == "N/A" && offered && scope_says_no)).then_some((principle, how))
    })
}

#[cfg(test)]
mod tests {
    use crate::gate::document::found::{findings, voting};

    const CONSTITUTION: &str =
        "# Constitution\n## Core Principles\n### I. Test First (NON-NEGOTIABLE)\nTests MUST come first.\n";

    #[test]
    fn neither_exempt_nor_in_part() {
        for (status, how) in [("N/A", Some("N/A")), ("⚠️ PARTIAL", Some("⚠️")), ("PASS", None), ("❌ FAIL", None)]
        {
            let plan = format!(
                "# Implementation Plan: A\n\n## Constitution Check\n\n| Principle | Status | Notes |\n|---|---|---|\n\
                 | I. Test First | {status} | so |\n"
            );
            let found = findings("PLN120", &voting(&plan).constitution(CONSTITUTION).build());
            let expected = how.map(|how| format!("\"I. Test First\" is NON-NEGOTIABLE, and declared {how}"));
            assert_eq!(found.first().map(|finding| finding.message.clone()), expected, "{status}");
            let related = found.iter().flat_map(|finding| &finding.related).map(|related| related.start.line);
            assert_eq!(related.collect::<Vec<_>>(), how.map(|_| 3).into_iter().collect::<Vec<_>>());
            let free = CONSTITUTION.replace(" (NON-NEGOTIABLE)", "");
            assert_eq!(findings("PLN120", &voting(&plan).constitution(free).build()), []);
        }
    }
}
