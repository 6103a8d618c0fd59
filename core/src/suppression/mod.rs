//! Why a finding does not count: comments in the documents, waivers, a baseline. A suppressed finding
//! stays listed with its reason; what suppresses nothing, says nothing or is past its day is told.

mod baseline;
mod comment;
#[cfg(test)]
mod tests;
mod waiver;

pub use baseline::{Baseline, KnownFinding};
pub use waiver::Waiver;

use crate::config::Config;
use crate::diagnostic::{Finding, Place};
use crate::feature::Feature;
use crate::gate::suppression::{EXPIRED_WAIVER, UNEXPLAINED_SUPPRESSION, UNUSED_SUPPRESSION};
use crate::report::{PlanReport, Sources, Suppressed, SuppressedBy, fingerprints};
use crate::rule::Rule;
use crate::spelling::nearest;
use comment::{Comment, comments};

/// The rules that hold suppressions themselves, and that nothing suppresses.
const OWN: [&str; 3] = ["PLN901", "PLN902", "PLN903"];

/// Whether the rule holds suppressions themselves.
#[must_use]
pub fn is_own(rule: &str) -> bool {
    OWN.contains(&rule)
}

/// What a rule is called, and whether it was asked of this plan.
pub(crate) struct AskedRule<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    /// Its pack is active, and nothing that it needs is unknown.
    pub(crate) asked: bool,
}

/// Marks the findings that don't count, and adds those about the feature's own comments.
pub(crate) fn suppress<'a>(
    feature: &Feature,
    config: &Config,
    rules: impl FnOnce() -> Vec<AskedRule<'a>>,
    findings: &mut Vec<Finding>,
) {
    let comments = comments(feature);
    let plan = &feature.plan_document().path;
    let fingerprints = match &config.baseline {
        Some(_) => fingerprints(findings, &feature.name, &Sources::of(feature)),
        None => Vec::new(),
    };
    for (at, finding) in findings.iter_mut().enumerate() {
        let protected = config.protects(&finding.rule, &finding.name);
        let known = fingerprints.get(at).zip(config.baseline.as_ref());
        let known = known.is_some_and(|(fingerprint, baseline)| baseline.knows(fingerprint));
        let holds = |waiver: &&Waiver| {
            (waiver.of_policy || !protected)
                && !waiver.has_expired(config.today.as_deref())
                && [&finding.place.path, plan].into_iter().any(|path| waiver.covers(&finding.rule, &finding.name, path))
        };
        finding.suppressed = comments
            .iter()
            .find(|comment| !protected && comment.reason.is_some() && comment.covers_finding(finding))
            .map(Comment::suppressed)
            .or_else(|| config.waivers.iter().find(holds).map(Waiver::suppressed))
            .or_else(|| (known && !protected).then(|| Suppressed::by(SuppressedBy::Baseline)));
    }
    if !comments.is_empty() {
        let rules = rules();
        let told = comments.iter().flat_map(|comment| told(comment, config, &rules, findings)).collect::<Vec<_>>();
        findings.extend(told);
    }
}

/// What is wrong with a comment.
fn told(comment: &Comment<'_>, config: &Config, rules: &[AskedRule<'_>], findings: &[Finding]) -> Vec<Finding> {
    let at = |span| Place::new(comment.document, span);
    if comment.rules.is_empty() {
        let finding = Finding::new(at(comment.span), "the suppression names no rule")
            .help("write `<!-- plangate-ignore RULE: reason -->`, or remove it");
        return vec![finding.of_rule(UNUSED_SUPPRESSION.meta())];
    }
    if comment.reason.is_none() {
        let finding =
            Finding::new(at(comment.span), "the suppression has no reason, and suppresses nothing until it has one")
                .help(format!("write `<!-- plangate-ignore {}: reason -->`, or remove it", comment.rules[0].0));
        return vec![finding.of_rule(UNEXPLAINED_SUPPRESSION.meta())];
    }
    let unused = comment.rules.iter().filter_map(|(code, span)| {
        let named = rules.iter().find(|rule| rule.id.eq_ignore_ascii_case(code) || rule.name == *code);
        let (message, help) = match named {
            None => (format!("there is no rule `{code}`"), meant(code, rules)),
            Some(rule) if config.protects(rule.id, rule.name) => (
                format!("{} is protected: no comment suppresses it", rule.id),
                "settle what it finds, and remove the comment".to_owned(),
            ),
            Some(rule) if !rule.asked || findings.iter().any(|finding| comment.covers_finding_of(finding, code)) => {
                return None;
            }
            Some(rule) => (
                format!("{} finds nothing here, so that nothing is suppressed", rule.id),
                "remove it, or put it on the line above the finding".to_owned(),
            ),
        };
        let finding = Finding::new(at(*span), message).help(help).subject(*code);
        Some(finding.of_rule(UNUSED_SUPPRESSION.meta()))
    });
    unused.collect()
}

