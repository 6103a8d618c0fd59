//! Principle VII, Data Persistence & Reliability: what must survive is named, kept, restorable and migrated
//! with a way back.

use std::cell::OnceCell;

use plangate_core::Span;
use plangate_core::declare_principle;
use plangate_core::diagnostic::Place;
use plangate_core::evidence::{Indicators, Missing, PlannedText, Proof, QuestionContext};
use plangate_core::feature::{DocumentKind, Phase};
use plangate_core::judgement::{Claim, LocatedAnswer};
use plangate_core::plan::{Field, Text, Verdict};
use plangate_core::repository::MigrationFolder;

use crate::{answers, words};

declare_principle! {
    /// What must survive is named, kept, restorable, and migrated with a way back.
    pub DATA_PERSISTENCE = "VII" "Data Persistence & Reliability", statuses: [Pass, Attention, NotApplicable];

    /// ## What it finds
    /// A feature said to need no persistence whose *Storage* names a database, or whose data-model.md creates tables; and one said to need it whose *Storage* is N/A.
    ///
    /// Stores that the plan calls existing or unchanged, memory and browser storage are no need.
    ///
    /// ## Why it matters
    /// A "no" closes the four questions behind it: backups, migrations and data loss are then never asked about.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** N/A
    /// - Is data persistence required for this feature? **No** - nothing is kept
    ///
    /// ## Technical Context
    ///
    /// **Storage**: PostgreSQL 16, new `polls` table
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - polls outlive a restart
    ///
    /// ## Technical Context
    ///
    /// **Storage**: PostgreSQL 16, new `polls` table
    /// ```
    question "PRD701" "undeclared-persistence" = Scope "Is data persistence required for this feature?",
        indicators: Indicators::terms(&[
            "persist", "database", "durable", "postgres", "postgresql", "mysql", "mariadb", "sqlite", "mongodb",
            "dynamodb", "firestore", "sql server", "object storage", "storage", "base de datos", "persistencia",
            "banco de dados", "persistência", "base de données", "datenbank", "数据库", "資料庫", "持久化", "永続化", "データベース",
            "데이터베이스", "영속",
        ])
        .files(&["**/migrations/**", "schema.prisma", "*.sql"]),
        proof: undeclared_persistence;

    /// ## What it finds
    /// A Key Entity of spec.md that data-model.md doesn't define, although the plan says that all entities are identified.
    ///
    /// ## Why it matters
    /// An entity that the data model forgets is stored by whoever meets it first, in whatever shape.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - polls and votes are stored in PostgreSQL
    /// - If yes, are all critical data entities identified for persistence? **Yes** - see data-model.md
    /// ```
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// ### Key Entities
    ///
    /// - **Poll**: a question with its options
    /// - **Vote**: one participant's choice
    /// ```
    /// ```md,file=data-model.md
    /// ## Poll
    ///
    /// | Field | Type |
    /// | --- | --- |
    /// | id | uuid |
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - polls are stored in PostgreSQL
    /// - If yes, are all critical data entities identified for persistence? **Yes** - see data-model.md
    /// ```
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// ### Key Entities
    ///
    /// - **Poll**: a question with its options
    /// ```
    /// ```md,file=data-model.md
    /// ## Poll
    ///
    /// | Field | Type |
    /// | --- | --- |
    /// | id | uuid |
    /// ```
    question "PRD702" "unidentified-entity" =
        Duty "If yes, are all critical data entities identified for persistence?", if: "PRD701",
        indicators: Indicators::terms(&[
            "entity", "table", "collection", "aggregate", "schema", "entidad", "tabla", "entidade", "tabela",
            "entité", "entität", "tabelle", "实体", "實體", "エンティティ", "テーブル", "엔티티", "테이블",
        ])
        .only_in(&[DocumentKind::Spec, DocumentKind::DataModel]),
        proof: unidentified_entity;

    /// ## What it finds
    /// A feature that keeps data, and no document or file that speaks of backup, restore or replication.
    ///
    /// ## Why it matters
    /// Data that can't be restored is lost on the day that its only copy is.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - orders are stored in PostgreSQL
    /// - Are backup and recovery mechanisms planned? **No** - later
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - orders are stored in PostgreSQL
    /// - Are backup and recovery mechanisms planned? **Yes** - nightly dumps, tested monthly
    /// ```
    /// ```md,file=research.md
    /// ## Backups
    ///
    /// **Decision**: pgBackRest with point-in-time recovery for 14 days.
    /// ```
    question "PRD703" "missing-backup" = Duty "Are backup and recovery mechanisms planned?", if: "PRD701",
        indicators: Indicators::terms(&[
            "backup", "back up", "backed up", "restore", "restoration", "disaster recovery", "data recovery",
            "recovery point", "recovery", "snapshot", "point in time", "pitr", "replication", "replicate",
            "replica set", "read replica", "failover", "rpo", "rto", "pg_dump", "mysqldump", "mongodump",
            "pgbackrest", "wal-g", "barman", "litestream", "velero", "restic", "borg", "soft delete",
            "export and import", "copia de seguridad", "copias de seguridad", "respaldo", "recuperación",
            "cópia de segurança", "recuperação", "sauvegarde", "restauration", "datensicherung", "sicherung",
            "wiederherstellung", "备份", "備份", "恢复", "恢復", "バックアップ", "復元", "リストア", "백업", "복구", "복원",
        ])
        .files(&["**/*backup*", "**/backups/**", "**/litestream.yml", "**/pgbackrest*.conf"])
        .dependencies(&["*backup*", "*litestream*"])
        .steps(&["pg_dump", "mysqldump", "mongodump", "backup", "restic", "pgbackrest", "velero"]);

    /// ## What it finds
    /// Migrations said to be reversible whose files have no way back, in a tool that has one; or no migration at all that any document or folder speaks of.
    ///
    /// ## Why it matters
    /// A release that can't be taken back takes its schema hostage.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - orders are stored in PostgreSQL
    /// - Are database migrations planned and reversible? **No** - the schema is changed by hand
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - orders are stored in PostgreSQL
    /// - Are database migrations planned and reversible? **Yes** - one migration with its down side
    /// ```
    /// ```md,file=tasks.md
    /// ## Phase 2: Foundational
    ///
    /// - [ ] T004 Write the migration in db/migrations/0007_orders.up.sql and its rollback in 0007_orders.down.sql
    /// ```
    question "PRD704" "irreversible-migration" = Duty "Are database migrations planned and reversible?", if: "PRD701",
        indicators: Indicators::terms(&[
            "migration", "migrate", "reversible", "rollback", "roll back", "rolled back", "revert", "down script",
            "schema change", "alembic", "flyway", "liquibase", "knex", "goose", "dbmate", "sqitch", "atlas migrate",
            "drizzle kit", "migración", "migraciones", "migração", "migrações", "migrationen", "迁移", "遷移", "回滚",
            "回滾", "マイグレーション", "ロールバック", "마이그레이션", "롤백",
        ])
        .files(&[
            "**/migrations/**", "**/migration/**", "**/migrate/**", "**/alembic/**", "alembic.ini",
            "**/db/changelog/**", "flyway.conf", "flyway.toml", "knexfile.*", "liquibase*.properties", "sqitch.plan",
            "atlas.hcl", "drizzle.config.*", "**/evolutions/**",
        ])
        .dependencies(&[
            "alembic", "flask-migrate", "django", "yoyo-migrations", "aerich", "knex", "sequelize", "sequelize-cli",
            "umzug", "typeorm", "@mikro-orm/*", "prisma", "@prisma/*", "drizzle-kit", "drizzle-orm", "db-migrate",
            "node-pg-migrate", "migrate-mongo", "kysely", "*flyway*", "*liquibase*", "sqlx", "diesel",
            "diesel-migrations", "refinery", "sea-orm-migration", "rusqlite-migration", "*golang-migrate*",
            "*pressly/goose*", "*gormigrate*", "*ariga.io/atlas*", "*entityframeworkcore*", "fluentmigrator*",
            "dbup*", "evolve", "rails", "activerecord", "doctrine/migrations", "laravel/framework", "ecto-sql",
            "floor", "drift",
        ])
        .steps(&[
            "migrate", "alembic", "flyway", "liquibase", "prisma migrate", "goose", "dbmate", "ef database update",
        ]),
        proof: irreversible_migration;

    /// ## What it finds
    /// A feature that keeps data, and no word on transactions, durability or idempotence anywhere.
    ///
    /// ## Why it matters
    /// A write that was acknowledged and then lost costs more trust than an error.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - payments are stored in PostgreSQL
    /// - Is zero data loss requirement addressed? **No** - best effort
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - payments are stored in PostgreSQL
    /// - Is zero data loss requirement addressed? **Yes** - a payment is acknowledged after its commit
    /// ```
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-003**: A payment and its ledger entry MUST be written in one transaction.
    /// ```
    question "PRD705" "unaddressed-data-loss" = Duty "Is zero data loss requirement addressed?", if: "PRD701",
        indicators: Indicators::terms(&[
            "data loss", "lose data", "lost data", "no data loss", "zero data loss", "without data loss",
            "without losing", "lost update", "data integrity", "durability", "durable", "transaction",
            "transactional", "acid", "fsync", "write-ahead", "wal mode", "idempotent", "idempotency", "idempotence",
            "acknowledge", "at least once", "exactly once", "outbox", "optimistic lock", "optimistic concurrency",
            "atomic", "atomically", "dead letter", "replication", "event store", "event sourcing",
            "pérdida de datos", "transacción", "transacciones", "atómica", "perda de dados", "transação",
            "transações", "perte de données", "datenverlust", "transaktion", "数据丢失", "資料遺失", "事务", "交易一致", "原子",
            "幂等", "データ損失", "データロス", "トランザクション", "冪等", "데이터 손실", "데이터 유실", "트랜잭션", "멱등",
        ]);
}

