//! Reads constitution.md: which of its parts are principles, what they oblige to, and the version.

mod amendment;
mod rules;
mod version;

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Amendment, Constitution, ConstitutionPrinciple};
use crate::markdown::{Block, BlockKind, Markdown};
use crate::parse::phrase;
use crate::plan::{Problem, Section, Text};
use crate::source::{Span, beginning};

use crate::parse::ordinal::{Form, Numbered, numbered, undecorated};

/// The most principles that are read: each is compared with all that a plan assesses.
const MOST_PRINCIPLES: usize = 200;

/// Reads the text of a constitution.md. Never fails; of a document with more than 200 principles the first ones are
/// read, and its problems say so.
#[must_use]
pub fn constitution(text: &str) -> Constitution {
    let readable = without_unclosed_comment(text);
    let markdown = Markdown::parse(&readable);
    let outline = Outline::new(&markdown);
    let mut found = outline.principles();
    let problems = found.get(MOST_PRINCIPLES).map(|principle| {
        let message = format!("the constitution has more than {MOST_PRINCIPLES} principles");
        Problem::left_out(message, principle.heading)
    });
    found.truncate(MOST_PRINCIPLES);
    let (unfilled, filled): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|principle| phrase::is_placeholder(&principle.name) || is_template_name(&principle.name));
    let line = version::version_line(&markdown);
    let amendment = last_amendment(text, &filled, line.version.as_ref());
    let title = outline.title();
    let version = line.version.or_else(|| {
        let to = amendment.as_ref()?.to.as_deref()?;
        text.find(to).map(|at| Text::new(to, Span::new(at, at + to.len())))
    });
    Constitution {
        unfilled: is_unfilled(&markdown, title.as_ref(), unfilled.len(), filled.len()),
        title,
        version,
        ratified: line.ratified,
        amended: line.amended,
        sections: outline.other_sections(&filled),
        principles: filled,
        amendment,
        problems: problems.into_iter().collect(),
    }
}

/// The text with the opening of a comment that is never closed blanked out up to the next heading, so that the
/// document behind it is read. Offsets stay as they are.
fn without_unclosed_comment(text: &str) -> Cow<'_, str> {
    let Some(comment) = unclosed_comment(text).filter(|comment| comment.end < text.len()) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..comment.start]);
    out.extend(text[comment.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    out.push_str(&text[comment.end..]);
    Cow::Owned(out)
}

/// The comment that is never closed, up to the first heading behind it.
fn unclosed_comment(text: &str) -> Option<Range<usize>> {
    let open = text.rfind("<!--").filter(|open| !text[*open..].contains("-->"))?;
    let mut at = open;
    let heading = text[open..].split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        (line.starts_with("# ") || line.starts_with("## ")).then_some(start)
    });
    Some(open..heading.unwrap_or(text.len()))
}

/// Most of the principles, or the title of a document without any, are still the template's.
fn is_unfilled(markdown: &Markdown<'_>, title: Option<&Text>, unfilled: usize, filled: usize) -> bool {
    if unfilled + filled > 0 {
        return unfilled > filled;
    }
    let placeholder = title.is_some_and(|title| {
        title.text.split_inclusive(']').any(|part| part.find('[').is_some_and(|at| phrase::is_placeholder(&part[at..])))
    });
    placeholder && markdown.text.contains("_NAME]")
}

/// `[PRINCIPLE_1_NAME]` behind a numeral or with a word around it.
fn is_template_name(name: &str) -> bool {
    name.contains("[PRINCIPLE_") || name.contains("[PRINCIPLE ")
}

/// The report of the amendment that made the present version; without one the first report of the document.
fn last_amendment(text: &str, principles: &[ConstitutionPrinciple], version: Option<&Text>) -> Option<Amendment> {
    let mut reports: Vec<Amendment> =
        regions(text).into_iter().flat_map(|region| amendment::amendments(region, principles)).collect();
    let current =
        version.and_then(|version| reports.iter().position(|report| report.to.as_deref() == Some(&version.text)));
    (!reports.is_empty()).then(|| reports.swap_remove(current.unwrap_or(0)))
}

