//! Principle V, Code Quality Standards: linters, strict types, hooks and scans that the repository
//! really has.

use plangate_core::Span;
use plangate_core::declare_principle;
use plangate_core::diagnostic::Place;
use plangate_core::evidence::{Indicators, Missing, Proof, QuestionContext};
use plangate_core::judgement::{Claim, LocatedAnswer};
use plangate_core::repository::{PathIndex, RepositoryFacts, TsConfig};

use crate::answered;
use crate::package_item::contains_name;
use crate::tooling::{HOOKS, LINTERS, SCANNERS, named_tools};

declare_principle! {
    /// Linters, strict types, hooks and scans guard the code before people do.
    pub CODE_QUALITY = "V" "Code Quality Standards", statuses: [Pass, Attention];

    /// ## What it finds
    /// A plan that says that linting is configured, in a repository without any linter or formatter, or without the one that the answer names.
    ///
    /// ## Why it matters
    /// Without a tool, style is decided anew in every review, and the faults that a linter finds in a second are found by users.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **V. Code Quality Standards** ✅
    /// - Are linting and formatting tools configured (ESLint, Prettier)? **Yes** - already configured
    /// ```
    ///
    /// ```text,repository
    /// src/server.js
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **V. Code Quality Standards** ✅
    /// - Are linting and formatting tools configured (ESLint, Prettier)? **Yes** - already configured
    /// ```
    ///
    /// ```text,repository
    /// .eslintrc.json
    /// .prettierrc
    /// src/server.js
    /// ```
    question "MVP501" "unconfigured-linter" = Duty
        "Are linting and formatting tools configured (ESLint, Prettier)?",
        indicators: Indicators::terms(&[
            "lint", "linter", "code formatter", "code formatting", "code style", "ESLint", "Prettier", "Biome", "oxlint", "Stylelint",
            "dprint", "Ruff", "Flake8", "Pylint", "isort", "mypy", "pyright", "rustfmt", "clippy", "golangci", "gofmt",
            "go vet", "staticcheck", "checkstyle", "spotless", "ktlint", "detekt", "SpotBugs", "PMD", "EditorConfig",
            "StyleCop", "Roslyn analyzer", "dotnet format", "RuboCop", "PHPStan", "php-cs-fixer", "PHP_CodeSniffer",
            "Credo", "mix format", "SwiftLint", "swiftformat", "dart analyze", "flutter analyze", "clang-format",
            "clang-tidy", "shellcheck", "markdownlint",
        ])
        .files(&[
            "**/.eslintrc*", "**/eslint.config.*", "**/.prettierrc*", "**/prettier.config.*", "**/biome.json*",
            "**/.oxlintrc*", "**/.stylelintrc*", "**/stylelint.config.*", "**/dprint.json*", "**/ruff.toml",
            "**/.ruff.toml", "**/.flake8", "**/.pylintrc", "**/pylintrc", "**/mypy.ini", "**/rustfmt.toml",
            "**/.rustfmt.toml", "**/clippy.toml", "**/.clippy.toml", "**/.golangci.*", "**/checkstyle*.xml",
            "**/detekt*.yml", "**/.editorconfig", "**/*.ruleset", "**/stylecop.json", "**/.globalconfig", "**/.rubocop.yml",
            "**/phpcs.xml*", "**/.phpcs.xml*", "**/phpstan.neon*", "**/.php-cs-fixer*", "**/pint.json", "**/.credo.exs",
            "**/.formatter.exs", "**/.swiftlint.yml", "**/.swiftformat", "**/.swift-format", "**/analysis_options.yaml",
            "**/.clang-format", "**/.clang-tidy", "**/.shellcheckrc", "**/.scalafmt.conf", "**/.scalafix.conf",
            "**/.pre-commit-config.yaml", "**/.luacheckrc", "**/stylua.toml", "**/treefmt.toml", "**/.hlint.yaml",
        ])
        .dependencies(&[
            "eslint", "eslint-*", "@eslint/*", "@typescript-eslint/*", "@angular-eslint/*", "prettier", "@biomejs/biome",
            "oxlint", "stylelint", "xo", "standard", "gts", "react-scripts", "dprint", "ruff", "flake8*", "pylint*", "black",
            "isort", "autopep8", "yapf", "mypy", "pyright", "rubocop*", "standardrb", "squizlabs/php_codesniffer",
            "phpstan/*", "friendsofphp/php-cs-fixer", "laravel/pint", "credo", "StyleCop.Analyzers", "Roslynator*",
            "SonarAnalyzer*", "Microsoft.CodeAnalysis.NetAnalyzers", "*checkstyle*", "*spotless*", "*ktlint*", "*detekt*",
            "flutter_lints", "lints", "very_good_analysis", "*swiftlint*", "honnef.co/go/tools*",
        ])
        .steps(&[
            "lint", "eslint", "prettier", "biome", "oxlint", "ruff", "flake8", "pylint", "black --check", "mypy", "clippy",
            "cargo fmt", "rustfmt", "golangci", "gofmt", "go vet", "staticcheck", "checkstyle", "spotless", "ktlint",
            "detekt", "dotnet format", "rubocop", "phpcs", "phpstan", "mix format", "credo", "swiftlint", "dart analyze",
            "flutter analyze", "clang-format", "pre-commit",
        ])
        .traced(),
        proof: unconfigured_linter;

    /// ## What it finds
    /// A TypeScript project that claims strict mode, while no tsconfig.json sets `strict`, itself or through `extends`.
    ///
    /// Comments and trailing commas are read; a base that lies in a package can't be looked at, and proves nothing.
    ///
    /// ## Why it matters
    /// Without `strict` the types are comments: `null` and `any` pass everywhere.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **V. Code Quality Standards** ✅
    /// - Is TypeScript strict mode enabled (if applicable)? **No** - too many errors
    ///
    /// ## Technical Context
    ///
    /// **Language/Version**: TypeScript 5.4
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **V. Code Quality Standards** ✅
    /// - Is TypeScript strict mode enabled (if applicable)? **Yes** - `strict` will be set in tsconfig.json
    ///
    /// ## Technical Context
    ///
    /// **Language/Version**: TypeScript 5.4, strict mode
    /// ```
    question "MVP502" "loose-typescript" = Duty
        "Is TypeScript strict mode enabled (if applicable)?",
        language: "typescript",
        indicators: Indicators::terms(&["strict mode", "TypeScript strict", "strict TypeScript", "strict: true", "strictNullChecks"]),
        proof: loose_typescript;

    /// ## What it finds
    /// A plan that says that pre-commit hooks are configured, in a repository without any, or without the tool that the answer names.
    ///
    /// ## Why it matters
    /// A check that runs by hand is the one that is left out in a hurry.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **V. Code Quality Standards** ✅
    /// - Are pre-commit hooks configured for quality gates? **Yes** - already configured with Husky
    /// ```
    ///
    /// ```text,repository
    /// src/server.js
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **V. Code Quality Standards** ✅
    /// - Are pre-commit hooks configured for quality gates? **Yes** - already configured with Husky
    /// ```
    ///
    /// ```text,repository
    /// .husky/pre-commit
    /// src/server.js
    /// ```
    question "MVP503" "missing-pre-commit-hook" = Duty
        "Are pre-commit hooks configured for quality gates?",
        indicators: Indicators::terms(&[
            "pre-commit", "pre-commit hook", "git hook", "commit hook", "pre-push", "husky", "lint-staged", "lefthook",
            "simple-git-hooks", "overcommit", "captainhook", "cargo-husky",
        ])
        .files(&[
            "**/.husky/**", "**/.huskyrc*", "**/.pre-commit-config.y*ml", "**/lefthook.y*ml", "**/.lefthook.y*ml",
            "**/lefthook.toml", "**/.lintstagedrc*", "**/lint-staged.config.*", "**/.simple-git-hooks.*",
            "**/simple-git-hooks.*", "**/.githooks/**", "**/githooks/**", "**/.git-hooks/**", "**/git-hooks/**",
            "**/hooks/pre-commit*", "**/.overcommit.yml", "**/captainhook.json", "**/grumphp.yml*", "**/.rusty-hook.toml",
        ])
        .dependencies(&[
            "husky", "lint-staged", "nano-staged", "lefthook", "@evilmartians/lefthook", "simple-git-hooks", "pre-commit",
            "prek", "overcommit", "captainhook/captainhook", "phpro/grumphp", "cargo-husky", "rusty-hook", "Husky.Net",
            "git_hooks", "@commitlint/*", "ghooks",
        ])
        .steps(&["husky", "pre-commit", "lefthook", "lint-staged", "simple-git-hooks", "core.hooksPath"])
        .traced(),
        proof: missing_pre_commit_hook;

    /// ## What it finds
    /// A plan that says that vulnerability scans are configured, in a repository where nothing scans, or without the scanner that the answer names.
    ///
    /// ## Why it matters
    /// Advisories appear after a dependency was chosen. Only something that looks every day sees them.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **V. Code Quality Standards** ✅
    /// - Are security vulnerability scans configured? **Yes** - Dependabot is already configured
    /// ```
    ///
    /// ```text,repository
    /// src/server.js
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **V. Code Quality Standards** ✅
    /// - Are security vulnerability scans configured? **Yes** - Dependabot is already configured
    /// ```
    ///
    /// ```text,repository
    /// .github/dependabot.yml
    /// src/server.js
    /// ```
    question "MVP504" "missing-vulnerability-scan" = Duty
        "Are security vulnerability scans configured?",
        indicators: Indicators::terms(&[
            "vulnerability", "vulnerability scan", "security scan", "dependency scan",  "npm audit",
            "pnpm audit", "yarn audit", "cargo audit", "cargo deny", "pip-audit", "safety check", "bandit", "govulncheck",
            "gosec", "dependency-check", "OWASP dependency", "dependabot", "renovate", "CodeQL", "Snyk", "Trivy", "Grype",
            "Semgrep", "SAST", "bundler-audit", "brakeman", "composer audit", "osv-scanner", "gitleaks", "SonarQube",
            "mix_audit", "sobelow",
        ])
        .files(&[
            "**/.github/dependabot.y*ml", "**/renovate.json*", "**/.renovaterc*", "**/codeql*", "**/.snyk", "**/trivy.y*ml",
            "**/.trivyignore*", "**/.grype.y*ml", "**/deny.toml", "**/audit.toml", "**/.semgrep*", "**/.bandit",
            "**/.nsprc", "**/audit-ci.json*", "**/dependency-check*.xml", "**/osv-scanner.toml", "**/.gitleaks.toml",
            "**/sonar-project.properties",
        ])
        .dependencies(&[
            "snyk", "audit-ci", "better-npm-audit", "npm-audit-resolver", "pip-audit", "safety", "bandit", "semgrep",
            "bundler-audit", "brakeman", "*dependency-check*", "golang.org/x/vuln*", "enlightn/security-checker",
            "roave/security-advisories", "mix_audit", "sobelow", "renovate", "eslint-plugin-security", "SecurityCodeScan*",
        ])
        .steps(&[
            "npm audit", "pnpm audit", "yarn audit", "yarn npm audit", "audit-ci", "cargo audit", "cargo deny",
            "cargo-deny", "audit-check", "pip-audit", "safety check", "safety scan", "bandit", "govulncheck", "gosec",
            "nancy", "dependency-check", "dependency-review", "codeql", "snyk", "trivy", "grype", "anchore", "semgrep",
            "osv-scanner", "scorecard", "bundler-audit", "bundle audit", "brakeman", "composer audit", "mix deps.audit",
            "sobelow", "dotnet list package --vulnerable", "--vulnerable", "gitleaks", "sonar", "security-audit",
            "security scan",
        ])
        .traced(),
        proof: missing_vulnerability_scan;
}

