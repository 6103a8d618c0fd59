//! `plangate explain`: one rule's documentation.

use std::io::{self, Write};

use plangate_core::catalogue::{self, RuleEntry};

use crate::engine;
use crate::error::Error;
use crate::output::Terminal;

/// Prints one rule's documentation.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The rule's id or name, or the beginning of one.
    rule: String,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let packs = engine::manifests()?;
    let rules = catalogue::rules(&packs);
    let rule = find(&rules, arguments.rule.trim())?;
    terminal.write(|out| write(rule, out))?;
    Ok(0)
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
        [] => Err(Error::UnknownRule { rule: asked.to_owned(), similar: similar(rules, asked) }),
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
    writeln!(out, "\n{}", rule.docs)
}

/// The ids and names that are at most a few slips of the finger away, the nearest first.
fn similar(rules: &[RuleEntry<'_>], asked: &str) -> Vec<String> {
    let asked = asked.to_ascii_lowercase();
    let near = (asked.chars().count() / 3).max(1);
    let mut similar: Vec<(usize, &str)> = rules
        .iter()
        .flat_map(|rule| [rule.id, rule.name])
        .map(|known| (distance(&known.to_ascii_lowercase(), &asked), known))
        .filter(|(distance, _)| *distance <= near)
        .collect();
    similar.sort_unstable();
    similar.into_iter().take(3).map(|(_, known)| format!("`{known}`")).collect()
}

/// Letters to insert, remove or replace until `a` is `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "abc", 3), ("kitten", "sitting", 3), ("pln101", "pnl101", 2), ("same", "same", 0)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
