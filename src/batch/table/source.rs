//! What kind of file a table is: its content shows it, whatever its ending says.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

use super::json::Keyed;
use super::sheet::Sheet;
use super::{delimited, encoding, html};
use crate::diag::{Diagnostic, Error, Warned, say};
use crate::limits;
use crate::model::{self, Format};

/// The largest workbook or page that is read, in bytes.
const WORKBOOK: u64 = 256 << 20;

/// How much of a file shows its kind.
const PROBE: usize = 8192;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableFormat {
    /// Cells with `,`, `;`, `|` or tabs between: by whichever the rows are alike. UTF-8, UTF-16,
    /// CP1251, CP866, KOI8-R or Mac Cyrillic.
    Delimited,
    /// An Excel workbook, `.xlsx` or `.xlsm`.
    Xlsx,
    /// A workbook of Excel 97–2003 or a binary one, `.xls` or `.xlsb`.
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A table of a web page, as Word and many programs write it, also under `.xls`.
    Html,
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
            "csv" | "tsv" | "tab" => Some(Self::Delimited),
            // Notepad adds its own ending: «data.yaml.txt» is what its own name says, and
            // «data.toml.txt» no table.
            "txt" => {
                let own = Path::new(path.file_stem()?);
                let other = Self::from_path(own).or(Some(Self::Delimited));
                other
                    .filter(|format| *format != Self::Delimited || Format::from_path(own).is_none())
            }
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "xls" | "xlsb" => Some(Self::Xls),
            "ods" | "fods" => Some(Self::Ods),
            "html" | "htm" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// The kind of a file by its first bytes, and the whole of it.
pub(super) fn sniff(
    reader: impl Read + Send + 'static,
    name: &str,
    format: Option<TableFormat>,
) -> Result<(TableFormat, Box<dyn BufRead + Send>), Error> {
    let mut reader = BufReader::new(reader);
    let mut head = Vec::new();
    reader
        .by_ref()
        .take(PROBE as u64)
        .read_to_end(&mut head)
        .map_err(|source| Error::Io { path: name.into(), source })?;
    // The first bytes go before the ending: programs write pages and text under «.xls», and
    // people rename files.
    let shown = if head.starts_with(b"PK\x03\x04") {
        match of_package(&head) {
            Some(format) => Some(format),
            // A package that does not name its kind within the probe: the ending decides, and if
            // that says nothing, Excel is the likelier.
            None if format == Some(TableFormat::Ods) => format,
            None => Some(TableFormat::Xlsx),
        }
    // The mark of an OLE compound file, which Excel 97–2003 writes.
    } else if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        Some(TableFormat::Xls)
    } else if contains(&head, b"urn:oasis:names:tc:opendocument") {
        Some(TableFormat::Ods)
    } else if html::is_page(&head) {
        Some(TableFormat::Html)
    } else if head.starts_with(b"%PDF") || head.starts_with(b"{\\rtf") {
        return Err(foreign(name));
    } else {
        None
    };
    // What a package promises and is not.
    let promised =
        format.filter(|f| matches!(f, TableFormat::Xlsx | TableFormat::Xls | TableFormat::Ods));
    let format = match (shown, promised) {
        (Some(shown), _) => shown,
        // Many programs export CSV under «.xls», since Excel opens it.
        (None, Some(_)) if looks_like_text(&head) => TableFormat::Delimited,
        (None, Some(promised)) => promised,
        (None, None) => format.ok_or_else(|| unknown(name))?,
    };
    // A DOCX is a package too, and its error from the reader of workbooks would say nothing.
    if shown.is_some() && contains(&head, b"word/") && !contains(&head, b"xl/") {
        return Err(foreign(name));
    }
    Ok((format, Box::new(BufReader::new(Cursor::new(head).chain(reader)))))
}

fn contains(head: &[u8], what: &[u8]) -> bool {
    head.windows(what.len()).any(|window| window == what)
}

