//! Where nobody watches, a library is loaded only if that was said.

use std::process::Command;

use crate::guest::c_pack;
use crate::run::{Ran, ran, repository};

fn check(ci: &str, arguments: &[&str]) -> Ran {
    let here = repository(&["TODO"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
    command.current_dir(here.path()).args(["check", "--output-format", "concise", "--pack"]).arg(c_pack());
    command.args(arguments).env("CI", ci).env_remove("PLANGATE_OUTPUT_FORMAT");
    ran(command)
}

#[test]
fn in_ci_a_library_has_to_be_allowed() {
    let refused = format!(
        "pack `{}` was not opened: libraries are not allowed (where CI is set, only pinned ones are); \
         `--allow-dynamic` allows them",
        c_pack().display(),
    );
    check("true", &[]).fails(&refused);
    check("", &["--allow-dynamic=false"]).fails(&refused);
    for (ci, arguments) in [("true", &["--allow-dynamic"][..]), ("false", &[]), ("", &[])] {
        check(ci, arguments).finds("warning[CPK901 marked-todo]");
    }
}
