use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::Row;
use crate::diag::{Diagnostic, Error};

/// The largest workbook that is read, in bytes.
const WORKBOOK: u64 = 256 << 20;

/// The rows of the first sheet. Formulas count as their values, a merged area as its first cell.
pub(super) fn rows(reader: impl Read, name: &str) -> Result<Vec<Row>, Error> {
    let mut bytes = Vec::new();
    reader
        .take(WORKBOOK)
        .read_to_end(&mut bytes)
        .map_err(|source| Error::Io { path: name.into(), source })?;
    let unreadable = |e: calamine::XlsxError| {
        Diagnostic::error("table-read", format!("{name}: not an Excel workbook: {e}"))
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = book.sheet_names().first().cloned().unwrap_or_default();
    let range = book.worksheet_range(&sheet).map_err(unreadable)?;
    let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();

    let (top, left) = range.start().unwrap_or((0, 0));
    let value = |row: u32, column: u32| {
        let origin = merged
            .iter()
            .find(|area| area.contains(row, column))
            .map_or((row, column), |area| area.start);
        range.get_value(origin).cloned().unwrap_or(Data::Empty)
    };
    let columns: Vec<u32> = (left..left + range.width() as u32).collect();
    let filled = |row: u32| {
        columns.iter().any(|&c| range.get_value((row, c)).is_some_and(|v| *v != Data::Empty))
    };
    let Some(head) = (top..top + range.height() as u32).find(|&row| filled(row)) else {
        return Err(
            Diagnostic::error("table-empty", format!("{name}: the first sheet is empty")).into()
        );
    };
    let header: Vec<String> =
        columns.iter().map(|&c| text(&value(head, c)).unwrap_or_default()).collect();

    let body = (head + 1..top + range.height() as u32).filter(|&row| filled(row));
    let cells = |row: u32| {
        let mut cells = Vec::new();
        for (column, &c) in header.iter().zip(&columns).filter(|(column, _)| !column.is_empty()) {
            let cell = text(&value(row, c))
                .map_err(|e| Diagnostic::error("table-row", e).path(column.as_str()))?;
            if !cell.is_empty() {
                cells.push((column.clone(), cell));
            }
        }
        Ok(cells)
    };
    Ok(body.map(|row| Row { number: u64::from(row) + 1, cells: cells(row) }).collect())
}

/// A cell as text: whole numbers without a point, dates as ISO dates.
fn text(cell: &Data) -> Result<String, String> {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => n.to_string(),
        Data::Bool(true) => "да".to_owned(),
        Data::Bool(false) => "нет".to_owned(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or(text).to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => return Err(format!("the formula gives an error: {error}")),
    })
}
