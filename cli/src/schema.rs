//! `plangate schema`: prints the JSON Schema of a document.

use clap::builder::PossibleValue;
use clap::{ValueEnum, value_parser};
use plangate_core::schema::{self, Kind};

use crate::error::Error;
use crate::output::Terminal;

/// Prints the JSON Schema (2020-12) of a document that plangate reads or writes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The document.
    #[arg(value_name = "KIND", value_parser = value_parser!(KindChoice))]
    kind: KindChoice,
}

#[derive(Clone, Copy, Debug)]
struct KindChoice(Kind);

impl ValueEnum for KindChoice {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [KindChoice; Kind::ALL.len()] = {
            let mut all = [KindChoice(Kind::Plan); Kind::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = KindChoice(Kind::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.as_str()).help(self.0.describes()))
    }
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    terminal.write_json(&schema::of(arguments.kind.0))?;
    Ok(0)
}
