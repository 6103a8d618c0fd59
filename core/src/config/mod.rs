//! The [`Config`]: which rules speak, how loud, and in which phase a feature is taken to be. How it is
//! written in plangate.toml, and what follows from several files, lives beside it.

#[cfg(feature = "fs")]
mod error;
#[cfg(feature = "fs")]
mod file;
#[cfg(feature = "fs")]
mod layers;
mod path_glob;
#[cfg(feature = "fs")]
mod read;
#[cfg(feature = "fs")]
mod weakened;

use std::sync::Arc;

#[cfg(feature = "fs")]
pub use error::ConfigError;
#[cfg(feature = "fs")]
pub use file::{ArtifactTable, ConfigFile, Day, OverrideTable, PackTable, PhaseSetting, WaiverTable};
#[cfg(feature = "fs")]
pub use layers::{Effective, Layer, Origin, Setting};
pub use path_glob::PathGlob;
#[cfg(feature = "fs")]
pub use read::{ConfigReader, FILE_NAMES, FromDisk, file_at, find, layer, layers_of};
#[cfg(feature = "fs")]
pub use weakened::{KnownRule, Weakened};

use crate::diagnostic::Severity;
use crate::feature::Phase;
use crate::pack::PackReference;
use crate::parse::aliases::Aliases;
use crate::report::FailOn;
use crate::suppression::{Baseline, Waiver};

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
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// From which severity on a finding makes the run fail; an error, where it is not said.
    pub fail_on: Option<FailOn>,
    /// The packs that may be active; every known one, where it is not said.
    pub packs: Option<Vec<String>>,
    /// The packs that are active for every plan.
    pub required_packs: Vec<String>,
    /// The packs that are read from files.
    pub pack_files: Vec<PackReference>,
    /// Whether shared libraries may be opened as packs, where somebody said.
    pub allow_dynamic: Option<bool>,
    /// Other settings for some of the plans, the later ones counting more.
    pub overrides: Vec<Override>,
    /// The rules whose findings nothing of the repository suppresses.
    pub protected: Vec<String>,
    /// Findings that somebody answers for.
    pub waivers: Vec<Waiver>,
    /// Findings that are known and don't count.
    pub baseline: Option<Arc<Baseline>>,
    /// What headings and keys are called; the built-in names, where it is not said.
    pub aliases: Option<Arc<Aliases>>,
    /// The day that waivers are held against, as an ISO date; without one none expires.
    pub today: Option<String>,
    /// What a repository can tighten and not weaken: for every rule and key the stricter one counts.
    pub floor: Option<Box<Config>>,
}

/// Other settings for some of the plans.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Override {
    /// The plans, or folders that hold them.
    pub paths: Vec<PathGlob>,
    /// The phase; `Some(None)` where the documents say it.
    pub phase: Option<Option<Phase>>,
    /// Rules that speak here, although they are ignored elsewhere.
    pub select: Vec<String>,
    /// Rules that don't speak here.
    pub ignore: Vec<String>,
    /// The most that findings of a rule can weigh here.
    pub severities: Vec<(String, Severity)>,
}

impl Config {
    /// Whether the rule speaks, overrides aside. What is derived does not depend on it.
    #[must_use]
    pub fn selects(&self, id: &str, name: &str) -> bool {
        self.at("").selects(id, name)
    }

    /// The severity that was set for the rule, overrides aside.
    #[must_use]
    pub fn severity(&self, id: &str, name: &str) -> Option<Severity> {
        self.at("").severity(id, name)
    }

