//! Free-form rules: a [`Rule`] looks at a feature, and says [`Finding`]s.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::assessment::Assessment;
use crate::diagnostic::{Finding, Severity};
use crate::feature::Feature;

/// What is known of a rule without running it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RuleMeta {
    /// Id, such as `PLN101`.
    pub id: Cow<'static, str>,
    /// Name of the fault, such as `missing-principle`.
    pub name: Cow<'static, str>,
    /// The most that a finding of this rule can weigh.
    #[serde(default = "Severity::most")]
    pub severity: Severity,
    /// Documentation in Markdown.
    pub docs: Cow<'static, str>,
    /// The version of the pack that brought the rule.
    #[serde(default)]
    pub since: Cow<'static, str>,
    /// Whether some of its findings carry a fix.
    #[serde(default)]
    pub fixable: bool,
}

impl RuleMeta {
    /// A rule of a linked pack.
    #[must_use]
    pub const fn new(id: &'static str, name: &'static str, severity: Severity, docs: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            name: Cow::Borrowed(name),
            severity,
            docs: Cow::Borrowed(docs),
            since: Cow::Borrowed("0.1.0"),
            fixable: false,
        }
    }

    /// Says that some findings of the rule carry a fix.
    #[must_use]
    pub const fn fixable(mut self) -> Self {
        self.fixable = true;
        self
    }

    /// The first sentence of the docs: what the rule finds, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        summary_of(&self.docs)
    }
}

/// The first sentence of prose in `docs`, on one line.
pub(crate) fn summary_of(docs: &str) -> String {
    let prose = docs.lines().map(str::trim).skip_while(|line| line.is_empty() || line.starts_with('#'));
    let paragraph: Vec<&str> = prose.take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    // A sentence goes on where a small letter follows the stop, as in "e.g. this".
    let ends = paragraph.match_indices(". ").map(|(at, _)| at + 1);
    let mut ends = ends.filter(|end| !paragraph[*end..].trim_start().starts_with(char::is_lowercase));
    let end = ends.next().unwrap_or(paragraph.len());
    paragraph[..end].to_owned()
}

/// A free-form rule that [`declare_rule!`](crate::declare_rule) made.
pub struct DeclaredRule {
    meta: RuleMeta,
    check: fn(&RuleContext<'_>) -> Vec<Finding>,
}

impl DeclaredRule {
    /// What [`declare_rule!`](crate::declare_rule) makes.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(meta: RuleMeta, check: fn(&RuleContext<'_>) -> Vec<Finding>) -> Self {
        Self { meta, check }
    }
}

impl Rule for DeclaredRule {
    fn meta(&self) -> &RuleMeta {
        &self.meta
    }

    fn check(&self, cx: &RuleContext<'_>) -> Vec<Finding> {
        (self.check)(cx)
    }
}

/// Declares a free-form rule of a pack as a `static` [`DeclaredRule`]: its id, its name, the most that its
/// findings weigh, and the function that looks. The doc comment is its documentation.
///
/// ```standalone_crate
/// use plangate_core::rule::RuleContext;
/// use plangate_core::{Finding, declare_rule, register_pack};
///
/// declare_rule! {
///     /// ## What it finds
///     /// A plan that names no owner.
///     pub UNOWNED_PLAN = "ACM901" "unowned-plan", Warning;
///     unowned_plan
/// }
///
/// fn unowned_plan(cx: &RuleContext<'_>) -> Vec<Finding> {
///     let document = cx.feature.plan_document();
///     if document.text.contains("**Owner**") {
///         return Vec::new();
///     }
///     vec![Finding::new(document.place(plangate_core::Span::at(0)), "the plan names no owner")]
/// }
///
/// register_pack! {
///     name: "acme", version: "1.0.0", edition: "1.0.0", prefix: "ACM",
///     title: "Acme Principles", principles: [], rules: [UNOWNED_PLAN]
/// }
/// # fn main() {
/// # use plangate_core::{Engine, Feature};
/// let engine = Engine::builder().pack(pack()).required(["acme"]).build().unwrap();
/// let report = engine.evaluate(&Feature::builder().plan("# Implementation Plan: Voting").build());
/// assert!(report.findings.iter().any(|finding| finding.rule == "ACM901"));
/// # }
/// ```
#[macro_export]
macro_rules! declare_rule {
    (
        $(#[doc = $docs:literal])+
        $visibility:vis $name:ident = $id:literal $rule:literal, $severity:ident $(, $fixable:ident)?;
        $check:path
    ) => {
        $(#[doc = $docs])+
        $visibility static $name: $crate::rule::DeclaredRule = $crate::rule::DeclaredRule::new(
            $crate::rule::RuleMeta::new(
                $id,
                $rule,
                $crate::diagnostic::Severity::$severity,
                concat!($($docs, "\n"),+),
            )
            $(.$fixable())?,
            $check,
        );
    };
}

/// What a rule sees.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RuleContext<'a> {
    /// The plan with everything around it.
    pub feature: &'a Feature,
    /// The judged principles; only the gate rules see them, because a pack answers before its
    /// answers are judged.
    pub assessment: Option<&'a Assessment>,
}

impl<'a> RuleContext<'a> {
    /// The context of a pack's rule.
    #[must_use]
    pub fn new(feature: &'a Feature) -> Self {
        Self { feature, assessment: None }
    }

    /// The context of a gate rule.
    #[must_use]
    pub fn judged(feature: &'a Feature, assessment: &'a Assessment) -> Self {
        Self { feature, assessment: Some(assessment) }
    }
}

/// A rule: a pure function of what it sees.
///
/// It sets neither its findings' id nor raises their severity: the engine gives them the id, and
/// cuts the severity to the rule's own.
pub trait Rule: Send + Sync {
    /// What is known of the rule without running it.
    fn meta(&self) -> &RuleMeta;

    /// Looks, and says what it found.
    fn check(&self, cx: &RuleContext<'_>) -> Vec<Finding>;
}
