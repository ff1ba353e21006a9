//! Faces cut down to the glyphs that a PDF shows.
//!
//! Asked by `pdf` when all pages are painted and the glyphs in use are known.

use std::collections::BTreeMap;

use skrifa::{FontRef, Tag};
use subsetter::GlyphRemapper;

use super::{Face, GlyphId};
use crate::diag::{Diagnostic, Message, say};
use crate::limits;

/// The largest subset; components of glyphs come on top, and glyph numbers have 16 bits.
const MAX_GLYPHS: usize = 32_768;

/// How a font draws its glyphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Outlines {
    TrueType,
    Cff,
}

/// A face cut down to some glyphs, fit to be embedded in a PDF as a CID font (it has no character
/// map).
#[derive(Debug, Clone)]
pub struct Subset {
    /// The font file; for [`Outlines::Cff`] the bare CFF table (`FontFile3` of subtype
    /// `CIDFontType0C`).
    pub data: Vec<u8>,
    /// What is in it.
    pub outlines: Outlines,
    /// New glyph numbers by the old ones. New numbers follow the order in which glyphs were given;
    /// `.notdef` is always 0.
    pub glyphs: BTreeMap<GlyphId, GlyphId>,
}

impl Face {
    /// The face cut down to some glyphs, their components and `.notdef`. The same glyphs in the
    /// same order give the same bytes.
    ///
    /// # Errors
    /// `font-broken` if the file's tables cannot be read.
    pub fn subset(&self, glyphs: &[GlyphId]) -> Result<Subset, Diagnostic> {
        let broken = |fault: Message| {
            Diagnostic::error(
                "font-broken",
                say!(
                    "the face {face} cannot be cut down: {fault}",
                    face = self.postscript_name,
                    fault
                ),
            )
        };
        let mut remapper = GlyphRemapper::new();
        let mut map = BTreeMap::from([(0, 0)]);
        for glyph in glyphs {
            map.insert(*glyph, remapper.remap(*glyph));
            if map.len() > MAX_GLYPHS {
                return Err(broken(say!("more than {most} glyphs", most = MAX_GLYPHS)));
            }
        }
        let cut = || subsetter::subset(self.data.bytes(), self.index, &remapper);
        let data = limits::wall(|| say!("the cutter of fonts (subsetter)"), cut)?
            .map_err(|error| broken(Message::verbatim(error.to_string())))?;
        let font =
            FontRef::new(&data).map_err(|error| broken(Message::verbatim(error.to_string())))?;
        // PDF takes the bare table of a CFF face, without the file around it (ISO 32000-1, 9.9).
        let cff = font.table_data(Tag::new(b"CFF ")).map(|table| table.as_bytes().to_vec());
        Ok(match cff {
            Some(data) => Subset { data, outlines: Outlines::Cff, glyphs: map },
            None => Subset { data, outlines: Outlines::TrueType, glyphs: map },
        })
    }
}
