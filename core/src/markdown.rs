//! Markdown → a flat list of blocks with spans. Every document's parser stands on this; the Markdown
//! itself is read by `pulldown-cmark`, and what real documents break (pipes in code, unclosed
//! fences and comments) is mended here, once.

use std::ops::{Deref, Range};
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::plan::{Problem, Section, Text};
use crate::source::Span;

/// How often the rest of a document is read anew behind an unclosed fence or comment.
const MAX_RECOVERIES: usize = 8;

/// A document as blocks.
#[derive(Clone, Debug)]
pub(crate) struct Markdown<'a> {
    /// The whole text.
    pub(crate) text: &'a str,
    layout: Arc<Layout>,
}

/// What stands where in a text.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// Blocks in order; what stands in a list carries its depth.
    pub(crate) blocks: Vec<Block>,
    /// Tables, by the index in [`BlockKind::Table`].
    pub(crate) tables: Vec<Table>,
    /// Bold text in order.
    pub(crate) strongs: Vec<Marked>,
    /// Links in order.
    pub(crate) links: Vec<Link>,
    /// Code spans in order, backticks included.
    pub(crate) codes: Vec<Span>,
    /// HTML comments in order, in blocks and in lines.
    pub(crate) comments: Vec<Span>,
    /// What a reader sees: the text without the marks of Markdown.
    visible: Vec<Span>,
    /// What was mended.
    pub(crate) problems: Vec<Problem>,
}

impl Deref for Markdown<'_> {
    type Target = Layout;

    fn deref(&self) -> &Layout {
        &self.layout
    }
}

impl Layout {
    /// Reads `text`. Never fails; linear in the text.
    pub(crate) fn of(text: &str) -> Self {
        let mut reader = Reader { text, ..Reader::default() };
        let mut offset = reader.front_matter();
        for _ in 0..=MAX_RECOVERIES {
            reader.read(offset);
            match reader.unclosed_tail() {
                Some(next) => offset = next,
                None => break,
            }
        }
        reader.out
    }
}

/// One block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// The block's own text: a heading's, a paragraph's, a list item's first paragraph, the inside
    /// of a fence.
    pub(crate) content: Span,
    /// The whole block.
    pub(crate) span: Span,
    /// 0 outside of lists, 1 in a list, 2 in a list in a list.
    pub(crate) depth: u8,
    /// Inside of a block quote.
    pub(crate) quoted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum BlockKind {
    Heading {
        level: u8,
    },
    Paragraph,
    /// A list item; its further paragraphs and inner lists follow as blocks of their own.
    Item {
        number: Option<u64>,
    },
    Table {
        index: usize,
    },
    Code {
        fenced: bool,
    },
    Html,
    Rule,
    FrontMatter,
}

/// Text between marks: `**inner**`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Marked {
    pub(crate) span: Span,
    pub(crate) inner: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) span: Span,
    pub(crate) text: Span,
    pub(crate) target: String,
    pub(crate) image: bool,
}

/// A table; every row has as many cells as the header.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    pub(crate) header: Vec<Span>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) span: Span,
    pub(crate) cells: Vec<Span>,
}

impl<'a> Markdown<'a> {
    /// Reads `text`. Never fails; linear in the text.
    pub(crate) fn parse(text: &'a str) -> Self {
        Self::with(text, Arc::new(Layout::of(text)))
    }

    /// A text whose layout is known.
    pub(crate) fn with(text: &'a str, layout: Arc<Layout>) -> Self {
        Self { text, layout }
    }

