//! `plangate pack`: what a pack's author needs.

mod from_constitution;
mod new;
mod test;

use crate::error::Error;
use crate::output::Terminal;

/// Makes packs, and tests them.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    New(new::Arguments),
    Test(test::Arguments),
    FromConstitution(from_constitution::Arguments),
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    match &arguments.command {
        Command::New(arguments) => new::run(arguments, terminal),
        Command::Test(arguments) => test::run(arguments, terminal),
        Command::FromConstitution(arguments) => from_constitution::run(arguments, terminal),
    }
}
