//! Principles in a table, with the status column at any place, and with columns for both stages.

use super::heading::without_leading_mark;
use super::principle::{closing_mark, tidy};
use super::{Open, OpenedBy, Reader, name, vocabulary};
use crate::markdown::{Row, Table};
use crate::parse::status;
use crate::plan::{Stage, Text};
use crate::source::Span;

/// What the columns of a table hold.
struct Columns {
    ordinal: Option<usize>,
    name: usize,
    /// Columns that carry a status: one, or one for each stage.
    status: Vec<usize>,
}

impl Reader<'_, '_> {
    pub(super) fn table(&mut self, index: usize) {
        let markdown = self.markdown;
        let table = &markdown.tables[index];
        if let Some(Open { by: OpenedBy::Heading(_), .. }) = &self.open {
            self.rows_as_bullets(table);
            return;
        }
        let Some(columns) = self.columns(table) else { return };
        if self.notes && (self.awaits_verdict || !self.numbered(table)) {
            return;
        }
        self.close();
        let numbered = self.check().principles.iter().any(|principle| principle.ordinal.is_some());
        if numbered && !self.by_table && !self.numbered(table) {
            return;
        }
        self.by_table = true;
        let (first, later) = match columns.status.as_slice() {
            [before, after] => (Some(*before), Some(*after)),
            [one, ..] => (Some(*one), None),
            [] => (None, None),
        };
        self.rows(table, &columns, first);
        if let Some(later) = later {
            let title = markdown.plain_text(table.header[later]);
            let level = self.check_level;
            self.begin_check(title, Stage::AfterDesign, level);
            self.rows(table, &columns, Some(later));
        }
    }

    /// Whether the rows carry numerals.
    pub(super) fn numbered(&self, table: &Table) -> bool {
        let cells = |row: &Row| {
            row.cells.iter().take(2).any(|cell| name::split_ordinal(&self.markdown.plain(*cell)).0.is_some())
        };
        !table.rows.is_empty() && table.rows.iter().filter(|row| cells(row)).count() * 2 >= table.rows.len()
    }

    /// Below a principle's heading, a table states what its bullets would.
    fn rows_as_bullets(&mut self, table: &Table) {
        let markdown = self.markdown;
        for row in &table.rows {
            let status = row.cells.iter().skip(1).find_map(|cell| status::leading(markdown.raw(*cell)));
            if let Some(open) = &mut self.open {
                open.items += 1;
                open.bullets.extend(status.map(|reading| reading.status));
                open.principle.statements.push(markdown.plain_text(row.span));
            }
        }
    }

    fn rows(&mut self, table: &Table, columns: &Columns, status: Option<usize>) {
        for row in &table.rows {
            if let Some(name) = row.cells.get(columns.name) {
                self.row(row, *name, columns, status);
            }
        }
    }

    fn row(&mut self, row: &Row, name: Span, columns: &Columns, column: Option<usize>) {
        let markdown = self.markdown;
        let plain = markdown.plain(name);
        let bare = without_leading_mark(&plain);
        let cell = column.and_then(|column| row.cells.get(column)).copied();
        let reading = cell.and_then(|cell| cell_status(markdown.raw(cell)).map(|reading| (cell, reading)));
        let reading = reading.or_else(|| self.status_elsewhere(row, columns));
        if bare.is_empty()
            || name::split_ordinal(bare).0.is_none() && vocabulary::is_verdict(bare) && !vocabulary::is_group(bare)
        {
            if let Some((cell, reading)) = reading {
                self.state(row.span, cell, Some(reading));
            }
            return;
        }
        let mut principle = self.principle(name, None, Span::at(name.end as usize), markdown.trimmed(row.span));
        if let Some(marked) = status::leading(&plain).filter(|_| bare.len() < plain.len()) {
            principle.status = Some(marked.status);
            principle.name = tidy(name::split_ordinal(bare).1).to_owned();
            principle.ordinal = name::split_ordinal(bare).0;
        }
        if principle.ordinal.is_none() {
            principle.ordinal = columns.ordinal.and_then(|column| row.cells.get(column)).and_then(|cell| {
                let text = markdown.plain(*cell);
                name::split_ordinal(&text).0.filter(|_| text.len() <= 16)
            });
        }
        let mut notes: Vec<Text> = Vec::new();
        if let Some((cell, reading)) = reading {
            let behind = Span::new(cell.start as usize + reading.range.end, cell.end as usize);
            let start = reading.range.start;
            self.set_status(&mut principle, cell, reading);
            notes.push(markdown.plain_text(self.without_separator(behind)));
            notes.push(markdown.plain_text(Span::new(cell.start as usize, cell.start as usize + start)));
        }
        let others = row.cells.iter().enumerate().filter(|(at, cell)| {
            *at != columns.name
                && Some(*at) != columns.ordinal
                && !columns.status.contains(at)
                && Some(**cell) != reading_cell(&principle)
        });
        notes.extend(others.map(|(_, cell)| markdown.plain_text(*cell)));
        notes.retain(|text| !text.text.is_empty());
        notes.sort_by_key(|text| text.span);
        principle.notes = notes.into_iter().reduce(|mut all, next| {
            if all.span.end <= next.span.start {
                all.text.push_str("; ");
                all.text.push_str(&next.text);
                all.span = all.span.to(next.span);
            }
            all
        });
        self.check().principles.push(principle);
    }

