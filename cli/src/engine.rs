//! The engine that a command asks: which packs it knows, and how it is set.

use plangate_core::config::Config;
use plangate_core::engine::Engine;
pub(crate) use plangate_core::engine::EngineError;
use plangate_core::pack::PackManifest;
use plangate_core::report::Failure;

use crate::error::Error;
use crate::output::Terminal;
use crate::{catalogue, load};

/// What the packs say of themselves, the gate's own pack included, and the exit code: 2 where one
/// could not be loaded, which then stands on standard error.
pub(crate) fn manifests(packs: &load::PackArguments, terminal: &Terminal) -> Result<(Vec<PackManifest>, u8), Error> {
    let engine = packs.add_to(Engine::builder().linked_packs()).build()?;
    tell(engine.failures(), terminal);
    Ok((engine.packs().cloned().collect(), if engine.failures().is_empty() { 0 } else { 2 }))
}

/// Says on standard error what could not be done.
pub(crate) fn tell<'a>(failures: impl IntoIterator<Item = &'a Failure>, terminal: &Terminal) {
    failures.into_iter().for_each(|failure| terminal.error(&Told(failure)));
}

/// A failure as one sentence.
struct Told<'a>(&'a Failure);

impl std::fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(failure) = self;
        match (&failure.path, &failure.pack) {
            // The message of a file that could not be read begins with its path.
            (Some(path), _) if !failure.message.contains(path.as_str()) => write!(f, "{path}: {}", failure.message),
            _ => f.write_str(&failure.message),
        }
    }
}

/// The engine of these packs and settings.
pub(crate) fn engine(config: &Config, packs: &load::PackArguments, terminal: &Terminal) -> Result<Engine, Error> {
    let engine = packs.add_to(Engine::builder().linked_packs()).config(config.clone()).build()?;
    let rules = catalogue::rules(engine.packs());
    let names: Vec<(&str, &str)> = rules.iter().map(|rule| (rule.id, rule.name)).collect();
    if let Some(code) = config.unknown(&names).next() {
        // It may belong to a pack that could not be loaded.
        tell(engine.failures(), terminal);
        return Err(Error::UnknownCode { code: code.to_owned() });
    }
    Ok(engine)
}
