//! PLN117, compact-assessment.

use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::Status;

gate_rule! {
    /// ## What it finds
    /// A principle with questions that the plan assesses as a whole, without answering them.
    ///
    /// ## Why it matters
    /// One tick over six questions says that somebody looked, not at what.
    ///
    /// ## Example
    /// The principle stands in a pack, with its questions.
    ///
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Live Updates | PASS | votes appear at once |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Live Updates** ✅
    /// - Does this feature push live updates? **Yes** - votes appear at once
    /// - Are all events described in a contract? **Yes** - in contracts/events.md
    /// ```
    COMPACT_ASSESSMENT = "PLN117" "compact-assessment", Warning;
    compact_assessment
}

fn compact_assessment(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in cx.assessment.principles.iter().filter(|principle| principle.compact) {
        let questions = principle.asked().count();
        if questions == 0 {
            continue;
        }
        let Some(span) = crate::assessment::place_of(principle, cx.plan()) else { continue };
        // An exempted or undecided principle is another rule's matter.
        if matches!(principle.declared, Some(Status::NotApplicable | Status::Undecided)) {
            continue;
        }
        let message = format!("\"{}\" is assessed without an answer to its {questions} questions", principle.label());
        found.push(
            cx.finding(span, message)
                .subject(principle.subject())
                .help("answer the questions that the plan template asks"),
        );
    }
    found
}