/// The comments and sections that report an amendment.
fn regions(text: &str) -> Vec<&str> {
    let unclosed = unclosed_comment(text);
    let mut rest = &text[..unclosed.as_ref().map_or(text.len(), |comment| comment.start)];
    let mut regions = Vec::new();
    while let Some(open) = rest.find("<!--") {
        let inner = &rest[open + 4..];
        let end = comment_end(inner);
        regions.push(&inner[..end]);
        rest = &inner[end..];
    }
    regions.extend(unclosed.map(|comment| &text[comment]));
    if regions.is_empty() {
        regions.extend(visible_report(text));
    }
    regions
}

/// Where a comment ends. An arrow as in "1.0.0 --> 1.1.0" doesn't end it.
fn comment_end(inner: &str) -> usize {
    let mut end = 0;
    while let Some(close) = inner[end..].find("-->") {
        end += close;
        // A version stands right behind its arrow.
        let behind = beginning(&inner[end + 3..], 200).lines().next().unwrap_or_default();
        if !behind.starts_with(' ') || version::version_in(behind).is_none() {
            return end;
        }
        end += 3;
    }
    inner.len()
}

/// A Sync Impact Report that stands in the document instead of a comment.
fn visible_report(text: &str) -> Option<&str> {
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let is_heading = line.starts_with('#');
        if let Some(start) = start {
            if is_heading {
                return Some(&text[start..at]);
            }
        } else if line.len() < 200 && phrase::contains(line, "sync impact report") {
            start = Some(at);
        }
        at += line.len();
    }
    start.map(|start| &text[start..])
}

/// The headings of a constitution as a tree.
struct Outline<'a> {
    markdown: &'a Markdown<'a>,
    sections: Vec<Node>,
    /// The heading that names the document, which contains all others.
    title: Option<usize>,
}

struct Node {
    section: Section,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// What is inherited from a heading over principles.
#[derive(Clone, Copy)]
struct Group {
    section: usize,
    non_negotiable: bool,
}

impl<'a> Outline<'a> {
    fn new(markdown: &'a Markdown<'a>) -> Self {
        let mut nodes: Vec<Node> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for section in markdown.sections() {
            while open.pop_if(|last| nodes[*last].section.level >= section.level).is_some() {}
            let parent = open.last().copied();
            if let Some(parent) = parent {
                let index = nodes.len();
                nodes[parent].children.push(index);
            }
            open.push(nodes.len());
            nodes.push(Node { section, parent, children: Vec::new() });
        }
        let title = nodes
            .first()
            .filter(|first| first.section.level == 1 && read_name(&first.section.title).0.is_none())
            .map(|_| 0);
        Self { markdown, sections: nodes, title }
    }

