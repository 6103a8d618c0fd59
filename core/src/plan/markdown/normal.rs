//! The normal form of a plan: what Markdown can say, and every plan that was read from Markdown has.

use crate::parse::{items_of, tree_root};
use crate::plan::{
    AssessedPrinciple, ComplexityRow, ComplexityTracking, ConstitutionCheck, Field, Group, Plan, ProjectStructure,
    TechnicalContext, Text, Tree, TreeEntry,
};

use super::escape;

impl Plan {
    /// The plan in its normal form, as every plan is that was read from Markdown:
    ///
    /// - white space is folded, and what may be absent is absent rather than empty;
    /// - a field has both its text and its items;
    /// - an entry of a tree has a path on one line without a slash at its end, and a tree's root
    ///   follows from its entries;
    /// - statements, items, groups and trees that say nothing are left out.
    ///
    /// ```
    /// use plangate_core::Plan;
    /// let plan: Plan = serde_json::from_str(
    ///     r#"{ "title": " Voting\nApp ", "summary": "", "technical_context": { "testing": { "text": "Vitest, axe" } } }"#,
    /// )?;
    /// let plan = plan.normalized();
    /// assert_eq!(plan.title.unwrap().text, "Voting App");
    /// assert!(plan.summary.is_none());
    /// assert_eq!(plan.technical_context.unwrap().testing.unwrap().items[1].text, "axe");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn normalized(&self) -> Self {
        let mut plan = self.clone();
        let metadata = &mut plan.metadata;
        for text in [&mut metadata.branch, &mut metadata.date, &mut metadata.spec, &mut metadata.input] {
            optional(text);
        }
        optional(&mut plan.title);
        optional(&mut plan.summary);
        plan.technical_context.iter_mut().for_each(technical_context);
        plan.constitution_checks.iter_mut().for_each(constitution_check);
        plan.project_structure.iter_mut().for_each(project_structure);
        plan.complexity_tracking.iter_mut().for_each(complexity_tracking);
        plan
    }

    /// Whether both say the same: spans, `sections` and `problems` don't count.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        said(self) == said(other)
    }
}

/// The plan as JSON without what tells where it stands.
fn said(plan: &Plan) -> Option<serde_json::Value> {
    let mut value = serde_json::to_value(plan).ok()?;
    without_places(&mut value);
    Some(value)
}

fn without_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            for key in ["span", "heading", "sections", "problems"] {
                map.remove(key);
            }
            map.values_mut().for_each(without_places);
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(without_places),
        _ => {}
    }
}

fn fold(text: &mut String) {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded != *text {
        *text = folded;
    }
}

fn optional(text: &mut Option<Text>) {
    if let Some(text) = text {
        fold(&mut text.text);
    }
    text.take_if(|text| text.text.is_empty());
}

fn optional_string(text: &mut Option<String>) {
    if let Some(text) = text {
        fold(text);
    }
    text.take_if(|text| text.is_empty());
}

fn texts(texts: &mut Vec<Text>) {
    texts.iter_mut().for_each(|text| fold(&mut text.text));
    texts.retain(|text| !text.text.is_empty());
}

fn technical_context(context: &mut TechnicalContext) {
    let fields = [
        &mut context.language_version, &mut context.primary_dependencies, &mut context.storage, &mut context.testing,
        &mut context.target_platform, &mut context.project_type, &mut context.performance_goals,
        &mut context.constraints, &mut context.scale_scope,
    ];
    fields.into_iter().flatten().for_each(field);
    for other in &mut context.other {
        fold(&mut other.key);
        field(&mut other.value);
    }
}

fn field(field: &mut Field) {
    fold(&mut field.text);
    texts(&mut field.items);
    if field.text.is_empty() {
        field.text = field.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("; ");
    } else if field.items.is_empty() {
        field.items = items_of(&escape::inline(&field.text)).into_iter().map(Text::from).collect();
    }
}

fn constitution_check(check: &mut ConstitutionCheck) {
    fold(&mut check.title.text);
    optional(&mut check.version);
    check.groups.iter_mut().for_each(group);
    check.groups.retain(|group| !group.title.is_empty());
    check.principles.iter_mut().for_each(principle);
    if let Some(overall) = &mut check.overall {
        fold(&mut overall.raw);
        fold(&mut overall.rationale);
    }
}

fn group(group: &mut Group) {
    fold(&mut group.title);
    optional_string(&mut group.version);
}

fn principle(principle: &mut AssessedPrinciple) {
    optional_string(&mut principle.ordinal);
    fold(&mut principle.name);
    optional_string(&mut principle.group);
    optional(&mut principle.raw_status);
    optional(&mut principle.notes);
    for question in &mut principle.questions {
        fold(&mut question.text);
        fold(&mut question.answer.rationale);
    }
    texts(&mut principle.statements);
}

fn project_structure(structure: &mut ProjectStructure) {
    structure.documentation.iter_mut().for_each(tree);
    structure.documentation.take_if(|tree| tree.entries.is_empty());
    structure.source.iter_mut().for_each(tree);
    structure.source.retain(|tree| !tree.entries.is_empty());
    optional(&mut structure.decision);
}

fn tree(tree: &mut Tree) {
    tree.entries.iter_mut().for_each(entry);
    tree.entries.retain(|entry| !entry.path.is_empty());
    tree.root = tree_root(&tree.entries);
}

fn entry(entry: &mut TreeEntry) {
    let line = entry.path.replace('\n', " ");
    let path = line.trim_start().trim_end_matches(|c: char| c == '/' || c.is_whitespace());
    entry.path = path.split("  # ").collect::<Vec<_>>().join(" # ");
    entry.comment = entry.comment.take().map(|comment| comment.replace('\n', " ").trim().to_owned());
    entry.comment.take_if(|comment| comment.is_empty());
}

fn complexity_tracking(tracking: &mut ComplexityTracking) {
    for ComplexityRow { violation, why_needed, simpler_alternative, .. } in &mut tracking.rows {
        [violation, why_needed, simpler_alternative].into_iter().for_each(|cell| fold(&mut cell.text));
    }
    optional(&mut tracking.statement);
}