fn meant(code: &str, rules: &[AskedRule<'_>]) -> String {
    match nearest(rules.iter().flat_map(|rule| [rule.id, rule.name]), code).first() {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`plangate rules` lists them all".to_owned(),
    }
}

impl Comment<'_> {
    fn covers_finding(&self, finding: &Finding) -> bool {
        self.covers_place(finding) && self.rules.iter().any(|(code, _)| is_named(finding, code))
    }

    fn covers_finding_of(&self, finding: &Finding, code: &str) -> bool {
        self.covers_place(finding) && is_named(finding, code)
    }

    /// Whether a finding begins in what the comment covers.
    fn covers_place(&self, finding: &Finding) -> bool {
        let start = finding.place.span.start;
        let begins_here = self.covers.contains(start) || self.covers.start == start;
        begins_here && finding.place.path == self.document
    }

    fn suppressed(&self) -> Suppressed {
        Suppressed { reason: self.reason.clone(), ..Suppressed::by(SuppressedBy::Comment) }
    }
}

fn is_named(finding: &Finding, code: &str) -> bool {
    code.eq_ignore_ascii_case(&finding.rule) || code == finding.name
}

/// The findings about the waivers of one repository, each with the index of the plan that it belongs
/// to. `complete` says that these are all plans of the repository: only then a waiver that covers
/// nothing is unused.
pub(crate) fn about_waivers(
    config: &Config,
    rules: &[AskedRule<'_>],
    plans: &[&mut PlanReport],
    complete: bool,
) -> Vec<(usize, Finding)> {
    let failed = plans.iter().any(|plan| !plan.failures.is_empty());
    let mut told = Vec::new();
    for waiver in &config.waivers {
        let (Some(rule_at), Some(expires_at)) = (&waiver.rule_at, &waiver.expires_at) else { continue };
        let covered = plans.iter().position(|plan| covers_some(waiver, plan));
        let concerned = plans.iter().position(|plan| waiver.path.fits(&plan.path));
        let owner = &waiver.owner;
        let Some(rule) = rules.iter().find(|rule| waiver.names(rule.id, rule.name)) else { continue };
        let subject = format!("{}:{}", waiver.rule, waiver.path.as_str());
        if let Some(last) = waiver.expires.as_deref().filter(|_| waiver.has_expired(config.today.as_deref())) {
            let Some(at) = covered.or(concerned).or((complete && !plans.is_empty()).then_some(0)) else { continue };
            let help = if covered.is_some() {
                format!("settle it, or have {owner} give it another day: `expires = \"YYYY-MM-DD\"`")
            } else {
                "remove it: it covers nothing any more".to_owned()
            };
            let message = format!("the waiver of {} ended on {last}", rule.id);
            let finding = Finding::new(expires_at.clone(), message).help(help).subject(subject);
            told.push((at, finding.of_rule(EXPIRED_WAIVER.meta())));
            continue;
        }
        let Some(plan) = plans.get(concerned.unwrap_or_default()) else { continue };
        let protected = config.protects(rule.id, rule.name) && !waiver.of_policy;
        // What was not asked can't have been found.
        let silent = !rule.asked
            || !config.at(&plan.path).selects(rule.id, rule.name)
            || plans.iter().any(|plan| plan.not_judged.iter().any(|not_judged| not_judged.rule == rule.id));
        let finding = if protected {
            let message = format!("{} is protected: no waiver of the repository suppresses it", rule.id);
            Finding::new(rule_at.clone(), message).help("settle what it finds, and remove the waiver")
        } else if covered.is_none() && complete && !failed && !silent {
            let message = format!("the waiver of {} for `{}` covers no finding", rule.id, waiver.path.as_str());
            Finding::new(rule_at.clone(), message).help("remove it, or correct its `rule` or `path`")
        } else {
            continue;
        };
        told.push((concerned.unwrap_or_default(), finding.subject(subject).of_rule(UNUSED_SUPPRESSION.meta())));
    }
    told
}

fn covers_some(waiver: &Waiver, plan: &PlanReport) -> bool {
    plan.findings.iter().any(|finding| {
        [&finding.path, &plan.path].into_iter().any(|path| waiver.covers(&finding.rule, &finding.name, path))
    })
}
