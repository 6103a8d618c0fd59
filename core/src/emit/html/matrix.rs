//! The matrix: a row for each feature, a column for each principle. It keeps little of each plan.

use std::collections::HashMap;
use std::io;

use maud::{Markup, html};

use super::super::words::{is_taken_as_declared, principle_name};
use super::{is_overstated, mark, status_class, text};
use crate::diagnostic::Severity;
use crate::feature::Phase;
use crate::plan::Status;
use crate::report::{PlanReport, RepositoryReport};

/// Rows by folder: the features of one repository share their principles.
#[derive(Debug, Default)]
pub(super) struct Matrix {
    tables: Vec<Table>,
    plans: usize,
}

#[derive(Debug, Default)]
struct Table {
    /// The folder that holds the features, as seen from where plangate ran.
    folder: String,
    columns: Vec<Column>,
    known: HashMap<(String, String), usize>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Column {
    ordinal: Option<String>,
    name: String,
    pack: String,
}

#[derive(Debug)]
struct Row {
    number: usize,
    feature: String,
    phase: Phase,
    declared: Option<Status>,
    derived: Status,
    has_details: bool,
    cells: Vec<Cell>,
    /// Principles that only the plan knows.
    own: Vec<Cell>,
    /// Errors, warnings, infos.
    findings: [u32; 3],
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    column: u16,
    /// Which of the plan's principles it is.
    principle: u16,
    declared: Option<Status>,
    derived: Status,
    taken_as_declared: bool,
}

impl Matrix {
    /// Takes a plan in, and says which one it is, from 1.
    pub(super) fn add(&mut self, plan: &PlanReport, repository: &RepositoryReport, has_details: bool) -> usize {
        self.plans += 1;
        let path = repository.path(&plan.path);
        let (folder, feature) = folder_and_feature(&path);
        // Plans come in the order of their paths.
        if self.tables.last().is_none_or(|table| table.folder != folder) {
            self.tables.push(Table { folder: folder.to_owned(), ..Table::default() });
        }
        if let Some(table) = self.tables.last_mut() {
            table.add(plan, feature, self.plans, has_details);
        }
        self.plans
    }

    pub(super) fn write(&self, out: &mut impl io::Write) -> io::Result<()> {
        let opening = html! {
            div.heading { h2 { "Features and principles" } a href="#plans" { "To the plans" } }
            p.legend {
                @for status in [Status::Pass, Status::Attention, Status::Blocked, Status::NotApplicable, Status::Undecided] {
                    span { span class={ "mark " (status_class(status)) } aria-hidden="true" { (mark(status)) } " " (status.as_str()) }
                }
                span { span.mark.pass.taken aria-hidden="true" { "✓" } " taken as declared: nobody examined it" }
                span { span.mark.blocked.overstated aria-hidden="true" { "✕" } " declared better than derived" }
            }
        };
        write!(out, "<section id=\"matrix\" tabindex=\"-1\" aria-label=\"Matrix\">{}", opening.into_string())?;
        for table in &self.tables {
            table.write(out)?;
        }
        write!(out, "</section>")
    }
}

/// `a/specs` and `001-x` of `a/specs/001-x/plan.md`.
fn folder_and_feature(path: &str) -> (&str, &str) {
    let feature = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
    feature.rsplit_once('/').unwrap_or(("", feature))
}

impl Table {
    fn add(&mut self, plan: &PlanReport, feature: &str, number: usize, has_details: bool) {
        let mut row = Row {
            number,
            feature: feature.to_owned(),
            phase: plan.phase,
            declared: plan.gate.declared,
            derived: plan.gate.derived,
            has_details,
            cells: Vec::new(),
            own: Vec::new(),
            findings: [0; 3],
        };
        for finding in plan.counted() {
            row.findings[severity_index(finding.severity)] += 1;
        }
        for (principle, index) in plan.gate.principles.iter().zip(0..) {
            let mut cell = Cell {
                column: 0,
                principle: index,
                declared: principle.declared,
                derived: principle.derived,
                taken_as_declared: is_taken_as_declared(principle),
            };
            if principle.pack == "plan" {
                row.own.push(cell);
                continue;
            }
            let key = (principle.pack.clone(), principle_name(principle));
            let column = *self.known.entry(key).or_insert_with(|| {
                self.columns.push(Column {
                    ordinal: principle.ordinal.clone(),
                    name: principle.name.clone(),
                    pack: principle.pack.clone(),
                });
                self.columns.len() - 1
            });
            cell.column = u16::try_from(column).unwrap_or(u16::MAX);
            row.cells.push(cell);
        }
        self.rows.push(row);
    }

