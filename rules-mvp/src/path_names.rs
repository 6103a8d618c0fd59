//! The names of a repository's files and folders, and which path has each first.

use std::collections::HashMap;

use plangate_core::repository::PathIndex;

/// Every name in the paths of a repository, sorted.
pub(crate) struct PathNames(Vec<PathName>);

struct PathName {
    name: Box<str>,
    /// The index of the first path that has it.
    first: usize,
    is_file: bool,
}

impl PathNames {
    /// Whether a file or a folder has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether a file has this name.
    pub(crate) fn has_file(&self, name: &str) -> bool {
        self.find(name).is_some_and(|known| known.is_file)
    }

    /// The index of the first path in which a name begins with `start`.
    pub(crate) fn first_starting_with(&self, start: &str) -> Option<usize> {
        let from = self.0.partition_point(|known| *known.name < *start);
        self.0[from..].iter().take_while(|known| known.name.starts_with(start)).map(|known| known.first).min()
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|known| &*known.name)
    }

    fn find(&self, name: &str) -> Option<&PathName> {
        let at = self.0.binary_search_by(|known| (*known.name).cmp(name)).ok()?;
        self.0.get(at)
    }
}

impl PathIndex for PathNames {
    fn of(paths: &[String]) -> Self {
        let mut names: HashMap<&str, (usize, bool)> = HashMap::new();
        for (at, path) in paths.iter().enumerate() {
            let mut parts = path.rsplit('/');
            if let Some(file) = parts.next() {
                names.entry(file).or_insert((at, true)).1 = true;
            }
            for folder in parts {
                names.entry(folder).or_insert((at, false));
            }
        }
        let named = names.into_iter().map(|(name, (first, is_file))| PathName { name: name.into(), first, is_file });
        let mut sorted: Vec<PathName> = named.collect();
        sorted.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Self(sorted)
    }
}

#[cfg(test)]
mod tests {
    use plangate_core::repository::Paths;

    use super::*;

    #[test]
    fn names_are_found_with_their_first_path() {
        let paths = Paths::from_iter(["a/.eslintrc.json", "a/b", "b/c", "c/.eslintrc"]);
        let names: &PathNames = paths.index();
        assert_eq!(names.iter().collect::<Vec<_>>(), [".eslintrc", ".eslintrc.json", "a", "b", "c"]);
        assert_eq!(names.first_starting_with(".eslintrc"), Some(0));
        assert_eq!(names.first_starting_with(".eslintrc."), Some(0));
        assert_eq!(names.first_starting_with("d"), None);
        assert!(names.has("a") && !names.has_file("a"));
        assert!(names.has_file("b") && names.has_file("c"), "a file and a folder have the name");
        assert!(!names.has("a/b"));
    }
}
