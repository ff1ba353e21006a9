//! Tables as people have them: CSV, TSV, Excel, OpenDocument, tables of web pages, JSON lines, YAML
//! and JSON lists, as rows whose columns are understood.

mod delimited;
mod encoding;
mod head;
mod html;
mod join;
mod json;
#[cfg(feature = "xlsx")]
mod number_format;
#[cfg(feature = "xlsx")]
mod ods;
#[cfg(feature = "xlsx")]
mod package;
mod rows;
mod sheet;
mod source;
mod understand;
mod values;
#[cfg(feature = "xlsx")]
mod xls;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::base::plain_name;
use super::mend;
use crate::diag::{Diagnostic, Error, Message, say};
use crate::limits::{self, Limits};
use crate::model::{Column, Common, DocumentDraft};
use head::TableHead;
use sheet::{Sheet, SheetRow};
pub use source::TableFormat;
pub use understand::{Planned, Why};
use values::ValueShares;

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
        Self { number, content, notes: Vec::new(), joined: None }
    }
}

/// How a table is to be read.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct TableOptions {
    /// The sheet of a workbook, by its name or number.
    pub sheet: Option<String>,
    /// Take rows that are hidden or that a filter leaves out. Default: no.
    pub hidden: bool,
    /// The columns are names that a template asks for: nothing is understood, nothing mended.
    /// Default: no.
    pub plain: bool,
    /// How much a row may hold. Default: [`Limits::default`].
    pub limits: Limits,
    /// The common data say which kind all documents are.
    one_kind: bool,
    columns: BTreeMap<Column, String>,
    /// The names that a template asks for.
    asked: Option<AskedColumns>,
    /// It need not name people: its rows are joined to those of another table.
    beside: bool,
}

/// The names of columns that a template takes.
#[derive(Debug, Clone)]
struct AskedColumns {
    /// Without capitals, and with one sign between their words.
    names: BTreeSet<String>,
    /// The shared data of final documents, which know their keys.
    draft: Option<DocumentDraft>,
}

impl TableOptions {
    /// As the common data of a batch say.
    #[must_use]
    pub fn with_common(mut self, common: &Common) -> Self {
        self.one_kind = common.says_kind();
        self.columns = common.columns().map(|(column, name)| (column, name.to_owned())).collect();
        self
    }

    /// A table whose columns are the names of a template, or keys of the final documents that the
    /// draft begins.
    pub(super) fn asking(mut self, names: BTreeSet<String>, draft: Option<&DocumentDraft>) -> Self {
        self.plain = true;
        let names = names.iter().map(|name| plain_name(name)).collect();
        self.asked = Some(AskedColumns { names, draft: draft.cloned() });
        self
    }

    /// A table to [join](DataTable::join) to one that is read so.
    #[must_use]
    pub fn to_join(&self) -> Self {
        let (columns, sheet) = (BTreeMap::new(), None);
        Self { beside: true, asked: None, columns, sheet, ..self.clone() }
    }

    /// Whether a template asks for a column of this name.
    fn asks(&self, header: &str) -> bool {
        self.asked.as_ref().is_some_and(|asked| {
            asked.names.contains(&plain_name(header))
                || asked.draft.as_ref().is_some_and(|draft| draft.keys_of(header).is_some())
        })
    }

    fn columns(&self) -> impl Iterator<Item = (Column, &str)> {
        self.columns.iter().map(|(column, name)| (*column, name.as_str()))
    }

    /// What the user says that a name means.
    fn said(&self, header: &str) -> Option<Column> {
        let plain = |text: &str| mend::text(text).to_lowercase();
        self.columns().find(|(_, name)| plain(name) == plain(header)).map(|(column, _)| column)
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
            keyed(source::list(reader, name, format)?, name, options)
        }
        format => {
            let sheets = source::sheets(reader, name, format, file)?;
            of_sheets(sheets, name, options, format == TableFormat::Delimited)
        }
    }
}

/// A sheet whose first lines were read.
struct PeekedSheet {
    sheet: Sheet,
    lines: Vec<SheetRow>,
    head: Option<TableHead>,
}

