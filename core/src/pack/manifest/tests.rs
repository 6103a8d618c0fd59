use super::*;
use crate::Engine;
use crate::feature::{Feature, FeatureBuilder};
use crate::plan::Status;
use crate::report::PlanReport;
use crate::repository::{Dependency, Manifest, RepositoryFacts};

const HEADER: &str = "[pack]\nname = \"acme\"\nversion = \"1.2.0\"\nprefix = \"ACM\"\n";

const PRIVACY: &str = r#"
[[principle]]
ordinal = "XIII"
name = "Privacy by Design"
statuses = ["pass", "attention", "not-applicable"]
"#;

const LISTED: &str = r#"
[[principle.question]]
id = "ACM1301"
name = "unlisted-personal-data"
text = "Is all personal data listed in data-model.md?"
evidence = { terms = ["personal data"], in = ["data-model.md"] }
"#;

#[track_caller]
fn wrong(text: &str) -> String {
    ManifestPack::from_toml(text, "acme.toml").expect_err("a faulty manifest").to_string()
}

#[test]
fn a_whole_manifest_is_read() {
    let text = r#"
[pack]
name = "acme"
version = "1.2.0"
edition = "3.0.0"
prefix = "ACM"
title = "Acme Rules"
questions = "evidence-only"

[[principle]]
ordinal = "XIII"
name = "Privacy by Design"

[[principle.question]]
id = "ACM1301"
name = "undeclared-personal-data"
kind = "scope"
text = "Does this feature store personal data?"

[[principle.question]]
id = "ACM1302"
name = "unlisted-personal-data"
kind = "duty"
when = "ACM1301"
text = "Is all personal data listed in data-model.md?"
docs = "docs"
severity = "warning"
evidence = { terms = ["personal data", "GDPR"], files = ["docs/privacy/**"], dependencies = ["gdpr-*"], steps = ["gdpr check"], in = ["data-model.md", "contracts/"], traced = true }
contradicts = { terms = ["plaintext"], in = ["data-model.md"], dependencies = ["faker"] }
applies = { files = ["**/*.csproj"], dependencies = ["ef"], languages = ["C#"] }
outcomes = { unsupported = "error", unexplained = "off" }
"#;
    let pack = ManifestPack::from_toml(&text.replace('\n', "\r\n"), "acme.toml").unwrap();
    insta::assert_json_snapshot!(pack.manifest());
    let marked = ManifestPack::from_toml(&format!("\u{feff}{text}"), "acme.toml").unwrap();
    assert_eq!(marked.manifest().rule_count(), 2);
}

#[test]
fn what_is_left_out_is_as_usual() {
    let pack = ManifestPack::from_toml(&format!("{HEADER}{PRIVACY}{LISTED}"), "acme.toml").unwrap();
    let manifest = pack.manifest();
    assert_eq!((manifest.edition.as_ref(), manifest.title.as_ref()), ("1.2.0", "Acme Principles"));
    let question = &manifest.principles[0].questions[0];
    assert!(!question.evidence_only && question.when.is_none() && question.applies.everywhere());
    assert_eq!(question.summary(), "Is all personal data listed in data-model.md?");
}

