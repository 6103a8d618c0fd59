//! A finding as it stands in a report.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Sources, fingerprint};
use crate::diagnostic::{Applicability, Finding, Fix, Related, Severity};
use crate::judgement::Outcome;
use crate::source::{Position, Span};

/// One diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FindingReport {
    /// Id of the rule, such as `MVP404`.
    pub rule: String,
    /// Name of the rule, such as `implementation-before-test`.
    pub name: String,
    /// What counts.
    pub severity: Severity,
    /// How the question was judged, where the rule is a question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What is wrong.
    pub message: String,
    /// The file.
    pub path: String,
    /// Where the finding begins.
    pub start: Position,
    /// Where it ends: the place behind its last character.
    pub end: Position,
    /// What to do next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Other places that explain it.
    #[serde(default)]
    pub related: Vec<RelatedReport>,
    /// A repair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<FixReport>,
    /// Why it does not count, where it doesn't.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Suppressed>,
    /// What stays the same when lines move: 16 hexadecimal digits, see [`fingerprint`].
    pub fingerprint: String,
    /// Spans of the file that no emitter may print.
    #[serde(skip)]
    pub redact: Vec<Span>,
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RelatedReport {
    /// The file.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// What stands there.
    pub message: String,
}

/// A repair of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FixReport {
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
    /// What it does, as an imperative.
    pub description: String,
    /// The changes, in order, none overlapping.
    pub edits: Vec<EditReport>,
}

/// One change of a [`FixReport`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EditReport {
    /// The file.
    pub path: String,
    /// Where the replaced text begins.
    pub start: Position,
    /// Where it ends; equal to `start` for an insertion.
    pub end: Position,
    /// What stands there afterwards.
    pub text: String,
}

/// Why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suppressed {
    /// What suppresses it.
    pub by: SuppressedBy,
    /// The reason that was given; none for a baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who answers for a waiver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The last day of a waiver, as an ISO date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// What suppresses a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SuppressedBy {
    /// A `plangate-ignore` comment in the plan.
    Comment,
    /// A waiver of plangate.toml.
    Waiver,
    /// A baseline.
    Baseline,
}

impl Suppressed {
    /// Suppressed, without a word of why.
    #[must_use]
    pub fn by(by: SuppressedBy) -> Self {
        Self { by, reason: None, owner: None, expires: None }
    }
}

impl SuppressedBy {
    /// The word that stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Waiver => "waiver",
            Self::Baseline => "baseline",
        }
    }
}

impl FindingReport {
    /// The finding of a feature, with lines and columns.
    ///
    /// Places in files that `sources` doesn't hold keep their offsets and stand on line 1 until
    /// [`Report::locate`](super::Report::locate) knows better.
    #[must_use]
    pub fn new(finding: &Finding, feature: &str, sources: &Sources<'_>) -> Self {
        let [start, end] = sources.positions(&finding.place);
        let text = sources.text(&finding.place);
        let subject = finding.subject.as_deref().unwrap_or_default();
        Self {
            rule: finding.rule.clone().into_owned(),
            name: finding.name.clone().into_owned(),
            severity: finding.severity,
            outcome: finding.outcome,
            message: finding.message.clone(),
            path: finding.place.path.clone(),
            start,
            end,
            help: finding.help.clone(),
            related: finding.related.iter().map(|related| RelatedReport::new(related, sources)).collect(),
            fix: finding.fix.as_ref().map(|fix| FixReport::new(fix, sources)),
            suppressed: finding.suppressed.as_deref().cloned(),
            fingerprint: fingerprint(&finding.rule, feature, subject, text),
            redact: finding.redact.clone(),
        }
    }

    /// What findings are sorted by: path, position, rule; then whatever else tells two apart.
    pub(super) fn order(&self) -> impl Ord + '_ {
        (&self.path, self.start.offset, &self.rule, self.end.offset, &self.message)
    }
}

impl RelatedReport {
    fn new(related: &Related, sources: &Sources<'_>) -> Self {
        let [start, end] = sources.positions(&related.place);
        Self { path: related.place.path.clone(), start, end, message: related.message.clone() }
    }
}

impl FixReport {
    fn new(fix: &Fix, sources: &Sources<'_>) -> Self {
        let edits = fix.edits.iter().map(|edit| {
            let [start, end] = sources.positions(&edit.place);
            EditReport { path: edit.place.path.clone(), start, end, text: edit.text.clone() }
        });
        Self { applicability: fix.applicability, description: fix.description.clone(), edits: edits.collect() }
    }
}

/// The second and later findings with one fingerprint get another, made from their number, so that a
/// baseline that knows two of them still lets a third one through.
pub(super) fn number_fingerprints(findings: &mut [FindingReport]) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for finding in findings {
        let number = seen.entry(finding.fingerprint.clone()).or_default();
        *number += 1;
        if *number > 1 {
            finding.fingerprint = fingerprint::numbered(&finding.fingerprint, *number);
        }
    }
}
