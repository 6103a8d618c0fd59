//! Principle X, Deployment Excellence: the feature ships the same way everywhere, without downtime, with a
//! way back.

use plangate_core::Span;
use plangate_core::declare_principle;
use plangate_core::diagnostic::Place;
use plangate_core::evidence::{Evidence, Indicators, Missing, Proof, QuestionContext, Says};
use plangate_core::plan::Verdict;
use plangate_core::repository::Workflow;

use crate::{answers, words};

declare_principle! {
    /// The feature ships the same way everywhere, without downtime, with a way back.
    pub DEPLOYMENT_EXCELLENCE = "X" "Deployment Excellence", statuses: [Pass, Attention, NotApplicable];

    /// ## What it finds
    /// A container that the plan says is there, and no Dockerfile, Containerfile, compose file or chart in the repository; or no word on one.
    ///
    /// ## Why it matters
    /// What runs on one machine only was never deployed, it was copied.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is containerized deployment planned? **Yes** - already configured
    /// ```
    /// ```text,repository
    /// package.json
    /// src/server.ts
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is containerized deployment planned? **Yes** - already configured
    /// ```
    /// ```text,repository
    /// Dockerfile
    /// package.json
    /// src/server.ts
    /// ```
    question "PRD1001" "missing-container" = Duty "Is containerized deployment planned?",
        indicators: Indicators::terms(&[
            "docker", "dockerfile", "dockerize", "containerfile", "containerize", "container image",
            "container build", "container registry", "containers", "oci image", "podman", "buildah", "kubernetes",
            "k8s", "helm chart", "helm", "docker compose", "cloud run", "fargate", "ecs", "container apps", "nomad",
            "buildpack", "distroless", "contenedor", "contenedores", "contêiner", "contêineres", "conteneur",
            "conteneurs", "containerisierung", "容器", "コンテナ", "컨테이너", "도커",
        ])
        .files(&[
            "Dockerfile", "Containerfile", "docker-compose.yml", "Chart.yaml", "Dockerfile.*", "*.dockerfile",
            "Dockerfile-*", "Containerfile.*", "docker-compose*.y*ml", "compose*.y*ml", "compose.yml",
            "compose.yaml", ".dockerignore", "**/docker/**", "**/helm/**", "**/charts/**", "**/k8s/**",
            "**/kubernetes/**", "**/kustomize/**", "kustomization.y*ml", "skaffold.y*ml", "Tiltfile",
            "docker-bake.hcl", "project.toml", "*.nomad", "*.nomad.hcl", "fly.toml", "Earthfile",
            "captain-definition",
        ])
        .dependencies(&[
            "*jib-maven-plugin*", "*com.google.cloud.tools.jib*", "microsoft.net.build.containers",
            "*docker-maven-plugin*", "*dockerfile-maven*",
        ])
        .steps(&[
            "docker build", "docker compose", "docker push", "docker/build-push-action", "podman build", "buildah",
            "kaniko", "ko build", "jib", "pack build", "helm upgrade", "kubectl apply",
        ])
        .traced();

    /// ## What it finds
    /// No word on environment variables or configuration files, and no such file in the repository.
    ///
    /// ## Why it matters
    /// A setting in the code needs a release for every environment.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is configuration externalized? **No** - constants in the code
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is configuration externalized? **Yes** - from the environment
    /// ```
    /// ```md,file=quickstart.md
    /// ## Configure
    ///
    /// Copy `.env.example` and set the environment variables it lists.
    /// ```
    question "PRD1002" "embedded-configuration" = Duty "Is configuration externalized?",
        indicators: Indicators::terms(&[
            "environment variable", "env variable", "env var", "env file", ".env", "process.env", "os.environ",
            "getenv", "config file", "configuration file", "config.yaml", "config.yml", "config.toml", "config.json",
            "settings file", "settings.json", "externalized config", "externalize config", "external configuration",
            "appsettings", "application.yml", "application.properties", "configmap", "config map", "feature flag",
            "twelve-factor", "12-factor", "ioptions", "app settings", "runtime configuration", "command-line flag",
            "variable de entorno", "variables de entorno", "archivo de configuración", "variável de ambiente",
            "variáveis de ambiente", "arquivo de configuração", "variable d'environnement",
            "variables d'environnement", "fichier de configuration", "umgebungsvariable", "umgebungsvariablen",
            "konfigurationsdatei", "环境变量", "環境變數", "配置文件", "設定檔", "環境変数", "設定ファイル", "환경 변수", "환경변수", "설정 파일",
        ])
        .files(&[
            ".env.example", ".env.sample", ".env.template", "*.env.example", ".env.*.example", "env.example",
            "appsettings*.json", "application*.yml", "application*.yaml", "application*.properties",
            "**/config/*.y*ml", "**/config/*.toml", "**/config/*.json", "**/config/*.exs", "**/config/*.js",
            "**/config/*.ts", "**/config/*.py", "**/settings.py", "**/settings/*.py", "config.y*ml", "config.toml",
            "values*.y*ml", "**/configmap*.y*ml", "*.tfvars", ".flaskenv", "settings.toml", "**/env.ts",
            "**/env.mjs",
        ])
        .dependencies(&[
            "dotenv", "dotenv-*", "env-var", "envalid", "@t3-oss/env-*", "znv", "convict", "config",
            "node-config-ts", "nconf", "rc", "cosmiconfig", "@nestjs/config", "cross-env", "python-dotenv",
            "python-decouple", "environs", "pydantic-settings", "django-environ", "dynaconf", "omegaconf",
            "hydra-core", "dotenvy", "envy", "figment", "config-rs", "confy", "*joho/godotenv*", "*spf13/viper*",
            "*caarlos0/env*", "*kelseyhightower/envconfig*", "*knadh/koanf*", "*spring-boot-starter*",
            "*spring-cloud-config*", "*typesafe*config*", "*hoplite*", "microsoft.extensions.configuration*",
            "microsoft.extensions.options*", "dotenv-rails", "figaro", "anyway-config", "vlucas/phpdotenv",
            "symfony/dotenv", "flutter-dotenv", "envied",
        ]);

    /// ## What it finds
    /// No vault, secrets manager or key store from which secrets are loaded, in the documents or in the repository.
    ///
    /// ## Why it matters
    /// A secret in a file is rotated when somebody remembers the file.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Are secrets loaded from secure vault? **No** - from a file on the host
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Are secrets loaded from secure vault? **Yes** - when the service starts
    /// ```
    /// ```md,file=research.md
    /// ## Secrets
    ///
    /// **Decision**: AWS Secrets Manager, read once and refreshed hourly.
    /// ```
    question "PRD1003" "secret-outside-vault" = Duty "Are secrets loaded from secure vault?",
        indicators: Indicators::terms(&[
            "vault", "secrets manager", "secret manager", "key vault", "keyvault", "kms", "key management service",
            "sealed secret", "external secret", "parameter store", "secret store", "secretstore", "secrets store",
            "1password", "doppler", "infisical", "sops", "keychain", "keyring", "keystore", "credential manager",
            "github secrets", "github actions secrets", "repository secrets", "actions secrets", "kubernetes secret",
            "docker secret", "wrangler secret", "fly secrets", "hashicorp", "openbao", "conjur", "berglas",
            "secure storage", "encrypted secret", "encrypted credentials", "dpapi", "data protection api", "bóveda",
            "gestor de secretos", "cofre", "gerenciador de segredos", "coffre-fort", "gestionnaire de secrets",
            "tresor", "geheimnisverwaltung", "密钥管理", "金鑰管理", "密钥库", "シークレットマネージャー", "シークレット管理", "비밀 관리", "시크릿 매니저",
        ])
        .files(&[
            "**/vault/**", "*vault*.hcl", "*vault*.y*ml", ".sops.yaml", "**/*sealedsecret*", "**/*sealed-secret*",
            "**/*externalsecret*", "**/*external-secret*", "**/*secretstore*", "doppler.yaml", ".infisical.json",
            "**/*secretsmanager*", "**/*secrets-manager*", "config/credentials*.yml.enc",
        ])
        .dependencies(&[
            "*vault*", "hvac", "@aws-sdk/client-secrets-manager", "@aws-sdk/client-ssm", "@aws-sdk/client-kms",
            "aws-secretsmanager*", "aws-sdk-secretsmanager", "aws-sdk-ssm", "aws-sdk-kms", "*secretsmanager*",
            "*secret-manager*", "@google-cloud/secret-manager", "google-cloud-secret-manager", "@google-cloud/kms",
            "google-cloud-kms", "@azure/keyvault-*", "azure-keyvault*", "azure.security.keyvault*",
            "azure.extensions.aspnetcore.configuration.secrets", "@infisical/*", "infisical*", "@1password/*",
            "onepassword*", "keytar", "keyring", "*zalando/go-keyring*", "*99designs/keyring*", "secret-service",
            "security-framework", "flutter-secure-storage", "expo-secure-store", "react-native-keychain",
            "*getsops*", "*microsoft.aspnetcore.dataprotection*",
        ])
        .steps(&[
            "hashicorp/vault-action", "vault", "secretsmanager", "get-secretmanager-secrets", "keyvault",
            "1password/load-secrets-action", "doppler", "infisical", "sops",
        ]);

    /// ## What it finds
    /// A pipeline that the plan says is configured, and no workflow file in the repository; or no word on one. Where there are workflows, the evidence says which of test, build and deploy none of them has.
    ///
    /// ## Why it matters
    /// Checks that run by hand are skipped on the day that they would have helped.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is CI/CD pipeline configured (test, build, deploy)? **Yes** - already configured
    /// ```
    /// ```text,repository
    /// package.json
    /// src/server.ts
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is CI/CD pipeline configured (test, build, deploy)? **Yes** - already configured
    /// ```
    /// ```text,repository
    /// .github/workflows/ci.yml
    /// package.json
    /// src/server.ts
    /// ```
    question "PRD1004" "missing-pipeline" = Duty "Is CI/CD pipeline configured (test, build, deploy)?",
        indicators: Indicators::terms(&[
            "ci cd", "cicd", "ci pipeline", "ci workflow", "ci job", "ci run", "cd pipeline", "build pipeline",
            "deployment pipeline", "deploy pipeline", "release pipeline", "continuous integration",
            "continuous delivery", "continuous deployment", "github actions", "github workflow", "gitlab ci",
            "circleci", "jenkins", "jenkinsfile", "azure pipeline", "azure devops", "buildkite",
            "bitbucket pipeline", "travis ci", "drone ci", "teamcity", "argo cd", "argocd", "flux cd", "tekton",
            "cloud build", "codebuild", "codepipeline", "integración continua", "despliegue continuo",
            "integração contínua", "entrega contínua", "intégration continue", "déploiement continu",
            "kontinuierliche integration", "持续集成", "持續整合", "流水线", "継続的インテグレーション", "지속적 통합",
        ])
        .files(&[
            ".github/workflows/*", ".gitlab-ci.yml", "Jenkinsfile", ".circleci/config.yml", ".gitlab-ci*.y*ml",
            "**/.gitlab/ci/**", ".circleci/**", "azure-pipelines*.y*ml", "**/.azure-pipelines/**",
            "**/.azuredevops/**", "Jenkinsfile*", "**/.buildkite/**", "bitbucket-pipelines.yml", ".travis.yml",
            ".drone.yml", ".drone.star", ".woodpecker*.y*ml", "**/.woodpecker/**", "**/.forgejo/workflows/*",
            "**/.gitea/workflows/*", "cloudbuild*.y*ml", "buildspec*.y*ml", "appveyor.yml", ".appveyor.yml",
            "**/.teamcity/**", "codemagic.yaml", "bitrise.yml", ".cirrus.yml", ".semaphore/**", "**/.tekton/**",
            "wercker.yml", "vercel.json", "netlify.toml", "render.yaml", "railway.json", "railway.toml",
            "amplify.yml", "app.json", "**/.do/app.yaml",
        ])
        .traced(),
        proof: missing_pipeline;

    /// ## What it finds
    /// No word on rolling, blue-green or canary releases, nor on graceful shutdown.
    ///
    /// ## Why it matters
    /// A release that stops the service is made at night, and so made rarely.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is zero-downtime deployment supported? **No** - a minute each release
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is zero-downtime deployment supported? **Yes** - by a rolling update
    /// ```
    /// ```md,file=research.md
    /// ## Release
    ///
    /// **Decision**: rolling update with graceful shutdown; requests are drained for 30 s.
    /// ```
    question "PRD1005" "deployment-downtime" = Duty "Is zero-downtime deployment supported?",
        indicators: Indicators::terms(&[
            "zero downtime", "no downtime", "without downtime", "downtime", "rolling update", "rolling deploy",
            "rolling deployment", "rolling release", "rolling restart", "rolling upgrade", "blue-green",
            "blue green", "canary", "graceful shutdown", "graceful termination", "shut down gracefully",
            "shutdown gracefully", "connection draining", "drain connections", "drained", "drain in-flight",
            "in-flight requests", "sigterm", "prestop", "maxunavailable", "maxsurge", "readiness probe",
            "hot reload", "hot swap", "atomic deploy", "backward compatible migration",
            "backwards compatible migration", "backward-compatible schema", "expand and contract", "expand contract",
            "feature flag", "feature toggle", "dark launch", "traffic shifting", "gradual rollout", "phased rollout",
            "staged rollout", "deployment slot", "immutable deploy", "sin tiempo de inactividad", "sin interrupción",
            "sem tempo de inatividade", "sem downtime", "sans interruption", "ohne ausfallzeit",
            "unterbrechungsfrei", "零停机", "不停机", "零停機", "蓝绿", "藍綠", "灰度", "滚动更新", "無停止", "ダウンタイムなし", "ゼロダウンタイム",
            "ローリングアップデート", "무중단", "블루그린",
        ])
        .files(&[
            "**/*rollout*.y*ml", "**/*canary*", "**/*blue-green*", "**/*bluegreen*", "**/*graceful*",
            "**/k8s/**/deployment*.y*ml", "**/*shutdown*.*",
        ])
        .dependencies(&[
            "@godaddy/terminus", "lightship", "http-terminator", "http-graceful-shutdown", "stoppable",
            "close-with-grace", "fastify-graceful-shutdown", "strong-migrations",
            "django-pg-zero-downtime-migrations", "axum-server",
        ])
        .steps(&[
            "rolling", "blue green", "canary", "rollout status", "kubectl rollout", "codedeploy", "deployment slot",
        ]);

    /// ## What it finds
    /// No word on rollback, revert or the previous version.
    ///
    /// ## Why it matters
    /// Without a way back, every fault in production is repaired in production.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is automated rollback capability planned? **No** - forward fixes only
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **X. Deployment Excellence** ✅
    /// - Is automated rollback capability planned? **Yes** - to the image before
    /// ```
    /// ```md,file=tasks.md
    /// ## Phase 6: Operations
    ///
    /// - [ ] T033 Roll back to the previous version when the smoke test fails, in deploy/release.sh
    /// ```
    question "PRD1006" "missing-rollback" = Duty "Is automated rollback capability planned?",
        indicators: Indicators::terms(&[
            "rollback", "roll back", "rolled back", "rolls back", "rolling back", "revert", "reverting",
            "previous version", "previous release", "previous image", "prior version", "last known good",
            "undo deployment", "rollout undo", "redeploy previous", "redeploy the previous", "restore the previous",
            "backout plan", "back-out", "kill switch", "feature flag off", "reversión", "revertir",
            "versión anterior", "reverter", "versão anterior", "reversão", "retour arrière", "version précédente",
            "rücksetzung", "zurückrollen", "vorherige version", "回滚", "回滾", "回退", "ロールバック", "切り戻し", "롤백", "되돌리",
            "이전 버전",
        ])
        .files(&["**/*rollback*", "**/*revert*.sh"])
        .dependencies(&["argo-rollouts", "*flagger*"])
        .steps(&["rollback", "rollout undo", "revert"]);
}

