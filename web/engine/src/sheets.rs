//! A table and what is made of its rows.

use std::io;
use std::ops::ControlFlow;

use itog::batch::table::{self, DataRow, Plan, TableOptions};
use itog::batch::{Base, Batch, BatchOptions, FileSink, Outcome, Shape, Shard, Status, Summary};
use itog::diag::{Error, Language};
use itog::engine::Composition;
use itog::model::{self, Common, DocumentDraft, Format, Origin};
use itog::{DocxOptions, PdfOptions, Pictures};
use js_sys::{Function, Uint8Array};
use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::hand::{Faults, json_of};
use crate::{Workbench, format_of};

/// A table that was read, with what all rows share.
#[derive(Debug)]
pub(crate) struct Sheets {
    batch: Batch,
    rows: Vec<DataRow>,
    origin: Origin,
    /// The sheet that is looked at.
    shown: Option<Pictures>,
}

/// What the page asks for besides the table.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wishes {
    /// The sheet of a workbook.
    sheet: Option<String>,
    /// Take hidden rows, too.
    hidden: bool,
    /// What all rows share, in YAML.
    common: String,
    /// The design, if the shared data do not name it.
    design: Option<String>,
    pdf: bool,
    docx: bool,
    /// Pictures with so many pixels to an inch.
    png: Option<f64>,
    /// The files' names.
    name: Option<String>,
    /// Look, and write nothing.
    dry: bool,
    /// The part of one of several workers: `[k, n]`.
    shard: Option<(u64, u64)>,
}

/// What faults call the shared data.
const COMMON: &str = "common.yaml";

#[wasm_bindgen]
impl Workbench {
    /// Reads a table and keeps it: `{plan, rows, faults}`; without rows if it cannot be read, and
    /// without a plan if even its columns are not known.
    ///
    /// # Errors
    /// The wishes are no JSON of ours.
    pub fn table(&mut self, bytes: &[u8], name: &str, wishes: &str) -> Result<String, JsValue> {
        let wishes = parsed(wishes)?;
        let origin = Origin::new(wishes.common.as_bytes(), COMMON, Format::Yaml);
        let mut faults = Faults::default();
        let read = self.read(bytes, name, &wishes, &mut faults);
        let Some((batch, rows, plan)) = faults.of(read) else {
            self.sheets = None;
            // Columns that nobody understood can still be shown, to be chosen from.
            let plan = columns_alone(bytes, name, &wishes).map(|plan| plan_json(&plan));
            return Ok(json!({ "plan": plan, "faults": faults.traced(&origin) }).to_string());
        };
        let number = |row: &DataRow| json!(row.number);
        let listed: Vec<Value> = rows.iter().map(number).collect();
        self.sheets = Some(Sheets { batch, rows, origin: origin.clone(), shown: None });
        let told = json!({
            "plan": plan_json(&plan),
            "rows": listed,
            "faults": faults.traced(&origin),
        });
        Ok(told.to_string())
    }

    /// Puts the sheet of one row together, to be looked at: an outcome with `pages`.
    pub fn sheet(&mut self, at: usize) -> Option<String> {
        let sheets = self.sheets.as_mut()?;
        let composed = sheets.batch.compose(sheets.rows.get(at)?.clone());
        let mut told = outcome_json(&composed.outcome, &sheets.origin);
        let pictures = composed.document.as_ref().map(Composition::to_pictures);
        let mut faults = Faults::default();
        let pictures = pictures.and_then(|made| faults.of(made)).map(|made| faults.keep(made));
        told["pages"] = pictures.as_ref().map_or(0, Pictures::len).into();
        if let (Value::Array(all), Value::Array(more)) = (&mut told["faults"], faults.json()) {
            all.extend(more);
        }
        sheets.shown = pictures;
        Some(told.to_string())
    }

    /// A page of the sheet that is looked at, as SVG.
    pub fn sheet_page(&self, number: usize) -> Option<String> {
        Some(self.sheets.as_ref()?.shown.as_ref()?.page(number)?.to_svg())
    }

