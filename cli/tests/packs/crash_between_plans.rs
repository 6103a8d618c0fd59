//! A pack that crashes over one plan is asked about the others, whatever the number of threads.

use crate::guest::packs;
use crate::run::{check_in, repository};

#[test]
fn the_other_plans_are_answered() {
    let here = repository(&["ok", "abort", "ok", "panic", "ok", "exit", "ok"]);
    let of = |jobs| check_in(here.path(), &[&packs().faulty], &["--jobs", jobs]);
    let one = of("1");
    assert_eq!(one.code, 2);
    assert_eq!(one.out.matches("warning[FLT901 ").count(), 4, "{}", one.out);
    let errors: Vec<&str> = one.err.lines().collect();
    assert_eq!(errors.len(), 3, "{}", one.err);
    assert!(errors[0].contains("signal 6") && errors[1].contains("panicked") && errors[2].contains("exit code 0"));
    for jobs in ["2", "8"] {
        let several = of(jobs);
        assert_eq!((&one.out, &one.err), (&several.out, &several.err));
    }
}
