//! A plan as Markdown that reads back as the same plan, in the template's shape. Reading it is not
//! done here: [`crate::parse::plan`] does, and decides which form is needed.

mod check;
mod context;
pub(crate) mod escape;
mod headings;
mod normal;
mod structure;

use crate::parse;
use crate::plan::{ComplexityTracking, Metadata, Plan};

/// Opens a document that says what it means word by word, with nothing left to the reading of
/// free text. It stands on a line of its own at the very start.
pub(crate) const LITERAL: &str = "<!-- plangate-literal -->";
/// Opens the line that states a check's stage in a literal document.
pub(crate) const LITERAL_STAGE: &str = "<!-- stage: ";
/// The info string of a literal document's tree: a whole path on every line.
pub(crate) const LITERAL_PATHS: &str = "paths";

/// How a plan is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As people write plans.
    Free,
    /// Every status, stage and group said outright.
    Literal,
}

impl Plan {
    /// Writes the plan as Markdown, in the shape of the plan template. Read again, it is the same
    /// plan in its [normal form](Self::normalized), spans, `sections` and `problems` aside.
    ///
    /// Free text is ambiguous: a principle may be called "Summary", a note may open with "PASS".
    /// Where the plan in its natural shape would be read as another one, the document opens with
    /// `<!-- plangate-literal -->` and says outright what is otherwise read between the lines.
    ///
    /// ```
    /// use plangate_core::{Plan, parse};
    /// let plan: Plan = serde_json::from_str(
    ///     r#"{ "title": "Voting",
    ///          "constitution_checks": [ { "title": "Constitution Check", "stage": "before-research",
    ///            "principles": [ { "ordinal": "I", "name": "Real-time First", "status": "pass", "raw_status": "✅",
    ///              "questions": [ { "text": "Is it real-time?", "answer": { "verdict": "yes", "rationale": "live votes" } } ] } ] } ] }"#,
    /// )?;
    /// let text = plan.to_markdown();
    /// let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    /// assert_eq!(lines, [
    ///     "# Implementation Plan: Voting",
    ///     "## Constitution Check",
    ///     "**I. Real-time First** ✅",
    ///     "- Is it real-time? **YES** — live votes",
    /// ]);
    /// assert_eq!(parse::plan(&text).constitution_checks[0].principles[0].name, "Real-time First");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let plan = self.normalized();
        let free = Writer::write(&plan, Form::Free);
        if parse::plan(&free).says_the_same(&plan) { free } else { Writer::write(&plan, Form::Literal) }
    }
}

/// Puts blocks together, an empty line between each two.
struct Writer {
    out: String,
    form: Form,
}

impl Writer {
    fn write(plan: &Plan, form: Form) -> String {
        let mut writer = Self { out: String::new(), form };
        if writer.literal() {
            writer.block(LITERAL);
        }
        if let Some(title) = &plan.title {
            writer.heading(1, &format!("Implementation Plan: {}", escape::inline(&title.text)));
        }
        writer.metadata(&plan.metadata);
        if let Some(summary) = &plan.summary {
            writer.block("## Summary");
            writer.block(&escape::block(&summary.text));
        }
        if let Some(context) = &plan.technical_context {
            writer.technical_context(context);
        }
        writer.constitution_checks(&plan.constitution_checks);
        if let Some(structure) = &plan.project_structure {
            writer.project_structure(structure);
        }
        if let Some(tracking) = &plan.complexity_tracking {
            writer.complexity_tracking(tracking);
        }
        writer.out
    }

    fn literal(&self) -> bool {
        self.form == Form::Literal
    }

    fn block(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.block(format!("{} {}", "#".repeat(level), escape::closing_hash(text)).trim_end());
    }

    fn metadata(&mut self, metadata: &Metadata) {
        let plain = |text: &str| escape::inline(text);
        let mut lines: Vec<String> = Vec::new();
        let keys = [
            ("Branch", &metadata.branch, branch as fn(&str) -> String),
            ("Date", &metadata.date, plain),
            ("Spec", &metadata.spec, spec),
        ];
        for (key, value, show) in keys {
            lines.extend(value.as_ref().map(|value| format!("**{key}**: {}", show(&value.text))));
        }
        let between = if self.literal() { "  \n" } else { " | " };
        let mut block = lines.join(between);
        if let Some(input) = &metadata.input {
            if !block.is_empty() {
                block.push_str("  \n");
            }
            block.push_str(&format!("**Input**: {}", escape::inline(&input.text)));
        }
        if !block.is_empty() {
            self.block(&block);
        }
    }

    fn complexity_tracking(&mut self, tracking: &ComplexityTracking) {
        self.block("## Complexity Tracking");
        if !tracking.rows.is_empty() {
            let mut table = String::from(
                "| Violation | Why Needed | Simpler Alternative Rejected Because |\n\
                 |-----------|------------|-------------------------------------|",
            );
            for row in &tracking.rows {
                let cells = [&row.violation, &row.why_needed, &row.simpler_alternative];
                table.push_str("\n|");
                for cell in cells {
                    table.push_str(&format!(" {} |", escape::cell(&cell.text)));
                }
            }
            self.block(&table);
        }
        if let Some(statement) = &tracking.statement {
            self.block(&escape::block(&statement.text));
        }
    }
}

/// In code, as the template has it, where the name is one word.
fn branch(name: &str) -> String {
    if name.contains(['`', '\\']) || name.contains(char::is_whitespace) {
        escape::inline(name)
    } else {
        escape::code(name)
    }
}

/// A link where the text can be a target, else the text.
fn spec(target: &str) -> String {
    let path = target.contains('/') || target.ends_with(".md");
    if path && !target.contains(char::is_whitespace) { escape::link(target) } else { escape::inline(target) }
}