impl PeekedSheet {
    fn of(mut sheet: Sheet, options: &TableOptions) -> Self {
        let lines: Vec<SheetRow> = sheet.lines.by_ref().take(PROBE).collect();
        let head = match options.plain {
            true => TableHead::asked(&lines, options),
            false => TableHead::find(&lines, options),
        };
        Self { sheet, lines, head }
    }

    fn is_blank(&self) -> bool {
        self.lines.iter().all(SheetRow::is_blank)
    }

    fn name(&self) -> &str {
        self.sheet.name.as_deref().unwrap_or_default()
    }

    /// Whether there are recipients, or names of columns for them, with rows below.
    fn surely_names(&self) -> bool {
        self.head.as_ref().is_some_and(TableHead::surely_names)
    }

    fn names(&self) -> bool {
        self.head.as_ref().is_some_and(|head| {
            (head.names() || head.is_asked())
                && self.lines[head.last + 1..].iter().any(|line| !line.is_blank())
        })
    }
}

fn of_sheets(
    sheets: Vec<Sheet>,
    name: &str,
    options: &TableOptions,
    strict: bool,
) -> Result<DataTable, Error> {
    let names: Vec<(String, bool)> =
        sheets.iter().filter_map(|s| s.name.clone().map(|name| (name, s.hidden))).collect();
    let first = names.first().cloned();
    let seen: Vec<PeekedSheet> =
        sheets.into_iter().map(|sheet| PeekedSheet::of(sheet, options)).collect();
    let chosen = choose(seen, name, options)?;
    let mut plan = Plan { sheets: names, sheet: chosen.sheet.name.clone(), ..Plan::default() };
    if let (Some((first, hidden)), Some(sheet)) = (first, &plan.sheet)
        && *sheet != first
        && options.sheet.is_none()
    {
        let message = if hidden {
            say!("the rows are those of the sheet «{sheet}»; «{first}» is hidden", sheet, first)
        } else {
            say!(
                "the rows are those of the sheet «{sheet}»; «{first}» holds no recipients",
                sheet,
                first
            )
        };
        plan.warnings.push(Diagnostic::warning("table-sheet", message));
    }
    understood(chosen, plan, name, options, strict)
}

/// The sheet that the user names, or the only one with recipients.
fn choose(
    seen: Vec<PeekedSheet>,
    name: &str,
    options: &TableOptions,
) -> Result<PeekedSheet, Error> {
    let all: Vec<(usize, &PeekedSheet)> = seen.iter().enumerate().collect();
    let position = if let Some(wanted) = &options.sheet {
        // A name goes before a number: sheets are called «1», «2» too.
        let by_name = seen
            .iter()
            .position(|s| s.name().trim().to_lowercase() == wanted.trim().to_lowercase());
        let by_number = wanted.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        by_name.or(by_number.filter(|n| *n < seen.len())).ok_or_else(|| {
            let message = match all.as_slice() {
                [(_, one)] if one.sheet.name.is_none() => {
                    say!("{name}: the file has no sheets", name)
                }
                all => say!(
                    "{name}: there is no sheet «{wanted}»; there are {all}",
                    name,
                    wanted,
                    all = listed(all)
                ),
            };
            Diagnostic::error("table-sheet", message)
        })?
    } else {
        likely(&all, name, options)?
    };
    seen.into_iter().nth(position).ok_or_else(|| empty(name))
}

fn listed(sheets: &[(usize, &PeekedSheet)]) -> String {
    let all: Vec<String> = sheets.iter().map(|(_, s)| format!("«{}»", s.name())).collect();
    all.join(", ")
}

