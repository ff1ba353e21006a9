//! A template made ready, and the documents it makes of data.

use std::sync::Arc;

use serde::Serialize;

use super::Composition;
use crate::diag::{Diagnostic, Error, Place, Sink, Sources, Warned};
use crate::files::Files;
use crate::font::FontBook;
use crate::image::ImageStore;
use crate::inspect::Check;
use crate::style::{FontFace, Restyle, Stylesheet};
use crate::template::{Asked, Template};
use crate::text::Typesetter;
use crate::{boxes, docx, markup};

/// A template made ready: compiled, its stylesheets parsed, its own faces loaded.
#[derive(Debug, Clone)]
pub struct Design {
    template: Arc<Template>,
    sources: Arc<Sources>,
    sheets: Arc<[Stylesheet]>,
    restyle: Restyle,
    images: Arc<ImageStore>,
    typesetter: Arc<Typesetter>,
    docx: Arc<docx::Shared>,
    allowed: Arc<[Check]>,
}

impl Design {
    pub(super) fn new(
        template: Warned<Template>,
        typesetter: &Arc<Typesetter>,
    ) -> Result<Warned<Self>, Error> {
        let mut sink = Sink::new();
        sink.extend(template.warnings);
        let template = template.value;
        let mut sources = (**template.sources()).clone();
        let sheets: Vec<Stylesheet> = template
            .stylesheets()
            .iter()
            .map(|&source| Stylesheet::parse(source, &mut sources, template.files(), &mut sink))
            .collect();
        let faces: Vec<&FontFace> = sheets.iter().flat_map(Stylesheet::font_faces).collect();
        let typesetter = if faces.is_empty() {
            Arc::clone(typesetter)
        } else {
            Arc::new(Typesetter::new(Arc::new(with_faces(
                typesetter.fonts(),
                &faces,
                template.files(),
                &sources,
                &mut sink,
            ))))
        };
        let fonts = Arc::clone(typesetter.fonts());
        let images = Arc::new(ImageStore::new(template.files().clone()).with_fonts(fonts));
        let (template, sources, sheets) = (Arc::new(template), Arc::new(sources), sheets.into());
        sink.finish(Self {
            template,
            sources,
            sheets,
            restyle: Restyle::default(),
            images,
            typesetter,
            docx: Arc::default(),
            allowed: Arc::default(),
        })
    }

    /// The template's name, as it was asked for.
    pub fn name(&self) -> &str {
        self.template.name()
    }

    /// What its template asks of the data.
    pub(crate) fn asked(&self) -> Asked {
        self.template.asked()
    }

    /// The same design for data that name pictures of their own, such as signatures and stamps:
    /// what is not beside the template is looked for in this folder.
    #[must_use]
    pub fn with_pictures(self, folder: Files) -> Self {
        let fonts = Arc::clone(self.typesetter.fonts());
        let images = ImageStore::new(self.template.files().clone().or(folder)).with_fonts(fonts);
        Self { images: Arc::new(images), ..self }
    }

    /// The same design, in whose documents these faults of finished pages are warnings.
    #[must_use]
    pub fn allowing(self, checks: impl IntoIterator<Item = Check>) -> Self {
        Self { allowed: checks.into_iter().collect(), ..self }
    }

    /// Puts data into the template and makes boxes of the result.
    ///
    /// # Errors
    /// All faults of the template with these data: unknown names, markup that is not well-formed,
    /// pictures that are missing.
    pub fn compose<T: Serialize + ?Sized>(&self, data: &T) -> Result<Warned<Composition>, Error> {
        let rendered = self.template.render(data)?;
        let mut sink = Sink::new();
        sink.extend(rendered.warnings);
        let sources = match rendered.sources.printed() {
            Some(printed) => self.sources.with_printed(Arc::clone(printed)),
            None => Arc::clone(&self.sources),
        };
        let Some(tree) = markup::parse(&rendered.markup, sources, &mut sink) else {
            return Err(Error::Invalid(sink.into_vec()));
        };
        let sheets: Vec<&Stylesheet> = self.sheets.iter().collect();
        let styles = self.restyle.cascade(&tree, &sheets, &mut sink);
        let boxes = boxes::build(&tree, &styles, &self.images, &mut sink);
        let (images, typesetter, docx) =
            (Arc::clone(&self.images), Arc::clone(&self.typesetter), Arc::clone(&self.docx));
        let allowed = Arc::clone(&self.allowed);
        sink.finish(Composition { boxes, images, typesetter, docx, allowed })
    }
}

/// The faces of the engine and those that the stylesheets declare.
fn with_faces(
    fonts: &FontBook,
    faces: &[&FontFace],
    files: &Files,
    sources: &Sources,
    sink: &mut Sink,
) -> FontBook {
    let mut book = fonts.clone();
    for face in faces {
        let place: Option<Place> = face.span.and_then(|span| sources.place(span));
        let added: Result<_, Diagnostic> = files.read(&face.url).and_then(|bytes| {
            book.add(bytes.into_owned(), Some(&face.family), face.weight, face.style)
        });
        if let Err(fault) = added {
            sink.push(fault.at(place));
        }
    }
    book
}
