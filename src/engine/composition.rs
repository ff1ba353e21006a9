//! One document put together: boxes, with what the two writers need beside them.

use std::io::Write;
use std::sync::{Arc, OnceLock};

use super::blank::FilledBlank;
use crate::boxes::BoxTree;
use crate::diag::{Diagnostic, Error, Sink, Warned};
use crate::docx::{self, DocxOptions, DocxSetup};
use crate::image::ImageStore;
use crate::inspect::{self, Check};
use crate::layout::{self, Pages, Settled};
use crate::limits::Watch;
use crate::model::Origin;
use crate::pdf::{self, PdfOptions};
use crate::svg::Pictures;
use crate::text::Typesetter;

/// One document put together, ready to be written as PDF and DOCX.
///
/// ```
/// # #[cfg(feature = "bundled-fonts")] {
/// use itog::model::{self, Format};
/// use itog::{DocxOptions, Engine, PdfOptions};
/// let json = r#"{"kind": "Решение", "decisions": ["Издать сборник."]}"#;
/// let data = model::read(json.as_bytes(), "minutes.json", Format::Json)?.value;
/// let document = Engine::new().load_builtin("final-document")?.value.compose(&data)?.value;
/// assert!(document.to_pdf(&PdfOptions::default())?.value.starts_with(b"%PDF"));
/// assert!(document.to_docx(&DocxOptions::default())?.value.starts_with(b"PK"));
/// # }
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Composition(pub(super) DocumentContent);

/// What a document was put together from.
#[derive(Debug, Clone)]
pub(super) enum DocumentContent {
    /// Boxes of markup and a stylesheet.
    Boxes(BoxedDocument),
    /// A file made in Word, filled.
    Word(FilledBlank),
}

/// A document's boxes, with what the writers need beside them.
#[derive(Debug, Clone)]
pub(super) struct BoxedDocument {
    pub(super) boxes: BoxTree,
    pub(super) images: Arc<ImageStore>,
    pub(super) typesetter: Arc<Typesetter>,
    pub(super) docx: Arc<docx::Shared>,
    pub(super) allowed: Arc<[Check]>,
    pub(super) watch: Watch,
    /// What its first layout without errors came to. It was looked through then, so that what is to
    /// be said of its pages is said once, whichever writer comes first.
    pub(super) settled: OnceLock<Arc<Settled>>,
}

impl Composition {
    /// The document as PDF, with what is to be said about it: boxes that did not fit, faults
    /// against the standard.
    ///
    /// # Errors
    /// A character that no face has, a word that cannot be read (see
    /// [`Design::allowing`](super::Design::allowing)), a fault against the standard that was asked
    /// for, and whatever else would make a broken file.
    pub fn to_pdf(&self, options: &PdfOptions) -> Result<Warned<Vec<u8>>, Error> {
        self.laid_out(|document| {
            document.watched(|sink| {
                let pages = document.pages(sink);
                pdf::write_last(pages, options, sink)
            })
        })
    }

    /// The document as PDF, given to a writer: a file, a response, a hash. It is made whole before
    /// its first byte is written, so that a faulty document writes nothing.
    ///
    /// # Errors
    /// As [`to_pdf`](Self::to_pdf); [`Error::Io`] if the writer does not take it.
    pub fn write_pdf(
        &self,
        writer: &mut (impl Write + ?Sized),
        options: &PdfOptions,
    ) -> Result<Warned<()>, Error> {
        written(self.to_pdf(options)?, writer, "the PDF")
    }

    /// The document as DOCX, given to a writer.
    ///
    /// # Errors
    /// As [`to_docx`](Self::to_docx); [`Error::Io`] if the writer does not take it.
    pub fn write_docx(
        &self,
        writer: &mut (impl Write + ?Sized),
        options: &DocxOptions,
    ) -> Result<Warned<()>, Error> {
        written(self.to_docx(options)?, writer, "the DOCX")
    }

    /// The texts of the file that the document was made from which it does not say, each a warning
    /// `data-unprinted` at its place: its template has no place for them. Of a document made from a
    /// blank of Word nothing is said, since a blank asks for what it needs.
    ///
    /// ```
    /// # #[cfg(all(feature = "bundled-fonts", feature = "yaml"))] {
    /// use itog::model::{self, Format, Origin};
    /// use itog::{Engine, Files};
    /// let yaml = "kind: Справка\nabout: О чтении\npreamble: Читают все.\n".as_bytes();
    /// let data = model::read(yaml, "a.yaml", Format::Yaml)?.value;
    /// let page = "<html><head><title>А</title></head><body><p>{{about}}</p></body></html>";
    /// let files = Files::memory([("template.hbs".to_owned(), page.into())]);
    /// let document = Engine::new().load_files("page", files)?.value.compose(&data)?.value;
    /// let lost = document.unprinted(&Origin::new(yaml, "a.yaml", Format::Yaml));
    /// assert_eq!(lost[0].place().unwrap().line_column(), (3, 11));
    /// # }
    /// # Ok::<(), itog::Error>(())
    /// ```
    pub fn unprinted(&self, origin: &Origin) -> Vec<Diagnostic> {
        let DocumentContent::Boxes(document) = &self.0 else { return Vec::new() };
        origin.unsaid(&document.boxes.root.all_text())
    }

