//! `plangate template`: prints a plan template whose Constitution Check is made of the active packs.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use plangate_core::engine::Engine;
use plangate_core::feature::Feature;
use plangate_core::pack::PackManifest;
use plangate_core::template::plan_template;
use plangate_core::workspace::{MOST_DOCUMENT_BYTES, Workspace};

use crate::configuration;
use crate::engine;
use crate::error::Error;
use crate::files;
use crate::load;
use crate::output::Terminal;

/// Where Spec Kit looks for the template.
const PLACE: &str = ".specify/templates/plan-template.md";

/// A team's own template, which counts before the other one.
const OVERRIDE: &str = ".specify/templates/overrides/plan-template.md";

/// Lines that would be lost are shown up to this number.
const MOST_SHOWN: usize = 3;

/// Prints a plan template whose Constitution Check is made of the active packs.
///
/// A pack is active where at least half of its principles occur in the repository's constitution or
/// plan template, or where --pack or plangate.toml names it.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    packs: load::PackArguments,

    #[command(flatten)]
    configuration: configuration::Arguments,

    /// Write it to .specify/templates/plan-template.md instead of standard output.
    #[arg(long)]
    write: bool,

    /// With --write: replace a template with local edits.
    #[arg(long, requires = "write")]
    force: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let workspace = Workspace::open(".")?;
    let feature = workspace.unplanned("");
    let engine = engine_of(&workspace, &arguments.packs, &arguments.configuration)?;
    if !engine.failures().is_empty() {
        engine::tell(engine.failures(), terminal);
        return Ok(2);
    }
    let template = plan_template(active_packs(&engine, &feature, terminal));
    if arguments.write {
        write(workspace.root(), &template, arguments.force, terminal)?;
    } else {
        terminal.write_lines(|out| out.write_all(template.as_bytes()))?;
    }
    Ok(0)
}

/// The packs of a repository: linked ones, and those that its plangate.toml or a command line names.
pub(crate) fn engine_of(
    workspace: &Workspace,
    packs: &load::PackArguments,
    configuration: &configuration::Arguments,
) -> Result<Engine, Error> {
    let config = configuration.of_repository(workspace.root())?.effective.config;
    Ok(engine::with_configured(&engine::all_packs(packs)?, packs, &config).config(config).build()?)
}

/// The packs that have a say in a plan of this repository. Where none has one, that is told.
pub(crate) fn active_packs<'a>(engine: &'a Engine, feature: &'a Feature, terminal: &Terminal) -> Vec<&'a PackManifest> {
    let packs: Vec<&PackManifest> = engine.active_packs(feature).collect();
    if packs.is_empty() {
        let known: Vec<&str> =
            engine.packs().filter(|pack| !pack.principles.is_empty()).map(|pack| &*pack.name).collect();
        terminal.note(&format_args!(
            "no pack is active here, so that the Constitution Check asks nothing; --pack NAME makes one active ({})",
            known.join(", ")
        ));
    }
    packs
}

fn write(root: &Path, template: &str, force: bool, terminal: &Terminal) -> Result<(), Error> {
    let path = root.join(PLACE);
    let failed = |error: io::Error| Error::NotWritten { path: PLACE.into(), error };
    match files::read_regular(&path, MOST_DOCUMENT_BYTES) {
        Ok(old) if old == template.as_bytes() => {
            terminal.note(&format_args!("{PLACE} is up to date"));
            return Ok(());
        }
        Ok(old) => {
            let old = String::from_utf8_lossy(&old);
            let lost = lost(&old, template);
            if !lost.is_empty() && !force {
                return Err(Error::EditedTemplate { path: PLACE.into(), lost: told(&lost) });
            }
            if !path.canonicalize().map_err(failed)?.starts_with(root) {
                return Err(failed(io::Error::other("it is a link that leaves the repository")));
            }
            files::replace(&path, template).map_err(failed)?;
            terminal.note(&format_args!("replaced {PLACE}"));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            files::create(&path, template).map_err(failed)?;
            terminal.note(&format_args!("wrote {PLACE}"));
        }
        Err(error) => return Err(failed(error)),
    }
    if root.join(OVERRIDE).exists() {
        terminal.note(&format_args!("{OVERRIDE} counts before it"));
    }
    Ok(())
}

/// The lines of a template, with their numbers, that the new one doesn't hold and that somebody may
/// have written: comments, placeholders and notes are the template's own.
fn lost<'a>(old: &'a str, new: &str) -> Vec<(usize, &'a str)> {
    let kept: HashSet<&str> = new.lines().map(str::trim).collect();
    let mut comment = false;
    let mut lost = Vec::new();
    for (at, line) in old.lines().enumerate() {
        let line = line.trim();
        let opens = line.starts_with("<!--");
        let inside = comment || opens;
        comment = inside && !line.ends_with("-->");
        if !inside && !line.is_empty() && !kept.contains(line) && !is_the_templates(line) {
            lost.push((at + 1, line));
        }
    }
    lost
}

/// Whether a line holds nothing but a placeholder, or explains the template.
fn is_the_templates(line: &str) -> bool {
    let value = line.split_once("**: ").map_or(line, |(_, value)| value).trim_matches(['*', '_', '>', ' ']);
    (value.starts_with('[') && value.ends_with(']')) || line.starts_with("**Note**: This template")
}

fn told(lost: &[(usize, &str)]) -> String {
    let shown = lost.iter().take(MOST_SHOWN).map(|(line, text)| format!("line {line} `{text}`"));
    let shown = shown.collect::<Vec<_>>().join(", ");
    match lost.len() {
        1 => shown,
        count if count <= MOST_SHOWN => format!("{count} lines: {shown}"),
        count => format!("{count} lines, such as {shown}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, expected: &[(usize, &str)]) {
        assert_eq!(lost(old, &plan_template([])), expected);
    }

    #[test]
    fn the_templates_own_lines_are_not_lost() {
        check(&plan_template([]), &[]);
        check(
            "# Implementation Plan: [FEATURE]\r\n\r\n**Note**: This template is filled in by `/speckit.plan`.\r\n",
            &[],
        );
        check("<!--\n  ACTION REQUIRED: replace\n  this\n-->\n**Storage**: [anything]\n*[Gates]*\n", &[]);
    }

    #[test]
    fn what_a_team_wrote_is_lost() {
        check("## Rollout\n\n<!-- ours --> \n  - by region\n", &[(1, "## Rollout"), (4, "- by region")]);
    }
}
