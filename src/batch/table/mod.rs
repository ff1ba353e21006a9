//! Tables as people have them: CSV, TSV, Excel, JSON lines, YAML and JSON lists, as rows.

mod delimited;
mod encoding;
mod json;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use crate::diag::{Diagnostic, Error};
use crate::model::{self, Format, Limits};

/// One row of a table: its number in the file, and its cells by column.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The row as the user counts: in CSV and Excel the column names stand in row 1; JSON lines
    /// and records of a list count from 1.
    pub number: u64,
    /// Column names as the file has them, with the cells' text, empty cells left out; or what is
    /// wrong with the row, which does not end the table.
    pub cells: Result<Vec<(String, String)>, Diagnostic>,
}

/// The rows of a table. Its `size_hint` is exact for a table that was read as a whole.
pub type Rows = Box<dyn Iterator<Item = Row> + Send>;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableFormat {
    /// `,`, `;` or tab between cells: whichever the first line has most of. UTF-8 or CP1251, with
    /// or without a byte order mark.
    Delimited,
    /// The first sheet of an Excel workbook.
    Xlsx,
    /// One JSON object a line.
    JsonLines,
    /// A YAML list of maps.
    Yaml,
    /// A JSON list of objects.
    Json,
}

impl TableFormat {
    /// The format that a file's ending names.
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Delimited),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Opens a table file.
///
/// # Errors
/// `table-format` for an ending that is not known, `table-read` for a file that is not what its
/// ending says, and I/O errors.
pub fn open(path: &Path) -> Result<Rows, Error> {
    let format = TableFormat::from_path(path).ok_or_else(|| {
        Diagnostic::error(
            "table-format",
            format!("{}: cannot tell the format from the file's ending", path.display()),
        )
        .hint("tables are read from .csv, .tsv, .xlsx, .jsonl, .yaml and .json files")
    })?;
    let fault = |source| Error::Io { path: path.to_owned(), source };
    let file = BufReader::new(File::open(path).map_err(fault)?);
    read(file, &path.display().to_string(), format)
}

/// Reads a table from anywhere; `name` is what faults call it.
///
/// # Errors
/// As [`open`].
pub fn read(
    reader: impl Read + Send + 'static,
    name: &str,
    format: TableFormat,
) -> Result<Rows, Error> {
    match format {
        TableFormat::Delimited => Ok(Box::new(delimited::rows(reader, name)?)),
        TableFormat::JsonLines => Ok(Box::new(json::lines(reader))),
        #[cfg(feature = "xlsx")]
        TableFormat::Xlsx => Ok(Box::new(xlsx::rows(reader, name)?.into_iter())),
        TableFormat::Yaml => list(reader, name, Format::Yaml),
        TableFormat::Json => list(reader, name, Format::Json),
        #[allow(unreachable_patterns)]
        _ => Err(Diagnostic::error(
            "table-format",
            format!("{name}: this build cannot read such a table"),
        )
        .hint("build with the feature `xlsx`")
        .into()),
    }
}

fn list(reader: impl Read, name: &str, format: Format) -> Result<Rows, Error> {
    let mut bytes = Vec::new();
    // One byte more than the model takes, so that it refuses what is too much.
    let most = Limits::default().bytes as u64 + 1;
    reader
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|source| Error::Io { path: name.into(), source })?;
    let records = model::records(&bytes, name, format)?;
    Ok(Box::new((1..).zip(records).map(|(number, cells)| Row { number, cells })))
}

/// A row that cannot be read.
fn bad(number: u64, message: impl std::fmt::Display) -> Row {
    Row { number, cells: Err(Diagnostic::error("table-row", message.to_string())) }
}
