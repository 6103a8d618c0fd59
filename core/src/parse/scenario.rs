//! Acceptance scenarios: Given, When and Then in the languages that the formats page counts, on one
//! line, wrapped, over several bullets, in tables and in Gherkin blocks.

use super::keyed::{folded, label, words};
use crate::document::Scenario;
use crate::markdown::{Block, BlockKind, Markdown};
use crate::matching::contains_any;
use crate::plan::Text;
use crate::source::Span;

/// What a keyword does in a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Given,
    When,
    Then,
    And,
}

#[rustfmt::skip]
const GIVEN: &[&str] = &[
    "given", "dado", "dada", "dados", "dadas", "dado que", "étant donné", "étant donnée", "étant donnés",
    "etant donné", "soit", "angenommen", "gegeben", "gegeben sei", "zakładając", "mając", "dato", "gegeven",
    "stel", "givet", "gitt", "дано", "допустим", "пусть", "diketahui", "giả sử", "前提", "주어진", "조건", "전제", "假如",
    "假设", "假定", "给定", "假設", "給定", "前置条件", "前置條件",
];
#[rustfmt::skip]
const WHEN: &[&str] = &[
    "when", "cuando", "quando", "quand", "lorsque", "lorsqu", "wenn", "sobald", "gdy", "kiedy", "jeśli", "als",
    "wanneer", "när", "når", "когда", "если", "ketika", "khi", "もし", "とき", "場合", "操作", "언제", "만약", "만일", "때", "하면",
    "当", "當",
];
#[rustfmt::skip]
const THEN: &[&str] = &[
    "then", "entonces", "então", "entao", "alors", "donc", "dann", "wtedy", "allora", "dan", "så", "тогда", "то",
    "maka", "thì", "ならば", "その結果", "結果", "期待", "그러면", "그때", "결과", "那么", "那麼", "则", "則", "應", "应",
];
#[rustfmt::skip]
const AND: &[&str] = &[
    "and", "but", "y", "e", "pero", "mas", "et", "mais", "und", "aber", "i", "oraz", "ale", "en", "och", "и", "но",
    "かつ", "しかし", "また", "그리고", "하지만", "또한", "并且", "而且", "且", "並且", "但是", "但",
];

/// Keywords that stand at a clause's end or inside of it, as the grammar has it.
const INSIDE_A_CLAUSE: &[&str] = &["もし", "とき", "場合", "ならば", "때", "하면", "언제", "만약", "만일", "그러면"];

#[rustfmt::skip]
const ACCEPTANCE: &[&str] = &[
    "acceptance", "aceptaci", "aceitaç", "acceptation", "akzeptanz", "abnahme", "akceptac", "accettazione",
    "acceptatie", "приемк", "приёмк", "受け入れ", "受入", "受け入", "인수", "수용", "승인", "수락", "验收", "驗收", "接受",
];
#[rustfmt::skip]
const SCENARIOS: &[&str] = &[
    "scenario", "escenario", "cenário", "scénario", "szenari", "scenariusz", "сценари", "シナリオ", "시나리오", "场景", "場景",
    "情境",
];
/// Bullets of an acceptance section that explain instead of testing.
const ASIDES: &[&str] = &["note", "nota", "remark", "hinweis", "edge case", "備考", "注", "참고", "why", "rationale"];

/// What a heading or a label says about the lines below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Acceptance scenarios.
    Scenarios,
    /// Acceptance criteria: scenarios only where they read so.
    Criteria,
    /// One scenario's title.
    Title,
    /// Something else.
    Other,
}

/// Reads a heading's or a label's text.
pub(super) fn part(name: &str) -> Part {
    let folded = folded(name);
    let scenario = contains_any(&folded, SCENARIOS);
    let numbered = words(&folded).last().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    if contains_any(&folded, ACCEPTANCE) {
        if scenario && numbered {
            Part::Title
        } else if scenario || contains_any(&folded, &["test", "テスト", "测试", "測試"]) {
            Part::Scenarios
        } else {
            Part::Criteria
        }
    } else if scenario {
        let bare = words(&folded).count() == 1 && !folded.contains(':');
        if bare && !numbered { Part::Scenarios } else { Part::Title }
    } else {
        Part::Other
    }
}

/// The scenarios in `blocks`. `inside` says that they already stand below an acceptance heading.
pub(super) fn scenarios(markdown: &Markdown<'_>, blocks: &[Block], inside: Option<Part>) -> Vec<Scenario> {
    let mut reader =
        Reader { markdown, part: inside.unwrap_or(Part::Other), depth: None, open: None, found: Vec::new() };
    for block in blocks {
        reader.block(block);
    }
    reader.finish()
}

