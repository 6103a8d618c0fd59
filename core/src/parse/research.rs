//! Reads research.md: decisions with their rationale and alternatives, under headings, bold labels or in tables.

use crate::document::{Decision, Research};
use crate::markdown::{Block, BlockKind, Markdown, Table};
use crate::parse::ordinal::{Form, numbered};
use crate::parse::phrase;
use crate::source::Span;

/// Reads the text of a research.md. Never fails.
#[must_use]
pub fn research(text: &str) -> Research {
    read_research(&Markdown::parse(text))
}

/// Reads a research.md.
pub(crate) fn read_research(markdown: &Markdown<'_>) -> Research {
    let mut reader =
        Reader { markdown, topic: None, record: None, open: None, decisions: Vec::new(), rows: Vec::new() };
    for block in &markdown.blocks {
        reader.block(block);
    }
    reader.close();
    let mut decisions = reader.decisions;
    let prose = !decisions.is_empty();
    decisions.extend(reader.rows.into_iter().filter(|row| !prose || !row.in_summary).map(|row| row.decision));
    decisions.sort_by_key(|decision| decision.span.start);
    Research { decisions }
}

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Decision,
    /// A word such as "Solution" that only sometimes announces a decision.
    Outcome,
    Rationale,
    Alternatives,
}

/// A label and where the text behind it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Label {
    part: Part,
    value: usize,
}

/// A decision that is being read.
struct Record {
    title: String,
    /// Level of the heading that it stands under.
    level: u8,
    decision: Option<Span>,
    /// The decision is only the heading's own words.
    weak: bool,
    rationale: Option<Span>,
    alternatives: Option<Span>,
    span: Span,
}

/// The part that following blocks belong to.
#[derive(Clone, Copy)]
struct Open {
    part: Part,
    /// Depth of the block that carries the label; headings open everything below them.
    depth: Option<u8>,
}

/// A decision from a table.
struct RowDecision {
    decision: Decision,
    in_summary: bool,
}

