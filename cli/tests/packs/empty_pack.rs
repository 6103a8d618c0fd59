//! A pack that brings no rule.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_pack_without_rules_is_an_error() {
    let pack = c_guest(r#"#define RULES """#);
    check(&pack).fails(&format!(
        "{}: pack `guest` brought no rule: neither a principle with a question nor a free-form rule",
        pack.display(),
    ));
}