struct Reader<'m, 'a> {
    markdown: &'m Markdown<'a>,
    part: Part,
    /// Depth of the list items that are scenarios here.
    depth: Option<u8>,
    open: Option<Open>,
    found: Vec<Found>,
}

/// A scenario that is being read.
#[derive(Clone, Copy)]
struct Open {
    span: Span,
    depth: u8,
    given: bool,
    when: bool,
    then: bool,
    criterion: bool,
}

struct Found {
    scenario: Scenario,
    /// A criterion's bullet that doesn't read as a scenario.
    criterion: bool,
}

impl Reader<'_, '_> {
    fn block(&mut self, block: &Block) {
        match block.kind {
            BlockKind::Heading { .. } => {
                let title = self.markdown.plain(block.content);
                self.enter(part(&title));
            }
            BlockKind::Paragraph => {
                for (index, line) in self.markdown.lines(block.content).collect::<Vec<_>>().into_iter().enumerate() {
                    self.line(line, block.depth, index > 0);
                }
            }
            BlockKind::Item { .. } => self.item(block),
            BlockKind::Code { .. } => self.gherkin(block.content),
            BlockKind::Table { index } => self.table(index),
            BlockKind::Html | BlockKind::Rule | BlockKind::FrontMatter => {}
        }
    }

    fn enter(&mut self, part: Part) {
        self.close();
        self.depth = None;
        // A scenario's title keeps the section that it stands in.
        if part != Part::Title {
            self.part = part;
        }
    }

    fn line(&mut self, line: Span, depth: u8, wrapped: bool) {
        let raw = self.markdown.raw(line);
        if let Some(step) = step(raw) {
            self.step(step, line, depth);
            return;
        }
        match label(raw) {
            Some(label) if label.value.is_empty() || part(label.name) != Part::Other => {
                let part = part(label.name);
                if depth == 0 || part != Part::Other {
                    self.enter(part);
                }
            }
            Some(_) if depth == 0 && raw.starts_with("**") => self.enter(Part::Other),
            _ if depth == 0 && !wrapped => self.close(),
            _ => self.extend(line),
        }
    }

    fn item(&mut self, block: &Block) {
        let lines: Vec<Span> = self.markdown.lines(block.content).collect();
        let Some(first) = lines.first().copied() else { return };
        let raw = self.markdown.raw(first);
        if let Some(step) = step(raw) {
            self.step(step, first, block.depth);
        } else if self.part != Part::Other && self.depth.is_none_or(|depth| block.depth <= depth) {
            self.candidate(first, block.depth);
        } else if self.open.is_some_and(|open| block.depth > open.depth) {
            self.extend(first);
        } else if label(raw).is_some_and(|label| matches!(part(label.name), Part::Scenarios | Part::Criteria)) {
            let part = label(raw).map_or(Part::Other, |label| part(label.name));
            self.enter(part);
            self.depth = Some(block.depth + 1);
        } else {
            self.close();
        }
        for line in &lines[1..] {
            match step(self.markdown.raw(*line)) {
                Some(step) => self.step(step, *line, block.depth),
                None => self.extend(*line),
            }
        }
    }

    /// A bullet of an acceptance section that doesn't begin with a keyword.
    fn candidate(&mut self, line: Span, depth: u8) {
        self.close();
        self.depth = Some(depth);
        let raw = self.markdown.raw(line);
        let name = label(raw).map(|label| folded(label.name));
        if name.is_some_and(|name| ASIDES.iter().any(|aside| name.starts_with(aside))) {
            return;
        }
        let criterion = self.part == Part::Criteria;
        self.open = Some(Open { span: line, depth, given: false, when: false, then: false, criterion });
    }

    fn step(&mut self, step: Step, line: Span, depth: u8) {
        let fits = self.open.is_some_and(|open| match step {
            // A title with its steps below it.
            Step::Given => !open.given && !open.when && !open.then && depth >= open.depth,
            Step::When => !open.when && !open.then && open.given,
            Step::Then => !open.then && (open.given || open.when),
            Step::And => open.given || open.when,
        });
        if !fits {
            if step == Step::And || (step == Step::Then && self.open.is_some()) {
                self.extend(line);
                return;
            }
            self.close();
            if step != Step::Given && self.part == Part::Other {
                return;
            }
            self.open = Some(Open { span: line, depth, given: false, when: false, then: false, criterion: false });
            if self.part != Part::Other && self.depth.is_none() {
                self.depth = Some(depth);
            }
        }
        let text = self.markdown.raw(line);
        if let Some(open) = &mut self.open {
            open.span.end = line.end;
            open.criterion = false;
            open.given |= step == Step::Given;
            open.when |= step == Step::When || has_step(text, WHEN);
            open.then |= step == Step::Then || has_step(text, THEN);
        }
    }

