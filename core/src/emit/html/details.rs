//! What a page says of one plan: its findings with excerpts, and its principles with their evidence.

use std::collections::HashMap;

use maud::{Markup, html};

use super::super::excerpt::Excerpt;
use super::super::redactions;
use super::super::words::{counts, gate_words, is_taken_as_declared, part_name, principle_name, remark};
use super::{is_overstated, mark, prose, rules, status_class, text};
use crate::diagnostic::Applicability;
use crate::plan::Status;
use crate::report::{FindingReport, PlanReport, PrincipleReport, QuestionReport, RepositoryReport, Sources, Summary};
use crate::source::{Position, Span};

/// What stands before the details of the first plan.
pub(super) const OPENING: &str = "<section id=\"plans\" tabindex=\"-1\" aria-label=\"Plans\"><div class=\"heading\"><h2>Plans</h2>\
    <p id=\"fold\" hidden><button type=\"button\" data-open>Open all</button> \
    <button type=\"button\" data-close>Close all</button></p></div>";

/// Findings of one plan that are shown with their excerpts.
const MOST_EXCERPTS: usize = 200;

/// Columns of an excerpt.
const WIDTH: usize = 160;

pub(super) struct Details<'a> {
    plan: &'a PlanReport,
    sources: &'a Sources<'a>,
    repository: &'a RepositoryReport,
    questions: &'a HashMap<&'a str, &'a str>,
    redact: HashMap<&'a str, Vec<Span>>,
    number: usize,
}

impl<'a> Details<'a> {
    pub(super) fn new(
        plan: &'a PlanReport,
        sources: &'a Sources<'a>,
        repository: &'a RepositoryReport,
        questions: &'a HashMap<&'a str, &'a str>,
        number: usize,
    ) -> Self {
        Self { plan, sources, repository, questions, redact: redactions(plan), number }
    }

    pub(super) fn page(&self) -> Markup {
        let Self { plan, number, .. } = self;
        let gate = &plan.gate;
        let summary = Summary::of(std::slice::from_ref(*plan));
        let overstated = is_overstated(gate.declared, gate.derived)
            || gate.principles.iter().any(|principle| is_overstated(principle.declared, principle.derived));
        html! {
            article.plan id={ "plan-" (number) } data-plan=(number) data-gate=(filter_status(gate.derived))
                data-overstated[overstated] {
                details {
                    summary {
                        span class={ "mark " (status_class(gate.derived)) } aria-hidden="true" { (mark(gate.derived)) }
                        h3 { (text(&self.repository.path(&plan.path))) }
                        span.says { (gate_words(gate)) " · " (plan.phase.as_str()) " · " (counts(&summary, plan.failures.len())) }
                    }
                    div.body {
                        @if !plan.findings.is_empty() {
                            h4 { "Findings" }
                            div.findings {
                                @for (index, finding) in plan.findings.iter().enumerate() { (self.finding(index, finding)) }
                            }
                        }
                        @if !gate.principles.is_empty() {
                            h4 { "Principles" }
                            div.principles {
                                @for (index, principle) in gate.principles.iter().enumerate() { (self.principle(index, principle)) }
                            }
                        }
                        (self.notes())
                    }
                }
            }
            "\n"
        }
    }

