//! From the paths of a command line to the plans there, and to the repositories that they lie in.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use plangate_core::LineIndex;
use plangate_core::feature::{Document, DocumentKind, Feature};
use plangate_core::plan_json::{JsonFault, PlanJson};
use plangate_core::workspace::{FeatureLocation, LoadOptions, MOST_DOCUMENT_BYTES, Workspace};

use crate::configuration;
use crate::error::Error;
use crate::files;

/// The path that stands for standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// The feature at a path that names just one, read as the configuration of its repository says.
pub(crate) fn one_feature(path: &Path, configuration: &configuration::Arguments) -> Result<Feature, Error> {
    let (repositories, plans) = find(&[path.to_owned()])?;
    match &plans[..] {
        [plan] => {
            let configuration = match plan {
                PlanAt::Repository { index, .. } => {
                    configuration.of_repository(repositories[*index].workspace.root())?
                }
                PlanAt::StandardInput | PlanAt::Json { .. } => configuration.here()?,
            };
            Ok(load(&repositories, plan, &configuration.options)?.feature)
        }
        [] => Err(Error::NoPlan { paths: vec![path.to_owned()] }),
        several => Err(Error::SeveralPlans { path: path.to_owned(), count: several.len() }),
    }
}

/// A repository that one of the paths lies in.
#[derive(Debug)]
pub(crate) struct Repository {
    pub(crate) workspace: Workspace,
    /// Its root as seen from the current directory, with `/`.
    pub(crate) root: String,
}

/// A plan to examine.
#[derive(Debug)]
pub(crate) enum PlanAt {
    StandardInput,
    /// A file that holds a plan as JSON; nobody looks at what stands around it.
    Json {
        path: PathBuf,
    },
    Repository {
        index: usize,
        location: FeatureLocation,
    },
}

/// The plans at the paths, each of them once, and the repositories that they lie in. A project with a
/// `.specify` or a `.git` of its own below one of the paths is a repository of its own.
pub(crate) fn find(paths: &[PathBuf]) -> Result<(Vec<Repository>, Vec<PlanAt>), Error> {
    let mut repositories: Vec<Repository> = Vec::new();
    let mut plans = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        if path.as_os_str() == STANDARD_INPUT {
            if seen.insert((usize::MAX, STANDARD_INPUT.to_owned())) {
                plans.push(PlanAt::StandardInput);
            }
            continue;
        }
        if is_json(path) {
            if seen.insert((usize::MAX, path.to_string_lossy().into_owned())) {
                plans.push(PlanAt::Json { path: path.clone() });
            }
            continue;
        }
        let outer = known_or_new(&mut repositories, Workspace::open(path)?);
        let mut holders = HashMap::new();
        for location in repositories[outer].workspace.features(path)? {
            let above = location.folder.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
            let index = match holders.get(&above) {
                Some(index) => *index,
                None => {
                    let index = match repositories[outer].workspace.project_within(&location) {
                        Some(project) => known_or_new(&mut repositories, Workspace::open(project)?),
                        None => outer,
                    };
                    holders.insert(above, index);
                    index
                }
            };
            let location = if index == outer {
                location
            } else {
                let [outer, inner] = [outer, index].map(|index| repositories[index].workspace.root());
                let plan = outer.join(&location.plan);
                let plan = plan.strip_prefix(inner).unwrap_or(&plan).to_string_lossy().into_owned();
                FeatureLocation::of_plan(plan.replace(std::path::MAIN_SEPARATOR, "/"))
            };
            if seen.insert((index, location.plan.clone())) {
                plans.push(PlanAt::Repository { index, location });
            }
        }
    }
    Ok((repositories, plans))
}

/// The index of the repository of `workspace`.
fn known_or_new(repositories: &mut Vec<Repository>, workspace: Workspace) -> usize {
    let known = repositories.iter().position(|known| known.workspace.root() == workspace.root());
    known.unwrap_or_else(|| {
        let root = seen_from_here(workspace.root());
        repositories.push(Repository { workspace, root });
        repositories.len() - 1
    })
}

/// A folder as seen from the current directory, with `/`: `.`, `below/it`, `../..` or absolute.
fn seen_from_here(folder: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let seen = if let Ok(below) = folder.strip_prefix(&here) {
        below.to_owned()
    } else if let Ok(above) = here.strip_prefix(folder) {
        above.components().map(|_| "..").collect()
    } else {
        folder.to_owned()
    };
    let seen = seen.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    if seen.is_empty() { ".".to_owned() } else { seen }
}

/// A feature, and the JSON that its plan was given as.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) feature: Feature,
    pub(crate) json: Option<PlanJson>,
}

impl From<Feature> for Loaded {
    fn from(feature: Feature) -> Self {
        Self { feature, json: None }
    }
}

pub(crate) fn load(repositories: &[Repository], plan: &PlanAt, options: &LoadOptions) -> Result<Loaded, Error> {
    match plan {
        PlanAt::StandardInput => {
            let text = standard_input()?;
            if PlanJson::is_meant(&text) {
                return plan_json(STANDARD_INPUT, text);
            }
            let document = Document::provided_with(DocumentKind::Plan, STANDARD_INPUT, text, options.names());
            Ok(Feature::builder().document(document).build().into())
        }
        PlanAt::Json { path } => {
            let unreadable = |reason: String| Error::UnreadableJson { path: path.clone(), reason };
            let bytes = files::read(path, MOST_DOCUMENT_BYTES).map_err(|error| unreadable(error.to_string()))?;
            let text = String::from_utf8(bytes);
            let text = text.map_err(|error| unreadable(format!("it is no UTF-8: {}", error.utf8_error())))?;
            plan_json(&shown(path), text)
        }
        PlanAt::Repository { index, location } => Ok(repositories[*index].workspace.feature(location, options)?.into()),
    }
}

/// Whether a path names a file of JSON by its ending.
fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) && !path.is_dir()
}

/// A path of the command line as reports show it, with `/`.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn plan_json(path: &str, text: String) -> Result<Loaded, Error> {
    let lines = LineIndex::new(&text);
    let place = |fault: &JsonFault| {
        let at = lines.position(&text, fault.span.start);
        format!("{path}:{}:{}: {fault}", at.line, at.column)
    };
    match PlanJson::read(text.as_str()) {
        Ok(json) => Ok(Loaded { feature: json.feature(path).build(), json: Some(json) }),
        Err(faults) => Err(Error::NoPlanJson { faults: faults.iter().map(place).collect() }),
    }
}

/// The text of standard input. Bytes that are no UTF-8 become `�`.
fn standard_input() -> Result<String, Error> {
    let read = files::read_all(io::stdin().lock(), MOST_DOCUMENT_BYTES);
    let bytes = read.map_err(|error| Error::StandardInput { reason: format!("could not be read ({error})") })?;
    if bytes.contains(&0) {
        return Err(Error::StandardInput { reason: "is a binary file".to_owned() });
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_named_as_seen_from_here() {
        let here = std::env::current_dir().unwrap().canonicalize().unwrap();
        assert_eq!(seen_from_here(&here), ".");
        assert_eq!(seen_from_here(&here.join("a/b")), "a/b");
        assert_eq!(seen_from_here(here.parent().unwrap()), "..");
        assert_eq!(seen_from_here(Path::new("/elsewhere/repository")), "/elsewhere/repository");
    }
}
