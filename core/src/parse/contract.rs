//! Reads one file under contracts/: its kind, and the operations that it defines.

use crate::document::{Contract, ContractKind, Operation};
use crate::markdown::{BlockKind, Markdown};
use crate::matching::contains_any;
use crate::parse::declaration::declarations;
use crate::parse::phrase;
use crate::source::Span;

/// Reads the text of one file under contracts/. Never fails.
#[must_use]
pub fn contract(path: &str, text: &str) -> Contract {
    let kind = kind(path, text);
    let mut operations = match (kind, is_markdown(path)) {
        (_, true) => in_markdown(text, kind),
        (kind, false) => in_source(kind, text, 0),
    };
    operations.sort_by_key(|operation| operation.span.start);
    operations.dedup_by(|next, last| next.name == last.name);
    Contract { kind, operations: first_of_each(operations) }
}

/// An operation that is named again, in a summary or an example, counts where it stands first.
fn first_of_each(operations: Vec<Operation>) -> Vec<Operation> {
    let mut known = std::collections::HashSet::new();
    operations.into_iter().filter(|operation| known.insert(operation.name.clone())).collect()
}

/// The kind by extension, content and file name, in this order.
fn kind(path: &str, text: &str) -> ContractKind {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "graphql" | "gql" | "graphqls" => ContractKind::GraphQl,
        "proto" => ContractKind::Protobuf,
        "yaml" | "yml" | "json" | "json5" | "jsonc" | "raml" => structured_kind(&name, text),
        "ts" | "tsx" | "js" | "jsx" | "mjs" | "mts" | "cts" | "go" | "cs" | "fs" | "vb" | "rs" | "py" | "pyi"
        | "java" | "kt" | "kts" | "swift" | "dart" | "rb" | "php" | "c" | "h" | "cpp" | "hpp" | "scala" | "ex"
        | "exs" | "sql" | "prisma" | "sol" | "zig" | "lua" | "hs" | "ml" | "mli" | "elm" | "clj" | "thrift"
        | "avdl" | "cue" => ContractKind::Code,
        _ => prose_kind(&name, text),
    }
}

fn structured_kind(name: &str, text: &str) -> ContractKind {
    let keys = keys(text, 0);
    let top = keys.iter().map(|key| key.level).min().unwrap_or(0);
    let has = |wanted: &str| keys.iter().any(|key| key.level == top && key.name.eq_ignore_ascii_case(wanted));
    if has("openapi") || has("swagger") || (has("paths") && keys.iter().any(|key| key.name.starts_with('/'))) {
        ContractKind::OpenApi
    } else if has("asyncapi") || (has("channels") && has("info")) {
        ContractKind::Events
    } else if has("$schema")
        || name.contains(".schema.")
        || has("$defs")
        || has("definitions")
        || (has("properties") && has("type"))
    {
        ContractKind::JsonSchema
    } else if is_about_events(name) {
        ContractKind::Events
    } else {
        ContractKind::Prose
    }
}

fn prose_kind(name: &str, text: &str) -> ContractKind {
    let title = text.lines().find(|line| line.starts_with('#')).unwrap_or_default();
    let title = if title.len() < 200 { title } else { "" };
    let rest = contains_any(name, &["rest", "http", "api-", "-api", "endpoint", "openapi"]);
    if is_about_events(name) || (!rest && is_about_events(&title.to_lowercase())) {
        ContractKind::Events
    } else {
        ContractKind::Prose
    }
}

fn is_about_events(name: &str) -> bool {
    let words = [
        "websocket", "socket", "sockets", "event", "events", "signalr", "sse", "asyncapi", "mqtt", "pubsub", "kafka",
        "webhook", "webhooks", "eventos", "ws", "messages", "realtime",
    ];
    name.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}

fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("md", |(_, extension)| extension).to_lowercase();
    !path.rsplit('/').next().unwrap_or(path).contains('.')
        || matches!(extension.as_str(), "md" | "markdown" | "mdx" | "txt" | "rst" | "adoc")
}

