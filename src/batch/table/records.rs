//! Tables of records that name their cells themselves: JSON lines, lists of YAML and JSON.

use super::head::TableHead;
use super::heading::Headings;
use super::sheet::SheetRow;
use super::understood::told;
use super::values::ValueShares;
use super::{
    DataCell, DataRow, DataTable, PROBE, Plan, RowContent, TableOptions, json, rows, understand,
};
use crate::diag::{Diagnostic, Error, say};
use crate::model::Column;

/// A table of records that name their cells themselves.
// Over 60 lines: the columns are found by the first records, and the rows that come after are read
// by them.
pub(super) fn keyed(
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
        even: Vec::new(),
        // Records of a list are never hidden.
        hidden: true,
        strict: false,
        people: !options.plain,
        // No row of numbers 1, 2, 3 stands below the keys.
        first: false,
        twofold: Vec::new(),
        heads: rows::MayHead::default(),
        above: Headings::default(),
        other_head: None,
        signing: false,
        before: Vec::new(),
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
        let mut row = match maker.row(line) {
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
