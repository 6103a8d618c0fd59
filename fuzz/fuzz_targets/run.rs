//! Any bytes as a plan, a spec and tasks, which form feeds part: examined with the built-in packs, and repaired.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use plangate_core::Engine;
use plangate_core::testing::invariants;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let packs = Engine::builder().pack(plangate_rules_mvp::pack()).pack(plangate_rules_production::pack());
    packs.build().expect("the built-in packs go together")
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut documents = text.splitn(3, '\u{c}');
    let [plan, spec, tasks] = std::array::from_fn(|_| documents.next().unwrap_or_default());
    invariants::run(&ENGINE, plan, spec, tasks);
});
