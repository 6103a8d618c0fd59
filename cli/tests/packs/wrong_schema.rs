//! A pack whose manifest does not fit its schema.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_manifest_of_another_shape_is_refused() {
    let pack = c_guest(
        r#"#define RULES "{\"id\": \"GST101\", \"name\": \"guest-fault\", \"severity\": \"fatal\", \"docs\": \"\"}""#,
    );
    check(&pack).fails(&format!("pack `{}` breaks the pack interface: its manifest does not fit its schema: /rules/0/severity: expected `info`, `warning` or `error`, found \"fatal\"", pack.display()));
}
