//! The form of a manifest pack's TOML, as `pack::ManifestPack` reads it. Nothing is read into these
//! types: the reader names lines, which they could not.

use schemars::JsonSchema;

/// A pack of principles and questions in a TOML file.
#[derive(JsonSchema)]
#[schemars(rename = "Pack")]
#[expect(dead_code, reason = "only the schema of it is used")]
pub(super) struct PackFile {
    /// What the pack is.
    pack: Header,
    /// Its principles in order.
    #[schemars(length(min = 1))]
    principle: Vec<PrincipleTable>,
}

/// What a pack is.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema of it is used")]
struct Header {
    /// Its name in kebab-case, such as `acme`.
    #[schemars(regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    name: String,
    /// The version of the file, such as `1.2.0`.
    version: String,
    /// The version of the constitution's text; `version` where it is not said.
    edition: Option<String>,
    /// What its ids begin with, such as `ACM`.
    #[schemars(regex(pattern = "^[A-Z]{2,8}$"))]
    prefix: String,
    /// The title over its principles in the plan template, such as `Acme Principles`.
    title: Option<String>,
    /// Whether its questions stand in plans.
    questions: Option<Questions>,
}

/// Whether a pack's questions stand in plans.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only the schema of it is used")]
enum Questions {
    /// They do, and a plan answers them.
    InPlan,
    /// Plans never see them: what they declare is held against evidence.
    EvidenceOnly,
}

/// One numbered article of a constitution.
#[derive(JsonSchema)]
#[schemars(rename = "Principle")]
#[expect(dead_code, reason = "only the schema of it is used")]
struct PrincipleTable {
    /// Roman or arabic numeral as the constitution writes it.
    ordinal: Option<String>,
    /// Name as the constitution writes it.
    name: String,
    /// The statuses that the template offers; any, where there is none.
    statuses: Option<Vec<Offered>>,
    /// Its questions in the template's order.
    question: Option<Vec<QuestionTable>>,
    /// What `pack from-constitution` wrote it from, and may change again.
    from: Option<WrittenFrom>,
}

/// A status that a template offers.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only the schema of it is used")]
enum Offered {
    /// ✅
    Pass,
    /// ⚠️
    Attention,
    /// ❌
    Blocked,
    /// N/A
    NotApplicable,
}

/// What `pack from-constitution` reads.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only the schema of it is used")]
enum WrittenFrom {
    /// constitution.md
    Constitution,
    /// plan-template.md
    Template,
}

/// One question under a principle; a question is a rule.
#[derive(JsonSchema)]
#[schemars(rename = "Question")]
#[expect(dead_code, reason = "only the schema of it is used")]
struct QuestionTable {
    /// Id: the pack's prefix and three or four digits, such as `ACM1301`.
    #[schemars(regex(pattern = "^[A-Z]{2,8}[0-9]{3,4}$"))]
    id: String,
    /// Name of the fault in kebab-case, such as `unlisted-personal-data`.
    #[schemars(regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    name: String,
    /// The question as the plan template words it.
    text: String,
    /// How it is judged; a duty, where it is not said.
    kind: Option<crate::principle::Kind>,
    /// The id of a scope question: asked only if that is answered yes.
    #[schemars(regex(pattern = "^[A-Z]{2,8}[0-9]{3,4}$"))]
    when: Option<String>,
    /// Documentation in Markdown.
    docs: Option<String>,
    /// The most that a finding of this question can weigh; an error, where it is not said.
    severity: Option<crate::diagnostic::Severity>,
    /// What supports a yes.
    evidence: Option<Sought>,
    /// What shows that a yes is wrong. Terms contradict only where `in` names documents.
    contradicts: Option<Sought>,
    /// Where the question is asked at all.
    applies: Option<AppliesTable>,
    /// What the question's outcomes weigh.
    outcomes: Option<OutcomesTable>,
    /// What `pack from-constitution` wrote it from, and may change again.
    from: Option<WrittenFrom>,
}

/// What is looked for.
#[derive(JsonSchema)]
#[schemars(rename = "Evidence")]
#[expect(dead_code, reason = "only the schema of it is used")]
struct Sought {
    /// Words or phrases. A leading `=` switches inflections off: `=paging`.
    terms: Option<Vec<String>>,
    /// Globs over the repository's paths; one without a slash holds in every folder.
    files: Option<Vec<String>>,
    /// Names of packages, `*` allowed, as manifests write them.
    dependencies: Option<Vec<String>>,
    /// Words in the steps of workflows, in hooks and in the scripts of manifests.
    steps: Option<Vec<String>>,
    /// The documents in which terms count; all, where there is none.
    #[schemars(rename = "in")]
    documents: Option<Vec<DocumentName>>,
    /// Whether the matter always leaves a trace in the repository, so that a claim of "already"
    /// without any is contradicted.
    traced: Option<bool>,
}

/// A document of a feature.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema of it is used")]
enum DocumentName {
    #[schemars(rename = "plan.md")]
    Plan,
    #[schemars(rename = "spec.md")]
    Spec,
    #[schemars(rename = "tasks.md")]
    Tasks,
    #[schemars(rename = "research.md")]
    Research,
    #[schemars(rename = "data-model.md")]
    DataModel,
    #[schemars(rename = "quickstart.md")]
    Quickstart,
    #[schemars(rename = "contracts/")]
    Contracts,
}