    fn finding(&self, index: usize, finding: &FindingReport) -> Markup {
        let FindingReport { rule, name, severity, .. } = finding;
        let suppressed = finding.suppressed.as_ref();
        html! {
            details.finding.suppressed[suppressed.is_some()] id={ "plan-" (self.number) "-f" (index) }
                data-rule=(text(rule)) data-severity=(severity.as_str()) {
                summary {
                    span class={ "badge " (severity.as_str()) } { (severity.as_str()) }
                    span.rule { code { (text(rule)) } " " (text(name)) }
                    span.message { (prose(&finding.message)) }
                    (self.place(&finding.path, finding.start))
                }
                div.body {
                    @if let Some(suppressed) = suppressed {
                        p.note { "suppressed by " (suppressed.by.as_str())
                            @if let Some(reason) = &suppressed.reason { ": " (prose(reason)) }
                            @if let Some(owner) = &suppressed.owner { ", owner " (text(owner)) }
                            @if let Some(expires) = &suppressed.expires { ", until " (text(expires)) }
                        }
                    }
                    @if index < MOST_EXCERPTS {
                        (self.excerpt(&finding.path, finding.start, finding.end))
                    }
                    @for related in &finding.related {
                        div.related {
                            p { (prose(&related.message)) " " (self.place(&related.path, related.start)) }
                            @if index < MOST_EXCERPTS { (self.excerpt(&related.path, related.start, related.end)) }
                        }
                    }
                    @if let Some(help) = &finding.help { p.next { b { "Next: " } (prose(help)) } }
                    @if let Some(fix) = &finding.fix {
                        p.next { b { "Fix: " } (prose(&fix.description))
                            @if fix.applicability == Applicability::Safe { " (safe)" } @else { " (unsafe: look at it first)" }
                        }
                    }
                    p.more-of { a href={ "#" (rules::anchor(rule)) } { "About " (text(rule)) }
                        @if let Some(principle) = self.principle_of(rule) {
                            " · " a href={ "#plan-" (self.number) "-" (principle) } { "Its principle" }
                        }
                        @if let Some(outcome) = finding.outcome { " · outcome " (outcome.as_str()) }
                    }
                }
            }
        }
    }

    /// Which principle asks the question that is this rule.
    fn principle_of(&self, rule: &str) -> Option<usize> {
        let asks = |principle: &PrincipleReport| principle.questions.iter().any(|question| question.rule == rule);
        self.plan.gate.principles.iter().position(asks)
    }

    fn place(&self, path: &str, start: Position) -> Markup {
        let shown = format!("{}:{}", self.near(path), start.line);
        let whole = format!("{}:{}:{}", self.repository.path(path), start.line, start.column);
        html! { span.place title=(text(&whole)) { (text(&shown)) } }
    }

