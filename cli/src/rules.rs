//! `plangate rules`: lists the rules of all packs.

use clap::ValueEnum;
use serde::Serialize;

use plangate_core::catalogue::{self, RuleEntry};

use crate::configuration;
use crate::engine;
use crate::error::Error;
use crate::load;
use crate::output::Terminal;
use crate::rules_page;

/// Lists the rules of all packs.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The form of the list.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    output_format: Format,

    #[command(flatten)]
    packs: load::PackArguments,

    #[command(flatten)]
    configuration: configuration::Arguments,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// The page docs/rules.md.
    Markdown,
}

#[derive(Serialize)]
struct Listing<'a> {
    rules: Vec<RuleEntry<'a>>,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let config = arguments.configuration.here()?.effective.config;
    let (packs, code) = engine::manifests(&arguments.packs, &config, terminal)?;
    let rules = catalogue::rules(&packs);
    match arguments.output_format {
        Format::Json => terminal.write_json(&Listing { rules })?,
        Format::Markdown => terminal.write_lines(|out| rules_page::write(&packs, out))?,
        Format::Text => terminal.write_lines(|out| {
            let longest = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
            rules.iter().try_for_each(|rule| {
                let RuleEntry { id, name, severity, .. } = rule;
                writeln!(out, "{id:<8} {name:<longest$} {:<7} {}", severity.as_str(), rule.summary())
            })
        })?,
    }
    Ok(code)
}
