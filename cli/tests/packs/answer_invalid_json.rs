//! A pack whose answer is not JSON.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn an_answer_of_other_text_is_refused() {
    let pack = c_guest(r#"#define EVALUATION "fine""#);
    check(&pack)
        .fails("pack `guest` breaks the pack interface: its answer is not JSON: expected ident at line 1 column 2");
}
