//! Several packs at once, each in a process of its own, or all in one.

use std::path::Path;

use crate::guest::{c_pack, packs};
use crate::run::{check_in, repository};

#[test]
fn two_packs_are_asked() {
    let here = repository(&["TODO"]);
    let both: [&Path; 2] = [&c_pack(), &packs().acme];
    for arguments in [&[][..], &["--in-process"]] {
        let ran = check_in(here.path(), &both, arguments);
        ran.finds("warning[CPK901 marked-todo] the plan still holds a TODO");
        ran.finds("warning[ACM901 unowned-plan] the plan names no owner");
    }
}

#[test]
fn one_fails_and_the_other_stands() {
    let here = repository(&["abort"]);
    let ran = check_in(here.path(), &[&packs().faulty, &packs().acme], &[]);
    assert!(ran.err.contains("pack `faulty` gave no answer"), "{}", ran.err);
    assert!(ran.code == 2 && ran.out.contains("warning[ACM901 unowned-plan]"), "{}", ran.out);
}

#[test]
fn one_pack_under_two_paths_is_a_clash() {
    let here = repository(&["Votes"]);
    let copy = here.path().join("copy.so");
    std::fs::copy(c_pack(), &copy).unwrap();
    let ran = check_in(here.path(), &[&c_pack(), &copy], &[]);
    ran.fails(&format!(
        "pack `{}` was left out: two packs are called `c-pack`, one loaded, one loaded: leave one of them out",
        copy.display(),
    ));
}
