//! Every form of a report: snapshots of one with everything in it, and properties over hostile ones.

#![cfg(feature = "emit")]
#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod fixture;

use std::io::Cursor;

use plangate_core::catalogue::{self, RuleEntry};
use plangate_core::diagnostic::{Applicability, Edit, Fix, Place};
use plangate_core::emit::{
    self, Agent, Concise, Emitter, Github, Gitlab, Html, Json, JsonLines, Junit, Markdown, MarkdownOptions, Sarif,
    Text, TextOptions,
};
use plangate_core::feature::Phase;
use plangate_core::plan::Status;
use plangate_core::report::{
    Failure, FindingReport, GateReport, PlanReport, PrincipleReport, Report, RepositoryReport, Sources, Suppressed,
    SuppressedBy,
};
use plangate_core::{Engine, Severity, Span};
use proptest::prelude::*;
use quick_xml::events::Event;
use serde_json::Value;

use fixture::{PLAN_PATH, finding, full, report_of, sources};

const FORMATS: [&str; 11] =
    ["text", "concise", "json", "json-lines", "sarif", "junit", "github", "gitlab", "markdown", "html", "agent"];

fn emitter<'a>(format: &str, out: &'a mut Vec<u8>, rules: &'a [RuleEntry<'a>]) -> Box<dyn Emitter + 'a> {
    match format {
        "text" => Box::new(Text::new(out, TextOptions::default())),
        "concise" => Box::new(Concise::new(out)),
        "json" => Box::new(Json::new(out)),
        "json-lines" => Box::new(JsonLines::new(out)),
        "sarif" => Box::new(Sarif::new(out, rules)),
        "junit" => Box::new(Junit::new(out)),
        "github" => Box::new(Github::new(out)),
        "gitlab" => Box::new(Gitlab::new(out)),
        "markdown" => Box::new(Markdown::new(out, MarkdownOptions::default())),
        "html" => Box::new(Html::new(out, rules, Cursor::new(Vec::new()))),
        "agent" => Box::new(Agent::new(out)),
        other => panic!("no emitter for {other}"),
    }
}

fn emitted_with(format: &str, report: &Report, sources: &Sources<'_>) -> String {
    let engine = Engine::builder().build().unwrap();
    let mut rules = catalogue::rules(engine.packs());
    rules.retain(|rule| ["PLN104", "PLN201"].contains(&rule.id));
    let mut out = Vec::new();
    emit::emit(report, sources, emitter(format, &mut out, &rules).as_mut()).unwrap();
    String::from_utf8(out).unwrap()
}

fn emitted(format: &str, report: &Report) -> String {
    emitted_with(format, report, &sources())
}

/// The report with one of everything, and a failure of either kind.
fn whole() -> Report {
    let mut report = full();
    report.today = Some("2026-11-22".to_owned());
    report.plans[0].failures.push(Failure::of_pack("mvp", "rule MVP101 panicked"));
    report.failures.push(Failure::of_path("specs/003-bin/plan.md", "specs/003-bin/plan.md is a binary file"));
    report
}

#[track_caller]
fn snapshot(format: &str) {
    let shown = emitted(format, &whole()).replace(env!("CARGO_PKG_VERSION"), "[version]");
    insta::assert_snapshot!(format, shown);
}

#[test]
fn json_lines_is_a_line_for_each_plan() {
    snapshot("json-lines");
}

#[test]
fn sarif_is_what_code_scanning_reads() {
    snapshot("sarif");
}

#[test]
fn junit_is_a_suite_for_each_plan() {
    snapshot("junit");
}

#[test]
fn github_is_a_command_for_each_finding() {
    snapshot("github");
}

#[test]
fn gitlab_is_an_issue_for_each_finding() {
    snapshot("gitlab");
}

#[test]
fn markdown_is_a_comment() {
    snapshot("markdown");
}

#[test]
fn agent_is_a_line_for_each_finding_with_the_next_step() {
    snapshot("agent");
}

