//! The manifest twin of the pack asks the same questions, and finds the same.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use plangate_core::pack::{ManifestPack, PackManifest, RulePack};
use plangate_core::repository::RepositoryFacts;
use plangate_core::testing::{check_pack, examples};
use plangate_core::{Engine, Feature};

fn twin() -> ManifestPack {
    ManifestPack::from_toml(include_str!("../acme.toml"), "acme.toml").unwrap_or_else(|error| panic!("{error}"))
}

fn engine(pack: impl RulePack + 'static) -> Engine {
    Engine::builder().pack(pack).required(["acme"]).build().unwrap()
}

/// The findings of the questions: rule, path, line and column.
fn found(engine: &Engine, feature: &Feature) -> Vec<(String, String, u32, u32)> {
    let report = engine.evaluate(feature);
    let of_questions = report.findings.iter().filter(|finding| finding.rule.starts_with("ACM13"));
    of_questions
        .map(|finding| (finding.rule.clone(), finding.path.clone(), finding.start.line, finding.start.column))
        .collect()
}

#[test]
fn the_twin_keeps_its_promises() {
    check_pack(twin());
}

#[test]
fn the_twin_says_the_same_of_itself() {
    let (linked, twin) = (acme_pack::pack(), twin());
    let told = |manifest: &PackManifest| {
        let questions = manifest.principles.iter().flat_map(|principle| principle.questions.iter());
        let questions = questions.map(|question| {
            (
                question.id.clone(),
                question.name.clone(),
                question.text.clone(),
                question.docs.lines().map(str::trim).collect::<String>(),
            )
        });
        let labels: Vec<String> = manifest.principles.iter().map(plangate_core::principle::Principle::label).collect();
        (
            manifest.name.clone(),
            manifest.version.clone(),
            manifest.edition.clone(),
            labels,
            questions.collect::<Vec<_>>(),
        )
    };
    assert_eq!(told(linked.manifest()), told(twin.manifest()));
}

#[test]
fn the_twin_finds_the_same() {
    let (linked, twin) = (engine(acme_pack::pack()), engine(twin()));
    let mut features: Vec<Feature> = acme_pack::pack()
        .manifest()
        .principles
        .iter()
        .flat_map(|principle| principle.questions.iter())
        .flat_map(|question| examples(&question.docs))
        .map(|example| example.feature())
        .collect();
    let plan = |first: &str, second: &str| {
        format!(
            "# Implementation Plan: Accounts\n\n## Constitution Check\n\n### XIII. Privacy by Design\n\
             - Is all personal data listed in data-model.md? {first}\n- Is there a day on which data is deleted? {second}\n\
             - **Status**: ✅ PASS\n"
        )
    };
    for (first, second) in
        [("Yes: the name", "Yes: a year later"), ("", "No"), ("N/A: nothing is stored", "yes"), ("No", "")]
    {
        for data_model in ["# Data Model\n", "# Data Model\n\nPersonal data: the name, purged a year later\n"] {
            let feature = || Feature::builder().folder("specs/001-a").plan(plan(first, second));
            let with_data_model = || {
                let kind = plangate_core::feature::DocumentKind::DataModel;
                feature()
                    .document(plangate_core::feature::Document::provided(kind, "specs/001-a/data-model.md", data_model))
            };
            features.push(feature().build());
            features.push(with_data_model().build());
            features.push(with_data_model().complete().build());
            let facts = RepositoryFacts::of_paths(["src/retention/job.rs"]);
            features.push(with_data_model().repository(facts).complete().build());
        }
    }
    let mut fired = 0;
    for feature in &features {
        let (linked, twin) = (found(&linked, feature), found(&twin, feature));
        assert_eq!(linked, twin, "{}", feature.plan_document().text);
        fired += linked.len();
    }
    assert!(fired > features.len() / 2, "{fired} findings in {} features", features.len());
}
