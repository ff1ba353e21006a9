//! `--report`: the record of a batch, for programs.

use std::io::{BufWriter, Write};
use std::path::Path;

use itog::batch::{Outcome, Shard, Status, Summary};
use itog::diag::Error;
use serde_json::{Value, json};

use crate::output::Part;
use crate::report;

/// The file of `--report`: one JSON object, written record by record.
pub(crate) struct Records {
    part: Part,
    writer: BufWriter<std::fs::File>,
    path: std::path::PathBuf,
    any: bool,
}

impl Records {
    pub(crate) fn new(path: &Path, shard: Option<Shard>) -> Result<Self, Error> {
        let mut part = Part::new(path)?;
        let mut records =
            Self { writer: BufWriter::new(part.file()), part, path: path.into(), any: false };
        let shard = shard.map_or_else(String::new, |shard| {
            format!("\"shard\": \"{}/{}\", ", shard.number(), shard.of())
        });
        records.write(&format!("{{{shard}\"records\": ["))?;
        Ok(records)
    }

    pub(crate) fn add(&mut self, outcome: &Outcome) -> Result<(), Error> {
        let (status, files, faults) = match &outcome.status {
            Status::Made(files) => ("made", &files[..], &[][..]),
            Status::Skipped(files) => ("skipped", &files[..], &[][..]),
            Status::Failed(faults) => ("failed", &[][..], &faults[..]),
            Status::Left(why) => ("left out", &[][..], std::slice::from_ref(why)),
        };
        let list = |all: &[itog::diag::Diagnostic]| -> Vec<Value> {
            all.iter().map(report::json).collect()
        };
        let mut record = json!({
            "row": outcome.row,
            "recipient": outcome.recipient,
            "status": status,
            "files": files,
            "faults": list(faults),
            "warnings": list(&outcome.warnings),
        });
        if let Some(sheet) = &outcome.sheet {
            record["sheet"] = (**sheet).into();
        }
        let comma = if std::mem::replace(&mut self.any, true) { "," } else { "" };
        self.write(&format!("{comma}\n{record}"))
    }

    pub(crate) fn finish(mut self, summary: &Summary) -> Result<(), Error> {
        let Summary { made, skipped, failed, left, rows, digest, cancelled, .. } = summary;
        self.write(&format!(
            "\n], \"made\": {made}, \"skipped\": {skipped}, \"failed\": {failed}, \
             \"left_out\": {left}, \"rows\": {rows}, \"table\": \"{digest:016x}\", \
             \"cancelled\": {cancelled}}}\n"
        ))?;
        self.writer.flush().map_err(|source| Error::Io { path: self.path.clone(), source })?;
        drop(self.writer);
        self.part.finish()
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        self.writer
            .write_all(text.as_bytes())
            .map_err(|source| Error::Io { path: self.path.clone(), source })
    }
}