/// The stages that the question names, with words that show each in a workflow.
const STAGES: [(&str, &[&str]); 3] = [
    (
        "test",
        &[
            "test", "tests", "vitest", "jest", "pytest", "playwright", "cypress", "rspec", "phpunit", "nextest",
            "check", "verify", "mocha", "karma", "ctest", "tox", "nox",
        ],
    ),
    (
        "build",
        &[
            "build", "compile", "package", "bundle", "docker", "image", "assemble", "tsc", "publish", "buildx",
            "install", "verify",
        ],
    ),
    (
        "deploy",
        &[
            "deploy", "deployment", "deploys", "release", "publish", "helm", "kubectl", "terraform", "pulumi",
            "vercel", "netlify", "wrangler", "flyctl", "firebase", "pages", "ecs", "aws", "azure", "gcloud", "push",
            "upload", "ansible", "argocd", "rsync", "ssh", "fly", "railway", "render", "heroku", "goreleaser",
            "fastlane", "eas",
        ],
    ),
];

/// Workflows that are there, and the stages that none of them has.
fn missing_pipeline(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let workflows = &cx.repository()?.workflows;
    let Some(first) = workflows.first().filter(|_| answers(cx, Verdict::Yes)) else { return Ok(Proof::silent()) };
    let (present, absent): (Vec<_>, Vec<_>) =
        STAGES.into_iter().partition(|(_, marks)| workflows.iter().any(|workflow| has_stage(workflow, marks)));
    let place = Place::new(&first.path, Span::default());
    let names = |stages: Vec<(&str, &[&str])>| stages.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let mut proof = if present.is_empty() {
        Proof::supports(place.clone(), format!("`{}` is a workflow", first.path))
    } else {
        Proof::supports(place.clone(), format!("workflows have stages: {}", names(present)))
    };
    if !absent.is_empty() {
        let note = format!("no workflow has a stage: {}", names(absent));
        proof = proof.and(Evidence { says: Says::Silent, place, note, redact: Vec::new() });
    }
    Ok(proof)
}

