//! Two tables in one: to each row those of another that name the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{DataCell, DataRow, DataTable, JoinedRows, RowContent};
use crate::batch::mend;
use crate::diag::{Diagnostic, Error, Message, say};
use crate::model::Column;

/// The other table, in memory.
struct Other {
    name: Arc<str>,
    /// The name of the column by which rows belong together.
    on: String,
    column: Option<Column>,
    /// By key: the rows.
    rows: BTreeMap<String, Vec<Found>>,
    /// Whether several rows may belong to one.
    many: bool,
}

struct Found {
    number: u64,
    /// What it is known by, as it is written.
    shown: String,
    cells: Vec<DataCell>,
    used: bool,
}

impl DataTable {
    /// The same table with the columns of another one, whose rows belong to those that have the
    /// same in the column `on`. Cells of this table overrule those of the other. The other table is
    /// read as [`to_join`](super::TableOptions::to_join) says, and is held in memory.
    ///
    /// If several rows belong to one, a certificate is faulty, since nobody knows which counts;
    /// data of one's own have the cells of all, line by line, and `name` is a list of the rows.
    ///
    /// # Errors
    /// `table-join` if one of the tables has no column `on`.
    // Over 60 lines: the other table is held by its keys, and the rows of this one take theirs from
    // it as they come.
    pub fn join(self, other: Self, name: &str, on: &str) -> Result<Self, Error> {
        let column = Column::of(on);
        let has = |table: &Self, which: Message| {
            // A name in several columns is a name, too.
            let whole = [Column::Last, Column::First];
            let parts = column == Some(Column::Name)
                && whole.iter().all(|c| table.plan.columns.iter().any(|p| p.column == Some(*c)));
            let named = table
                .plan
                .columns
                .iter()
                .any(|p| same(&p.header, on) || (column.is_some() && p.column == column));
            if named || parts {
                return Ok(());
            }
            let all: Vec<String> =
                table.plan.columns.iter().map(|p| format!("«{}»", p.header)).collect();
            let message = say!("{which} has no column «{on}»; it has {all}", which, on, all);
            Err(Error::from(Diagnostic::error("table-join", message)))
        };
        has(&self, say!("the table"))?;
        has(&other, Message::verbatim(name))?;
        let many = self.plain;
        let mut joined =
            Other { name: name.into(), on: on.to_owned(), column, rows: BTreeMap::new(), many };
        let mut faults = Vec::new();
        for row in other.rows {
            match row.content {
                RowContent::Cells(cells) => match joined.key(&cells) {
                    Some((key, shown)) => {
                        let found = Found { number: row.number, shown, cells, used: false };
                        joined.rows.entry(key).or_default().push(found);
                    }
                    None => {
                        let why =
                            say!("{name}, row {row}: «{on}» is empty", name, row = row.number, on);
                        faults.push(Diagnostic::warning("join-none", why));
                    }
                },
                RowContent::Faulty(fault) => {
                    let message = say!(
                        "{name}, row {row}: {message}",
                        name,
                        row = row.number,
                        message = fault.message()
                    );
                    faults.push(Diagnostic::warning("join-row", message));
                }
                // A table has cells and nothing else.
                RowContent::Left(_) | RowContent::Value(_) => {}
            }
        }
        let mut plan = self.plan;
        plan.warnings.extend(faults);
        let known: Vec<String> = plan.columns.iter().map(|p| p.header.clone()).collect();
        let new = other.plan.columns.into_iter().filter(|p| !known.contains(&p.header));
        plan.columns.extend(new.filter(|p| p.column.is_none() || p.column != column));
        // Only at the end is it known which rows matched nobody.
        let mut joined = Some(joined);
        let mut unused = Vec::new().into_iter();
        let mut rows = self.rows;
        let rows = std::iter::from_fn(move || {
            if let Some(row) = rows.next() {
                return Some(joined.as_mut().map_or(row.clone(), |other| other.join(row)));
            }
            if let Some(other) = joined.take() {
                unused = other.unused().into_iter();
            }
            unused.next()
        });
        Ok(Self { plan, rows: Box::new(rows), ..self })
    }
}

