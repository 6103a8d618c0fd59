//! The TOML reader that the ecosystems with TOML manifests share.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::repository::{Dependency, Script};
use crate::source::Span;

/// One entry of a table.
pub(super) type Entry<'a, 'i> = (&'a Spanned<DeString<'i>>, &'a Spanned<DeValue<'i>>);

/// Parses TOML as far as it goes.
pub(super) fn parse(text: &str) -> (Spanned<DeTable<'_>>, Option<String>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let problem = errors.first().map(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        format!("is not valid TOML: {} on line {line}", error.message())
    });
    (table, problem)
}

/// The value at a path of keys.
pub(super) fn at<'a, 'i>(table: &'a DeTable<'i>, path: &[&str]) -> Option<&'a Spanned<DeValue<'i>>> {
    let (last, above) = path.split_last()?;
    let mut table = table;
    for key in above {
        table = get(table, key)?.get_ref().as_table()?;
    }
    get(table, last)
}

fn get<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Option<&'a Spanned<DeValue<'i>>> {
    table.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| value)
}

/// The table at a path of keys.
pub(super) fn table<'a, 'i>(root: &'a DeTable<'i>, path: &[&str]) -> Option<&'a DeTable<'i>> {
    at(root, path)?.get_ref().as_table()
}

/// The entries of the table at a path.
pub(super) fn entries<'a, 'i>(root: &'a DeTable<'i>, path: &[&str]) -> impl Iterator<Item = Entry<'a, 'i>> {
    table(root, path).into_iter().flat_map(DeTable::iter)
}

/// The strings of the array at a path, each with its place.
pub(super) fn strings<'a>(root: &'a DeTable<'_>, path: &[&str]) -> Vec<(&'a str, Span)> {
    let array = at(root, path).and_then(|value| value.get_ref().as_array());
    array.into_iter().flat_map(|array| array.iter()).filter_map(string).collect()
}

/// A string and its place.
pub(super) fn string<'a>(value: &'a Spanned<DeValue<'_>>) -> Option<(&'a str, Span)> {
    Some((value.get_ref().as_str()?, span(&value.span())))
}

/// A string at a path as a version that `name` stands for.
pub(super) fn version(root: &DeTable<'_>, path: &[&str], name: &str) -> Option<Dependency> {
    let (version, span) = string(at(root, path)?)?;
    Some(Dependency { name: name.to_owned(), version: Some(version.to_owned()), span })
}

/// An entry as a dependency: its version is the value, or the `version` of a table.
pub(super) fn dependency((key, value): Entry<'_, '_>) -> Dependency {
    let inner = value.get_ref();
    let version =
        inner.as_str().or_else(|| inner.as_table().and_then(|table| get(table, "version")?.get_ref().as_str()));
    Dependency { name: key.get_ref().to_string(), version: version.map(str::to_owned), span: entry_span((key, value)) }
}

/// The entries of the table at a path as dependencies.
pub(super) fn dependencies(root: &DeTable<'_>, path: &[&str]) -> Vec<Dependency> {
    entries(root, path).map(dependency).collect()
}

/// The entries of the table at a path as scripts: a string, or the first string of a table's `cmd`,
/// `shell`, `call` or `composite`.
pub(super) fn scripts(root: &DeTable<'_>, path: &[&str]) -> Vec<Script> {
    let command = |value: &Spanned<DeValue<'_>>| -> Option<String> {
        if let Some(text) = value.get_ref().as_str() {
            return Some(text.to_owned());
        }
        let table = value.get_ref().as_table()?;
        ["cmd", "shell", "call"].iter().find_map(|key| Some(get(table, key)?.get_ref().as_str()?.to_owned()))
    };
    entries(root, path)
        .filter_map(|(key, value)| {
            Some(Script { name: key.get_ref().to_string(), command: command(value)?, span: entry_span((key, value)) })
        })
        .collect()
}

/// From the key to the end of its value; the key alone where the value stands elsewhere (`[a.b]`).
pub(super) fn entry_span((key, value): Entry<'_, '_>) -> Span {
    let key = span(&key.span());
    let value = span(&value.span());
    if value.start >= key.end { key.to(value) } else { key }
}

/// A range of the parser's as a span.
pub(super) fn span(range: &std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
