//! A pack that declares one rule twice.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_rule_is_declared_once() {
    let pack = c_guest(
        r#"#define RULE "{\"id\": \"GST101\", \"name\": \"guest-fault\", \"docs\": \"\"}"
#define RULES RULE ", " RULE"#,
    );
    check(&pack).fails(&format!("pack `{}` breaks the pack interface: rule GST101 is declared twice", pack.display()));
}
