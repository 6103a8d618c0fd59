//! The [`Report`]: what one run found, as consumers read it.
//!
//! Lines and columns exist only here; inside of plangate everything is a byte offset.

mod fingerprint;
mod length;
mod listing;
mod merge;
mod moved;
mod secrets;
mod sources;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub use crate::brief::brief;
pub use fingerprint::fingerprint;
pub(crate) use fingerprint::fingerprints;
pub use listing::MOST_FINDINGS;
pub(crate) use listing::shorten;
#[cfg(feature = "emit")]
pub(crate) use secrets::MASK;
pub use secrets::Secrets;
pub use sources::{Source, Sources};

use crate::diagnostic::{Applicability, Finding, Fix, Place, Related, Severity};
use crate::evidence::{Evidence, Says};
use crate::feature::{Part, Phase};
use crate::judgement::Outcome;
use crate::pack::{PackManifest, PackSource};
use crate::plan::{Status, Verdict};
use crate::principle::Kind;
use crate::source::{Position, Span};

/// The version of the report's form. It grows only where a consumer of an older one would break.
pub const SCHEMA_VERSION: u32 = 1;

/// What one run found. Its JSON is a contract: consumers ignore keys that they don't know.
///
/// ```
/// use plangate_core::report::{FailOn, Report};
/// let report = Report::new(Vec::new(), Vec::new());
/// assert_eq!(report.schema_version, 1);
/// assert_eq!(report.exit_code(FailOn::Error), 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What made the report.
    pub tool: Tool,
    /// The day that waivers were held against, as an ISO date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<String>,
    /// The repository that was looked at.
    pub repository: RepositoryReport,
    /// The configuration that was in force, where a file held one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// The packs that were asked, by name.
    pub packs: Vec<PackReport>,
    /// The plans in the order of their paths.
    pub plans: Vec<PlanReport>,
    /// What could not be done and belongs to no plan: packs that never loaded, unreadable plans.
    #[serde(default)]
    pub failures: Vec<Failure>,
    /// The plans counted.
    pub summary: Summary,
}

/// What made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Tool {
    /// `plangate`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The repository that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RepositoryReport {
    /// Its root as seen from where plangate ran; every path of the report is relative to it.
    pub root: String,
    /// The commit that was checked out, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
}

/// The configuration that was in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Policy {
    /// The file.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A pack that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PackReport {
    /// Its name, such as `mvp`.
    pub name: String,
    /// The version of the crate or file.
    pub version: String,
    /// The route by which it came.
    pub source: PackSource,
    /// The version of the constitution's text.
    pub edition: String,
    /// How many principles it brought.
    pub principles: u32,
    /// How many rules it brought: questions and free-form rules.
    pub rules: u32,
}

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

/// Something that plangate could not do. Never a finding, and never silence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Failure {
    /// The pack that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// The file that could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What went wrong, and what to do next.
    pub message: String,
}

/// The plans and their findings counted. Suppressed findings count as suppressed only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Summary {
    /// Plans that were checked.
    pub plans: u32,
    /// Plans whose gate derives to blocked.
    pub blocked: u32,
    /// Plans whose gate derives to attention.
    pub attention: u32,
    /// Plans whose gate derives to pass.
    pub pass: u32,
    /// Findings that are errors.
    pub errors: u32,
    /// Findings that are warnings.
    pub warnings: u32,
    /// Findings that are worth knowing.
    pub infos: u32,
    /// Findings that don't count.
    pub suppressed: u32,
}

/// From which severity on a finding makes the run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// An error.
    #[default]
    Error,
    /// A warning or an error.
    Warning,
    /// None: the findings are for reading only.
    Never,
}

impl FailOn {
    /// The word that stands in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Never => "never",
        }
    }

    /// The one of the two that lets less pass.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        let strictness =
            |fail_on: &Self| [Self::Never, Self::Error, Self::Warning].iter().position(|known| known == fail_on);
        std::cmp::max_by_key(self, other, strictness)
    }

    /// Whether a finding of this severity makes a run fail.
    #[must_use]
    pub fn counts(self, severity: Severity) -> bool {
        match self {
            Self::Never => false,
            Self::Error => severity == Severity::Error,
            Self::Warning => severity >= Severity::Warning,
        }
    }

    /// Whether what was counted makes a run fail.
    #[must_use]
    pub fn fails(self, summary: &Summary) -> bool {
        match self {
            Self::Never => false,
            Self::Error => summary.errors > 0,
            Self::Warning => summary.errors + summary.warnings > 0,
        }
    }
}

