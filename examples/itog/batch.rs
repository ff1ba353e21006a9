//! `batch`: a document for each row of a table; and the look at a table that `check` takes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use itog::Check;
use itog::DocxOptions;
use itog::batch::table::{self, DataTable, Plan, TableFormat, TableOptions};
use itog::batch::{
    Base, Batch, BatchOptions, ContentsList, FileSink, Folder, Outcome, Shape, Status, Summary, Zip,
};
use itog::diag::{Diagnostic, Error, Message, say};
use itog::engine::Engine;
use itog::model::{self, Common, DocumentDraft, Origin};

use crate::args::{self, Output};
use crate::language::told;
use crate::output::{self, Part};
use crate::progress::Progress;
use crate::record::Records;
use crate::report::Report;
use crate::{exit, impose, input, plan, render, trust};

pub(crate) fn run(args: &args::Batch, report: &mut Report) -> ExitCode {
    let to = args.to.clone().unwrap_or(if args.merge.is_some() {
        vec![Output::Pdf]
    } else {
        vec![Output::Pdf, Output::Docx]
    });
    if args.merge.is_some() && to != [Output::Pdf] {
        eprintln!("{}", told(&say!("error: only PDFs can be merged; leave out `--to`")));
        return ExitCode::from(2);
    }
    let key = match args.sign.as_deref().map(trust::secret).transpose() {
        Ok(key) => key,
        Err(error) => return exit(Err(error), report),
    };
    let docx = DocxOptions::default().with_soft_hyphens(!args.no_soft_hyphens);
    let mut options = BatchOptions::default()
        .with_pdf(to.contains(&Output::Pdf).then(|| render::standard(args.standard)))
        .with_docx(to.contains(&Output::Docx).then_some(docx))
        .with_svg(to.contains(&Output::Svg))
        .with_png(to.contains(&Output::Png).then_some(args.dpi))
        .with_jobs(args.jobs)
        .with_resume(args.resume)
        .with_shard(args.shard)
        .with_image_dpi(args.image_dpi)
        .with_sign(key);
    if let Some(name) = &args.name {
        options.name.clone_from(name);
    }
    status(made(args, options, report), report)
}

/// Makes the files; says how it went.
fn made(args: &args::Batch, options: BatchOptions, report: &mut Report) -> Result<Ended, Error> {
    let (template, common) = (args.template.as_deref(), args.common.as_deref());
    let joined = args.reading.join.as_ref().and_then(|join| join.first()).map(Path::new);
    let outputs = [&args.merge, &args.zip, &args.report, &args.index];
    output::ends_with(args.merge.as_deref(), "pdf")?;
    output::ends_with(args.zip.as_deref(), "zip")?;
    output::ends_with(args.index.as_deref(), "xlsx")?;
    // A blank made in Word is a file; a built-in template, or a folder, is none to be replaced.
    let blank = template.map(Path::new);
    let names = args.own.names.as_deref();
    let inputs = [Some(args.table.as_path()), common, names, joined, args.sign.as_deref(), blank];
    let inputs = || inputs.into_iter().flatten();
    output::apart(outputs.into_iter().flatten().map(PathBuf::as_path), inputs())?;
    if !(args.resume || args.overwrite) {
        outputs.into_iter().flatten().try_for_each(|path| output::may_replace(path))?;
    }
    let engine = input::engine(&args.own, &[Some(&args.table), common], report)?;
    let ready = || batch(&engine, template, (common, false), options, &args.allow, report);
    let batch = engine.limits().hold(ready)?;
    let reading = batch.reading(reading(&args.reading)).with_limits(input::limits(&args.own)?);
    let rows = open(&args.table, &reading, args.reading.join.as_deref())?;
    let warnings = rows.plan().warnings.clone();
    let mut run = Run::new(&args.table, &reading, rows.plan(), report)?;
    run.records = args.report.as_deref().map(|path| Records::new(path, args.shard)).transpose()?;
    run.index = args.index.as_deref().map(List::new).transpose()?;
    run.replaces = args.resume || args.overwrite;
    run.told(warnings.iter().chain(&batch.lacks(rows.plan())));
    if let Some(path) = &args.merge {
        let mut part = Part::new(path)?;
        let mut writer = BufWriter::new(part.file());
        let done = batch.merge(rows, &mut writer, |outcome| run.hear(outcome));
        drop(writer);
        run.end(done, path)?.whole(|| {
            if let Some(impose) = args.impose {
                part.replace_with(|bytes| {
                    impose::on_sheets(&bytes, impose).map(|made| report.warned(made))
                })?;
            }
            part.finish()
        })
    } else if let Some(path) = &args.zip {
        let mut part = Part::new(path)?;
        let mut zip = Zip::new(BufWriter::new(part.file()));
        let done = batch.run(rows, &mut zip, |outcome| run.hear(outcome));
        drop(zip);
        run.end(done, path)?.whole(|| part.finish())
    } else {
        let path = args.output.as_deref().unwrap_or(Path::new("."));
        let folder = Folder::new(path).map_err(|source| Error::Io { path: path.into(), source })?;
        let folder = folder.keeping(inputs());
        let mut folder = if run.replaces { folder.replacing() } else { folder };
        let done = batch.run(rows, &mut folder, |outcome| run.hear(outcome));
        run.end(done, path)
    }
}

