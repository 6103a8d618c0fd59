//! What a page says of the rules that found something.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Found, prose, text};
use crate::catalogue::RuleEntry;

/// The sections of a rule's docs that a reader of findings needs; the others hold examples.
const SECTIONS: [&str; 2] = ["What it finds", "Why it matters"];

/// Where a rule stands on the page. Ids come from packs, so what no anchor may hold is left out.
pub(super) fn anchor(rule: &str) -> String {
    let letters = rule.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-');
    format!("rule-{}", letters.collect::<String>())
}

pub(super) fn section(rules: &[RuleEntry<'_>], found: &BTreeMap<String, Found>) -> Markup {
    html! {
        @if !found.is_empty() {
            section #rules aria-label="Rules" {
                h2 { "Rules that found something" }
                @for (id, found) in found {
                    @let rule = rules.iter().find(|rule| rule.id == id);
                    article.about id=(anchor(id)) tabindex="-1" {
                        h3 { code { (text(id)) } " " (text(&found.name)) }
                        p.says {
                            @if let Some(rule) = rule {
                                "pack " (text(rule.pack)) " · at most " (rule.severity.as_str())
                                @if let Some(principle) = rule.principle { " · " (text(principle)) }
                            } @else { "of a pack that is not at hand" }
                            " · findings: " (found.findings)
                        }
                        @if let Some(rule) = rule {
                            @if let Some(question) = rule.question { blockquote { (prose(question)) } }
                            @for paragraph in paragraphs(&rule.docs()) { p { (prose(&paragraph)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The paragraphs of [`SECTIONS`], each on one line.
fn paragraphs(docs: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut wanted = false;
    let mut open = false;
    for line in docs.lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix("## ") {
            wanted = SECTIONS.contains(&heading.trim());
            open = false;
        } else if line.is_empty() {
            open = false;
        } else if wanted {
            match paragraphs.last_mut().filter(|_| open) {
                Some(paragraph) => {
                    paragraph.push(' ');
                    paragraph.push_str(line);
                }
                None => paragraphs.push(line.to_owned()),
            }
            open = true;
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_leave_examples_out() {
        let docs = "## What it finds\nOne\nline.\n\nTwo.\n\n## Why it matters\nThree.\n\n## Example\n```md\nx\n```\n";
        assert_eq!(paragraphs(docs), ["One line.", "Two.", "Three."]);
    }

    #[test]
    fn an_anchor_holds_no_markup() {
        assert_eq!(anchor("X\"><script>1"), "rule-Xscript1");
    }
}
