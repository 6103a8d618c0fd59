//! A rule that panics in a pack whose panics end the process.

use crate::guest::aborting;
use crate::run::check_titled;

#[test]
fn a_panic_that_cannot_unwind_ends_only_the_process_of_the_pack() {
    check_titled("panic", &[&aborting()]).fails(
        "pack `faulty` gave no answer: its process was ended by signal 6, as by an abort, a panic that can't unwind, or an \
         overflowed stack",
    );
}
