//! The examples in the docs of rules, as features.

use crate::feature::{Document, DocumentKind, Feature};
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
}
