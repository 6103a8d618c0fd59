//! Small repositories on disk: what is found, what is read, and what is passed over.

use std::fs;
use std::path::Path;

use proptest::strategy::Strategy;
use tempfile::TempDir;

use super::*;
use crate::feature::{DocumentKind, Part, Phase, State};

/// A repository with these files.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn plans_in(workspace: &Workspace, within: &Path) -> Vec<String> {
    workspace.features(within).unwrap().into_iter().map(|feature| feature.plan).collect()
}

fn all_plans(folder: &TempDir) -> Vec<String> {
    let workspace = Workspace::open(folder.path()).unwrap();
    plans_in(&workspace, folder.path())
}

fn load(folder: &TempDir, plan: &str) -> Result<Feature, WorkspaceError> {
    Workspace::open(folder.path()).unwrap().feature(&FeatureLocation::of_plan(plan), &LoadOptions::default())
}

fn reason(skipped: &[Skipped], path: &str) -> String {
    skipped.iter().find(|skipped| skipped.path == path).map(|skipped| skipped.reason.clone()).unwrap_or_default()
}

fn facts_of(files: &[(&str, &str)]) -> RepositoryFacts {
    let folder = repository(files);
    let facts = Workspace::open(folder.path()).unwrap().facts();
    (*facts).clone()
}

const PLAN: &str = "specs/001-voting/plan.md";
const TITLE: &str = "# Implementation Plan: Voting\n";

#[test]
fn the_root_is_the_nearest_marked_folder() {
    let folder =
        repository(&[(".git/HEAD", ""), ("app/.specify/memory/constitution.md", ""), ("app/specs/001/plan.md", "")]);
    let root = folder.path().canonicalize().unwrap();
    let opened = |path: &str| Workspace::open(root.join(path)).unwrap().root().to_owned();
    assert_eq!(opened("app/specs/001/plan.md"), root.join("app"));
    assert_eq!(opened("app/specs"), root.join("app"));
    assert_eq!(opened("."), root);
}

#[test]
fn without_a_mark_the_root_is_above_specs() {
    let folder = repository(&[("app/specs/001/plan.md", ""), ("app/specs/001/contracts/a.md", ""), ("other/x.md", "")]);
    let root = folder.path().canonicalize().unwrap();
    let opened = |path: &str| Workspace::open(root.join(path)).unwrap().root().to_owned();
    assert_eq!(opened("app/specs/001/plan.md"), root.join("app"));
    assert_eq!(opened("app/specs/001/contracts"), root.join("app"));
    assert_eq!(opened("other/x.md"), root.join("other"));
    assert!(matches!(Workspace::open(root.join("gone")), Err(WorkspaceError::NotFound { .. })));
}

#[test]
fn a_users_own_catalog_folder_is_no_mark() {
    let folder = repository(&[(".specify/extension-catalogs.yml", ""), ("app/README.md", "")]);
    let root = folder.path().canonicalize().unwrap();
    assert_eq!(Workspace::open(root.join("app")).unwrap().root(), root.join("app"));
}

#[test]
fn plans_stand_below_specs_at_any_depth() {
    let folder = repository(&[
        ("specs/002-b/plan.md", ""),
        ("specs/001-a/plan.md", ""),
        ("specs/012-email-templates/plan.md", ""),
        ("specs/templates/plan.md", ""),
        ("specs/000-template/plan.md", ""),
        (".specify/specs/api/gateway/plan.md", ""),
        ("docs/specs/003-c/Plan.md", ""),
        ("docs/plan.md", ""),
        ("node_modules/x/specs/001/plan.md", ""),
        ("specs/001-a/checklists/notes.plan.md", ""),
    ]);
    let workspace = Workspace::open(folder.path()).unwrap();
    assert_eq!(
        plans_in(&workspace, folder.path()),
        [
            ".specify/specs/api/gateway/plan.md", "docs/specs/003-c/Plan.md", "specs/001-a/plan.md",
            "specs/002-b/plan.md", "specs/012-email-templates/plan.md",
        ]
    );
    assert_eq!(reason(&workspace.skipped(), "specs/templates/plan.md"), "is a template");
    assert_eq!(plans_in(&workspace, &folder.path().join("docs")), ["docs/specs/003-c/Plan.md"]);
    assert_eq!(plans_in(&workspace, Path::new("specs/002-b")), ["specs/002-b/plan.md"]);
    assert_eq!(plans_in(&workspace, Path::new("specs/002-b/plan.md")), ["specs/002-b/plan.md"]);
    assert_eq!(plans_in(&workspace, Path::new("docs/plan.md")), ["docs/plan.md"]);
    assert!(matches!(workspace.features(Path::new("specs/gone")), Err(WorkspaceError::NotFound { .. })));
    assert!(matches!(workspace.features(Path::new("/")), Err(WorkspaceError::Outside { .. })));
}