/// The page without its style and script, each element on a line of its own.
#[test]
fn html_is_one_page() {
    let page = emitted("html", &whole()).replace(env!("CARGO_PKG_VERSION"), "[version]");
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (body, _) = rest.split_once("<script>").unwrap();
    insta::assert_snapshot!("html", format!("{head}{body}").replace("><", ">\n<"));
}

#[test]
fn html_asks_nobody_for_anything() {
    let page = emitted("html", &whole());
    for word in ["http://", "https://", "src=", "@import", "url(", "fetch(", "XMLHttpRequest", "<link", "innerHTML"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn html_links_lead_to_places_of_the_page() {
    let page = emitted("html", &whole());
    let targets: Vec<&str> =
        page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect();
    assert!(targets.len() > 10, "{targets:?}");
    for target in targets {
        assert_eq!(page.matches(&format!(" id=\"{target}\"")).count(), 1, "#{target}");
    }
}

/// A secret that a finding knows of is in no form of the report, whichever finding's excerpt shows its line.
#[test]
fn no_form_tells_a_secret() {
    for format in FORMATS {
        assert!(!emitted(format, &whole()).contains("sk-live-12345"), "{format}");
    }
}

#[test]
fn a_report_of_no_plan_is_well_formed_in_every_form() {
    let none = Report::new(Vec::new(), Vec::new());
    for format in FORMATS {
        well_formed(format, &emitted(format, &none));
    }
}

#[test]
fn sarif_has_what_services_ask_for() {
    let sarif: Value = serde_json::from_str(&emitted("sarif", &whole())).unwrap();
    assert_eq!((&sarif["version"], sarif["runs"].as_array().unwrap().len()), (&"2.1.0".into(), 1));
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for key in ["/id", "/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown"] {
            assert!(rule.pointer(key).and_then(Value::as_str).is_some_and(|text| !text.is_empty()), "{rule}");
        }
        assert!(["error", "warning", "note"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        if let Some(index) = result["ruleIndex"].as_u64() {
            assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        }
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        assert!(place["region"]["startLine"].as_u64().is_some_and(|line| line > 0), "{result}");
        assert!(result["partialFingerprints"]["plangate/v1"].as_str().is_some_and(|print| print.len() == 16));
    }
    let of = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).unwrap();
    assert_eq!(of("PLN201")["suppressions"][0]["kind"], "inSource");
    assert_eq!(of("MVP601")["suppressions"], Value::Array(Vec::new()));
    assert_eq!(of("MVP601")["relatedLocations"][0]["id"], 1);
    let replacement = &of("PLN104")["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "⚠️");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().len(), 2);
}

#[test]
fn services_see_paths_as_the_checkout_has_them() {
    let mut report = full();
    for (root, path) in [("apps/a b", "apps/a%20b/specs/001-voting/plan.md"), ("../..", "specs/001-voting/plan.md")] {
        report.repository = RepositoryReport::at(root);
        let sarif: Value = serde_json::from_str(&emitted("sarif", &report)).unwrap();
        assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], path);
        let gitlab: Value = serde_json::from_str(&emitted("gitlab", &report)).unwrap();
        assert_eq!(gitlab[0]["location"]["path"], path.replace("%20", " "));
    }
}

#[test]
fn issues_of_one_feature_in_two_repositories_are_two() {
    let plans = ["one", "two"].map(|folder| full().plans.remove(0).below(folder));
    let gitlab: Value = serde_json::from_str(&emitted("gitlab", &Report::new(Vec::new(), plans.to_vec()))).unwrap();
    let issues = gitlab.as_array().unwrap();
    let mut prints: Vec<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), issues.len());
}