    fn title(&self) -> Option<Text> {
        let heading = self.markdown.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading { .. }))?;
        Some(self.markdown.plain_text(heading.content))
    }

    fn name(&self, index: usize) -> &str {
        &self.sections[index].section.title
    }

    fn number(&self, index: usize) -> Option<Numbered<'_>> {
        numbered(self.name(index))
    }

    /// The sections right below the title.
    fn top(&self) -> Vec<usize> {
        (0..self.sections.len())
            .filter(|index| {
                Some(*index) != self.title
                    && (self.sections[*index].parent.is_none() || self.sections[*index].parent == self.title)
            })
            .collect()
    }

    fn principles(&self) -> Vec<ConstitutionPrinciple> {
        let top = self.top();
        let mut found = Vec::new();
        for section in &top {
            if self.holds_principles(*section) {
                self.collect(
                    Group { section: *section, non_negotiable: is_non_negotiable(self.name(*section)) },
                    &mut found,
                );
            }
        }
        if found.is_empty() {
            // "Core Principles" may stand one level deeper, but not every heading with the word does the same.
            let core = (0..self.sections.len()).find(|index| self.is_core(*index) && self.holds_principles(*index));
            if let Some(section) = core {
                self.collect(Group { section, non_negotiable: is_non_negotiable(self.name(section)) }, &mut found);
            }
        }
        if found.is_empty() {
            return self.without_container(&top);
        }
        self.append_stragglers(&mut found);
        found.sort_by_key(|principle| principle.span.start);
        found
    }

    /// "Core Principles", "MVP Principles", "核心原则": a heading over principles, not one of them.
    fn holds_principles(&self, index: usize) -> bool {
        let (number, name) = read_name(self.name(index));
        let name = name.split(['(', '（', ':', '：', '–', '—']).next().unwrap_or_default().trim();
        let words = name.split_whitespace().count();
        let limit = if name.chars().any(phrase::is_ideographic) { 14 } else { 60 };
        if words > 6
            || name.chars().count() > limit
            || AROUND_PRINCIPLES.iter().any(|word| phrase::contains(name, word))
        {
            return false;
        }
        let plural = PRINCIPLES.iter().any(|word| phrase::contains(name, word));
        let loose = number.is_none() && LOOSE_PRINCIPLES.iter().any(|word| phrase::contains(name, word));
        (plural || loose)
            && (!self.sections[index].children.is_empty() || !self.listed(self.sections[index].section.span).is_empty())
    }

    /// "Core Principles", without a numeral.
    fn is_core(&self, index: usize) -> bool {
        Some(index) != self.title
            && self.number(index).is_none()
            && CORE.iter().any(|word| phrase::contains(self.name(index), word))
    }

    /// The principles below a heading that holds them.
    fn collect(&self, group: Group, found: &mut Vec<ConstitutionPrinciple>) {
        let children = &self.sections[group.section].children;
        let span = self.sections[group.section].section.span;
        if children.is_empty() {
            return self.collect_listed(span, group.non_negotiable, found);
        }
        let count = children.iter().filter(|child| self.number(**child).is_some()).count();
        let any_group = children.iter().any(|child| self.is_group(*child));
        if count == 0 && !any_group {
            let listed = self.listed(span);
            if listed.iter().filter(|entry| entry.ordinal.is_some() && entry.is_bold).count() >= 2 {
                return self.collect_listed(span, group.non_negotiable, found);
            }
        }
        for child in children {
            let is_numbered = self.number(*child).is_some();
            if self.is_group(*child) {
                let non_negotiable = group.non_negotiable || is_non_negotiable(self.name(*child));
                self.collect(Group { section: *child, non_negotiable }, found);
            } else if is_numbered || (!any_group && count * 2 < children.len() && !is_meta(self.name(*child))) {
                found.extend(self.principle(*child, group.non_negotiable));
            }
        }
    }

    /// A heading between "Core Principles" and its principles, such as "MVP Principles".
    fn is_group(&self, index: usize) -> bool {
        let children = &self.sections[index].children;
        let strong = children
            .iter()
            .filter_map(|child| self.number(*child))
            .filter(|number| matches!(number.form, Form::Roman | Form::Word))
            .count();
        let any = children.iter().any(|child| self.number(*child).is_some());
        match self.number(index) {
            Some(number) => {
                number.form != Form::Roman && number.form != Form::Word && strong >= 1 && self.holds_principles(index)
            }
            None => strong >= 1 || (any && self.holds_principles(index)),
        }
    }

    /// Principles outside of the section that holds the others, recognised by a word or by counting on.
    fn append_stragglers(&self, found: &mut Vec<ConstitutionPrinciple>) {
        let Some(last) = found.iter().max_by_key(|principle| principle.span.start) else { return };
        let mut next = last.ordinal.as_deref().and_then(numbered).map(|number| number.value + 1);
        let level = self.sections.iter().find(|node| node.section.span == last.span).map(|node| node.section.level);
        let behind = last.span.end;
        for index in 0..self.sections.len() {
            let section = &self.sections[index].section;
            let Some(number) = self.number(index) else { continue };
            if section.span.start < behind || is_meta(number.rest) || number.rest.is_empty() {
                continue;
            }
            let counts_on = number.form == Form::Roman && Some(section.level) == level && Some(number.value) == next;
            if (number.form == Form::Word && phrase::starts_with(undecorated(&section.title), "princip").is_some())
                || counts_on
            {
                found.extend(self.principle(index, false));
                next = Some(number.value + 1);
            }
        }
    }

    /// The principles of a document that has no section for them.
    fn without_container(&self, top: &[usize]) -> Vec<ConstitutionPrinciple> {
        let of_form = |form: Form| -> Vec<usize> {
            (0..self.sections.len())
                .filter(|index| self.number(*index).is_some_and(|number| number.form == form))
                .collect()
        };
        for form in [Form::Word, Form::Roman] {
            let chosen = self.on_one_level(&of_form(form));
            let chosen: Vec<usize> = chosen.into_iter().filter(|index| !is_meta(self.name(*index))).collect();
            if chosen.len() >= 2 {
                return chosen.into_iter().filter_map(|index| self.principle(index, false)).collect();
            }
        }
        let mut found = Vec::new();
        let everything = Span::new(0, self.markdown.text.len());
        if self.listed(everything).iter().filter(|entry| entry.is_sure).count() >= 3 {
            self.collect_listed(everything, false, &mut found);
            return found;
        }
        // A document that numbers all of its sections: each but the formal ones is an article.
        let numbered: Vec<usize> = top
            .iter()
            .copied()
            .filter(|index| self.number(*index).is_some_and(|number| number.form == Form::Arabic))
            .collect();
        if numbered.len() >= 3 && numbered.len() * 2 > top.len() {
            found.extend(
                numbered
                    .into_iter()
                    .filter(|index| !is_meta(self.name(*index)))
                    .filter_map(|index| self.principle(index, false)),
            );
        }
        found
    }

    /// Those of `sections` that stand on the level where most of them stand.
    fn on_one_level(&self, sections: &[usize]) -> Vec<usize> {
        let level = |index: usize| self.sections[index].section.level;
        let most = (1..=6)
            .max_by_key(|wanted| (sections.iter().filter(|index| level(**index) == *wanted).count(), 6 - *wanted));
        sections.iter().copied().filter(|index| Some(level(*index)) == most).collect()
    }

    /// The principle that a heading begins.
    fn principle(&self, index: usize, inherited: bool) -> Option<ConstitutionPrinciple> {
        let section = &self.sections[index].section;
        let (number, name) = read_name(&section.title);
        let whole = numbered(&section.title).map(|number| number.rest).filter(|rest| !rest.is_empty());
        let name = if name.is_empty() { undecorated(whole.unwrap_or(&section.title)).to_owned() } else { name };
        if name.is_empty() {
            return None;
        }
        Some(ConstitutionPrinciple {
            ordinal: number,
            name,
            non_negotiable: inherited || is_non_negotiable(&section.title) || self.body_is_non_negotiable(section),
            rules: rules::rules(self.markdown, section.span),
            heading: section.heading,
            span: section.span,
        })
    }

    /// A line "NON-NEGOTIABLE" right below the heading, or at the start of the first paragraph.
    fn body_is_non_negotiable(&self, section: &Section) -> bool {
        let body = Span { start: section.heading.end, end: section.span.end };
        let first =
            self.markdown.blocks_in(body).iter().find(|block| !matches!(block.kind, BlockKind::Html | BlockKind::Rule));
        first.is_some_and(|block| self.block_is_non_negotiable(block))
    }

    fn block_is_non_negotiable(&self, block: &Block) -> bool {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) {
            return false;
        }
        let Some(line) = self.markdown.lines(block.content).next() else { return false };
        let line = self.markdown.plain(line);
        let Some(mark) = NON_NEGOTIABLE.iter().find_map(|mark| phrase::find(&line, mark)) else { return false };
        let lead = line[..mark.start].trim_matches(|c: char| !c.is_alphanumeric());
        lead.is_empty() || line.chars().count() <= 60 || line[mark].chars().all(|c| !c.is_lowercase())
    }

    /// Titles of what is neither a principle nor a section that holds them.
    fn other_sections(&self, principles: &[ConstitutionPrinciple]) -> Vec<Text> {
        let mut titles = Vec::new();
        let mut next = 0;
        for (index, node) in self.sections.iter().enumerate() {
            let section = &node.section;
            while principles.get(next).is_some_and(|principle| principle.span.end <= section.span.start) {
                next += 1;
            }
            let inside = principles.get(next).is_some_and(|principle| principle.span.start <= section.span.start);
            let around = principles.get(next).is_some_and(|principle| section.span.encloses(principle.span));
            if inside
                || around
                || Some(index) == self.title
                || section.level > 4
                || phrase::is_placeholder(&section.title)
            {
                continue;
            }
            let (_, name) = read_name(&section.title);
            if !name.is_empty() {
                titles.push(Text::new(name, section.heading));
            }
        }
        titles
    }

    fn collect_listed(&self, span: Span, inherited: bool, found: &mut Vec<ConstitutionPrinciple>) {
        let entries = self.listed(span);
        let numbered = entries.iter().filter(|entry| entry.ordinal.is_some()).count();
        let only_numbered = numbered >= 2 && numbered * 2 >= entries.len();
        let entries: Vec<Entry> =
            entries.into_iter().filter(|entry| !only_numbered || entry.ordinal.is_some()).collect();
        if entries.len() < 2 {
            return;
        }
        let ends: Vec<u32> = entries.iter().skip(1).map(|entry| entry.span.start).chain([span.end]).collect();
        for (entry, end) in entries.into_iter().zip(ends) {
            let whole =
                if entry.is_open { Span { start: entry.span.start, end: end.max(entry.span.end) } } else { entry.span };
            found.push(ConstitutionPrinciple {
                ordinal: entry.ordinal,
                name: entry.name,
                non_negotiable: inherited || entry.non_negotiable,
                rules: rules::rules(self.markdown, whole),
                heading: entry.heading,
                span: whole,
            });
        }
    }

    /// Principles that are bullets, numbered lines, bold paragraphs or table rows instead of headings.
    fn listed(&self, span: Span) -> Vec<Entry> {
        let blocks = self.markdown.blocks_in(span);
        let bold: Vec<Entry> = blocks.iter().filter_map(|block| self.bold_entry(block)).collect();
        if bold.len() >= 2 {
            return bold;
        }
        let plain: Vec<Entry> = blocks.iter().filter_map(|block| self.plain_entry(block)).collect();
        if plain.len() >= 2 {
            return plain;
        }
        blocks.iter().find_map(|block| self.table_entries(block)).unwrap_or_default()
    }

    /// `- **I. Name**: …`, `1. **Name** …`, `**I. Name**`.
    fn bold_entry(&self, block: &Block) -> Option<Entry> {
        let (number, depth) = match block.kind {
            BlockKind::Item { number } => (number, 1),
            BlockKind::Paragraph => (None, 0),
            _ => return None,
        };
        if block.depth != depth || block.quoted {
            return None;
        }
        let strong = self.markdown.strongs_in(block.content).first()?;
        let lead = self.markdown.plain(Span { start: block.content.start, end: strong.span.start });
        let title = self.markdown.plain(strong.inner);
        let lead_number =
            numbered(&lead).filter(|number| number.rest.is_empty()).map(|number| number.ordinal.to_owned());
        if lead.contains(char::is_alphanumeric) && lead_number.is_none() {
            return None;
        }
        let (mut ordinal, mut name) = read_name(title.trim_end_matches([':', '：', '.', ' ']));
        let line = self.markdown.lines(block.content).next().unwrap_or(block.content);
        if name.is_empty() {
            let behind = self.markdown.plain(Span { start: strong.span.end.min(line.end), end: line.end });
            name = short_name(&behind)?;
        }
        ordinal = ordinal.or(lead_number);
        let is_sure = ordinal.as_deref().and_then(numbered).is_some_and(|number| number.form == Form::Roman)
            || numbered(&title).is_some_and(|number| number.form == Form::Word)
            || (number.is_some() && self.sections.len() <= 3);
        ordinal = ordinal.or_else(|| number.map(|number| number.to_string()));
        let is_label = depth == 0 && ordinal.is_none();
        if is_label || is_meta(&name) || name.chars().count() > 100 {
            return None;
        }
        Some(Entry {
            non_negotiable: is_non_negotiable(&self.markdown.plain(line)),
            ordinal,
            name,
            is_bold: true,
            is_sure,
            is_open: depth == 0,
            heading: line,
            span: block.span,
        })
    }

    /// `1. Name: …`, `- I. Name — …`.
    fn plain_entry(&self, block: &Block) -> Option<Entry> {
        let BlockKind::Item { number } = block.kind else { return None };
        if block.depth != 1 || block.quoted {
            return None;
        }
        let line = self.markdown.lines(block.content).next()?;
        let text = self.markdown.plain(line);
        let own = numbered(&text);
        let name = short_name(own.map_or(text.as_str(), |own| own.rest))?;
        let ordinal = own.map(|own| own.ordinal.to_owned()).or_else(|| number.map(|number| number.to_string()))?;
        Some(Entry {
            non_negotiable: is_non_negotiable(&text),
            is_sure: own.is_some_and(|own| matches!(own.form, Form::Roman | Form::Word)),
            ordinal: Some(ordinal),
            name: read_name(&name).1,
            is_bold: false,
            is_open: false,
            heading: line,
            span: block.span,
        })
    }

    /// `| I | Name | … |`, `| I. Name | … |`.
    fn table_entries(&self, block: &Block) -> Option<Vec<Entry>> {
        let BlockKind::Table { index } = block.kind else { return None };
        let table = self.markdown.tables.get(index)?;
        let column = table.header.iter().position(|cell| {
            let title = self.markdown.plain(*cell);
            TABLE_NAMES.iter().any(|word| phrase::contains(&title, word))
        })?;
        let entries = table.rows.iter().filter_map(|row| {
            let cell = *row.cells.get(column)?;
            let (ordinal, name) = read_name(&self.markdown.plain(cell));
            let before =
                row.cells.first().filter(|_| column > 0).map(|cell| self.markdown.plain(*cell)).unwrap_or_default();
            let ordinal = ordinal.or_else(|| numbered(&before).map(|number| number.ordinal.to_owned()));
            (!name.is_empty()).then(|| Entry {
                non_negotiable: is_non_negotiable(&self.markdown.plain(row.span)),
                ordinal,
                name,
                is_bold: true,
                is_sure: false,
                is_open: false,
                heading: cell,
                span: row.span,
            })
        });
        let entries: Vec<Entry> = entries.collect();
        (entries.len() >= 2).then_some(entries)
    }
}

