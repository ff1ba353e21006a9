use std::io::{BufRead, BufReader, Read};

use serde_json::{Map, Value};

use super::{Row, row_fault};
use crate::diag::Diagnostic;

/// The longest line that is read: one record.
const LINE: u64 = 1 << 20;

/// The rows of a file with one JSON object a line.
pub(super) fn lines<R: Read + Send + 'static>(reader: R, name: &str) -> impl Iterator<Item = Result<Row, Diagnostic>> + Send + use<R> {
    let mut reader = BufReader::new(reader);
    let name = name.to_owned();
    let mut number = 0;
    std::iter::from_fn(move || {
        loop {
            number += 1;
            let mut line = Vec::new();
            match reader.by_ref().take(LINE).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(n) if n as u64 == LINE => {
                    let _ = reader.skip_until(b'\n');
                    return Some(Err(row_fault(&name, number, "the line is longer than 1 MB")));
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(object(&line, &name, number)),
                Err(e) => return Some(Err(row_fault(&name, number, e))),
            }
        }
    })
}

fn object(line: &[u8], name: &str, number: u64) -> Result<Row, Diagnostic> {
    let map: Map<String, Value> = serde_json::from_slice(line).map_err(|e| row_fault(name, number, format!("not a JSON object: {e}")))?;
    Ok(Row { number, cells: cells(map) })
}

/// Scalars as text; `null` and empty text are no cells; lists and objects stay JSON.
fn cells(map: Map<String, Value>) -> Vec<(String, String)> {
    map.into_iter()
        .filter_map(|(key, value)| match value {
            Value::Null => None,
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some((key, text.trim().to_owned())),
            other => Some((key, other.to_string())),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_is_a_fault_of_its_row_only() {
        let rows: Vec<_> = lines("{\"ФИО\": \"Ким Виктория\", \"Номер\": 7}\n{oops\n\n{\"ФИО\": \"Лев\"}".as_bytes(), "-").collect();
        assert_eq!(rows[0].as_ref().unwrap().cells[1], ("Номер".to_owned(), "7".to_owned()));
        assert!(rows[1].as_ref().unwrap_err().message().contains("row 2"));
        assert_eq!(rows[2].as_ref().unwrap().number, 4);
    }
}