/// Databases and other stores that keep what is written to them.
const STORES: &[&str] = &[
    "postgres", "postgresql", "mysql", "mariadb", "sqlite", "sqlite3", "mongodb", "mongo", "dynamodb", "firestore",
    "cosmosdb", "cassandra", "scylladb", "cockroachdb", "couchdb", "couchbase", "neo4j", "arangodb", "oracle", "mssql",
    "timescaledb", "clickhouse", "bigquery", "snowflake", "redshift", "duckdb", "influxdb", "rethinkdb", "neondb",
    "planetscale", "tidb", "spanner", "aurora", "rds", "d1", "turso", "libsql", "supabase", "foundationdb",
    "surrealdb", "edgedb", "realm", "coredata", "swiftdata", "rocksdb", "leveldb", "bigtable", "hbase", "fauna",
];

/// Words for what keeps data only for a while, or in the user's own browser.
const OTHER_PLACES: &[&str] = &[
    "localstorage", "sessionstorage", "indexeddb", "browser", "cookie", "cookies", "redis", "memcached", "file",
    "files", "filesystem", "json", "yaml", "csv", "parquet", "s3", "minio", "bucket", "keychain", "keystore",
    "database", "db", "backend", "api", "server", "server-side",
];

/// Words that say that a store is there already, stays as it is, or is not the feature's own.
const UNCHANGED: &[&str] = &[
    "existing", "exists", "unchanged", "unmodified", "reuse", "reuses", "reused", "already", "read-only", "readonly",
    "external", "test", "tests", "testing", "testcontainers", "mock", "mocks", "mocked", "fake", "future", "later",
    "eventually", "optional", "optionally", "in-memory", "existente", "existentes", "sin", "sem", "futuro", "futura",
    "bestehend", "bestehende", "unverändert", "inchangé", "inchangée", "existant", "existante",
];

