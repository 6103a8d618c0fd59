//! JUnit XML: what test dashboards read.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::words::{gate_words, principle_name};
use super::{Emitter, visible};
use crate::diagnostic::Severity;
use crate::plan::Status;
use crate::report::{Failure, FindingReport, PlanReport, Report, RepositoryReport, Sources};

/// Writes a suite for each plan. Its first case is the gate, which fails where it derives to blocked;
/// then there is a case for each finding: an error fails, a suppressed one is skipped with its
/// reason, a warning passes and says what it is.
pub struct Junit<W> {
    out: Writer<W>,
    repository: RepositoryReport,
}

impl<W> std::fmt::Debug for Junit<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Junit").field("repository", &self.repository).finish_non_exhaustive()
    }
}

/// What became of a case.
enum Became {
    Passed { out: Option<String> },
    Failed { kind: &'static str, message: String, text: String },
    Skipped { message: String },
    Erred { message: String },
}

struct Case {
    name: String,
    class: String,
    became: Became,
}

impl<W: io::Write> Junit<W> {
    /// Writes to `out`, which nothing here buffers.
    pub fn new(out: W) -> Self {
        Self { out: Writer::new_with_indent(out, b' ', 2), repository: RepositoryReport::at(".") }
    }

    fn cases(&self, plan: &PlanReport) -> Vec<Case> {
        let class = self.repository.path(&plan.path).into_owned();
        let findings = plan.findings.iter().map(|finding| Case {
            name: format!("{} {} ({})", finding.rule, finding.name, self.place(finding)),
            class: class.clone(),
            became: self.became(finding),
        });
        let failures = plan.failures.iter().map(|failure| erred(failure, &class));
        std::iter::once(gate(plan, &class)).chain(findings).chain(failures).collect()
    }

    fn place(&self, finding: &FindingReport) -> String {
        format!("{}:{}:{}", self.repository.path(&finding.path), finding.start.line, finding.start.column)
    }

    fn became(&self, finding: &FindingReport) -> Became {
        if let Some(suppressed) = &finding.suppressed {
            let reason = suppressed.reason.as_deref().unwrap_or("no reason given");
            return Became::Skipped { message: format!("{}: {reason}", suppressed.by.as_str()) };
        }
        let mut text = format!("{}: {}", self.place(finding), finding.message);
        for related in &finding.related {
            let path = self.repository.path(&related.path);
            text.push_str(&format!("\n{path}:{}:{}: {}", related.start.line, related.start.column, related.message));
        }
        if let Some(help) = &finding.help {
            text.push_str(&format!("\nhelp: {help}"));
        }
        match finding.severity {
            Severity::Error => Became::Failed { kind: "error", message: finding.message.clone(), text },
            severity => Became::Passed { out: Some(format!("{}: {text}", severity.as_str())) },
        }
    }

    fn suite(&mut self, name: &str, cases: &[Case]) -> io::Result<()> {
        let count = |is: fn(&Became) -> bool| cases.iter().filter(|case| is(&case.became)).count().to_string();
        let suite = element(
            "testsuite",
            &[
                ("name", name),
                ("tests", &cases.len().to_string()),
                ("failures", &count(|became| matches!(became, Became::Failed { .. }))),
                ("errors", &count(|became| matches!(became, Became::Erred { .. }))),
                ("skipped", &count(|became| matches!(became, Became::Skipped { .. }))),
            ],
        );
        self.out.write_event(Event::Start(suite))?;
        cases.iter().try_for_each(|case| self.case(case))?;
        self.out.write_event(Event::End(BytesEnd::new("testsuite")))
    }

    fn case(&mut self, case: &Case) -> io::Result<()> {
        let start = element("testcase", &[("name", &case.name), ("classname", &case.class)]);
        if let Became::Passed { out: None } = &case.became {
            return self.out.write_event(Event::Empty(start));
        }
        self.out.write_event(Event::Start(start))?;
        match &case.became {
            Became::Passed { out } => self.text(BytesStart::new("system-out"), out.as_deref().unwrap_or_default())?,
            Became::Failed { kind, message, text } => {
                self.text(element("failure", &[("message", message), ("type", kind)]), text)?;
            }
            Became::Skipped { message } => {
                self.out.write_event(Event::Empty(element("skipped", &[("message", message)])))?;
            }
            Became::Erred { message } => {
                self.out.write_event(Event::Empty(element("error", &[("message", message), ("type", "failure")])))?;
            }
        }
        self.out.write_event(Event::End(BytesEnd::new("testcase")))
    }

    fn text(&mut self, start: BytesStart<'_>, text: &str) -> io::Result<()> {
        let lines: Vec<String> = text.lines().map(shown).collect();
        let end = start.to_end().into_owned();
        self.out.write_event(Event::Start(start))?;
        self.out.write_event(Event::Text(BytesText::new(&lines.join("\n"))))?;
        self.out.write_event(Event::End(end))
    }
}

impl<W: io::Write> Emitter for Junit<W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.repository = report.repository.clone();
        self.out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.out.write_event(Event::Start(element("testsuites", &[("name", &report.tool.name)])))
    }

    fn plan(&mut self, plan: &PlanReport, _: &Sources<'_>) -> io::Result<()> {
        let cases = self.cases(plan);
        let name = self.repository.path(&plan.path).into_owned();
        self.suite(&name, &cases)
    }

    fn end(&mut self, report: &Report) -> io::Result<()> {
        let name = &report.tool.name;
        if !report.failures.is_empty() {
            let cases: Vec<Case> = report.failures.iter().map(|failure| erred(failure, name)).collect();
            self.suite(name, &cases)?;
        }
        self.out.write_event(Event::End(BytesEnd::new("testsuites")))?;
        self.out.get_mut().write_all(b"\n")
    }
}

fn gate(plan: &PlanReport, class: &str) -> Case {
    let became = if plan.gate.derived == Status::Blocked {
        let status = |status: Option<Status>| status.map_or("not assessed", Status::as_str);
        let principles = plan.gate.principles.iter().map(|principle| {
            let (declared, derived) = (status(principle.declared), principle.derived.as_str());
            format!("{}: {derived} (declared {declared})", principle_name(principle))
        });
        let text = principles.collect::<Vec<_>>().join("\n");
        Became::Failed { kind: "gate", message: gate_words(&plan.gate), text }
    } else {
        Became::Passed { out: None }
    };
    Case { name: "gate".to_owned(), class: class.to_owned(), became }
}

fn erred(failure: &Failure, class: &str) -> Case {
    let name = failure.path.as_ref().or(failure.pack.as_ref()).map_or("plangate", String::as_str);
    Case { name: name.to_owned(), class: class.to_owned(), became: Became::Erred { message: failure.message.clone() } }
}

fn element(name: &'static str, attributes: &[(&str, &str)]) -> BytesStart<'static> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, shown(value).as_str()));
    }
    element
}

/// Text without the characters that XML cannot hold, however they are escaped.
fn shown(text: &str) -> String {
    visible(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
