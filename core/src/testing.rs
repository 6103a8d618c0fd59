//! The test kit for pack authors: [`check_pack`] runs the examples in the docs of a pack's rules, and
//! holds their ids, names and docs against the conventions; [`conformance`] plants faults into clean
//! features, and demands that each is found.
//!
//! ~~~
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
mod conformance;
#[cfg(feature = "fs")]
mod fault;
#[cfg(feature = "fs")]
mod plant;

use std::fmt::Write as _;

#[cfg(feature = "fs")]
pub use conformance::{Conformance, conformance};

use crate::engine::Engine;
use crate::feature::{Document, DocumentKind, Feature};
use crate::pack::{LinkedPack, PackManifest, RulePack};
use crate::report::PlanReport;
use crate::repository::RepositoryFacts;

/// One example in a rule's docs.
///
/// It opens with a fence `md` or `md,finds` that holds a plan.md; with `complete`, documents that are
/// not given do not exist. Further fences with `file=NAME` hold the documents beside it, and one with
/// `repository` the repository's paths, a line each, or as `json` its [`RepositoryFacts`]. A fence
/// `toml,file=plangate.toml` holds the configuration; the day is 2026-11-22.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// Whether the rule must fire.
    pub finds: bool,
    /// The text of plan.md.
    pub plan: String,
    /// Documents beside it: file name and text.
    pub files: Vec<(String, String)>,
    /// Paths of the repository; nobody looked, where there are none.
    pub repository: Option<Vec<String>>,
    /// Facts of the repository, where paths alone don't say enough.
    pub facts: Option<RepositoryFacts>,
    /// Whether documents that are not given do not exist; else they are unknown.
    pub complete: bool,
    /// The text of plangate.toml.
    pub config: Option<String>,
}

impl Example {
    /// The example as a feature.
    #[must_use]
    pub fn feature(&self) -> Feature {
        let mut builder = Feature::builder().folder("specs/001-example").plan(self.plan.clone());
        for (name, text) in &self.files {
            let kind = match name.as_str() {
                "spec.md" => DocumentKind::Spec,
                "tasks.md" => DocumentKind::Tasks,
                "research.md" => DocumentKind::Research,
                "data-model.md" => DocumentKind::DataModel,
                "quickstart.md" => DocumentKind::Quickstart,
                "constitution.md" => DocumentKind::Constitution,
                "plan-template.md" => DocumentKind::PlanTemplate,
                _ => DocumentKind::Contract,
            };
            let path = match kind {
                DocumentKind::Constitution => ".specify/memory/constitution.md".to_owned(),
                DocumentKind::PlanTemplate => ".specify/templates/plan-template.md".to_owned(),
                _ => name.clone(),
            };
            builder = builder.document(Document::provided(kind, path, text.clone()));
        }
        if let Some(paths) = &self.repository {
            builder = builder.repository(RepositoryFacts::of_paths(paths.iter().cloned()));
        }
        if let Some(facts) = &self.facts {
            builder = builder.repository(facts.clone());
        }
        if self.complete {
            builder = builder.complete();
        }
        builder.build()
    }
}

/// The examples in a rule's docs, in order.
#[must_use]
pub fn examples(docs: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut lines = docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    while let Some(line) = lines.next() {
        let Some(fence) = line.strip_prefix("```") else { continue };
        let ticks = "`".repeat(3 + fence.len() - fence.trim_start_matches('`').len());
        let mut info = fence.trim_start_matches('`').trim().split(',').map(str::trim);
        let language = info.next().unwrap_or_default();
        let flags: Vec<&str> = info.collect();
        let mut text = String::new();
        for line in lines.by_ref().take_while(|line| line.trim_end() != ticks) {
            text.push_str(line);
            text.push('\n');
        }
        let file = flags.iter().find_map(|flag| flag.strip_prefix("file="));
        match (file, examples.last_mut()) {
            (Some("plangate.toml"), Some(example)) => example.config = Some(text),
            (Some(name), Some(example)) => example.files.push((name.to_owned(), text)),
            (None, Some(example)) if flags.contains(&"repository") && language == "json" => {
                // A malformed one is an example that does not fire.
                example.facts = serde_json::from_str(&text).ok();
            }
            (None, Some(example)) if flags.contains(&"repository") => {
                example.repository = Some(text.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect());
            }
            (None, _) if language == "md" => {
                examples.push(Example {
                    finds: flags.contains(&"finds"),
                    complete: flags.contains(&"complete"),
                    plan: text,
                    ..Example::default()
                });
            }
            _ => {}
        }
    }
    examples
}