/// Phrases that say so, and the same in scripts without spaces.
const UNCHANGED_PHRASES: &[&str] = &[
    "既存", "既有", "现有", "現有", "不变", "不變", "変更なし", "기존", "변경 없음", "テスト", "모의", "no change",
    "no schema change", "no new", "no migration", "not modified", "without change", "without schema",
    "no data model change", "no data change", "no db change", "no database change", "no model change",
    "no storage change", "no persistence change",
];

/// Words that mean that there is none.
const NONE: &[&str] = &[
    "n/a", "na", "none", "nothing", "not applicable", "no storage", "no persistence", "no database", "ninguno",
    "ninguna", "no aplica", "nenhum", "nenhuma", "não se aplica", "aucun", "aucune", "sans objet", "keine", "keiner",
    "entfällt", "brak", "无", "無", "なし", "不適用", "不适用", "該当なし", "없음", "해당 없음",
];

/// A "no" beside a store that is needed, a "yes" beside *Storage: N/A*.
fn undeclared_persistence(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let Some(answer) = cx.answer else { return Ok(Proof::silent()) };
    let storage = cx.plan().technical_context.as_ref().and_then(|context| context.storage.as_ref());
    Ok(match answer.verdict {
        Verdict::No => denied_need(cx, answer, storage),
        Verdict::Yes => claimed_need(cx, answer, storage),
        Verdict::NotApplicable | Verdict::Open => Proof::silent(),
    })
}

