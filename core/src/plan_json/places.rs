//! Which part of the JSON became which part of the Markdown.

use std::collections::{HashMap, VecDeque};

use super::tree::Tree;
use crate::plan::{
    AssessedPrinciple, ComplexityTracking, ConstitutionCheck, Field, OverallStatus, Plan, ProjectStructure,
    TechnicalContext, Text,
};
use crate::source::Span;

/// Pairs of places in the Markdown and in the JSON.
#[derive(Clone, Debug)]
pub(super) struct Places {
    markdown: String,
    /// In the Markdown, in the JSON; the smallest first.
    pairs: Vec<(Span, Span)>,
}

impl Places {
    /// The places of `plan`, which stands in `json` and was written as `markdown`, `written` read again.
    pub(super) fn new(plan: &Plan, json: &Tree<'_>, written: &Plan, markdown: String) -> Self {
        // The spans carry the JSON's places through the normal form, which leaves out what is empty.
        let mut plan = plan.clone();
        visit(&mut plan, &mut |pointer, span| *span = json.place(pointer));
        let mut in_json = HashMap::new();
        visit(&mut plan.normalized(), &mut |pointer, span| {
            // The items of a field that states none were made of its text, and stand nowhere.
            if *span != Span::default() {
                in_json.insert(pointer.to_owned(), *span);
            }
        });
        let mut pairs = Vec::new();
        visit(&mut written.clone(), &mut |pointer, span| {
            pairs.extend(in_json.get(pointer).map(|found| (*span, *found)));
        });
        pairs.extend(headings(&plan, json, written));
        pairs.sort_by_key(|(span, _)| span.len());
        Self { markdown, pairs }
    }

    /// Where in `json` that stands which `span` of the Markdown says: the smallest part that holds all
    /// of it, and of a text only the words that are meant, where they can be found.
    pub(super) fn of(&self, json: &str, span: Span) -> Span {
        let found = self.pairs.iter().find(|(place, _)| place.encloses(span));
        let Some((_, part)) = found else {
            let start = json.find('{').unwrap_or_default();
            return Span::new(start, start + 1);
        };
        let words = span.text(&self.markdown).trim();
        let raw = part.text(json);
        let mut places = raw.match_indices(words).filter(|_| !words.is_empty() && raw.starts_with('"'));
        match (places.next(), places.next()) {
            (Some((at, words)), None) => {
                let start = part.range().start + at;
                Span::new(start, start + words.len())
            }
            _ => *part,
        }
    }
}

/// The headings, which belong to no node of the model.
fn headings(plan: &Plan, json: &Tree<'_>, written: &Plan) -> Vec<(Span, Span)> {
    let mut stated: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, section) in plan.sections.iter().enumerate() {
        stated.entry(&section.title).or_default().push_back(at);
    }
    let mut pairs = Vec::new();
    for (at, section) in written.sections.iter().enumerate() {
        if let Some(known) = stated.get_mut(section.title.as_str()).and_then(VecDeque::pop_front) {
            pairs.push((section.heading, json.place(&format!("/sections/{known}"))));
        } else if at == 0 && section.level == 1 {
            pairs.push((section.heading, json.place("/title")));
        }
        let summary =
            written.summary.as_ref().filter(|summary| section.level > 1 && section.span.encloses(summary.span));
        pairs.extend(summary.map(|_| (section.span, json.place("/summary"))));
    }
    pairs
}

/// Shows every span of a plan with the pointer to its node.
fn visit(plan: &mut Plan, see: &mut dyn FnMut(&str, &mut Span)) {
    optional(&mut plan.title, "/title", see);
    let metadata = &mut plan.metadata;
    for (key, text) in [
        ("branch", &mut metadata.branch),
        ("date", &mut metadata.date),
        ("spec", &mut metadata.spec),
        ("input", &mut metadata.input),
    ] {
        optional(text, &format!("/metadata/{key}"), see);
    }
    optional(&mut plan.summary, "/summary", see);
    if let Some(context) = &mut plan.technical_context {
        technical_context(context, see);
    }
    for (at, check) in plan.constitution_checks.iter_mut().enumerate() {
        constitution_check(check, &format!("/constitution_checks/{at}"), see);
    }
    if let Some(structure) = &mut plan.project_structure {
        project_structure(structure, see);
    }
    if let Some(tracking) = &mut plan.complexity_tracking {
        complexity_tracking(tracking, see);
    }
}