/// A principle that is no heading.
struct Entry {
    ordinal: Option<String>,
    name: String,
    non_negotiable: bool,
    is_bold: bool,
    /// Certainly a principle, even outside of a section for them.
    is_sure: bool,
    /// What follows up to the next entry belongs to it.
    is_open: bool,
    heading: Span,
    span: Span,
}

/// The words before a colon or dash, where they are few enough for a name.
fn short_name(text: &str) -> Option<String> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '.' | '：'));
    let cut =
        [": ", "：", " - ", " – ", " — ", ". "].iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let name = text[..cut].trim().trim_end_matches(['.', ':']);
    (!name.is_empty() && name.split_whitespace().count() <= 8 && name.chars().count() <= 80).then(|| name.to_owned())
}

/// The numeral and the name of a heading, without emoji and "(NON-NEGOTIABLE)".
fn read_name(title: &str) -> (Option<String>, String) {
    let found = numbered(title);
    let rest = found.map_or_else(|| undecorated(title), |found| undecorated(found.rest));
    (found.map(|found| found.ordinal.to_owned()), clean_name(rest))
}

/// The name without its non-negotiable mark and without symbols at its end.
fn clean_name(name: &str) -> String {
    let mut out = name.to_owned();
    // A name carries one mark, rarely two; more would be no name.
    for _ in 0..3 {
        let Some(mark) = non_negotiable_mark(&out) else { break };
        out.replace_range(mark, " ");
    }
    let mut name = String::with_capacity(out.len());
    for word in out.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    for (empty, filled) in
        [("( ", "("), ("（ ", "（"), (" )", ")"), (" ）", "）"), ("()", ""), ("（）", ""), ("[]", "")]
    {
        name = name.replace(empty, filled);
    }
    let end = |c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | ',' | '*' | '|' | '·') || is_symbol(c)
    };
    let trimmed = name.trim_end_matches(end);
    // A name all of marks is kept as it is.
    if trimmed.is_empty() { name.trim().to_owned() } else { trimmed.trim_start().to_owned() }
}

