//! What the scripts beside this crate call: `plangate-benches generate FOLDER FEATURES [--whole]`, `measure`,
//! `ratios`.

#![forbid(unsafe_code)]

mod generate;
mod measure;
mod ratios;

use std::io::Write as _;
use std::process::ExitCode;

const USAGE: &str = "\
usage: plangate-benches generate FOLDER FEATURES [--whole]
       plangate-benches measure
       plangate-benches ratios

generate  writes a repository of FEATURES generated features to FOLDER, which has to be empty or missing:
          their plans alone, or with --whole all their documents and the files of a repository
measure   runs each main path for valgrind, see instructions.sh
ratios    prints the median seconds of Markdown's events alone, of parsing and of checking 1,000 plans,
          and the megabytes of these plans
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["generate", folder, features] => generate::run(folder, features, false),
        ["generate", folder, features, "--whole"] => generate::run(folder, features, true),
        ["measure"] => measure::run(),
        ["ratios"] => ratios::run(),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nobody reads what went wrong, the exit code still says that something did.
            let _ = writeln!(std::io::stderr(), "{}", error.to_string().trim_end());
            ExitCode::from(2)
        }
    }
}
