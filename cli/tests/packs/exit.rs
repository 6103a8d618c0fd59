//! A rule that ends its process as if all were well.

use crate::guest::packs;
use crate::run::check_titled;

#[test]
fn an_exit_turns_nothing_green() {
    check_titled("exit", &[&packs().faulty]).fails("pack `faulty` gave no answer: its process ended with exit code 0");
}