fn has_stage(workflow: &Workflow, marks: &[&str]) -> bool {
    let texts = workflow.steps.iter().map(|step| step.text.as_str()).chain([workflow.path.as_str()]);
    texts.flat_map(words).any(|word| word.split('-').any(|part| marks.contains(&part)))
}

#[cfg(test)]
mod tests {
    use plangate_core::repository::{RepositoryFacts, Step};

    use super::*;
    use crate::asking::{contradictions, evidence, plan};

    const PRINCIPLE: &str = "X. Deployment Excellence";

    fn facts(path: &str, commands: &[&str]) -> RepositoryFacts {
        let mut workflow = Workflow::default();
        workflow.path = path.to_owned();
        workflow.steps = commands
            .iter()
            .map(|command| {
                let mut step = Step::default();
                step.text = (*command).to_owned();
                step
            })
            .collect();
        let mut facts = RepositoryFacts::of_paths([path]);
        facts.workflows = vec![workflow];
        facts
    }

    #[test]
    fn a_pipeline_says_which_stage_it_lacks() {
        let answer = "Is CI/CD pipeline configured (test, build, deploy)? **Yes** - already configured";
        let ask = |says| {
            let facts = facts(".github/workflows/ci.yml", &["npm test", "npm run build"]);
            evidence("PRD1004", says, plan(PRINCIPLE, answer, "").repository(facts))
        };
        assert_eq!(ask(Says::Supports)[0], "workflows have stages: test, build");
        assert_eq!(ask(Says::Silent), ["no workflow has a stage: deploy"]);
    }

    #[test]
    fn what_is_said_to_be_there_must_be_there() {
        for (rule, question) in [
            ("PRD1001", "Is containerized deployment planned?"),
            ("PRD1004", "Is CI/CD pipeline configured (test, build, deploy)?"),
        ] {
            let ask = |answer: &str| {
                let facts = RepositoryFacts::of_paths(["src/main.rs"]);
                contradictions(rule, plan(PRINCIPLE, &format!("{question} {answer}"), "").repository(facts)).len()
            };
            assert_eq!(ask("**Yes** - already configured"), 1, "{rule}");
            assert_eq!(ask("**Yes** - will be added in Phase 1"), 0, "{rule}");
            assert_eq!(ask("**N/A** - already implemented"), 0, "{rule}");
        }
    }
}
