//! `plangate rules --output-format markdown`: the page that docs/rules.md is.

use std::fmt::Write as _;
use std::io::{self, Write};

use plangate_core::catalogue::{self, RuleEntry};
use plangate_core::evidence::Patterns;
use plangate_core::pack::PackManifest;
use plangate_core::principle::{Applies, Condition, Principle, Question};

/// Writes the page: a table of contents, then each rule's documentation.
pub(crate) fn write(packs: &[PackManifest], out: &mut dyn Write) -> io::Result<()> {
    let rules = catalogue::rules(packs);
    let questions = rules.iter().filter(|rule| rule.question.is_some()).count();
    writeln!(
        out,
        "<!-- Written by `plangate rules --output-format markdown`. Edit the rules' doc comments instead. -->\n\n\
         # Rules\n\n\
         {} rules: {questions} questions of {} principles, and {} rules that hold for every plan. A rule's severity is\n\
         the most that a finding of it can weigh; what a question's answer is judged as is told in the\n\
         [README](../README.md#how-a-question-is-judged).\n",
        rules.len(),
        packs.iter().map(|pack| pack.principles.len()).sum::<usize>(),
        rules.len() - questions,
    )?;
    for pack in packs {
        contents(pack, &rules, out)?;
    }
    packs.iter().try_for_each(|pack| documentation(pack, &rules, out))
}

/// The rules of a group, each with its summary.
fn contents(pack: &PackManifest, rules: &[RuleEntry<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {} (pack `{}`)\n", pack.title, pack.name)?;
    for principle in &pack.principles {
        let statuses: Vec<&str> = principle.statuses.iter().map(|status| status.as_str()).collect();
        writeln!(out, "**{}** ({})\n", principle.label(), statuses.join(", "))?;
        table(of_principle(principle, rules), out)?;
    }
    let free_form: Vec<_> = of_pack(pack, rules).collect();
    if free_form.is_empty() { Ok(()) } else { table(free_form.into_iter(), out) }
}

fn table<'a>(rules: impl Iterator<Item = &'a RuleEntry<'a>>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| id | name | severity | what it finds |\n| --- | --- | --- | --- |")?;
    for rule in rules {
        let RuleEntry { id, name, .. } = rule;
        let summary = rule.summary().replace('|', "\\|");
        writeln!(
            out,
            "| [{id}](#{}-{name}) | {name} | {} | {summary} |",
            id.to_ascii_lowercase(),
            rule.severity.as_str()
        )?;
    }
    writeln!(out)
}

fn documentation(pack: &PackManifest, rules: &[RuleEntry<'_>], out: &mut dyn Write) -> io::Result<()> {
    for principle in &pack.principles {
        writeln!(out, "## {}\n", principle.label())?;
        for (question, rule) in principle.questions.iter().zip(of_principle(principle, rules)) {
            heading(rule, out)?;
            let RuleEntry { severity, .. } = rule;
            let asked = condition(question);
            writeln!(out, "> {}\n", question.text)?;
            writeln!(out, "Asked as a {}{asked}; at most {}.\n", question.kind.as_str(), severity.as_str())?;
            writeln!(out, "{}", page(&rule.docs()))?;
        }
    }
    let mut free_form = of_pack(pack, rules).peekable();
    if free_form.peek().is_some() {
        writeln!(out, "## {}\n", pack.title)?;
    }
    for rule in free_form {
        heading(rule, out)?;
        let fix = if rule.fixable { "; some findings carry a fix" } else { "" };
        writeln!(out, "At most {}{fix}.\n\n{}", rule.severity.as_str(), page(&rule.docs()))?;
    }
    Ok(())
}

fn heading(rule: &RuleEntry<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### {} {}\n", rule.id, rule.name)
}

/// The entries of a principle's questions, in the template's order.
fn of_principle<'a>(principle: &'a Principle, rules: &'a [RuleEntry<'a>]) -> impl Iterator<Item = &'a RuleEntry<'a>> {
    principle.questions.iter().filter_map(|Question { id, .. }| rules.iter().find(|rule| rule.id == id))
}

/// The entries of a pack's free-form rules.
fn of_pack<'a>(pack: &'a PackManifest, rules: &'a [RuleEntry<'a>]) -> impl Iterator<Item = &'a RuleEntry<'a>> {
    rules.iter().filter(|rule| rule.pack == pack.name && rule.question.is_none())
}

/// ", only where PRD701 is answered yes", ", only where typescript is in use".
fn condition(question: &Question) -> String {
    let mut conditions: Vec<String> = Vec::new();
    if let Some(Condition::Scope(rule)) = &question.when {
        conditions.push(format!("{rule} is answered yes"));
    }
    let Applies { files, dependencies, languages, .. } = &question.applies;
    let any = |patterns: &Patterns| patterns.iter().collect::<Vec<_>>().join(" or ");
    for (patterns, what) in [(files, "in the repository"), (dependencies, "a dependency"), (languages, "in use")] {
        if !patterns.is_empty() {
            conditions.push(format!("{} is {what}", any(patterns)));
        }
    }
    if conditions.is_empty() { String::new() } else { format!(", only where {}", conditions.join(" and ")) }
}

/// A rule's docs as a part of a page: headings become bold, and the flags of examples become words.
fn page(docs: &str) -> String {
    let mut page = String::new();
    let mut fence: Option<&str> = None;
    for line in docs.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) => {
                if line.trim_end() == open {
                    fence = None;
                }
                page.push_str(line);
            }
            None if ticks.len() >= 3 => {
                fence = Some(ticks);
                let info = &line[ticks.len()..];
                let language = info.split(',').next().unwrap_or_default();
                if let Some(caption) = caption(info) {
                    let _ = writeln!(page, "{caption}\n");
                }
                let _ = write!(page, "{ticks}{language}");
            }
            None => match line.strip_prefix("## ") {
                Some("Example") => continue,
                Some(heading) => {
                    let _ = write!(page, "**{heading}**");
                }
                None => page.push_str(line),
            },
        }
        page.push('\n');
    }
    // Without its heading, "Example" leaves two empty lines.
    while page.contains("\n\n\n") {
        page = page.replace("\n\n\n", "\n\n");
    }
    page
}

/// What an example's flags say.
fn caption(info: &str) -> Option<String> {
    let mut flags = info.split(',').map(str::trim);
    let language = flags.next()?;
    let flags: Vec<&str> = flags.collect();
    if let Some(file) = flags.iter().find_map(|flag| flag.strip_prefix("file=")) {
        return Some(format!("with `{file}`:"));
    }
    if flags.contains(&"repository") {
        let what = if language == "json" { "these facts of the repository" } else { "these files in the repository" };
        return Some(format!("with {what}:"));
    }
    let fires = if flags.contains(&"finds") { "Fires" } else { "Doesn't fire" };
    let complete = if flags.contains(&"complete") { ", with no other document there" } else { "" };
    (language == "md").then(|| format!("{fires}{complete}:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_tell_in_words_what_their_flags_say() {
        let docs = "## What it finds\nA gap.\n\n## Example\n````md,finds,complete\n```text\n## Kept\n```\n````\n\
                    ```md,file=tasks.md\n- [ ] T001\n```\n";
        assert_eq!(
            page(docs),
            "**What it finds**\nA gap.\n\nFires, with no other document there:\n\n````md\n```text\n## Kept\n```\n````\n\
             with `tasks.md`:\n\n```md\n- [ ] T001\n```\n"
        );
    }
}
