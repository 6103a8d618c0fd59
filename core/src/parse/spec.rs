//! Reads spec.md: header, user stories, requirements, entities, clarifications.

use crate::matching::contains_any;
use std::collections::HashMap;
use std::ops::Range;

use super::keyed::{folded, label};
use super::requirement::requirements;
use super::scenario::{self, Part, labelled_text, scenarios};
use super::story_reference::{brackets, group_priority, heading_priority, leading_story, line_priority};
use crate::document::{Scenario, Spec, Story};
use crate::markdown::{Block, BlockKind, Markdown};
use crate::plan::{Section, Text};
use crate::source::Span;

/// Reads the text of a spec.md. Never fails.
#[must_use]
pub fn spec(text: &str) -> Spec {
    read_spec(&Markdown::parse(text))
}

/// Reads a spec.md.
pub(crate) fn read_spec(markdown: &Markdown<'_>) -> Spec {
    let sections = markdown.sections();
    let mut stories = stories(markdown, &sections);
    let scenarios = loose_scenarios(markdown, &sections, &mut stories);
    Spec {
        title: title(markdown, &sections),
        created: header(markdown, CREATED).or_else(|| header(markdown, DATE)),
        status: header(markdown, STATUS),
        stories,
        scenarios,
        requirements: requirements(markdown),
        entities: entities(markdown, &sections),
        clarifications: clarifications(markdown, &sections),
        open_questions: open_questions(markdown),
    }
}

#[rustfmt::skip]
const CREATED: &[&str] = &[
    "created", "creado", "fecha de creación", "criado", "criada", "data de criação", "créé", "date de création",
    "erstellt", "utworzono", "data utworzenia", "creato", "создано", "дата создания", "作成日", "作成", "생성일", "작성일",
    "创建日期", "创建时间", "创建", "建立日期", "建立時間", "建立", "created at", "created on", "date created",
];
const DATE: &[&str] = &["date", "fecha", "data", "datum", "дата", "日付", "날짜", "日期"];
const STATUS: &[&str] =
    &["status", "estado", "statut", "stan", "stato", "статус", "ステータス", "状態", "상태", "状态", "狀態"];

/// Words in front of the colon of a title that name the kind of document.
#[rustfmt::skip]
const KIND: &[&str] = &[
    "spec", "especifica", "spécif", "spezifik", "specyfik", "specific", "специфик", "仕様", "规格", "規格", "规范", "規範",
    "명세", "사양", "feature", "機能", "功能", "기능",
];

fn title(markdown: &Markdown<'_>, sections: &[Section]) -> Option<Text> {
    let first = sections.first().filter(|section| section.level == 1)?;
    let block = markdown.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading { .. }))?;
    let raw = markdown.raw(block.content);
    let behind = raw
        .find([':', '：'])
        .filter(|colon| contains_any(&raw[..*colon].to_lowercase(), KIND))
        .map_or(0, |colon| colon + raw[colon..].chars().next().map_or(1, char::len_utf8));
    let text = markdown.plain_text(Span::new(block.content.start as usize + behind, block.content.end as usize));
    if text.text.is_empty() { Some(Text::new(first.title.clone(), first.heading)) } else { Some(text) }
}

/// The value of a header field, above the first section: in a labelled line, in a table or in YAML.
fn header(markdown: &Markdown<'_>, names: &[&str]) -> Option<Text> {
    let named = |name: &str| {
        let name = folded(name);
        names.contains(&name.trim())
    };
    for block in &markdown.blocks {
        match block.kind {
            BlockKind::Heading { level } if level > 1 => return None,
            BlockKind::Table { index } => {
                let table = &markdown.tables[index];
                let rows = table.rows.iter().map(|row| &row.cells).chain([&table.header]);
                let row = rows.into_iter().find(|cells| cells.len() > 1 && named(markdown.raw(cells[0])));
                if let Some(row) = row {
                    return Some(markdown.plain_text(row[1])).filter(|text| !text.text.is_empty());
                }
            }
            BlockKind::Heading { .. } | BlockKind::Rule | BlockKind::Html => {}
            _ => {
                let span = if matches!(block.kind, BlockKind::FrontMatter) { block.span } else { block.content };
                if let Some(text) = markdown.lines(span).find_map(|line| field(markdown, line, &named)) {
                    return Some(text);
                }
            }
        }
    }
    None
}