/// How a batch ended that was not kept from its end by an error.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Well,
    WithFaults,
    /// By Ctrl-C.
    Stopped,
}

impl Ended {
    /// Does what only the whole is worth.
    fn whole(self, then: impl FnOnce() -> Result<(), Error>) -> Result<Self, Error> {
        if self != Self::Stopped {
            then()?;
        }
        Ok(self)
    }
}

/// Shows what is understood of a table, and goes the whole way with each row, but writes nothing.
pub(crate) fn check(args: &args::Check, report: &mut Report) -> ExitCode {
    let options = BatchOptions::default().with_docx(None).with_dry(true).with_show(plan::SHOWN);
    let made = prepare(args, options, report).and_then(|prepared| {
        let Prepared { batch, reading, rows } = prepared;
        let table = rows.plan().clone();
        let mut shown = plan::Shown::new(&table);
        shown.columns()?;
        let mut run = Run::new(&args.data.data, &reading, &table, report)?;
        run.told(table.warnings.iter().chain(&batch.lacks(&table)));
        let mut nowhere = |_: &str, _: &[u8]| Ok(());
        let done = batch.run(rows, &mut nowhere as &mut dyn FileSink, |outcome| {
            shown.hear(outcome);
            run.hear(outcome)
        });
        let summary = done?;
        run.last_words();
        shown.rows(&summary)?;
        Ok(run.ended(&summary))
    });
    status(made, report)
}

/// A batch of a table, before any row of it is made.
pub(crate) struct Prepared {
    pub batch: Batch,
    reading: TableOptions,
    pub rows: DataTable,
}

/// Makes a table ready that is only looked at.
pub(crate) fn prepare(
    args: &args::Check,
    options: BatchOptions,
    report: &mut Report,
) -> Result<Prepared, Error> {
    let (template, common) = (args.data.template.as_deref(), args.common.as_deref());
    let engine = input::engine(&args.data.own, &[Some(&args.data.data), common], report)?;
    // What is only looked at stands on the scan of its form.
    let ready = || batch(&engine, template, (common, true), options, &args.data.allow, report);
    let batch = engine.limits().hold(ready)?;
    let reading = batch.reading(reading(&args.reading));
    let reading = reading.with_limits(input::limits(&args.data.own)?);
    let rows = open(&args.data.data, &reading, args.reading.join.as_deref())?;
    Ok(Prepared { batch, reading, rows })
}

fn reading(args: &args::Reading) -> TableOptions {
    let mut options = TableOptions::default();
    options.sheet.clone_from(&args.sheet);
    options.hidden = args.hidden_rows;
    options
}

/// Whether a file is a table: by its ending, or a list where a document would be a map.
pub(crate) fn is_table(path: &Path) -> bool {
    match TableFormat::from_path(path) {
        Some(TableFormat::Yaml | TableFormat::Json) if begins_with_a_key(path) => false,
        Some(TableFormat::Yaml | TableFormat::Json) => {
            table::open(path, &TableOptions::default().with_plain(true)).is_ok()
        }
        format => format.is_some(),
    }
}