/// The operations of a text that isn't Markdown, which stands at `offset` in the document.
fn in_source(kind: ContractKind, text: &str, offset: usize) -> Vec<Operation> {
    match kind {
        ContractKind::OpenApi | ContractKind::Events => in_keys(&keys(text, offset)),
        ContractKind::JsonSchema => schemas(text, offset),
        ContractKind::GraphQl => graphql(text, offset),
        ContractKind::Protobuf => remote_calls(text, offset),
        ContractKind::Code => in_code(text, offset),
        ContractKind::Prose => in_keys(&keys(text, offset)),
    }
}

/// A key of YAML or JSON, with how deep it stands.
#[derive(Debug)]
struct Key<'a> {
    level: usize,
    name: &'a str,
    /// What stands behind the colon in the same line.
    value: &'a str,
    span: Span,
}

/// The keys of a YAML or JSON text. Block scalars and comments hold none.
fn keys(text: &str, offset: usize) -> Vec<Key<'_>> {
    if text.trim_start().starts_with(['{', '[']) { json_keys(text, offset) } else { yaml_keys(text, offset) }
}

fn yaml_keys(text: &str, offset: usize) -> Vec<Key<'_>> {
    let mut keys = Vec::new();
    let mut scalar: Option<usize> = None;
    let mut at = offset;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_start_matches([' ', '\t']);
        let mut level = line.len() - body.len();
        if body.trim().is_empty() || scalar.is_some_and(|indent| level > indent) {
            continue;
        }
        scalar = None;
        if body.starts_with('#') {
            continue;
        }
        let item = body.trim_start_matches("- ").trim_start();
        level += body.len() - item.len();
        let (name, behind) = match item.strip_prefix(['"', '\'']) {
            Some(inner) => match inner.split_once(&item[..1]) {
                Some((name, behind)) => (name, behind.trim_start()),
                None => continue,
            },
            None => {
                let Some(colon) =
                    item.find(": ").or_else(|| item.trim_end().ends_with(':').then(|| item.trim_end().len() - 1))
                else {
                    continue;
                };
                (item[..colon].trim_end(), &item[colon..])
            }
        };
        let Some(value) = behind.strip_prefix(':') else { continue };
        let value = value.trim();
        if value.starts_with(['|', '>']) {
            scalar = Some(level);
        }
        let from = start + (line.len() - item.len());
        keys.push(Key {
            level,
            name,
            value: value.trim_matches(['"', '\'']),
            span: Span::new(from, from + item.trim_end().len()),
        });
    }
    keys
}

fn json_keys(text: &str, offset: usize) -> Vec<Key<'_>> {
    let mut keys = Vec::new();
    let mut level = 0usize;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => level += 1,
            b'}' | b']' => level = level.saturating_sub(1),
            b'"' => {
                let start = at + 1;
                at = string_end(bytes, start);
                let name = text.get(start..at).unwrap_or_default();
                let behind = text.get(at + 1..).unwrap_or_default();
                let blank = behind.bytes().take_while(u8::is_ascii_whitespace).count();
                if behind.as_bytes().get(blank) == Some(&b':') {
                    let rest = &behind[blank + 1..];
                    let space = rest.bytes().take_while(u8::is_ascii_whitespace).count();
                    let value = rest[space..]
                        .strip_prefix('"')
                        .map_or("", |inner| &inner[..string_end(inner.as_bytes(), 0).min(inner.len())]);
                    keys.push(Key {
                        level,
                        name,
                        value,
                        span: Span::new(offset + start - 1, offset + (at + 1).min(text.len())),
                    });
                }
            }
            _ => {}
        }
        at += 1;
    }
    keys
}

/// Where a JSON string ends that begins at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

