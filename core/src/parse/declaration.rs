//! Type declarations in code of any language, by their lines: `CREATE TABLE`, `interface`, `struct`, `class`,
//! `model`, with the names of their fields.

use crate::plan::Text;
use crate::source::Span;

/// A declared type.
#[derive(Debug, PartialEq)]
pub(super) struct Declaration {
    pub(super) keyword: &'static str,
    pub(super) name: String,
    pub(super) fields: Vec<Text>,
    /// From the declaration's line to the end of its body.
    pub(super) span: Span,
}

/// Words before a keyword that say how the type is seen.
const MODIFIERS: &[&str] = &[
    "export", "default", "declare", "public", "private", "internal", "protected", "abstract", "sealed", "final",
    "static", "partial", "pub", "pub(crate)", "pub(super)", "data", "open", "readonly", "ref", "inline", "value",
    "const", "immutable", "base", "typedef", "indirect", "case", "unsafe", "virtual", "override", "required", "late",
    "let", "var", "val", "mut", "lateinit", "optional", "repeated", "weak", "lazy", "new", "extern", "fileprivate",
];

/// Keywords that declare a type, as far as the model keeps them apart.
const KEYWORDS: &[&str] = &[
    "interface", "class", "struct", "record", "enum", "type", "model", "message", "trait", "protocol", "input",
    "table", "entity", "union", "object",
];

/// Types longer than that are no declaration in a document.
const MOST_FIELDS: usize = 400;

/// The declarations in `code`, which stands at `offset` in the document.
pub(super) fn declarations(code: &str, offset: usize) -> Vec<Declaration> {
    let mut found = Vec::new();
    let mut body: Option<Body> = None;
    let mut at = offset;
    for line in code.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let span = Span::new(start, start + line.trim_end().len());
        // A declaration without a body ends where the next one begins.
        if body.as_ref().is_some_and(|open| !open.opened && !open.is_python()) && Body::begin(line, span).is_some() {
            found.extend(body.take().map(|body| body.declaration));
        }
        if let Some(open) = &mut body {
            if open.line(line, start) {
                found.extend(body.take().map(|body| body.declaration));
                continue;
            }
            // Python has no closing bracket: the next declaration ends the open one.
            if !open.is_python() || line.trim().is_empty() {
                continue;
            }
            let indent = line.len() - line.trim_start().len();
            if indent > open.indent {
                continue;
            }
            found.extend(body.take().map(|body| body.declaration));
        }
        if let Some(next) = Body::begin(line, span) {
            if next.is_whole() {
                found.push(next.declaration);
            } else {
                body = Some(next);
            }
        }
    }
    found.extend(body.map(|body| body.declaration));
    found.retain(|declaration| !declaration.name.is_empty());
    found
}

/// A declaration whose body is being read.
struct Body {
    declaration: Declaration,
    indent: usize,
    /// Open brackets; 0 before the first.
    depth: usize,
    opened: bool,
    /// Ends by indentation instead of a bracket.
    indented: bool,
    /// The field's name stands before its type even without a colon.
    name_first: bool,
    /// Inside of a documentation string.
    quoted: bool,
    /// Lines read behind the first.
    lines: usize,
}

impl Body {
    /// The declaration that `line` begins.
    fn begin(line: &str, span: Span) -> Option<Self> {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        let header = sql_table(text)
            .or_else(|| keyword_type(text))
            .or_else(|| schema_constant(text))
            .or_else(|| diagram_entity(text))?;
        let name_first =
            matches!(header.keyword, "table" | "model") || text.contains(" struct {") || text.ends_with(" struct{");
        let span = Span { start: span.start + Span::at(indent).start, end: span.end };
        let mut body = Self {
            declaration: Declaration {
                keyword: header.keyword,
                name: header.name.to_owned(),
                fields: Vec::new(),
                span,
            },
            indent,
            depth: 0,
            opened: false,
            indented: text.ends_with(':') && !text.contains('{'),
            name_first,
            quoted: false,
            lines: 0,
        };
        let rest = header.rest;
        let from = line.len() - line.trim_start().len() + (text.len() - rest.len());
        if !body.indented {
            body.read(rest, span.start as usize - indent + from, true);
        }
        Some(body)
    }

    fn is_python(&self) -> bool {
        self.indented
    }

    /// The whole declaration stood in one line.
    fn is_whole(&self) -> bool {
        self.opened && self.depth == 0
    }

