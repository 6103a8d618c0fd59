//! A [`Baseline`]: the findings of a day that are known and don't count, so that a new one does.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::report::{FindingReport, PlanReport, SuppressedBy};

/// The version of the file's form.
const SCHEMA_VERSION: u32 = 1;

/// Findings that are known, by their fingerprints.
///
/// ```
/// use plangate_core::suppression::Baseline;
/// let baseline = Baseline::from_json(r#"{ "schema_version": 1, "findings": [
///     { "fingerprint": "0123456789abcdef", "rule": "PLN002", "plan": "specs/001/plan.md", "message": "…" } ] }"#)?;
/// assert!(baseline.knows("0123456789abcdef"));
/// assert_eq!(Baseline::from_json(&baseline.to_json())?, baseline);
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    findings: BTreeMap<String, KnownFinding>,
}

/// One finding of a baseline. Its fingerprint alone decides; the rest is for whoever reads the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KnownFinding {
    /// The plan's path, relative to the repository's root.
    pub plan: String,
    /// Id of the rule.
    pub rule: String,
    /// What stays the same when lines move.
    pub fingerprint: String,
    /// What was wrong.
    pub message: String,
}

#[derive(Deserialize)]
struct Written {
    schema_version: u32,
    findings: Vec<KnownFinding>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// Where `text` is none: what completes the sentence "the baseline …".
    pub fn from_json(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let written: Written = serde_json::from_str(text)
            .map_err(|error| format!("is not one that --write-baseline wrote ({error}); write it anew"))?;
        if written.schema_version != SCHEMA_VERSION {
            return Err(format!(
                "has the form {}, and this version of plangate knows {SCHEMA_VERSION}",
                written.schema_version
            ));
        }
        let findings = written.findings.into_iter().map(|finding| (finding.fingerprint.clone(), finding));
        Ok(Self { findings: findings.collect() })
    }

    /// The baseline as JSON: a line for each finding by plan and rule, so that a merge of two branches
    /// is easy.
    #[must_use]
    pub fn to_json(&self) -> String {
        let findings: BTreeSet<&KnownFinding> = self.findings.values().collect();
        // Strings always can be written as JSON.
        let lines: Vec<String> = findings.into_iter().filter_map(|known| serde_json::to_string(known).ok()).collect();
        let lines: String = lines.iter().map(|line| format!("\n    {line}")).collect::<Vec<_>>().join(",");
        format!("{{\n  \"schema_version\": {SCHEMA_VERSION},\n  \"findings\": [{lines}\n  ]\n}}\n")
    }

    /// Whether the finding with this fingerprint is known.
    #[must_use]
    pub fn knows(&self, fingerprint: &str) -> bool {
        self.findings.contains_key(fingerprint)
    }

    /// How many findings it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Takes over what was found in these plans, and forgets what was known of them and is gone: all
    /// findings but those that a comment or a waiver suppresses, and those that `refused` names.
    pub fn renew(&mut self, plans: &[&PlanReport], refused: impl Fn(&FindingReport) -> bool) {
        self.prune(plans, false);
        for plan in plans {
            for finding in &plan.findings {
                let by = finding.suppressed.as_ref().map(|suppressed| suppressed.by);
                if by.is_some_and(|by| by != SuppressedBy::Baseline) || refused(finding) {
                    continue;
                }
                let known = KnownFinding {
                    plan: plan.path.clone(),
                    rule: finding.rule.clone(),
                    fingerprint: finding.fingerprint.clone(),
                    message: finding.message.clone(),
                };
                self.findings.insert(finding.fingerprint.clone(), known);
            }
        }
    }

    /// Forgets what was known of these plans and is gone; and where they are `all` plans that there
    /// are, what was known of others. Gives the number of findings that were forgotten.
    pub fn prune(&mut self, plans: &[&PlanReport], all: bool) -> usize {
        let found: BTreeSet<&str> =
            plans.iter().flat_map(|plan| &plan.findings).map(|finding| finding.fingerprint.as_str()).collect();
        let examined: BTreeSet<&str> = plans.iter().map(|plan| plan.path.as_str()).collect();
        let before = self.findings.len();
        self.findings.retain(|fingerprint, known| {
            found.contains(fingerprint.as_str()) || !(all || examined.contains(known.plan.as_str()))
        });
        before - self.findings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_baseline_is_told() {
        for (text, expected) in [
            ("", "is not one that --write-baseline wrote"),
            ("{}", "is not one that --write-baseline wrote"),
            ("{\"schema_version\": 2, \"findings\": []}", "has the form 2"),
        ] {
            let fault = Baseline::from_json(text).unwrap_err();
            assert!(fault.starts_with(expected), "{fault}");
        }
    }
}