#[test]
fn ignored_plans_are_found_only_where_there_are_no_others() {
    let folder = repository(&[(".gitignore", "specs/\n"), ("specs/001/plan.md", "")]);
    assert_eq!(all_plans(&folder), ["specs/001/plan.md"]);
    let folder = repository(&[(".gitignore", "/copy\n"), ("specs/001/plan.md", ""), ("copy/specs/001/plan.md", "")]);
    assert_eq!(all_plans(&folder), ["specs/001/plan.md"]);
}

#[test]
fn a_folder_of_features_may_have_another_name() {
    let folder = repository(&[
        (".specify/memory/constitution.md", ""),
        ("features/001/plan.md", ""),
        ("features/a/b/plan.md", ""),
    ]);
    assert_eq!(all_plans(&folder), [""; 0]);
    let workspace = Workspace::open(folder.path()).unwrap();
    assert_eq!(plans_in(&workspace, &folder.path().join("features")), ["features/001/plan.md"]);
}

#[test]
fn a_document_stands_for_its_feature() {
    let folder = repository(&[
        (PLAN, TITLE),
        ("specs/001-voting/tasks.md", ""),
        ("specs/001-voting/notes.md", ""),
        ("specs/001-voting/contracts/v1/api.yaml", ""),
        ("specs/002-rooms/spec.md", ""),
    ]);
    let workspace = Workspace::open(folder.path()).unwrap();
    for (document, plan) in [
        (PLAN, PLAN),
        ("specs/001-voting/tasks.md", PLAN),
        ("specs/001-voting/contracts/v1/api.yaml", PLAN),
        // What is no document of a feature is taken for a plan.
        ("specs/001-voting/notes.md", "specs/001-voting/notes.md"),
    ] {
        assert_eq!(plans_in(&workspace, &folder.path().join(document)), [plan], "{document}");
    }
    let unplanned = folder.path().join("specs/002-rooms/spec.md");
    assert_eq!(plans_in(&workspace, &unplanned), [""; 0], "the feature has no plan yet");
}

#[test]
fn a_feature_has_the_documents_around_it() {
    let folder = repository(&[
        (PLAN, TITLE),
        ("specs/001-voting/Spec.md", "# Spec\n"),
        ("specs/001-voting/data-model.md", ""),
        ("specs/001-voting/contracts/events/vote.md", ""),
        ("specs/001-voting/contracts/api.yaml", "openapi: 3.1.0\n"),
        ("specs/001-voting/contracts/.gitkeep", ""),
        (".specify/memory/constitution.md", "# Voting Constitution\n"),
        (".specify/templates/plan-template.md", ""),
        ("CONSTITUTION.md", ""),
    ]);
    let feature = load(&folder, PLAN).unwrap();
    assert_eq!((feature.name.as_str(), feature.phase), ("001-voting", Phase::Design));
    assert_eq!(feature.plan_document().path, PLAN);
    assert_eq!(feature.document(DocumentKind::Spec).unwrap().path, "specs/001-voting/Spec.md");
    let contracts: Vec<_> =
        feature.contracts().unwrap().iter().map(|contract| contract.document.path.clone()).collect();
    assert_eq!(contracts, ["specs/001-voting/contracts/api.yaml", "specs/001-voting/contracts/events/vote.md"]);
    assert_eq!(feature.document(DocumentKind::Constitution).unwrap().path, ".specify/memory/constitution.md");
    for part in [Part::Tasks, Part::Research, Part::Quickstart] {
        assert_eq!(feature.state(part), State::Absent, "{part:?}");
    }
    assert_eq!(feature.document(DocumentKind::Tasks).unwrap().path, "specs/001-voting/tasks.md");
    assert!(feature.repository().unwrap().has_directory("specs/001-voting"));
}

