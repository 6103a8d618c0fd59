//! A pack whose answer is not UTF-8.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn an_answer_of_other_bytes_is_refused() {
    let pack = c_guest(r#"#define EVALUATION "\xff""#);
    check(&pack).fails("pack `guest` breaks the pack interface: its answer is not UTF-8 (byte 0)");
}
