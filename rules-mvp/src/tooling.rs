//! Tools that guard quality: how an answer names them, and what each leaves in a repository.

use plangate_core::Span;
use plangate_core::diagnostic::Place;
use plangate_core::evidence::{Evidence, Missing, Proof, QuestionContext};
use plangate_core::feature::{DocumentKind, State};
use plangate_core::judgement::{Claim, LocatedAnswer};
use plangate_core::repository::RepositoryFacts;

use crate::answered;
use crate::package_item::contains_name;
use crate::passage::Passage;
use crate::path_names::PathNames;

/// One tool.
#[derive(Debug)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    /// How answers name it, each as its words.
    phrases: &'static [&'static [&'static str]],
    /// Beginnings of the names of its files or folders.
    files: &'static [&'static str],
    /// Its packages; a `*` at the end stands for any rest.
    packages: &'static [&'static str],
    /// What steps, hooks and scripts that run it hold.
    steps: &'static [&'static str],
    /// Files that may hold its settings unseen: where one exists, nothing proves its absence.
    unseen: &'static [&'static str],
}

const PYTHON_SETTINGS: &[&str] = &["pyproject.toml", "setup.cfg", "tox.ini", "Makefile", "noxfile.py", "justfile"];
const JVM_SETTINGS: &[&str] = &["pom.xml", "build.gradle", "build.gradle.kts"];
const MAKE: &[&str] = &["Makefile", "Taskfile.yml", "Taskfile.yaml", "justfile", "magefile.go"];

/// Linters and formatters. What every toolchain brings without a trace (gofmt, rustfmt, `dotnet
/// format`) is not here: its absence can't be seen.
pub(crate) static LINTERS: &[Tool] = &[
    Tool {
        name: "ESLint",
        phrases: &[&["eslint"], &["es", "lint"]],
        files: &[".eslintrc", "eslint.config."],
        packages: &[
            "eslint", "eslint-*", "@eslint/*", "@typescript-eslint/*", "@angular-eslint/*", "@nuxt/eslint",
            "react-scripts", "xo", "standard", "gts", "next",
        ],
        steps: &["eslint", "next lint"],
        unseen: &[],
    },
    Tool {
        name: "Prettier",
        phrases: &[&["prettier"]],
        files: &[".prettierrc", "prettier.config.", ".prettierignore"],
        packages: &["prettier", "prettier-*", "@prettier/*", "eslint-plugin-prettier", "gts"],
        steps: &["prettier"],
        unseen: &[],
    },
    Tool {
        name: "Biome",
        phrases: &[&["biome"]],
        files: &["biome.json"],
        packages: &["@biomejs/biome", "ultracite"],
        steps: &["biome"],
        unseen: &[],
    },
    Tool {
        name: "oxlint",
        phrases: &[&["oxlint"]],
        files: &[".oxlintrc", "oxlint.json"],
        packages: &["oxlint"],
        steps: &["oxlint"],
        unseen: &[],
    },
    Tool {
        name: "Stylelint",
        phrases: &[&["stylelint"]],
        files: &[".stylelintrc", "stylelint.config."],
        packages: &["stylelint", "stylelint-*"],
        steps: &["stylelint"],
        unseen: &[],
    },
    Tool {
        name: "Ruff",
        phrases: &[&["ruff"]],
        files: &["ruff.toml", ".ruff.toml"],
        packages: &["ruff"],
        steps: &["ruff"],
        unseen: PYTHON_SETTINGS,
    },
    Tool {
        name: "Flake8",
        phrases: &[&["flake8"]],
        files: &[".flake8"],
        packages: &["flake8", "flake8-*"],
        steps: &["flake8"],
        unseen: PYTHON_SETTINGS,
    },
    Tool {
        name: "Pylint",
        phrases: &[&["pylint"]],
        files: &[".pylintrc", "pylintrc"],
        packages: &["pylint", "pylint-*"],
        steps: &["pylint"],
        unseen: PYTHON_SETTINGS,
    },
    Tool {
        name: "golangci-lint",
        phrases: &[&["golangci"]],
        files: &[".golangci."],
        packages: &["github.com/golangci/golangci-lint*"],
        steps: &["golangci"],
        unseen: MAKE,
    },
    Tool {
        name: "Checkstyle",
        phrases: &[&["checkstyle"]],
        files: &["checkstyle"],
        packages: &["*checkstyle*"],
        steps: &["checkstyle"],
        unseen: JVM_SETTINGS,
    },
    Tool {
        name: "Spotless",
        phrases: &[&["spotless"]],
        files: &[],
        packages: &["*spotless*"],
        steps: &["spotless"],
        unseen: JVM_SETTINGS,
    },
    Tool {
        name: "ktlint",
        phrases: &[&["ktlint"]],
        files: &[],
        packages: &["*ktlint*"],
        steps: &["ktlint"],
        unseen: JVM_SETTINGS,
    },
    Tool {
        name: "detekt",
        phrases: &[&["detekt"]],
        files: &["detekt"],
        packages: &["*detekt*"],
        steps: &["detekt"],
        unseen: JVM_SETTINGS,
    },
    Tool {
        name: "RuboCop",
        phrases: &[&["rubocop"]],
        files: &[".rubocop"],
        packages: &["rubocop", "rubocop-*", "standard"],
        steps: &["rubocop"],
        unseen: &[],
    },
    Tool {
        name: "PHP_CodeSniffer",
        phrases: &[&["phpcs"], &["php_codesniffer"]],
        files: &["phpcs.xml", ".phpcs.xml"],
        packages: &["squizlabs/php_codesniffer"],
        steps: &["phpcs"],
        unseen: &[],
    },
    Tool {
        name: "PHPStan",
        phrases: &[&["phpstan"]],
        files: &["phpstan."],
        packages: &["phpstan/*", "larastan/*", "nunomaduro/larastan"],
        steps: &["phpstan"],
        unseen: &[],
    },
    Tool {
        name: "SwiftLint",
        phrases: &[&["swiftlint"]],
        files: &[".swiftlint."],
        packages: &["*swiftlint*"],
        steps: &["swiftlint"],
        unseen: &["project.pbxproj"],
    },
    Tool {
        name: "Credo",
        phrases: &[&["credo"]],
        files: &[".credo.exs"],
        packages: &["credo"],
        steps: &["credo"],
        unseen: &[],
    },
    Tool {
        name: "StyleCop",
        phrases: &[&["stylecop"]],
        files: &["stylecop.json"],
        packages: &["stylecop.*"],
        steps: &["stylecop"],
        unseen: &["Directory.Build.props", "Directory.Packages.props"],
    },
];