fn is_symbol(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{e000}'..='\u{f8ff}')
}

/// Where a non-negotiable mark stands in `text`, with the brackets or the separator that belong to it.
fn non_negotiable_mark(text: &str) -> Option<Range<usize>> {
    if let Some(mark) = ["(NN)", "（NN）", "[NN]"].iter().find_map(|mark| text.find(mark).map(|at| at..at + mark.len()))
    {
        return Some(mark);
    }
    let mark = NON_NEGOTIABLE.iter().filter_map(|mark| phrase::find(text, mark)).max_by_key(Range::len)?;
    let before = text[..mark.start].trim_end();
    let mut behind = mark.end;
    for word in [" rules", " rule", " principles", " principle"] {
        behind += phrase::starts_with(&text[behind..], word).unwrap_or(0);
    }
    let rest = text[behind..].trim_start();
    let start = before.trim_end_matches([',', ';', '/', '-', '–', '—', ':', '：', '，', '、', '·', '|']).trim_end();
    let alone = start.len() == before.len();
    if alone && before.ends_with(['(', '（', '[', '【']) {
        let open = before.char_indices().next_back().map_or(0, |(at, _)| at);
        if let Some(close) = rest.chars().next().filter(|c| matches!(c, ')' | '）' | ']' | '】')) {
            return Some(open..text.len() - rest.len() + close.len_utf8());
        }
        // "(NON-NEGOTIABLE, TDD)"
        let next = rest.trim_start_matches([',', ';', '/', '-', '–', '—', ':', '：', '，', '、']).trim_start();
        return Some(mark.start..text.len() - next.len());
    }
    Some(start.len()..behind)
}