    /// A path as seen from the feature's folder, where it lies there.
    fn near<'p>(&self, path: &'p str) -> &'p str {
        let folder = self.plan.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
    }

    fn excerpt(&self, path: &str, start: Position, end: Position) -> Markup {
        let Some(source) = self.sources.get(path) else { return html! {} };
        let span = Span { start: start.offset, end: end.offset };
        let redact = self.redact.get(path).map(Vec::as_slice).unwrap_or_default();
        let excerpt = Excerpt::new(source, &[span], redact, WIDTH);
        let lines = (excerpt.first_line..).zip(marked_lines(&excerpt));
        html! {
            pre.excerpt tabindex="0" {
                @for (number, [before, marked, behind]) in lines {
                    span.line {
                        span.gutter aria-hidden="true" { (number) }
                        span.code { (before) @if !marked.is_empty() { mark { (marked) } } (behind) }
                    }
                    "\n"
                }
            }
        }
    }

    fn principle(&self, index: usize, principle: &PrincipleReport) -> Markup {
        let overstated = is_overstated(principle.declared, principle.derived);
        let taken = is_taken_as_declared(principle);
        let asked = principle.questions.iter().any(|question| !question.evidence.is_empty() || self.names(question));
        let head = html! {
            span class={ "mark " (status_class(principle.derived)) @if taken { " taken" } } aria-hidden="true" { (mark(principle.derived)) }
            span.name { (principle_name(principle)) }
            span.pack { (text(&principle.pack)) }
            span.says.overstated[overstated] { (statuses(principle)) (remark(principle)) }
        };
        html! {
            @if asked || !principle.questions.is_empty() {
                details.principle id={ "plan-" (self.number) "-" (index) } {
                    summary { (head) }
                    div.wide { table.questions {
                        thead { tr { th scope="col" { "Question" } th scope="col" { "Answer" } th scope="col" { "Outcome" }
                            th scope="col" { "Evidence" } } }
                        tbody { @for question in &principle.questions { (self.question(question)) } }
                    } }
                }
            } @else {
                p.principle id={ "plan-" (self.number) "-" (index) } tabindex="-1" { (head) }
            }
        }
    }

    /// Whether a finding is about the question.
    fn names(&self, question: &QuestionReport) -> bool {
        self.plan.findings.iter().any(|finding| finding.rule == question.rule)
    }

    fn question(&self, question: &QuestionReport) -> Markup {
        let finding = self.plan.findings.iter().position(|finding| finding.rule == question.rule);
        html! {
            tr {
                th scope="row" {
                    @if let Some(finding) = finding {
                        a href={ "#plan-" (self.number) "-f" (finding) } { code { (text(&question.rule)) } }
                    } @else { code { (text(&question.rule)) } }
                    " " span.kind { (question.kind.as_str()) }
                    @if let Some(asked) = self.questions.get(question.rule.as_str()) { span.asked { (text(asked)) } }
                }
                td { (question.answer.as_str()) }
                td class={ "outcome " (question.outcome.as_str()) } { (question.outcome.as_str()) }
                td {
                    @if question.evidence.is_empty() { span.none { "–" } } @else {
                        ul { @for evidence in &question.evidence {
                            li class=(evidence.says.as_str()) {
                                span.says { (evidence.says.as_str()) } " " (prose(&evidence.note)) " "
                                span.place title=(text(&self.repository.path(&evidence.path))) { (text(self.near(&evidence.path))) ":" (evidence.line) }
                            }
                        } }
                    }
                }
            }
        }
    }

    /// What was not looked at.
    fn notes(&self) -> Markup {
        let plan = self.plan;
        let mut needs: Vec<(&str, Vec<&str>)> = Vec::new();
        for not_judged in &plan.not_judged {
            let part = part_name(not_judged.needs);
            match needs.iter_mut().find(|(known, _)| *known == part) {
                Some((_, rules)) => rules.push(&not_judged.rule),
                None => needs.push((part, vec![&not_judged.rule])),
            }
        }
        html! {
            @if !plan.inactive_packs.is_empty() {
                p.note { "Not active for this plan: " (text(&plan.inactive_packs.join(", "))) }
            }
            @for (part, rules) in needs { p.note { "Not judged, " (part) " is unknown: " (text(&rules.join(", "))) } }
            @for failure in &plan.failures { p.note { span.badge.error { "failure" } " " (prose(&failure.message)) } }
        }
    }
}

/// What is declared and what is derived, once where they agree.
fn statuses(principle: &PrincipleReport) -> String {
    let derived = principle.derived.as_str();
    match principle.declared {
        Some(declared) if declared == principle.derived && is_taken_as_declared(principle) => derived.to_owned(),
        Some(declared) if declared == principle.derived => format!("declared and derived {derived}"),
        Some(declared) => format!("declared {}, derived {derived}", declared.as_str()),
        None => format!("not assessed, derived {derived}"),
    }
}

/// Each line of an excerpt: what stands before its mark, the marked part, and what stands behind.
fn marked_lines(excerpt: &Excerpt) -> Vec<[&str; 3]> {
    let mut at = 0;
    let lines = excerpt.text.split('\n').map(|line| {
        let (start, end) = (at, at + line.len());
        at = end + 1;
        let mut marks = excerpt.places.iter().chain(&excerpt.more);
        match marks.find(|mark| start <= mark.start && mark.end <= end) {
            Some(mark) => [&excerpt.text[start..mark.start], &excerpt.text[mark.clone()], &excerpt.text[mark.end..end]],
            None => [line, "", ""],
        }
    });
    lines.collect()
}

/// The value by which the filters know a gate.
fn filter_status(status: Status) -> &'static str {
    match status {
        Status::Blocked => "blocked",
        Status::Attention | Status::Undecided => "attention",
        Status::Pass | Status::NotApplicable => "pass",
    }
}
