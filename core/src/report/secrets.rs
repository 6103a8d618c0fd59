//! What no emitter may print: spans that rules mark, wherever else a report repeats their text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{PlanReport, Sources};
use crate::diagnostic::Place;

/// Stands for every secret, whatever its length: the length of a secret is told to nobody.
pub(crate) const MASK: &str = "********";

/// Shorter texts are masked where they stand only: elsewhere they may be anybody's word.
const SHORTEST: usize = 4;

/// The texts that a plan's report must not print.
///
/// ```
/// use plangate_core::report::{PlanReport, Secrets, Sources};
/// # fn shown(report: &PlanReport, sources: &Sources<'_>, diff: &str) -> String {
/// Secrets::of(report, sources).mask(diff).into_owned()
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secrets {
    /// The longest first, so that none is masked by half.
    texts: Vec<String>,
}

impl Secrets {
    /// The texts of all spans that the report's findings and evidence mark.
    #[must_use]
    pub fn of(report: &PlanReport, sources: &Sources<'_>) -> Self {
        let of_findings = report.findings.iter().map(|finding| (&finding.path, &finding.redact));
        let of_evidence = report.evidence().map(|evidence| (&evidence.path, &evidence.redact));
        let mut texts = BTreeSet::new();
        for (path, span) in
            of_findings.chain(of_evidence).flat_map(|(path, spans)| spans.iter().map(move |s| (path, s)))
        {
            // A key of many lines may be quoted line by line.
            let text = sources.text(&Place::new(path.as_str(), *span));
            texts.extend(text.lines().map(str::trim).filter(|line| line.len() >= SHORTEST).map(str::to_owned));
        }
        let mut texts: Vec<String> = texts.into_iter().collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Self { texts }
    }

    /// `text` with every secret masked.
    #[must_use]
    pub fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut masked = Cow::Borrowed(text);
        for secret in &self.texts {
            if masked.contains(secret.as_str()) {
                masked = Cow::Owned(masked.replace(secret.as_str(), MASK));
            }
        }
        masked
    }

    fn hides_in(&self, text: &str) -> bool {
        self.texts.iter().any(|secret| text.contains(secret.as_str()))
    }

    fn mask_in(&self, text: &mut String) {
        if let Cow::Owned(masked) = self.mask(text) {
            *text = masked;
        }
    }
}

impl PlanReport {
    /// Masks the secrets that messages, names and reasons quote. A fix that would write one is left out: it could
    /// neither be printed nor, once masked, be applied.
    pub(crate) fn mask_secrets(&mut self, sources: &Sources<'_>) {
        let secrets = Secrets::of(self, sources);
        if secrets.texts.is_empty() {
            return;
        }
        for finding in &mut self.findings {
            secrets.mask_in(&mut finding.message);
            finding.help.iter_mut().for_each(|help| secrets.mask_in(help));
            finding.related.iter_mut().for_each(|related| secrets.mask_in(&mut related.message));
            finding.suppressed.iter_mut().filter_map(|by| by.reason.as_mut()).for_each(|why| secrets.mask_in(why));
            finding.fix.take_if(|fix| {
                secrets.hides_in(&fix.description) || fix.edits.iter().any(|edit| secrets.hides_in(&edit.text))
            });
        }
        for principle in &mut self.gate.principles {
            secrets.mask_in(&mut principle.name);
            principle.questions.iter_mut().flat_map(|question| &mut question.evidence).for_each(|evidence| {
                secrets.mask_in(&mut evidence.note);
            });
        }
    }
}
