//! The engine: what an embedder holds. Data and a design in, PDF and DOCX out.
//!
//! An [`Engine`] keeps what documents share: faces and shaped words. A [`Design`] is a template
//! made ready: compiled, its stylesheets parsed, its own faces loaded. Both are `Send + Sync`, so
//! one of each serves all threads. A [`Document`] is one document, laid out as boxes, that can be
//! written as PDF and as DOCX.

mod design;
mod document;

use std::path::Path;
use std::sync::Arc;

pub use design::Design;
pub use document::Document;

use crate::diag::{Error, Warned};
use crate::files::Files;
use crate::font::FontBook;
use crate::template::Template;
use crate::text::Typesetter;

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
/// let design = Engine::new().builtin("final-document")?.value;
/// let document = design.compose(&data)?.value;
/// let pdf = document.to_pdf(&Default::default())?.value;
/// let docx = document.to_docx(&Default::default())?.value;
/// assert!(pdf.starts_with(b"%PDF-1.7") && docx.starts_with(b"PK"));
/// # Ok::<(), itog::diag::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Engine {
    typesetter: Arc<Typesetter>,
}

impl Engine {
    /// An engine with the faces bundled in the crate.
    #[cfg(feature = "bundled-fonts")]
    pub fn new() -> Self {
        Self::with_fonts(FontBook::bundled())
    }

    /// An engine with these faces.
    pub fn with_fonts(fonts: FontBook) -> Self {
        Self { typesetter: Arc::new(Typesetter::new(Arc::new(fonts))) }
    }

    /// A design bundled in the crate, such as `final-document`.
    ///
    /// # Errors
    /// `template-unknown` with the nearest known name.
    pub fn builtin(&self, name: &str) -> Result<Warned<Design>, Error> {
        self.design(Template::builtin(name)?)
    }

    /// The design in a folder on disk: `template.hbs`, `style.css`, and what they name.
    ///
    /// # Errors
    /// All faults of the template and its stylesheet.
    pub fn folder(&self, folder: &Path) -> Result<Warned<Design>, Error> {
        self.design(Template::load(&folder.display().to_string(), Files::folder(folder))?)
    }

    /// The design in any [`Files`].
    ///
    /// # Errors
    /// As [`Engine::folder`].
    pub fn files(&self, name: &str, files: Files) -> Result<Warned<Design>, Error> {
        self.design(Template::load(name, files)?)
    }

    fn design(&self, template: Warned<Template>) -> Result<Warned<Design>, Error> {
        Design::new(template, &self.typesetter)
    }
}

#[cfg(feature = "bundled-fonts")]
impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}
