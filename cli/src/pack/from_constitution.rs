//! `plangate pack from-constitution`: a manifest pack of a repository's own constitution.

use std::io;
use std::path::{Path, PathBuf};

use plangate_core::config::Config;
use plangate_core::feature::{Document, DocumentKind, Model, State};
use plangate_core::pack::{ConstitutionDraft, Merged};
use plangate_core::workspace::{MOST_DOCUMENT_BYTES, Workspace};

use crate::error::Error;
use crate::load::PackArguments;
use crate::output::Terminal;
use crate::{engine, files};

/// Writes a manifest pack from a constitution: its principles, and their MUST rules as questions.
///
/// The pack asks for evidence only: plans never see its questions. Add to each what supports or contradicts it.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A repository, or a constitution.md.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// Write the pack to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Merge the constitution, as it is by now, into the pack in --output; what was written by hand stays.
    #[arg(long, requires = "output")]
    update: bool,

    /// Change nothing: the exit code is 1 where --update would change the pack in --output.
    #[arg(long, requires = "output", conflicts_with = "update")]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let draft = draft(&arguments.path)?;
    let Some(output) = &arguments.output else {
        let text = new(&draft, terminal)?;
        terminal.write_lines(|out| out.write_all(text.as_bytes()))?;
        return Ok(0);
    };
    if !output.exists() && !arguments.check {
        written(output, files::create(output, &new(&draft, terminal)?))?;
        return Ok(0);
    }
    if !arguments.check && !arguments.update {
        return Err(Error::PackExists { path: output.clone() });
    }
    let Merged { text, changes, .. } = merged(&draft, output)?;
    if arguments.check {
        terminal
            .write_lines(|out| changes.iter().try_for_each(|change| writeln!(out, "{}: {change}", output.display())))?;
        return Ok(u8::from(!changes.is_empty()));
    }
    if !changes.is_empty() {
        written(output, files::replace(output, &text))?;
    }
    changes.iter().for_each(|change| terminal.note(change));
    Ok(0)
}

/// A new manifest, whose ids no linked pack has.
fn new(draft: &ConstitutionDraft, terminal: &Terminal) -> Result<String, Error> {
    let (packs, _) = engine::manifests(&PackArguments::default(), &Config::default(), terminal)?;
    let taken: Vec<&str> = packs.iter().map(|pack| &*pack.prefix).collect();
    Ok(draft.to_toml(&taken))
}

/// What the constitution at `path`, and the plan template beside it, give.
fn draft(path: &Path) -> Result<ConstitutionDraft, Error> {
    let workspace = Workspace::open(path)?;
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let folder = folder.canonicalize().unwrap_or_default();
    let folder = folder.strip_prefix(workspace.root()).map(|folder| folder.to_string_lossy().replace('\\', "/"));
    let folder = folder.unwrap_or_default();
    let constitution = if path.is_dir() { workspace.constitution(&folder) } else { read(path)? };
    let shown = || if path.is_dir() { path.join(&constitution.path) } else { path.to_owned() };
    match (&constitution.state, constitution.model()) {
        (State::Provided, Model::Constitution(model)) => {
            let template = workspace.plan_template(&folder);
            let template = match template.model() {
                Model::Plan(plan) if template.state == State::Provided => Some(&**plan),
                _ => None,
            };
            let draft = ConstitutionDraft::new(model, &constitution.text, template);
            draft.map_err(|reason| Error::Constitution { path: shown(), reason: reason.to_string() })
        }
        (State::Absent, _) => Err(Error::NoConstitution { path: path.to_owned() }),
        _ => {
            let reason = constitution.problems.first().map(|problem| problem.message.clone());
            Err(Error::Constitution { path: shown(), reason: reason.unwrap_or_else(|| "can't be read".to_owned()) })
        }
    }
}

/// A constitution that is named by its file.
fn read(path: &Path) -> Result<Document, Error> {
    let bytes = files::read(path, MOST_DOCUMENT_BYTES).map_err(|error| unreadable(path, &error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable(path, "it is not UTF-8 text"))?;
    Ok(Document::provided(DocumentKind::Constitution, path.display().to_string(), text))
}

fn unreadable(path: &Path, reason: &str) -> Error {
    Error::Constitution { path: path.to_owned(), reason: format!("could not be read ({reason})") }
}

fn merged(draft: &ConstitutionDraft, output: &Path) -> Result<Merged, Error> {
    let bytes =
        files::read_regular(output, MOST_DOCUMENT_BYTES).map_err(|error| unreadable(output, &error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable(output, "it is not UTF-8 text"))?;
    Ok(draft.merge(&text, &output.display().to_string())?)
}

fn written(path: &Path, written: io::Result<()>) -> Result<(), Error> {
    written.map_err(|error| Error::OutputFile { path: path.to_owned(), error })
}