#[test]
fn every_fault_names_its_line_and_what_to_do() {
    let line = |line: &str| format!("{HEADER}{PRIVACY}{LISTED}{line}\n");
    let header = |from: &str, to: &str| format!("{}{PRIVACY}{LISTED}", HEADER.replace(from, to));
    for (text, expected) in [
        (
            line("evidense = {}"),
            "acme.toml:16: unknown key `evidense` in [[principle.question]]; did you mean `evidence`?",
        ),
        (line("contradicts = { term = [] }"), "acme.toml:16: unknown key `term` in contradicts; did you mean `terms`?"),
        (
            line("outcomes = { silent = \"error\" }"),
            "acme.toml:16: unknown key `silent` in outcomes; known are `unsupported`, `unexplained`",
        ),
        (
            header("[pack]", "[pack]\nquestion = \"in-plan\""),
            "acme.toml:2: unknown key `question` in [pack]; did you mean `questions`?",
        ),
        (
            header("[pack]", "rules = 1\n[pack]"),
            "acme.toml:1: unknown key `rules` in the file; known are `pack`, `principle`",
        ),
        (line("severity = \"eror\""), "acme.toml:16: `severity` can't be \"eror\"; did you mean `error`?"),
        (line("docs = 7"), "acme.toml:16: `docs` is a number, and not a string"),
        (line("when = true"), "acme.toml:16: `when` is a flag, and not a string"),
        (line("applies = []"), "acme.toml:16: `applies` is a list, and not a table"),
        (line("applies = { files = \"a\" }"), "acme.toml:16: `files` is a string, and not a list of strings"),
        (line("applies = { files = [1] }"), "acme.toml:16: `files` is a number, and not a list of strings"),
        (line("applies = { files = [\"\"] }"), "acme.toml:16: `files` holds an empty string"),
        (
            line("applies = { files = [\"src/[\"] }"),
            "acme.toml:16: \"src/[\" is no glob over paths, such as \"docs/**\"",
        ),
        (line("contradicts = { files = [\"[\"] }"), "acme.toml:16: \"[\" is no glob over paths, such as \"docs/**\""),
        (
            line("contradicts = { terms = [\"secret\"] }"),
            "acme.toml:16: a term alone contradicts nothing; say with `in` in which documents it does, such as in = [\"data-model.md\"]",
        ),
        (
            line("contradicts = { dependencies = [\"a\"], traced = true }"),
            "acme.toml:16: `traced` belongs into `evidence`: there a claim of \"already\" without a trace is contradicted",
        ),
        (
            line("contradicts = { terms = [\"--\"], in = [\"spec.md\"] }"),
            "acme.toml:16: \"--\" holds no word to look for",
        ),
        (
            line("contradicts = { in = [\"data_model.md\"] }"),
            "acme.toml:16: `in` can't be \"data_model.md\"; did you mean `data-model.md`?",
        ),
        (line("when = \"ACM1399\""), "acme.toml:16: `when` names ACM1399, which the pack doesn't have"),
        (line("when = \"ACM1301\""), "acme.toml:16: `when` names ACM1301, which is no scope question"),
        (
            line("when = \"the scope\""),
            "acme.toml:16: `when` names a scope question by its id, and \"the scope\" is none",
        ),
        (line("docs = \"a\"\ndocs = \"b\""), "acme.toml:17: this is no TOML: duplicate key"),
        (line("docs = "), "acme.toml:16: this is no TOML: string values must be quoted, expected literal string"),
        (header("version = \"1.2.0\"\n", ""), "acme.toml:1: [pack] has no `version`; write version = \"1.0.0\""),
        (header("\"1.2.0\"", "\" \""), "acme.toml:3: `version` is empty; write version = \"1.0.0\""),
        (
            header("\"acme\"", "\"Acme Inc\""),
            "acme.toml:2: the pack's name \"Acme Inc\" is not kebab-case, such as \"acme\"",
        ),
        (header("\"ACM\"", "\"PLN\""), "acme.toml:4: `PLN` is the prefix of the gate rules; choose another"),
        (
            header("\"acme\"", "\"plan\""),
            "acme.toml:2: the name \"plan\" is one that reports use already; choose another",
        ),
        (HEADER.to_owned(), "acme.toml:1: the pack has no principle; write one as [[principle]]"),
        (
            PRIVACY.to_owned(),
            "acme.toml:1: there is no [pack]; it names the pack, its version and the prefix of its ids",
        ),
        (format!("principle = 1\n{HEADER}"), "acme.toml:1: `principle` is a number; write each as [[principle]]"),
        (format!("{HEADER}{PRIVACY}{PRIVACY}"), "acme.toml:13: the principle \"XIII. Privacy by Design\" stands twice"),
        (
            format!("{HEADER}{}", PRIVACY.replace("XIII", "the last")),
            "acme.toml:7: `ordinal` is no numeral: \"the last\"",
        ),
        (
            format!("{HEADER}{PRIVACY}{}", LISTED.replace("ACM1301", "acm-1")),
            "acme.toml:12: the id \"acm-1\" is not capital letters and three or four digits, such as \"ACM101\"",
        ),
        (
            format!("{HEADER}{PRIVACY}{}", LISTED.replace("ACM1301", "PRD1301")),
            "acme.toml:12: the id \"PRD1301\" does not begin with the pack's prefix \"ACM\"",
        ),
        (
            format!("{HEADER}{PRIVACY}{}", LISTED.replace("unlisted-", "Unlisted ")),
            "acme.toml:13: the name \"Unlisted personal-data\" is not kebab-case, such as \"unlisted-personal-data\"",
        ),
        (
            format!("{HEADER}{PRIVACY}{LISTED}{}", LISTED.replace("1301", "1302")),
            "acme.toml:19: the name \"unlisted-personal-data\" is ACM1301's already",
        ),
        (
            format!(
                "{HEADER}{PRIVACY}{}outcomes = {{ unsupported = \"error\" }}\n",
                LISTED.replace("evidence", "applies").replace("terms = [\"personal data\"], in", "files")
            ),
            "acme.toml:16: nothing can be `unsupported` without `evidence` to look for",
        ),
    ] {
        let message = wrong(&text);
        assert!(message.starts_with(expected), "expected: {expected}\nsaid:     {message}\n{text}");
        assert!(!message.contains('\n') && !message.ends_with('.'), "{message}");
    }
}

