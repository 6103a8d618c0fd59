//! SARIF 2.1.0: what code scanning services and editors read.

use std::collections::HashMap;
use std::io;

use serde::Serialize;

use super::words::checkout_path;
use super::{Emitter, json_text, visible};
use crate::catalogue::RuleEntry;
use crate::diagnostic::{Applicability, Severity};
use crate::judgement::Outcome;
use crate::report::{
    Failure, FindingReport, FixReport, PlanReport, RelatedReport, Report, RepositoryReport, Sources, Suppressed,
    SuppressedBy,
};
use crate::source::Position;

/// What relative paths are relative to.
const BASE: &str = "%SRCROOT%";

/// The name of our fingerprint; its number grows when it is computed in another way.
const FINGERPRINT: &str = "plangate/v1";

/// Writes one run with a result for each finding; suppressed ones carry their suppression.
#[derive(Debug)]
pub struct Sarif<'a, W> {
    out: W,
    rules: &'a [RuleEntry<'a>],
    indices: HashMap<&'a str, usize>,
    repository: RepositoryReport,
    results: usize,
    failures: Vec<Failure>,
}

impl<'a, W: io::Write> Sarif<'a, W> {
    /// Writes to `out`, which nothing here buffers. `rules` are described in the order in which they
    /// stand; a finding of another rule names its rule only.
    pub fn new(out: W, rules: &'a [RuleEntry<'a>]) -> Self {
        let indices = rules.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
        let repository = RepositoryReport::at(".");
        Self { out, rules, indices, repository, results: 0, failures: Vec::new() }
    }

    fn result<'r>(&self, finding: &'r FindingReport) -> SarifResult<'r> {
        SarifResult {
            rule_id: &finding.rule,
            rule_index: self.indices.get(finding.rule.as_str()).copied(),
            level: level(finding.severity),
            message: Message { text: message(finding) },
            locations: [self.location(&finding.path, finding.start, finding.end)],
            related_locations: finding.related.iter().zip(1..).map(|(related, id)| self.related(related, id)).collect(),
            partial_fingerprints: HashMap::from([(FINGERPRINT, finding.fingerprint.as_str())]),
            suppressions: finding.suppressed.iter().map(Suppression::of).collect(),
            fixes: finding.fix.iter().map(|fix| self.fix(fix)).collect(),
            properties: ResultProperties { outcome: finding.outcome, help: finding.help.as_deref() },
        }
    }

    fn location(&self, path: &str, start: Position, end: Position) -> Location {
        Location {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: self.artifact(path),
                region: Some(Region::of(start, end)),
            },
            message: None,
        }
    }

    fn related(&self, related: &RelatedReport, id: u32) -> Location {
        let location = self.location(&related.path, related.start, related.end);
        let text = visible(&related.message).into_owned();
        Location { id: Some(id), message: Some(Message { text }), ..location }
    }

    fn artifact(&self, path: &str) -> ArtifactLocation {
        ArtifactLocation { uri: uri(&checkout_path(&self.repository, path)), uri_base_id: BASE }
    }

    fn fix(&self, fix: &FixReport) -> Fix {
        let mut changes: Vec<ArtifactChange> = Vec::new();
        for edit in &fix.edits {
            let artifact_location = self.artifact(&edit.path);
            let replacement = Replacement {
                deleted_region: Region::of(edit.start, edit.end),
                inserted_content: Message { text: edit.text.clone() },
            };
            match changes.iter_mut().find(|change| change.artifact_location == artifact_location) {
                Some(change) => change.replacements.push(replacement),
                None => changes.push(ArtifactChange { artifact_location, replacements: vec![replacement] }),
            }
        }
        Fix {
            description: Message { text: visible(&fix.description).into_owned() },
            artifact_changes: changes,
            properties: FixProperties { applicability: fix.applicability },
        }
    }

    fn notification(&self, failure: &Failure) -> Notification {
        let location = failure.path.as_deref().map(|path| Location {
            id: None,
            physical_location: PhysicalLocation { artifact_location: self.artifact(path), region: None },
            message: None,
        });
        Notification {
            level: "error",
            message: Message { text: visible(&failure.message).into_owned() },
            locations: location.into_iter().collect(),
        }
    }
}

