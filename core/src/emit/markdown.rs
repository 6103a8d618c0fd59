//! Markdown for a comment on a pull request: what blocks, by plan, of bounded length.

use std::fmt::Write as _;
use std::io;

use super::words::{checkout_path, counts, gate_words, gates, is_taken_as_declared, plural, principle_name};
use super::{Emitter, visible};
use crate::diagnostic::Severity;
use crate::plan::Status;
use crate::report::{FindingReport, PlanReport, PrincipleReport, Report, RepositoryReport, Sources, Summary};

/// Plans that the table of all plans lists.
const MOST_ROWS: usize = 30;

/// How [`Markdown`] writes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MarkdownOptions {
    /// The most bytes that are written; plans that don't fit are counted instead.
    pub limit: usize,
}

impl Default for MarkdownOptions {
    /// 60,000 bytes: GitHub refuses comments of more than 65,536 characters.
    fn default() -> Self {
        Self { limit: 60_000 }
    }
}

/// Writes a comment: the verdict, a table of the plans, and for each plan that has something to say
/// its principles, declared and derived, and its findings. Blocked plans come first.
#[derive(Debug)]
pub struct Markdown<W> {
    out: W,
    options: MarkdownOptions,
    repository: RepositoryReport,
    /// Rows and sections, by how much the plan matters: blocked, attention, others.
    ranks: [Rank; 3],
    /// What the plans' failures say, as far as they are shown.
    failures: Vec<String>,
    failure_count: usize,
}

#[derive(Debug, Default)]
struct Rank {
    rows: Vec<String>,
    sections: Vec<String>,
    /// Bytes of the sections.
    length: usize,
    /// Plans whose section was left out.
    left_out: usize,
}

impl<W: io::Write> Markdown<W> {
    /// Writes to `out`, which nothing here buffers.
    pub fn new(out: W, options: MarkdownOptions) -> Self {
        let repository = RepositoryReport::at(".");
        Self { out, options, repository, ranks: Default::default(), failures: Vec::new(), failure_count: 0 }
    }

    fn section(&self, plan: &PlanReport, summary: &Summary) -> String {
        let mut text = String::new();
        let path = self.repository.path(&plan.path);
        let _ = writeln!(
            text,
            "<details{}>\n<summary>{} <b>{}</b>: {}; {}</summary>\n",
            if plan.gate.derived == Status::Blocked { " open" } else { "" },
            plan.gate.derived.mark(),
            // Between tags Markdown reads no backslash.
            entities(&path),
            gate_words(&plan.gate),
            counts(summary, plan.failures.len()),
        );
        if !plan.gate.principles.is_empty() {
            text.push_str("| principle | declared | derived |\n| --- | --- | --- |\n");
            for principle in &plan.gate.principles {
                let _ = writeln!(text, "{}", row(principle));
            }
            text.push('\n');
        }
        for finding in plan.counted() {
            self.finding(finding, &mut text);
        }
        for finding in &plan.findings {
            let Some(suppressed) = &finding.suppressed else { continue };
            let reason = suppressed.reason.as_deref().unwrap_or("no reason given");
            let _ = writeln!(
                text,
                "- suppressed by {}: **{}** {}, line {}: {}",
                suppressed.by.as_str(),
                escaped(&finding.rule),
                escaped(&finding.name),
                finding.start.line,
                prose(reason),
            );
        }
        text.push_str("\n</details>\n");
        text
    }

    fn finding(&self, finding: &FindingReport, text: &mut String) {
        let mark = match finding.severity {
            Severity::Error => "❌",
            Severity::Warning => "⚠️",
            Severity::Info => "ℹ️",
        };
        let _ = writeln!(
            text,
            "- {mark} **{}** {}, <code>{}:{}</code>: {}",
            escaped(&finding.rule),
            escaped(&finding.name),
            escaped(&checkout_path(&self.repository, &finding.path)),
            finding.start.line,
            prose(&finding.message),
        );
        for related in &finding.related {
            let path = checkout_path(&self.repository, &related.path);
            let (line, message) = (related.start.line, prose(&related.message));
            let _ = writeln!(text, "  - <code>{}:{line}</code>: {message}", escaped(&path));
        }
        if let Some(help) = &finding.help {
            let _ = writeln!(text, "  - next: {}", prose(help));
        }
    }
}

impl<W: io::Write> Emitter for Markdown<W> {
    fn begin(&mut self, report: &Report) -> io::Result<()> {
        self.repository = report.repository.clone();
        Ok(())
    }