    /// Reads a line of the body; true where it ends the declaration.
    fn line(&mut self, line: &str, start: usize) -> bool {
        self.lines += 1;
        if self.indented {
            let indent = line.len() - line.trim_start().len();
            if !line.trim().is_empty() {
                if indent <= self.indent {
                    return false;
                }
                if self.depth == 0 {
                    self.declaration.span.end = Span::at(start + line.trim_end().len()).start;
                    self.depth = indent;
                }
                let quotes = line.matches("\"\"\"").count();
                let quoted = self.quoted || quotes > 0;
                self.quoted ^= quotes % 2 == 1;
                if indent == self.depth && !quoted {
                    self.field(line.trim(), start + indent);
                }
                self.declaration.span.end = Span::at(start + line.trim_end().len()).start;
            }
            return false;
        }
        if !self.opened && self.lines > 3 {
            return true;
        }
        self.read(line, start, false);
        self.declaration.span.end = Span::at(start + line.trim_end().len()).start;
        self.opened && self.depth == 0
    }

    /// Follows the brackets of a line, and takes the fields that stand at the first level.
    fn read(&mut self, line: &str, start: usize, header: bool) {
        let mut piece = 0;
        let mut taken = header && !line.contains(['{', '(']);
        let mut quote = None;
        let mut angles = 0usize;
        let mut piece_depth = self.depth;
        for (at, c) in line.char_indices() {
            if let Some(open) = quote {
                if c == open {
                    quote = None;
                }
                continue;
            }
            match c {
                '"' | '`' => quote = Some(c),
                '\'' if line[at + 1..].contains('\'') => quote = Some(c),
                '/' if line[at + 1..].starts_with('/') => break,
                '-' if line[at + 1..].starts_with('-') && line[..at].trim().is_empty() => return,
                '<' => angles += 1,
                '>' => angles = angles.saturating_sub(1),
                '{' | '(' | '[' => {
                    self.depth += 1;
                    self.opened |= c != '[';
                    if self.depth == 1 {
                        piece = at + 1;
                        piece_depth = 1;
                        taken = false;
                    }
                }
                '}' | ')' | ']' => {
                    if self.depth == 1 && !taken {
                        self.field(&line[piece..at], start + piece);
                        taken = true;
                    }
                    self.depth = self.depth.saturating_sub(1);
                }
                ',' | ';' if self.depth == 1 && angles == 0 => {
                    if !taken && piece_depth == 1 {
                        self.field(&line[piece..at], start + piece);
                    }
                    piece = at + 1;
                    piece_depth = 1;
                    taken = false;
                }
                _ => {}
            }
        }
        if !taken && self.opened && piece_depth == 1 && piece < line.len() {
            self.field(&line[piece..], start + piece);
        }
    }

    /// The name that one field's text gives.
    fn field(&mut self, text: &str, start: usize) {
        if self.declaration.fields.len() >= MOST_FIELDS {
            return;
        }
        let trimmed = text.trim();
        if trimmed.is_empty()
            || trimmed.starts_with(['/', '#', '*', '@', '[', ')', '}', '.', '|', '"']) && !trimmed.starts_with("\"")
            || trimmed.starts_with("--")
        {
            return;
        }
        let words = without_modifiers(trimmed);
        let Some(name) = field_name(words, self.name_first) else { return };
        let at = text.find(name).unwrap_or(0);
        let known = self.declaration.fields.last().is_some_and(|last| last.text == name);
        if !known {
            self.declaration.fields.push(Text::new(name, Span::new(start + at, start + at + name.len())));
        }
    }
}

struct Header<'a> {
    keyword: &'static str,
    name: &'a str,
    rest: &'a str,
}