    /// The raw text of `span`.
    pub(crate) fn raw(&self, span: Span) -> &'a str {
        cut(self.text, span)
    }

    /// The text of `span` as a reader sees it, white space folded.
    pub(crate) fn plain(&self, span: Span) -> String {
        let mut out = String::with_capacity(span.len());
        let first = self.visible.partition_point(|visible| visible.end <= span.start);
        let mut behind = span.start;
        for visible in &self.visible[first..] {
            if visible.start >= span.end {
                break;
            }
            let start = visible.start.max(span.start);
            let gap = self.raw(Span { start: behind.min(start), end: start });
            if gap.contains(['\n', '\r']) {
                push_space(&mut out);
            }
            let piece = self.raw(Span { start, end: visible.end.min(span.end) });
            push_folded(&mut out, piece);
            behind = visible.end;
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The plain text of `span`, with the span cut to what is not white space.
    pub(crate) fn plain_text(&self, span: Span) -> Text {
        let span = self.trimmed(span);
        Text::new(self.plain(span), span)
    }

    /// `span` without white space at its ends.
    pub(crate) fn trimmed(&self, span: Span) -> Span {
        bare(self.text, span)
    }

    /// The lines of a block's content, without the white space, `>` and line ends around them.
    /// Empty lines are left out.
    pub(crate) fn lines(&self, content: Span) -> impl Iterator<Item = Span> + use<'a> {
        lines(self.text, content)
    }

    /// The bold texts that begin inside `span`.
    pub(crate) fn strongs_in(&self, span: Span) -> &[Marked] {
        within(&self.strongs, span, |marked| marked.span)
    }

    /// The links that begin inside `span`.
    pub(crate) fn links_in(&self, span: Span) -> &[Link] {
        within(&self.links, span, |link| link.span)
    }

    /// The code spans that begin inside `span`.
    pub(crate) fn codes_in(&self, span: Span) -> &[Span] {
        within(&self.codes, span, |code| *code)
    }

    /// The headings with the extent of their sections: to the next heading of the same or a higher
    /// level.
    pub(crate) fn sections(&self) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let end = Span::at(self.text.len()).start;
        for block in &self.blocks {
            let BlockKind::Heading { level } = block.kind else { continue };
            while let Some(last) = open.pop_if(|last| sections[*last].level >= level) {
                sections[last].span.end = block.span.start;
            }
            open.push(sections.len());
            sections.push(Section {
                title: self.plain(block.content),
                level,
                span: Span { start: block.span.start, end },
                heading: self.trimmed(block.span),
            });
        }
        sections
    }

    /// The blocks that lie in `span`.
    pub(crate) fn blocks_in(&self, span: Span) -> &[Block] {
        within(&self.blocks, span, |block| block.span)
    }
}

fn cut(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}

fn bare(text: &str, span: Span) -> Span {
    let raw = cut(text, span);
    let start = span.start as usize + (raw.len() - raw.trim_start().len());
    Span::new(start, start + raw.trim().len())
}

fn lines(text: &str, content: Span) -> impl Iterator<Item = Span> {
    let mut at = content.start as usize;
    cut(text, content).split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let inner = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let start = start + (line.len() - inner.len());
        let inner = inner.trim_end();
        (!inner.is_empty()).then(|| Span::new(start, start + inner.len()))
    })
}

/// Adds `piece` with its white space folded.
fn push_folded(out: &mut String, piece: &str) {
    if !may_hold_wide_space(piece) {
        if piece.starts_with(' ') {
            push_space(out);
        }
        out.push_str(piece.strip_prefix(' ').unwrap_or(piece));
        return;
    }
    for part in piece.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        out.push_str(word);
        if word.len() < part.len() {
            push_space(out);
        }
    }
}

/// Whether `piece` may hold other white space than single spaces. Most text doesn't, and is taken whole.
fn may_hold_wide_space(piece: &str) -> bool {
    let bytes = piece.as_bytes();
    let control = bytes.iter().fold(false, |found, byte| found | (*byte < b' '));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let double = pairs.fold(false, |found, (first, second)| found | ((*first == b' ') & (*second == b' ')));
    control || double || !piece.is_ascii() && piece.contains(|c: char| !c.is_ascii() && c.is_whitespace())
}

fn push_space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

fn within<T>(sorted: &[T], span: Span, span_of: impl Fn(&T) -> Span) -> &[T] {
    let start = sorted.partition_point(|item| span_of(item).start < span.start);
    let end = sorted.partition_point(|item| span_of(item).start < span.end);
    &sorted[start..end.max(start)]
}

/// Turns events into blocks.
#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    out: Layout,
    depth: u8,
    quotes: u8,
    numbers: Vec<Option<u64>>,
    /// The list item that still waits for its first line.
    item: Option<usize>,
    /// The paragraph or heading that is open.
    open: Option<usize>,
    strongs: Vec<(Span, Span)>,
    links: Vec<(Span, Span, String, bool)>,
    table: Option<usize>,
}