/// One of the fields of a line such as `**Created**: 2026-01-01 | **Status**: Draft`.
fn field(markdown: &Markdown<'_>, line: Span, named: &dyn Fn(&str) -> bool) -> Option<Text> {
    let raw = markdown.raw(line);
    let mut start = 0;
    for part in raw.split(['|', '·']) {
        let trimmed = part.trim();
        if let Some(label) = label(trimmed.trim_start_matches(['-', ' '])).filter(|label| named(label.name)) {
            let end = start + part.trim_end().len();
            let span = Span::new(line.start as usize + end - label.value.len(), line.start as usize + end);
            let text = markdown.plain_text(span);
            return Some(text).filter(|text| !text.text.is_empty());
        }
        start += part.len();
        start += raw[start..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

#[rustfmt::skip]
const STORIES_SECTION: &[&str] = &[
    "user scenario", "user stor", "escenarios de usuario", "historias de usuario", "cenários de usuário",
    "cenários do usuário", "histórias de usuário", "scénarios utilisateur", "récits utilisateur",
    "nutzerszenarien", "benutzerszenarien", "benutzergeschichten", "scenariusze użytkownika",
    "historyjki użytkownika", "пользовательские", "ユーザーシナリオ", "ユーザシナリオ", "ユーザーストーリー", "사용자 시나리오", "사용자 스토리",
    "用户场景", "用户故事", "使用者情境", "使用者故事", "使用者場景", "用戶故事",
];

/// A story before its details are read.
struct Outline {
    number: Option<u32>,
    heading: Span,
    span: Span,
    /// Bytes of the heading's raw text up to the title.
    named_to: usize,
    /// The section around the story.
    parent: Option<usize>,
}

fn stories(markdown: &Markdown<'_>, sections: &[Section]) -> Vec<Story> {
    let parents = parents(sections);
    let mut outlines = headed(markdown, sections, &parents);
    if outlines.is_empty() {
        outlines = listed(markdown, sections);
    }
    let mut found: Vec<Story> = Vec::new();
    let mut known: HashMap<u32, (usize, Option<usize>)> = HashMap::new();
    for outline in &outlines {
        let story = read_story(markdown, sections, &parents, outline);
        let first = story.number.map(|number| *known.entry(number).or_insert((found.len(), outline.parent)));
        match first {
            // Another section that comes back to a story adds to it.
            Some((index, parent)) if index < found.len() && parent != outline.parent => {
                let known = &mut found[index];
                known.priority = known.priority.take().or(story.priority);
                known.independent_test = known.independent_test.take().or(story.independent_test);
                known.scenarios.extend(story.scenarios);
            }
            _ => found.push(story),
        }
    }
    found
}

/// The section around each section.
fn parents(sections: &[Section]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(sections.len());
    for (index, section) in sections.iter().enumerate() {
        open.retain(|outer| sections[*outer].level < section.level);
        parents.push(open.last().copied());
        open.push(index);
    }
    parents
}

/// Stories with a heading of their own.
fn headed(markdown: &Markdown<'_>, sections: &[Section], parents: &[Option<usize>]) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = Vec::new();
    let mut inside: Option<Span> = None;
    for ((section, block), parent) in sections.iter().zip(headings(markdown)).zip(parents) {
        if section.level <= 2 && contains_any(&folded(&section.title), STORIES_SECTION) {
            inside = Some(section.span);
        }
        let raw = markdown.raw(block.content);
        let named = leading_story(raw).filter(|story| section.level > 1 && begins_a_story(story.rest));
        let among = section.level > 2 && inside.is_some_and(|inside| inside.encloses(section.span));
        if named.is_none() && !(among && has_priority_in_brackets(raw)) {
            continue;
        }
        let title_at = section.heading.len().saturating_sub(raw.len());
        let outline = Outline {
            number: named.and_then(|story| story.number),
            heading: section.heading,
            span: section.span,
            named_to: title_at + named.map_or(0, |story| raw.len() - story.rest.len()),
            parent: *parent,
        };
        if let Some(outer) = outlines.last_mut().filter(|last| last.span.encloses(outline.span)) {
            // "Tests of user story 1" below user story 1 is a part of it.
            if outer.number == outline.number || named.is_none() {
                continue;
            }
            // A heading over stories isn't one: "User Story" with "US1" and "US2" below it.
            if outer.number.is_none() {
                outlines.pop();
            } else {
                outer.span.end = outline.span.start;
            }
        }
        outlines.push(outline);
    }
    outlines
}

/// "Vote in a poll (P1)": a story by its priority.
fn has_priority_in_brackets(heading: &str) -> bool {
    let within = |token: Range<usize>| {
        let groups = brackets(heading);
        groups.iter().any(|group| group.start <= token.start && token.end <= group.end)
    };
    scenario::part(heading) != Part::Scenarios && heading_priority(heading).is_some_and(within)
}

/// Whether what follows "User Story 2" may be a title: "User Story 2 Dependencies" may not.
fn begins_a_story(rest: &str) -> bool {
    let parts = ["dependencies", "tests", "traceability", "mapping", "summary", "status", "notes"];
    let rest = folded(rest);
    !parts.iter().any(|part| rest.trim() == *part)
}

fn headings<'m>(markdown: &'m Markdown<'_>) -> impl Iterator<Item = &'m Block> {
    markdown.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading { .. }))
}

/// Stories as bullets or bold lines of the section of user stories.
fn listed(markdown: &Markdown<'_>, sections: &[Section]) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = Vec::new();
    let is_stories = |section: &&Section| contains_any(&folded(&section.title), STORIES_SECTION);
    let Some(section) = sections.iter().find(is_stories) else { return outlines };
    for block in markdown.blocks_in(section.span) {
        if !matches!(block.kind, BlockKind::Item { .. } | BlockKind::Paragraph) || block.depth > 1 {
            continue;
        }
        let Some(line) = markdown.lines(block.content).next() else { continue };
        let raw = markdown.raw(line);
        let Some(story) = leading_story(raw).filter(|story| story.number.is_some() && begins_a_story(story.rest))
        else {
            continue;
        };
        let marked = raw.starts_with(['*', '_', '[']) || matches!(block.kind, BlockKind::Item { .. });
        if !marked {
            continue;
        }
        if let Some(last) = outlines.last_mut() {
            last.span.end = block.span.start;
        }
        outlines.push(Outline {
            number: story.number,
            heading: line,
            span: Span { start: block.span.start, end: section.span.end },
            named_to: raw.len() - story.rest.len(),
            parent: None,
        });
    }
    outlines
}

fn read_story(markdown: &Markdown<'_>, sections: &[Section], parents: &[Option<usize>], outline: &Outline) -> Story {
    let start = outline.heading.start as usize;
    let raw = markdown.raw(outline.heading);
    let blocks = markdown.blocks_in(outline.span);
    let own = match blocks {
        [first, rest @ ..] if matches!(first.kind, BlockKind::Heading { .. }) => rest,
        all => all,
    };
    let priority = heading_priority(raw)
        .map(|token| Span::new(start + token.start, start + token.end))
        .or_else(|| priority_below(markdown, own))
        .or_else(|| inherited_priority(markdown, sections, parents, outline))
        .map(|span| priority_text(markdown, span));
    Story {
        number: outline.number,
        title: story_title(markdown, outline, priority.as_ref()),
        priority,
        independent_test: labelled_text(markdown, own, is_independent_test),
        scenarios: scenarios(markdown, own, None),
        heading: outline.heading,
        span: outline.span,
    }
}

fn priority_text(markdown: &Markdown<'_>, span: Span) -> Text {
    let raw = markdown.raw(span);
    let counted = raw.starts_with(['p', 'P']) && raw[1..].bytes().all(|byte| byte.is_ascii_digit());
    let digits = raw.bytes().all(|byte| byte.is_ascii_digit());
    let text = match (counted, digits) {
        (true, _) => raw.to_ascii_uppercase(),
        (_, true) => format!("P{raw}"),
        _ => raw.to_owned(),
    };
    Text::new(text, span)
}

fn priority_below(markdown: &Markdown<'_>, blocks: &[Block]) -> Option<Span> {
    blocks.iter().find_map(|block| match block.kind {
        BlockKind::Paragraph | BlockKind::Item { .. } => markdown.lines(block.content).find_map(|line| {
            let raw = markdown.raw(line);
            // Several fields may share a line.
            let mut at = 0;
            raw.split(['|', '·']).find_map(|part| {
                let start = at;
                at += part.len();
                at += raw[at..].chars().next().map_or(0, char::len_utf8);
                let token = line_priority(part)?;
                let start = line.start as usize + start;
                Some(Span::new(start + token.start, start + token.end))
            })
        }),
        BlockKind::Table { index } => {
            let table = markdown.tables.get(index)?;
            let mut rows = table.rows.iter().map(|row| &row.cells).chain([&table.header]);
            rows.find_map(|cells| {
                let [name, value, ..] = cells.as_slice() else { return None };
                let line = format!("{}: {}", markdown.raw(*name), markdown.raw(*value));
                let token = line_priority(&line)?;
                let shift = line.len() - markdown.raw(*value).len();
                let token = token.start.checked_sub(shift)?..token.end - shift;
                let start = value.start as usize;
                Some(Span::new(start + token.start, start + token.end))
            })
        }
        _ => None,
    })
}

/// A group heading over the story: "P1 – Must have".
fn inherited_priority(
    markdown: &Markdown<'_>,
    sections: &[Section],
    parents: &[Option<usize>],
    outline: &Outline,
) -> Option<Span> {
    let mut next = outline.parent;
    while let Some(index) = next {
        let group = &sections[index];
        let raw = markdown.raw(group.heading);
        if let Some(token) = group_priority(raw).filter(|_| group.level > 1) {
            let start = group.heading.start as usize;
            return Some(Span::new(start + token.start, start + token.end));
        }
        next = parents[index];
    }
    None
}

fn story_title(markdown: &Markdown<'_>, outline: &Outline, priority: Option<&Text>) -> String {
    let raw = markdown.raw(outline.heading);
    let start = outline.heading.start as usize;
    let group = brackets(raw).into_iter().find(|group| {
        let group = Span::new(start + group.start, start + group.end);
        group.start as usize > start + outline.named_to && priority.is_some_and(|text| group.encloses(text.span))
    });
    // The bracket itself stands before the group.
    let before = |group: Range<usize>| raw[..group.start].char_indices().next_back().map_or(0, |(at, _)| at);
    let end = group.map_or(raw.len(), before);
    let title = markdown.plain(Span::new(start + outline.named_to.min(end), start + end));
    let edges = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '：' | '.' | '|' | '#' | '、' | '*');
    title.trim_matches(edges).to_owned()
}

