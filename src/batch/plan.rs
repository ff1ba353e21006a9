//! From rows to jobs, in the order of the table: whose certificate it is, in which design, under
//! which name.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;

use super::base::{RowRecord, plain_name};
use super::doubts;
use super::filename::Names;
use super::table::{DataCell, DataRow, RowContent};
use super::{Batch, BatchOptions, FoundFile, origin};
use crate::cache::{Serial, SmallCache};
use crate::diag::{Diagnostic, Error, Warned, bare, say};
use crate::engine::Design;
use crate::model::{Certificate, Column};
use crate::pdf::SharedResources;
use crate::trust;

/// A design with what its PDFs share, once that is known.
pub(super) struct PreparedDesign {
    /// The number that it is known by.
    pub(super) serial: Serial,
    pub(super) design: Design,
    pub(super) shared: OnceLock<SharedResources>,
    /// A number for the design and the options.
    fingerprint: OnceLock<u64>,
    /// Numbers for the files that data name: most rows name the same emblem and signatures.
    named: SmallCache<String, Option<u64>>,
}

impl PreparedDesign {
    fn new(design: Design) -> Arc<Self> {
        Arc::new(Self {
            serial: Serial::next(),
            design,
            shared: OnceLock::new(),
            fingerprint: OnceLock::new(),
            named: SmallCache::default(),
        })
    }

    /// A number for all that a record's files are made of.
    pub(super) fn made_of(&self, record: &RowRecord, options: &BatchOptions) -> u64 {
        let whole = || self.design.fingerprint() ^ origin::of_options(options).rotate_left(1);
        let named = |name: &str| {
            let made = self
                .named
                .get(name.to_owned(), |name| Ok::<_, Infallible>(self.design.digest_of_file(name)));
            made.ok().flatten()
        };
        origin::of_record(record, *self.fingerprint.get_or_init(whole), &named)
    }
}

/// One row on its way.
pub(super) struct Job<T> {
    pub(super) row: u64,
    /// Its sheet, where there are several.
    pub(super) sheet: Option<Arc<str>>,
    pub(super) recipient: String,
    /// Header and cell of each column, to which faults are led.
    pub(super) cells: Arc<[DataCell]>,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) work: Result<T, Fail>,
}

/// Why a row makes nothing.
pub(super) enum Fail {
    /// Faults end a record, not the batch.
    Faults(Vec<Diagnostic>),
    /// It is not a record.
    Left(Diagnostic),
}

impl<T> Job<T> {
    /// The next stage of the work, which may add warnings, or fail.
    pub(super) fn then<U>(
        self,
        stage: impl FnOnce(T, &mut Vec<Diagnostic>) -> Result<U, Error>,
    ) -> Job<U> {
        let Self { row, sheet, recipient, cells, mut warnings, work } = self;
        let work = work.and_then(|work| {
            stage(work, &mut warnings).map_err(|error| Fail::Faults(error.into_diagnostics()))
        });
        Job { row, sheet, recipient, cells, warnings, work }
    }

    /// The fault, said to be in the column whose cell holds the value to blame.
    pub(super) fn in_its_column(&self, fault: Diagnostic) -> Diagnostic {
        let Some(value) = fault.datum().map(|datum| bare(&datum.text)).filter(|v| !v.is_empty())
        else {
            return fault;
        };
        let rank = |cell: &str| {
            let cell = bare(cell);
            match () {
                () if cell.is_empty() => 0,
                // A cell that is the value is surer than one that contains it. A value that only
                // contains the cell must share more than three letters: «II» or «да» are in
                // everything.
                () if cell == value => 3,
                () if cell.contains(&value) => 2,
                () if value.contains(&cell) && cell.chars().count() > 3 => 1,
                () => 0,
            }
        };
        let best = self.cells.iter().map(|cell| (rank(&cell.text), &cell.header));
        match best.filter(|(rank, _)| *rank > 0).max_by_key(|(rank, _)| *rank) {
            Some((_, header)) => fault.traced(None, &**header),
            None => fault,
        }
    }
}