fn is_non_negotiable(text: &str) -> bool {
    non_negotiable_mark(text).is_some()
}

/// A section that says how the document itself works, or what the project uses: never a principle by itself.
fn is_meta(title: &str) -> bool {
    let (_, name) = read_name(title);
    META.iter().any(|phrase| phrase::equals(&name, phrase))
        || META_START.iter().any(|phrase| phrase::leading_word(&name, &[phrase]).is_some())
        || META_ANYWHERE.iter().any(|phrase| phrase::contains(&name, phrase))
}

/// Words for several principles, folded.
const PRINCIPLES: &[&str] = &[
    "principles", "principios", "princípios", "principes", "principi ", "prinzipien", "grundsätze", "principi fond",
    "beginselen", "zasady", "pryncypia", "принципы", "принципи", "principy", "zásady", "ilkeler", "prinsip",
    "nguyên tắc", "المبادئ", "原則", "原则", "원칙", "articles", "artículos", "artigos", "条款", "條款",
];

/// Words that make principles the document's own, folded.
const CORE: &[&str] = &[
    "core", "guiding", "fundament", "foundational", "project principles", "fondament", "grundlegend", "podstawow",
    "основн", "核心", "基本", "핵심",
];

/// Words that stand over principles where the heading has no numeral of its own.
const LOOSE_PRINCIPLES: &[&str] = &[
    "tenets", "commandments", "pillars", "axioms", "core values", "core rules", "golden rules", "core laws",
    "invariants", "non-negotiable", "não negociáveis", "no negociables", "準則", "准则", "信条", "信條",
];

