//! What a rule says: a [`Finding`] with its place, its severity, its help, its fix.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::judgement::Outcome;
use crate::report::{Suppressed, SuppressedBy};
use crate::rule::RuleMeta;
use crate::source::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never counts.
    Info,
    /// Doubtful; counts only with `--fail-on warning`.
    Warning,
    /// A fact that breaks the gate.
    Error,
}

impl Severity {
    /// What weighs most: the severity of a rule that doesn't say.
    pub(crate) const fn most() -> Self {
        Self::Error
    }

    /// The word that stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A span in one of the feature's documents or in a file of the repository.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// Path relative to the repository's root, with `/`.
    pub path: String,
    /// Bytes in that file.
    pub span: Span,
}

impl Place {
    /// A place in the file at `path`.
    #[must_use]
    pub fn new(path: impl Into<String>, span: Span) -> Self {
        Self { path: path.into(), span }
    }
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub message: String,
}

/// One change of a [`Fix`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
}

/// Whether a fix may be applied without a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Keeps what the plan says.
    Safe,
    /// May change what the plan says.
    Unsafe,
}

/// A repair of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fix {
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
    /// What it does, as an imperative.
    pub description: String,
    /// The changes, in order, none overlapping.
    pub edits: Vec<Edit>,
}

/// One diagnostic. A rule makes it; the engine gives it the rule's id, name and severity.
///
/// Messages start in lower case and end without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// Id of the rule, such as `MVP404`; empty until the engine has taken the finding over.
    pub rule: Cow<'static, str>,
    /// Name of the rule, such as `implementation-before-test`.
    #[serde(default)]
    pub name: Cow<'static, str>,
    /// What counts; at most the rule's own severity.
    #[serde(default = "Severity::most")]
    pub severity: Severity,
    /// How the question was judged, where the rule is a question.
    pub outcome: Option<Outcome>,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do next.
    pub help: Option<String>,
    /// Other places that explain it.
    #[serde(default)]
    pub related: Vec<Related>,
    /// A repair.
    pub fix: Option<Fix>,
    /// Spans of the finding's own file that no emitter may print.
    #[serde(default)]
    pub redact: Vec<Span>,
    /// What the finding is about, apart from its place: the principle's or the question's name, used
    /// in its fingerprint so that moved lines stay the same finding.
    pub subject: Option<String>,
    /// Why it does not count; the engine says so, never a rule.
    #[serde(skip)]
    pub(crate) suppressed: Option<Box<Suppressed>>,
}

impl Finding {
    /// A finding at `place`, at its rule's own severity.
    #[must_use]
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self {
            rule: Cow::Borrowed(""),
            name: Cow::Borrowed(""),
            severity: Severity::Error,
            outcome: None,
            message: message.into(),
            place,
            help: None,
            related: Vec::new(),
            fix: None,
            redact: Vec::new(),
            subject: None,
            suppressed: None,
        }
    }

    /// Gives the finding to its rule: id, name, and at most the rule's severity.
    #[must_use]
    pub(crate) fn of_rule(mut self, meta: &RuleMeta) -> Self {
        self.rule = meta.id.clone();
        self.name = meta.name.clone();
        self.at_most(meta.severity)
    }

    /// Whether a comment or a waiver suppresses it. What a baseline knows nobody answers for.
    pub(crate) fn is_answered_for(&self) -> bool {
        self.suppressed.as_ref().is_some_and(|suppressed| suppressed.by != SuppressedBy::Baseline)
    }

    /// Lowers the severity to at most `severity`.
    #[must_use]
    pub fn at_most(mut self, severity: Severity) -> Self {
        self.severity = self.severity.min(severity);
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// Adds a repair.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Names what the finding is about.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }
}
