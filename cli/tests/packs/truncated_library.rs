//! A library that was cut off, as by a full disk: the loader ends its process where it reads on.

use std::fs;

use crate::guest::packs;
use crate::run::{check_in, repository};

#[test]
fn a_truncated_library_ends_only_its_own_process() {
    let whole = fs::read(&packs().faulty).unwrap();
    let here = repository(&["Votes"]);
    let pack = here.path().join("truncated.so");
    for length in [whole.len() / 2, 40_000, 100] {
        fs::write(&pack, &whole[..length]).unwrap();
        let ran = check_in(here.path(), &[&pack], &[]);
        assert!(ran.err.starts_with(&format!("error: pack `{}` ", pack.display())), "{}", ran.err);
        assert!(ran.err.contains("cut off") || ran.err.contains("can't be loaded"), "{}", ran.err);
        ran.fails(ran.err.trim_start_matches("error: ").trim_end());
    }
}
