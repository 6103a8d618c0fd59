//! Principle XI, Scalability & Performance: more instances share their state, and targets are numbers.

use plangate_core::Span;
use plangate_core::declare_principle;
use plangate_core::evidence::{Indicators, Missing, Proof, QuestionContext};
use plangate_core::plan::{Field, Verdict};

use crate::{answers, words};

declare_principle! {
    /// More instances share their state, and targets are numbers.
    pub SCALABILITY = "XI" "Scalability & Performance", statuses: [Pass, Attention, NotApplicable];

    /// ## What it finds
    /// A feature said to need no horizontal scaling whose *Scale/Scope* or *Constraints* plans several instances or replicas.
    ///
    /// ## Why it matters
    /// A "no" closes the questions on shared sessions and load balancing, which are then never asked.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Does this feature require horizontal scaling? **No** - one server is enough
    ///
    /// ## Technical Context
    ///
    /// **Scale/Scope**: 20k users on 4 API instances
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Does this feature require horizontal scaling? **No** - one server is enough
    ///
    /// ## Technical Context
    ///
    /// **Scale/Scope**: 200 users, single instance
    /// ```
    question "PRD1101" "undeclared-scaling-need" = Scope "Does this feature require horizontal scaling?",
        indicators: Indicators::terms(&[
            "horizontal scaling", "horizontally scalable", "scale horizontally", "scale out", "scaling out",
            "multiple instances", "several instances", "instances", "replica", "auto-scaling", "autoscale",
            "load balancer", "load balancing", "cluster mode", "multi-instance", "stateless", "scalability", "hpa",
            "escalado horizontal", "escalabilidad", "escalamento horizontal", "escalabilidade", "mise à l'échelle",
            "horizontale skalierung", "skalierbar", "水平扩展", "水平擴展", "水平スケール", "スケールアウト", "수평 확장", "스케일 아웃",
        ])
        .files(&["**/*hpa*.y*ml", "**/*autoscal*", "**/*ingress*.y*ml", "nginx*.conf", "haproxy.cfg"]),
        proof: undeclared_scaling_need;

    /// ## What it finds
    /// Sessions that the plan keeps in the memory of one process, although it says that all instances share them; or no word on how they do.
    ///
    /// ## Why it matters
    /// The second instance doesn't know the user that the first one signed in.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Does this feature require horizontal scaling? **Yes** - 3 instances behind a load balancer
    /// - If yes, is session state shared across instances? **Yes** - by the session store
    ///
    /// ## Technical Context
    ///
    /// **Storage**: In-memory session store (Map)
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Does this feature require horizontal scaling? **Yes** - 3 instances behind a load balancer
    /// - If yes, is session state shared across instances? **Yes** - by the session store
    ///
    /// ## Technical Context
    ///
    /// **Storage**: Redis session store, shared by all instances
    /// ```
    question "PRD1102" "instance-bound-session" = Duty "If yes, is session state shared across instances?", if: "PRD1101",
        indicators: Indicators::terms(&[
            "session store", "shared session", "session sharing", "distributed session", "session replication",
            "sticky session", "session affinity", "shared state", "shared cache", "distributed cache",
            "redis adapter", "redis session", "redis pub", "pub/sub", "pubsub", "backplane", "redis streams",
            "memcached", "hazelcast", "stateless", "jwt", "external session", "session table", "database session",
            "session in redis", "sessions in redis", "cookie-based session", "signed cookie", "sesión compartida",
            "sesiones compartidas", "sin estado", "sessão compartilhada", "sem estado", "session partagée",
            "sans état", "geteilte sitzung", "zustandslos", "无状态", "無狀態", "共享会话", "共享session", "セッション共有", "ステートレス",
            "세션 공유", "무상태", "스테이트리스",
        ])
        .dependencies(&[
            "@socket.io/redis-adapter", "@socket.io/redis-streams-adapter", "@socket.io/postgres-adapter",
            "@socket.io/mongo-adapter", "@socket.io/cluster-adapter", "@socket.io/sticky", "socket.io-redis",
            "connect-redis", "connect-mongo", "connect-pg-simple", "connect-memcached", "connect-session-sequelize",
            "express-mysql-session", "iron-session", "cookie-session", "redis", "ioredis", "@upstash/redis",
            "aioredis", "channels-redis", "django-redis", "flask-session", "aiocache", "pymemcache", "memcached",
            "*spring-session*", "*redisson*", "*hazelcast*", "*lettuce*", "*jedis*",
            "microsoft.extensions.caching.stackexchangeredis", "microsoft.extensions.caching.sqlserver",
            "microsoft.aspnetcore.signalr.stackexchangeredis", "microsoft.azure.signalr", "stackexchange.redis",
            "*go-redis*", "*gomodule/redigo*", "*gorilla/sessions*", "*rbcervilla/redisstore*", "tower-sessions*",
            "actix-session", "redis-session-store", "redis-rails", "predis/predis", "libcluster", "phoenix-pubsub*",
        ])
        .files(&[
            "**/*sessionstore*", "**/*session-store*", "**/*session_store*", "**/*redis*adapter*",
            "**/*redisclient*", "**/redis.*",
        ]),
        proof: instance_bound_session;

    /// ## What it finds
    /// A feature that scales out, and no load balancer, ingress or proxy anywhere.
    ///
    /// ## Why it matters
    /// Instances that nothing spreads the load over, or takes out when they are ill, don't scale.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Does this feature require horizontal scaling? **Yes** - 3 stateless instances
    /// - Are load balancers with health checks planned? **No** - by DNS
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Does this feature require horizontal scaling? **Yes** - 3 stateless instances
    /// - Are load balancers with health checks planned? **Yes** - in front of the API
    /// ```
    /// ```md,file=research.md
    /// ## Traffic
    ///
    /// **Decision**: a load balancer that asks each instance for /health every 5 s.
    /// ```
    question "PRD1103" "missing-load-balancer" = Duty "Are load balancers with health checks planned?", if: "PRD1101",
        indicators: Indicators::terms(&[
            "load balancer", "load balancing", "load balanced", "ingress", "reverse proxy", "nginx", "haproxy",
            "traefik", "envoy", "caddy", "istio", "linkerd", "application gateway", "api gateway", "front door",
            "cloudflare load", "target group", "=alb", "=elb", "=nlb", "round robin", "upstream servers",
            "kubernetes service", "service mesh", "cloud load", "yarp", "balanceador", "balanceador de carga",
            "proxy inverso", "balanceamento de carga", "proxy reverso", "répartiteur de charge",
            "équilibreur de charge", "lastverteiler", "lastverteilung", "负载均衡", "負載平衡", "负载平衡", "ロードバランサ", "負荷分散",
            "로드 밸런서", "로드밸런서", "부하 분산",
        ])
        .files(&[
            "nginx*.conf", "**/nginx/**", "haproxy*.cfg", "traefik*.y*ml", "traefik*.toml", "**/traefik/**",
            "**/*ingress*.y*ml", "Caddyfile", "envoy*.y*ml", "**/*loadbalancer*", "**/*load-balancer*",
            "**/*load_balancer*", "**/*alb*.tf", "**/*gateway*.y*ml",
        ])
        .dependencies(&[
            "yarp.reverseproxy", "ocelot", "*spring-cloud-loadbalancer*", "*spring-cloud-starter-gateway*",
            "http-proxy", "http-proxy-middleware", "pingora*",
        ]);

    /// ## What it finds
    /// A feature that keeps data in a database, and no word on pooled connections.
    ///
    /// ## Why it matters
    /// A connection per request is the limit that a database reaches first.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - orders are stored in PostgreSQL
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Is connection pooling configured for database access? **No** - one connection is opened per request
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VII. Data Persistence & Reliability** ✅
    /// - Is data persistence required for this feature? **Yes** - orders are stored in PostgreSQL
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Is connection pooling configured for database access? **Yes** - 20 connections
    /// ```
    /// ```md,file=research.md
    /// ## Database access
    ///
    /// **Decision**: a connection pool of 20, PgBouncer in front of it.
    /// ```
    question "PRD1104" "unpooled-connection" = Duty "Is connection pooling configured for database access?", if: "PRD701",
        indicators: Indicators::terms(&[
            "connection pool", "pool of connections", "pooled connection", "database pool", "db pool", "pool size",
            "pool", "pgbouncer", "pgpool", "pgcat", "odyssey", "supavisor", "rds proxy", "prisma accelerate",
            "hyperdrive", "hikari", "hikaricp", "c3p0", "dbcp", "r2d2", "deadpool", "bb8", "sqlalchemy pool",
            "queuepool", "pgxpool", "sqlx pool", "maxpoolsize", "max connections", "max open connections",
            "setmaxopenconns", "maxconns", "connection limit", "connection reuse", "dbcontext pooling",
            "pool de conexiones", "grupo de conexiones", "pool de conexões", "pool de connexions", "verbindungspool",
            "连接池", "連線池", "連接池", "コネクションプール", "接続プール", "커넥션 풀", "연결 풀",
        ])
        .dependencies(&[
            "pg", "pg-pool", "@types/pg", "postgres", "mysql2", "mariadb", "generic-pool", "tarn", "knex",
            "sequelize", "typeorm", "prisma", "@prisma/client", "drizzle-orm", "mongoose", "mongodb", "mssql",
            "oracledb", "@neondatabase/serverless", "kysely", "sqlalchemy", "asyncpg", "psycopg-pool", "psycopg",
            "aiopg", "aiomysql", "dbutils", "pymongo", "motor", "sqlmodel", "databases", "tortoise-orm",
            "django-db-geventpool", "*hikaricp*", "*spring-boot-starter-data-jpa*", "*spring-boot-starter-jdbc*",
            "*spring-boot-starter-data-jdbc*", "*r2dbc-pool*", "*agroal*", "*c3p0*", "*commons-dbcp*", "*exposed*",
            "r2d2*", "deadpool*", "bb8*", "sqlx", "sea-orm", "mobc", "*jackc/pgx*", "*jmoiron/sqlx*",
            "*gorm.io/gorm*", "*mongo-driver*", "npgsql*", "microsoft.data.sqlclient", "mysqlconnector",
            "*entityframeworkcore*", "mongodb.driver", "connection-pool", "activerecord", "rails", "ecto-sql",
            "postgrex", "myxql", "doctrine/dbal",
        ])
        .files(&[
            "pgbouncer*.ini", "**/pgbouncer/**", "**/*connectionpool*", "**/*connection-pool*",
            "**/*connection_pool*", "**/pool.*",
        ]);

    /// ## What it finds
    /// *Performance Goals* without a single number, although the plan calls its targets measurable.
    ///
    /// N/A is fine. A number in *Constraints* or in the answer, and a reference to a success criterion, count too.
    ///
    /// ## Why it matters
    /// "Fast" can't be tested, so it can't fail.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Are performance targets defined and measurable? **Yes** - see Performance Goals
    ///
    /// ## Technical Context
    ///
    /// **Performance Goals**: fast and responsive for every user
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XI. Scalability & Performance** ✅
    /// - Are performance targets defined and measurable? **Yes** - see Performance Goals
    ///
    /// ## Technical Context
    ///
    /// **Performance Goals**: p95 latency below 200 ms at 500 req/s
    /// ```
    question "PRD1105" "unmeasurable-target" = Duty "Are performance targets defined and measurable?",
        indicators: Indicators::terms(&[
            "p50", "p90", "p95", "p99", "95th percentile", "99th percentile", "latency", "throughput",
            "response time", "load time", "requests per second", "req/s", "rps", "performance goal",
            "performance target", "performance budget", "performance requirement", "performance criteria",
            "benchmark", "load test", "frame rate", "fps", "60fps", "lighthouse", "time to interactive", "lcp",
            "sla", "slo", "within 1 second", "within 2 seconds", "within 5 seconds", "in under", "under 1 second",
            "under 2 seconds", "milliseconds", "concurrent users", "ms", "latencia", "rendimiento",
            "tiempo de respuesta", "latência", "desempenho", "tempo de resposta", "temps de réponse", "antwortzeit",
            "latenz", "延迟", "延遲", "吞吐", "响应时间", "回應時間", "レイテンシ", "応答時間", "秒以内", "秒以內", "秒内", "秒內", "지연", "응답 시간",
            "초 이내",
        ])
        .files(&[
            "**/*benchmark*", "**/benches/**", "**/*loadtest*", "**/*load-test*", "**/k6/**", "lighthouserc*",
            "**/*artillery*", "**/gatling/**", "**/jmeter/**", "**/locustfile.py",
        ])
        .steps(&["k6", "lighthouse", "artillery", "cargo bench", "benchmark", "locust"]),
        proof: unmeasurable_target;
}