    /// Makes the files of all rows: `put(name, bytes)` takes each file, `told(outcome)` hears of
    /// each row, and ends the batch with `false`. The answer is the summary.
    ///
    /// # Errors
    /// The faults that ended it, as JSON.
    pub fn make(
        &mut self,
        wishes: &str,
        put: &Function,
        told: &Function,
    ) -> Result<String, JsValue> {
        let made = self.batch(&parsed(wishes)?, &mut Faults::default());
        let batch = made.map_err(Faults::thrown)?;
        let Some(sheets) = &self.sheets else { return Ok("null".to_owned()) };
        let mut sink = Sink(put);
        let mut ear = Ear(told, &sheets.origin);
        let done = batch.run(sheets.rows.clone(), &mut sink, |outcome| ear.hear(outcome));
        Ok(summary_json(&done.map_err(Faults::thrown)?).to_string())
    }

    /// Makes one PDF of all rows, for the printer.
    ///
    /// # Errors
    /// The faults that ended it, as JSON.
    pub fn merge(&self, told: &Function) -> Result<Vec<u8>, JsValue> {
        let Some(sheets) = &self.sheets else { return Ok(Vec::new()) };
        let mut bytes = Vec::new();
        let mut ear = Ear(told, &sheets.origin);
        let done = sheets.batch.merge(sheets.rows.clone(), &mut bytes, |outcome| ear.hear(outcome));
        done.map_err(Faults::thrown)?;
        Ok(bytes)
    }
}

impl Workbench {
    fn read(
        &mut self,
        bytes: &[u8],
        name: &str,
        wishes: &Wishes,
        faults: &mut Faults,
    ) -> Result<(Batch, Vec<DataRow>, Plan), Error> {
        let batch = self.batch(wishes, faults)?;
        let mut reading = TableOptions::default();
        reading.sheet.clone_from(&wishes.sheet);
        reading.hidden = wishes.hidden;
        let reader = io::Cursor::new(bytes.to_vec());
        let rows = table::read(reader, name, format_of(name), &batch.reading(reading))?;
        let plan = rows.plan().clone();
        plan.warnings.iter().chain(&batch.lacks(&plan)).for_each(|w| faults.add(w.clone()));
        Ok((batch, rows.collect(), plan))
    }

    /// The batch for a design: what all rows share is read as the design asks.
    fn batch(&mut self, wishes: &Wishes, faults: &mut Faults) -> Result<Batch, Error> {
        let text = (!wishes.common.trim().is_empty()).then_some(wishes.common.as_bytes());
        let named = wishes.design.as_deref();
        let shape = match named {
            Some(name) => Shape::of(&self.design(name, faults)?),
            None => Shape::Certificate,
        };
        let (base, design): (Base, String) = match (shape, text) {
            (Shape::Document, Some(text)) => {
                let draft = DocumentDraft::read(text, COMMON, Format::Yaml)?;
                (faults.keep(draft).into(), String::new())
            }
            (Shape::Document, None) => (DocumentDraft::default().into(), String::new()),
            (Shape::Own, Some(text)) => {
                let values = model::values(text, COMMON, Format::Yaml)?;
                (faults.keep(values).into(), String::new())
            }
            (Shape::Own, None) => (Base::Own(Default::default()), String::new()),
            (_, text) => {
                let common = match text {
                    Some(text) => faults.keep(Common::read(text, COMMON, Format::Yaml)?),
                    None => Common::default(),
                };
                let template = common.certificate().design.template.clone();
                (common.into(), template.unwrap_or_else(|| "certificate-classic".to_owned()))
            }
        };
        let design = self.design(named.unwrap_or(&design), faults)?;
        let mut batch = Batch::new(&self.engine, design, base, options(wishes))?;
        for (name, files) in &self.own {
            // A design that is still being written may be faulty; rows that name it will say so.
            if let Ok(ready) = self.loaded(name, files) {
                batch = batch.with_design(name, ready.value.with_pictures(self.pictures.clone()));
            }
        }
        Ok(batch)
    }
}

