//! [`ConfigFile`]: plangate.toml as it is written, key by key. What follows from several of them lives
//! in `layers.rs`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::Severity;
use crate::feature::Phase;
use crate::parse::aliases::Term;
use crate::report::FailOn;

/// A plangate.toml. Every key may be left out; one that is not here is a mistake.
///
/// ```
/// use plangate_core::config::ConfigFile;
/// let file = ConfigFile::parse("plangate.toml", "fail-on = \"warning\"\n[severities]\nPLN201 = \"info\"\n")?;
/// assert_eq!(file.severities.len(), 1);
/// let error = ConfigFile::parse("plangate.toml", "\nfail_on = \"never\"\n").unwrap_err();
/// assert_eq!(error.to_string(), "plangate.toml:2: there is no key `fail_on`; did you mean `fail-on`?");
/// # Ok::<(), plangate_core::config::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct ConfigFile {
    /// The versions of plangate that may read this, such as `>=0.1, <0.3`.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub required_version: Option<Spanned<String>>,
    /// The file that this one builds on, as a path seen from this file.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub extends: Option<Spanned<String>>,
    /// The packs that may be active; every known one, where it is left out.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<String>>"))]
    pub packs: Option<Spanned<Vec<Spanned<String>>>>,
    /// The packs that are active for every plan.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub required_packs: Vec<Spanned<String>>,
    /// Whether shared libraries may be opened as packs. Where it is left out they may, except where the
    /// variable `CI` is set and the library's SHA-256 is not.
    #[cfg_attr(feature = "schema", schemars(with = "Option<bool>"))]
    pub allow_dynamic: Option<Spanned<bool>>,
    /// The phase that every feature is taken to be in.
    #[cfg_attr(feature = "schema", schemars(with = "Option<PhaseSetting>"))]
    pub phase: Option<Spanned<PhaseSetting>>,
    /// From which severity on a finding makes the run fail.
    #[cfg_attr(feature = "schema", schemars(with = "Option<FailOn>"))]
    pub fail_on: Option<Spanned<FailOn>>,
    /// The rules that speak: ids, beginnings of ids, or names; all, where it is left out.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<String>>"))]
    pub select: Option<Spanned<Vec<Spanned<String>>>>,
    /// The rules that don't.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub ignore: Vec<Spanned<String>>,
    /// The rules whose findings no comment, waiver or baseline of the repository suppresses.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub protected: Vec<Spanned<String>>,
    /// What a rule's findings weigh at most, by id, beginning of an id, or name.
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Severity>"))]
    pub severities: BTreeMap<Spanned<String>, Spanned<Severity>>,
    /// Further names of the plan's headings and keys.
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<Term, Vec<String>>"))]
    pub aliases: BTreeMap<Spanned<Term>, Spanned<Vec<String>>>,
    /// The file of findings that are known and don't count, as a path seen from this file.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub baseline: Option<Spanned<String>>,
    /// Other settings for some of the plans; later ones count more.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<OverrideTable>"))]
    pub r#override: Vec<Spanned<OverrideTable>>,
    /// Findings that somebody answers for.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<WaiverTable>"))]
    pub waiver: Vec<Spanned<WaiverTable>>,
    /// Packs that are read from files.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<PackTable>"))]
    pub pack: Vec<Spanned<PackTable>>,
}

/// The phase of a feature, or that its documents tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PhaseSetting {
    /// What the feature's documents say.
    #[default]
    Auto,
    /// Before Phase 0.
    Research,
    /// After Phase 1.
    Design,
    /// After Phase 2.
    Tasks,
    /// Every task is ticked.
    Delivered,
}

impl PhaseSetting {
    /// The phase, where one is said.
    #[must_use]
    pub fn phase(self) -> Option<Phase> {
        match self {
            Self::Auto => None,
            Self::Research => Some(Phase::Research),
            Self::Design => Some(Phase::Design),
            Self::Tasks => Some(Phase::Tasks),
            Self::Delivered => Some(Phase::Delivered),
        }
    }

    /// The word that stands in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.phase().map_or("auto", Phase::as_str)
    }
}

/// An `[[override]]`: other settings for some of the plans.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct OverrideTable {
    /// Globs of plans or of folders that hold them, seen from the file's folder, such as `specs/00*`.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub paths: Vec<Spanned<String>>,
    /// The phase that these features are taken to be in.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<PhaseSetting>"))]
    pub phase: Option<Spanned<PhaseSetting>>,
    /// Rules that speak here, although they are ignored elsewhere.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub select: Vec<Spanned<String>>,
    /// Rules that don't speak here.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub ignore: Vec<Spanned<String>>,
    /// What a rule's findings weigh here at most.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Severity>"))]
    pub severities: BTreeMap<Spanned<String>, Spanned<Severity>>,
}

/// A `[[waiver]]`: findings of one rule that somebody answers for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct WaiverTable {
    /// The rule's id or name.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub rule: Spanned<String>,
    /// Glob of the files or folders that it holds for, seen from the file's folder, such as
    /// `specs/012-*`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub path: Spanned<String>,
    /// Why the findings don't count.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub reason: Spanned<String>,
    /// Who answers for it.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub owner: Spanned<String>,
    /// The last day that it holds, as `2026-12-31`; it always holds, where it is left out.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub expires: Option<Spanned<Day>>,
}

/// A day: a TOML date, or the same in quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "WrittenDay")]
pub struct Day(pub(super) String);

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenDay {
    Date(toml::value::Datetime),
    Text(String),
}

impl From<WrittenDay> for Day {
    fn from(written: WrittenDay) -> Self {
        match written {
            WrittenDay::Date(date) => Self(date.to_string()),
            WrittenDay::Text(text) => Self(text),
        }
    }
}

/// A `[[pack]]`: a pack that is read from a file.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct PackTable {
    /// The file, seen from this one: a manifest (`.toml`), or a shared library.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub path: Option<Spanned<String>>,
    /// The SHA-256 that its bytes must have, as 64 hexadecimal digits.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub sha256: Option<Spanned<String>>,
    /// Whether a library runs in a process of its own; it does, where this is left out.
    #[serde(default)]
    pub isolate: Option<bool>,
    /// One library for each platform, by its target triple, instead of `path`.
    #[serde(default)]
    pub artifact: BTreeMap<String, ArtifactTable>,
}

/// A `[pack.artifact.<target-triple>]`: the library for one platform.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ArtifactTable {
    /// The library, seen from this file.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub path: Spanned<String>,
    /// The SHA-256 that its bytes must have, as 64 hexadecimal digits.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub sha256: Option<Spanned<String>>,
}