/// A "no" beside *Scale/Scope* or *Constraints* that plans several instances.
fn undeclared_scaling_need(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let Some(context) = cx.plan().technical_context.as_ref().filter(|_| answers(cx, Verdict::No)) else {
        return Ok(Proof::silent());
    };
    let fields = [("Scale/Scope", &context.scale_scope), ("Constraints", &context.constraints)];
    Ok(fields
        .into_iter()
        .find_map(|(name, field)| {
            let field = field.as_ref()?;
            let (span, plan) = scaling_plan(field)?;
            Some(Proof::contradicts(cx.in_plan(span), format!("*{name}* plans {plan}")))
        })
        .unwrap_or_default())
}

/// What a field plans to run more than once, and where.
fn scaling_plan(field: &Field) -> Option<(Span, String)> {
    let items = field.items.iter().map(|item| (item.text.as_str(), item.span));
    let whole = field.items.is_empty().then_some((field.text.as_str(), field.span));
    items.chain(whole).find_map(|(text, span)| Some((span, scaling_words(&words(text))?)))
}

/// Words that put scaling off, make it possible only, or deny it.
const NOT_NOW: [&str; 37] = [
    "no", "not", "without", "eventual", "eventually", "future", "later", "could", "may", "might", "can", "possible",
    "potential", "potentially", "designed", "ready", "capable", "scalable", "single", "one", "optional", "deferred",
    "sin", "sem", "ohne", "sans", "futuro", "futura", "if", "beyond", "support", "supports", "allow", "allows",
    "permit", "unless", "phase",
];

