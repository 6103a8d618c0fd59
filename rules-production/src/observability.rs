//! Principle IX, Observability & Monitoring: what runs can be seen, measured, asked and heard.

use plangate_core::declare_principle;
use plangate_core::evidence::Indicators;

declare_principle! {
    /// What runs can be seen, measured, asked and heard.
    pub OBSERVABILITY = "IX" "Observability & Monitoring", statuses: [Pass, Attention, NotApplicable];

    /// ## What it finds
    /// No word on structured logs or on correlation, request or trace ids, and no library for them.
    ///
    /// ## Why it matters
    /// Lines that can't be joined by a request tell nobody what one user met.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Are structured logs with correlation IDs planned? **No** - plain lines will do
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Are structured logs with correlation IDs planned? **Yes** - JSON, one id per request
    /// ```
    /// ```md,file=research.md
    /// ## Logging
    ///
    /// **Decision**: pino with a correlation id taken from `X-Request-Id`.
    /// ```
    question "PRD901" "unstructured-log" = Duty "Are structured logs with correlation IDs planned?",
        indicators: Indicators::terms(&[
            "structured log", "structured logging", "json log", "log in json", "structured json", "correlation id",
            "request id", "trace id", "traceid", "x-request-id", "traceparent", "distributed tracing",
            "trace context", "opentelemetry", "otel", "pino", "winston", "bunyan", "structlog", "loguru", "zerolog",
            "zap logger", "slog", "logrus", "serilog", "nlog", "logback", "log4j", "slf4j", "tracing subscriber",
            "tracing crate", "lograge", "monolog", "ilogger", "log estructurado", "logs estructurados",
            "logging estructurado", "registro estructurado", "log estruturado", "logs estruturados",
            "journalisation structurée", "logs structurés", "strukturierte logs", "strukturiertes logging",
            "korrelations-id", "结构化日志", "結構化日誌", "結構化記錄", "构造化日志", "構造化ログ", "相関id", "구조화된 로그", "구조화 로깅", "상관관계 id",
        ])
        .dependencies(&[
            "pino", "pino-*", "nestjs-pino", "winston", "winston-*", "bunyan", "log4js", "tslog", "consola",
            "loglevel", "roarr", "express-winston", "cls-rtracer", "express-request-id", "structlog", "loguru",
            "python-json-logger", "asgi-correlation-id", "django-structlog", "django-guid", "tracing",
            "tracing-subscriber", "slog", "log4rs", "*uber-go/zap*", "*go.uber.org/zap*", "*rs/zerolog*",
            "*sirupsen/logrus*", "*go-logr/logr*", "*logback*", "*log4j*", "*slf4j*", "*kotlin-logging*",
            "*logstash-logback-encoder*", "serilog*", "nlog*", "log4net", "microsoft.extensions.logging*", "lograge",
            "semantic-logger", "ougai", "monolog/monolog", "logger-json", "*opentelemetry*", "@opentelemetry/*",
        ])
        .files(&[
            "**/*correlation*", "**/*requestid*", "**/*request-id*", "**/*request_id*", "**/*logger.*",
            "logback*.xml", "log4j2*.xml", "nlog.config",
        ]);

    /// ## What it finds
    /// No metrics library, no `/metrics`, and no named metric of requests, errors or latency.
    ///
    /// ## Why it matters
    /// Without the rate of errors, a release that broke something looks like any other.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Are metrics exposed (request count, error rate, response time)? **No** - logs are enough
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Are metrics exposed (request count, error rate, response time)? **Yes** - for Prometheus
    /// ```
    /// ```md,file=tasks.md
    /// ## Phase 2: Foundational
    ///
    /// - [ ] T008 Expose request count and error rate at GET /metrics in src/metrics.ts
    /// ```
    question "PRD902" "missing-metric" = Duty "Are metrics exposed (request count, error rate, response time)?",
        indicators: Indicators::terms(&[
            "prometheus", "metrics endpoint", "get metrics", "metrics middleware", "metrics collector",
            "metrics exporter", "metrics registry", "metrics server", "metrics service", "metrics library",
            "metrics dashboard", "application metric", "request metric", "error metric", "latency metric",
            "custom metric", "business metric", "operational metric", "service metric",
            "runtime metric", "expose metric", "export metric", "emit metric", "record metric", "collect metric",
            "publish metric", "track metric", "request count", "request counter", "request rate",
            "error rate", "error counter", "response time metric", "latency histogram", "request duration",
            "histogram", "statsd", "micrometer", "opentelemetry", "otlp", "application insights", "datadog",
            "new relic", "grafana", "cloudwatch metric", "golden signals", "four golden", "red metrics", "telemetry",
            "apm", "métricas", "métrique", "métriques", "metriken", "指标", "指標", "メトリクス", "메트릭", "지표",
        ])
        .dependencies(&[
            "prom-client", "express-prom-bundle", "express-prometheus-middleware", "@willsoto/nestjs-prometheus",
            "fastify-metrics", "hot-shots", "node-statsd", "@opentelemetry/*", "appmetrics*", "swagger-stats",
            "prometheus-client", "prometheus-fastapi-instrumentator", "starlette-exporter", "django-prometheus",
            "prometheus-flask-exporter", "statsd", "datadog", "ddtrace", "dd-trace", "newrelic", "opentelemetry-*",
            "metrics", "metrics-exporter-prometheus", "prometheus", "axum-prometheus", "opentelemetry",
            "*prometheus/client-golang*", "*go.opentelemetry.io*", "*vm/metrics*", "*victoriametrics/metrics*",
            "*micrometer*", "*dropwizard.metrics*", "*spring-boot-starter-actuator*", "prometheus-net*",
            "app.metrics*", "opentelemetry.*", "*applicationinsights*", "yabeda*", "prometheus-client-mmap",
            "telemetry-metrics", "telemetry-metrics-prometheus", "prom-ex", "promphp/prometheus-client-php",
            "applicationinsights",
        ])
        .files(&["**/*metrics*.*", "**/metrics/**", "prometheus*.y*ml", "**/grafana/**", "otel*.y*ml"]);

    /// ## What it finds
    /// No health, liveness or readiness check in contracts, tasks, or the paths of the sources.
    ///
    /// ## Why it matters
    /// Whatever restarts or routes around a broken instance has to be able to ask it.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Are health check endpoints planned? **No** - the process restarts itself
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Are health check endpoints planned? **Yes** - one for the orchestrator
    /// ```
    /// ```md,file=contracts/http.md
    /// ## GET /health
    ///
    /// Answers 200 while the database can be reached.
    /// ```
    question "PRD903" "missing-health-check" = Duty "Are health check endpoints planned?",
        indicators: Indicators::terms(&[
            "health check", "healthcheck", "health endpoint", "health probe", "health route", "health status",
            "health report", "health api", "get health", "api health", "v1 health", "health live", "health ready",
            "health handler", "health controller", "healthz", "livez", "readyz", "liveness", "readiness probe",
            "readiness check", "readiness endpoint", "startup probe", "heartbeat endpoint", "ping endpoint",
            "status endpoint", "actuator", "comprobación de salud", "chequeo de salud", "endpoint de salud",
            "verificação de saúde", "vérification de santé", "contrôle de santé", "gesundheitsprüfung", "健康检查",
            "健康檢查", "ヘルスチェック", "헬스 체크", "헬스체크", "상태 확인",
        ])
        .dependencies(&[
            "@nestjs/terminus", "@godaddy/terminus", "lightship", "express-healthcheck",
            "@cloudnative/health-connect", "fastify-healthcheck", "under-pressure", "@fastify/under-pressure",
            "django-health-check", "fastapi-health", "fastapi-healthcheck", "py-healthcheck", "*health-go*",
            "*alexliesenfeld/health*", "*heptiolabs/healthcheck*", "*spring-boot-starter-actuator*",
            "aspnetcore.healthchecks*", "microsoft.extensions.diagnostics.healthchecks*", "*smallrye-health*",
            "okcomputer", "health-check", "plug-checkup", "spatie/laravel-health", "tonic-health",
        ])
        .files(&["**/*health*.*", "**/health/**", "**/healthz/**", "**/*liveness*", "**/*readiness*"])
        .steps(&["healthcheck", "curl health", "healthz"]);

    /// ## What it finds
    /// No place named to which the logs of all instances go.
    ///
    /// ## Why it matters
    /// Logs that die with their container are missing exactly when they are needed.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Is centralized logging integration planned? **No** - each host keeps its own
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Is centralized logging integration planned? **Yes** - shipped to Loki
    /// ```
    /// ```md,file=research.md
    /// ## Logs
    ///
    /// **Decision**: Fluent Bit ships standard output to Loki, kept for 30 days.
    /// ```
    question "PRD904" "scattered-log" = Duty "Is centralized logging integration planned?",
        indicators: Indicators::terms(&[
            "centralized log", "centralised log", "central log", "log aggregation", "aggregate log",
            "log aggregator", "log shipping", "ship logs", "log collector", "log forwarding", "log sink",
            "log drain", "log analytics", "log pipeline", "elk", "elk stack", "elastic stack", "elasticsearch",
            "logstash", "kibana", "loki", "splunk", "datadog", "cloudwatch", "papertrail", "fluentd", "fluent bit",
            "filebeat", "promtail", "graylog", "sumo logic", "stackdriver", "cloud logging", "azure monitor",
            "application insights", "opentelemetry collector", "otel collector", "otlp exporter", "seq server",
            "better stack", "logtail", "axiom", "new relic", "loggly", "logz.io", "honeycomb", "coralogix",
            "journald", "syslog", "openobserve", "signoz", "logs centralizados", "registro centralizado",
            "logging centralizado", "log centralizado", "journalisation centralisée", "zentrale protokollierung",
            "zentrales logging", "集中日志", "日志聚合", "集中式日志", "日誌集中", "ログ集約", "集中ログ", "중앙 집중식 로깅", "중앙 로그", "로그 수집",
        ])
        .dependencies(&[
            "winston-cloudwatch", "winston-loki", "winston-elasticsearch", "winston-transport*", "pino-loki",
            "pino-elasticsearch", "pino-datadog*", "pino-http-send", "@logtail/*", "@axiomhq/*", "@datadog/*",
            "dd-trace", "ddtrace", "datadog*", "newrelic*", "watchtower", "python-logstash*", "logstash*",
            "*logstash-logback-encoder*", "*loki-logback-appender*", "google-cloud-logging",
            "@google-cloud/logging*", "azure-monitor-*", "@azure/monitor-*", "applicationinsights*",
            "*applicationinsights*", "serilog.sinks.elasticsearch", "serilog.sinks.seq", "serilog.sinks.datadog*",
            "serilog.sinks.grafana.loki", "serilog.sinks.applicationinsights", "serilog.sinks.splunk",
            "serilog.sinks.opentelemetry", "elastic.*", "opentelemetry-otlp", "@opentelemetry/exporter-*",
            "opentelemetry-exporter-*", "opentelemetry.exporter.*", "tracing-loki", "tracing-opentelemetry",
            "*fluent-logger*", "splunk-*", "*gelf*", "graypy",
        ])
        .files(&[
            "**/loki*.y*ml", "promtail*.y*ml", "fluent*.conf", "fluent-bit*.y*ml", "**/fluentd/**", "filebeat*.y*ml",
            "logstash*.conf", "**/logstash/**", "otel-collector*.y*ml", "vector.toml", "vector.yaml",
            "datadog*.y*ml",
        ]);

    /// ## What it finds
    /// No alert, pager or notification that tells a person of a critical error.
    ///
    /// ## Why it matters
    /// A dashboard that nobody looks at has never woken anybody.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Are alerts configured for critical errors? **No** - users will call
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **IX. Observability & Monitoring** ✅
    /// - Are alerts configured for critical errors? **Yes** - two rules
    /// ```
    /// ```md,file=tasks.md
    /// ## Phase 6: Operations
    ///
    /// - [ ] T031 Add alert rules for an error rate above 2 % in ops/prometheus-alerts.yml
    /// ```
    question "PRD905" "missing-alert" = Duty "Are alerts configured for critical errors?",
        indicators: Indicators::terms(&[
            "alert rule", "alerting rule", "alert manager", "alertmanager", "alert threshold", "alert policy",
            "alert on", "alert if", "alert fires", "alerts for", "alerts are", "alert channel",
            "alert notification", "alert configuration", "=alerting", "critical alert",
            "operator alert", "failure alert", "monitoring alert", "health alert", "uptime alert", "slo alert",
            "burn rate", "pagerduty", "opsgenie", "victorops", "on-call", "slack alert",
            "slack notification", "email alert", "alarm", "cloudwatch alarm",
            "failure notification", "notify on error", "notify on failure", "notify operators", "notify the team",
            "sentry", "bugsnag", "rollbar", "uptime monitor", "dead man", "=alerta", "=alertas",
            "=alerte", "=alertes", "alarmierung", "告警", "警報", "报警", "アラート", "경고 알림", "알람", "알림 규칙",
        ])
        .dependencies(&[
            "@sentry/*", "sentry-sdk", "sentry", "sentry-*", "*getsentry*", "io.sentry*", "sentry.*", "rollbar*",
            "@bugsnag/*", "bugsnag*", "raygun*", "@honeybadger-io/*", "honeybadger*", "airbrake*", "@airbrake/*",
            "elastic-apm*", "appsignal*", "*pagerduty*", "*opsgenie*", "exception-notification", "newrelic*",
            "applicationinsights*", "*crashlytics*", "datadog*", "dd-trace", "ddtrace",
        ])
        .files(&[
            "**/*alert*.y*ml", "**/*alert*.json", "**/*alert*.tf", "**/alerts/**", "**/alerting/**",
            "**/alertmanager/**", "**/*alarm*.tf", "**/*alarm*.y*ml", "sentry.*.config.*", "sentry.properties",
        ]);
}
