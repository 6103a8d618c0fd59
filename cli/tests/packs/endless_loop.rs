//! A rule that never answers.

use crate::guest::packs;
use crate::run::{check_in, repository};

#[test]
fn an_endless_loop_is_stopped() {
    let here = repository(&["loop"]);
    let ran = check_in(here.path(), &[&packs().faulty], &["--pack-time-limit", "4"]);
    ran.fails("pack `faulty` gave no answer within 4 s: its process was stopped");
}

#[test]
fn a_pack_that_never_answers_is_given_up() {
    let here = repository(&["loop"; 5]);
    let ran = check_in(here.path(), &[&packs().faulty], &["--pack-time-limit", "4", "--jobs", "1"]);
    let stopped = "error: pack `faulty` gave no answer within 4 s: its process was stopped\n";
    let given_up =
        "error: pack `faulty` is not asked any more: its process was stopped 3 times because it did not answer\n";
    assert_eq!(ran.err, format!("{}{}", stopped.repeat(3), given_up.repeat(2)));
    assert_eq!((ran.code, ran.out.matches("error[PLN001 ").count() >= 5), (2, true));
}
