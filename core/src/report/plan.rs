//! What a report says of one plan: its gate, its principles, their questions and the evidence.

use serde::{Deserialize, Serialize};

use super::finding::number_fingerprints;
use super::{Failure, FindingReport, Sources};
use crate::diagnostic::{Place, Severity};
use crate::evidence::{Evidence, Says};
use crate::feature::{Part, Phase};
use crate::judgement::Outcome;
use crate::plan::{Status, Verdict};
use crate::principle::Kind;
use crate::source::Span;

/// What was found about one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PlanReport {
    /// The plan's path.
    pub path: String,
    /// The feature's folder; empty for a plan from standard input.
    pub feature: String,
    /// How far the feature has come.
    pub phase: Phase,
    /// Packs that don't concern this plan, by name.
    #[serde(default)]
    pub inactive_packs: Vec<String>,
    /// Rules that could not be judged, because something they need is unknown.
    #[serde(default)]
    pub not_judged: Vec<NotJudged>,
    /// What the plan claims and what plangate computed.
    pub gate: GateReport,
    /// The findings by path, position and rule.
    pub findings: Vec<FindingReport>,
    /// What could not be done for this plan.
    #[serde(default)]
    pub failures: Vec<Failure>,
}

/// A rule that could not be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotJudged {
    /// Id of the rule.
    pub rule: String,
    /// The part that is unknown.
    pub needs: Part,
}

/// The gate: declared and derived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GateReport {
    /// The overall status that the plan states.
    pub declared: Option<Status>,
    /// The overall status that plangate computed.
    pub derived: Status,
    /// The principles: the packs' in their order, then the constitution's own.
    pub principles: Vec<PrincipleReport>,
}

/// One principle: declared and derived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PrincipleReport {
    /// The pack that brought it; `constitution` where only the repository's constitution knows it.
    pub pack: String,
    /// The numeral, where it has one.
    pub ordinal: Option<String>,
    /// The name.
    pub name: String,
    /// The status that the plan states; absent where it doesn't assess the principle.
    pub declared: Option<Status>,
    /// The status that plangate computed.
    pub derived: Status,
    /// What it was computed from.
    pub derived_from: DerivedFrom,
    /// Whether a row of Complexity Tracking justifies it.
    pub justified: bool,
    /// Its questions in the pack's order; none for a principle of the constitution.
    pub questions: Vec<QuestionReport>,
}

/// What a derived status was computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DerivedFrom {
    /// Its questions, each of them judged.
    Questions,
    /// The plan's own word: nobody examined it.
    Declaration,
}

/// How one question was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct QuestionReport {
    /// Id of the question's rule.
    pub rule: String,
    /// How it is judged.
    pub kind: Kind,
    /// What the plan says to it.
    pub answer: Verdict,
    /// What became of it.
    pub outcome: Outcome,
    /// What was found outside of the answer.
    #[serde(default)]
    pub evidence: Vec<EvidenceReport>,
}

/// One thing that was found outside of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EvidenceReport {
    /// The file.
    pub path: String,
    /// 1-based line.
    pub line: u32,
    /// What it says to the answer.
    pub says: Says,
    /// What it is, in a few words.
    pub note: String,
    /// Where it stands, in bytes.
    #[serde(skip)]
    pub span: Span,
    /// Spans of the file that no emitter may print.
    #[serde(skip)]
    pub redact: Vec<Span>,
}

impl PlanReport {
    /// A report of the plan at `path`. Its findings are put into their order, and findings that
    /// share a fingerprint are told apart by their number.
    #[must_use]
    pub fn new(
        path: impl Into<String>,
        feature: impl Into<String>,
        phase: Phase,
        gate: GateReport,
        mut findings: Vec<FindingReport>,
    ) -> Self {
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        number_fingerprints(&mut findings);
        Self {
            path: path.into(),
            feature: feature.into(),
            phase,
            inactive_packs: Vec::new(),
            not_judged: Vec::new(),
            gate,
            findings,
            failures: Vec::new(),
        }
    }

