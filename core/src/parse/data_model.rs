//! Reads data-model.md: entities under headings, in lists, tables and code, with their fields.

use std::collections::HashMap;

use crate::document::{DataModel, Entity};
use crate::markdown::{Block, BlockKind, Markdown, Table};
use crate::parse::declaration::{Declaration, declarations};
use crate::parse::ordinal::{Form, numbered, undecorated};
use crate::parse::phrase;
use crate::plan::{Section, Text};
use crate::source::Span;

/// Reads the text of a data-model.md. Never fails.
#[must_use]
pub fn data_model(text: &str) -> DataModel {
    read_data_model(&Markdown::parse(text))
}

/// Reads a data-model.md.
pub(crate) fn read_data_model(markdown: &Markdown<'_>) -> DataModel {
    let mut reader = Reader::new(markdown);
    reader.read();
    reader.entities.sort_by_key(|entity| (entity.span.start, entity.heading.start));
    DataModel { entities: reader.entities }
}

/// What a heading stands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// One entity, by its own words.
    Entity,
    /// Several entities.
    Container,
    /// Something else: relationships, rules, notes.
    Other,
    /// The title doesn't say.
    Open,
}

struct Reader<'a> {
    markdown: &'a Markdown<'a>,
    sections: Vec<Section>,
    children: Vec<Vec<usize>>,
    /// Index of the entity with a folded name.
    known: HashMap<String, usize>,
    entities: Vec<Entity>,
}

impl<'a> Reader<'a> {
    fn new(markdown: &'a Markdown<'a>) -> Self {
        let sections = markdown.sections();
        let mut children = vec![Vec::new(); sections.len()];
        let mut open: Vec<usize> = Vec::new();
        for (index, section) in sections.iter().enumerate() {
            while open.pop_if(|last| sections[*last].level >= section.level).is_some() {}
            if let Some(parent) = open.last() {
                children[*parent].push(index);
            }
            open.push(index);
        }
        Self { markdown, sections, children, known: HashMap::new(), entities: Vec::new() }
    }

    fn read(&mut self) {
        // Headings with whether they stand in a container; the deepest open one decides.
        let mut open: Vec<(u8, bool, bool)> = Vec::new();
        for index in 0..self.sections.len() {
            let level = self.sections[index].level;
            while open.pop_if(|(outer, ..)| *outer >= level).is_some() {}
            let (in_container, in_entity) =
                open.last().map_or((false, false), |(_, container, entity)| (*container, *entity));
            let role = self.role(index, in_container, in_entity);
            if role == Role::Entity {
                self.entity(index);
            }
            if role == Role::Container && self.children[index].is_empty() {
                self.listed(self.own_body(index));
            }
            if role != Role::Entity {
                self.entity_tables(self.own_body(index));
            }
            open.push((level, role == Role::Container, in_entity || role == Role::Entity));
        }
        if self.sections.is_empty() {
            self.listed(Span::new(0, self.markdown.text.len()));
        }
        self.declared();
    }

    fn role(&self, index: usize, in_container: bool, in_entity: bool) -> Role {
        let title = undecorated(without_number(&self.sections[index].title));
        if index == 0 && self.sections[index].level == 1 {
            return Role::Open;
        }
        if is_explicit(title) {
            return Role::Entity;
        }
        if in_entity {
            return Role::Other;
        }
        let name = entity_name(title);
        let other = is_other(title);
        // "書籍エンティティ" without headings below it is one.
        let single =
            self.children[index].is_empty() && title.chars().any(phrase::is_ideographic) && has_joined_suffix(title);
        if single && !other {
            return Role::Entity;
        }
        if !other && is_container(title) {
            return Role::Container;
        }
        if other || name.is_empty() || CHANGES.iter().chain(&["none", "self"]).any(|word| phrase::equals(&name, word)) {
            return Role::Other;
        }
        let fields = self.has_fields(index);
        if in_container || fields || is_identifier(&name) { Role::Entity } else { Role::Open }
    }

    /// The text between a heading and the next one.
    fn own_body(&self, index: usize) -> Span {
        let section = &self.sections[index];
        let end = self.sections.get(index + 1).map_or(section.span.end, |next| next.span.start.min(section.span.end));
        Span { start: section.heading.end, end }
    }