struct Reader<'a> {
    markdown: &'a Markdown<'a>,
    /// The last heading that is no label: its words, level and place.
    topic: Option<(String, u8, Span)>,
    record: Option<Record>,
    open: Option<Open>,
    decisions: Vec<Decision>,
    rows: Vec<RowDecision>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        match block.kind {
            BlockKind::Heading { level } => self.heading(block, level),
            BlockKind::Paragraph | BlockKind::Item { .. } => self.lines(block),
            BlockKind::Table { index } => {
                self.table(index);
                self.extend(block.span);
            }
            BlockKind::Code { .. } => self.extend(block.span),
            BlockKind::Rule => self.open = None,
            BlockKind::Html | BlockKind::FrontMatter => {}
        }
    }

    fn heading(&mut self, block: &Block, level: u8) {
        let title = self.markdown.plain(block.content);
        let label = heading_label(&title);
        // "## Solution" over a whole document is a section, not a decision.
        let label = label.filter(|label| label.part != Part::Outcome || level > 2 && self.record.is_none());
        let Some(label) = label else {
            self.open = None;
            if self.record.as_ref().is_some_and(|record| level <= record.level) {
                self.close();
            }
            self.topic = Some((without_number(&title).to_owned(), level, block.span));
            return;
        };
        let value = title[label.value..].trim();
        match label.part {
            Part::Decision | Part::Outcome if !value.is_empty() => {
                self.close();
                let name = title[label.value..].trim();
                let at = self.markdown.raw(block.content).find(name).unwrap_or(0);
                let start = block.content.start as usize + at;
                let words = Span { start: Span::at(start).start, end: block.content.end };
                self.start(name.to_owned(), level, block.span);
                self.topic = Some((name.to_owned(), level, block.span));
                if let Some(record) = &mut self.record {
                    (record.decision, record.weak) = (Some(words), true);
                }
                // What stands below "Decision: X" explains it, until a label says what it is.
                self.open = None;
            }
            Part::Decision | Part::Outcome => {
                // A bare "Decision" stands under its topic, and doesn't end it.
                self.begin(label.part, block.span);
                self.open = Some(Open { part: label.part, depth: None });
            }
            part => {
                self.begin(part, block.span);
                self.open = Some(Open { part, depth: None });
            }
        }
    }

    fn lines(&mut self, block: &Block) {
        let mut labelled = false;
        for line in self.markdown.lines(block.content) {
            match self.line_label(line) {
                Some((label, value)) => {
                    labelled = true;
                    self.begin(label.part, block.span);
                    self.open = Some(Open { part: label.part, depth: Some(block.depth) });
                    self.set(label.part, value);
                }
                None if self.closes(block, line) => {
                    labelled = true;
                    self.open = None;
                }
                None => self.extend(line),
            }
        }
        if !labelled {
            self.extend(block.content);
        }
        if let Some(record) = &mut self.record {
            record.span = record.span.to(self.markdown.trimmed(block.span));
        }
    }

    /// Another bold label beside the open one ends it.
    fn closes(&self, block: &Block, line: Span) -> bool {
        let Some(Open { depth, part }) = self.open else { return false };
        if depth.map_or(block.depth > 0, |depth| depth != block.depth) {
            return false;
        }
        let Some(strong) = self.markdown.strongs_in(line).first().filter(|strong| strong.span.start == line.start)
        else {
            return false;
        };
        let inner = self.markdown.raw(strong.inner).trim_end();
        let behind = self.markdown.raw(Span { start: strong.span.end.min(line.end), end: line.end }).trim_start();
        let named = inner.ends_with([':', '：']) || behind.starts_with([':', '：']);
        // Below a heading "Decision", the first paragraph may be bold as a whole.
        named || behind.is_empty() && (depth.is_some() || self.is_filled(part))
    }

    fn is_filled(&self, part: Part) -> bool {
        self.record.as_ref().is_some_and(|record| match part {
            Part::Decision | Part::Outcome => record.decision.is_some(),
            Part::Rationale => record.rationale.is_some(),
            Part::Alternatives => record.alternatives.is_some(),
        })
    }

    /// `**Decision**: …`, `- **Why:** …`, `Rationale: …`; the label and the value's place.
    fn line_label(&self, line: Span) -> Option<(Label, Span)> {
        let raw = self.markdown.raw(line);
        let lead = raw.len() - raw.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let start = line.start as usize + lead;
        let strong = self
            .markdown
            .strongs_in(line)
            .first()
            .filter(|strong| (strong.span.start as usize) <= start && start < strong.span.end as usize);
        let (words, at) = match strong {
            Some(strong) => (
                self.markdown.raw(Span { start: Span::at(start).start, end: strong.inner.end }),
                strong.span.end as usize,
            ),
            None => (&raw[lead..], line.end as usize),
        };
        let label = label_at(words)?;
        let rest = words[label.value..].trim_start();
        let colon = rest.strip_prefix([':', '：']);
        let behind = self.markdown.raw(Span { start: Span::at(at).start.min(line.end), end: line.end });
        let value = match (strong, colon) {
            (_, Some(value)) if !value.trim().is_empty() => start + words.len() - value.len(),
            (Some(_), _) if rest.trim_matches([':', '：', ' ']).is_empty() => at,
            // "**Decision for the store**: …"
            (Some(_), None) if is_short_label(words, behind) => at,
            (None, Some(_)) => at,
            _ => return None,
        };
        let value = Span::new(value.min(line.end as usize), line.end as usize);
        let behind = self.markdown.raw(value);
        let marks = behind.len()
            - behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—')).len();
        Some((label, Span { start: Span::at(value.start as usize + marks).start, end: value.end }))
    }

    /// Makes sure that a record is open that can take `part`.
    fn begin(&mut self, part: Part, span: Span) {
        let taken = match (&self.record, part) {
            (None, _) => true,
            (Some(record), Part::Decision) => record.decision.is_some() && !record.weak,
            (Some(_), Part::Outcome) => false,
            (Some(record), Part::Rationale) => record.rationale.is_some() && self.has_own_topic(record),
            (Some(record), Part::Alternatives) => record.alternatives.is_some() && self.has_own_topic(record),
        };
        let moved = self
            .record
            .as_ref()
            .is_some_and(|record| part == Part::Decision && record.rationale.is_none() && record.decision.is_none());
        if !taken && !moved {
            return;
        }
        self.close();
        let (title, level, heading) = self.topic.clone().unwrap_or((String::new(), 1, span));
        self.start(title, level, heading);
    }

    /// Whether a heading below the record's own began another topic.
    fn has_own_topic(&self, record: &Record) -> bool {
        self.topic
            .as_ref()
            .is_some_and(|(_, level, heading)| *level > record.level && heading.start > record.span.start)
    }

    fn start(&mut self, title: String, level: u8, span: Span) {
        let span = self.markdown.trimmed(span);
        self.record =
            Some(Record { title, level, decision: None, weak: false, rationale: None, alternatives: None, span });
    }

    fn set(&mut self, part: Part, value: Span) {
        let Some(record) = &mut self.record else { return };
        let slot = match part {
            Part::Decision | Part::Outcome if record.weak => {
                record.weak = false;
                record.decision = None;
                &mut record.decision
            }
            Part::Decision | Part::Outcome => &mut record.decision,
            Part::Rationale => &mut record.rationale,
            Part::Alternatives => &mut record.alternatives,
        };
        // What a second label of the same kind says is no continuation of the first.
        if slot.is_some() {
            self.open = None;
        } else if !value.is_empty() {
            *slot = Some(value);
        }
    }

    /// Adds a block to the part that is open.
    fn extend(&mut self, span: Span) {
        let (Some(open), Some(record)) = (self.open, &mut self.record) else { return };
        let slot = match open.part {
            Part::Decision | Part::Outcome => &mut record.decision,
            Part::Rationale => &mut record.rationale,
            Part::Alternatives => &mut record.alternatives,
        };
        *slot = Some(slot.map_or(span, |slot| slot.to(span)));
        record.span = record.span.to(span);
    }

    fn close(&mut self) {
        self.open = None;
        let Some(record) = self.record.take() else { return };
        let text =
            |span: Option<Span>| span.map(|span| self.markdown.plain_text(span)).filter(|text| !text.text.is_empty());
        let decision = Decision {
            title: record.title,
            decision: text(record.decision),
            rationale: text(record.rationale),
            alternatives: text(record.alternatives),
            span: record.span,
        };
        if decision.decision.is_some() || decision.rationale.is_some() {
            self.decisions.push(decision);
        }
    }

    /// A table with a column of decisions: one in each row.
    fn table(&mut self, index: usize) {
        let Some(table) = self.markdown.tables.get(index) else { return };
        let column = |part: &dyn Fn(Part) -> bool| self.column(table, part);
        let Some(decided) = column(&|part| matches!(part, Part::Decision | Part::Outcome)) else { return };
        let reason = column(&|part| part == Part::Rationale);
        let others = column(&|part| part == Part::Alternatives);
        let in_summary =
            self.topic.as_ref().is_some_and(|(title, ..)| SUMMARIES.iter().any(|word| phrase::contains(title, word)));
        for row in &table.rows {
            let cell = |column: Option<usize>| {
                let cell = column.and_then(|column| row.cells.get(column))?;
                Some(self.markdown.plain_text(*cell)).filter(|text| !text.text.is_empty())
            };
            let title =
                cell((0..row.cells.len()).find(|column| *column != decided && !self.is_counter(table, *column)));
            let decision = Decision {
                title: title.map(|title| title.text).unwrap_or_default(),
                decision: cell(Some(decided)),
                rationale: cell(reason),
                alternatives: cell(others),
                span: row.span,
            };
            if decision.decision.is_some() {
                self.rows.push(RowDecision { decision, in_summary });
            }
        }
    }

    fn column(&self, table: &Table, is_part: &dyn Fn(Part) -> bool) -> Option<usize> {
        table.header.iter().position(|cell| {
            let title = self.markdown.plain(*cell);
            label_at(&title)
                .or_else(|| title.rsplit(' ').next().and_then(label_at))
                .is_some_and(|label| is_part(label.part))
        })
    }

    /// A column of numbers or ids.
    fn is_counter(&self, table: &Table, column: usize) -> bool {
        table.header.get(column).is_some_and(|cell| {
            let title = self.markdown.plain(*cell);
            matches!(title.trim_end_matches('.').to_lowercase().as_str(), "#" | "no" | "nr" | "id" | "n°" | "№" | "")
        })
    }
}

