//! A pack whose rule bears the prefix of another pack.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_rule_bears_the_prefix_of_its_pack() {
    let pack = c_guest(r#"#define RULES "{\"id\": \"MVP901\", \"name\": \"guest-fault\", \"docs\": \"\"}""#);
    check(&pack).fails(&format!(
        "pack `{}` breaks the pack interface: rule MVP901: the id does not begin with the pack's prefix GST",
        pack.display()
    ));
}
