//! A library that is no pack.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_library_without_the_symbol_is_no_pack() {
    let pack = c_guest("#define SYMBOL other_function");
    check(&pack).fails(&format!(
        "pack `{}` exports no `plangate_pack_v1`, so it is no pack: one in Rust exports it by \
         `plangate_core::export_pack!()`",
        pack.display(),
    ));
}
