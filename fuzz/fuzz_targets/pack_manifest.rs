//! Any bytes as a pack's TOML file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plangate_core::testing::invariants;

fuzz_target!(|bytes: &[u8]| invariants::of_bytes(bytes, invariants::pack_manifest));
