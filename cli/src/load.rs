//! `--pack`: the packs that a command line names, by name or by file.

use std::time::Duration;

use plangate_core::config::Config;
use plangate_core::engine::EngineBuilder;
use plangate_core::pack::{
    DynamicPack, ManifestPack, PackError, PackReference, PackRoute, ProcessPack, RulePack, WorkerCommand,
};

use crate::pack_worker;

/// The packs that a command asks besides the linked ones.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct PackArguments {
    /// Make a pack active for every plan: the name of a linked one or of one that plangate.toml lists, or the file
    /// of one to load, which has a separator in its path or ends in .so, .dylib, .dll or .toml; can be given several
    /// times.
    #[arg(long = "pack", value_name = "NAME|PATH")]
    packs: Vec<String>,

    /// Whether libraries may be loaded; where CI is set, only pinned ones are unless this allows them.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    allow_dynamic: Option<bool>,

    /// Load libraries into this process: quicker, and a pack that crashes ends the run.
    #[arg(long)]
    in_process: bool,

    /// How long a library may take to load, and for each plan, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    pack_time_limit: u16,
}

impl PackArguments {
    /// Adds the packs that the command line names by their files, and requires them.
    pub(crate) fn add_files(&self, mut builder: EngineBuilder) -> EngineBuilder {
        for value in &self.packs {
            let Some(reference) = PackReference::of_argument(value) else { continue };
            let pack = self.load(reference, self.allow_dynamic);
            if let Ok(pack) = &pack {
                builder = builder.required([pack.manifest().name.to_string()]);
            }
            builder = builder.loaded(value, pack);
        }
        builder
    }

    /// Requires the packs that the command line calls by their names.
    pub(crate) fn require(&self, builder: EngineBuilder) -> EngineBuilder {
        builder.required(self.packs.iter().filter(|value| PackReference::of_argument(value).is_none()))
    }

    /// Adds the packs that a configuration names by their files.
    pub(crate) fn add_configured(&self, mut builder: EngineBuilder, config: &Config) -> EngineBuilder {
        let forbidden = config.floor.as_ref().is_some_and(|floor| floor.allow_dynamic == Some(false));
        let allowed = if forbidden { Some(false) } else { self.allow_dynamic.or(config.allow_dynamic) };
        for reference in &config.pack_files {
            let file = reference.path.display().to_string();
            builder = builder.loaded(file, self.load(reference.clone(), allowed));
        }
        builder
    }

    fn load(&self, reference: PackReference, allowed: Option<bool>) -> Result<Box<dyn RulePack>, PackError> {
        let isolate = reference.isolate && !self.in_process;
        let reference = &reference.isolated(isolate);
        reference.allowed(allowed, is_ci())?;
        Ok(match reference.route() {
            PackRoute::Library if reference.isolate => Box::new(ProcessPack::start(reference, &self.worker()?)?),
            PackRoute::Library => Box::new(DynamicPack::of(pack_worker::open(reference)?)?),
            PackRoute::Manifest => Box::new(manifest_pack(reference)?),
        })
    }

    /// plangate itself, as the process of a pack.
    fn worker(&self) -> Result<WorkerCommand, PackError> {
        let program = std::env::current_exe().map_err(|error| PackError::Unloadable {
            pack: "of every file".to_owned(),
            reason: format!("plangate does not find its own program ({error})"),
        })?;
        let limit = Duration::from_secs(self.pack_time_limit.into());
        Ok(WorkerCommand::new(program).argument(pack_worker::COMMAND).time_limit(limit))
    }
}

/// The pack in a TOML file.
pub(crate) fn manifest_pack(reference: &PackReference) -> Result<ManifestPack, PackError> {
    let pack = reference.path.display().to_string();
    let unloadable = |reason: String| PackError::Unloadable { pack: pack.clone(), reason };
    let text = String::from_utf8(reference.read()?).map_err(|_| unloadable("it is not UTF-8 text".to_owned()))?;
    ManifestPack::from_toml(&text, pack.as_str()).map_err(|error| unloadable(error.to_string()))
}

/// Whether nobody watches: `CI` is set to something that does not mean no.
fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !["", "0", "false"].iter().any(|no| value == *no))
}
