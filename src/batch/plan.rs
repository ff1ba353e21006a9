//! From rows to jobs, in the order of the table: whose certificate it is, in which design, under
//! which name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Batch;
use super::filename::Names;
use super::names::Named;
use super::table::Row;
use crate::diag::{Diagnostic, Error, bare};
use crate::engine::Design;
use crate::model::{Certificate, Column};
use crate::pdf::Shared;

/// A design with what its PDFs share, once that is known.
pub(super) struct Kit {
    pub(super) design: Design,
    pub(super) shared: Option<Shared>,
}

/// One row on its way.
pub(super) struct Job<T> {
    pub(super) row: u64,
    pub(super) recipient: String,
    /// Header and cell of each column, to which faults are led.
    pub(super) cells: Arc<[(String, String)]>,
    pub(super) warnings: Vec<Diagnostic>,
    /// Faults end a record, not the batch.
    pub(super) work: Result<T, Vec<Diagnostic>>,
}

impl<T> Job<T> {
    /// The next stage of the work, which may add warnings, or fail.
    pub(super) fn then<U>(
        self,
        stage: impl FnOnce(T, &mut Vec<Diagnostic>) -> Result<U, Error>,
    ) -> Job<U> {
        let Self { row, recipient, cells, mut warnings, work } = self;
        let work = work.and_then(|work| stage(work, &mut warnings).map_err(diagnostics));
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
                () if cell == value => 3,
                () if cell.contains(&value) => 2,
                () if value.contains(&cell) && cell.chars().count() > 3 => 1,
                () => 0,
            }
        };
        let best = self.cells.iter().map(|(header, cell)| (rank(cell), header));
        match best.filter(|(rank, _)| *rank > 0).max_by_key(|(rank, _)| *rank) {
            Some((_, header)) => fault.traced(None, header.as_str()),
            None => fault,
        }
    }
}

/// What is to be made of a row.
pub(super) struct Task {
    pub(super) certificate: Box<Certificate>,
    /// The number of its [`Kit`].
    pub(super) kit: usize,
    pub(super) files: Vec<String>,
    /// The files are there already.
    pub(super) there: bool,
}

/// Plans rows and remembers what must not come twice.
pub(super) struct Planner<'a> {
    batch: &'a Batch,
    pub(super) kits: Vec<Kit>,
    numbers: BTreeMap<String, usize>,
    names: Names,
    unknown: BTreeSet<String>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(batch: &'a Batch) -> Self {
        let kits = vec![Kit { design: batch.design.clone(), shared: None }];
        Self {
            batch,
            kits,
            numbers: BTreeMap::new(),
            names: Names::default(),
            unknown: BTreeSet::new(),
        }
    }

    /// Makes a row a job. `has` tells whether a file is there already.
    pub(super) fn plan(
        &mut self,
        row: Row,
        endings: &[&str],
        has: &dyn Fn(&str) -> bool,
    ) -> Job<Task> {
        let Row { number, cells } = row;
        let cells = match cells {
            Ok(cells) => cells,
            Err(fault) => {
                return Job {
                    row: number,
                    recipient: String::new(),
                    cells: Arc::default(),
                    warnings: Vec::new(),
                    work: Err(vec![fault]),
                };
            }
        };
        let recipient = cells.iter().find(|(header, _)| Column::of(header) == Some(Column::Name));
        let recipient =
            recipient.or(cells.first()).map(|(_, cell)| cell.clone()).unwrap_or_default();
        let warnings = self.unknown_columns(&cells);
        let cells: Arc<[(String, String)]> = cells.into();
        let work = Ok(Arc::clone(&cells));
        let job = Job { row: number, recipient, cells, warnings, work };
        let mut job = job.then(|cells, warnings| {
            let texts = cells.iter().map(|(column, cell)| (column.as_str(), cell.as_str()));
            let merged = Certificate::merge_common(&self.batch.common, texts)?;
            warnings.extend(merged.warnings);
            let certificate = Box::new(merged.value);
            let kit = self
                .kit(&certificate)
                .map_err(|error| in_column(error, Column::Template, &cells))?;
            let name = self.batch.name.render(&Named::new(&certificate, number))?;
            let stem = self.names.unique(&name);
            let files: Vec<String> =
                endings.iter().map(|ending| format!("{stem}.{ending}")).collect();
            let there = self.batch.options.resume
                && !files.is_empty()
                && files.iter().all(|file| has(file));
            Ok(Task { certificate, kit, files, there })
        });
        if let Ok(task) = &job.work {
            job.recipient.clone_from(&task.certificate.recipient.person.name);
        }
        job
    }

    /// A warning for each column that is met for the first time and means nothing.
    fn unknown_columns(&mut self, cells: &[(String, String)]) -> Vec<Diagnostic> {
        let new = |header: &&String| {
            Column::of(header).is_none() && !self.unknown.contains(header.trim())
        };
        let found: Vec<String> = cells
            .iter()
            .map(|(header, _)| header)
            .filter(new)
            .map(|header| header.trim().to_owned())
            .collect();
        let warnings = found.iter().map(|header| {
            let fault = Diagnostic::warning(
                "column-unknown",
                format!("the column «{header}» is not known"),
            );
            let fault = match Column::nearest(header) {
                Some(near) => fault.hint(format!("did you mean «{near}»?")),
                None => fault,
            };
            fault
                .hint(format!("it is kept: a template may use {{{{fields.[{header}]}}}}"))
                .path(header.as_str())
        });
        let warnings = warnings.collect();
        self.unknown.extend(found);
        warnings
    }

    fn kit(&mut self, certificate: &Certificate) -> Result<usize, Error> {
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
        self.kits.push(Kit { design, shared: None });
        self.numbers.insert(name.to_owned(), self.kits.len() - 1);
        Ok(self.kits.len() - 1)
    }
}

/// The same faults, said to be in a column.
fn in_column(error: Error, column: Column, cells: &[(String, String)]) -> Error {
    let header =
        cells.iter().map(|(header, _)| header).find(|header| Column::of(header) == Some(column));
    match (error, header) {
        (Error::Invalid(all), Some(header)) => {
            Error::Invalid(all.into_iter().map(|fault| fault.path(header.as_str())).collect())
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
