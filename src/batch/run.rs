//! The line of work. Each of the threads takes the next row, plans it while the others wait, makes
//! it beside them, and lays it where it goes out in order. Nobody waits for a whole chunk, and only
//! so many records are under way that memory stays the same for any table.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::origin;
use super::plan::{Fail, Fate, Job, Planner, PreparedDesign, Task};
use super::table::DataRow;
use super::{Base, Batch, FileSink, FoundFile, OnRefusal, Outcome, Status, Summary};
use crate::diag::{self, Diagnostic, Error, Warned, say};
use crate::engine::Composition;
use crate::layout::{Meta, Pages, Paint};
use crate::limits;
use crate::pdf::{self, Fragment, Merge, SharedResources};
use crate::svg::Pictures;

/// How many rows are the sample for a design that a later row names first.
const LATER: usize = 48;

/// How many records may be under way or wait for one before them.
const AHEAD: u64 = 48;

/// Where a batch goes.
pub(super) enum BatchTarget<'a> {
    Files(&'a mut dyn FileSink),
    Merged(Box<Merge<'a>>),
}

/// A record as boxes and, if there is to be a PDF, as pages.
struct Laid {
    task: Task,
    document: Option<Composition>,
    pages: Option<Pages>,
}

/// A record before it is made; one of a sample is laid out already.
enum Work {
    Task(Task),
    Laid(Box<Laid>),
}

/// A name and what the file of that name holds.
type NamedFile = (String, Vec<u8>);

/// What becomes of a task.
struct Made {
    number: Option<String>,
    what: What,
}

enum What {
    Files(Vec<NamedFile>, Option<String>),
    Part(Box<Fragment>),
    Nothing(Vec<String>),
}

enum Stop {
    Cancelled,
    Fault(Error),
}

/// What the threads share.
struct RowRun<'a, E> {
    batch: &'a Batch,
    threads: usize,
    merging: bool,
    target: Mutex<BatchTarget<'a>>,
    source: Mutex<RowSource<'a>>,
    desk: Mutex<Desk<E>>,
    /// Somebody may go on: a record went out, or the end has come.
    room: Condvar,
}

/// Where records come from.
struct RowSource<'a> {
    rows: &'a mut (dyn Iterator<Item = DataRow> + Send),
    planner: Planner<'a>,
    ready: VecDeque<Job<Work>>,
    begun: bool,
    /// How many records were given out.
    given: u64,
}

/// Where records go out in order.
struct Desk<E> {
    waiting: BTreeMap<u64, Job<Made>>,
    /// How many records were asked for, and how many are out.
    asked: u64,
    out: u64,
    /// Who has taken it hands records over, so that the others need not wait for disks.
    clerk: Option<Clerk<E>>,
    stop: Option<Stop>,
    ended: bool,
}

struct Clerk<E> {
    each: E,
    summary: Summary,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Batch {
    pub(super) fn drive<'a, E: FnMut(&Outcome) -> ControlFlow<()> + Send>(
        &'a self,
        rows: &'a mut (dyn Iterator<Item = DataRow> + Send),
        target: BatchTarget<'a>,
        each: E,
    ) -> Result<Summary, Error> {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        // 0 asks for as many as there are cores.
        let threads = if self.options.jobs == 0 { cores() } else { self.options.jobs };
        let merging = matches!(target, BatchTarget::Merged(_));
        let planner = Planner::new(self);
        let clerk = Some(Clerk { each, summary: Summary::default() });
        let line = RowRun {
            batch: self,
            threads,
            merging,
            target: Mutex::new(target),
            source: Mutex::new(RowSource {
                rows,
                planner,
                ready: VecDeque::new(),
                begun: false,
                given: 0,
            }),
            desk: Mutex::new(Desk {
                waiting: BTreeMap::new(),
                asked: 0,
                out: 0,
                clerk,
                stop: None,
                ended: false,
            }),
            room: Condvar::new(),
        };
        thread::scope(|scope| {
            // This thread works, too, so that a system without threads still makes the batch.
            for _ in 1..threads {
                // Threads that the system refuses are done without.
                let _ = thread::Builder::new().spawn_scoped(scope, || line.work());
            }
            line.work();
        });
        line.finish()
    }

