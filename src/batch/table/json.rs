//! One JSON object a line.
//!
//! One of the readers behind `table::open`: names of members are the columns.

use std::io::{BufRead, BufReader, Read};

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Message, say};
use crate::limits;

/// A record: its number, and its cells by their names.
pub(super) struct Keyed {
    pub(super) number: u64,
    pub(super) cells: Result<Vec<(String, String)>, Diagnostic>,
}

/// The byte order mark that some programs put before UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The rows of a file with one JSON object a line.
pub(super) fn lines<R: Read + Send + 'static>(
    reader: R,
) -> impl Iterator<Item = Keyed> + Send + use<R> {
    let mut reader = BufReader::new(reader);
    let mut number = 0;
    let mut failed = false;
    std::iter::from_fn(move || {
        loop {
            number += 1;
            let mut line = Vec::new();
            let most = limits::get().record_bytes;
            match reader.by_ref().take(most as u64).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(n) if n == most => {
                    // Only this record fails; the next line is whole again.
                    let _ = reader.skip_until(b'\n');
                    let cells = Err(limits::reached("limit-record-bytes", super::too_long(most)));
                    return Some(Keyed { number, cells });
                }
                Ok(_)
                    if number == 1
                        && line.strip_prefix(MARK).is_some_and(|l| !l.trim_ascii().is_empty()) =>
                {
                    return Some(Keyed { number, cells: cells(&line[MARK.len()..]) });
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(Keyed { number, cells: cells(&line) }),
                // A disk that fails once fails for ever: the error is reported once, and the rows
                // end.
                Err(_) if failed => return None,
                Err(e) => {
                    failed = true;
                    return Some(bad(number, say!("the file cannot be read on: {why}", why = e)));
                }
            }
        }
    })
}

fn bad(number: u64, message: Message) -> Keyed {
    Keyed { number, cells: Err(Diagnostic::error("table-row", message)) }
}

/// Scalars as text; `null` and empty text are not cells.
fn cells(line: &[u8]) -> Result<Vec<(String, String)>, Diagnostic> {
    let fault = |message| Diagnostic::error("table-row", message);
    let map: Map<String, Value> = serde_json::from_slice(line)
        .map_err(|e| fault(say!("not a JSON object: {why}", why = e)))?;
    let mut cells = Vec::with_capacity(map.len());
    for (key, value) in map {
        match value {
            Value::Null => {}
            Value::String(text) if text.trim().is_empty() => {}
            Value::String(text) => cells.push((key, text.trim().to_owned())),
            Value::Array(_) | Value::Object(_) => {
                return Err(
                    fault(say!("a text is expected here, not a list or an object")).path(key)
                );
            }
            scalar => cells.push((key, scalar.to_string())),
        }
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_is_a_fault_of_its_row_only() {
        let rows: Vec<_> = lines(
            "{\"ФИО\": \"Ким Виктория\", \"Номер\": 7}\n{oops\n\n{\"ФИО\": \"Лев\"}".as_bytes(),
        )
        .collect();
        assert_eq!(rows[0].cells.as_ref().unwrap()[1], ("Номер".to_owned(), "7".to_owned()));
        assert!(rows[1].number == 2 && rows[1].cells.is_err());
        assert_eq!(rows[2].number, 4);
    }
}