/// HTTP methods as keys of OpenAPI.
const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/// Paths with their methods, channels and operations.
fn in_keys(keys: &[Key<'_>]) -> Vec<Operation> {
    let mut operations = Vec::new();
    // The keys above the present one.
    let mut above: Vec<(usize, &str)> = Vec::new();
    let mut listed: Option<(usize, &str)> = None;
    for key in keys {
        while above.pop_if(|(level, _)| *level >= key.level).is_some() {}
        let parent = above.last().map_or("", |(_, name)| *name);
        let grand = above.len().checked_sub(2).map_or("", |index| above[index].1);
        let method = METHODS.contains(&key.name.to_ascii_lowercase().as_str());
        if method && parent.starts_with('/') {
            operations.push(Operation { name: format!("{} {parent}", key.name.to_ascii_uppercase()), span: key.span });
        } else if parent.eq_ignore_ascii_case("channels") && above.len() == 1
            || matches!(parent, "operations" | "webhooks") && above.len() == 1
            || matches!(parent, "events" | "messages") && above.len() <= 2 && grand != "components"
        {
            operations.push(Operation { name: key.name.to_owned(), span: key.span });
        } else if key.name.eq_ignore_ascii_case("path") && key.value.starts_with('/') {
            listed = Some((key.level, key.value));
        } else if key.name.eq_ignore_ascii_case("method")
            && let Some((_, path)) = listed.take_if(|(level, _)| *level == key.level)
        {
            operations.push(Operation { name: format!("{} {path}", key.value.to_ascii_uppercase()), span: key.span });
        }
        above.push((key.level, key.name));
    }
    operations
}

/// The title of a JSON Schema and the names of its definitions.
fn schemas(text: &str, offset: usize) -> Vec<Operation> {
    let keys = keys(text, offset);
    let top = keys.iter().map(|key| key.level).min().unwrap_or(0);
    let mut operations = Vec::new();
    let mut definitions: Option<(usize, Option<usize>)> = None;
    for key in &keys {
        if key.level == top && key.name == "title" && !key.value.is_empty() {
            operations.push(Operation { name: key.value.to_owned(), span: key.span });
        }
        if definitions.is_some_and(|(level, _)| key.level <= level) {
            definitions = None;
        }
        if let Some((_, inner)) = &mut definitions
            && *inner.get_or_insert(key.level) == key.level
        {
            operations.push(Operation { name: key.name.to_owned(), span: key.span });
        }
        if definitions.is_none() && matches!(key.name, "$defs" | "definitions") {
            definitions = Some((key.level, None));
        }
    }
    operations
}

/// The fields of Query, Mutation and Subscription; where there are none, the types.
fn graphql(text: &str, offset: usize) -> Vec<Operation> {
    let mut operations = Vec::new();
    let mut inside = false;
    let mut depth = 0usize;
    let mut quoted = false;
    let mut at = offset;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim();
        let was_quoted = quoted;
        quoted ^= body.matches("\"\"\"").count() % 2 == 1;
        if was_quoted || body.starts_with(['#', '"']) {
            continue;
        }
        let mut words = body.split_whitespace().filter(|word| *word != "extend");
        if depth == 0 && words.next() == Some("type") {
            inside = words
                .next()
                .is_some_and(|name| matches!(name.trim_end_matches('{'), "Query" | "Mutation" | "Subscription"));
        } else if inside && depth == 1 {
            let end = body.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(body.len());
            let behind = body[end..].trim_start();
            if end > 0 && behind.starts_with(['(', ':']) {
                let from = start + (line.len() - line.trim_start().len());
                operations.push(Operation { name: body[..end].to_owned(), span: Span::new(from, from + body.len()) });
            }
        }
        for c in body.chars() {
            match c {
                '{' | '(' => depth += 1,
                '}' | ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        inside &= depth > 0;
    }
    if operations.is_empty() { types(text, offset) } else { operations }
}

/// `rpc Name(Request) returns (Response)`, with the service before it.
fn remote_calls(text: &str, offset: usize) -> Vec<Operation> {
    let mut operations = Vec::new();
    let mut service = "";
    let mut at = offset;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let body = line.trim();
        let name = |rest: &str| {
            rest.trim_start()
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .map_or(0, |end| end + (rest.len() - rest.trim_start().len()))
        };
        if let Some(rest) = body.strip_prefix("service ") {
            service = rest[..name(rest)].trim();
        } else if let Some(rest) = body.strip_prefix("rpc ") {
            let call = rest[..name(rest)].trim();
            let full = if service.is_empty() { call.to_owned() } else { format!("{service}.{call}") };
            operations.push(Operation { name: full, span: Span::new(start, start + body.len()) });
        }
    }
    if operations.is_empty() { types(text, offset) } else { operations }
}

fn types(text: &str, offset: usize) -> Vec<Operation> {
    let declared = declarations(text, offset).into_iter();
    declared.map(|declaration| Operation { name: declaration.name, span: declaration.span }).collect()
}

/// Declared types and public functions of code.
fn in_code(text: &str, offset: usize) -> Vec<Operation> {
    let mut operations = types(text, offset);
    let mut at = offset;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let body = line.trim();
        if let Some(name) = function_name(body) {
            operations.push(Operation { name: name.to_owned(), span: Span::new(start, start + body.len()) });
        }
        operations.extend(route_in(body, start));
    }
    operations
}