#[test]
fn all_faults_are_told_in_the_files_order() {
    let text = format!("{HEADER}{PRIVACY}{LISTED}a = 1\nb = 1\nc = 1\nd = 1\ne = 1\n");
    let error = ManifestPack::from_toml(&text, "acme.toml").unwrap_err();
    assert_eq!(error.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [16, 17, 18, 19, 20]);
    assert!(error.to_string().ends_with("; and 2 more"), "{error}");
}

#[test]
fn a_huge_file_is_refused() {
    let text = format!("{HEADER}{PRIVACY}{LISTED}# {}", "x".repeat(LARGEST));
    assert_eq!(wrong(&text), "acme.toml:1: is larger than 1024 KiB; split the pack");
}

#[test]
fn more_entries_than_can_be_looked_for_are_refused() {
    let terms = |count: usize| format!("contradicts = {{ files = [{}] }}", "\"a*\", ".repeat(count));
    assert!(ManifestPack::from_toml(&privacy(&terms(4_990)), "acme.toml").is_ok());
    let said = wrong(&privacy(&terms(100_000)));
    assert!(said.contains("all lists together hold more than 5000 entries; split the pack"), "{said}");
    assert_eq!(said.lines().count(), 1, "it is told once");

    let alike = |count: usize| {
        let terms: String = (0..count).map(|at| format!("\"Audit log {at}\", ")).collect();
        privacy(&format!("contradicts = {{ terms = [{terms}], in = [\"data-model.md\"] }}"))
    };
    assert!(ManifestPack::from_toml(&alike(200), "acme.toml").is_ok());
    let said = wrong(&alike(1_000));
    assert!(said.ends_with("\"Audit log 200\" begins as 200 other terms of the pack do; leave it out"), "{said}");
}

/// A plan that answers or passes the privacy principle, with a data model beside it.
fn feature(principle: &str, data_model: &str) -> FeatureBuilder {
    let plan = format!("# Implementation Plan: Accounts\n\n## Constitution Check\n\n{principle}\n");
    Feature::builder().folder("specs/001-accounts").plan(plan).document(crate::feature::Document::provided(
        crate::feature::DocumentKind::DataModel,
        "specs/001-accounts/data-model.md",
        data_model,
    ))
}

const ANSWERED: &str = "### XIII. Privacy by Design\n- Is all personal data listed in data-model.md? **Yes** - in the table\n- **Status**: ✅ PASS";

const DECLARED: &str =
    "| Principle | Status | Notes |\n|---|---|---|\n| XIII. Privacy by Design | ✅ PASS | all is listed |";

fn examine(manifest: &str, feature: FeatureBuilder) -> PlanReport {
    let pack = ManifestPack::from_toml(manifest, "acme.toml").unwrap_or_else(|error| panic!("{error}"));
    let engine = Engine::builder().pack(pack).required(["acme"]).build().unwrap();
    engine.evaluate(&feature.complete().build())
}

/// The findings of the pack's rules and of the rules on compact principles.
fn found(report: &PlanReport) -> Vec<String> {
    let of_interest =
        report.findings.iter().filter(|finding| finding.rule.starts_with("ACM") || finding.rule == "PLN117");
    of_interest.map(|finding| format!("{} {}: {}", finding.severity.as_str(), finding.rule, finding.message)).collect()
}

