//! The facts of a repository: which of its files matter, and who reads them.

use std::collections::BTreeMap;
use std::path::Path;

use super::reading::{self, ReadError};
use super::walk::{self, Walk};
use super::{cors, env_files, file_name, folder_of, hooks, manifests, migrations, tsconfig, workflows};
use crate::repository::{RepositoryFacts, Skipped, StrictSetting};

/// Larger files are no manifests that a person wrote.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads the facts of the repository at `root`.
pub(super) fn facts(root: &Path, walk: &Walk) -> RepositoryFacts {
    let mut files = Files { root, skipped: Vec::new(), texts: BTreeMap::new() };
    let mut facts = RepositoryFacts {
        paths: walk.files.clone(),
        unlisted_folders: walk.unlisted.clone(),
        ..RepositoryFacts::default()
    };
    let mut packages = BTreeMap::new();
    for path in walk.files.iter().filter(|path| !is_elsewhere(path)) {
        if let Some(parse) = manifests::parser(path) {
            let package = read_manifest(path, parse, &mut facts, &mut files);
            packages.extend(package.map(|package| (package, folder_of(path).to_owned())));
        }
        if let Some(parse) = workflows::parser(path)
            && let Some(text) = files.text(path)
        {
            facts.workflows.push(parse(path, &text));
            files.keep(path, text);
        }
        if let Some(parse) = hooks::parser(path)
            && let Some(text) = files.text(path)
        {
            facts.hooks.push(parse(path, &text));
            files.keep(path, text);
        }
        let is_untracked = || walk.untracked.as_ref().is_some_and(|untracked| untracked.has(path));
        if env_files::is_env_file(path)
            && !is_untracked()
            && let Some(text) = files.text(path)
            && let Some(env) = env_files::parse(path, &text)
        {
            files.keep(path, env_files::masked(&text));
            facts.env_files.push(env);
        }
        // An untracked `.env` is one developer's own.
        if cors::is_configuration(path)
            && !(env_files::is_named_env(file_name(path)) && is_untracked())
            && let Some(text) = files.text_within(path, cors::MAX_BYTES)
            && let Some((settings, masked)) = cors::parse(path, &text)
        {
            facts.settings.extend(settings);
            files.texts.entry(path.clone()).or_insert(masked);
        }
    }
    facts.hooks.sort_by(|a, b| a.path.cmp(&b.path));
    facts.tsconfigs = tsconfig::resolve(&walk.files, &packages, &mut files);
    facts.migrations = migrations::folders(&walk.files, &facts.manifests, &mut files);
    facts.skipped = files.skipped;
    facts.skipped.extend(walk.skipped.iter().cloned());
    facts.skipped.sort_unstable();
    // A file that two readers wanted is told once.
    facts.skipped.dedup_by(|next, first| next.path == first.path);
    facts.sources = files.texts;
    name_typescript(&mut facts);
    default_strict(&mut facts);
    facts
}

/// Reads one manifest, and gives its package's name. One that can't be read, or lacks its content,
/// is listed without dependencies and noted as skipped: they are unknown, not absent.
fn read_manifest(
    path: &str,
    parse: manifests::Parser,
    facts: &mut RepositoryFacts,
    files: &mut Files<'_>,
) -> Option<String> {
    let noted = files.skipped.len();
    let text = files.text(path);
    if text.is_none() && files.skipped.len() == noted {
        return None;
    }
    let text = text.unwrap_or_default();
    let parsed = parse(&text);
    if files.skipped.len() > noted {
        // Why it could not be read has been said.
    } else if text.trim().is_empty() {
        if !manifests::may_be_empty(path) {
            files.skip(path, "is empty");
        }
    } else if let Some(problem) = parsed.problem {
        files.skip(path, problem);
    }
    if file_name(path) == "package.json" {
        facts.hooks.extend(hooks::of_package_json(path, &text));
    }
    let mut manifest = parsed.manifest;
    path.clone_into(&mut manifest.path);
    facts.manifests.push(manifest);
    files.keep(path, text);
    parsed.package
}

/// A package with a tsconfig beside its manifest is one of TypeScript, whether or not it lists the
/// compiler.
fn name_typescript(facts: &mut RepositoryFacts) {
    for manifest in &mut facts.manifests {
        let is_beside =
            |path: &str| folder_of(path) == folder_of(&manifest.path) && file_name(path).starts_with("tsconfig");
        if manifest.language == "javascript" && facts.tsconfigs.iter().any(|config| is_beside(&config.path)) {
            manifest.language = "typescript".to_owned();
        }
    }
}

/// From its version 6 on, TypeScript is strict where a configuration does not say otherwise: what
/// sets it then is the manifest that asks for that version.
fn default_strict(facts: &mut RepositoryFacts) {
    let RepositoryFacts { tsconfigs, manifests, sources, .. } = facts;
    for config in tsconfigs.iter_mut().filter(|config| config.strict.is_none() && config.unresolved_extends.is_none()) {
        let is_read = sources.get(&config.path).is_some_and(|text| !text.trim().is_empty());
        let compiler = folders_above(&config.path).find_map(|folder| {
            let here = manifests
                .iter()
                .filter(|manifest| file_name(&manifest.path) == "package.json" && folder_of(&manifest.path) == folder);
            here.into_iter().find_map(|manifest| {
                let compiler = manifest.dependencies.iter().find(|known| known.name == "typescript")?;
                Some((manifest, compiler))
            })
        });
        let Some((manifest, compiler)) = compiler else { continue };
        if is_read && major(compiler.version.as_deref().unwrap_or_default()).is_some_and(|major| major >= 6) {
            config.strict = Some(StrictSetting { value: true, path: manifest.path.clone(), span: compiler.span });
        }
    }
}

/// The folders that hold a path, the nearest first, the root last.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder_of(path)), |folder| (!folder.is_empty()).then(|| folder_of(folder)))
}

/// The major number of a version such as `~6.0.2`; nothing of `latest`, or of a range that begins low.
fn major(version: &str) -> Option<u32> {
    let digits = version.trim_start_matches(['^', '~', '=', 'v', '>', ' ']);
    digits.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

/// Whether a file is no part of the product: test data, or a document of a feature, where a manifest
/// is a draft of one.
pub(super) fn is_elsewhere(path: &str) -> bool {
    walk::is_test_data(path) || path.split('/').any(|part| part == "specs")
}

/// Reads the files that matter, and keeps what was read and what was not.
pub(super) struct Files<'a> {
    root: &'a Path,
    skipped: Vec<Skipped>,
    texts: BTreeMap<String, String>,
}

impl Files<'_> {
    /// The text of a file; one that vanished is none, one that can't be read is noted.
    pub(super) fn text(&mut self, path: &str) -> Option<String> {
        self.text_within(path, MAX_BYTES)
    }

    /// The same, for a file with a limit of its own in bytes.
    fn text_within(&mut self, path: &str, limit: u64) -> Option<String> {
        match reading::read(self.root, &self.root.join(path), limit) {
            Ok(read) => Some(read.text),
            Err(ReadError::Missing) => None,
            Err(error) => {
                self.skip(path, error.to_string());
                None
            }
        }
    }

    /// Keeps a text, so that a span in it becomes a line.
    pub(super) fn keep(&mut self, path: &str, text: String) {
        self.texts.insert(path.to_owned(), text);
    }

    /// Notes what was passed over.
    pub(super) fn skip(&mut self, path: &str, reason: impl Into<String>) {
        self.skipped.push(Skipped { path: path.to_owned(), reason: reason.into() });
    }
}
