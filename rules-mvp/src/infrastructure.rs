//! Infrastructure that somebody has to run: how plans name it, and what it leaves in a repository.

use std::collections::HashSet;

use plangate_core::repository::{PathIndex, RepositoryFacts};

use crate::package_item::contains_name;
use crate::passage::{Clause, Passage};

/// A database, cache, broker, search engine, orchestrator or monitoring system.
#[derive(Debug, PartialEq)]
pub(crate) struct Infrastructure {
    pub(crate) name: &'static str,
    /// How plans name it, each as its words.
    phrases: &'static [&'static [&'static str]],
    /// Words in the names of its drivers, in paths and in the steps of workflows.
    traces: &'static [&'static str],
}

macro_rules! infrastructure {
    ($($name:literal: [$([$($word:literal),+]),+], [$($trace:literal),*];)+) => {
        &[$(Infrastructure { name: $name, phrases: &[$(&[$($word),+]),+], traces: &[$($trace),*] }),+]
    };
}

/// SQLite, files and browser storage run nowhere, so they are not here.
static KNOWN: &[Infrastructure] = infrastructure! {
    "PostgreSQL": [["postgresql"], ["postgres"]], ["postgresql", "postgres", "pg", "psycopg", "psycopg2", "psycopg3", "asyncpg", "npgsql", "pgx", "pq", "postgrex", "sqlx", "prisma", "libpq"];
    "MySQL": [["mysql"]], ["mysql", "mysql2", "pymysql", "mysqlclient", "aiomysql", "mysqlconnector", "myxql", "sqlx", "prisma"];
    "MariaDB": [["mariadb"]], ["mariadb", "mysql", "mysql2", "pymysql"];
    "SQL Server": [["sql", "server"], ["mssql"]], ["mssql", "tedious", "sqlclient", "sqlserver", "pyodbc", "tiberius"];
    "Oracle Database": [["oracle", "database"], ["oracle", "db"]], ["oracle", "oracledb", "cx_oracle", "ojdbc11", "ojdbc8"];
    "CockroachDB": [["cockroachdb"]], ["cockroachdb", "cockroach", "pg", "pgx"];
    "MongoDB": [["mongodb"], ["mongo"]], ["mongodb", "mongo", "mongoose", "pymongo", "motor", "beanie", "mongoid"];
    "DynamoDB": [["dynamodb"]], ["dynamodb", "dynamo", "boto3", "pynamodb", "dynamoose"];
    "Cassandra": [["cassandra"], ["scylladb"]], ["cassandra", "scylla", "gocql"];
    "Neo4j": [["neo4j"]], ["neo4j"];
    "InfluxDB": [["influxdb"]], ["influxdb", "influx"];
    "TimescaleDB": [["timescaledb"], ["timescale"]], ["timescaledb", "timescale"];
    "ClickHouse": [["clickhouse"]], ["clickhouse"];
    "CouchDB": [["couchdb"]], ["couchdb", "nano", "pouchdb"];
    "Redis": [["redis"], ["valkey"]], ["redis", "ioredis", "valkey", "aioredis", "rediss", "stackexchange", "jedis", "lettuce", "bullmq", "redix"];
    "Memcached": [["memcached"]], ["memcached", "memjs", "pymemcache"];
    "Kafka": [["kafka"], ["redpanda"]], ["kafka", "kafkajs", "rdkafka", "confluent", "redpanda", "aiokafka", "sarama"];
    "RabbitMQ": [["rabbitmq"]], ["rabbitmq", "amqplib", "amqp", "pika", "lapin", "masstransit", "amqp091"];
    "NATS": [["nats"]], ["nats", "jetstream"];
    "Pulsar": [["pulsar"]], ["pulsar"];
    "SQS": [["sqs"]], ["sqs", "boto3"];
    "Elasticsearch": [["elasticsearch"]], ["elasticsearch", "elastic", "searchkick"];
    "OpenSearch": [["opensearch"]], ["opensearch"];
    "Meilisearch": [["meilisearch"]], ["meilisearch"];
    "Typesense": [["typesense"]], ["typesense"];
    "Solr": [["solr"]], ["solr", "pysolr"];
    "Qdrant": [["qdrant"]], ["qdrant"];
    "Weaviate": [["weaviate"]], ["weaviate"];
    "Milvus": [["milvus"]], ["milvus", "pymilvus"];
    "Kubernetes": [["kubernetes"], ["k8s"]], ["kubernetes", "k8s", "helm", "kustomization", "kubectl", "chart"];
    "Nomad": [["nomad"]], ["nomad"];
    "Docker Swarm": [["docker", "swarm"]], ["swarm"];
    "Prometheus": [["prometheus"]], ["prometheus", "prom", "micrometer", "promclient"];
    "Grafana": [["grafana"]], ["grafana"];
    "Loki": [["loki"]], ["loki", "promtail"];
    "Jaeger": [["jaeger"]], ["jaeger", "opentelemetry"];
    "Datadog": [["datadog"]], ["datadog", "dd", "ddtrace"];
    "New Relic": [["new", "relic"]], ["newrelic", "relic"];
    "Consul": [["consul"]], ["consul"];
    "etcd": [["etcd"]], ["etcd"];
    "Temporal": [["temporal", "server"], ["temporal", "cluster"]], ["temporal", "temporalio"];
    "Airflow": [["airflow"]], ["airflow"];
};

