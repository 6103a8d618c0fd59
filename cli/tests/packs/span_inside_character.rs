//! A pack whose finding begins inside of a character.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_span_lies_on_characters() {
    let pack = c_guest(r#"#define EVALUATION FINDING("GST101", PLAN, "25", "26")"#);
    check(&pack).fails(
        "pack `guest` breaks the pack interface: GST101 names byte 25 of specs/001-voting/plan.md, which is inside of \
         a character",
    );
}