/// `export async function name(`, `func name(`, `def name(`, `pub fn name(`.
fn function_name(line: &str) -> Option<&str> {
    let mut rest = line;
    while let Some(next) = [
        "export ", "default ", "declare ", "public ", "pub ", "static ", "async ", "abstract ", "override ", "suspend ",
    ]
    .iter()
    .find_map(|word| rest.strip_prefix(word))
    {
        rest = next.trim_start();
    }
    let rest =
        ["function ", "func ", "def ", "fn ", "fun "].iter().find_map(|word| rest.strip_prefix(word))?.trim_start();
    // A Go method has its receiver first.
    let rest =
        if rest.starts_with('(') { rest.split_once(')').map_or("", |(_, rest)| rest.trim_start()) } else { rest };
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0);
    (end > 0 && rest[end..].starts_with(['(', '<', '['])).then(|| &rest[..end])
}

/// The operations that a Markdown contract names in headings, tables, bold and code.
fn in_markdown(text: &str, kind: ContractKind) -> Vec<Operation> {
    let markdown = Markdown::parse(text);
    let mut operations = Vec::new();
    for block in &markdown.blocks {
        match block.kind {
            BlockKind::Heading { level } => {
                let before = operations.len();
                lines_with_routes(&markdown, block.content, &mut operations);
                if operations.len() == before && level > 1 {
                    operations.extend(named_heading(&markdown, block.content, kind));
                }
            }
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                // Prose may speak of other routes; a route that begins its line or is marked is defined there.
                for line in markdown.lines(block.content) {
                    operations.extend(leading_route(&markdown, line).or_else(|| event_label(&markdown, line)));
                }
            }
            BlockKind::Table { index } => table(&markdown, index, kind, &mut operations),
            BlockKind::Code { .. } => {
                let info = markdown.raw(Span { start: block.span.start, end: block.content.start });
                operations.extend(fence(info, markdown.raw(block.content), block.content.start as usize));
            }
            _ => {}
        }
    }
    operations
}

/// Every `METHOD /path` of a heading.
fn lines_with_routes(markdown: &Markdown<'_>, content: Span, operations: &mut Vec<Operation>) {
    let plain = markdown.plain(content);
    operations.extend(route(&plain).map(|name| Operation { name, span: markdown.trimmed(content) }));
}