fn is_independent_test(name: &str) -> bool {
    #[rustfmt::skip]
    let alone = [
        "independ", "indépend", "unabhängig", "eigenständig", "niezależn", "samodzieln", "indipend",
        "onafhankelijk", "oberoende", "независ", "独立", "獨立", "単独", "독립", "단독",
    ];
    #[rustfmt::skip]
    let test = [
        "test", "prueba", "prova", "prüf", "verif", "valid", "тест", "провер", "テスト", "検証", "測試", "测试", "验证", "驗證",
        "테스트", "검증",
    ];
    contains_any(name, &alone) && contains_any(name, &test)
}

/// Acceptance scenarios outside of stories: those of the only story join it, others stay the spec's.
fn loose_scenarios(markdown: &Markdown<'_>, sections: &[Section], stories: &mut [Story]) -> Vec<Scenario> {
    let mut outside: Vec<(Span, Part)> = Vec::new();
    for section in sections {
        let part = scenario::part(&section.title);
        if section.level == 1 || !matches!(part, Part::Scenarios | Part::Criteria) {
            continue;
        }
        let first = stories.partition_point(|story| story.span.end <= section.span.start);
        let apart = stories.get(first).is_none_or(|story| section.span.end <= story.span.start);
        let below_another = outside.last().is_some_and(|(outer, _)| outer.encloses(section.span));
        if apart && !below_another {
            outside.push((section.span, part));
        }
    }
    let several = outside.iter().filter(|(_, part)| *part == Part::Scenarios).count() > 1;
    let mut loose = Vec::new();
    if stories.is_empty() && outside.is_empty() {
        loose = scenarios(markdown, &markdown.blocks, None);
        loose.retain(|scenario| scenario.complete);
    }
    for (span, part) in outside {
        let blocks = markdown.blocks_in(span);
        let inside = (part == Part::Scenarios).then_some(part);
        let mut found = scenarios(markdown, blocks.get(1..).unwrap_or_default(), inside);
        // Criteria of the whole feature are no scenarios unless they read so.
        found.retain(|scenario| scenario.complete || part == Part::Scenarios);
        let before = stories.partition_point(|story| story.span.end <= span.start);
        let joins = part == Part::Scenarios && (stories.len() == 1 || several);
        match before.checked_sub(1).filter(|_| joins) {
            Some(story) => stories[story].scenarios.extend(found),
            None => loose.extend(found),
        }
    }
    loose
}