/// "horizontal scaling", "4 API instances", "multiple replicas", "autoscaling", in words of lower case.
fn scaling_words(words: &[String]) -> Option<String> {
    let word = |index: usize| words.get(index).map_or("", String::as_str);
    let hedged = words.iter().any(|word| NOT_NOW.contains(&word.as_str()));
    for index in 0..words.len() {
        let pair = (word(index), word(index + 1));
        let scaling = matches!(
            pair,
            ("horizontal", "scaling") | ("horizontally", "scaled") | ("scaled" | "scales", "horizontally")
        ) || matches!(pair.0, "autoscaling" | "auto-scaling" | "autoscaled" | "multi-instance");
        if scaling && !hedged {
            return Some(if pair.0.contains("horizontal") || pair.1.contains("horizontal") {
                "horizontal scaling".to_owned()
            } else {
                pair.0.to_owned()
            });
        }
        if matches!(pair.0, "instances" | "replicas" | "pods")
            && pair.1 != "of"
            && let Some(count) = several_before(words, index)
        {
            return Some(format!("{count} {}", pair.0));
        }
    }
    None
}

/// The number, at least 2, or "multiple", that stands before `index` with only the runtime between them.
fn several_before(words: &[String], index: usize) -> Option<&str> {
    const RUNTIMES: [&str; 17] = [
        "api", "app", "application", "server", "backend", "service", "web", "node", "stateless", "worker", "container",
        "gateway", "websocket", "socket", "running", "identical", "parallel",
    ];
    let before = words[..index].iter().rev().find(|word| !RUNTIMES.contains(&word.as_str()))?;
    let digits: String = before.chars().take_while(char::is_ascii_digit).collect();
    let number = digits.len() == before.len() && digits.parse::<u32>().is_ok_and(|number| number >= 2);
    let range = before.split_once('-').is_some_and(|(from, to)| {
        from.bytes().chain(to.bytes()).all(|byte| byte.is_ascii_digit())
            && to.parse::<u32>().is_ok_and(|number| number >= 2)
    });
    (number || range || matches!(before.as_str(), "multiple" | "several" | "two" | "three" | "four" | "five"))
        .then_some(before.as_str())
}

