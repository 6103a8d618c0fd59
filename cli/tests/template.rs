//! The plan template of the active packs, and plans that start from it.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod kit;

use std::fs;
use std::path::Path;

use kit::{folder, run};
use plangate_core::pack::{PackManifest, RulePack};
use plangate_core::plan::{Status, Verdict};
use plangate_core::{Plan, parse};
use serde_json::Value;

const BOTH: &[&str] = &["--pack", "mvp", "--pack", "production"];
const PLACE: &str = ".specify/templates/plan-template.md";
const NO_PACK: &str = "note: no pack is active here, so that the Constitution Check asks nothing; \
                       --pack NAME makes one active (mvp, production)\n";

fn template(at: &Path, arguments: &[&str]) -> String {
    let ran = run(at, &[&["template"], arguments].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

/// A plan without what tells where something stands.
fn said(plan: &Plan) -> Value {
    fn strip(value: &mut Value) {
        if let Value::Object(map) = value {
            map.remove("span");
            map.remove("heading");
            map.values_mut().for_each(strip);
        } else if let Value::Array(values) = value {
            values.iter_mut().for_each(strip);
        }
    }
    let mut value = serde_json::to_value(plan).unwrap();
    strip(&mut value);
    value
}

#[test]
fn the_template_asks_what_the_packs_ask() {
    let plan = parse::plan(&template(folder(&[]).path(), BOTH));
    let packs = [plangate_rules_mvp::pack(), plangate_rules_production::pack()];
    let manifests: Vec<&PackManifest> = packs.iter().map(RulePack::manifest).collect();
    let [check] = plan.constitution_checks.as_slice() else { panic!("{:?}", plan.constitution_checks) };

    let groups = check.groups.iter().map(|group| (group.title.clone(), group.version.clone().unwrap()));
    let titles = manifests.iter().map(|pack| (pack.title.to_string(), pack.edition.to_string()));
    assert!(groups.eq(titles), "{:?}", check.groups);

    let principles: Vec<_> = manifests.iter().flat_map(|pack| &pack.principles).collect();
    assert_eq!((check.principles.len(), principles.len()), (12, 12));
    for (assessed, principle) in check.principles.iter().zip(principles) {
        assert_eq!(assessed.ordinal.as_deref(), Some(&*principle.ordinal));
        assert_eq!(assessed.name, principle.name);
        assert_eq!((assessed.status, &*assessed.options), (Some(Status::Undecided), &*principle.statuses));
        let asked = assessed.questions.iter().map(|question| (question.text.as_str(), question.answer.verdict));
        assert!(asked.eq(principle.questions.iter().map(|question| (&*question.text, Verdict::Open))), "{assessed:?}");
    }
    assert_eq!(check.principles.iter().map(|principle| principle.questions.len()).sum::<usize>(), 54);
}

#[test]
fn the_model_is_that_of_spec_kits_template_with_these_principles() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/fixtures/plan-template.md");
    let known = parse::plan(&fs::read_to_string(fixture).unwrap());
    assert_eq!(said(&parse::plan(&template(folder(&[]).path(), BOTH))), said(&known));
}

#[test]
fn without_an_active_pack_that_is_told() {
    let folder = folder(&[]);
    let ran = run(folder.path(), &["template"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, NO_PACK));
    assert!(ran.out.contains("\n[Gates determined based on constitution file]\n"), "{}", ran.out);
}

#[test]
fn the_repository_says_which_packs_are_active() {
    let mvp = template(folder(&[]).path(), &["--pack", "mvp"]);
    let folder = folder(&[(PLACE, mvp.as_bytes())]);
    assert_eq!(template(folder.path(), &[]), mvp);
}

#[test]
fn an_unknown_pack_is_told() {
    let ran = run(folder(&[]).path(), &["template", "--pack", "acme"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.starts_with("error: no pack is called `acme`; there are mvp, production"), "{}", ran.err);
}

const ACME: &str = r#"
[pack]
name = "acme"
version = "1.2.0"
prefix = "ACM"

[[principle]]
ordinal = "XIII"
name = "Privacy by Design"
statuses = ["pass", "not-applicable"]

[[principle.question]]
id = "ACM1301"
name = "unlisted-personal-data"
text = "Is all personal data listed in data-model.md?"
"#;

/// What the pack brings to a template.
const ASKED: &str = "\n### Acme Principles (v1.2.0)\n\n**XIII. Privacy by Design** ✅ / N/A\n\
                     - Is all personal data listed in data-model.md?\n\n**Overall Status**";

#[test]
fn a_pack_from_a_file_asks_as_well() {
    let folder = folder(&[("acme.toml", ACME.as_bytes())]);
    let out = template(folder.path(), &["--pack", "acme.toml", "--pack", "mvp"]);
    assert!(out.contains(ASKED), "{out}");
    assert!(out.find("### MVP Principles") < out.find("### Acme Principles"), "in the order of their principles");
}

#[test]
fn the_configuration_says_which_packs_are_active() {
    let config = "required-packs = [\"acme\"]\n\n[[pack]]\npath = \"acme.toml\"\n";
    let folder = folder(&[("plangate.toml", config.as_bytes()), ("acme.toml", ACME.as_bytes()), (".git/HEAD", b"")]);
    let out = template(folder.path(), &[]);
    assert!(out.contains(ASKED) && !out.contains("MVP"), "{out}");
    assert_eq!(run(folder.path(), &["template", "--no-config"]).err, NO_PACK);
}

#[test]
fn a_pack_that_does_not_load_writes_nothing() {
    let folder = folder(&[("acme.toml", b"[pack]\n")]);
    for arguments in [&["template"][..], &["template", "--write"], &["new", "votes"]] {
        let ran = run(folder.path(), &[arguments, &["--pack", "acme.toml"]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.err.contains("acme.toml"), "{}", ran.err);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn questions_that_plans_never_see_are_not_asked() {
    let evidence_only = ACME.replace("prefix", "questions = \"evidence-only\"\nprefix");
    let folder = folder(&[("acme.toml", evidence_only.as_bytes())]);
    let out = template(folder.path(), &["--pack", "acme.toml"]);
    assert!(out.contains("**XIII. Privacy by Design** ✅ / N/A\n\n**Overall Status**"), "{out}");
}

#[test]
fn the_template_is_written_into_the_repository() {
    let folder = folder(&[("specs/001-a/plan.md", b"# A\n")]);
    let deep = folder.path().join("specs/001-a");
    let write = |arguments: &[&str]| run(&deep, &[&["template", "--write"], BOTH, arguments].concat());
    fs::create_dir_all(folder.path().join(".git")).unwrap();

    let first = write(&[]);
    assert_eq!((first.code, first.out.as_str(), first.err.as_str()), (0, "", &*format!("note: wrote {PLACE}\n")));
    let path = folder.path().join(PLACE);
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written, template(&deep, BOTH));
    assert_eq!(write(&[]).err, format!("note: {PLACE} is up to date\n"));

    let edited = written.replace("## Summary\n", "## Rollout\n\nby region\n\n## Summary\n");
    fs::write(&path, &edited).unwrap();
    let refused = write(&[]);
    assert_eq!(refused.code, 2);
    assert_eq!(
        refused.err,
        format!(
            "error: {PLACE} has local edits, and was left alone: the new template would lose 2 lines: \
             line 6 `## Rollout`, line 8 `by region`; --force replaces it\n"
        )
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);

    assert_eq!(write(&["--force"]).err, format!("note: replaced {PLACE}\n"));
    assert_eq!(fs::read_to_string(&path).unwrap(), written);
    let left = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(left, 1, "no temporary file is left");
}

#[test]
fn spec_kits_own_template_is_replaced() {
    let stock = "# Implementation Plan: [FEATURE]\n\n**Note**: This template is filled in by the `/speckit.plan` command.\n\n\
                 <!--\n  ACTION REQUIRED: Replace\n-->\n\n**Storage**: [if applicable, e.g., files]\n\n## Constitution Check\n\n\
                 [Gates determined based on constitution file]\n";
    let folder = folder(&[(PLACE, stock.as_bytes())]);
    let ran = run(folder.path(), &[&["template", "--write"], BOTH].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, &*format!("note: replaced {PLACE}\n")));
}

#[cfg(unix)]
#[test]
fn a_template_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[(PLACE, b"# Implementation Plan: [FEATURE]\n")]);
    let path = folder.path().join(PLACE);
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(run(folder.path(), &[&["template", "--write"], BOTH].concat()).code, 0);
    assert_eq!(mode(), 0o640);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_followed() {
    let outside = folder(&[("mine.md", b"")]);
    let folder = folder(&[(".specify/templates/other.md", b"")]);
    std::os::unix::fs::symlink(outside.path().join("mine.md"), folder.path().join(PLACE)).unwrap();
    let ran = run(folder.path(), &[&["template", "--write", "--force"], BOTH].concat());
    let refused = format!("error: {PLACE} could not be written: it is a link that leaves the repository\n");
    assert_eq!((ran.code, ran.err), (2, refused));
    assert_eq!(fs::read(outside.path().join("mine.md")).unwrap(), b"");
}

/// Starts a feature, and says what came of it.
fn new(at: &Path, arguments: &[&str]) -> (i32, String, String) {
    let ran = run(at, &[&["new"], arguments, &["--today", "2026-05-04"]].concat());
    (ran.code, ran.out, ran.err)
}

fn made(path: &str) -> (i32, String, String) {
    (0, format!("{path}\n"), String::new())
}

#[test]
fn a_new_feature_gets_the_next_free_number() {
    let folder = folder(&[
        ("specs/004-a/plan.md", b"# A\n"),
        (".git/HEAD", b"ref: refs/heads/feature/006-b\n"),
        (PLACE, template(folder(&[]).path(), BOTH).as_bytes()),
    ]);
    assert_eq!(new(folder.path(), &["Live votes"]), made("specs/007-live-votes/plan.md"));
    assert_eq!(new(folder.path(), &["quick-polls"]), made("specs/008-quick-polls/plan.md"));
    assert_eq!(new(folder.path(), &["feature/002-late"]), made("specs/002-late/plan.md"));

    let plan = parse::plan(&fs::read_to_string(folder.path().join("specs/007-live-votes/plan.md")).unwrap());
    assert_eq!(plan.title.unwrap().text, "Live votes");
    assert_eq!(plan.metadata.branch.unwrap().text, "007-live-votes");
    assert_eq!(plan.metadata.date.unwrap().text, "2026-05-04");
    assert_eq!(plan.metadata.spec.unwrap().text, "./spec.md");
    assert_eq!(plan.constitution_checks[0].principles.len(), 12);
}

#[test]
fn a_new_plan_is_blocked_by_one_clear_finding() {
    let folder = folder(&[(PLACE, template(folder(&[]).path(), BOTH).as_bytes())]);
    assert_eq!(new(folder.path(), &["votes"]).0, 0);
    let ran = run(folder.path(), &["check", "--output-format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let plan = &report["plans"][0];
    assert_eq!(plan["gate"]["derived"], "blocked");
    let findings: Vec<_> = plan["findings"].as_array().unwrap().iter().map(|found| &found["message"]).collect();
    assert_eq!(findings, ["the plan is unfilled: 11 of the template's placeholders stand"]);
    assert_eq!(plan["findings"][0]["rule"], "PLN008");
}

#[test]
fn a_plan_that_is_there_stays() {
    let folder = folder(&[("specs/003-votes/plan.md", b"# Mine\n"), (".git/HEAD", b"")]);
    for name in ["votes", "Votes", "003-votes"] {
        let (code, out, err) = new(folder.path(), &[name, "--pack", "mvp"]);
        assert_eq!((code, out.as_str()), (2, ""));
        let path = "specs/003-votes/plan.md";
        assert_eq!(err, format!("error: {path} is there already; `plangate check {path}` examines it\n"));
    }
    let (code, _, err) = new(folder.path(), &["003-polls", "--pack", "mvp"]);
    let taken = "error: number 003 is taken by specs/003-votes; leave the number out to get the next free one\n";
    assert_eq!((code, err.as_str()), (2, taken));
    assert_eq!(fs::read(folder.path().join("specs/003-votes/plan.md")).unwrap(), b"# Mine\n");
}

#[test]
fn a_specified_feature_gets_its_plan() {
    let folder = folder(&[("specs/003-votes/spec.md", b"# Votes\n"), (".git/HEAD", b"")]);
    assert_eq!(new(folder.path(), &["votes", "--pack", "mvp"]), made("specs/003-votes/plan.md"));
    assert_eq!(fs::read(folder.path().join("specs/003-votes/spec.md")).unwrap(), b"# Votes\n");
}

#[test]
fn a_name_that_names_nothing_is_refused() {
    let folder = folder(&[]);
    let (code, _, err) = new(folder.path(), &["../.."]);
    assert_eq!((code, err.as_str()), (2, "error: `../..` is no name for a feature: it holds no letter and no digit\n"));
    assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
}
