//! What a pack costs in a process of its own: to load once for a run, and for each feature after that, beside
//! the same pack linked. Both sides are built first, optimized.

use std::collections::HashMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use plangate_benches::{Form, plan};
use plangate_core::Feature;
use plangate_core::pack::{EvaluationRequest, PackReference, ProcessPack, RulePack, WorkerCommand};
use plangate_core::repository::RepositoryFacts;

/// Sizes of plans in bytes: the median of 1,265 public plans is 8 KB, the largest has 121 KB.
const SIZES: [usize; 2] = [10_000, 100_000];

/// Files of a large repository.
const FILES: usize = 20_000;

/// Builds `arguments` where this program was built; the folder that it is in.
fn built(arguments: &[&str]) -> PathBuf {
    let program = std::env::current_exe().expect("a benchmark is a file");
    let release = program.ancestors().nth(2).expect("it lies in release/deps of the build folder");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace).args(["build", "--release", "--offline", "--quiet"]).args(arguments);
    let status = cargo.arg("--target-dir").args(release.parent()).status();
    assert!(status.is_ok_and(|status| status.success()), "cargo build {arguments:?}");
    release.to_owned()
}

fn packs(criterion: &mut Criterion) {
    let plangate = built(&["--package", "plangate", "--bin", "plangate"]).join("plangate");
    let folder = built(&["--package", "acme-pack", "--lib", "--features", "acme-pack/loadable"]);
    let library = format!("{}acme_pack{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let reference = PackReference::new(folder.join(library));
    let worker = WorkerCommand::new(plangate).argument("pack-worker").time_limit(Duration::from_secs(60));
    let start = || ProcessPack::start(&reference, &worker).expect("the example is a pack");

    let mut group = criterion.benchmark_group("pack");
    group.bench_function("load", |bencher| bencher.iter_with_large_drop(start));
    let (isolated, linked) = (start(), acme_pack::pack());
    let facts = RepositoryFacts::of_paths((0..FILES).map(|file| format!("server/part{}/file{file}.ts", file % 97)));
    let whole = Feature::builder().repository(facts);
    for size in SIZES {
        let feature = whole.clone().plan(plan(Form::Template, size)).spec(plan(Form::Table, size)).complete().build();
        let answers = HashMap::new();
        let request = EvaluationRequest::new(&feature, &answers);
        for (name, pack) in [("isolated", &isolated as &dyn RulePack), ("linked", &linked)] {
            group.bench_function(format!("feature/{name}/{size}"), |bencher| {
                bencher.iter(|| pack.evaluate(black_box(&request)).expect("the example answers"));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, packs);
criterion_main!(benches);
