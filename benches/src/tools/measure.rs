//! `measure`: runs each main path inside of [`measured`], for `instructions.sh`: valgrind counts what happens there
//! and nowhere else. The names of the paths go to standard output, in the order of the counts.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write as _};

use plangate_benches::measured::{OUTPUT_FORMS, answers, engine, limit, lone, report, rules, write};
use plangate_benches::{Form, SIZES, load, plan, read, texts};
use plangate_core::pack::{EvaluationRequest, RulePack};
use plangate_core::report::Sources;
use plangate_core::{Feature, parse};

/// Bytes of the plan in features and reports.
const BYTES: usize = 10_000;

/// How often each path is measured. The least counts: hashes are seeded anew in each process, and where memory
/// is found depends on what was there before.
const RUNS: usize = 3;

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    plans()?;
    features()?;
    reports()
}

/// A plan without anything around it, in every form.
fn plans() -> Result<(), Box<dyn Error>> {
    let mut plans = Vec::new();
    for form in Form::ALL {
        // The other sizes say how the cost grows; two forms are enough for that.
        let sizes = if matches!(form, Form::Template | Form::Table) { &SIZES[..] } else { &[BYTES] };
        plans.extend(sizes.iter().map(|size| (format!("{}/{size}", form.name()), plan(form, *size))));
    }
    // What comes first is not touched by what others leave in the heap.
    for (name, text) in &plans {
        path(&format!("limit/{name}"), || limit(black_box(text)))?;
    }
    for (name, text) in &plans {
        path(&format!("parse/{name}"), || parse::plan(black_box(text)))?;
    }
    let engine = engine()?;
    for (name, text) in &plans {
        path(&format!("check/{name}"), || engine.evaluate(&lone(black_box(text))))?;
    }
    Ok(())
}

/// A feature with all its documents. What is found out of a feature is kept with it, so that each time
/// begins with one of its own.
fn features() -> Result<(), Box<dyn Error>> {
    let engine = engine()?;
    let texts = texts(Form::Template, BYTES);
    let answers = answers(&load(&texts))?;
    let (mvp, production) = (plangate_rules_mvp::pack(), plangate_rules_production::pack());
    let packs: [(&str, &dyn RulePack); 2] = [("mvp", &mvp), ("production", &production)];
    path("feature/load", || read(black_box(&texts)))?;
    for (name, pack) in packs {
        let evaluate = |feature: &Feature| pack.evaluate(&EvaluationRequest::new(black_box(feature), &answers));
        path_from(&format!("feature/{name}"), || read(&texts), evaluate)?;
    }
    path_from("feature/all-packs", || read(&texts), |feature| engine.evaluate(black_box(feature)))?;
    path("feature/whole", || engine.evaluate(&load(black_box(&texts))))?;
    Ok(())
}

/// The report of that feature in each form.
fn reports() -> Result<(), Box<dyn Error>> {
    let engine = engine()?;
    let rules = rules(&engine);
    let feature = load(&texts(Form::Template, BYTES));
    let report = report(&engine, engine.evaluate(&feature));
    for form in OUTPUT_FORMS {
        let write = |sources: &Sources<'_>| write(form, black_box(&report), sources, &rules);
        path_from(&format!("emit/{form}"), || Sources::of(&feature), write)?;
    }
    Ok(())
}

/// Has a path measured several times, the first time left out: what is made once for a process is not part
/// of it.
fn path<T>(name: &str, work: impl Fn() -> T) -> io::Result<()> {
    path_from(name, || (), |()| work())
}

/// The same for a path that begins with something, which is made before.
fn path_from<S, T>(name: &str, begin: impl Fn() -> S, work: impl Fn(&S) -> T) -> io::Result<()> {
    black_box(work(&begin()));
    for _ in 0..RUNS {
        let begun = begin();
        measured(&|| {
            black_box(work(&begun));
        });
        writeln!(io::stdout(), "{name}")?;
    }
    Ok(())
}

/// What valgrind looks for, by its name.
#[inline(never)]
fn measured(work: &dyn Fn()) {
    work();
}