/// `METHOD /path` at the start of a line, or right behind a short label.
fn leading_route(markdown: &Markdown<'_>, line: Span) -> Option<Operation> {
    let plain = markdown.plain(line);
    let name = route(&plain)?;
    let method = name.split(' ').next().unwrap_or_default();
    let at = plain.find(method)?;
    let lead = plain[..at].trim_end();
    let labelled = lead.ends_with([':', '：', '→']) && lead.split_whitespace().count() <= 3;
    let counted = lead.trim_end_matches('.').parse::<u32>().is_ok();
    let leads = labelled || counted || !lead.contains(char::is_alphanumeric);
    leads.then_some(Operation { name, span: line })
}

/// The first `METHOD /path` of `text`.
fn route(text: &str) -> Option<String> {
    let mut words = text
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '`' | '*' | '|' | '(' | ')' | '[' | ']' | ',' | '"' | '\'' | '：')
        })
        .filter(|word| !word.is_empty());
    let mut method: Option<String> = None;
    for word in words.by_ref().take(40) {
        let (head, tail) = word.split_once(':').filter(|(_, tail)| tail.starts_with('/')).unwrap_or((word, ""));
        let target = if tail.is_empty() { word } else { tail };
        if let Some(method) = &method
            && (target.starts_with('/') || target.starts_with("{") && target.contains("/"))
        {
            let path = target.trim_end_matches(['.', ',', ';', ':']);
            let path = path.split(['?', '#']).next().unwrap_or(path);
            return Some(format!("{method} {path}"));
        }
        let name = head.trim_end_matches([':', '：']);
        let known =
            METHODS.contains(&name.to_ascii_lowercase().as_str()) && name.chars().all(|c| c.is_ascii_uppercase());
        let socket = matches!(name, "WS" | "WSS" | "SSE" | "WEBSOCKET" | "WebSocket");
        // "GET/POST /x" keeps the first.
        let joined = name.split('/').next().filter(|first| {
            METHODS.contains(&first.to_ascii_lowercase().as_str())
                && first.chars().all(|c| c.is_ascii_uppercase())
                && name.len() > first.len()
        });
        if known || socket {
            method = Some(name.to_ascii_uppercase());
        } else if let Some(first) = joined {
            method = Some(first.to_owned());
        } else if !matches!(name, "-" | "–" | "—" | "→") {
            method = method.filter(|_| matches!(name, "to" | "em" | "a" | "on"));
        }
    }
    None
}

/// A route in a line of code: `app.get('/x'`, `[HttpGet("/x")]`, `@router.post("/x")`, `GET /x HTTP/1.1`.
fn route_in(line: &str, start: usize) -> Option<Operation> {
    if line.len() > 400 {
        return None;
    }
    let span = Span::new(start, start + line.len());
    if let Some(name) = route(line).filter(|_| line.starts_with(|c: char| c.is_ascii_uppercase())) {
        return Some(Operation { name, span });
    }
    let open = line.find(['"', '\''])?;
    let path = line[open + 1..].split(['"', '\'']).next().unwrap_or_default();
    let head = line[..open].trim_end().strip_suffix('(')?.to_lowercase();
    let method = METHODS.iter().find(|method| {
        head.strip_suffix(*method)
            .is_some_and(|owner| owner.ends_with(['.', '@']) || owner.ends_with("http") || owner.ends_with("map"))
    })?;
    path.starts_with('/').then(|| Operation { name: format!("{} {path}", method.to_uppercase()), span })
}

/// An event or a tool that a heading names: `` `poll:closed` ``, `Event: poll.closed`.
fn named_heading(markdown: &Markdown<'_>, content: Span, kind: ContractKind) -> Option<Operation> {
    let plain = markdown.plain(content);
    let code = markdown.codes_in(content).first().map(|code| markdown.plain(*code));
    let labelled = EVENT_WORDS.iter().find_map(|word| {
        let rest = plain[phrase::starts_with(&plain, word)?..].trim_start().strip_prefix([':', '：', '—', '-'])?;
        Some(rest.trim().trim_matches(['`', '"', '\'']).to_owned())
    });
    let bare = plain
        .split_whitespace()
        .next()
        .filter(|_| kind == ContractKind::Events)
        .filter(|word| is_event_name(word))
        .map(str::to_owned);
    let name = code.or(labelled).or(bare)?;
    // "`200 OK`" and "`--flag`" are no operations.
    let named = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '@' | '_' | '/' | '$'));
    let short = named && name.split_whitespace().count() <= 3 && !name.ends_with(".md");
    short.then(|| Operation { name, span: markdown.trimmed(content) })
}

