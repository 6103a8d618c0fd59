//! Several plangate.toml, arguments and a policy → the [`Effective`] configuration, and where each of
//! its values comes from.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use super::error::Lines;
use super::file::{OverrideTable, PackTable, PhaseSetting, WaiverTable};
use super::{Config, ConfigError, ConfigFile, Override, PathGlob};
use crate::diagnostic::Place;
use crate::pack::{PackReference, sha256};
use crate::report::Policy;
use crate::source::Span;
use crate::suppression::Waiver;

/// One file, or one argument, of a configuration.
#[derive(Clone, Debug)]
pub struct Layer {
    path: Option<PathBuf>,
    shown: String,
    text: String,
    lines: Lines,
    file: ConfigFile,
    /// Another file builds on it.
    is_base: bool,
    /// Its globs are seen from the repository's root.
    from_root: bool,
}

impl Layer {
    fn of_file(path: &Path, shown: String, text: String, file: ConfigFile) -> Self {
        let (path, lines) = (Some(path.to_owned()), Lines::default());
        Self { path, shown, text, lines, file, is_base: false, from_root: false }
    }

    /// The same, called by its path.
    pub(super) fn at(self, path: &Path) -> Self {
        Self { path: Some(path.to_owned()), ..self }
    }

    pub(super) fn into_base(mut self) -> Self {
        (self.is_base, self.from_root) = (true, true);
        self
    }

    /// The text of a plangate.toml at `path`.
    ///
    /// # Errors
    /// Where it is no TOML, a key is unknown, or a value has the wrong form.
    pub fn of_text(path: &str, text: &str) -> Result<Self, ConfigError> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let file = ConfigFile::parse(path, text)?;
        Ok(Self::of_file(Path::new(path), path.to_owned(), text.to_owned(), file))
    }

    /// What an argument `KEY=VALUE` says. A value that is no TOML is a text.
    ///
    /// # Errors
    /// Where the key is unknown, or the value has the wrong form.
    pub fn of_argument(argument: &str) -> Result<Self, ConfigError> {
        let shown = format!("--config {argument}");
        let (key, value) = argument.split_once('=').unwrap_or((argument, ""));
        let written = format!("{} = {}", key.trim(), value.trim());
        let quoted = || format!("{} = {:?}", key.trim(), value.trim());
        let text = if toml::from_str::<toml::Table>(&written).is_ok() { written } else { quoted() };
        let file = ConfigFile::parse(&shown, &text).map_err(|error| ConfigError { line: None, ..error })?;
        Ok(Self { path: None, shown, text, lines: Lines::default(), file, is_base: false, from_root: true })
    }

    /// Has its globs seen from the repository's root, whatever folder it stands in.
    pub fn see_from_root(&mut self) {
        self.from_root = true;
    }

    /// What it says.
    #[must_use]
    pub fn file(&self) -> &ConfigFile {
        &self.file
    }

    /// The file; none for an argument.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folder that its paths are seen from.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// How messages call it.
    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether another file builds on it.
    pub(super) fn is_base(&self) -> bool {
        self.is_base
    }

    /// The folder that its globs are seen from: a file in `.config` or `.specify` speaks of what lies
    /// beside that folder.
    fn project(&self) -> &Path {
        let folder = self.folder();
        let inner = folder.file_name().is_some_and(|name| name == ".config" || name == ".specify");
        if inner { folder.parent().unwrap_or(folder) } else { folder }
    }

    /// Where it says something.
    pub(super) fn origin(&self, span: Range<usize>) -> Origin {
        match &self.path {
            Some(_) => Origin::File { path: self.shown.clone(), line: self.line(&span) },
            None => Origin::Argument(self.shown.clone()),
        }
    }

    fn line(&self, span: &Range<usize>) -> u32 {
        self.lines.of(&self.text, span.start)
    }

    /// What is wrong at a place of it.
    pub(super) fn fault(&self, span: Range<usize>, message: impl Into<String>) -> ConfigError {
        let line = self.path.as_ref().map(|_| self.line(&span));
        ConfigError { path: self.shown.clone(), line, message: message.into() }
    }
}

/// Where a value of the configuration was said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// In a file.
    File {
        /// The file, as seen from where plangate runs.
        path: String,
        /// 1-based line.
        line: u32,
    },
    /// On the command line, by this argument.
    Argument(String),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{path}:{line}"),
            Self::Argument(argument) => f.write_str(argument),
        }
    }
}

