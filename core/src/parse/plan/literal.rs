//! Reads a plan that [`Plan::to_markdown`] wrote word by word: nothing is guessed from headings, marks
//! or sentences. Such a document opens with a comment that says so.

use super::project_structure::{self, entry_of_path};
use super::{Outline, body, item, metadata, prose};
use crate::markdown::{Block, BlockKind, Markdown};
use crate::parse::aliases::{Aliases, Term};
use crate::plan::markdown::{LITERAL, LITERAL_PATHS, LITERAL_STAGE};
use crate::plan::{
    Answer, AnsweredQuestion, AssessedPrinciple, ComplexityRow, ComplexityTracking, ConstitutionCheck, Field, Group,
    OtherField, OverallStatus, Plan, ProjectStructure, Section, Stage, Status, TechnicalContext, Text, Tree, Verdict,
};
use crate::source::Span;

/// Whether the document opens with the comment.
pub(super) fn is_literal(markdown: &Markdown<'_>) -> bool {
    markdown
        .blocks
        .first()
        .is_some_and(|block| block.kind == BlockKind::Html && markdown.raw(block.span).trim() == LITERAL)
}

pub(super) fn read(markdown: &Markdown<'_>, sections: &[Section]) -> Plan {
    let mut plan = Plan { metadata: metadata::read(markdown, Aliases::built_in(), sections), ..Plan::default() };
    for section in sections {
        match (section.level, section.title.as_str()) {
            (1, title) => {
                let title = title.strip_prefix("Implementation Plan:").unwrap_or(title).trim();
                plan.title = Some(Text::new(title, section.heading));
            }
            (2, _) if stage(markdown, section).is_some() => {
                plan.constitution_checks.push(constitution_check(markdown, section));
            }
            (2, "Summary") => plan.summary = prose(markdown, section),
            (2, "Technical Context") => plan.technical_context = Some(technical_context(markdown, section)),
            (2, "Project Structure") => plan.project_structure = Some(project_structure(markdown, section, sections)),
            (2, "Complexity Tracking") => plan.complexity_tracking = Some(complexity_tracking(markdown, section)),
            _ => {}
        }
    }
    plan
}

/// `**Key**: value` on one line.
struct Line {
    key: String,
    value: Span,
}

fn labelled(markdown: &Markdown<'_>, line: Span) -> Option<Line> {
    let strong = markdown.strongs_in(line).first().filter(|strong| strong.span.start == line.start)?;
    let behind = markdown.raw(Span { start: strong.span.end, end: line.end });
    let value = Span { start: line.end - Span::at(behind.strip_prefix(':')?.len()).start, end: line.end };
    Some(Line { key: markdown.plain(strong.inner), value: markdown.trimmed(value) })
}

/// Parts `span` at the first ` — `, which may also begin it.
fn at_dash(markdown: &Markdown<'_>, span: Span) -> (Span, Option<Span>) {
    let raw = markdown.raw(span);
    let at = if raw.starts_with("— ") { Some(0) } else { raw.find(" — ") };
    let Some(at) = at else { return (span, None) };
    let part =
        |start: usize, end: usize| markdown.trimmed(Span::new(span.start as usize + start, span.start as usize + end));
    (part(0, at), Some(part(at + " — ".len() - usize::from(at == 0), raw.len())))
}

/// What stands before and behind the first `. ` that isn't escaped, or before the last dot.
fn at_dot(markdown: &Markdown<'_>, span: Span) -> Option<(Span, Span)> {
    let raw = markdown.raw(span);
    let mut chars = raw.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '.' if raw[at + 1..].is_empty() || raw[at + 1..].starts_with(' ') => {
                let start = span.start as usize;
                return Some((Span::new(start, start + at), Span::new(start + at + 1, span.end as usize)));
            }
            _ => {}
        }
    }
    None
}

