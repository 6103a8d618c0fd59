//! A pack that does what no pack may. The title of the plan says what: "Implementation Plan: abort".

use std::io::Write as _;
use std::process;

use plangate_core::rule::RuleContext;
use plangate_core::{Finding, Span, declare_rule, register_pack};

declare_rule! {
    /// ## What it finds
    /// Every plan, unless the plan's title names something worse.
    pub FAULT = "FLT901" "planned-fault", Warning;
    fault
}

fn fault(cx: &RuleContext<'_>) -> Vec<Finding> {
    match cx.feature.plan().title.as_ref().map(|title| title.text.as_str()) {
        Some("panic") => panic!("the fault was planned"),
        Some("abort") => process::abort(),
        Some("exit") => process::exit(0),
        Some("overflow") => drop(deeper(u64::MAX)),
        Some("loop") => loop {
            std::hint::spin_loop();
        },
        Some("flood") => flood(64 << 20),
        Some("print") => flood(1 << 10),
        _ => {}
    }
    vec![Finding::new(cx.feature.plan_document().place(Span::at(0)), "the fault pack was here")]
}

/// Calls itself until the stack ends.
fn deeper(left: u64) -> [u64; 64] {
    if left == 0 {
        return [0; 64];
    }
    let mut below = std::hint::black_box(deeper(left - 1));
    below[0] += left;
    below
}

/// Prints so many bytes.
fn flood(bytes: usize) {
    let mut out = std::io::stdout();
    let block = [b'x'; 1 << 10];
    for _ in 0..bytes / block.len() {
        if out.write_all(&block).is_err() {
            return;
        }
    }
    let _ = out.flush();
}

register_pack! {
    name: "faulty",
    version: env!("CARGO_PKG_VERSION"),
    edition: "1.0.0",
    prefix: "FLT",
    title: "Faults",
    principles: [],
    rules: [FAULT],
}

plangate_core::export_pack!();