    fn extend(&mut self, line: Span) {
        let text = self.markdown.raw(line);
        if let Some(open) = &mut self.open {
            open.span.end = line.end;
            open.when |= has_step(text, WHEN);
            open.then |= has_step(text, THEN);
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let raw = self.markdown.raw(open.span);
        let scenario = Scenario { text: self.markdown.plain(open.span), complete: complete(raw), span: open.span };
        // A title with nothing below it, before the next title.
        let empty = scenario.text.is_empty();
        if !empty {
            let criterion = open.criterion && !scenario.complete;
            self.found.push(Found { scenario, criterion });
        }
    }

    /// A block of Gherkin: scenarios begin at `Scenario:` or at a Given behind a Then.
    fn gherkin(&mut self, content: Span) {
        let lines: Vec<Span> = self.markdown.lines(content).collect();
        if !lines.iter().any(|line| matches!(step(self.markdown.raw(*line)), Some(Step::Given))) {
            return;
        }
        self.close();
        for line in lines {
            let raw = self.markdown.raw(line);
            match step(raw) {
                Some(step) => self.step(step, line, u8::MAX),
                None if label(raw).is_some_and(|label| part(label.name) != Part::Other) => self.close(),
                None => self.extend(line),
            }
        }
        self.close();
    }

    /// A table with a column for each of Given, When and Then.
    fn table(&mut self, index: usize) {
        let Some(table) = self.markdown.tables.get(index) else { return };
        let column = |step: Step| {
            table.header.iter().position(|cell| first_step(self.markdown.raw(*cell)).is_some_and(|found| found == step))
        };
        let (Some(given), Some(then)) = (column(Step::Given), column(Step::Then)) else { return };
        let when = column(Step::When);
        self.close();
        for row in &table.rows {
            let filled = |index: usize| row.cells.get(index).is_some_and(|cell| !cell.is_empty());
            let complete = filled(given) && filled(then) && when.is_some_and(filled);
            let scenario = Scenario { text: self.markdown.plain(row.span), complete, span: row.span };
            self.found.push(Found { scenario, criterion: false });
        }
    }

    fn finish(mut self) -> Vec<Scenario> {
        self.close();
        // Criteria beside real scenarios are a list of their own.
        let real = self.found.iter().any(|found| found.scenario.complete);
        self.found.into_iter().filter(|found| !(real && found.criterion)).map(|found| found.scenario).collect()
    }
}

/// The keyword that a line begins with, behind a number, a box, marks of emphasis or a label.
fn step(line: &str) -> Option<Step> {
    let line = without_enumerator(line);
    first_step(line).or_else(|| {
        let label = label(line)?;
        if label.value.is_empty() { first_step(label.name) } else { first_step(label.value) }
    })
}

fn without_enumerator(line: &str) -> &str {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '_' | '•'));
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let rest = &line[digits..];
        let rest = rest.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(rest);
        if let Some(rest) = rest.strip_prefix(['.', ')']) {
            return rest.trim_start();
        }
    }
    let boxed = ["[ ]", "[x]", "[X]"].iter().find_map(|tick| line.strip_prefix(tick));
    boxed.unwrap_or(line)
}

fn first_step(line: &str) -> Option<Step> {
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower: String = start.chars().take(16).flat_map(char::to_lowercase).collect();
    // Words of one or two letters are keywords only where they are set in bold.
    let marked = line.trim_start().starts_with(['*', '_']);
    let begins = |keywords: &[&str]| {
        keywords.iter().any(|keyword| {
            lower.strip_prefix(keyword).is_some_and(|rest| {
                let next = rest.chars().next();
                if is_wide(keyword) {
                    !matches!((*keyword, next), ("当", Some('前')) | ("當", Some('前')) | ("但", Some('し')))
                } else {
                    let ends = next.is_none_or(|c| !c.is_alphanumeric());
                    ends && (marked || keyword.len() > 2)
                }
            })
        })
    };
    if begins(GIVEN) {
        Some(Step::Given)
    } else if begins(WHEN) {
        Some(Step::When)
    } else if begins(THEN) {
        Some(Step::Then)
    } else if begins(AND) {
        Some(Step::And)
    } else {
        None
    }
}

