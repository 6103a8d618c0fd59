//! A feature whose plan was given as a model, and never had a text.

use super::{Document, DocumentKind, FeatureBuilder, State};
use crate::plan::Plan;

impl FeatureBuilder {
    /// The plan, known as a model: its text is what the model is written as, and its spans are bytes
    /// of that. What only stood in a text of its own can't be known, so that rules that look for it
    /// are not judged.
    ///
    /// ```
    /// use plangate_core::feature::{Feature, Part, State};
    /// use plangate_core::parse;
    /// let plan = parse::plan("# Implementation Plan: Voting\n\n<!-- Left over? -->\n");
    /// let feature = Feature::builder().plan_model("plan.json", &plan).build();
    /// assert_eq!(feature.plan_document().text, "# Implementation Plan: Voting\n");
    /// assert_eq!(feature.state(Part::PlanText), State::Unknown);
    /// ```
    #[must_use]
    pub fn plan_model(mut self, path: impl Into<String>, plan: &Plan) -> Self {
        self.plan_text = State::Unknown;
        self.document(Document::provided(DocumentKind::Plan, path, plan.to_markdown_with_headings()))
    }
}
