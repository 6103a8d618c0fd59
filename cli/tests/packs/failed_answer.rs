//! A pack that says itself that it could not do its job.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_failure_is_told_in_the_words_of_the_pack() {
    let pack = c_guest(
        r#"#define STATUS PLANGATE_FAILED
#define EVALUATION "the licence server is down""#,
    );
    check(&pack).fails("pack `guest` failed: the licence server is down");
}
