//! Workbooks of Excel 97–2003 and binary ones.
//!
//! One of the readers behind `table::open`, by calamine, which the newer formats do without.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Dimensions, Reader, SheetVisible, Sheets, Xlsb, XlsbError};

use super::biff::BookLook;
use super::number_format;
use super::sheet::{FillDown, RowFault, SeenCell, Sheet, SheetRow};
use crate::diag::{Diagnostic, Error, say};
use crate::limits;

/// The sheets of a workbook.
pub(super) fn sheets(bytes: Vec<u8>, name: &str) -> Result<Vec<Sheet>, Error> {
    limits::wall(|| say!("the reader of workbooks (calamine)"), || read(bytes, name))?
}

fn read(bytes: Vec<u8>, name: &str) -> Result<Vec<Sheet>, Error> {
    let unreadable = |why: String| {
        let message = say!("{name}: not an Excel workbook: {why}", name, why);
        Error::from(
            Diagnostic::error("table-read", message)
                .hint(say!("open it in Excel and save it as .xlsx")),
        )
    };
    let look = BookLook::of(&bytes);
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|e| unreadable(e.to_string()))?;
    let entries = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for (at, entry) in entries.into_iter().enumerate() {
        let hidden = entry.visible != SheetVisible::Visible;
        if let Sheets::Xlsb(book) = &mut book {
            let lines = cells(book, &entry.name).map_err(|e| unreadable(e.to_string()))?;
            sheets.push(Sheet::of(Some(entry.name), hidden, lines));
            continue;
        }
        // Sheets of charts have no cells.
        let Ok(range) = book.worksheet_range(&entry.name) else { continue };
        let merged = match &book {
            Sheets::Xls(book) => book.merge_cells_by_sheet_name(&entry.name).unwrap_or_default(),
            _ => Vec::new(),
        };
        let area =
            |a: &Dimensions| (u64::from(a.start.0) + 1, u64::from(a.end.0) + 1, a.start.1 as usize);
        let mut merged = FillDown::new(merged.iter().map(area).collect());
        let (top, left) = range.start().unwrap_or((0, 0));
        let lines = range.rows().zip(u64::from(top) + 1..).map(|(row, number)| {
            // The range begins at the first filled cell; columns are counted from A, as the user
            // does.
            let before = std::iter::repeat_n(Ok(String::new()), left as usize);
            let here = number as u32 - 1;
            let cells = row.iter().zip(left..).map(|(cell, column)| {
                let format = look.format(at, here, column);
                formatted(cell, format, look.from_1904).unwrap_or_else(|| seen(cell))
            });
            let mut line = SheetRow::of(number, before.chain(cells).collect());
            line.hidden = look.is_hidden(at, here);
            merged.fill(&mut line);
            line
        });
        let lines: Vec<SheetRow> = lines.filter(|line| !line.is_blank()).collect();
        sheets.push(Sheet::of(Some(entry.name), hidden, lines));
    }
    Ok(sheets)
}

/// The rows of a binary sheet, cell by cell: a range of calamine's has room for all cells up to
/// the last one, which would be half a terabyte for one in the corner.
fn cells(book: &mut Xlsb<Cursor<Vec<u8>>>, name: &str) -> Result<Vec<SheetRow>, XlsbError> {
    let mut lines: BTreeMap<u32, SheetRow> = BTreeMap::new();
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // Sheets of charts have no cells.
        Err(_) => return Ok(Vec::new()),
    };
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let seen = seen(&Data::from(cell.get_value().clone()));
        if seen.as_ref().is_ok_and(|text| text.trim().is_empty()) {
            continue;
        }
        let line = lines.entry(row).or_insert_with(|| SheetRow::of(u64::from(row) + 1, Vec::new()));
        let limit = limits::get().columns;
        if column as usize >= limit {
            line.fault = Some(RowFault {
                code: "limit-columns",
                message: say!(
                    "a cell beyond column {limit}: column {number}",
                    limit,
                    number = column + 1
                ),
                hint: Some(say!(
                    "delete what lies far from the table, or raise the limit: `--limit columns=…`"
                )),
            });
            continue;
        }
        let column = column as usize;
        if line.cells.len() <= column {
            line.cells.resize(column + 1, Ok(String::new()));
        }
        line.cells[column] = seen;
    }
    Ok(lines.into_values().collect())
}

/// A number in the format of its cell.
fn formatted(cell: &Data, format: Option<&str>, from_1904: bool) -> Option<SeenCell> {
    let value = match cell {
        Data::Int(n) => *n as f64,
        Data::Float(n) => *n,
        Data::DateTime(date) => date.as_f64(),
        _ => return None,
    };
    Some(Ok(number_format::show(value, format?, from_1904)))
}

fn seen(cell: &Data) -> SeenCell {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => number_format::general(*n),
        Data::Bool(true) => "да".to_owned(),
        Data::Bool(false) => "нет".to_owned(),
        // The formats are not given, only that they are of dates: times have no day, durations
        // more than one, and a date no time.
        Data::DateTime(date) => {
            let value = date.as_f64();
            let code = match value {
                _ if date.is_duration() => "[h]:mm",
                value if value < 1.0 => "h:mm",
                value if value == value.trunc() => "dd.mm.yyyy",
                _ => "dd.mm.yyyy h:mm",
            };
            number_format::show(value, code, false)
        }
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or(text).to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => {
            return Err(say!("the formula gives an error: {value}", value = error));
        }
        #[allow(unreachable_patterns, reason = "newer kinds of cells")]
        other => other.to_string(),
    })
}
