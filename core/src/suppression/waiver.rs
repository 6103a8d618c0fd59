//! A [`Waiver`]: findings of one rule that somebody answers for, in plangate.toml.

use crate::config::PathGlob;
use crate::diagnostic::Place;
use crate::report::{Suppressed, SuppressedBy};

/// Findings of one rule, in some files, that somebody answers for until a day.
///
/// ```
/// use plangate_core::config::PathGlob;
/// use plangate_core::suppression::Waiver;
/// let waiver = Waiver::new("PRD905", PathGlob::new("specs/001-*")?, "nobody is on call", "Ada").until("2026-12-31");
/// assert!(waiver.covers("PRD905", "missing-alert", "specs/001-voting/plan.md"));
/// assert!(!waiver.has_expired(Some("2026-12-31")), "the last day counts");
/// assert!(waiver.has_expired(Some("2027-01-01")));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waiver {
    /// Id or name of the rule.
    pub rule: String,
    /// The files, or folders that hold them.
    pub path: PathGlob,
    /// Why the findings don't count.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day that it holds, as an ISO date.
    pub expires: Option<String>,
    /// Whether the policy says it, so that it holds for protected rules as well.
    pub of_policy: bool,
    /// Where its rule stands.
    pub(crate) rule_at: Option<Place>,
    /// Where its last day stands.
    pub(crate) expires_at: Option<Place>,
}

impl Waiver {
    /// A waiver that always holds.
    #[must_use]
    pub fn new(rule: impl Into<String>, path: PathGlob, reason: impl Into<String>, owner: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            path,
            reason: reason.into(),
            owner: owner.into(),
            expires: None,
            of_policy: false,
            rule_at: None,
            expires_at: None,
        }
    }

    /// Sets the last day that it holds, an ISO date.
    #[must_use]
    pub fn until(mut self, day: impl Into<String>) -> Self {
        self.expires = Some(day.into());
        self
    }

    /// Says where its rule and its last day are written; without them nobody tells that it is unused or
    /// past its day.
    #[must_use]
    pub fn written_at(mut self, rule: Place, expires: Place) -> Self {
        (self.rule_at, self.expires_at) = (Some(rule), Some(expires));
        self
    }

    /// Whether it names the rule.
    #[must_use]
    pub fn names(&self, id: &str, name: &str) -> bool {
        self.rule.eq_ignore_ascii_case(id) || self.rule == name
    }

    /// Whether it is about a finding of the rule in the file at `path`.
    #[must_use]
    pub fn covers(&self, id: &str, name: &str, path: &str) -> bool {
        self.names(id, name) && self.path.fits(path)
    }

    /// Whether it is past its day; without a day of today it never is.
    #[must_use]
    pub fn has_expired(&self, today: Option<&str>) -> bool {
        // ISO dates are ordered as the calendar is.
        self.expires.as_deref().zip(today).is_some_and(|(last, today)| today > last)
    }

    /// What it says of a finding that it covers.
    #[must_use]
    pub fn suppressed(&self) -> Suppressed {
        Suppressed {
            by: SuppressedBy::Waiver,
            reason: Some(self.reason.clone()),
            owner: Some(self.owner.clone()),
            expires: self.expires.clone(),
        }
    }
}
