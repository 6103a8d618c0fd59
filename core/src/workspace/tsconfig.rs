//! tsconfig*.json and jsconfig*.json: `strict` as it is in force, `extends` followed within the
//! repository.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jsonc_parser::ast::{Object, Value};

use super::facts::Files;
use super::manifests::{json_span, parse_json};
use super::{file_name, folder_of, join};
use crate::repository::{StrictSetting, TsConfig};

/// A chain of bases is followed this far.
const MAX_DEPTH: usize = 16;

/// So many files are looked at for one.
const MAX_BASES: usize = 64;

/// What one file says itself.
#[derive(Clone, Debug, Default)]
struct Own {
    strict: Option<StrictSetting>,
    extends: Vec<String>,
}

/// Reads every tsconfig among `paths`. `packages` are the repository's own packages by name, with
/// their folders: a base may stand in one of them.
pub(super) fn resolve(paths: &[String], packages: &BTreeMap<String, String>, files: &mut Files<'_>) -> Vec<TsConfig> {
    let mut resolver = Resolver { packages, files, read: BTreeMap::new() };
    let wanted = |path: &&String| is_tsconfig(path) && !super::facts::is_elsewhere(path);
    paths.iter().filter(wanted).map(|path| resolver.config(path)).collect()
}

fn is_tsconfig(path: &str) -> bool {
    let name = file_name(path);
    (name.starts_with("tsconfig") || name.starts_with("jsconfig")) && name.ends_with(".json")
}

struct Resolver<'a, 'f> {
    packages: &'a BTreeMap<String, String>,
    files: &'a mut Files<'f>,
    read: BTreeMap<String, Option<Rc<Own>>>,
}

/// What is known while the bases of one file are followed.
#[derive(Debug, Default)]
struct Search {
    seen: BTreeSet<String>,
    /// How many bases were followed.
    followed: usize,
    /// The first that leads out of the repository, or further than bases are followed.
    unresolved: Option<String>,
}

impl Resolver<'_, '_> {
    fn config(&mut self, path: &str) -> TsConfig {
        let mut search = Search::default();
        let strict = self.strict(path, 0, &mut search);
        TsConfig { path: path.to_owned(), strict, unresolved_extends: search.unresolved }
    }

    /// `strict` of the file itself, else of its last base that has one.
    fn strict(&mut self, path: &str, depth: usize, search: &mut Search) -> Option<StrictSetting> {
        let own = self.own(path)?;
        if own.strict.is_some() {
            return own.strict.clone();
        }
        if depth >= MAX_DEPTH {
            search.unresolved.get_or_insert_with(|| path.to_owned());
            return None;
        }
        // What was looked at before says nothing the second time either.
        if !search.seen.insert(path.to_owned()) {
            return None;
        }
        // A later base overrides an earlier one; what it overrides need not be looked at.
        for base in own.extends.iter().rev() {
            search.followed += 1;
            let found = match self.base(path, base).filter(|_| search.followed <= MAX_BASES) {
                Some(base) => self.strict(&base, depth + 1, search),
                None => {
                    search.unresolved.get_or_insert_with(|| base.clone());
                    None
                }
            };
            if found.is_some() || search.followed > MAX_BASES {
                return found;
            }
        }
        None
    }

    /// The file that `extends` names, if it is one of the repository.
    fn base(&mut self, path: &str, base: &str) -> Option<String> {
        let target = if base.starts_with("./") || base.starts_with("../") || matches!(base, "." | "..") {
            normal(folder_of(path), base)?
        } else {
            let (package, inner) = self.package_of(base)?;
            join(&package, inner)
        };
        let candidates = [target.clone(), format!("{target}.json"), join(&target, "tsconfig.json")];
        candidates.into_iter().find(|candidate| candidate.ends_with(".json") && self.own(candidate).is_some())
    }

    /// The folder of the repository's own package that a base begins with, and what follows.
    fn package_of<'b>(&self, base: &'b str) -> Option<(String, &'b str)> {
        self.packages.iter().find_map(|(name, folder)| {
            let inner = base.strip_prefix(name.as_str())?;
            if inner.is_empty() {
                return Some((folder.clone(), "tsconfig.json"));
            }
            Some((folder.clone(), inner.strip_prefix('/')?))
        })
    }

    fn own(&mut self, path: &str) -> Option<Rc<Own>> {
        if let Some(known) = self.read.get(path) {
            return known.clone();
        }
        let own = self.files.text(path).map(|text| {
            let own = match parse_json(&text) {
                Ok(object) => own(path, &object),
                Err(problem) => {
                    self.files.skip(path, problem);
                    Own::default()
                }
            };
            self.files.keep(path, text);
            Rc::new(own)
        });
        self.read.insert(path.to_owned(), own.clone());
        own
    }
}

fn own(path: &str, object: &Object<'_>) -> Own {
    let options = object.get_object("compilerOptions");
    let strict = options.and_then(|options| options.get("strict")).and_then(|property| {
        let value = property.value.as_boolean_lit()?.value;
        Some(StrictSetting { value, path: path.to_owned(), span: json_span(property) })
    });
    let extends = match object.get("extends").map(|property| &property.value) {
        Some(Value::StringLit(base)) => vec![base.value.to_string()],
        Some(Value::Array(bases)) => {
            bases.elements.iter().filter_map(|base| Some(base.as_string_lit()?.value.to_string())).collect()
        }
        _ => Vec::new(),
    };
    Own { strict, extends }
}

/// `path` from `folder`, without `.` and `..`; nothing where it leaves the repository.
fn normal(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_repository() {
        assert_eq!(normal("a/b", "../c").as_deref(), Some("a/c"));
        assert_eq!(normal("", "./c").as_deref(), Some("c"));
        assert_eq!(normal("a", "../../c"), None);
    }
}
