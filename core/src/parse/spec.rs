//! Reads spec.md: header, user stories, requirements, entities, clarifications.

use super::label::{folded, has_any, label, words};
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
    let markdown = Markdown::parse(text);
    let sections = markdown.sections();
    let mut stories = stories(&markdown, &sections);
    let scenarios = loose_scenarios(&markdown, &sections, &mut stories);
    Spec {
        title: title(&markdown, &sections),
        created: header(&markdown, CREATED).or_else(|| header(&markdown, DATE)),
        status: header(&markdown, STATUS),
        stories,
        scenarios,
        requirements: requirements(&markdown),
        entities: entities(&markdown, &sections),
        clarifications: clarifications(&markdown, &sections),
        open_questions: open_questions(&markdown),
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
        .filter(|colon| has_any(&raw[..*colon].to_lowercase(), KIND))
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
    /// Where the story's name and number end.
    named_to: usize,
    level: u8,
}

fn stories(markdown: &Markdown<'_>, sections: &[Section]) -> Vec<Story> {
    let mut outlines = headed(markdown, sections);
    if outlines.is_empty() {
        outlines = listed(markdown, sections);
    }
    let mut found: Vec<Story> = Vec::new();
    let mut parents: Vec<Span> = Vec::new();
    for outline in &outlines {
        let story = read_story(markdown, sections, outline);
        let parent = parent(sections, outline).map_or(Span::default(), |section| section.span);
        let known = found
            .iter()
            .position(|known| known.number.is_some() && known.number == story.number)
            .filter(|known| parents[*known] != parent);
        // Another section that comes back to a story adds to it.
        if let Some(known) = known {
            let known = &mut found[known];
            known.priority = known.priority.take().or(story.priority);
            known.independent_test = known.independent_test.take().or(story.independent_test);
            known.scenarios.extend(story.scenarios);
        } else {
            found.push(story);
            parents.push(parent);
        }
    }
    found
}

/// Stories with a heading of their own.
fn headed(markdown: &Markdown<'_>, sections: &[Section]) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = Vec::new();
    let mut inside: Option<Span> = None;
    for (section, block) in sections.iter().zip(headings(markdown)) {
        if section.level <= 2 && has_any(&folded(&section.title), STORIES_SECTION) {
            inside = Some(section.span);
        }
        let raw = markdown.raw(block.content);
        let named = leading_story(raw).filter(|story| section.level > 1 && begins_a_story(story.rest));
        let outline = Outline {
            number: named.and_then(|story| story.number),
            heading: section.heading,
            span: section.span,
            named_to: named.map_or(0, |story| raw.len() - story.rest.len()),
            level: section.level,
        };
        let prioritised = || {
            let behind = brackets(raw).into_iter().any(|group| {
                heading_priority(&raw[group.start.saturating_sub(1)..]).is_some_and(|token| token.start < 24)
            });
            let scenario = section.level > 2 && inside.is_some_and(|inside| inside.encloses(section.span));
            scenario && behind && scenario::part(&section.title) != Part::Scenarios
        };
        if named.is_some() || prioritised() {
            let within = outlines.last().filter(|last| last.span.encloses(outline.span));
            // "Tests of user story 1" below user story 1 is a part of it.
            if within.is_some_and(|last| last.number == outline.number || named.is_none()) {
                continue;
            }
            // A heading over stories isn't one: "User Story" with "US1" and "US2" below it.
            if let Some(outer) = outlines.last_mut().filter(|last| last.span.encloses(outline.span)) {
                if outer.number.is_none() {
                    outlines.pop();
                } else {
                    outer.span.end = outline.span.start;
                }
            }
            outlines.push(outline);
        }
    }
    outlines
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
    let is_stories = |section: &&Section| has_any(&folded(&section.title), STORIES_SECTION);
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
            level: 0,
        });
    }
    outlines
}

fn parent<'s>(sections: &'s [Section], outline: &Outline) -> Option<&'s Section> {
    let above = |section: &&Section| section.span.encloses(outline.heading) && section.level < outline.level.max(1);
    sections.iter().filter(above).max_by_key(|section| section.level)
}

