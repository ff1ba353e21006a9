//! What is shown: the pages of a document, or of the document of a table's row, with their faults.

use std::ops::ControlFlow;
use std::path::Path;

use itog::batch::table::RowContent;
use itog::batch::{BatchOptions, FileSink, Status};
use itog::diag::Error;
use serde_json::{Value as Json, json};

use crate::args::{Check, MessageFormat};
use crate::report::Report;
use crate::{batch, input};

/// A document as it is looked at.
#[derive(Default)]
pub(super) struct Look {
    /// Pages as SVG; empty if there are faults that let none be made.
    pub(super) pages: Vec<String>,
    /// The row, counted from 0, and how many there are; nothing for a document.
    row: Option<(usize, usize)>,
    /// Whom the row is for.
    label: String,
    faults: Vec<Json>,
}

impl Look {
    /// Makes the document, or that of a row; what keeps it from being made is among its faults.
    pub(super) fn new(args: &Check, row: usize) -> Self {
        let mut report = Report::gathering(MessageFormat::Json);
        let mut look = Self::default();
        let made = if batch::is_table(&args.data.data) {
            look.of_row(args, row, &mut report)
        } else {
            look.of_document(args, &mut report)
        };
        if let Err(error) = made {
            report.error(error);
        }
        look.faults = report.gathered();
        for fault in &mut look.faults {
            for place in ["place", "template"] {
                // An editor needs to know where the file lies.
                let file = fault[place]["file"].as_str().map(Path::new);
                let found = file.and_then(|file| std::path::absolute(file).ok());
                if let Some(path) = found.filter(|path| path.is_file()) {
                    fault[place]["path"] = path.to_string_lossy().into();
                }
            }
        }
        look
    }

    fn of_document(&mut self, args: &Check, report: &mut Report) -> Result<(), Error> {
        let (mut input, design) = input::open(&args.data, report)?;
        input.record.show_form();
        let document = report.warned(design.compose(&input.record)?);
        report.unprinted(&input.record, &document);
        let pictures = report.warned(document.to_pictures()?);
        self.pages = pictures.iter().map(|page| page.to_svg()).collect();
        Ok(())
    }

    fn of_row(&mut self, args: &Check, row: usize, report: &mut Report) -> Result<(), Error> {
        let options = BatchOptions::default();
        let options = options.with_pdf(None).with_docx(None).with_svg(true).with_jobs(1);
        let prepared = batch::prepare(args, options, report)?;
        let table = args.data.data.display().to_string();
        let plan = prepared.rows.plan().clone();
        for fault in plan.warnings.iter().chain(&prepared.batch.lacks(&plan)) {
            report.of_table(&table, fault);
        }
        let is_record = |content: &RowContent| !matches!(content, RowContent::Left(_));
        let rows: Vec<_> = prepared.rows.filter(|row| is_record(&row.content)).collect();
        // A table may become shorter while it is looked at.
        let row = row.min(rows.len().saturating_sub(1));
        self.row = Some((row, rows.len()));
        let pages = &mut self.pages;
        let mut sink = |_: &str, bytes: &[u8]| {
            pages.push(String::from_utf8_lossy(bytes).into_owned());
            Ok(())
        };
        let label = &mut self.label;
        let one = rows.into_iter().skip(row).take(1);
        prepared.batch.run(one, &mut sink as &mut dyn FileSink, |outcome| {
            label.clone_from(&outcome.recipient);
            let faults: &[_] = match &outcome.status {
                Status::Failed(faults) => faults,
                Status::Left(why) => std::slice::from_ref(why),
                _ => &[],
            };
            let all = faults.iter().chain(&outcome.warnings);
            all.for_each(|fault| report.row(&table, outcome, fault));
            ControlFlow::Continue(())
        })?;
        Ok(())
    }

    pub(super) fn to_json(&self, title: &str) -> String {
        let (row, rows) = self.row.unzip();
        let pages = self.pages.len();
        let (label, faults) = (&self.label, &self.faults);
        json!({
            "title": title, "pages": pages, "row": row, "rows": rows, "label": label,
            "faults": faults,
        })
        .to_string()
    }
}
