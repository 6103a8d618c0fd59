//! A file that is no library of this platform.

use std::fs;

use crate::run::{check_in, repository};

#[test]
fn a_file_of_other_bytes_is_no_library() {
    let here = repository(&["Votes"]);
    let pack = here.path().join("acme.so");
    fs::write(&pack, "#!/bin/sh\necho hello, this is long enough to be read as the head of a library\n").unwrap();
    let ran = check_in(here.path(), &[&pack], &[]);
    let reason = ran.err.strip_prefix(&format!("error: pack `{}` can't be loaded: ", pack.display()));
    // The rest is the platform's own word.
    let reason = reason.unwrap_or_else(|| panic!("{}", ran.err)).to_owned();
    assert!(!reason.contains("/proc/") && reason.lines().count() == 1, "{reason}");
    ran.fails(&format!("pack `{}` can't be loaded: {}", pack.display(), reason.trim_end()));
}