    /// What a merged file says of itself.
    fn meta(&self) -> Meta {
        let Base::Certificate(common) = &self.maker.base else {
            let title = self.design.name().to_owned();
            return Meta { title: Some(title), lang: Some("ru".to_owned()), ..Meta::default() };
        };
        let certificate = common.certificate();
        let event = certificate.event.as_ref().map(|event| event.name.as_str());
        let title = event.map_or_else(
            || certificate.kind.clone(),
            |event| format!("{}. {event}", certificate.kind),
        );
        let date = certificate.date.map(|date| date.to_string());
        Meta { title: Some(title), lang: Some("ru".to_owned()), date, ..Meta::default() }
    }
}

impl<E: FnMut(&Outcome) -> ControlFlow<()> + Send> RowRun<'_, E> {
    /// One thread, until there is nothing left.
    fn work(&self) {
        // If this thread unwinds, the others must not wait for it for ever.
        let alarm = Alarm(|| self.end());
        while self.wait_for_room() {
            let Some((number, job)) = self.next() else { break };
            let made = job.then(|work, warnings| self.walled(|| self.make(work, warnings)));
            self.hand_in(number, made);
        }
        drop(alarm);
    }

    fn end(&self) {
        lock(&self.desk).ended = true;
        self.room.notify_all();
    }

    /// Waits until few enough are under way; says whether to go on.
    fn wait_for_room(&self) -> bool {
        let mut desk = lock(&self.desk);
        while desk.stop.is_none() && !desk.ended && desk.asked - desk.out >= AHEAD {
            desk = self.room.wait(desk).unwrap_or_else(PoisonError::into_inner);
        }
        // Counted while the desk is held: two threads must not take the last free place.
        desk.asked += 1;
        desk.stop.is_none() && !desk.ended
    }

    /// The next record of this shard.
    fn next(&self) -> Option<(u64, Job<Work>)> {
        let mut source = lock(&self.source);
        while source.ready.is_empty() {
            let first = !std::mem::replace(&mut source.begun, true);
            let most = self.batch.options.sample.max(1);
            // Only the first time a sample is taken; from then on a row is read when somebody is
            // free.
            let size = if first { most } else { 1 };
            let (mut jobs, all) = self.planned(&mut source, size);
            if all == 0 {
                return None;
            }
            let prepared = |job: &(Job<Task>, bool)| {
                job.0.work.as_ref().map_or(true, |task| task.prepared.shared.get().is_some())
            };
            let sampled = self.batch.options.pdf.is_some() && !self.batch.options.dry;
            if !sampled || jobs.iter().all(prepared) {
                let own = jobs.into_iter().filter(|(_, own)| *own);
                let ready = own.map(|(job, _)| job.then(|task, _| Ok(Work::Task(task))));
                source.ready.extend(ready);
                continue;
            }
            // A design that a later row names needs a sample of its own: the rows that follow.
            if !first {
                // Less than one: the row that named it is there already.
                jobs.extend(self.planned(&mut source, LATER - 1).0);
            }
            // Fewer rows than a sample are the whole batch, for which subsets of faces can be
            // exact.
            let laid = self.sample(&source.planner, jobs, first && all < most);
            source.ready.extend(laid);
        }
        let job = source.ready.pop_front()?;
        source.given += 1;
        Some((source.given - 1, job))
    }

    /// The next rows as jobs, with whether they are of this shard, and how many rows there were.
    fn planned(&self, source: &mut RowSource<'_>, size: usize) -> (Vec<(Job<Task>, bool)>, usize) {
        let options = &self.batch.options;
        let endings = if self.merging || options.dry { Vec::new() } else { options.endings() };
        let found = |file: &str, made_of| match &*lock(&self.target) {
            BatchTarget::Files(sink) => match sink.found(file, made_of) {
                // How many pages a record has is not known yet; its first is there or none is.
                FoundFile::Nothing => sink.found(&of_page(file, 0, 2), made_of),
                found => found,
            },
            BatchTarget::Merged(_) => FoundFile::Nothing,
        };
        let RowSource { rows, planner, .. } = source;
        let mut all = 0;
        let mut jobs = Vec::new();
        for row in rows.take(size) {
            all += 1;
            let (job, own) = planner.plan(row, &endings, &found);
            // Another shard's record is no work, unless it shows what all files share.
            let needed = job.work.as_ref().is_ok_and(|task| task.prepared.shared.get().is_none());
            if own || needed {
                jobs.push((job, own));
            }
        }
        (jobs, all)
    }

    /// Lays a sample out, by as many threads as there are, and prepares what its designs share.
    fn sample(
        &self,
        planner: &Planner<'_>,
        jobs: Vec<(Job<Task>, bool)>,
        whole: bool,
    ) -> Vec<Job<Work>> {
        let laid = parallel(self.threads, jobs, |(job, own)| {
            (job.then(|task, warnings| self.walled(|| self.lay_out(task, warnings))), own)
        });
        let dpi = self.batch.options.image_dpi;
        for prepared in
            planner.prepared_designs().filter(|prepared| prepared.shared.get().is_none())
        {
            let of_design = laid
                .iter()
                .filter_map(|(job, _)| job.work.as_ref().ok())
                .filter(|laid| laid.task.prepared.serial == prepared.serial);
            let sample: Vec<&Pages> = of_design.filter_map(|laid| laid.pages.as_ref()).collect();
            if !sample.is_empty() {
                prepared.shared.get_or_init(|| {
                    let shared = || SharedResources::of_batch(&sample, whole, dpi);
                    // Without what is shared each record makes its own, and tells its own faults.
                    limits::wall(|| say!("the library"), shared)
                        .unwrap_or_else(|_| SharedResources::of_batch(&[], whole, dpi))
                });
            }
        }
        // What another shard will make was laid out for the sample alone.
        let own = laid.into_iter().filter(|(_, own)| *own);
        own.map(|(job, _)| job.then(|laid, _| Ok(Work::Laid(Box::new(laid))))).collect()
    }

    /// One record's work behind a wall: a panic in it fails this record, and no other.
    fn walled<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        self.batch.design.watch().run(|_| None, work)?
    }

    fn make(&self, work: Work, warnings: &mut Vec<Diagnostic>) -> Result<Made, Error> {
        match work {
            Work::Task(task) => self.write(self.lay_out(task, warnings)?, warnings),
            Work::Laid(laid) => self.write(*laid, warnings),
        }
    }

    /// What is there already is laid out only while its design needs a sample, so that a resumed
    /// batch shares what the first one shared.
    fn lay_out(&self, task: Task, warnings: &mut Vec<Diagnostic>) -> Result<Laid, Error> {
        let Task { prepared, fate, record, .. } = &task;
        let sampled = self.batch.options.pdf.is_some() && prepared.shared.get().is_none();
        if *fate != Fate::Make && !sampled {
            return Ok(Laid { task, document: None, pages: None });
        }
        let mut keep = Keep(warnings);
        let document = keep.value(prepared.design.compose(record)?);
        let paged = self.batch.options.paged();
        let pages = if paged { Some(keep.value(document.to_pages()?)) } else { None };
        Ok(Laid { task, document: Some(document), pages })
    }

    fn write(&self, laid: Laid, warnings: &mut Vec<Diagnostic>) -> Result<Made, Error> {
        let Laid { task, document, pages } = laid;
        let Task { record, prepared, number, title, .. } = task;
        let done = |what| Ok(Made { number, what });
        if task.fate != Fate::Make {
            return done(What::Nothing(task.files));
        }
        let PreparedDesign { shared, .. } = &*prepared;
        let options = &self.batch.options;
        let mut keep = Keep(warnings);
        let mut files = Vec::new();
        // In the order of the endings: PDF, DOCX, pictures.
        let mut names = task.files.into_iter();
        if let (Some(options), Some(pages)) = (&options.pdf, &pages) {
            let mut sink = diag::Sink::new();
            match shared.get() {
                _ if self.batch.options.dry => {
                    pdf::check(pages, options, &mut sink);
                    keep.value(sink.finish(())?);
                }
                Some(shared) if self.merging => {
                    let fragment = shared.fragment(pages, options, &title, &mut sink);
                    let fragment = keep.value(sink.finish(fragment)?);
                    return done(What::Part(Box::new(fragment)));
                }
                Some(shared) => {
                    let bytes = shared.write(pages, options, &mut sink);
                    files.extend(names.next().zip(Some(keep.value(sink.finish(bytes)?))));
                }
                // Whoever has pages was in a sample, or came after one.
                None => {}
            }
        }
        if let (Some(options), Some(document)) = (&options.docx, &document) {
            files.extend(names.next().zip(Some(keep.value(document.to_docx(options)?))));
        }
        let text = pages.as_ref().filter(|_| task.show).map(words);
        if let Some(pages) = pages.filter(|_| names.len() > 0) {
            files.extend(keep.value(self.pictures(pages, names)?));
        }
        if !files.is_empty() {
            // Here and not where rows are planned, which is done one after the other.
            let made_of = prepared.made_of(&record, &self.batch.options);
            files.iter_mut().for_each(|(_, bytes)| origin::mark(bytes, made_of));
        }
        done(What::Files(files, text))
    }

    /// The pages of a record as pictures, in files of these names.
    fn pictures(
        &self,
        pages: Pages,
        names: impl Iterator<Item = String>,
    ) -> Result<Warned<Vec<NamedFile>>, Error> {
        let mut sink = diag::Sink::new();
        let pictures = Pictures::new(pages, &mut sink);
        let pictures = sink.finish(pictures)?;
        let mut files = Vec::new();
        for name in names {
            for (number, page) in pictures.value.iter().enumerate() {
                let bytes = match self.batch.options.density() {
                    #[cfg(feature = "svg")]
                    Some(dpi) if name.ends_with(".png") => page.to_png(dpi)?,
                    _ => page.to_svg().into_bytes(),
                };
                files.push((of_page(&name, number, pictures.value.len()), bytes));
            }
        }
        Ok(Warned { value: files, warnings: pictures.warnings })
    }

    /// Lays a record on the desk, and hands over what is next unless somebody does so already.
    fn hand_in(&self, number: u64, job: Job<Made>) {
        let mut desk = lock(&self.desk);
        desk.waiting.insert(number, job);
        // Somebody else hands over: the record is found when its turn comes.
        let Some(mut clerk) = desk.clerk.take() else { return };
        loop {
            let next = desk.out;
            // After a stop nothing goes out any more, even if it is next.
            let Some(job) = desk.waiting.remove(&next).filter(|_| desk.stop.is_none()) else {
                desk.clerk = Some(clerk);
                return;
            };
            // The others lay down their records while the disk works.
            drop(desk);
            let handed = clerk.hand_over(job, &mut lock(&self.target));
            desk = lock(&self.desk);
            desk.out += 1;
            if let Err(stop) = handed {
                desk.stop = Some(stop);
            }
            self.room.notify_all();
        }
    }

    fn finish(self) -> Result<Summary, Error> {
        let desk = self.desk.into_inner().unwrap_or_else(PoisonError::into_inner);
        let source = self.source.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut summary = desk.clerk.map(|clerk| clerk.summary).unwrap_or_default();
        summary.rows = source.planner.rows;
        summary.digest = source.planner.digest();
        match desk.stop {
            Some(Stop::Fault(error)) => return Err(error),
            Some(Stop::Cancelled) => summary.cancelled = true,
            None => {}
        }
        // The sink is finished even if the batch was stopped, so that an archive can be opened.
        let ended = match self.target.into_inner().unwrap_or_else(PoisonError::into_inner) {
            BatchTarget::Files(sink) => sink.finish(),
            // A PDF without pages is not a PDF: readers refuse it.
            BatchTarget::Merged(_) if summary.made == 0 => {
                return Err(Diagnostic::error(
                    "batch-empty",
                    say!("no record could be made, so there is nothing to merge"),
                )
                .into());
            }
            BatchTarget::Merged(merge) => merge.finish(&self.batch.meta()),
        };
        ended.map_err(|source| Error::Io { path: "the end of the batch".into(), source })?;
        Ok(summary)
    }
}

