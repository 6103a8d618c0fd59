//! Folders of database migrations: the tool, and the migrations that can't be taken back in a tool
//! that has a way back.

use std::collections::BTreeMap;

use super::facts::Files;
use super::{file_name, folder_of, join, walk};
use crate::repository::{Manifest, MigrationFolder};

/// So many migrations are opened in one repository; the others count, and are not judged.
const MAX_OPENED: usize = 500;

/// The migration folders among `paths`.
pub(super) fn folders(paths: &[String], manifests: &[Manifest], files: &mut Files<'_>) -> Vec<MigrationFolder> {
    let mut by_folder: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths.iter().filter(|path| !walk::is_test_data(path) && !is_document(path)) {
        by_folder.entry(folder_of(path)).or_default().push(path);
    }
    let mut search = Search { manifests, files, opened: 0 };
    let mut found: Vec<MigrationFolder> = Vec::new();
    for (folder, paths) in &by_folder {
        found.extend(search.in_pairs(folder, paths).or_else(|| search.in_files(folder, paths)));
    }
    found.extend(in_subfolders(&by_folder));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The SQL in a feature's documents is a contract, not a migration.
fn is_document(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "specs" | "docs" | "node_modules"))
}

/// Whether a folder's name says that it holds migrations.
fn is_named(folder: &str) -> bool {
    let parts: Vec<String> = folder.split('/').map(str::to_ascii_lowercase).collect();
    let says = |part: &String| {
        part.split(['-', '_', '.']).any(|word| matches!(word, "migration" | "migrations" | "migrate" | "alembic"))
    };
    let near = &parts[parts.len().saturating_sub(2)..];
    near.iter().any(says)
}

fn migration_folder(path: &str, tool: Option<&str>, count: usize, irreversible: Vec<String>) -> MigrationFolder {
    MigrationFolder {
        path: path.to_owned(),
        tool: tool.map(str::to_owned),
        irreversible,
        count: u32::try_from(count).unwrap_or(u32::MAX),
    }
}

struct Search<'a, 'f> {
    manifests: &'a [Manifest],
    files: &'a mut Files<'f>,
    opened: usize,
}

impl Search<'_, '_> {
    /// `0001_x.up.sql` and `0001_x.down.sql`.
    fn in_pairs(&self, folder: &str, paths: &[&str]) -> Option<MigrationFolder> {
        let ups: Vec<(&str, &str)> =
            paths.iter().filter_map(|path| Some((*path, path.strip_suffix(".up.sql")?))).collect();
        if ups.is_empty() {
            return None;
        }
        let is_there = |path: &str| paths.binary_search(&path).is_ok();
        let is_single = |(_, stem): &&(&str, &str)| !is_there(&format!("{stem}.down.sql"));
        let irreversible = ups.iter().filter(is_single).map(|(path, _)| (*path).to_owned()).collect();
        let has = |name: &str| {
            self.manifests.iter().any(|manifest| manifest.dependencies.iter().any(|known| known.is_named(name)))
        };
        let tool = if has("sqlx") && !has("golang-migrate") && !has("migrate") { "sqlx" } else { "golang-migrate" };
        Some(migration_folder(folder, Some(tool), ups.len(), irreversible))
    }

    /// One file per migration, whose content tells the tool and whether it has a way back.
    fn in_files(&mut self, folder: &str, paths: &[&str]) -> Option<MigrationFolder> {
        let is_versions = file_name(folder) == "versions";
        if !is_named(folder) && !is_versions {
            return None;
        }
        let mut tool = None;
        let mut irreversible = Vec::new();
        let mut count = 0;
        for path in paths {
            let name = file_name(path);
            let Some(kind) = Kind::of(name) else { continue };
            if let Some(known) = kind.tool_of_name(path, name) {
                tool.get_or_insert(known);
                count += 1;
                continue;
            }
            let text = self.open(path);
            match kind.read(text.as_deref().unwrap_or_default()) {
                Some((known, is_irreversible)) => {
                    tool.get_or_insert(known);
                    count += 1;
                    if is_irreversible {
                        irreversible.push((*path).to_owned());
                    }
                }
                // Unknown content under a telling name and with a number or date in front.
                None if !is_versions && name.starts_with(|letter: char| letter.is_ascii_digit()) => count += 1,
                None => {}
            }
        }
        let tool = tool.or_else(|| tool_of_folder(folder));
        (count > 0).then(|| migration_folder(folder, tool, count, irreversible))
    }

