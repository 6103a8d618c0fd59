//! A pack that was built in another profile than its host: nothing but C and JSON crosses the boundary.

use crate::guest::{aborting, packs};
use crate::run::check_titled;

#[test]
fn packs_for_debugging_and_optimized_ones_are_loaded() {
    for pack in [&packs().faulty, &aborting()] {
        check_titled("ok", &[pack]).finds("warning[FLT901 planned-fault] the fault pack was here");
    }
}
