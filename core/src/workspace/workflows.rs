//! Workflows of continuous integration → the names, actions and commands of their steps. A scan by
//! lines: what a rule asks is whether a tool is named, and where.

use super::{file_name, folder_of, scan, yaml};
use crate::matching::contains_any;
use crate::repository::{Step, Workflow};

type Parser = fn(&str, &str) -> Workflow;

/// The parser of the workflow at a path, if it is one.
pub(super) fn parser(path: &str) -> Option<Parser> {
    let name = file_name(path);
    let folder = folder_of(path);
    let is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    let below = |parent: &str| folder == parent || folder.starts_with(&format!("{parent}/"));
    if name.starts_with("Jenkinsfile") || name.ends_with(".jenkinsfile") {
        return Some(jenkinsfile);
    }
    let is_workflow = [".github/workflows", ".gitea/workflows", ".forgejo/workflows"].contains(&folder)
        || (below(".github/actions") && name.starts_with("action."))
        || below(".gitlab/ci")
        || below(".buildkite")
        || below(".azure-pipelines")
        || below(".woodpecker")
        || (folder == ".circleci" && name.starts_with("config."))
        || name.starts_with("azure-pipelines")
        || [
            ".gitlab-ci", "bitbucket-pipelines", ".travis", ".drone", ".woodpecker", "cloudbuild", ".cirrus",
            "appveyor", ".appveyor", "buildspec",
        ]
        .iter()
        .any(|stem| name.strip_prefix(stem).is_some_and(|rest| matches!(rest, ".yml" | ".yaml")));
    (is_yaml && is_workflow).then_some(yaml_workflow as Parser)
}

/// Keys whose values name a step, an action or a command.
const SPEAKING: &[&str] = &[
    "after_script", "args", "bash", "before_install", "before_script", "command", "commands", "displayName", "image",
    "install", "job", "label", "name", "orbs", "powershell", "pwsh", "run", "script", "stage", "stages", "steps",
    "task", "template", "uses",
];

/// Keys at the top of a GitLab file that are no jobs.
const GITLAB: &[&str] = &[
    "after_script", "before_script", "cache", "default", "image", "include", "services", "spec", "stages", "variables",
    "workflow",
];

fn yaml_workflow(path: &str, text: &str) -> Workflow {
    let is_gitlab = file_name(path).starts_with(".gitlab-ci") || path.starts_with(".gitlab/");
    let mut steps = Vec::new();
    yaml::visit(text, |entry, above| {
        let parent = above.last().copied().unwrap_or_default();
        if entry.value.is_empty() {
            let is_job = parent == "jobs" || (is_gitlab && above.is_empty() && !GITLAB.contains(&entry.key));
            if is_job {
                steps.push(Step { text: entry.key.to_owned(), span: entry.span });
            }
        } else if entry.value.starts_with('#') {
            // A comment within a block of commands.
        } else if parent == "orbs" || (SPEAKING.contains(&entry.key) && !is_input(entry.key, parent)) {
            for item in yaml::items(entry.value) {
                steps.push(scan::step(item, text));
            }
        }
    });
    Workflow { path: path.to_owned(), steps }
}

/// `with: name: …` names an artifact, not a step.
fn is_input(key: &str, parent: &str) -> bool {
    matches!(parent, "with" | "env" | "variables" | "inputs") && matches!(key, "name" | "image" | "label" | "stage")
}

/// A Jenkinsfile: stages, and what is run by a shell.
fn jenkinsfile(path: &str, text: &str) -> Workflow {
    let mut steps = Vec::new();
    let mut open = false;
    for line in scan::lines(text) {
        let code = line.text.trim();
        let mut commands = code;
        if open || contains_any(code, &["sh '''", "sh \"\"\"", "bat '''", "bat \"\"\""]) {
            let closes = code.matches("'''").count() + code.matches("\"\"\"").count();
            if !open {
                commands = code.split_once("'''").or_else(|| code.split_once("\"\"\"")).map_or("", |(_, rest)| rest);
            }
            open = open != (closes % 2 == 1);
            let command = commands.trim_end_matches(')').trim_end_matches(['\'', '"']).trim();
            if !command.is_empty() && !command.starts_with('#') {
                steps.push(scan::step(command, text));
            }
        } else if !code.starts_with("//")
            && contains_any(code, &["stage(", "stage ", "sh ", "sh(", "bat ", "bat(", "script:"])
        {
            steps.extend(scan::strings(code).filter(|found| !found.is_empty()).map(|found| scan::step(found, text)));
        }
    }
    Workflow { path: path.to_owned(), steps }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &str, text: &str) -> Vec<String> {
        let workflow = parser(path).unwrap()(path, text);
        assert!(workflow.steps.iter().all(|step| step.span.text(text) == step.text));
        workflow.steps.into_iter().map(|step| step.text).collect()
    }

    #[test]
    fn github() {
        let text = "name: CI\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4 # pinned\n      - name: Lint\n        run: |\n          npm ci\n          # quiet\n          npm run lint\n      - uses: x/y@v1\n        with:\n          name: coverage\n          command: clippy\n";
        assert_eq!(
            texts(".github/workflows/ci.yml", text),
            ["CI", "test", "actions/checkout@v4", "Lint", "npm ci", "npm run lint", "x/y@v1", "clippy"]
        );
    }

    #[test]
    fn gitlab_circle_and_azure() {
        let text = "stages: [build, deploy]\nimage: node:22\nunit:\n  stage: build\n  script:\n    - npm test\n";
        assert_eq!(texts(".gitlab-ci.yml", text), ["build", "deploy", "node:22", "unit", "build", "npm test"]);
        let text =
            "orbs:\n  node: circleci/node@5\njobs:\n  build:\n    steps:\n      - checkout\n      - run: make test\n";
        assert_eq!(texts(".circleci/config.yml", text), ["circleci/node@5", "build", "checkout", "make test"]);
        let text = "steps:\n- script: dotnet test\n  displayName: 'Test'\n- task: UseDotNet@2\n";
        assert_eq!(texts("azure-pipelines.yml", text), ["dotnet test", "Test", "UseDotNet@2"]);
    }

    #[test]
    fn jenkins() {
        let text = "pipeline {\n  stages {\n    stage('Test') { steps { sh 'mvn -B verify' } }\n    stage('Deploy') {\n      sh '''\n        ./deploy.sh prod\n      '''\n    }\n  }\n}\n";
        assert_eq!(texts("Jenkinsfile", text), ["Test", "mvn -B verify", "Deploy", "./deploy.sh prod"]);
    }

    #[test]
    fn other_files_are_no_workflows() {
        for path in [".github/dependabot.yml", "docs/ci.yml", ".github/workflows/readme.md", ".circleci/x.yml"] {
            assert!(parser(path).is_none(), "{path}");
        }
    }
}
