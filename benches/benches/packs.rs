//! What a loaded pack costs, in a process of its own and in this one: to load once for a run, and for each
//! feature after that, beside the same pack linked. All are built first, optimized.

#![expect(unsafe_code, reason = "a library that is loaded into this process is native code")]

use std::collections::HashMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use plangate_benches::{Form, load, texts};
use plangate_core::pack::{DynamicPack, EvaluationRequest, PackReference, ProcessPack, RulePack, WorkerCommand};
use plangate_core::repository::RepositoryFacts;

/// Bytes of the plans.
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
    // SAFETY: the library was built above from the example, which keeps to the interface.
    let open = || unsafe { DynamicPack::load(&reference) }.expect("the example is a pack");

    let mut group = criterion.benchmark_group("pack");
    group.bench_function("load/isolated", |bencher| bencher.iter_with_large_drop(start));
    // A library is never unloaded: loading it again and again would measure something else.
    let (isolated, in_process, linked) = (start(), open(), acme_pack::pack());
    let facts = RepositoryFacts::of_paths((0..FILES).map(|file| format!("server/part{}/file{file}.ts", file % 97)));
    let facts = Arc::new(facts);
    for size in SIZES {
        let texts = texts(Form::Template, size);
        group.throughput(Throughput::Bytes(texts.iter().map(|(_, text)| text.len() as u64).sum()));
        let mut feature = load(&texts);
        feature.repository = Some(Arc::clone(&facts));
        let answers = HashMap::new();
        let request = EvaluationRequest::new(&feature, &answers);
        let packs: [(&str, &dyn RulePack); 3] =
            [("isolated", &isolated), ("in-process", &in_process), ("linked", &linked)];
        for (name, pack) in packs {
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| pack.evaluate(black_box(&request)).expect("the example answers"));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, packs);
criterion_main!(benches);