/// Every linter that the answer names is there.
fn unconfigured_linter(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    named_tools(cx, LINTERS)
}

/// Every hook manager that the answer names is there.
fn missing_pre_commit_hook(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    named_tools(cx, HOOKS)
}

/// Every scanner that the answer names is there.
fn missing_vulnerability_scan(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    named_tools(cx, SCANNERS)
}

/// A tsconfig sets `strict`.
fn loose_typescript(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let Some(answer) = answered::yes(cx) else { return Ok(Proof::silent()) };
    let facts = cx.repository()?;
    let set = |value| move |config: &&TsConfig| config.strict.as_ref().is_some_and(|strict| strict.value == value);
    if let Some(strict) = facts.tsconfigs.iter().find(set(true)).and_then(|config| config.strict.as_ref()) {
        return Ok(Proof::supports(facts.place(&strict.path, strict.span), "`strict` is true"));
    }
    if is_unread(facts) || is_strict_to_come(cx, answer)? {
        return Ok(Proof::silent());
    }
    let (place, note) =
        if let Some(strict) = facts.tsconfigs.iter().find(set(false)).and_then(|config| config.strict.as_ref()) {
            (facts.place(&strict.path, strict.span), format!("`{}` sets `strict` to false", strict.path))
        } else if let Some(config) = facts.tsconfigs.iter().find(|config| is_typescript(config)) {
            (facts.place(&config.path, Span::default()), format!("`{}` doesn't set `strict`", config.path))
        } else {
            (Place::new(answer.place.path.clone(), answer.place.span), "the repository has no tsconfig.json".to_owned())
        };
    Ok(Proof::contradicts(place, note).help("set `\"strict\": true` under `compilerOptions`"))
}

