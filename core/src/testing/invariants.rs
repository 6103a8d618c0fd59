//! What holds for every input, as functions that panic where it doesn't: the fuzz targets and the property tests ask
//! the same ones. A text that holds [`REPEAT`] is also asked whether time grows with it.

use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::config::{Effective, Layer};
use crate::diagnostic::Applicability;
use crate::engine::Engine;
use crate::feature::Feature;
use crate::pack::{ConstitutionDraft, ManifestPack};
use crate::parse;
use crate::plan::Plan;
use crate::report::PlanReport;

/// What stands behind this character is repeated, to see whether time grows with the text.
pub const REPEAT: char = '\u{1e}';

/// The longest part that is repeated, in bytes.
const LONGEST_UNIT: usize = 256;

/// A plan, its spec and its tasks, for documents that are examined besides.
const PLAN: &str = "# Implementation Plan: Voting\n\n## Constitution Check\n\n### I. Live Updates ✅\n\n\
                    - Does this feature push live updates? **Yes** - all\n";

/// Holds `invariant` for a text of any bytes, and for a text that repeats a part demands that four times the text
/// takes about four times as long.
///
/// # Panics
/// Where it does not hold.
pub fn of_bytes(bytes: &[u8], invariant: fn(&str)) {
    let text = String::from_utf8_lossy(bytes);
    match text.split_once(REPEAT) {
        Some((start, unit)) if (1..=LONGEST_UNIT).contains(&unit.len()) && start.len() <= LONGEST_UNIT => {
            let linear = is_linear(&|length| repeated(start, unit, length), &mut |text| invariant(text));
            assert!(linear, "the time does not grow with the text");
        }
        _ => invariant(&text),
    }
}

/// `start`, and `unit` over and over, up to `length` bytes in all.
#[must_use]
pub fn repeated(start: &str, unit: &str, length: usize) -> String {
    let count = length.saturating_sub(start.len()) / unit.len().max(1);
    [start, &unit.repeat(count)].concat()
}

/// Whether four times the text takes at most nine times as long, where something quadratic would take sixteen times.
/// What is over before the clock shows it can't be quadratic.
#[must_use]
pub fn is_linear(text: &dyn Fn(usize) -> String, work: &mut dyn FnMut(&str)) -> bool {
    const SHORT: usize = 10_000;
    let mut time = |length| {
        let text = text(length);
        let (begun, begun_on_processor) = (Instant::now(), on_processor());
        work(&text);
        match (begun_on_processor, on_processor()) {
            (Some(begun), Some(now)) => now.saturating_sub(begun),
            _ => begun.elapsed(),
        }
    };
    let mut is_steep = |length| {
        let long = time(4 * length);
        long > Duration::from_millis(250) && long > time(length) * 9
    };
    // A busy machine may be slow three times, but hardly ever for the longer text alone; and memory that has to be
    // fetched from the system costs once, but not again for four times as much.
    !(0..3).all(|_| is_steep(SHORT) && is_steep(4 * SHORT))
}

/// How long this thread has been on a processor, where the system says so: on a busy machine the clock on the wall tells
/// of the others.
fn on_processor() -> Option<Duration> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    statistics.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// A plan: its spans fit the text, it is written as it was read, and what is written stays as it is.
///
/// # Panics
/// Where it does not hold.
pub fn plan(text: &str) {
    let plan = parse::plan(text);
    spans_fit(&plan, text);
    let written = plan.to_markdown();
    let again = parse::plan(&written);
    spans_fit(&again, &written);
    assert_eq!(said(&plan), said(&again), "written as\n{written}");
    assert_eq!(written, again.to_markdown());
}

/// A spec: its spans fit the text.
///
/// # Panics
/// Where it does not hold.
pub fn spec(text: &str) {
    spans_fit(&parse::spec(text), text);
}

/// A tasks.md: its spans fit the text.
///
/// # Panics
/// Where it does not hold.
pub fn tasks(text: &str) {
    spans_fit(&parse::tasks(text), text);
}