#[test]
fn the_nearest_constitution_and_a_teams_own_template_count() {
    let folder = repository(&[
        ("services/sales/specs/001/plan.md", ""),
        ("services/sales/CONSTITUTION.md", ""),
        (".specify/memory/constitution.md", ""),
        (".specify/templates/plan-template.md", ""),
        (".specify/templates/overrides/plan-template.md", ""),
    ]);
    let feature = load(&folder, "services/sales/specs/001/plan.md").unwrap();
    assert_eq!(feature.document(DocumentKind::Constitution).unwrap().path, "services/sales/CONSTITUTION.md");
    assert_eq!(
        feature.document(DocumentKind::PlanTemplate).unwrap().path,
        ".specify/templates/overrides/plan-template.md"
    );
}

#[test]
fn a_constitution_at_the_root_keeps_its_path() {
    let folder = repository(&[(PLAN, ""), ("CONSTITUTION.md", "# Constitution\n")]);
    assert_eq!(load(&folder, PLAN).unwrap().document(DocumentKind::Constitution).unwrap().path, "CONSTITUTION.md");
}

#[test]
fn a_plan_that_is_no_text_is_an_error_that_names_it() {
    let folder = repository(&[(PLAN, ""), ("specs/002/plan.md/x", "")]);
    write(folder.path(), PLAN, b"\x7FELF\0\0");
    let error = load(&folder, PLAN).unwrap_err().to_string();
    assert!(error.ends_with("specs/001-voting/plan.md is a binary file"), "{error}");
    let error = load(&folder, "specs/002/plan.md").unwrap_err().to_string();
    assert!(error.ends_with("specs/002/plan.md is a folder, not a file"), "{error}");
    let error = load(&folder, "specs/003/plan.md").unwrap_err().to_string();
    assert!(error.ends_with("specs/003/plan.md does not exist"), "{error}");
}

#[test]
fn a_large_plan_is_refused_with_its_size() {
    let folder = repository(&[(PLAN, TITLE)]);
    let options = LoadOptions::default().max_document_bytes(8);
    let workspace = Workspace::open(folder.path()).unwrap();
    let error = workspace.feature(&FeatureLocation::of_plan(PLAN), &options).unwrap_err().to_string();
    assert!(error.ends_with(&format!("holds {} bytes, more than the 8 that are read", TITLE.len())), "{error}");
    write(folder.path(), PLAN, &vec![b'a'; 2 * 1024 * 1024 + 1]);
    assert!(load(&folder, PLAN).is_err());
}

#[test]
fn one_unreadable_document_is_unknown_and_stops_nothing() {
    let folder = repository(&[(PLAN, TITLE), ("specs/002/plan.md", TITLE), ("specs/001-voting/tasks.md/x", "")]);
    write(folder.path(), "specs/001-voting/spec.md", b"\0\0\0");
    let feature = load(&folder, PLAN).unwrap();
    assert_eq!(feature.state(Part::Spec), State::Unknown);
    assert_eq!(feature.document(DocumentKind::Spec).unwrap().problems[0].message, "is a binary file");
    assert_eq!(feature.document(DocumentKind::Tasks).unwrap().problems[0].message, "is a folder, not a file");
    assert!(load(&folder, "specs/002/plan.md").is_ok());
}

#[test]
fn other_encodings_are_read_and_told() {
    let folder = repository(&[(PLAN, "")]);
    let utf_16: Vec<u8> = format!("\u{FEFF}{TITLE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, problems) in [(utf_16, 1), (format!("\u{FEFF}{TITLE}").into_bytes(), 0)] {
        write(folder.path(), PLAN, &bytes);
        let feature = load(&folder, PLAN).unwrap();
        assert_eq!(feature.plan_document().text, TITLE);
        assert_eq!(feature.plan_document().problems.len(), problems);
    }
}

#[test]
fn contracts_are_bounded() {
    let folder = repository(&[(PLAN, "")]);
    for number in 0..5 {
        write(folder.path(), &format!("specs/001-voting/contracts/{number}.md"), b"# Contract\n");
    }
    write(folder.path(), "specs/001-voting/contracts/0.png", b"\x89PNG\0");
    let workspace = Workspace::open(folder.path()).unwrap();
    let options = LoadOptions::default().max_contracts(3).without_repository();
    let feature = workspace.feature(&FeatureLocation::of_plan(PLAN), &options).unwrap();
    assert_eq!(feature.contracts().unwrap().len(), 2, "a picture counts and is none");
    assert!(reason(&workspace.skipped(), "specs/001-voting/contracts").contains("more than 3"));
    assert!(feature.repository().is_none());
}