    fn plan(&mut self, plan: &PlanReport, _: &Sources<'_>) -> io::Result<()> {
        let summary = Summary::of(std::slice::from_ref(plan));
        self.failure_count += plan.failures.len();
        let failures = plan.failures.iter().map(|failure| prose(&failure.message));
        self.failures.extend(failures.take(MOST_ROWS.saturating_sub(self.failures.len())));
        let rank = match plan.gate.derived {
            Status::Blocked => 0,
            Status::Attention | Status::Undecided => 1,
            Status::Pass | Status::NotApplicable => 2,
        };
        let says_something = rank < 2 || !plan.findings.is_empty();
        let full = self.ranks[rank].length >= self.options.limit;
        let section = (says_something && !full).then(|| self.section(plan, &summary));
        let path = self.repository.path(&plan.path);
        let status = |status: Option<Status>| status.map_or("–", Status::as_str);
        let row = format!(
            "| {} | {} | {} {} | {} |",
            escaped(&path),
            status(plan.gate.declared),
            plan.gate.derived.mark(),
            plan.gate.derived.as_str(),
            counts(&summary, plan.failures.len())
        );
        let rank = &mut self.ranks[rank];
        if rank.rows.len() < MOST_ROWS {
            rank.rows.push(row);
        }
        match section {
            Some(section) if rank.length + section.len() <= self.options.limit => {
                rank.length += section.len();
                rank.sections.push(section);
            }
            Some(_) => {
                // What comes later doesn't overtake it.
                rank.length = self.options.limit;
                rank.left_out += 1;
            }
            None => rank.left_out += usize::from(says_something),
        }
        Ok(())
    }

    fn end(&mut self, report: &Report) -> io::Result<()> {
        let summary = &report.summary;
        let verdict = match summary {
            _ if summary.plans == 0 => "Nothing to check",
            Summary { blocked: 0, attention: 0, .. } => "✅ The gate holds",
            Summary { blocked: 0, .. } => "⚠️ The gate holds, with attention",
            _ => "❌ The gate is blocked",
        };
        let failures = self.failure_count + report.failures.len();
        let mut text = format!(
            "<!-- plangate -->\n### {verdict}\n\n{}; {}\n\n",
            gates(summary).trim_end_matches(": "),
            counts(summary, failures)
        );
        let of_report = report.failures.iter().map(|failure| prose(&failure.message));
        for failure in of_report.take(MOST_ROWS).chain(self.failures.iter().cloned()) {
            let _ = writeln!(text, "- plangate could not do its job: {failure}");
        }
        let plans = summary.plans as usize;
        if plans > 1 {
            text.push_str("\n| plan | declared | derived | findings |\n| --- | --- | --- | --- |\n");
            let rows: Vec<&String> = self.ranks.iter().flat_map(|rank| &rank.rows).take(MOST_ROWS).collect();
            rows.iter().for_each(|row| {
                let _ = writeln!(text, "{row}");
            });
            if plans > rows.len() {
                let _ = writeln!(text, "\n…and {}.", plural(plans - rows.len(), "more plan"));
            }
        }
        let mut left_out: usize = self.ranks.iter().map(|rank| rank.left_out).sum();
        let mut full = false;
        for section in self.ranks.iter().flat_map(|rank| &rank.sections) {
            full |= text.len() + section.len() + 200 > self.options.limit;
            if full {
                left_out += 1;
            } else {
                let _ = write!(text, "\n{section}");
            }
        }
        if left_out > 0 {
            let plans = plural(left_out, "more plan");
            let _ = writeln!(text, "\n{plans} with findings did not fit into this comment; the full report has them.");
        }
        self.out.write_all(text.as_bytes())
    }
}

fn row(principle: &PrincipleReport) -> String {
    let declared = principle.declared.map_or("not assessed".to_owned(), |status| status.as_str().to_owned());
    let mut derived = format!("{} {}", principle.derived.mark(), principle.derived.as_str());
    if is_taken_as_declared(principle) {
        derived = format!("{}, taken as declared", principle.derived.as_str());
    }
    if principle.justified {
        derived.push_str(", justified");
    }
    format!("| {} | {declared} | {derived} |", escaped(&principle_name(principle)))
}

/// Text whose parts between backticks are code.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(text);
    }
    let mut prose = String::new();
    for (index, part) in parts.iter().enumerate() {
        match index % 2 {
            1 if !part.is_empty() => {
                let _ = write!(prose, "<code>{}</code>", escaped(part));
            }
            _ => prose.push_str(&escaped(part)),
        }
    }
    prose
}

/// Text that is nothing but text: no markup, no table cell, no mention, no reference, no link.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in entities(text).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '~') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Text that is nothing but text where HTML is read and Markdown isn't.
fn entities(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '|' => escaped.push_str("&#124;"),
            '$' => escaped.push_str("&#36;"),
            // A space of no width keeps people from being called, and numbers and addresses from
            // becoming links.
            '@' | '#' => {
                escaped.push(letter);
                escaped.push_str("&#8203;");
            }
            ':' if letters.peek() == Some(&'/') => escaped.push_str(":&#8203;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untrusted_text_is_nothing_but_text() {
        for (hostile, shown) in [
            ("a | b\n| c", "a &#124; b &#124; c"),
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            ("@everyone fixes #12", "@&#8203;everyone fixes #&#8203;12"),
            ("[x](https://evil)", "\\[x\\](https:&#8203;//evil)"),
            ("**bold** `a`", "\\*\\*bold\\*\\* <code>a</code>"),
            ("one ` alone", "one \\` alone"),
            ("`<b>|`", "<code>&lt;b&gt;&#124;</code>"),
        ] {
            assert_eq!(prose(hostile), shown);
        }
    }
}
