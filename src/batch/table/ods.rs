//! OpenDocument spreadsheets: their cells carry the text that is seen.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::sheet::{FillDown, MergedArea, SeenCell, Sheet, SheetRow};
use super::xlsx::{attribute, push_text};
use crate::diag::{Diagnostic, Error, say};

/// The most bytes of the content, unpacked.
const CONTENT: u64 = 1 << 30;

/// The most columns that are read, and the most times that a row with a content is repeated.
const COLUMNS: usize = 1000;
const REPEATED: usize = 1000;

/// The sheets of a packed spreadsheet.
pub(super) fn sheets(bytes: Vec<u8>, name: &str) -> Result<Vec<Sheet>, Error> {
    let unreadable = |why: String| {
        let message = say!("{name}: not an OpenDocument spreadsheet: {why}", name, why);
        Error::from(Diagnostic::error("table-read", message))
    };
    let mut package =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| unreadable(e.to_string()))?;
    let file = package.by_name("content.xml").map_err(|e| unreadable(e.to_string()))?;
    let mut content = Vec::new();
    file.take(CONTENT).read_to_end(&mut content).map_err(|e| unreadable(e.to_string()))?;
    read(&String::from_utf8_lossy(&content)).map_err(unreadable)
}

/// The sheets of a content, packed or flat.
pub(super) fn read(xml: &str) -> Result<Vec<Sheet>, String> {
    let mut content = OdsContent::default();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Eof => return Ok(content.sheets),
            Event::Start(tag) => content.open(&tag),
            Event::Empty(tag) => {
                content.open(&tag);
                content.close(tag.local_name().as_ref());
            }
            Event::End(tag) => content.close(tag.local_name().as_ref()),
            event if content.paragraph && content.aside == 0 => {
                push_text(&event, &mut content.text);
            }
            _ => {}
        }
    }
}

#[derive(Default)]
struct OdsContent {
    sheets: Vec<Sheet>,
    /// The style under way, and those whose tables are hidden.
    style: String,
    hidden_styles: BTreeSet<String>,
    name: String,
    hidden: bool,
    lines: Vec<SheetRow>,
    merged: Vec<MergedArea>,
    number: u64,
    line: SheetRow,
    row_repeated: usize,
    text: String,
    paragraphs: usize,
    paragraph: bool,
    /// How deep in a note, which is not part of the cell.
    aside: usize,
    cell_repeated: usize,
    rows_spanned: u64,
    error: bool,
}

impl OdsContent {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let count = |name: &str| attribute(tag, name).and_then(|n| n.parse::<usize>().ok());
        match tag.local_name().as_ref() {
            "style" => self.style = attribute(tag, "name").unwrap_or_default(),
            "table-properties"
                if attribute(tag, "display").is_some_and(|display| display == "false") =>
            {
                self.hidden_styles.insert(self.style.clone());
            }
            "table" => {
                self.name = attribute(tag, "name").unwrap_or_default();
                self.hidden =
                    attribute(tag, "style-name").is_some_and(|s| self.hidden_styles.contains(&s));
                self.number = 0;
            }
            "table-row" => {
                let visibility = attribute(tag, "visibility");
                self.row_repeated = count("number-rows-repeated").unwrap_or(1);
                self.line = SheetRow::of(self.number + 1, Vec::new());
                self.line.hidden = visibility.is_some_and(|v| v == "collapse" || v == "filter");
            }
            "table-cell" | "covered-table-cell" => {
                self.text.clear();
                self.paragraphs = 0;
                self.cell_repeated = count("number-columns-repeated").unwrap_or(1);
                self.rows_spanned = count("number-rows-spanned").unwrap_or(1) as u64;
                self.error = attribute(tag, "value-type").is_some_and(|kind| kind == "error")
                    || attribute(tag, "formula").is_some_and(|f| f.contains("Err:"));
            }
            "annotation" => self.aside += 1,
            "p" if self.aside == 0 => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
                self.paragraph = true;
            }
            "s" if self.paragraph => {
                // OpenDocument folds spaces as XML does and counts the others, `text:s`; the
                // count is the file's and may be a billion.
                self.text.push_str(&" ".repeat(count("c").unwrap_or(1).min(1000)));
            }
            "tab" if self.paragraph => self.text.push(' '),
            "line-break" if self.paragraph => self.text.push('\n'),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.paragraph = false,
            "annotation" => self.aside = self.aside.saturating_sub(1),
            "table-cell" | "covered-table-cell" => self.cell(),
            "table-row" => self.row(),
            "table" => {
                let mut merged = FillDown::new(std::mem::take(&mut self.merged));
                self.lines.iter_mut().for_each(|line| merged.fill(line));
                let lines = std::mem::take(&mut self.lines);
                self.sheets.push(Sheet::of(Some(self.name.clone()), self.hidden, lines));
            }
            _ => {}
        }
    }

    fn cell(&mut self) {
        let column = self.line.cells.len();
        let text = std::mem::take(&mut self.text);
        // Where neither the type nor the formula tells of an error, its text does: «#ДЕЛ/0!»,
        // «Err:502». A text with spaces that begins so is a text.
        let seen: SeenCell = match self.error || text.starts_with("Err:") || text.starts_with('#') {
            true if !text.is_empty() && !text.contains(' ') => {
                Err(say!("the formula gives an error: {value}", value = text))
            }
            _ => Ok(text),
        };
        if self.rows_spanned > 1 {
            let last = self.line.number + self.rows_spanned - 1;
            self.merged.push((self.line.number, last, column));
        }
        // The cells to the right of a row are one cell, repeated sixteen thousand times.
        let room = COLUMNS.saturating_sub(column);
        self.line.cells.extend(std::iter::repeat_n(seen, self.cell_repeated.min(room)));
    }

    fn row(&mut self) {
        let line = std::mem::take(&mut self.line);
        let blank = line.is_blank();
        // The rest of a sheet is one row, repeated a million times.
        if !blank {
            for at in 0..self.row_repeated.min(REPEATED) as u64 {
                self.lines.push(SheetRow { number: line.number + at, ..line.clone() });
            }
        }
        // Counted whether kept or not, so that faults name the rows as the user sees them.
        self.number += self.row_repeated as u64;
    }
}
