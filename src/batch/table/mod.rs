//! Tables as people have them: CSV, TSV, Excel, JSON lines and YAML lists, read row by row.

mod delimited;
mod encoding;
mod json;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use crate::diag::{Diagnostic, Error};

/// One row of a table: its number in the file, and its cells by column.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The row as the user counts: line 1 (or Excel's row 1) holds the column names.
    pub number: u64,
    /// Column names as the file has them, with the cells' text. Empty cells are left out.
    pub cells: Vec<(String, String)>,
}

/// The rows of a table, or what is wrong with one: a bad row does not end the table.
pub type Rows = Box<dyn Iterator<Item = Result<Row, Diagnostic>> + Send>;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableFormat {
    /// `,`, `;` or tab between cells: whichever the first line has most of. UTF-8 or CP1251, with or without a byte order mark.
    Delimited,
    /// The first sheet of an Excel workbook.
    Xlsx,
    /// One JSON object a line.
    JsonLines,
    /// A YAML list of mappings.
    Yaml,
}

impl TableFormat {
    /// The format that a file's ending names.
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Delimited),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// Opens a table file.
///
/// # Errors
/// `table-format` for an ending that is not known, `table-read` for a file that is not what its ending says, and I/O errors.
pub fn open(path: &Path) -> Result<Rows, Error> {
    let format = TableFormat::from_path(path).ok_or_else(|| {
        Diagnostic::error("table-format", format!("{}: cannot tell the format from the file's ending", path.display()))
            .hint("tables are read from .csv, .tsv, .xlsx, .jsonl and .yaml files")
    })?;
    let fault = |source| Error::Io { path: path.to_owned(), source };
    let file = BufReader::new(File::open(path).map_err(fault)?);
    read(file, &path.display().to_string(), format)
}

/// Reads a table from anywhere; `name` is what faults call it.
///
/// # Errors
/// As [`open`].
pub fn read(reader: impl Read + Send + 'static, name: &str, format: TableFormat) -> Result<Rows, Error> {
    match format {
        TableFormat::Delimited => Ok(Box::new(delimited::rows(reader, name)?)),
        TableFormat::JsonLines => Ok(Box::new(json::lines(reader, name))),
        #[cfg(feature = "xlsx")]
        TableFormat::Xlsx => Ok(Box::new(xlsx::rows(reader, name)?.into_iter())),
        #[allow(unreachable_patterns)]
        _ => Err(Diagnostic::error("table-format", format!("{name}: this build cannot read such a table"))
            .hint("build with the feature `xlsx` or `yaml`")
            .into()),
    }
}

/// A fault of one row.
fn row_fault(name: &str, number: u64, message: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error("table-row", format!("{name}, row {number}: {message}"))
}
