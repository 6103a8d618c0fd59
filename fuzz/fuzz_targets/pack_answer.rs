//! Any bytes as what a loaded pack says, of itself and of a plan.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plangate_core::testing::invariants;

fuzz_target!(|bytes: &[u8]| invariants::pack_answer(bytes));
