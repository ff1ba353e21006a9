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

/// Merged cells: their first and last row, and the column of the first one, from 0.
pub(super) type MergedArea = (u64, u64, usize);

/// Repeats what merged cells show in the rows below them, row by row.
#[derive(Debug)]
pub(super) struct FillDown {
    /// By their first rows, the last one first.
    areas: Vec<MergedArea>,
    /// Those that reach beyond the last row that was seen: up to where, in which column, and what.
    open: Vec<(u64, usize, SeenCell)>,
}

impl FillDown {
    pub(super) fn new(mut areas: Vec<MergedArea>) -> Self {
        areas.sort_by_key(|(first, ..)| std::cmp::Reverse(*first));
        Self { areas, open: Vec::new() }
    }

    /// Fills a row, which comes after all that were filled before.
    pub(super) fn fill(&mut self, line: &mut SheetRow) {
        self.open.retain(|(last, ..)| *last >= line.number);
        for (_, column, cell) in &self.open {
            if line.cells.len() <= *column {
                line.cells.resize(column + 1, Ok(String::new()));
            }
            line.cells[*column].clone_from(cell);
        }
        while let Some(&(first, last, column)) =
            self.areas.last().filter(|(first, ..)| *first <= line.number)
        {
            self.areas.pop();
            // An area that begins in a row that is not there has nothing to repeat.
            if let Some(cell) = line.cells.get(column).filter(|_| first == line.number) {
                self.open.push((last, column, cell.clone()));
            }
        }
    }
}