/// The place of the only sheet with recipients.
fn likely(
    all: &[(usize, &PeekedSheet)],
    name: &str,
    options: &TableOptions,
) -> Result<usize, Error> {
    let visible: Vec<(usize, &PeekedSheet)> =
        all.iter().copied().filter(|(_, s)| !s.sheet.hidden && !s.is_blank()).collect();
    let mut named: Vec<(usize, &PeekedSheet)> =
        visible.iter().copied().filter(|(_, s)| s.names()).collect();
    // «Заполните лист «Участники»» of an instruction says less than «ФИО».
    if named.iter().any(|(_, s)| s.surely_names()) {
        named.retain(|(_, s)| s.surely_names());
    }
    let (position, pick) = match (named.as_slice(), visible.as_slice()) {
        // The only sheet with recipients, wherever it stands; without any the first that is
        // not blank, so that the faults speak of what the user sees first.
        ([one], _) => *one,
        ([], [one, ..]) => *one,
        ([], []) => match all.iter().find(|(_, s)| s.sheet.hidden && s.names()) {
            Some((_, hidden)) => {
                let message = say!(
                    "{name}: only the hidden sheet «{hidden}» holds recipients",
                    name,
                    hidden = hidden.name()
                );
                let hint = say!("take it with --sheet \"{hidden}\"", hidden = hidden.name());
                return Err(Diagnostic::error("table-sheet", message).hint(hint).into());
            }
            None => return Err(empty(name)),
        },
        (several, _) => {
            let message = say!(
                "{name}: several sheets hold recipients: {several}",
                name,
                several = listed(several)
            );
            let hint = say!("choose one: --sheet \"{several}\"", several = several[0].1.name());
            return Err(Diagnostic::error("table-sheet", message).hint(hint).into());
        }
    };
    // Nothing found, but another sheet is there: both are reported.
    if !pick.names() && visible.len() > 1 && !options.plain && pick.head.is_none() {
        let message = say!(
            "{name}: no sheet has known names of columns: {visible}",
            name,
            visible = listed(&visible)
        );
        return Err(Diagnostic::error("table-sheet", message)
            .hint(say!("call the column of the recipients «ФИО», or choose a sheet with --sheet"))
            .into());
    }
    Ok(position)
}

fn empty(name: &str) -> Error {
    Diagnostic::error("table-empty", say!("{name}: the table is empty", name))
        .hint(say!("the first line holds the column names: ФИО;Должность;Организация"))
        .into()
}

/// Understands the columns of a sheet and makes its rows.
fn understood(
    seen: PeekedSheet,
    mut plan: Plan,
    name: &str,
    options: &TableOptions,
    strict: bool,
) -> Result<DataTable, Error> {
    let PeekedSheet { sheet, lines, head } = seen;
    let Some(start) = lines.iter().position(|line| !line.is_blank()) else {
        return Err(empty(name));
    };
    let head = match head {
        Some(head) => head,
        None => unknown_head(&lines, start, name, options)?,
    };
    plan.head = Some(head.rows(&lines));
    let below = &lines[head.last + 1..];
    // A total or a note, alone in its row, says nothing of its column.
    let least = head.headers.len().min(2);
    let rows = || {
        let rows = below.iter().enumerate();
        let says = |at: usize, line: &SheetRow| {
            line.filled().count() >= least && !head.again(line, at == 0)
        };
        rows.filter(move |(at, line)| says(*at, line)).map(|(_, line)| line)
    };
    let look =
        |at: usize| ValueShares::of(rows().map(|line| line.text(at)).filter(|t| !t.is_empty()));
    let looks: Vec<ValueShares> = head.headers.iter().map(|h| look(h.at)).collect();
    plan.columns = if options.plain {
        understand::plain(&head.headers, &looks, options)
    } else {
        understand::columns(&head.headers, &looks, options).map_err(|faults| {
            match head::on_its_side(&lines) {
                Some(column) => on_its_side(name, column),
                None => in_head(faults, name, &plan),
            }
        })?
    };
    plan.warnings.extend(unnamed(&head, below));
    plan.warnings.extend(told(&plan.columns, options));
    // Only an upper bound, for the bar of progress: totals and blank lines are still among them.
    let size = sheet.size.map(|n| n.saturating_sub(head.last + 1));
    let mut maker = rows::Maker {
        headers: plan.columns.iter().map(|p| p.header.as_str().into()).collect(),
        columns: plan.columns.clone(),
        hidden: options.hidden,
        strict,
        people: !options.plain,
        first: true,
        headings: has_headings(&plan.columns, &looks, below),
        other_head: None,
    };
    let rest = lines.into_iter().skip(head.last + 1).chain(sheet.lines);
    let rows = rest.filter_map(move |line| maker.row(&line));
    Ok(DataTable { plan, rows: Box::new(rows), size, plain: options.plain, limits: options.limits })
}

