//! A pack that reports a rule which its manifest does not declare.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_rule_is_declared_before_it_speaks() {
    let pack = c_guest(r#"#define EVALUATION FINDING("GST999", PLAN, "0", "1")"#);
    check(&pack)
        .fails("pack `guest` breaks the pack interface: it reports GST999, which is no free-form rule of its manifest");
}