/// A few bold words with a colon inside or behind them.
fn is_short_label(words: &str, behind: &str) -> bool {
    let colon = words.trim_end().ends_with([':', '：']) || behind.trim_start().starts_with([':', '：']);
    colon && words.split_whitespace().count() <= 6
}

/// A heading that is a label: `Decision`, `2. Decision: X`, `Decision 3: X`, `Rationale`.
fn heading_label(title: &str) -> Option<Label> {
    let text = without_number(title);
    let label = label_at(text)?;
    let rest = &text[label.value..];
    let value = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '.'));
    let direct = rest.trim_start().starts_with([':', '：', '-', '–', '—', '.']);
    // "Decision Records" and "Why Redis" are headings of their own.
    if !value.is_empty() && !direct {
        return None;
    }
    Some(Label { part: label.part, value: title.len() - value.len() })
}

/// The label that `text` begins with; its value begins behind a number or brackets.
fn label_at(text: &str) -> Option<Label> {
    let text_length = text.len();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lead = text_length - text.len();
    let (length, part) = [
        (Part::Decision, DECISION),
        (Part::Outcome, OUTCOME),
        (Part::Rationale, RATIONALE),
        (Part::Alternatives, ALTERNATIVES),
    ]
    .into_iter()
    .filter_map(|(part, words)| phrase::leading_word(text, words).map(|length| (length, part)))
    .max_by_key(|(length, _)| *length)?;
    let mut rest = text[length..].trim_start();
    // "Decision 3", "Decision D-3", "Rationale (short)".
    let number = rest.trim_start_matches(|c: char| c.is_ascii_uppercase() || matches!(c, '#' | '-' | '_'));
    let digits = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if digits.len() < number.len() {
        rest = digits.trim_start();
    }
    if let Some(note) = rest.strip_prefix(['(', '（'])
        && let Some((_, behind)) = note.split_once([')', '）'])
    {
        rest = behind;
    }
    Some(Label { part, value: lead + text.len() - rest.len() })
}

