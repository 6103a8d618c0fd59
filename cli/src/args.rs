//! What the command line takes. What each command does with it lives in the command's own file.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

use plangate_core::Severity;
use plangate_core::config::PhaseSetting;
use plangate_core::report::FailOn;

use crate::{
    check, completions, config, explain, init, man, new, pack, pack_worker, packs, parse, report, rules, schema,
    template,
};

/// Examines the Constitution Check of Spec Kit plans.
///
/// plangate reads a plan, asks every question of every active principle, looks for proof in the
/// feature's documents and in the repository, and computes the gate's verdict.
#[derive(Debug, Parser)]
#[command(name = "plangate", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to colour what is written.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true, display_order = 900)]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Box<check::Arguments>),
    Config(config::Arguments),
    Parse(parse::Arguments),
    Rules(rules::Arguments),
    Explain(explain::Arguments),
    Packs(packs::Arguments),
    Report(report::Arguments),
    Template(template::Arguments),
    New(new::Arguments),
    Schema(schema::Arguments),
    Init(init::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    Pack(pack::Arguments),
    /// Runs one pack for another process of plangate.
    #[command(name = pack_worker::COMMAND, hide = true)]
    PackWorker,
}

/// When colours are written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless the environment says otherwise (NO_COLOR, CLICOLOR_FORCE).
    #[default]
    Auto,
    /// Everywhere, files included.
    Always,
    /// Nowhere.
    Never,
}

/// The form of what `packs` lists.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What `--phase` takes: the words of a configuration, each with what it means.
const PHASES: [(PhaseSetting, &str); 5] = [
    (PhaseSetting::Auto, "What the feature's documents say"),
    (PhaseSetting::Research, "Before Phase 0"),
    (PhaseSetting::Design, "After Phase 1"),
    (PhaseSetting::Tasks, "After Phase 2"),
    (PhaseSetting::Delivered, "All tasks ticked"),
];

/// Reads a phase.
pub(crate) fn phase() -> impl TypedValueParser<Value = PhaseSetting> {
    let known = PHASES.map(|(phase, help)| PossibleValue::new(phase.as_str()).help(help));
    PossibleValuesParser::new(known).try_map(|word| {
        let mut phases = PHASES.iter().map(|(phase, _)| *phase);
        phases.find(|phase| phase.as_str() == word).ok_or("it is none of the phases")
    })
}

/// From which severity on a finding makes the exit code 1.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum FailOnChoice {
    /// An error.
    #[default]
    Error,
    /// A warning or an error.
    Warning,
    /// None: the findings are for reading only.
    Never,
}

impl From<FailOnChoice> for FailOn {
    fn from(choice: FailOnChoice) -> Self {
        match choice {
            FailOnChoice::Error => Self::Error,
            FailOnChoice::Warning => Self::Warning,
            FailOnChoice::Never => Self::Never,
        }
    }
}

/// Reads `CODE=LEVEL`.
pub(crate) fn severity(argument: &str) -> Result<(String, Severity), String> {
    let (code, level) = argument.split_once('=').ok_or("write it as CODE=LEVEL, such as PLN201=error")?;
    let severity = match level.trim().to_ascii_lowercase().as_str() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        "info" => Severity::Info,
        other => return Err(format!("`{other}` is none of error, warning, info")),
    };
    Ok((code.trim().to_owned(), severity))
}
