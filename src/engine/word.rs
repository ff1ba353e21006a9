//! Documents made in Word: as a template to go on with, and as pages.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::Engine;
use super::composition::BoxedDocument;
use super::design::with_faces;
use crate::cache::SmallCache;
use crate::diag::{Diagnostic, Error, Sink, Source, Sources, Warned, say};
use crate::files::Files;
use crate::image::ImageStore;
use crate::inspect::Check;
use crate::style::{Family, FontFace, StyleCache, Stylesheet};
use crate::text::Typesetter;
use crate::word::{self, Blank, OF_BLANK, Package, ReadStyles, WordMarkup};
use crate::{boxes, docx, markup};

/// What documents of one blank share.
#[derive(Debug, Default)]
pub(super) struct BlankStyles {
    /// By the text of their stylesheet, which they nearly always have in common.
    looks: SmallCache<String, Arc<BlankLook>>,
    /// The file's own styles, which filling does not change.
    read: ReadStyles,
}

/// A stylesheet with what it brings along.
pub(super) struct BlankLook {
    sheet: Stylesheet,
    cache: StyleCache,
    typesetter: Arc<Typesetter>,
    pictures: BTreeMap<String, Arc<[u8]>>,
    /// These pictures, each read once.
    images: Arc<ImageStore>,
}

impl Engine {
    /// The files of a template that looks as a document made in Word: `template.hbs`, `style.css`,
    /// its pictures and faces. `{{…}}` in the document stays what it is.
    ///
    /// # Errors
    /// What is no DOCX, or a broken one: `word-…`.
    pub fn word_to_template(&self, docx: &[u8], name: &str) -> Result<Warned<Files>, Error> {
        let made = || {
            let (package, warnings) = Blank::tagged(docx, name)?.into_parts();
            let mut made = word::to_markup(&package, name, false, &ReadStyles::default())?;
            made.warnings.splice(0..0, warnings);
            Ok(made.map(|made| {
                let beside = beside(&made);
                let own = [
                    (
                        "template.hbs".to_owned(),
                        format!("{OF_BLANK}\n{}", word::with_literals(&made.markup)).into_bytes(),
                    ),
                    ("style.css".to_owned(), made.css.into_bytes()),
                ];
                Files::memory(own.into_iter().chain(beside))
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
        let (made, warnings) = word::to_markup(package, name, true, &styles.read)?.into_parts();
        sink.extend(warnings);
        let mut sources = Sources::default();
        // The marks of places count in the first source.
        sources.add(Source::new(name, made.plain.clone()));
        // The stylesheet is made by us; what is told of it stands beside the document's name.
        let css = sources.add(Source::new(name, made.css.clone()));
        // Filling changes texts, hardly ever a style: the stylesheet is the same for nearly all
        // records.
        let look = styles.looks.get(made.css.clone(), |_| {
            let files = Files::memory(beside(&made));
            let sheet = Stylesheet::parse(css, &mut sources, &files, sink);
            let typesetter = self.with_faces_of(&sheet, &files, &sources);
            let fonts = Arc::clone(typesetter.fonts());
            let images = Arc::new(ImageStore::new(files).with_fonts(fonts));
            let (cache, pictures) = (StyleCache::default(), made.pictures.clone());
            Ok::<_, Error>(Arc::new(BlankLook { sheet, cache, typesetter, pictures, images }))
        })?;
        tell_faces(&made, &look.typesetter, sink);
        let Some(mut tree) = markup::parse(&made.markup, Arc::new(sources), sink) else {
            return Err(Error::Invalid(std::mem::take(sink).into_vec()));
        };
        spread_places(&mut tree);
        // Pictures of the data are other ones in each document.
        let images = if look.pictures == made.pictures {
            Arc::clone(&look.images)
        } else {
            let fonts = Arc::clone(look.typesetter.fonts());
            Arc::new(ImageStore::new(Files::memory(beside(&made))).with_fonts(fonts))
        };
        let styles = look.cache.cascade(&tree, &[&look.sheet], sink);
        let boxes = boxes::build(&tree, &styles, &images, sink);
        Ok(BoxedDocument {
            boxes,
            images,
            typesetter: Arc::clone(&look.typesetter),
            // Its DOCX is the blank itself, filled, and shares nothing with what we write.
            docx: Arc::<docx::Shared>::default(),
            allowed: Arc::clone(allowed),
            watch: self.watch.clone(),
            settled: OnceLock::new(),
        })
    }

    /// A typesetter that has the faces of a document, too.
    fn with_faces_of(
        &self,
        sheet: &Stylesheet,
        files: &Files,
        sources: &Sources,
    ) -> Arc<Typesetter> {
        let faces: Vec<&FontFace> = sheet.font_faces().iter().collect();
        if faces.is_empty() {
            return Arc::clone(&self.typesetter);
        }
        // One that cannot be used is missing, and told as such.
        let fonts = with_faces(self.typesetter.fonts(), &faces, files, sources, &mut Sink::new());
        let hyphens = self.dictionary.hyphens.clone();
        Arc::new(Typesetter::new(Arc::new(fonts)).with_hyphens(hyphens))
    }
}

/// Gives what stands in a paragraph the place of it, and what holds paragraphs that of the first.
fn spread_places(tree: &mut markup::Tree) {
    let own: Vec<bool> = tree.nodes.iter().map(|node| node.span.is_some()).collect();
    for at in (0..tree.nodes.len()).rev() {
        let (span, parent) = (tree.nodes[at].span, tree.nodes[at].parent);
        let Some(parent) = parent.map(|parent| parent.0 as usize).filter(|at| !own[*at]) else {
            continue;
        };
        let whole = matches!(&tree.nodes[parent].kind,
            markup::NodeKind::Element(el) if matches!(el.name.as_ref(), "html" | "head" | "body"));
        if span.is_some() && !whole {
            tree.nodes[parent].span = span;
        }
    }
    for at in 0..tree.nodes.len() {
        let above = tree.nodes[at].parent.and_then(|parent| tree.nodes[parent.0 as usize].span);
        let node = &mut tree.nodes[at];
        node.span = node.span.or(above);
    }
}

/// The pictures and faces of a document as files.
fn beside(made: &WordMarkup) -> Vec<(String, Vec<u8>)> {
    let pictures = made.pictures.iter().map(|(name, bytes)| (name.clone(), bytes.to_vec()));
    let fonts = made.fonts.iter().map(|font| (font.file.clone(), font.plain()));
    pictures.chain(fonts).collect()
}

/// Tells which faces are replaced by others of other widths.
fn tell_faces(made: &WordMarkup, typesetter: &Typesetter, sink: &mut Sink) {
    for face in &made.faces {
        if !typesetter.fonts().knows(&Family::Named(face.as_str().into())) {
            let message = say!(
                "the font «{face}» is not there: the PDF has another one in its place, and lines \
                 may end elsewhere",
                face
            );
            let told = Diagnostic::warning("word-font", message);
            sink.push(told.hint(say!(
                "take Times New Roman, Arial or Calibri, or let Word put the font into the file \
                 (File, Options, Save, Embed fonts in the file)"
            )));
        }
    }
}
