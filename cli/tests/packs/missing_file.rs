//! A path where there is no library.

use std::path::Path;

use crate::run::{check, check_titled};

#[test]
fn a_missing_file_is_told() {
    check(Path::new("packs/nowhere.so")).fails("pack `packs/nowhere.so` can't be loaded: there is no such file");
}

#[test]
fn a_folder_is_no_library() {
    check_titled("Votes", &[Path::new("./specs")]).fails("pack `./specs` can't be loaded: it is not a file");
}
