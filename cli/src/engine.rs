//! The engine that a command asks: which packs it knows, and how it is set.

use plangate_core::catalogue;
use plangate_core::config::{Config, Effective, KnownRule, Weakened};
use plangate_core::engine::Engine;
pub(crate) use plangate_core::engine::EngineError;
use plangate_core::pack::PackManifest;

use crate::error::{Error, similar};

/// What the linked packs say of themselves, the gate's own pack included.
pub(crate) fn manifests() -> Result<Vec<PackManifest>, Error> {
    Ok(all_packs()?.packs().cloned().collect())
}

/// Every pack that there is, without settings.
pub(crate) fn all_packs() -> Result<Engine, Error> {
    requiring(&[])
}

/// Every pack that there is; `required` ones are active for every plan.
pub(crate) fn requiring(required: &[String]) -> Result<Engine, Error> {
    Ok(Engine::builder().linked_packs().required(required.iter().cloned()).build()?)
}

/// Refuses a configuration that names a rule which none of the packs has.
pub(crate) fn refuse_unknown(packs: &Engine, effective: &Effective) -> Result<(), Error> {
    let rules = catalogue::rules(packs.packs());
    let names: Vec<(&str, &str)> = rules.iter().map(|rule| (rule.id, rule.name)).collect();
    Ok(effective.refuse_unknown(&names)?)
}

/// What the configuration weakens against its base and the policy.
pub(crate) fn weakened(packs: &Engine, effective: &Effective) -> Vec<Weakened> {
    let rules = catalogue::rules(packs.packs());
    let rules = rules.iter().map(|rule| KnownRule { id: rule.id, name: rule.name, severity: rule.severity });
    effective.weakened(&rules.collect::<Vec<_>>())
}

/// Refuses a code of the command line that names no rule.
pub(crate) fn refuse_unknown_codes<'a>(packs: &Engine, codes: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    let mut config = Config::default();
    config.select = codes.map(str::to_owned).collect();
    let rules = catalogue::rules(packs.packs());
    let names: Vec<(&str, &str)> = rules.iter().map(|rule| (rule.id, rule.name)).collect();
    match config.unknown(&names).next() {
        Some(code) => {
            let known = names.iter().flat_map(|(id, name)| [*id, *name]);
            Err(Error::UnknownCode { code: code.to_owned(), similar: similar(known, code) })
        }
        None => Ok(()),
    }
}
