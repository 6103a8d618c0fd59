//! A pack that panics before it says what it is.

use plangate_core::pack::LinkedPack;

fn pack() -> LinkedPack {
    panic!("no word comes out")
}

plangate_core::export_pack!();
