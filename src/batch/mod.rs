//! Batches: a table in, a document for each row out.
//!
//! A batch is a pipeline: rows are read, made into records and named in order; records are laid out
//! and written in parallel; their files go to a [`FileSink`] in order, while the next ones are
//! made. Only so many are under way at once, so memory does not grow with the table. A bad row is
//! an [`Outcome`] like any other and spoils nothing else.
//!
//! What a record is, the design decides ([`Shape`]): a certificate, a final document, or data of
//! one's own.
//!
//! The bytes of a file depend on the table and the options, never on threads, or on what a resumed
//! batch leaves out.

mod base;
mod blank;
mod doubts;
pub mod filename;
mod index;
mod lacking;
mod mend;
mod names;
mod options;
mod origin;
mod plan;
mod run;
mod shard;
mod single;
mod sink;
pub mod table;

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde::Serialize;

use crate::diag::{Diagnostic, Error, say};
use crate::engine::{Design, Engine};
use crate::pdf::Merge;
pub use crate::pdf::{Sheets, impose};
use base::RecordMaker;
pub use base::{Base, Shape};
pub use index::ContentsList;
use names::FileName;
pub use options::BatchOptions;
use run::BatchTarget;
pub use shard::Shard;
pub use single::Composed;
pub use sink::{FileSink, Folder, FoundFile, OnRefusal, Zip, is_record};
use table::{DataRow, TableOptions};

/// What became of one record.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The row in the table, as the user counts; 0 for rows of a joined table that
    /// matched nobody.
    pub row: u64,
    /// Its sheet, where the rows are those of several.
    pub sheet: Option<Arc<str>>,
    /// Whom it is for, as far as that is known.
    pub recipient: String,
    /// The number that it bears.
    pub number: Option<String>,
    /// What became of it.
    pub status: Status,
    /// What to look at: shrunk texts, uncertain forms, columns that mean nothing, told at the
    /// first row that has one.
    pub warnings: Vec<Diagnostic>,
    /// The words of its pages, if they are [asked for](BatchOptions::show).
    pub text: Option<String>,
}

/// What became of a record.
#[derive(Debug)]
pub enum Status {
    /// These files were made; in a merged PDF, none.
    Made(Vec<String>),
    /// These files were there.
    Skipped(Vec<String>),
    /// Nothing was made, and this is why.
    Failed(Vec<Diagnostic>),
    /// The row is not a record, and this is why: a total, a note, a hidden row.
    Left(Diagnostic),
}

/// How a batch went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Records that were [made](Status::Made).
    pub made: u64,
    /// Records whose files [were there](Status::Skipped).
    pub skipped: u64,
    /// Records that [failed](Status::Failed).
    pub failed: u64,
    /// Rows that [are no record](Status::Left).
    pub left: u64,
    /// All rows of the table, those of other shards among them.
    pub rows: u64,
    /// The same in all shards of one table with the same options: rows and names of files.
    pub digest: u64,
    /// The caller stopped it before the end of the table.
    pub cancelled: bool,
}

/// Makes documents of rows.
///
/// ```
/// use std::ops::ControlFlow;
/// use itog::batch::{Batch, BatchOptions, table};
/// use itog::engine::Engine;
/// use itog::model::Common;
///
/// let engine = Engine::new();
/// let design = engine.load_builtin("certificate-classic")?.value;
/// let batch = Batch::new(&engine, design, Common::default(), BatchOptions::default())?;
/// let format = Some(table::TableFormat::Delimited);
/// let people = "ФИО\nКим Виктория Олеговна\n".as_bytes();
/// let rows = table::read(people, "people.csv", format, &Default::default())?;
/// let mut files = Vec::new();
/// let mut sink = |name: &str, _bytes: &[u8]| Ok(files.push(name.to_owned()));
/// let summary = batch.run(rows, &mut sink, |_| ControlFlow::Continue(()))?;
/// assert_eq!(summary.made, 1);
/// assert_eq!(files, ["Ким Виктория Олеговна.pdf", "Ким Виктория Олеговна.docx"]);
/// # Ok::<(), itog::diag::Error>(())
/// ```
#[derive(Debug)]
pub struct Batch {
    engine: Engine,
    design: Design,
    designs: BTreeMap<String, Design>,
    maker: RecordMaker,
    options: BatchOptions,
    name: FileName,
}