    /// Whether a table or a list of fields stands right below the heading, or below a sub-heading "Fields".
    fn has_fields(&self, index: usize) -> bool {
        let body = self.own_body(index);
        let blocks = self.markdown.blocks_in(body);
        let table =
            blocks.iter().any(|block| self.table(block).is_some_and(|table| self.field_column(table).is_some()));
        let label = blocks.iter().any(|block| block.depth == 0 && self.is_fields_label(block));
        let below = self.children[index].iter().any(|child| is_fields_word(&self.sections[*child].title));
        table || label || below
    }

    fn table(&self, block: &Block) -> Option<&'a Table> {
        let BlockKind::Table { index } = block.kind else { return None };
        self.markdown.tables.get(index)
    }

    /// `**Fields**:`
    fn is_fields_label(&self, block: &Block) -> bool {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. })
            && block.content.len() < 120
            && is_fields_word(&self.markdown.plain(block.content))
    }

    /// The column that names fields.
    fn field_column(&self, table: &Table) -> Option<usize> {
        let titles: Vec<String> = table.header.iter().map(|cell| self.markdown.plain(*cell)).collect();
        let named = titles
            .iter()
            .take(2)
            .position(|title| FIELD_COLUMNS.iter().any(|word| phrase::leading_word(title, &[word]).is_some()));
        named.or_else(|| {
            let typed =
                titles.iter().skip(1).any(|title| TYPE_COLUMNS.iter().any(|word| phrase::contains(title, word)));
            titles
                .first()
                .filter(|title| typed && NAME_COLUMNS.iter().any(|word| phrase::equals(title, word)))
                .map(|_| 0)
        })
    }

    fn entity(&mut self, index: usize) {
        let section = self.sections[index].clone();
        let name = entity_name(undecorated(without_number(&section.title)));
        let fields = self.fields(section.span);
        self.add(Entity { name, fields, heading: section.heading, span: section.span });
    }

    /// The fields that tables and lists in `span` give.
    fn fields(&self, span: Span) -> Vec<Text> {
        let mut fields = Vec::new();
        let mut in_list = false;
        for block in self.markdown.blocks_in(span) {
            match block.kind {
                BlockKind::Table { .. } => {
                    let Some(table) = self.table(block) else { continue };
                    let Some(column) = self.field_column(table) else { continue };
                    for row in &table.rows {
                        fields.extend(row.cells.get(column).and_then(|cell| self.field_of_cell(*cell)));
                    }
                }
                BlockKind::Heading { .. } => in_list = is_fields_word(&self.markdown.plain(block.content)),
                BlockKind::Item { .. } if in_list && !self.is_fields_label(block) => {
                    fields.extend(self.field_of_item(block));
                }
                BlockKind::Paragraph | BlockKind::Item { .. } => in_list = self.is_fields_label(block),
                _ => {}
            }
        }
        fields
    }

    fn field_of_cell(&self, cell: Span) -> Option<Text> {
        let inner = self.markdown.codes_in(cell).first().copied().unwrap_or(cell);
        let text = self.markdown.plain_text(inner);
        let name = text.text.trim_end_matches(['?', '*', '!']).to_owned();
        let is_constraint = name.contains(' ') && name.chars().all(|c| c.is_ascii_uppercase() || c == ' ');
        (!name.is_empty() && !is_constraint && name.chars().count() <= 80).then(|| Text::new(name, text.span))
    }

    /// `- **name** (text): …`, `- name: text`.
    fn field_of_item(&self, block: &Block) -> Option<Text> {
        let content = block.content;
        let marked = self
            .markdown
            .codes_in(content)
            .first()
            .copied()
            .or_else(|| self.markdown.strongs_in(content).first().map(|strong| strong.inner));
        let span = match marked.filter(|marked| marked.start <= content.start + 4) {
            Some(marked) => marked,
            None => {
                let raw = self.markdown.raw(content);
                let end = raw
                    .find([':', '(', '：', '（', '\n'])
                    .or_else(|| raw.find(" - "))
                    .or_else(|| raw.find(" — "))
                    .unwrap_or(raw.len());
                Span::new(content.start as usize, content.start as usize + end)
            }
        };
        let text = self.markdown.plain_text(span);
        let name = text.text.split([':', '(']).next().unwrap_or_default().trim().trim_end_matches('?').to_owned();
        (!name.is_empty() && name.split_whitespace().count() <= 4).then(|| Text::new(name, text.span))
    }

    /// Entities of a container without headings: bold bullets and bold lines.
    fn listed(&mut self, span: Span) {
        let markdown = self.markdown;
        let blocks = markdown.blocks_in(span);
        for block in blocks {
            let depth = match block.kind {
                BlockKind::Item { .. } => 1,
                BlockKind::Paragraph => 0,
                _ => continue,
            };
            if block.depth != depth || block.quoted {
                continue;
            }
            let Some(strong) = markdown.strongs_in(block.content).first() else { continue };
            let code = markdown.codes_in(block.content).first().filter(|code| code.start < strong.span.start);
            // A bold label before prose is no entity.
            let behind = markdown.raw(Span { start: strong.span.end, end: block.content.end.max(strong.span.end) });
            let named = is_identifier(&markdown.plain(strong.inner));
            if depth == 0
                && !named
                && !behind.trim_matches([':', '：', ' ']).is_empty()
                && !behind.trim_start().starts_with('(')
            {
                continue;
            }
            if strong.span.start > block.content.start + 2 || code.is_some() {
                continue;
            }
            let title = markdown.plain(strong.inner);
            let title = undecorated(without_number(title.trim_end_matches([':', '：', ' '])));
            if is_other(title) || is_fields_word(title) || is_container(title) {
                continue;
            }
            let name = entity_name(title);
            // Lower case is a field's name.
            let is_field = is_word(&name) && !name.contains(|c: char| c.is_ascii_uppercase());
            if name.is_empty() || is_field || name.split_whitespace().count() > 5 {
                continue;
            }
            let fields = self.nested_fields(block);
            self.add(Entity { name, fields, heading: strong.span, span: markdown.trimmed(block.span) });
        }
    }

    /// The items below a bullet.
    fn nested_fields(&self, block: &Block) -> Vec<Text> {
        let inside = self.markdown.blocks_in(block.span).iter().filter(|inner| inner.depth == 2);
        inside
            .filter(|inner| matches!(inner.kind, BlockKind::Item { .. }) && !self.is_fields_label(inner))
            .filter_map(|inner| self.field_of_item(inner))
            .collect()
    }

    /// `| Entity | Purpose |`: one entity in each row.
    fn entity_tables(&mut self, span: Span) {
        let markdown = self.markdown;
        for block in markdown.blocks_in(span) {
            let Some(table) = self.table(block) else { continue };
            let titles: Vec<String> = table.header.iter().map(|cell| markdown.plain(*cell)).collect();
            let first =
                titles.first().is_some_and(|title| ENTITY_COLUMNS.iter().any(|word| phrase::equals(title, word)));
            let about = titles.iter().any(|title| {
                ["index", "from", "to", "cardinality", "error", "operation"]
                    .iter()
                    .any(|word| phrase::leading_word(title, &[word]).is_some())
            });
            if !first || about {
                continue;
            }
            for row in &table.rows {
                let Some(cell) = row.cells.first() else { continue };
                let name = entity_name(&markdown.plain(*cell));
                if !name.is_empty() && name.split_whitespace().count() <= 4 && !name.contains(['.', '→', ',']) {
                    self.add(Entity { name, fields: Vec::new(), heading: *cell, span: row.span });
                }
            }
        }
    }

    /// Types that code declares; where a heading names the same entity, they give its fields.
    fn declared(&mut self) {
        let markdown = self.markdown;
        let mut about_tests = Span::default();
        let mut next = 0;
        for block in &markdown.blocks {
            while self.sections.get(next).is_some_and(|section| section.span.start <= block.span.start) {
                let section = &self.sections[next];
                if TESTS.iter().any(|word| phrase::contains(&section.title, word)) {
                    about_tests = section.span;
                }
                next += 1;
            }
            if !matches!(block.kind, BlockKind::Code { .. }) || about_tests.encloses(block.span) {
                continue;
            }
            for declaration in declarations(markdown.raw(block.content), block.content.start as usize) {
                self.declaration(declaration);
            }
        }
    }

    fn declaration(&mut self, declaration: Declaration) {
        if let Some(entity) = self.known.get(&folded(&declaration.name)).and_then(|index| self.entities.get_mut(*index))
        {
            if entity.fields.is_empty() {
                entity.fields = declaration.fields;
            }
            return;
        }
        let heading = declaration.span;
        self.add(Entity { name: declaration.name, fields: declaration.fields, heading, span: declaration.span });
    }

    /// Adds an entity; one of the same name keeps its place and gets the fields that it lacks.
    fn add(&mut self, entity: Entity) {
        let key = folded(&entity.name);
        if key.is_empty() {
            return;
        }
        match self.known.get(&key).and_then(|index| self.entities.get_mut(*index)) {
            Some(known) if known.fields.is_empty() && !entity.fields.is_empty() => *known = entity,
            Some(_) => {}
            None => {
                self.known.insert(key, self.entities.len());
                self.entities.push(entity);
            }
        }
    }
}

