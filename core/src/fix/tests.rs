use super::*;
use crate::diagnostic::{Edit, Finding, Fix, Place};
use crate::pack::{Evaluation, EvaluationRequest, PackError, PackManifest, RulePack};
use crate::rule::RuleMeta;
use crate::source::Span;

/// A pack whose one rule offers these fixes for every plan: pieces of text, and what replaces them.
struct Replacing {
    manifest: PackManifest,
    fixes: &'static [(Applicability, &'static [(&'static str, &'static str)])],
}

impl RulePack for Replacing {
    fn manifest(&self) -> &PackManifest {
        &self.manifest
    }

    fn evaluate(&self, request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError> {
        let document = request.feature.plan_document();
        let meta = &self.manifest.rules[0];
        let mut evaluation = Evaluation::default();
        for (applicability, pieces) in self.fixes {
            let edit = |(old, new): &(&str, &str)| {
                let at = document.text.find(old)?;
                let place = Place::new(document.path.clone(), Span::new(at, at + old.len()));
                Some(Edit { place, text: (*new).to_owned() })
            };
            let Some(edits) = pieces.iter().map(edit).collect::<Option<Vec<Edit>>>() else { continue };
            let fix = Fix { applicability: *applicability, description: "Replace it".to_owned(), edits };
            let finding = Finding::new(document.place(Span::default()), "it can be replaced").fix(fix);
            evaluation.findings.push(finding.of_rule(meta));
        }
        Ok(evaluation)
    }
}

type Fixes = &'static [(Applicability, &'static [(&'static str, &'static str)])];

fn engine(fixes: Fixes) -> Engine {
    let meta = RuleMeta::new("TST001", "replaceable-text", crate::Severity::Warning, "## What it finds\nA text.\n");
    let manifest = PackManifest {
        name: "replacing".into(),
        prefix: "TST".into(),
        rules: vec![meta.fixable()],
        ..PackManifest::default()
    };
    let config = crate::config::Config { select: vec!["TST".to_owned()], ..Default::default() };
    Engine::builder()
        .pack(Replacing { manifest, fixes })
        .required(["replacing"])
        .config(config)
        .build()
        .expect("one pack has no clash")
}

#[track_caller]
fn check(fixes: Fixes, before: &str, after: &str, applied: usize) {
    let feature = Feature::builder().plan(before).build();
    let repaired = engine(fixes).repair(feature, Applicability::Safe);
    assert_eq!(repaired.feature.plan_document().text, after);
    assert_eq!(repaired.fixed.values().sum::<usize>(), applied);
    let changes: Vec<(&str, &str)> =
        repaired.changes.iter().map(|change| (change.before.as_str(), change.after.as_str())).collect();
    assert_eq!(changes, if before == after { vec![] } else { vec![(before, after)] });
    assert!(repaired.report.failures.is_empty());
}

use Applicability::{Safe, Unsafe};

#[test]
fn fixes_are_applied_where_they_stand() {
    check(&[(Safe, &[("one", "1")]), (Safe, &[("three", "3")])], "one two three", "1 two 3", 2);
    check(&[(Safe, &[("one", "1"), ("three", "3")])], "one two three", "1 two 3", 1);
    check(&[(Safe, &[("four", "4")])], "one two three", "one two three", 0);
    check(&[(Safe, &[("one", "one")])], "one two three", "one two three", 0);
}

#[test]
fn an_unsafe_fix_waits_to_be_asked_for() {
    check(&[(Unsafe, &[("one", "1")])], "one two", "one two", 0);
    let feature = Feature::builder().plan("one two").build();
    let repaired = engine(&[(Unsafe, &[("one", "1")])]).repair(feature, Unsafe);
    assert_eq!(repaired.feature.plan_document().text, "1 two");
}

#[test]
fn of_overlapping_fixes_the_first_by_position_wins() {
    // What the second replaces is gone after the first; the third is sought anew, and still fits.
    check(
        &[(Safe, &[("two three", "5")]), (Safe, &[("one two", "3")]), (Safe, &[("three", "x")])],
        "one two three",
        "3 x",
        2,
    );
    check(&[(Safe, &[("a", "1"), ("c", "3")]), (Safe, &[("bc", "2")])], "a bc", "1 b3", 1);
}

