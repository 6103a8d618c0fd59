//! Reads the tables of a manifest, and collects what is wrong with them: types, missing and unknown keys.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::spelling;

/// One thing that is wrong, and where.
#[derive(Debug)]
pub(super) struct Wrong {
    /// Offset in bytes.
    pub(super) at: usize,
    pub(super) message: String,
}

/// So many terms, globs and other entries of lists are looked for: each is held against every document.
const MOST_ENTRIES: usize = 5_000;

/// What is wrong so far, and how many entries all lists had.
#[derive(Debug, Default)]
pub(super) struct Log {
    wrong: RefCell<Vec<Wrong>>,
    entries: Cell<usize>,
}

impl Log {
    pub(super) fn add(&self, at: usize, message: impl Into<String>) {
        self.wrong.borrow_mut().push(Wrong { at, message: message.into() });
    }

    pub(super) fn into_wrong(self) -> Vec<Wrong> {
        self.wrong.into_inner()
    }

    /// Counts the entry of a list; whether it is one too many, which is told once.
    fn is_too_many(&self, at: usize) -> bool {
        let before = self.entries.replace(self.entries.get() + 1);
        if before == MOST_ENTRIES {
            self.add(at, format!("all lists together hold more than {MOST_ENTRIES} entries; split the pack"));
        }
        before >= MOST_ENTRIES
    }
}

/// A value and where it stands, in bytes.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) at: usize,
}

impl<T> At<T> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> At<U> {
        At { value: change(self.value), at: self.at }
    }
}

/// A table whose keys are asked for one by one.
#[derive(Debug)]
pub(super) struct Table<'a, 'i> {
    /// What messages call it, such as `[pack]`.
    name: &'static str,
    table: &'a DeTable<'i>,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    known: Vec<&'static str>,
    log: &'a Log,
}

impl<'a, 'i> Table<'a, 'i> {
    pub(super) fn new(name: &'static str, table: &'a DeTable<'i>, at: usize, log: &'a Log) -> Self {
        Self { name, table, at, known: Vec::new(), log }
    }

    /// Whether a key stands.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// A string, where the key stands.
    pub(super) fn string(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(At { value: text.to_owned(), at: value.span().start }),
            None => self.mistyped(key, value, "a string"),
        }
    }

    /// A string that must stand, and hold a word.
    pub(super) fn required(&mut self, key: &'static str, example: &str) -> Option<At<String>> {
        if !self.holds(key) {
            self.known.push(key);
            self.log.add(self.at, format!("{} has no `{key}`; write {key} = {example}", self.name));
            return None;
        }
        let text = self.string(key)?;
        if text.value.trim().is_empty() {
            self.log.add(text.at, format!("`{key}` is empty; write {key} = {example}"));
            return None;
        }
        Some(text)
    }

    /// One of several words.
    pub(super) fn word<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Option<At<T>> {
        let text = self.string(key)?;
        self.one_of(key, text, words)
    }

    /// Several of several words.
    pub(super) fn words<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Vec<At<T>> {
        let texts = self.strings(key).into_iter();
        texts.filter_map(|text| self.one_of(key, text, words)).collect()
    }

    fn one_of<T: Copy>(&self, key: &str, text: At<String>, words: &[(&'static str, T)]) -> Option<At<T>> {
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(At { value: *value, at: text.at });
        }
        let known = words.iter().map(|(word, _)| *word);
        self.log.add(text.at, format!("`{key}` can't be \"{}\"{}", text.value, meant(known, &text.value)));
        None
    }

    /// A list of strings, none of them empty; the empty list where the key doesn't stand.
    pub(super) fn strings(&mut self, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            return self.mistyped(key, value, "a list of strings").unwrap_or_default();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                _ if self.log.is_too_many(item.span().start) => break,
                Some(text) if text.trim().is_empty() => {
                    self.log.add(item.span().start, format!("`{key}` holds an empty string"));
                }
                Some(text) => texts.push(At { value: text.to_owned(), at: item.span().start }),
                None => texts.extend(self.mistyped(key, item, "a list of strings")),
            }
        }
        texts
    }

    /// A flag.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        match value.get_ref().as_bool() {
            Some(flag) => Some(flag),
            None => self.mistyped(key, value, "true or false"),
        }
    }

    /// A table; `name` is what messages call it.
    pub(super) fn table(&mut self, key: &'static str, name: &'static str) -> Option<Table<'a, 'i>> {
        let value = self.get(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(Table::new(name, table, value.span().start, self.log)),
            None => self.mistyped(key, value, "a table"),
        }
    }

    /// A list of tables, as `[[name]]` writes them.
    pub(super) fn tables(&mut self, key: &'static str, name: &'static str) -> Vec<Table<'a, 'i>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let wrong = |value: &Spanned<DeValue<'_>>| {
            let message = format!("`{key}` is {}; write each as {name}", article(value.get_ref()));
            self.log.add(value.span().start, message);
        };
        let Some(items) = value.get_ref().as_array() else {
            wrong(value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push(Table::new(name, table, item.span().start, self.log)),
                None => wrong(item),
            }
        }
        tables
    }

    fn mistyped<T>(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) -> Option<T> {
        self.log.add(value.span().start, format!("`{key}` is {}, and not {wanted}", article(value.get_ref())));
        None
    }

    /// Says which keys are unknown, once all known ones were asked for.
    pub(super) fn finish(self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !self.known.contains(&name) {
                let known = self.known.iter().copied();
                let message = format!("unknown key `{name}` in {}{}", self.name, meant(known, name));
                self.log.add(key.span().start, message);
            }
        }
    }
}

/// "; did you mean `evidence`?", or all the words where none is near.
fn meant<'a>(known: impl Iterator<Item = &'a str> + Clone, asked: &str) -> String {
    if let Some(near) = spelling::nearest(known.clone(), asked).first() {
        return format!("; did you mean `{near}`?");
    }
    let known: Vec<String> = known.map(|word| format!("`{word}`")).collect();
    format!("; known are {}", known.join(", "))
}

/// "a number", "a table": what a value of a wrong type is.
fn article(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a flag",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What the TOML reader says, in one sentence without a full stop.
pub(super) fn malformed(error: &toml::de::Error) -> Wrong {
    let Range { start, .. } = error.span().unwrap_or_default();
    let message = error.message().trim_end_matches('.');
    let line = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    Wrong { at: start, message: format!("this is no TOML: {line}") }
}