impl Reader<'_> {
    /// Reads front matter, which only stands at the very start: `---` further down is a rule, however
    /// closely text follows it. Says where the document itself begins.
    fn front_matter(&mut self) -> usize {
        let text = self.text;
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let mut at = start;
        for (index, line) in text[start..].split_inclusive('\n').enumerate() {
            at += line.len();
            match (index, line.trim_end()) {
                (0, "---") => {}
                (0, _) => break,
                (_, "---" | "...") => {
                    let span = Span::new(start, at);
                    self.out.visible.push(Span::new(start + 3, at - line.len()));
                    self.block(BlockKind::FrontMatter, span, span);
                    return at;
                }
                _ => {}
            }
        }
        start
    }

    fn read(&mut self, offset: usize) {
        let options = Options::ENABLE_TABLES;
        self.depth = 0;
        self.quotes = 0;
        self.numbers.clear();
        (self.item, self.open, self.table) = (None, None, None);
        for (event, range) in Parser::new_ext(&self.text[offset..], options).into_offset_iter() {
            let span = Span::new(range.start + offset, range.end + offset);
            self.event(event, span);
        }
        self.out.strongs.sort_by_key(|strong| strong.span);
        self.out.links.sort_by_key(|link| link.span);
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(_) => self.inline(span, span),
            Event::Code(_) => {
                self.out.codes.push(span);
                let raw = cut(self.text, span);
                let ticks = raw.len() - raw.trim_start_matches('`').len();
                let ticks = if ticks * 2 <= raw.len() { ticks } else { 0 };
                self.inline(span, Span::new(span.start as usize + ticks, span.end as usize - ticks));
            }
            Event::InlineHtml(_) => {
                if cut(self.text, span).starts_with("<!--") {
                    self.out.comments.push(span);
                }
                self.inline(span, Span::at(span.start as usize));
            }
            Event::Html(_) => {}
            Event::SoftBreak | Event::HardBreak => {}
            Event::Rule => self.block(BlockKind::Rule, span, span),
            _ => self.inline(span, span),
        }
    }

    /// An inline event: what it shows, and the block that it belongs to.
    fn inline(&mut self, span: Span, shown: Span) {
        if !shown.is_empty() {
            self.out.visible.push(shown);
        }
        let Some(block) = self.open.or(self.item) else { return };
        let content = &mut self.out.blocks[block].content;
        *content = if content.is_empty() { span } else { content.to(span) };
    }

    fn block(&mut self, kind: BlockKind, content: Span, span: Span) {
        self.out.blocks.push(Block { kind, content, span, depth: self.depth, quoted: self.quotes > 0 });
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => self.heading(level, span),
            Tag::Paragraph => {
                // The first paragraph of a loose list item is the item's own text.
                if let Some(item) = self.item.take_if(|item| self.out.blocks[*item].content.is_empty()) {
                    self.open = Some(item);
                } else {
                    self.item = None;
                    self.open = Some(self.out.blocks.len());
                    self.block(BlockKind::Paragraph, Span::at(span.start as usize), span);
                }
            }
            Tag::List(first) => {
                self.item = None;
                self.depth = self.depth.saturating_add(1);
                self.numbers.push(first);
            }
            Tag::Item => {
                let number = self.numbers.last().copied().flatten();
                if let Some(Some(next)) = self.numbers.last_mut() {
                    *next = next.saturating_add(1);
                }
                self.item = Some(self.out.blocks.len());
                self.block(BlockKind::Item { number }, Span::at(span.start as usize), span);
            }
            Tag::BlockQuote(_) => {
                self.item = None;
                self.quotes = self.quotes.saturating_add(1);
            }
            Tag::CodeBlock(kind) => {
                self.item = None;
                let fenced = matches!(kind, pulldown_cmark::CodeBlockKind::Fenced(_));
                self.block(BlockKind::Code { fenced }, Span::at(span.end as usize), span);
                self.open = None;
                self.code(span, fenced);
            }
            Tag::HtmlBlock => {
                self.item = None;
                if cut(self.text, span).trim_start().starts_with("<!--") {
                    self.out.comments.push(bare(self.text, span));
                }
                self.block(BlockKind::Html, span, span);
            }
            Tag::Table(_) => {
                self.item = None;
                let index = self.out.tables.len();
                self.out.tables.push(Table::default());
                self.table = Some(index);
                self.block(BlockKind::Table { index }, span, span);
            }
            Tag::TableHead | Tag::TableRow => self.row(span),
            Tag::Strong => self.strongs.push((span, Span::default())),
            Tag::Link { dest_url, .. } => self.links.push((span, Span::default(), dest_url.into_string(), false)),
            Tag::Image { dest_url, .. } => self.links.push((span, Span::default(), dest_url.into_string(), true)),
            _ => {}
        }
    }

    /// Accepts ATX headings. A setext heading of dashes is nearly always a paragraph with a rule
    /// right below it, and is read as that.
    fn heading(&mut self, level: HeadingLevel, span: Span) {
        self.item = None;
        let raw = cut(self.text, span);
        let atx = raw.trim_start().starts_with('#');
        let single = raw.trim_end().lines().count() <= 2;
        let kind = if atx || (level == HeadingLevel::H1 && single) {
            BlockKind::Heading { level: level as u8 }
        } else {
            BlockKind::Paragraph
        };
        self.open = Some(self.out.blocks.len());
        self.block(kind, Span::at(span.start as usize), span);
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph => {
                if let Some(open) = self.open.take() {
                    self.recover_table(open);
                }
            }
            TagEnd::Heading(_) => self.open = None,
            TagEnd::List(_) => {
                self.item = None;
                self.depth = self.depth.saturating_sub(1);
                self.numbers.pop();
            }
            TagEnd::Item => self.item = None,
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::Table => self.table = None,
            TagEnd::Strong => {
                if let Some((outer, _)) = self.strongs.pop() {
                    let inner = Span::new(outer.start as usize + 2, (outer.end as usize).saturating_sub(2));
                    self.out.strongs.push(Marked { span: outer, inner });
                    self.inline(outer, Span::at(outer.start as usize));
                }
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some((outer, _, target, image)) = self.links.pop() {
                    let raw = cut(self.text, outer);
                    let open = usize::from(image) + 1;
                    let close = match raw.rfind("](").or_else(|| raw.rfind("][")) {
                        Some(at) if raw.starts_with(['[', '!']) => at,
                        _ => raw.len().saturating_sub(1),
                    };
                    let text = Span::new(outer.start as usize + open.min(close), outer.start as usize + close);
                    self.out.links.push(Link { span: outer, text, target, image });
                    self.inline(outer, Span::at(outer.start as usize));
                }
            }
            TagEnd::CodeBlock => {
                let _ = span;
            }
            TagEnd::Emphasis => self.inline(span, Span::at(span.start as usize)),
            _ => {}
        }
    }

    /// Sets a code block's content: the lines between the fences.
    fn code(&mut self, span: Span, fenced: bool) {
        let raw = cut(self.text, span);
        let content = if fenced {
            let first = raw.find('\n').map_or(raw.len(), |at| at + 1);
            let body = &raw[first..];
            let last = body.trim_end().rfind('\n').map_or(0, |at| at + 1);
            let end = if is_fence(body[last..].trim()) { first + last } else { raw.len() };
            Span::new(span.start as usize + first, span.start as usize + end.max(first))
        } else {
            span
        };
        if let Some(block) = self.out.blocks.last_mut() {
            block.content = content;
        }
    }

    fn row(&mut self, span: Span) {
        let Some(index) = self.table else { return };
        let width = self.out.tables[index].header.len();
        let cells = split_row(self.text, span, width);
        let table = &mut self.out.tables[index];
        if table.header.is_empty() {
            table.header = cells;
        } else {
            table.rows.push(Row { span, cells });
        }
    }

    /// A header with a pipe inside of code turns the whole table into a paragraph: reads it anew.
    fn recover_table(&mut self, open: usize) {
        let block = self.out.blocks[open];
        let raw = cut(self.text, block.content);
        if !raw.starts_with('|') && !raw.starts_with('`') || block.kind != BlockKind::Paragraph {
            return;
        }
        let lines: Vec<Span> = lines(self.text, block.content).collect();
        let Some(delimiter) = lines.get(1) else { return };
        let delimiter = cut(self.text, *delimiter);
        if !delimiter.contains("--") || !delimiter.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t')) {
            return;
        }
        let width = delimiter.split('|').filter(|cell| !cell.trim().is_empty()).count();
        let header = split_row(self.text, lines[0], width);
        let rows =
            lines[2..].iter().map(|line| Row { span: *line, cells: split_row(self.text, *line, width) }).collect();
        self.out.problems.push(Problem::new("the header has another number of cells than its delimiter row", lines[0]));
        let index = self.out.tables.len();
        self.out.tables.push(Table { header, rows });
        self.out.blocks[open].kind = BlockKind::Table { index };
    }

    /// Where reading must go on because a fence or a comment was never closed and swallowed a
    /// heading. Cuts the block that swallowed it.
    fn unclosed_tail(&mut self) -> Option<usize> {
        let text = self.text;
        let block = *self.out.blocks.last()?;
        let unclosed = match block.kind {
            BlockKind::Code { fenced: true } => block.content.end == block.span.end,
            BlockKind::Html => {
                let raw = cut(self.text, block.span);
                raw.trim_start().starts_with("<!--") && !raw.contains("-->")
            }
            _ => false,
        };
        if !unclosed || block.depth > 0 || block.quoted || text[block.span.range().end..].trim() != "" {
            return None;
        }
        let what = if block.kind == BlockKind::Html {
            "this comment is never closed"
        } else {
            "this code fence is never closed"
        };
        let first_line = text[block.span.range()].find('\n').map_or(block.span.len(), |at| at + 1);
        let opening = Span::new(block.span.start as usize, block.span.start as usize + first_line);
        self.out.problems.push(Problem::new(what, bare(self.text, opening)));
        let mut at = block.span.start as usize + first_line;
        let next = text[at..block.span.range().end].split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            is_heading(line).then_some(start)
        })?;
        let last = self.out.blocks.last_mut()?;
        let cut = Span::at(next).start;
        (last.span.end, last.content.end) = (cut, cut.max(last.content.start));
        let shown = self.out.visible.partition_point(|visible| visible.start < cut);
        self.out.visible.truncate(shown);
        if let Some(visible) = self.out.visible.last_mut() {
            visible.end = visible.end.min(cut);
        }
        Some(next)
    }
}