    fn open(&mut self, path: &str) -> Option<String> {
        if self.opened >= MAX_OPENED {
            return None;
        }
        self.opened += 1;
        self.files.text(path)
    }
}

/// One folder per migration: Prisma, Diesel.
fn in_subfolders(by_folder: &BTreeMap<&str, Vec<&str>>) -> Vec<MigrationFolder> {
    let mut parents: BTreeMap<&str, (&'static str, usize, Vec<String>)> = BTreeMap::new();
    for (folder, paths) in by_folder {
        let parent = folder_of(folder);
        let has = |name: &str| paths.binary_search(&join(folder, name).as_str()).is_ok();
        if !is_named(parent) {
            continue;
        }
        if has("migration.sql") {
            parents.entry(parent).or_insert(("prisma", 0, Vec::new())).1 += 1;
        } else if has("up.sql") {
            let entry = parents.entry(parent).or_insert(("diesel", 0, Vec::new()));
            entry.1 += 1;
            if !has("down.sql") {
                entry.2.push(join(folder, "up.sql"));
            }
        }
    }
    parents
        .into_iter()
        .map(|(path, (tool, count, irreversible))| migration_folder(path, Some(tool), count, irreversible))
        .collect()
}

fn tool_of_folder(folder: &str) -> Option<&'static str> {
    const ENDS: &[(&str, &str)] = &[
        ("supabase/migrations", "supabase"),
        ("db/migrate", "rails"),
        ("database/migrations", "laravel"),
        ("alembic/versions", "alembic"),
        ("migrations/versions", "alembic"),
        ("priv/repo/migrations", "ecto"),
        ("db/migration", "flyway"),
        ("prisma/migrations", "prisma"),
    ];
    ENDS.iter().find(|(end, _)| folder.ends_with(end)).map(|(_, tool)| *tool)
}

/// The language of a migration.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Sql,
    Script,
    Python,
    Ruby,
    Php,
    CSharp,
    Elixir,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        let (stem, extension) = name.rsplit_once('.')?;
        let is_made = ["index", "__init__", "env", "knexfile"].contains(&stem)
            || [".d", ".Designer", "ModelSnapshot", ".test", ".spec", ".down"].iter().any(|end| stem.ends_with(end));
        if is_made {
            return None;
        }
        match extension {
            "sql" => Some(Self::Sql),
            "js" | "ts" | "mjs" | "cjs" | "mts" | "cts" => Some(Self::Script),
            "py" => Some(Self::Python),
            "rb" => Some(Self::Ruby),
            "php" => Some(Self::Php),
            "cs" => Some(Self::CSharp),
            "exs" => Some(Self::Elixir),
            _ => None,
        }
    }

    /// A tool that a file's name alone tells, and that has no way back which everybody has.
    fn tool_of_name(self, path: &str, name: &str) -> Option<&'static str> {
        let is_flyway = matches!(self, Self::Sql)
            && name.starts_with(['V', 'R'])
            && name.contains("__")
            && (name.starts_with("R__") || name[1..].starts_with(|letter: char| letter.is_ascii_digit()));
        let is_django = matches!(self, Self::Python)
            && folder_of(path).ends_with("/migrations")
            && name.len() > 5
            && name.as_bytes()[..4].iter().all(u8::is_ascii_digit)
            && name.as_bytes()[4] == b'_';
        match () {
            () if is_flyway => Some("flyway"),
            () if is_django => Some("django"),
            () => None,
        }
    }

    /// The tool that the content tells, and whether the migration can't be taken back.
    fn read(self, text: &str) -> Option<(&'static str, bool)> {
        match self {
            Self::Sql => sql(text),
            Self::Script => script(text),
            Self::Python => python(text),
            Self::Ruby => {
                let is_migration = text.contains("ActiveRecord::Migration");
                let is_one_way =
                    text.contains("IrreversibleMigration") || (text.contains("def up") && !text.contains("def down"));
                is_migration.then_some(("rails", is_one_way))
            }
            Self::Php => php(text),
            Self::CSharp => {
                let is_migration = text.contains(": Migration") && text.contains("void Up(");
                is_migration.then(|| ("ef-core", is_one_way(text, "void Up(", &["void Down("])))
            }
            Self::Elixir => {
                let is_one_way = text.contains("def up do") && !text.contains("def down");
                text.contains("Ecto.Migration").then_some(("ecto", is_one_way))
            }
        }
    }
}