/// `CREATE TABLE IF NOT EXISTS schema."users" (`.
fn sql_table(text: &str) -> Option<Header<'_>> {
    let rest = strip_word(text, "create")?;
    let rest =
        ["temporary", "temp", "unlogged", "global"].iter().find_map(|word| strip_word(rest, word)).unwrap_or(rest);
    let rest = strip_word(rest, "table")?;
    let rest = strip_word(rest, "if")
        .and_then(|rest| strip_word(rest, "not"))
        .and_then(|rest| strip_word(rest, "exists"))
        .unwrap_or(rest);
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ';')).unwrap_or(rest.len());
    let name = rest[..end].rsplit('.').next().unwrap_or_default().trim_matches(['"', '`', '[', ']', '\'']);
    (!name.is_empty()).then_some(Header { keyword: "table", name, rest: &rest[end..] })
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    let rest = &text[word.len()..];
    (head.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// `export interface Name {`, `type Name struct {`, `data class Name(`.
fn keyword_type(text: &str) -> Option<Header<'_>> {
    let text = without_modifiers(text);
    let (keyword, mut rest) = KEYWORDS.iter().find_map(|keyword| {
        text.strip_prefix(keyword)
            .filter(|rest| rest.starts_with(char::is_whitespace))
            .map(|rest| (*keyword, rest.trim_start()))
    })?;
    for second in ["class ", "struct "] {
        rest = rest.strip_prefix(second).map_or(rest, str::trim_start);
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    let behind = rest[end..].trim_start();
    let typed = behind.is_empty() && name.starts_with(char::is_uppercase)
        || behind.starts_with(['{', '(', '<', ':', '=', ';', '['])
        || ["extends", "implements", "struct", "interface", "where", "with", "@", "for"]
            .iter()
            .any(|word| behind.starts_with(word));
    // An object's key is no declaration: `type: string`, `message = "…"`.
    let is_key = rest.starts_with([':', '=', '('])
        || name.is_empty()
        || !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let lower_type =
        matches!(keyword, "type" | "message" | "input" | "object" | "entity" | "union" | "record" | "table" | "model")
            && !name.starts_with(char::is_uppercase)
            && !behind.contains('{')
            && !behind.contains("struct");
    (typed && !is_key && !lower_type).then_some(Header { keyword, name, rest: &rest[end..] })
}

/// `const UserSchema = z.object({`, `export const users = pgTable("users", {`.
fn schema_constant(text: &str) -> Option<Header<'_>> {
    let (left, right) = text.split_once('=')?;
    let right = right.trim_start();
    let known = [
        "z.object(", "new Schema(", "new mongoose.Schema(", "mongoose.Schema(", "pgTable(", "sqliteTable(",
        "mysqlTable(", "defineTable(", "Joi.object(", "v.object(", "t.Object(", "Type.Object(",
    ];
    let call = known.iter().find(|call| right.starts_with(*call))?;
    let name = left.split(':').next().unwrap_or_default().split_whitespace().last()?;
    let name = ["Schema", "schema"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .filter(|name| !name.is_empty())
        .unwrap_or(name);
    let inner = &right[call.len()..];
    let rest = inner.find('{').map_or("", |brace| &inner[brace..]);
    Some(Header { keyword: "type", name, rest })
}

/// `USER {` in an entity relationship diagram.
fn diagram_entity(text: &str) -> Option<Header<'_>> {
    let name = text.strip_suffix('{')?.trim_end();
    let upper = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    (upper && name.len() > 1).then_some(Header { keyword: "entity", name, rest: &text[text.len() - 1..] })
}

fn without_modifiers(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        if end == rest.len() || !MODIFIERS.contains(&&rest[..end]) {
            return rest;
        }
        rest = rest[end..].trim_start();
    }
}

/// The name in `name: type`, `Name Type`, `public Type Name { get; }`.
fn field_name(text: &str, name_first: bool) -> Option<&str> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let quoted = text.strip_prefix(['"', '\'', '`']);
    let start = quoted.unwrap_or(text);
    let end = start.find(|c: char| !is_name(c)).unwrap_or(start.len());
    let first = &start[..end];
    let behind = start[end..].trim_start_matches(['"', '\'', '`', '?', '!']).trim_start();
    if NO_FIELDS.iter().any(|word| first.eq_ignore_ascii_case(word)) {
        return None;
    }
    let name = if behind.starts_with(':') && !behind.starts_with("::") {
        first
    } else if behind.is_empty() || behind.starts_with([',', '=', '(']) {
        // An enum's value, or a method.
        if behind.starts_with('(') { "" } else { first }
    } else if name_first || quoted.is_some() {
        first
    } else {
        let declared = text.split(['=', '{', ';', ',']).next().unwrap_or_default().trim_end();
        if declared.contains('(') {
            return None;
        }
        let comment = declared.split(" \"").next().unwrap_or_default();
        let comment = comment
            .strip_suffix(" PK")
            .or_else(|| comment.strip_suffix(" FK"))
            .or_else(|| comment.strip_suffix(" UK"))
            .unwrap_or(comment);
        if starts_with_go_type(text, first) {
            first
        } else {
            comment.rsplit(|c: char| !is_name(c)).next().unwrap_or_default()
        }
    };
    (!name.is_empty()
        && !name.starts_with("__")
        && name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$')))
    .then_some(name)
}

/// `Name string`: Go writes the type behind an exported name.
fn starts_with_go_type(text: &str, first: &str) -> bool {
    const TYPES: &[&str] = &[
        "string", "int", "int32", "int64", "uint", "uint32", "uint64", "bool", "float64", "float32", "time.Time", "[]",
        "*", "map[", "error", "interface{}", "any", "json.", "uuid.", "sql.",
    ];
    let second = text[first.len()..].trim_start();
    first.starts_with(char::is_uppercase) && TYPES.iter().any(|kind| second.starts_with(kind))
}