fn optional(text: &mut Option<Text>, pointer: &str, see: &mut dyn FnMut(&str, &mut Span)) {
    if let Some(text) = text {
        see(pointer, &mut text.span);
    }
}

fn technical_context(context: &mut TechnicalContext, see: &mut dyn FnMut(&str, &mut Span)) {
    const AT: &str = "/technical_context";
    see(AT, &mut context.span);
    for (key, value) in [
        ("language_version", &mut context.language_version),
        ("primary_dependencies", &mut context.primary_dependencies),
        ("storage", &mut context.storage),
        ("testing", &mut context.testing),
        ("target_platform", &mut context.target_platform),
        ("project_type", &mut context.project_type),
        ("performance_goals", &mut context.performance_goals),
        ("constraints", &mut context.constraints),
        ("scale_scope", &mut context.scale_scope),
    ] {
        if let Some(value) = value {
            field(value, &format!("{AT}/{key}"), see);
        }
    }
    for (at, other) in context.other.iter_mut().enumerate() {
        field(&mut other.value, &format!("{AT}/other/{at}/value"), see);
    }
}

fn field(value: &mut Field, at: &str, see: &mut dyn FnMut(&str, &mut Span)) {
    see(at, &mut value.span);
    each(&mut value.items, &format!("{at}/items"), see);
}

fn each(texts: &mut [Text], at: &str, see: &mut dyn FnMut(&str, &mut Span)) {
    for (index, text) in texts.iter_mut().enumerate() {
        see(&format!("{at}/{index}"), &mut text.span);
    }
}

fn constitution_check(check: &mut ConstitutionCheck, at: &str, see: &mut dyn FnMut(&str, &mut Span)) {
    see(at, &mut check.span);
    see(&format!("{at}/title"), &mut check.title.span);
    optional(&mut check.version, &format!("{at}/version"), see);
    for (index, group) in check.groups.iter_mut().enumerate() {
        see(&format!("{at}/groups/{index}"), &mut group.span);
    }
    for (index, assessed) in check.principles.iter_mut().enumerate() {
        principle(assessed, &format!("{at}/principles/{index}"), see);
    }
    if let Some(OverallStatus { span, .. }) = &mut check.overall {
        see(&format!("{at}/overall"), span);
    }
}

fn principle(principle: &mut AssessedPrinciple, at: &str, see: &mut dyn FnMut(&str, &mut Span)) {
    see(at, &mut principle.span);
    see(&format!("{at}/name"), &mut principle.heading);
    optional(&mut principle.raw_status, &format!("{at}/raw_status"), see);
    optional(&mut principle.notes, &format!("{at}/notes"), see);
    for (index, question) in principle.questions.iter_mut().enumerate() {
        let at = format!("{at}/questions/{index}");
        see(&at, &mut question.span);
        // The rationale says more than the verdict, where there is one.
        let said = if question.answer.rationale.is_empty() { "verdict" } else { "rationale" };
        see(&format!("{at}/answer/{said}"), &mut question.answer.span);
    }
    each(&mut principle.statements, &format!("{at}/statements"), see);
}

fn project_structure(structure: &mut ProjectStructure, see: &mut dyn FnMut(&str, &mut Span)) {
    const AT: &str = "/project_structure";
    see(AT, &mut structure.span);
    let source = structure.source.iter_mut().enumerate().map(|(index, tree)| (format!("{AT}/source/{index}"), tree));
    let documentation = structure.documentation.iter_mut().map(|tree| (format!("{AT}/documentation"), tree));
    for (at, tree) in documentation.chain(source) {
        see(&at, &mut tree.span);
        for (index, entry) in tree.entries.iter_mut().enumerate() {
            see(&format!("{at}/entries/{index}"), &mut entry.span);
        }
    }
    optional(&mut structure.decision, &format!("{AT}/decision"), see);
}

fn complexity_tracking(tracking: &mut ComplexityTracking, see: &mut dyn FnMut(&str, &mut Span)) {
    const AT: &str = "/complexity_tracking";
    see(AT, &mut tracking.span);
    for (index, row) in tracking.rows.iter_mut().enumerate() {
        let at = format!("{AT}/rows/{index}");
        see(&at, &mut row.span);
        for (key, cell) in [
            ("violation", &mut row.violation),
            ("why_needed", &mut row.why_needed),
            ("simpler_alternative", &mut row.simpler_alternative),
        ] {
            see(&format!("{at}/{key}"), &mut cell.span);
        }
    }
    optional(&mut tracking.statement, &format!("{AT}/statement"), see);
}