fn technical_context(markdown: &Markdown<'_>, section: &Section) -> TechnicalContext {
    let mut out = TechnicalContext { span: section.span, ..TechnicalContext::default() };
    let mut fields: Vec<(bool, OtherField)> = Vec::new();
    let mut other = false;
    for block in markdown.blocks_in(body(section)) {
        match block.kind {
            BlockKind::Rule => other = true,
            BlockKind::Paragraph => {
                for line in markdown.lines(block.content) {
                    let Some(Line { key, value }) = labelled(markdown, line) else { continue };
                    let text = markdown.plain(value);
                    fields.push((other, OtherField { key, value: Field { text, items: Vec::new(), span: value } }));
                }
            }
            BlockKind::Item { .. } => {
                if let Some((_, field)) = fields.last_mut() {
                    field.value.items.push(markdown.plain_text(block.content));
                }
            }
            _ => {}
        }
    }
    for (other, mut field) in fields {
        let value = &mut field.value;
        if value.text.is_empty() {
            value.text = value.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("; ");
        } else if value.items.is_empty() {
            value.items = item::split(markdown, value.span);
        }
        match out.field_mut(&field.key).filter(|slot| !other && slot.is_none()) {
            Some(slot) => *slot = Some(field.value),
            None => out.other.push(field),
        }
    }
    out
}

fn project_structure(markdown: &Markdown<'_>, section: &Section, sections: &[Section]) -> ProjectStructure {
    let mut out = ProjectStructure { span: section.span, ..ProjectStructure::default() };
    let mut documentation = false;
    for block in markdown.blocks_in(body(section)) {
        match block.kind {
            BlockKind::Heading { .. } => documentation = markdown.plain(block.content).starts_with("Documentation"),
            BlockKind::Code { .. } => {
                let Some(tree) = tree(markdown, block) else { continue };
                if documentation && out.documentation.is_none() {
                    out.documentation = Some(tree);
                } else {
                    out.source.push(tree);
                }
            }
            _ => {}
        }
    }
    let aliases = Aliases::built_in();
    let headed = Outline::of(sections, aliases).find_within(section, Term::StructureDecision);
    out.decision = project_structure::decision(markdown, aliases, section, headed);
    out
}

fn tree(markdown: &Markdown<'_>, block: &Block) -> Option<Tree> {
    let opening = markdown.raw(block.span).lines().next()?.trim_start_matches('`').trim();
    if opening != LITERAL_PATHS {
        return project_structure::tree(markdown, block);
    }
    let mut at = block.content.start as usize;
    let mut entries = Vec::new();
    for line in markdown.raw(block.content).split_inclusive('\n') {
        entries.extend(entry_of_path(line, at));
        at += line.len();
    }
    (!entries.is_empty()).then(|| Tree { root: project_structure::root(&entries), entries, span: block.content })
}

fn complexity_tracking(markdown: &Markdown<'_>, section: &Section) -> ComplexityTracking {
    let mut out = ComplexityTracking { span: section.span, ..ComplexityTracking::default() };
    for block in markdown.blocks_in(body(section)) {
        match block.kind {
            BlockKind::Table { index } => out.rows.extend(markdown.tables[index].rows.iter().map(|row| {
                let cell = |at: usize| row.cells.get(at).map(|cell| markdown.plain_text(*cell)).unwrap_or_default();
                ComplexityRow {
                    violation: cell(0),
                    why_needed: cell(1),
                    simpler_alternative: cell(2),
                    span: markdown.trimmed(row.span),
                }
            })),
            BlockKind::Paragraph => out.statement = Some(markdown.plain_text(block.content)),
            _ => {}
        }
    }
    out
}

/// The stage that the comment below a check's heading states; no other section has one.
fn stage(markdown: &Markdown<'_>, section: &Section) -> Option<Stage> {
    let first = markdown.blocks_in(body(section)).first().filter(|block| block.kind == BlockKind::Html)?;
    match markdown.raw(first.span).trim().strip_prefix(LITERAL_STAGE)?.strip_suffix(" -->")? {
        "before-research" => Some(Stage::BeforeResearch),
        "after-design" => Some(Stage::AfterDesign),
        "unknown" => Some(Stage::Unknown),
        _ => None,
    }
}

fn constitution_check(markdown: &Markdown<'_>, section: &Section) -> ConstitutionCheck {
    let mut check = ConstitutionCheck {
        title: Text::new(section.title.clone(), section.heading),
        stage: stage(markdown, section).unwrap_or_default(),
        span: section.span,
        ..ConstitutionCheck::default()
    };
    let mut group = None;
    for block in markdown.blocks_in(body(section)) {
        match block.kind {
            BlockKind::Heading { .. } => {
                let read = read_group(markdown, block);
                group = Some(read.title.clone());
                check.groups.push(read);
            }
            BlockKind::Paragraph => {
                for line in markdown.lines(block.content) {
                    match labelled(markdown, line) {
                        Some(label) => label_of_check(markdown, &mut check, line, &label),
                        None => check.principles.extend(principle(markdown, line, group.clone())),
                    }
                }
            }
            BlockKind::Item { .. } => {
                if let Some(principle) = check.principles.last_mut() {
                    bullet(markdown, principle, block.content);
                }
            }
            _ => {}
        }
    }
    check
}