/// The packages that name their kind first.
fn of_package(head: &[u8]) -> Option<TableFormat> {
    if contains(head, b"application/vnd.oasis.opendocument.spreadsheet") {
        Some(TableFormat::Ods)
    } else if contains(head, b"xl/workbook.bin") {
        Some(TableFormat::Xls)
    } else {
        None
    }
}

fn looks_like_text(head: &[u8]) -> bool {
    // A table has a line of names and one below it; a lone line may be anything.
    !head.is_empty()
        && head.iter().all(|b| *b >= 32 || matches!(b, b'\t' | b'\r' | b'\n'))
        && head.iter().any(|b| matches!(b, b'\n' | b'\r'))
}

fn unknown(name: &str) -> Error {
    Diagnostic::error(
        "table-format",
        say!("{name}: cannot tell the format from the file's ending", name),
    )
    .hint(say!(
        "tables are read from .xlsx, .xls, .ods, .csv, .tsv, .html, .jsonl, .yaml and .json files"
    ))
    .into()
}

fn foreign(name: &str) -> Error {
    Diagnostic::error("table-format", say!("{name}: this is a text document, no table", name))
        .hint(say!("copy the table into Excel and save it as .xlsx"))
        .into()
}

/// The sheets of a file of one of the formats that have cells; `file` is where it lies, if it does.
pub(super) fn sheets(
    mut reader: Box<dyn BufRead + Send>,
    name: &str,
    format: TableFormat,
    file: Option<&File>,
) -> Result<Vec<Sheet>, Error> {
    if format == TableFormat::Delimited {
        return Ok(vec![delimited::sheet(reader, name)?]);
    }
    #[cfg(feature = "xlsx")]
    if format == TableFormat::Xlsx
        && let Some(package) = file.and_then(super::package::PackageBytes::lying)
    {
        return super::xlsx::sheets(package, name);
    }
    #[cfg(not(feature = "xlsx"))]
    let _ = file;
    let mut bytes = Vec::new();
    reader
        .by_ref()
        .take(WORKBOOK)
        .read_to_end(&mut bytes)
        .map_err(|source| Error::Io { path: name.into(), source })?;
    if bytes.len() as u64 == WORKBOOK {
        let message = say!("{name}: the file is larger than 256 MB", name);
        return Err(Diagnostic::error("table-read", message).hint(say!("save it as CSV")).into());
    }
    match format {
        TableFormat::Html => {
            let charset = html::charset(&bytes[..bytes.len().min(PROBE)]);
            Ok(html::sheets(&encoding::text(&bytes, charset.as_deref())))
        }
        #[cfg(feature = "xlsx")]
        TableFormat::Xlsx => {
            super::xlsx::sheets(super::package::PackageBytes::Held(bytes.into()), name)
        }
        #[cfg(feature = "xlsx")]
        TableFormat::Xls => super::xls::sheets(bytes, name),
        #[cfg(feature = "xlsx")]
        TableFormat::Ods if bytes.starts_with(b"PK") => super::ods::sheets(bytes, name),
        #[cfg(feature = "xlsx")]
        TableFormat::Ods => super::ods::read(&encoding::text(&bytes, None)).map_err(|why| {
            Diagnostic::error("table-read", say!("{name}: not a spreadsheet: {why}", name, why))
                .into()
        }),
        _ => Err(Diagnostic::error(
            "table-format",
            say!("{name}: this build cannot read such a table", name),
        )
        .hint(say!("build with the feature `xlsx`"))
        .into()),
    }
}

/// The records of a list.
pub(super) fn list(
    reader: Box<dyn BufRead + Send>,
    name: &str,
    format: TableFormat,
) -> Result<Warned<impl Iterator<Item = Keyed> + Send + use<>>, Error> {
    let mut bytes = Vec::new();
    // One byte more than the model takes, so that it refuses what is too much.
    let most = (limits::get().data_bytes as u64).saturating_add(1);
    reader
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|source| Error::Io { path: name.into(), source })?;
    let format = if format == TableFormat::Yaml { Format::Yaml } else { Format::Json };
    let records = model::records(&bytes, name, format)?;
    Ok(records.map(|all| (1..).zip(all).map(|(number, cells)| Keyed { number, cells })))
}