/// The columns of a table, of which nothing is understood.
fn columns_alone(bytes: &[u8], name: &str, wishes: &Wishes) -> Option<Plan> {
    let mut reading = TableOptions::default();
    reading.sheet.clone_from(&wishes.sheet);
    reading.plain = true;
    let table = table::read(io::Cursor::new(bytes.to_vec()), name, format_of(name), &reading);
    Some(table.ok()?.plan().clone())
}

fn options(wishes: &Wishes) -> BatchOptions {
    let options = BatchOptions::default()
        .with_pdf(wishes.pdf.then(PdfOptions::default))
        .with_docx(wishes.docx.then(DocxOptions::default))
        .with_png(wishes.png)
        .with_dry(wishes.dry)
        .with_shard(wishes.shard.and_then(|(number, of)| Shard::new(number, of)));
    match &wishes.name {
        Some(name) => options.with_name(name),
        None => options,
    }
}

fn parsed(wishes: &str) -> Result<Wishes, JsValue> {
    serde_json::from_str(wishes).map_err(|fault| JsValue::from_str(&fault.to_string()))
}

/// Hands the files over to JavaScript.
struct Sink<'a>(&'a Function);

/// Tells JavaScript what became of each row.
struct Ear<'a>(&'a Function, &'a Origin);

impl Ear<'_> {
    fn hear(&mut self, outcome: &Outcome) -> ControlFlow<()> {
        let told = outcome_json(outcome, self.1).to_string();
        match self.0.call1(&JsValue::NULL, &told.into()) {
            Ok(answer) if answer != JsValue::FALSE => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}

impl FileSink for Sink<'_> {
    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let bytes = Uint8Array::from(bytes);
        let put = self.0.call2(&JsValue::NULL, &name.into(), &bytes);
        put.map(drop).map_err(|_| io::Error::other("the page did not take the file"))
    }
}

fn outcome_json(outcome: &Outcome, origin: &Origin) -> Value {
    let traced = |faults: &[itog::Diagnostic]| {
        let all: Vec<_> = faults.iter().map(|fault| origin.trace_row(fault.clone())).collect();
        json_of(&all)
    };
    let (status, mut faults) = match &outcome.status {
        Status::Made(_) => ("made", json!([])),
        Status::Skipped(_) => ("skipped", json!([])),
        Status::Failed(faults) => ("failed", traced(faults)),
        Status::Left(why) => ("left", traced(std::slice::from_ref(why))),
    };
    if let (Value::Array(all), Value::Array(more)) = (&mut faults, traced(&outcome.warnings)) {
        all.extend(more);
    }
    json!({
        "row": outcome.row,
        "recipient": outcome.recipient,
        "number": outcome.number,
        "status": status,
        "faults": faults,
    })
}

fn summary_json(summary: &Summary) -> Value {
    json!({
        "made": summary.made,
        "failed": summary.failed,
        "left": summary.left,
        "rows": summary.rows,
        "cancelled": summary.cancelled,
    })
}

fn plan_json(plan: &Plan) -> Value {
    let columns = plan.columns.iter().map(|planned| {
        let title = planned.column.map(itog::model::Column::title);
        let title = |language| title.as_ref().map(|title| title.in_language(language));
        json!({
            "letter": table::letter(planned.at),
            "header": planned.header,
            "key": planned.column.and_then(itog::model::Column::key),
            "title": title(Language::Russian),
            "titleEn": title(Language::English),
            "why": format!("{:?}", planned.why),
            "samples": planned.samples,
        })
    });
    let sheets = plan.sheets.iter();
    let sheets = sheets.map(|(name, hidden)| json!({ "name": name, "hidden": hidden }));
    json!({
        "sheet": plan.sheet,
        "sheets": sheets.collect::<Vec<_>>(),
        "head": plan.head,
        "columns": columns.collect::<Vec<_>>(),
    })
}
