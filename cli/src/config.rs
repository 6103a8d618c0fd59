//! `plangate config`: the configuration that is in force, and where each value comes from.

use std::io::{self, Write};
use std::path::PathBuf;

use plangate_core::Workspace;
use plangate_core::config::{Effective, Setting};
use plangate_core::emit::visible;

use crate::configuration;
use crate::engine;
use crate::error::Error;
use crate::load;
use crate::output::Terminal;

/// Prints the configuration that is in force, and where each value comes from.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The repository, or a path in it.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    #[command(flatten)]
    configuration: configuration::Arguments,

    #[command(flatten)]
    packs: load::PackArguments,
}

/// What holds where nobody says anything.
const DEFAULTS: [(&str, &str); 2] = [("phase", "\"auto\""), ("fail-on", "\"error\"")];

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let workspace = Workspace::open(&arguments.path)?;
    let configuration = arguments.configuration.of_repository(workspace.root())?;
    let effective = &configuration.effective;
    let all = engine::all_packs(&arguments.packs)?;
    let packs = engine::with_configured(&all, &arguments.packs, &effective.config).build()?;
    engine::refuse_unknown(&packs, &all, effective, terminal)?;
    terminal.write_lines(|out| write(effective, out))?;
    for weakened in engine::weakened(&packs, effective) {
        terminal.note(&weakened);
    }
    engine::tell(packs.failures(), terminal);
    Ok(if packs.failures().is_empty() { 0 } else { 2 })
}

/// As TOML, so that it can be kept as a file. A key that adds up stands as one list, an element a line.
fn write(effective: &Effective, out: &mut dyn Write) -> io::Result<()> {
    let own = |setting: &&Setting| !setting.floor;
    for (key, value) in DEFAULTS {
        if !effective.settings.iter().any(|setting| setting.key == key) {
            writeln!(out, "{:<50} # default", format!("{key} = {value}"))?;
        }
    }
    block(effective.settings.iter().filter(own), out)?;
    let mut floor = effective.settings.iter().filter(|setting| setting.floor).peekable();
    if floor.peek().is_some() {
        writeln!(out, "\n# The policy: for every rule and key the stricter of both counts.")?;
        let mut policy = Vec::new();
        block(floor, &mut policy)?;
        String::from_utf8_lossy(&policy).lines().try_for_each(|line| writeln!(out, "# {line}"))?;
    }
    Ok(())
}

fn block<'a>(settings: impl Iterator<Item = &'a Setting>, out: &mut dyn Write) -> io::Result<()> {
    let mut settings = settings.peekable();
    while let Some(setting) = settings.next() {
        let Setting { key, value, origin, .. } = setting;
        if !setting.adds_up() {
            line(out, &format!("{key} = {value}"), &origin.to_string())?;
            continue;
        }
        writeln!(out, "{} = [", visible(key))?;
        line(out, &format!("    {value},"), &origin.to_string())?;
        while let Some(next) = settings.next_if(|next| next.key == *key) {
            line(out, &format!("    {},", next.value), &next.origin.to_string())?;
        }
        writeln!(out, "]")?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, entry: &str, origin: &str) -> io::Result<()> {
    writeln!(out, "{:<50} # {}", visible(entry), visible(origin))
}
