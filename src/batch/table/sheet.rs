//! What every kind of file becomes first: sheets of lines of cells, as a person sees them.

use crate::diag::Message;
use crate::limits;

/// A cell as it is seen, or why it cannot be seen: a formula with an error or without a value.
pub(super) type SeenCell = Result<String, Message>;

/// A row of a sheet. Cells that are merged downwards repeat what they show; those merged to the
/// right are empty but the first.
#[derive(Debug, Clone, Default)]
pub(super) struct SheetRow {
    /// As the user counts, from 1.
    pub(super) number: u64,
    pub(super) cells: Vec<SeenCell>,
    /// Hidden, or left out by a filter.
    pub(super) hidden: bool,
    /// What is wrong with the row as a whole, as a code and a message with its hint.
    pub(super) fault: Option<RowFault>,
}

/// What is wrong with a row.
#[derive(Debug, Clone)]
pub(super) struct RowFault {
    pub(super) code: &'static str,
    pub(super) message: Message,
    pub(super) hint: Option<Message>,
}

impl RowFault {
    /// A limit that a row passes, with how to raise it.
    pub(super) fn beyond(code: &'static str, message: Message) -> Self {
        let hint = limits::reached(code, message.clone()).hints().first().cloned();
        Self { code, message, hint }
    }
}

impl SheetRow {
    pub(super) fn of(number: u64, cells: Vec<SeenCell>) -> Self {
        Self { number, cells, ..Self::default() }
    }

    /// The text of a cell; none where nothing is seen.
    pub(super) fn text(&self, column: usize) -> &str {
        match self.cells.get(column) {
            Some(Ok(text)) => text.trim(),
            _ => "",
        }
    }

    /// Columns that show something.
    pub(super) fn filled(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cells.len()).filter(|&c| self.cells[c].is_err() || !self.text(c).is_empty())
    }

    pub(super) fn is_blank(&self) -> bool {
        self.fault.is_none() && self.filled().next().is_none()
    }
}

/// A sheet of a workbook, a table of a page, or the one table of a text file.
pub(super) struct Sheet {
    /// What a workbook calls it.
    pub(super) name: Option<String>,
    pub(super) hidden: bool,
    pub(super) lines: Box<dyn Iterator<Item = SheetRow> + Send>,
    /// How many lines there are, if that is known.
    pub(super) size: Option<usize>,
}

impl Sheet {
    /// A sheet that is in memory.
    pub(super) fn of(name: Option<String>, hidden: bool, lines: Vec<SheetRow>) -> Self {
        let size = Some(lines.len());
        Self { name, hidden, lines: Box::new(lines.into_iter()), size }
    }
}

/// Repeats what merged cells show in the rows below them. `areas` are the first and the last row
/// and the column of the first cell, rows as indices.
pub(super) fn fill_down(lines: &mut [SheetRow], areas: &[(u64, u64, usize)]) {
    for &(first, last, column) in areas {
        // Blank rows are left out of `lines`, so rows are found by their numbers, not by their
        // places.
        let start = lines.partition_point(|line| line.number < first);
        // The area begins in a row that shows nothing: there is nothing to repeat.
        if lines.get(start).is_none_or(|line| line.number != first) {
            continue;
        }
        let Some(cell) = lines[start].cells.get(column).cloned() else { continue };
        for line in lines[start + 1..].iter_mut().take_while(|line| line.number <= last) {
            if line.cells.len() <= column {
                line.cells.resize(column + 1, Ok(String::new()));
            }
            line.cells[column].clone_from(&cell);
        }
    }
}
