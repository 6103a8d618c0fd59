//! A report about one text, led back to the text that it was made of.

use super::{PlanReport, Sources};
use crate::source::{Position, Span};

impl PlanReport {
    /// Moves every place in the file at `path` to where `moved` says it stands in `text`. Fixes of the
    /// file are left out, because they would change another text.
    pub fn move_places(&mut self, path: &str, text: &str, moved: impl Fn(Span) -> Span) {
        let shift = |at: &str, start: &mut Position, end: &mut Position| {
            if at == path {
                let span = moved(Span { start: start.offset, end: end.offset });
                (start.offset, end.offset) = (span.start, span.end);
            }
        };
        for finding in &mut self.findings {
            if finding.path == path {
                finding.redact.iter_mut().for_each(|span| *span = moved(*span));
            }
            shift(&finding.path, &mut finding.start, &mut finding.end);
            for related in &mut finding.related {
                shift(&related.path, &mut related.start, &mut related.end);
            }
            finding.fix.take_if(|fix| fix.edits.iter().any(|edit| edit.path == path));
        }
        let questions = self.gate.principles.iter_mut().flat_map(|principle| &mut principle.questions);
        let evidence = questions.flat_map(|question| &mut question.evidence);
        for evidence in evidence.filter(|evidence| evidence.path == path) {
            evidence.span = moved(evidence.span);
            evidence.redact.iter_mut().for_each(|span| *span = moved(*span));
        }
        let mut sources = Sources::default();
        sources.insert(path, text);
        self.locate(&sources);
    }
}
