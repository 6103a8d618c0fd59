//! A pack whose answer does not fit its schema.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn an_answer_of_another_shape_is_refused() {
    let pack = c_guest(r#"#define EVALUATION "{\"findings\": [{\"rule\": \"GST101\"}]}""#);
    check(&pack).fails(
        "pack `guest` breaks the pack interface: its answer does not fit its schema: /findings/0: the key `message` is \
         missing",
    );
}