/// A name without case and marks, as `poll_option` and `PollOption` are one.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).map(phrase::fold).collect()
}

fn without_number(title: &str) -> &str {
    match numbered(title) {
        Some(number) if !number.rest.is_empty() && number.form != Form::Word => number.rest,
        _ => title,
    }
}

/// Whether the title itself says that it names an entity: `Entity: Poll`, `Table 2 — polls`, `Poll Entity`,
/// `Poll (value object)`.
fn is_explicit(title: &str) -> bool {
    labelled(title).is_some()
        || has_entity_suffix(title)
        || (has_entity_note(title) && !is_other(title) && !is_container(title))
}

/// The name behind a label: `Entity: Poll`, `New table: polls`, `Table 2 — polls`, `State: PollView`.
fn labelled(title: &str) -> Option<&str> {
    if let Some(length) = phrase::leading_word(title, ENTITY_WORDS) {
        let rest = title[length..].trim_start();
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
        let spaced = title[length..].starts_with(char::is_whitespace) && number.starts_with(['-', '–', '—']);
        if spaced || number.starts_with([':', '：', '`', '—', '–']) {
            let name = number.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '{');
            return (!name.is_empty()).then_some(name);
        }
    }
    let (label, name) = title.split_once([':', '：'])?;
    let name = name.trim();
    let words = label.split_whitespace().count();
    let says = ENTITY_WORDS.iter().chain(CHANGES).any(|word| contains_word(label, word));
    let first = name.split_whitespace().next().unwrap_or_default();
    let short = name.split_whitespace().count() <= 3 && !name.contains([',', '/']) && !label.contains(['(', '（']);
    (words <= 4 && short && !is_other(label) && !name.is_empty() && (says || is_identifier(first))).then_some(name)
}