impl Batch {
    /// A batch with one design; rows that name a `template` get that one instead, if it is built in
    /// or was [added](Batch::with_design).
    ///
    /// # Errors
    /// The name pattern is faulty, the base is of another [`Shape`] than the design asks for, or
    /// something else than certificates is to be signed.
    pub fn new(
        engine: &Engine,
        design: Design,
        base: impl Into<Base>,
        options: BatchOptions,
    ) -> Result<Self, Error> {
        let name = FileName::new(&options.name)?;
        let base = base.into();
        if let Base::Certificate(common) = &base {
            // A faulty name would fail each row. What a row alone has cannot be known before.
            if !options.name.contains("fields") {
                name.of_certificate(common.certificate(), 0)?;
            }
        } else if options.sign.is_some() {
            let message = say!("only certificates can be signed with facts that anyone can verify");
            return Err(Diagnostic::error("batch-sign", message).into());
        }
        let maker = RecordMaker::new(base, &design)?;
        Ok(Self { engine: engine.clone(), design, designs: BTreeMap::new(), maker, options, name })
    }

    /// Gives rows another design that they may name.
    #[must_use]
    pub fn with_design(mut self, name: impl Into<String>, design: Design) -> Self {
        self.designs.insert(name.into(), design);
        self
    }

    /// How the table is to be read for these records.
    pub fn reading(&self, options: TableOptions) -> TableOptions {
        self.maker.reading(options)
    }

    /// Warnings if nothing says what for, who signs, or when, or of which kind the documents of a
    /// contest are: neither a column nor the common data.
    pub fn lacks(&self, plan: &table::Plan) -> Vec<Diagnostic> {
        let Base::Certificate(common) = &self.maker.base else { return Vec::new() };
        if !self.design.name().starts_with("certificate") {
            return Vec::new();
        }
        let facts = lacking::facts(common.certificate(), plan);
        lacking::kind(common, plan).into_iter().chain(facts).collect()
    }

    /// Makes all records; `each` hears of every one in order and may stop the batch.
    ///
    /// # Errors
    /// The sink does not take a file. What it took before stays.
    pub fn run(
        &self,
        rows: impl IntoIterator<Item = DataRow, IntoIter: Send>,
        sink: &mut dyn FileSink,
        each: impl FnMut(&Outcome) -> ControlFlow<()> + Send,
    ) -> Result<Summary, Error> {
        self.drive(&mut rows.into_iter(), BatchTarget::Files(sink), each)
    }

    /// Makes a document of each item of any type that serialises, in any template; rows are counted
    /// from 1. What the template's `schema.json` does not allow fails that item alone.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use itog::batch::{Base, Batch, BatchOptions};
    /// use itog::{Engine, Files};
    ///
    /// #[derive(serde::Serialize)]
    /// struct Label {
    ///     shelf: u32,
    /// }
    /// let text = "<html lang='ru'><head><title>Полка</title></head><body>{{shelf}}</body></html>";
    /// let files = Files::memory([("template.hbs".to_owned(), text.into())]);
    /// let engine = Engine::new();
    /// let design = engine.load_files("label", files)?.value;
    /// let mut options = BatchOptions::default();
    /// (options.docx, options.name) = (None, "shelf-{{shelf}}".to_owned());
    /// let batch = Batch::new(&engine, design, Base::Own(Default::default()), options)?;
    /// let mut names = Vec::new();
    /// let mut sink = |name: &str, _bytes: &[u8]| Ok(names.push(name.to_owned()));
    /// let labels = (1..=2).map(|shelf| Label { shelf });
    /// batch.run_items(labels, &mut sink, |_| ControlFlow::Continue(()))?;
    /// assert_eq!(names, ["shelf-1.pdf", "shelf-2.pdf"]);
    /// # Ok::<(), itog::diag::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn run_items<T: Serialize>(
        &self,
        items: impl IntoIterator<Item = T, IntoIter: Send>,
        sink: &mut dyn FileSink,
        each: impl FnMut(&Outcome) -> ControlFlow<()> + Send,
    ) -> Result<Summary, Error> {
        let rows = (1..).zip(items).map(|(number, item)| DataRow::of_value(number, &item));
        self.run(rows, sink, each)
    }

    /// Makes one PDF of all records, for the printer; `each` hears of every one in order and may
    /// stop the batch. The pages are written as they come: memory holds a few bytes of each.
    ///
    /// # Errors
    /// The writer does not take the bytes, or the batch makes no PDF.
    pub fn merge(
        &self,
        rows: impl IntoIterator<Item = DataRow, IntoIter: Send>,
        writer: &mut (dyn Write + Send),
        each: impl FnMut(&Outcome) -> ControlFlow<()> + Send,
    ) -> Result<Summary, Error> {
        let Some(options) = &self.options.pdf else {
            return Err(Diagnostic::error(
                "batch-merge",
                say!("only PDFs can be merged, and this batch makes none"),
            )
            .into());
        };
        self.drive(
            &mut rows.into_iter(),
            BatchTarget::Merged(Box::new(Merge::new(writer, options))),
            each,
        )
    }
}
