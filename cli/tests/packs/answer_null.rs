//! A pack whose answer is nowhere.

use crate::guest::c_guest;
use crate::run::check;

#[test]
fn a_null_pointer_is_refused() {
    let pack = c_guest(
        r#"#define EVALUATE nothing
#include "plangate_pack.h"
plangate_answer nothing(const plangate_request *request);
plangate_answer nothing(const plangate_request *request) {
    (void)request;
    return (plangate_answer){0, 12, 0};
}"#,
    );
    check(&pack).fails("pack `guest` breaks the pack interface: it answered a null pointer");
}
