//! The [`Config`]: which rules speak, how loud, and in which phase a feature is taken to be.

use crate::diagnostic::Severity;
use crate::feature::Phase;

/// Settings of a run.
///
/// A rule is named by its id, by the beginning of its id (`PRD8`, `PLN`) or by its name. Where
/// several entries name one rule, the longest one counts, and of two equal ones the later.
///
/// ```
/// use plangate_core::{Severity, config::Config};
/// let mut config = Config::default();
/// config.ignore = vec!["PRD8".to_owned()];
/// config.select = vec!["PRD".to_owned(), "PRD801".to_owned()];
/// assert!(config.selects("PRD801", "unvalidated-input"));
/// assert!(!config.selects("PRD802", "unguarded-route"));
/// assert!(!config.selects("PLN101", "missing-principle"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// The rules that speak; all, where there is none.
    pub select: Vec<String>,
    /// The rules that don't.
    pub ignore: Vec<String>,
    /// The most that findings of a rule can weigh.
    pub severities: Vec<(String, Severity)>,
    /// The phase of every feature; read from its documents where it is not said.
    pub phase: Option<Phase>,
}

impl Config {
    /// Whether the rule speaks. What is derived does not depend on it.
    #[must_use]
    pub fn selects(&self, id: &str, name: &str) -> bool {
        let selected = longest(&self.select, id, name);
        let ignored = longest(&self.ignore, id, name);
        if self.select.is_empty() { ignored.is_none() } else { selected > ignored }
    }

    /// The severity that was set for the rule.
    #[must_use]
    pub fn severity(&self, id: &str, name: &str) -> Option<Severity> {
        let named = self.severities.iter().filter_map(|(code, severity)| Some((named(code, id, name)?, *severity)));
        named.max_by_key(|(length, _)| *length).map(|(_, severity)| severity)
    }

    /// The entries that name none of `rules`, which are pairs of id and name: misspelled ones.
    pub fn unknown<'a>(&'a self, rules: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = &'a str> {
        let severities = self.severities.iter().map(|(code, _)| code);
        let codes = self.select.iter().chain(&self.ignore).chain(severities).map(String::as_str);
        codes.filter(|code| !rules.iter().any(|(id, name)| named(code, id, name).is_some()))
    }
}

fn longest(codes: &[String], id: &str, name: &str) -> Option<usize> {
    codes.iter().filter_map(|code| named(code, id, name)).max()
}

/// How much of the rule's id `code` says, where it names the rule.
fn named(code: &str, id: &str, name: &str) -> Option<usize> {
    if code == name {
        return Some(id.len());
    }
    let prefix = id.get(..code.len())?;
    (!code.is_empty() && prefix.eq_ignore_ascii_case(code)).then_some(code.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_entry_sets_the_severity() {
        let severities = [("PLN", Severity::Info), ("pln20", Severity::Error), ("PLN2", Severity::Warning)]
            .map(|(code, severity)| (code.to_owned(), severity))
            .to_vec();
        let config = Config { severities, ..Config::default() };
        assert_eq!(config.severity("PLN201", "unreal-directory"), Some(Severity::Error));
        assert_eq!(config.severity("PLN301", "branch-mismatch"), Some(Severity::Info));
        assert_eq!(config.severity("MVP101", "undeclared-real-time-need"), None);
    }

    #[test]
    fn a_name_counts_as_the_whole_id() {
        let config = Config {
            select: vec!["PLN2".to_owned()],
            ignore: vec!["unreal-directory".to_owned()],
            ..Config::default()
        };
        assert!(!config.selects("PLN201", "unreal-directory"));
        assert!(config.selects("PLN202", "missing-decision"));
    }

    #[test]
    fn an_entry_that_names_no_rule_is_told() {
        let config = Config { select: vec!["PLN".to_owned(), "PNL".to_owned()], ..Config::default() };
        assert_eq!(config.unknown(&[("PLN101", "missing-principle")]).collect::<Vec<_>>(), ["PNL"]);
    }
}