#[test]
fn facts_are_shared() {
    let folder = repository(&[(PLAN, "")]);
    let workspace = Workspace::open(folder.path()).unwrap();
    assert!(Arc::ptr_eq(&workspace.facts(), &workspace.facts()));
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&workspace);
}

#[test]
fn ignored_and_vendored_files_are_not_listed() {
    let facts = facts_of(&[
        (".gitignore", "dist/\n*.log\n"),
        ("dist/app.js", ""),
        ("a.log", ""),
        ("src/target/x.rs", ""),
        ("Cargo.toml", "[package]\nname = \"x\"\n"),
        ("target/debug/x", ""),
        ("web/node_modules/y/package.json", "{}"),
        ("vendor/z.go", ""),
        (".github/dependabot.yml", ""),
    ]);
    assert_eq!(*facts.paths, [".github/dependabot.yml", ".gitignore", "Cargo.toml", "src/target/x.rs"]);
    assert_eq!(*facts.unlisted_folders, ["target", "vendor", "web/node_modules"]);
    assert!(facts.has_directory("vendor/y") && facts.has_directory("src/target/") && !facts.has_directory("dist"));
    assert!(!facts.has_directory("vendors"));
}

#[test]
fn another_repository_inside_is_left_out() {
    let folder = repository(&[
        (".git/HEAD", ""),
        (PLAN, ""),
        (".worktrees/a/.git", "gitdir: x"),
        (".worktrees/a/specs/001/plan.md", ""),
    ]);
    let workspace = Workspace::open(folder.path()).unwrap();
    assert_eq!(plans_in(&workspace, folder.path()), [PLAN]);
    assert_eq!(reason(&workspace.skipped(), ".worktrees/a"), "is a repository of its own");
    let folder = repository(&[("one/.git/HEAD", ""), ("one/specs/001/plan.md", "")]);
    assert_eq!(all_plans(&folder), ["one/specs/001/plan.md"]);
}

#[test]
fn a_tracked_file_is_listed_though_it_is_ignored() {
    let git = |folder: &TempDir, arguments: &[&str]| {
        let run = std::process::Command::new("git").arg("-C").arg(folder.path()).args(arguments).output();
        run.is_ok_and(|output| output.status.success())
    };
    let secret = "JWT_SECRET=9f8a7c6b5d4e3f2a\n";
    let folder =
        repository(&[(".gitignore", ".env*\n"), (".env", secret), (".env.local", secret), ("prod.env", secret)]);
    if !git(&folder, &["init", "-q"]) || !git(&folder, &["add", "-f", ".env", ".gitignore"]) {
        return;
    }
    let facts = Workspace::open(folder.path()).unwrap().facts();
    assert_eq!(*facts.paths, [".env", ".gitignore", "prod.env"]);
    let files: Vec<_> = facts.env_files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(files, [".env"], "prod.env is not tracked yet");
}

#[test]
fn secrets_are_never_kept() {
    let facts = facts_of(&[
        ("api/.env", "PORT=80\nJWT_SECRET=9f8a7c6b5d4e3f2a\n"),
        ("api/.env.example", "TOKEN=9f8a7c6b5d4e3f2a\n"),
    ]);
    assert_eq!(facts.env_files[0].secrets[0].name, "JWT_SECRET");
    assert!(!format!("{facts:?}").contains("9f8a7c6b"));
    assert_eq!(facts.env_files[0].secrets[0].span.text(facts.source("api/.env").unwrap()), "****************");
}

#[test]
fn manifests_say_where_and_what_is_wrong_with_them() {
    let facts = facts_of(&[
        ("web/package.json", "{\n  \"devDependencies\": { \"vitest\": \"^3\" }\n}\n"),
        ("web/tsconfig.json", "{}"),
        ("api/go.mod", "module x\ngo 1.24\n"),
        ("bad/package.json", "{ \"dependencies\": "),
        ("empty/pom.xml", ""),
        ("tests/fixtures/package.json", "{ \"dependencies\": { \"left-pad\": \"1\" } }"),
    ]);
    let languages: Vec<_> =
        facts.manifests.iter().map(|known| (known.path.as_str(), known.language.as_str())).collect();
    assert_eq!(
        languages,
        [
            ("api/go.mod", "go"),
            ("bad/package.json", "javascript"),
            ("empty/pom.xml", "java"),
            ("web/package.json", "typescript")
        ]
    );
    let (manifest, vitest) = facts.dependency("vitest").unwrap();
    assert_eq!(vitest.span.text(facts.source(&manifest.path).unwrap()), "\"vitest\": \"^3\"");
    assert!(reason(&facts.skipped, "bad/package.json").starts_with("is not valid JSON"));
    assert_eq!(reason(&facts.skipped, "empty/pom.xml"), "is empty");
    assert!(!facts.has_all_dependencies());
    assert!(facts.dependency("left-pad").is_none());
}

