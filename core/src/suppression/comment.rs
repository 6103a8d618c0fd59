//! `<!-- plangate-ignore RULE: reason -->` in a document, and what it covers.

use std::collections::HashMap;
use std::ops::Range;

use crate::feature::{Document, Feature, State};
use crate::markdown::Markdown;
use crate::plan::Section;
use crate::source::Span;

/// The word that makes a comment a suppression.
const KEYWORD: &str = "plangate-ignore";

/// A comment that suppresses findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment<'a> {
    pub(super) document: &'a str,
    /// The whole comment.
    pub(super) span: Span,
    /// The rules that it names, each with its place.
    pub(super) rules: Vec<(&'a str, Span)>,
    /// Why the findings don't count; nothing, where it doesn't say.
    pub(super) reason: Option<String>,
    /// What it covers: a finding counts as covered where it begins in here.
    pub(super) covers: Span,
}

/// The comments of a feature's documents. A document without the word isn't read again.
pub(super) fn comments(feature: &Feature) -> Vec<Comment<'_>> {
    let has_word = |document: &&Document| document.state == State::Provided && document.text.contains(KEYWORD);
    feature
        .documents
        .iter()
        .filter(has_word)
        .flat_map(|document| of_text(&document.path, &document.markdown()))
        .collect()
}

fn of_text<'a>(path: &'a str, markdown: &Markdown<'a>) -> Vec<Comment<'a>> {
    let text = markdown.text;
    let sections = markdown.sections();
    let mut comments: Vec<Comment<'a>> =
        markdown.comments.iter().filter_map(|span| comment(path, text, *span)).collect();
    let around = Around::new(text, &sections, comments.iter().map(|comment| comment.span));
    for comment in &mut comments {
        comment.covers = around.covers(comment.span);
    }
    comments
}

fn comment<'a>(path: &'a str, text: &'a str, block: Span) -> Option<Comment<'a>> {
    let raw = block.text(text);
    // Text may go on behind the comment, on its last line.
    let raw = &raw[..raw.find("-->")? + "-->".len()];
    let inner = raw.strip_prefix("<!--")?.strip_suffix("-->")?;
    let said = inner.trim_start().strip_prefix(KEYWORD)?;
    if said.starts_with(|letter: char| letter.is_alphanumeric() || letter == '-') {
        return None;
    }
    let (rules, reason) = match said.split_once([':', '：']) {
        Some((rules, reason)) => (rules, reason.split_whitespace().collect::<Vec<_>>().join(" ")),
        None => (said, String::new()),
    };
    let rules = rules.split([',', ' ', '\n', '\t', '\r']).filter(|rule| !rule.is_empty());
    Some(Comment {
        document: path,
        span: Span::of(raw, text, 0),
        rules: rules.map(|rule| (rule, Span::of(rule, text, 0))).collect(),
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        covers: Span::default(),
    })
}

/// What stands before and behind the comments of a text. Comments in a row count as one, so that each is looked at
/// once, however many there are.
struct Around<'a> {
    text: &'a str,
    /// Where each line ends, its line feed left out.
    line_ends: Vec<usize>,
    /// The spans of sections, by where their headings end.
    sections: HashMap<usize, Span>,
    /// Where the text before a row ends, by where each comment of the row begins.
    before: HashMap<u32, usize>,
    /// Where the text behind a row begins, by where each comment of the row ends.
    behind: HashMap<u32, usize>,
}

impl<'a> Around<'a> {
    /// Of the comments in the order of the text.
    fn new(text: &'a str, sections: &[Section], comments: impl DoubleEndedIterator<Item = Span> + Clone) -> Self {
        let mut headings = HashMap::new();
        for Section { heading, span, .. } in sections {
            headings.entry(heading.start as usize + heading.text(text).trim_end().len()).or_insert(*span);
        }
        let mut before = HashMap::new();
        let mut last: Option<(usize, usize)> = None;
        for comment in comments.clone() {
            let ends = text[..comment.start as usize].trim_end().len();
            let row = last.filter(|(end, _)| *end == ends).map_or(ends, |(_, row)| row);
            before.insert(comment.start, row);
            last = Some((comment.end as usize, row));
        }
        let mut behind = HashMap::new();
        let mut next: Option<(usize, usize)> = None;
        for comment in comments.rev() {
            let begins = text.len() - text[comment.end as usize..].trim_start().len();
            let row = next.filter(|(start, _)| *start == begins).map_or(begins, |(_, row)| row);
            behind.insert(comment.end, row);
            next = Some((comment.start as usize, row));
        }
        let line_ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { text, line_ends, sections: headings, before, behind }
    }

