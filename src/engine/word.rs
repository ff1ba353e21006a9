//! Documents made in Word: as a template to go on with, and as pages.

use std::sync::Arc;

use super::Engine;
use super::composition::BoxedDocument;
use crate::cache::SmallCache;
use crate::diag::{Error, Sink, Source, Sources, Warned};
use crate::files::Files;
use crate::image::ImageStore;
use crate::inspect::Check;
use crate::style::{StyleCache, Stylesheet};
use crate::word::{self, Blank, Package};
use crate::{boxes, docx, markup};

/// Stylesheets of documents by their text: those of one blank nearly always have the same.
pub(super) type BlankStyles = SmallCache<String, Arc<(Stylesheet, StyleCache)>>;

impl Engine {
    /// The files of a template that looks as a document made in Word: `template.hbs`, `style.css`
    /// and its pictures. `{{…}}` in the document stays what it is.
    ///
    /// # Errors
    /// What is no DOCX, or a broken one: `word-…`.
    pub fn word_to_template(&self, docx: &[u8], name: &str) -> Result<Warned<Files>, Error> {
        let made = || {
            let package = Blank::tagged(docx, name)?;
            let made = word::to_markup(&package, name)?;
            Ok(made.map(|made| {
                let pictures = made.pictures.into_iter();
                let pictures = pictures.map(|(name, bytes)| (name, bytes.to_vec()));
                let own = [
                    ("template.hbs".to_owned(), made.markup.into_bytes()),
                    ("style.css".to_owned(), made.css.into_bytes()),
                ];
                Files::memory(own.into_iter().chain(pictures))
            }))
        };
        self.watch.run(|_| None, made)?
    }

    /// The boxes of a document made in Word.
    pub(super) fn word_boxes(
        &self,
        package: &Package,
        name: &str,
        styles: &BlankStyles,
        allowed: &Arc<[Check]>,
        sink: &mut Sink,
    ) -> Result<BoxedDocument, Error> {
        let (made, warnings) = word::to_markup(package, name)?.into_parts();
        sink.extend(warnings);
        let pictures = made.pictures.into_iter().map(|(name, bytes)| (name, bytes.to_vec()));
        let files = Files::memory(pictures);
        let mut sources = Sources::default();
        // The stylesheet is made by us; what is told of it stands beside the document's name.
        let css = sources.add(Source::new(name, made.css.clone()));
        let parse = |_: &String| {
            let sheet = Stylesheet::parse(css, &mut sources, &files, sink);
            Ok::<_, Error>(Arc::new((sheet, StyleCache::default())))
        };
        let sheet = styles.get(made.css, parse)?;
        let Some(tree) = markup::parse(&made.markup, Arc::new(sources), sink) else {
            return Err(Error::Invalid(std::mem::take(sink).into_vec()));
        };
        let styles = sheet.1.cascade(&tree, &[&sheet.0], sink);
        let fonts = Arc::clone(self.typesetter.fonts());
        let images = Arc::new(ImageStore::new(files).with_fonts(fonts));
        let boxes = boxes::build(&tree, &styles, &images, sink);
        Ok(BoxedDocument {
            boxes,
            images,
            typesetter: Arc::clone(&self.typesetter),
            docx: Arc::<docx::Shared>::default(),
            allowed: Arc::clone(allowed),
            watch: self.watch.clone(),
        })
    }
}