    /// The status of a row in a table without a column for it: a cell that opens or closes with one.
    fn status_elsewhere(&self, row: &Row, columns: &Columns) -> Option<(Span, status::Reading)> {
        if !columns.status.is_empty() {
            return None;
        }
        let cells =
            || row.cells.iter().enumerate().filter(|(at, _)| *at != columns.name && Some(*at) != columns.ordinal);
        let opening =
            cells().find_map(|(_, cell)| status::leading(self.markdown.raw(*cell)).map(|reading| (*cell, reading)));
        opening.or_else(|| {
            cells().find_map(|(_, cell)| closing_mark(self.markdown.raw(*cell)).map(|reading| (*cell, reading)))
        })
    }

    /// The columns of a table that assesses principles; `None` for any other table.
    fn columns(&self, table: &Table) -> Option<Columns> {
        let markdown = self.markdown;
        let headers: Vec<String> = table.header.iter().map(|cell| markdown.plain(*cell)).collect();
        let cells = |column: usize| {
            table.rows.iter().filter_map(move |row| row.cells.get(column)).map(|cell| markdown.raw(*cell))
        };
        let share = |column: usize, test: &dyn Fn(&str) -> bool| {
            let total = cells(column).count();
            total > 0 && cells(column).filter(|cell| test(cell)).count() * 2 >= total
        };
        let is_status = |column: usize| share(column, &|cell| cell_status(cell).is_some());
        let ordinal = (0..headers.len()).find(|column| {
            vocabulary::is_ordinal_column(&headers[*column])
                || share(*column, &|cell| matches!(name::split_ordinal(cell), (Some(_), "")))
        });
        let name = (0..headers.len())
            .find(|column| {
                Some(*column) != ordinal && vocabulary::is_principle_column(&headers[*column]) && !is_status(*column)
            })
            .or_else(|| (0..headers.len()).find(|column| Some(*column) != ordinal && !is_status(*column)))?;
        let candidates: Vec<usize> = (0..headers.len())
            .filter(|column| *column != name && Some(*column) != ordinal && is_status(*column))
            .collect();
        let mut status: Vec<usize> =
            candidates.iter().copied().filter(|column| vocabulary::is_status_column(&headers[*column])).collect();
        if status.is_empty() {
            // A column headed "Status" counts even where most of its words are unknown.
            status = (0..headers.len())
                .filter(|column| {
                    *column != name && Some(*column) != ordinal && vocabulary::is_status_column(&headers[*column])
                })
                .filter(|column| cells(*column).any(|cell| cell_status(cell).is_some()))
                .take(1)
                .collect();
        }
        if status.is_empty() {
            status = candidates.into_iter().take(1).collect();
        }
        let staged = status.len() >= 2
            && status.iter().any(|column| {
                vocabulary::is_recheck(&headers[*column]) || headers[*column].to_lowercase().starts_with("post")
            });
        if staged {
            status.sort_by_key(|column| {
                vocabulary::is_recheck(&headers[*column]) || headers[*column].to_lowercase().starts_with("post")
            });
            status.truncate(2);
        } else {
            status.truncate(1);
        }
        let justifies = headers.iter().any(|header| {
            let header = header.to_lowercase();
            header.contains("why needed") || header.contains("rejected because") || header.starts_with("violation")
        });
        if justifies {
            return None;
        }
        let named = vocabulary::is_principle_column(&headers[name]);
        let numbered = ordinal.is_some() || share(name, &|cell| name::split_ordinal(cell).0.is_some());
        (named || numbered || !status.is_empty()).then_some(Columns { ordinal, name, status })
    }
}

/// A status that opens a cell.
fn cell_status(raw: &str) -> Option<status::Reading> {
    status::leading(raw)
}

fn reading_cell(principle: &crate::plan::AssessedPrinciple) -> Option<Span> {
    principle.raw_status.as_ref().map(|raw| raw.span)
}
