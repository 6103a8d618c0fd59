//! PLN104, contradictory-status.

use super::{declaring, status_span};
use crate::assessment::JudgedQuestion;
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::{Status, Verdict};
use crate::principle::Kind;

gate_rule! {
    /// ## What it finds
    /// A principle declared ✅ although its answers derive to ⚠️, or declared N/A although its scope
    /// question is answered yes.
    ///
    /// ## Why it matters
    /// The mark is what reviewers look at; the answers below it say something else.
    ///
    /// ## Example
    /// The principle stands in a pack, and its first question opens the second.
    ///
    /// ```md,finds
    /// ## Constitution Check
    /// **I. Live Updates** N/A
    /// - Does this feature push live updates? **Yes** - votes appear at once
    /// - Are all events described in a contract? **Yes** - in contracts/events.md
    /// ```
    /// ```md
    /// ## Constitution Check
    /// **I. Live Updates** N/A
    /// - Does this feature push live updates? **No** - a static page
    /// ```
    CONTRADICTORY_STATUS = "PLN104" "contradictory-status", Error;
    contradictory_status
}

fn contradictory_status(cx: &GateContext<'_>) -> Vec<Finding> {
    use crate::judgement::Outcome;
    let mut found = Vec::new();
    for principle in cx.assessment.principles.iter().filter(|principle| principle.is_examined()) {
        let Some(assessed) = declaring(cx, principle) else { continue };
        let justified = principle.questions.iter().find(|question| question.outcome == Outcome::Justified);
        let failed = principle.questions.iter().any(JudgedQuestion::fails);
        let scope = principle.questions.iter().find(|question| {
            question.kind == Kind::Scope
                && question.answer.as_ref().is_some_and(|answer| answer.verdict == Verdict::Yes && !answer.implied)
        });
        let (message, place) = match (principle.declared, justified, scope) {
            (Some(Status::Pass), Some(question), _) if !failed => (
                format!(
                    "\"{}\" is declared ✅, and a justified violation stands below it: it is ⚠️",
                    principle.label()
                ),
                question.answer.as_ref(),
            ),
            (Some(Status::NotApplicable), _, Some(question)) => (
                format!("\"{}\" is declared N/A, and its scope question is answered yes", principle.label()),
                question.answer.as_ref(),
            ),
            _ => continue,
        };
        let mut finding = cx
            .finding(status_span(assessed), message)
            .subject(principle.subject())
            .help("make the mark say what the answers say");
        if let Some(answer) = place {
            finding = finding.related(answer.place.clone(), "this answer says otherwise");
        }
        found.push(finding);
    }
    found
}
