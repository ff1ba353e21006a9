use std::io::{BufRead, BufReader, Read};

use super::{Row, bad, encoding};
use crate::diag::{Diagnostic, Error};

/// The rows of a CSV or TSV file.
pub(super) fn rows<R: Read + Send + 'static>(
    reader: R,
    name: &str,
) -> Result<impl Iterator<Item = Row> + Send + use<R>, Error> {
    let io = |source| Error::Io { path: name.into(), source };
    let mut reader = BufReader::new(encoding::utf8(reader).map_err(io)?);
    let delimiter = delimiter(reader.fill_buf().map_err(io)?);
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(reader);

    let mut header = csv::StringRecord::new();
    let unreadable = |e: csv::Error| {
        Error::from(Diagnostic::error(
            "table-read",
            format!("{name}: the column names cannot be read: {e}"),
        ))
    };
    if !csv.read_record(&mut header).map_err(unreadable)? || header.iter().all(str::is_empty) {
        let fault = Diagnostic::error("table-empty", format!("{name}: the table is empty"));
        return Err(fault
            .hint("the first line holds the column names: ФИО;Должность;Организация")
            .into());
    }
    let mut table = Table { csv, header, inner_lines: 0, failed: false };
    Ok(std::iter::from_fn(move || table.next()))
}

struct Table<R> {
    csv: csv::Reader<R>,
    header: csv::StringRecord,
    /// Line ends inside of cells so far: they make lines, but no rows.
    inner_lines: u64,
    /// The file itself could not be read on: nothing more comes.
    failed: bool,
}

impl<R: Read> Table<R> {
    fn next(&mut self) -> Option<Row> {
        let mut record = csv::StringRecord::new();
        loop {
            match self.csv.read_record(&mut record) {
                Ok(false) => return None,
                Err(_) if self.failed => return None,
                Err(e) => {
                    self.failed = e.is_io_error();
                    return Some(bad(self.row(), e));
                }
                Ok(true) => {
                    self.inner_lines +=
                        record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
                    if record.iter().any(|cell| !cell.is_empty()) {
                        return Some(Row {
                            number: self.row(),
                            cells: cells(&record, &self.header),
                        });
                    }
                }
            }
        }
    }

    /// The row read last, as a spreadsheet counts: blank lines are rows too.
    fn row(&self) -> u64 {
        self.csv.position().line().saturating_sub(self.inner_lines + 1)
    }
}

fn cells(
    record: &csv::StringRecord,
    header: &csv::StringRecord,
) -> Result<Vec<(String, String)>, Diagnostic> {
    if let Some(extra) = record.iter().skip(header.len()).find(|cell| !cell.is_empty()) {
        let fault =
            Diagnostic::error("table-row", format!("a cell beyond the last column: `{extra}`"));
        return Err(fault.hint("a cell that holds a separator must stand in double quotes"));
    }
    let cells = header
        .iter()
        .zip(record.iter())
        .filter(|(column, cell)| !column.is_empty() && !cell.is_empty());
    Ok(cells.map(|(column, cell)| (column.to_owned(), cell.to_owned())).collect())
}

/// The separator that the first line has most of, outside of quotes.
fn delimiter(head: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                counts.iter_mut().filter(|(d, _)| *d == byte).for_each(|(_, n)| *n += 1)
            }
            _ => {}
        }
    }
    let best = counts.iter().rev().max_by_key(|(_, n)| *n);
    best.map_or(b',', |(d, _)| *d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Vec<Row> {
        rows(text.as_bytes(), "t.csv").unwrap().collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn semicolons_leading_zeros_and_quoted_separators() {
        let rows = read("Номер;ФИО;За что\n001;Бехтенева Наталья;\"труд; талант\"\n");
        assert_eq!(
            *rows[0].cells.as_ref().unwrap(),
            pairs(&[("Номер", "001"), ("ФИО", "Бехтенева Наталья"), ("За что", "труд; талант")])
        );
    }

    #[test]
    fn empty_rows_are_skipped_and_numbers_stay_those_of_the_file() {
        let rows = read("a,b\n1,2\n,\n\n3,\n");
        let numbers: Vec<u64> = rows.iter().map(|r| r.number).collect();
        assert_eq!(numbers, [2, 5]);
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for text in ["a,b\r\n1,2\r\n\r\n3,4", "a,b\r1,2\r\r3,4", "a,b\n1,2\n\n3,4\n"] {
            let numbers: Vec<u64> = read(text).iter().map(|r| r.number).collect();
            assert_eq!(numbers, [2, 4], "{text:?}");
        }
    }

    #[test]
    fn a_cell_too_many_is_a_fault_of_its_row_only() {
        let rows = read("a,b\n1,2,3\n4,5\n");
        assert!(rows[0].number == 2 && rows[0].cells.is_err());
        assert!(rows[1].cells.is_ok());
    }
}