#[test]
fn a_comment_is_bounded_and_blocked_plans_come_first() {
    let found = |message: String| finding("PLN001", "x", Severity::Error, Place::new(PLAN_PATH, Span::at(0)), &message);
    let findings: Vec<_> = (0..20).map(|number| found(format!("fault {number} {}", "word ".repeat(20)))).collect();
    let plans = (0..200).map(|number| {
        let mut plan = report_of(&findings).plans.remove(0);
        plan.path = format!("specs/{number:03}/plan.md");
        plan.gate.derived = if number == 199 { Status::Blocked } else { Status::Pass };
        plan
    });
    let comment = emitted("markdown", &Report::new(Vec::new(), plans.collect()));
    assert!(comment.len() <= 60_000, "{}", comment.len());
    let first = comment.find("<details").unwrap();
    assert!(
        comment[first..].starts_with("<details open>\n<summary>❌ <b>specs/199/plan.md</b>"),
        "{}",
        &comment[first..]
    );
    assert!(comment.contains("\n…and 170 more plans.\n") && comment.contains("did not fit into this comment"));
}

/// The parsed form, where a machine reads it.
#[track_caller]
fn well_formed(format: &str, text: &str) {
    let hostile = |letter: char| {
        (letter.is_control() && letter != '\n')
            || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if let Some(at) = text.find(hostile) {
        panic!("{format}: {:?}", text[at..].chars().take(40).collect::<String>());
    }
    match format {
        "json" | "sarif" | "gitlab" => drop(serde_json::from_str::<Value>(text).unwrap()),
        "json-lines" => text.lines().for_each(|line| drop(serde_json::from_str::<Value>(line).unwrap())),
        "junit" => balanced(text),
        "github" => text.lines().for_each(workflow_command),
        "html" => page(text),
        "markdown" => comment(text),
        _ => {}
    }
}

/// XML whose elements are closed, whose attributes read, and whose characters XML allows.
fn balanced(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                open += 1;
                element.attributes().for_each(|attribute| drop(attribute.unwrap().unescape_value().unwrap()));
            }
            Event::Empty(element) => {
                element.attributes().for_each(|attribute| drop(attribute.unwrap().unescape_value().unwrap()));
            }
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0);
    assert!(!text.contains(['\u{fffe}', '\u{ffff}']));
}

/// One command on the line: known properties, no further command.
fn workflow_command(line: &str) {
    let (properties, message) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).unwrap();
    let (command, properties) = properties.split_once(' ').unwrap();
    assert!(["error", "warning", "notice"].contains(&command), "{line}");
    for property in properties.split(',') {
        let (key, value) = property.split_once('=').unwrap();
        assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&key), "{line}");
        assert!(!value.contains(':'), "{line}");
    }
    for encoded in message.split('%').skip(1) {
        assert!(encoded.starts_with("25") || encoded.starts_with("0Ahelp: "), "{line}");
    }
}

/// Every element that is opened is closed, and there is one script: the page's own.
fn page(text: &str) {
    assert_eq!(text.matches("<script").count(), 1);
    assert_eq!(text.matches("</script").count(), 1);
    assert_eq!(text.matches("<style").count(), 1);
    let (before, rest) = text.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (body, _) = rest.split_once("<script>").unwrap();
    let mut open: Vec<&str> = Vec::new();
    for tag in before.split('<').skip(1).chain(body.split('<').skip(1)) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("an open tag: {tag}"));
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        if ["!DOCTYPE", "meta", "input"].contains(&name) {
            continue;
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> closes another element");
        } else {
            // What stands between quotes is a value.
            assert!(!tag.split('"').step_by(2).any(|part| part.contains(" on")), "<{tag}>");
            open.push(name);
        }
    }
    assert_eq!(open, ["html", "body"], "what stands open before the script");
}

/// No tag but our own, and no table row of another width.
fn comment(text: &str) {
    for tag in text.split('<').skip(1) {
        let own = ["!-- plangate --", "details", "/details", "summary", "/summary", "b>", "/b>", "code>", "/code>"];
        assert!(own.iter().any(|own| tag.starts_with(own)), "<{tag}");
    }
    for row in text.lines().filter(|line| line.starts_with('|')) {
        assert!([3, 4].contains(&(row.matches('|').count() - 1)), "{row}");
    }
    assert_eq!(text.matches("<details").count(), text.matches("</details>").count());
    assert!(!text.contains("@every") && !text.contains("://"), "{text}");
}

