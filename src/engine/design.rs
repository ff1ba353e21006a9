//! A template made ready, and the documents it makes of data.
//!
//! It stands between templates and writers: `compose` goes from data to a box tree.

use std::sync::{Arc, OnceLock};

use serde::Serialize;

use super::blank::FilledBlank;
use super::composition::{BoxedDocument, DocumentContent};
use super::word::BlankStyles;
use super::{Composition, Engine};
#[cfg(feature = "batch")]
use crate::cache::Fnv;
use crate::diag::{Diagnostic, Error, Place, Sink, Sources, Warned, say};
use crate::files::Files;
use crate::font::{Declared, Face, FaceId, FontBook};
use crate::image::ImageStore;
use crate::inspect::Check;
use crate::limits::{self, Cancel, Watch};
use crate::style::{FontFace, StyleCache, Stylesheet};
use crate::template::Template;
use crate::text::Typesetter;
use crate::word::{Answers, Blank};
use crate::{boxes, docx, markup};

/// A template made ready: compiled, its stylesheets parsed, its own faces loaded.
///
/// ```
/// # #[cfg(feature = "bundled-fonts")] {
/// use itog::{Engine, Files};
/// let page = "<html lang='ru'><head><title>Письмо</title></head><body>{{to}}</body></html>";
/// let files = Files::memory([("template.hbs".to_owned(), page.into())]);
/// let design = Engine::new().load_files("letter", files)?.value;
/// for to in ["Анне", "Льву"] {
///     assert!(design.compose(&serde_json::json!({ "to": to })).is_ok());
/// }
/// # }
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Design {
    template: Arc<Template>,
    sources: Arc<Sources>,
    sheets: Arc<[Stylesheet]>,
    style_cache: StyleCache,
    images: Arc<ImageStore>,
    typesetter: Arc<Typesetter>,
    docx: Arc<docx::Shared>,
    allowed: Arc<[Check]>,
    watch: Watch,
    /// The file that the template is, if it was made in Word, with the engine that lays it out.
    blank: Option<Arc<(Blank, Engine)>>,
    /// What a template that was made of a blank asks of the data.
    answers: Option<Arc<Answers>>,
    /// The stylesheets of its documents.
    word_styles: Arc<BlankStyles>,
}

impl Design {
    /// A blank made in Word.
    pub(super) fn of_blank(blank: Warned<Blank>, engine: &Engine) -> Result<Warned<Self>, Error> {
        let Warned { value: blank, warnings } = blank;
        let template = Warned { value: blank.template().clone(), warnings };
        let blank = blank.with_dictionary(Arc::clone(&engine.dictionary));
        let made = Self::new(template, engine)?;
        let blank = Some(Arc::new((blank, engine.clone())));
        Ok(made.map(|design| Self { blank, ..design }))
    }

    pub(super) fn new(template: Warned<Template>, engine: &Engine) -> Result<Warned<Self>, Error> {
        let typesetter = &engine.typesetter;
        let mut sink = Sink::new();
        sink.extend(template.warnings);
        let template = template.value.with_dictionary(Arc::clone(&engine.dictionary));
        // Stylesheets add theirs to these, so that the faults of both find their places in one
        // list.
        let mut sources = (**template.sources()).clone();
        let sheets: Vec<Stylesheet> = template
            .stylesheets()
            .iter()
            .map(|&source| Stylesheet::parse(source, &mut sources, template.files(), &mut sink))
            .collect();
        let faces: Vec<&FontFace> = sheets.iter().flat_map(Stylesheet::font_faces).collect();
        // Designs without faces of their own share the engine's, and with it every word that is
        // shaped already.
        let typesetter = if faces.is_empty() {
            Arc::clone(typesetter)
        } else {
            let fonts = typesetter.fonts();
            let fonts = with_faces(fonts, &faces, template.files(), &sources, &mut sink);
            let hyphens = engine.dictionary.hyphens.clone();
            Arc::new(Typesetter::new(Arc::new(fonts)).with_hyphens(hyphens))
        };
        let fonts = Arc::clone(typesetter.fonts());
        let images = Arc::new(ImageStore::new(template.files().clone()).with_fonts(fonts));
        let answers = Answers::of_folder(&template).map(Arc::new);
        let (template, sources, sheets) = (Arc::new(template), Arc::new(sources), sheets.into());
        sink.finish(Self {
            template,
            sources,
            sheets,
            style_cache: StyleCache::default(),
            images,
            typesetter,
            docx: Arc::default(),
            allowed: Arc::default(),
            watch: engine.watch.clone(),
            blank: None,
            answers,
            word_styles: Arc::default(),
        })
    }

    /// The template's name, as it was asked for.
    pub fn name(&self) -> &str {
        self.template.name()
    }

