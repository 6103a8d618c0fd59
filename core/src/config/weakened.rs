//! What a repository weakens against the file that it builds on, and against the policy, where it has
//! no effect.

use std::ops::Range;

use toml::Spanned;

use super::{Config, ConfigFile, Effective, Layer, Origin, PhaseSetting, longest, named};
use crate::diagnostic::Severity;
use crate::feature::Phase;

/// A rule as far as a configuration can weaken it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownRule<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The most that its findings weigh by themselves.
    pub severity: Severity,
}

/// An entry that asks for less than the base or the policy does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Weakened {
    /// Where the entry stands.
    pub origin: Origin,
    /// The entry, such as `ignore PLN201`.
    pub entry: String,
    /// What is stricter, and where that is said.
    pub stricter: String,
    /// Whether it is the policy, so that the entry has no effect.
    pub by_policy: bool,
}

impl std::fmt::Display for Weakened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { origin, entry, stricter, by_policy } = self;
        if *by_policy {
            write!(f, "{origin}: `{entry}` has no effect: {stricter}; remove it")
        } else {
            write!(
                f,
                "{origin}: `{entry}` weakens what this repository builds on: {stricter}; remove it, or have the base changed"
            )
        }
    }
}

impl Effective {
    /// What the repository weakens: against its base, in effect; against the policy, in vain.
    #[must_use]
    pub fn weakened(&self, rules: &[KnownRule<'_>]) -> Vec<Weakened> {
        let (base, own): (Vec<&Layer>, Vec<&Layer>) = self.layers.iter().partition(|layer| layer.is_base());
        let mut all = Vec::new();
        if let Some(config) = self.base.as_deref().filter(|_| !base.is_empty()) {
            let stricter = Stricter { config, layers: base, rules, by_policy: false };
            all.extend(own.iter().flat_map(|layer| stricter.weakened_by(layer)));
        }
        if let Some(config) = &self.config.floor {
            let stricter = Stricter { config, layers: self.policy_layers.iter().collect(), rules, by_policy: true };
            all.extend(self.layers.iter().flat_map(|layer| stricter.weakened_by(layer)));
        }
        all
    }
}

/// The side that must not be weakened.
struct Stricter<'a> {
    config: &'a Config,
    layers: Vec<&'a Layer>,
    rules: &'a [KnownRule<'a>],
    by_policy: bool,
}

