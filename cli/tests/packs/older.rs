//! A pack that was built for an older plangate.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn an_older_pack_is_to_be_rebuilt() {
    let pack = c_guest(r#"#define ABI_VERSION 0"#);
    check(&pack).fails(&format!(
        "pack `{}` speaks version 0 of the pack interface, and this plangate version 1: rebuild the pack with \
         plangate-core {}",
        pack.display(),
        env!("CARGO_PKG_VERSION"),
    ));
}