fn is_wide(keyword: &str) -> bool {
    keyword.chars().next().is_some_and(|c| c >= '\u{1100}')
}

/// Whether one of the keywords opens a clause somewhere in `text`.
fn has_step(text: &str, keywords: &[&str]) -> bool {
    find_step(&text.to_lowercase(), 0, keywords, false).is_some()
}

/// Whether Given, When and Then occur in this order.
fn complete(raw: &str) -> bool {
    let lower = raw.to_lowercase();
    // Where Given is set in bold, a "when" in the middle of a clause is none of the three.
    let Some(given) = find_step(&lower, 0, GIVEN, false) else { return false };
    let bold = lower[given..].trim_start_matches(':').starts_with(['*', '_']);
    find_step(&lower, given, WHEN, !bold).and_then(|when| find_step(&lower, when, THEN, !bold)).is_some()
}

/// Where the first keyword behind `from` ends. Keywords count where a clause begins (at the start,
/// behind punctuation or marks of emphasis); with `anywhere`, long ones count everywhere.
fn find_step(lower: &str, from: usize, keywords: &[&str], anywhere: bool) -> Option<usize> {
    let mut before = ' ';
    let mut clause = true;
    for (at, c) in lower.char_indices() {
        let word_starts = !before.is_alphanumeric() || c >= '\u{1100}';
        if at >= from && word_starts && c.is_alphanumeric() {
            let rest = &lower[at..];
            let found = keywords.iter().find(|keyword| {
                let Some(behind) = rest.strip_prefix(**keyword) else { return false };
                let next = behind.chars().next();
                if is_wide(keyword) {
                    INSIDE_A_CLAUSE.contains(keyword) || (clause && next != Some('前'))
                } else {
                    let ends = next.is_none_or(|c| !c.is_alphanumeric());
                    ends && (clause || (anywhere && keyword.len() >= 4))
                }
            });
            if let Some(keyword) = found {
                return Some(at + keyword.len());
            }
        }
        if c.is_alphanumeric() {
            clause = false;
        } else if !c.is_whitespace() || c == '\n' {
            // A bullet's dash keeps the clause's beginning, a hyphen doesn't make one.
            clause = match c {
                '-' | '/' => clause && !before.is_alphanumeric(),
                _ => !matches!(c, '\'' | '’' | '`' | '"' | '“' | '”' | '「' | '」' | '@' | '#' | '$'),
            };
        }
        before = c;
    }
    None
}

/// The text behind a label, where the label stands in `blocks` and `wanted` says that its name fits:
/// the rest of its paragraph, or the blocks below it up to the next label.
pub(super) fn labelled_text(markdown: &Markdown<'_>, blocks: &[Block], wanted: fn(&str) -> bool) -> Option<Text> {
    for (index, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Heading { .. } if wanted(&folded(&markdown.plain(block.content))) => {
                let next = blocks.get(index + 1).filter(|next| !matches!(next.kind, BlockKind::Heading { .. }))?;
                return Some(markdown.plain_text(next.content)).filter(|text| !text.text.is_empty());
            }
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                let text = in_lines(markdown, block, blocks.get(index + 1), wanted);
                if text.is_some() {
                    return text;
                }
            }
            _ => {}
        }
    }
    None
}

