//! The test kit for pack authors.
//!
//! [`check_pack`] holds the ids, names, docs and messages of a pack's rules against the conventions, runs the
//! examples in their docs, and plants gate faults into the pack's template. [`check_cases`] does so too, and runs
//! the cases of a folder. [`conformance`] plants faults into clean features, and demands that each is found.
//!
//! ~~~standalone_crate
//! use plangate_core::{declare_principle, evidence::Indicators, register_pack, testing::check_pack};
//!
//! declare_principle! {
//!     /// Data that belongs to people is listed.
//!     PRIVACY = "XIII" "Privacy by Design", statuses: [Pass, Attention, NotApplicable];
//!
//!     /// ## What it finds
//!     /// A plan that does not say whether its personal data is listed.
//!     ///
//!     /// ## Why it matters
//!     /// Data that nobody listed is kept for ever.
//!     ///
//!     /// ## Example
//!     /// ```md,finds
//!     /// ## Constitution Check
//!     ///
//!     /// ### XIII. Privacy by Design
//!     /// - Is all personal data listed in data-model.md?
//!     /// - **Status**: ✅ PASS
//!     /// ```
//!     /// ```md
//!     /// ## Constitution Check
//!     ///
//!     /// ### XIII. Privacy by Design
//!     /// - Is all personal data listed in data-model.md? Yes: name and address of the account.
//!     /// - **Status**: ✅ PASS
//!     /// ```
//!     question "ACM1301" "unlisted-personal-data" = Duty "Is all personal data listed in data-model.md?",
//!         indicators: Indicators::terms(&["personal data"]);
//! }
//! register_pack! {
//!     name: "acme", version: "1.0.0", edition: "1.0.0", prefix: "ACM",
//!     title: "Acme Principles", principles: [PRIVACY], rules: []
//! }
//! # fn main() {
//! // In a pack's crate this line stands in a test.
//! check_pack(pack());
//! # }
//! ~~~

#[cfg(feature = "fs")]
mod cases;
#[cfg(feature = "fs")]
mod conformance;
mod conventions;
mod examples;
#[cfg(feature = "fs")]
mod fault;
#[cfg(all(feature = "fs", feature = "manifest"))]
pub mod invariants;
#[cfg(feature = "fs")]
mod plant;
#[cfg(feature = "fs")]
mod template;

use std::path::Path;

#[cfg(feature = "fs")]
pub use conformance::{Conformance, conformance};
pub use examples::{Example, examples};

use crate::engine::{Engine, EngineError};
use crate::pack::{LinkedPack, PackManifest, RulePack};
use crate::report::PlanReport;

/// What the kit has run on one pack, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kit {
    /// The cases that were run, by the names of their folders.
    pub cases: Vec<String>,
    /// How many examples of docs were run.
    pub examples: usize,
    /// The gate faults that were planted into the pack's template.
    pub gate_faults: Vec<&'static str>,
    /// What is wrong, a sentence each.
    pub wrong: Vec<String>,
}

/// Examines a pack as [`check_pack`] does, and with the folder of cases as [`check_cases`] does, without a panic.
///
/// # Errors
/// Where no engine can be built of the pack.
pub fn examine_pack(pack: impl RulePack + 'static, cases: Option<&Path>) -> Result<Kit, EngineError> {
    let manifest = pack.manifest().clone();
    let engine = Engine::builder().pack(pack).required([manifest.name.clone()]).build()?;
    let mut kit = Kit::default();
    examine(&manifest, &|example| evaluated(&engine, example), &mut kit);
    #[cfg(feature = "fs")]
    {
        template::examine(&manifest, &engine, &mut kit);
        if let Some(folder) = cases {
            cases::examine(folder, &manifest, &engine, &mut kit);
        }
    }
    #[cfg(not(feature = "fs"))]
    let _ = cases;
    Ok(kit)
}

/// Runs every example of the pack's rules, holds ids, names, docs and messages against the conventions, and
/// plants the gate faults that any plan can have into a plan of the pack's own questions.
///
/// # Panics
/// With a list of all that is wrong.
#[track_caller]
pub fn check_pack(pack: impl RulePack + 'static) {
    whole(examine_pack(pack, None));
}