/// `## Title` or `# Title` at the start of a line; three or more marks are as likely a comment of a
/// script inside of the fence.
fn is_heading(line: &str) -> bool {
    line.strip_prefix("## ").is_some_and(|title| title.trim_start().starts_with(char::is_alphanumeric))
}

fn is_fence(line: &str) -> bool {
    (line.starts_with("```") && line.trim_start_matches('`').is_empty())
        || (line.starts_with("~~~") && line.trim_start_matches('~').is_empty())
}

/// The cells of one table row. Pipes inside of code and escaped pipes don't split; where that gives
/// another number of cells than the header has, every unescaped pipe splits, as GFM says; what is
/// still too much belongs to the last cell, and missing cells are empty.
fn split_row(text: &str, span: Span, width: usize) -> Vec<Span> {
    let raw = &text[span.range()];
    let line_end = raw.find(['\n', '\r']).unwrap_or(raw.len());
    let line = raw[..line_end].trim_end();
    let offset = span.start as usize;
    let careful = split_line(line, offset, true);
    let mut cells = if width == 0 || careful.len() == width { careful } else { split_line(line, offset, false) };
    if width > 0 {
        if cells.len() > width {
            let last = cells[cells.len() - 1];
            cells.truncate(width);
            cells[width - 1].end = last.end.max(cells[width - 1].end);
        }
        cells.resize(width, Span::new(offset + line.len(), offset + line.len()));
    }
    cells
}