#[rustfmt::skip]
const ENTITIES: &[&str] = &[
    "key entit", "data entit", "core entit", "main entit", "domain entit", "entidades", "entités", "entitäten",
    "encje", "entità", "сущност", "エンティティ", "엔티티", "개체", "实体", "實體",
];

/// Names of the entities: sub-headings of the section, else the bold heads of its bullets.
fn entities(markdown: &Markdown<'_>, sections: &[Section]) -> Vec<Text> {
    let is_entities = |title: &str| {
        let title = folded(title);
        contains_any(&title, ENTITIES) || matches!(title.trim(), "entities" | "entity")
    };
    if let Some(section) = sections.iter().find(|section| is_entities(&section.title)) {
        let blocks = markdown.blocks_in(section.span);
        return entity_names(markdown, blocks.get(1..).unwrap_or_default());
    }
    // A bold line in place of the heading.
    let label = markdown.blocks.iter().position(|block| {
        block.kind == BlockKind::Paragraph
            && label(markdown.raw(block.content)).is_some_and(|label| label.value.is_empty() && is_entities(label.name))
    });
    let Some(label) = label else { return Vec::new() };
    let below = &markdown.blocks[label + 1..];
    let end = below.iter().position(|block| block.depth == 0 && !matches!(block.kind, BlockKind::Table { .. }));
    entity_names(markdown, &below[..end.unwrap_or(below.len())])
}