impl<W: io::Write> Emitter for Sarif<'_, W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.repository = report.repository.clone();
        let driver = Driver {
            name: &report.tool.name,
            semantic_version: &report.tool.version,
            rules: self.rules.iter().map(Descriptor::of).collect(),
        };
        write!(
            self.out,
            "{{\n\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\": \"2.1.0\",\n\"runs\": [{{\n\
             \"tool\": {},\n\"columnKind\": \"unicodeCodePoints\",\n\
             \"originalUriBaseIds\": {{\"{BASE}\": {{\"description\": {{\"text\": \"the root of the checkout\"}}}}}},\n\
             \"results\": [",
            json_text(&Tool { driver }, false)?
        )
    }

    fn plan(&mut self, plan: &PlanReport, _: &Sources<'_>) -> io::Result<()> {
        for finding in &plan.findings {
            let comma = if self.results == 0 { "" } else { "," };
            self.results += 1;
            write!(self.out, "{comma}\n{}", json_text(&self.result(finding), false)?)?;
        }
        self.failures.extend_from_slice(&plan.failures);
        Ok(())
    }

    fn end(&mut self, report: &Report) -> io::Result<()> {
        let failures = self.failures.iter().chain(&report.failures);
        let notifications: Vec<_> = failures.map(|failure| self.notification(failure)).collect();
        let invocation =
            Invocation { execution_successful: notifications.is_empty(), tool_execution_notifications: notifications };
        writeln!(self.out, "\n],\n\"invocations\": [{}]\n}}]\n}}", json_text(&invocation, false)?)
    }
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    semantic_version: &'a str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    name: &'a str,
    short_description: Message,
    full_description: Message,
    help: Help,
    default_configuration: Configuration,
    properties: DescriptorProperties<'a>,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct DescriptorProperties<'a> {
    tags: Vec<&'a str>,
    #[serde(rename = "problem.severity")]
    problem_severity: &'static str,
}

impl<'a> Descriptor<'a> {
    fn of(rule: &'a RuleEntry<'a>) -> Self {
        // A service that finds no description refuses the whole file.
        let summary = Some(rule.summary()).filter(|summary| !summary.is_empty());
        let summary = summary.unwrap_or_else(|| rule.name.to_owned());
        let docs = Some(rule.docs()).filter(|docs| !docs.is_empty()).unwrap_or_else(|| summary.clone());
        Self {
            id: rule.id,
            name: rule.name,
            full_description: Message { text: rule.question.unwrap_or(&summary).to_owned() },
            short_description: Message { text: summary },
            help: Help { text: docs.clone(), markdown: docs },
            default_configuration: Configuration { level: level(rule.severity) },
            properties: DescriptorProperties {
                tags: [Some(rule.pack), rule.principle].into_iter().flatten().filter(|tag| !tag.is_empty()).collect(),
                problem_severity: match rule.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Info => "recommendation",
                },
            },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: HashMap<&'static str, &'a str>,
    // An empty list says "not suppressed", a missing one "nobody looked".
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    properties: ResultProperties<'a>,
}

#[derive(Serialize)]
struct ResultProperties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u32>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

impl Region {
    /// The region; its end never stands before its start.
    fn of(start: Position, end: Position) -> Self {
        let (line, column) = (start.line.max(1), start.column.max(1));
        let end = (end.line, end.column).max((line, column));
        Self { start_line: line, start_column: column, end_line: end.0, end_column: end.1 }
    }
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a str>,
    properties: SuppressionProperties<'a>,
}

#[derive(Serialize)]
struct SuppressionProperties<'a> {
    by: SuppressedBy,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<&'a str>,
}

impl<'a> Suppression<'a> {
    fn of(suppressed: &'a Suppressed) -> Self {
        Self {
            kind: if suppressed.by == SuppressedBy::Comment { "inSource" } else { "external" },
            justification: suppressed.reason.as_deref(),
            properties: SuppressionProperties {
                by: suppressed.by,
                owner: suppressed.owner.as_deref(),
                expires: suppressed.expires.as_deref(),
            },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Message,
    artifact_changes: Vec<ArtifactChange>,
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    applicability: Applicability,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The message with a link to each related place, which is how services come to show them.
fn message(finding: &FindingReport) -> String {
    let mut text = linkless(&finding.message);
    for (related, id) in finding.related.iter().zip(1..) {
        let label = visible(&related.message).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        let label = if label.trim().is_empty() { "related place" } else { &label };
        text.push_str(&format!("; see [{label}]({id})"));
    }
    text
}

/// Text that makes no link of its own.
fn linkless(text: &str) -> String {
    visible(text).replace("](", "] (")
}

/// A relative path as a URI: every byte but the unreserved ones is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_percent_encoded() {
        assert_eq!(uri("specs/001-a b/plän%.md"), "specs/001-a%20b/pl%C3%A4n%25.md");
        assert_eq!(uri("javascript:alert(1)?#"), "javascript%3Aalert%281%29%3F%23");
    }

    #[test]
    fn regions_never_end_before_they_start() {
        let at = |line, column| Position { line, column, offset: 0 };
        let region = Region::of(at(3, 5), at(2, 9));
        assert_eq!((region.end_line, region.end_column), (3, 5));
        let region = Region::of(at(0, 0), at(0, 0));
        assert_eq!((region.start_line, region.start_column), (1, 1));
    }
}
