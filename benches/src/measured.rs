//! What is measured, once for the benchmarks and for the count of instructions.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Cursor};
use std::sync::{Arc, Mutex, PoisonError};

use plangate_core::catalogue::{self, RuleEntry};
use plangate_core::emit::{
    Agent, Concise, Emitter, Github, Gitlab, Html, Json, JsonLines, Junit, Markdown, MarkdownOptions, Sarif, Text,
    TextOptions, emit,
};
use plangate_core::engine::EngineError;
use plangate_core::judgement::LocatedAnswer;
use plangate_core::pack::{Evaluation, EvaluationRequest, PackError, PackManifest, RulePack};
use plangate_core::report::{PackReport, PlanReport, Report, Sources};
use plangate_core::{Engine, Feature};
use pulldown_cmark::{Options, Parser};

/// The options with which plangate reads Markdown.
const OPTIONS: Options = Options::ENABLE_TABLES;

/// What no reader of Markdown can beat: the events of the Markdown library alone. Gives their number.
#[must_use]
pub fn limit(text: &str) -> usize {
    Parser::new_ext(text, OPTIONS).into_offset_iter().count()
}

/// The engine with both packs, which examine every plan whatever it says.
///
/// # Errors
/// Never: the packs' ids are unique.
pub fn engine() -> Result<Engine, EngineError> {
    let packs = Engine::builder().pack(plangate_rules_mvp::pack()).pack(plangate_rules_production::pack());
    packs.required(["mvp", "production"]).build()
}

/// A plan with nothing around it, as `plangate check` finds it in a repository of plans.
#[must_use]
pub fn lone(plan: &str) -> Feature {
    Feature::builder().folder("specs/001-live-votes").plan(plan).complete().build()
}

/// The answers that the engine locates in a feature for the questions of both packs.
///
/// # Errors
/// Never: the packs' ids are unique.
pub fn answers(feature: &Feature) -> Result<Answers, EngineError> {
    let heard = Arc::new(Mutex::default());
    let listener = Listener { pack: plangate_rules_production::pack(), heard: Arc::clone(&heard) };
    let packs = Engine::builder().pack(plangate_rules_mvp::pack()).pack(listener);
    let _ = packs.required(["mvp", "production"]).build()?.evaluate(feature);
    let answers = std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(answers)
}

/// Answers by the ids of their questions.
pub type Answers = HashMap<Cow<'static, str>, LocatedAnswer>;

/// A pack that keeps the answers which it is given.
struct Listener<P> {
    pack: P,
    heard: Arc<Mutex<Answers>>,
}

impl<P: RulePack> RulePack for Listener<P> {
    fn manifest(&self) -> &PackManifest {
        self.pack.manifest()
    }

    fn evaluate(&self, request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone_from(request.answers);
        self.pack.evaluate(request)
    }
}

/// The forms of a report.
pub const OUTPUT_FORMS: [&str; 11] =
    ["text", "concise", "json", "json-lines", "sarif", "junit", "github", "gitlab", "markdown", "html", "agent"];

/// Writes a report in the form of this name; gives the number of bytes.
///
/// # Errors
/// Never: what is written stays in memory.
pub fn write(form: &str, report: &Report, sources: &Sources<'_>, rules: &[RuleEntry<'_>]) -> io::Result<usize> {
    let mut out = Vec::new();
    let mut emitter: Box<dyn Emitter + '_> = match form {
        "concise" => Box::new(Concise::new(&mut out)),
        "json" => Box::new(Json::new(&mut out)),
        "json-lines" => Box::new(JsonLines::new(&mut out)),
        "sarif" => Box::new(Sarif::new(&mut out, rules)),
        "junit" => Box::new(Junit::new(&mut out)),
        "github" => Box::new(Github::new(&mut out)),
        "gitlab" => Box::new(Gitlab::new(&mut out)),
        "markdown" => Box::new(Markdown::new(&mut out, MarkdownOptions::default())),
        "html" => Box::new(Html::new(&mut out, rules, Cursor::new(Vec::new()))),
        "agent" => Box::new(Agent::new(&mut out)),
        _ => Box::new(Text::new(&mut out, TextOptions::default())),
    };
    emit(report, sources, emitter.as_mut())?;
    drop(emitter);
    Ok(out.len())
}

/// The report of one examined plan, as the command writes it.
#[must_use]
pub fn report(engine: &Engine, plan: PlanReport) -> Report {
    Report::new(engine.packs().map(PackReport::new).collect(), vec![plan])
}

/// All rules of an engine, as emitters know them.
#[must_use]
pub fn rules(engine: &Engine) -> Vec<RuleEntry<'_>> {
    catalogue::rules(engine.packs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Form, load, texts};

    #[test]
    fn the_limit_reads_markdown_as_plangate_does() {
        let source = include_str!("../../core/src/markdown.rs");
        let options = source.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let options: Vec<&str> = options.filter(|word| word.starts_with("ENABLE_")).collect();
        assert!(!options.is_empty() && options.iter().all(|option| *option == "ENABLE_TABLES"), "{options:?}");
        assert_eq!(OPTIONS, Options::ENABLE_TABLES);
    }

    #[test]
    fn a_whole_feature_is_judged_by_all_54_questions() {
        let engine = engine().expect("the packs' ids are unique");
        let feature = load(&texts(Form::Template, 20_000));
        assert_eq!(answers(&feature).expect("the packs' ids are unique").len(), 54);
        let plan = engine.evaluate(&feature);
        assert!(plan.failures.is_empty() && !plan.findings.is_empty());
        let judged: usize = plan.gate.principles.iter().map(|principle| principle.questions.len()).sum();
        assert_eq!(judged, 54);
        let report = report(&engine, plan);
        let rules = rules(&engine);
        let sources = Sources::of(&feature);
        for form in OUTPUT_FORMS {
            assert!(write(form, &report, &sources, &rules).expect("memory takes it") > 0, "{form}");
        }
    }
}
