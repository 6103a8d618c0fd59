//! What a question's matter leaves behind in a repository: files, dependencies, workflow steps.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::lexicon::Lexicon;
use super::path_pattern::{PathPatterns, Wildcard};
use super::{Evidence, Indicators, patterns};
use crate::repository::{RepositoryFacts, Step};
use crate::source::Span;

/// Files that show nothing by their name.
const ASSETS: &[&str] = &[
    "svg", "png", "jpg", "jpeg", "gif", "ico", "webp", "woff", "woff2", "ttf", "eot", "mp3", "mp4", "wav", "pdf",
    "snap",
];

/// What the indicators of a pack look for in a repository: each part is compiled where a repository first has something
/// of its kind.
#[derive(Debug, Default)]
pub(super) struct Tracer {
    files: OnceLock<PathPatterns>,
    dependencies: OnceLock<Dependencies>,
    steps: OnceLock<Lexicon>,
}

/// Packages, each with the questions that they belong to.
#[derive(Debug, Default)]
struct Dependencies {
    names: HashMap<String, Vec<usize>>,
    /// Names with `*`.
    globs: Vec<(Wildcard, usize)>,
}

impl Dependencies {
    fn new(indicators: &[Indicators]) -> Self {
        let mut dependencies = Self::default();
        for (question, indicators) in indicators.iter().enumerate() {
            for name in indicators.dependencies.iter().map(normalized) {
                if name.contains('*') {
                    dependencies.globs.push((Wildcard::new(&name), question));
                } else {
                    dependencies.names.entry(name).or_default().push(question);
                }
            }
        }
        dependencies
    }
}

/// The traces of one question.
#[derive(Clone, Debug, Default)]
pub(super) struct Traces {
    /// A file, a dependency, a step, and a path that a term names: the first of each.
    found: [Option<Evidence>; 4],
}

impl Traces {
    /// The traces in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Evidence> {
        self.found.iter().flatten()
    }

    /// The same as evidence against an answer: their notes complete "answered yes, but …".
    pub(super) fn contradictions(&self) -> impl Iterator<Item = Evidence> {
        self.found.iter().enumerate().filter_map(|(what, found)| {
            let Evidence { place, note, .. } = found.clone()?;
            let note = match what {
                DEPENDENCY => format!("{} {note}", place.path),
                STEP => format!("a {note}"),
                PATH => format!("a {note}"),
                _ => note,
            };
            Some(Evidence::contradicts(place, note))
        })
    }
}

const FILE: usize = 0;
const DEPENDENCY: usize = 1;
const STEP: usize = 2;
const PATH: usize = 3;

impl Tracer {
    /// Looks through the facts of one repository for what these questions look for, always the same ones. Linear in
    /// the facts.
    pub(super) fn trace(&self, indicators: &[Indicators], facts: &RepositoryFacts, terms: &Lexicon) -> Vec<Traces> {
        let mut traces = vec![Traces::default(); indicators.len()];
        self.trace_paths(indicators, facts, terms, &mut traces);
        self.trace_dependencies(indicators, facts, &mut traces);
        self.trace_steps(indicators, facts, &mut traces);
        traces
    }

    fn trace_paths(&self, indicators: &[Indicators], facts: &RepositoryFacts, terms: &Lexicon, traces: &mut [Traces]) {
        let mut wanted: Vec<bool> = indicators.iter().map(|indicators| indicators.documents.is_empty()).collect();
        // A pack names the plainest trace first: a Dockerfile says more than a .dockerignore.
        let mut best: Vec<Option<usize>> = vec![None; indicators.len()];
        let features = feature_folders(facts);
        for path in &facts.paths {
            if is_specification(path, &features) {
                continue;
            }
            let place = || facts.place(path, Span::default());
            let files = self.files.get_or_init(|| PathPatterns::new(patterns(indicators, |of| &of.files)));
            files.find(path, |rank, question| {
                if best[question].is_none_or(|known| rank < known) {
                    best[question] = Some(rank);
                    let note = format!("`{path}` is in the repository");
                    traces[question].found[FILE] = Some(Evidence::supports(place(), note));
                }
            });
            if is_asset(path) {
                continue;
            }
            terms.find(path, &mut wanted, |found, wanted| {
                wanted[found.question] = false;
                traces[found.question].found[PATH] =
                    Some(Evidence::supports(place(), format!("path names `{}`", found.term)));
            });
        }
    }