/// What runs checks before a commit.
pub(crate) static HOOKS: &[Tool] = &[
    Tool {
        name: "Husky",
        phrases: &[&["husky"]],
        files: &[".husky", ".huskyrc"],
        packages: &["husky", "husky.net"],
        steps: &["husky"],
        unseen: &[],
    },
    Tool {
        name: "Lefthook",
        phrases: &[&["lefthook"]],
        files: &["lefthook.", ".lefthook."],
        packages: &["lefthook", "@evilmartians/lefthook", "@arkweid/lefthook"],
        steps: &["lefthook"],
        unseen: &[],
    },
    Tool {
        name: "lint-staged",
        phrases: &[&["lint", "staged"], &["nano", "staged"]],
        files: &[".lintstagedrc", "lint-staged.config.", ".nano-staged"],
        packages: &["lint-staged", "nano-staged"],
        steps: &["lint-staged", "nano-staged"],
        unseen: &[],
    },
    Tool {
        name: "simple-git-hooks",
        phrases: &[&["simple", "git", "hooks"]],
        files: &[".simple-git-hooks.", "simple-git-hooks."],
        packages: &["simple-git-hooks"],
        steps: &["simple-git-hooks"],
        unseen: &[],
    },
    Tool {
        name: "Overcommit",
        phrases: &[&["overcommit"]],
        files: &[".overcommit.yml"],
        packages: &["overcommit"],
        steps: &["overcommit"],
        unseen: &[],
    },
    Tool {
        name: "the pre-commit framework",
        phrases: &[&["pre", "commit", "framework"], &["pre", "commit", "config.yaml"]],
        files: &[".pre-commit-config."],
        packages: &["pre-commit", "prek"],
        steps: &["pre-commit/action", "pre-commit run", "prek"],
        unseen: &[],
    },
];

