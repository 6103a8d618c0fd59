//! What a plan costs: Markdown's own events, the typed model, and the whole check. `limit` is what no
//! reader of Markdown can beat; the others are told as a share of it.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use plangate_benches::{Form, plan};
use plangate_core::{Engine, Feature, parse};
use pulldown_cmark::{Options, Parser};

/// Sizes of plans in bytes: the median of 1,265 public plans is 8 KB, the largest has 121 KB.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn check(criterion: &mut Criterion) {
    let packs = Engine::builder().pack(plangate_rules_mvp::pack()).pack(plangate_rules_production::pack());
    let engine = packs.required(["mvp", "production"]).build().expect("the packs' ids are unique");
    for form in [Form::Template, Form::Table] {
        let mut group = criterion.benchmark_group(form.name());
        for size in SIZES {
            let text = plan(form, size);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new("limit", size), &text, |bencher, text| {
                bencher.iter(|| Parser::new_ext(black_box(text), Options::ENABLE_TABLES).into_offset_iter().count());
            });
            group.bench_with_input(BenchmarkId::new("parse", size), &text, |bencher, text| {
                bencher.iter(|| parse::plan(black_box(text)));
            });
            group.bench_with_input(BenchmarkId::new("check", size), &text, |bencher, text| {
                bencher.iter(|| {
                    let feature = Feature::builder().folder("specs/001-example").plan(black_box(text)).complete();
                    engine.evaluate(&feature.build())
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, check);
criterion_main!(benches);