fn sql(text: &str) -> Option<(&'static str, bool)> {
    if text.contains("-- migrate:up") {
        Some(("dbmate", !has_sql_after(text, "-- migrate:down")))
    } else if text.contains("-- +goose Up") {
        Some(("goose", !has_sql_after(text, "-- +goose Down")))
    } else {
        None
    }
}

/// Whether a statement follows the mark.
fn has_sql_after(text: &str, mark: &str) -> bool {
    let Some((_, down)) = text.split_once(mark) else { return false };
    down.lines().skip(1).any(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--"))
}

fn script(text: &str) -> Option<(&'static str, bool)> {
    let has = |part: &str| text.contains(part);
    let has_up = ["exports.up", "function up", "async up(", " up(", "up:", "up =", "const up"].iter().any(|up| has(up));
    let tool = if has("MigrationInterface") {
        "typeorm"
    } else if has("queryInterface") || has("QueryInterface") {
        "sequelize"
    } else if has("node-pg-migrate") || has("pgm.") {
        // Its way back is worked out from the way forth.
        return Some(("node-pg-migrate", has("exports.down = false") || has("const down = false")));
    } else if has("@mikro-orm") || has("Kysely") || has("kysely") || has("mongodb") || has("mongoose") {
        // A way back may be left out.
        return has_up.then_some(("migration", false));
    } else if has("dbmigrate") || has("db.runSql") || has("db.createTable") {
        "db-migrate"
    } else if has("knex") || has("Knex") {
        "knex"
    } else {
        return None;
    };
    const DOWNS: &[&str] = &["exports.down", "function down", "down(", "down:", "down =", "const down"];
    has_up.then(|| (tool, is_one_way(text, "up", DOWNS)))
}

/// Whether there is no way back, or an empty one: its body holds comments only.
fn is_one_way(text: &str, up: &str, downs: &[&str]) -> bool {
    let Some(at) = downs.iter().find_map(|down| text.find(down)) else { return true };
    let body = |at: usize| body_of(&text[at..]);
    let is_empty = |body: Option<&str>| body.is_some_and(|body| without_comments(body).trim().is_empty());
    is_empty(body(at)) && !text.find(up).is_some_and(|at| is_empty(body(at)))
}

/// What stands in the braces that open behind a function's parameters.
fn body_of(rest: &str) -> Option<&str> {
    let parameters = rest.find(')').map_or(0, |at| at + 1);
    let open = parameters + rest[parameters..].find('{')? + 1;
    let mut depth = 1usize;
    for (at, byte) in rest[open..].bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&rest[open..open + at]);
        }
    }
    None
}

fn without_comments(body: &str) -> String {
    let mut kept = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.lines().filter(|line| !line.trim_start().starts_with("//")).collect()
}

fn php(text: &str) -> Option<(&'static str, bool)> {
    let tool = if text.contains("Illuminate\\Database") {
        "laravel"
    } else if text.contains("Doctrine\\") {
        "doctrine"
    } else if text.contains("CodeIgniter\\Database") {
        "codeigniter"
    } else {
        return None;
    };
    text.contains("function up").then(|| (tool, is_one_way(text, "function up", &["function down"])))
}

