//! A blank made in Word as a design, and what it becomes when it is filled.

use std::fmt;
use std::sync::Arc;

use super::composition::BoxedDocument;
use super::word::BlankStyles;
use super::{Engine, advice};
use crate::diag::{Diagnostic, Error, Sink, Warned, say};
use crate::docx::{self, DocxOptions};
use crate::inspect::Check;
use crate::limits::Watch;
use crate::word::Package;

/// A blank that was filled with data.
#[derive(Clone)]
pub(super) struct FilledBlank {
    pub(super) package: Arc<Package>,
    /// What the user calls the blank.
    pub(super) name: Arc<str>,
    pub(super) engine: Engine,
    pub(super) docx: Arc<docx::Shared>,
    pub(super) styles: Arc<BlankStyles>,
    pub(super) allowed: Arc<[Check]>,
    pub(super) watch: Watch,
}

impl FilledBlank {
    /// The file, with the record of what it was made of.
    pub(super) fn to_docx(&self, options: &DocxOptions) -> Result<Warned<Vec<u8>>, Error> {
        let made = self.watch.run(
            |_| None,
            || {
                let source = options.source.as_ref();
                self.package.recorded(source).write(self.docx.packer())
            },
        )?;
        let value = made.map_err(|why| {
            let message = say!("the DOCX cannot be finished: {why}", why);
            Diagnostic::error("docx-package", message)
        })?;
        Ok(Warned { value, warnings: Vec::new() })
    }

    /// Does the work with the boxes that the file becomes.
    pub(super) fn laid_out<T>(
        &self,
        work: impl FnOnce(&BoxedDocument) -> Result<Warned<T>, Error>,
    ) -> Result<Warned<T>, Error> {
        let mut sink = Sink::new();
        let made = self.watch.run(
            |_| None,
            || {
                let Self { package, name, engine, styles, allowed, .. } = self;
                engine.word_boxes(package, name, styles, allowed, &mut sink)
            },
        )??;
        let document = BoxedDocument { watch: self.watch.clone(), ..made };
        if sink.has_errors() {
            return Err(advised(Error::Invalid(sink.into_vec())));
        }
        let Warned { value, warnings } = work(&document).map_err(advised)?;
        sink.extend(warnings.into_iter().map(advice::in_word));
        sink.finish(value)
    }
}

/// Faults with what to do about them in Word.
fn advised(error: Error) -> Error {
    match error {
        Error::Invalid(all) => Error::Invalid(all.into_iter().map(advice::in_word).collect()),
        other => other,
    }
}

impl fmt::Debug for FilledBlank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilledBlank").field("name", &self.name).finish_non_exhaustive()
    }
}
