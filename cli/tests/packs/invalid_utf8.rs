//! A pack whose manifest is not UTF-8.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_manifest_of_other_bytes_is_refused() {
    let pack = c_guest(r#"#define MANIFEST "{\"name\": \"\xff\"}""#);
    check(&pack)
        .fails(&format!("pack `{}` breaks the pack interface: its manifest is not UTF-8 (byte 10)", pack.display()));
}
