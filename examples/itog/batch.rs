use std::collections::BTreeMap;
use std::io::{self, BufWriter};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;

use itog::Check;
use itog::DocxOptions;
use itog::batch::table::{self, DataTable, TableFormat, TableOptions};
use itog::batch::{Batch, BatchOptions, FileSink, Folder, Outcome, Status, Summary, Zip};
use itog::diag::{Diagnostic, Error};
use itog::engine::Engine;
use itog::model::{Common, Origin};

use crate::args::{self, Output};
use crate::output::{self, Part};
use crate::progress::Progress;
use crate::record::Records;
use crate::report::Report;
use crate::{exit, input, plan, render, trust};

pub(crate) fn run(args: &args::Batch, report: &mut Report) -> ExitCode {
    let to = args.to.clone().unwrap_or(if args.merge.is_some() {
        vec![Output::Pdf]
    } else {
        vec![Output::Pdf, Output::Docx]
    });
    if args.merge.is_some() && to.contains(&Output::Docx) {
        eprintln!("error: only PDFs can be merged; leave out `--to docx`");
        return ExitCode::from(2);
    }
    let mut options = BatchOptions::default();
    options.pdf = to.contains(&Output::Pdf).then(|| render::standard(args.standard));
    options.docx = to.contains(&Output::Docx).then(DocxOptions::default);
    options.jobs = args.jobs;
    options.resume = args.resume;
    match args.sign.as_deref().map(trust::secret).transpose() {
        Ok(key) => options.sign = key,
        Err(error) => return exit(Err(error), report),
    }
    if let Some(name) = &args.name {
        options.name.clone_from(name);
    }
    let (template, common) = (args.template.as_deref(), args.common.as_deref());
    let engine = input::engine(&args.own, &[Some(&args.table), common], report);
    let made = engine
        .and_then(|engine| batch(&engine, template, common, options, &args.allow, report))
        .and_then(|batch| {
            let (batch, reading) = (batch, reading(&args.reading));
            let reading = reading.with_common(batch.common());
            let rows = open(&args.table, &reading)?;
            let warnings = rows.plan().warnings.clone();
            let mut run = Run::new(&args.table, &reading, args.report.as_deref(), report)?;
            run.told(warnings.iter().chain(&batch.lacks(rows.plan())));
            let done = if let Some(path) = &args.merge {
                let mut part = Part::new(path)?;
                let mut writer = BufWriter::new(part.file());
                let done = batch.merge(rows, &mut writer, |outcome| run.hear(outcome));
                drop(writer);
                run.end(done, path)?;
                part.finish()
            } else if let Some(path) = &args.zip {
                let mut part = Part::new(path)?;
                let mut zip = Zip::new(BufWriter::new(part.file()));
                let done = batch.run(rows, &mut zip, |outcome| run.hear(outcome));
                drop(zip);
                run.end(done, path)?;
                part.finish()
            } else {
                let path = args.output.as_deref().unwrap_or(Path::new("."));
                let folder =
                    Folder::new(path).map_err(|source| Error::Io { path: path.into(), source })?;
                let mut folder =
                    if args.resume || args.overwrite { folder.replacing() } else { folder };
                let done = batch.run(rows, &mut folder, |outcome| run.hear(outcome));
                run.end(done, path)
            };
            done.map(|()| run.faults)
        });
    status(made, report)
}

/// Shows what is understood of a table, and goes the whole way with each row, but writes nothing.
pub(crate) fn check(args: &args::Check, report: &mut Report) -> ExitCode {
    let mut options = BatchOptions::default();
    options.docx = None;
    options.show = plan::SHOWN;
    let (template, common) = (args.data.template.as_deref(), args.common.as_deref());
    let engine = input::engine(&args.data.own, &[Some(&args.data.data), common], report);
    let made = engine
        .and_then(|engine| batch(&engine, template, common, options, &args.data.allow, report))
        .and_then(|batch| {
            let reading = reading(&args.reading).with_common(batch.common());
            let rows = open(&args.data.data, &reading)?;
            let table = rows.plan().clone();
            let mut shown = plan::Shown::new(&table);
            shown.columns()?;
            let mut run = Run::new(&args.data.data, &reading, None, report)?;
            run.told(table.warnings.iter().chain(&batch.lacks(&table)));
            let mut nowhere = |_: &str, _: &[u8]| Ok(());
            let done = batch.run(rows, &mut nowhere as &mut dyn FileSink, |outcome| {
                shown.hear(outcome);
                run.hear(outcome)
            });
            let summary = done?;
            run.last_words();
            shown.rows(&summary)?;
            Ok(run.faults)
        });
    status(made, report)
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
        Some(TableFormat::Yaml | TableFormat::Json) => {
            let mut options = TableOptions::default();
            options.plain = true;
            table::open(path, &options).is_ok()
        }
        format => format.is_some(),
    }
}