/// A constitution: its spans fit the text, and a pack that is drafted from it can be read.
///
/// # Panics
/// Where it does not hold.
pub fn constitution(text: &str) {
    let constitution = parse::constitution(text);
    spans_fit(&constitution, text);
    if let Ok(draft) = ConstitutionDraft::new(&constitution, text, None) {
        let manifest = draft.to_toml(&["MVP", "PRD"]);
        let read = ManifestPack::from_toml(&manifest, "pack.toml");
        assert!(read.is_ok(), "{} in\n{manifest}", read.err().map_or_else(String::new, |error| error.to_string()));
    }
}

/// The documents that a feature may have besides: their spans fit the text.
///
/// # Panics
/// Where it does not hold.
pub fn documents(text: &str) {
    spans_fit(&parse::research(text), text);
    spans_fit(&parse::data_model(text), text);
    for name in ["contracts/api.md", "contracts/api.yaml", "contracts/api.json", "contracts/api.graphql"] {
        spans_fit(&parse::contract(name, text), text);
    }
}

/// A pack's TOML file: it is read, or every mistake names a line of it; and what was read examines a plan.
///
/// # Panics
/// Where it does not hold.
pub fn pack_manifest(text: &str) {
    match ManifestPack::from_toml(text, "pack.toml") {
        Ok(pack) => {
            if let Ok(engine) = Engine::builder().pack(pack).build() {
                report_holds(&engine, &Feature::builder().plan(PLAN).complete().build());
            }
        }
        Err(error) => {
            assert!(!error.problems.is_empty());
            lines_fit(error.problems.iter().map(|problem| problem.line), text);
        }
    }
}

/// A plangate.toml: it is read, or the mistake names a line of it; and what was read configures an engine.
///
/// # Panics
/// Where it does not hold.
pub fn configuration(text: &str) {
    let configured = Layer::of_text("plangate.toml", text)
        .and_then(|layer| Effective::of(vec![layer], Vec::new(), std::path::Path::new("/repository")));
    match configured {
        Ok(effective) => {
            if let Ok(engine) = Engine::builder().config(effective.config).build() {
                let feature = Feature::builder().folder("specs/001-voting").plan(PLAN).complete().build();
                report_holds(&engine, &feature);
            }
        }
        Err(error) => {
            assert!(!error.message.is_empty());
            lines_fit(error.line, text);
        }
    }
}

/// A plan as JSON: it is read, or every mistake has a place in it; and what was read is examined, each finding in a
/// place of the JSON.
///
/// # Panics
/// Where it does not hold.
#[cfg(feature = "validate")]
pub fn plan_json(text: &str) {
    use crate::plan_json::PlanJson;
    match PlanJson::read(text) {
        Ok(plan) => {
            let engine = super::sample_engine();
            let mut report = engine.evaluate(&plan.feature("plan.json").complete().build());
            plan.relocate(&mut report);
            places_fit(&report, "plan.json", text);
            fits_the_schema(&engine, report);
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(text.get(fault.span.range()).is_some(), "{fault} at {:?}", fault.span);
            }
        }
    }
}

/// What a pack behind the boundary says, of itself or of a plan: it is refused, or it makes a report like any other.
///
/// # Panics
/// Where it does not hold.
#[cfg(feature = "dynamic")]
pub fn pack_answer(bytes: &[u8]) {
    use crate::pack::RepeatingPack;
    const MANIFEST: &str = r###"{ "name": "acme", "version": "1.0.0", "prefix": "ACM",
        "principles": [{ "ordinal": "I", "name": "Live Updates", "statuses": ["pass", "attention"], "questions": [
            { "id": "ACM101", "name": "undeclared-update", "kind": "duty", "docs": "## What it finds\nA plan.",
              "text": "Does this feature push live updates?" }] }],
        "rules": [{ "id": "ACM901", "name": "planned-fault", "severity": "warning", "docs": "## What it finds\nA plan." }] }"###;
    let feature = Feature::builder().plan(PLAN).spec("# Spec\n\nüber").complete().build();
    let packs = [(bytes, &b"{}"[..]), (MANIFEST.as_bytes(), bytes)];
    for pack in packs.into_iter().filter_map(|(manifest, answer)| RepeatingPack::new(manifest, answer).ok()) {
        if let Ok(engine) = Engine::builder().pack(pack).build() {
            report_holds(&engine, &feature);
        }
    }
}

