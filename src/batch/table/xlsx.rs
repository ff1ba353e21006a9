//! Excel workbooks, read from their parts: values in the formats of their cells, hidden sheets and
//! rows, formulas without a stored value, rich text.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::number_format;
use super::package::{PackageBytes, XlsxPackage, XmlPart};
use super::sheet::{FillDown, MergedArea, RowFault, SeenCell, Sheet, SheetRow};
use crate::diag::{Diagnostic, Error, say};
use crate::limits;

/// The sheets of a workbook, whose rows are read when they are asked for.
pub(super) fn sheets(bytes: PackageBytes, name: &str) -> Result<Vec<Sheet>, Error> {
    let unreadable = |why: String| {
        Error::from(Diagnostic::error(
            "table-read",
            say!("{name}: not an Excel workbook: {why}", name, why),
        ))
    };
    let mut package = XlsxPackage::open(bytes).map_err(&unreadable)?;
    let (entries, from_1904) = package.read("xl/workbook.xml", entries_of).map_err(&unreadable)?;
    let relations = "xl/_rels/workbook.xml.rels";
    let targets = package.read(relations, relations_of).map_err(&unreadable)?;
    let mut shared = |name, read: fn(&mut XmlPart<'_>) -> Result<SharedTexts, String>| {
        if package.has(name) { package.read(name, read) } else { Ok(SharedTexts::default()) }
    };
    let strings = shared("xl/sharedStrings.xml", strings_of).map_err(&unreadable)?;
    let formats = shared("xl/styles.xml", formats_of).map_err(&unreadable)?;
    let book = Arc::new(Book { strings, formats, from_1904 });
    let mut sheets = Vec::new();
    for entry in entries {
        let Some(target) = targets.get(&entry.relation).filter(|t| package.has(t)) else {
            continue;
        };
        // Merged cells are named below all rows, so the whole is gone through first. A part with a
        // fault is told before anything is made.
        let (merged, size) = package.read(target, survey).map_err(&unreadable)?;
        let part = package.stream(target).map_err(&unreadable)?;
        let lines = SheetLines {
            book: Arc::clone(&book),
            part: Some(part),
            line: None,
            merged: FillDown::new(merged),
        };
        sheets.push(Sheet {
            name: Some(entry.name),
            hidden: entry.hidden,
            lines: Box::new(lines),
            size: Some(size),
        });
    }
    Ok(sheets)
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

/// Goes through the tags of a part: each with whether it is an opening one.
fn each_tag(
    part: &mut XmlPart<'_>,
    mut each: impl FnMut(&BytesStart<'_>, bool),
) -> Result<(), String> {
    loop {
        match part.next()? {
            Event::Eof => return Ok(()),
            Event::Start(tag) => each(&tag, true),
            Event::Empty(tag) => each(&tag, false),
            _ => {}
        }
    }
}

fn relations_of(part: &mut XmlPart<'_>) -> Result<BTreeMap<String, String>, String> {
    let mut targets = BTreeMap::new();
    each_tag(part, |tag, _| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            // Targets are relative to the part `xl/workbook.xml`, or absolute in the package,
            // ECMA-376 part 2.
            let target = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("xl/{target}"),
            };
            targets.insert(id, target);
        }
    })?;
    Ok(targets)
}

fn entries_of(part: &mut XmlPart<'_>) -> Result<(Vec<SheetEntry>, bool), String> {
    let (mut entries, mut from_1904) = (Vec::new(), false);
    each_tag(part, |tag, _| match tag.local_name().as_ref() {
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
    })?;
    Ok((entries, from_1904))
}

/// Texts that are named by number, one behind the other: half a million of them would be as many
/// pieces of memory.
#[derive(Default)]
struct SharedTexts {
    text: String,
    ends: Vec<u32>,
}

impl SharedTexts {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        // A part has no more than 1 GB.
        self.ends.push(self.text.len() as u32);
    }

    fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)? as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some(&self.text[start..end])
    }
}

