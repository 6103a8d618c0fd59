//! A pack whose finding lies in a file that nobody knows.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_finding_lies_in_the_feature_or_the_repository() {
    let pack = c_guest(r#"#define EVALUATION FINDING("GST101", "/etc/passwd", "0", "0")"#);
    check(&pack).fails(
        "pack `guest` breaks the pack interface: GST101 names `/etc/passwd`, which is neither a document of the feature \
         nor a path of the repository",
    );
}
