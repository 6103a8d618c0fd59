//! Where the repository begins, and where its features are.

use std::fs;
use std::path::{Path, PathBuf};

use super::documents;
use super::walk::{self, Walk};
use super::{FeatureLocation, Workspace, WorkspaceError, file_name, folder_of, join, relative};
use crate::workspace::reading::{self, ReadError};

/// The folder that features are kept in.
const SPECS: &str = "specs";

/// The root of the repository that holds `path`.
pub(super) fn root_of(path: &Path) -> Result<PathBuf, WorkspaceError> {
    let resolved = canonical(path)?;
    let folder = if resolved.is_dir() { resolved.as_path() } else { resolved.parent().unwrap_or(&resolved) };
    if let Some(root) = folder.ancestors().find(|at| is_project(at)) {
        return Ok(root.to_owned());
    }
    let above_specs = folder.ancestors().find(|at| at.file_name().is_some_and(|name| name == SPECS));
    Ok(above_specs.and_then(Path::parent).unwrap_or(folder).to_owned())
}

fn is_project(folder: &Path) -> bool {
    folder.join(".git").exists() || is_spec_kit(&folder.join(".specify"))
}

/// The nearest folder below `root` that holds `folder`, a path relative to it, and is a project.
pub(super) fn project_within(root: &Path, folder: &str) -> Option<PathBuf> {
    root.join(folder).ancestors().take_while(|at| *at != root).find(|at| is_project(at)).map(Path::to_owned)
}

/// Whether a `.specify` is a project's: Spec Kit keeps a user's catalogs in a folder of that name as
/// well, and a home folder is no repository.
fn is_spec_kit(folder: &Path) -> bool {
    const PARTS: &[&str] = &["constitution.md", "memory", "scripts", "specs", "templates"];
    folder.is_dir()
        && (PARTS.iter().any(|part| folder.join(part).exists())
            || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none()))
}

/// The features within a folder, or the one at a plan.
pub(super) fn features(workspace: &Workspace, within: &Path) -> Result<Vec<FeatureLocation>, WorkspaceError> {
    let (folder, file) = inside(workspace, within)?;
    if let Some(file) = file {
        let plan = match feature_of(&folder, &file) {
            Some(feature) => plan_in(&workspace.root.join(&feature)).ok().flatten().map(|plan| join(&feature, &plan)),
            None => Some(join(&folder, &file)),
        };
        return Ok(plan.into_iter().map(FeatureLocation::of_plan).collect());
    }
    let path = workspace.root.join(&folder);
    let unreadable = |error| WorkspaceError::Unreadable { path: path.clone(), reason: ReadError::Io(error) };
    let own = plan_in(&path).map_err(unreadable)?.map(|plan| FeatureLocation::of_plan(join(&folder, &plan)));
    if let Some(feature) = own.clone().filter(|feature| is_in_specs(&feature.plan) && file_name(&folder) != SPECS) {
        return Ok(vec![feature]);
    }
    let found = plans(workspace, workspace.walk(), &folder, is_in_specs);
    if !found.is_empty() {
        return Ok(found);
    }
    // Some teams keep their specs out of git: what was asked for is looked at all the same.
    let everything = walk::everything(&workspace.root, &path, false);
    let found = plans(workspace, &everything, &folder, is_in_specs);
    if !found.is_empty() || folder.is_empty() {
        return Ok(found);
    }
    // A folder that was named may be a feature, or hold features, whatever it is called.
    let depth = folder.split('/').count() + 2;
    let below = || plans(workspace, &everything, &folder, |plan| plan.split('/').count() == depth);
    Ok(own.map_or_else(below, |feature| vec![feature]))
}

/// `within` as a folder of the repository and, where it is a file, that file's name.
fn inside(workspace: &Workspace, within: &Path) -> Result<(String, Option<String>), WorkspaceError> {
    let root = &workspace.root;
    let path = if within.is_relative() && !within.exists() { root.join(within) } else { within.to_owned() };
    let outside = || WorkspaceError::Outside { path: within.to_owned(), root: root.clone() };
    if path.is_dir() {
        return Ok((relative(root, &canonical(&path)?).ok_or_else(outside)?, None));
    }
    // A plan that is a link stays where it is: its neighbours are there.
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(outside)?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::symlink_metadata(&path).map_err(|error| cause(within, error))?;
    let folder = relative(root, &canonical(parent)?).ok_or_else(outside)?;
    Ok((folder, Some(name.to_owned())))
}

/// The feature's folder, where the file is one of the documents beside a plan or a contract.
fn feature_of(folder: &str, file: &str) -> Option<String> {
    if documents::BESIDE.iter().any(|(_, name)| file.eq_ignore_ascii_case(name)) {
        return Some(folder.to_owned());
    }
    let depth = folder.split('/').position(|part| part.eq_ignore_ascii_case(documents::CONTRACTS))?;
    Some(folder.split('/').take(depth).collect::<Vec<_>>().join("/"))
}

/// The plan of a feature folder.
fn plan_in(folder: &Path) -> std::io::Result<Option<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| is_plan(name))
        .collect();
    // `plan.md` stands before `Plan.md` where a folder holds both.
    names.sort_by_key(|name| (name != "plan.md", name.clone()));
    Ok(names.into_iter().next())
}

fn plans(workspace: &Workspace, walk: &Walk, folder: &str, wanted: impl Fn(&str) -> bool) -> Vec<FeatureLocation> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut found: Vec<FeatureLocation> = Vec::new();
    for file in walk.files.starting_with(&prefix) {
        if !is_plan(file_name(file)) || !wanted(file) {
            continue;
        }
        if is_template(&workspace.root, file, prefix.len()) {
            workspace.skip(file, "is a template");
        } else {
            found.push(FeatureLocation::of_plan(file));
        }
    }
    found.sort_by_cached_key(|at| (at.folder.clone(), file_name(&at.plan) != "plan.md", at.plan.clone()));
    found.dedup_by(|later, first| later.folder == first.folder);
    found
}

fn is_plan(name: &str) -> bool {
    name.eq_ignore_ascii_case("plan.md")
}

fn is_in_specs(plan: &str) -> bool {
    folder_of(plan).split('/').any(|part| part == SPECS)
}

/// Whether a folder on the way to `plan`, from its byte `from` on, is one of templates, and no project of
/// that name. `specs/012-email-templates` is a feature.
fn is_template(root: &Path, plan: &str, from: usize) -> bool {
    let mut end = from;
    folder_of(&plan[from..]).split('/').any(|part| {
        end += part.len();
        let folder = &plan[..end];
        end += 1;
        let name = part.trim_start_matches(['_', '.', '-', '#', '0']);
        let named = name.eq_ignore_ascii_case("template") || name.eq_ignore_ascii_case("templates");
        named && !is_spec_kit(&root.join(folder).join(".specify")) || part.starts_with("[###")
    })
}

fn canonical(path: &Path) -> Result<PathBuf, WorkspaceError> {
    // An empty path is the current directory, as it is for a file name's parent.
    let asked = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    fs::canonicalize(asked).map_err(|error| cause(path, error))
}

fn cause(path: &Path, error: std::io::Error) -> WorkspaceError {
    let path = path.to_owned();
    match reading::missing(error) {
        ReadError::Missing => WorkspaceError::NotFound { path },
        reason => WorkspaceError::Unreadable { path, reason },
    }
}