/// One value of the configuration that is in force, and where it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setting {
    /// The key, such as `fail-on` or `severities.PLN201`.
    pub key: String,
    /// The value as TOML; one element, where the key holds a list that adds up.
    pub value: String,
    /// Where it was said.
    pub origin: Origin,
    /// Whether the policy says it, so that a repository can't weaken it.
    pub floor: bool,
}

impl Setting {
    /// Whether the values of several files stand together.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        ADDING_UP.contains(&self.key.as_str())
    }
}

/// The configuration that is in force for one repository.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Effective {
    /// What it says.
    pub config: Config,
    /// Every value and where it comes from, in the order of keys and files.
    pub settings: Vec<Setting>,
    /// The policy's file and its SHA-256.
    pub policy: Option<Policy>,
    /// The text of each file, by its path relative to the repository's root.
    pub sources: Vec<(String, String)>,
    /// The file of known findings, where one is named.
    pub baseline: Option<PathBuf>,
    /// What the files say that the repository's own builds on.
    pub(super) base: Option<Box<Config>>,
    pub(super) layers: Vec<Layer>,
    pub(super) policy_layers: Vec<Layer>,
}

impl Effective {
    /// What follows from `layers`, a later one counting more, with `policy` as the floor, for the
    /// repository at `root`, a path with all links resolved.
    ///
    /// # Errors
    /// Where this version of plangate is not asked for, or a value is no glob, no day, no SHA-256.
    pub fn of(layers: Vec<Layer>, policy: Vec<Layer>, root: &Path) -> Result<Self, ConfigError> {
        let mut effective = Self::default();
        for (layers, floor) in [(&layers, false), (&policy, true)] {
            let mut config = Config::default();
            for layer in layers {
                if !floor && !layer.is_base && effective.base.is_none() {
                    effective.base = Some(Box::new(config.clone()));
                }
                let from_root = floor || layer.from_root;
                let mut reader = LayerReader { layer, root, from_root, config: &mut config, settings: Vec::new() };
                reader.read()?;
                let settings = reader.settings;
                for (key, value, span) in settings {
                    effective.settings.push(Setting { key, value, origin: layer.origin(span), floor });
                }
                if let Some(baseline) = &layer.file.baseline {
                    effective.baseline = Some(layer.folder().join(baseline.get_ref()));
                }
                if let Some(path) = &layer.path {
                    effective.sources.push((seen_from(root, path), layer.text.clone()));
                }
            }
            if floor && !layers.is_empty() {
                // A policy's waivers and packs are its own word, and add to the repository's.
                config.waivers.iter_mut().for_each(|waiver| waiver.of_policy = true);
                effective.config.waivers.append(&mut config.waivers);
                effective.config.pack_files.append(&mut config.pack_files);
                effective.config.floor = Some(Box::new(config));
            } else if !floor {
                effective.config = config;
            }
        }
        if let Some(Layer { path: Some(_), shown, text, .. }) = policy.last() {
            effective.policy = Some(Policy { path: shown.clone(), sha256: sha256(text.as_bytes()) });
        }
        effective.leave_last();
        effective.settings.sort_by_key(|setting| key_order(&setting.key));
        effective.layers = layers;
        effective.policy_layers = policy;
        Ok(effective)
    }

    /// Leaves of each key that holds one value what was said last.
    fn leave_last(&mut self) {
        let mut last: HashMap<(String, bool), Origin> = HashMap::new();
        for setting in self.settings.iter().filter(|setting| !setting.adds_up()) {
            last.insert((setting.key.clone(), setting.floor), setting.origin.clone());
        }
        self.settings.retain(|setting| {
            let said_last = last.get(&(setting.key.clone(), setting.floor));
            said_last.is_none_or(|origin| *origin == setting.origin)
        });
    }

    /// The entries that name none of `rules`, which are pairs of id and name: misspelled ones.
    ///
    /// # Errors
    /// The first of them.
    pub fn refuse_unknown(&self, rules: &[(&str, &str)]) -> Result<(), ConfigError> {
        for layer in self.layers.iter().chain(&self.policy_layers) {
            let file = &layer.file;
            let overrides = file.r#override.iter().map(Spanned::get_ref);
            let scoped = overrides.clone().flat_map(|scoped| scoped.select.iter().chain(&scoped.ignore));
            let severities = file.severities.keys().chain(overrides.flat_map(|scoped| scoped.severities.keys()));
            let selected = file.select.iter().flat_map(Spanned::get_ref);
            let codes = selected.chain(&file.ignore).chain(&file.protected).chain(scoped).chain(severities);
            for code in codes {
                if !rules.iter().any(|(id, name)| super::named(code.get_ref(), id, name).is_some()) {
                    return Err(unknown(layer, code, rules));
                }
            }
            for waiver in file.waiver.iter().map(Spanned::get_ref) {
                let rule = waiver.rule.get_ref();
                if rules.iter().any(|(id, name)| rule.eq_ignore_ascii_case(id) || rule == name) {
                    continue;
                }
                let several = rules.iter().find(|(id, name)| super::named(rule, id, name).is_some());
                return Err(match several {
                    Some((id, _)) => {
                        let message = format!("`{rule}` begins several rules, and a waiver names one, such as `{id}`");
                        layer.fault(waiver.rule.span(), message)
                    }
                    None => unknown(layer, &waiver.rule, rules),
                });
            }
        }
        Ok(())
    }
}

