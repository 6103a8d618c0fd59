//! `plangate packs`: lists the packs, where each came from, and what it brought.

use std::io::{self, Write};

use plangate_core::pack::{PackManifest, PackSource};
use plangate_core::plan::Status;
use plangate_core::principle::Principle;
use serde::Serialize;

use crate::args::ListFormat;
use crate::configuration;
use crate::engine;
use crate::error::Error;
use crate::load;
use crate::output::Terminal;

/// Lists the packs, where each came from, and what it brought.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The form of the list.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    output_format: ListFormat,

    #[command(flatten)]
    packs: load::PackArguments,

    #[command(flatten)]
    configuration: configuration::Arguments,
}

#[derive(Serialize)]
struct Listing<'a> {
    packs: Vec<PackEntry<'a>>,
}

/// The pack object of the report, its principles named instead of counted.
#[derive(Serialize)]
struct PackEntry<'a> {
    name: &'a str,
    version: &'a str,
    source: PackSource,
    edition: &'a str,
    title: &'a str,
    prefix: &'a str,
    principles: Vec<PrincipleEntry<'a>>,
    rules: usize,
}

#[derive(Serialize)]
struct PrincipleEntry<'a> {
    ordinal: &'a str,
    name: &'a str,
    statuses: &'a [Status],
    questions: Vec<&'a str>,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let config = arguments.configuration.here()?.effective.config;
    let (packs, code) = engine::manifests(&arguments.packs, &config, terminal)?;
    match arguments.output_format {
        ListFormat::Json => terminal.write_json(&Listing { packs: packs.iter().map(entry).collect() })?,
        ListFormat::Text => terminal.write_lines(|out| packs.iter().try_for_each(|pack| write(pack, out)))?,
    }
    Ok(code)
}

fn write(pack: &PackManifest, out: &mut dyn Write) -> io::Result<()> {
    let PackManifest { name, version, title, .. } = pack;
    let (principles, rules) = (pack.principles.len(), pack.rule_count());
    writeln!(out, "{name} {version}, {}: {title}", source(pack.source))?;
    writeln!(out, "  {}, {}", plural(principles, "principle"), plural(rules, "rule"))?;
    pack.principles.iter().try_for_each(|principle| {
        writeln!(out, "  {} ({})", principle.label(), plural(principle.questions.len(), "question"))
    })
}

fn entry(pack: &PackManifest) -> PackEntry<'_> {
    PackEntry {
        name: &pack.name,
        version: &pack.version,
        source: pack.source,
        edition: &pack.edition,
        title: &pack.title,
        prefix: &pack.prefix,
        principles: pack.principles.iter().map(principle).collect(),
        rules: pack.rule_count(),
    }
}

fn principle(principle: &Principle) -> PrincipleEntry<'_> {
    PrincipleEntry {
        ordinal: &principle.ordinal,
        name: &principle.name,
        statuses: &principle.statuses,
        questions: principle.questions.iter().map(|question| &*question.id).collect(),
    }
}

fn source(source: PackSource) -> &'static str {
    match source {
        PackSource::Linked => "linked",
        PackSource::Loaded => "loaded",
        PackSource::Manifest => "from a TOML file",
    }
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