fn denied_need(cx: &QuestionContext<'_>, answer: &LocatedAnswer, storage: Option<&Field>) -> Proof {
    if let Some(found) = storage.and_then(|storage| needed_store(storage, answer)) {
        return Proof::contradicts(cx.in_plan(found.span), format!("*Storage* names `{}`", found.text));
    }
    match new_table(cx) {
        Some(place) => Proof::contradicts(place, "data-model.md creates a table"),
        None => Proof::silent(),
    }
}

fn claimed_need(cx: &QuestionContext<'_>, answer: &LocatedAnswer, storage: Option<&Field>) -> Proof {
    let Some(storage) = storage else { return Proof::silent() };
    if let Some(store) = named_store(storage) {
        return Proof::supports(cx.in_plan(store.span), format!("*Storage* names `{}`", store.text));
    }
    let elsewhere = words(&storage.text).iter().any(|word| OTHER_PLACES.contains(&word.as_str()));
    if is_none(&storage.text) && !elsewhere && answer.claim == Claim::Planned {
        return Proof::contradicts(cx.in_plan(storage.span), "*Storage* is N/A");
    }
    Proof::silent()
}

/// The store that *Storage* needs: named, and not said to stay as it is.
fn needed_store(storage: &Field, answer: &LocatedAnswer) -> Option<Text> {
    let unchanged = answer.claim != Claim::Planned
        || says_unchanged(&answer.rationale)
        || says_unchanged(&storage.text)
        || words(&storage.text).iter().any(|word| UNCHANGED.contains(&word.as_str()));
    named_store(storage).filter(|_| !unchanged || adds_structure(&storage.text))
}

/// The first store that *Storage* names, as it is written there.
fn named_store(storage: &Field) -> Option<Text> {
    let unfilled = storage.text.starts_with('[') || storage.text.contains("NEEDS CLARIFICATION");
    if unfilled || is_none(&storage.text) {
        return None;
    }
    let items = storage.items.iter().map(|item| (item.text.as_str(), item.span));
    let whole = std::iter::once((storage.text.as_str(), storage.span));
    items.chain(whole).find_map(|(text, span)| {
        let mut before = "";
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let denied = ["no", "not", "without", "sin", "sem", "ohne", "kein", "sans", "non"]
                .iter()
                .any(|negation| before.eq_ignore_ascii_case(negation));
            if !denied && STORES.iter().any(|store| word.eq_ignore_ascii_case(store)) {
                return Some(Text::new(word, span));
            }
            before = word;
        }
        None
    })
}

fn is_none(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '`', '_', '[', '(', ' ', '-', '–', '—']).to_lowercase();
    text.is_empty()
        || NONE.iter().any(|none| {
            text.strip_prefix(none)
                .is_some_and(|rest| !none.is_ascii() || !rest.starts_with(|c: char| c.is_alphanumeric()))
        })
}

/// Whether a phrase says that nothing changes.
fn says_unchanged(text: &str) -> bool {
    let lower = text.to_lowercase();
    UNCHANGED_PHRASES.iter().any(|phrase| lower.contains(phrase))
}