fn privacy(keys: &str) -> String {
    format!("{HEADER}{PRIVACY}{LISTED}{keys}\n")
}

fn evidence_only(keys: &str) -> String {
    privacy(keys).replace("prefix", "questions = \"evidence-only\"\nprefix")
}

#[test]
fn a_question_in_the_plan_is_judged_as_a_linked_one() {
    let unsupported = "ACM1301: answered yes, and nothing in the feature or the repository speaks of it";
    assert_eq!(found(&examine(&privacy(""), feature(ANSWERED, "# Data Model: personal data\n"))), [""; 0]);
    assert_eq!(found(&examine(&privacy(""), feature(ANSWERED, "# Data Model\n"))), [format!("warning {unsupported}")]);
    let open = "error ACM1301: the question has no answer: \"Is all personal data listed in data-model.md?\"";
    let asked = ANSWERED.replace(" **Yes** - in the table", "");
    assert_eq!(found(&examine(&privacy(""), feature(&asked, "# Data Model\n"))), [open]);
    let compact = "warning PLN117: \"XIII. Privacy by Design\" is assessed without an answer to its 1 questions";
    assert_eq!(found(&examine(&privacy(""), feature(DECLARED, "# Data Model\n"))), [compact]);
}

#[test]
fn a_tick_without_a_trace_can_fail() {
    let report = examine(&privacy("outcomes = { unsupported = \"error\" }"), feature(ANSWERED, "# Data Model\n"));
    assert_eq!(
        found(&report),
        ["error ACM1301: answered yes, and nothing in the feature or the repository speaks of it"]
    );
    assert_eq!((report.gate.principles[0].derived, report.gate.derived), (Status::Blocked, Status::Blocked));
    let report = examine(&privacy("outcomes = { unsupported = \"off\" }"), feature(ANSWERED, "# Data Model\n"));
    assert_eq!(found(&report), [""; 0]);
}

#[test]
fn an_author_may_let_terms_files_and_dependencies_contradict() {
    let keys = "contradicts = { terms = [\"plaintext\"], in = [\"data-model.md\"], files = [\"dump/**\"], dependencies = [\"faker\"] }";
    let mut facts = RepositoryFacts::of_paths(["dump/users.sql", "package.json"]);
    facts.manifests.push(Manifest {
        path: "package.json".to_owned(),
        dependencies: vec![Dependency { name: "faker".to_owned(), ..Dependency::default() }],
        ..Manifest::default()
    });
    let supported = "# Data Model: personal data\n";
    let report = examine(&privacy(keys), feature(ANSWERED, &format!("{supported}in plaintext\n")).repository(facts));
    assert_eq!(found(&report), ["error ACM1301: answered yes, but there is `plaintext` in data-model.md (and 2 more)"]);
    let notes: Vec<&str> =
        report.gate.principles[0].questions[0].evidence.iter().map(|found| found.note.as_str()).collect();
    assert_eq!(
        notes,
        [
            "`personal data` in data-model.md", "there is `plaintext` in data-model.md",
            "`dump/users.sql` is in the repository", "package.json depends on `faker`"
        ]
    );
    for (principle, data_model) in [
        // Denied, elsewhere, or not claimed: nothing is contradicted.
        (ANSWERED.to_owned(), format!("{supported}no plaintext\n")),
        (format!("{ANSWERED}\n\n## Summary\n\nplaintext"), supported.to_owned()),
        (ANSWERED.replace("**Yes** - in the table", "N/A - nothing is stored"), format!("{supported}plaintext\n")),
    ] {
        assert_eq!(found(&examine(&privacy(keys), feature(&principle, &data_model))), [""; 0], "{principle}");
    }
}