#[test]
fn a_manifest_that_is_too_large_proves_nothing() {
    let folder = repository(&[("go.mod", "module x\n")]);
    let facts = |folder: &TempDir| Workspace::open(folder.path()).unwrap().facts();
    assert!(facts(&folder).has_all_dependencies());
    write(folder.path(), "package.json", &vec![b' '; 1024 * 1024 + 1]);
    let facts = facts(&folder);
    assert_eq!(facts.manifests.len(), 2);
    assert!(!facts.has_all_dependencies());
    assert_eq!(reason(&facts.skipped, "package.json"), "holds 1048577 bytes, more than the 1048576 that are read");
}

#[test]
fn a_large_file_that_two_readers_want_is_told_once() {
    let folder = repository(&[("README.md", "x\n")]);
    write(folder.path(), ".env", &vec![b' '; 1024 * 1024 + 1]);
    let skipped = Workspace::open(folder.path()).unwrap().facts().skipped.clone();
    let told: Vec<&str> = skipped.iter().map(|skipped| skipped.path.as_str()).collect();
    assert_eq!(told, [".env"], "{skipped:?}");
}

#[test]
fn strict_is_reached_through_extends() {
    let facts = facts_of(&[
        ("tsconfig.base.json", "{ // shared\n \"compilerOptions\": { \"strict\": true, }, }"),
        ("loose.json", "{ \"compilerOptions\": { \"strict\": false } }"),
        ("a/tsconfig.json", "{ \"extends\": \"../tsconfig.base\" }"),
        ("b/tsconfig.json", "{ \"extends\": [\"../tsconfig.base.json\", \"../loose.json\"] }"),
        ("c/tsconfig.json", "{ \"extends\": \"@tsconfig/node22/tsconfig.json\" }"),
        ("d/tsconfig.json", "{ \"extends\": \"./tsconfig.other.json\" }"),
        ("d/tsconfig.other.json", "{ \"extends\": \"./tsconfig.json\" }"),
        ("e/tsconfig.json", "{ \"extends\": \"@acme/config/base.json\" }"),
        ("packages/config/package.json", "{ \"name\": \"@acme/config\" }"),
        ("packages/config/base.json", "{ \"extends\": \"../../tsconfig.base.json\" }"),
        ("f/tsconfig.json", "{ \"extends\": \"../../outside.json\" }"),
    ]);
    let strict = |path: &str| {
        let config = facts.tsconfigs.iter().find(|config| config.path == path).unwrap();
        config.strict.as_ref().map(|strict| (strict.value, strict.path.as_str()))
    };
    assert_eq!(strict("a/tsconfig.json"), Some((true, "tsconfig.base.json")));
    assert_eq!(strict("b/tsconfig.json"), Some((false, "loose.json")));
    assert_eq!(strict("c/tsconfig.json"), None);
    assert_eq!(strict("d/tsconfig.json"), None);
    assert_eq!(strict("e/tsconfig.json"), Some((true, "tsconfig.base.json")));
    assert_eq!(strict("f/tsconfig.json"), None);
    let unresolved =
        |path: &str| facts.tsconfigs.iter().find(|config| config.path == path).unwrap().unresolved_extends.clone();
    assert_eq!(unresolved("c/tsconfig.json").as_deref(), Some("@tsconfig/node22/tsconfig.json"));
    assert_eq!(unresolved("a/tsconfig.json"), None);
    let strict = facts.tsconfigs[0].strict.as_ref().unwrap();
    assert_eq!(strict.span.text(facts.source(&strict.path).unwrap()), "\"strict\": true");
}

