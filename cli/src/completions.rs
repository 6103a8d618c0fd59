//! `plangate completions`: a script that completes the command line in a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args;
use crate::error::Error;
use crate::output::Terminal;

/// Prints a script that completes plangate's command line in a shell.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut args::Arguments::command(), "plangate", &mut script);
    terminal.write(|out| out.write_all(&script))?;
    Ok(0)
}
