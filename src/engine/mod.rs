//! The engine: what an embedder holds. Data and a design in, PDF and DOCX out.
//!
//! An [`Engine`] keeps what documents share: faces and shaped words. A [`Design`] is a template
//! made ready: compiled, its stylesheets parsed, its own faces loaded. Both are `Send + Sync`, so
//! one of each serves all threads. A [`Composition`] is one document put together, ready to be
//! written as PDF and as DOCX. [`extract`](extract()) gives the data back that a file carries.

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
use crate::font::FontBook;
use crate::lang::ru::Dictionary;
use crate::limits::{Limits, Watch};
use crate::model::NameBook;
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
    /// An engine with more than fonts: a dictionary, helpers of one's own, limits.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// An engine with the faces bundled in the crate.
    #[cfg(feature = "bundled-fonts")]
    pub fn new() -> Self {
        Self::with_fonts(FontBook::bundled())
    }

    /// An engine with these faces.
    pub fn with_fonts(fonts: FontBook) -> Self {
        Self {
            typesetter: Arc::new(Typesetter::new(Arc::new(fonts))),
            dictionary: Arc::default(),
            extensions: Arc::default(),
            watch: Watch::default(),
        }
    }

    /// The same engine, in whose documents the names and words of a dictionary have the forms, the
    /// gender and the breaks that it gives them.
    ///
    /// ```
    /// use itog::Engine;
    /// use itog::model::{self, Format, NameBook};
    ///
    /// let names = "names: {Косых Жанар: f}";
    /// let names = NameBook::read(names.as_bytes(), "names.yaml", Format::Yaml)?.value;
    /// let design = Engine::new().with_names(&names).load_builtin("certificate-classic")?.value;
    /// let yaml = "kind: Благодарность\nrecipient: Косых Жанар\nfor: участие в конкурсе";
    /// let data = model::read(yaml.as_bytes(), "thanks.yaml", Format::Yaml)?.value;
    /// assert!(design.compose(&data)?.warnings.is_empty());
    /// # Ok::<(), itog::Error>(())
    /// ```
    #[must_use]
    pub fn with_names(&self, names: &NameBook) -> Self {
        self.with_dictionary(Dictionary::from(names))
    }

    fn with_dictionary(&self, dictionary: Dictionary) -> Self {
        // Hyphens belong to a typesetter, so an engine with other names has one of its own.
        let fonts = Arc::clone(self.typesetter.fonts());
        let typesetter = Typesetter::new(fonts).with_hyphens(dictionary.hyphens.clone());
        let (typesetter, dictionary) = (Arc::new(typesetter), Arc::new(dictionary));
        Self { typesetter, dictionary, ..self.clone() }
    }

    /// The same engine, whose designs and documents are held to these limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { watch: Watch { limits, ..self.watch }, ..self }
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
    if file.starts_with(b"PK") {
        crate::docx::is_unchanged(file)
    } else if file.starts_with(b"<svg") || file.starts_with(b"\x89PNG") {
        crate::svg::is_unchanged(file)
    } else {
        crate::pdf::is_unchanged(file)
    }
}