    /// The document as pages, to be counted, looked at, or written together with others.
    ///
    /// # Errors
    /// A character that no face has, a word that cannot be read (see `Design::allowing`).
    #[doc(hidden)]
    pub fn to_pages(&self) -> Result<Warned<Pages>, Error> {
        self.laid_out(|document| document.watched(|sink| document.pages(sink)))
    }

    /// The document's pages as pictures: SVG and PNG, for screens. What is to be said about them is
    /// what the PDF says about its pages.
    ///
    /// # Errors
    /// A character that no face has, a word that cannot be read (see
    /// [`Design::allowing`](super::Design::allowing)), a font that cannot be drawn.
    pub fn to_pictures(&self) -> Result<Warned<Pictures>, Error> {
        self.laid_out(|document| {
            let mut sink = Sink::new();
            let pages = document.pages(&mut sink);
            let pictures = Pictures::new(pages, &mut sink);
            sink.finish(pictures)
        })
    }

    /// The document as DOCX, with what is to be said about it: what the stylesheet asks and Word
    /// cannot do, and, unless pages were made before, what is found on its pages.
    ///
    /// # Errors
    /// As [`to_pdf`](Self::to_pdf), but for the standard; whatever would make a file that Word
    /// cannot open.
    pub fn to_docx(&self, options: &DocxOptions) -> Result<Warned<Vec<u8>>, Error> {
        match &self.0 {
            DocumentContent::Boxes(document) => document.to_docx(options),
            // It is the user's own file: its styles and faces are what they are.
            DocumentContent::Word(filled) => filled.to_docx(options),
        }
    }

    /// Does the work with the document's boxes.
    fn laid_out<T>(
        &self,
        work: impl FnOnce(&BoxedDocument) -> Result<Warned<T>, Error>,
    ) -> Result<Warned<T>, Error> {
        match &self.0 {
            DocumentContent::Boxes(document) => work(document),
            DocumentContent::Word(filled) => filled.laid_out(work),
        }
    }
}

impl BoxedDocument {
    /// Does the work under the document's limits, and says what it met.
    fn watched<T>(&self, work: impl FnOnce(&mut Sink) -> T) -> Result<Warned<T>, Error> {
        let mut sink = Sink::new();
        let place = |span| self.boxes.sources.place(span);
        let made = self.watch.run(place, || work(&mut sink));
        match made {
            Ok(made) => sink.finish(made),
            // What was met before helps to find why it went on for so long.
            Err(fault) => {
                sink.push(fault);
                Err(Error::Invalid(sink.into_vec()))
            }
        }
    }

    /// Pages, looked through.
    fn pages(&self, sink: &mut Sink) -> Pages {
        let (pages, settled) =
            layout::layout_settling(&self.boxes, &self.typesetter, &self.images, sink);
        // Pages of a layout with errors are not what the document would be.
        if !sink.has_errors() {
            inspect::inspect(&pages, &self.boxes, &self.allowed, sink);
        }
        if !sink.has_errors() {
            // Whoever has set it before came to the same.
            let _ = self.settled.set(Arc::new(settled));
        }
        pages
    }

    fn to_docx(&self, options: &DocxOptions) -> Result<Warned<Vec<u8>>, Error> {
        // The design's own faces, so that Word's columns are as wide as ours.
        let setup = DocxSetup { options, typesetter: &self.typesetter, images: &self.images };
        self.watched(|sink| {
            // Word's pages are not there to be looked through; ours, which have the same sizes,
            // stand for them.
            if self.settled.get().is_none() {
                self.pages(sink);
            }
            // With errors nothing is written.
            let Some(settled) = self.settled.get() else { return Vec::new() };
            // Word neither shrinks text nor shares out the room of a column.
            let settled = layout::settle(&self.boxes, settled);
            let boxes = settled.as_ref().unwrap_or(&self.boxes);
            self.docx.write(boxes, setup, sink)
        })
    }
}

fn written(
    made: Warned<Vec<u8>>,
    writer: &mut (impl Write + ?Sized),
    path: &str,
) -> Result<Warned<()>, Error> {
    let done = writer.write_all(&made.value).and_then(|()| writer.flush());
    done.map_err(|source| Error::Io { path: path.into(), source })?;
    Ok(made.map(drop))
}
