//! What is wrong with a plangate.toml: one sentence with the file, the line, and what to write.

use std::path::Path;
use std::sync::OnceLock;

use crate::source::LineIndex;

/// Why a configuration could not be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", place(path, *line))]
#[non_exhaustive]
pub struct ConfigError {
    /// The file as it was named, or the argument.
    pub path: String,
    /// 1-based line, where one is to blame.
    pub line: Option<u32>,
    /// What is wrong, and what to write.
    pub message: String,
}

impl ConfigError {
    /// An error about the whole of a file.
    pub(super) fn of_file(path: &Path, message: impl Into<String>) -> Self {
        Self { path: path.display().to_string(), line: None, message: message.into() }
    }
}

/// The 1-based line of a byte in a file's text.
pub(super) fn line_of(text: &str, at: usize) -> u32 {
    Lines::default().of(text, at)
}

/// The lines of one file's text, read when one is first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(OnceLock<LineIndex>);

impl Lines {
    /// The 1-based line of a byte.
    pub(super) fn of(&self, text: &str, at: usize) -> u32 {
        let offset = u32::try_from(at).unwrap_or(u32::MAX);
        self.0.get_or_init(|| LineIndex::new(text)).line(offset)
    }
}

fn place(path: &str, line: Option<u32>) -> String {
    match line {
        Some(line) => format!("{path}:{line}: "),
        None if path.is_empty() => String::new(),
        None => format!("{path}: "),
    }
}
