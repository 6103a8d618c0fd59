//! Tables whose columns stay in line where characters are wide.

use std::io;

use annotate_snippets::renderer::Style;
use unicode_width::UnicodeWidthStr;

/// One cell: what is shown and, where colours are wanted, in which style.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::new() }
    }

    pub(super) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

/// Writes the rows below each other, two spaces before and between the cells, no cell wider than
/// `widest` columns.
pub(super) fn write<const COLUMNS: usize>(
    rows: &[[Cell; COLUMNS]],
    widest: usize,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let rows: Vec<[Cell; COLUMNS]> = rows.iter().map(|row| row.clone().map(|cell| shortened(cell, widest))).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].text.width()).max().unwrap_or_default();
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    for row in &rows {
        let last = row.iter().rposition(|cell| !cell.text.is_empty()).unwrap_or_default();
        for (column, Cell { text, style }) in row.iter().enumerate().take(last + 1) {
            let padding = if column == last { 0 } else { widths[column].saturating_sub(text.width()) };
            write!(out, "  {style}{text}{style:#}{:padding$}", "")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn shortened(mut cell: Cell, widest: usize) -> Cell {
    if cell.text.width() > widest {
        let mut width = 0;
        let fits = |letter: &char| {
            width += unicode_width::UnicodeWidthChar::width(*letter).unwrap_or_default();
            width < widest
        };
        cell.text = cell.text.chars().take_while(fits).collect();
        cell.text.push('…');
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_in_line() {
        let row = |name: &str, status: &str| [Cell::new(name), Cell::new(status)];
        let rows =
            [row("原則", "pass"), row("Simplicity", "blocked"), row("A name that is too long", ""), row("", "x")];
        let mut out = Vec::new();
        write(&rows, 12, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "  原則          pass\n  Simplicity    blocked\n  A name that…\n                x\n"
        );
    }
}