/// The names of columns where none is known.
fn unknown_head(
    lines: &[SheetRow],
    start: usize,
    name: &str,
    options: &TableOptions,
) -> Result<TableHead, Error> {
    let likely = TableHead::single(lines, start, 0, options);
    if options.plain || options.beside {
        return Ok(likely);
    }
    if let Some(person) = likely.headers.iter().find(|h| values::is_person(&h.text)) {
        return Err(headless(name, lines[start].number, &person.text));
    }
    // Names that say nothing: the widest of the first rows, above rows like it. Titles above a
    // table are narrower than it.
    let width = |line: &SheetRow| line.filled().count();
    let widest = lines.iter().take(20).map(width).max().unwrap_or(0);
    let at = lines.iter().position(|line| width(line) == widest).unwrap_or(start);
    Ok(TableHead::single(lines, at, 0, options))
}

/// What is to be said of the columns as a whole.
fn told(columns: &[Planned], options: &TableOptions) -> Vec<Diagnostic> {
    let told: [Option<Diagnostic>; 4] = match (options.plain, &options.asked) {
        (false, _) => [
            understand::unused(columns),
            understand::other_kinds(columns),
            understand::counted(columns),
            understand::other_people(columns),
        ],
        (true, Some(_)) => [understand::not_asked(columns), None, None, None],
        (true, None) => [None, None, None, None],
    };
    told.into_iter().flatten().collect()
}

fn headless(name: &str, row: u64, person: &str) -> Error {
    let message = say!(
        "{name}: no row holds the names of the columns: row {row} has a person, «{person}»",
        name,
        row,
        person
    );
    Diagnostic::error("table-head", message)
        .hint(say!("put the names of the columns above: ФИО;Должность;Организация"))
        .into()
}

/// Whether what stands alone in the column of names heads the rows below: most rows have more
/// cells, and most names are people's.
fn has_headings(columns: &[Planned], looks: &[ValueShares], below: &[SheetRow]) -> bool {
    let names = columns.iter().position(|p| p.column == Some(Column::Name));
    let people = names.is_some_and(|at| looks.get(at).is_some_and(|look| look.people >= 0.5));
    let cells = below.iter().map(|line| line.filled().count());
    let (alone, several) = cells.fold((0, 0), |(alone, several), cells| match cells {
        0 => (alone, several),
        1 => (alone + 1, several),
        _ => (alone, several + 1),
    });
    people && several > alone
}

fn on_its_side(name: &str, column: usize) -> Error {
    let message = say!(
        "{name}: the table lies on its side: the names of the columns stand one below the other, \
         in column {letter}",
        name,
        letter = letter(column)
    );
    let hint = say!("in Excel: copy the table, then Paste Special, Transpose");
    Diagnostic::error("table-head", message).hint(hint).into()
}

/// The faults of the columns, with the file and the row of the head.
fn in_head(faults: Vec<Diagnostic>, name: &str, plan: &Plan) -> Error {
    let (first, last) = plan.head.unwrap_or_default();
    let rows = match first == last {
        true => say!("row {first}", first),
        false => say!("rows {first} and {last}", first, last),
    };
    let sheet = plan.sheet.as_ref().map(|sheet| say!(", sheet «{sheet}»", sheet));
    let place = |fault: Diagnostic| {
        let told = fault.resaid(say!(
            "{name}{sheet}, {rows} (column names): {message}",
            name,
            sheet,
            rows,
            message = fault.message()
        ));
        match fault.data_path() {
            Some(path) => told.path(path),
            None => told,
        }
    };
    Error::Invalid(faults.into_iter().map(place).collect())
}

