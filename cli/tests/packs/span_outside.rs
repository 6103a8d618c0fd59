//! A pack whose finding lies behind the end of the text.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_span_lies_inside_of_its_text() {
    let pack = c_guest(r#"#define EVALUATION FINDING("GST101", PLAN, "20", "4000")"#);
    check(&pack).fails(
        "pack `guest` breaks the pack interface: GST101 names the bytes 20 to 4000 of specs/001-voting/plan.md, which \
         has 30",
    );
}
