//! Runs of glyphs as operands of `Tj` and `TJ` (ISO 32000-1, 9.4.3): codes of the face that the
//! file embeds, and the ways between them.

use super::font::{PdfFont, clusters};
use super::save::{hexadecimal, integer};
use crate::text::GlyphRun;

/// A run as it is shown.
#[derive(Debug)]
pub(super) struct CodedRun {
    pub(super) parts: Vec<RisenPart>,
    /// Whether letters stand so far apart that readers may take them for words.
    pub(super) spaced: bool,
    /// Whether the font has all of its glyphs.
    pub(super) whole: bool,
}

/// Glyphs one after another that are raised alike.
#[derive(Debug)]
pub(super) struct RisenPart {
    pub(super) rise: f64,
    /// Strings and the ways between them; the last is a string.
    items: Vec<u8>,
    /// Whether there is one string and nothing else.
    only: bool,
}

/// How far letters stand apart that may be taken for words, in thousandths of the em: a tenth of
/// the em in poppler, and less since other readers are stricter.
const SPACED: f64 = 80.0;

impl CodedRun {
    /// Positions are whole thousandths of the em. What rounding leaves over goes into the next
    /// glyph's, so that no error adds up.
    pub(super) fn new(run: &GlyphRun, font: &PdfFont) -> Self {
        let (mut spaced, mut whole) = (false, true);
        let scale = 1000.0 / (run.size * run.scaling);
        // Where the pen should be, and where a reader has it, from the widths that it knows.
        let (mut target, mut actual) = (0.0, 0.0);
        let mut parts = Vec::with_capacity(1);
        let mut open = OpenPart::new(run.glyphs.first().map_or(0.0, |glyph| glyph.dy));
        for cluster in clusters(run) {
            let mut apart = 0.0;
            for (n, glyph) in run.glyphs[cluster.glyphs.clone()].iter().enumerate() {
                if glyph.dy != open.part.rise {
                    parts.extend(std::mem::replace(&mut open, OpenPart::new(glyph.dy)).end());
                }
                let code = font.code(glyph.id, cluster.text_of(n));
                let width = font.width(code);
                whole &= code != 0;
                // `TJ` numbers move to the left, in thousandths of the em.
                let offset = (actual - target - glyph.dx * scale).round();
                if offset != 0.0 {
                    open.space(offset as i64);
                    actual -= offset;
                }
                open.codes.extend(code.to_be_bytes());
                actual += width;
                target += glyph.advance * scale;
                apart += glyph.advance * scale - width;
            }
            spaced |= apart > SPACED && !cluster.text.trim().is_empty();
        }
        parts.extend(open.end());
        Self { parts, spaced, whole }
    }
}

/// A part that is being written.
struct OpenPart {
    part: RisenPart,
    /// The open string.
    codes: Vec<u8>,
}

impl OpenPart {
    fn new(rise: f64) -> Self {
        Self { part: RisenPart { rise, items: Vec::new(), only: true }, codes: Vec::new() }
    }

    fn space(&mut self, offset: i64) {
        self.end_string();
        let items = &mut self.part.items;
        items.extend_from_slice(if items.is_empty() { b"" } else { b" " });
        integer(items, offset);
        self.part.only = false;
    }

    fn end_string(&mut self) {
        if !self.codes.is_empty() {
            self.part.only &= self.part.items.is_empty();
            hexadecimal(&mut self.part.items, &self.codes);
            self.codes.clear();
        }
    }

    fn end(mut self) -> Option<RisenPart> {
        self.end_string();
        (!self.part.items.is_empty()).then_some(self.part)
    }
}

impl RisenPart {
    /// Writes the operator, with the code of a space behind the last glyph if there is to be one.
    pub(super) fn show(&self, out: &mut Vec<u8>, space: Option<u16>) {
        out.extend_from_slice(if self.only { b"" } else { b"[" });
        match (space, self.items.split_last()) {
            (Some(space), Some((close, items))) => {
                out.extend_from_slice(items);
                let mut own = Vec::with_capacity(6);
                hexadecimal(&mut own, &space.to_be_bytes());
                out.extend_from_slice(&own[1..own.len() - 1]);
                out.push(*close);
            }
            _ => out.extend_from_slice(&self.items),
        }
        out.extend_from_slice(if self.only { b" Tj" } else { b"] TJ" });
    }
}
