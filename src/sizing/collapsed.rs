//! Collapsed borders: which border wins on every edge of a table's grid (CSS 2.2, 17.6.2).

use crate::boxes::{BoxNode, CellBox, TableBox};
use crate::geometry::Sides;
use crate::style::{BorderSide, BorderStyle, Computed};

/// The winning borders of a table's grid.
#[derive(Debug)]
pub(crate) struct CollapsedBorders {
    rows: usize,
    columns: usize,
    /// Above row `r` in column `c`: `r * columns + c`; one row more than the table has.
    horizontal: Vec<BorderSide>,
    /// Left of column `c` in row `r`: `r * (columns + 1) + c`.
    vertical: Vec<BorderSide>,
}

impl CollapsedBorders {
    pub(crate) fn new(node: &BoxNode, table: &TableBox) -> Self {
        let columns = table.columns.len();
        let all: Vec<_> = table.rows().collect();
        let rows = all.len();
        let none = BorderSide::default();
        let mut grid = Self {
            rows,
            columns,
            horizontal: vec![none; (rows + 1) * columns],
            vertical: vec![none; rows * (columns + 1)],
        };
        // Cells first: at equal width and style the innermost wins, and of two cells the upper or
        // left one.
        for (r, row) in all.iter().enumerate() {
            for cell in &row.cells {
                let end_row = (r + cell.rows).min(rows);
                let end_column = (cell.column + cell.columns).min(columns);
                grid.offer(cell.column..end_column, r..end_row, &cell.node.style);
            }
        }
        for (r, row) in all.iter().enumerate() {
            // After the cells come rows, then columns, then the table: at a tie what was there
            // first stays.
            grid.offer(0..columns, r..r + 1, &row.style);
        }
        for (c, column) in table.columns.iter().enumerate() {
            grid.offer(c..c + 1, 0..rows, &column.style);
        }
        grid.offer(0..columns, 0..rows, &node.style);
        // No border runs through a cell that covers more than one place.
        for (r, row) in all.iter().enumerate() {
            for cell in &row.cells {
                let end_row = (r + cell.rows).min(rows);
                let end_column = (cell.column + cell.columns).min(columns);
                for inner in r..end_row {
                    for c in cell.column + 1..end_column {
                        grid.vertical[inner * (columns + 1) + c] = none;
                    }
                }
                for inner in r + 1..end_row {
                    for c in cell.column..end_column {
                        grid.horizontal[inner * columns + c] = none;
                    }
                }
            }
        }
        grid
    }

    /// Offers a box's borders for the edges around it.
    fn offer(
        &mut self,
        columns: std::ops::Range<usize>,
        rows: std::ops::Range<usize>,
        style: &Computed,
    ) {
        let border = &style.border;
        if rows.is_empty() || columns.is_empty() {
            return;
        }
        for c in columns.clone() {
            meet(&mut self.horizontal[rows.start * self.columns + c], border.top);
            meet(&mut self.horizontal[rows.end * self.columns + c], border.bottom);
        }
        for r in rows {
            meet(&mut self.vertical[r * (self.columns + 1) + columns.start], border.left);
            meet(&mut self.vertical[r * (self.columns + 1) + columns.end], border.right);
        }
    }

    /// The border above row `r` in column `c`.
    pub(crate) fn above(&self, r: usize, c: usize) -> BorderSide {
        shown(self.horizontal.get(r * self.columns + c).copied().unwrap_or_default())
    }

    /// The border left of column `c` in row `r`.
    pub(crate) fn left(&self, r: usize, c: usize) -> BorderSide {
        shown(self.vertical.get(r * (self.columns + 1) + c).copied().unwrap_or_default())
    }

    /// The halves of the borders around a cell, which are inside of it.
    pub(crate) fn cell(&self, cell: &CellBox, row: usize) -> Sides<f64> {
        let end_row = (row + cell.rows).min(self.rows);
        let end = (cell.column + cell.columns).min(self.columns);
        let widest = |sides: &mut dyn Iterator<Item = BorderSide>| {
            sides.map(|s| s.width).fold(0.0, f64::max) / 2.0
        };
        Sides {
            top: widest(&mut (cell.column..end).map(|c| self.above(row, c))),
            bottom: widest(&mut (cell.column..end).map(|c| self.above(end_row, c))),
            left: widest(&mut (row..end_row).map(|r| self.left(r, cell.column))),
            right: widest(&mut (row..end_row).map(|r| self.left(r, end))),
        }
    }

    /// The halves of the outer borders, which are the table's own.
    pub(crate) fn outer(&self) -> Sides<f64> {
        let widest = |sides: &mut dyn Iterator<Item = BorderSide>| {
            sides.map(|s| s.width).fold(0.0, f64::max) / 2.0
        };
        Sides {
            top: widest(&mut (0..self.columns).map(|c| self.above(0, c))),
            bottom: widest(&mut (0..self.columns).map(|c| self.above(self.rows, c))),
            left: widest(&mut (0..self.rows).map(|r| self.left(r, 0))),
            right: widest(&mut (0..self.rows).map(|r| self.left(r, self.columns))),
        }
    }
}

/// A hidden border has won only to paint nothing.
fn shown(side: BorderSide) -> BorderSide {
    if side.style == BorderStyle::Hidden { BorderSide::default() } else { side }
}

/// Keeps the stronger border (CSS 2.2, 17.6.2.1). At a tie the one that was there first stays.
fn meet(edge: &mut BorderSide, other: BorderSide) {
    let rank = |side: &BorderSide| match side.style {
        BorderStyle::None => 0,
        // The order of styles is that of CSS 2.2; ridge, outset, groove and inset are none of ours.
        BorderStyle::Dotted => 1,
        BorderStyle::Dashed => 2,
        BorderStyle::Solid => 3,
        BorderStyle::Double => 4,
        BorderStyle::Hidden => 5,
    };
    let (a, b) = (rank(edge), rank(&other));
    // `hidden` beats all, `none` nothing; between others the wider wins, then the style (17.6.2.1).
    let wins = match (a, b) {
        (5, _) | (_, 0) => false,
        (_, 5) | (0, _) => true,
        _ => other.width > edge.width || (other.width == edge.width && b > a),
    };
    if wins {
        *edge = other;
    }
}