fn split_line(line: &str, offset: usize, mind_code: bool) -> Vec<Span> {
    let mut cells = Vec::new();
    let bytes = line.as_bytes();
    let mut at = usize::from(line.starts_with('|'));
    let mut start = at;
    // For each run length of backticks, where such a run was last searched in vain: keeps the
    // search for closing runs linear.
    let mut hopeless = [false; 8];
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'|' => {
                cells.push(trimmed(line, start..at, offset));
                start = at + 1;
            }
            b'`' if mind_code => {
                let run = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
                let known = hopeless.get_mut(run);
                if known.as_ref().is_none_or(|hopeless| !**hopeless) {
                    match closing_run(&bytes[at + run..], run) {
                        Some(length) => at += run + length,
                        None => {
                            if let Some(known) = known {
                                *known = true;
                            }
                        }
                    }
                }
                at += run - 1;
            }
            _ => {}
        }
        at += 1;
    }
    let start = start.min(line.len());
    if !line[start..].trim().is_empty() || cells.is_empty() {
        cells.push(trimmed(line, start..line.len(), offset));
    }
    cells
}

/// Bytes up to the next run of exactly `run` backticks.
fn closing_run(bytes: &[u8], run: usize) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        if length == run {
            return Some(at);
        }
        at += length.max(1);
    }
    None
}

