//! A pack whose table lacks a function.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_missing_function_is_told() {
    let pack = c_guest(r#"#define EVALUATE NULL"#);
    check(&pack).fails("pack `guest` breaks the pack interface: its table has no function `evaluate`");
}
