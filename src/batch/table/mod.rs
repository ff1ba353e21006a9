//! Tables as people have them: CSV, TSV, Excel, OpenDocument, tables of web pages, JSON lines, YAML
//! and JSON lists, as rows whose columns are understood.

mod age;
#[cfg(feature = "xlsx")]
mod biff;
mod delimited;
mod doubt;
mod encoding;
mod even;
mod head;
mod heading;
mod html;
mod join;
mod json;
mod made_date;
#[cfg(feature = "xlsx")]
mod number_format;
#[cfg(feature = "xlsx")]
mod ods;
mod options;
#[cfg(feature = "xlsx")]
mod package;
mod records;
mod rows;
mod sheet;
mod sheets;
mod signs;
mod source;
mod twofold;
mod understand;
mod understood;
mod values;
#[cfg(feature = "xlsx")]
mod xls;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::diag::{Diagnostic, Error, Message, say};
use crate::limits::{self, Limits};
use crate::model::Column;
pub use options::TableOptions;
use records::keyed;
use sheets::of_sheets;
pub use source::TableFormat;
pub use understand::{Planned, Why};
pub use understood::letter;

/// How many lines are looked at before rows are made.
const PROBE: usize = 400;

/// A cell of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct DataCell {
    /// The name of its column, as the file has it.
    pub header: Arc<str>,
    /// What the column is.
    pub column: Option<Column>,
    /// What is seen, with single spaces and mended; it may be empty.
    pub text: String,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct DataRow {
    /// The row as the user counts: in CSV and Excel that of the sheet, names of columns included;
    /// JSON lines and records of a list count from 1.
    pub number: u64,
    /// Its sheet, where the rows are those of several.
    pub sheet: Option<Arc<str>>,
    /// What it holds.
    pub content: RowContent,
    /// What was mended.
    pub notes: Vec<Diagnostic>,
    /// The rows of a [joined](DataTable::join) table.
    pub joined: Option<JoinedRows>,
}

/// The rows of another table that belong to a row.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinedRows {
    /// What the other table is called.
    pub name: Arc<str>,
    /// Names of columns and texts of each.
    pub rows: Vec<Vec<(Arc<str>, String)>>,
}

/// What a row holds.
#[derive(Debug, Clone, PartialEq)]
pub enum RowContent {
    /// A record.
    Cells(Vec<DataCell>),
    /// A record of a type of one's own.
    Value(Map<String, Json>),
    /// Something that cannot be read; it does not end the table.
    Faulty(Diagnostic),
    /// No record, and why: a total, a note, a hidden row.
    Left(Diagnostic),
}

impl DataRow {
    /// A record of names of columns and texts.
    pub fn new<'a>(number: u64, cells: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let cell = |(header, text): (&str, &str)| DataCell {
            header: header.into(),
            column: Column::of(header),
            text: text.to_owned(),
        };
        Self::of(number, RowContent::Cells(cells.into_iter().map(cell).collect()))
    }

    /// A record of any type that serialises to a map.
    pub fn of_value<T: Serialize + ?Sized>(number: u64, value: &T) -> Self {
        let fault = |message| RowContent::Faulty(Diagnostic::error("wrong-type", message));
        let content = match serde_json::to_value(value) {
            Ok(Json::Object(map)) => RowContent::Value(map),
            Ok(_) => fault(say!("a record is a map of keys, such as a struct")),
            Err(why) => fault(say!("the value cannot be serialised: {why}", why)),
        };
        Self::of(number, content)
    }

    fn of(number: u64, content: RowContent) -> Self {
        Self { number, sheet: None, content, notes: Vec::new(), joined: None }
    }
}

/// What was understood of a table.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Plan {
    /// The sheet, if the file has several.
    pub sheet: Option<String>,
    /// All sheets, with those that are hidden.
    pub sheets: Vec<(String, bool)>,
    /// The first and the last row of the names of columns.
    pub head: Option<(u64, u64)>,
    /// The columns, from the left.
    pub columns: Vec<Planned>,
    /// What to look at.
    pub warnings: Vec<Diagnostic>,
}

/// A table: what was understood of it, and its rows.
pub struct DataTable {
    plan: Plan,
    rows: Box<dyn Iterator<Item = DataRow> + Send>,
    size: Option<usize>,
    /// Its columns are names that a template asks for.
    plain: bool,
    limits: Limits,
}

impl DataTable {
    /// What was understood.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// How many rows there may be, if that is known.
    pub fn size(&self) -> Option<usize> {
        self.size
    }
}

impl std::fmt::Debug for DataTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DataTable").field("plan", &self.plan).finish_non_exhaustive()
    }
}

impl Iterator for DataTable {
    type Item = DataRow;

    fn next(&mut self) -> Option<DataRow> {
        limits::within(self.limits, || self.rows.next())
    }
}

/// Opens a table file, whose kind its content shows.
///
/// # Errors
/// `table-format` for a file that is not a table, `table-read` for a broken one, `table-head`,
/// `table-sheet` and `column-…` for a table that cannot be understood, and I/O errors.
pub fn open(path: &Path, options: &TableOptions) -> Result<DataTable, Error> {
    let fault = |source| Error::Io { path: path.to_owned(), source };
    let file = File::open(path).map_err(fault)?;
    let (name, format) = (path.display().to_string(), TableFormat::from_path(path));
    // The same file once more: a workbook is read where it lies.
    let lying = file.try_clone().ok();
    let reader = BufReader::new(file);
    limits::within(options.limits, || of_reader(reader, &name, format, options, lying.as_ref()))
}

/// Reads a table from anywhere; `name` is what faults call it. Without a format the content shows
/// it.
///
/// # Errors
/// As [`open`].
pub fn read(
    reader: impl Read + Send + 'static,
    name: &str,
    format: Option<TableFormat>,
    options: &TableOptions,
) -> Result<DataTable, Error> {
    limits::within(options.limits, || of_reader(reader, name, format, options, None))
}

/// A line that is no row, but a picture, say.
fn too_long(most: usize) -> Message {
    say!("the line is longer than {most} bytes", most)
}

fn of_reader(
    reader: impl Read + Send + 'static,
    name: &str,
    format: Option<TableFormat>,
    options: &TableOptions,
    file: Option<&File>,
) -> Result<DataTable, Error> {
    let (format, reader) = source::sniff(reader, name, format)?;
    match format {
        TableFormat::JsonLines => keyed(json::lines(reader), name, options),
        TableFormat::Yaml | TableFormat::Json => {
            let (records, warnings) = source::list(reader, name, format)?.into_parts();
            let mut table = keyed(records, name, options)?;
            table.plan.warnings.splice(0..0, warnings);
            Ok(table)
        }
        format => {
            let sheets = source::sheets(reader, name, format, file)?;
            let mut table = of_sheets(sheets, name, options, format == TableFormat::Delimited)?;
            if name.to_lowercase().ends_with(".xlsb") {
                let message = say!(
                    "a binary workbook is read without number formats, merged cells and hidden rows"
                );
                let hint = say!("open it in Excel and save it as .xlsx");
                table
                    .plan
                    .warnings
                    .insert(0, Diagnostic::warning("table-xlsb", message).hint(hint));
            }
            Ok(table)
        }
    }
}