/// Where a question is asked: in a repository that has any of these.
#[derive(JsonSchema)]
#[schemars(rename = "Applies")]
#[expect(dead_code, reason = "only the schema of it is used")]
struct AppliesTable {
    /// Globs over the repository's paths.
    files: Option<Vec<String>>,
    /// Names of packages, `*` allowed.
    dependencies: Option<Vec<String>>,
    /// Languages, such as `typescript`.
    languages: Option<Vec<String>>,
}

/// What a question's outcomes weigh.
#[derive(JsonSchema)]
#[schemars(rename = "Outcomes")]
#[expect(dead_code, reason = "only the schema of it is used")]
struct OutcomesTable {
    /// A yes that nothing speaks of.
    unsupported: Option<WeightWord>,
    /// A yes or an N/A without a reason.
    unexplained: Option<WeightWord>,
}

/// What an outcome weighs.
#[derive(JsonSchema)]
#[schemars(rename = "Weight", rename_all = "kebab-case")]
#[expect(dead_code, reason = "only the schema of it is used")]
enum WeightWord {
    /// It breaks the gate.
    Error,
    /// It counts only with `--fail-on warning`.
    Warning,
    /// It is worth knowing.
    Info,
    /// There is no finding.
    Off,
}

#[cfg(test)]
#[cfg(all(feature = "manifest", feature = "validate"))]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use crate::pack::ManifestPack;
    use crate::schema::{Kind, of, validate};

    const WHOLE: &str = r#"
[pack]
name = "acme"
version = "1.2.0"
edition = "3.0.0"
prefix = "ACM"
title = "Acme Rules"
questions = "in-plan"

[[principle]]
ordinal = "XIII"
name = "Privacy by Design"
statuses = ["pass", "attention", "blocked", "not-applicable"]
from = "constitution"

[[principle.question]]
id = "ACM1301"
name = "undeclared-personal-data"
text = "Is personal data stored?"
kind = "scope"

[[principle.question]]
id = "ACM1302"
name = "unlisted-personal-data"
text = "Is all personal data listed in data-model.md?"
kind = "duty"
when = "ACM1301"
docs = "docs"
severity = "warning"
from = "template"
evidence = { terms = ["personal data"], files = ["docs/**"], dependencies = ["gdpr"], steps = ["audit"], in = ["data-model.md"], traced = true }
contradicts = { terms = ["no register"], in = ["spec.md"] }
applies = { files = ["**/*.ts"], dependencies = ["pg"], languages = ["typescript"] }
outcomes = { unsupported = "error", unexplained = "off" }
"#;

    /// A TOML text as JSON, `change` made to it.
    fn changed(change: impl Fn(&mut Value)) -> Value {
        let table: toml::Table = toml::from_str(WHOLE).unwrap();
        let mut value = serde_json::to_value(table).unwrap();
        change(&mut value);
        value
    }

    #[test]
    fn what_is_read_fits() {
        ManifestPack::from_toml(WHOLE, "acme.toml").unwrap();
        assert_eq!(validate(Kind::Pack, &changed(|_| {})), []);
    }

    /// The reader lists the keys that it knows where it meets one that it doesn't.
    #[test]
    fn the_schema_has_the_keys_that_the_reader_knows() {
        let schema = of(Kind::Pack);
        for (line, definition) in [
            ("[pack]", "/$defs/Header"),
            ("[[principle]]", "/$defs/Principle"),
            ("[[principle.question]]\nid = \"ACM1302\"", "/$defs/Question"),
            ("evidence = { ", "/$defs/Evidence"),
            ("contradicts = { ", "/$defs/Evidence"),
            ("applies = { ", "/$defs/Applies"),
            ("outcomes = { ", "/$defs/Outcomes"),
        ] {
            let inline = line.ends_with("{ ");
            let strange = format!("{line}{}", if inline { "qqqqqqqqqqqq = 1, " } else { "\nqqqqqqqqqqqq = 1" });
            let error =
                ManifestPack::from_toml(&WHOLE.replacen(line, &strange, 1), "acme.toml").unwrap_err().to_string();
            let known = error.split("known are ").nth(1).unwrap_or_else(|| panic!("{error}"));
            let known: BTreeSet<&str> = known.split('`').skip(1).step_by(2).collect();
            let keys = schema.pointer(definition).and_then(|definition| definition["properties"].as_object()).unwrap();
            assert_eq!(keys.keys().map(String::as_str).collect::<BTreeSet<_>>(), known, "{line}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let question = |key: &'static str, value: Value| {
            changed(move |pack| pack["principle"][0]["question"][1][key] = value.clone())
        };
        for (pack, expected) in [
            (
                changed(|pack| pack["principle"] = json!([])),
                "/principle: expected something that is not empty, found a list",
            ),
            (
                question("kind", json!("dutty")),
                "/principle/0/question/1/kind: expected `scope`, `duty` or `disclosure`, found \"dutty\"",
            ),
            (
                question("evidnce", json!({})),
                "/principle/0/question/1/evidnce: there is no key `evidnce`; did you mean `evidence`?",
            ),
            (
                question("id", json!("acm1")),
                "/principle/0/question/1/id: expected text that matches ^[A-Z]{2,8}[0-9]{3,4}$, found \"acm1\"",
            ),
        ] {
            let errors: Vec<String> = validate(Kind::Pack, &pack).iter().map(ToString::to_string).collect();
            assert_eq!(errors, [expected]);
        }
    }
}
