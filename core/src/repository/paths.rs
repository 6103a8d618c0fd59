//! The paths of a repository, and what rules work out of all of them once for all features.

use std::any::Any;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// Paths relative to a repository's root, with `/`: sorted by their bytes, each of them once. A copy is
/// cheap, and shares the indexes.
///
/// ```
/// use plangate_core::repository::Paths;
/// let paths = Paths::from_iter(["src/vote.rs", "Cargo.toml", "src/poll.rs"]);
/// assert_eq!(paths[0], "Cargo.toml");
/// assert_eq!(paths.below("src"), ["src/poll.rs", "src/vote.rs"]);
/// ```
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct Paths(Arc<Indexed>);

/// Sorted paths, with the indexes that were asked for so far.
#[derive(Default)]
struct Indexed {
    sorted: Vec<String>,
    indexes: Slot,
}

/// The rest of a list of indexes, which only grows.
type Slot = OnceLock<Box<Link>>;

struct Link {
    index: Box<dyn Any + Send + Sync>,
    next: Slot,
}

/// What is worked out of all paths of a repository, so that a rule doesn't look through them for each
/// feature: with it, the time of a run grows with the features, without it, with their square.
///
/// ```
/// use plangate_core::repository::{PathIndex, Paths};
///
/// /// How many files are tests.
/// struct Tests(usize);
///
/// impl PathIndex for Tests {
///     fn of(paths: &[String]) -> Self {
///         Self(paths.iter().filter(|path| path.starts_with("tests/")).count())
///     }
/// }
///
/// let paths = Paths::from_iter(["src/vote.rs", "tests/vote.rs"]);
/// assert_eq!(paths.index::<Tests>().0, 1);
/// ```
pub trait PathIndex: Send + Sync + 'static {
    /// The index of these paths, which are sorted.
    fn of(paths: &[String]) -> Self;
}

impl Paths {
    /// Whether this very path is one of them.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.binary_search_by(|known| known.as_str().cmp(path)).is_ok()
    }

    /// Those that lie in a folder, at any depth; all of them for the root, which is empty.
    #[must_use]
    pub fn below(&self, folder: &str) -> &[String] {
        if folder.is_empty() { self } else { self.starting_with(&format!("{folder}/")) }
    }

    /// Those that begin with a text.
    #[must_use]
    pub fn starting_with(&self, start: &str) -> &[String] {
        let from = self.partition_point(|known| known.as_str() < start);
        let rest = &self[from..];
        &rest[..rest.partition_point(|known| known.starts_with(start))]
    }

    /// The index of this type. It is made when it is first asked for, once for all threads.
    #[must_use]
    pub fn index<T: PathIndex>(&self) -> &T {
        let mut slot = &self.0.indexes;
        loop {
            let made = || Box::new(Link { index: Box::new(T::of(self)), next: Slot::new() });
            let link = slot.get_or_init(made);
            if let Some(index) = link.index.downcast_ref() {
                return index;
            }
            slot = &link.next;
        }
    }
}

impl From<Vec<String>> for Paths {
    fn from(mut paths: Vec<String>) -> Self {
        paths.sort_unstable();
        paths.dedup();
        Self(Arc::new(Indexed { sorted: paths, indexes: Slot::new() }))
    }
}

impl From<Paths> for Vec<String> {
    fn from(paths: Paths) -> Self {
        paths.to_vec()
    }
}

impl<S: Into<String>> FromIterator<S> for Paths {
    fn from_iter<I: IntoIterator<Item = S>>(paths: I) -> Self {
        Self::from(paths.into_iter().map(Into::into).collect::<Vec<String>>())
    }
}

impl<S: Into<String>> Extend<S> for Paths {
    fn extend<I: IntoIterator<Item = S>>(&mut self, paths: I) {
        *self = self.iter().cloned().chain(paths.into_iter().map(Into::into)).collect();
    }
}

impl Deref for Paths {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0.sorted
    }
}

impl<'a> IntoIterator for &'a Paths {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Paths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl PartialEq for Paths {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Paths {}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn folders_and_beginnings_are_found() {
        let paths = Paths::from_iter(["b/a", "a.rs", "a/x/y", "a/b", "a-b/c", "a/b"]);
        assert_eq!(*paths, ["a-b/c", "a.rs", "a/b", "a/x/y", "b/a"]);
        assert_eq!(paths.below("a"), ["a/b", "a/x/y"]);
        assert_eq!(paths.below("a/x"), ["a/x/y"]);
        assert_eq!(paths.below(""), &*paths);
        assert_eq!(paths.below("c"), [""; 0]);
        assert_eq!(paths.starting_with("a"), ["a-b/c", "a.rs", "a/b", "a/x/y"]);
        assert!(paths.has("a/b") && !paths.has("a"));
    }

    #[test]
    fn an_index_is_made_once_for_all_copies() {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        struct Count(usize);
        impl PathIndex for Count {
            fn of(paths: &[String]) -> Self {
                MADE.fetch_add(1, Ordering::SeqCst);
                Self(paths.len())
            }
        }
        struct First(Option<String>);
        impl PathIndex for First {
            fn of(paths: &[String]) -> Self {
                Self(paths.first().cloned())
            }
        }
        let paths = Paths::from_iter(["b", "a"]);
        let copy = paths.clone();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    assert_eq!(copy.index::<First>().0.as_deref(), Some("a"));
                    assert_eq!(paths.index::<Count>().0, 2);
                });
            }
        });
        assert_eq!(MADE.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn more_paths_have_indexes_of_their_own() {
        struct Count(usize);
        impl PathIndex for Count {
            fn of(paths: &[String]) -> Self {
                Self(paths.len())
            }
        }
        let mut paths = Paths::from_iter(["b"]);
        let before = paths.clone();
        assert_eq!(paths.index::<Count>().0, 1);
        paths.extend(["a"]);
        assert_eq!((paths.index::<Count>().0, before.index::<Count>().0), (2, 1));
        assert_eq!(*paths, ["a", "b"]);
    }

    #[test]
    fn they_are_written_as_a_list() {
        let paths: Paths = serde_json::from_str(r#"["b", "a", "b"]"#).unwrap();
        assert_eq!(serde_json::to_string(&paths).unwrap(), r#"["a","b"]"#);
    }
}
