//! Documents made in Word: as a template to go on with, and as pages.

use std::sync::Arc;

use super::{Composition, Engine};
use crate::diag::{Error, Sink, Source, Sources, Warned};
use crate::files::Files;
use crate::image::ImageStore;
use crate::style::{StyleCache, Stylesheet};
use crate::word::{self, Package, WordMarkup};
use crate::{boxes, docx, markup};

impl Engine {
    /// The files of a template that looks as a document made in Word: `template.hbs`, `style.css`
    /// and its pictures. `{{…}}` in the document stays what it is.
    ///
    /// # Errors
    /// What is no DOCX, or a broken one: `word-…`.
    pub fn word_to_template(&self, docx: &[u8], name: &str) -> Result<Warned<Files>, Error> {
        self.watch.run(
            |_| None,
            || {
                let package = Package::read(docx)?;
                let made = word::to_markup(&package, name)?;
                Ok(made.map(|made| {
                    let pictures =
                        made.pictures.into_iter().map(|(name, bytes)| (name, bytes.to_vec()));
                    let own = [
                        ("template.hbs".to_owned(), made.markup.into_bytes()),
                        ("style.css".to_owned(), made.css.into_bytes()),
                    ];
                    Files::memory(own.into_iter().chain(pictures))
                }))
            },
        )?
    }

    /// A document made in Word, put together to be written as PDF.
    pub(crate) fn compose_word(
        &self,
        package: &Package,
        name: &str,
    ) -> Result<Warned<Composition>, Error> {
        self.watch.run(
            |_| None,
            || {
                let mut sink = Sink::new();
                let (made, warnings) = word::to_markup(package, name)?.into_parts();
                sink.extend(warnings);
                let boxes = self.word_boxes(made, name, &mut sink)?;
                sink.finish(boxes)
            },
        )?
    }

    fn word_boxes(
        &self,
        made: WordMarkup,
        name: &str,
        sink: &mut Sink,
    ) -> Result<Composition, Error> {
        let WordMarkup { markup, css, pictures } = made;
        let pictures = pictures.into_iter().map(|(name, bytes)| (name, bytes.to_vec()));
        let files = Files::memory(pictures);
        let mut sources = Sources::default();
        // The stylesheet is made by us; what is told of it stands beside the document's name.
        let css = sources.add(Source::new(name, css));
        let sheet = Stylesheet::parse(css, &mut sources, &files, sink);
        let sources = Arc::new(sources);
        let Some(tree) = markup::parse(&markup, sources, sink) else {
            return Err(Error::Invalid(std::mem::take(sink).into_vec()));
        };
        let styles = StyleCache::default().cascade(&tree, &[&sheet], sink);
        let fonts = Arc::clone(self.typesetter.fonts());
        let images = Arc::new(ImageStore::new(files).with_fonts(fonts));
        let boxes = boxes::build(&tree, &styles, &images, sink);
        Ok(Composition {
            boxes,
            images,
            typesetter: Arc::clone(&self.typesetter),
            docx: Arc::<docx::Shared>::default(),
            allowed: Arc::default(),
            watch: self.watch.clone(),
        })
    }
}