    fn trace_dependencies(&self, indicators: &[Indicators], facts: &RepositoryFacts, traces: &mut [Traces]) {
        for manifest in &facts.manifests {
            for dependency in &manifest.dependencies {
                let name = normalized(&dependency.name);
                let known = self.dependencies.get_or_init(|| Dependencies::new(indicators));
                let exact = known.names.get(&name).into_iter().flatten();
                let globs = known.globs.iter().filter(|(glob, _)| glob.fits(&name));
                for question in exact.chain(globs.map(|(_, question)| question)) {
                    traces[*question].found[DEPENDENCY].get_or_insert_with(|| {
                        let place = facts.place(&manifest.path, dependency.span);
                        Evidence::supports(place, format!("depends on `{}`", dependency.name))
                    });
                }
            }
        }
    }

    fn trace_steps(&self, indicators: &[Indicators], facts: &RepositoryFacts, traces: &mut [Traces]) {
        let workflows = facts.workflows.iter().map(|workflow| ("workflow step", &workflow.path, &workflow.steps));
        let hooks = facts.hooks.iter().map(|hook| ("hook", &hook.path, &hook.steps));
        for (what, path, steps) in workflows.chain(hooks) {
            for Step { text, span, .. } in steps {
                self.trace_step(indicators, text, traces, |term| {
                    Evidence::supports(facts.place(path, *span), format!("{what} runs `{term}`"))
                });
            }
        }
        for manifest in &facts.manifests {
            for script in &manifest.scripts {
                let note = |term: &str| format!("script `{}` runs `{term}`", script.name);
                let place = || facts.place(&manifest.path, script.span);
                self.trace_step(indicators, &script.command, traces, |term| Evidence::supports(place(), note(term)));
                self.trace_step(indicators, &script.name, traces, |term| Evidence::supports(place(), note(term)));
            }
        }
    }

    fn trace_step(
        &self,
        indicators: &[Indicators],
        text: &str,
        traces: &mut [Traces],
        evidence: impl Fn(&str) -> Evidence,
    ) {
        let mut wanted: Vec<bool> = traces.iter().map(|traces| traces.found[STEP].is_none()).collect();
        let steps = self.steps.get_or_init(|| Lexicon::new(patterns(indicators, |of| &of.steps)));
        steps.find(text, &mut wanted, |found, wanted| {
            wanted[found.question] = false;
            traces[found.question].found[STEP] = Some(evidence(found.term));
        });
    }
}

/// Folders that hold a plan.md: another feature's documents speak of another feature.
fn feature_folders(facts: &RepositoryFacts) -> Vec<&str> {
    facts.paths.iter().filter_map(|path| path.strip_suffix("/plan.md")).collect()
}

/// Folders of Spec Kit and of coding agents, whose prompts name every matter there is.
const PROMPTS: &[&str] = &[
    "specs", ".specify", ".claude", ".cursor", ".codex", ".gemini", ".windsurf", ".kiro", ".opencode", ".roo", ".qwen",
    ".augment", ".kilocode", ".agents", ".agent", ".amazonq", ".codebuddy", ".factory", ".junie", ".trae", ".bob",
];

/// Whether `path` belongs to Spec Kit, to an agent or to a feature's documents. `features` is sorted.
fn is_specification(path: &str, features: &[&str]) -> bool {
    const GITHUB: [&str; 4] = [".github/agents/", ".github/prompts/", ".github/chatmodes/", ".github/instructions/"];
    path.split('/').rev().skip(1).any(|folder| PROMPTS.contains(&folder))
        || GITHUB.iter().any(|folder| path.starts_with(folder))
        || path.match_indices('/').any(|(end, _)| features.binary_search(&&path[..end]).is_ok())
}

fn is_asset(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| ASSETS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// Package names are compared in lower case, and `_` equals `-`.
fn normalized(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_features_are_no_trace() {
        let facts = RepositoryFacts::of_paths([
            "docs/features/003/plan.md", "docs/features/003/contracts/health.yaml", "specs/004/health.md",
            ".specify/scripts/health.sh", "src/health.ts",
        ]);
        let features = feature_folders(&facts);
        let own: Vec<&str> =
            facts.paths.iter().map(String::as_str).filter(|path| !is_specification(path, &features)).collect();
        assert_eq!(own, ["src/health.ts"]);
    }
}
