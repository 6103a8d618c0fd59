//! The `plangate` command with the packs that plangate brings.

#![forbid(unsafe_code)]

use plangate_rules_mvp as _;
use plangate_rules_production as _;

fn main() -> std::process::ExitCode {
    plangate::main()
}
