//! PLN112, unexplained-exemption.

use super::says_something;
use super::{assessments, declaring, status_span};
use crate::diagnostic::Finding;
use crate::gate::{GateContext, gate_rule};
use crate::plan::{AssessedPrinciple, Status};

gate_rule! {
    /// ## What it finds
    /// A principle declared N/A without a reason.
    ///
    /// ## Why it matters
    /// An exemption that nobody explains can't be reviewed.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | N/A | |
    /// ```
    /// ```md
    /// ## Constitution Check
    /// | Principle | Status | Notes |
    /// |---|---|---|
    /// | I. Library First | N/A | documentation only |
    /// ```
    UNEXPLAINED_EXEMPTION = "PLN112" "unexplained-exemption", Warning;
    unexplained_exemption
}

fn unexplained_exemption(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for principle in cx.assessment.principles.iter().filter(|known| known.declared == Some(Status::NotApplicable)) {
        let explained = assessments(cx, principle).any(|(_, _, assessed)| {
            assessed.notes.as_ref().is_some_and(says_something)
                || !assessed.statements.is_empty()
                || assessed.questions.iter().any(|question| !question.answer.rationale.is_empty())
                || explains_itself(assessed)
        });
        let Some(assessed) = declaring(cx, principle).filter(|_| !explained) else { continue };
        let message = format!("\"{}\" is N/A, and nobody says why", principle.label());
        found.push(
            cx.finding(status_span(assessed), message)
                .subject(principle.subject())
                .help("say in a few words why it does not concern this feature"),
        );
    }
    found
}

/// A checkbox whose text is the name and the reason in one sentence.
fn explains_itself(assessed: &AssessedPrinciple) -> bool {
    assessed.name.split_whitespace().count() > 8
}
