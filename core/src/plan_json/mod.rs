//! A [`PlanJson`]: a plan that was given as JSON, and where in that JSON each of its parts stands.

mod places;
mod tree;

use serde::Deserialize;

use crate::feature::{Feature, FeatureBuilder};
use crate::parse;
use crate::plan::Plan;
use crate::report::PlanReport;
use crate::schema::{self, Kind};
use crate::source::Span;
use places::Places;
use tree::Tree;

/// More bytes than this are no plan as JSON: the largest plan that was seen takes a tenth of it.
const MOST_JSON_BYTES: usize = 1024 * 1024;

/// A plan that was given as JSON.
///
/// It is checked as the Markdown that it is written as; [`Self::relocate`] leads what was found back
/// to the JSON.
///
/// ```
/// use plangate_core::plan_json::PlanJson;
/// use plangate_core::{Engine, Feature};
///
/// let text = "{\n  \"title\": \"Voting\",\n  \"metadata\": { \"date\": \"[DATE]\" }\n}\n";
/// let plan = PlanJson::read(text).expect("it fits the schema");
/// let mut report = Engine::builder().build()?.evaluate(&plan.feature("plan.json").build());
/// plan.relocate(&mut report);
/// let left = report.findings.iter().find(|finding| finding.rule == "PLN002").expect("a placeholder is left");
/// assert_eq!((left.start.line, left.start.column), (3, 26));
///
/// let faults = PlanJson::read("{ \"title\": 1 }").expect_err("a title is text");
/// assert_eq!(faults[0].to_string(), "/title: expected text or null, found 1");
/// assert_eq!(faults[0].span.start, 11);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct PlanJson {
    text: String,
    plan: Plan,
    places: Places,
}

/// Why a text is no plan as JSON: one of its mistakes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", if pointer.is_empty() { String::new() } else { format!("{pointer}: ") })]
#[non_exhaustive]
pub struct JsonFault {
    /// Where, in bytes.
    pub span: Span,
    /// Where, as a JSON Pointer (RFC 6901); empty for the whole document and for what is no JSON.
    pub pointer: String,
    /// What is wrong and what was expected: lower case, no full stop.
    pub message: String,
}

impl PlanJson {
    /// Whether `text` is meant as JSON: its first character opens an object.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
    }

    /// Reads a plan as `plangate parse` writes it. Spans, `sections` and `problems` may be left out.
    ///
    /// # Errors
    /// Where the text is no JSON, holds more than 1 MiB, or does not fit the schema of a plan: every
    /// mistake, in the order of the text, or the first one of the syntax.
    pub fn read(text: impl Into<String>) -> Result<Self, Vec<JsonFault>> {
        let text = text.into();
        if text.len() > MOST_JSON_BYTES {
            let message = format!("it holds {} bytes, more than the {MOST_JSON_BYTES} that are read", text.len());
            return Err(vec![JsonFault { span: Span::at(0), pointer: String::new(), message }]);
        }
        let mut tree = Tree::parse(&text).map_err(|fault| vec![fault])?;
        let mut faults = tree.repeated_keys();
        faults.extend(schema::validate(Kind::Plan, tree.value()).into_iter().map(|error| JsonFault {
            span: if error.of_key { tree.key(&error.pointer) } else { tree.place(&error.pointer) },
            pointer: error.pointer,
            message: error.message,
        }));
        if !faults.is_empty() {
            faults.sort_by_key(|fault| fault.span);
            return Err(faults);
        }
        let plan = Plan::deserialize(tree.take_value()).map_err(|error| {
            vec![JsonFault { span: tree.place(""), pointer: String::new(), message: error.to_string() }]
        })?;
        let markdown = plan.to_markdown_with_headings();
        let places = Places::new(&plan, &tree, &parse::plan(&markdown), markdown);
        Ok(Self { plan, places, text })
    }

    /// The plan. Its spans are those that the JSON states.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The JSON.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A feature of this plan, whose document goes by `path`.
    #[must_use]
    pub fn feature(&self, path: impl Into<String>) -> FeatureBuilder {
        Feature::builder().plan_model(path, &self.plan)
    }

    /// Leads every place in the plan, as a report of [`Self::feature`] has it, back to the JSON. Fixes
    /// of the plan are left out: they change Markdown.
    pub fn relocate(&self, report: &mut PlanReport) {
        let path = report.path.clone();
        report.move_places(&path, &self.text, |span| self.places.of(&self.text, span));
    }
}