fn entity_names(markdown: &Markdown<'_>, blocks: &[Block]) -> Vec<Text> {
    let headings: Vec<Text> = blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading { .. }))
        .map(|block| entity_name(markdown, block.content))
        .collect();
    let mut names: Vec<Text> = Vec::new();
    for block in blocks {
        match block.kind {
            BlockKind::Heading { .. } if !names.is_empty() => break,
            BlockKind::Item { .. } if block.depth == 1 && headings.is_empty() => {
                item_names(markdown, block, &mut names);
            }
            BlockKind::Table { index } if headings.is_empty() => {
                let cells = markdown.tables[index].rows.iter().filter_map(|row| row.cells.first());
                names.extend(cells.map(|cell| entity_name(markdown, *cell)));
            }
            BlockKind::Paragraph if headings.is_empty() => {
                let lines = markdown.lines(block.content).filter(|line| markdown.raw(*line).starts_with("**"));
                names.extend(lines.filter_map(|line| {
                    let strong = markdown.strongs_in(line).first()?;
                    label(markdown.raw(line)).map(|_| entity_name(markdown, strong.inner))
                }));
            }
            _ => {}
        }
    }
    if names.is_empty() {
        names = headings;
    }
    names.retain(|name| {
        let folded = folded(&name.text);
        let none =
            ["none", "n/a", "no new", "not applicable", "ninguna", "nenhuma", "aucune", "なし", "없음", "无", "無"];
        !folded.is_empty() && !none.iter().any(|none| folded.starts_with(none))
    });
    names
}

/// The bold names at the start of a bullet, or its words before a colon or dash.
fn item_names(markdown: &Markdown<'_>, block: &Block, names: &mut Vec<Text>) {
    let mut end = block.content.start;
    let bold = markdown.strongs_in(block.content).len();
    for strong in markdown.strongs_in(block.content) {
        let between = markdown.raw(Span { start: end, end: strong.span.start });
        let joined =
            matches!(between.trim(), "" | "," | "/" | "&" | "+" | "and" | "y" | "e" | "et" | "und" | "、" | "と");
        if !joined {
            break;
        }
        names.push(entity_name(markdown, strong.inner));
        end = strong.span.end;
    }
    if bold > 0 && end > block.content.start {
        return;
    }
    let Some(line) = markdown.lines(block.content).next() else { return };
    let raw = markdown.raw(line);
    let cut = [": ", "：", " - ", " – ", " — "].iter().filter_map(|mark| raw.find(mark)).min();
    let cut = cut.or_else(|| raw.ends_with(':').then(|| raw.len() - 1)).filter(|cut| *cut <= 60);
    if let Some(cut) = cut {
        names.push(entity_name(markdown, Span::new(line.start as usize, line.start as usize + cut)));
    }
}

/// A name as written: marks, a leading number and a trailing colon are left out; `<T>` isn't HTML here.
fn entity_name(markdown: &Markdown<'_>, span: Span) -> Text {
    let raw = markdown.raw(span);
    let marks = |c: char| c.is_whitespace() || matches!(c, '*' | '`' | ':' | '：' | '#' | '_');
    let start = raw.len() - raw.trim_start_matches(marks).len();
    let inner = raw[start..].trim_end_matches(marks);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let name = inner[digits..].strip_prefix(['.', ')']).filter(|_| digits > 0).unwrap_or(inner).trim_start();
    let span = Span::of(name, raw, span.start as usize);
    let text: String = name.chars().filter(|c| !matches!(c, '*' | '`')).collect();
    Text::new(text, span)
}

