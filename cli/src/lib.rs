//! The `plangate` command, to be linked with the packs that a binary wants.
//!
//! An organisation that ships its own packs writes this binary of its own; a pack that is not named
//! in code is not linked.
//!
//! ```no_run
//! // use acme_pack as _;
//! fn main() -> std::process::ExitCode {
//!     plangate::main()
//! }
//! ```

// README.md's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

mod args;
mod check;
mod completions;
mod config;
mod configuration;
mod engine;
mod error;
mod explain;
mod files;
mod format;
mod git;
mod init;
mod interrupt;
mod load;
mod locate;
mod man;
mod new;
mod output;
mod outputs;
mod pack;
mod pack_worker;
mod packs;
mod parse;
mod progress;
mod report;
mod rules;
mod rules_page;
mod schema;
mod template;
mod today;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write as _, stderr, stdout};
use std::process::ExitCode;

use clap::Parser;
use plangate_core::emit::visible;

use args::{Arguments, Command};
use error::Error;
use output::Terminal;

/// Runs the command line of this process.
///
/// The exit code is 0 where the gate holds, 1 where it doesn't, and 2 where plangate could not do
/// its job; the cause then stands on standard error.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Whoever closed the pipe does not want the help.
            let written = print(&error).and_then(|()| stdout().flush()).or_else(|failed| match failed.kind() {
                ErrorKind::BrokenPipe => Ok(()),
                _ => Err(failed),
            });
            return ExitCode::from(if error.use_stderr() || written.is_err() { 2 } else { 0 });
        }
    };
    let terminal = Terminal::new(arguments.color);
    match run(&arguments.command, &terminal) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            terminal.error(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints help, or what is wrong with the arguments; without colours where an argument holds something that a terminal
/// would obey, and that is shown instead.
fn print(error: &clap::Error) -> io::Result<()> {
    let is_plain = |argument: OsString| matches!(visible(&argument.to_string_lossy()), Cow::Borrowed(_));
    if std::env::args_os().all(is_plain) {
        return error.print();
    }
    let lines: Vec<String> = error.to_string().lines().map(|line| visible(line).into_owned()).collect();
    let text = lines.join("\n") + "\n";
    if error.use_stderr() { stderr().write_all(text.as_bytes()) } else { stdout().write_all(text.as_bytes()) }
}

fn run(command: &Command, terminal: &Terminal) -> Result<u8, Error> {
    match command {
        Command::Check(arguments) => check::run(arguments, terminal),
        Command::Config(arguments) => config::run(arguments, terminal),
        Command::Parse(arguments) => parse::run(arguments, terminal),
        Command::Rules(arguments) => rules::run(arguments, terminal),
        Command::Explain(arguments) => explain::run(arguments, terminal),
        Command::Packs(arguments) => packs::run(arguments, terminal),
        Command::Report(arguments) => report::run(arguments, terminal),
        Command::Template(arguments) => template::run(arguments, terminal),
        Command::New(arguments) => new::run(arguments, terminal),
        Command::Schema(arguments) => schema::run(arguments, terminal),
        Command::Init(arguments) => init::run(arguments, terminal),
        Command::Completions(arguments) => completions::run(arguments, terminal),
        Command::Man(arguments) => man::run(arguments, terminal),
        Command::Pack(arguments) => pack::run(arguments, terminal),
        Command::PackWorker => pack_worker::run(),
    }
}
