//! A report's plans and findings counted, and which of them make a run fail.

use serde::{Deserialize, Serialize};

use super::PlanReport;
use crate::diagnostic::Severity;
use crate::plan::Status;

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