/// A whole run over a plan, its spec, tasks, constitution and template: the report holds, and a repaired plan stays as
/// it is.
///
/// # Panics
/// Where it does not hold.
pub fn run(engine: &Engine, plan: &str, spec: &str, tasks: &str) {
    let builder = Feature::builder().folder("specs/001-voting").plan(plan).spec(spec).tasks(tasks);
    let feature = builder.constitution(spec).plan_template(plan).complete().build();
    report_holds(engine, &feature);
    let repaired = engine.repair(feature, Applicability::Unsafe);
    assert!(repaired.report.failures.is_empty(), "{:?}", repaired.report.failures);
    let again = engine.repair(repaired.feature, Applicability::Unsafe);
    assert!(again.changes.is_empty(), "a second repair changes {:?}", again.changes);
    assert_eq!(again.report, repaired.report);
}

/// The report on `feature` has its places in the feature's texts, and is the same a second time.
#[track_caller]
fn report_holds(engine: &Engine, feature: &Feature) {
    let report = engine.evaluate(feature);
    for document in &feature.documents {
        places_fit(&report, &document.path, &document.text);
    }
    assert_eq!(report, engine.evaluate(feature), "a second report differs");
    fits_the_schema(engine, report);
}

/// Every place in the document at `path` lies in its text and on characters.
#[track_caller]
fn places_fit(report: &PlanReport, path: &str, text: &str) {
    for finding in report.findings.iter().filter(|finding| finding.path == path) {
        let range = finding.start.offset as usize..finding.end.offset as usize;
        assert!(text.get(range.clone()).is_some(), "{} at {range:?} of {path}", finding.rule);
    }
}

/// The report as JSON fits its schema.
#[track_caller]
fn fits_the_schema(engine: &Engine, report: PlanReport) {
    let report = serde_json::to_value(engine.report(vec![report])).expect("a report is JSON");
    #[cfg(feature = "validate")]
    {
        let errors = crate::schema::validate(crate::schema::Kind::Report, &report);
        assert!(errors.is_empty(), "{errors:?}");
    }
    drop(report);
}

/// Every line is one of the text.
#[track_caller]
fn lines_fit(lines: impl IntoIterator<Item = u32>, text: &str) {
    let last = text.matches('\n').count() + 1;
    for line in lines {
        assert!((1..=last).contains(&(line as usize)), "line {line} of {last}");
    }
}

/// Every span of a model lies in its text and on characters.
///
/// # Panics
/// Where it does not hold.
#[track_caller]
pub fn spans_fit(model: &impl Serialize, text: &str) {
    check_spans(&serde_json::to_value(model).expect("a model is JSON"), text);
}

#[track_caller]
fn check_spans(value: &Value, text: &str) {
    match value {
        Value::Object(map) => match span(map) {
            Some(range) => assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}"),
            None => map.values().for_each(|value| check_spans(value, text)),
        },
        Value::Array(values) => values.iter().for_each(|value| check_spans(value, text)),
        _ => {}
    }
}

fn span(map: &Map<String, Value>) -> Option<std::ops::Range<usize>> {
    let offset = |key| usize::try_from(map.get(key)?.as_u64()?).ok();
    Some(offset("start")?..offset("end")?)
}

/// The plan as JSON without what tells where it stands.
///
/// # Panics
/// Never: a plan is JSON.
#[must_use]
pub fn said(plan: &Plan) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for key in ["span", "heading", "sections", "problems"] {
                    map.remove(key);
                }
                map.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(plan).expect("a plan is JSON");
    strip(&mut value);
    value
}
