//! `itog report --merge`: the reports of all shards in one, and the proof that nothing is missing
//! or made twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use itog::diag::{Diagnostic, Error, Message, say};
use serde_json::{Value, json};

use crate::args;
use crate::language::told;
use crate::output;

/// A report of one shard.
struct Part {
    path: PathBuf,
    number: u64,
    of: u64,
    rows: u64,
    table: String,
    records: Vec<Value>,
}

pub(crate) fn run(args: &args::Report) -> Result<(), Error> {
    let mut parts = args.merge.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    parts.sort_by_key(|part| part.number);
    let mut faults = of_one_batch(&parts);
    let records = if faults.is_empty() { in_order(&parts, &mut faults) } else { Vec::new() };
    made_twice(&records, &mut faults);
    if let Some(folder) = &args.files {
        absent(&records, folder, &mut faults);
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let count = |status: &str| records.iter().filter(|r| r["status"] == status).count();
    let [made, skipped, failed, left] = ["made", "skipped", "failed", "left out"].map(count);
    if let Some(path) = &args.output {
        let whole = json!({
            "records": records, "made": made, "skipped": skipped, "failed": failed,
            "left_out": left, "rows": records.len(), "table": parts[0].table,
        });
        output::write(path, format!("{whole}\n").as_bytes())?;
    }
    output::say(told(&say!(
        "{reports} reports, {rows} rows: {made} made, {skipped} there already, {failed} failed, \
         {left} left out; nothing is missing, nothing is made twice",
        reports = parts.len(),
        rows = records.len(),
        made,
        skipped,
        failed,
        left
    )))
}

fn read(path: &Path) -> Result<Part, Error> {
    let bytes = fs::read(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    let fault = |why: Message| {
        let message = say!("{path}: {why}", path = path.display(), why);
        Diagnostic::error("report-read", message)
    };
    let mut whole: Value =
        serde_json::from_slice(&bytes).map_err(|e| fault(say!("not a report: {why}", why = e)))?;
    if whole["cancelled"] == true {
        let hint = say!("run this shard again with --resume and the same --report");
        return Err(fault(say!("the batch was stopped before its end")).hint(hint).into());
    }
    // A batch that was not parted is the only shard.
    let shard = whole["shard"].as_str().unwrap_or("1/1").to_owned();
    let shard: itog::batch::Shard =
        shard.parse().map_err(|why: String| fault(Message::verbatim(why)))?;
    let (Some(rows), Some(table)) =
        (whole["rows"].as_u64(), whole["table"].as_str().map(str::to_owned))
    else {
        return Err(fault(say!("not a report of `itog batch --report`")).into());
    };
    let Value::Array(records) = whole["records"].take() else {
        return Err(fault(say!("the report has no records")).into());
    };
    Ok(Part { path: path.into(), number: shard.number(), of: shard.of(), rows, table, records })
}

/// Whether these are all the shards of one batch, each once and each whole.
fn of_one_batch(parts: &[Part]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let Some(first) = parts.first() else { return faults };
    let fault = |message: Message| Diagnostic::error("report-merge", message);
    for part in &parts[1..] {
        if (part.of, part.rows, &part.table) != (first.of, first.rows, &first.table) {
            let message = say!(
                "{first} and {part} are of different batches: another table, other names, or \
                 another number of shards",
                first = first.path.display(),
                part = part.path.display()
            );
            faults.push(fault(message));
        }
    }
    if !faults.is_empty() {
        return faults;
    }
    for number in 1..=first.of {
        let of: Vec<&Part> = parts.iter().filter(|part| part.number == number).collect();
        match of[..] {
            [] => {
                faults.push(
                    fault(say!(
                        "the report of shard {number}/{of} is missing",
                        number,
                        of = first.of
                    ))
                    .hint(say!(
                        "make it: itog batch … --shard {number}/{of} --resume",
                        number,
                        of = first.of
                    )),
                );
            }
            [one] => {
                let rows = (one.rows + one.of - number) / one.of;
                if one.records.len() as u64 != rows {
                    faults.push(fault(say!(
                        "{path}: the shard has {rows} rows, the report has {records}",
                        path = one.path.display(),
                        rows,
                        records = one.records.len()
                    )));
                }
            }
            _ => {
                let paths: Vec<String> = of.iter().map(|p| p.path.display().to_string()).collect();
                faults.push(fault(say!(
                    "shard {number}/{of} is reported several times: {paths}",
                    number,
                    of = first.of,
                    paths
                )));
            }
        }
    }
    faults
}

/// The records in the order of the table: the first of each shard, the second of each, and so on.
fn in_order(parts: &[Part], faults: &mut Vec<Diagnostic>) -> Vec<Value> {
    let most = parts.iter().map(|part| part.records.len()).max().unwrap_or(0);
    let turn = |at: usize| parts.iter().filter_map(move |part| part.records.get(at));
    let records: Vec<Value> = (0..most).flat_map(turn).cloned().collect();
    // What a joined table has in vain is told at the end, with rows of its own.
    let rows: Vec<u64> = records
        .iter()
        .filter(|record| record["status"] != "left out")
        .filter_map(|record| record["row"].as_u64())
        .collect();
    for pair in rows.windows(2).filter(|pair| pair[1] <= pair[0]) {
        let message = say!(
            "row {row} stands behind row {before}: it is made twice",
            row = pair[1],
            before = pair[0]
        );
        faults.push(Diagnostic::error("report-merge", message));
    }
    records
}

fn files(record: &Value) -> impl Iterator<Item = &str> {
    record["files"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn made_twice(records: &[Value], faults: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for record in records {
        let row = record["row"].as_u64().unwrap_or(0);
        for file in files(record) {
            if let Some(first) = seen.insert(file, row) {
                let message = say!(
                    "«{file}» is made twice: of row {first} and of row {row}",
                    file,
                    first,
                    row
                );
                faults.push(Diagnostic::error("report-merge", message));
            }
        }
    }
}

fn absent(records: &[Value], folder: &Path, faults: &mut Vec<Diagnostic>) {
    for record in records {
        for file in files(record).filter(|file| !folder.join(file).is_file()) {
            let row = record["row"].as_u64().unwrap_or(0);
            let message = say!(
                "row {row}: «{file}» is not in {folder}",
                row,
                file,
                folder = folder.display()
            );
            faults.push(Diagnostic::error("report-merge", message));
        }
    }
}
