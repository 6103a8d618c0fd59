use super::*;
use crate::pack::{ManifestPack, RulePack as _};
use crate::parse;

const CONSTITUTION: &str = "\
# Acme Shop Constitution

## Core Principles

### I. Offline First

The app MUST work offline, with `workbox` and `src/sw/`. It may sync later.

### II. Tested (NON-NEGOTIABLE)

- Tests MUST be written first.
- Coverage MUST stay above 80 %.

### III. Plain Words

Write as you speak.

**Version**: 1.1.0 | **Ratified**: 2026-01-02 | **Last Amended**: 2026-03-04
";

fn draft(constitution: &str, template: Option<&str>) -> ConstitutionDraft {
    let template = template.map(parse::plan);
    ConstitutionDraft::new(&parse::constitution(constitution), constitution, template.as_ref()).unwrap()
}

fn drafted() -> String {
    draft(CONSTITUTION, None).to_toml(&[])
}

#[track_caller]
fn merged(constitution: &str, manifest: &str) -> Merged {
    let merged = draft(constitution, None).merge(manifest, "acme.toml").unwrap_or_else(|error| panic!("{error}"));
    ManifestPack::from_toml(&merged.text, "acme.toml").unwrap_or_else(|error| panic!("{error}"));
    merged
}

#[test]
fn a_constitution_becomes_a_manifest_that_loads() {
    insta::assert_snapshot!(drafted());
    let pack = ManifestPack::from_toml(&drafted(), "acme.toml").unwrap();
    let manifest = pack.manifest();
    assert_eq!((manifest.principles.len(), manifest.rule_count()), (3, 3));
}

#[test]
fn what_the_template_offers_and_asks_is_taken_up() {
    let template = "# Plan\n\n## Constitution Check\n\n**II. Tested** ✅ / ⚠️ / N/A\n- Are tests written first?\n- Is coverage measured?\n";
    let toml = draft(CONSTITUTION, Some(template)).to_toml(&["AS", "ASC"]);
    assert!(toml.contains("statuses = [\"pass\", \"attention\", \"not-applicable\"]"), "{toml}");
    assert!(toml.contains("text = \"Is coverage measured?\"\nfrom = \"template\""), "{toml}");
    let strict = drafted();
    assert!(strict.contains("statuses = [\"pass\", \"attention\", \"blocked\"]"), "{strict}");
}

#[test]
fn nothing_changes_where_nothing_was_amended() {
    let manifest = drafted();
    assert_eq!(merged(CONSTITUTION, &manifest), Merged { text: manifest, changes: vec![] });
}

#[test]
fn an_amendment_is_merged_and_hand_written_parts_stay() {
    let by_hand = drafted()
        .replace("title = ", "# our title\ntitle = ")
        .replace("name = \"coverage-must-stay-above-80\"", "name = \"low-coverage\" # shorter")
        .replace(
            "[[principle]]\nordinal = \"III\"",
            "[[principle.question]]\nid = \"AS250\"\nname = \"flaky-test\"\ntext = \"Is no test flaky?\"\n\n[[principle]]\nordinal = \"III\"",
        );
    let by_hand = by_hand.replace("AS250", &format!("{}250", prefix_of(&by_hand)));
    ManifestPack::from_toml(&by_hand, "acme.toml").unwrap_or_else(|error| panic!("{error}\n{by_hand}"));
    let amended = CONSTITUTION
        .replace("1.1.0", "2.0.0")
        .replace("- Tests MUST be written first.\n", "")
        .replace("above 80 %", "above 85 %")
        .replace("II. Tested", "II. Tested Twice")
        .replace("### III. Plain Words", "### III. Short Words\n\nNames MUST be short.\n\n### IV. Kind Errors");
    let Merged { text, changes } = merged(&amended, &by_hand);
    let prefix = prefix_of(&by_hand);
    assert_eq!(
        changes,
        [
            "the edition is 2.0.0, and was 1.1.0".to_owned(),
            "principle \"II. Tested\" is \"II. Tested Twice\" now".to_owned(),
            format!("{prefix}202 reads \"Coverage MUST stay above 85 %\" now"),
            format!("{prefix}201 is not in the constitution any more: \"Tests MUST be written first\""),
            "principle \"III. Plain Words\" is \"III. Short Words\" now".to_owned(),
            format!("{prefix}301 is new: \"Names MUST be short\""),
            "principle \"IV. Kind Errors\" is new".to_owned(),
        ]
    );
    for kept in ["# our title\n", "\"low-coverage\" # shorter", "Is no test flaky?", "# Written by `plangate"] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    assert_eq!(merged(&amended, &text), Merged { text, changes: vec![] }, "merging again changes nothing");
}

fn prefix_of(manifest: &str) -> String {
    manifest.split("prefix = \"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn a_principle_that_is_gone_is_removed_unless_somebody_asks_by_hand() {
    let gone = CONSTITUTION.replace("### III. Plain Words\n\nWrite as you speak.\n", "");
    let Merged { text, changes } = merged(&gone, &drafted());
    assert!(!text.contains("Plain Words"), "{text}");
    assert_eq!(changes, ["principle \"III. Plain Words\" is not in the constitution any more"]);
    let own = format!(
        "{}\n[[principle.question]]\nid = \"{}301\"\nname = \"jargon\"\ntext = \"Is it plain?\"\n",
        drafted(),
        prefix_of(&drafted())
    );
    assert_eq!(merged(&gone, &own), Merged { text: own, changes: vec![] });
}

#[test]
fn what_holds_no_principles_gives_no_pack() {
    for (text, expected) in [
        ("# [PROJECT_NAME] Constitution\n\n## Core Principles\n\n### [PRINCIPLE_1_NAME]\n", DraftError::Unfilled),
        ("# Notes\n", DraftError::NoPrinciple),
    ] {
        let refused = ConstitutionDraft::new(&parse::constitution(text), text, None).unwrap_err();
        assert_eq!(refused, expected);
    }
}

#[test]
fn a_manifest_that_does_not_load_is_not_touched() {
    let wrong = drafted().replace("questions =", "question =");
    let error = draft(CONSTITUTION, None).merge(&wrong, "acme.toml").unwrap_err();
    assert!(error.to_string().contains("unknown key `question` in [pack]; did you mean `questions`?"), "{error}");
    let inline = "pack = { name = \"a\", version = \"1\", prefix = \"AA\" }\nprinciple = [{ name = \"b\" }]\n";
    let error = draft(CONSTITUTION, None).merge(inline, "acme.toml").unwrap_err();
    assert_eq!(error.to_string(), "acme.toml:1: write each principle as [[principle]] to have it updated");
}