/// Runs every example of the pack's rules, and holds ids, names and docs against the conventions.
///
/// # Panics
/// With a list of all that is wrong.
#[track_caller]
pub fn check_pack(pack: impl RulePack + 'static) {
    let manifest = pack.manifest().clone();
    let built = Engine::builder().pack(pack).required([manifest.name.clone()]).build();
    let engine = built.unwrap_or_else(|error| panic!("{error}"));
    let faults = faults(&manifest, &|example| evaluated(&engine, example));
    assert!(faults.is_empty(), "{faults}");
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
    let faults = faults(&manifest, &|example| evaluated(&engine, example));
    assert!(faults.is_empty(), "{faults}");
}

/// The gate rules and a pack of one principle.
pub(crate) fn sample_engine() -> Engine {
    static PRINCIPLES: &[&crate::principle::Principle] = &[&LIVE_UPDATES];
    let pack = LinkedPack::new(["sample", "1.0.0", "1.0.0", "SMP", "Sample Principles"], PRINCIPLES, &[]);
    Engine::builder().pack(pack).build().unwrap_or_else(|error| panic!("{error}"))
}

fn faults(manifest: &PackManifest, evaluate: &dyn Fn(&Example) -> PlanReport) -> String {
    let mut faults = String::new();
    let questions = manifest
        .principles
        .iter()
        .flat_map(|principle| principle.questions.iter())
        .map(|question| (&question.id, &question.name, &question.docs));
    let rules = manifest.rules.iter().map(|rule| (&rule.id, &rule.name, &rule.docs));
    for (id, name, docs) in questions.chain(rules) {
        let mut say = |fault: &str| {
            let _ = writeln!(faults, "{id} {name}: {fault}");
        };
        check_conventions(id, name, docs, &manifest.prefix, &mut say);
        let examples = examples(docs);
        for finds in [true, false] {
            if !examples.iter().any(|example| example.finds == finds) {
                say(if finds { "no example that fires" } else { "no example that passes" });
            }
        }
        for (index, example) in examples.iter().enumerate() {
            let report = evaluate(example);
            let fired = report.findings.iter().any(|finding| finding.rule == id.as_ref());
            if fired != example.finds {
                let found: Vec<String> =
                    report.findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect();
                let expected = if example.finds { "does not fire" } else { "fires" };
                say(&format!("example {} {expected}; found: {found:?}", index + 1));
            }
        }
    }
    faults
}

fn check_conventions(id: &str, name: &str, docs: &str, prefix: &str, say: &mut dyn FnMut(&str)) {
    let digits = id.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = id.len() - digits.len();
    let fits = (2..=8).contains(&letters)
        && (3..=4).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !fits {
        say("the id does not fit ^[A-Z]{2,8}[0-9]{3,4}$");
    }
    if id.get(..letters) != Some(prefix) {
        say(&format!("the id does not begin with the pack's prefix {prefix}"));
    }
    let kebab = name
        .split('-')
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    if !kebab {
        say("the name is not kebab-case");
    }
    for heading in ["## What it finds", "## Why it matters", "## Example"] {
        if !docs.contains(heading) {
            say(&format!("the docs have no section \"{heading}\""));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_collect_their_files() {
        let docs = " ## Example\n ```md,finds\n a\n ```\n ```md,file=tasks.md\n b\n ```\n ```text,repository\n src/x.rs\n ```\n ```md\n c\n ```\n";
        let found = examples(docs);
        assert_eq!(found.len(), 2);
        assert!(found[0].finds && !found[1].finds);
        assert_eq!(found[0].files, [("tasks.md".to_owned(), "b\n".to_owned())]);
        assert_eq!(found[0].repository.as_deref(), Some(&["src/x.rs".to_owned()][..]));
        let found = examples("```md,finds,complete\na\n```\n```json,repository\n{ \"paths\": [\"x\"] }\n```\n");
        assert!(found[0].complete);
        assert!(found[0].facts.as_ref().is_some_and(|facts| facts.has_file("x")));
    }

    #[test]
    fn gate_rules_keep_their_promises() {
        check_gate_rules();
    }
}
