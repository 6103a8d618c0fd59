//! What a feature with all its documents costs: to load from memory, to hold against each pack and against all
//! packs and gate rules, both at once (`whole`), and to write its report in each form.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use plangate_benches::measured::{OUTPUT_FORMS, answers, engine, report, rules, write};
use plangate_benches::{Form, SIZES, load, read, texts};
use plangate_core::Feature;
use plangate_core::pack::{EvaluationRequest, RulePack};
use plangate_core::report::Sources;

fn features(criterion: &mut Criterion) {
    let engine = engine().expect("the packs' ids are unique");
    let packs: [(&str, &dyn RulePack); 2] =
        [("mvp", &plangate_rules_mvp::pack()), ("production", &plangate_rules_production::pack())];
    let mut group = criterion.benchmark_group("feature");
    for size in SIZES {
        let texts = texts(Form::Template, size);
        group.throughput(Throughput::Bytes(texts.iter().map(|(_, text)| text.len() as u64).sum()));
        group.bench_function(BenchmarkId::new("load", size), |bencher| {
            bencher.iter(|| read(black_box(&texts)));
        });
        let answers = answers(&load(&texts)).expect("the packs' ids are unique");
        // What is found out of a feature is kept with it, so that each round needs a feature of its own.
        let fresh = || read(&texts);
        for (name, pack) in packs {
            let evaluate = |feature: Feature| pack.evaluate(&EvaluationRequest::new(&feature, &answers));
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter_batched(fresh, evaluate, BatchSize::SmallInput);
            });
        }
        group.bench_function(BenchmarkId::new("all-packs", size), |bencher| {
            bencher.iter_batched_ref(fresh, |feature| engine.evaluate(feature), BatchSize::SmallInput);
        });
        group.bench_function(BenchmarkId::new("whole", size), |bencher| {
            bencher.iter(|| engine.evaluate(&load(black_box(&texts))));
        });
    }
    group.finish();
}

fn emitters(criterion: &mut Criterion) {
    let engine = engine().expect("the packs' ids are unique");
    let rules = rules(&engine);
    let feature = load(&texts(Form::Template, 10_000));
    let report = report(&engine, engine.evaluate(&feature));
    let sources = Sources::of(&feature);
    let mut group = criterion.benchmark_group("emit");
    for form in OUTPUT_FORMS {
        let write = |report| write(form, report, &sources, &rules).expect("memory takes it");
        group.throughput(Throughput::Bytes(write(&report) as u64));
        group.bench_function(form, |bencher| bencher.iter(|| write(black_box(&report))));
    }
    group.finish();
}

criterion_group!(benches, features, emitters);
criterion_main!(benches);