/// [`check_pack`], and the cases in a folder: each is a folder with the feature's documents and an
/// `expected.toml`, which names the findings. Every rule has at least one case that fires and one that doesn't.
///
/// The documents stand right in the case's folder: plan.md, spec.md, tasks.md and so on, `contracts/`, and the
/// constitution.md and plan-template.md of the repository; what is missing is absent. A folder `repository` holds
/// the repository's other files.
///
/// ```toml
/// # cases/unlisted/expected.toml
/// phase = "tasks"             # if it isn't to be read from the documents
/// select = ["ACM"]            # the rules that speak; all, where it isn't said
///
/// [[finding]]
/// rule = "ACM1301"
/// line = 12                   # of plan.md
/// outcome = "contradicted"    # may be left out
/// path = "data-model.md"      # plan.md, where it isn't said
/// ```
///
/// # Panics
/// With a list of all that is wrong.
#[cfg(feature = "fs")]
#[track_caller]
pub fn check_cases(pack: impl RulePack + 'static, folder: impl AsRef<Path>) {
    whole(examine_pack(pack, Some(folder.as_ref())));
}

#[track_caller]
fn whole(kit: Result<Kit, EngineError>) {
    let kit = kit.unwrap_or_else(|error| panic!("{error}"));
    assert!(kit.wrong.is_empty(), "{} things are wrong:\n{}", kit.wrong.len(), kit.wrong.join("\n"));
}

/// The report on an example, held against its own configuration where it brings one.
fn evaluated(engine: &Engine, example: &Example) -> PlanReport {
    #[cfg(feature = "fs")]
    if let Some(text) = &example.config {
        let engine = configured(engine, text).unwrap_or_else(|fault| panic!("{fault}"));
        let mut plan = engine.evaluate(&example.feature());
        engine.judge_waivers(&mut [&mut plan], true, &crate::report::Sources::default());
        return plan;
    }
    engine.evaluate(&example.feature())
}

/// The engine with the configuration of an example.
#[cfg(feature = "fs")]
fn configured(engine: &Engine, text: &str) -> Result<Engine, String> {
    use crate::config::{Effective, Layer};
    let layer = Layer::of_text("plangate.toml", text).map_err(|error| error.to_string())?;
    let root = std::path::Path::new("");
    let mut config = Effective::of(vec![layer], Vec::new(), root).map_err(|error| error.to_string())?.config;
    config.today = Some("2026-11-22".to_owned());
    engine.configured(config).map_err(|error| error.to_string())
}

crate::declare_principle! {
    /// What the examples of gate rules use where a principle needs questions.
    LIVE_UPDATES = "I" "Live Updates", statuses: [Pass, Attention, NotApplicable];

    /// Whether the feature pushes anything.
    question "SMP101" "undeclared-update" = Scope "Does this feature push live updates?";

    /// Whether the events are described.
    question "SMP102" "undescribed-event" = Duty "Are all events described in a contract?", if: "SMP101";
}

/// Runs the examples of the gate rules with only the gate rules at work, and a pack of one principle
/// for those that look at questions.
///
/// # Panics
/// With a list of all that is wrong.
#[doc(hidden)]
#[track_caller]
pub fn check_gate_rules() {
    let engine = sample_engine();
    let manifest = engine.packs().last().cloned().unwrap_or_default();
    let mut kit = Kit::default();
    examine(&manifest, &|example| evaluated(&engine, example), &mut kit);
    whole(Ok(kit));
}

/// The gate rules and a pack of one principle.
///
/// # Panics
/// Never: no id of the pack is one of the gate's.
#[doc(hidden)]
#[must_use]
pub fn sample_engine() -> Engine {
    static PRINCIPLES: &[&crate::principle::Principle] = &[&LIVE_UPDATES];
    let pack = LinkedPack::new(["sample", "1.0.0", "1.0.0", "SMP", "Sample Principles"], PRINCIPLES, &[]);
    Engine::builder().pack(pack).build().unwrap_or_else(|error| panic!("{error}"))
}

/// Holds the rules of a pack against the conventions, and runs their examples.
fn examine(manifest: &PackManifest, evaluate: &dyn Fn(&Example) -> PlanReport, kit: &mut Kit) {
    conventions::of_pack(manifest, &mut kit.wrong);
    for rule in conventions::rules(manifest) {
        let examples = examples(rule.docs);
        for finds in [true, false] {
            if !examples.iter().any(|example| example.finds == finds) {
                kit.wrong.push(rule.says(if finds { "no example that fires" } else { "no example that passes" }));
            }
        }
        for (index, example) in examples.iter().enumerate() {
            let report = evaluate(example);
            conventions::of_messages(manifest, &report, &mut kit.wrong);
            let fired = report.findings.iter().any(|finding| finding.rule == rule.id);
            if fired != example.finds {
                let found: Vec<String> =
                    report.findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect();
                let expected = if example.finds { "does not fire" } else { "fires" };
                kit.wrong.push(rule.says(&format!("example {} {expected}; found: {found:?}", index + 1)));
            }
        }
        kit.examples += examples.len();
    }
}