#[test]
fn a_recent_compiler_is_strict_unless_told_otherwise() {
    let facts = facts_of(&[
        ("new/package.json", "{ \"devDependencies\": { \"typescript\": \"~6.0.2\" } }"),
        ("new/tsconfig.json", "{}"),
        ("new/app/tsconfig.json", "{ \"compilerOptions\": { \"strict\": false } }"),
        ("new/lib/tsconfig.json", "{ \"extends\": \"@tsconfig/node22\" }"),
        ("old/package.json", "{ \"devDependencies\": { \"typescript\": \"^5.9.0\" } }"),
        ("old/tsconfig.json", "{}"),
    ]);
    let strict: Vec<_> = facts
        .tsconfigs
        .iter()
        .map(|config| (config.path.as_str(), config.strict.as_ref().map(|strict| (strict.value, strict.path.as_str()))))
        .collect();
    assert_eq!(
        strict,
        [
            ("new/app/tsconfig.json", Some((false, "new/app/tsconfig.json"))),
            ("new/lib/tsconfig.json", None),
            ("new/tsconfig.json", Some((true, "new/package.json"))),
            ("old/tsconfig.json", None),
        ]
    );
}

#[test]
fn a_manifest_among_a_features_documents_is_a_draft() {
    let facts = facts_of(&[("specs/001/contracts/package.json", "{ \"dependencies\": { \"x\": \"1\" } }")]);
    assert!(facts.manifests.is_empty() && facts.has_file("specs/001/contracts/package.json"));
}

#[test]
fn a_long_chain_of_bases_ends() {
    let files: Vec<(String, String)> = (0..40)
        .map(|number| {
            (format!("tsconfig.{number:02}.json"), format!("{{ \"extends\": \"./tsconfig.{:02}.json\" }}", number + 1))
        })
        .chain([("tsconfig.40.json".to_owned(), "{ \"compilerOptions\": { \"strict\": true } }".to_owned())])
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let facts = facts_of(&files);
    assert!(facts.tsconfigs[0].strict.is_none());
    assert!(facts.tsconfigs[0].unresolved_extends.is_some(), "nobody knows what stands at its end");
    assert!(facts.tsconfigs[30].strict.is_some());
}

#[test]
fn bases_that_multiply_are_looked_at_once() {
    let base = |bases: Vec<String>| format!("{{ \"extends\": [\"{}\"] }}", bases.join("\", \""));
    let mut files: Vec<(String, String)> = (0..12)
        .map(|number| {
            (format!("tsconfig.{number:02}.json"), base(vec![format!("./tsconfig.{:02}.json", number + 1); 8]))
        })
        .collect();
    files.push(("tsconfig.12.json".to_owned(), "{}".to_owned()));
    files.push(("a/tsconfig.json".to_owned(), base((0..20_000).map(|at| format!("./{at}.json")).collect())));
    files.push(("b/tsconfig.json".to_owned(), base(vec!["./tsconfig.json".to_owned(); 20_000])));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let facts = facts_of(&files);
    let config = |path: &str| facts.tsconfigs.iter().find(|config| config.path == path).unwrap();
    assert!(config("tsconfig.00.json").strict.is_none());
    assert_eq!(config("a/tsconfig.json").unresolved_extends.as_deref(), Some("./19999.json"));
    assert!(config("b/tsconfig.json").unresolved_extends.is_some(), "not all of its bases were looked at");
}

#[test]
fn migrations_without_a_way_back() {
    let facts = facts_of(&[
        ("db/migrations/0001_a.up.sql", "CREATE TABLE a();"),
        ("db/migrations/0001_a.down.sql", "DROP TABLE a;"),
        ("db/migrations/0002_b.up.sql", "CREATE TABLE b();"),
        ("api/prisma/migrations/2026_init/migration.sql", "CREATE TABLE a();"),
        ("polls/migrations/__init__.py", ""),
        ("polls/migrations/0001_initial.py", "class Migration: pass\n"),
        ("alembic/versions/a1.py", "def upgrade():\n    op.x()\n\ndef downgrade():\n    pass\n"),
        (
            "web/migrations/001.js",
            "exports.up = (knex) => knex.schema.x();\nexports.down = (knex) => knex.schema.y();\n",
        ),
        ("rust/migrations/1_a/up.sql", ""),
        ("specs/001/migrations/0001_x.up.sql", ""),
    ]);
    let found: Vec<_> = facts
        .migrations
        .iter()
        .map(|folder| {
            (folder.path.as_str(), folder.tool.as_deref().unwrap_or(""), folder.count, folder.irreversible.len())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("alembic/versions", "alembic", 1, 1),
            ("api/prisma/migrations", "prisma", 1, 0),
            ("db/migrations", "golang-migrate", 2, 1),
            ("polls/migrations", "django", 1, 0),
            ("rust/migrations", "diesel", 1, 1),
            ("web/migrations", "knex", 1, 0),
        ]
    );
    assert_eq!(facts.migrations[2].irreversible, ["db/migrations/0002_b.up.sql"]);
}