/// "3 new tables", "new `orders` collection", "add a column"; not "no new tables".
fn adds_structure(text: &str) -> bool {
    const NEW: &[&str] =
        &["new", "add", "adds", "extend", "create", "nueva", "nuevo", "nova", "novo", "nouvelle", "neue"];
    const STRUCTURE: &[&str] = &[
        "table", "tables", "collection", "collections", "column", "columns", "schema", "index", "database", "tabla",
        "tablas", "colección", "tabela", "tabelas", "coleção", "colonne", "tabelle", "tabellen", "spalte",
    ];
    const NEAR: usize = 5;
    let words = words(text);
    words.iter().enumerate().any(|(index, word)| {
        let denied = index.checked_sub(1).is_some_and(|before| {
            matches!(words[before].as_str(), "no" | "not" | "without" | "any" | "zero" | "sin" | "sem" | "ni" | "keine")
        });
        let structure = words.iter().skip(index + 1).take(NEAR).any(|next| STRUCTURE.contains(&next.as_str()));
        NEW.contains(&word.as_str()) && !denied && structure
    })
}

/// The first statement or heading of data-model.md that makes a table or collection.
fn new_table(cx: &QuestionContext<'_>) -> Option<Place> {
    let model = cx.feature.data_model().ok()?;
    let planned = PlannedText::new(model.document);
    let mut heading = "";
    let mut at = 0;
    for line in planned.text().split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        let lower = line.trim_start().to_ascii_lowercase();
        if line.starts_with('#') {
            heading = line;
        }
        let statement = lower.starts_with("create table ") || (line.starts_with('#') && lower.contains("new table"));
        if (statement || (line.starts_with('#') && lower.contains("new collection")))
            && !stands(heading)
            && planned.plans(span)
        {
            return Some(model.place(span));
        }
    }
    None
}

/// Whether a heading stands over what is there already.
fn stands(heading: &str) -> bool {
    says_unchanged(heading) || words(heading).iter().any(|word| UNCHANGED.contains(&word.as_str()))
}

/// Every Key Entity of spec.md is found in data-model.md, once that is due.
///
/// The two documents must use the same names to be compared at all: at least half of the entities are
/// defined. What the data model mentions in passing may be defined by an earlier feature.
fn unidentified_entity(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if !answers(cx, Verdict::Yes) || cx.feature.phase < Phase::Design {
        return Ok(Proof::silent());
    }
    let (spec, model) = (cx.feature.spec()?, cx.feature.data_model()?);
    let Some(first) = model.entities.first() else { return Ok(Proof::silent()) };
    let named = NamesOf::new(&model.document.text, model.entities.iter().map(|entity| entity.name.as_str()));
    let (defined, undefined): (Vec<_>, Vec<_>) =
        spec.entities.iter().partition(|entity| alternatives(&entity.text).iter().any(|name| named.defines(name)));
    let comparable = defined.len() >= undefined.len() && !defined.is_empty();
    let missing = undefined.iter().find(|entity| {
        let names = alternatives(&entity.text);
        comparable && entity.text.is_ascii() && !names.is_empty() && !names.iter().any(|name| named.mentions(name))
    });
    Ok(match missing {
        Some(entity) => Proof::contradicts(
            spec.place(entity.span),
            format!("data-model.md does not define spec.md's entity `{}`", entity.text),
        )
        .help(format!("define `{}` in data-model.md, or drop it from the Key Entities", entity.text)),
        None if defined.is_empty() => Proof::silent(),
        None => Proof::supports(model.place(first.heading), "data-model.md defines the entities of spec.md"),
    })
}

/// The names in a data model, each as its words.
struct NamesOf<'a> {
    text: &'a str,
    /// Of its entities and headings.
    headings: Vec<Vec<String>>,
    /// Every word of the text, in order: read where an entity stands in no heading.
    all: OnceCell<Vec<String>>,
}

impl<'a> NamesOf<'a> {
    fn new(text: &'a str, entities: impl Iterator<Item = &'a str>) -> Self {
        let headings = text.lines().filter(|line| line.starts_with('#'));
        Self { text, headings: entities.chain(headings).map(name_words).collect(), all: OnceCell::new() }
    }

