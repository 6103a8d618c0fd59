//! Principles and questions as a pack declares them: pure data, plus a question's proof.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::evidence::{Indicators, Patterns, ProofFn};
use crate::judgement::Outcome;
use crate::plan::Status;

/// How a question is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Yes or no are both good; the answer opens or closes the questions behind it.
    Scope,
    /// Yes is good; a no must be justified.
    Duty,
    /// No is good; a yes must be justified.
    Disclosure,
}

impl Kind {
    /// The word that stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Duty => "duty",
            Self::Disclosure => "disclosure",
        }
    }
}

/// When a question is asked at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Condition {
    /// Only if the scope question with this id is answered yes; where the plan doesn't answer it, if something contradicts
    /// a "no" to it, or the plan answers the conditional question itself.
    Scope(Cow<'static, str>),
}

/// What a repository must hold for a question to concern it. Each list that holds something must fit, by
/// any of its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Applies {
    /// Globs over the repository's paths.
    pub files: Patterns,
    /// Names of packages, `*` allowed.
    pub dependencies: Patterns,
    /// Languages, such as `typescript`: the plan names it, or a manifest of the repository shows it.
    pub languages: Patterns,
}

impl Applies {
    /// Every repository.
    pub const EVERYWHERE: Self =
        Self { files: Patterns::NONE, dependencies: Patterns::NONE, languages: Patterns::NONE };

    /// Whether every repository is concerned.
    #[must_use]
    pub fn everywhere(&self) -> bool {
        self.files.is_empty() && self.dependencies.is_empty() && self.languages.is_empty()
    }
}

/// What an outcome of one question weighs, where that isn't what it weighs everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// No finding.
    Off,
    /// An info.
    Info,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl Weight {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// What outcomes of one question weigh, where the pack says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Outcomes {
    /// A yes of which nothing speaks.
    pub unsupported: Option<Weight>,
    /// A yes or N/A without a reason.
    pub unexplained: Option<Weight>,
}

impl Outcomes {
    /// As everywhere.
    pub const USUAL: Self = Self { unsupported: None, unexplained: None };

    fn are_usual(&self) -> bool {
        *self == Self::USUAL
    }
}

/// One question under a principle; a question is a rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Question {
    /// Id, such as `MVP601`.
    pub id: Cow<'static, str>,
    /// Name of the fault, such as `unprioritized-story`.
    pub name: Cow<'static, str>,
    /// How it is judged.
    pub kind: Kind,
    /// When it is asked; always, where there is no condition.
    pub when: Option<Condition>,
    /// The question as the plan template words it.
    pub text: Cow<'static, str>,
    /// Documentation in Markdown.
    pub docs: Cow<'static, str>,
    /// The most that a finding of this question can weigh.
    #[serde(default = "Severity::most")]
    pub severity: Severity,
    /// Words that show what a statement or a document speaks of.
    #[serde(default)]
    pub indicators: Indicators,
    /// What shows that a good answer is wrong: a yes to a duty, a no to a scope or disclosure question.
    #[serde(default, skip_serializing_if = "Indicators::is_empty")]
    pub contradicts: Indicators,
    /// Which repositories it concerns; it isn't asked of the others.
    #[serde(default, skip_serializing_if = "Applies::everywhere")]
    pub applies: Applies,
    /// What its outcomes weigh.
    #[serde(default, skip_serializing_if = "Outcomes::are_usual")]
    pub outcomes: Outcomes,
    /// Whether plans never see it: it is held against what they declare of the principle, so that it is never
    /// open, and a missing support is an info.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub evidence_only: bool,
    /// What looks for proof beyond the indicators.
    #[serde(skip)]
    pub proof: Option<ProofFn>,
}

/// One numbered article of a constitution.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Principle {
    /// Roman or arabic numeral as the template writes it; empty where it has none.
    pub ordinal: Cow<'static, str>,
    /// Name as the template writes it.
    pub name: Cow<'static, str>,
    /// The statuses that the template offers.
    pub statuses: Cow<'static, [Status]>,
    /// The questions in the template's order.
    pub questions: Cow<'static, [Question]>,
}

impl Principle {
    /// What [`declare_principle!`](crate::declare_principle) makes.
    #[doc(hidden)]
    #[must_use]
    pub const fn declared(
        ordinal: &'static str,
        name: &'static str,
        statuses: &'static [Status],
        questions: &'static [Question],
    ) -> Self {
        Self {
            ordinal: Cow::Borrowed(ordinal),
            name: Cow::Borrowed(name),
            statuses: Cow::Borrowed(statuses),
            questions: Cow::Borrowed(questions),
        }
    }

    /// Whether the template offers `status`.
    #[must_use]
    pub fn allows(&self, status: Status) -> bool {
        self.statuses.contains(&status)
    }