/// `**Event Name**: \`vote-update\``.
fn event_label(markdown: &Markdown<'_>, line: Span) -> Option<Operation> {
    let strong = markdown.strongs_in(line).first().filter(|strong| strong.span.start <= line.start + 2)?;
    let label = markdown.plain(strong.inner);
    let label = label.trim_end_matches([':', '：', ' ']);
    if !EVENT_WORDS.iter().any(|word| phrase::equals(label, word)) {
        return None;
    }
    let behind = Span { start: strong.span.end.min(line.end), end: line.end };
    let code = markdown.codes_in(behind).first().map(|code| markdown.plain(*code));
    let name = code.or_else(|| {
        let plain = markdown.plain(behind);
        plain
            .trim_matches([':', '：', ' '])
            .split_whitespace()
            .next()
            .filter(|word| is_event_name(word))
            .map(str::to_owned)
    })?;
    (!name.is_empty() && !name.contains(' ')).then_some(Operation { name, span: line })
}

/// `poll.closed`, `poll:closed`, `vote-update`, `poll_closed`.
fn is_event_name(word: &str) -> bool {
    let word = word.trim_matches(['`', '"', '\'', ',']);
    let marks = word.contains([':', '.', '_', '-', '/']) && !word.ends_with([':', '.']);
    marks
        && word.len() > 3
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '_' | '-' | '/' | '{' | '}'))
}

/// Rows that name a route, a method with its path, or an event.
fn table(markdown: &Markdown<'_>, index: usize, kind: ContractKind, operations: &mut Vec<Operation>) {
    let Some(table) = markdown.tables.get(index) else { return };
    let titles: Vec<String> = table.header.iter().map(|cell| markdown.plain(*cell)).collect();
    let column = |words: &[&str]| titles.iter().position(|title| words.iter().any(|word| phrase::equals(title, word)));
    let method = column(METHOD_COLUMNS);
    let path = column(PATH_COLUMNS);
    let event = column(EVENT_COLUMNS).filter(|_| kind == ContractKind::Events || kind == ContractKind::Prose);
    for row in &table.rows {
        let cell = |column: Option<usize>| {
            column.and_then(|column| row.cells.get(column)).map(|cell| markdown.plain(*cell)).unwrap_or_default()
        };
        let joined = format!("{} {}", cell(method), cell(path));
        let found = row
            .cells
            .iter()
            .take(2)
            .find_map(|cell| route(&markdown.plain(*cell)))
            .or_else(|| method.and(path).and_then(|_| route(&joined)));
        let name = found.or_else(|| {
            let name = cell(event);
            let name = name.trim();
            (event.is_some() && !name.is_empty() && !name.contains(' ')).then(|| name.to_owned())
        });
        operations.extend(name.map(|name| Operation { name, span: row.span }));
    }
}

/// The operations of a fenced block.
fn fence(info: &str, code: &str, offset: usize) -> Vec<Operation> {
    let language: String = info
        .trim()
        .trim_start_matches(['`', '~'])
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '+' || *c == '#')
        .collect();
    match language.to_lowercase().as_str() {
        "graphql" | "gql" => graphql(code, offset),
        "proto" | "protobuf" => remote_calls(code, offset),
        "yaml" | "yml" | "openapi" => {
            in_keys(&yaml_keys(code, offset)).into_iter().filter(|operation| operation.name.contains(" /")).collect()
        }
        "http" | "text" | "" | "rest" => first_route(code, offset).into_iter().collect(),
        "json" | "jsonc" | "bash" | "sh" | "shell" | "console" | "mermaid" | "sql" | "html" | "css" | "toml"
        | "xml" => Vec::new(),
        _ => {
            let mut operations = types(code, offset);
            let mut at = offset;
            for line in code.split_inclusive('\n') {
                let start = at + (line.len() - line.trim_start().len());
                at += line.len();
                operations.extend(route_in(line.trim(), start));
            }
            operations
        }
    }
}

