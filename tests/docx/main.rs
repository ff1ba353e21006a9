//! The DOCX writer: markup files in, an outline of the package out; and what holds for every
//! package.

mod accessible;
mod cases;
mod hostile;
mod package;
mod random;
mod sizes;

use std::path::Path;
use std::sync::Arc;

use itog::diag::{Diagnostic, Sink};
use itog::files::Files;
use itog::internals::boxes::{self, BoxTree};
use itog::internals::diag::Sources;
use itog::internals::docx::{self, DocxOptions, DocxSetup};
use itog::internals::font::FontBook;
use itog::internals::image::ImageStore;
use itog::internals::markup;
use itog::internals::style::StyleCache;
use itog::internals::text::Typesetter;

/// The boxes of a markup text whose pictures lie in `tests/docx`.
fn boxes(markup: &str) -> (BoxTree, ImageStore) {
    styled(markup, &StyleCache::default())
}

/// The same with the styles of trees before it.
fn styled(markup: &str, style_cache: &StyleCache) -> (BoxTree, ImageStore) {
    let mut sink = Sink::new();
    let tree = markup::parse(markup, Arc::new(Sources::default()), &mut sink)
        .unwrap_or_else(|| panic!("{:?}", sink.all()));
    let styles = style_cache.cascade(&tree, &[], &mut sink);
    let images =
        ImageStore::new(Files::folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docx")));
    (boxes::build(&tree, &styles, &images, &mut sink), images)
}

/// The DOCX of a markup text, without fonts inside, and what there was to say.
fn write(markup: &str) -> (Vec<u8>, Vec<Diagnostic>) {
    let (tree, images) = boxes(markup);
    let mut options = DocxOptions::default();
    options.embed_fonts = false;
    let mut sink = Sink::new();
    let bytes = written(&tree, &images, &options, &mut sink);
    assert!(!sink.has_errors(), "{:?}", sink.all());
    (bytes, sink.into_vec())
}

/// Boxes as a document, measured in the faces of the library.
fn written(tree: &BoxTree, images: &ImageStore, options: &DocxOptions, sink: &mut Sink) -> Vec<u8> {
    let typesetter = &Arc::new(Typesetter::new(Arc::new(FontBook::bundled())));
    docx::write(tree, DocxSetup { options, typesetter, images }, sink)
}

/// A document with that body and stylesheet.
fn page(css: &str, body: &str) -> String {
    format!(
        "<html lang=\"ru\"><head><title>Проба</title><style>{css}</style></head>\
         <body>{body}</body></html>"
    )
}
