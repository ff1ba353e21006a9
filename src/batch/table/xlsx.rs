//! Excel workbooks, read from their parts: values in the formats of their cells, hidden sheets and
//! rows, formulas without a stored value, rich text.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::number_format;
use super::sheet::{RowFault, SeenCell, Sheet, SheetRow, fill_down};
use crate::diag::{Diagnostic, Error, say};
use crate::limits;

/// The most bytes of one part of a workbook, unpacked.
const PART: u64 = 1 << 30;

type XlsxArchive = zip::ZipArchive<Cursor<Vec<u8>>>;

/// The sheets of a workbook.
pub(super) fn sheets(bytes: Vec<u8>, name: &str) -> Result<Vec<Sheet>, Error> {
    let unreadable = |why: String| {
        Error::from(Diagnostic::error(
            "table-read",
            say!("{name}: not an Excel workbook: {why}", name, why),
        ))
    };
    let mut package: XlsxArchive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| unreadable(e.to_string()))?;
    let book = part(&mut package, "xl/workbook.xml").map_err(&unreadable)?;
    let relations = part(&mut package, "xl/_rels/workbook.xml.rels").map_err(&unreadable)?;
    let targets = relations_of(&relations).map_err(&unreadable)?;
    let (entries, from_1904) = entries_of(&book).map_err(&unreadable)?;
    let strings = match part(&mut package, "xl/sharedStrings.xml") {
        Ok(xml) => strings_of(&xml).map_err(&unreadable)?,
        Err(_) => Vec::new(),
    };
    let formats = match part(&mut package, "xl/styles.xml") {
        Ok(xml) => formats_of(&xml).map_err(&unreadable)?,
        Err(_) => Vec::new(),
    };
    let book = Book { strings, formats, from_1904 };
    let mut sheets = Vec::new();
    for entry in entries {
        let Some(target) = targets.get(&entry.relation) else { continue };
        let Ok(xml) = part(&mut package, target) else { continue };
        let lines = book.lines(&xml).map_err(&unreadable)?;
        sheets.push(Sheet::of(Some(entry.name), entry.hidden, lines));
    }
    Ok(sheets)
}

/// A part of the package as text; its name may differ in case, as some writers have it.
fn part(package: &mut XlsxArchive, name: &str) -> Result<String, String> {
    let exact = package.index_for_name(name).or_else(|| {
        let found = package.file_names().find(|n| n.eq_ignore_ascii_case(name))?.to_owned();
        package.index_for_name(&found)
    });
    let index = exact.ok_or_else(|| format!("it has no part {name}"))?;
    let file = package.by_index(index).map_err(|e| e.to_string())?;
    let mut bytes = Vec::new();
    file.take(PART).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 == PART {
        return Err(format!("the part {name} is larger than 1 GB"));
    }
    // UTF-8 or UTF-16, as XML has them.
    Ok(super::encoding::text(&bytes, None))
}

struct SheetEntry {
    name: String,
    relation: String,
    hidden: bool,
}

/// An attribute by its local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    let raw = found.value.to_string();
    Some(quick_xml::escape::unescape(&raw).map(|text| text.into_owned()).unwrap_or(raw))
}

/// Goes through the tags of a part; whether each is an opening one, its name, and the reader, which
/// may be asked for the text that follows.
fn walk<'x>(
    xml: &'x str,
    mut each: impl FnMut(&Event<'x>, &mut Reader<&'x [u8]>) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Eof => return Ok(()),
            event => each(&event, &mut reader)?,
        }
    }
}

fn relations_of(xml: &str) -> Result<BTreeMap<String, String>, String> {
    let mut targets = BTreeMap::new();
    walk(xml, |event, _| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            // Targets are relative to the part `xl/workbook.xml`, or absolute in the package,
            // ECMA-376 part 2.
            let target = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("xl/{target}"),
            };
            targets.insert(id, target);
        }
        Ok(())
    })?;
    Ok(targets)
}

