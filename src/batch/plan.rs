//! From rows to jobs, in the order of the table: whose certificate it is, in which design, under
//! which name.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::Batch;
use super::doubts;
use super::filename::Names;
use super::names::NamedRecord;
use super::table::{DataCell, DataRow, RowContent};
use crate::diag::{Diagnostic, Error, bare};
use crate::engine::Design;
use crate::model::{Certificate, Column};
use crate::pdf::SharedResources;
use crate::trust::Record;

/// A design with what its PDFs share, once that is known.
pub(super) struct PreparedDesign {
    pub(super) design: Design,
    pub(super) shared: Option<SharedResources>,
}

/// One row on its way.
pub(super) struct Job<T> {
    pub(super) row: u64,
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
        let Self { row, recipient, cells, mut warnings, work } = self;
        let work = work.and_then(|work| {
            stage(work, &mut warnings).map_err(|error| Fail::Faults(diagnostics(error)))
        });
        Job { row, recipient, cells, warnings, work }
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
    pub(super) certificate: Box<Certificate>,
    /// The number of its [`PreparedDesign`].
    pub(super) kit: usize,
    pub(super) files: Vec<String>,
    /// The files are there already.
    pub(super) there: bool,
    /// Its words are asked for.
    pub(super) show: bool,
}

/// Plans rows and remembers what must not come twice.
pub(super) struct Planner<'a> {
    batch: &'a Batch,
    pub(super) kits: Vec<PreparedDesign>,
    numbers: BTreeMap<String, usize>,
    names: Names,
    planned: usize,
    /// Digests of records with their rows.
    seen: BTreeMap<u64, u64>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(batch: &'a Batch) -> Self {
        let kits = vec![PreparedDesign { design: batch.design.clone(), shared: None }];
        Self {
            batch,
            kits,
            numbers: BTreeMap::new(),
            names: Names::default(),
            planned: 0,
            seen: BTreeMap::new(),
        }
    }

    /// Makes a row a job. `has` tells whether a file is there already.
    pub(super) fn plan(
        &mut self,
        row: DataRow,
        endings: &[&str],
        has: &dyn Fn(&str) -> bool,
    ) -> Job<Task> {
        let DataRow { number, content, notes } = row;
        let failed = |recipient, fail| Job {
            row: number,
            recipient,
            cells: Arc::default(),
            warnings: Vec::new(),
            work: Err(fail),
        };
        let cells = match content {
            RowContent::Cells(cells) => cells,
            RowContent::Faulty(fault) => return failed(String::new(), Fail::Faults(vec![fault])),
            RowContent::Left(why) => return failed(String::new(), Fail::Left(why)),
        };
        let recipient = cells.iter().find(|cell| cell.column == Some(Column::Name));
        let recipient = recipient.or(cells.first()).map(|cell| cell.text.clone());
        let recipient = recipient.unwrap_or_default();
        let cells: Arc<[DataCell]> = cells.into();
        let work = Ok(Arc::clone(&cells));
        let job = Job { row: number, recipient, cells, warnings: notes, work };
        let mut job = job.then(|cells, warnings| {
            let texts = cells.iter().map(|c| (c.column, &*c.header, c.text.as_str()));
            let merged = Certificate::merge_cells(&self.batch.common, texts)?;
            warnings.extend(merged.warnings);
            self.look_at(&merged.value, &cells, number, warnings);
            let mut certificate = Box::new(merged.value);
            if let Some(key) = &self.batch.options.sign {
                // All that is signed is known now, and the template may show it: it must be
                // there before anything is composed.
                certificate.signed = Some(Record::sign(&certificate, key).to_string());
            }
            let kit = self
                .kit(&certificate)
                .map_err(|error| in_column(error, Column::Template, &cells))?;
            let name = self.batch.name.render(&NamedRecord::new(&certificate, number))?;
            // Names are given in the order of the table before anything runs in parallel; a
            // resumed batch gives its rows the same ones, also to those whose files are there.
            let stem = self.names.unique(&name);
            let files: Vec<String> =
                endings.iter().map(|ending| format!("{stem}.{ending}")).collect();
            let there = self.batch.options.resume
                && !files.is_empty()
                // Of a pair one file may be there: both are made anew then.
                && files.iter().all(|file| has(file));
            self.planned += 1;
            let show = self.planned <= self.batch.options.show;
            Ok(Task { certificate, kit, files, there, show })
        });
        if let Ok(task) = &job.work {
            job.recipient.clone_from(&task.certificate.recipient.person.name);
        }
        job
    }

    /// Doubts about a recipient, and whether it was there before.
    fn look_at(
        &mut self,
        certificate: &Certificate,
        cells: &[DataCell],
        row: u64,
        warnings: &mut Vec<Diagnostic>,
    ) {
        let person = &certificate.recipient.person;
        // Whoever gave the forms of a name has thought about it.
        let known =
            person.forms.is_some() || self.batch.engine.dictionary().get(&person.name).is_some();
        if !certificate.recipient.collective && !known {
            warnings.extend(doubts::of_name(&person.name));
        }
        // All that a sheet says: who won twice gets two.
        let mut digest = DefaultHasher::new();
        // What tells two rows of one person apart by itself, a running number or a number of the
        // document, does not count; nor do columns that are not printed.
        let aside = [None, Some(Column::Aside), Some(Column::Ordinal), Some(Column::Number)];
        for cell in cells.iter().filter(|cell| !aside.contains(&cell.column)) {
            (cell.column, cell.text.to_lowercase()).hash(&mut digest);
        }
        // A digest instead of the cells: a table may have a million rows. Two alike digests of
        // different rows cost a needless warning, nothing else.
        if let Some(first) = self.seen.insert(digest.finish(), row) {
            let message = format!("«{}» stands twice: in row {first} too", person.name);
            let hint = "leave one of the two rows, if it is the same person";
            warnings.push(Diagnostic::warning("recipient-twice", message).hint(hint));
        }
    }

    fn kit(&mut self, certificate: &Certificate) -> Result<usize, Error> {
        // The design of the batch may be a file of the user's under the name of a built-in one;
        // it is meant then.
        let Some(name) =
            certificate.design.template.as_deref().filter(|name| *name != self.batch.design.name())
        else {
            return Ok(0);
        };
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        let design = match self.batch.designs.get(name) {
            Some(design) => design.clone(),
            None => self.batch.engine.load_builtin(name)?.value,
        };
        self.kits.push(PreparedDesign { design, shared: None });
        self.numbers.insert(name.to_owned(), self.kits.len() - 1);
        Ok(self.kits.len() - 1)
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

fn diagnostics(error: Error) -> Vec<Diagnostic> {
    match error {
        Error::Invalid(all) => all,
        other => vec![Diagnostic::error("record", other.to_string())],
    }
}
