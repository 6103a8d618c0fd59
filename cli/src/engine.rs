//! The engine that a command asks: which packs it knows, and how it is set.

use plangate_core::catalogue;
use plangate_core::config::{Config, Effective, KnownRule, Weakened};
pub(crate) use plangate_core::engine::EngineError;
use plangate_core::engine::{Engine, EngineBuilder};
use plangate_core::pack::PackManifest;
use plangate_core::report::Failure;

use crate::error::{Error, similar};
use crate::load;
use crate::output::Terminal;

/// Every pack that there is without a configuration: the linked ones, and those that a command line names by their
/// files.
pub(crate) fn all_packs(packs: &load::PackArguments) -> Result<Engine, Error> {
    Ok(packs.add_files(Engine::builder().linked_packs()).build()?)
}

/// `all` packs, and those that a configuration names by their files. Those that the command line names are required.
pub(crate) fn with_configured(all: &Engine, packs: &load::PackArguments, config: &Config) -> EngineBuilder {
    packs.require(packs.add_configured(all.to_builder(), config))
}

/// What the packs say of themselves, the configuration's and the gate's own included, and the exit code: 2 where one
/// could not be loaded, which then stands on standard error.
pub(crate) fn manifests(
    packs: &load::PackArguments,
    config: &Config,
    terminal: &Terminal,
) -> Result<(Vec<PackManifest>, u8), Error> {
    let engine = with_configured(&all_packs(packs)?, packs, config).build()?;
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

/// Refuses a configuration that names a rule which none of the packs has, nor one of those that the
/// configuration keeps from being active.
pub(crate) fn refuse_unknown(
    packs: &Engine,
    all: &Engine,
    effective: &Effective,
    terminal: &Terminal,
) -> Result<(), Error> {
    let rules = catalogue::rules(packs.packs().chain(all.packs()));
    let names: Vec<(&str, &str)> = rules.iter().map(|rule| (rule.id, rule.name)).collect();
    // It may belong to a pack that could not be loaded.
    effective.refuse_unknown(&names).inspect_err(|_| tell(packs.failures(), terminal))?;
    Ok(())
}

/// What the configuration weakens against its base and the policy.
pub(crate) fn weakened(packs: &Engine, effective: &Effective) -> Vec<Weakened> {
    let rules = catalogue::rules(packs.packs());
    let rules = rules.iter().map(|rule| KnownRule { id: rule.id, name: rule.name, severity: rule.severity });
    effective.weakened(&rules.collect::<Vec<_>>())
}

/// Refuses a code of the command line that names no rule.
pub(crate) fn refuse_unknown_codes<'a>(
    packs: &Engine,
    codes: impl Iterator<Item = &'a str>,
    terminal: &Terminal,
) -> Result<(), Error> {
    let mut config = Config::default();
    config.select = codes.map(str::to_owned).collect();
    let rules = catalogue::rules(packs.packs());
    let names: Vec<(&str, &str)> = rules.iter().map(|rule| (rule.id, rule.name)).collect();
    match config.unknown(&names).next() {
        Some(code) => {
            tell(packs.failures(), terminal);
            let known = names.iter().flat_map(|(id, name)| [*id, *name]);
            Err(Error::UnknownCode { code: code.to_owned(), similar: similar(known, code) })
        }
        None => Ok(()),
    }
}