/// A heading without its number.
fn without_number(title: &str) -> &str {
    match numbered(title) {
        Some(number) if !number.rest.is_empty() && !matches!(number.form, Form::Word | Form::Code) => number.rest,
        _ => title,
    }
}

const DECISION: &[&str] = &[
    "decision", "final decision", "decision made", "decision taken", "our decision", "design decision", "chosen",
    "chosen approach", "chosen solution", "chosen option", "choice", "chosen pattern", "choice made", "we chose",
    "selected", "selected approach", "selected option", "selected solution", "pattern selected", "decisión",
    "elección", "opción elegida", "solución elegida", "decisão", "escolha", "solução escolhida", "décision", "choix",
    "solution retenue", "choix retenu", "entscheidung", "gewählt", "gewählter ansatz", "decisione", "scelta",
    "decyzja", "wybór", "решение", "выбор", "рішення", "karar", "quyết định", "rozhodnutí", "beslissing", "besluit",
    "keputusan", "決策", "决策", "決定", "决定", "最终决定", "最終決定", "选择", "選擇", "选定方案", "選定方案",
    "采用方案", "採用方案", "選択", "採用", "決定事項", "選定", "결정", "결정 사항", "결정사항", "선택",
];

const OUTCOME: &[&str] = &[
    "solution", "resolution", "recommendation", "recommended", "recommended approach", "conclusion", "answer",
    "outcome", "solución", "recomendación", "conclusión", "solução", "recomendação", "conclusão", "recommandation",
    "empfehlung", "fazit", "rekomendacja", "wniosek", "рекомендация", "вывод", "结论", "結論", "解决方案", "解決方案",
    "建议", "建議", "推奨", "결론", "권장",
];

