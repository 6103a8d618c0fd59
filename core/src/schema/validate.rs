//! Holds a document against its schema, and says in short sentences what does not fit.

use std::fmt;
use std::sync::OnceLock;

use jsonschema::Validator;
use jsonschema::error::{TypeKind, ValidationError, ValidationErrorKind};
use serde_json::Value;

use super::{Kind, of};
use crate::spelling;

/// So many unknown keys of one object are compared with the known ones.
const MOST_COMPARED: usize = 100;

/// Something in a document that does not fit its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemaError {
    /// Where, as a JSON Pointer (RFC 6901); empty for the whole document. A key that nobody knows is
    /// pointed at itself, a key that is missing by the object that lacks it.
    pub pointer: String,
    /// Whether the key that the pointer ends in is wrong, and not its value.
    pub of_key: bool,
    /// What is wrong and what was expected: lower case, no full stop.
    pub message: String,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

/// What in `document` does not fit the schema of `kind`; nothing, where it fits. The schema is
/// compiled at the first call.
///
/// ```
/// use plangate_core::schema::{Kind, validate};
/// let errors = validate(Kind::Plan, &serde_json::json!({ "constitution_checks": [ { "stage": "later" } ] }));
/// assert_eq!(errors.len(), 1);
/// assert_eq!(
///     errors[0].to_string(),
///     "/constitution_checks/0/stage: expected `before-research`, `after-design` or `unknown`, found \"later\"",
/// );
/// ```
#[must_use]
pub fn validate(kind: Kind, document: &Value) -> Vec<SchemaError> {
    let Compiled { schema, validator } = compiled(kind);
    let mut errors = Vec::new();
    for error in validator.iter_errors(document) {
        explain(schema, &error, &mut errors);
    }
    errors.dedup();
    errors
}

struct Compiled {
    schema: Value,
    validator: Validator,
}

fn compiled(kind: Kind) -> &'static Compiled {
    static COMPILED: [OnceLock<Compiled>; Kind::ALL.len()] = [const { OnceLock::new() }; Kind::ALL.len()];
    let at = Kind::ALL.iter().position(|known| *known == kind).expect("every kind is in the list");
    COMPILED[at].get_or_init(|| {
        let schema = of(kind);
        let validator = jsonschema::validator_for(&schema).expect("tests compile the schema of every kind");
        Compiled { schema, validator }
    })
}

/// Says what `error` means; of alternatives, what is wrong with the one that was meant.
fn explain(schema: &Value, error: &ValidationError<'_>, errors: &mut Vec<SchemaError>) {
    let pointer = error.instance_path().as_str();
    let found = describe(error.instance());
    let mut say = |pointer: String, message: String| errors.push(SchemaError { pointer, of_key: false, message });
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            let known = properties(schema, error.schema_path().as_str());
            for (at, key) in unexpected.iter().enumerate() {
                let pointer = format!("{pointer}/{}", escaped(key));
                let known = if at < MOST_COMPARED { &known[..] } else { &[] };
                errors.push(SchemaError { pointer, of_key: true, message: unknown_key(key, known) });
            }
        }
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            say(pointer.to_owned(), format!("the key `{key}` is missing"));
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            match alternatives(context) {
                Alternatives::Words(words) => {
                    say(pointer.to_owned(), format!("expected {}, found {found}", one_of(&words)));
                }
                Alternatives::Meant(meant) => meant.iter().for_each(|error| explain(schema, error, errors)),
            }
        }
        kind => {
            let message = match expected(kind) {
                Some(words) => format!("expected {}, found {found}", one_of(&words)),
                None => error.to_string(),
            };
            say(pointer.to_owned(), message);
        }
    }
}

/// What could have stood at the place of an error about a single value.
fn expected(kind: &ValidationErrorKind) -> Option<Vec<String>> {
    let code = |value: &Value| value.as_str().map_or_else(|| value.to_string(), |word| format!("`{word}`"));
    Some(match kind {
        ValidationErrorKind::Type { kind: TypeKind::Single(one) } => vec![type_name(one.as_str()).to_owned()],
        ValidationErrorKind::Type { kind: TypeKind::Multiple(types) } => {
            types.iter().map(|one| type_name(one.as_str()).to_owned()).collect()
        }
        ValidationErrorKind::Enum { options } => options.as_array()?.iter().map(code).collect(),
        ValidationErrorKind::Constant { expected_value } => vec![code(expected_value)],
        ValidationErrorKind::Minimum { limit } => vec![format!("a number of at least {limit}")],
        ValidationErrorKind::Maximum { limit } => vec![format!("a number of at most {limit}")],
        ValidationErrorKind::MinLength { limit: 1 } | ValidationErrorKind::MinItems { limit: 1 } => {
            vec!["something that is not empty".to_owned()]
        }
        ValidationErrorKind::Pattern { pattern } => vec![format!("text that matches {pattern}")],
        _ => return None,
    })
}

/// What became of a value that fits none of several alternatives.
enum Alternatives<'a> {
    /// It could have been any of these.
    Words(Vec<String>),
    /// It was meant as one of them, and this is wrong with it.
    Meant(&'a [ValidationError<'static>]),
}