/// What is to be made of a row.
pub(super) struct Task {
    pub(super) record: RowRecord,
    /// What the outline calls it.
    pub(super) title: String,
    /// The number that it bears.
    pub(super) number: Option<String>,
    pub(super) prepared: Arc<PreparedDesign>,
    pub(super) files: Vec<String>,
    pub(super) fate: Fate,
    /// Its words are asked for.
    pub(super) show: bool,
}

/// Whether a record is made here and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Make,
    /// Its files are there already.
    There,
    /// Another shard makes it.
    Elsewhere,
}

/// Plans rows and remembers what must not come twice.
pub(super) struct Planner<'a> {
    batch: &'a Batch,
    main: Arc<PreparedDesign>,
    others: BTreeMap<String, Arc<PreparedDesign>>,
    names: Names,
    planned: usize,
    /// How many rows there were.
    pub(super) rows: u64,
    /// What all shards must agree on: rows and names.
    digest: DefaultHasher,
    /// Digests of records with their rows, in the least room: there may be millions.
    seen: BTreeMap<u64, u32>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(batch: &'a Batch) -> Self {
        Self {
            batch,
            main: PreparedDesign::new(batch.design.clone()),
            others: BTreeMap::new(),
            names: Names::default(),
            planned: 0,
            rows: 0,
            digest: DefaultHasher::new(),
            seen: BTreeMap::new(),
        }
    }

    /// All designs that were needed so far.
    pub(super) fn prepared_designs(&self) -> impl Iterator<Item = &Arc<PreparedDesign>> {
        std::iter::once(&self.main).chain(self.others.values())
    }

    /// A number that two runs over the same table with the same options share.
    pub(super) fn digest(&self) -> u64 {
        self.digest.finish()
    }

    /// Makes a row a job, with whether it is of this shard. `found` tells what is there already
    /// under the name of a file, made of what a number says.
    // Over 60 lines: one record from its row to its file name; each step needs what the one before
    // has settled.
    pub(super) fn plan(
        &mut self,
        row: DataRow,
        endings: &[&str],
        found: &dyn Fn(&str, u64) -> FoundFile,
    ) -> (Job<Task>, bool) {
        let DataRow { number, sheet, content, notes, joined } = row;
        let own = self.batch.options.shard.is_none_or(|shard| shard.has(self.rows));
        self.rows += 1;
        number.hash(&mut self.digest);
        let of_sheet = sheet.clone();
        let failed = |recipient, fail| Job {
            row: number,
            sheet: of_sheet,
            recipient,
            cells: Arc::default(),
            warnings: Vec::new(),
            work: Err(fail),
        };
        let (cells, value) = match content {
            RowContent::Cells(cells) => (cells, None),
            RowContent::Value(value) => (Vec::new(), Some(value)),
            RowContent::Faulty(fault) => {
                return (failed(String::new(), Fail::Faults(vec![fault])), own);
            }
            RowContent::Left(why) => return (failed(String::new(), Fail::Left(why)), own),
        };
        let recipient = first_cell(&cells).to_owned();
        let cells: Arc<[DataCell]> = cells.into();
        let work = Ok(Arc::clone(&cells));
        let job = Job { row: number, sheet, recipient, cells, warnings: notes, work };
        let mut job = job.then(|cells, warnings| {
            // Two records of one's own are alike if all of them is.
            let all = value.as_ref().map(|value| Json::from(value.clone()).to_string());
            let maker = &self.batch.maker;
            let record = || match value {
                Some(value) => {
                    let value = maker.record_of(value)?;
                    Ok(Warned { value, warnings: Vec::new() })
                }
                None => maker.record(&cells, joined.as_ref()),
            };
            // The grammar of names is asked here, before the record has a watch of its own.
            let made = self.batch.design.watch().run(|_| None, record)??;
            warnings.extend(made.warnings);
            let mut record = made.value;
            let title = title(&record, &cells);
            self.look_at(&record, &title, (&cells, all), number, warnings);
            if let (Some(key), RowRecord::Certificate(certificate)) =
                (&self.batch.options.sign, &mut record)
            {
                // All that is signed is known now, and the template may show it: it must be there
                // before anything is composed.
                certificate.signed = Some(trust::Record::sign(certificate, key).to_string());
            }
            let prepared = self
                .prepared(&record, warnings)
                .map_err(|error| in_column(error, Column::Template, &cells))?;
            // Names are given in the order of the table before anything runs in parallel; a resumed
            // batch and each shard give the rows the same ones.
            let stem = self.batch.name.of(&record, &title, number)?;
            // Where no files have names, none need be remembered: there may be millions.
            let stem = if endings.is_empty() { stem } else { self.names.unique_path(stem) };
            stem.hash(&mut self.digest);
            let files: Vec<String> =
                endings.iter().map(|ending| format!("{stem}.{ending}")).collect();
            let options = &self.batch.options;
            let fate = match own {
                false => Fate::Elsewhere,
                true if options.resume && !files.is_empty() => {
                    resumed(&files, prepared.made_of(&record, options), found, warnings)
                }
                true => Fate::Make,
            };
            self.planned += usize::from(own);
            let show = own && self.planned <= self.batch.options.show;
            let number = number_of(&record);
            Ok(Task { record, title, number, prepared, files, fate, show })
        });
        if let Ok(task) = &job.work {
            job.recipient.clone_from(&task.title);
        }
        (job, own)
    }

    /// Doubts about a recipient, and whether it was there before.
    fn look_at(
        &mut self,
        record: &RowRecord,
        title: &str,
        (cells, all): (&[DataCell], Option<String>),
        row: u64,
        warnings: &mut Vec<Diagnostic>,
    ) {
        if let RowRecord::Certificate(certificate) = record {
            // In the cell that names the recipient, the surname before its other parts.
            let named = cells.iter().find(|c| c.column.is_some_and(Column::names));
            let doubt = self.doubtful(certificate).map(|doubt| match named {
                Some(cell) => doubt.path(&*cell.header),
                None => doubt,
            });
            warnings.extend(doubt);
        }
        // All that a sheet says: who won twice gets two.
        let mut digest = DefaultHasher::new();
        all.hash(&mut digest);
        // What tells two rows of one person apart by itself, a running number or a number of the
        // document, does not count; nor do columns that are not printed.
        let aside = [Some(Column::Aside), Some(Column::Ordinal), Some(Column::Number)];
        let plain = !matches!(record, RowRecord::Certificate(_));
        for cell in cells.iter().filter(|cell| match cell.column {
            None => plain,
            column => !aside.contains(&column),
        }) {
            (cell.column, &cell.header, cell.text.to_lowercase()).hash(&mut digest);
        }
        // A digest instead of the cells: a table may have a million rows. Two alike digests of
        // different rows cost a needless warning, nothing else.
        let at = u32::try_from(row).unwrap_or(u32::MAX);
        if let Some(first) = self.seen.insert(digest.finish(), at) {
            let message = say!("«{title}» stands twice: in row {first} too", title, first);
            let hint = say!("leave one of the two rows, if it is the same person");
            warnings.push(Diagnostic::warning("recipient-twice", message).hint(hint));
        }
    }

    fn doubtful(&self, certificate: &Certificate) -> Option<Diagnostic> {
        let person = &certificate.recipient.person;
        // Whoever gave the forms of a name has thought about it.
        let known =
            person.forms.is_some() || self.batch.engine.dictionary().get(&person.name).is_some();
        let asked = !certificate.recipient.collective && !known;
        asked.then(|| doubts::of_name(&person.name))?
    }

    fn prepared(
        &mut self,
        record: &RowRecord,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Arc<PreparedDesign>, Error> {
        let named = match record {
            RowRecord::Certificate(certificate) => certificate.design.template.as_deref(),
            _ => None,
        };
        // The design of the batch may be a file of the user's under the name of a built-in one;
        // it is meant then.
        let Some(name) = named.filter(|name| *name != self.batch.design.name()) else {
            return Ok(Arc::clone(&self.main));
        };
        if let Some(prepared) = self.others.get(name) {
            return Ok(Arc::clone(prepared));
        }
        let design = match self.batch.designs.get(name) {
            Some(design) => design.clone(),
            None => {
                let (design, told) = self.batch.engine.load_builtin(name)?.into_parts();
                warnings.extend(told);
                design.with_pictures_of(&self.batch.design)
            }
        };
        let prepared = PreparedDesign::new(design);
        self.others.insert(name.to_owned(), Arc::clone(&prepared));
        Ok(prepared)
    }
}

