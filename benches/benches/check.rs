//! What a plan costs: Markdown's own events, the typed model, and the whole check with all questions and
//! gate rules. `limit` is what no reader of Markdown can beat; the others are told as a share of it.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use plangate_benches::measured::{engine, limit, lone};
use plangate_benches::{Form, SIZES, plan};
use plangate_core::parse;

fn check(criterion: &mut Criterion) {
    let engine = engine().expect("the packs' ids are unique");
    for form in Form::ALL {
        let mut group = criterion.benchmark_group(form.name());
        for size in SIZES {
            let text = plan(form, size);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new("limit", size), &text, |bencher, text| {
                bencher.iter(|| limit(black_box(text)));
            });
            group.bench_with_input(BenchmarkId::new("parse", size), &text, |bencher, text| {
                bencher.iter(|| parse::plan(black_box(text)));
            });
            group.bench_with_input(BenchmarkId::new("check", size), &text, |bencher, text| {
                bencher.iter(|| engine.evaluate(&lone(black_box(text))));
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    // There are many, and none takes longer than some milliseconds.
    config = Criterion::default().warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    targets = check
}
criterion_main!(benches);
