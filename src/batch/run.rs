//! The pipeline: a chunk of rows is planned; laid out and written in parallel; handed over while
//! the next chunk is made.

use std::ops::ControlFlow;

use rayon::prelude::*;

use super::plan::{Fail, Job, Planner, PreparedDesign, Task};
use super::table::DataRow;
use super::{Batch, FileSink, Outcome, Status, Summary};
use crate::diag::{self, Diagnostic, Error, Warned};
use crate::engine::Composition;
use crate::layout::{Meta, Pages, Paint};
use crate::pdf::{Fragment, Merge, SharedResources};

/// How many rows are the sample for what PDFs share. They are under way together, so this is no
/// matter of threads.
const SAMPLE: usize = 128;

/// How many of the other rows are under way together: each holds its files until they are handed
/// over.
const CHUNK: usize = 48;

/// Where a batch goes.
pub(super) enum BatchTarget<'a> {
    Files(&'a mut dyn FileSink),
    Merged(Box<Merge<'a>>),
}

/// A record as boxes and, if there is to be a PDF, as pages.
struct Laid {
    task: Task,
    document: Composition,
    pages: Option<Pages>,
}

/// What becomes of a task.
enum Made {
    Files(Vec<(String, Vec<u8>)>, Option<String>),
    Part(Box<Fragment>),
    Nothing(Vec<String>),
}

enum Stop {
    Cancelled,
    Fault(Error),
}

impl Batch {
    // Over 60 lines: one loop, in which the files of one chunk are handed over while the next is
    // made.
    pub(super) fn drive(
        &self,
        rows: &mut dyn Iterator<Item = DataRow>,
        mut target: BatchTarget<'_>,
        mut each: impl FnMut(&Outcome) -> ControlFlow<()> + Send,
    ) -> Result<Summary, Error> {
        // A pool of its own: the number of threads is the user's, and the program that embeds
        // the library keeps its global pool.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.options.jobs).build();
        let pool = pool.map_err(|e| {
            Diagnostic::error("batch-threads", format!("cannot start the threads: {e}"))
        })?;
        let merging = matches!(target, BatchTarget::Merged(_));
        let mut planner = Planner::new(self);
        let mut summary = Summary::default();
        let mut ready: Vec<Job<Made>> = Vec::new();
        let mut size = SAMPLE;
        loop {
            let chunk: Vec<DataRow> = (&mut *rows).take(size).collect();
            if chunk.is_empty() && ready.is_empty() {
                break;
            }
            // A table that ends here shows all that there will be.
            let whole = size == SAMPLE && chunk.len() < SAMPLE;
            // Only the first chunk is large: what its PDFs share is decided by it.
            size = CHUNK;
            let jobs: Vec<Job<Task>> =
                chunk.into_iter().map(|row| self.plan(&mut planner, row, &target)).collect();
            let kits = &mut planner.kits;
            let done = std::mem::take(&mut ready);
            // The disk takes the files of the last chunk while the processors make the next:
            // without the pair, either would wait for the other.
            let (next, handed) = pool.install(|| {
                rayon::join(
                    || self.make(jobs, kits, whole, merging),
                    || {
                        done.into_iter().try_for_each(|job| {
                            hand_over(job, &mut target, &mut summary, &mut each)
                        })
                    },
                )
            });
            ready = next;
            match handed {
                Ok(()) => {}
                // The sink is finished all the same, so that an archive that was stopped can be
                // opened.
                Err(Stop::Cancelled) => {
                    summary.cancelled = true;
                    break;
                }
                Err(Stop::Fault(error)) => return Err(error),
            }
        }
        let ended = match target {
            BatchTarget::Files(sink) => sink.finish(),
            // A PDF without pages is not a PDF: readers refuse it.
            BatchTarget::Merged(_) if summary.made == 0 => {
                return Err(Diagnostic::error(
                    "batch-empty",
                    "no record could be made, so there is nothing to merge",
                )
                .into());
            }
            BatchTarget::Merged(merge) => merge.finish(&self.meta()),
        };
        ended.map_err(|source| Error::Io { path: "the end of the batch".into(), source })?;
        Ok(summary)
    }

    fn plan(&self, planner: &mut Planner<'_>, row: DataRow, target: &BatchTarget<'_>) -> Job<Task> {
        let endings =
            [self.options.pdf.as_ref().map(|_| "pdf"), self.options.docx.as_ref().map(|_| "docx")];
        match target {
            BatchTarget::Files(sink) => {
                planner.plan(row, &endings.into_iter().flatten().collect::<Vec<_>>(), &|file| {
                    sink.has(file)
                })
            }
            // One file for all cannot be resumed: nothing is there to leave out.
            BatchTarget::Merged(_) => planner.plan(row, &[], &|_| false),
        }
    }

    /// All of a chunk. If it brings a design whose PDFs share nothing yet, every record is laid out
    /// before any is written.
    fn make(
        &self,
        jobs: Vec<Job<Task>>,
        kits: &mut [PreparedDesign],
        whole: bool,
        merging: bool,
    ) -> Vec<Job<Made>> {
        let known = |job: &Job<Task>| {
            job.work.as_ref().map_or(true, |task| kits[task.kit].shared.is_some())
        };
        if self.options.pdf.is_none() || jobs.iter().all(known) {
            let kits = &*kits;
            let make = |task, warnings: &mut Vec<Diagnostic>| {
                self.write(&self.lay_out(task, kits, warnings)?, kits, merging, warnings)
            };
            // Laid out and written by one thread in one go, so that the pages of no more records
            // are held than there are threads.
            return jobs.into_par_iter().map(|job| job.then(make)).collect();
        }
        let laid: Vec<Job<Laid>> = jobs
            .into_par_iter()
            .map(|job| job.then(|task, warnings| self.lay_out(task, kits, warnings)))
            .collect();
        for (number, kit) in kits.iter_mut().enumerate().filter(|(_, kit)| kit.shared.is_none()) {
            let of_kit = laid
                .iter()
                .filter_map(|job| job.work.as_ref().ok())
                .filter(|laid| laid.task.kit == number);
            let sample: Vec<&Pages> = of_kit.filter_map(|laid| laid.pages.as_ref()).collect();
            if !sample.is_empty() {
                // A subset of the fonts by the whole table is final; by a sample it is only
                // likely, and a record with other letters must get fonts of its own.
                kit.shared = Some(if whole {
                    SharedResources::new(&sample)
                } else {
                    SharedResources::like(&sample)
                });
            }
        }
        let kits = &*kits;
        laid.into_par_iter()
            .map(|job| job.then(|laid, warnings| self.write(&laid, kits, merging, warnings)))
            .collect()
    }

    /// What is there already is laid out only while its design needs a sample, so that a resumed
    /// batch shares what the first one shared.
    fn lay_out(
        &self,
        task: Task,
        kits: &[PreparedDesign],
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Laid, Error> {
        let kit = &kits[task.kit];
        let mut keep = Keep(warnings);
        let document = keep.value(kit.design.compose(&*task.certificate)?);
        let paged = self.options.pdf.is_some() && (!task.there || kit.shared.is_none());
        let pages = if paged { Some(keep.value(document.to_pages()?)) } else { None };
        Ok(Laid { task, document, pages })
    }

    fn write(
        &self,
        laid: &Laid,
        kits: &[PreparedDesign],
        merging: bool,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Made, Error> {
        let Laid { task, document, pages } = laid;
        let shared = kits[task.kit].shared.as_ref();
        let mut keep = Keep(warnings);
        // Laid out for the sample, if at all, and not written again.
        if task.there {
            return Ok(Made::Nothing(task.files.clone()));
        }
        let mut files = Vec::new();
        let mut names = task.files.iter();
        if let (Some(options), Some(pages), Some(shared)) = (&self.options.pdf, pages, shared) {
            let mut sink = diag::Sink::new();
            if merging {
                let fragment = shared.fragment(
                    pages,
                    options,
                    &task.certificate.recipient.person.name,
                    &mut sink,
                );
                return Ok(Made::Part(Box::new(keep.value(sink.finish(fragment)?))));
            }
            let bytes = shared.write(pages, options, &mut sink);
            files.extend(names.next().cloned().zip(Some(keep.value(sink.finish(bytes)?))));
        }
        if let Some(options) = &self.options.docx {
            files.extend(names.next().cloned().zip(Some(keep.value(document.to_docx(options)?))));
        }
        let text = pages.as_ref().filter(|_| task.show).map(words);
        Ok(Made::Files(files, text))
    }

    /// What a merged file says of itself.
    fn meta(&self) -> Meta {
        let certificate = self.common.certificate();
        let event = certificate.event.as_ref().map(|event| event.name.as_str());
        let title = event.map_or_else(
            || certificate.kind.clone(),
            |event| format!("{}. {event}", certificate.kind),
        );
        let date = certificate.date.map(|date| date.to_string());
        Meta { title: Some(title), lang: Some("ru".to_owned()), date, ..Meta::default() }
    }
}

/// The words of pages, line by line.
fn words(pages: &Pages) -> String {
    let mut text = String::new();
    let mut last = None;
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let Paint::Glyphs { x, y, run, .. } = &item.paint else { continue };
        // A point is not a space yet: kerned pieces of a word are nearer.
        match last {
            Some((line, end)) if line == *y && *x - end < 1.0 => {}
            Some((line, _)) if line == *y => text.push(' '),
            Some(_) => text.push_str(" / "),
            None => {}
        }
        text.push_str(&run.text);
        last = Some((*y, x + run.width()));
    }
    let seen = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}'));
    seen.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the warnings off results.
struct Keep<'a>(&'a mut Vec<Diagnostic>);

impl Keep<'_> {
    fn value<T>(&mut self, warned: Warned<T>) -> T {
        for warning in warned.warnings {
            // PDF and DOCX are made of one document and may warn of the same thing.
            if !self.0.contains(&warning) {
                self.0.push(warning);
            }
        }
        warned.value
    }
}

