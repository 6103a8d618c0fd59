//! Principle VIII, Security First: inputs, abuse, origins, headers, events and secrets are dealt with before
//! anything is exposed.

use plangate_core::Span;
use plangate_core::declare_principle;
use plangate_core::diagnostic::Place;
use plangate_core::evidence::{Evidence, Indicators, Missing, PlannedText, Proof, QuestionContext};
use plangate_core::feature::{Document, DocumentKind, State};
use plangate_core::plan::Verdict;
use plangate_core::repository::Setting;

use crate::answers;
use crate::credential::credentials;

declare_principle! {
    /// Inputs, abuse, origins, headers, events and secrets are dealt with before anything is exposed.
    pub SECURITY_FIRST = "VIII" "Security First", statuses: [Pass, Attention];

    /// ## What it finds
    /// No requirement, document, library or file that speaks of validating or sanitising input.
    ///
    /// ## Why it matters
    /// Input that nobody checks is how injection starts.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are all user inputs sanitized and validated? **No** - the client does that
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are all user inputs sanitized and validated? **Yes** - on the server, by schema
    /// ```
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-002**: The title MUST be validated: 1 to 120 characters, markup removed.
    /// ```
    question "PRD801" "unvalidated-input" = Duty "Are all user inputs sanitized and validated?",
        indicators: Indicators::terms(&[
            "validate", "validator", "sanitize", "sanitizer", "input check", "check input", "schema check", "escape",
            "escaping", "allowlist", "allow list", "whitelist", "parameterized query", "parameterised query",
            "prepared statement", "max length", "maximum length", "zod", "joi", "yup", "ajv", "valibot", "pydantic",
            "marshmallow", "dompurify", "class-validator", "fluentvalidation", "bean validation", "json schema",
            "xss", "sql injection", "validar", "valida", "validación", "validação", "sanear", "valider",
            "validation", "assainir", "validierung", "validieren", "eingabeprüfung", "校验", "驗證", "验证", "バリデーション",
            "検証", "サニタイズ", "유효성", "검증", "입력값",
        ])
        .dependencies(&[
            "zod", "joi", "yup", "ajv", "valibot", "superstruct", "io-ts", "arktype", "runtypes",
            "@sinclair/typebox", "class-validator", "express-validator", "validator", "celebrate", "vest",
            "vee-validate", "fastest-validator", "dompurify", "isomorphic-dompurify", "sanitize-html", "xss",
            "pydantic", "marshmallow", "cerberus", "voluptuous", "wtforms", "bleach", "nh3", "django",
            "djangorestframework", "fastapi", "attrs", "garde", "ammonia", "serde-valid",
            "*go-playground/validator*", "*ozzo-validation*", "*bluemonday*", "*hibernate-validator*",
            "*spring-boot-starter-validation*", "jakarta.validation*", "javax.validation*", "*konform*", "*jsoup*",
            "fluentvalidation*", "htmlsanitizer", "dry-validation", "activemodel", "rails", "respect/validation",
            "symfony/validator", "laravel/framework", "ecto", "formz", "json-schema*", "jsonschema",
        ])
        .files(&["**/*validat*", "**/*sanitiz*", "**/*sanitis*", "**/validators/**", "**/validation/**"]);

    /// ## What it finds
    /// No word on rate limits, quotas or throttling, in the documents or in the repository.
    ///
    /// ## Why it matters
    /// An endpoint without a limit is one loop away from being down for everybody.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Is rate limiting planned to prevent abuse? **No** - few users
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Is rate limiting planned to prevent abuse? **Yes** - per address and per account
    /// ```
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-007**: Sign-in MUST be rate limited to 5 attempts a minute.
    /// ```
    question "PRD802" "missing-rate-limit" = Duty "Is rate limiting planned to prevent abuse?",
        indicators: Indicators::terms(&[
            "rate limit", "rate limiting", "limit rate", "throttle", "throttling", "too many requests", "http 429",
            "status 429", "429 response", "returns 429", "request limit", "requests per minute",
            "requests per second per", "quota", "token bucket", "leaky bucket", "sliding window", "brute force",
            "account lockout", "lockout", "attempts per", "cooldown", "abuse prevention", "prevent abuse",
            "límite de tasa", "limitación de velocidad", "limitación de peticiones", "límite de peticiones",
            "limite de taxa", "limitação de taxa", "limite de requisições", "limitation de débit",
            "limite de requêtes", "ratenbegrenzung", "anfragelimit", "限流", "速率限制", "频率限制", "頻率限制", "レート制限",
            "スロットリング", "요청 제한", "속도 제한", "처리율 제한",
        ])
        .dependencies(&[
            "express-rate-limit", "express-slow-down", "rate-limiter-flexible", "rate-limit-redis", "bottleneck",
            "limiter", "p-throttle", "@nestjs/throttler", "@fastify/rate-limit", "fastify-rate-limit",
            "koa-ratelimit", "@upstash/ratelimit", "@arcjet/*", "hono-rate-limiter", "slowapi", "flask-limiter",
            "django-ratelimit", "fastapi-limiter", "limits", "aiolimiter", "ratelimit", "django-axes", "governor",
            "tower-governor", "actix-governor", "actix-limitation", "*golang.org/x/time*", "*ulule/limiter*",
            "*go-chi/httprate*", "*didip/tollbooth*", "*throttled/throttled*", "*bucket4j*",
            "*resilience4j-ratelimiter*", "*guava*", "aspnetcoreratelimit*", "rack-attack", "rack-throttle",
            "hammer", "plug-attack", "symfony/rate-limiter", "graphile-throttle",
        ])
        .files(&["**/*ratelimit*", "**/*rate-limit*", "**/*rate_limit*", "**/*throttl*"])
        .steps(&["rate limit"]);

    /// ## What it finds
    /// A wildcard origin that the feature plans or the repository configures, although the plan says that CORS is configured; or no word on CORS at all.
    ///
    /// Origins that a sentence forbids, that belong to development or to tests, or that research rejects, don't count.
    ///
    /// ## Why it matters
    /// With `*` every page on the web may read what this API answers.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are CORS policies configured? **Yes** - in the gateway
    /// ```
    /// ```md,file=research.md
    /// ## Gateway
    ///
    /// **Decision**: the gateway answers with `Access-Control-Allow-Origin: *`.
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are CORS policies configured? **Yes** - in the gateway
    /// ```
    /// ```md,file=research.md
    /// ## Gateway
    ///
    /// **Decision**: CORS allows `https://app.example.com` alone.
    /// ```
    question "PRD803" "open-cors" = Duty "Are CORS policies configured?",
        indicators: Indicators::terms(&[
            "cors", "cross-origin", "cross origin resource sharing", "allowed origin", "allow origin",
            "origin allowlist", "access-control-allow-origin", "same-origin", "origin check", "跨域", "跨來源", "オリジン間",
            "교차 출처",
        ])
        .dependencies(&[
            "cors", "@fastify/cors", "fastify-cors", "@koa/cors", "koa2-cors", "@types/cors", "@middy/http-cors",
            "flask-cors", "django-cors-headers", "aiohttp-cors", "actix-cors", "rocket-cors", "*/cors",
            "*gin-contrib/cors*", "*rs/cors*", "*go-chi/cors*", "*gorilla/handlers*", "microsoft.aspnetcore.cors",
            "rack-cors", "cors-plug", "corsica", "fruitcake/laravel-cors", "fruitcake/php-cors",
            "nelmio/cors-bundle", "shelf-cors-headers",
        ])
        .files(&[
            "**/*cors*.ts", "**/*cors*.js", "**/*cors*.py", "**/*cors*.go", "**/*cors*.java", "**/*cors*.kt",
            "**/*cors*.cs", "**/*cors*.rb", "**/*cors*.php", "**/*cors*.rs",
        ]),
        proof: open_cors;

    /// ## What it finds
    /// No word on security headers, in the documents or in the repository.
    ///
    /// ## Why it matters
    /// CSP, HSTS and X-Frame-Options stop whole classes of attack with one line each.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are security headers planned (CSP, X-Frame-Options, HSTS)? **No** - not yet
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are security headers planned (CSP, X-Frame-Options, HSTS)? **Yes** - by Helmet
    /// ```
    /// ```md,file=tasks.md
    /// ## Phase 2: Foundational
    ///
    /// - [ ] T006 Add Helmet with a strict Content-Security-Policy in src/server.ts
    /// ```
    question "PRD804" "missing-security-header" = Duty "Are security headers planned (CSP, X-Frame-Options, HSTS)?",
        indicators: Indicators::terms(&[
            "security header", "secure header", "helmet", "content-security-policy", "csp", "hsts",
            "strict-transport-security", "x-frame-options", "frame-ancestors", "x-content-type-options", "nosniff",
            "referrer-policy", "permissions-policy", "clickjacking", "cabeceras de seguridad",
            "encabezados de seguridad", "cabeçalhos de segurança", "en-têtes de sécurité", "sicherheitsheader",
            "安全头", "安全標頭", "安全响应头", "セキュリティヘッダー", "보안 헤더",
        ])
        .dependencies(&[
            "helmet", "@fastify/helmet", "fastify-helmet", "koa-helmet", "lusca", "next-secure-headers",
            "nuxt-security", "flask-talisman", "talisman", "django-csp", "secure", "*unrolled/secure*",
            "*gin-contrib/secure*", "nwebsec*", "netescapades.aspnetcore.securityheaders", "secure-headers",
            "bepsvpt/secure-headers", "spatie/laravel-csp", "*spring-boot-starter-security*", "*spring-security*",
            "tower-helmet",
        ])
        .files(&["**/*securityheader*", "**/*security-header*", "**/*security_header*", "**/*helmet*", "**/_headers"]);

    /// ## What it finds
    /// No word on an audit log or on security events, in the documents or in the repository.
    ///
    /// ## Why it matters
    /// An intrusion that nobody logged is found by the customers.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are security events logged? **No** - only errors are
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are security events logged? **Yes** - sign-ins and refusals
    /// ```
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-011**: Failed logins and denied requests MUST be written to the audit log.
    /// ```
    question "PRD805" "unlogged-security-event" = Duty "Are security events logged?",
        indicators: Indicators::terms(&[
            "audit log", "audit trail", "audit event", "audit entry", "audit record", "audit table", "audit service",
            "auditing", "auditability", "security event", "security log", "security audit log", "auth event",
            "authentication event", "login event", "login attempt", "failed login", "failed authentication",
            "failed sign-in", "access log", "access denied log", "log authentication", "log failed", "log security",
            "log unauthorized", "suspicious activity", "siem", "tamper-evident", "registro de auditoría",
            "auditoría", "log de auditoria", "auditoria", "eventos de seguridad", "eventos de segurança",
            "journal d'audit", "événement de sécurité", "prüfprotokoll", "sicherheitsereignis", "审计", "審計", "稽核",
            "安全日志", "監査ログ", "セキュリティイベント", "감사 로그", "보안 이벤트",
        ])
        .dependencies(&[
            "django-auditlog", "django-easy-audit", "django-simple-history", "audited", "paper-trail", "audit.net*",
            "owen-it/laravel-auditing", "spatie/laravel-activitylog", "*javers*", "*envers*", "ex-audit",
            "sqlalchemy-continuum",
        ])
        .files(&[
            "**/*auditlog*", "**/*audit-log*", "**/*audit_log*", "**/*audittrail*", "**/audit/**",
            "**/*securityevent*",
        ]);

    /// ## What it finds
    /// A literal with the shape of a credential in the feature's documents, a tracked `.env` file with values; or no word on where secrets come from.
    ///
    /// Private keys, keys and tokens of cloud and service vendors, and passwords in URLs count; placeholders don't. The secret is never printed.
    ///
    /// ## Why it matters
    /// What was committed once stays in the history, in every clone and in every fork.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are secrets externalized (not hardcoded)? **Yes** - all of them
    /// ```
    /// ```md,file=quickstart.md
    /// ## Run it
    ///
    /// Set `DATABASE_URL` to `postgres://app:Tr0ub4dor9@db.acme.io:5432/app`.
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VIII. Security First** ✅
    /// - Are secrets externalized (not hardcoded)? **Yes** - all of them
    /// ```
    /// ```md,file=quickstart.md
    /// ## Run it
    ///
    /// Set the environment variable `DATABASE_URL` to `postgres://app:<password>@db.acme.io:5432/app`.
    /// ```
    question "PRD806" "hardcoded-secret" = Duty "Are secrets externalized (not hardcoded)?",
        indicators: Indicators::terms(&[
            "environment variable", "env variable", "env var", "env file", "process.env", "os.environ", ".env",
            "dotenv", "getenv", "secret manager", "secrets manager", "secret store", "vault", "key vault",
            "keychain", "keystore", "keyring", "credential store", "credential manager", "user secrets",
            "github secrets", "repository secrets", "externalized secret", "externalize secret", "secret rotation",
            "secrets are", "hardcoded secret", "no secrets", "no hardcoded", "not hardcoded", "never hardcoded",
            "config map", "parameter store", "kms", "sops", "variable de entorno",
            "variables de entorno", "variável de ambiente", "variáveis de ambiente", "variable d'environnement",
            "variables d'environnement", "umgebungsvariable", "umgebungsvariablen", "环境变量", "環境變數", "環境変数", "환경 변수",
            "환경변수",
        ])
        .dependencies(&[
            "dotenv", "dotenv-*", "env-var", "envalid", "@t3-oss/env-*", "znv", "cross-env", "convict",
            "@nestjs/config", "python-dotenv", "python-decouple", "environs", "pydantic-settings", "django-environ",
            "dynaconf", "dotenvy", "envy", "figment", "*joho/godotenv*", "*spf13/viper*", "*caarlos0/env*",
            "*kelseyhightower/envconfig*", "dotenv-rails", "figaro", "vlucas/phpdotenv", "*vault*", "*keyring*",
            "*dotenv*", "@aws-sdk/client-secrets-manager", "@aws-sdk/client-ssm", "@google-cloud/secret-manager",
            "google-cloud-secret-manager", "@azure/keyvault-*", "azure-keyvault*", "azure.security.keyvault*",
            "flutter-secure-storage", "keytar",
        ])
        .files(&[
            ".env.example", ".env.sample", ".env.template", ".env.*.example", "*.env.example", "env.example",
            ".sops.yaml", ".gitleaks.toml", ".secrets.baseline", "**/vault/**",
        ])
        .steps(&["gitleaks", "trufflehog", "detect-secrets", "git-secrets", "secrets."]),
        proof: hardcoded_secret;
}

