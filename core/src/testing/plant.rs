//! The gate faults that any plan can have, planted into a clean plan by what its model says.

use std::fmt;

use crate::engine::Engine;
use crate::feature::Feature;
use crate::judgement::Outcome;
use crate::matching::{Words, same_name};
use crate::plan::{AssessedPrinciple, Plan, Status};
use crate::source::Span;

/// A plan with a fault.
pub(super) struct Planted {
    /// What was done to it.
    pub(super) name: &'static str,
    /// Its text.
    pub(super) plan: String,
    /// What must be found.
    pub(super) expected: Expected,
}

/// What must be found in a plan with a fault.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    /// A finding of this rule.
    Rule(&'static str),
    /// A finding of a question with this outcome.
    Outcome(Outcome),
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(rule) => f.write_str(rule),
            Self::Outcome(outcome) => write!(f, "the outcome {outcome:?}"),
        }
    }
}

/// Plants every gate fault that the feature's plan has a place for.
pub(super) fn gate_faults(feature: &Feature, engine: &Engine) -> Vec<Planted> {
    let bed = Bed { feature, plan: feature.plan(), text: &feature.plan_document().text };
    let rule = |name, rule, plan: Option<String>| (name, Expected::Rule(rule), plan);
    let faults = [
        rule("a principle is removed", "PLN101", bed.without_a_principle(engine)),
        rule("a status is not chosen", "PLN102", bed.with_status("✅ / ⚠️ / ❌")),
        rule("N/A is declared where it is not offered", "PLN103", bed.exempt(engine)),
        rule("the overall status is removed", "PLN105", bed.without_a_verdict()),
        rule("a principle is blocked beside an overall pass", "PLN106", bed.with_status("❌")),
        rule("a violation is not justified", "PLN107", bed.with_violation("")),
        rule("a justification is empty", "PLN108", bed.with_violation(&bed.empty_row())),
        rule("a principle is assessed twice", "PLN111", bed.with_a_second_assessment()),
        rule("the constitution's version is an old one", "PLN114", bed.with_an_old_version()),
        rule("a section is removed", "PLN001", bed.without_a_section()),
        rule("a placeholder is left", "PLN002", bed.with_a_placeholder()),
        rule("a clarification is left", "PLN004", bed.with_a_clarification()),
        rule("a section is repeated", "PLN007", bed.with_a_repeated_section()),
        rule("the plan is the untouched template", "PLN008", bed.template()),
        ("a question is not answered", Expected::Outcome(Outcome::Open), bed.without_an_answer()),
    ];
    let plant = |(name, expected, plan): (&'static str, Expected, Option<String>)| {
        plan.map(|plan| Planted { name, plan, expected })
    };
    faults.into_iter().filter_map(plant).collect()
}

/// What faults are planted into.
struct Bed<'a> {
    feature: &'a Feature,
    plan: &'a Plan,
    text: &'a str,
}