fn in_lines(markdown: &Markdown<'_>, block: &Block, next: Option<&Block>, wanted: fn(&str) -> bool) -> Option<Text> {
    let lines: Vec<Span> = markdown.lines(block.content).collect();
    let at =
        lines.iter().position(|line| label(markdown.raw(*line)).is_some_and(|label| wanted(&folded(label.name))))?;
    let raw = markdown.raw(lines[at]);
    let value = label(raw)?.value;
    let rest = lines[at + 1..].iter().take_while(|line| !markdown.raw(**line).starts_with("**"));
    let end = rest.last().map_or(lines[at].end, |line| line.end);
    let start = lines[at].end as usize - value.len().min(lines[at].len());
    let text = markdown.plain_text(Span::new(start, end as usize));
    if text.text.chars().any(char::is_alphanumeric) {
        return Some(text);
    }
    let below = next.filter(|next| match next.kind {
        BlockKind::Item { .. } | BlockKind::Code { .. } => true,
        BlockKind::Paragraph => label(markdown.raw(next.content)).is_none(),
        _ => false,
    })?;
    Some(markdown.plain_text(below.content)).filter(|text| text.text.chars().any(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, bool)> {
        let markdown = Markdown::parse(text);
        scenarios(&markdown, &markdown.blocks, None)
            .into_iter()
            .map(|scenario| (scenario.text, scenario.complete))
            .collect()
    }

    #[test]
    fn one_line_each() {
        for (line, expected) in [
            ("**Given** a poll, **When** it ends, **Then** nobody votes", true),
            ("Given a poll, when it ends, then nobody votes", true),
            ("**Given** a poll **When** it ends **Then** nobody votes", true),
            ("**Given** the state when a poll ended, **Then** nobody votes", false),
            ("**Given** a poll, when it ends, **Then** nobody votes", true),
            ("**Given** a poll, **When** it ends", false),
            ("**When** it ends, **Then** nobody votes", false),
            ("**Then** x **When** y **Given** z", false),
            ("**Dado** un sondeo, **Cuando** termina, **Entonces** nadie vota", true),
            ("**Dado** uma enquete, **Quando** termina, **Então** ninguém vota", true),
            ("**Étant donné** un vote, **Quand** il finit, **Alors** rien", true),
            ("**Angenommen** es läuft, **Wenn** es endet, **Dann** ist Schluss", true),
            ("**Zakładając** że trwa, **Gdy** minie, **Wtedy** koniec", true),
            ("**前提** 投票中、**もし** 終わったら、**ならば** 何もない", true),
            ("**주어진** 투표, **언제** 끝나면, **그러면** 없다", true),
            ("**假设** 投票中，**当** 结束，**则** 没有", true),
            ("**給定** 投票中，**當** 結束，**那麼** 沒有", true),
            ("**Given** 使用者在當前頁面，**Then** 顯示規則", false),
        ] {
            let text = format!("**Acceptance Scenarios**:\n\n1. {line}\n");
            let found = read(&text);
            assert_eq!(found.iter().map(|(_, complete)| *complete).collect::<Vec<_>>(), [expected], "{line}");
        }
    }

    #[test]
    fn wrapped_and_split_scenarios_are_one() {
        for text in [
            "**Acceptance Scenarios**:\n\n1. **Given** a poll\n   that runs, **When** it ends,\n   **Then** nobody votes\n",
            "**Acceptance Scenarios**:\n\n- **Given** a poll\n- **When** it ends\n- **Then** nobody votes\n- **And** it closes\n",
            "**Scenario 1: end**\n\n- **Given** a poll\n- **When** it ends\n- **Then** nobody votes\n",
            "**Acceptance Scenarios**:\n\n1. Poll ends\n   - Given a poll\n   - When it ends\n   - Then nobody votes\n",
            "```gherkin\nScenario: end\n  Given a poll\n  When it ends\n  Then nobody votes\n  And it closes\n```\n",
            "**Given** a poll\n**When** it ends\n**Then** nobody votes\n",
            "- **AC1**: Given a poll, when it ends, then nobody votes\n",
            "| # | Given | When | Then |\n|---|---|---|---|\n| 1 | a poll | it ends | nobody votes |\n",
        ] {
            let found = read(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].1, "{text}: {found:?}");
        }
    }

    #[test]
    fn several_scenarios_stay_apart() {
        let two = "**Acceptance Scenarios**:\n\n1. **Given** a **When** b **Then** c\n1a. **Given** d **When** e **Then** f\n";
        assert_eq!(read(two).len(), 2);
        let gherkin = "```\nScenario: a\nGiven a\nWhen b\nThen c\n\nScenario: d\nGiven d\nWhen e\nThen f\n```\n";
        assert_eq!(read(gherkin).iter().filter(|(_, complete)| *complete).count(), 2);
        let grouped =
            "**Acceptance Scenarios**:\n\n- Polls\n  - Given a, when b, then c\n  - Given d, when e, then f\n";
        assert_eq!(read(grouped).len(), 2);
    }

    #[test]
    fn what_is_no_scenario() {
        let text = "**Why this priority**: it matters\n\n- not a scenario\n\n**Acceptance Scenarios**:\n\n\
                    1. **Given** a, **When** b, **Then** c\n2. The user can vote\n\n**Edge Cases**:\n\n- What if?\n";
        let found = read(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], ("The user can vote".to_owned(), false));
        let criteria =
            "**Acceptance Scenarios**:\n\n1. Given a, when b, then c\n\n**Acceptance Criteria**:\n\n- Fast\n";
        assert_eq!(read(criteria).len(), 1);
    }
}