#[rustfmt::skip]
const CLARIFICATIONS: &[&str] = &[
    "clarification", "aclaracion", "clarificaciones", "esclarecimento", "clarificações", "klärung", "klarstellung",
    "doprecyzowani", "wyjaśnieni", "chiariment", "уточнени", "明確化", "確認事項", "명확화", "확인 사항", "澄清",
];

/// The top bullets of the Clarifications sections, with what is nested in them.
fn clarifications(markdown: &Markdown<'_>, sections: &[Section]) -> Vec<Text> {
    let mut found = Vec::new();
    let mut behind = 0;
    for section in sections.iter().filter(|section| contains_any(&folded(&section.title), CLARIFICATIONS)) {
        if section.span.start < behind {
            continue;
        }
        behind = section.span.end;
        let items = markdown.blocks_in(section.span).iter();
        let items = items.filter(|block| matches!(block.kind, BlockKind::Item { .. }) && block.depth == 1);
        found.extend(items.map(|block| markdown.plain_text(block.content.to(block.span))));
    }
    found
}

#[rustfmt::skip]
const MARKS: &[&str] = &[
    "[NEEDS CLARIFICATION", "[NECESITA ACLARACI", "[REQUIERE ACLARACI", "[PRECISA DE ESCLARECIMENTO",
    "[NECESSITA ESCLARECIMENTO", "[NECESSITA CLARIFICA", "[BESOIN DE CLARIFICATION", "[KLÄRUNG ERFORDERLICH",
    "[WYMAGA WYJAŚNIENIA", "[要確認", "[要明確化", "[명확화 필요", "[확인 필요", "[需要澄清", "[需澄清", "[待澄清",
];

/// Marks that are left: not those in code, in comments, in boxes to tick, or in prose about the mark.
fn open_questions(markdown: &Markdown<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    for block in &markdown.blocks {
        let span = match block.kind {
            BlockKind::Heading { .. } | BlockKind::Paragraph | BlockKind::Item { .. } => block.content,
            BlockKind::Table { .. } => block.span,
            _ => continue,
        };
        let raw = markdown.raw(span);
        let boxed = raw.starts_with("[ ]") || raw.starts_with("[x]") || raw.starts_with("[X]");
        if boxed || !raw.contains('[') {
            continue;
        }
        let mut close = 0;
        for (at, _) in raw.match_indices('[') {
            let Some(mark) = MARKS.iter().find(|mark| raw[at..].starts_with(**mark)) else { continue };
            let behind = at + mark.len();
            if close <= behind {
                close = raw[behind..].find(']').map_or(raw.len(), |close| behind + close + 1);
            }
            let place = Span::new(span.start as usize + at, span.start as usize + close);
            let quoted = markdown.codes_in(span).iter().any(|code| code.contains(place.start));
            if !quoted && is_open(&raw[..at], &raw[behind..close], &raw[close..]) {
                found.push(place);
            }
        }
    }
    found
}

/// Longer questions are nobody's template.
const LONGEST_TEMPLATE_QUESTION: usize = 32;

