//! How a DOCX is written: what a caller may choose. Ground floor: it knows no other file.

use std::sync::Arc;

use crate::image::ImageStore;
use crate::sizing::Typesetter;

/// How a DOCX is written.
///
/// ```
/// use itog::DocxOptions;
/// let data = "kind: Протокол\n";
/// let options =
///     DocxOptions::default().with_source("minutes.yaml", data).with_embedded_fonts(false);
/// assert!(options.source.is_some() && !options.embed_fonts);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DocxOptions {
    /// The source data, carried as a custom part that [`extract()`](super::extract()) gives back:
    /// a file name and its bytes. Default: none.
    pub source: Option<(String, Vec<u8>)>,
    /// Whether faces that readers will not have (all but Times New Roman and its like) travel with
    /// the document. Default: yes.
    pub embed_fonts: bool,
    /// Whether words in hyphenated paragraphs say where they may be broken (`w:softHyphen`), beside
    /// Word's own hyphenation: for readers who have no Russian dictionary. Default: yes.
    pub soft_hyphens: bool,
}

impl DocxOptions {
    /// These options with the data that the document was made from: a file name and its bytes.
    #[must_use]
    pub fn with_source(self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { source: Some((name.into(), bytes.into())), ..self }
    }

    /// These options, with or without faces that travel in the document.
    #[must_use]
    pub fn with_embedded_fonts(self, embed_fonts: bool) -> Self {
        Self { embed_fonts, ..self }
    }

    /// These options, with or without soft hyphens.
    #[must_use]
    pub fn with_soft_hyphens(self, soft_hyphens: bool) -> Self {
        Self { soft_hyphens, ..self }
    }
}

impl Default for DocxOptions {
    fn default() -> Self {
        Self { source: None, embed_fonts: true, soft_hyphens: true }
    }
}

/// What a document is written with.
#[derive(Debug, Clone, Copy)]
pub struct DocxSetup<'s> {
    /// What the caller chose.
    pub options: &'s DocxOptions,
    /// What measures text, in the faces that the document may use: widths decide how wide columns
    /// are, and faces that readers will not have are embedded.
    pub typesetter: &'s Arc<Typesetter>,
    /// The pictures that the boxes name.
    pub images: &'s ImageStore,
}
