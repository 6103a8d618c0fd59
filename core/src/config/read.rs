//! Finds plangate.toml and reads it, with all that it builds on. Where the bytes come from, disk or a
//! revision of git, is the reader's matter.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::line_of;
use super::{ConfigError, ConfigFile, Layer};
use crate::spelling::nearest;

/// What the file may be called, best first.
pub const FILE_NAMES: [&str; 4] =
    ["plangate.toml", ".plangate.toml", ".config/plangate.toml", ".specify/plangate.toml"];

/// More bytes than this are no configuration, all files together that build on each other.
const MOST_BYTES: u64 = 1024 * 1024;

/// A file can build on another so many times.
const MOST_BASES: usize = 8;

/// Reads the files of a configuration.
pub trait ConfigReader {
    /// The text of the file at `path`; nothing, where there is no such file.
    ///
    /// # Errors
    /// Where it is there and can't be read: what completes the sentence "plangate.toml …".
    fn read(&self, path: &Path) -> Result<Option<String>, String>;

    /// How messages call the file.
    fn shown(&self, path: &Path) -> String {
        path.display().to_string()
    }
}

/// Reads from disk.
#[derive(Clone, Debug)]
pub struct FromDisk {
    here: PathBuf,
    most: u64,
}

impl Default for FromDisk {
    fn default() -> Self {
        Self { here: PathBuf::new(), most: MOST_BYTES }
    }
}

impl FromDisk {
    /// Messages name files as seen from `here`, a folder with all links resolved.
    #[must_use]
    pub fn seen_from(here: impl Into<PathBuf>) -> Self {
        Self { here: here.into(), ..Self::default() }
    }

    /// Reads files of up to so many bytes: a configuration has less than 1 MiB, the findings of a large repository more.
    #[must_use]
    pub fn up_to(self, most: u64) -> Self {
        Self { most, ..self }
    }
}

impl ConfigReader for FromDisk {
    fn read(&self, path: &Path) -> Result<Option<String>, String> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if is_absence(&error) => return Ok(None),
            Err(error) => return Err(format!("could not be read ({error})")),
        };
        if !metadata.is_file() {
            return Err("is not a file".to_owned());
        }
        if metadata.len() > self.most {
            return Err(format!("holds {} bytes, more than the {} that are read", metadata.len(), self.most));
        }
        let bytes = fs::read(path).map_err(|error| format!("could not be read ({error})"))?;
        let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
        Ok(Some(text))
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.here).unwrap_or(path).display().to_string()
    }
}

fn is_absence(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// The plangate.toml of the repository at `root`, a path with all links resolved: in the root itself,
/// or in the nearest folder above it that still belongs to the same working copy of git.
///
/// # Errors
/// Where one is there and can't be read, or a folder holds two.
pub fn find(root: &Path, reader: &dyn ConfigReader) -> Result<Option<PathBuf>, ConfigError> {
    let top = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(root);
    for folder in root.ancestors().take_while(|folder| folder.starts_with(top)) {
        if let Some(file) = file_in(folder, reader)? {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// The plangate.toml of a folder.
fn file_in(folder: &Path, reader: &dyn ConfigReader) -> Result<Option<PathBuf>, ConfigError> {
    let mut found: Option<PathBuf> = None;
    for name in FILE_NAMES {
        let path = folder.join(name);
        if file_at(&path, reader)?.is_none() {
            continue;
        }
        if let Some(first) = &found {
            let message =
                format!("{} stands in the same folder, and only one can count; keep one", reader.shown(first));
            return Err(ConfigError { path: reader.shown(&path), line: None, message });
        }
        found = Some(path);
    }
    Ok(found)
}

/// The text of the file at `path`; nothing, where there is none.
///
/// # Errors
/// Where it can't be read.
pub fn file_at(path: &Path, reader: &dyn ConfigReader) -> Result<Option<String>, ConfigError> {
    reader.read(path).map_err(|reason| ConfigError {
        path: String::new(),
        line: None,
        message: format!("{} {reason}", reader.shown(path)),
    })
}

/// The file at `path` alone.
///
/// # Errors
/// Where it is not there, can't be read, or says what nobody understands.
pub fn layer(path: &Path, reader: &dyn ConfigReader) -> Result<Layer, ConfigError> {
    let shown = reader.shown(path);
    let text = file_at(path, reader)?;
    let text = text.ok_or_else(|| ConfigError::of_file(Path::new(&shown), "there is no such file"))?;
    Ok(Layer::of_text(&shown, &text)?.at(path))
}

/// The file at `path` behind those that it builds on, the deepest base first.
///
/// # Errors
/// Where one of them is not there, can't be read, says what nobody understands, or builds on itself.
pub fn layers_of(path: &Path, reader: &dyn ConfigReader) -> Result<Vec<Layer>, ConfigError> {
    let mut layers = vec![layer(path, reader)?];
    while let Some(extends) = layers.last().and_then(|layer| layer.file().extends.clone()) {
        let Some(last) = layers.last() else { break };
        let base = last.folder().join(extends.get_ref());
        let base = fs::canonicalize(&base).unwrap_or(base);
        let fault = |message: String| Err(last.fault(extends.span(), message));
        if layers.iter().any(|known| known.path() == Some(&base)) {
            return fault(format!("`{}` builds on this file in turn; remove one `extends`", extends.get_ref()));
        }
        if layers.len() > MOST_BASES {
            return fault(format!("more than {MOST_BASES} files build on each other; let this one build on the last"));
        }
        let Some(_) = file_at(&base, reader)? else {
            return fault(format!("there is no file `{}`; write its path as seen from this file", extends.get_ref()));
        };
        let base = layer(&base, reader)?.into_base();
        let bytes = layers.iter().chain([&base]).map(|layer| layer.text().len() as u64).sum::<u64>();
        if bytes > MOST_BYTES {
            return fault(format!(
                "with `{}` there are {bytes} bytes, more than the {MOST_BYTES} that are read",
                extends.get_ref()
            ));
        }
        layers.push(base);
    }
    layers.reverse();
    Ok(layers)
}

impl ConfigFile {
    /// Reads the text of a plangate.toml; messages call it `path`.
    ///
    /// # Errors
    /// Where it is no TOML, a key is unknown, or a value has the wrong form.
    pub fn parse(path: &str, text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| line_of(text, span.start));
            let said = error.span().and_then(|span| text.get(span)).unwrap_or_default();
            ConfigError { path: path.to_owned(), line, message: message(error.message(), said) }
        })
    }
}

/// What a message of the TOML reader means for whoever wrote the file. `said` is the text that it
/// blames.
fn message(message: &str, said: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let known = |quoted: std::iter::StepBy<std::iter::Skip<std::str::Split<'_, char>>>| {
        quoted.map(str::to_owned).collect::<Vec<_>>()
    };
    if message.starts_with("unknown field") {
        let asked = quoted.next().unwrap_or(said);
        return format!("there is no key `{asked}`{}", suggestion(&known(quoted), asked));
    }
    if message.starts_with("unknown variant") {
        let asked = quoted.next().unwrap_or(said);
        let known = known(quoted);
        return format!("`{asked}` is none of {}{}", known.join(", "), did_you_mean(&known, asked));
    }
    if let Some(missing) = message.strip_prefix("missing field ") {
        return format!("the key {missing} is missing; write it below this line");
    }
    let plain = message.replace("invalid type: ", "").replace("a sequence", "an array").replace("a map", "a table");
    match plain.split_once(", expected ") {
        Some((is, should)) if message.starts_with("invalid type") => format!("this is {is}; write {should}"),
        _ => plain.lines().collect::<Vec<_>>().join(", "),
    }
}