/// A base in a package, or a tsconfig that was skipped: nobody knows what it sets.
fn is_unread(facts: &RepositoryFacts) -> bool {
    facts.tsconfigs.iter().any(|config| config.unresolved_extends.is_some())
        || facts.skipped.iter().any(|skipped| skipped.path.contains("tsconfig"))
        // Deno is strict unless it is told otherwise.
        || facts.paths.index::<Deno>().0
}

/// Whether the repository is configured for Deno.
struct Deno(bool);

impl PathIndex for Deno {
    fn of(paths: &[String]) -> Self {
        Self(paths.iter().any(|path| path.ends_with("deno.json") || path.ends_with("deno.jsonc")))
    }
}

fn is_typescript(config: &TsConfig) -> bool {
    !config.path.rsplit('/').next().unwrap_or_default().starts_with("jsconfig")
}

/// Whether strict mode is a plan rather than a claim.
fn is_strict_to_come(cx: &QuestionContext<'_>, answer: &LocatedAnswer) -> Result<bool, Missing> {
    if answer.claim != Claim::Planned {
        return Ok(false);
    }
    let facts = cx.repository()?;
    let rationale = answer.rationale.to_lowercase();
    let future =
        ["will", "planned", "to be", "shall", "new project"].iter().any(|word| contains_name(&rationale, word));
    if future || answer.implied || !facts.tsconfigs.iter().any(is_typescript) {
        return Ok(true);
    }
    let tasks = match cx.feature.tasks() {
        Ok(tasks) => tasks,
        Err(Missing::Absent(_)) => return Ok(true),
        Err(unknown) => return Err(unknown),
    };
    Ok(tasks.iter().any(|task| {
        let text = task.text.to_lowercase();
        contains_name(&text, "strict") || text.contains("tsconfig")
    }))
}

