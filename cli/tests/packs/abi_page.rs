//! docs/pack-abi.md shows the header as it is, and examples that fit their schemas.

use std::fs;
use std::path::Path;

use plangate_core::schema::{Kind, validate};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

/// The page's examples in one language.
fn examples(page: &str, language: &str) -> Vec<String> {
    let opening = format!("\n```{language}\n");
    page.split(&opening).skip(1).map(|rest| rest.split("\n```\n").next().unwrap().to_owned()).collect()
}

#[test]
fn the_header_is_the_one_that_packs_include() {
    let header = read("examples/c-pack/plangate_pack.h");
    assert_eq!(examples(&read("docs/pack-abi.md"), "c"), [header.trim_end()]);
}

#[test]
fn the_examples_fit_their_schemas() {
    let page = read("docs/pack-abi.md");
    let examples = examples(&page, "json");
    for (example, kind) in [(0, Kind::LoadedPack), (2, Kind::Evaluation)] {
        let value = serde_json::from_str(&examples[example]).unwrap();
        assert_eq!(validate(kind, &value), [], "{}", kind.as_str());
    }
    let request: serde_json::Value = serde_json::from_str(&examples[1]).unwrap();
    assert_eq!(request["feature"]["documents"][0]["kind"], "plan");
}