/// Whether a mark with `inner` behind its name asks something, rather than being spoken of.
fn is_open(before: &str, inner: &str, behind: &str) -> bool {
    let inner = inner.trim_matches([':', '：', ' ', ']', '-', '–', '—']);
    if inner.len() > LONGEST_TEMPLATE_QUESTION {
        return true;
    }
    let inner = folded(inner);
    if matches!(inner.as_str(), "specific question" | "…" | "...") {
        return false;
    }
    if !inner.is_empty() {
        return true;
    }
    let next = folded(behind.split_whitespace().next().unwrap_or_default());
    let last = folded(before.split_whitespace().next_back().unwrap_or_default());
    let spoken = ["marker", "mark", "tag", "item", "placeholder", "label", "マーカー", "标记", "標記", "마커"];
    let denied = ["no", "any", "all", "with", "the", "zero", "sin", "sem", "aucun", "keine", "every", "of"];
    !spoken.iter().any(|word| next.starts_with(word)) && !denied.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RequirementKind;

    const SPEC: &str = "# Feature Specification: Polls\n\n\
        **Feature Branch**: `001-polls`\n**Created**: 2026-01-02 | **Status**: Draft\n\n\
        ## Clarifications\n\n### Session 2026-01-02\n\n- Q: Who votes?\n  - A: Members\n\n\
        ## User Scenarios & Testing *(mandatory)*\n\n\
        ### User Story 1 - Vote (Priority: P1) \u{1f3af} MVP\n\nA member votes.\n\n\
        **Why this priority**: it matters\n\n**Independent Test**: vote once\n\n\
        **Acceptance Scenarios**:\n\n1. **Given** a poll, **When** I vote, **Then** it counts\n2. It is fast\n\n---\n\n\
        ### User Story 2 - Close\n\n**Priority**: P2\n\n#### Independent Test\n\nClose one.\n\n\
        ### Edge Cases\n\n- What happens when two vote?\n\n\
        ## Requirements\n\n- **FR-001**: MUST count [NEEDS CLARIFICATION: how often?]\n- **NFR-001**: fast\n\n\
        ### Key Entities\n\n- **Poll**: a question\n  - **options**: two\n- **Vote**, **Ballot**: choices\n\n\
        ## Success Criteria\n\n- **SC-001**: 90 %\n- [ ] No [NEEDS CLARIFICATION] markers remain\n";

    #[test]
    fn the_usual_form() {
        let spec = spec(SPEC);
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.text.clone()).unwrap_or_default();
        assert_eq!(
            (text(&spec.title), text(&spec.created), text(&spec.status)),
            ("Polls".into(), "2026-01-02".into(), "Draft".into())
        );
        let [first, second] = spec.stories.as_slice() else { panic!("{:?}", spec.stories) };
        assert_eq!((first.number, first.title.as_str(), text(&first.priority)), (Some(1), "Vote", "P1".into()));
        assert_eq!((second.number, second.title.as_str(), text(&second.priority)), (Some(2), "Close", "P2".into()));
        assert_eq!(
            (text(&first.independent_test), text(&second.independent_test)),
            ("vote once".into(), "Close one.".into())
        );
        assert_eq!(first.scenarios.iter().map(|scenario| scenario.complete).collect::<Vec<_>>(), [true, false]);
        assert!(second.scenarios.is_empty() && spec.scenarios.is_empty());
        let kinds: Vec<_> =
            spec.requirements.iter().map(|requirement| (requirement.id.as_str(), requirement.kind)).collect();
        let (functional, other) = (RequirementKind::Functional, RequirementKind::NonFunctional);
        assert_eq!(kinds, [("FR-001", functional), ("NFR-001", other), ("SC-001", RequirementKind::SuccessCriterion)]);
        assert_eq!(
            spec.entities.iter().map(|entity| entity.text.as_str()).collect::<Vec<_>>(),
            ["Poll", "Vote", "Ballot"]
        );
        assert_eq!(spec.clarifications.len(), 1);
        assert_eq!(
            spec.open_questions.iter().map(|span| span.text(SPEC)).collect::<Vec<_>>(),
            ["[NEEDS CLARIFICATION: how often?]"]
        );
        assert_eq!(first.priority.as_ref().map(|priority| priority.span.text(SPEC)), Some("P1"));
    }

    #[test]
    fn stories_of_other_forms() {
        for (text, expected) in [
            ("## Historias\n\n### Historia de Usuario 1 - Votar (Prioridad: P1)\n", vec!["1 Votar P1"]),
            ("### 使用者故事 2 - 投票（優先級：P2）\n", vec!["2 投票 P2"]),
            ("## User Scenarios\n\n### Vote in a poll (P1)\n\n### Edge Cases\n", vec!["- Vote in a poll P1"]),
            ("## User Stories\n\n- **US-1:** I vote\n- **US-2:** I close [P2]\n", vec!["1 I vote -", "2 I close P2"]),
            (
                "## User Stories\n\n**User Story 1 - Vote (P1)**\n\ntext\n\n**User Story 2 - Close (P3)**\n",
                vec!["1 Vote P1", "2 Close P3"],
            ),
            ("## P2 – Should have\n\n### US3: Vote\n", vec!["3 Vote P2"]),
            ("### Primary User Story\n\nAs a member\n", vec!["-  -"]),
            ("### User Story 1 - Vote\n\n| Priority | P3 |\n|---|---|\n| Size | S |\n", vec!["1 Vote P3"]),
            ("### User Stories\n\n### User Story Dependencies\n", vec![]),
            ("## Stories\n\n### User Story 1 - Vote (P1)\n\n## Tests\n\n### User Story 1 - again\n", vec!["1 Vote P1"]),
        ] {
            let found: Vec<String> = spec(text)
                .stories
                .iter()
                .map(|story| {
                    let number = story.number.map_or("-".to_owned(), |number| number.to_string());
                    let priority = story.priority.as_ref().map_or("-", |priority| priority.text.as_str());
                    format!("{number} {} {priority}", story.title)
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn scenarios_beside_the_only_story_are_its_own() {
        let scenarios = "### Acceptance Scenarios\n\n1. **Given** a, **When** b, **Then** c\n";
        let one = spec(&format!("## User Scenarios & Testing\n\n### Primary User Story\n\nI vote.\n\n{scenarios}"));
        assert_eq!((one.stories[0].scenarios.len(), one.scenarios.len()), (1, 0));
        let none = spec(scenarios);
        assert_eq!(none.scenarios.len(), 1);
        let nowhere = spec("### Voting\n\n**Rules**:\n\n- Given a, when b, then c\n- Fast\n");
        assert_eq!(nowhere.scenarios.len(), 1);
        let two = spec(&format!("### User Story 1 - a\n\n### User Story 2 - b\n\n{scenarios}"));
        assert_eq!(two.scenarios.len(), 1);
        let criteria = spec("### User Story 1 - a\n\n## Acceptance Criteria\n\n- Fast\n");
        assert_eq!((criteria.stories[0].scenarios.len(), criteria.scenarios.len()), (0, 0));
    }

    #[test]
    fn entities_of_other_forms() {
        for (text, expected) in [
            ("### Entidades Clave\n\n- **Encuesta**: x\n", vec!["Encuesta"]),
            ("### Key Entities\n\n#### 1. Poll\n\n- **id**: x\n\n#### Vote\n", vec!["Poll", "Vote"]),
            ("### Key Entities\n\n| Entity | Text |\n|---|---|\n| `Poll` | x |\n", vec!["Poll"]),
            ("**Key Entities**:\n\n- Poll: x\n- Vote - y\n\nNext.\n\n- Other: z\n", vec!["Poll", "Vote"]),
            ("### Key Entities\n\n- **Maybe<T>**: x\n", vec!["Maybe<T>"]),
            ("### Key Entities\n\n- None for this feature\n", vec![]),
        ] {
            let found = spec(text).entities;
            assert_eq!(found.iter().map(|entity| entity.text.as_str()).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn header_fields() {
        for (text, created, status) in [
            ("# Spec: A\n\n> **Status:** done\n> **Created:** 2026-01-02\n", "2026-01-02", "done"),
            ("---\ncreated: 2026-01-02\nstatus: draft\n---\n\n# A\n", "2026-01-02", "draft"),
            ("# A\n\n```yaml\ncreated: 2026-01-02\nstatus: draft\n```\n", "2026-01-02", "draft"),
            ("# A\n\n| Status | Borrador |\n|---|---|\n| Creado | 2026-01-02 |\n", "2026-01-02", "Borrador"),
            ("# A\n\n**作成日**: 2026-01-02\n**ステータス**: 草案\n", "2026-01-02", "草案"),
        ] {
            let spec = spec(text);
            assert_eq!(spec.created.map(|text| text.text).as_deref(), Some(created), "{text}");
            assert_eq!(spec.status.map(|text| text.text).as_deref(), Some(status), "{text}");
        }
    }

    #[test]
    fn marks_that_ask_nothing() {
        for text in [
            "- [x] No [NEEDS CLARIFICATION] markers remain",
            "Use [NEEDS CLARIFICATION: specific question] for assumptions",
            "All [NEEDS CLARIFICATION] are gone",
            "`[NEEDS CLARIFICATION: x]`",
            "```\n[NEEDS CLARIFICATION: x]\n```",
        ] {
            assert!(spec(text).open_questions.is_empty(), "{text}");
        }
        for text in ["FR-001 [NEEDS CLARIFICATION]", "- x [需要澄清: y]", "| a |\n|---|\n| [NEEDS CLARIFICATION - x] |"]
        {
            assert_eq!(spec(text).open_questions.len(), 1, "{text}");
        }
    }

    #[test]
    fn any_text_gives_a_model() {
        for text in [
            "", "#", "### User Story", "### User Story 99999999999 (", "**Priority**:",
            "# \u{0}:\n- [NEEDS CLARIFICATION",
        ] {
            let _ = spec(text);
        }
    }
}