impl Stricter<'_> {
    fn weakened_by(&self, layer: &Layer) -> Vec<Weakened> {
        let file = layer.file();
        let mut all: Vec<Option<Weakened>> = vec![self.fail_on(layer), self.phase(layer, file.phase.as_ref())];
        all.extend([self.packs(layer), self.allow_dynamic(layer), self.select(layer)]);
        all.extend(file.ignore.iter().map(|code| self.ignore(layer, code)));
        all.extend(file.severities.iter().map(|(code, severity)| self.severity(layer, code, *severity.get_ref())));
        for scoped in file.r#override.iter().map(Spanned::get_ref) {
            all.push(self.phase(layer, scoped.phase.as_ref()));
            all.extend(scoped.ignore.iter().map(|code| self.ignore(layer, code)));
            all.extend(scoped.severities.iter().map(|(code, level)| self.severity(layer, code, *level.get_ref())));
        }
        all.into_iter().flatten().collect()
    }

    fn told(&self, layer: &Layer, span: Range<usize>, entry: String, stricter: String) -> Option<Weakened> {
        Some(Weakened { origin: layer.origin(span), entry, stricter, by_policy: self.by_policy })
    }

    /// Where the stricter side says something, else the name of its last file.
    fn place(&self, said: impl Fn(&ConfigFile) -> Option<Range<usize>>) -> String {
        let places = self.layers.iter().rev();
        let place = places.clone().find_map(|layer| Some(layer.origin(said(layer.file())?).to_string()));
        place.or_else(|| places.map(|layer| layer.shown().to_owned()).next()).unwrap_or_default()
    }

    fn fail_on(&self, layer: &Layer) -> Option<Weakened> {
        let own = layer.file().fail_on.as_ref()?;
        let least = self.config.fail_on.unwrap_or_default();
        if own.get_ref().stricter(least) == *own.get_ref() {
            return None;
        }
        let place = self.place(|file| file.fail_on.as_ref().map(Spanned::span));
        let stricter = format!("a run fails on {} there ({place})", least.as_str());
        self.told(layer, own.span(), format!("fail-on = \"{}\"", own.get_ref().as_str()), stricter)
    }

    fn phase(&self, layer: &Layer, phase: Option<&Spanned<PhaseSetting>>) -> Option<Weakened> {
        let (own, least) = (phase?, self.config.phase?);
        let holds = own.get_ref().phase().is_some_and(|own| own == least || own > least && own != Phase::Delivered);
        if holds {
            return None;
        }
        let place = self.place(|file| file.phase.as_ref().map(Spanned::span));
        let stricter = format!("the phase is {} there ({place})", least.as_str());
        self.told(layer, own.span(), format!("phase = \"{}\"", own.get_ref().as_str()), stricter)
    }

    fn packs(&self, layer: &Layer) -> Option<Weakened> {
        let own = layer.file().packs.as_ref()?;
        let has = |name: &String| own.get_ref().iter().any(|pack| pack.get_ref() == name);
        let (stricter, place) = match &self.config.packs {
            Some(packs) => {
                (packs.iter().find(|pack| !has(pack))?.clone(), self.place(|file| Some(file.packs.as_ref()?.span())))
            }
            None if self.by_policy => ("every pack".to_owned(), self.place(|_| None)),
            None => return None,
        };
        self.told(layer, own.span(), "packs".to_owned(), format!("{stricter} may be active there ({place})"))
    }

    fn allow_dynamic(&self, layer: &Layer) -> Option<Weakened> {
        let own = layer.file().allow_dynamic.as_ref().filter(|own| *own.get_ref())?;
        if self.config.allow_dynamic != Some(false) {
            return None;
        }
        let place = self.place(|file| file.allow_dynamic.as_ref().map(Spanned::span));
        self.told(layer, own.span(), "allow-dynamic = true".to_owned(), format!("it is false there ({place})"))
    }

    fn select(&self, layer: &Layer) -> Option<Weakened> {
        let own = layer.file().select.as_ref()?;
        let codes: Vec<String> = own.get_ref().iter().map(|code| code.get_ref().clone()).collect();
        let lost = |rule: &&KnownRule<'_>| {
            longest(&codes, rule.id, rule.name).is_none() && self.config.selects(rule.id, rule.name)
        };
        let lost: Vec<&str> = self.rules.iter().filter(lost).map(|rule| rule.id).collect();
        let first = lost.first()?;
        let more = lost.len() - 1;
        let which = if more == 0 { format!("{first} speaks") } else { format!("{first} and {more} more rules speak") };
        let place = self.place(|file| file.select.as_ref().map(Spanned::span));
        self.told(layer, own.span(), "select".to_owned(), format!("{which} there ({place})"))
    }

    fn ignore(&self, layer: &Layer, code: &Spanned<String>) -> Option<Weakened> {
        let lost = |rule: &&KnownRule<'_>| {
            named(code.get_ref(), rule.id, rule.name).is_some() && self.config.selects(rule.id, rule.name)
        };
        let rule = self.rules.iter().find(lost)?;
        let names = |codes: &[Spanned<String>]| {
            codes.iter().find(|code| named(code.get_ref(), rule.id, rule.name).is_some()).map(Spanned::span)
        };
        let place = self.place(|file| names(file.select.as_ref()?.get_ref()));
        let entry = format!("ignore {}", code.get_ref());
        self.told(layer, code.span(), entry, format!("{} speaks there ({place})", rule.id))
    }

    fn severity(&self, layer: &Layer, code: &Spanned<String>, level: Severity) -> Option<Weakened> {
        let least = |rule: &KnownRule<'_>| self.config.severity(rule.id, rule.name).unwrap_or(rule.severity);
        let lower = |rule: &&KnownRule<'_>| named(code.get_ref(), rule.id, rule.name).is_some() && level < least(rule);
        let rule = self.rules.iter().find(lower)?;
        let place = self.place(|file| {
            let named = |code: &&Spanned<String>| named(code.get_ref(), rule.id, rule.name).is_some();
            file.severities.keys().find(named).map(Spanned::span)
        });
        let entry = format!("{} = \"{}\"", code.get_ref(), level.as_str());
        let stricter = format!("{} weighs up to {} there ({place})", rule.id, least(rule).as_str());
        self.told(layer, code.span(), entry, stricter)
    }
}
