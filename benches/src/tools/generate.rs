//! `generate`: writes a repository of generated features.

use std::error::Error;
use std::path::Path;

use plangate_benches::repository::{self, Extent};

pub(crate) fn run(folder: &str, features: &str, whole: bool) -> Result<(), Box<dyn Error>> {
    let path = Path::new(folder);
    let features = features.parse().map_err(|_| format!("`{features}` is no number of features"))?;
    if path.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{folder} is not empty").into());
    }
    let extent = if whole { Extent::Whole } else { Extent::Plans };
    repository::write(path, features, extent).map_err(|error| format!("{folder}: {error}").into())
}