#[cfg(test)]
#[cfg(feature = "manifest")]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::pack::ManifestPack;

    /// A pack whose one rule has docs, and `keys` besides.
    fn pack(keys: &str) -> ManifestPack {
        let docs = "## What it finds\nA.\n\n## Why it matters\nB.\n\n## Example\n```md,finds\n## Constitution Check\n\n### XIII. Privacy\n- Is all listed?\n```\n```md\n## Constitution Check\n\n### XIII. Privacy\n- Is all listed? Yes, in the table\n```\n";
        let text = format!(
            "[pack]\nname = \"acme\"\nversion = \"1.0.0\"\nprefix = \"ACM\"\n\n[[principle]]\nordinal = \"XIII\"\n\
             name = \"Privacy\"\nstatuses = [\"pass\", \"attention\"]\n\n[[principle.question]]\nid = \"ACM1301\"\n\
             name = \"unlisted-data\"\ntext = \"Is all listed?\"\ndocs = '''\n{docs}'''\n{keys}\n"
        );
        ManifestPack::from_toml(&text, "acme.toml").unwrap_or_else(|error| panic!("{error}"))
    }

    const PLAN: &str =
        "## Constitution Check\n\n### XIII. Privacy\n- Is all listed? **Yes** - in the table\n- **Status**: ✅ PASS\n";

    /// What is wrong with the pack and these cases: name, plan and `expected.toml` of each.
    fn wrong(cases: &[(&str, &str, &str)]) -> Vec<String> {
        let folder = TempDir::new().unwrap();
        for (name, plan, expected) in cases {
            let case = folder.path().join(name);
            fs::create_dir_all(&case).unwrap();
            fs::write(case.join("plan.md"), plan).unwrap();
            fs::write(case.join("tasks.md"), "# Tasks\n").unwrap();
            fs::write(case.join("expected.toml"), expected).unwrap();
        }
        let kit = examine_pack(pack("evidence = { terms = [\"personal data\"] }"), Some(folder.path())).unwrap();
        let here = folder.path().display().to_string();
        kit.wrong.into_iter().map(|wrong| wrong.replace(&here, "cases")).collect()
    }

    const FIRES: (&str, &str, &str) =
        ("fires", PLAN, "select = [\"ACM\"]\n[[finding]]\nrule = \"ACM1301\"\nline = 4\noutcome = \"unsupported\"\n");

    #[test]
    fn gate_rules_keep_their_promises() {
        check_gate_rules();
    }

    #[test]
    fn the_gate_faults_are_planted_into_a_packs_template() {
        let kit = examine_pack(pack(""), None).unwrap();
        assert_eq!((kit.wrong, kit.examples), (vec![], 2));
        assert_eq!(kit.gate_faults.len(), 15, "{:?}", kit.gate_faults);
    }

    #[test]
    fn cases_find_what_they_expect_and_nothing_else() {
        let passes = ("passes", &*format!("{PLAN}\n## Summary\n\npersonal data\n"), "select = [\"ACM\"]\n");
        assert_eq!(wrong(&[FIRES, passes]), [""; 0]);
        let (name, plan, expected) = FIRES;
        assert_eq!(
            wrong(&[(name, plan, &expected.replace("line = 4", "line = 5")), passes]),
            [
                "case fires: ACM1301 (Unsupported) is not found at plan.md:5",
                "case fires: found and not expected: ACM1301 (Unsupported) at plan.md:4: answered yes, and nothing in the feature or the repository speaks of it"
            ]
        );
        let all = wrong(&[(name, plan, &expected.replace("select = [\"ACM\"]\n", "")), passes]);
        assert!(
            all.iter().any(|wrong| wrong.starts_with("case fires: found and not expected: PLN001 at plan.md:1: ")),
            "{all:?}"
        );
    }

    #[test]
    fn a_rule_without_its_cases_is_told() {
        assert_eq!(wrong(&[FIRES]), ["ACM1301 unlisted-data: no case in cases in which it passes"]);
        let unfit = wrong(&[(FIRES.0, FIRES.1, "findings = 1\n")]);
        assert!(
            unfit[0].starts_with("case fires: expected.toml: ") && unfit[0].contains("unknown field `findings`"),
            "{unfit:?}"
        );
        let kit = examine_pack(pack(""), Some(Path::new("/no/such/folder"))).unwrap();
        assert!(kit.wrong[0].starts_with("/no/such/folder could not be read: "), "{:?}", kit.wrong);
    }
}