/// Session state that the plan keeps in one process.
fn instance_bound_session(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let Some(context) = cx.plan().technical_context.as_ref().filter(|_| answers(cx, Verdict::Yes)) else {
        return Ok(Proof::silent());
    };
    if let Some(storage) = &context.storage
        && in_memory_only(&storage.text)
    {
        return Ok(Proof::contradicts(
            cx.in_plan(storage.span),
            "*Storage* keeps the state in the memory of one process",
        ));
    }
    let fields = [("Storage", &context.storage), ("Constraints", &context.constraints)];
    let bound = fields.into_iter().find_map(|(name, field)| {
        let field = field.as_ref().filter(|field| !names_shared_store(&words(&field.text)))?;
        let item = field.items.iter().find(|item| keeps_session_in_memory(&item.text))?;
        Some(Proof::contradicts(cx.in_plan(item.span), format!("*{name}* keeps sessions in memory")))
    });
    Ok(bound.unwrap_or_default())
}

/// Stores that several instances can share.
const SHARED_STORES: [&str; 23] = [
    "redis", "valkey", "memcached", "dynamodb", "postgres", "postgresql", "mysql", "mongodb", "mariadb", "database",
    "hazelcast", "cosmosdb", "firestore", "elasticache", "shared", "distributed", "jwt", "stateless", "cookie",
    "external", "dragonfly", "sql", "supabase",
];

