//! Constitution Checks as Markdown: a table where nothing but statuses and notes is said, else a bold
//! paragraph for each principle with its questions and statements as bullets.

use super::{LITERAL_STAGE, Writer, escape};
use crate::parse::{is_check_title, is_status};
use crate::plan::{AnsweredQuestion, AssessedPrinciple, ConstitutionCheck, Group, OverallStatus, Stage, Verdict};

impl Writer {
    pub(super) fn constitution_checks(&mut self, checks: &[ConstitutionCheck]) {
        for (at, check) in checks.iter().enumerate() {
            // A re-check that doesn't name the constitution is one only below the first check.
            let nested = at > 0 && !self.literal() && !is_check_title(&check.title.text);
            self.constitution_check(check, if nested { 3 } else { 2 });
        }
    }

    fn constitution_check(&mut self, check: &ConstitutionCheck, level: usize) {
        self.heading(level, &escape::inline(&check.title.text));
        if self.literal() {
            self.block(&format!("{LITERAL_STAGE}{} -->", stage(check.stage)));
        }
        if let Some(version) = &check.version {
            self.block(&format!("**Constitution Version**: v{}", escape::inline(&version.text)));
        }
        let listed = |principle: &AssessedPrinciple| {
            !principle.questions.is_empty()
                || !principle.statements.is_empty()
                || principle.raw_status.is_none() && principle.status.is_some()
        };
        let tabular = !self.literal() && !check.principles.iter().any(listed);
        let mut groups = Groups { all: &check.groups, next: 0, current: None };
        let mut table = String::new();
        for principle in &check.principles {
            let headings = groups.before(principle);
            if !headings.is_empty() {
                self.table(&mut table);
            }
            for group in headings {
                self.group(level + 1, group);
            }
            if tabular {
                table.push_str(&row(principle));
            } else {
                self.principle(principle, groups.current);
            }
        }
        self.table(&mut table);
        for group in &check.groups[groups.next..] {
            self.group(level + 1, group);
        }
        if let Some(overall) = &check.overall {
            self.overall(overall);
        }
    }

    fn group(&mut self, level: usize, group: &Group) {
        let mut title = escape::inline(&group.title);
        match &group.version {
            Some(version) => title.push_str(&format!(" (v{})", escape::inline(version).replace('(', "\\("))),
            // What stands in the title's own brackets is no version.
            None if self.literal() => title = title.replace(" (v", " \\(v"),
            None => {}
        }
        self.heading(level, &title);
    }

    fn table(&mut self, rows: &mut String) {
        if !rows.is_empty() {
            self.block(&format!("| Principle | Status | Notes |\n|---|---|---|{rows}"));
            rows.clear();
        }
    }

    fn principle(&mut self, principle: &AssessedPrinciple, group: Option<&str>) {
        let name = match &principle.ordinal {
            Some(ordinal) => format!("{}. {}", escape::before_dot(ordinal), escape::inline(&principle.name)),
            None => escape::before_dot(&principle.name),
        };
        let mut lines = vec![escape::bold(name.trim_end())];
        if let Some(raw) = &principle.raw_status {
            let raw = if self.literal() { escape::before_dash(&raw.text) } else { escape::inline(&raw.text) };
            lines[0].push_str(&format!(" {raw}"));
        }
        if let Some(notes) = &principle.notes {
            lines[0].push_str(&format!(" — {}", escape::behind_separator(&notes.text)));
        }
        if self.literal() {
            lines.extend(principle.status.map(|status| format!("**Status**: {}", status.as_str())));
            let options: Vec<&str> = principle.options.iter().map(|option| option.as_str()).collect();
            lines.extend((!options.is_empty()).then(|| format!("**Options**: {}", options.join(", "))));
            if principle.group.as_deref() != group {
                let group = principle.group.as_deref().map(escape::inline).unwrap_or_default();
                lines.push(format!("**Group**: {group}"));
            }
        }
        self.block(&lines.join("  \n"));
        let questions = principle.questions.iter().map(|question| self.question(question));
        let statements = principle.statements.iter().map(|statement| escape::block(&statement.text));
        let bullets: Vec<String> = questions.chain(statements).map(|bullet| format!("- {bullet}")).collect();
        if !bullets.is_empty() {
            self.block(&bullets.join("\n"));
        }
    }

    fn question(&self, question: &AnsweredQuestion) -> String {
        let text = escape::block(&question.text);
        let answer = &question.answer;
        let unanswered = answer.verdict == Verdict::Open && answer.rationale.is_empty();
        if unanswered && !self.literal() {
            return text;
        }
        let word = match answer.verdict {
            Verdict::Yes => "YES",
            Verdict::No => "NO",
            Verdict::NotApplicable => "N/A",
            Verdict::Open => "TBD",
        };
        let space = if text.is_empty() { "" } else { " " };
        let mut line = format!("{text}{space}**{word}**");
        if !answer.rationale.is_empty() {
            line.push_str(&format!(" — {}", escape::behind_separator(&answer.rationale)));
        }
        line
    }

    fn overall(&mut self, overall: &OverallStatus) {
        // "GATE: Passed" is a line of its own, in the place of the template's instruction.
        let gate = overall.raw.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("gate:"));
        if gate && overall.rationale.is_empty() && !self.literal() {
            self.block(&format!("*{}*", escape::inline(&overall.raw)));
            return;
        }
        let raw = if self.literal() { escape::before_dash(&overall.raw) } else { escape::inline(&overall.raw) };
        let mut line = format!("**Overall Status**: {raw}");
        if !overall.rationale.is_empty() {
            // "All gates pass. Ready for Phase 0": a verdict in words is a sentence of its own.
            let separator = if self.literal() || is_status(&overall.raw) { " —" } else { "." };
            line.push_str(&format!("{separator} {}", escape::behind_separator(&overall.rationale)));
        }
        if self.literal()
            && let Some(status) = overall.status
        {
            line.push_str(&format!("  \n**Status**: {}", status.as_str()));
        }
        self.block(&line);
    }
}

pub(crate) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::BeforeResearch => "before-research",
        Stage::AfterDesign => "after-design",
        Stage::Unknown => "unknown",
    }
}

fn row(principle: &AssessedPrinciple) -> String {
    let mut name = escape::cell(&principle.name);
    if let Some(ordinal) = &principle.ordinal {
        name = format!("{}. {name}", escape::cell(ordinal));
    }
    let status = principle.raw_status.as_ref().map(|raw| escape::cell(&raw.text)).unwrap_or_default();
    let notes = principle.notes.as_ref().map(|notes| escape::cell(&notes.text)).unwrap_or_default();
    format!("\n| {} | {status} | {notes} |", name.trim_end())
}

/// Which groups have been opened.
struct Groups<'a> {
    all: &'a [Group],
    next: usize,
    current: Option<&'a str>,
}

impl<'a> Groups<'a> {
    /// The groups that open before `principle`: up to its own, where that is yet to come.
    fn before(&mut self, principle: &AssessedPrinciple) -> &'a [Group] {
        let wanted = principle.group.as_deref();
        let coming = &self.all[self.next..];
        if wanted == self.current {
            return &[];
        }
        let Some(at) = coming.iter().position(|group| Some(group.title.as_str()) == wanted) else { return &[] };
        self.next += at + 1;
        self.current = Some(coming[at].title.as_str());
        &coming[..=at]
    }
}