/// Every file that has a parser of its own.
const READ: &[&str] = &[
    ".circleci/config.yml", ".github/workflows/ci.yml", ".gitlab-ci.yml", ".husky/pre-commit", ".lintstagedrc",
    ".pre-commit-config.yaml", "Cargo.toml", "Gemfile", "Jenkinsfile", "Package.swift", "Pipfile", "a.csproj",
    "build.gradle", "composer.json", "deno.json", "environment.yml", "go.mod", "lefthook.yml", "libs.versions.toml",
    "mix.exs", "package.json", "pom.xml", "pubspec.yaml", "pyproject.toml", "requirements.txt", "setup.cfg",
    "setup.py",
];

/// Words and marks that the parsers look for.
const WORDS: &[&str] = &[
    "CORS_ORIGIN=", "Access-Control-Allow-Origin", "*", "value", "\n", "\r\n", "  ", "- ", ": ", "|", "\"", "'", "#",
    "//", "<", ">", "<!--", "]]>", "</", "/>", "=", "[", "]", "{", "}", "(", ")", "{:", "gem ", "require (",
    "dependencies", "dependency", "artifactId", "PackageReference Include=", "implementation(", "group:", "name:",
    "url:", "swift-tools-version:", "install_requires=[", "python_requires", "python", "run", "steps", "jobs", "libs.",
    "kotlin(\"", "id(", "sh '''", "stage(", "VERSION_", "sourceCompatibility", "é", "🗳", "1.2", "a:b:c", "#egg=",
    "-----", "def upgrade():", "def downgrade():", "exports.up", "exports.down", "knex", "/*", "*/",
];

/// Reads a text as the file at `path`; all places that come of it.
fn spans(path: &str, text: &str) -> Vec<crate::source::Span> {
    let mut spans = Vec::new();
    if let Some(parse) = manifests::parser(path) {
        let manifest = parse(text).manifest;
        spans.extend(manifest.dependencies.iter().chain(&manifest.language_version).map(|known| known.span));
        spans.extend(manifest.scripts.iter().map(|script| script.span));
    }
    let parse = workflows::parser(path).map(|parse| parse(path, text).steps);
    let steps = parse.or_else(|| hooks::parser(path).map(|parse| parse(path, text).steps));
    spans.extend(steps.into_iter().flatten().map(|step| step.span));
    spans
}

#[test]
fn every_read_file_has_a_parser() {
    for path in READ {
        let is_manifest = manifests::parser(path).is_some();
        assert!(is_manifest || workflows::parser(path).is_some() || hooks::parser(path).is_some(), "{path}");
    }
}