/// The documents that plan what will be served, and to whom.
const SERVING: [DocumentKind; 5] =
    [DocumentKind::Plan, DocumentKind::Spec, DocumentKind::Tasks, DocumentKind::Research, DocumentKind::Contract];

/// A wildcard origin that the feature plans, or that the repository configures.
fn open_cors(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if !answers(cx, Verdict::Yes) {
        return Ok(Proof::silent());
    }
    for document in cx.feature.documents.iter().filter(|document| SERVING.contains(&document.kind)) {
        if let Some(span) = wildcard_origin(document) {
            return Ok(Proof::contradicts(document.place(span), "every origin is allowed")
                .help("name the origins that may call, instead of `*`"));
        }
    }
    let open = cx.feature.repository().and_then(|facts| facts.settings.iter().find(|setting| opens_cors(setting)));
    Ok(open.map_or_else(Proof::silent, |setting| {
        Proof::contradicts(Place::new(&setting.path, setting.span), format!("`{}` allows every origin", setting.path))
            .help("name the origins that may call, instead of `*`")
    }))
}

/// A configured wildcard that is neither a test's nor a developer's.
fn opens_cors(setting: &Setting) -> bool {
    let private = ["test", "dev", "local", "mock", "example", "sample", "docs", "fixture", "storybook"];
    let path = setting.path.to_ascii_lowercase();
    setting.key == "cors-origin"
        && setting.value.trim_matches(['"', '\'', '[', ']', ' ']) == "*"
        && !path.split(['/', '.', '-', '_']).any(|part| private.iter().any(|word| part.starts_with(word)))
}