/// Words that make a mention of memory something else than the plan for sessions.
const BESIDE: [&str; 13] = [
    "no", "not", "without", "never", "test", "tests", "fallback", "cache", "mock", "development", "dev", "replacing",
    "instead",
];

fn names_shared_store(words: &[String]) -> bool {
    words.iter().any(|word| SHARED_STORES.contains(&word.as_str()))
}

/// Whether *Storage* is memory and nothing that instances could share.
fn in_memory_only(storage: &str) -> bool {
    let words = words(storage);
    let first = words.first().map(String::as_str);
    let memory =
        first == Some("in-memory") || (first == Some("in") && words.get(1).is_some_and(|word| word == "memory"));
    memory
        && !names_shared_store(&words)
        && !words.iter().any(|word| BESIDE.contains(&word.as_str()) || word == "sqlite")
}

fn keeps_session_in_memory(item: &str) -> bool {
    let words = words(item);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let memory =
        has(&["in-memory", "memorystore"]) || words.windows(2).any(|pair| pair[0] == "in" && pair[1] == "memory");
    memory && has(&["session", "sessions"]) && !has(&BESIDE)
}

/// *Performance Goals* that hold no number, nor anything that leads to one.
fn unmeasurable_target(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let Some(context) = cx.plan().technical_context.as_ref().filter(|_| answers(cx, Verdict::Yes)) else {
        return Ok(Proof::silent());
    };
    let Some(goals) = context.performance_goals.as_ref().filter(|goals| is_written(&goals.text)) else {
        return Ok(Proof::silent());
    };
    if is_measurable(&goals.text) {
        return Ok(Proof::supports(cx.in_plan(goals.span), "*Performance Goals* names a number"));
    }
    let rationale = cx.answer.map_or("", |answer| answer.rationale.as_str());
    let constraints = context.constraints.as_ref().map_or("", |field| field.text.as_str());
    if is_measurable(rationale) || is_measurable(constraints) || refers(&goals.text) || refers(rationale) {
        return Ok(Proof::silent());
    }
    Ok(Proof::contradicts(cx.in_plan(goals.span), "*Performance Goals* holds no number")
        .help("give each goal a number with a unit, such as \"p95 below 200 ms\", or write N/A"))
}

/// Whether a field says something else than N/A, and more than the template does.
fn is_written(text: &str) -> bool {
    const NOT_APPLICABLE: [&str; 14] = [
        "n/a", "na", "none", "not applicable", "no aplica", "não se aplica", "sans objet", "entfällt", "tbd", "无",
        "無", "なし", "해당 없음", "不适用",
    ];
    let lower = text.trim_start_matches(['*', '`', '_', ' ', '-', '—']).to_lowercase();
    let is_none = NOT_APPLICABLE.iter().any(|none| {
        lower
            .strip_prefix(none)
            .is_some_and(|rest| !none.is_ascii() || !rest.starts_with(|c: char| c.is_alphanumeric()))
    });
    !lower.is_empty() && !is_none && !lower.starts_with('[') && !lower.contains("needs clarification")
}

/// Measures that are written without a digit.
const WORDED: [&str; 22] = [
    "sub-second", "subsecond", "sub-millisecond", "sub-frame", "o(", "one second", "a second", "two seconds",
    "three seconds", "five seconds", "ten seconds", "one minute", "a minute", "half a second", "one frame",
    "single frame", "per frame", "un segundo", "um segundo", "une seconde", "eine sekunde", "zero-cost",
];