fn unknown(layer: &Layer, code: &Spanned<String>, rules: &[(&str, &str)]) -> ConfigError {
    let asked = code.get_ref();
    let known = rules.iter().flat_map(|(id, name)| [*id, *name]);
    let meant = match crate::spelling::nearest(known, asked).first() {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => "; `plangate rules` lists them all".to_owned(),
    };
    layer.fault(code.span(), format!("there is no rule `{asked}`{meant}"))
}

/// A configuration reads so many packs from files: each is read as a whole, and asked about every plan.
const MOST_PACKS: usize = 100;

/// Keys whose values of several files stand together.
const ADDING_UP: [&str; 6] = ["required-packs", "ignore", "protected", "override", "waiver", "pack"];

/// Keys in the order of the file's documentation.
const KEYS: [&str; 16] = [
    "required-version", "extends", "packs", "required-packs", "allow-dynamic", "phase", "fail-on", "select", "ignore",
    "protected", "severities", "aliases", "baseline", "override", "waiver", "pack",
];

fn key_order(key: &str) -> usize {
    let first = key.split('.').next().unwrap_or(key);
    KEYS.iter().position(|known| *known == first).unwrap_or(KEYS.len())
}

/// `path` as seen from the repository's root, with `/` and perhaps `..`.
fn seen_from(root: &Path, path: &Path) -> String {
    let common = root.ancestors().find(|folder| path.starts_with(folder));
    let Some(rest) = common.and_then(|folder| path.strip_prefix(folder).ok()) else {
        return path.display().to_string();
    };
    let up = root.components().count() - common.map_or(0, |folder| folder.components().count());
    // A file that shares no folder but the system's root with the repository is named as it is.
    if up > 0 && common.is_some_and(|folder| folder.parent().is_none()) {
        return path.display().to_string();
    }
    let parts = rest.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    std::iter::repeat_n("..".to_owned(), up).chain(parts).collect::<Vec<_>>().join("/")
}

/// Takes over what one layer says.
struct LayerReader<'a> {
    layer: &'a Layer,
    root: &'a Path,
    /// Whether its globs are seen from the repository's root, whatever folder it stands in.
    from_root: bool,
    config: &'a mut Config,
    settings: Vec<(String, String, Range<usize>)>,
}