#[cfg(test)]
mod tests {
    use plangate_core::Feature;
    use plangate_core::evidence::Says;
    use plangate_core::plan::Verdict;
    use plangate_core::repository::StrictSetting;

    use super::*;
    use crate::asking::{notes, prove};

    fn found(feature: &Feature, id: &str, rationale: &str, claim: Claim) -> Vec<String> {
        notes(prove(feature, &CODE_QUALITY, id, Verdict::Yes, rationale, claim), Says::Contradicts)
    }

    fn feature(facts: RepositoryFacts) -> Feature {
        Feature::builder().plan("").tasks("- [ ] T001 Implement it in src/a.js\n").repository(facts).complete().build()
    }

    fn tsconfig(path: &str, strict: Option<bool>) -> TsConfig {
        let mut config = TsConfig::default();
        config.path = path.to_owned();
        config.strict = strict.map(|value| {
            let mut setting = StrictSetting::default();
            setting.value = value;
            setting.path = path.to_owned();
            setting
        });
        config
    }

    #[test]
    fn a_named_tool_that_is_not_there_contradicts() {
        let feature = feature(RepositoryFacts::of_paths([".prettierrc", "src/a.js"]));
        assert_eq!(
            found(&feature, "MVP501", "ESLint and Prettier already configured", Claim::Existing),
            ["the repository has no trace of ESLint"]
        );
        assert_eq!(
            found(&feature, "MVP501", "ESLint and Prettier", Claim::Planned),
            ["the repository has no trace of ESLint"]
        );
        assert!(found(&feature, "MVP501", "ESLint will be configured", Claim::Planned).is_empty());
        assert_eq!(
            found(&feature, "MVP503", "already configured with Husky", Claim::Existing),
            ["the repository has no trace of Husky"]
        );
    }

