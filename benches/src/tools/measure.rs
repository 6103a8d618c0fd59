//! `measure`: runs each main path once inside of [`measured`], for `instructions.sh`: valgrind counts what happens there
//! and nowhere else. The names of the paths go to standard output, in the order of the counts.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write as _};

use plangate_benches::measured::{OUTPUT_FORMS, answers, engine, limit, lone, report, rules, write};
use plangate_benches::{Form, SIZES, load, plan, texts};
use plangate_core::pack::{EvaluationRequest, RulePack as _};
use plangate_core::parse;
use plangate_core::report::Sources;

/// Bytes of the plan in features and reports.
const BYTES: usize = 10_000;

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    plans()?;
    features()?;
    reports()
}

/// A plan without anything around it, in every form.
fn plans() -> Result<(), Box<dyn Error>> {
    let engine = engine()?;
    for form in Form::ALL {
        // The other sizes say how the cost grows; two forms are enough for that.
        let sizes = if matches!(form, Form::Template | Form::Table) { &SIZES[..] } else { &[BYTES] };
        for size in sizes {
            let text = plan(form, *size);
            let name = |path: &str| format!("{path}/{}/{size}", form.name());
            path(&name("limit"), || limit(black_box(&text)))?;
            path(&name("parse"), || parse::plan(black_box(&text)))?;
            path(&name("check"), || engine.evaluate(&lone(black_box(&text))))?;
        }
    }
    Ok(())
}

/// A feature with all its documents.
fn features() -> Result<(), Box<dyn Error>> {
    let engine = engine()?;
    let texts = texts(Form::Template, BYTES);
    path("feature/load", || load(black_box(&texts)).build())?;
    let feature = load(&texts).build();
    let answers = answers(&feature)?;
    let request = EvaluationRequest::new(&feature, &answers);
    let (mvp, production) = (plangate_rules_mvp::pack(), plangate_rules_production::pack());
    path("feature/mvp", || mvp.evaluate(black_box(&request)))?;
    path("feature/production", || production.evaluate(black_box(&request)))?;
    path("feature/all-packs", || engine.evaluate(black_box(&feature)))?;
    Ok(())
}

/// The report of that feature in each form.
fn reports() -> Result<(), Box<dyn Error>> {
    let engine = engine()?;
    let rules = rules(&engine);
    let feature = load(&texts(Form::Template, BYTES)).build();
    let report = report(&engine, engine.evaluate(&feature));
    let sources = Sources::of(&feature);
    for form in OUTPUT_FORMS {
        path(&format!("emit/{form}"), || write(form, black_box(&report), &sources, &rules))?;
    }
    Ok(())
}

/// Runs a path twice, and has the second time measured: what is made once for a process is not part of it.
fn path<T>(name: &str, work: impl Fn() -> T) -> io::Result<()> {
    let run = || {
        black_box(work());
    };
    run();
    measured(&run);
    writeln!(io::stdout(), "{name}")
}

/// What valgrind looks for, by its name.
#[inline(never)]
fn measured(work: &dyn Fn()) {
    work();
}
