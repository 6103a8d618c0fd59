//! `plangate pack new`: a pack to begin with, which passes its own tests.

use std::fs;
use std::path::{Path, PathBuf};

use plangate_core::config::Config;
use plangate_core::pack::{is_kebab_case, prefix_for};

use crate::error::Error;
use crate::load::PackArguments;
use crate::output::Terminal;
use crate::{engine, files};

/// Makes a pack to begin with, which passes its own tests: a crate, or a TOML file.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The pack's name in kebab-case, such as acme.
    name: String,

    #[command(flatten)]
    route: Route,

    /// The folder to make; one of the pack's name where it isn't said.
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,

    /// Take plangate-core from this folder instead of the registry.
    #[arg(long, value_name = "DIR", requires = "rust", env = "PLANGATE_CORE_PATH")]
    core_path: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Route {
    /// A crate, to be linked or loaded.
    #[arg(long)]
    rust: bool,

    /// A TOML file.
    #[arg(long)]
    manifest: bool,
}

/// The files of a pack in Rust: where each stands, and what it holds.
const RUST: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("scaffold/rust/Cargo.toml.in")),
    (".gitignore", "/target\n"),
    ("src/lib.rs", include_str!("scaffold/rust/lib.rs.in")),
    ("src/privacy.rs", include_str!("scaffold/rust/privacy.rs.in")),
];

/// The file of a manifest pack.
const MANIFEST: &[(&str, &str)] = &[("{{name}}.toml", include_str!("scaffold/pack.toml.in"))];

/// The cases of both.
const CASES: &[(&str, &str)] = &[
    ("cases/listed/plan.md", include_str!("scaffold/cases/plan.md.in")),
    ("cases/listed/data-model.md", include_str!("scaffold/cases/listed/data-model.md.in")),
    ("cases/listed/expected.toml", include_str!("scaffold/cases/listed/expected.toml.in")),
    ("cases/unlisted/plan.md", include_str!("scaffold/cases/plan.md.in")),
    ("cases/unlisted/data-model.md", include_str!("scaffold/cases/unlisted/data-model.md.in")),
    ("cases/unlisted/expected.toml", include_str!("scaffold/cases/unlisted/expected.toml.in")),
];

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let name = arguments.name.as_str();
    let (packs, _) = engine::manifests(&PackArguments::default(), &Config::default(), terminal)?;
    if !is_kebab_case(name) || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err(Error::PackName { name: name.to_owned(), reason: "is not kebab-case, such as acme" });
    }
    if name == "constitution" || packs.iter().any(|pack| pack.name == name) {
        return Err(Error::PackName { name: name.to_owned(), reason: "is taken; choose another" });
    }
    let taken: Vec<&str> = packs.iter().map(|pack| &*pack.prefix).collect();
    let words = Words {
        name: name.to_owned(),
        prefix: prefix_for(name, &taken),
        core: core_dependency(arguments.core_path.as_deref())?,
    };
    let folder = arguments.path.clone().unwrap_or_else(|| PathBuf::from(name));
    if fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(Error::FolderExists { path: folder });
    }
    let own = if arguments.route.rust { RUST } else { MANIFEST };
    for (path, text) in own.iter().chain(CASES) {
        let path = folder.join(words.put_into(path));
        files::create(&path, &words.put_into(text)).map_err(|error| Error::OutputFile { path, error })?;
    }
    let next = if arguments.route.manifest {
        format!("`plangate pack test {}` runs its cases", folder.display())
    } else {
        format!("`cargo test --manifest-path {}` runs its cases", folder.join("Cargo.toml").display())
    };
    terminal.note(&format_args!("the pack {name} is in {}; {next}", folder.display()));
    Ok(0)
}

/// What stands for the words in double braces.
struct Words {
    name: String,
    prefix: String,
    core: String,
}

impl Words {
    fn put_into(&self, text: &str) -> String {
        text.replace("{{name}}", &self.name)
            .replace("{{prefix}}", &self.prefix)
            .replace("{{crate}}", &self.name.replace('-', "_"))
            .replace("{{core}}", &self.core)
    }
}

/// `version = "0.1.0"`, and the path where one was named.
fn core_dependency(path: Option<&Path>) -> Result<String, Error> {
    let version = concat!("version = \"", env!("CARGO_PKG_VERSION"), "\"");
    let Some(path) = path else { return Ok(version.to_owned()) };
    let failed = |reason: String| Error::CorePath { path: path.to_owned(), reason };
    let whole = path.canonicalize().map_err(|error| failed(format!("could not be read ({error})")))?;
    if !whole.join("Cargo.toml").is_file() {
        return Err(failed("holds no crate; name the folder of plangate-core".to_owned()));
    }
    // A literal string takes backslashes as they are.
    Ok(format!("{version}, path = '{}'", whole.display()))
}