/// Settings that allow every origin by their name.
const OPEN_SETTINGS: [&str; 6] = [
    "allowanyorigin", "allow_all_origins=true", "allow_all_origins = true", "cors_allow_all_origins = true",
    "cors_origin_allow_all = true", "allowallorigins: true",
];

/// Words of a line that speak of a wildcard without planning it.
const NOT_PLANNED: [&str; 34] = [
    "never", "reject", "forbid", "forbidden", "avoid", "disallow", "deny", "denied", "block", "replace", "restrict",
    "tighten", "insecure", "vulnerab", "risk", "danger", "instead of", "rather than", "alternative", "currently",
    "today", "existing", "local", "develop", "dev ", "dev)", "test", "must not", "do not", "don't", "not allow",
    "not use", "no wildcard", "prevent",
];

/// The first wildcard origin that a document plans.
fn wildcard_origin(document: &Document) -> Option<Span> {
    if document.state != State::Provided {
        return None;
    }
    let planned = PlannedText::new(document);
    let lower = document.text.to_ascii_lowercase();
    let mut at = 0;
    for line in lower.split_inclusive('\n') {
        let found = if line.contains("origin") { open_origin(line) } else { None };
        if let Some((start, end)) = found {
            let span = Span::new(at + start, at + end);
            if !NOT_PLANNED.iter().any(|word| line.contains(word)) && planned.plans(span) {
                return Some(span);
            }
        }
        at += line.len();
    }
    None
}

