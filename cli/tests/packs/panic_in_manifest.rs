//! A pack that panics before it says what it is.

use crate::guest::packs;
use crate::run::check;

#[test]
fn a_panic_in_the_manifest_keeps_its_message() {
    let pack = &packs().speechless;
    check(pack).fails(&format!("pack `{}` failed: it panicked: no word comes out", pack.display()));
}