/// First words of lines in a body that are no fields.
const NO_FIELDS: &[&str] = &[
    "primary", "on", "references", "comment", "foreign", "unique", "constraint", "check", "index", "key", "exclude",
    "return", "if", "for", "while", "def", "fn", "func", "fun", "async", "constructor", "import", "from", "class",
    "struct", "interface", "enum", "type", "using", "get", "set", "else", "switch", "match", "raise", "throw", "pass",
    "super", "self", "this", "override", "where", "extends", "implements", "with", "create", "alter", "select",
    "insert", "oneof", "reserved", "option", "companion", "init", "partition",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str) -> Vec<String> {
        declarations(code, 0)
            .into_iter()
            .map(|found| {
                for field in &found.fields {
                    assert_eq!(field.span.text(code), field.text);
                }
                let fields: Vec<&str> = found.fields.iter().map(|field| field.text.as_str()).collect();
                format!("{}: {}", found.name, fields.join(" "))
            })
            .collect()
    }

    #[test]
    fn declarations_of_many_languages() {
        for (code, expected) in [
            (
                "CREATE TABLE IF NOT EXISTS app.polls (\n  id INTEGER PRIMARY KEY,\n  title TEXT NOT NULL CHECK (length(title) > 0), -- note\n  owner_id INT REFERENCES users(id),\n  UNIQUE (owner_id, title)\n);\n",
                "polls: id title owner_id",
            ),
            (
                "export interface Poll extends Base {\n  id: string;\n  title?: string; // text\n  options: { name: string }[];\n  close(): void;\n}\n",
                "Poll: id title options",
            ),
            ("type Poll = {\n  readonly id: string\n  title: string\n}\n", "Poll: id title"),
            ("type Poll = { id: string; title: string };\n", "Poll: id title"),
            ("type Poll struct {\n\tID    string `json:\"id\"`\n\tTitle *Title\n}\n", "Poll: ID Title"),
            (
                "@dataclass\nclass Poll(Base):\n    \"\"\"A poll.\"\"\"\n    id: str\n    title: str = \"\"\n\n    def close(self):\n        now: int = 1\n",
                "Poll: id title",
            ),
            (
                "public sealed class Poll\n{\n    public Guid Id { get; set; }\n    public required string Title { get; init; }\n    public void Close() { }\n}\n",
                "Poll: Id Title",
            ),
            ("public record Poll(Guid Id, string Title);\n", "Poll: Id Title"),
            ("#[derive(Debug)]\npub struct Poll {\n    pub id: Uuid,\n    title: String,\n}\n", "Poll: id title"),
            ("data class Poll(\n    val id: String,\n    val title: String = \"x\",\n)\n", "Poll: id title"),
            ("struct Poll: Codable {\n    let id: UUID\n    var title: String\n}\n", "Poll: id title"),
            ("class Poll {\n  final String id;\n  final String? title;\n}\n", "Poll: id title"),
            ("model Poll {\n  id    String @id\n  title String\n  @@index([title])\n}\n", "Poll: id title"),
            ("message Poll {\n  string id = 1;\n  string title = 2;\n}\n", "Poll: id title"),
            (
                "export const PollSchema = z.object({\n  id: z.string(),\n  title: z.string().min(1),\n});\n",
                "Poll: id title",
            ),
            (
                "erDiagram\n  POLL ||--o{ OPTION : has\n  POLL {\n    string id PK\n    string title\n  }\n",
                "POLL: id title",
            ),
            ("enum Status {\n  Open,\n  Closed = 2,\n}\n", "Status: Open Closed"),
        ] {
            assert_eq!(check(code), [expected], "{code}");
        }
    }

    #[test]
    fn several_declarations_keep_apart() {
        let code = "class A(Base):\n    x: int\n\nclass B:\n    y: int\n\ninterface C { z: string }\ntype D = string;\ninterface E {\n  w: string\n}\n";
        assert_eq!(check(code), ["A: x", "B: y", "C: z", "D: ", "E: w"]);
    }

    #[test]
    fn other_lines_declare_nothing() {
        assert!(
            check("type: object\nmessage = \"hello\"\nclass of 2020\nPOST /polls {\nthe model is small\n").is_empty()
        );
        for code in
            ["{", "class A", "create table", "CREATE TABLE (", "interface  {", "type X = {{{{", "struct é { ü: ß }"]
        {
            let _ = declarations(code, 0);
        }
    }
}
