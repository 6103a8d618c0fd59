//! `plangate man`: the manual page of plangate, or of one of its commands.

use clap::CommandFactory;
use clap_mangen::Man;

use crate::args;
use crate::error::{Error, similar};
use crate::output::Terminal;

/// Prints plangate's manual page, or that of a command, as troff.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The command, such as check.
    command: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let mut whole = args::Arguments::command();
    whole.build();
    let page = match &arguments.command {
        None => whole,
        Some(name) => whole.find_subcommand(name).cloned().ok_or_else(|| unknown(&whole, name))?,
    };
    let page = Man::new(page);
    terminal.write(|mut out| page.render(&mut out))?;
    Ok(0)
}

fn unknown(whole: &clap::Command, asked: &str) -> Error {
    let known = whole.get_subcommands().map(clap::Command::get_name);
    Error::UnknownCommand { command: asked.to_owned(), similar: similar(known, asked) }
}
