//! The text of one document in which a mention plans something.

use std::borrow::Cow;

use super::exclusion;
use super::lexicon::Lexicon;
use crate::feature::{Document, DocumentKind, Model};
use crate::source::Span;

/// A document's text without what plans nothing: its Constitution Checks, rejected alternatives,
/// comments, sections on the constitution and on what is out of scope, and mentions that the words
/// around them deny.
///
/// ```
/// use plangate_core::{Feature, evidence::PlannedText};
/// let feature = Feature::builder().plan("No rate limits for reads.\n\nWrites are rate-limited.\n").build();
/// let text = PlannedText::new(feature.plan_document());
/// let mentions: Vec<&str> = text.mentions("rate limit").map(|span| span.text(text.text())).collect();
/// assert_eq!(mentions, ["rate-limited"]);
/// ```
#[derive(Debug)]
pub struct PlannedText<'a> {
    document: &'a Document,
}

/// Spans of a text that plan nothing.
#[derive(Debug)]
pub(crate) struct Excluded {
    /// Sorted by their start.
    spans: Vec<Span>,
    /// How far the spans up to each index reach.
    reach: Vec<u32>,
}

impl<'a> PlannedText<'a> {
    /// The planned text of one of the feature's documents.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        Self { document }
    }

    /// The whole text, to which all spans belong.
    #[must_use]
    pub fn text(&self) -> &'a str {
        &self.document.text
    }

    /// Whether what stands at `span` is planned, and not denied by the words around it.
    #[must_use]
    pub fn plans(&self, span: Span) -> bool {
        !self.document.excluded().holds(span)
            && !exclusion::is_denied(self.text(), span.range().start, span.range().end)
    }

    /// The planned mentions of a term, as [`Indicators`](super::Indicators) match them.
    pub fn mentions(&self, term: &str) -> impl Iterator<Item = Span> {
        let mut found = Vec::new();
        Lexicon::new(std::iter::once((0, Cow::Owned(term.to_owned())))).find(self.text(), &mut [true], |hit, _| {
            found.push(Span::new(hit.start, hit.end));
        });
        found.into_iter().filter(|span| self.plans(*span))
    }
}

impl Excluded {
    pub(crate) fn of(document: &Document) -> Self {
        let mut spans = exclusion::excluded(&document.text);
        // Other documents are not read for it.
        let model = matches!(document.kind, DocumentKind::Plan | DocumentKind::Research).then(|| document.model());
        match model {
            Some(Model::Plan(plan)) => spans.extend(plan.constitution_checks.iter().map(|check| check.span)),
            Some(Model::Research(research)) => {
                let rejected = research.decisions.iter().filter_map(|decision| decision.alternatives.as_ref());
                spans.extend(rejected.map(|alternatives| alternatives.span));
            }
            _ => {}
        }
        spans.sort_unstable();
        let mut far = 0;
        let reach = spans.iter().map(|span| {
            far = far.max(span.end);
            far
        });
        Self { reach: reach.collect(), spans }
    }

    fn holds(&self, span: Span) -> bool {
        let before = self.spans.partition_point(|excluded| excluded.start <= span.start);
        before > 0 && self.reach[before - 1] > span.start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::Feature;

    #[test]
    fn sections_on_what_is_left_out_are_no_plan() {
        let plan = "# Spec\nmetrics\n## Out of Scope\n- alerts\n### More\n- paging\n## Next\ncors <!-- helmet -->\n";
        let feature = Feature::builder().plan(plan).build();
        let text = PlannedText::new(feature.plan_document());
        for (term, planned) in [("metrics", 1), ("cors", 1), ("alerts", 0), ("paging", 0), ("helmet", 0)] {
            assert_eq!(text.mentions(term).count(), planned, "{term}");
        }
    }

    #[test]
    fn rejected_alternatives_are_no_plan() {
        let research = "# Research\n\n## Cache\n\n- **Decision**: none, the database is fast enough\n\
            - **Rationale**: simple\n- **Alternatives considered**: a circuit breaker, rejected as too much\n";
        let feature = Feature::builder().research(research).build();
        let text = PlannedText::new(&feature.documents[1]);
        assert_eq!((text.mentions("circuit breaker").count(), text.mentions("database").count()), (0, 1));
    }
}