impl Report {
    /// A report of these plans, put into the order of their paths and counted.
    #[must_use]
    pub fn new(packs: Vec<PackReport>, mut plans: Vec<PlanReport>) -> Self {
        plans.sort_by(|a, b| a.path.cmp(&b.path));
        let summary = Summary::of(&plans);
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: "plangate".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            today: None,
            repository: RepositoryReport::at("."),
            policy: None,
            packs,
            plans,
            failures: Vec::new(),
            summary,
        }
    }

    /// Every failure, the plans' included.
    pub fn all_failures(&self) -> impl Iterator<Item = &Failure> {
        self.failures.iter().chain(self.plans.iter().flat_map(|plan| &plan.failures))
    }

    /// What the process says when it ends: 2 where something could not be done, else 1 where a
    /// finding counts at or above `fail_on`, else 0.
    #[must_use]
    pub fn exit_code(&self, fail_on: FailOn) -> u8 {
        if self.all_failures().next().is_some() {
            return 2;
        }
        u8::from(fail_on.fails(&self.summary))
    }

    /// Reads lines and columns anew from the offsets, for every place whose text `sources` holds.
    ///
    /// A finding in a file of the repository, such as a manifest, is made without the file's text;
    /// whoever can read the file adds it to the sources and calls this.
    pub fn locate(&mut self, sources: &Sources<'_>) {
        for plan in &mut self.plans {
            plan.locate(sources);
        }
    }
}

impl RepositoryReport {
    /// The repository at `root`, as seen from where plangate runs.
    #[must_use]
    pub fn at(root: impl Into<String>) -> Self {
        Self { root: root.into(), revision: None }
    }

    /// A path of the report as seen from where plangate runs; `-` is standard input.
    #[must_use]
    pub fn path<'a>(&self, path: &'a str) -> Cow<'a, str> {
        match self.root.trim_end_matches('/') {
            "." | "" if self.root != "/" => Cow::Borrowed(path),
            _ if path == "-" => Cow::Borrowed(path),
            root => Cow::Owned(format!("{root}/{path}")),
        }
    }
}

impl PackReport {
    /// What a report says of a pack.
    #[must_use]
    pub fn new(manifest: &PackManifest) -> Self {
        Self {
            name: manifest.name.clone().into_owned(),
            version: manifest.version.clone().into_owned(),
            source: manifest.source,
            edition: manifest.edition.clone().into_owned(),
            principles: count(manifest.principles.len()),
            rules: count(manifest.rule_count()),
        }
    }
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

    /// Reads lines and columns anew from the offsets, as [`Report::locate`] does.
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

impl FindingReport {
    /// The finding of a feature, with lines and columns.
    ///
    /// Places in files that `sources` doesn't hold keep their offsets and stand on line 1 until
    /// [`Report::locate`] knows better.
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
    fn order(&self) -> impl Ord + '_ {
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

impl Failure {
    /// A failure of the pack called `pack`.
    #[must_use]
    pub fn of_pack(pack: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pack: Some(pack.into()), path: None, message: length::kept(message.into()) }
    }

    /// A failure to read the file at `path`.
    #[must_use]
    pub fn of_path(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pack: None, path: Some(path.into()), message: length::kept(message.into()) }
    }

    /// The same failure as seen from outside: its path below `folder`.
    #[must_use]
    fn below(mut self, folder: &str) -> Self {
        self.path = self.path.map(|path| format!("{folder}/{path}"));
        self
    }
}

impl Summary {
    /// Counts the plans and their findings.
    #[must_use]
    pub fn of(plans: &[PlanReport]) -> Self {
        let mut summary = Self::default();
        plans.iter().for_each(|plan| summary.add(plan));
        summary
    }

    /// Counts one more plan and its findings.
    pub fn add(&mut self, plan: &PlanReport) {
        self.plans += 1;
        match plan.gate.derived {
            Status::Blocked => self.blocked += 1,
            Status::Attention | Status::Undecided => self.attention += 1,
            Status::Pass | Status::NotApplicable => self.pass += 1,
        }
        for finding in &plan.findings {
            match (&finding.suppressed, finding.severity) {
                (Some(_), _) => self.suppressed += 1,
                (None, Severity::Error) => self.errors += 1,
                (None, Severity::Warning) => self.warnings += 1,
                (None, Severity::Info) => self.infos += 1,
            }
        }
    }
}

/// The second and later findings with one fingerprint get another, made from their number, so that a
/// baseline that knows two of them still lets a third one through.
fn number_fingerprints(findings: &mut [FindingReport]) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for finding in findings {
        let number = seen.entry(finding.fingerprint.clone()).or_default();
        *number += 1;
        if *number > 1 {
            finding.fingerprint = fingerprint::numbered(&finding.fingerprint, *number);
        }
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