    /// The names that a blank made in Word asks for, or a template made of one, each with the keys
    /// of a document or a certificate that it may mean; nothing for other templates.
    ///
    /// ```
    /// let design = itog::Engine::new().load_builtin("final-document")?.value;
    /// assert!(design.blank_names().is_none());
    /// # Ok::<(), itog::Error>(())
    /// ```
    pub fn blank_names(&self) -> Option<Vec<(String, Vec<&'static str>)>> {
        let of_blank = self.blank.as_ref().map(|blank| blank.0.answers());
        of_blank.or(self.answers.as_deref()).map(Answers::names)
    }

    /// Whether a `schema.json` beside its template says which data it takes: those of one's own,
    /// and neither a final document nor a certificate.
    pub fn has_schema(&self) -> bool {
        self.template.has_schema()
    }

    /// What its template asks of the data.
    #[cfg(feature = "batch")]
    pub(crate) fn asked(&self) -> crate::template::AskedNames {
        self.template.asked()
    }

    /// A number for all that it brings: its sources, the files that they name, the words that its
    /// user knows better.
    #[cfg(feature = "batch")]
    pub(crate) fn fingerprint(&self) -> u64 {
        let sources: Vec<&str> = self.sources.iter().map(|source| source.text()).collect();
        let mut parts: Vec<u64> = sources.iter().map(|text| Fnv::of(text.as_bytes())).collect();
        let files = self.template.files();
        let named = |name: &String| sources.iter().any(|text| text.contains(name.as_str()));
        let read = |name: String| files.read(&name).ok();
        let read = files.names().into_iter().filter(named).filter_map(read);
        parts.extend(read.map(|bytes| Fnv::of(&bytes)));
        if let Some(blank) = &self.blank {
            parts.extend(blank.0.parts().map(Fnv::of));
        }
        let entry = |(name, entry)| Fnv::of(format!("{name} {entry:?}").as_bytes());
        // They come in no order.
        let words = self.template.dictionary().entries().map(entry).fold(0, u64::wrapping_add);
        Fnv::of(format!("{parts:?} {words}").as_bytes())
    }

    /// A number for a file that data name, if it is there.
    #[cfg(feature = "batch")]
    pub(crate) fn digest_of_file(&self, name: &str) -> Option<u64> {
        self.images.digest_of_file(name)
    }

    /// The same design for data that name pictures which another design finds.
    #[cfg(feature = "batch")]
    #[must_use]
    pub(crate) fn with_pictures_of(self, other: &Self) -> Self {
        let files = other.images.files().clone();
        self.with_pictures(files)
    }

    /// The same design for data that name pictures of their own, such as signatures and stamps:
    /// what is not beside the template is looked for in this folder.
    #[must_use]
    pub fn with_pictures(self, folder: Files) -> Self {
        let fonts = Arc::clone(self.typesetter.fonts());
        // The template's files first: a picture of the data with the same name must not take the
        // place of the design's.
        let images = ImageStore::new(self.template.files().clone().or(folder)).with_fonts(fonts);
        Self { images: Arc::new(images), ..self }
    }

    /// The same design, in whose documents these faults of finished pages are warnings.
    #[must_use]
    pub fn allowing(self, checks: impl IntoIterator<Item = Check>) -> Self {
        Self { allowed: checks.into_iter().collect(), ..self }
    }

    /// The same design, whose documents are stopped by this token, with the fault `cancelled`.
    ///
    /// ```
    /// use itog::{Cancel, Engine};
    ///
    /// let cancel = Cancel::new();
    /// let design = Engine::new().load_builtin("final-document")?.value.with_cancel(&cancel);
    /// cancel.cancel();
    /// let stopped = design.compose(&serde_json::json!({})).unwrap_err();
    /// assert_eq!(stopped.diagnostics()[0].code(), "cancelled");
    /// # Ok::<(), itog::Error>(())
    /// ```
    #[must_use]
    pub fn with_cancel(self, cancel: &Cancel) -> Self {
        Self { watch: Watch { cancel: cancel.clone(), ..self.watch }, ..self }
    }

    /// What its documents are watched by.
    #[cfg(feature = "batch")]
    pub(crate) fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Puts data into the template and makes boxes of the result. Data are whatever serialises: a
    /// document of [`model`](crate::model), a struct of one's own, a `serde_json::Value`.
    ///
    /// ```
    /// use itog::{Engine, Files};
    ///
    /// #[derive(serde::Serialize)]
    /// struct Letter {
    ///     to: &'static str,
    ///     sum: f64,
    /// }
    /// let template = "<html lang='ru'><head><title>Письмо</title></head>\
    ///     <body><p>{{to}}</p><p>{{number sum \"1 234,50\"}} ₽</p></body></html>";
    /// let files = Files::memory([("template.hbs".to_owned(), template.into())]);
    /// let design = Engine::new().load_files("letter", files)?.value;
    /// let letter = design.compose(&Letter { to: "Анне", sum: 1500.5 })?.value;
    /// let mut pdf = Vec::new();
    /// letter.write_pdf(&mut pdf, &Default::default())?;
    /// # Ok::<(), itog::Error>(())
    /// ```
    ///
    /// # Errors
    /// All faults of the template with these data: what its `schema.json` does not allow, unknown
    /// names, markup that is not well-formed, pictures that are missing.
    pub fn compose<T: Serialize + ?Sized>(&self, data: &T) -> Result<Warned<Composition>, Error> {
        self.watch.run(|span| self.sources.place(span), || self.composed(data))?
    }

