//! A rule that calls itself without end.

use crate::guest::packs;
use crate::run::check_titled;

#[test]
fn an_overflowed_stack_ends_only_the_process_of_the_pack() {
    let ran = check_titled("overflow", &[&packs().faulty]);
    // Signal 6 where the runtime of Rust notices the overflow, 11 where nobody does.
    let signal = if ran.err.contains("signal 6") {
        "6, as by an abort, a panic that can't unwind, or an overflowed stack"
    } else {
        "11, as by a pointer to nowhere or an overflowed stack"
    };
    ran.fails(&format!("pack `faulty` gave no answer: its process was ended by signal {signal}"));
}