/// Whether a file of data begins with a letter, as maps do and no list does: then it need not be
/// read to know that it is no table.
fn begins_with_a_key(path: &Path) -> bool {
    // Enough for the comments at the top of any file; in other encodings no letter is found.
    let mut top = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut top));
    let text = String::from_utf8_lossy(&top);
    let mut lines = text.trim_start_matches('\u{FEFF}').lines();
    let first = lines.find(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#') && line != "---"
    });
    let is_key = |line: &str| {
        // A workbook with a wrong ending begins with letters, too.
        line.starts_with(char::is_alphabetic) && !line.contains(char::is_control)
    };
    // A file of nothing but remarks is a map without keys.
    read.is_ok() && first.is_none_or(is_key)
}

fn status(made: Result<Ended, Error>, report: &mut Report) -> ExitCode {
    match made {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::WithFaults) => ExitCode::from(1),
        // As shells have it of a program that SIGINT ended.
        Ok(Ended::Stopped) => ExitCode::from(130),
        Err(error) => exit(Err(error), report),
    }
}

fn batch(
    engine: &Engine,
    template: Option<&str>,
    (common, shown): (Option<&Path>, bool),
    options: BatchOptions,
    allowed: &[Check],
    report: &mut Report,
) -> Result<Batch, Error> {
    let pictures = common.and_then(input::beside);
    let read = match common {
        Some(path) => {
            let (bytes, format) = input::bytes(path, engine.limits())?;
            let name = path.display().to_string();
            report.origin = Some(Origin::new(&bytes, &name, format));
            Some((bytes, name, format))
        }
        None => None,
    };
    let of_certificates = |report: &mut Report| match &read {
        Some((bytes, name, format)) => {
            let mut common = report.warned(Common::read(bytes, name, *format)?);
            if shown {
                common.show_form();
            }
            Ok::<Common, Error>(common)
        }
        None => Ok(Common::default()),
    };
    let Some(template) = template else {
        let common = of_certificates(report)?;
        let name = common.certificate().design.template.as_deref();
        let name = name.unwrap_or("certificate-classic").to_owned();
        let design = input::load(engine, &name, pictures, allowed, report)
            .map_err(|error| input::named_in_data(error, &name))?;
        return Batch::new(engine, design, common, options);
    };
    let design = input::load(engine, template, pictures, allowed, report)?;
    let base: Base = match Shape::of(&design) {
        Shape::Document => {
            let draft = match &read {
                Some((bytes, name, format)) => {
                    report.warned(DocumentDraft::read(bytes, name, *format)?)
                }
                None => DocumentDraft::default(),
            };
            match common.and_then(Path::parent) {
                Some(folder) if folder.as_os_str().is_empty() => {
                    draft.beside(Path::new(".")).into()
                }
                Some(folder) => draft.beside(folder).into(),
                None => draft.into(),
            }
        }
        Shape::Own => match &read {
            Some((bytes, name, format)) => {
                report.warned(model::values(bytes, name, *format)?).into()
            }
            None => Base::Own(Default::default()),
        },
        _ => of_certificates(report)?.into(),
    };
    Batch::new(engine, design, base, options)
}

/// Opens a table, with another one joined to it: `TABLE on COLUMN`.
fn open(path: &Path, options: &TableOptions, join: Option<&[String]>) -> Result<DataTable, Error> {
    let table = if path == Path::new("-") {
        table::read(io::stdin(), "stdin", Some(TableFormat::JsonLines), options)
    } else {
        table::open(path, options)
    }?;
    let Some([other, on, column]) = join else { return Ok(table) };
    if !matches!(on.as_str(), "on" | "по") {
        let message =
            say!("--join {other} {on} {column}: it is `--join TABLE on COLUMN`", other, on, column);
        return Err(Diagnostic::error("table-join", message).into());
    }
    let joined = table::open(Path::new(other), &options.to_join())?;
    table.join(joined, other, column)
}