impl Other {
    /// What a row is known by: without capitals, quotes and doubled spaces, and as it is written.
    fn key(&self, cells: &[DataCell]) -> Option<(String, String)> {
        let of = |column| cells.iter().find(|c| c.column == Some(column)).map(|c| c.text.as_str());
        let by_name = cells.iter().find(|cell| same(&cell.header, &self.on));
        let by_column =
            || cells.iter().find(|cell| self.column.is_some() && cell.column == self.column);
        let text = match by_name.or_else(by_column) {
            Some(cell) => cell.text.clone(),
            None => [of(Column::Last), of(Column::First), of(Column::Middle)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
        };
        let key = normal(&text);
        (!key.is_empty()).then_some((key, text))
    }

    fn join(&mut self, mut row: DataRow) -> DataRow {
        let RowContent::Cells(cells) = &mut row.content else { return row };
        let Some((key, shown)) = self.key(cells) else { return row };
        let (name, many) = (Arc::clone(&self.name), self.many);
        let Some(found) = self.rows.get_mut(&key) else {
            let message = say!("{name} has no «{shown}» in «{on}»", name, shown, on = self.on);
            row.notes.push(Diagnostic::warning("join-none", message));
            if many {
                row.joined = Some(JoinedRows { name: stem(&name), rows: Vec::new() });
            }
            return row;
        };
        found.iter_mut().for_each(|found| found.used = true);
        if found.len() > 1 && !many {
            let numbers: Vec<String> = found.iter().map(|f| f.number.to_string()).collect();
            let message = say!("{name} has this in several rows: {numbers}", name, numbers);
            let fault = Diagnostic::error("join-several", message).path(self.on.as_str());
            let hint = say!("leave the row that counts, or tell namesakes apart by another column");
            row.content = RowContent::Faulty(fault.hint(hint));
            return row;
        }
        for at in 0..found[0].cells.len() {
            let texts = found.iter().filter_map(|row| row.cells.get(at)).map(|c| c.text.as_str());
            let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
            let cell = DataCell { text: texts.join("\n"), ..found[0].cells[at].clone() };
            let known = cells.iter_mut().find(|c| {
                c.header == cell.header || (cell.column.is_some() && c.column == cell.column)
            });
            match known {
                Some(own) if own.text.is_empty() => own.text = cell.text,
                Some(_) => {}
                None => cells.push(cell),
            }
        }
        if many {
            let of_row = |row: &Found| {
                row.cells.iter().map(|c| (Arc::clone(&c.header), c.text.clone())).collect()
            };
            let rows = found.iter().map(of_row).collect();
            row.joined = Some(JoinedRows { name: stem(&name), rows });
        }
        row
    }

    /// Rows that belong to none.
    fn unused(self) -> Vec<DataRow> {
        let mut unused: Vec<(u64, String)> = self
            .rows
            .into_values()
            .flatten()
            .filter(|found| !found.used)
            .map(|found| (found.number, found.shown))
            .collect();
        unused.sort_unstable();
        // It is not a row of this table.
        let told = |(number, key): (u64, String)| {
            let message = say!(
                "{name}, row {number}: «{key}» is in no row of the table",
                name = self.name,
                number,
                key
            );
            DataRow::of(0, RowContent::Left(Diagnostic::warning("join-none", message)))
        };
        unused.into_iter().map(told).collect()
    }
}

/// The name under which templates have the rows: the file's, without its folder and ending.
fn stem(name: &str) -> Arc<str> {
    let path = std::path::Path::new(name);
    path.file_stem().map_or(name.into(), |stem| stem.to_string_lossy().into())
}

fn same(one: &str, other: &str) -> bool {
    normal(one) == normal(other)
}

fn normal(text: &str) -> String {
    let text = mend::text(text).to_lowercase().replace('ё', "е");
    let plain = text.replace(['«', '»', '"', '„', '“'], "");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
