//! The configuration of each repository: plangate.toml, arguments, the policy, and the known findings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plangate_core::config::{self, ConfigReader, Effective, FromDisk, Layer};
use plangate_core::suppression::Baseline;
use plangate_core::workspace::{LoadOptions, Workspace};

use crate::error::Error;
use crate::git::AtRevision;

/// The file of known findings, where nobody names another.
pub(crate) const BASELINE: &str = ".plangate-baseline.json";

/// More bytes than this are no baseline: a hundred thousand findings take half of it.
const MOST_BASELINE_BYTES: u64 = 32 * 1024 * 1024;

/// Where the configuration comes from.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// A file to read instead of plangate.toml, or one of its keys; can be given several times.
    #[arg(long, value_name = "FILE|KEY=VALUE")]
    config: Vec<String>,

    /// Read no plangate.toml and no baseline that nobody named.
    #[arg(long)]
    no_config: bool,

    /// A file outside of the repository that no plangate.toml can weaken.
    #[arg(long, value_name = "FILE", env = "PLANGATE_POLICY")]
    policy: Option<PathBuf>,

    /// Take plangate.toml, waivers, baseline and constitution from this git revision.
    #[arg(long, value_name = "REV")]
    config_from: Option<String>,
}

/// The configuration of one repository, and how its features are loaded.
#[derive(Debug)]
pub(crate) struct Configuration {
    pub(crate) effective: Effective,
    pub(crate) options: LoadOptions,
    /// The file of known findings: where it is read from, and written to.
    pub(crate) baseline: PathBuf,
    /// Somebody named that file.
    baseline_is_named: bool,
    reader: Reader,
}

impl Arguments {
    /// The configuration for the repository at `root`, a path with all links resolved.
    pub(crate) fn of_repository(&self, root: &Path) -> Result<Configuration, Error> {
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
        let disk = FromDisk::seen_from(&here);
        let reader = match &self.config_from {
            Some(revision) => Reader::Revision(Box::new(AtRevision::open(root, revision, disk.clone())?)),
            None => Reader::Disk(disk.clone()),
        };
        let mut files: Vec<&String> = Vec::new();
        let mut arguments = Vec::new();
        for argument in &self.config {
            if is_setting(argument) { arguments.push(Layer::of_argument(argument)?) } else { files.push(argument) }
        }
        let mut layers = match &files[..] {
            [] if self.no_config => Vec::new(),
            [] => match config::find(root, &reader)? {
                Some(file) => config::layers_of(&file, &reader)?,
                None => Vec::new(),
            },
            [file] => {
                let mut layers = config::layers_of(&here.join(file), &reader)?;
                layers.iter_mut().for_each(Layer::see_from_root);
                layers
            }
            [_, second, ..] => return Err(Error::SeveralConfigs { second: (*second).clone() }),
        };
        layers.extend(arguments);
        let policy = match &self.policy {
            Some(policy) => {
                let path = here.join(policy);
                let path = path.canonicalize().unwrap_or(path);
                if path.starts_with(root) {
                    return Err(Error::PolicyInside { policy: policy.clone() });
                }
                config::layers_of(&path, &disk)?
            }
            None => Vec::new(),
        };
        let effective = Effective::of(layers, policy, root)?;
        let baseline = effective.baseline.clone();
        let mut options = LoadOptions::default();
        if let Some(aliases) = &effective.config.aliases {
            options = options.aliases(Arc::clone(aliases));
        }
        if let Reader::Revision(revision) = &reader {
            options = options.constitutions(Arc::new(revision.constitutions(root)?));
        }
        Ok(Configuration {
            effective,
            options,
            baseline_is_named: baseline.is_some(),
            baseline: baseline.unwrap_or_else(|| root.join(BASELINE)),
            reader,
        })
    }

    /// The configuration for the repository that plangate runs in.
    pub(crate) fn here(&self) -> Result<Configuration, Error> {
        self.of_repository(Workspace::open(".")?.root())
    }

    /// Whether everything is read from another revision.
    pub(crate) fn is_of_another_revision(&self) -> bool {
        self.config_from.is_some()
    }

    /// Whether a baseline that nobody named is read.
    fn reads_the_usual_baseline(&self) -> bool {
        !self.no_config
    }
}

impl Configuration {
    /// Reads the known findings from the file that `named` or plangate.toml names, else from the usual
    /// one, where there is one. `may_be_missing` says that it is about to be written.
    pub(crate) fn read_baseline(
        &mut self,
        arguments: &Arguments,
        named: Option<&Path>,
        may_be_missing: bool,
    ) -> Result<(), Error> {
        if let Some(named) = named {
            let here = std::env::current_dir().unwrap_or_default();
            self.baseline = here.join(named);
            self.baseline_is_named = true;
        }
        if !self.baseline_is_named && !arguments.reads_the_usual_baseline() {
            return Ok(());
        }
        let shown = self.reader.shown(&self.baseline);
        let text = match &self.reader {
            Reader::Disk(disk) => config::file_at(&self.baseline, &disk.clone().up_to(MOST_BASELINE_BYTES))?,
            Reader::Revision(_) => config::file_at(&self.baseline, &self.reader)?,
        };
        let Some(text) = text else {
            let is_fault = self.baseline_is_named && !may_be_missing;
            return if is_fault { Err(Error::NoBaseline { path: shown }) } else { Ok(()) };
        };
        let baseline = Baseline::from_json(&text).map_err(|reason| Error::Baseline { path: shown, reason })?;
        self.effective.config.baseline = Some(Arc::new(baseline));
        Ok(())
    }

    /// How messages call the file of known findings.
    pub(crate) fn shown_baseline(&self) -> String {
        self.reader.shown(&self.baseline)
    }
}

/// Whether an argument of `--config` is `KEY=VALUE` and not a file.
fn is_setting(argument: &str) -> bool {
    let key = argument.split_once('=').map(|(key, _)| key.trim());
    let is_key = |key: &str| key.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.'));
    key.is_some_and(is_key) && !Path::new(argument).exists()
}

#[derive(Debug)]
enum Reader {
    Disk(FromDisk),
    Revision(Box<AtRevision<FromDisk>>),
}

impl ConfigReader for Reader {
    fn read(&self, path: &Path) -> Result<Option<String>, String> {
        match self {
            Self::Disk(reader) => reader.read(path),
            Self::Revision(reader) => reader.read(path),
        }
    }

    fn shown(&self, path: &Path) -> String {
        match self {
            Self::Disk(reader) => reader.shown(path),
            Self::Revision(reader) => reader.shown(path),
        }
    }
}
