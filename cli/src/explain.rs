//! `plangate explain`: one rule's documentation.

use std::io::{self, Write};

use plangate_core::catalogue::{self, RuleEntry};

use crate::configuration;
use crate::engine;
use crate::error::{Error, similar};
use crate::load;
use crate::output::Terminal;

/// Prints one rule's documentation.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The rule's id or name, or the beginning of one.
    rule: String,

    #[command(flatten)]
    packs: load::PackArguments,

    #[command(flatten)]
    configuration: configuration::Arguments,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let config = arguments.configuration.here()?.effective.config;
    let (packs, code) = engine::manifests(&arguments.packs, &config, terminal)?;
    let rules = catalogue::rules(&packs);
    let rule = find(&rules, arguments.rule.trim())?;
    terminal.write_lines(|out| write(rule, out))?;
    Ok(code)
}

/// The rule with this id or name, else the only one that begins with it.
fn find<'a>(rules: &'a [RuleEntry<'a>], asked: &str) -> Result<&'a RuleEntry<'a>, Error> {
    let same = |text: &str| text.eq_ignore_ascii_case(asked);
    if let Some(rule) = rules.iter().find(|rule| same(rule.id) || same(rule.name)) {
        return Ok(rule);
    }
    let begins = |text: &str| !asked.is_empty() && text.get(..asked.len()).is_some_and(same);
    let found: Vec<&RuleEntry<'_>> = rules.iter().filter(|rule| begins(rule.id) || begins(rule.name)).collect();
    match found[..] {
        [rule] => Ok(rule),
        [] => Err(Error::UnknownRule {
            rule: asked.to_owned(),
            similar: similar(rules.iter().flat_map(|rule| [rule.id, rule.name]), asked),
        }),
        _ => Err(Error::SeveralRules {
            rule: asked.to_owned(),
            rules: found.iter().map(|rule| format!("{} {}", rule.id, rule.name)).collect(),
        }),
    }
}

fn write(rule: &RuleEntry<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {} {}\n", rule.id, rule.name)?;
    if let (Some(principle), Some(kind), Some(question)) = (rule.principle, rule.kind, rule.question) {
        writeln!(out, "> {question}\n")?;
        writeln!(out, "- Principle: {principle} (pack {}), asked as a {}", rule.pack, kind.as_str())?;
    } else {
        writeln!(out, "- Pack: {}", rule.pack)?;
    }
    writeln!(out, "- Severity: at most {}", rule.severity.as_str())?;
    if rule.fixable {
        writeln!(out, "- Some of its findings carry a fix")?;
    }
    writeln!(out, "\n{}", rule.docs())
}