    /// The same report as seen from outside: every path below `folder`.
    #[must_use]
    pub fn below(mut self, folder: &str) -> Self {
        let below = |path: &mut String| *path = format!("{folder}/{path}");
        below(&mut self.path);
        for finding in &mut self.findings {
            below(&mut finding.path);
            finding.related.iter_mut().for_each(|related| below(&mut related.path));
            finding.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| below(&mut edit.path));
        }
        let questions = self.gate.principles.iter_mut().flat_map(|principle| &mut principle.questions);
        questions.flat_map(|question| &mut question.evidence).for_each(|evidence| below(&mut evidence.path));
        self.failures = self.failures.into_iter().map(|failure| failure.below(folder)).collect();
        self
    }

    /// Adds findings where they belong.
    pub(crate) fn add(&mut self, mut findings: Vec<FindingReport>) {
        findings.iter_mut().for_each(FindingReport::shorten_texts);
        if findings.iter().any(|finding| finding.severity == Severity::Error && finding.suppressed.is_none()) {
            self.gate.derived = Status::Blocked;
        }
        self.findings.extend(findings);
        self.findings.sort_by(|a, b| a.order().cmp(&b.order()));
    }

    /// The findings that count.
    pub fn counted(&self) -> impl Iterator<Item = &FindingReport> {
        self.findings.iter().filter(|finding| finding.suppressed.is_none())
    }

    /// The paths of every place that the report names, sorted.
    #[must_use]
    pub fn paths(&self) -> Vec<&str> {
        let findings = self.findings.iter().flat_map(|finding| {
            let related = finding.related.iter().map(|related| related.path.as_str());
            let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.path.as_str()));
            related.chain(edits).chain([finding.path.as_str()])
        });
        let mut paths: Vec<&str> = findings.chain(self.evidence().map(|evidence| evidence.path.as_str())).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Every piece of evidence.
    pub fn evidence(&self) -> impl Iterator<Item = &EvidenceReport> {
        let questions = self.gate.principles.iter().flat_map(|principle| &principle.questions);
        questions.flat_map(|question| &question.evidence)
    }

    /// Reads lines and columns anew from the offsets, as [`Report::locate`](super::Report::locate) does.
    pub fn locate(&mut self, sources: &Sources<'_>) {
        for finding in &mut self.findings {
            sources.relocate(&finding.path, [&mut finding.start, &mut finding.end]);
            for related in &mut finding.related {
                sources.relocate(&related.path, [&mut related.start, &mut related.end]);
            }
            for edit in finding.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
                sources.relocate(&edit.path, [&mut edit.start, &mut edit.end]);
            }
        }
        let questions = self.gate.principles.iter_mut().flat_map(|principle| &mut principle.questions);
        // A report that was read from JSON knows its evidence by lines only.
        let known = |evidence: &&mut EvidenceReport| evidence.span != Span::default();
        for evidence in questions.flat_map(|question| &mut question.evidence).filter(known) {
            evidence.line =
                sources.get(&evidence.path).map_or(evidence.line, |source| source.position(evidence.span.start).line);
        }
        self.findings.sort_by(|a, b| a.order().cmp(&b.order()));
    }
}

impl GateReport {
    /// A gate of these principles.
    #[must_use]
    pub fn new(declared: Option<Status>, derived: Status, principles: Vec<PrincipleReport>) -> Self {
        Self { declared, derived, principles }
    }
}

impl PrincipleReport {
    /// A principle that was taken as declared. Where it was judged, set the other fields.
    #[must_use]
    pub fn new(pack: impl Into<String>, ordinal: Option<String>, name: impl Into<String>) -> Self {
        Self {
            pack: pack.into(),
            ordinal,
            name: name.into(),
            declared: None,
            derived: Status::Undecided,
            derived_from: DerivedFrom::Declaration,
            justified: false,
            questions: Vec::new(),
        }
    }
}

impl QuestionReport {
    /// A question without evidence.
    #[must_use]
    pub fn new(rule: impl Into<String>, kind: Kind, answer: Verdict, outcome: Outcome) -> Self {
        Self { rule: rule.into(), kind, answer, outcome, evidence: Vec::new() }
    }
}

impl EvidenceReport {
    /// The evidence with its line.
    #[must_use]
    pub fn new(evidence: &Evidence, sources: &Sources<'_>) -> Self {
        let Place { path, span } = &evidence.place;
        Self {
            path: path.clone(),
            line: sources.position(path, span.start).line,
            says: evidence.says,
            note: evidence.note.clone(),
            span: *span,
            redact: evidence.redact.clone(),
        }
    }
}
