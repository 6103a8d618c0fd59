//! The pack `plan`: rules that hold for every Spec Kit plan, whatever its constitution.

mod document;
mod metadata;
mod principles;
mod structure;
pub(crate) mod suppression;
mod traceability;
mod verdict;

use crate::assessment::Assessment;
use crate::diagnostic::{Finding, Place, Severity};
use crate::document::Constitution;
use crate::feature::{Document, Feature, Part, Phase, Read, State};
use crate::markdown::Markdown;
use crate::pack::PackManifest;
use crate::plan::Plan;
use crate::rule::{Rule, RuleContext, RuleMeta};
use crate::source::Span;

/// A rule of the gate: what it is called, what it needs, and the function that looks.
pub(crate) struct GateRule {
    meta: RuleMeta,
    /// Parts without which the rule can't be judged.
    needs: &'static [Part],
    check: fn(&GateContext<'_>) -> Vec<Finding>,
}

impl GateRule {
    pub(crate) const fn new(
        meta: RuleMeta,
        needs: &'static [Part],
        check: fn(&GateContext<'_>) -> Vec<Finding>,
    ) -> Self {
        Self { meta, needs, check }
    }

    /// The first part that the rule needs and nobody looked at.
    pub(crate) fn unknown(&self, feature: &Feature) -> Option<Part> {
        self.needs.iter().copied().find(|part| feature.state(*part) == State::Unknown)
    }
}

impl Rule for GateRule {
    fn meta(&self) -> &RuleMeta {
        &self.meta
    }

    fn check(&self, cx: &RuleContext<'_>) -> Vec<Finding> {
        match cx.assessment {
            Some(assessment) if self.unknown(cx.feature).is_none() => {
                (self.check)(&GateContext { feature: cx.feature, assessment })
            }
            _ => Vec::new(),
        }
    }
}

/// What a gate rule sees.
#[derive(Clone, Copy)]
pub(crate) struct GateContext<'a> {
    /// The plan with everything around it.
    pub(crate) feature: &'a Feature,
    /// The judged principles.
    pub(crate) assessment: &'a Assessment,
}

impl<'a> GateContext<'a> {
    /// The plan.
    pub(crate) fn plan(&self) -> &'a Plan {
        self.feature.plan()
    }

    /// The plan's document.
    pub(crate) fn document(&self) -> &'a Document {
        self.feature.plan_document()
    }

    /// The plan's text.
    pub(crate) fn text(&self) -> &'a str {
        &self.feature.plan_document().text
    }

    /// The plan's Markdown.
    pub(crate) fn markdown(&self) -> Markdown<'a> {
        self.feature.plan_document().markdown()
    }

    /// A place in the plan.
    pub(crate) fn place(&self, span: Span) -> Place {
        self.document().place(span)
    }

    /// A finding in the plan at the rule's own severity.
    pub(crate) fn finding(&self, span: Span, message: impl Into<String>) -> Finding {
        Finding::new(self.place(span), message)
    }

    /// Whether the feature has come as far as `phase`.
    pub(crate) fn has_reached(&self, phase: Phase) -> bool {
        self.feature.phase >= phase
    }

    /// The repository's constitution, where it is provided and filled in.
    pub(crate) fn constitution(&self) -> Option<Read<'a, Constitution>> {
        self.feature.constitution().ok().filter(|constitution| !constitution.unfilled)
    }

    /// The plan's first heading, or its first line.
    pub(crate) fn top(&self) -> Span {
        self.plan().sections.first().map_or_else(
            || {
                let line = self.text().lines().next().unwrap_or_default();
                Span::new(0, line.len())
            },
            |section| section.heading,
        )
    }
}

/// Declares a gate rule as a `static`; its doc comment is its documentation.
macro_rules! gate_rule {
    (
        $(#[doc = $docs:literal])+
        $name:ident = $id:literal $rule:literal, $severity:ident $(, needs: [$($part:ident),+])?;
        $check:path
    ) => {
        $crate::gate::gate_rule!(@ $name, [$($docs),+], $check, [$($($part),+)?], $crate::rule::RuleMeta::new(
            $id, $rule, $crate::diagnostic::Severity::$severity, concat!($($docs, "\n"),+),
        ));
    };
    (
        $(#[doc = $docs:literal])+
        $name:ident = $id:literal $rule:literal, $severity:ident $(, needs: [$($part:ident),+])?, fixable;
        $check:path
    ) => {
        $crate::gate::gate_rule!(@ $name, [$($docs),+], $check, [$($($part),+)?], $crate::rule::RuleMeta::new(
            $id, $rule, $crate::diagnostic::Severity::$severity, concat!($($docs, "\n"),+),
        ).fixable());
    };
    (@ $name:ident, [$($docs:literal),+], $check:path, [$($part:ident),*], $meta:expr) => {
        $(#[doc = $docs])+
        pub(crate) static $name: $crate::gate::GateRule =
            $crate::gate::GateRule::new($meta, &[$($crate::feature::Part::$part),*], $check);
    };
}
pub(crate) use gate_rule;

/// Every rule of the pack, by id.
pub(crate) fn rules() -> Vec<&'static GateRule> {
    let mut rules: Vec<&'static GateRule> = [
        document::RULES,
        principles::RULES,
        verdict::RULES,
        structure::RULES,
        metadata::RULES,
        traceability::RULES,
        suppression::RULES,
    ]
    .concat();
    rules.sort_by(|a, b| a.meta.id.cmp(&b.meta.id));
    rules
}

/// What the pack says of itself.
pub(crate) fn manifest() -> PackManifest {
    PackManifest {
        name: "plan".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        edition: env!("CARGO_PKG_VERSION").into(),
        prefix: "PLN".into(),
        title: "Gate rules".into(),
        rules: rules().into_iter().map(|rule| rule.meta.clone()).collect(),
        ..PackManifest::default()
    }
}

/// Rules that compare a finished plan with a repository that moved on: info once every task is done.
pub(crate) fn severity_in(phase: Phase, rule: &str) -> Severity {
    let moved_on = matches!(rule, "PLN110" | "PLN114" | "PLN201" | "PLN205" | "PLN303");
    if phase == Phase::Delivered && moved_on { Severity::Info } else { Severity::Error }
}
