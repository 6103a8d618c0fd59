//! The headings of a plan that its model has no place for, put between the sections that are written.

use std::collections::HashMap;

use super::escape;
use crate::parse;
use crate::parse::aliases::{Aliases, Term};
use crate::plan::{Plan, Section};

/// Up to this many headings are tried one by one where they can't stand all together.
const MOST_TRIED: usize = 64;

impl Plan {
    /// The plan as [`Self::to_markdown`] writes it, and the headings of its `sections` as far as they
    /// can stand between the others without changing what is read.
    pub(crate) fn to_markdown_with_headings(&self) -> String {
        let written = self.to_markdown();
        let missing = missing(&self.sections, &parse::plan(&written).sections, written.len());
        if missing.is_empty() {
            return written;
        }
        let same = |text: &str| parse::plan(text).says_the_same(&self.normalized());
        let whole = inserted(&written, missing.iter());
        if same(&whole) {
            return whole;
        }
        let mut kept: Vec<&Heading> = Vec::new();
        for heading in missing.iter().take(MOST_TRIED) {
            kept.push(heading);
            if !same(&inserted(&written, kept.iter().copied())) {
                kept.pop();
            }
        }
        inserted(&written, kept.into_iter())
    }
}

/// A heading that is not written yet.
struct Heading {
    /// Where it belongs, in bytes of what is written.
    at: usize,
    line: String,
}

/// What makes two headings the same one.
#[derive(PartialEq, Eq, Hash)]
enum Name {
    Title,
    Term(Term),
    Words(String),
}

fn name(at: usize, section: &Section) -> Name {
    if at == 0 && section.level == 1 {
        return Name::Title;
    }
    Aliases::built_in().term(&section.title).map_or_else(|| Name::Words(section.title.to_lowercase()), Name::Term)
}

/// The sections that are not among the `written` ones: each before the section that follows it.
fn missing(sections: &[Section], written: &[Section], end: usize) -> Vec<Heading> {
    let mut known: HashMap<Name, Vec<usize>> = HashMap::new();
    for (at, section) in written.iter().enumerate().rev() {
        known.entry(name(at, section)).or_default().push(at);
    }
    // A title that is not listed stands before all that are.
    let unlisted =
        |first: &&Section| name(0, first) == Name::Title && sections.iter().all(|section| section.title != first.title);
    let mut next = written.first().filter(unlisted).map_or(0, |_| 1);
    let mut missing: Vec<Heading> = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        if let Some(found) = known.get_mut(&name(at, section)).and_then(Vec::pop) {
            next = found + 1;
            continue;
        }
        let at = written.get(next).map_or(end, |section| section.heading.range().start);
        let level = usize::from(section.level.clamp(1, 6));
        missing.push(Heading { at, line: format!("{} {}", "#".repeat(level), escape::heading(&section.title)) });
    }
    missing.sort_by_key(|heading| heading.at);
    missing
}

fn inserted<'a>(written: &str, headings: impl Iterator<Item = &'a Heading>) -> String {
    let mut out = String::with_capacity(written.len());
    let mut from = 0;
    for Heading { at, line } in headings {
        out.push_str(&written[from..*at]);
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
        out.push_str(line);
        out.push_str("\n\n");
        from = *at;
    }
    out + &written[from..]
}