/// `Poll (entity)`, `Votes (collection of events)`.
fn has_entity_note(title: &str) -> bool {
    let Some((_, note)) = title.split_once(['(', '（']) else { return false };
    let note = note.split([')', '）']).next().unwrap_or_default();
    NOTES.iter().any(|word| contains_word(note, word))
}

/// `Poll Entity`, `polls table`.
fn has_entity_suffix(title: &str) -> bool {
    let cut = title.split([':', '(', '（', '—']).next().unwrap_or_default().trim();
    let words = cut.split_whitespace().count();
    let known = !is_other(cut) && !is_container(cut);
    known
        && (2..=4).contains(&words)
        && cut
            .split_whitespace()
            .last()
            .is_some_and(|last| ENTITY_SUFFIXES.iter().any(|word| phrase::equals(last, word)))
}

/// The name in a heading: `Entity 2: Poll (new) — persisted` is `Poll`.
fn entity_name(title: &str) -> String {
    let title = undecorated(title).trim();
    let text = labelled(title).unwrap_or(title);
    let cut = [" (", "（", " — ", " – ", " - ", " → ", " -> ", ": ", "：", " [", " / ", "<", " |"]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min()
        .unwrap_or(text.len());
    let name = text[..cut].trim().trim_matches(['`', '"', '*', ':', '“', '”']).trim();
    // A translated name often has the identifier in brackets; both are the name.
    if !name.is_ascii()
        && let Some((_, note)) = text.split_once(['(', '（'])
        && let Some((inner, _)) = note.split_once([')', '）'])
        && is_identifier(inner.trim())
    {
        return format!("{name} ({})", inner.trim());
    }
    // `schema.table`
    let name = match name.rsplit_once('.') {
        Some((schema, table)) if !schema.contains(' ') && is_word(table) => table,
        _ => name,
    };
    let last = name.rsplit(' ').next().unwrap_or_default();
    let without = name[..name.len() - last.len()].trim_end();
    let suffix = ENTITY_SUFFIXES.iter().any(|word| phrase::equals(last, word));
    if suffix && !without.is_empty() { without.to_owned() } else { name.to_owned() }
}