/// Gives the files of a record to a sink: what does not end the batch may end the record.
fn put_all(sink: &mut dyn FileSink, files: &[NamedFile]) -> Result<Result<(), Error>, Stop> {
    for (name, bytes) in files {
        for attempt in 1.. {
            let Err(source) = sink.put(name, bytes) else { break };
            let decided = sink.refused(name, &source, attempt);
            let fault = Error::Io { path: sink.path(name), source };
            match decided {
                OnRefusal::Retry => {}
                OnRefusal::Skip => return Ok(Err(fault)),
                OnRefusal::Stop => return Err(Stop::Fault(fault)),
            }
        }
    }
    Ok(Ok(()))
}

/// The file of a page, counted from 0, of a record with so many: the only one needs no number.
fn of_page(file: &str, number: usize, count: usize) -> String {
    match file.rsplit_once('.') {
        Some((stem, ending)) if count > 1 => format!("{stem}-{}.{ending}", number + 1),
        _ => file.to_owned(),
    }
}

/// Lets the others end when a thread ends, be it in a panic: who waits for its record would wait
/// for ever.
struct Alarm<F: FnMut()>(F);

impl<F: FnMut()> Drop for Alarm<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// What `work` makes of all items, in their order, by so many threads.
fn parallel<T: Send, U: Send>(
    threads: usize,
    items: Vec<T>,
    work: impl Fn(T) -> U + Sync,
) -> Vec<U> {
    let items = Mutex::new(items.into_iter().enumerate());
    let done = Mutex::new(Vec::new());
    let run = || {
        loop {
            let next = lock(&items).next();
            let Some((at, item)) = next else { break };
            let made = work(item);
            lock(&done).push((at, made));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            let _ = thread::Builder::new().spawn_scoped(scope, run);
        }
        run();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
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
    // Soft hyphens and joiners are not seen on paper.
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

/// A doubt about a form, with what a table has for it: who fills in a table writes no YAML.
fn in_a_table(fault: Diagnostic) -> Diagnostic {
    if fault.code() != "uncertain-form" {
        return fault;
    }
    fault.hint(say!(
        "in a table: put the name into the nominative, or add a column «Пол» (м, ж), «ФИО в \
         дательном падеже» or «Должность в дательном падеже»"
    ))
}

impl<E: FnMut(&Outcome) -> ControlFlow<()>> Clerk<E> {
    /// Gives a record to the target and tells the caller.
    fn hand_over(&mut self, mut job: Job<Made>, target: &mut BatchTarget<'_>) -> Result<(), Stop> {
        let warnings = std::mem::take(&mut job.warnings);
        let warnings =
            warnings.into_iter().map(|fault| in_a_table(job.in_its_column(fault))).collect();
        if let Err(Fail::Faults(faults)) = &mut job.work {
            let all = std::mem::take(faults);
            let all = all.into_iter().map(|fault| job.in_its_column(fault)).collect();
            job.work = Err(Fail::Faults(all));
        }
        let (mut text, mut number) = (None, None);
        let Job { row, sheet, recipient, work, .. } = job;
        let work = work.map(|made| {
            number = made.number;
            made.what
        });
        let status = match (work, target) {
            (Ok(What::Files(files, words)), BatchTarget::Files(sink)) => {
                text = words;
                match put_all(&mut **sink, &files)? {
                    Ok(()) => Status::Made(files.into_iter().map(|(name, _)| name).collect()),
                    Err(skipped) => Status::Failed(skipped.into_diagnostics()),
                }
            }
            (Ok(What::Part(fragment)), BatchTarget::Merged(merge)) => {
                merge.push(*fragment).map_err(|source| {
                    Stop::Fault(Error::Io { path: "the merged PDF".into(), source })
                })?;
                Status::Made(Vec::new())
            }
            (Ok(What::Nothing(files)), _) => Status::Skipped(files),
            (Ok(_), _) => Status::Made(Vec::new()),
            (Err(Fail::Faults(faults)), _) => Status::Failed(faults),
            (Err(Fail::Left(why)), _) => Status::Left(why),
        };
        match &status {
            Status::Made(_) => self.summary.made += 1,
            Status::Skipped(_) => self.summary.skipped += 1,
            Status::Failed(_) => self.summary.failed += 1,
            Status::Left(_) => self.summary.left += 1,
        }
        match (self.each)(&Outcome { row, sheet, recipient, number, status, warnings, text }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Cancelled),
        }
    }
}