/// Alembic: `downgrade` that only passes or raises, while `upgrade` does something.
fn python(text: &str) -> Option<(&'static str, bool)> {
    let upgrade = text.find("def upgrade(")?;
    let does = |at: Option<usize>| at.is_some_and(|at| has_statement(&text[at..]));
    Some(("alembic", does(Some(upgrade)) && !does(text.find("def downgrade("))))
}

/// Whether the function at the start of `rest` has a statement other than `pass`, `raise`, `...` and
/// its documentation.
fn has_statement(rest: &str) -> bool {
    let mut in_text = false;
    for line in rest.lines().skip(1) {
        let code = line.trim();
        if !line.starts_with(char::is_whitespace) && !code.is_empty() && !code.starts_with('#') {
            return false;
        }
        let marks = code.matches("\"\"\"").count() + code.matches("'''").count();
        if in_text || marks > 0 {
            in_text = in_text != (marks % 2 == 1);
            continue;
        }
        let is_nothing = code.is_empty()
            || code.starts_with('#')
            || code == "pass"
            || code == "..."
            || code.starts_with("raise ")
            || code.starts_with("return");
        if !is_nothing {
            return true;
        }
    }
    false
}

/// What the content of one migration tells: the tool, and whether it can't be taken back.
#[cfg(test)]
pub(super) fn read(path: &str, text: &str) -> Option<(&'static str, bool)> {
    Kind::of(file_name(path))?.read(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alembic_downgrades() {
        let of = |down: &str| {
            python(&format!("def upgrade() -> None:\n    op.create_table('x')\n\n\ndef downgrade() -> None:\n{down}"))
                .unwrap()
                .1
        };
        assert!(of("    pass\n"));
        assert!(of("    \"\"\"No way\n    back.\"\"\"\n    raise NotImplementedError('x')\n"));
        assert!(!of("    op.drop_table('x')\n"));
        assert!(!python("def upgrade():\n    pass\n\ndef downgrade():\n    pass\n").unwrap().1, "a merge");
    }

    #[test]
    fn scripts_with_and_without_a_way_back() {
        let knex = "exports.up = (knex) => { return knex.schema.createTable('x', () => {}); };\n";
        assert_eq!(script(knex), Some(("knex", true)));
        assert_eq!(
            script(&format!("{knex}exports.down = (knex) => {{ return knex.schema.dropTable('x'); }};\n")),
            Some(("knex", false))
        );
        assert_eq!(script(&format!("{knex}exports.down = (knex) => {{\n // none\n}};\n")), Some(("knex", true)));
        let typeorm =
            "export class A1 implements MigrationInterface { async up(q) { await q.query(''); } async down(q) {} }";
        assert_eq!(script(typeorm), Some(("typeorm", true)));
        assert_eq!(
            script(
                "module.exports = { up: async (queryInterface) => { await x(); }, down: async (queryInterface) => { await y(); } };"
            ),
            Some(("sequelize", false))
        );
        let db_migrate =
            "exports.up = function (db) { return db.runSql(sql); };\nexports.down = function (db) { return null; };\n";
        assert_eq!(script(db_migrate), Some(("db-migrate", false)));
        assert_eq!(script("export const answer = 42;"), None);
    }

    #[test]
    fn sql_with_marks() {
        assert_eq!(sql("-- migrate:up\nCREATE TABLE x();\n-- migrate:down\n"), Some(("dbmate", true)));
        assert_eq!(sql("-- +goose Up\nCREATE TABLE x();\n-- +goose Down\nDROP TABLE x;\n"), Some(("goose", false)));
        assert_eq!(sql("CREATE TABLE x();"), None);
    }

    #[test]
    fn names_that_tell_a_tool() {
        let of = |path: &str| Kind::of(file_name(path)).and_then(|kind| kind.tool_of_name(path, file_name(path)));
        assert_eq!(of("db/migration/V1__init.sql"), Some("flyway"));
        assert_eq!(of("polls/migrations/0001_initial.py"), Some("django"));
        assert_eq!(of("migrations/0001_x.sql"), None);
        assert_eq!(of("migrations/Vé.sql"), None);
    }
}
