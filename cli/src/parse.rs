//! `plangate parse`: prints the typed model as JSON.

use std::path::PathBuf;

use crate::configuration;
use crate::error::Error;
use crate::locate;
use crate::output::Terminal;

/// Prints the typed model of a plan as JSON.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A plan.md, a feature folder, or `-` for standard input.
    path: PathBuf,

    /// Print the whole feature: every document and the facts of the repository.
    #[arg(long)]
    feature: bool,

    #[command(flatten)]
    configuration: configuration::Arguments,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let feature = locate::one_feature(&arguments.path, &arguments.configuration)?;
    if arguments.feature {
        terminal.write_json(&feature)?;
    } else {
        terminal.write_json(feature.plan())?;
    }
    Ok(0)
}
