//! A rule that prints without end.

use crate::guest::packs;
use crate::run::check_titled;

#[test]
fn a_flood_is_stopped() {
    check_titled("flood", &[&packs().faulty])
        .fails("pack `faulty` printed more than 1048576 bytes: its process was stopped");
}

#[test]
fn what_a_pack_prints_stays_out_of_the_report() {
    let ran = check_titled("print", &[&packs().faulty]);
    ran.finds("warning[FLT901 planned-fault] the fault pack was here");
    assert!(!ran.out.contains("xxx"), "{}", ran.out);
}