/// Columns with cells and without a name.
fn unnamed(head: &TableHead, below: &[SheetRow]) -> Option<Diagnostic> {
    let mut found: Vec<String> = Vec::new();
    let last = head.headers.iter().map(|h| h.at).max()?;
    for at in (0..=last).filter(|at| head.headers.iter().all(|h| h.at != *at)) {
        if below.iter().any(|line| !values::is_dash(line.text(at))) {
            found.push(letter(at));
        }
    }
    let message = match found.as_slice() {
        [] => return None,
        [one] => say!("column {one} has cells, but no name, and is left out", one),
        all => {
            say!("columns {all} have cells, but no names, and are left out", all)
        }
    };
    Some(Diagnostic::warning("column-unnamed", message))
}

/// The letters of a column: A, B … AA.
pub fn letter(at: usize) -> String {
    let mut at = at + 1;
    let mut letters = Vec::new();
    // Base 26 without a nought: after Z comes AA.
    while at > 0 {
        letters.push((b'A' + ((at - 1) % 26) as u8) as char);
        at = (at - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A table of records that name their cells themselves.
// Over 60 lines: the columns are found by the first records, and the rows that come after are read
// by them.
fn keyed(
    mut records: impl Iterator<Item = json::Keyed> + Send + 'static,
    name: &str,
    options: &TableOptions,
) -> Result<DataTable, Error> {
    // Records may lack keys, so the first one does not tell all columns.
    let probe: Vec<json::Keyed> = records.by_ref().take(PROBE).collect();
    let mut keys: Vec<String> = Vec::new();
    for (key, _) in probe.iter().filter_map(|r| r.cells.as_ref().ok()).flatten() {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    let head = SheetRow::of(0, keys.iter().map(|key| Ok(key.clone())).collect());
    let head = TableHead::single(&[head], 0, 0, options);
    let of_key = |key: &str| {
        let filled = probe.iter().filter_map(|r| r.cells.as_ref().ok()).flatten();
        ValueShares::of(
            filled.filter(|(k, text)| k == key && !text.is_empty()).map(|(_, text)| text.as_str()),
        )
    };
    let looks: Vec<ValueShares> = head.headers.iter().map(|h| of_key(&keys[h.at])).collect();
    let columns = match options.plain {
        true => understand::plain(&head.headers, &looks, options),
        false if keys.is_empty() => Vec::new(),
        false => understand::columns(&head.headers, &looks, options).map_err(|faults| {
            let place =
                |f: Diagnostic| f.resaid(say!("{name}: {message}", name, message = f.message()));
            Error::Invalid(faults.into_iter().map(place).collect())
        })?,
    };
    let mut plan = Plan { columns, ..Plan::default() };
    plan.warnings.extend(told(&plan.columns, options));
    let mut maker = rows::Maker {
        headers: plan.columns.iter().map(|p| p.header.as_str().into()).collect(),
        columns: plan.columns.clone(),
        // Records of a list are never hidden.
        hidden: true,
        strict: false,
        people: !options.plain,
        // No row of numbers 1, 2, 3 stands below the keys.
        first: false,
        headings: false,
        other_head: None,
    };
    let rows = probe.into_iter().chain(records).map(move |record| {
        let cells = match record.cells {
            Ok(cells) => cells,
            Err(fault) => {
                let content = RowContent::Faulty(fault);
                return DataRow::of(record.number, content);
            }
        };
        let mut line = SheetRow::of(record.number, vec![Ok(String::new()); keys.len()]);
        let mut others = Vec::new();
        for (key, text) in cells {
            match keys.iter().position(|k| *k == key) {
                Some(at) => line.cells[at] = Ok(text),
                // A key that none of the first records has: understood by its name alone.
                None => others.push((key, text)),
            }
        }
        // A record that says nothing is still one: its fault tells.
        let mut row = match maker.row(&line) {
            Some(row) => row,
            None => DataRow::of(record.number, RowContent::Cells(Vec::new())),
        };
        if let RowContent::Cells(cells) = &mut row.content {
            cells.extend(others.into_iter().map(|(key, text)| DataCell {
                column: Column::of(&key),
                header: key.into(),
                text,
            }));
        }
        row
    });
    Ok(DataTable {
        plan,
        rows: Box::new(rows),
        size: None,
        plain: options.plain,
        limits: options.limits,
    })
}