/// `Title (v1.0.0)`
fn read_group(markdown: &Markdown<'_>, block: &Block) -> Group {
    let content = block.content;
    let raw = markdown.raw(content);
    let span = markdown.trimmed(content);
    let parted = raw.strip_suffix(')').and_then(|raw| raw.rfind(" (v"));
    let Some(at) = parted else { return Group { title: markdown.plain(content), version: None, span } };
    let start = content.start as usize;
    let version = markdown.plain(Span::new(start + at + " (v".len(), content.end as usize - 1));
    Group { title: markdown.plain(Span::new(start, start + at)), version: Some(version), span }
}

fn label_of_check(markdown: &Markdown<'_>, check: &mut ConstitutionCheck, line: Span, label: &Line) {
    let value = markdown.plain(label.value);
    match (label.key.as_str(), check.overall.as_mut(), check.principles.last_mut()) {
        ("Constitution Version", ..) => {
            check.version = Some(Text::new(value.strip_prefix('v').unwrap_or(&value), label.value));
        }
        ("Overall Status", ..) => {
            let (raw, rationale) = at_dash(markdown, label.value);
            let rationale = rationale.map(|span| markdown.plain(span)).unwrap_or_default();
            check.overall = Some(OverallStatus { status: None, raw: markdown.plain(raw), rationale, span: line });
        }
        ("Status", Some(overall), _) => overall.status = status(&value),
        ("Status", None, Some(principle)) => principle.status = status(&value),
        ("Options", _, Some(principle)) => principle.options = value.split(", ").filter_map(status).collect(),
        ("Group", _, Some(principle)) => principle.group = Some(value).filter(|group| !group.is_empty()),
        _ => {}
    }
}

fn status(word: &str) -> Option<Status> {
    [Status::Pass, Status::Attention, Status::Blocked, Status::NotApplicable, Status::Undecided]
        .into_iter()
        .find(|status| status.as_str() == word)
}

/// `**IV. Name** ✅ PASS — notes`
fn principle(markdown: &Markdown<'_>, line: Span, group: Option<String>) -> Option<AssessedPrinciple> {
    let strong = *markdown.strongs_in(line).first().filter(|strong| strong.span.start == line.start)?;
    let (ordinal, name) = match at_dot(markdown, strong.inner) {
        Some((ordinal, name)) => (Some(markdown.plain(ordinal)), markdown.plain(name)),
        None => (None, markdown.plain(strong.inner)),
    };
    let (raw, notes) = at_dash(markdown, markdown.trimmed(Span { start: strong.span.end, end: line.end }));
    let raw_status = markdown.plain_text(raw);
    Some(AssessedPrinciple {
        ordinal,
        name,
        group,
        raw_status: (!raw_status.text.is_empty()).then_some(raw_status),
        notes: notes.map(|notes| markdown.plain_text(notes)),
        heading: strong.inner,
        span: line,
        ..AssessedPrinciple::default()
    })
}

/// A question, which has its answer in bold, or a statement, which has nothing in bold.
fn bullet(markdown: &Markdown<'_>, principle: &mut AssessedPrinciple, content: Span) {
    principle.span = principle.span.to(content);
    let Some(strong) = markdown.strongs_in(content).first() else {
        principle.statements.push(markdown.plain_text(content));
        return;
    };
    let verdict = match markdown.raw(strong.inner) {
        "YES" => Verdict::Yes,
        "NO" => Verdict::No,
        "N/A" => Verdict::NotApplicable,
        _ => Verdict::Open,
    };
    let rationale = at_dash(markdown, markdown.trimmed(Span { start: strong.span.end, end: content.end })).1;
    principle.questions.push(AnsweredQuestion {
        text: markdown.plain(Span { start: content.start, end: strong.span.start }),
        answer: Answer {
            verdict,
            rationale: rationale.map(|span| markdown.plain(span)).unwrap_or_default(),
            span: Span { start: strong.span.start, end: content.end },
        },
        span: content,
    });
}