fn status(made: Result<bool, Error>, report: &mut Report) -> ExitCode {
    match made {
        Ok(faults) => ExitCode::from(u8::from(faults)),
        Err(error) => exit(Err(error), report),
    }
}

fn batch(
    engine: &Engine,
    template: Option<&str>,
    common: Option<&Path>,
    options: BatchOptions,
    allowed: &[Check],
    report: &mut Report,
) -> Result<Batch, Error> {
    let mut pictures = None;
    let common = match common {
        Some(path) => {
            let (bytes, format) = input::bytes(path)?;
            pictures = input::beside(path);
            let shown = path.display().to_string();
            report.origin = Some(Origin::new(&bytes, &shown, format));
            report.warned(Common::read(&bytes, &shown, format)?)
        }
        None => Common::default(),
    };
    let name = template
        .or(common.certificate().design.template.as_deref())
        .unwrap_or("certificate-classic");
    let design = input::load(engine, name, pictures, allowed, report)?;
    Batch::new(engine, design, common, options)
}

fn open(path: &Path, options: &TableOptions) -> Result<DataTable, Error> {
    if path == Path::new("-") {
        table::read(io::stdin(), "stdin", Some(TableFormat::JsonLines), options)
    } else {
        table::open(path, options)
    }
}

/// What is said while a batch goes on.
struct Run<'a> {
    table: String,
    report: &'a mut Report,
    progress: Progress,
    records: Option<Records>,
    faults: bool,
    /// How often faults of a kind were met: code, column.
    alike: BTreeMap<(&'static str, String), Alike>,
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

impl<'a> Run<'a> {
    fn new(
        table: &Path,
        reading: &TableOptions,
        records: Option<&Path>,
        report: &'a mut Report,
    ) -> Result<Self, Error> {
        let progress = Progress::new(|| open_again(table, reading));
        let records = records.map(Records::new).transpose()?;
        let table = table.display().to_string();
        Ok(Self { table, report, progress, records, faults: false, alike: BTreeMap::new() })
    }

    /// Says what holds for the whole table.
    fn told<'d>(&mut self, warnings: impl Iterator<Item = &'d Diagnostic>) {
        warnings.for_each(|warning| self.report.of_table(&self.table, warning));
    }

    /// Says how many faults were not told by themselves.
    fn last_words(&mut self) {
        for ((code, column), alike) in &self.alike {
            if alike.count > ALIKE {
                let more = alike.count - ALIKE;
                let of =
                    if column.is_empty() { String::new() } else { format!(" in «{column}»") };
                let message = format!("{more} more{of} like this, the last in row {}", alike.last);
                let fault =
                    Diagnostic::warning(code, message).hint("--report FILE.json has all of them");
                self.report.of_table(&self.table, &fault);
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
        match self.records.as_mut().map(|records| records.add(outcome)) {
            Some(Err(error)) => {
                self.report.error(&error);
                self.faults = true;
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        }
    }

    /// Says how it went, and finishes the report even if the batch could not be finished.
    fn end(&mut self, done: Result<Summary, Error>, place: &Path) -> Result<(), Error> {
        let (summary, failed) = match done {
            Ok(summary) => (summary, None),
            Err(error) => (self.progress.so_far(), Some(error)),
        };
        self.progress.finish();
        self.last_words();
        // Of one file for all, nothing is left when it could not be finished.
        let nothing_left = failed.is_some() && !place.is_dir();
        if let Some(records) = self.records.take() {
            records.finish(&summary)?;
        }
        if !nothing_left {
            let Summary { made, skipped, failed, left, .. } = summary;
            let left = if left > 0 { format!(", {left} rows left out") } else { String::new() };
            output::say(format_args!(
                "{}: {made} made, {skipped} there already, {failed} failed{left}",
                place.display()
            ))?;
        }
        match failed {
            Some(Error::Io { path, source }) if source.kind() == io::ErrorKind::AlreadyExists => {
                let fault =
                    Diagnostic::error("file-exists", format!("{}: {source}", path.display()));
                Err(fault
                    .hint("--resume makes only what is missing; --overwrite makes everything anew")
                    .into())
            }
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}

/// How many rows a table has, which takes reading it: only asked for when somebody is watching.
fn open_again(path: &Path, options: &TableOptions) -> Option<u64> {
    let rows = table::open(path, options).ok()?;
    Some(rows.count() as u64)
}