/// What a resumed batch does about a record whose files may be there.
fn resumed(
    files: &[String],
    made_of: u64,
    found: &dyn Fn(&str, u64) -> FoundFile,
    warnings: &mut Vec<Diagnostic>,
) -> Fate {
    let found: Vec<FoundFile> = files.iter().map(|file| found(file, made_of)).collect();
    if let Some(at) = found.iter().position(|found| *found == FoundFile::Edited) {
        let file = &files[at];
        let message =
            say!("{file} was edited, or made by somebody else: it is left as it is", file);
        let hint = say!("move the file away, or let --overwrite make it anew");
        warnings.push(Diagnostic::warning("file-edited", message).hint(hint));
        return Fate::There;
    }
    // Of a pair one file may be there: both are made anew then.
    if found.iter().all(|found| *found == FoundFile::Same) { Fate::There } else { Fate::Make }
}

/// Whom a row is for, as far as its cells tell.
fn first_cell(cells: &[DataCell]) -> &str {
    let named = cells.iter().find(|cell| cell.column == Some(Column::Name));
    let called = ["name", "фио", "название", "наименование", "title"];
    let named = named
        .or_else(|| cells.iter().find(|cell| called.contains(&plain_name(&cell.header).as_str())));
    // The number of a row names nobody.
    let says = |cell: &&DataCell| {
        !cell.text.is_empty() && !matches!(cell.column, Some(Column::Ordinal | Column::Aside))
    };
    let filled = named.or_else(|| cells.iter().find(says));
    filled.map_or("", |cell| cell.text.as_str())
}