    fn write(&self, out: &mut impl io::Write) -> io::Result<()> {
        let own = self.rows.iter().any(|row| !row.own.is_empty());
        let title = if self.folder.is_empty() { "Features" } else { &self.folder };
        let opening = html! {
            caption { (text(title)) }
            thead { tr {
                th.feature scope="col" { "Feature" }
                th scope="col" { span.tall { "Gate" } }
                @for column in &self.columns {
                    th scope="col" title=(format!("pack {}", text(&column.pack))) {
                        span.tall {
                            @if let Some(ordinal) = &column.ordinal { b { (text(ordinal)) } " " }
                            (text(&column.name))
                        }
                    }
                }
                @if own { th scope="col" { span.tall { "Principles of the plan alone" } } }
                th.number scope="col" { "Errors" }
                th.number scope="col" { "Warnings" }
                th.number scope="col" { "Infos" }
            } }
        };
        write!(
            out,
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table>{}<tbody>",
            html! { (text(title)) }.into_string(),
            opening.into_string()
        )?;
        for row in &self.rows {
            write!(out, "{}", self.row(row, own).into_string())?;
        }
        write!(out, "</tbody></table></div>")
    }

    fn row(&self, row: &Row, own: bool) -> Markup {
        let mut cells: Vec<Option<&Cell>> = vec![None; self.columns.len()];
        for cell in &row.cells {
            if let Some(place) = cells.get_mut(usize::from(cell.column)) {
                *place = Some(cell);
            }
        }
        // The worst of the plan's own principles stands for all of them.
        let worst = row.own.iter().max_by_key(|cell| match cell.derived {
            Status::Blocked => 4,
            Status::Attention => 3,
            Status::Undecided => 2,
            Status::Pass => 1,
            Status::NotApplicable => 0,
        });
        html! {
            tr data-plan=(row.number) {
                th.feature scope="row" {
                    @if row.has_details { a href={ "#plan-" (row.number) } { (text(&row.feature)) } }
                    @else { (text(&row.feature)) }
                    " " span.phase { (row.phase.as_str()) }
                }
                td { (shown(row.declared, row.derived, false, None)) }
                @for (column, cell) in self.columns.iter().zip(cells) {
                    td { @if let Some(cell) = cell { (self.cell(row, cell, &column.name)) } }
                }
                @if own {
                    td { @if let Some(worst) = worst {
                        (self.cell(row, worst, "Principles of the plan alone"))
                        @if row.own.len() > 1 { span.more { "×" (row.own.len()) } }
                    } }
                }
                @for (count, class) in row.findings.iter().zip(["error", "warning", "info"]) {
                    td class={ "number " @if *count > 0 { (class) } } { @if *count > 0 { (count) } }
                }
            }
        }
    }

    fn cell(&self, row: &Row, cell: &Cell, name: &str) -> Markup {
        let target = row.has_details.then(|| format!("#plan-{}-{}", row.number, cell.principle));
        let link = target.as_deref().map(|target| (target, name));
        shown(cell.declared, cell.derived, cell.taken_as_declared, link)
    }
}

/// A status as a mark, with what it means for those who don't see it.
fn shown(declared: Option<Status>, derived: Status, taken: bool, link: Option<(&str, &str)>) -> Markup {
    let overstated = is_overstated(declared, derived);
    let declared = declared.map_or("not assessed".to_owned(), |declared| format!("declared {}", declared.as_str()));
    let meaning = if taken {
        format!("{}, taken as declared", derived.as_str())
    } else {
        format!("{} ({declared})", derived.as_str())
    };
    let class = format!(
        "mark {}{}{}",
        status_class(derived),
        if taken { " taken" } else { "" },
        if overstated { " overstated" } else { "" }
    );
    html! {
        @match link {
            Some((target, name)) => {
                a class=(class) href=(target) title=(format!("{}: {meaning}", text(name))) {
                    span aria-hidden="true" { (mark(derived)) }
                    span.unseen { (text(name)) ": " (meaning) }
                }
            }
            None => {
                span class=(class) title=(meaning) {
                    span aria-hidden="true" { (mark(derived)) } span.unseen { (meaning) }
                }
            }
        }
    }
}

fn severity_index(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_stand_below_their_folder() {
        assert_eq!(folder_and_feature("a/specs/001-x/plan.md"), ("a/specs", "001-x"));
        assert_eq!(folder_and_feature("001-x/plan.md"), ("", "001-x"));
        assert_eq!(folder_and_feature("-"), ("", "-"));
    }
}