fn trimmed(line: &str, range: Range<usize>, offset: usize) -> Span {
    let cell = line.get(range.clone()).unwrap_or_default();
    let start = offset + range.start + (cell.len() - cell.trim_start().len());
    Span::new(start, start + cell.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let markdown = Markdown::parse(text);
        markdown.blocks.iter().map(|block| format!("{:?} {:?}", block.kind, markdown.plain(block.content))).collect()
    }

    #[test]
    fn blocks_carry_their_own_text() {
        assert_eq!(
            kinds("# A **b**\n\ntext `code`\n\n- one\n  more\n  - inner\n- two\n\n1. first\n"),
            [
                r#"Heading { level: 1 } "A b""#, r#"Paragraph "text code""#, r#"Item { number: None } "one more""#,
                r#"Item { number: None } "inner""#, r#"Item { number: None } "two""#,
                r#"Item { number: Some(1) } "first""#,
            ]
        );
    }

    #[test]
    fn white_space_is_folded() {
        for text in ["a b c", "a  b   c", "a\tb\nc", "a\u{a0}b\u{3000}c", " a\u{2003}b *c* ", "a\u{85}b `c`"] {
            let markdown = Markdown::parse(text);
            assert_eq!(markdown.plain(Span::new(0, text.len())), "a b c", "{text:?}");
        }
        assert_eq!(Markdown::parse("über — 合意 ✅").plain(Span::new(0, 20)), "über — 合意 ✅");
    }

    #[test]
    fn pipe_in_code_does_not_split_a_cell() {
        let markdown = Markdown::parse("| A | B |\n|---|---|\n| `a | b` | c |\n| x \\| y | z |\n| only |\n");
        let rows: Vec<Vec<String>> = markdown.tables[0]
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| markdown.raw(*cell).to_owned()).collect())
            .collect();
        assert_eq!(rows, [vec!["`a | b`", "c"], vec!["x \\| y", "z"], vec!["only", ""]]);
    }

    #[test]
    fn pipe_in_the_header_keeps_the_table() {
        let markdown = Markdown::parse("| `a | b` | Status |\n|---|---|\n| x | PASS |\n");
        assert_eq!(markdown.tables.len(), 1);
        assert_eq!(markdown.raw(markdown.tables[0].rows[0].cells[1]), "PASS");
    }

    #[test]
    fn a_heading_behind_an_unclosed_fence_is_found() {
        let markdown = Markdown::parse("```text\nsrc/\n\n## Complexity Tracking\n\nNone.\n");
        assert_eq!(markdown.sections().len(), 1);
        assert_eq!(markdown.problems.len(), 1);
        let markdown = Markdown::parse("<!-- oops\n\n## Complexity Tracking\n\nNone.\n");
        assert_eq!(markdown.sections().len(), 1);
    }

    #[test]
    fn front_matter_stands_at_the_start_only() {
        let text = "---\ntitle: x\n---\n# A\n\n---\n### B\n\nb\n\n---\n### C\n";
        let markdown = Markdown::parse(text);
        assert_eq!(markdown.blocks[0].kind, BlockKind::FrontMatter);
        let titles: Vec<_> = markdown.sections().into_iter().map(|section| section.title).collect();
        assert_eq!(titles, ["A", "B", "C"]);
    }

    #[test]
    fn dashes_below_a_paragraph_make_no_heading() {
        assert_eq!(kinds("**Result**: PASS\n---\n"), [r#"Paragraph "Result: PASS""#]);
    }

    #[test]
    fn sections_end_where_a_higher_heading_begins() {
        let markdown = Markdown::parse("# T\n## A\n### B\nx\n## C\n");
        let ends: Vec<_> = markdown.sections().iter().map(|section| (section.level, section.span.end)).collect();
        assert_eq!(ends, [(1, 22), (2, 17), (3, 17), (2, 22)]);
    }
}