    /// The settings for the plan at `path`, relative to the repository's root; for no plan in
    /// particular where it is empty.
    #[must_use]
    pub fn at(&self, path: &str) -> Scope<'_> {
        let fits = |scoped: &&Override| !path.is_empty() && scoped.paths.iter().any(|glob| glob.fits(path));
        let overrides = self.overrides.iter().filter(fits).collect();
        Scope { config: self, overrides, floor: self.floor.as_ref().map(|floor| Box::new(floor.at(path))) }
    }

    /// From which severity on a finding makes the run fail.
    #[must_use]
    pub fn fails_on(&self) -> FailOn {
        let own = self.fail_on.unwrap_or_default();
        self.floor.as_ref().map_or(own, |floor| own.stricter(floor.fails_on()))
    }

    /// Whether the pack may be active.
    #[must_use]
    pub fn allows_pack(&self, name: &str) -> bool {
        let named = |packs: &Vec<String>| packs.iter().any(|pack| pack == name);
        let own = self.packs.as_ref().is_none_or(named) || self.required_packs.iter().any(|pack| pack == name);
        own || self.floor.as_ref().is_some_and(|floor| floor.allows_pack(name))
    }

    /// The packs that are active for every plan, those of the floor included.
    pub fn all_required_packs(&self) -> impl Iterator<Item = &str> {
        let floor = self.floor.iter().flat_map(|floor| &floor.required_packs);
        self.required_packs.iter().chain(floor).map(String::as_str)
    }

    /// Whether shared libraries may be opened as packs, where somebody said.
    #[must_use]
    pub fn allows_dynamic(&self) -> Option<bool> {
        match self.floor.as_ref().and_then(|floor| floor.allow_dynamic) {
            Some(false) => Some(false),
            floor => self.allow_dynamic.or(floor),
        }
    }

    /// Whether nothing of the repository suppresses the rule's findings.
    #[must_use]
    pub fn protects(&self, id: &str, name: &str) -> bool {
        longest(&self.protected, id, name).is_some()
            || self.floor.as_ref().is_some_and(|floor| floor.protects(id, name))
    }

    /// The entries that name none of `rules`, which are pairs of id and name: misspelled ones.
    pub fn unknown<'a>(&'a self, rules: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = &'a str> {
        let severities = self.severities.iter().map(|(code, _)| code);
        let codes = self.select.iter().chain(&self.ignore).chain(severities).map(String::as_str);
        codes.filter(|code| !rules.iter().any(|(id, name)| named(code, id, name).is_some()))
    }
}

/// The settings that hold for one plan.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    config: &'a Config,
    overrides: Vec<&'a Override>,
    floor: Option<Box<Scope<'a>>>,
}

impl Scope<'_> {
    /// Whether the rule speaks.
    #[must_use]
    pub fn selects(&self, id: &str, name: &str) -> bool {
        let (selected, ignored) = (longest(&self.config.select, id, name), longest(&self.config.ignore, id, name));
        let mut selects = if self.config.select.is_empty() { ignored.is_none() } else { selected > ignored };
        for scoped in &self.overrides {
            match (longest(&scoped.select, id, name), longest(&scoped.ignore, id, name)) {
                (None, None) => {}
                (selected, ignored) => selects = selected > ignored,
            }
        }
        selects || self.floor.as_ref().is_some_and(|floor| floor.selects(id, name))
    }

    /// The severity that was set for the rule.
    #[must_use]
    pub fn severity(&self, id: &str, name: &str) -> Option<Severity> {
        let overrides = self.overrides.iter().rev().map(|scoped| &scoped.severities);
        let own = overrides.chain([&self.config.severities]).find_map(|severities| {
            let named = severities.iter().filter_map(|(code, severity)| Some((named(code, id, name)?, *severity)));
            named.max_by_key(|(length, _)| *length).map(|(_, severity)| severity)
        });
        match &self.floor {
            // Without a word of the floor's the rule weighs what it weighs by itself.
            Some(floor) => floor.severity(id, name).and_then(|least| own.map(|own| own.max(least)).or(Some(least))),
            None => own,
        }
    }

    /// The phase that was set.
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        let own = self.overrides.iter().rev().find_map(|scoped| scoped.phase).unwrap_or(self.config.phase);
        let least = self.floor.as_ref().and_then(|floor| floor.phase());
        match (own, least) {
            // A delivered feature is held to less than one with tasks.
            (Some(own), Some(least)) if own > least && own != Phase::Delivered => Some(own),
            (own, least) => least.or(own),
        }
    }
}

fn longest(codes: &[String], id: &str, name: &str) -> Option<usize> {
    codes.iter().filter_map(|code| named(code, id, name)).max()
}

/// How much of the rule's id `code` says, where it names the rule.
pub(crate) fn named(code: &str, id: &str, name: &str) -> Option<usize> {
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
