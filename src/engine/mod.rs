//! The engine: what an embedder holds. Data and a design in, PDF and DOCX out.
//!
//! An [`Engine`] keeps what documents share: faces and shaped words. A [`Design`] is a template
//! made ready: compiled, its stylesheets parsed, its own faces loaded. Both are `Send + Sync`, so
//! one of each serves all threads. A [`Composition`] is one document put together, ready to be
//! written as PDF and as DOCX. [`extract`](extract()) gives the data back that a file carries.

mod advice;
mod blank;
mod builder;
mod composition;
mod design;
mod extract;
mod names;
mod word;

use std::path::Path;
use std::sync::Arc;

pub use builder::EngineBuilder;
pub use composition::Composition;
pub use design::Design;
pub use extract::extract;

pub use crate::template::{BlockHelper, BlockOutput, Helper, HelperArgs};

use crate::diag::{Error, Warned};
use crate::files::Files;
#[cfg(feature = "bundled-fonts")]
use crate::font::FontBook;
use crate::lang::ru::Dictionary;
use crate::limits::{Limits, Watch};
use crate::template::{Extensions, Template};
use crate::text::Typesetter;
use crate::word::Blank;

/// What documents share: the faces and the words already shaped.
///
/// ```
/// use itog::engine::Engine;
/// use itog::model::{self, Format};
///
/// let yaml = "
/// kind: Итоговый документ
/// event: Семинар школьных библиотекарей
/// preamble: Участники семинара постановили
/// recommendations:
///   - Провести следующий семинар в октябре.
/// ";
/// let data = model::read(yaml.as_bytes(), "seminar.yaml", Format::Yaml)?.value;
/// let design = Engine::new().load_builtin("final-document")?.value;
/// let document = design.compose(&data)?.value;
/// let pdf = document.to_pdf(&Default::default())?.value;
/// let docx = document.to_docx(&Default::default())?.value;
/// assert!(pdf.starts_with(b"%PDF-1.7") && docx.starts_with(b"PK"));
/// # Ok::<(), itog::diag::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Engine {
    typesetter: Arc<Typesetter>,
    dictionary: Arc<Dictionary>,
    extensions: Arc<Extensions>,
    watch: Watch,
}

impl Engine {
    /// An engine with the faces bundled in the crate, as most programs want it.
    #[cfg(feature = "bundled-fonts")]
    pub fn new() -> Self {
        Self {
            typesetter: Arc::new(Typesetter::new(Arc::new(FontBook::bundled()))),
            dictionary: Arc::default(),
            extensions: Arc::default(),
            watch: Watch::default(),
        }
    }

    /// An engine of one's own: other faces, names, helpers, words, limits.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// The limits that its designs and documents are held to.
    pub fn limits(&self) -> &Limits {
        &self.watch.limits
    }

    /// What is known of names and words.
    #[cfg(feature = "batch")]
    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// A design bundled in the crate, such as `final-document`.
    ///
    /// # Errors
    /// `unknown-template` with the nearest known name.
    pub fn load_builtin(&self, name: &str) -> Result<Warned<Design>, Error> {
        let known = crate::template::builtin(name).or_else(|fault| {
            // «праздничная» is the name of a design as well.
            crate::template::builtin(&crate::model::design(name)).map_err(|_| fault)
        })?;
        self.load_files(known.name, known.files.clone())
    }

    /// The design in a folder on disk: `template.hbs`, `style.css`, and what they name.
    ///
    /// # Errors
    /// All faults of the template and its stylesheet.
    pub fn load_folder(&self, folder: &Path) -> Result<Warned<Design>, Error> {
        self.load_files(&folder.display().to_string(), Files::folder(folder))
    }

    /// The design in any [`Files`].
    ///
    /// # Errors
    /// As [`Engine::load_folder`].
    pub fn load_files(&self, name: &str, files: Files) -> Result<Warned<Design>, Error> {
        let template = || Template::load_with(name, files, &self.extensions);
        self.watch.run(|_| None, || Design::new(template()?, self))?
    }

    /// The design that a DOCX is: a blank made in Word, with expressions in its text. `name` is
    /// what the user calls it.
    ///
    /// # Errors
    /// What is no DOCX (`word-not-docx` and others), and all faults of its expressions.
    pub fn load_word(&self, docx: &[u8], name: &str) -> Result<Warned<Design>, Error> {
        let read = || Design::of_blank(Blank::read(docx, name, &self.extensions)?, self);
        self.watch.run(|_| None, read)?
    }
}

#[cfg(feature = "bundled-fonts")]
impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a PDF, DOCX or picture is as this library wrote it, so that nothing of anybody's work is
/// lost when it is written anew. The record is in the file's own properties.
///
/// ```
/// assert!(!itog::engine::is_unchanged(b"%PDF-1.7 by somebody else"));
/// ```
pub fn is_unchanged(file: &[u8]) -> bool {
    // By their first bytes, for files are renamed; what begins otherwise is a PDF or nothing of
    // ours.
    if file.starts_with(b"PK") {
        crate::docx::is_unchanged(file)
    } else if file.starts_with(b"<svg") || file.starts_with(b"\x89PNG") {
        crate::svg::is_unchanged(file)
    } else {
        crate::pdf::is_unchanged(file)
    }
}