/// Where a line in lower case sets an origin to `*`.
fn open_origin(line: &str) -> Option<(usize, usize)> {
    for setting in OPEN_SETTINGS {
        if let Some(start) = line.find(setting) {
            return Some((start, start + setting.len()));
        }
    }
    line.match_indices("origin").find_map(|(start, word)| {
        let behind = start + word.len();
        let rest = line[behind..].strip_prefix('s').unwrap_or(&line[behind..]);
        // "Set the CORS origin to `*`".
        let said = rest.strip_prefix(" to ");
        let rest = said.unwrap_or(rest);
        let gap = rest.bytes().take_while(|byte| b" \t:=(['\"`,".contains(byte)).count();
        let mut star = rest[gap..].chars();
        let alone = star.next() == Some('*')
            && star.next().is_none_or(|next| next.is_whitespace() || "'\"`]),;.|}".contains(next));
        let is_set = said.is_some() || rest[..gap].contains([':', '=', '(', '`', '\'', '"', '[']);
        (alone && is_set).then(|| (start, line.len() - rest.len() + gap + 1))
    })
}

/// The documents that may hold a credential.
const WRITTEN: [DocumentKind; 7] = [
    DocumentKind::Plan,
    DocumentKind::Spec,
    DocumentKind::Tasks,
    DocumentKind::Research,
    DocumentKind::DataModel,
    DocumentKind::Quickstart,
    DocumentKind::Contract,
];