    /// The section that the comment stands under the heading of; the line that it stands on behind
    /// something else; or the next line that is neither empty nor another such comment.
    fn covers(&self, comment: Span) -> Span {
        let (start, end) = (comment.start as usize, comment.end as usize);
        let line = self.line(start).start..self.line(end).end;
        // Of the line itself no more is looked at than the white space around the comment.
        let stands_behind = self.text[..start].trim_end().len() > line.start;
        if stands_behind || self.text.len() - self.text[end..].trim_start().len() < line.end {
            return Span::new(line.start, line.end);
        }
        let before = self.before.get(&comment.start).copied().unwrap_or(start);
        if let Some(section) = self.sections.get(&before) {
            return *section;
        }
        let next = self.behind.get(&comment.end).copied().unwrap_or(end);
        if next == self.text.len() {
            return Span::at(next);
        }
        let next = self.line(next);
        Span::new(next.start, next.end)
    }

    /// The line that the byte at `at` stands on.
    fn line(&self, at: usize) -> Range<usize> {
        let number = self.line_ends.partition_point(|end| *end < at);
        let start = number.checked_sub(1).map_or(0, |above| self.line_ends[above] + 1);
        start..self.line_ends.get(number).copied().unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&[&str], Option<&str>, &str)]) {
        let comments = of_text("plan.md", &Markdown::parse(text));
        let found: Vec<_> = comments
            .iter()
            .map(|comment| {
                let rules: Vec<&str> = comment.rules.iter().map(|(rule, _)| *rule).collect();
                (rules, comment.reason.as_deref(), comment.covers.text(text))
            })
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(rules, reason, covers)| (rules.to_vec(), *reason, *covers)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_comment_covers_the_line_below() {
        check(
            "# A\n\ntext\n\n<!-- plangate-ignore MVP202, PLN201: the\n reason: this -->\n- x y\n- z\n",
            &[(&["MVP202", "PLN201"], Some("the reason: this"), "- x y")],
        );
        check(
            "# A\n\ntext\n\n  <!-- plangate-ignore MVP202: why -->\n\n  - x\n",
            &[(&["MVP202"], Some("why"), "  - x")],
        );
        check(
            "# A\r\n\r\ntext\r\n\r\n<!-- plangate-ignore MVP202: why -->\r\nx\r\ny\r\n",
            &[(&["MVP202"], Some("why"), "x\r")],
        );
    }

    #[test]
    fn a_comment_under_a_heading_covers_the_section() {
        let section = "## B\n\n<!-- plangate-ignore PLN002: why -->\n\nx\n\n### C\n\ny\n\n";
        check(&format!("# A\n\n{section}## D\n\nz\n"), &[(&["PLN002"], Some("why"), section)]);
        let both = "## B\n<!-- plangate-ignore PLN002: why -->\n<!-- plangate-ignore PLN003: too -->\n\nx\n";
        check(both, &[(&["PLN002"], Some("why"), both), (&["PLN003"], Some("too"), both)]);
    }

    #[test]
    fn a_comment_behind_text_covers_its_line() {
        check(
            "# A\n\n| a | b |\n|---|---|\n| c | d <!-- plangate-ignore PLN107: why --> |\n| e | f |\n",
            &[(&["PLN107"], Some("why"), "| c | d <!-- plangate-ignore PLN107: why --> |")],
        );
    }

    #[test]
    fn several_comments_cover_one_line() {
        check(
            "# A\n\nx\n\n<!-- plangate-ignore PLN002: a -->\n<!-- plangate-ignore PLN003: b -->\ny\n",
            &[(&["PLN002"], Some("a"), "y"), (&["PLN003"], Some("b"), "y")],
        );
    }

    #[test]
    fn a_comment_may_say_too_little() {
        check("x\n\n<!-- plangate-ignore -->\ny\n", &[(&[], None, "y")]);
        check("x\n\n<!-- plangate-ignore PLN002 -->\ny\n", &[(&["PLN002"], None, "y")]);
        check("x\n\n<!-- plangate-ignore PLN002: -->\ny\n", &[(&["PLN002"], None, "y")]);
        check("x\n\n<!-- plangate-ignore PLN002: why -->", &[(&["PLN002"], Some("why"), "")]);
    }

    #[test]
    fn other_comments_and_code_are_none() {
        check("<!-- plangate-ignored PLN002: x -->\ny\n\n<!-- see plangate-ignore -->\ny\n", &[]);
        check("```md\n<!-- plangate-ignore PLN002: x -->\n```\n\n`<!-- plangate-ignore PLN002: x -->`\n", &[]);
    }
}
