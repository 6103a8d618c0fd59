//! Texts that are looked up by how they end.

use super::{PathIndex, RepositoryFacts};

/// Texts, sorted from their ends.
#[derive(Debug)]
pub(crate) struct Endings(Vec<Box<[u8]>>);

impl Endings {
    /// Whether one of the texts ends with `end`.
    pub(crate) fn any(&self, end: &str) -> bool {
        let end = backwards(end);
        let at = self.0.partition_point(|known| **known < *end);
        self.0.get(at).is_some_and(|known| known.starts_with(&end))
    }
}

impl<'a> FromIterator<&'a str> for Endings {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut sorted: Vec<Box<[u8]>> = texts.into_iter().map(backwards).collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self(sorted)
    }
}

fn backwards(text: &str) -> Box<[u8]> {
    text.bytes().rev().collect()
}

/// Folders, by how their paths end. Case is not regarded: some file systems don't, and git keeps what was
/// written first.
#[derive(Debug)]
struct Folders(Endings);

impl Folders {
    /// The folders above these paths, which are sorted, and with `itself` the paths as well.
    fn above(paths: &[String], itself: bool) -> Self {
        let mut folders: Vec<String> = Vec::new();
        let mut before = "";
        for path in paths {
            // What lies above the path before was added with it.
            let shared = before.bytes().zip(path.bytes()).take_while(|(a, b)| a == b).count();
            let ends = path.match_indices('/').map(|(end, _)| end).filter(|end| *end >= shared);
            folders.extend(ends.chain(itself.then_some(path.len())).map(|end| rooted(&path[..end])));
            before = path;
        }
        Self(folders.iter().map(String::as_str).collect())
    }

    fn any_ends_with(&self, path: &str) -> bool {
        self.0.any(&rooted(path))
    }
}

fn rooted(path: &str) -> String {
    format!("/{}", path.to_ascii_lowercase())
}

/// The folders that listed files lie in.
struct Listed(Folders);

impl PathIndex for Listed {
    fn of(paths: &[String]) -> Self {
        Self(Folders::above(paths, false))
    }
}

/// Folders whose files are not listed, and those that they lie in.
struct Unlisted(Folders);

impl PathIndex for Unlisted {
    fn of(folders: &[String]) -> Self {
        Self(Folders::above(folders, true))
    }
}

impl RepositoryFacts {
    /// Whether a folder has this path, or one that ends with it: `src/polls` is the end of
    /// `server/src/polls`. Case is not regarded.
    pub(crate) fn has_directory_ending(&self, path: &str) -> bool {
        self.paths.index::<Listed>().0.any_ends_with(path)
            || self.unlisted_folders.index::<Unlisted>().0.any_ends_with(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_found_by_their_ends() {
        let mut facts = RepositoryFacts::of_paths([
            "server/src/Polls/a.rs", "server/src/polls-old/b.rs", "server/src/votes.rs", "server/srcs/b.rs",
            "größe/x/y",
        ]);
        facts.unlisted_folders.extend(["web/Node_Modules"]);
        for known in [
            "server", "server/src", "src", "src/polls", "src/polls-old", "SERVER/srcs", "polls", "x", "größe/x", "web",
            "node_modules",
        ] {
            assert!(facts.has_directory_ending(known), "{known}");
        }
        for unknown in ["votes.rs", "rc", "server/polls", "a.rs", "polls/a.rs", "y", "e/x", "modules", "web/node"] {
            assert!(!facts.has_directory_ending(unknown), "{unknown}");
        }
    }
}