/// What a record is called in the outline, in reports and in the names of its files.
fn title(record: &RowRecord, cells: &[DataCell]) -> String {
    match record {
        RowRecord::Certificate(certificate) => certificate.recipient.person.name.clone(),
        RowRecord::Document(document) => match &document.number {
            // The pattern of names puts the number in front of it.
            Some(_) => document.kind.clone(),
            None => format!("{} {}", document.kind, short(first_cell(cells))).trim().to_owned(),
        },
        RowRecord::Own(map) if cells.is_empty() => {
            let keys = ["name", "фио", "название", "наименование", "title", "recipient"];
            let named = keys.iter().find_map(|key| match map.get(*key)? {
                Json::Object(inner) => inner.get("name")?.as_str(),
                value => value.as_str(),
            });
            short(named.unwrap_or_default())
        }
        RowRecord::Own(_) => short(first_cell(cells)),
    }
}

/// The first line of a cell, not too long.
fn short(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(80).collect()
}

/// The number that a record bears, for the list of contents.
fn number_of(record: &RowRecord) -> Option<String> {
    match record {
        RowRecord::Certificate(certificate) => certificate.number.clone(),
        RowRecord::Document(document) => document.number.clone(),
        RowRecord::Own(map) => {
            let number = ["number", "номер", "№"].iter().find_map(|key| map.get(*key));
            number.and_then(|number| number.as_str()).map(str::to_owned)
        }
    }
}

/// The same faults, said to be in a column.
fn in_column(error: Error, column: Column, cells: &[DataCell]) -> Error {
    let cell = cells.iter().find(|cell| cell.column == Some(column));
    match (error, cell) {
        (Error::Invalid(all), Some(cell)) => {
            Error::Invalid(all.into_iter().map(|fault| fault.path(&*cell.header)).collect())
        }
        (error, _) => error,
    }
}
