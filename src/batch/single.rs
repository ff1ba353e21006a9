//! One row by itself, as a program shows it before the batch is made.

use super::plan::{Fail, Planner};
use super::table::DataRow;
use super::{Batch, FoundFile, Outcome, Status};
use crate::engine::Composition;

/// A row put together by itself.
#[derive(Debug)]
#[non_exhaustive]
pub struct Composed {
    /// What a batch would say of it, but for what only its neighbours tell.
    pub outcome: Outcome,
    /// The document, if it is one.
    pub document: Option<Composition>,
}

impl Batch {
    /// Puts one row together, to be looked at before the batch is made. That it stands in the table
    /// twice is seen in the batch alone.
    ///
    /// ```
    /// use itog::batch::table::DataRow;
    /// use itog::batch::{Batch, BatchOptions};
    /// use itog::engine::Engine;
    /// use itog::model::Common;
    ///
    /// let engine = Engine::new();
    /// let design = engine.load_builtin("certificate-classic")?.value;
    /// let batch = Batch::new(&engine, design, Common::default(), BatchOptions::default())?;
    /// let row = DataRow::new(2, [("ФИО", "Ким Виктория Олеговна"), ("За что", "участие")]);
    /// let composed = batch.compose(row);
    /// assert_eq!(composed.outcome.recipient, "Ким Виктория Олеговна");
    /// assert!(composed.document.is_some());
    /// # Ok::<(), itog::diag::Error>(())
    /// ```
    pub fn compose(&self, row: DataRow) -> Composed {
        let (job, _) = Planner::new(self).plan(row, &[], &|_, _| FoundFile::Nothing);
        let mut number = None;
        let mut job = job.then(|task, warnings| {
            number = task.number;
            let composed = task.prepared.design.compose(&task.record)?;
            warnings.extend(composed.warnings);
            Ok(composed.value)
        });
        let warnings = std::mem::take(&mut job.warnings);
        let led = |faults: Vec<_>| faults.into_iter().map(|fault| job.in_its_column(fault));
        let warnings = led(warnings).collect();
        let (status, document) = match job.work {
            Ok(ref document) => (Status::Made(Vec::new()), Some(document.clone())),
            Err(Fail::Faults(ref faults)) => (Status::Failed(led(faults.clone()).collect()), None),
            Err(Fail::Left(ref why)) => (Status::Left(why.clone()), None),
        };
        let (row, recipient) = (job.row, job.recipient);
        let outcome = Outcome { row, sheet: None, recipient, number, status, warnings, text: None };
        Composed { outcome, document }
    }
}