/// What looks for known vulnerabilities. `npm audit` comes with npm, so its absence is no fact.
pub(crate) static SCANNERS: &[Tool] = &[
    Tool {
        name: "Dependabot",
        phrases: &[&["dependabot"]],
        files: &["dependabot."],
        packages: &[],
        steps: &["dependabot"],
        unseen: &[],
    },
    Tool {
        name: "Renovate",
        phrases: &[&["renovate"]],
        files: &["renovate.json", ".renovaterc"],
        packages: &["renovate"],
        steps: &["renovate"],
        unseen: &[],
    },
    Tool {
        name: "CodeQL",
        phrases: &[&["codeql"]],
        files: &["codeql"],
        packages: &[],
        steps: &["codeql"],
        unseen: &[],
    },
    Tool {
        name: "Snyk",
        phrases: &[&["snyk"]],
        files: &[".snyk"],
        packages: &["snyk", "@snyk/*"],
        steps: &["snyk"],
        unseen: &[],
    },
    Tool {
        name: "Trivy",
        phrases: &[&["trivy"]],
        files: &["trivy.yaml", ".trivyignore"],
        packages: &[],
        steps: &["trivy"],
        unseen: MAKE,
    },
    Tool {
        name: "Grype",
        phrases: &[&["grype"]],
        files: &[".grype.yaml"],
        packages: &[],
        steps: &["grype", "anchore/scan-action"],
        unseen: MAKE,
    },
    Tool {
        name: "Semgrep",
        phrases: &[&["semgrep"]],
        files: &[".semgrep", "semgrep."],
        packages: &["semgrep"],
        steps: &["semgrep"],
        unseen: MAKE,
    },
    Tool {
        name: "pip-audit",
        phrases: &[&["pip", "audit"]],
        files: &[],
        packages: &["pip-audit"],
        steps: &["pip-audit"],
        unseen: PYTHON_SETTINGS,
    },
    Tool {
        name: "Bandit",
        phrases: &[&["bandit"]],
        files: &[".bandit"],
        packages: &["bandit"],
        steps: &["bandit"],
        unseen: PYTHON_SETTINGS,
    },
    Tool {
        name: "cargo audit",
        phrases: &[&["cargo", "audit"]],
        files: &["audit.toml"],
        packages: &[],
        steps: &["cargo audit", "audit-check", "cargo-audit", "rustsec"],
        unseen: MAKE,
    },
    Tool {
        name: "cargo deny",
        phrases: &[&["cargo", "deny"]],
        files: &["deny.toml"],
        packages: &[],
        steps: &["cargo deny", "cargo-deny"],
        unseen: MAKE,
    },
    Tool {
        name: "govulncheck",
        phrases: &[&["govulncheck"]],
        files: &[],
        packages: &["golang.org/x/vuln*"],
        steps: &["govulncheck"],
        unseen: MAKE,
    },
    Tool {
        name: "OWASP dependency-check",
        phrases: &[&["dependency", "check"]],
        files: &["dependency-check"],
        packages: &["*dependency-check*"],
        steps: &["dependency-check", "dependencycheck"],
        unseen: JVM_SETTINGS,
    },
    Tool {
        name: "Brakeman",
        phrases: &[&["brakeman"]],
        files: &["brakeman."],
        packages: &["brakeman"],
        steps: &["brakeman"],
        unseen: &[],
    },
];

/// Words of an answer that speaks of what is still to come.
const TO_COME: &[&str] = &[
    "will", "planned", "plan", "to", "shall", "setup", "upcoming", "add", "adding", "added", "introduce", "introduces",
    "new",
];

/// Every tool that the answer names has left its trace in the repository.
pub(crate) fn named_tools(cx: &QuestionContext<'_>, tools: &'static [Tool]) -> Result<Proof, Missing> {
    let Some(answer) = answered::yes(cx) else { return Ok(Proof::silent()) };
    let named = named_in(answer, tools);
    if named.is_empty() {
        return Ok(Proof::silent());
    }
    let facts = cx.repository()?;
    let mut proof = Proof::silent();
    let mut lacking = Vec::new();
    for tool in named {
        if let Some((place, what)) = tool.trace(facts) {
            proof = proof.and(Evidence::supports(place, format!("{}: {what}", tool.name)));
        } else if !tool.may_be_unseen(facts) && !is_to_come(cx, answer, tool)? {
            let note = format!("the repository has no trace of {}", tool.name);
            lacking.push(Evidence::contradicts(answer.place.clone(), note));
        }
    }
    if lacking.is_empty() {
        return Ok(proof);
    }
    Ok(answered::contradicted_by(lacking)
        .help("say that it will be set up and plan the task, or name the tool that is there"))
}

