//! Which sheet of a workbook holds the recipients: as the user says, or the only one that does.

use std::sync::Arc;

use super::head::TableHead;
use super::sheet::{Sheet, SheetRow};
use super::understood::understood;
use super::{DataCell, DataRow, DataTable, PROBE, Plan, RowContent, TableOptions, even};
use crate::diag::{Diagnostic, Error, say};
use crate::model::Column;

/// A sheet whose first lines were read.
pub(super) struct PeekedSheet {
    pub(super) sheet: Sheet,
    pub(super) lines: Vec<SheetRow>,
    pub(super) head: Option<TableHead>,
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

pub(super) fn of_sheets(
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
    if options.sheet.as_deref().is_some_and(|asked| is_all(asked, &seen)) {
        return together(seen, names, name, options, strict);
    }
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
        let hint = say!("to take that one, write: --sheet \"{first}\"", first);
        plan.warnings.push(Diagnostic::warning("table-sheet", message).hint(hint));
    }
    understood(chosen, plan, name, options, strict)
}

/// Whether all sheets are asked for; a sheet may be called so.
fn is_all(asked: &str, seen: &[PeekedSheet]) -> bool {
    let asked = asked.trim().to_lowercase();
    ["all", "все"].contains(&asked.as_str())
        && seen.iter().all(|sheet| sheet.name().trim().to_lowercase() != asked)
}

/// The rows of all sheets with recipients, one after the other; each sheet is understood by itself.
fn together(
    seen: Vec<PeekedSheet>,
    names: Vec<(String, bool)>,
    name: &str,
    options: &TableOptions,
    strict: bool,
) -> Result<DataTable, Error> {
    let mut all: Option<DataTable> = None;
    let mut taken = Vec::new();
    for sheet in seen.into_iter().filter(|sheet| !sheet.sheet.hidden && sheet.names()) {
        let called = sheet.sheet.name.clone();
        taken.extend(called.clone());
        let plan = Plan { sheets: names.clone(), sheet: called.clone(), ..Plan::default() };
        let read = understood(sheet, plan, name, options, strict)?;
        let called: Arc<str> = called.unwrap_or_default().into();
        let class = class_of_sheet(&called, &read.plan);
        let mut read = read;
        if let Some(class) = &class {
            let message = say!(
                "the rows of the sheet «{sheet}» are of the class {class}",
                sheet = called,
                class
            );
            let hint = say!("a column «Класс» overrules that");
            read.plan.warnings.push(Diagnostic::warning("table-sheet", message).hint(hint));
        }
        let rows = read.rows.map(move |row| of_sheet(row, &called, class.as_deref()));
        let Some(first) = all else {
            all = Some(DataTable { rows: Box::new(rows), ..read });
            continue;
        };
        let told = read.plan.warnings.into_iter();
        let mut plan = first.plan;
        let fresh: Vec<Diagnostic> = told.filter(|w| !plan.warnings.contains(w)).collect();
        plan.warnings.extend(fresh);
        let size = first.size.zip(read.size).map(|(one, other)| one + other);
        all = Some(DataTable { plan, rows: Box::new(first.rows.chain(rows)), size, ..first });
    }
    let found = all.map(|mut table| {
        let called: Vec<&str> = taken.iter().map(String::as_str).collect();
        table.plan.sheet = Some(called.join(", "));
        table.plan.sheets.clear();
        table
    });
    found.ok_or_else(|| {
        let message = say!(
            "{name}: no sheet has known names of columns: {visible}",
            name,
            visible = names.iter().map(|(sheet, _)| format!("«{sheet}»")).collect::<Vec<_>>()
        );
        Diagnostic::error("table-sheet", message).into()
    })
}

/// The class that a sheet is called by, «5А», if no column says one.
fn class_of_sheet(sheet: &str, plan: &Plan) -> Option<String> {
    let said = plan.columns.iter().any(|p| p.column == Some(Column::Class));
    even::written_class(sheet).filter(|_| !said)
}

/// A row that knows its sheet.
fn of_sheet(row: DataRow, sheet: &Arc<str>, class: Option<&str>) -> DataRow {
    let mut row = DataRow { sheet: Some(Arc::clone(sheet)), ..row };
    if let (RowContent::Cells(cells), Some(class)) = (&mut row.content, class) {
        let (header, text) = ("Лист".into(), class.to_owned());
        cells.push(DataCell { header, column: Some(Column::Class), text });
    }
    row
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
    // A sentence of an instruction that speaks of participants heads nothing.
    let is_table = |s: &PeekedSheet| s.head.as_ref().is_some_and(|head| head.headers.len() > 1);
    if named.iter().any(|(_, s)| is_table(s)) {
        named.retain(|(_, s)| is_table(s));
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
            let fault = Diagnostic::error("table-sheet", message).hint(hint);
            return Err(fault.hint(say!("or take all of them: --sheet all")).into());
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

pub(super) fn empty(name: &str) -> Error {
    Diagnostic::error("table-empty", say!("{name}: the table is empty", name))
        .hint(say!("the first line holds the column names: ФИО;Должность;Организация"))
        .into()
}