    /// Whether a heading holds the name, or the name a heading.
    fn defines(&self, name: &[String]) -> bool {
        let holds =
            |whole: &[String], part: &[String]| !part.is_empty() && part.iter().all(|word| whole.contains(word));
        self.headings.iter().any(|heading| holds(heading, name) || holds(name, heading))
    }

    /// Whether the text speaks of the name, or a heading of the thing that it is a kind of: `Settings`
    /// for `UserSettings`. A key such as `vote_id` speaks of something that stands elsewhere.
    fn mentions(&self, name: &[String]) -> bool {
        let all = self.all.get_or_init(|| name_words(self.text));
        let mut phrases = all.windows(name.len()).enumerate().filter(|(_, words)| *words == name);
        let spoken = phrases.any(|(at, _)| all.get(at + name.len()).is_none_or(|next| next != "id"));
        let kinds = [name.first(), name.last()];
        spoken || kinds.into_iter().flatten().any(|kind| self.headings.iter().any(|heading| heading.contains(kind)))
    }
}

/// The names in "Session (AuthContext) / Token", each as its words.
fn alternatives(entity: &str) -> Vec<Vec<String>> {
    let names = entity.split(['(', ')', '/', '（', '）', ',', '、']).map(name_words);
    names.filter(|words| !words.is_empty()).collect()
}

/// The words of a name, split at case, in lower case and in the singular.
fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphanumeric() {
            open = false;
        } else {
            if !open || (c.is_uppercase() && before.is_lowercase()) {
                words.push(String::new());
                open = true;
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = c;
    }
    words.retain(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    words.into_iter().map(singular).collect()
}

fn singular(mut word: String) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    for (plural, kept) in [("sses", 2), ("xes", 1), ("ches", 2), ("shes", 2)] {
        if word.ends_with(plural) {
            word.truncate(word.len() - plural.len() + kept);
            return word;
        }
    }
    let stem = word.strip_suffix('s').filter(|stem| word.len() > 3 && !stem.ends_with(['s', 'u', 'i']));
    if let Some(stem) = stem {
        word.truncate(stem.len());
    }
    word
}

/// A migration without a way back, in a tool that has one.
fn irreversible_migration(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let repository = cx.repository()?;
    if !answers(cx, Verdict::Yes) {
        return Ok(Proof::silent());
    }
    if let Some((folder, file)) = judged_migration(cx, &repository.migrations) {
        let tool = folder.tool.as_deref().unwrap_or("its tool");
        return Ok(Proof::contradicts(
            Place::new(file, Span::default()),
            format!("`{file}` has no way back, although {tool} has one"),
        )
        .help("write the down side of the migration, or say in Complexity Tracking why there is none"));
    }
    Ok(repository.migrations.iter().find(|folder| folder.count > 0).map_or_else(Proof::silent, |folder| {
        Proof::supports(
            Place::new(&folder.path, Span::default()),
            format!("{} migrations in `{}`", folder.count, folder.path),
        )
    }))
}