fn read_story(markdown: &Markdown<'_>, sections: &[Section], outline: &Outline) -> Story {
    let start = outline.heading.start as usize;
    let raw = markdown.raw(outline.heading);
    let content = raw.trim_start_matches(['#', ' ', '\t']);
    let content_at = raw.len() - content.len();
    let named_to = if outline.level == 0 { outline.named_to } else { content_at + outline.named_to };
    let blocks = markdown.blocks_in(outline.span);
    let own = match blocks {
        [first, rest @ ..] if matches!(first.kind, BlockKind::Heading { .. }) => rest,
        all => all,
    };
    let priority = heading_priority(&raw[content_at..])
        .map(|token| Span::new(start + content_at + token.start, start + content_at + token.end))
        .or_else(|| priority_below(markdown, own))
        .or_else(|| inherited_priority(markdown, sections, outline))
        .map(|span| priority_text(markdown, span));
    Story {
        number: outline.number,
        title: story_title(markdown, outline, named_to.min(raw.len()), priority.as_ref()),
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
fn inherited_priority(markdown: &Markdown<'_>, sections: &[Section], outline: &Outline) -> Option<Span> {
    let mut groups = sections
        .iter()
        .rev()
        .filter(|section| section.span.encloses(outline.heading) && section.level > 1 && section.level < outline.level);
    groups.find_map(|group| {
        let raw = markdown.raw(group.heading);
        let token = group_priority(raw)?;
        Some(Span::new(group.heading.start as usize + token.start, group.heading.start as usize + token.end))
    })
}

fn story_title(markdown: &Markdown<'_>, outline: &Outline, named_to: usize, priority: Option<&Text>) -> String {
    let raw = markdown.raw(outline.heading);
    let group = brackets(raw).into_iter().find(|group| {
        let group = Span::new(outline.heading.start as usize + group.start, outline.heading.start as usize + group.end);
        priority.is_some_and(|priority| group.encloses(priority.span))
    });
    let end = group
        .filter(|group| group.start > named_to)
        .map_or(raw.len(), |group| raw[..group.start].char_indices().next_back().map_or(group.start, |(at, _)| at));
    let start = outline.heading.start as usize;
    let title = markdown.plain(Span::new(start + named_to.min(end), start + end));
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
    has_any(name, &alone) && has_any(name, &test)
}

/// Acceptance scenarios outside of stories: those of the only story join it, others stay the spec's.
fn loose_scenarios(markdown: &Markdown<'_>, sections: &[Section], stories: &mut [Story]) -> Vec<Scenario> {
    let mut loose = Vec::new();
    let mut behind = 0;
    let outside: Vec<(&Section, Part)> = sections
        .iter()
        .map(|section| (section, scenario::part(&section.title)))
        .filter(|(section, part)| {
            let inside = stories.iter().any(|story| story.span.encloses(section.heading));
            let around = stories.iter().any(|story| section.span.encloses(story.heading));
            section.level > 1 && !inside && !around && matches!(part, Part::Scenarios | Part::Criteria)
        })
        .collect();
    let several = outside.iter().filter(|(_, part)| *part == Part::Scenarios).count() > 1;
    for (section, part) in outside {
        if section.span.start < behind {
            continue;
        }
        behind = section.span.end;
        let blocks = markdown.blocks_in(section.span);
        let inside = (part == Part::Scenarios).then_some(part);
        let found = scenarios(markdown, blocks.get(1..).unwrap_or_default(), inside);
        let only = stories.len() == 1;
        let story = stories.iter_mut().rfind(|story| story.span.end <= section.span.start);
        match story {
            Some(story) if part == Part::Scenarios && (only || several) => {
                story.scenarios.extend(found);
            }
            _ => loose.extend(found),
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
        has_any(&title, ENTITIES) || matches!(title.trim(), "entities" | "entity")
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
                item_names(markdown, block, &mut names)
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
    for section in sections.iter().filter(|section| has_any(&folded(&section.title), CLARIFICATIONS)) {
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
        for (at, _) in raw.match_indices('[') {
            let Some(mark) = MARKS.iter().find(|mark| raw[at..].starts_with(**mark)) else { continue };
            let rest = &raw[at + mark.len()..];
            let close = rest.find(']').map_or(rest.len(), |close| close + 1);
            let place = Span::new(span.start as usize + at, span.start as usize + at + mark.len() + close);
            let quoted = markdown.codes_in(span).iter().any(|code| code.contains(place.start));
            if !quoted && is_open(&raw[..at], &rest[..close], &rest[close..]) {
                found.push(place);
            }
        }
    }
    found
}

/// Whether a mark with `inner` behind its name asks something, rather than being spoken of.
fn is_open(before: &str, inner: &str, behind: &str) -> bool {
    let inner = folded(inner.trim_matches([':', '：', ' ', ']', '-', '–', '—']));
    if matches!(inner.as_str(), "specific question" | "…" | "...") {
        return false;
    }
    if !inner.is_empty() {
        return true;
    }
    let next = folded(behind);
    let next = words(&next).next().unwrap_or_default();
    let last = folded(before);
    let last = words(&last).last().unwrap_or_default();
    let spoken = ["marker", "mark", "tag", "item", "placeholder", "label", "マーカー", "标记", "標記", "마커"];
    let denied = ["no", "any", "all", "with", "the", "zero", "sin", "sem", "aucun", "keine", "every", "of"];
    !spoken.iter().any(|word| next.starts_with(word)) && !denied.contains(&last)
}