impl LayerReader<'_> {
    fn read(&mut self) -> Result<(), ConfigError> {
        let file = &self.layer.file;
        self.version()?;
        if let Some(extends) = &file.extends {
            self.say("extends", quoted(extends.get_ref()), extends.span());
        }
        if let Some(packs) = &file.packs {
            self.config.packs = Some(texts(packs.get_ref()));
            self.say("packs", list(packs.get_ref()), packs.span());
        }
        for pack in &file.required_packs {
            self.config.required_packs.push(pack.get_ref().clone());
            self.say("required-packs", quoted(pack.get_ref()), pack.span());
        }
        if let Some(allow) = &file.allow_dynamic {
            self.config.allow_dynamic = Some(*allow.get_ref());
            self.say("allow-dynamic", allow.get_ref().to_string(), allow.span());
        }
        if let Some(phase) = &file.phase {
            self.config.phase = phase.get_ref().phase();
            self.say("phase", quoted(phase.get_ref().as_str()), phase.span());
        }
        if let Some(fail_on) = &file.fail_on {
            self.config.fail_on = Some(*fail_on.get_ref());
            self.say("fail-on", quoted(fail_on.get_ref().as_str()), fail_on.span());
        }
        if let Some(select) = &file.select {
            self.config.select = texts(select.get_ref());
            self.say("select", list(select.get_ref()), select.span());
        }
        for code in &file.ignore {
            self.config.ignore.push(code.get_ref().clone());
            self.say("ignore", quoted(code.get_ref()), code.span());
        }
        for code in &file.protected {
            self.config.protected.push(code.get_ref().clone());
            self.say("protected", quoted(code.get_ref()), code.span());
        }
        // The later of two equal ones counts, wherever the first one stands.
        let said_anew: HashSet<&String> = file.severities.keys().map(Spanned::get_ref).collect();
        self.config.severities.retain(|(known, _)| !said_anew.contains(known));
        for (code, severity) in &file.severities {
            self.config.severities.push((code.get_ref().clone(), *severity.get_ref()));
            self.say(&format!("severities.{}", code.get_ref()), quoted(severity.get_ref().as_str()), code.span());
        }
        self.aliases();
        if let Some(baseline) = &file.baseline {
            self.say("baseline", quoted(baseline.get_ref()), baseline.span());
        }
        for table in &file.r#override {
            let scoped = self.scoped(table.get_ref())?;
            self.config.overrides.push(scoped);
            self.say("override", shown_override(table.get_ref()), table.span());
        }
        for table in &file.waiver {
            let waiver = self.waiver(table)?;
            self.config.waivers.push(waiver);
            self.say("waiver", shown_waiver(table.get_ref()), table.span());
        }
        for table in &file.pack {
            if self.config.pack_files.len() == MOST_PACKS {
                let message = format!("more than {MOST_PACKS} packs are read from files; leave this one out");
                return Err(self.layer.fault(table.span(), message));
            }
            let pack = self.pack(table)?;
            self.say("pack", format!("{{ path = {} }}", quoted(&pack.path.display().to_string())), table.span());
            self.config.pack_files.push(pack);
        }
        Ok(())
    }

    fn say(&mut self, key: &str, value: String, span: Range<usize>) {
        self.settings.push((key.to_owned(), value, span));
    }

    fn version(&mut self) -> Result<(), ConfigError> {
        let Some(required) = &self.layer.file.required_version else { return Ok(()) };
        let asked = required.get_ref();
        let fault = |message: String| Err(self.layer.fault(required.span(), message));
        let Ok(requirement) = semver::VersionReq::parse(asked) else {
            return fault(format!("`{asked}` is no version requirement; write it as \">=0.1, <0.3\""));
        };
        let own = env!("CARGO_PKG_VERSION");
        if semver::Version::parse(own).is_ok_and(|own| !requirement.matches(&own)) {
            return fault(format!("plangate {asked} is required, and this is {own}; install a version that fits"));
        }
        self.say("required-version", quoted(asked), required.span());
        Ok(())
    }

    fn aliases(&mut self) {
        let tables = &self.layer.file.aliases;
        if tables.is_empty() {
            return;
        }
        let mut aliases = self.config.aliases.as_deref().cloned().unwrap_or_default();
        for (term, names) in tables {
            for name in names.get_ref() {
                aliases = aliases.with(*term.get_ref(), name);
            }
            let names: Vec<String> = names.get_ref().iter().map(|name| quoted(name)).collect();
            let key = format!("aliases.{}", term.get_ref().as_str());
            self.settings.push((key, format!("[{}]", names.join(", ")), term.span()));
        }
        self.config.aliases = Some(Arc::new(aliases));
    }

    fn scoped(&self, table: &OverrideTable) -> Result<Override, ConfigError> {
        let paths = table.paths.iter().map(|path| self.glob(path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Override {
            paths,
            phase: table.phase.as_ref().map(|phase| phase.get_ref().phase()),
            select: texts(&table.select),
            ignore: texts(&table.ignore),
            severities: table
                .severities
                .iter()
                .map(|(code, severity)| (code.get_ref().clone(), *severity.get_ref()))
                .collect(),
        })
    }

    fn waiver(&self, table: &Spanned<WaiverTable>) -> Result<Waiver, ConfigError> {
        let WaiverTable { rule, path, reason, owner, expires } = table.get_ref();
        for (key, text) in [("reason", reason), ("owner", owner)] {
            if text.get_ref().trim().is_empty() {
                let message = format!("the waiver of {} has an empty `{key}`; write who or why", rule.get_ref());
                return Err(self.layer.fault(text.span(), message));
            }
        }
        let mut waiver = Waiver::new(rule.get_ref(), self.glob(path)?, reason.get_ref(), owner.get_ref());
        if let Some(day) = expires {
            let Some(date) = crate::date::iso(&day.get_ref().0) else {
                let message = format!("`{}` is no day of the calendar; write it as 2026-12-31", day.get_ref().0);
                return Err(self.layer.fault(day.span(), message));
            };
            waiver = waiver.until(date.to_string());
        }
        if let Some(file) = &self.layer.path {
            let span = expires.as_ref().map_or(rule.span(), Spanned::span);
            let place = |span: Range<usize>| Place::new(seen_from(self.root, file), Span::new(span.start, span.end));
            waiver = waiver.written_at(place(rule.span()), place(span));
        }
        Ok(waiver)
    }

    fn glob(&self, path: &Spanned<String>) -> Result<PathGlob, ConfigError> {
        let glob = PathGlob::new(path.get_ref()).map_err(|message| self.layer.fault(path.span(), message))?;
        // Globs of a repository's own file are seen from that file; those of a base from the repository.
        Ok(match self.root.strip_prefix(self.layer.project()) {
            Ok(below) if !self.from_root && below != Path::new("") => {
                let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                glob.seen_from_above(parts.join("/") + "/")
            }
            _ => glob,
        })
    }

    fn pack(&self, table: &Spanned<PackTable>) -> Result<PackReference, ConfigError> {
        let PackTable { path, sha256, isolate, artifact } = table.get_ref();
        let own = artifact.get(host());
        let (path, sha256) = match (path, own) {
            (Some(path), None) if artifact.is_empty() => (path, sha256),
            (None, Some(artifact)) => (&artifact.path, &artifact.sha256),
            (None, None) if !artifact.is_empty() => {
                let known: Vec<&str> = artifact.keys().map(String::as_str).collect();
                let message = format!(
                    "the pack has no library for {}, only for {}; add [pack.artifact.{}] with its path",
                    host(),
                    known.join(", "),
                    host()
                );
                return Err(self.layer.fault(table.span(), message));
            }
            _ => {
                let message = "write either `path`, or one [pack.artifact.<target>] for each platform";
                return Err(self.layer.fault(table.span(), message));
            }
        };
        let mut pack = PackReference::new(self.layer.folder().join(path.get_ref()));
        if let Some(sha256) = sha256 {
            let digits = sha256.get_ref();
            if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                let message = "this is no SHA-256; write the 64 hexadecimal digits that `sha256sum` prints";
                return Err(self.layer.fault(sha256.span(), message));
            }
            pack = pack.pinned(digits.to_ascii_lowercase());
        }
        Ok(pack.isolated(isolate.unwrap_or(true)))
    }
}

