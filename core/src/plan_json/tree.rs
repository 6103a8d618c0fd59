//! A JSON text as a tree that knows where each value stands.

use std::collections::{HashMap, HashSet};

use jsonc_parser::ast::{self, Object, ObjectProp};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, parse_to_ast};
use serde_json::Value;

use super::JsonFault;
use crate::json_form;
use crate::source::Span;

/// The keys whose values name an object, so that a finding about it points at them.
const LABELS: &[&str] = &["name", "title", "text", "violation", "raw", "path", "key", "message", "verdict"];

/// A parsed JSON text.
pub(super) struct Tree<'a> {
    value: Value,
    root: ast::Value<'a>,
    /// Bytes of the byte order mark before it.
    offset: usize,
    large: Large,
}

/// For each object of many keys, by where it begins, the ranks of its properties in the order of their keys.
type Large = HashMap<usize, Vec<usize>>;

/// An object of so many keys is searched by their order.
const MANY_KEYS: usize = 32;

impl<'a> Tree<'a> {
    /// Parses strict JSON.
    pub(super) fn parse(text: &'a str) -> Result<Self, JsonFault> {
        let json = text.strip_prefix('\u{feff}').unwrap_or(text);
        let offset = text.len() - json.len();
        let no_json =
            |span, why: &str| JsonFault { span, pointer: String::new(), message: format!("no valid JSON: {why}") };
        let parsed = parse_to_ast(json, &CollectOptions::default(), &json_form::STRICT);
        let parsed = parsed.map_err(|error| {
            let why = error.kind().to_string();
            no_json(span(error.range(), offset), &lower_first(&why))
        })?;
        let root = parsed.value.ok_or_else(|| no_json(Span::at(offset), "the document is empty"))?;
        // What is left are numbers out of range and lone surrogates.
        let value = serde_json::from_str(json).map_err(|error| {
            no_json(Span::at(offset_of(json, error.line(), error.column()) + offset), &reason(&error))
        })?;
        let mut large = Large::new();
        order_keys(&root, &mut large);
        Ok(Self { value, root, offset, large })
    }

    /// The document.
    pub(super) fn value(&self) -> &Value {
        &self.value
    }

    /// The document, to be turned into something else. Places are known without it.
    pub(super) fn take_value(&mut self) -> Value {
        self.value.take()
    }

    /// Where what `pointer` leads to stands, as far as it can be followed: a text or a number itself,
    /// an object or a list by what names it.
    pub(super) fn place(&self, pointer: &str) -> Span {
        span(self.node(pointer).label(&self.large), self.offset)
    }

    /// Where the key stands that `pointer` ends in.
    pub(super) fn key(&self, pointer: &str) -> Span {
        let node = self.node(pointer);
        span(node.key.map_or_else(|| node.label(&self.large), Ranged::range), self.offset)
    }

    fn node(&self, pointer: &str) -> Node<'_, 'a> {
        let mut node = Node { value: &self.root, key: None };
        for step in pointer.split('/').skip(1) {
            let Some(child) = node.child(&step.replace("~1", "/").replace("~0", "~"), &self.large) else { break };
            node = child;
        }
        node
    }

    /// The keys that stand twice in one object, of which only the last one would count.
    pub(super) fn repeated_keys(&self) -> Vec<JsonFault> {
        let mut faults = Vec::new();
        self.collect_repeated(&self.root, &mut String::new(), &mut faults);
        faults
    }

    fn collect_repeated(&self, value: &ast::Value<'_>, pointer: &mut String, faults: &mut Vec<JsonFault>) {
        let length = pointer.len();
        match value {
            ast::Value::Object(object) => {
                let mut seen = HashSet::new();
                for property in &object.properties {
                    let key = property.name.as_str();
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                    if !seen.insert(key) {
                        let span = span(property.name.range(), self.offset);
                        let message = format!("the key `{key}` stands here again");
                        faults.push(JsonFault { span, pointer: pointer.clone(), message });
                    }
                    self.collect_repeated(&property.value, pointer, faults);
                    pointer.truncate(length);
                }
            }
            ast::Value::Array(array) => {
                for (at, element) in array.elements.iter().enumerate() {
                    pointer.push_str(&format!("/{at}"));
                    self.collect_repeated(element, pointer, faults);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }
}

/// A value and the key in front of it.
#[derive(Clone, Copy)]
struct Node<'t, 'a> {
    value: &'t ast::Value<'a>,
    key: Option<&'t ast::ObjectPropName<'a>>,
}

impl<'t, 'a> Node<'t, 'a> {
    fn child(self, step: &str, large: &Large) -> Option<Self> {
        match self.value {
            ast::Value::Object(object) => {
                let ObjectProp { name, value, .. } = property(object, step, large)?;
                Some(Self { value, key: Some(name) })
            }
            ast::Value::Array(array) => {
                Some(Self { value: array.elements.get(step.parse::<usize>().ok()?)?, key: None })
            }
            _ => None,
        }
    }

    /// The value, or what names it: a text inside of it, its key, its bracket.
    fn label(self, large: &Large) -> Range {
        let named = match self.value {
            ast::Value::Object(object) => {
                let text = |label: &&str| match &property(object, label, large)?.value {
                    ast::Value::StringLit(text) => Some(text.range),
                    _ => None,
                };
                LABELS.iter().find_map(text)
            }
            ast::Value::Array(_) => None,
            scalar => return scalar.range(),
        };
        let start = self.value.range().start;
        named.or_else(|| self.key.map(Ranged::range)).unwrap_or(Range { start, end: start + 1 })
    }
}

/// The property that counts where a key stands several times: the last one.
fn property<'t, 'a>(object: &'t Object<'a>, key: &str, large: &Large) -> Option<&'t ObjectProp<'a>> {
    let Some(ranks) = large.get(&object.range.start) else {
        return object.properties.iter().rev().find(|property| property.name.as_str() == key);
    };
    let behind = ranks.partition_point(|rank| object.properties[*rank].name.as_str() <= key);
    let property = &object.properties[*ranks.get(behind.checked_sub(1)?)?];
    (property.name.as_str() == key).then_some(property)
}

fn order_keys(value: &ast::Value<'_>, large: &mut Large) {
    match value {
        ast::Value::Object(object) => {
            if object.properties.len() >= MANY_KEYS {
                let mut ranks: Vec<usize> = (0..object.properties.len()).collect();
                // Equal keys stay in the order of the text.
                ranks.sort_by_key(|rank| object.properties[*rank].name.as_str());
                large.insert(object.range.start, ranks);
            }
            object.properties.iter().for_each(|property| order_keys(&property.value, large));
        }
        ast::Value::Array(array) => array.elements.iter().for_each(|element| order_keys(element, large)),
        _ => {}
    }
}

fn span(range: Range, offset: usize) -> Span {
    Span::new(range.start + offset, range.end + offset)
}

/// The byte that serde_json counts as `column` of `line`.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

/// What serde_json says, without the place behind it.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