/// `PollOption`: the name of a type.
fn is_identifier(name: &str) -> bool {
    let humps = name.chars().zip(name.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    is_word(name) && name.starts_with(|c: char| c.is_ascii_uppercase()) && humps
}

fn is_word(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// `書籍エンティティ`: an entity's name and the word for it without a space.
fn has_joined_suffix(title: &str) -> bool {
    let name = title.split(['(', '（', ' ']).next().unwrap_or_default();
    ["エンティティ", "テーブル", "實體", "实体", "엔티티", "테이블"].iter().any(|word| {
        name.strip_suffix(word).is_some_and(|name| !name.is_empty() && !name.ends_with(['新', '核', '心', '要', '規']))
    })
}

fn is_other(title: &str) -> bool {
    OTHER.iter().any(|word| contains_word(title, word))
        || OTHER_START.iter().any(|word| phrase::leading_word(title, &[word]).is_some())
}

fn is_container(title: &str) -> bool {
    CONTAINERS.iter().any(|word| contains_word(title, word))
}

fn is_fields_word(title: &str) -> bool {
    let title = undecorated(title).trim_end_matches([':', '：', ' ', '*']);
    let words = title.split_whitespace().count();
    words <= 4 && FIELD_LABELS.iter().any(|word| contains_word(title, word))
}

/// Whether `word` stands in `text` as a word of its own.
fn contains_word(text: &str, word: &str) -> bool {
    phrase::find(text, word).is_some_and(|found| {
        let before = text[..found.start].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() || phrase::is_ideographic(c)) && phrase::ends_word(text, found.end)
    })
}

/// Words before an entity's name, folded.
const ENTITY_WORDS: &[&str] = &[
    "entity", "table", "collection", "model", "aggregate", "aggregate root", "value object", "document", "dto", "type",
    "interface", "struct", "class", "record", "enum", "schema", "node", "event", "message", "view model", "viewmodel",
    "data structure", "object", "entidad", "tabla", "colección", "modelo", "entidade", "tabela", "coleção", "entité",
    "modèle", "entität", "tabelle", "entità", "tabella", "encja", "сущность", "таблица", "модель", "сутність", "实体",
    "實體", "表", "資料表", "数据表", "模型", "エンティティ", "テーブル", "モデル", "엔티티", "테이블", "모델",
    "varlık", "thực thể",
];

/// Words before a name that say what becomes of the entity, folded.
const CHANGES: &[&str] = &[
    "new", "modified", "modify", "removed", "remove", "deleted", "unchanged", "existing", "updated", "changed",
    "extended", "added", "derived", "value", "state", "nuevo", "nueva", "modificado", "modificada", "novo", "nova",
    "nouveau", "nouvelle", "neu", "新增", "修改", "新規", "変更",
];

/// Words in brackets behind an entity's name, folded.
const NOTES: &[&str] = &[
    "entity", "entidad", "entidade", "entité", "aggregate", "agregado", "value object", "table", "tabla", "tabela",
    "collection", "colección", "coleção", "enum", "dto", "document", "实体", "實體", "エンティティ", "エンティティー",
    "엔티티",
];

/// Words behind an entity's name, folded.
const ENTITY_SUFFIXES: &[&str] = &[
    "entity", "table", "collection", "trait", "aggregate", "dto", "entidad", "tabla", "entidade", "tabela", "struct",
    "enum", "interface", "document", "エンティティ", "テーブル", "엔티티", "테이블", "实体", "實體",
];

/// Words of headings over several entities, folded.
const CONTAINERS: &[&str] = &[
    "entities", "tables", "collections", "models", "data model", "aggregates", "value objects", "types", "schemas",
    "schema", "interfaces", "structs", "data structures", "records", "dtos", "enums", "enumerations", "objects",
    "nodes", "domain model", "entity definitions", "entity changes", "schema changes", "entidades", "tablas",
    "colecciones", "modelos", "estructuras", "objetos", "tabelas", "coleções", "entités", "modèles", "entitäten",
    "tabellen", "modelle", "entità", "encje", "tabele", "modele", "сущности", "таблицы", "модели", "сутності", "实体",
    "實體", "核心實體", "数据表", "資料表", "数据模型", "資料模型", "エンティティ", "テーブル", "データモデル",
    "엔티티", "테이블", "모델",
];

/// Words of headings that stand over no entity, folded.
const OTHER: &[&str] = &[
    "relationship", "relationships", "status codes", "dependencies", "functions", "relations", "diagram", "erd",
    "validation", "transition", "transitions", "state machine", "lifecycle", "index", "indexes", "indices", "indexing",
    "migration", "migrations", "overview", "summary", "notes", "data flow", "data flows", "flow", "constraints",
    "invariants", "error handling", "error codes", "testing", "performance", "security", "usage", "example",
    "examples", "purpose", "query", "queries", "access patterns", "seed data", "references", "next steps",
    "compatibility", "access rules", "business rules", "rules", "implementation", "integration", "assumptions",
    "glossary", "version history", "endpoints", "parameters", "mapping", "mappings", "matrix", "strategy",
    "considerations", "future", "impact", "scope", "storage", "persistence", "retention", "cascade", "serialization",
    "logic", "behavior", "behaviour", "permissions", "ddl", "sql", "calculation", "concurrency", "caching", "cache",
    "changelog", "relaciones", "relación", "validación", "validaciones", "reglas", "transiciones", "índices",
    "migración", "migraciones", "resumen", "notas", "diagrama", "ejemplos", "estados", "flujo", "consideraciones",
    "operaciones", "relações", "relacionamentos", "validação", "validações", "regras", "transições", "migração",
    "resumo", "exemplos", "considerações", "restrições", "mapeamento", "fluxo", "matriz", "règles",
    "transitions d'état", "résumé", "diagramme", "beziehungen", "validierung", "regeln", "zustandsübergänge",
    "indizes", "zusammenfassung", "relacje", "walidacja", "reguły", "przejścia", "indeksy", "podsumowanie", "связи",
    "отношения", "валидация", "правила", "переходы", "индексы", "миграция", "обзор", "последовательность",
    "интеграция", "关系", "關係", "關聯", "关联", "验证", "驗證", "规则", "規則", "状态", "狀態", "索引", "迁移",
    "遷移", "概述", "概要", "总结", "總結", "摘要", "附录", "附錄", "約束", "约束", "說明", "说明", "リレーション",
    "関係", "検証", "バリデーション", "状態遷移", "インデックス", "マイグレーション", "関連", "制約", "관계", "검증",
    "상태 전이", "상태", "인덱스", "마이그레이션", "개요", "요약", "제약",
];

/// Beginnings of headings that stand over no entity, folded.
const OTHER_START: &[&str] = &[
    "fields", "attributes", "properties", "columns", "field", "description", "introduction", "context", "background",
    "state", "states", "status values", "before", "after", "why", "how", "what", "no ", "client state", "design",
    "key design", "phase", "step", "dependency", "dependencies", "campos", "atributos", "descripción", "descrição",
    "field definitions", "metadata", "naming", "open questions", "decisions", "changes", "existing tables used",
    "phase 1", "api", "ui", "error types", "目錄", "目录", "注意", "版本",
];

/// Titles of lists and parts that give fields, folded.
const FIELD_LABELS: &[&str] = &[
    "fields", "attributes", "properties", "columns", "key attributes", "key fields", "members", "campos", "atributos",
    "propiedades", "columnas", "propriedades", "colunas", "champs", "attributs", "propriétés", "colonnes", "felder",
    "attribute", "eigenschaften", "spalten", "pola", "atrybuty", "kolumny", "поля", "атрибуты", "字段", "欄位", "属性",
    "屬性", "フィールド", "カラム", "필드", "속성", "컬럼",
];

/// Titles of columns that name fields, folded.
const FIELD_COLUMNS: &[&str] = &[
    "field", "fields", "column", "attribute", "property", "new field", "member", "campo", "coluna", "columna",
    "atributo", "propiedad", "propriedade", "champ", "colonne", "attribut", "feld", "spalte", "eigenschaft", "pole",
    "kolumna", "atrybut", "поле", "атрибут", "столбец", "ключ", "字段", "字段名", "欄位", "欄位名稱", "屬性", "属性",
    "属性名", "列名", "フィールド", "フィールド名", "項目", "項目名", "カラム", "カラム名", "필드", "필드명", "속성",
    "컬럼", "컬럼명", "go field", "json key", "key",
];

const NAME_COLUMNS: &[&str] =
    &["name", "nombre", "nome", "nom", "nazwa", "имя", "название", "名称", "名稱", "名前", "이름"];

const TYPE_COLUMNS: &[&str] =
    &["type", "tipo", "typ", "тип", "类型", "類型", "型別", "型", "타입", "유형", "data type"];

/// Titles of columns that name entities, folded.
const ENTITY_COLUMNS: &[&str] = &[
    "entity", "entities", "table", "entity name", "table name", "collection", "model", "entidad", "tabla", "entidade",
    "tabela", "entité", "entität", "tabelle", "encja", "сущность", "таблица", "实体", "實體", "表名", "エンティティ",
    "テーブル", "エンティティ名", "엔티티", "테이블",
];

const TESTS: &[&str] = &["testing", "unit tests", "integration tests", "test strategy", "test fixtures"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<String> {
        data_model(text)
            .entities
            .iter()
            .map(|entity| {
                let fields: Vec<&str> = entity.fields.iter().map(|field| field.text.as_str()).collect();
                assert!(entity.fields.iter().all(|field| field.span.text(text).contains(field.text.as_str())));
                format!("{}: {}", entity.name, fields.join(" "))
            })
            .collect()
    }

    #[test]
    fn headings_below_a_container() {
        let text = "# Data Model: Polls\n\n## Overview\n\nx\n\n## Entities\n\n### 1. Poll (new)\n\nA poll.\n\n| Field | Type |\n|---|---|\n| `id` | text |\n| title | text |\n\n#### Validation Rules\n\n- id is set\n\n### Option Entity\n\n**Fields**:\n- `label`: text\n- **votes** (number): counted\n- owner: text\n\n**State**: open\n\n- not a field: really\n\n## Relationships\n\n### Poll → Option\n\none to many\n\n## State Transitions\n\n### Poll Lifecycle\n\nx\n";
        assert_eq!(check(text), ["Poll: id title", "Option: label votes owner"]);
    }

    #[test]
    fn headings_that_say_so_themselves() {
        let text = "# Data Model\n\n## Entity: Poll\n\n### Fields\n\n- id: text\n\n### Relationships\n\nnone\n\n## Entidad 2: Opción (colección `options`)\n\n## Table: votes\n\n## UserSession\n\n## New table: app.tags\n\n## Tally (value object)\n\n## Entity-Relationship Diagram\n\n## Migration Strategy\n\n## Indexes\n";
        assert_eq!(check(text), ["Poll: id", "Opción: ", "votes: ", "UserSession: ", "tags: ", "Tally: "]);
    }

    #[test]
    fn a_table_of_fields_makes_an_entity() {
        let text = "# Data Model\n\n## Visual baseline (artifact)\n\n| Field | Description |\n|---|---|\n| screen | x |\n\n## Error Codes\n\n| Code | Meaning |\n|---|---|\n| 1 | x |\n\n## Something else\n\nprose\n";
        assert_eq!(check(text), ["Visual baseline: screen"]);
    }

    #[test]
    fn code_declares_entities() {
        let text = "# Data Model\n\n## Entities\n\n### Poll\n\n```ts\ninterface Poll {\n  id: string;\n}\ninterface PollDraft {\n  title: string;\n}\n```\n\n## Schema\n\n```sql\nCREATE TABLE votes (\n  id INT PRIMARY KEY,\n  poll_id INT\n);\n```\n\n## Testing\n\n```python\nclass TestPoll:\n    x: int\n```\n";
        assert_eq!(check(text), ["Poll: id", "PollDraft: title", "votes: id poll_id"]);
    }

    #[test]
    fn bullets_and_rows_name_entities() {
        let text = "# Data Model\n\n## Entities\n\n- **`Poll` trait**: what is asked\n  - **Title**: text\n- **Option**: what may be chosen\n";
        assert_eq!(check(text), ["Poll: Title", "Option: "]);
        let text = "# Data Model\n\n## Entity Overview\n\n| Entity | Purpose |\n|---|---|\n| Poll | asks |\n| `Option` | answers |\n";
        assert_eq!(check(text), ["Poll: ", "Option: "]);
    }

    #[test]
    fn translated_models() {
        let text = "# 資料模型\n\n## 核心實體定義\n\n### 1. 投票 (PollVote)\n\n| 欄位名稱 | 資料類型 |\n|---|---|\n| id | 文字 |\n\n## 關係\n\n### 一對多\n\nx\n";
        assert_eq!(check(text), ["投票 (PollVote): id"]);
    }

    #[test]
    fn nothing_breaks_the_reader() {
        for text in [
            "", "# ", "## Entities\n- ****\n", "## Entity:\n", "| Field |\n|-|\n||\n", "## Table: `\n",
            "```sql\ncreate table",
        ] {
            let _ = data_model(text);
        }
    }
}