/// The tools that the answer claims; not those that it denies ("Biome instead of ESLint").
fn named_in(answer: &LocatedAnswer, tools: &'static [Tool]) -> Vec<&'static Tool> {
    let clauses = Passage::folded(&answer.rationale, Span::default()).clauses();
    let claimed = |tool: &&Tool| {
        let mut clauses =
            clauses.iter().filter(|clause| tool.phrases.iter().any(|phrase| clause.find(phrase).is_some()));
        clauses.next().is_some_and(|clause| !clause.denies()) && clauses.all(|clause| !clause.denies())
    };
    tools.iter().filter(claimed).collect()
}

/// Whether the tool is a plan rather than a claim: the answer says so, or a document that plans
/// speaks of it, or there is no tasks.md yet that could.
fn is_to_come(cx: &QuestionContext<'_>, answer: &LocatedAnswer, tool: &Tool) -> Result<bool, Missing> {
    if answer.claim != Claim::Planned {
        return Ok(false);
    }
    let words = Passage::folded(&answer.rationale, Span::default()).words();
    if answer.implied || words.iter().any(|word| TO_COME.contains(&word.text.as_str())) {
        return Ok(true);
    }
    match cx.feature.tasks() {
        Ok(_) => {}
        Err(Missing::Absent(_)) => return Ok(true),
        Err(unknown) => return Err(unknown),
    }
    let planning = [DocumentKind::Tasks, DocumentKind::Research, DocumentKind::Quickstart];
    let in_documents = cx.feature.documents.iter().any(|document| {
        planning.contains(&document.kind) && document.state == State::Provided && tool.is_named_in(&document.text)
    });
    let plan = cx.plan();
    let context = plan.technical_context.iter().flat_map(|context| context.fields().filter_map(|(_, field)| field));
    let in_plan = plan.summary.as_ref().is_some_and(|summary| tool.is_named_in(&summary.text))
        || context.into_iter().any(|field| tool.is_named_in(&field.text))
        || plan
            .project_structure
            .iter()
            .flat_map(|structure| &structure.source)
            .flat_map(|tree| &tree.entries)
            .any(|entry| tool.is_file(&entry.path));
    Ok(in_documents || in_plan)
}

impl Tool {
    /// Where the repository shows the tool, and as what.
    pub(crate) fn trace(&self, facts: &RepositoryFacts) -> Option<(Place, String)> {
        self.file(facts).or_else(|| self.package(facts)).or_else(|| self.step(facts))
    }

    fn file(&self, facts: &RepositoryFacts) -> Option<(Place, String)> {
        let names: &PathNames = facts.paths.index();
        let first = self.files.iter().filter_map(|start| names.first_starting_with(start)).min()?;
        let path = facts.paths.get(first)?;
        Some((facts.place(path, Span::default()), format!("`{path}`")))
    }

    fn is_file(&self, path: &str) -> bool {
        path.split('/').any(|part| self.files.iter().any(|file| part.starts_with(file)))
    }

    fn package(&self, facts: &RepositoryFacts) -> Option<(Place, String)> {
        facts.manifests.iter().find_map(|manifest| {
            let known = manifest
                .dependencies
                .iter()
                .find(|known| self.packages.iter().any(|pattern| matches(pattern, &known.name)))?;
            Some((facts.place(&manifest.path, known.span), format!("the dependency `{}`", known.name)))
        })
    }

    fn step(&self, facts: &RepositoryFacts) -> Option<(Place, String)> {
        let runs = |text: &str| {
            let lower = text.to_lowercase();
            self.steps.iter().any(|step| lower.contains(step))
        };
        let scripts = facts.manifests.iter().find_map(|manifest| {
            let script = manifest.scripts.iter().find(|script| runs(&script.command))?;
            Some((facts.place(&manifest.path, script.span), format!("the script `{}`", script.name)))
        });
        let workflows = facts.workflows.iter().map(|workflow| (&workflow.path, &workflow.steps));
        let hooks = facts.hooks.iter().map(|hook| (&hook.path, &hook.steps));
        scripts.or_else(|| {
            workflows.chain(hooks).find_map(|(path, steps)| {
                let step = steps.iter().find(|step| runs(&step.text))?;
                Some((facts.place(path, step.span), format!("a step of `{path}`")))
            })
        })
    }

    fn may_be_unseen(&self, facts: &RepositoryFacts) -> bool {
        let names: &PathNames = facts.paths.index();
        self.unseen.iter().any(|name| names.has_file(name))
    }

    fn is_named_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.phrases
            .iter()
            .any(|phrase| contains_name(&lower, &phrase.join(" ")) || contains_name(&lower, &phrase.join("-")))
    }
}