/// A credential in the feature's documents, or a tracked `.env` file with values.
fn hardcoded_secret(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let documents = cx.feature.documents.iter().filter(|document| WRITTEN.contains(&document.kind));
    let mut proof = Proof { evidence: documents.filter_map(written_secret).collect(), ..Proof::silent() };
    proof.evidence.extend(cx.feature.repository().into_iter().flat_map(|facts| &facts.env_files).filter_map(|file| {
        let secret = file.secrets.first().filter(|_| !is_sample(&file.path))?;
        let place = Place::new(&file.path, secret.span);
        let mut evidence =
            Evidence::contradicts(place, format!("`{}` is tracked and holds a value for `{}`", file.path, secret.name));
        evidence.redact = file.secrets.iter().map(|secret| secret.span).collect();
        Some(evidence)
    }));
    if proof.contradiction().is_some() {
        proof =
            proof.help("revoke the secret, load it from the environment or a vault, and remove it from the history");
    }
    Ok(proof)
}

/// The first credential of a document, with every other one of it to be masked.
fn written_secret(document: &Document) -> Option<Evidence> {
    let found = credentials(&document.text);
    let first = found.first()?;
    let name = document.path.rsplit('/').next().unwrap_or(&document.path);
    let mut evidence = Evidence::contradicts(document.place(first.span), format!("{} stands in {name}", first.kind));
    evidence.redact = found.iter().map(|credential| credential.span).collect();
    Some(evidence)
}

