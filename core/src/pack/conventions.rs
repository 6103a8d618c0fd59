//! What ids and names look like, by whatever route a pack comes.

#[cfg(any(test, feature = "dynamic"))]
use std::collections::HashSet;

#[cfg(any(test, feature = "dynamic"))]
use super::PackManifest;

/// Names that stand in reports for what no pack brought.
#[cfg(any(test, feature = "dynamic", feature = "manifest"))]
pub(crate) const RESERVED: [&str; 2] = ["plan", "constitution"];

/// The prefix of the gate rules.
#[cfg(any(test, feature = "dynamic", feature = "manifest"))]
pub(crate) const GATE: &str = "PLN";

/// Whether `id` fits `^[A-Z]{2,8}[0-9]{3,4}$`, as every rule's id does.
///
/// ```
/// use plangate_core::pack::is_rule_id;
/// assert!(is_rule_id("ACM1301"));
/// assert!(!is_rule_id("acme-1"));
/// ```
#[must_use]
pub fn is_rule_id(id: &str) -> bool {
    let digits = id.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = id.len() - digits.len();
    (2..=8).contains(&letters) && (3..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `name` is kebab-case, as the names of rules and packs are: small letters, digits and single hyphens
/// between them.
///
/// ```
/// use plangate_core::pack::is_kebab_case;
/// assert!(is_kebab_case("unlisted-personal-data"));
/// assert!(!is_kebab_case("Unlisted personal data"));
/// ```
#[must_use]
pub fn is_kebab_case(name: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.split('-').all(plain)
}

/// What an id begins with: its capital letters.
#[cfg(any(test, feature = "dynamic", feature = "manifest", feature = "testing"))]
pub(crate) fn prefix_of(id: &str) -> &str {
    id.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// What is wrong with the id and the name of a rule in a pack of this prefix; each completes "rule …: …".
#[cfg(any(test, feature = "dynamic", feature = "testing"))]
pub(crate) fn faults_of_rule(id: &str, name: &str, prefix: &str) -> impl Iterator<Item = String> {
    let misfit = (!is_rule_id(id)).then(|| "the id does not fit ^[A-Z]{2,8}[0-9]{3,4}$".to_owned());
    let foreign = prefix_of(id) != prefix;
    let foreign = foreign.then(|| format!("the id does not begin with the pack's prefix {prefix}"));
    let odd = (!is_kebab_case(name)).then(|| format!("the name `{name}` is not kebab-case"));
    [misfit, foreign, odd].into_iter().flatten()
}

/// The first thing that is wrong with what a pack from outside says of itself.
#[cfg(any(test, feature = "dynamic"))]
pub(crate) fn fault_of_pack(manifest: &PackManifest) -> Option<String> {
    let (name, prefix) = (manifest.name.as_ref(), manifest.prefix.as_ref());
    if !is_kebab_case(name) {
        return Some(format!("the pack's name `{name}` is not kebab-case"));
    }
    if RESERVED.contains(&name) {
        return Some(format!("the name `{name}` belongs to plangate; choose another"));
    }
    if prefix == GATE {
        return Some("the prefix PLN belongs to plangate; choose another".to_owned());
    }
    let questions = manifest.principles.iter().flat_map(|principle| principle.questions.iter());
    let questions = questions.map(|question| (question.id.as_ref(), question.name.as_ref()));
    let rules = manifest.rules.iter().map(|rule| (rule.id.as_ref(), rule.name.as_ref()));
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    for (id, name) in questions.chain(rules) {
        if let Some(fault) = faults_of_rule(id, name, prefix).next() {
            return Some(format!("rule {id}: {fault}"));
        }
        if !ids.insert(id) {
            return Some(format!("rule {id} is declared twice"));
        }
        if !names.insert(name) {
            return Some(format!("rule {id}: another rule of the pack is called `{name}` as well"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;
    use crate::rule::RuleMeta;

    #[test]
    fn each_fault_of_a_pack_is_told() {
        for (name, prefix, rules, fault) in [
            ("acme", "ACM", &[("ACM101", "a-fault"), ("ACM102", "another-fault")][..], None),
            ("Acme Pack", "ACM", &[], Some("the pack's name `Acme Pack` is not kebab-case")),
            ("plan", "ACM", &[], Some("the name `plan` belongs to plangate; choose another")),
            ("acme", "PLN", &[], Some("the prefix PLN belongs to plangate; choose another")),
            ("acme", "ACM", &[("ACM1", "a")], Some("rule ACM1: the id does not fit ^[A-Z]{2,8}[0-9]{3,4}$")),
            ("acme", "ACM", &[("MVP101", "a")], Some("rule MVP101: the id does not begin with the pack's prefix ACM")),
            ("acme", "ACM", &[("ACM101", "aFault")], Some("rule ACM101: the name `aFault` is not kebab-case")),
            ("acme", "ACM", &[("ACM101", "a"), ("ACM101", "b")], Some("rule ACM101 is declared twice")),
            (
                "acme",
                "ACM",
                &[("ACM101", "a"), ("ACM102", "a")],
                Some("rule ACM102: another rule of the pack is called `a` as well"),
            ),
        ] {
            let rules = rules.iter().map(|(id, name)| RuleMeta::new(id, name, Severity::Error, "")).collect();
            let manifest = PackManifest { name: name.into(), prefix: prefix.into(), rules, ..PackManifest::default() };
            assert_eq!(fault_of_pack(&manifest).as_deref(), fault);
        }
    }
}