#[test]
fn a_question_is_asked_where_it_applies() {
    let keys = "applies = { files = [\"**/*.csproj\"], dependencies = [\"ef*\"] }";
    let asked = ANSWERED.replace(" **Yes** - in the table", "");
    let with = |dependencies: &[&str]| {
        let mut facts = RepositoryFacts::of_paths(["src/a.csproj"]);
        let dependencies =
            dependencies.iter().map(|name| Dependency { name: (*name).to_owned(), ..Dependency::default() });
        facts.manifests.push(Manifest { dependencies: dependencies.collect(), ..Manifest::default() });
        examine(&privacy(keys), feature(&asked, "").repository(facts))
    };
    assert_eq!(found(&with(&["efcore"])).len(), 1);
    assert_eq!(found(&with(&["dapper"])), [""; 0], "each list must fit");
    assert_eq!(found(&with(&[])), [""; 0]);
    let unknown = examine(&privacy(keys), feature(&asked, ""));
    assert_eq!(found(&unknown), [""; 0]);
    let not_judged: Vec<&str> = unknown.not_judged.iter().map(|one| one.rule.as_str()).collect();
    assert!(not_judged.contains(&"ACM1301"), "{not_judged:?}");
    let language = privacy("applies = { languages = [\"csharp\", \"fsharp\"] }");
    let spoken = |text: &str| {
        let plan =
            format!("## Technical Context\n\n**Language/Version**: {text}\n\n## Constitution Check\n\n{asked}\n");
        found(&examine(&language, Feature::builder().plan(plan))).len()
    };
    assert_eq!((spoken("FSharp 9"), spoken("Go 1.25")), (1, 0));
}

#[test]
fn what_plans_never_see_is_never_open() {
    let missing = "info ACM1301: \"XIII. Privacy by Design\" is declared passed, and nothing in the feature or the repository speaks of \"Is all personal data listed in data-model.md?\"";
    let contradicts = "contradicts = { terms = [\"plaintext\"], in = [\"data-model.md\"] }";
    let contradicted =
        "error ACM1301: \"XIII. Privacy by Design\" is declared passed, but there is `plaintext` in data-model.md";
    for (keys, principle, data_model, expected) in [
        ("", DECLARED, "personal data", &[][..]),
        ("", DECLARED, "", &[missing]),
        ("", ANSWERED, "", &[missing]),
        (
            "",
            "### XIII. Privacy by Design\n- Is all personal data listed in data-model.md?\n- **Status**: ✅ PASS",
            "",
            &[missing],
        ),
        (contradicts, DECLARED, "personal data in plaintext", &[contradicted]),
        (contradicts, &DECLARED.replace("✅ PASS", "N/A"), "personal data in plaintext", &[]),
        ("severity = \"warning\"", DECLARED, "", &[missing]),
    ] {
        let report = examine(&evidence_only(keys), feature(principle, data_model));
        let expected: Vec<String> = expected.iter().map(|said| (*said).to_owned()).collect();
        assert_eq!(found(&report), expected, "{keys} {principle} {data_model}");
        assert!(!report.findings.iter().any(|finding| finding.rule == "PLN105"), "it asks for no verdict");
    }
    let report = examine(&evidence_only(contradicts), feature(DECLARED, "plaintext"));
    assert_eq!(report.gate.principles[0].derived, Status::Blocked);
}

#[test]
fn a_principle_of_two_packs_and_the_constitution_is_assessed_once() {
    let second = privacy("")
        .replace("acme", "umbrella")
        .replace("ACM", "UMB")
        .replace("prefix", "questions = \"evidence-only\"\nprefix")
        .replace("unlisted", "unnamed");
    let packs = [privacy(""), second].map(|text| ManifestPack::from_toml(&text, "pack.toml").unwrap());
    let [first, second] = packs;
    let engine = Engine::builder().pack(first).pack(second).required(["acme", "umbrella"]).build().unwrap();
    let constitution =
        "# Acme Constitution\n\n## Core Principles\n\n### XIII. Privacy by Design\n\nData MUST be listed.\n";
    let feature = feature(ANSWERED, "").constitution(constitution).complete().build();
    let report = engine.evaluate(&feature);
    let principles: Vec<&str> = report.gate.principles.iter().map(|principle| principle.name.as_str()).collect();
    assert_eq!(principles, ["Privacy by Design"]);
    let rules: Vec<&str> = report.gate.principles[0].questions.iter().map(|question| question.rule.as_str()).collect();
    assert_eq!(rules, ["ACM1301", "UMB1301"]);
    let told: Vec<(&str, &str)> = report
        .findings
        .iter()
        .filter(|finding| finding.outcome.is_some() || finding.rule == "PLN101")
        .map(|finding| (finding.rule.as_str(), finding.severity.as_str()))
        .collect();
    assert_eq!(told, [("ACM1301", "warning"), ("UMB1301", "info")]);
}