const RATIONALE: &[&str] = &[
    "rationale", "key rationale", "reason", "reasons", "reasoning", "why", "why this", "why chosen", "justification",
    "because", "motivation", "rationale for decision", "justificación", "razón", "razones", "razonamiento", "motivo",
    "motivos", "por qué", "porqué", "justificativa", "racional", "razão", "por quê", "por que", "raison", "raisons",
    "pourquoi", "begründung", "grund", "warum", "motivazione", "razionale", "perché", "uzasadnienie", "powód",
    "dlaczego", "обоснование", "причина", "почему", "обґрунтування", "gerekçe", "lý do", "zdůvodnění", "odůvodnění",
    "reden", "onderbouwing", "alasan", "理由", "原因", "依据", "依據", "选择理由", "選擇理由", "决策理由", "決策理由",
    "根拠", "選定理由", "採用理由", "근거", "이유", "선택 이유",
];

const ALTERNATIVES: &[&str] = &[
    "alternatives considered", "alternatives", "alternative", "alternative considered", "alternatives evaluated",
    "alternatives rejected", "alternatives explored", "alternatives reviewed", "rejected alternatives",
    "rejected alternative", "considered alternatives", "alternative approaches", "alternative approaches considered",
    "options considered", "options evaluated", "options", "other options", "other options considered",
    "rejected options", "alternativas consideradas", "alternativas descartadas", "alternativas evaluadas",
    "alternativas rechazadas", "alternativas", "alternativa rechazada", "alternativa rejeitada",
    "opciones consideradas", "alternativas avaliadas", "alternativas rejeitadas", "opções consideradas",
    "alternatives considérées", "alternatives envisagées", "alternatives écartées", "alternatives rejetées",
    "alternatives étudiées", "alternativen", "betrachtete alternativen", "verworfene alternativen",
    "geprüfte alternativen", "erwogene alternativen", "alternative considerate", "alternative valutate",
    "rozważane alternatywy", "rozważone alternatywy", "odrzucone alternatywy", "alternatywy",
    "рассмотренные альтернативы", "отклонённые альтернативы", "альтернативы", "розглянуті альтернативи",
    "alternatifler", "değerlendirilen alternatifler", "các phương án khác", "zvažované alternativy", "alternatieven",
    "overwogen alternatieven", "alternatif", "替代方案", "备选方案", "備選方案", "其他方案", "考虑的替代方案",
    "考慮的替代方案", "考虑过的替代方案", "考慮過的替代方案", "已考虑的替代方案", "已考慮的替代方案",
    "曾考虑的替代方案", "評估的替代方案", "评估的替代方案", "被拒絕的替代方案", "被拒绝的替代方案", "代替案",
    "検討した代替案", "却下した代替案", "検討した選択肢", "他の選択肢", "検討された代替案", "代替案の検討", "대안",
    "검토한 대안", "고려한 대안", "검토된 대안", "고려된 대안", "고려 대안",
];

