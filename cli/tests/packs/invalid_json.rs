//! A pack whose manifest is not JSON.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_manifest_of_other_text_is_refused() {
    let pack = c_guest(r#"#define MANIFEST "name = \"guest\"""#);
    check(&pack).fails(&format!(
        "pack `{}` breaks the pack interface: its manifest is not JSON: expected ident at line 1 column 2",
        pack.display()
    ));
}