fn suggestion(known: &[String], asked: &str) -> String {
    match did_you_mean(known, asked) {
        nothing if nothing.is_empty() => format!("; there are {}", known.join(", ")),
        meant => meant,
    }
}

fn did_you_mean(known: &[String], asked: &str) -> String {
    // `requiredPacks` and `required_packs` are the same word in another's style.
    let kebab = |word: &str| {
        let mut out = String::new();
        for letter in word.chars() {
            if letter.is_uppercase() && !out.is_empty() {
                out.push('-');
            }
            out.extend(letter.to_lowercase());
        }
        out.replace('_', "-")
    };
    match nearest(known.iter().map(String::as_str), &kebab(asked)).first() {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fault(text: &str) -> String {
        ConfigFile::parse("plangate.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn a_mistake_is_told_with_its_line_and_what_to_write() {
        for (text, expected) in [
            ("\nslect = [\"PLN\"]", "plangate.toml:2: there is no key `slect`; did you mean `select`?"),
            ("requiredPacks = []", "plangate.toml:1: there is no key `requiredPacks`; did you mean `required-packs`?"),
            (
                "\n\nfail-on = \"eror\"",
                "plangate.toml:3: `eror` is none of error, warning, never; did you mean `error`?",
            ),
            ("[severities]\nPLN201 = \"loud\"", "plangate.toml:2: `loud` is none of info, warning, error"),
            ("ignore = \"PLN201\"", "plangate.toml:1: this is string \"PLN201\"; write an array"),
            ("select = [1]", "plangate.toml:1: this is integer `1`; write a string"),
            (
                "[[waiver]]\nrule = \"PLN201\"\npath = \"**\"\nowner = \"Ada\"",
                "plangate.toml:1: the key `reason` is missing; write it below this line",
            ),
            ("[[waiver]]\nrules = \"PLN201\"", "plangate.toml:2: there is no key `rules`; did you mean `rule`?"),
            (
                "[aliases]\nstorag = [\"Where\"]",
                "plangate.toml:2: `storag` is none of branch, date, spec, input, summary",
            ),
        ] {
            let fault = fault(text);
            assert!(fault.starts_with(expected), "{fault}");
        }
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        for text in ["\nselect = [", "\na = = b", "\nselect = []\nselect = []"] {
            let fault = fault(text);
            assert!(fault.starts_with("plangate.toml:2: ") || fault.starts_with("plangate.toml:3: "), "{fault}");
            assert_eq!(fault.lines().count(), 1);
        }
    }
}
