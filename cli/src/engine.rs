//! The engine that a command asks: which packs it knows, and how it is set.

use plangate_core::catalogue;
use plangate_core::config::Config;
use plangate_core::engine::Engine;
pub(crate) use plangate_core::engine::EngineError;
use plangate_core::pack::PackManifest;

use crate::error::Error;

/// What the linked packs say of themselves, the gate's own pack included.
pub(crate) fn manifests() -> Result<Vec<PackManifest>, Error> {
    Ok(Engine::builder().linked_packs().build()?.packs().cloned().collect())
}

/// The engine of these packs and settings. `required` packs are active for every plan.
pub(crate) fn engine(config: &Config, required: &[String]) -> Result<Engine, Error> {
    let engine = Engine::builder().linked_packs().required(required.iter().cloned()).config(config.clone()).build()?;
    let rules = catalogue::rules(engine.packs());
    let names: Vec<(&str, &str)> = rules.iter().map(|rule| (rule.id, rule.name)).collect();
    if let Some(code) = config.unknown(&names).next() {
        return Err(Error::UnknownCode { code: code.to_owned() });
    }
    Ok(engine)
}