/// Words that turn a heading about principles into something else.
const AROUND_PRINCIPLES: &[&str] = &[
    "amend", "compliance", "hierarchy", "governance", "history", "review", "enforcement", "interpretation", "conflict",
    "checklist", "exception", "violation", "adding", "changing", "applying", "how ", "application of", "修订", "修訂",
    "改訂", "遵守", "개정", "준수",
];

/// "NON-NEGOTIABLE" in the languages of real constitutions, folded.
const NON_NEGOTIABLE: &[&str] = &[
    "non-negotiable", "non negotiable", "nonnegotiable", "not negotiable", "non-negotiables", "no negociable",
    "no negociables", "no-negociable", "innegociable", "innegociables", "inegociável", "inegociavel", "inegociáveis",
    "não negociável", "não-negociável", "não negociáveis", "não-negociáveis", "nao negociavel", "nicht verhandelbar",
    "nicht-verhandelbar", "unverhandelbar", "non négociable", "non-négociable", "non négociables", "non-négociables",
    "non negociable", "non negoziabile", "niet onderhandelbaar", "niet-onderhandelbaar", "nienegocjowaln",
    "nie podlega negocjacj", "bezwzględnie obowiązuj", "не обсуждается", "не обсуждаются", "не подлежит обсуждению",
    "не подлежат обсуждению", "без компромиссов", "pazarlık edilemez", "tartışılmaz", "ej förhandlingsbar",
    "icke förhandlingsbar", "không thể thương lượng", "tidak dapat dinegosiasikan", "غير قابل للتفاوض", "不可妥协",
    "不可妥協", "妥協不可", "妥協なし", "絕不妥協", "绝不妥协", "不容妥协", "不容妥協", "不可协商", "不可協商",
    "不可商议", "不可商議", "不可谈判", "不可談判", "不可讨价还价", "不可违反", "不可違反", "交渉不可",
    "交渉の余地なし", "譲歩不可", "譲れない", "非交渉", "비협상", "협상 불가", "협상불가", "타협 불가", "타협불가",
    "양보 불가", "양보불가", "절대 준수",
];