impl<'a> Bed<'a> {
    fn assessed(&self) -> impl Iterator<Item = &'a AssessedPrinciple> {
        self.plan.constitution_checks.iter().flat_map(|check| &check.principles)
    }

    /// A principle that is assessed with a status, and its assessment in every check.
    fn one_principle(&self) -> Option<(&'a AssessedPrinciple, Vec<&'a AssessedPrinciple>)> {
        let one = self.assessed().filter(|principle| principle.raw_status.is_some()).last()?;
        Some((one, self.same(one)))
    }

    fn same(&self, one: &AssessedPrinciple) -> Vec<&'a AssessedPrinciple> {
        let words = Words::of_name(&one.name);
        self.assessed().filter(|other| same_name(&words, &Words::of_name(&other.name))).collect()
    }

    /// Removes a principle that a pack or the constitution knows.
    fn without_a_principle(&self, engine: &Engine) -> Option<String> {
        let (one, all) = self.one_principle()?;
        let words = Words::of_name(&one.name);
        let constitution = self.feature.constitution().ok();
        let articles = constitution.iter().flat_map(|known| &known.principles).map(|article| article.name.as_str());
        let packs = engine.packs().flat_map(|pack| &pack.principles).map(|principle| principle.name.as_ref());
        articles.chain(packs).find(|name| same_name(&words, &Words::of_name(name)))?;
        Some(self.replaced(all.iter().map(|principle| (self.lines(principle.span), String::new()))))
    }

    fn with_status(&self, status: &str) -> Option<String> {
        let (_, all) = self.one_principle()?;
        Some(self.marked(&all, status))
    }

    fn marked(&self, principles: &[&AssessedPrinciple], status: &str) -> String {
        let marks = principles.iter().filter_map(|principle| principle.raw_status.as_ref());
        self.replaced(marks.map(|mark| (mark.span, status.to_owned())))
    }

    /// Declares N/A for a principle whose pack or template offers other statuses only.
    fn exempt(&self, engine: &Engine) -> Option<String> {
        let packs = engine.packs().flat_map(|pack| &pack.principles);
        let of_packs = packs.map(|known| (Words::of_name(&known.name), known.statuses.to_vec()));
        let template = self.feature.plan_template().ok();
        let of_template = template.iter().flat_map(|template| &template.constitution_checks);
        let of_template = of_template
            .flat_map(|check| &check.principles)
            .map(|known| (Words::of_name(&known.name), known.options.clone()));
        let refuses = |statuses: &[Status]| statuses.len() > 1 && !statuses.contains(&Status::NotApplicable);
        let strict: Vec<Words> =
            of_packs.chain(of_template).filter(|(_, statuses)| refuses(statuses)).map(|(words, _)| words).collect();
        let one = self.assessed().find(|principle| {
            let words = Words::of_name(&principle.name);
            principle.raw_status.is_some() && strict.iter().any(|known| same_name(known, &words))
        })?;
        Some(self.marked(&self.same(one), "N/A"))
    }

    /// Removes the overall status where the template has a line for it, or a pack's questions stand.
    fn without_a_verdict(&self) -> Option<String> {
        let template = self.feature.plan_template().ok();
        let offered =
            template.is_some_and(|known| known.constitution_checks.iter().any(|check| check.overall.is_some()));
        let asked = self.assessed().any(|principle| !principle.questions.is_empty());
        if !offered && !asked {
            return None;
        }
        let verdicts: Vec<Span> =
            self.plan.constitution_checks.iter().filter_map(|check| check.overall.as_ref()).map(|o| o.span).collect();
        (!verdicts.is_empty()).then(|| self.replaced(verdicts.iter().map(|span| (self.lines(*span), String::new()))))
    }

    /// A violation, and a Complexity Tracking that holds just `rows`.
    fn with_violation(&self, rows: &str) -> Option<String> {
        let (_, all) = self.one_principle()?;
        let tracking = self.plan.complexity_tracking.as_ref()?;
        let marks = all.iter().filter_map(|principle| principle.raw_status.as_ref());
        let marks = marks.map(|mark| (mark.span, "⚠️".to_owned()));
        let table = format!(
            "## Complexity Tracking\n\n| Violation | Why Needed | Simpler Alternative Rejected Because |\n|---|---|---|\n{rows}\n"
        );
        Some(self.replaced(marks.chain([(tracking.span, table)])))
    }

    fn empty_row(&self) -> String {
        let (one, _) = self.one_principle().unzip();
        one.map(|one| format!("| {} | | |\n", one.heading.text(self.text))).unwrap_or_default()
    }

    fn with_a_second_assessment(&self) -> Option<String> {
        let (one, _) = self.one_principle()?;
        let mark = one.raw_status.as_ref()?.span;
        let lines = self.lines(one.span.to(mark));
        let (before, after) = (Span { end: mark.start, ..lines }, Span { start: mark.end, ..lines });
        // Behind a bullet, a paragraph needs an empty line to be one.
        let gap = if before.text(self.text).starts_with('|') { "" } else { "\n" };
        let again = format!("{gap}{}❌{}", before.text(self.text), after.text(self.text));
        Some(self.replaced([(Span::at(lines.end as usize), again)]))
    }

    /// The version that the last check names, or one that it would name under its heading.
    fn with_an_old_version(&self) -> Option<String> {
        self.feature.constitution().ok()?.version.as_ref()?;
        let versions = self.plan.constitution_checks.iter().filter_map(|check| check.version.as_ref());
        let old: Vec<(Span, String)> = versions.map(|version| (version.span, "0.0.1".to_owned())).collect();
        if !old.is_empty() {
            return Some(self.replaced(old));
        }
        let check = self.plan.constitution_checks.first()?;
        let under = self.lines(check.title.span).end as usize;
        Some(self.replaced([(Span::at(under), "\nHeld against the constitution, version 0.0.1.\n\n".to_owned())]))
    }

    fn without_a_section(&self) -> Option<String> {
        let context = self.plan.technical_context.as_ref()?;
        Some(self.replaced([(context.span, String::new())]))
    }

    fn with_a_placeholder(&self) -> Option<String> {
        let date = self.plan.metadata.date.as_ref()?;
        Some(self.replaced([(date.span, "[DATE]".to_owned())]))
    }

    fn with_a_clarification(&self) -> Option<String> {
        let context = self.plan.technical_context.as_ref()?;
        let field = context.testing.as_ref().or(context.target_platform.as_ref())?;
        Some(self.replaced([(field.span, "NEEDS CLARIFICATION".to_owned())]))
    }

    fn with_a_repeated_section(&self) -> Option<String> {
        let context = self.plan.technical_context.as_ref()?;
        Some(format!("{}\n{}", self.text.trim_end(), format_args!("\n{}", context.span.text(self.text))))
    }

    fn template(&self) -> Option<String> {
        self.feature.plan_template().ok().map(|template| template.document.text.clone())
    }

    fn without_an_answer(&self) -> Option<String> {
        let answers = self.assessed().flat_map(|principle| &principle.questions).map(|question| question.answer.span);
        let last = answers.filter(|span| !span.is_empty()).last()?;
        Some(self.replaced([(last, String::new())]))
    }

    /// The whole lines that a span touches.
    fn lines(&self, span: Span) -> Span {
        let range = span.range();
        let start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[range.end..].find('\n').map_or(self.text.len(), |at| range.end + at + 1);
        // A span that ends behind a line's end does not touch the next line.
        let ends_there = range.end > range.start && self.text[..range.end].ends_with('\n');
        Span::new(start, if ends_there { range.end } else { end })
    }

    /// The text with other texts at some places, none of which overlap.
    fn replaced(&self, places: impl IntoIterator<Item = (Span, String)>) -> String {
        let mut places: Vec<(Span, String)> = places.into_iter().collect();
        places.sort_by_key(|(span, _)| *span);
        let mut text = String::new();
        let mut at = 0;
        for (span, replacement) in places.iter().filter(|(span, _)| span.range().end <= self.text.len()) {
            text.push_str(self.text.get(at..span.range().start).unwrap_or_default());
            text.push_str(replacement);
            at = span.range().end;
        }
        text.push_str(&self.text[at..]);
        text
    }
}