/// The irreversible migration that the plan answers for: one that its tasks name; where they name none of
/// the folder's files, the last one, but only while nothing that the folder holds can be taken back.
fn judged_migration<'a>(
    cx: &QuestionContext<'_>,
    folders: &'a [MigrationFolder],
) -> Option<(&'a MigrationFolder, &'a str)> {
    let text = |kind| cx.feature.document(kind).map_or("", |document| document.text.as_str());
    let (tasks, plan) = (text(DocumentKind::Tasks), text(DocumentKind::Plan));
    let named = |file: &str| {
        let name = file.rsplit('/').next().unwrap_or(file);
        tasks.contains(name) || plan.contains(name)
    };
    folders.iter().find_map(|folder| {
        let all = !folder.irreversible.is_empty() && folder.irreversible.len() >= folder.count as usize;
        let file = folder.irreversible.iter().find(|file| named(file));
        file.or_else(|| folder.irreversible.last().filter(|_| all)).map(|file| (folder, file.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use plangate_core::repository::{MigrationFolder, RepositoryFacts};

    use super::*;
    use crate::asking::{contradictions, plan};

    const PRINCIPLE: &str = "VII. Data Persistence & Reliability";

    fn need(answer: &str, storage: &str) -> Vec<String> {
        let answer = format!("Is data persistence required for this feature? {answer}");
        contradictions("PRD701", plan(PRINCIPLE, &answer, &format!("**Storage**: {storage}")))
    }

    #[test]
    fn a_store_that_is_named_contradicts_a_no() {
        for storage in
            ["PostgreSQL 16", "SQLite (file-based)", "PostgreSQL — 2 new tables, no changes to existing tables"]
        {
            assert_eq!(need("**No** - nothing is kept", storage).len(), 1, "{storage}");
        }
    }

    #[test]
    fn what_stays_as_it_is_is_no_need() {
        for storage in [
            "N/A",
            "In-memory (Map)",
            "Browser localStorage",
            "PostgreSQL 16 (existing, no schema changes)",
            "MongoDB (sin cambios de esquema)",
            "N/A — no schema changes; existing PostgreSQL backend unchanged",
            "no PostgreSQL, files only",
            "[if applicable, e.g., PostgreSQL, CoreData, files or N/A]",
        ] {
            assert!(need("**No** - nothing is kept", storage).is_empty(), "{storage}");
        }
        assert!(need("**No** - bug fix only, no data model changes", "PostgreSQL 16").is_empty());
    }

    #[test]
    fn storage_that_is_not_applicable_contradicts_a_yes() {
        assert_eq!(need("**Yes** - polls outlive a restart", "N/A"), ["*Storage* is N/A"]);
        for storage in ["PostgreSQL 16", "N/A server-side; browser `localStorage` only", "Redis"] {
            assert!(need("**Yes** - polls outlive a restart", storage).is_empty(), "{storage}");
        }
        assert!(need("**Yes** - existing storage unchanged", "N/A").is_empty());
    }

    #[test]
    fn a_table_in_the_data_model_contradicts_a_no() {
        let answer = "Is data persistence required for this feature? **No** - nothing is kept";
        let found = |model: &str| contradictions("PRD701", plan(PRINCIPLE, answer, "").data_model(model));
        assert_eq!(found("# Data Model\n\n```sql\nCREATE TABLE polls (id INT);\n```\n").len(), 1);
        assert!(found("# Data Model\n\n## Existing schema\n\n```sql\nCREATE TABLE polls (id INT);\n```\n").is_empty());
    }

    #[test]
    fn names_are_compared_word_by_word() {
        assert_eq!(name_words("## PollOptions (new)"), ["poll", "option", "new"]);
        assert_eq!(name_words("user_addresses"), ["user", "address"]);
        let names = NamesOf::new("## UserSettings\n\nsee vote_id and the audit entry\n", std::iter::empty());
        assert!(names.defines(&name_words("User settings")));
        assert!(!names.mentions(&name_words("Vote")), "a key speaks of something elsewhere");
        assert!(names.mentions(&name_words("Audit Entry")));
        assert!(names.mentions(&name_words("Account Settings")));
    }

    #[test]
    fn a_migration_without_a_way_back_contradicts() {
        let answer = "Are database migrations planned and reversible? **Yes** - with a down side";
        let folder = |count, irreversible: &[&str]| {
            let mut folder = MigrationFolder::default();
            folder.path = "db/migrations".to_owned();
            folder.tool = Some("golang-migrate".to_owned());
            folder.count = count;
            folder.irreversible = irreversible.iter().map(|file| (*file).to_owned()).collect();
            let mut facts = RepositoryFacts::of_paths(["db/migrations/1_a.up.sql"]);
            facts.migrations = vec![folder];
            facts
        };
        let found =
            |facts, tasks: &str| contradictions("PRD704", plan(PRINCIPLE, answer, "").repository(facts).tasks(tasks));
        assert_eq!(found(folder(1, &["db/migrations/1_a.up.sql"]), "").len(), 1);
        let old = &["db/migrations/1_a.up.sql"];
        assert!(found(folder(7, old), "").is_empty(), "an old migration is another feature's");
        assert_eq!(found(folder(7, old), "- [ ] T001 Write 1_a.up.sql\n").len(), 1);
        assert!(found(folder(7, &[]), "").is_empty());
    }
}
