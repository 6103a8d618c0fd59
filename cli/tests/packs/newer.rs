//! A pack that was built for a newer plangate: by its table, or by the symbol that it exports.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_newer_pack_asks_for_a_newer_plangate() {
    for lines in ["#define ABI_VERSION 2", "#define SYMBOL plangate_pack_v2"] {
        let pack = c_guest(lines);
        check(&pack).fails(&format!(
            "pack `{}` speaks version 2 of the pack interface, and this plangate version 1: upgrade plangate",
            pack.display(),
        ));
    }
}