/// The texts that cells name by number. The count that the file gives is not believed.
fn strings_of(part: &mut XmlPart<'_>) -> Result<SharedTexts, String> {
    let mut strings = SharedTexts::default();
    loop {
        match part.next()? {
            Event::Eof => return Ok(strings),
            Event::Start(tag) if tag.local_name().as_ref() == "si" => {
                strings.push(&rich_text(part, "si")?);
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(""),
            _ => {}
        }
    }
}

/// The text of a string item up to its end: all its runs, without the hints for pronunciation.
fn rich_text(part: &mut XmlPart<'_>, end: &str) -> Result<String, String> {
    let (mut text, mut inside, mut hints) = (String::new(), false, false);
    loop {
        match part.next()? {
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
fn formats_of(part: &mut XmlPart<'_>) -> Result<SharedTexts, String> {
    let mut named: BTreeMap<u32, String> = BTreeMap::new();
    let (mut formats, mut inside) = (SharedTexts::default(), false);
    loop {
        let (tag, open) = match part.next()? {
            Event::Eof => return Ok(formats),
            Event::Start(tag) => (tag, true),
            Event::Empty(tag) => (tag, false),
            Event::End(tag) => {
                inside &= tag.local_name().as_ref() != "cellXfs";
                continue;
            }
            _ => continue,
        };
        let id = || attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
        match tag.local_name().as_ref() {
            "numFmt" => {
                if let (Some(id), Some(code)) = (id(), attribute(&tag, "formatCode")) {
                    named.insert(id, code);
                }
            }
            // `cellStyleXfs` has `xf` too, and cells do not count those.
            "cellXfs" => inside = open,
            "xf" if inside => {
                let id: u32 = id().unwrap_or(0);
                // A format that the file defines goes before the built-in one of the same number.
                let format = named.get(&id).map_or(number_format::built_in(id), String::as_str);
                formats.push(format);
            }
            _ => {}
        }
    }
}

/// The merged areas of a sheet, and how many rows it has.
fn survey(part: &mut XmlPart<'_>) -> Result<(Vec<MergedArea>, usize), String> {
    let (mut merged, mut rows) = (Vec::new(), 0);
    each_tag(part, |tag, _| match tag.local_name().as_ref() {
        "row" => rows += 1,
        "mergeCell" => merged.extend(attribute(tag, "ref").as_deref().and_then(area_of)),
        _ => {}
    })?;
    Ok((merged, rows))
}

/// What all sheets share.
struct Book {
    strings: SharedTexts,
    formats: SharedTexts,
    from_1904: bool,
}

/// The rows of a sheet, one after the other.
struct SheetLines {
    book: Arc<Book>,
    /// What is still to be read.
    part: Option<XmlPart<'static>>,
    /// The row whose cells are read.
    line: Option<SheetRow>,
    merged: FillDown,
}

impl Iterator for SheetLines {
    type Item = SheetRow;

    fn next(&mut self) -> Option<SheetRow> {
        let mut part = self.part.take()?;
        let mut line = match self.line(&mut part) {
            Ok(Some(line)) => {
                self.part = Some(part);
                line
            }
            Ok(None) => self.line.take()?,
            // The survey found no fault: the file has changed since.
            Err(why) => {
                let number = self.line.take().map_or(1, |line| line.number);
                let message = say!("the workbook cannot be read any further: {why}", why);
                let fault = Some(RowFault { code: "table-read", message, hint: None });
                SheetRow { number, fault, ..SheetRow::default() }
            }
        };
        self.merged.fill(&mut line);
        Some(line)
    }
}

impl SheetLines {
    /// Reads on up to the beginning of another row, and gives the one before it.
    fn line(&mut self, part: &mut XmlPart<'_>) -> Result<Option<SheetRow>, String> {
        loop {
            let (tag, open) = match part.next()? {
                Event::Eof => return Ok(None),
                Event::Start(tag) => (tag, true),
                Event::Empty(tag) => (tag, false),
                _ => continue,
            };
            match tag.local_name().as_ref() {
                "row" => {
                    // Rows and cells may leave their place out; they follow the last one then,
                    // ECMA-376 part 1 §18.3.1.73 and §18.3.1.4.
                    let next = self.line.as_ref().map_or(1, |line| line.number + 1);
                    let number = attribute(&tag, "r").and_then(|r| r.parse().ok()).unwrap_or(next);
                    let yes =
                        |name: &str| attribute(&tag, name).is_some_and(|v| v == "1" || v == "true");
                    // Some programs hide a row by making it flat.
                    let hidden = yes("hidden") || attribute(&tag, "ht").is_some_and(|ht| ht == "0");
                    let line = SheetRow { number, hidden, ..SheetRow::default() };
                    if let Some(before) = self.line.replace(line) {
                        return Ok(Some(before));
                    }
                }
                "c" => {
                    let Some(line) = &mut self.line else { continue };
                    let place = attribute(&tag, "r");
                    let column = place.as_deref().and_then(column_of).unwrap_or(line.cells.len());
                    let kind = attribute(&tag, "t").unwrap_or_default();
                    let style = attribute(&tag, "s").and_then(|s| s.parse::<usize>().ok());
                    let cell = match open {
                        true => self.book.cell(&kind, style, part)?,
                        false => Ok(String::new()),
                    };
                    put(line, column, cell, place);
                }
                _ => {}
            }
        }
    }
}

impl Book {
    /// A cell up to its end.
    // Over 60 lines: its elements are read in one pass, and each type of value is an arm.
    fn cell(
        &self,
        kind: &str,
        style: Option<usize>,
        part: &mut XmlPart<'_>,
    ) -> Result<SeenCell, String> {
        let (mut value, mut text) = (None::<String>, String::new());
        let (mut formula, mut inside) = (false, false);
        loop {
            let mut in_place = false;
            match part.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "v" => (inside, value) = (true, Some(String::new())),
                    "f" => formula = true,
                    "is" => in_place = true,
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
            if in_place {
                text = rich_text(part, "is")?;
            }
        }
        // Programs that cannot calculate write an empty value; a formula that gives an empty text
        // has the type of a text.
        let stored = value.filter(|value| !(formula && value.is_empty() && kind != "str"));
        let Some(value) = stored else {
            return Ok(if formula {
                Err(say!("the formula has no stored value: open the table in Excel and save it"))
            } else {
                Ok(text)
            });
        };
        Ok(match kind {
            "s" => match value.trim().parse::<usize>().ok().and_then(|n| self.strings.get(n)) {
                Some(text) => Ok(text.to_owned()),
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
        let format = self.formats.get(style.unwrap_or(0)).unwrap_or("General");
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
fn area_of(place: &str) -> Option<MergedArea> {
    let (first, last) = place.split_once(':')?;
    let row =
        |place: &str| place.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok();
    let (top, bottom) = (row(first)?, row(last)?);
    // To the right nothing is repeated: a title over all columns is one text.
    (bottom > top).then_some((top, bottom, column_of(first)?))
}