fn is_sample(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    ["example", "sample", "template", "dist", "defaults"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use plangate_core::repository::{Dependency, EnvFile, RepositoryFacts};

    use super::*;
    use crate::asking::{contradictions, plan};

    const PRINCIPLE: &str = "VIII. Security First";

    fn cors(research: &str) -> Vec<String> {
        let answer = "Are CORS policies configured? **Yes** - in the gateway";
        contradictions("PRD803", plan(PRINCIPLE, answer, "").research(research))
    }

    #[test]
    fn a_planned_wildcard_contradicts() {
        for line in [
            "`Access-Control-Allow-Origin: *` for the API", "app.use(cors({ origin: '*' }))", "allow_origins=[\"*\"]",
            "registry.setAllowedOrigins(\"*\")", "builder.AllowAnyOrigin()", "Set the CORS origin to `*`",
        ] {
            assert_eq!(cors(&format!("# Research\n\n{line}\n")), ["every origin is allowed"], "{line}");
        }
    }

    #[test]
    fn other_wildcards_do_not() {
        for line in [
            "never set the origin to `*`", "origin: '*' in development only", "- **Origin**: *the gateway* decides",
            "origin: https://*.example.com", "The origin * of this idea is unknown", "origins:\n* a list",
        ] {
            assert!(cors(&format!("# Research\n\n{line}\n")).is_empty(), "{line}");
        }
    }

    #[test]
    fn a_secret_is_named_and_never_told() {
        let answer = "Are secrets externalized (not hardcoded)? **Yes** - all of them";
        let feature = plan(PRINCIPLE, answer, "")
            .quickstart("Use `postgres://app:Tr0ub4dor9@db.acme.io/app` and `redis://:s3cr3tcache@kv.acme.io`.")
            .complete()
            .build();
        let quickstart = feature.document(DocumentKind::Quickstart).expect("a quickstart");
        let evidence = written_secret(quickstart).expect("a secret");
        assert_eq!(evidence.note, "a password in a URL stands in quickstart.md");
        let masked: Vec<&str> = evidence.redact.iter().map(|span| span.text(&quickstart.text)).collect();
        assert_eq!(masked, ["Tr0ub4dor9", "s3cr3tcache"]);
    }

    #[test]
    fn a_tracked_env_file_contradicts() {
        let answer = "Are secrets externalized (not hardcoded)? **Yes** - all of them";
        let facts = |path: &str| {
            let (mut secret, mut file) = (Dependency::default(), EnvFile::default());
            secret.name = "DB_PASSWORD".to_owned();
            (file.path, file.secrets) = (path.to_owned(), vec![secret]);
            let mut facts = RepositoryFacts::of_paths([path]);
            facts.env_files = vec![file];
            facts
        };
        let found = |path| contradictions("PRD806", plan(PRINCIPLE, answer, "").repository(facts(path)));
        assert_eq!(found("api/.env"), ["`api/.env` is tracked and holds a value for `DB_PASSWORD`"]);
        assert!(found("api/.env.example").is_empty());
    }
}
