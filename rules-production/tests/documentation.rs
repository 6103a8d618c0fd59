//! The examples in the rules' documentation do what they say.

use std::collections::HashMap;
use std::sync::LazyLock;

use plangate_core::Feature;
use plangate_core::assessment::Located;
use plangate_core::feature::{Document, DocumentKind};
use plangate_core::pack::{EvaluationRequest, LinkedPack, RulePack};
use plangate_core::repository::RepositoryFacts;

/// The pack, its indicators compiled once for all examples.
static PACK: LazyLock<LinkedPack> = LazyLock::new(plangate_rules_production::pack);

/// One example: a plan, and the fences that follow it.
struct Example {
    finds: bool,
    plan: String,
    documents: Vec<(String, String)>,
    repository: Option<String>,
}

/// Reads the fences of a rule's documentation.
fn examples(docs: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut fence: Option<(String, String)> = None;
    for line in docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        match (&mut fence, line.strip_prefix("```")) {
            (None, Some(info)) => fence = Some((info.to_owned(), String::new())),
            (Some((_, text)), None) => *text += &format!("{line}\n"),
            (Some(_), Some(_)) => {
                let (info, text) = fence.take().expect("an open fence");
                let last = examples.last_mut();
                match info.as_str() {
                    "md" | "md,finds" => examples.push(Example {
                        finds: info == "md,finds",
                        plan: text,
                        documents: Vec::new(),
                        repository: None,
                    }),
                    "text,repository" => last.expect("a plan before it").repository = Some(text),
                    info => {
                        let file = info.strip_prefix("md,file=").expect("a known fence");
                        last.expect("a plan before it").documents.push((file.to_owned(), text));
                    }
                }
            }
            (None, None) => {}
        }
    }
    examples
}

fn feature(example: &Example) -> Feature {
    let mut builder = Feature::builder().folder("specs/001-example").plan(example.plan.as_str());
    for (file, text) in &example.documents {
        let kind = match file.as_str() {
            "spec.md" => DocumentKind::Spec,
            "tasks.md" => DocumentKind::Tasks,
            "research.md" => DocumentKind::Research,
            "data-model.md" => DocumentKind::DataModel,
            "quickstart.md" => DocumentKind::Quickstart,
            file if file.starts_with("contracts/") => DocumentKind::Contract,
            file => panic!("{file} is no document of a feature"),
        };
        builder = builder.document(Document::provided(kind, file.as_str(), text.as_str()));
    }
    if let Some(paths) = &example.repository {
        builder = builder.repository(RepositoryFacts::of_paths(paths.lines()));
    }
    builder.complete().build()
}

/// The rules that find something in `feature`.
fn rules_that_fire(feature: &Feature) -> Vec<String> {
    let pack = &*PACK;
    let located = Located::of(feature, &[pack.manifest()]);
    let evaluation = pack.evaluate(&EvaluationRequest::new(feature, &located.answers)).expect("an evaluation");
    let proofs: HashMap<_, _> = evaluation.proofs.into_iter().collect();
    let assessment = located.judge(feature, proofs);
    assessment.findings.iter().map(|finding| finding.rule.to_string()).collect()
}

#[test]
fn every_example_does_what_it_says() {
    let pack = &*PACK;
    let mut wrong = Vec::new();
    for question in pack.manifest().principles.iter().flat_map(|principle| principle.questions.iter()) {
        let examples = examples(&question.docs);
        assert!(examples.iter().any(|example| example.finds), "{} has no example that it finds", question.id);
        assert!(examples.iter().any(|example| !example.finds), "{} has no example that it passes", question.id);
        for example in examples {
            let fired = rules_that_fire(&feature(&example)).contains(&question.id.to_string());
            if fired != example.finds {
                wrong.push(format!("{} finds {fired} in\n{}", question.id, example.plan));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pack_asks_the_questions_of_its_template() {
    let pack = &*PACK;
    let manifest = pack.manifest();
    let counts: Vec<usize> = manifest.principles.iter().map(|principle| principle.questions.len()).collect();
    assert_eq!(counts, [5, 6, 5, 6, 5, 6]);
    for (principle, ordinal) in manifest.principles.iter().zip(7..) {
        for (question, number) in principle.questions.iter().zip(1..) {
            assert_eq!(question.id, format!("PRD{ordinal}{number:02}"));
            for heading in ["## What it finds", "## Why it matters", "## Example"] {
                assert!(question.docs.contains(heading), "{} has no {heading}", question.id);
            }
        }
    }
}