    #[test]
    fn what_is_there_supports() {
        let feature = feature(RepositoryFacts::of_paths(["backend/.husky/pre-commit"]));
        let proof = prove(&feature, &CODE_QUALITY, "MVP503", Verdict::Yes, "with Husky", Claim::Existing);
        assert_eq!(notes(proof, Says::Supports), ["Husky: `backend/.husky/pre-commit`"]);
    }

    #[test]
    fn settings_that_may_be_unseen_prove_nothing() {
        let feature = feature(RepositoryFacts::of_paths(["pyproject.toml"]));
        assert!(found(&feature, "MVP501", "Ruff already configured", Claim::Existing).is_empty());
    }

    #[test]
    fn an_unknown_repository_is_not_judged() {
        let feature = Feature::builder().plan("").complete().build();
        let proof = prove(&feature, &CODE_QUALITY, "MVP504", Verdict::Yes, "Snyk runs nightly", Claim::Existing);
        assert!(matches!(proof, Err(Missing::Unknown(_))));
    }

    #[test]
    fn strict_is_looked_up() {
        let with = |configs: Vec<TsConfig>| {
            let mut facts = RepositoryFacts::of_paths(["src/a.ts"]);
            facts.tsconfigs = configs;
            feature(facts)
        };
        let on = with(vec![tsconfig("tsconfig.base.json", None), tsconfig("app/tsconfig.json", Some(true))]);
        assert!(found(&on, "MVP502", "enabled", Claim::Planned).is_empty());
        let off = with(vec![tsconfig("tsconfig.json", Some(false))]);
        assert_eq!(found(&off, "MVP502", "enabled", Claim::Planned), ["`tsconfig.json` sets `strict` to false"]);
        assert!(found(&off, "MVP502", "will be enabled", Claim::Planned).is_empty());
        let unset = with(vec![tsconfig("tsconfig.json", None)]);
        assert_eq!(found(&unset, "MVP502", "already on", Claim::Existing), ["`tsconfig.json` doesn't set `strict`"]);
        let none = with(Vec::new());
        assert!(found(&none, "MVP502", "enabled", Claim::Planned).is_empty());
        assert_eq!(found(&none, "MVP502", "already on", Claim::Existing), ["the repository has no tsconfig.json"]);
        let mut far = tsconfig("tsconfig.json", None);
        far.unresolved_extends = Some("@tsconfig/strictest".to_owned());
        assert!(found(&with(vec![far]), "MVP502", "already on", Claim::Existing).is_empty());
    }
}
