//! The outlines of a document's letters, each made once.
//!
//! Pages refer to them; the same letter costs a reference.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Sink, say};
use crate::font::{FaceId, GlyphId};
use crate::layout::{Pages, Paint};

/// Outlines as path data in font units, y upwards.
#[derive(Debug, Clone)]
pub(super) struct Glyphs(BTreeMap<(FaceId, GlyphId), String>);

impl Glyphs {
    /// Those that the pages show.
    pub(super) fn new(pages: &Pages, sink: &mut Sink) -> Self {
        // In the order of faces and glyphs, so that the same pages give the same bytes.
        let mut shown = BTreeSet::new();
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            if let Paint::Glyphs { run, .. } = &item.paint {
                shown.extend(run.glyphs.iter().map(|glyph| (run.face, glyph.id)));
            }
        }
        let mut broken = BTreeSet::new();
        let outlines = shown.into_iter().filter_map(|(face, glyph)| {
            let outline = pages.fonts.face(face).outline(glyph);
            if outline.is_none() {
                broken.insert(face);
            }
            Some(((face, glyph), outline?))
        });
        let outlines = Self(outlines.collect());
        // Once for each face: whoever mends it mends all its letters.
        for face in broken {
            let name = &pages.fonts.face(face).postscript_name;
            let message = say!("the face {name} has letters that cannot be drawn", name);
            sink.push(Diagnostic::error("font-broken", message));
        }
        outlines
    }

    /// The outline of a glyph; nothing if it leaves no ink, as a space.
    pub(super) fn outline(&self, face: FaceId, glyph: GlyphId) -> Option<&str> {
        self.0.get(&(face, glyph)).map(String::as_str).filter(|path| !path.is_empty())
    }
}
