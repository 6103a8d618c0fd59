//! The engine that a command asks: which packs it knows, and how it is set.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use plangate_core::config::Config;
pub(crate) use plangate_core::engine::EngineError;
use plangate_core::engine::{Engine, EngineBuilder};
use plangate_core::pack::{ManifestPack, PackManifest, PackReference, PackRoute, RulePack};

use crate::catalogue;
use crate::error::Error;

/// What the linked packs say of themselves, and those in the files among `packs`; the gate's own pack included.
pub(crate) fn manifests(packs: &[String]) -> Result<Vec<PackManifest>, Error> {
    Ok(builder(packs)?.build()?.packs().cloned().collect())
}

/// The engine of these packs and settings. `packs`, named by name or by file, are active for every plan.
pub(crate) fn engine(config: &Config, packs: &[String]) -> Result<Engine, Error> {
    let engine = builder(packs)?.config(config.clone()).build()?;
    let rules = catalogue::rules(engine.packs());
    let names: Vec<(&str, &str)> = rules.iter().map(|rule| (rule.id, rule.name)).collect();
    if let Some(code) = config.unknown(&names).next() {
        return Err(Error::UnknownCode { code: code.to_owned() });
    }
    Ok(engine)
}

/// The linked packs, and those that `--pack` names.
fn builder(packs: &[String]) -> Result<EngineBuilder, Error> {
    let mut builder = Engine::builder().linked_packs();
    let mut read = BTreeSet::new();
    for name in packs {
        let Some(reference) = PackReference::of_argument(name) else {
            builder = builder.required([name]);
            continue;
        };
        if !read.insert(reference.path.clone()) {
            continue;
        }
        match reference.route() {
            PackRoute::Manifest => {
                let pack = manifest_pack(&reference.path)?;
                let name = pack.manifest().name.clone();
                builder = builder.pack(pack).required([name]);
            }
            PackRoute::Library => return Err(Error::PackLibrary { path: reference.path }),
        }
    }
    Ok(builder)
}

/// The pack in a TOML file.
pub(crate) fn manifest_pack(path: &Path) -> Result<ManifestPack, Error> {
    let failed = |reason: String| Error::PackFile { path: path.to_owned(), reason };
    let bytes = fs::read(path).map_err(|error| failed(format!("could not be read ({error})")))?;
    let text = String::from_utf8(bytes).map_err(|_| failed("is not UTF-8 text".to_owned()))?;
    Ok(ManifestPack::from_toml(&text, path.display().to_string())?)
}