/// `GET /polls HTTP/1.1` as a block's first line.
fn first_route(code: &str, offset: usize) -> Option<Operation> {
    let line = code.lines().find(|line| !line.trim().is_empty())?;
    let body = line.trim();
    let method = body.split_whitespace().next()?;
    if !METHODS.contains(&method.to_ascii_lowercase().as_str()) || body.len() > 400 {
        return None;
    }
    Some(Operation { name: route(body)?, span: Span::of(body, code, offset) })
}

/// Labels of an event's name, folded.
const EVENT_WORDS: &[&str] = &[
    "event", "event name", "event type", "message", "message type", "channel", "topic", "tool", "command", "evento",
    "nome do evento", "nombre del evento", "événement", "ereignis", "事件", "事件名称", "事件名稱", "イベント",
    "イベント名", "이벤트",
];

const METHOD_COLUMNS: &[&str] =
    &["method", "verb", "http method", "http", "método", "méthode", "methode", "метод", "方法", "メソッド", "메서드"];

const PATH_COLUMNS: &[&str] = &[
    "path", "route", "endpoint", "url", "uri", "ruta", "rota", "caminho", "chemin", "pfad", "путь", "маршрут", "路径",
    "路徑", "端点", "端點", "パス", "エンドポイント", "경로",
];

