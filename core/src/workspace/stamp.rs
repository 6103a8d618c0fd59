//! What the files of a repository look like from outside, so that a change is noticed.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::{FeatureLocation, Workspace, walk};

/// Names, sizes and times of a repository's files. Two equal ones mean that nothing was changed in
/// between, as far as the file system's clock tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(Vec<(String, u64, Option<SystemTime>)>);

impl Workspace {
    /// Looks at the repository's files as they are now, and at everything in the folders of `features`, which
    /// git may ignore.
    #[must_use]
    pub fn stamp(&self, features: &[FeatureLocation]) -> Stamp {
        let mut files = Vec::from(walk::tracked(&self.root).files);
        for feature in features {
            files.extend_from_slice(&walk::everything(&self.root, &self.root.join(&feature.folder), false).files);
        }
        files.sort_unstable();
        files.dedup();
        Stamp(files.into_iter().map(|file| state(&self.root, file)).collect())
    }
}

fn state(root: &Path, file: String) -> (String, u64, Option<SystemTime>) {
    match fs::metadata(root.join(&file)) {
        Ok(metadata) => (file, metadata.len(), metadata.modified().ok()),
        Err(_) => (file, 0, None),
    }
}