/// Whether a text holds a number that measures: not the number of a requirement, a phase or a version.
fn is_measurable(text: &str) -> bool {
    let lower = text.to_lowercase();
    if WORDED.iter().any(|worded| lower.contains(worded)) {
        return true;
    }
    let mut before = "";
    for token in lower.split_whitespace() {
        let bare = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_prefix("sub-").unwrap_or(bare);
        if bare.starts_with(|c: char| c.is_numeric()) && !COUNTED.contains(&before) && !token.starts_with(['#', '§']) {
            return true;
        }
        // p95, 秒以内 or a number glued to other letters: "約30秒", "~500ms", "p99<1s".
        if !token.is_ascii() && token.chars().any(char::is_numeric) {
            return true;
        }
        if token.contains(['<', '>', '≤', '≥', '~', '≈', '=']) && token.chars().any(char::is_numeric) {
            return true;
        }
        before = token.trim_matches(|c: char| !c.is_alphanumeric());
    }
    false
}

/// Words whose number counts or names something instead of measuring it.
const COUNTED: [&str; 26] = [
    "phase", "task", "spec", "feature", "principle", "section", "version", "v", "node", "node.js", "python", "java",
    "react", "vue", "angular", "http", "tier", "level", "story", "issue", "adr", "web", "step", "stage", "sprint",
    "milestone",
];

/// Whether a text leads to a success criterion, a requirement or another document.
fn refers(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "sc-", "fr-", "nfr-", "ce-", "rnf-", "pr-", "spec", "research", "constitution", "plan.md", "benchmark",
        "quickstart", ".md",
    ]
    .iter()
    .any(|mark| lower.contains(mark))
}

#[cfg(test)]
mod tests {
    use crate::asking::{contradictions, plan};

    const PRINCIPLE: &str = "XI. Scalability & Performance";

    fn scaling(scope: &str) -> Vec<String> {
        let answer = "Does this feature require horizontal scaling? **No** - one server is enough";
        contradictions("PRD1101", plan(PRINCIPLE, answer, &format!("**Scale/Scope**: {scope}")))
    }

    #[test]
    fn planned_instances_contradict_a_no() {
        for (scope, plans) in [
            ("20k users on 4 API instances", "4 instances"),
            ("10k users, 3 replicas", "3 replicas"),
            ("500 concurrent users with horizontal scaling", "horizontal scaling"),
            ("multiple stateless backend instances", "multiple instances"),
            ("autoscaling behind the gateway", "autoscaling"),
        ] {
            assert_eq!(scaling(scope), [format!("*Scale/Scope* plans {plans}")], "{scope}");
        }
    }

    #[test]
    fn what_is_put_off_or_single_does_not() {
        for scope in [
            "200 users, single instance", "1 instance", "100 users, designed for eventual horizontal scaling",
            "200 instances of the widget on a page", "no horizontal scaling", "2 read replicas", "N/A",
        ] {
            assert!(scaling(scope).is_empty(), "{scope}");
        }
    }

    #[test]
    fn sessions_in_the_memory_of_a_process_contradict() {
        let ask = |context: &str| {
            let answer = "Does this feature require horizontal scaling? **Yes** - 3 instances\n\
                - If yes, is session state shared across instances? **Yes** - by the session store";
            contradictions("PRD1102", plan(PRINCIPLE, answer, context)).len()
        };
        assert_eq!(ask("**Storage**: In-memory session store (HashMap)"), 1);
        assert_eq!(ask("**Constraints**: <200ms p95, sessions are kept in memory"), 1);
        for context in [
            "**Storage**: Redis, sessions in memory of nobody", "**Storage**: In-memory cache in front of PostgreSQL",
            "**Storage**: PostgreSQL", "**Constraints**: no session is kept in memory",
        ] {
            assert_eq!(ask(context), 0, "{context}");
        }
    }

    #[test]
    fn a_target_without_any_number_contradicts() {
        let ask = |goals: &str, rest: &str| {
            let answer = "Are performance targets defined and measurable? **Yes** - see Performance Goals";
            contradictions("PRD1105", plan(PRINCIPLE, answer, &format!("**Performance Goals**: {goals}\n{rest}"))).len()
        };
        for goals in
            ["fast and responsive", "No regression in runtime performance", "as fast as in Phase 2 (Principle II)"]
        {
            assert_eq!(ask(goals, ""), 1, "{goals}");
        }
        for goals in [
            "N/A", "N/A (documentation only)", "p95 < 200ms", "sub-100ms p95", "Sub-second response", "60 fps",
            "起動完了まで30秒以内", "per SC-001", "one measurable goal: O(1) per day",
            "[domain-specific, e.g., 1000 req/s]",
        ] {
            assert_eq!(ask(goals, ""), 0, "{goals}");
        }
        assert_eq!(ask("fast and responsive", "**Constraints**: <200ms p95"), 0);
    }
}
