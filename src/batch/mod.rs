//! Batches: a table of people in, a certificate for each of them out.
//!
//! A batch is a pipeline: rows are read, made into certificates and named in order; certificates are rendered in parallel; their
//! files go to a [`Sink`] in order, while the next ones are rendered. Only so many are under way at once, so memory does not grow with
//! the table. A bad row is an [`Outcome`] like any other and spoils nothing else.

pub mod filename;
mod sink;
pub mod table;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rayon::prelude::*;

use crate::diag::{Diagnostic, Error, Warned};
use crate::docx::DocxOptions;
use crate::engine::{Design, Engine};
use crate::model::{Certificate, Common};
use crate::pdf::PdfOptions;
use crate::template::Pattern;
pub use sink::{Folder, Sink, Zip};
use table::Row;

/// How many records are rendered between two hand-overs, for each thread. More hides uneven records, fewer saves memory.
const PER_THREAD: usize = 16;

/// What a batch makes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchOptions {
    /// Make a PDF of each record, so. Default: PDF/A-2a.
    pub pdf: Option<PdfOptions>,
    /// Make a DOCX of each record, so. Default: yes.
    pub docx: Option<DocxOptions>,
    /// The files' name without ending, a Handlebars text over the record. Default: number and name.
    pub name: String,
    /// Threads; 0 is one per core. Default: 0.
    pub jobs: usize,
    /// Leave out what the sink has already. Default: no.
    pub resume: bool,
}

impl Default for BatchOptions {
    fn default() -> Self {
        Self {
            pdf: Some(PdfOptions::default()),
            docx: Some(DocxOptions::default()),
            name: "{{#if number}}{{number}}-{{/if}}{{recipient.name}}".to_owned(),
            jobs: 0,
            resume: false,
        }
    }
}

/// What became of one record.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The row in the table, as the user counts.
    pub row: u64,
    /// Whom it is for, as far as that is known.
    pub recipient: String,
    /// What became of it.
    pub status: Status,
}

/// What became of a record.
#[derive(Debug)]
pub enum Status {
    /// Files were made; the warnings say what to look at.
    Made {
        /// Names of the files.
        files: Vec<String>,
        /// Shrunk texts, uncertain forms and the like.
        warnings: Vec<Diagnostic>,
    },
    /// The files were there.
    Skipped {
        /// Names of the files.
        files: Vec<String>,
    },
    /// Nothing was made, and this is why.
    Failed(Vec<Diagnostic>),
}

/// How a batch went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
#[allow(missing_docs)]
pub struct Summary {
    pub made: u64,
    pub skipped: u64,
    pub failed: u64,
    /// The caller stopped it before the end of the table.
    pub cancelled: bool,
}

/// Makes certificates of rows.
#[derive(Debug)]
pub struct Batch {
    engine: Engine,
    design: Design,
    common: Common,
    options: BatchOptions,
    name: Pattern,
}

impl Batch {
    /// A batch with one design; rows that name a `template` get that one instead.
    ///
    /// # Errors
    /// The name pattern is faulty.
    pub fn new(engine: &Engine, design: Design, common: Common, options: BatchOptions) -> Result<Self, Error> {
        let name = Pattern::new(&options.name)?;
        Ok(Self { engine: engine.clone(), design, common, options, name })
    }