/// Whether the user has pressed Ctrl-C.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C end the batch after the record that is written; a second one ends it at once.
fn listen() {
    // Where signals cannot be heard, Ctrl-C ends the program as ever: files are still whole.
    let _ = ctrlc::set_handler(|| {
        if STOPPED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
}

/// The file of `--index`.
struct List {
    part: Part,
    index: ContentsList<BufWriter<File>>,
    path: PathBuf,
}

impl List {
    fn new(path: &Path) -> Result<Self, Error> {
        let mut part = Part::new(path)?;
        let index = ContentsList::new(BufWriter::new(part.file()))
            .map_err(|source| Error::Io { path: path.into(), source })?;
        Ok(Self { part, index, path: path.into() })
    }

    fn add(&mut self, outcome: &Outcome) -> Result<(), Error> {
        self.index.add(outcome).map_err(|source| Error::Io { path: self.path.clone(), source })
    }

    fn finish(self) -> Result<(), Error> {
        let Self { part, index, path } = self;
        index.finish().map_err(|source| Error::Io { path, source })?;
        part.finish()
    }
}

/// What is said while a batch goes on.
struct Run<'a> {
    table: String,
    report: &'a mut Report,
    progress: Progress,
    records: Option<Records>,
    index: Option<List>,
    faults: bool,
    /// How often faults of a kind were met: code, column.
    alike: BTreeMap<(&'static str, String), Alike>,
    /// Faults that were told, and the other rows that have the very same.
    same: BTreeMap<String, SameFault>,
    /// Files that are there are replaced.
    replaces: bool,
}

/// Faults of one kind.
#[derive(Default)]
struct Alike {
    count: usize,
    /// The last row, which is not told by itself.
    last: u64,
}

/// How many faults of a kind are told each by itself; the others are told together at the end.
const ALIKE: usize = 20;

/// A fault that was told, and the other rows that have the very same.
struct SameFault {
    code: &'static str,
    message: Message,
    count: usize,
    /// The first of these rows.
    rows: Vec<u64>,
}

/// How many different faults are remembered: memory does not grow with the table.
const REMEMBERED: usize = 512;

/// How many rows with one fault are named.
const NAMED: usize = 10;

impl<'a> Run<'a> {
    fn new(
        table: &Path,
        reading: &TableOptions,
        plan: &Plan,
        report: &'a mut Report,
    ) -> Result<Self, Error> {
        listen();
        // Records of a list have keys, and no letters.
        let columns = plan.columns.iter().filter(|_| plan.head.is_some());
        report.columns = columns.map(|p| (p.header.clone(), table::letter(p.at))).collect();
        let (path, reading) = (table.to_owned(), reading.clone());
        let progress = Progress::new(move || open_again(&path, &reading));
        let table = table.display().to_string();
        Ok(Self {
            table,
            report,
            progress,
            records: None,
            index: None,
            faults: false,
            alike: BTreeMap::new(),
            same: BTreeMap::new(),
            replaces: false,
        })
    }

    fn ended(&mut self, summary: &Summary) -> Ended {
        match () {
            () if summary.cancelled => Ended::Stopped,
            () if summary.rows == 0 => {
                let message = say!("no row stands below the names of the columns");
                let hint = say!("see what was taken for these names: itog check");
                let fault = Diagnostic::error("batch-empty", message).hint(hint);
                self.report.of_table(&self.table, &fault);
                Ended::WithFaults
            }
            () if self.faults => Ended::WithFaults,
            () => Ended::Well,
        }
    }

    /// Says what holds for the whole table.
    fn told<'d>(&mut self, warnings: impl Iterator<Item = &'d Diagnostic>) {
        warnings.for_each(|warning| self.report.of_table(&self.table, warning));
    }

    /// Says how many faults were not told by themselves.
    fn last_words(&mut self) {
        let table = &self.table;
        for same in std::mem::take(&mut self.same).into_values().filter(|same| same.count > 0) {
            let SameFault { code, message, count, rows } = same;
            let rows: Vec<String> = rows.iter().map(u64::to_string).collect();
            let more = if count > rows.len() { " …" } else { "" };
            let message = say!(
                "{message}: the same in {count} more rows: {rows}{more}",
                message,
                count,
                rows,
                more
            );
            self.report.of_table(table, &Diagnostic::warning(code, message));
        }
        for ((code, column), alike) in &self.alike {
            if alike.count > ALIKE {
                let more = alike.count - ALIKE;
                let last = alike.last;
                let message = if column.is_empty() {
                    say!("{more} more like this, the last in row {last}", more, last)
                } else {
                    say!(
                        "{more} more in «{column}» like this, the last in row {last}",
                        more,
                        column,
                        last
                    )
                };
                let fault = Diagnostic::warning(code, message)
                    .hint(say!("--report FILE.json has all of them"));
                self.report.of_table(&self.table, &fault);
            }
        }
    }

    /// Whether a row before had the very same fault: its rows are told together at the end.
    fn is_same(&mut self, fault: &Diagnostic, row: u64) -> bool {
        let (key, full) = (fault.to_string(), self.same.len() >= REMEMBERED);
        match self.same.get_mut(&key) {
            Some(same) => {
                same.count += 1;
                if same.rows.len() < NAMED {
                    same.rows.push(row);
                }
                true
            }
            None if full => false,
            None => {
                let (code, message) = (fault.code(), fault.message().clone());
                self.same.insert(key, SameFault { code, message, count: 0, rows: Vec::new() });
                false
            }
        }
    }

    fn hear(&mut self, outcome: &Outcome) -> ControlFlow<()> {
        let faults = match &outcome.status {
            Status::Failed(faults) => &faults[..],
            Status::Left(why) => std::slice::from_ref(why),
            _ => &[],
        };
        self.faults |= matches!(outcome.status, Status::Failed(_));
        let mut told: Vec<&Diagnostic> = Vec::new();
        for fault in faults.iter().chain(&outcome.warnings) {
            if self.is_same(fault, outcome.row) {
                continue;
            }
            let column = fault.data_path().unwrap_or_default().to_owned();
            let alike = self.alike.entry((fault.code(), column)).or_default();
            alike.count += 1;
            alike.last = outcome.row;
            if alike.count <= ALIKE {
                told.push(fault);
            }
        }
        let (table, report) = (&self.table, &mut *self.report);
        if !told.is_empty() {
            self.progress.aside(|| told.iter().for_each(|fault| report.row(table, outcome, fault)));
        }
        self.progress.count(outcome);
        let noted = self.records.as_mut().map_or(Ok(()), |records| records.add(outcome));
        let noted =
            noted.and_then(|()| self.index.as_mut().map_or(Ok(()), |index| index.add(outcome)));
        match noted {
            Err(error) => {
                self.report.error(error);
                self.faults = true;
                ControlFlow::Break(())
            }
            Ok(()) if STOPPED.load(Ordering::Relaxed) => ControlFlow::Break(()),
            Ok(()) => ControlFlow::Continue(()),
        }
    }

    /// Says how it went, and finishes the report even if the batch could not be finished.
    fn end(&mut self, done: Result<Summary, Error>, place: &Path) -> Result<Ended, Error> {
        let (summary, failed) = match done {
            Ok(summary) => (summary, None),
            Err(error) => (self.progress.so_far(), Some(error)),
        };
        self.progress.finish();
        self.last_words();
        // Of one file for all, nothing is left when it could not be finished.
        let stopped = failed.is_some() || summary.cancelled;
        let nothing_left = stopped && !place.is_dir();
        if let Some(records) = self.records.take() {
            records.finish(&summary)?;
        }
        if let Some(index) = self.index.take() {
            index.finish()?;
        }
        if !nothing_left {
            let counts = failed.is_none();
            let Summary { made, skipped, failed, left, .. } = summary;
            let left = (left > 0).then(|| say!(", {left} rows left out", left));
            // How it ended is told by the error; what was made before it stays.
            let went = say!(
                "{place}: {made} made, {skipped} there already, {failed} failed{left}",
                place = place.display(),
                made,
                skipped,
                failed,
                left
            );
            if counts || made > 0 {
                output::note(told(&went))?;
            }
        }
        if summary.cancelled {
            let what = if nothing_left {
                say!("stopped; {place} is not made: begin anew", place = place.display())
            } else {
                say!(
                    "stopped; all files in {place} are whole: the same command with --resume goes \
                     on",
                    place = place.display()
                )
            };
            self.report.of_table(&self.table, &Diagnostic::warning("batch-stopped", what));
        }
        match failed {
            // Where files are replaced, only one that the batch reads is not.
            Some(Error::Io { path, source })
                if source.kind() == io::ErrorKind::AlreadyExists && self.replaces =>
            {
                Err(output::is_input(&path).into())
            }
            Some(Error::Io { path, source }) if source.kind() == io::ErrorKind::AlreadyExists => {
                let fault = Diagnostic::error(
                    "file-exists",
                    say!("{path} is there already", path = path.display()),
                );
                Err(fault
                    .hint(say!(
                        "--resume makes only what is missing; --overwrite makes everything anew"
                    ))
                    .into())
            }
            Some(error) => Err(error),
            None => Ok(self.ended(&summary)),
        }
    }
}

/// How many rows a table has, which takes reading it: only asked for when somebody is watching.
fn open_again(path: &Path, options: &TableOptions) -> Option<u64> {
    let rows = table::open(path, options).ok()?;
    Some(rows.count() as u64)
}
