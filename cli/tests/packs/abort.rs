//! A rule that aborts.

use crate::guest::packs;
use crate::run::check_titled;

#[test]
fn an_abort_ends_only_the_process_of_the_pack() {
    check_titled("abort", &[&packs().faulty]).fails(
        "pack `faulty` gave no answer: its process was ended by signal 6, as by an abort, a panic that can't unwind, or an \
         overflowed stack",
    );
}