/// PHP brings the drivers of these, so no manifest shows them.
const DRIVEN_BY_PHP: &[&str] = &["PostgreSQL", "MySQL", "MariaDB"];

impl Infrastructure {
    /// What a clause names, with the range of its words; nothing in a clause that denies it.
    pub(crate) fn named_in(clause: &Clause) -> Vec<(&'static Self, std::ops::Range<usize>)> {
        if clause.denies() || clause.speaks_of_standing() {
            return Vec::new();
        }
        let mut found: Vec<_> = KNOWN
            .iter()
            .filter_map(|known| Some((known, known.phrases.iter().find_map(|phrase| clause.find(phrase))?)))
            .collect();
        found.sort_by_key(|(_, range)| range.start);
        found
    }

    /// Whether a manifest, a path or a step of the repository shows it.
    pub(crate) fn is_in(&self, facts: &RepositoryFacts) -> bool {
        if facts.languages().any(|language| language == "php") && DRIVEN_BY_PHP.contains(&self.name) {
            return true;
        }
        let shown = |text: &str| pieces(text).any(|piece| self.traces.contains(&piece.as_str()));
        let paths: &PathTraces = facts.paths.index();
        let dependencies = facts.manifests.iter().flat_map(|manifest| &manifest.dependencies);
        let scripts = facts.manifests.iter().flat_map(|manifest| &manifest.scripts);
        let steps = facts.workflows.iter().flat_map(|workflow| &workflow.steps);
        dependencies.into_iter().any(|dependency| shown(&dependency.name))
            || self.traces.iter().any(|trace| paths.0.contains(trace))
            || scripts.into_iter().any(|script| shown(&script.command))
            || steps.into_iter().any(|step| shown(&step.text))
    }

    /// Whether `text` speaks of it.
    pub(crate) fn is_named_in_text(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.phrases.iter().any(|phrase| contains_name(&lower, &phrase.join(" ")))
    }
}

/// The traces that the paths of a repository hold.
struct PathTraces(HashSet<&'static str>);

impl PathIndex for PathTraces {
    fn of(paths: &[String]) -> Self {
        let known: HashSet<&'static str> = KNOWN.iter().flat_map(|known| known.traces).copied().collect();
        let pieces = paths.iter().filter(|path| !is_prose(path)).flat_map(|path| pieces(path));
        Self(pieces.filter_map(|piece| known.get(piece.as_str()).copied()).collect())
    }
}

/// A feature's documents name what is planned, and a page names anything.
fn is_prose(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".mdx") || path.starts_with("specs/") || path.starts_with(".specify/")
}

/// The words of a name or path, in lower case.
fn pieces(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).map(str::to_lowercase)
}

/// Whether `text` cites a requirement or a success criterion: `FR-012`, `NFR-003`, `SC-001`.
pub(crate) fn cites_requirement(text: &str) -> bool {
    Passage::folded(text, plangate_core::Span::default()).words().windows(2).any(|pair| {
        matches!(pair[0].text.as_str(), "fr" | "nfr" | "sc") && pair[1].text.starts_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::folded;

    fn names(text: &str) -> Vec<&'static str> {
        folded(text).iter().flat_map(Infrastructure::named_in).map(|(known, _)| known.name).collect()
    }

    #[test]
    fn what_is_denied_or_stands_is_not_named() {
        assert_eq!(names("PostgreSQL 15 with a Redis cache"), ["PostgreSQL", "Redis"]);
        assert_eq!(names("In-memory, no Redis for now"), [""; 0]);
        assert_eq!(names("the existing PostgreSQL"), [""; 0]);
        assert_eq!(names("SQLite file"), [""; 0]);
    }

    #[test]
    fn drivers_and_paths_are_traces() {
        let facts = RepositoryFacts::of_paths(["backend/prometheus.yml", "docs/kafka.md"]);
        let known = |name: &str| KNOWN.iter().find(|known| known.name == name).expect("it is known");
        assert!(known("Prometheus").is_in(&facts));
        assert!(!known("Kafka").is_in(&facts));
    }

    #[test]
    fn ids_are_cited() {
        assert!(cites_requirement("needed for FR-012"));
        assert!(cites_requirement("(SC-001)"));
        assert!(!cites_requirement("for speed"));
    }
}