const HOSTILE: &[&str] = &[
    "\u{1b}[2J", "\u{1b}]8;;x\u{7}", "\u{9b}1m", "]]>", "<![CDATA[", "::error::", "::set-output name=x::", "%0A",
    "%25", "%", "|", "||", "`", "```", "</script>", "<script>alert(1)</script>", "<!--", "-->", "</style>",
    "\" onload=\"x", "'", "&amp;", "&", "\u{202e}", "\u{2066}", "\u{2028}", "\u{0}", "\u{fffe}", "\u{ffff}", "\u{85}",
    "\r\n", "\n", "\t", "@everyone", "#12", "https://evil.example", "[x](javascript:alert(1))", "![x](//e)", "](1)",
    "\\", "\\[", "$x$", "{0}", "é", "字", "👩‍👩‍👧", "specs/001/plan.md", "a b", ",", ":", "=", ".", "..", "/", "//", "-",
    "</details>", "</td>", "ok",
];

fn hostile() -> impl Strategy<Value = String> {
    let parts = proptest::collection::vec(proptest::sample::select(HOSTILE), 0..6);
    prop_oneof![3 => parts.prop_map(|parts| parts.concat()), 1 => any::<String>()]
}

prop_compose! {
    fn hostile_report()(
        texts in proptest::collection::vec(hostile(), 16),
        numbers in proptest::collection::vec(0u32..400, 8),
        severity in 0..3usize,
        status in 0..5usize,
        fixed in any::<bool>(),
        suppressed in any::<bool>(),
    ) -> (Report, String) {
        let [path, other, message, help, related, description, text, name, ordinal, reason, owner, feature, document, pack, failure, root] =
            &texts[..] else { unreachable!("sixteen texts") };
        let span = |at: usize| Span { start: numbers[at], end: numbers[at + 1] };
        let severity = [Severity::Error, Severity::Warning, Severity::Info][severity];
        let status = [Status::Pass, Status::Attention, Status::Blocked, Status::NotApplicable, Status::Undecided][status];
        let mut found = finding("PLN104", "contradictory-status", severity, Place::new(path, span(0)), message)
            .help(help)
            .related(Place::new(other, span(2)), related);
        if fixed {
            found = found.fix(Fix {
                applicability: Applicability::Safe,
                description: description.clone(),
                edits: vec![Edit { place: Place::new(path, span(4)), text: text.clone() }],
            });
        }
        let mut sources = Sources::default();
        sources.insert(path.as_str(), document.as_str());
        let mut finding = FindingReport::new(&found, feature, &sources);
        finding.rule.push_str(name);
        if suppressed {
            finding.suppressed = Some(Suppressed {
                by: SuppressedBy::Waiver,
                reason: Some(reason.clone()),
                owner: Some(owner.clone()),
                expires: Some(ordinal.clone()),
            });
        }
        let mut principle = PrincipleReport::new(pack, Some(ordinal.clone()), name);
        (principle.declared, principle.derived) = (Some(Status::Pass), status);
        let gate = GateReport::new(None, status, vec![principle]);
        let mut plan = PlanReport::new(path, feature, Phase::Design, gate, vec![finding]);
        plan.inactive_packs.push(pack.clone());
        plan.failures.push(Failure::of_path(other, failure));
        let mut report = Report::new(Vec::new(), vec![plan.clone(), plan]);
        report.repository = RepositoryReport::at(root);
        report.failures.push(Failure::of_pack(pack, failure));
        (report, document.clone())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_text_is_well_formed_in_every_form((report, document) in hostile_report()) {
        let mut sources = Sources::default();
        sources.insert(report.plans[0].path.clone(), document);
        for format in FORMATS {
            well_formed(format, &emitted_with(format, &report, &sources));
        }
    }
}