fn entries_of(xml: &str) -> Result<(Vec<SheetEntry>, bool), String> {
    let (mut entries, mut from_1904) = (Vec::new(), false);
    walk(xml, |event, _| {
        let (Event::Start(tag) | Event::Empty(tag)) = event else { return Ok(()) };
        match tag.local_name().as_ref() {
            "sheet" => entries.push(SheetEntry {
                name: attribute(tag, "name").unwrap_or_default(),
                relation: attribute(tag, "id").unwrap_or_default(),
                // `hidden`, or `veryHidden`, which only a macro can show.
                hidden: attribute(tag, "state").is_some_and(|state| state != "visible"),
            }),
            "workbookPr" => {
                from_1904 = attribute(tag, "date1904").is_some_and(|v| v == "1" || v == "true");
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((entries, from_1904))
}

/// The texts that cells name by number. The count that the file gives is not believed.
fn strings_of(xml: &str) -> Result<Vec<Arc<str>>, String> {
    let mut strings = Vec::new();
    walk(xml, |event, reader| {
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == "si" => {
                strings.push(rich_text(reader, "si")?.into());
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push("".into()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(strings)
}

/// The text of a string item up to its end: all its runs, without the hints for pronunciation.
fn rich_text(reader: &mut Reader<&[u8]>, end: &str) -> Result<String, String> {
    let (mut text, mut inside, mut hints) = (String::new(), false, false);
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => inside = true,
                "rPh" => hints = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                name if name == end => return Ok(unescaped(&text)),
                "t" => inside = false,
                "rPh" => hints = false,
                _ => {}
            },
            Event::Eof => return Err("a text does not end".to_owned()),
            event if inside && !hints => push_text(&event, &mut text),
            _ => {}
        }
    }
}

/// Adds what an event says to a text.
pub(super) fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(piece) => text.push_str(piece),
        Event::CData(piece) => text.push_str(piece),
        Event::GeneralRef(name) => {
            let name = format!("&{};", &**name);
            match quick_xml::escape::unescape(&name) {
                Ok(sign) => text.push_str(&sign),
                Err(_) => text.push_str(&name),
            }
        }
        _ => {}
    }
}

/// Excel writes signs that XML cannot have as `_x000D_`.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at..].get(6..7) == Some("_"));
        let sign = code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32);
        out.push_str(&rest[..at]);
        match sign {
            // A line end is `_x000D_` and a line feed: one of them is enough.
            Some('\r') => rest = &rest[at + 7..],
            Some(sign) => {
                out.push(sign);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out + rest
}

/// The number format of each style of a cell.
fn formats_of(xml: &str) -> Result<Vec<Arc<str>>, String> {
    let mut named: BTreeMap<u32, Arc<str>> = BTreeMap::new();
    let (mut formats, mut inside) = (Vec::new(), false);
    walk(xml, |event, _| {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let id = || attribute(tag, "numFmtId").and_then(|id| id.parse().ok());
                match tag.local_name().as_ref() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (id(), attribute(tag, "formatCode")) {
                            named.insert(id, code.into());
                        }
                    }
                    // `cellStyleXfs` has `xf` too, and cells do not count those.
                    "cellXfs" => inside = matches!(event, Event::Start(_)),
                    "xf" if inside => {
                        let id: u32 = id().unwrap_or(0);
                        let usual = || number_format::built_in(id).into();
                        // A format that the file defines goes before the built-in one of the
                        // same number.
                        formats.push(named.get(&id).cloned().unwrap_or_else(usual));
                    }
                    _ => {}
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => inside = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(formats)
}

/// What all sheets share.
struct Book {
    strings: Vec<Arc<str>>,
    formats: Vec<Arc<str>>,
    from_1904: bool,
}

impl Book {
    fn lines(&self, xml: &str) -> Result<Vec<SheetRow>, String> {
        let mut lines: Vec<SheetRow> = Vec::new();
        let mut merged = Vec::new();
        walk(xml, |event, reader| {
            let (Event::Start(tag) | Event::Empty(tag)) = event else { return Ok(()) };
            let open = matches!(event, Event::Start(_));
            match tag.local_name().as_ref() {
                "row" => {
                    // Rows and cells may leave their place out; they follow the last one then,
                    // ECMA-376 part 1 §18.3.1.73 and §18.3.1.4.
                    let next = lines.last().map_or(1, |line| line.number + 1);
                    let number = attribute(tag, "r").and_then(|r| r.parse().ok()).unwrap_or(next);
                    let yes =
                        |name: &str| attribute(tag, name).is_some_and(|v| v == "1" || v == "true");
                    // Some programs hide a row by making it flat.
                    let hidden = yes("hidden") || attribute(tag, "ht").is_some_and(|ht| ht == "0");
                    lines.push(SheetRow { number, hidden, ..SheetRow::default() });
                }
                "c" => {
                    let Some(line) = lines.last_mut() else { return Ok(()) };
                    let place = attribute(tag, "r");
                    let column = place.as_deref().and_then(column_of).unwrap_or(line.cells.len());
                    let cell = if open { self.cell(tag, reader)? } else { Ok(String::new()) };
                    put(line, column, cell, place);
                }
                "mergeCell" => merged.extend(attribute(tag, "ref").as_deref().and_then(area_of)),
                _ => {}
            }
            Ok(())
        })?;
        fill_down(&mut lines, &merged);
        Ok(lines)
    }

    /// A cell up to its end.
    fn cell(&self, tag: &BytesStart<'_>, reader: &mut Reader<&[u8]>) -> Result<SeenCell, String> {
        let kind = attribute(tag, "t").unwrap_or_default();
        let style = attribute(tag, "s").and_then(|s| s.parse::<usize>().ok());
        let (mut value, mut text) = (None::<String>, String::new());
        let (mut formula, mut inside) = (false, false);
        loop {
            match reader.read_event().map_err(|e| e.to_string())? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "v" => (inside, value) = (true, Some(String::new())),
                    "f" => formula = true,
                    "is" => text = rich_text(reader, "is")?,
                    _ => {}
                },
                Event::Empty(tag) => formula |= tag.local_name().as_ref() == "f",
                Event::End(tag) => match tag.local_name().as_ref() {
                    "c" => break,
                    "v" => inside = false,
                    _ => {}
                },
                Event::Eof => return Err("a cell does not end".to_owned()),
                event => {
                    if let Some(value) = value.as_mut().filter(|_| inside) {
                        push_text(&event, value);
                    }
                }
            }
        }
        let Some(value) = value else {
            return Ok(if formula {
                Err(say!("the formula has no stored value: open the table in Excel and save it"))
            } else {
                Ok(text)
            });
        };
        Ok(match kind.as_str() {
            "s" => match value.trim().parse::<usize>().ok().and_then(|n| self.strings.get(n)) {
                Some(text) => Ok(text.to_string()),
                None => Err(say!(
                    "the cell refers to text {value}, which the workbook does not have",
                    value
                )),
            },
            "str" => Ok(unescaped(&value)),
            "inlineStr" => Ok(if text.is_empty() { value } else { text }),
            "b" => Ok(if value.trim() == "1" { "да" } else { "нет" }.to_owned()),
            "e" => Err(say!("the formula gives an error: {value}", value)),
            // A date as ISO 8601; the time of day is of no use in a certificate.
            "d" => Ok(value.split('T').next().unwrap_or(&value).to_owned()),
            _ => match value.trim().parse::<f64>() {
                Ok(number) => Ok(self.number(number, style)),
                Err(_) => Ok(value),
            },
        })
    }

    fn number(&self, number: f64, style: Option<usize>) -> String {
        let format = self.formats.get(style.unwrap_or(0)).map_or("General", |code| code);
        number_format::show(number, format, self.from_1904)
    }
}

fn put(line: &mut SheetRow, column: usize, cell: SeenCell, place: Option<String>) {
    let limit = limits::get().columns;
    if column >= limit {
        // Formatting reaches to the last column in many files; only what has a text there is a
        // fault.
        if cell.as_ref().is_ok_and(|text| text.trim().is_empty()) {
            return;
        }
        line.fault = Some(RowFault {
            code: "limit-columns",
            message: say!(
                "a cell beyond column {most}: {place}",
                most = limit,
                place = place.unwrap_or_default()
            ),
            hint: Some(say!(
                "delete what lies far from the table, or raise the limit: `--limit columns=…`"
            )),
        });
        return;
    }
    if line.cells.len() <= column {
        line.cells.resize(column + 1, Ok(String::new()));
    }
    line.cells[column] = cell;
}

/// The column of «AB12», from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.chars().take_while(char::is_ascii_alphabetic);
    let number =
        letters.fold(0_usize, |n, c| n.saturating_mul(26) + (c.to_ascii_uppercase() as usize - 64));
    number.checked_sub(1)
}

/// First row, last row and first column of «D2:D4», if it goes over several rows.
fn area_of(place: &str) -> Option<(u64, u64, usize)> {
    let (first, last) = place.split_once(':')?;
    let row =
        |place: &str| place.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok();
    let (top, bottom) = (row(first)?, row(last)?);
    // To the right nothing is repeated: a title over all columns is one text.
    (bottom > top).then_some((top, bottom, column_of(first)?))
}