    fn composed<T: Serialize + ?Sized>(&self, data: &T) -> Result<Warned<Composition>, Error> {
        if let Some(blank) = &self.blank {
            return self.filled(&blank.0, &blank.1, data);
        }
        let rendered = match &self.answers {
            Some(answers) => self.template.render(&answers.answered(data)?)?,
            None => self.template.render(data)?,
        };
        let mut sink = Sink::new();
        sink.extend(rendered.warnings);
        let sources = match rendered.sources.printed() {
            // The stylesheets' sources with this document's values: faults of either find their
            // place.
            Some(printed) => self.sources.with_printed(Arc::clone(printed)),
            None => Arc::clone(&self.sources),
        };
        let Some(tree) = markup::parse(&rendered.markup, sources, &mut sink) else {
            // What is not well-formed has no tree to go on with, and the sink says why.
            return Err(Error::Invalid(sink.into_vec()));
        };
        let sheets: Vec<&Stylesheet> = self.sheets.iter().collect();
        let styles = self.style_cache.cascade(&tree, &sheets, &mut sink);
        let boxes = boxes::build(&tree, &styles, &self.images, &mut sink);
        let (images, typesetter, docx) =
            (Arc::clone(&self.images), Arc::clone(&self.typesetter), Arc::clone(&self.docx));
        let allowed = Arc::clone(&self.allowed);
        // What was reckoned so far counts for the files that are made of it.
        let watch = Watch { used: limits::used_memory(), ..self.watch.clone() };
        let document = BoxedDocument {
            boxes,
            images,
            typesetter,
            docx,
            allowed,
            watch,
            settled: OnceLock::new(),
        };
        sink.finish(Composition(DocumentContent::Boxes(document)))
    }

    fn filled<T: Serialize + ?Sized>(
        &self,
        blank: &Blank,
        engine: &Engine,
        data: &T,
    ) -> Result<Warned<Composition>, Error> {
        let filled = blank.fill(data, &self.images)?;
        Ok(filled.map(|package| {
            Composition(DocumentContent::Word(FilledBlank {
                package: Arc::new(package),
                name: self.template.name().into(),
                engine: engine.clone(),
                docx: Arc::clone(&self.docx),
                styles: Arc::clone(&self.word_styles),
                allowed: Arc::clone(&self.allowed),
                watch: self.watch.clone(),
            }))
        }))
    }
}

/// The faces of the engine and those that the stylesheets declare.
pub(super) fn with_faces(
    fonts: &FontBook,
    faces: &[&FontFace],
    files: &Files,
    sources: &Sources,
    sink: &mut Sink,
) -> FontBook {
    // The engine's book serves other designs, which must not see these faces.
    let mut book = fonts.clone();
    for face in faces {
        let place: Option<Place> = face.span.and_then(|span| sources.place(span));
        match add(&mut book, face, files) {
            Ok(added) => sink.extend(licence(book.face(added)).map(|fault| fault.at(place))),
            Err(fault) => sink.push(fault.at(place)),
        }
    }
    book
}

/// Adds a face: of its addresses the first that can be used (CSS Fonts 4, 4.3.1). If none can, the
/// fault is that of the last, which is the one that is meant for all.
fn add(book: &mut FontBook, face: &FontFace, files: &Files) -> Result<FaceId, Diagnostic> {
    let nothing = say!("`{family}` has no font file", family = face.family);
    let mut result = Err(Diagnostic::error("font-broken", nothing));
    for url in face.urls.iter() {
        result = files.bytes(url).and_then(|bytes| {
            let declared = Declared {
                family: Some(&face.family),
                weights: face.weights,
                style: face.style,
                stretch: face.stretch,
                ranges: &face.ranges,
            };
            book.add_declared(bytes.into_owned(), declared)
        });
        if result.is_ok() {
            break;
        }
    }
    result
}

/// What a face's licence forbids (OpenType, `OS/2`, `fsType`).
fn licence(face: &Face) -> Option<Diagnostic> {
    let what = face.licence().forbids()?;
    let message = say!("the font `{family}` declares that {what}", family = face.family, what);
    let fault = Diagnostic::warning("font-licence", message);
    Some(
        fault.hint(say!("take another font, or ask its maker for a licence that allows embedding")),
    )
}
