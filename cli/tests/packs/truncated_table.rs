//! A pack whose table is shorter than that of its version.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_truncated_table_is_refused() {
    let pack = c_guest(r#"#define STRUCT_SIZE 24"#);
    check(&pack)
        .fails(&format!("pack `{}` breaks the pack interface: its table has 24 bytes, and needs 40", pack.display()));
}