const TABLE_NAMES: &[&str] =
    &["principle", "article", "name", "princip", "prinzip", "原則", "原则", "원칙", "принцип", "zasada"];

/// Whole titles that are no principles, folded.
const META: &[&str] = &[
    "context", "summary", "about", "history", "goals", "non-goals", "objectives", "constraints", "compliance",
    "authority", "exceptions", "roles", "contact", "license", "metadata", "conclusion", "signatures", "enforcement",
    "workflow", "status", "version", "versioning", "rationale", "references", "changelog", "change log", "mission",
    "vision", "purpose", "scope", "mission & vision", "mission and vision", "identity", "project identity",
    "project overview", "who we are", "notes", "see also", "appendix", "process", "team", "tooling", "propósito",
    "misión", "visión", "alcance", "visão", "missão", "escopo", "objetivo", "portée", "objet", "but", "zweck",
    "geltungsbereich", "ziel", "cel", "zakres", "цель", "миссия", "目的", "概要", "概述", "背景", "前言", "序言",
    "总则", "總則", "附则", "附則", "使命", "愿景", "願景", "ビジョン", "ミッション", "はじめに", "前文", "목적",
    "개요", "비전", "전문", "부칙", "范围", "範圍", "适用范围", "適用範圍", "適用範囲",
];

/// Beginnings of titles that are no principles, folded.
const META_START: &[&str] = &[
    "purpose", "preamble", "introduction", "overview", "background", "definitions", "glossary", "terminology",
    "governance", "amendment", "amendments", "amending", "version history", "versioning policy", "revision",
    "appendix", "related documents", "success criteria", "compliance review", "ratification", "sync impact report",
    "technology stack", "tech stack", "technical stack", "technology constraints", "technical constraints",
    "technology standards", "technology choices", "additional constraints", "additional sections",
    "development workflow", "development process", "project structure", "review process", "roles and responsibilities",
    "roles & responsibilities", "table of contents", "file structure", "directory structure", "decision log",
    "document control", "how to use", "using this", "this constitution", "effective date", "enforcement",
    "project overview", "quality gates", "gobernanza", "gobierno", "governança", "gouvernance", "governanza",
    "enmienda", "enmiendas", "emendas", "amendements", "preámbulo", "preâmbulo", "préambule", "präambel", "einleitung",
    "introducción", "introdução", "flujo de trabajo", "fluxo de trabalho", "flux de travail", "workflow de",
    "stack tecnológico", "stack tecnológica", "stack technique", "restricciones técnicas", "restrições técnicas",
    "управление", "введение", "технологический стек", "область применения", "рабочий процесс", "zarządzanie", "治理",
    "修订", "修訂", "修正", "改正", "改訂", "改定", "版本", "附录", "附錄", "术语", "術語", "用語", "ガバナンス",
    "技术栈", "技術棧", "技術スタック", "技術堆疊", "技术约束", "技術約束", "技術限制", "技術的制約", "开发工作流",
    "开发流程", "開發工作流", "開發流程", "開発ワークフロー", "開発フロー", "工作流程", "项目概述", "專案概述",
    "거버넌스", "기술 스택", "개발 워크플로", "개정", "용어",
];

/// Phrases that make a title formal wherever they stand, folded.
const META_ANYWHERE: &[&str] = &[
    "governance", "amendment", "version history", "change history", "revision history", "治理", "거버넌스",
    "ガバナンス",
];

#[cfg(test)]
mod tests;
