//! A rule that panics.

use crate::guest::packs;
use crate::run::check_titled;

#[test]
fn a_panic_in_a_rule_keeps_its_message() {
    check_titled("panic", &[&packs().faulty]).fails("pack `faulty`: rule FLT901 panicked: the fault was planned");
}
