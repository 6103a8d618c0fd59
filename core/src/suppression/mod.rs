//! Why a finding does not count: comments in the documents, waivers, a baseline. A suppressed finding
//! stays listed with its reason; what suppresses nothing, says nothing or is past its day is told.

mod baseline;
mod comment;
mod covered;
#[cfg(test)]
mod tests;
mod waiver;

pub use baseline::{Baseline, KnownFinding};
pub use waiver::Waiver;

use std::collections::HashMap;

use crate::config::Config;
use crate::diagnostic::{Finding, Place};
use crate::feature::Feature;
use crate::gate::suppression::{EXPIRED_WAIVER, UNEXPLAINED_SUPPRESSION, UNUSED_SUPPRESSION};
use crate::report::{MOST_FINDINGS, PlanReport, Sources, Suppressed, SuppressedBy, fingerprints};
use crate::rule::Rule;
use crate::spelling::nearest;
use comment::{Comment, comments};
use covered::Covered;

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
    let mut covered = Covered::of(if comments.is_empty() { &[] } else { findings });
    for comment in comments.iter().filter(|comment| comment.reason.is_some()) {
        for at in comment.rules.iter().flat_map(|(code, _)| covered.take(comment, code)).collect::<Vec<_>>() {
            let finding = &mut findings[at];
            if !config.protects(&finding.rule, &finding.name) {
                finding.suppressed.get_or_insert_with(|| Box::new(comment.suppressed()));
            }
        }
    }
    // What holds for one finding of a rule in a document holds for all of them.
    let mut waived: HashMap<(String, String), Option<&Waiver>> = HashMap::new();
    for (at, finding) in findings.iter_mut().enumerate().filter(|(_, finding)| finding.suppressed.is_none()) {
        let protected = config.protects(&finding.rule, &finding.name);
        let waiver = waived.entry((finding.rule.to_string(), finding.place.path.clone())).or_insert_with(|| {
            let holds = |waiver: &&Waiver| {
                (waiver.of_policy || !protected)
                    && !waiver.has_expired(config.today.as_deref())
                    && [&finding.place.path, plan]
                        .into_iter()
                        .any(|path| waiver.covers(&finding.rule, &finding.name, path))
            };
            config.waivers.iter().find(holds)
        });
        let known = fingerprints.get(at).zip(config.baseline.as_ref());
        let known = known.is_some_and(|(fingerprint, baseline)| baseline.knows(fingerprint));
        finding.suppressed = waiver
            .map(Waiver::suppressed)
            .or_else(|| (known && !protected).then(|| Suppressed::by(SuppressedBy::Baseline)))
            .map(Box::new);
    }
    if !comments.is_empty() {
        let rules = rules();
        let mut told = Told { config, rules: &rules, covered, guesses: MOST_FINDINGS };
        findings.extend(comments.iter().flat_map(|comment| told.of(comment)));
    }
}

/// Tells what is wrong with comments.
struct Told<'a> {
    config: &'a Config,
    rules: &'a [AskedRule<'a>],
    covered: Covered,
    /// How often it is still guessed which rule was meant: what is not listed needs no guess.
    guesses: usize,
}

impl Told<'_> {
    /// What is wrong with a comment.
    fn of(&mut self, comment: &Comment<'_>) -> Vec<Finding> {
        let at = |span| Place::new(comment.document, span);
        if comment.rules.is_empty() {
            let finding = Finding::new(at(comment.span), "the suppression names no rule")
                .help("write `<!-- plangate-ignore RULE: reason -->`, or remove it");
            return vec![finding.of_rule(UNUSED_SUPPRESSION.meta())];
        }
        if comment.reason.is_none() {
            let finding = Finding::new(
                at(comment.span),
                "the suppression has no reason, and suppresses nothing until it has one",
            )
            .help(format!("write `<!-- plangate-ignore {}: reason -->`, or remove it", comment.rules[0].0));
            return vec![finding.of_rule(UNEXPLAINED_SUPPRESSION.meta())];
        }
        let unused = comment.rules.iter().filter_map(|(code, span)| {
            let (message, help) = self.unused(comment, code)?;
            let finding = Finding::new(at(*span), message).help(help).subject(*code);
            Some(finding.of_rule(UNUSED_SUPPRESSION.meta()))
        });
        unused.collect()
    }

    /// Why a rule that a comment names suppresses nothing, and what to do.
    fn unused(&mut self, comment: &Comment<'_>, code: &str) -> Option<(String, String)> {
        let named = self.rules.iter().find(|rule| rule.id.eq_ignore_ascii_case(code) || rule.name == code);
        Some(match named {
            None => (format!("there is no rule `{code}`"), self.meant(code)),
            Some(rule) if self.config.protects(rule.id, rule.name) => (
                format!("{} is protected: no comment suppresses it", rule.id),
                "settle what it finds, and remove the comment".to_owned(),
            ),
            Some(rule) if !rule.asked || self.covered.has_some(comment, code) => return None,
            Some(rule) => (
                format!("{} finds nothing here, so that nothing is suppressed", rule.id),
                "remove it, or put it on the line above the finding".to_owned(),
            ),
        })
    }

    fn meant(&mut self, code: &str) -> String {
        let words = self.rules.iter().flat_map(|rule| [rule.id, rule.name]);
        let near = if self.guesses > 0 { nearest(words, code) } else { Vec::new() };
        self.guesses = self.guesses.saturating_sub(1);
        match near.first() {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`plangate rules` lists them all".to_owned(),
        }
    }
}

impl Comment<'_> {
    fn suppressed(&self) -> Suppressed {
        Suppressed { reason: self.reason.clone(), ..Suppressed::by(SuppressedBy::Comment) }
    }
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