#[test]
fn a_fix_opens_the_way_for_the_next() {
    check(&[(Safe, &[("a", "b")]), (Safe, &[("b", "c")]), (Safe, &[("c", "d")])], "a", "d", 3);
}

#[test]
fn inserted_lines_end_as_those_around_them() {
    let fixes: Fixes = &[(Safe, &[("two", "1\n2\n3")])];
    check(fixes, "one\r\ntwo\r\n", "one\r\n1\r\n2\r\n3\r\n", 1);
    check(fixes, "one\ntwo\r\n", "one\n1\n2\n3\r\n", 1);
    check(fixes, "two\r\none\n", "1\r\n2\r\n3\r\none\n", 1);
    check(fixes, "two", "1\n2\n3", 1);
}

#[test]
fn fixes_that_never_end_leave_the_plan_as_it_was() {
    let feature = Feature::builder().plan("a").build();
    let repaired = engine(&[(Safe, &[("a", "b")]), (Safe, &[("b", "a")])]).repair(feature, Safe);
    assert_eq!(repaired.feature.plan_document().text, "a");
    assert!(repaired.changes.is_empty() && repaired.fixed.is_empty());
    let said: Vec<&str> = repaired.report.failures.iter().map(|failure| failure.message.as_str()).collect();
    assert_eq!(
        said,
        ["the fixes of TST001 did not come to an end in 100 passes, and none was applied; --ignore one of them"]
    );
}

#[test]
fn a_text_that_was_not_read_as_it_stands_is_left_alone() {
    use crate::feature::DocumentKind;
    use crate::plan::Problem;
    let problem = Problem::new("the text is not UTF-8 from here on", Span::default());
    let plan = Document::provided(DocumentKind::Plan, "plan.md", "one two").with_problems([problem]);
    let repaired = engine(&[(Safe, &[("one", "1")])]).repair(Feature::builder().document(plan).build(), Safe);
    assert_eq!(repaired.feature.plan_document().text, "one two");
    assert!(repaired.changes.is_empty());
}

#[cfg(feature = "fs")]
mod writing {
    use std::fs;

    use super::*;

    /// A repository whose plan.md holds `text`, and a change of "old" to "new".
    fn repository(text: &str) -> (tempfile::TempDir, std::path::PathBuf, Change) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it exists");
        fs::write(root.join("plan.md"), text).expect("it can be written");
        let change = Change { path: "plan.md".to_owned(), before: "old\n".to_owned(), after: "new\n".to_owned() };
        (folder, root, change)
    }

    #[test]
    fn only_what_was_examined_is_replaced() {
        for (found, left) in
            [("old\n", Some("new\n")), ("\u{FEFF}old\n", Some("\u{FEFF}new\n")), ("old", None), ("", None)]
        {
            let (_folder, root, change) = repository(found);
            let written = write(&root, &change);
            assert_eq!(written.is_ok(), left.is_some(), "{found:?}");
            if let Err(error) = written {
                let said = "plan.md changed while it was examined, and was left alone; run the command again";
                assert_eq!(error.to_string(), said);
            }
            assert_eq!(fs::read_to_string(root.join("plan.md")).expect("a text"), left.unwrap_or(found));
            assert_eq!(fs::read_dir(&root).expect("a folder").count(), 1, "nothing else is left");
        }
    }

    #[test]
    fn a_plan_that_is_gone_is_not_made_again() {
        let (_folder, root, change) = repository("old\n");
        fs::remove_file(root.join("plan.md")).expect("it is there");
        let said = write(&root, &change).expect_err("it is gone").to_string();
        assert_eq!(said, "plan.md does not exist, and was left alone");
        assert!(!root.join("plan.md").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_repository_is_not_followed() {
        let (_outside, elsewhere, _) = repository("old\n");
        let (_folder, root, mut change) = repository("old\n");
        change.path = "linked.md".to_owned();
        std::os::unix::fs::symlink(elsewhere.join("plan.md"), root.join("linked.md")).expect("a link");
        let said = write(&root, &change).expect_err("it leaves the repository").to_string();
        assert_eq!(said, "linked.md is a link that leaves the repository, and was left alone");
        assert_eq!(fs::read_to_string(elsewhere.join("plan.md")).expect("a text"), "old\n");
    }
}