/// Words of headings over tables that only repeat decisions.
const SUMMARIES: &[&str] = &[
    "summary", "overview", "recap", "resumen", "resumo", "résumé", "zusammenfassung", "podsumowanie", "итог", "сводка",
    "总结", "總結", "摘要", "まとめ", "요약",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Text;

    fn check(text: &str) -> Vec<[String; 4]> {
        let part = |part: &Option<Text>| {
            if let Some(part) = part {
                assert!(!part.span.text(text).is_empty());
            }
            part.as_ref().map(|part| part.text.clone()).unwrap_or_default()
        };
        research(text)
            .decisions
            .iter()
            .map(|decision| {
                [
                    decision.title.clone(),
                    part(&decision.decision),
                    part(&decision.rationale),
                    part(&decision.alternatives),
                ]
            })
            .collect()
    }

    #[test]
    fn labels_below_a_topic() {
        let expected = [[
            "Store".to_owned(),
            "Use a file.".to_owned(),
            "It is small.".to_owned(),
            "A server: too large. Memory: lost.".to_owned(),
        ]];
        for text in [
            "# Research\n\n## 1. Store\n\n**Decision**: Use a file.\n\n**Rationale**: It is small.\n\n**Alternatives considered**:\n- A server: too large.\n- Memory: lost.\n\n**Notes**: none\n",
            "# Research\n\n### Store\n\n- **Decision:** Use a file.\n- **Rationale:** It is small.\n- **Alternatives Considered:**\n  - A server: too large.\n  - **Memory**: lost.\n",
            "# Research\n\n## Store\n\n### Decision\n\nUse a file.\n\n### Rationale\n\nIt is small.\n\n### Alternatives Considered\n\n- A server: too large.\n- Memory: lost.\n\n### Implementation Notes\n\nx\n",
            "# Research\n\n## Store\n\nDecision: Use a file.\nRationale: It is small.\nAlternatives: A server: too large. Memory: lost.\n",
            "# Recherche\n\n## Store\n\n**Décision** : Use a file.\n\n**Pourquoi** : It is small.\n\n**Alternatives envisagées** : A server: too large. Memory: lost.\n",
            "# 調査\n\n## Store\n\n**決定**：Use a file.\n\n**理由**：It is small.\n\n**検討した代替案**：A server: too large. Memory: lost.\n",
        ] {
            assert_eq!(check(text), expected, "{text}");
        }
    }

    #[test]
    fn a_bold_paragraph_may_be_the_decision() {
        let text =
            "# R\n\n## 1. Store\n\n### Decision\n**Use a file + a lock**\n\n### Rationale\n- **small** and simple\n";
        assert_eq!(check(text), [["Store", "Use a file + a lock", "small and simple", ""]]);
    }

    #[test]
    fn the_heading_may_be_the_decision() {
        let text = "# R\n\n## Decision 1: Use a file\n\n**Rationale**: small\n\n## 2. Decision: Keep text\n\n**Decision**: Keep UTF-8 text.\n\n**Why**: simple\n";
        assert_eq!(
            check(text),
            [["Use a file", "Use a file", "small", ""], ["Keep text", "Keep UTF-8 text.", "simple", ""]]
        );
    }

    #[test]
    fn topics_below_a_section() {
        let text = "# R\n\n## Decisions\n\n### R1: Store\n\n**Decision**: file\n\n#### Detail\n\nmore\n\n### R2: Wire\n\n**Decision**: json\n**Rationale**: read by all\n\n## Open Questions\n\nnone\n";
        assert_eq!(check(text), [["R1: Store", "file", "", ""], ["R2: Wire", "json", "read by all", ""]]);
    }

    #[test]
    fn two_decisions_below_one_heading() {
        let text = "# R\n\n## Store\n\n**Decision**: file\n**Rationale**: small\n\n**Decision**: lock it\n";
        assert_eq!(check(text), [["Store", "file", "small", ""], ["Store", "lock it", "", ""]]);
    }

    #[test]
    fn a_table_of_decisions() {
        let text = "# R\n\n| # | Area | Decision | Rationale |\n|---|---|---|---|\n| 1 | Store | file | small |\n| 2 | Wire | json | read by all |\n";
        assert_eq!(check(text), [["Store", "file", "small", ""], ["Wire", "json", "read by all", ""]]);
        let text = format!("## Store\n\n**Decision**: file\n\n## Summary\n\n{}", &text[5..]);
        assert_eq!(check(&text).len(), 1);
    }

    #[test]
    fn no_decision_in_prose() {
        assert!(
            check("# R\n\n## Decision Records\n\nThe decision is open. **Important**: think.\n\n## Why Rust\n\nx\n")
                .is_empty()
        );
        for text in ["", "**", "## Decision:", "**Decision", "|Decision|\n|-|\n||\n", "- **Decision**:\n"] {
            let _ = research(text);
        }
    }
}