proptest::proptest! {
    #[test]
    fn parsers_survive_any_text(parts in proptest::collection::vec(
        proptest::prop_oneof![
            proptest::sample::select(WORDS).prop_map(str::to_owned),
            proptest::char::any().prop_map(String::from),
        ],
        0..40,
    )) {
        let text = parts.concat();
        for path in READ {
            for span in spans(path, &text) {
                proptest::prop_assert!(text.get(span.range()).is_some(), "{path} {span:?}");
            }
        }
        for extension in ["cs", "exs", "js", "php", "py", "rb", "sql"] {
            migrations::read(&format!("migrations/1.{extension}"), &text);
        }
        proptest::prop_assert_eq!(env_files::masked(&text).len(), text.len());
        env_files::parse(".env", &text);
        if let Some((settings, masked)) = cors::parse(".env", &text) {
            proptest::prop_assert_eq!(masked.len(), text.len());
            proptest::prop_assert!(settings.iter().all(|setting| setting.span.text(&text) == "*"));
        }
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_that_leave_or_loop_are_not_followed() {
        let outside = repository(&[("secret.md", "geheim"), ("specs/009/plan.md", "")]);
        let folder = repository(&[(PLAN, TITLE), ("shared/spec.md", "# Spec\n"), ("AGENTS.md", "")]);
        let root = folder.path();
        symlink(outside.path(), root.join("elsewhere")).unwrap();
        symlink(outside.path().join("secret.md"), root.join("specs/001-voting/research.md")).unwrap();
        symlink(root.join("shared/spec.md"), root.join("specs/001-voting/spec.md")).unwrap();
        symlink("..", root.join("specs/loop")).unwrap();
        symlink("self", root.join("self")).unwrap();
        symlink("gone", root.join("dangling")).unwrap();
        symlink("AGENTS.md", root.join("CLAUDE.md")).unwrap();
        let workspace = Workspace::open(root).unwrap();
        assert_eq!(plans_in(&workspace, root), [PLAN]);
        let feature = workspace.feature(&FeatureLocation::of_plan(PLAN), &LoadOptions::default()).unwrap();
        assert_eq!(feature.document(DocumentKind::Spec).unwrap().text, "# Spec\n");
        assert_eq!(feature.state(Part::Research), State::Unknown);
        assert!(feature.documents.iter().all(|document| !document.text.contains("geheim")));
        let skipped = workspace.skipped();
        for (path, says) in [
            ("elsewhere", "leaves the repository"),
            ("specs/001-voting/research.md", "leaves the repository"),
            ("specs/loop", "not followed"),
            ("self", "leads nowhere"),
            ("dangling", "leads nowhere"),
        ] {
            assert!(reason(&skipped, path).contains(says), "{path}: {skipped:?}");
        }
        assert!(workspace.facts().has_file("CLAUDE.md"));
        assert!(!workspace.facts().has_file("dangling"));
    }

    #[test]
    fn a_plan_that_is_a_link_out_is_refused() {
        let outside = repository(&[("plan.md", TITLE)]);
        let folder = repository(&[("specs/001/spec.md", ""), (".specify/memory/constitution.md", "")]);
        symlink(outside.path().join("plan.md"), folder.path().join("specs/001/plan.md")).unwrap();
        let workspace = Workspace::open(folder.path()).unwrap();
        assert_eq!(plans_in(&workspace, folder.path()), [""; 0]);
        let location = workspace.features(&folder.path().join("specs/001")).unwrap().remove(0);
        let error = workspace.feature(&location, &LoadOptions::default()).unwrap_err().to_string();
        assert!(error.contains("leaves the repository"), "{error}");
    }

    #[test]
    fn a_pipe_is_never_opened() {
        let folder = repository(&[(PLAN, TITLE)]);
        for path in ["specs/001-voting/spec.md", "package.json"] {
            let made = std::process::Command::new("mkfifo").arg(folder.path().join(path)).status();
            if !made.is_ok_and(|status| status.success()) {
                return;
            }
        }
        let workspace = Workspace::open(folder.path()).unwrap();
        let feature = workspace.feature(&FeatureLocation::of_plan(PLAN), &LoadOptions::default()).unwrap();
        assert_eq!(feature.state(Part::Spec), State::Unknown);
        assert_eq!(reason(&workspace.skipped(), "package.json"), "is a pipe, not a file");
    }

    #[test]
    fn a_forbidden_folder_is_passed_over() {
        let folder = repository(&[(PLAN, TITLE), ("closed/x.rs", "")]);
        let closed = folder.path().join("closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let may_read = fs::read_dir(&closed).is_ok();
        let workspace = Workspace::open(folder.path()).unwrap();
        assert_eq!(plans_in(&workspace, folder.path()), [PLAN]);
        let told = reason(&workspace.skipped(), "closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(may_read || told.contains("could not be read"), "{told}");
    }
}

#[test]
fn a_stamp_tells_when_something_changed() {
    let folder = repository(&[(PLAN, TITLE), ("src/lib.rs", ""), (".gitignore", "specs/\n")]);
    let workspace = Workspace::open(folder.path()).unwrap();
    let features = [FeatureLocation::of_plan(PLAN)];
    let first = workspace.stamp(&features);
    assert_eq!(workspace.stamp(&features), first);
    write(folder.path(), "src/new.rs", b"");
    let second = workspace.stamp(&features);
    assert_ne!(second, first, "a file was added");
    write(folder.path(), PLAN, b"# Implementation Plan: Rooms\n\nChanged.\n");
    assert_ne!(workspace.stamp(&features), second, "an ignored plan was changed");
}
