//! The command of the Acme corporation: plangate with the packs that it wants.

use acme_pack as _;
use plangate_rules_mvp as _;

fn main() -> std::process::ExitCode {
    plangate::main()
}