    /// Makes all records; `each` hears of every one in order and may stop the batch.
    ///
    /// # Errors
    /// The sink does not take a file. What it took before stays.
    pub fn run(
        &self,
        rows: impl IntoIterator<Item = Result<Row, Diagnostic>>,
        sink: &mut dyn Sink,
        mut each: impl FnMut(&Outcome) -> ControlFlow<()> + Send,
    ) -> Result<Summary, Error> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.options.jobs).build();
        let pool = pool.map_err(|e| Diagnostic::error("batch-threads", format!("cannot start the threads: {e}")))?;
        let mut rows = rows.into_iter();
        let mut plan = Plan { designs: BTreeMap::new(), names: filename::Names::default() };
        let mut summary = Summary::default();
        let mut rendered = Vec::new();
        loop {
            let jobs: Vec<Job> =
                rows.by_ref().take(pool.current_num_threads() * PER_THREAD).map(|row| self.plan(row, &mut plan, &*sink)).collect();
            if jobs.is_empty() && rendered.is_empty() {
                break;
            }
            let ready = std::mem::take(&mut rendered);
            let (next, handed) = pool.install(|| {
                rayon::join(
                    || jobs.into_par_iter().map(|job| self.render(job)).collect::<Vec<_>>(),
                    || ready.into_iter().try_for_each(|made| hand_over(made, sink, &mut summary, &mut each)),
                )
            });
            rendered = next;
            match handed {
                Ok(()) => {}
                Err(Stop::Cancelled) => {
                    summary.cancelled = true;
                    break;
                }
                Err(Stop::Fault(error)) => return Err(error),
            }
        }
        sink.finish().map_err(|source| Error::Io { path: "the end of the batch".into(), source })?;
        Ok(summary)
    }

    /// Makes a row a job: whose it is, which design, which files.
    fn plan(&self, row: Result<Row, Diagnostic>, plan: &mut Plan, sink: &dyn Sink) -> Job {
        let row = match row {
            Ok(row) => row,
            Err(fault) => return Job { row: 0, recipient: String::new(), work: Work::Failed(vec![fault]) },
        };
        let cells = row.cells.iter().map(|(column, cell)| (column.as_str(), cell.as_str()));
        let named = Certificate::merge_common(&self.common, cells).and_then(|warned| {
            let design = self.design_of(&warned.value, plan)?;
            let name = self.name.render(&warned.value)?;
            Ok((warned, design, name))
        });
        let (Warned { value: certificate, warnings }, design, name) = match named {
            Ok(named) => named,
            Err(error) => {
                let recipient = row.cells.first().map(|(_, cell)| cell.clone()).unwrap_or_default();
                return Job { row: row.number, recipient, work: Work::Failed(diagnostics(error)) };
            }
        };
        let stem = plan.names.unique(&name);
        let files: Vec<String> = self.endings().map(|ending| format!("{stem}.{ending}")).collect();
        let recipient = certificate.recipient.person.name.clone();
        let there = self.options.resume && files.iter().all(|file| sink.has(file));
        let work = if there { Work::Skip(files) } else { Work::Render { certificate: Box::new(certificate), design, files, warnings } };
        Job { row: row.number, recipient, work }
    }

    fn endings(&self) -> impl Iterator<Item = &'static str> {
        [self.options.pdf.as_ref().map(|_| "pdf"), self.options.docx.as_ref().map(|_| "docx")].into_iter().flatten()
    }

    fn design_of(&self, certificate: &Certificate, plan: &mut Plan) -> Result<Design, Error> {
        let Some(name) = &certificate.design.template else { return Ok(self.design.clone()) };
        if let Some(design) = plan.designs.get(name) {
            return Ok(design.clone());
        }
        let design = self.engine.builtin(name)?.value;
        plan.designs.insert(name.clone(), design.clone());
        Ok(design)
    }

    fn render(&self, job: Job) -> Rendered {
        let Job { row, recipient, work } = job;
        let done = match work {
            Work::Failed(faults) => Done::Failed(faults),
            Work::Skip(files) => Done::Skipped(files),
            Work::Render { certificate, design, files, warnings } => match self.make(&certificate, &design, warnings) {
                Ok(Warned { value, warnings }) => Done::Made { files: files.into_iter().zip(value).collect(), warnings },
                Err(error) => Done::Failed(diagnostics(error)),
            },
        };
        Rendered { row, recipient, done }
    }

    /// The bytes of each file, in the order of [`Batch::endings`].
    fn make(&self, certificate: &Certificate, design: &Design, mut warnings: Vec<Diagnostic>) -> Result<Warned<Vec<Vec<u8>>>, Error> {
        let mut keep = |warned: Warned<Vec<u8>>| {
            warnings.extend(warned.warnings);
            warned.value
        };
        let composed = design.compose(certificate)?;
        let mut files = Vec::new();
        if let Some(options) = &self.options.pdf {
            files.push(keep(composed.value.to_pdf(options)?));
        }
        if let Some(options) = &self.options.docx {
            files.push(keep(composed.value.to_docx(options)?));
        }
        warnings.extend(composed.warnings);
        Ok(Warned { value: files, warnings })
    }
}

/// What planning remembers from row to row.
struct Plan {
    designs: BTreeMap<String, Design>,
    names: filename::Names,
}

struct Job {
    row: u64,
    recipient: String,
    work: Work,
}

enum Work {
    Render { certificate: Box<Certificate>, design: Design, files: Vec<String>, warnings: Vec<Diagnostic> },
    Skip(Vec<String>),
    Failed(Vec<Diagnostic>),
}

struct Rendered {
    row: u64,
    recipient: String,
    done: Done,
}

enum Done {
    Made { files: Vec<(String, Vec<u8>)>, warnings: Vec<Diagnostic> },
    Skipped(Vec<String>),
    Failed(Vec<Diagnostic>),
}

enum Stop {
    Cancelled,
    Fault(Error),
}

/// Gives the files of a record to the sink and tells the caller.
fn hand_over(
    rendered: Rendered,
    sink: &mut dyn Sink,
    summary: &mut Summary,
    each: &mut impl FnMut(&Outcome) -> ControlFlow<()>,
) -> Result<(), Stop> {
    let Rendered { row, recipient, done } = rendered;
    let status = match done {
        Done::Made { files, warnings } => {
            for (name, bytes) in &files {
                sink.put(name, bytes).map_err(|source| Stop::Fault(Error::Io { path: name.into(), source }))?;
            }
            summary.made += 1;
            Status::Made { files: files.into_iter().map(|(name, _)| name).collect(), warnings }
        }
        Done::Skipped(files) => {
            summary.skipped += 1;
            Status::Skipped { files }
        }
        Done::Failed(faults) => {
            summary.failed += 1;
            Status::Failed(faults)
        }
    };
    match each(&Outcome { row, recipient, status }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Stop::Cancelled),
    }
}

fn diagnostics(error: Error) -> Vec<Diagnostic> {
    match error {
        Error::Invalid(all) => all,
        other => vec![Diagnostic::error("record", other.to_string())],
    }
}
