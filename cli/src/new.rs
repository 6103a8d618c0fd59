//! `plangate new`: starts a feature's plan from the template.

use std::fs;
use std::io::{self, ErrorKind};

use plangate_core::template::{Head, first_plan};
use plangate_core::workspace::{NumberedName, Workspace};

use crate::configuration;
use crate::engine;
use crate::error::Error;
use crate::files;
use crate::load;
use crate::output::Terminal;
use crate::template::{active_packs, engine_of};
use crate::today;

/// The longest name of a folder, in bytes.
const LONGEST: usize = 200;

/// Starts a feature: writes specs/NNN-name/plan.md from the template, with the next free number.
///
/// The number is the first one behind those of all folders below specs and all branches, unless the
/// name brings one, as `012-voting` and `feature/012-voting` do. A feature's folder that has no plan
/// yet gets one.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The feature's name in a few words, or its branch.
    name: String,

    #[command(flatten)]
    packs: load::PackArguments,

    #[command(flatten)]
    configuration: configuration::Arguments,

    /// The day of the plan, instead of today.
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    today: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let workspace = Workspace::open(".")?;
    let name = FeatureName::read(&arguments.name)?;
    let folder = folder(&workspace, &name)?;
    let path = format!("specs/{folder}/plan.md");
    let unplanned = workspace.unplanned(&format!("specs/{folder}"));
    let engine = engine_of(&workspace, &arguments.packs, &arguments.configuration)?;
    if !engine.failures().is_empty() {
        engine::tell(engine.failures(), terminal);
        return Ok(2);
    }
    let packs = active_packs(&engine, &unplanned, terminal);
    let date = arguments.today.clone().unwrap_or_else(today::today);
    let plan = first_plan(&Head::new(name.title, &folder, date), packs);
    files::create(&workspace.root().join(&path), &plan).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::ExistingPlan { path: path.clone().into() },
        _ => Error::NotWritten { path: path.clone().into(), error },
    })?;
    terminal.write_lines(|out| writeln!(out, "{path}"))?;
    Ok(0)
}

/// A feature's name as somebody wrote it.
#[derive(Debug, PartialEq, Eq)]
struct FeatureName {
    number: Option<u32>,
    /// In words.
    title: String,
    /// As a folder goes by, without its number.
    slug: String,
}

impl FeatureName {
    fn read(written: &str) -> Result<Self, Error> {
        let branch = !written.contains(char::is_whitespace);
        let numbered = NumberedName::read(written).filter(|_| branch);
        let (number, words) = match &numbered {
            Some(name) => (Some(name.number), name.rest.as_str()),
            None if branch => (None, written.rsplit('/').next().unwrap_or_default()),
            None => (None, written),
        };
        let parts: Vec<String> = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_lowercase)
            .collect();
        let slug = parts.join("-");
        let bad = |reason: &'static str| Error::BadName { name: written.to_owned(), reason };
        if slug.is_empty() {
            return Err(bad("holds no letter and no digit"));
        }
        if slug.len() > LONGEST {
            return Err(bad("is too long for a folder's name"));
        }
        let title =
            if branch { capitalised(&parts.join(" ")) } else { words.split_whitespace().collect::<Vec<_>>().join(" ") };
        Ok(Self { number, title, slug })
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The folder below `specs` that the plan goes to: one that waits for a plan, or a new one.
fn folder(workspace: &Workspace, name: &FeatureName) -> Result<String, Error> {
    let features = workspace.numbered_features()?;
    let same = |known: &&NumberedName| {
        known.rest.eq_ignore_ascii_case(&name.slug) && name.number.is_none_or(|number| number == known.number)
    };
    if let Some(known) = features.iter().find(same) {
        let path = format!("specs/{}/plan.md", known.name);
        return match fs::symlink_metadata(workspace.root().join(&path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(known.name.clone()),
            _ => Err(Error::ExistingPlan { path: path.into() }),
        };
    }
    let number = match name.number {
        Some(number) => number,
        None => workspace.next_feature_number()?,
    };
    if let Some(other) = features.iter().find(|known| known.number == number) {
        return Err(Error::TakenNumber { number, folder: format!("specs/{}", other.name) });
    }
    Ok(format!("{number:03}-{}", name.slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, number: Option<u32>, title: &str, slug: &str) {
        let name = FeatureName { number, title: title.to_owned(), slug: slug.to_owned() };
        assert_eq!(FeatureName::read(written).unwrap(), name, "{written}");
    }

    #[test]
    fn names_are_words_or_branches() {
        check("Live votes", None, "Live votes", "live-votes");
        check("  Vote on A/B tests!  ", None, "Vote on A/B tests!", "vote-on-a-b-tests");
        check("live-votes", None, "Live votes", "live-votes");
        check("012-live-votes", Some(12), "Live votes", "live-votes");
        check("feature/012-Live_Votes", Some(12), "Live votes", "live-votes");
        check("feature/live-votes", None, "Live votes", "live-votes");
        check("2-factor login", None, "2-factor login", "2-factor-login");
        check("投票", None, "投票", "投票");
    }

    #[test]
    fn a_name_without_letters_is_refused() {
        for written in ["", " ", "../..", "!?"] {
            assert!(FeatureName::read(written).is_err(), "{written}");
        }
        assert!(FeatureName::read(&"a".repeat(LONGEST + 1)).is_err());
    }
}
