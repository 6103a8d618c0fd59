//! Manifest packs: a TOML file that is read, and never run.
//!
//! `table.rs` reads tables and says what is wrong with them; `read.rs` turns them into principles and questions;
//! `draft/` writes manifests from constitutions.

mod draft;
mod read;
mod table;
#[cfg(test)]
mod tests;

pub use draft::{ConstitutionDraft, DraftError, Merged, prefix_for};

use super::{Evaluation, EvaluationRequest, PackError, PackManifest, RulePack, linked};
use crate::evidence::Searcher;
use crate::source::LineIndex;

/// The largest manifest that is read, in bytes.
const LARGEST: usize = 1 << 20;

/// A pack that is a TOML file: data, interpreted. It reads no files, runs no code and doesn't loop; examining a
/// feature with it takes time linear in the feature.
///
/// ```
/// use plangate_core::pack::{ManifestPack, RulePack as _};
///
/// let text = r#"
/// [pack]
/// name = "acme"
/// version = "1.2.0"
/// prefix = "ACM"
///
/// [[principle]]
/// ordinal = "XIII"
/// name = "Privacy by Design"
/// statuses = ["pass", "attention", "not-applicable"]
///
/// [[principle.question]]
/// id = "ACM1301"
/// name = "unlisted-personal-data"
/// text = "Is all personal data listed in data-model.md?"
/// evidence = { terms = ["personal data"], in = ["data-model.md"] }
/// "#;
/// let pack = ManifestPack::from_toml(text, "acme.toml")?;
/// assert_eq!(pack.manifest().rule_count(), 1);
///
/// let wrong = text.replace("evidence", "evidnce");
/// let error = ManifestPack::from_toml(&wrong, "acme.toml").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "acme.toml:16: unknown key `evidnce` in [[principle.question]]; did you mean `evidence`?"
/// );
/// # Ok::<(), plangate_core::pack::ManifestError>(())
/// ```
#[derive(Debug)]
pub struct ManifestPack {
    manifest: PackManifest,
    searcher: Searcher,
}

impl ManifestPack {
    /// Reads the text of a manifest; `path` is what errors call it.
    ///
    /// # Errors
    /// Where the text is no TOML, or holds an unknown key, a wrong type or a value that can't be: every such
    /// place is named.
    pub fn from_toml(text: &str, path: impl Into<String>) -> Result<Self, ManifestError> {
        let path = path.into();
        if text.len() > LARGEST {
            let message = format!("is larger than {} KiB; split the pack", LARGEST / 1024);
            return Err(ManifestError { problems: vec![ManifestProblem { line: 1, column: 1, message }], path });
        }
        // A byte order mark is no TOML.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match read::manifest(text) {
            Ok(manifest) => Ok(Self { searcher: Searcher::new(&manifest.principles), manifest }),
            Err(mut wrong) => {
                wrong.sort_by_key(|wrong| wrong.at);
                let lines = LineIndex::new(text);
                let problems = wrong.into_iter().map(|wrong| {
                    let at = lines.position(text, u32::try_from(wrong.at).unwrap_or(u32::MAX));
                    ManifestProblem { line: at.line, column: at.column, message: wrong.message }
                });
                Err(ManifestError { problems: problems.collect(), path })
            }
        }
    }
}

impl RulePack for ManifestPack {
    fn manifest(&self) -> &PackManifest {
        &self.manifest
    }

    fn evaluate(&self, request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError> {
        Ok(linked::answer_questions(&self.manifest, &self.searcher, request))
    }
}

/// Why a manifest could not be read: every place that is wrong, in the file's order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestError {
    /// The file, as it was named.
    pub path: String,
    /// What is wrong; never empty.
    pub problems: Vec<ManifestProblem>,
}

/// One thing that is wrong with a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestProblem {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in Unicode scalar values.
    pub column: u32,
    /// What is wrong, and what to do: lower case, no full stop.
    pub message: String,
}

impl std::fmt::Display for ManifestError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const SHOWN: usize = 3;
        for (index, problem) in self.problems.iter().take(SHOWN).enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{}:{}: {}", self.path, problem.line, problem.message)?;
        }
        match self.problems.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for ManifestError {}
