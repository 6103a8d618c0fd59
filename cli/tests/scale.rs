//! What a feature costs does not grow with the repository around it, or the time of a run would grow with
//! the square of its features.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use plangate_core::feature::{Document, DocumentKind};
use plangate_core::workspace::{LoadOptions, Workspace};
use plangate_core::{Engine, Feature};

/// Other features in the larger repository, each with its documents and a module.
const OTHERS: usize = 12_000;

/// How often the larger repository may be measured as dear before it is believed.
const ROUNDS: usize = 30;

/// A package, a search engine, a linter, a pattern, folders, and another feature that nobody knows.
const TEMPLATE: &[(&str, &str)] = &[
    ("pino 9, opossum 8", "pino 9, bullmq 5, quorra 2, opossum 8"),
    ("Redis 7 (existing)", "Redis 7 (existing), Elasticsearch 8"),
    (
        "nothing is added; PostgreSQL serves FR-006, and Redis carries events between the instances (FR-007)",
        "for speed",
    ),
    ("ESLint and Prettier are already configured", "Biome is already configured"),
    ("│   └── queue/               # new", "│   ├── almanac/\n│   └── queue/\n│       └── TicketRepository.ts"),
    ("specs/004-bench-queue/\n├──", "specs/002-open-cafes/\n├──"),
    ("## Post-Design Constitution Re-Check", "## Notes"),
];
const TABLE: &[(&str, &str)] = &[("├── notebook/", "├── almanac/\n├── ledgers/old/\n├── notebook/")];

#[test]
fn a_feature_costs_the_same_in_a_repository_of_any_size() {
    for (base, edits) in [("template", TEMPLATE), ("table", TABLE)] {
        let few = feature(base, edits);
        let many = among_others(few.clone());
        // A pack keeps what it found in the repository that it looked into last: each gets packs of its own.
        let (alone, among) = (engine(), engine());
        assert_eq!(alone.evaluate(&few).findings, among.evaluate(&many).findings, "{base}: others change nothing");
        let (mut least, mut least_among_many) = (Duration::MAX, Duration::MAX);
        // Whatever else the machine does, the least of some rounds comes close to the truth.
        let is_even = (0..ROUNDS).any(|round| {
            least = least.min(time(&alone, &few));
            least_among_many = least_among_many.min(time(&among, &many));
            round > 2 && least_among_many < least * 3 / 2
        });
        assert!(is_even, "{base}: {least:?} alone, {least_among_many:?} among {OTHERS} features");
    }
}

fn engine() -> Engine {
    let packs = Engine::builder().pack(plangate_rules_mvp::pack()).pack(plangate_rules_production::pack());
    packs.build().unwrap()
}

/// A feature of the conformance suite whose plan names what its repository doesn't have: what is there
/// could be found at once.
fn feature(base: &str, edits: &[(&str, &str)]) -> Feature {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/clean").join(base);
    let workspace = Workspace::open(root).unwrap();
    let locations = workspace.features(workspace.root()).unwrap();
    let mut feature = workspace.feature(&locations[0], &LoadOptions::default()).unwrap();
    let plan = feature.plan_document();
    let text = edits.iter().fold(plan.text.clone(), |text, (find, replace)| {
        assert!(text.contains(find), "{base} no longer says {find:?}");
        text.replacen(find, replace, 1)
    });
    let plan = Document::provided(DocumentKind::Plan, plan.path.clone(), text);
    feature.documents[0] = plan;
    feature
}

fn among_others(mut feature: Feature) -> Feature {
    let mut facts = feature.repository().unwrap().clone();
    let documents = ["contracts/api.yaml", "data-model.md", "plan.md", "research.md", "spec.md", "tasks.md"];
    let others = (0..OTHERS).flat_map(|number| {
        let module = format!("backend/src/module{number}/part{number}.ts");
        documents.map(|name| format!("specs/{number:05}-other/{name}")).into_iter().chain([module])
    });
    facts.paths.extend(others);
    feature.repository = Some(Arc::new(facts));
    feature
}

fn time(engine: &Engine, feature: &Feature) -> Duration {
    let begun = Instant::now();
    let _ = engine.evaluate(feature);
    begun.elapsed()
}