const EVENT_COLUMNS: &[&str] = &[
    "event", "event name", "event type", "event_type", "message type", "evento", "nome do evento", "événement",
    "ereignis", "событие", "事件", "事件名称", "事件名稱", "イベント", "イベント名", "이벤트",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> (ContractKind, Vec<String>) {
        let contract = contract(path, text);
        assert!(contract.operations.iter().all(|operation| !operation.span.text(text).is_empty()), "{contract:?}");
        (contract.kind, contract.operations.into_iter().map(|operation| operation.name).collect())
    }

    fn names(path: &str, text: &str) -> Vec<String> {
        check(path, text).1
    }

    #[test]
    fn openapi_paths_and_methods() {
        let yaml = "openapi: 3.1.0\ninfo:\n  description: |\n    paths:\n      /no:\n        get:\n# comment\npaths:\n  /polls:\n    parameters: []\n    get:\n      summary: List\n    post:\n      responses:\n        '200':\n          description: ok\n  \"/polls/{id}\":\n    delete:\n      summary: Close\n";
        assert_eq!(
            check("contracts/api.yaml", yaml),
            (ContractKind::OpenApi, vec!["GET /polls".into(), "POST /polls".into(), "DELETE /polls/{id}".into()])
        );
        let json = r#"{"openapi":"3.1.0","paths":{"/polls":{"get":{"summary":"List \"all\""},"post":{}}}}"#;
        assert_eq!(names("contracts/api.json", json), ["GET /polls", "POST /polls"]);
    }

    #[test]
    fn asyncapi_channels_and_operations() {
        let text = "asyncapi: 3.0.0\ninfo:\n  title: Polls\nchannels:\n  poll/closed:\n    messages:\n      closed:\n        payload: {}\noperations:\n  sendClosed:\n    action: send\n";
        assert_eq!(
            check("contracts/events.yaml", text),
            (ContractKind::Events, vec!["poll/closed".into(), "sendClosed".into()])
        );
    }

    #[test]
    fn graphql_fields_and_remote_calls() {
        let text = "type Poll {\n  id: ID!\n}\n\ntype Query {\n  \"\"\"\n  all: of them\n  \"\"\"\n  polls(first: Int): [Poll]\n}\nextend type Mutation {\n  closePoll(\n    id: ID!\n  ): Poll\n}\n";
        assert_eq!(check("schema.graphql", text), (ContractKind::GraphQl, vec!["polls".into(), "closePoll".into()]));
        let text = "service Polls {\n  rpc Close(CloseRequest) returns (CloseReply);\n  rpc List (ListRequest) returns (stream Poll) {}\n}\nmessage Poll {\n  string id = 1;\n}\n";
        assert_eq!(
            check("polls.proto", text),
            (ContractKind::Protobuf, vec!["Polls.Close".into(), "Polls.List".into()])
        );
    }

    #[test]
    fn json_schema_titles_and_definitions() {
        let text = "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"Poll list\",\n  \"properties\": { \"title\": { \"type\": \"string\" } },\n  \"$defs\": {\n    \"Poll\": { \"type\": \"object\", \"properties\": { \"id\": {} } },\n    \"Option\": {}\n  }\n}\n";
        assert_eq!(
            check("contracts/poll.schema.json", text),
            (ContractKind::JsonSchema, vec!["Poll list".into(), "Poll".into(), "Option".into()])
        );
    }

    #[test]
    fn code_declares_types_and_functions() {
        let text = "export interface PollStore {\n  close(id: string): void;\n}\n\nexport async function openPoll(id: string) {\n}\n\napp.get('/polls', list)\n";
        assert_eq!(
            check("contracts/store.ts", text),
            (ContractKind::Code, vec!["PollStore".into(), "openPoll".into(), "GET /polls".into()])
        );
        assert_eq!(
            names(
                "contracts/store.go",
                "type PollStore interface {\n\tClose(id string) error\n}\n\nfunc (s *Store) Open(id string) error {\n}\n"
            ),
            ["PollStore", "Open"]
        );
    }

    #[test]
    fn routes_in_markdown() {
        for text in [
            "# API\n\n## POST /polls\n\nx\n",
            "# API\n\n### 1. `POST /polls`\n\nSee GET /other for more.\n",
            "# API\n\n**POST** `/polls?draft={x}`\n",
            "# API\n\n**Endpoint**: `POST /polls`\n",
            "# API\n\n- `POST /polls` creates one\n",
            "# API\n\n| Method | Path | Notes |\n|---|---|---|\n| POST | `/polls` | x |\n",
            "# API\n\n| Endpoint | Notes |\n|---|---|\n| `POST /polls` | see GET /no |\n",
            "# API\n\n```http\nPOST /polls HTTP/1.1\nHost: x\n```\n",
            "# Contract — POST /polls\n\n## Response 200\n\nx\n",
            "# API\n\n```csharp\n[HttpPost(\"/polls\")]\n```\n",
        ] {
            assert_eq!(
                check("contracts/polls-api.md", text),
                (ContractKind::Prose, vec!["POST /polls".into()]),
                "{text}"
            );
        }
    }

    #[test]
    fn events_in_markdown() {
        let text = "# Socket events\n\n## `poll:closed`\n\nx\n\n### Payload\n\n## vote.counted\n\n## `200 OK`\n\n| Event | Direction |\n|---|---|\n| `vote:sent` | to the server |\n\n**Event Name**: `poll-opened`\n";
        assert_eq!(
            check("contracts/websocket-events.md", text),
            (
                ContractKind::Events,
                vec!["poll:closed".into(), "vote.counted".into(), "vote:sent".into(), "poll-opened".into()]
            )
        );
    }

    #[test]
    fn nothing_breaks_the_reader() {
        for path in ["a", "a.md", "a.yaml", "a.json", "a.graphql", "a.proto", "a.ts", "a.schema.json", "."] {
            for text in [
                "", "{", "\"", "{\"a\\", "'", "- - -", "\"é", "type Query {", "rpc ", "service é", "# `", "|a|\n|-|\n",
                "GET", "paths:\n /:\n  get:", "'é': x",
            ] {
                let _ = contract(path, text);
            }
        }
    }
}