/// Gives a record to the target and tells the caller.
fn hand_over(
    mut job: Job<Made>,
    target: &mut BatchTarget<'_>,
    summary: &mut Summary,
    each: &mut impl FnMut(&Outcome) -> ControlFlow<()>,
) -> Result<(), Stop> {
    let warnings = std::mem::take(&mut job.warnings);
    let warnings = warnings.into_iter().map(|fault| job.in_its_column(fault)).collect();
    if let Err(Fail::Faults(faults)) = &mut job.work {
        let all = std::mem::take(faults);
        let all = all.into_iter().map(|fault| job.in_its_column(fault)).collect();
        job.work = Err(Fail::Faults(all));
    }
    let mut text = None;
    let Job { row, recipient, work, .. } = job;
    let status = match (work, target) {
        (Ok(Made::Files(files, words)), BatchTarget::Files(sink)) => {
            text = words;
            for (name, bytes) in &files {
                sink.put(name, bytes)
                    .map_err(|source| Stop::Fault(Error::Io { path: sink.path(name), source }))?;
            }
            Status::Made(files.into_iter().map(|(name, _)| name).collect())
        }
        (Ok(Made::Part(fragment)), BatchTarget::Merged(merge)) => {
            merge.push(*fragment).map_err(|source| {
                Stop::Fault(Error::Io { path: "the merged PDF".into(), source })
            })?;
            Status::Made(Vec::new())
        }
        (Ok(Made::Nothing(files)), _) => Status::Skipped(files),
        (Ok(_), _) => Status::Made(Vec::new()),
        (Err(Fail::Faults(faults)), _) => Status::Failed(faults),
        (Err(Fail::Left(why)), _) => Status::Left(why),
    };
    match &status {
        Status::Made(_) => summary.made += 1,
        Status::Skipped(_) => summary.skipped += 1,
        Status::Failed(_) => summary.failed += 1,
        Status::Left(_) => summary.left += 1,
    }
    match each(&Outcome { row, recipient, status, warnings, text }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Stop::Cancelled),
    }
}
