//! `plangate pack test`: runs the cases and the examples of a manifest pack.

use std::fs;
use std::path::{Path, PathBuf};

use plangate_core::pack::{PackReference, RulePack as _};
use plangate_core::testing::examine_pack;

use crate::error::Error;
use crate::load::manifest_pack;
use crate::output::Terminal;

/// Tests a manifest pack: its cases, the examples in its docs, its ids and names, and the gate faults that are
/// planted into its template.
///
/// A case is a folder below `cases` beside the pack. It holds a plan.md, what else the feature has, and an
/// expected.toml that names the findings. Every rule needs a case that fires and one that doesn't. The exit code
/// is 1 where something is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The pack's TOML file, or the folder that holds it.
    #[arg(value_name = "DIR|FILE", default_value = ".")]
    path: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let file = manifest_at(&arguments.path)?;
    let pack = manifest_pack(&PackReference::new(&file))?;
    let name = pack.manifest().name.to_string();
    let cases = file.parent().unwrap_or(Path::new("")).join("cases");
    let kit = examine_pack(pack, Some(&cases))?;
    terminal.write_lines(|out| {
        kit.wrong.iter().try_for_each(|wrong| writeln!(out, "{wrong}"))?;
        let (cases, examples, faults) = (kit.cases.len(), kit.examples, kit.gate_faults.len());
        let verdict = match kit.wrong.len() {
            0 => "all is well".to_owned(),
            1 => "1 thing is wrong".to_owned(),
            number => format!("{number} things are wrong"),
        };
        writeln!(out, "{name}: {cases} cases, {examples} examples, {faults} gate faults: {verdict}")
    })?;
    Ok(u8::from(!kit.wrong.is_empty()))
}

/// The manifest that is meant: the file itself, or the one in the folder.
fn manifest_at(path: &Path) -> Result<PathBuf, Error> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let refused = |reason: String| Error::NoPackToTest { path: path.to_owned(), reason };
    if path.join("Cargo.toml").exists() {
        return Err(refused("is a pack in Rust: `cargo test` runs its cases".to_owned()));
    }
    let entries = fs::read_dir(path).map_err(|error| refused(format!("could not be read ({error})")))?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|end| end == "toml")).collect();
    files.sort_unstable();
    match &files[..] {
        [file] => Ok(file.clone()),
        [] => Err(refused("holds no TOML file; `plangate pack new NAME --manifest` makes one".to_owned())),
        _ => Err(refused(format!("holds {} TOML files; name one of them", files.len()))),
    }
}