/// The target triple that this build runs on, as far as its libraries tell platforms apart.
fn host() -> &'static str {
    macro_rules! triples {
        ($($arch:literal $name:literal),+) => {
            $(if cfg!(target_arch = $arch) {
                return if cfg!(all(target_os = "linux", target_env = "musl")) { concat!($name, "-unknown-linux-musl") }
                    else if cfg!(target_os = "linux") { concat!($name, "-unknown-linux-gnu") }
                    else if cfg!(target_os = "macos") { concat!($name, "-apple-darwin") }
                    else if cfg!(all(windows, target_env = "gnu")) { concat!($name, "-pc-windows-gnu") }
                    else if cfg!(windows) { concat!($name, "-pc-windows-msvc") }
                    else { $name };
            })+
        };
    }
    triples!("x86_64" "x86_64", "aarch64" "aarch64", "x86" "i686", "riscv64" "riscv64gc");
    std::env::consts::ARCH
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn texts(spanned: &[Spanned<String>]) -> Vec<String> {
    spanned.iter().map(|text| text.get_ref().clone()).collect()
}

fn list(spanned: &[Spanned<String>]) -> String {
    let texts: Vec<String> = spanned.iter().map(|text| quoted(text.get_ref())).collect();
    format!("[{}]", texts.join(", "))
}

fn shown_override(table: &OverrideTable) -> String {
    let mut parts = vec![format!("paths = {}", list(&table.paths))];
    parts.extend(
        table.phase.iter().map(|phase: &Spanned<PhaseSetting>| format!("phase = {}", quoted(phase.get_ref().as_str()))),
    );
    for (key, codes) in [("select", &table.select), ("ignore", &table.ignore)] {
        if !codes.is_empty() {
            parts.push(format!("{key} = {}", list(codes)));
        }
    }
    for (code, severity) in &table.severities {
        parts.push(format!("severities.{} = {}", code.get_ref(), quoted(severity.get_ref().as_str())));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn shown_waiver(table: &WaiverTable) -> String {
    let WaiverTable { rule, path, reason, owner, expires } = table;
    let mut parts: Vec<String> = [("rule", rule), ("path", path), ("reason", reason), ("owner", owner)]
        .into_iter()
        .map(|(key, text)| format!("{key} = {}", quoted(text.get_ref())))
        .collect();
    parts.extend(expires.iter().map(|day| format!("expires = {}", quoted(&day.get_ref().0))));
    format!("{{ {} }}", parts.join(", "))
}
