//! A [`PackReference`]: a pack that is named by its file, and the route that this file takes.

use std::path::{Path, PathBuf};

use super::PackError;

/// The end of a manifest pack's file name.
const MANIFEST: &str = "toml";

/// The ends of a library's file name on the platforms that have them.
const LIBRARIES: [&str; 3] = ["so", "dylib", "dll"];

/// By which route a pack's file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PackRoute {
    /// A shared library: native code.
    Library,
    /// A TOML file: data.
    Manifest,
}

/// A pack that is named by its file, not by its name.
///
/// ```
/// use plangate_core::pack::{PackReference, PackRoute};
///
/// let pack = PackReference::of_argument("packs/libacme.so").expect("it has a separator");
/// assert_eq!(pack.route(), PackRoute::Library);
/// assert!(pack.isolate, "a library runs in a process of its own unless someone says otherwise");
/// assert_eq!(PackReference::of_argument("acme.toml").map(|pack| pack.route()), Some(PackRoute::Manifest));
/// assert_eq!(PackReference::of_argument("mvp"), None, "the name of a pack");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PackReference {
    /// The file, as it was written; a relative path is one of the current directory.
    pub path: PathBuf,
    /// The SHA-256 that the file's bytes must have, as 64 hexadecimal digits.
    pub sha256: Option<String>,
    /// Whether a library runs in a process of its own. A manifest never needs one.
    pub isolate: bool,
}

impl PackReference {
    /// The pack in the file at `path`: isolated, and not pinned.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), sha256: None, isolate: true }
    }

    /// Holds the file to a SHA-256, as 64 hexadecimal digits.
    #[must_use]
    pub fn pinned(mut self, sha256: impl Into<String>) -> Self {
        self.sha256 = Some(sha256.into());
        self
    }

    /// Says whether a library runs in a process of its own.
    #[must_use]
    pub fn isolated(mut self, isolate: bool) -> Self {
        self.isolate = isolate;
        self
    }

    /// The pack that an argument such as `--pack VALUE` names by its file; none where it is the name
    /// of a pack: no path separator stands in it, and it ends neither as a library nor as a manifest does.
    #[must_use]
    pub fn of_argument(value: &str) -> Option<Self> {
        let ends = |end: &str| extension(Path::new(value)).is_some_and(|known| known == end);
        let is_path = value.contains(['/', std::path::MAIN_SEPARATOR]);
        (is_path || ends(MANIFEST) || LIBRARIES.into_iter().any(ends)).then(|| Self::new(value))
    }

    /// Whether the file may be opened: a manifest is data, and a library runs native code. What was
    /// said in so many words counts; else a library is allowed, but where `ci` says that nobody
    /// watches, only a pinned one is.
    ///
    /// # Errors
    /// [`PackError::NotAllowed`] where it may not.
    pub fn allowed(&self, said: Option<bool>, ci: bool) -> Result<(), PackError> {
        let allowed = said.unwrap_or(!ci || self.sha256.is_some());
        if allowed || self.route() == PackRoute::Manifest {
            return Ok(());
        }
        Err(PackError::NotAllowed { pack: self.path.display().to_string() })
    }

    /// Holds the file's bytes to the SHA-256 that it is pinned to, and gives theirs.
    ///
    /// # Errors
    /// [`PackError::Changed`] where it is another.
    #[cfg(any(feature = "fs", feature = "dynamic"))]
    pub fn verify(&self, bytes: &[u8]) -> Result<String, PackError> {
        let found = sha256(bytes);
        match self.sha256.as_deref().filter(|pinned| !pinned.eq_ignore_ascii_case(&found)) {
            Some(pinned) => {
                let pack = self.path.display().to_string();
                Err(PackError::Changed { pack, pinned: pinned.to_owned(), found })
            }
            None => Ok(found),
        }
    }

    /// The route that the file takes: `.toml` is a manifest, everything else a library.
    #[must_use]
    pub fn route(&self) -> PackRoute {
        if extension(&self.path).as_deref() == Some(MANIFEST) { PackRoute::Manifest } else { PackRoute::Library }
    }
}

/// The SHA-256 of `bytes`, as 64 hexadecimal digits.
#[cfg(any(feature = "fs", feature = "dynamic"))]
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What stands after the last dot of the file's name, in small letters.
fn extension(path: &Path) -> Option<String> {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nobody_watches_a_library_is_pinned_or_allowed() {
        let pack = PackReference::new("acme.so");
        for (pack, said, ci, allowed) in [
            (pack.clone(), None, false, true),
            (pack.clone(), None, true, false),
            (pack.clone(), Some(true), true, true),
            (pack.clone(), Some(false), false, false),
            (pack.clone().pinned("00"), None, true, true),
            (pack.pinned("00"), Some(false), true, false),
            (PackReference::new("acme.toml"), Some(false), true, true),
        ] {
            assert_eq!(pack.allowed(said, ci).is_ok(), allowed, "{pack:?} {said:?} {ci}");
        }
    }

    #[test]
    fn an_argument_is_a_name_or_a_file() {
        for (value, route) in [
            ("mvp", None),
            ("acme-pack", None),
            ("acme.v2", None),
            ("libacme.so", Some(PackRoute::Library)),
            ("acme.DLL", Some(PackRoute::Library)),
            ("libacme.dylib", Some(PackRoute::Library)),
            ("./acme", Some(PackRoute::Library)),
            ("/opt/packs/libacme.so.1", Some(PackRoute::Library)),
            ("acme.toml", Some(PackRoute::Manifest)),
            ("packs/Acme.TOML", Some(PackRoute::Manifest)),
        ] {
            assert_eq!(PackReference::of_argument(value).map(|pack| pack.route()), route, "{value}");
        }
    }
}