    /// "IV. Test-Driven Development": how lists and messages call it.
    #[must_use]
    pub fn label(&self) -> String {
        if self.ordinal.is_empty() { self.name.to_string() } else { format!("{}. {}", self.ordinal, self.name) }
    }
}

impl Question {
    /// What [`declare_principle!`](crate::declare_principle) makes.
    #[doc(hidden)]
    #[must_use]
    pub const fn declared(
        id: &'static str,
        name: &'static str,
        kind: Kind,
        text: &'static str,
        docs: &'static str,
    ) -> Self {
        Self {
            id: Cow::Borrowed(id),
            name: Cow::Borrowed(name),
            kind,
            when: None,
            text: Cow::Borrowed(text),
            docs: Cow::Borrowed(docs),
            severity: Severity::Error,
            indicators: Indicators::NONE,
            contradicts: Indicators::NONE,
            applies: Applies::EVERYWHERE,
            outcomes: Outcomes::USUAL,
            evidence_only: false,
            proof: None,
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn when_scope(mut self, id: &'static str) -> Self {
        // A `Question` can't be dropped in a constant, so the old condition, which is always
        // `None` here, is forgotten instead.
        let old = self.when.replace(Condition::Scope(Cow::Borrowed(id)));
        std::mem::forget(old);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn of_languages(mut self, languages: &'static [&'static str]) -> Self {
        let old = std::mem::replace(&mut self.applies.languages, Patterns::Static(languages));
        std::mem::forget(old);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn indicators(mut self, indicators: Indicators) -> Self {
        let old = std::mem::replace(&mut self.indicators, indicators);
        std::mem::forget(old);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn proof(mut self, proof: ProofFn) -> Self {
        self.proof = Some(proof);
        self
    }

    /// The most that a finding of this outcome weighs, before the rule's own ceiling; `None` where there is
    /// no finding.
    #[must_use]
    pub fn weight(&self, outcome: Outcome) -> Option<Severity> {
        let own = match outcome {
            Outcome::Unsupported => self.outcomes.unsupported,
            Outcome::Unexplained => self.outcomes.unexplained,
            _ => None,
        };
        match own {
            Some(weight) => weight.severity(),
            None if self.evidence_only && outcome == Outcome::Unsupported => Some(Severity::Info),
            None => outcome.severity(),
        }
    }

    /// The first sentence of the docs: what the rule finds, in one line; the question itself where there
    /// are no docs.
    #[must_use]
    pub fn summary(&self) -> String {
        let summary = crate::rule::summary_of(&self.docs);
        if summary.is_empty() { self.text.to_string() } else { summary }
    }
}

/// Declares a principle with its questions as a `static` [`Principle`].
///
/// The doc comment above each `question` becomes its documentation, so it is written once and read
/// by `plangate explain`, by `docs/rules.md` and by the tests that run its examples.
///
/// ```
/// use plangate_core::{declare_principle, evidence::Indicators};
///
/// declare_principle! {
///     /// Data that belongs to people is listed, and kept no longer than needed.
///     pub PRIVACY = "XIII" "Privacy by Design", statuses: [Pass, Attention, NotApplicable];
///
///     /// ## What it finds
///     /// A plan that claims to list personal data, and a data model that doesn't.
///     question "ACM1301" "unlisted-personal-data" = Duty "Is all personal data listed in data-model.md?",
///         indicators: Indicators::terms(&["personal data", "GDPR"]);
/// }
/// assert_eq!(PRIVACY.questions[0].id, "ACM1301");
/// ```
#[macro_export]
macro_rules! declare_principle {
    (
        $(#[doc = $about:literal])*
        $visibility:vis $name:ident = $ordinal:literal $title:literal, statuses: [$($status:ident),+ $(,)?];
        $(
            $(#[doc = $docs:literal])*
            question $id:literal $rule:literal = $kind:ident $text:literal
            $(, if: $scope:literal)?
            $(, language: $language:literal)?
            $(, indicators: $indicators:expr)?
            $(, proof: $proof:path)?
            ;
        )+
    ) => {
        $(#[doc = $about])*
        $visibility static $name: $crate::principle::Principle = {
            const QUESTIONS: &[$crate::principle::Question] = &[
                $(
                    $crate::principle::Question::declared(
                        $id,
                        $rule,
                        $crate::principle::Kind::$kind,
                        $text,
                        concat!($($docs, "\n"),*),
                    )
                    $(.when_scope($scope))?
                    $(.of_languages(&[$language]))?
                    $(.indicators($indicators))?
                    $(.proof($proof))?
                ),+
            ];
            $crate::principle::Principle::declared(
                $ordinal,
                $title,
                &[$($crate::plan::Status::$status),+],
                QUESTIONS,
            )
        };
    };
}