/// Of the alternatives that were tried, the one that was meant: whose tag fits, else whose first
/// mistake lies deepest. Where none was, all that could have stood there.
fn alternatives<'a>(tried: &'a [Vec<ValidationError<'static>>]) -> Alternatives<'a> {
    let depth = |error: &ValidationError<'_>| error.instance_path().as_str().matches('/').count();
    let top = tried.iter().flatten().map(depth).min().unwrap_or_default();
    // An alternative fails at the value itself only if the value is another kind of thing.
    let inside = |errors: &&Vec<ValidationError<'static>>| {
        !errors.iter().any(|error| depth(error) == top && expected(error.kind()).is_some())
    };
    let tagged = |errors: &&Vec<ValidationError<'static>>| {
        !errors.iter().any(|error| {
            depth(error) == top + 1
                && matches!(error.kind(), ValidationErrorKind::Constant { .. } | ValidationErrorKind::Enum { .. })
        })
    };
    let meant = tried.iter().filter(inside).find(tagged).or_else(|| tried.iter().find(inside));
    if let Some(errors) = meant {
        return Alternatives::Meant(errors);
    }
    let mut words: Vec<String> = Vec::new();
    for word in
        tried.iter().flatten().filter(|error| depth(error) == top).filter_map(|error| expected(error.kind())).flatten()
    {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Alternatives::Words(words)
}

fn unknown_key(key: &str, known: &[&str]) -> String {
    match spelling::nearest(known.iter().copied(), key).first() {
        Some(nearest) => format!("there is no key `{key}`; did you mean `{nearest}`?"),
        None if known.is_empty() => format!("there is no key `{key}` here"),
        None => format!("there is no key `{key}` here; there are {}", known.join(", ")),
    }
}

/// The keys that stand beside the keyword at `path` of the schema.
fn properties<'a>(schema: &'a Value, path: &str) -> Vec<&'a str> {
    let object = path.rsplit_once('/').map_or("", |(object, _)| object);
    let properties = schema.pointer(object).and_then(|object| object.get("properties")).and_then(Value::as_object);
    properties.into_iter().flatten().map(|(key, _)| key.as_str()).filter(|key| *key != "$schema").collect()
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn type_name(name: &str) -> &str {
    match name {
        "array" => "a list",
        "boolean" => "true or false",
        "integer" => "a whole number",
        "number" => "a number",
        "object" => "an object",
        "string" => "text",
        other => other,
    }
}

/// The value in a few words.
fn describe(value: &Value) -> String {
    const LONGEST: usize = 40;
    match value {
        Value::Null => "null".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > LONGEST => {
            let start: String = text.chars().take(LONGEST).collect();
            format!("{:?}", format!("{start}…"))
        }
        other => other.to_string(),
    }
}

/// "a", "a or b", "a, b or c".
fn one_of(words: &[String]) -> String {
    match words {
        [] => "something else".to_owned(),
        [word] => word.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What `validate` says to a plan.
    #[track_caller]
    fn check(plan: &Value, expected: &[&str]) {
        let errors: Vec<String> = validate(Kind::Plan, plan).iter().map(ToString::to_string).collect();
        assert_eq!(errors, expected);
    }

    #[test]
    fn what_fits_says_nothing() {
        check(&json!({}), &[]);
        check(&json!({ "$schema": "plan.json", "title": null, "summary": "Vote", "complexity_tracking": null }), &[]);
    }

    #[test]
    fn a_value_of_another_kind_is_told() {
        check(&json!([]), &["expected an object, found a list"]);
        check(&json!({ "title": 3 }), &["/title: expected text or null, found 3"]);
        check(
            &json!({ "sections": [ { "title": "A", "level": "1" } ] }),
            &["/sections/0/level: expected a whole number, found \"1\""],
        );
    }

    #[test]
    fn an_alternative_to_null_is_looked_into() {
        check(&json!({ "complexity_tracking": 1 }), &["/complexity_tracking: expected an object or null, found 1"]);
        check(
            &json!({ "complexity_tracking": { "rows": {} } }),
            &["/complexity_tracking/rows: expected a list, found an object"],
        );
    }

    #[test]
    fn words_that_could_have_stood_there_are_listed() {
        let status = |status: &str| json!({ "constitution_checks": [ { "principles": [ { "status": status } ] } ] });
        check(
            &status("passed"),
            &[
                "/constitution_checks/0/principles/0/status: expected `pass`, `attention`, `blocked`, `not-applicable` or `undecided`, found \"passed\"",
            ],
        );
    }

    #[test]
    fn unknown_and_missing_keys_are_told() {
        check(&json!({ "sumary": "Vote" }), &["/sumary: there is no key `sumary`; did you mean `summary`?"]);
        check(
            &json!({ "metadata": { "a/b": 1 } }),
            &["/metadata/a~1b: there is no key `a/b` here; there are branch, date, input, spec"],
        );
        check(&json!({ "sections": [ { "title": "A" } ] }), &["/sections/0: the key `level` is missing"]);
    }

    #[test]
    fn the_schema_of_every_kind_compiles() {
        for kind in Kind::ALL.iter().copied() {
            assert!(!validate(kind, &Value::Null).is_empty(), "{kind:?}");
        }
    }
}