/// Whether a package's name fits a pattern with `*` at its ends.
fn matches(pattern: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => name.contains(pattern.trim_matches('*')),
        (None, Some(start)) => name.starts_with(start),
        (Some(end), None) => name.ends_with(end),
        (None, None) => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use plangate_core::plan::Verdict;
    use plangate_core::repository::{Hook, Script, Step, Workflow};

    use super::*;
    use crate::asking::repository;

    fn named(rationale: &str) -> Vec<&'static str> {
        let answer = LocatedAnswer::new(Verdict::Yes, rationale, Place::new("plan.md", Span::default()));
        named_in(&answer, LINTERS).into_iter().map(|tool| tool.name).collect()
    }

    #[test]
    fn only_claimed_tools_are_named() {
        assert_eq!(named("ESLint and Prettier already configured"), ["ESLint", "Prettier"]);
        assert_eq!(named("Biome, ESLint not needed"), ["Biome"]);
        assert_eq!(named("already configured"), [""; 0]);
    }

    #[test]
    fn traces_are_files_packages_and_steps() {
        let eslint = &LINTERS[0];
        assert!(eslint.trace(&RepositoryFacts::of_paths(["backend/.eslintrc.js"])).is_some());
        assert!(eslint.trace(&RepositoryFacts::of_paths(["src/lint.js"])).is_none());
        assert!(matches("eslint-*", "eslint-config-next"));
        assert!(matches("*ktlint*", "org.jlleitschuh.gradle:ktlint-gradle"));
        assert!(!matches("eslint", "tslint"));
    }

    /// As what each tool of the list shows in the repository.
    fn traced(name: &str, facts: &RepositoryFacts) -> Option<String> {
        let tools = [LINTERS, HOOKS, SCANNERS].into_iter().flatten();
        let tool = tools.into_iter().find(|tool| tool.name == name).expect("the tool is known");
        tool.trace(facts).map(|(place, what)| format!("{}: {what}", place.path))
    }

    #[test]
    fn a_dependency_is_a_trace() {
        let facts = repository(["web/package.json"], "javascript", &["react", "@typescript-eslint/parser"]);
        let expected = "web/package.json: the dependency `@typescript-eslint/parser`";
        assert_eq!(traced("ESLint", &facts).as_deref(), Some(expected));
        assert_eq!(traced("Prettier", &facts), None);
        let gradle = repository(["build.gradle"], "java", &["org.owasp:Dependency-Check-gradle"]);
        let expected = "build.gradle: the dependency `org.owasp:Dependency-Check-gradle`";
        assert_eq!(traced("OWASP dependency-check", &gradle).as_deref(), Some(expected));
    }

    #[test]
    fn what_runs_a_tool_is_a_trace() {
        let step = |text: &str| {
            let mut step = Step::default();
            step.text = text.to_owned();
            step
        };
        let mut facts = repository(["package.json"], "javascript", &[]);
        let mut hook = Hook::default();
        (hook.path, hook.steps) = (".husky/pre-commit".to_owned(), vec![step("npx prettier --check .")]);
        facts.hooks.push(hook);
        let mut workflow = Workflow::default();
        (workflow.path, workflow.steps) =
            (".github/workflows/ci.yml".to_owned(), vec![step("npm ci"), step("Cargo Deny check")]);
        facts.workflows.push(workflow);
        assert_eq!(traced("Prettier", &facts).as_deref(), Some(".husky/pre-commit: a step of `.husky/pre-commit`"));
        let expected = ".github/workflows/ci.yml: a step of `.github/workflows/ci.yml`";
        assert_eq!(traced("cargo deny", &facts).as_deref(), Some(expected));
        assert_eq!(traced("govulncheck", &facts), None);
        let mut script = Script::default();
        (script.name, script.command) = ("format".to_owned(), "prettier --write .".to_owned());
        facts.manifests[0].scripts.push(script);
        assert_eq!(traced("Prettier", &facts).as_deref(), Some("package.json: the script `format`"));
    }
}
