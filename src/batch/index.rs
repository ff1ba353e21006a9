//! The list of contents of a batch: a workbook of number, name and files.

use std::io::{self, Seek, Write};

use quick_xml::escape::escape;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Outcome, Status};

/// The parts of a workbook with one sheet that say nothing of its cells.
const PARTS: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        concat!(
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
            r#"<Default Extension="rels" "#,
            r#"ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
            r#"<Default Extension="xml" ContentType="application/xml"/>"#,
            r#"<Override PartName="/xl/workbook.xml" "#,
            r#"ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml."#,
            r#"sheet.main+xml"/>"#,
            r#"<Override PartName="/xl/worksheets/sheet1.xml" "#,
            r#"ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml."#,
            r#"worksheet+xml"/>"#,
            r#"</Types>"#,
        ),
    ),
    (
        "_rels/.rels",
        concat!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/"#,
            r#"relationships"><Relationship Id="rId1" "#,
            r#"Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/"#,
            r#"officeDocument" "#,
            r#"Target="xl/workbook.xml"/></Relationships>"#,
        ),
    ),
    (
        "xl/workbook.xml",
        concat!(
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" "#,
            r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">"#,
            r#"<sheets><sheet name="Список" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
    ),
    (
        "xl/_rels/workbook.xml.rels",
        concat!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/"#,
            r#"relationships"><Relationship Id="rId1" "#,
            r#"Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/"#,
            r#"worksheet" "#,
            r#"Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
    ),
];

/// The rows that Excel knows.
const MOST: u64 = 1_048_576;

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// How the sheet begins: the widths of its columns, in characters.
const SHEET: &str = concat!(
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
    r#"<cols><col min="1" max="1" width="14" customWidth="1"/>"#,
    r#"<col min="2" max="2" width="40" customWidth="1"/>"#,
    r#"<col min="3" max="4" width="50" customWidth="1"/></cols><sheetData>"#,
);

/// A list of what a batch has made, to send along or to file: an `.xlsx` workbook, written row by
/// row.
///
/// ```
/// use itog::batch::ContentsList;
/// let mut bytes = std::io::Cursor::new(Vec::new());
/// let index = ContentsList::new(&mut bytes)?;
/// index.finish()?;
/// assert!(bytes.get_ref().starts_with(b"PK"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct ContentsList<W: Write + Seek> {
    writer: ZipWriter<W>,
    row: u64,
}

impl<W: Write + Seek> ContentsList<W> {
    /// Begins a list.
    ///
    /// # Errors
    /// The writer does not take the bytes.
    pub fn new(writer: W) -> io::Result<Self> {
        let mut writer = ZipWriter::new(writer);
        for (name, part) in PARTS {
            writer.start_file(name, SimpleFileOptions::default())?;
            write!(writer, "{XML}{part}")?;
        }
        // A list of millions of rows may have more than 4 GB before it is packed.
        let large = SimpleFileOptions::default().large_file(true);
        writer.start_file("xl/worksheets/sheet1.xml", large)?;
        write!(writer, "{XML}{SHEET}")?;
        let mut index = Self { writer, row: 0 };
        index.line(&["Номер", "Кому", "Файл"])?;
        Ok(index)
    }

    /// Adds a record, if it was made or was there already.
    ///
    /// # Errors
    /// The writer does not take the bytes.
    pub fn add(&mut self, outcome: &Outcome) -> io::Result<()> {
        let (Status::Made(files) | Status::Skipped(files)) = &outcome.status else {
            return Ok(());
        };
        let number = outcome.number.as_deref().unwrap_or_default();
        let mut cells = vec![number, outcome.recipient.as_str()];
        cells.extend(files.iter().map(String::as_str));
        self.line(&cells)
    }

    /// Ends the list.
    ///
    /// # Errors
    /// The writer does not take the bytes.
    pub fn finish(mut self) -> io::Result<()> {
        write!(self.writer, "</sheetData></worksheet>")?;
        self.writer.set_comment(super::sink::RECORD)?;
        self.writer.finish()?.flush()
    }

    /// Every cell is a text: a number such as 007 is to stay so.
    fn line(&mut self, cells: &[&str]) -> io::Result<()> {
        if self.row == MOST {
            let message =
                "a sheet has no more than 1,048,576 rows: leave out --index, or use --shard";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        self.row += 1;
        write!(self.writer, "<row r=\"{}\">", self.row)?;
        for (column, text) in ('A'..='Z').zip(cells) {
            if text.is_empty() {
                continue;
            }
            // Texts stand in their cells: a table of shared strings would have to be kept to the
            // end.
            let (row, text) = (self.row, escape(*text));
            write!(
                self.writer,
                "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t \
                    xml:space=\"preserve\">{text}</t></is></c>"
            )?;
        }
        write!(self.writer, "</row>")
    }
}

impl<W: Write + Seek> std::fmt::Debug for ContentsList<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ContentsList({} rows)", self.row)
    }
}
