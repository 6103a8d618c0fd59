//! A [`PathGlob`]: which files of a repository an entry of plangate.toml is about.

use crate::glob::Glob;

/// A glob of files, or of folders with all that lies in them: `*` stands for anything in a name, `**`
/// for any folders. Letter case counts.
///
/// ```
/// use plangate_core::config::PathGlob;
/// let glob = PathGlob::new("specs/00*")?;
/// assert!(glob.fits("specs/001-voting/plan.md"));
/// assert!(!glob.fits("specs/012-fix/plan.md"));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug)]
pub struct PathGlob {
    text: String,
    /// What stands before a path of the repository where the glob is seen from a folder above it.
    prefix: String,
    glob: Glob,
}

impl PathGlob {
    /// The glob.
    ///
    /// # Errors
    /// Where `text` is none: what is wrong with it.
    pub fn new(text: impl Into<String>) -> Result<Self, String> {
        let text = text.into();
        let plain = text.trim_start_matches("./").trim_end_matches('/');
        let glob = Glob::new(plain).map_err(|reason| format!("`{text}` is no glob: {reason}"))?;
        Ok(Self { text, prefix: String::new(), glob })
    }

    /// The same glob, seen from a folder above the repository: `prefix` leads there, and ends with `/`.
    #[must_use]
    pub fn seen_from_above(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Whether it fits `path` or a folder that holds it. `path` is relative to the repository's root.
    #[must_use]
    pub fn fits(&self, path: &str) -> bool {
        match self.prefix.as_str() {
            "" => self.glob.fits_or_holds(path),
            prefix => self.glob.fits_or_holds(&format!("{prefix}{path}")),
        }
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl PartialEq for PathGlob {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.prefix) == (&other.text, &other.prefix)
    }
}

impl Eq for PathGlob {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_fit_files_and_folders() {
        for (glob, path, expected) in [
            ("specs/001-voting", "specs/001-voting/plan.md", true),
            ("specs/001-voting/", "specs/001-voting/plan.md", true),
            ("./specs/*/plan.md", "specs/001-voting/plan.md", true),
            ("specs/*/plan.md", "specs/001-voting/tasks.md", false),
            ("specs/001", "specs/001-voting/plan.md", false),
            ("**/plan.md", "deep/specs/001/plan.md", true),
            ("**", "specs/001/plan.md", true),
            ("Specs/**", "specs/001/plan.md", false),
        ] {
            assert_eq!(PathGlob::new(glob).unwrap().fits(path), expected, "{glob} {path}");
        }
    }

    #[test]
    fn a_glob_can_be_seen_from_above() {
        let glob = PathGlob::new("services/*/specs/001-*").unwrap().seen_from_above("services/votes/");
        assert!(glob.fits("specs/001-voting/plan.md"));
        assert!(!glob.fits("specs/002-voting/plan.md"));
    }

    #[test]
    fn what_is_no_glob_is_told() {
        assert!(PathGlob::new("specs/[").unwrap_err().starts_with("`specs/[` is no glob: "));
    }
}
