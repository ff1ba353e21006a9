//! One face opened: what it is called, how tall it is, how wide its glyphs are.

use std::sync::OnceLock;

use skrifa::attribute::{Attributes, Style};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::pen::SvgPen;
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::{BoundingBox, Coverage, Face, FaceData, GlyphId, Licence, Metrics};
use crate::cache::Serial;
use crate::diag::{Message, say};

impl Face {
    /// Reads a face; the error says what is wrong with the file.
    pub(super) fn read(data: FaceData, index: u32) -> Result<Self, Message> {
        let font = open(data.bytes(), index)?;
        let attributes = Attributes::new(&font);
        let name = |id| {
            font.localized_strings(id)
                .english_or_first()
                .map(|s| s.chars().collect::<String>())
                .filter(|s| !s.is_empty())
        };
        // The typographic family joins all weights; the other name splits those beyond bold off
        // («Montserrat ExtraBold»).
        let family = name(StringId::TYPOGRAPHIC_FAMILY_NAME)
            .or_else(|| name(StringId::FAMILY_NAME))
            .unwrap_or_else(|| "unnamed".into());
        let postscript_name =
            name(StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family.replace(' ', ""));
        let group = name(StringId::FAMILY_NAME).filter(|name| *name != family);
        // Beyond these widths nothing is drawn, and 0 would mean that none is known.
        let stretch = (attributes.stretch.ratio().clamp(0.1, 10.0) * 1000.0).round() as u16;
        let weight = attributes.weight.value().clamp(1.0, 1000.0) as u16;
        let italic = !matches!(attributes.style, Style::Normal);
        let metrics = metrics(&font);
        Ok(Self {
            serial: Serial::next(),
            data,
            index,
            family,
            group,
            postscript_name,
            stretch,
            weight,
            italic,
            metrics,
            ranges: Box::default(),
            coverage: OnceLock::new(),
            spaces: OnceLock::new(),
            advances: OnceLock::new(),
        })
    }

    /// The number that it is known by.
    pub(crate) fn serial(&self) -> Serial {
        self.serial
    }

    /// Whether it has a glyph for a character.
    pub fn covers(&self, c: char) -> bool {
        self.coverage
            .get_or_init(|| {
                let mappings = self.font().map(|font| {
                    font.charmap()
                        .mappings()
                        // A map to glyph 0 says that the character is missing.
                        .filter(|(_, glyph)| glyph.to_u32() != 0)
                        .map(|(c, _)| c)
                        .filter(|c| self.is_meant_for(*c))
                });
                Coverage::new(mappings.into_iter().flatten())
            })
            .contains(c)
    }

    /// Whether an `@font-face` rule asks for it for a character.
    fn is_meant_for(&self, c: u32) -> bool {
        self.ranges.is_empty() || self.ranges.iter().any(|range| range.contains(&c))
    }

    /// Whether it is meant for some characters only.
    pub(crate) fn is_partial(&self) -> bool {
        !self.ranges.is_empty()
    }

    /// The glyph of a character, before any shaping.
    pub fn glyph(&self, c: char) -> Option<GlyphId> {
        let glyph = self.font()?.charmap().map(c)?;
        GlyphId::try_from(glyph.to_u32()).ok().filter(|glyph| *glyph != 0)
    }

    /// The glyph and the advance of a space, which each paragraph asks for: the usual one or that
    /// at which no line breaks.
    pub(crate) fn space(&self, breaks: bool) -> Option<(GlyphId, f64)> {
        let space = |c| self.glyph(c).map(|glyph| (glyph, self.advance(glyph)));
        self.spaces.get_or_init(|| [space('\u{A0}'), space(' ')])[usize::from(breaks)]
    }

    /// The advance of a glyph in font units; 0 if there is no such glyph.
    pub fn advance(&self, glyph: GlyphId) -> f64 {
        let advances = self.advances.get_or_init(|| self.all_advances());
        advances.get(usize::from(glyph)).copied().map_or(0.0, f64::from)
    }

    /// The advances of all glyphs: opening the tables takes as long as reading hundreds of them.
    fn all_advances(&self) -> Box<[f32]> {
        let Some(font) = self.font() else { return Box::default() };
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = |glyph: u32| metrics.advance_width(glyph.into()).unwrap_or(0.0);
        (0..metrics.glyph_count()).map(advance).collect()
    }

    /// A glyph's outline as SVG path data in font units, y upwards; empty for a space, nothing if
    /// the face has no such glyph or cannot draw it.
    pub(crate) fn outline(&self, glyph: GlyphId) -> Option<String> {
        let font = self.font()?;
        let outline = font.outline_glyphs().get(u32::from(glyph).into())?;
        // Font units are whole numbers; only what lies between two of them has halves.
        let mut pen = SvgPen::with_precision(1);
        outline.draw(Size::unscaled(), &mut pen).ok()?;
        Some(pen.to_string())
    }

    /// Whether the face substitutes glyphs by the OpenType feature of that tag.
    pub(crate) fn has_feature(&self, tag: &[u8; 4]) -> bool {
        let Some(font) = self.font() else { return false };
        let Ok(features) = font.gsub().and_then(|gsub| gsub.feature_list()) else { return false };
        features
            .feature_records()
            .iter()
            .any(|record| record.feature_tag() == skrifa::Tag::new(tag))
    }

    /// What its licence allows.
    pub(crate) fn licence(&self) -> Licence {
        let bits = self.font().and_then(|font| Some(font.os2().ok()?.fs_type())).unwrap_or(0);
        Licence(bits)
    }

    /// Whether it draws in the way of CFF, which Word does not take with a document.
    pub(crate) fn is_cff(&self) -> bool {
        self.font().is_some_and(|font| font.cff().is_ok())
    }

    /// The parsed file. It was parsed before, when the face was read.
    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(self.data.bytes(), self.index).ok()
    }
}

/// Opens a font file and makes sure that it has what text needs.
fn open(bytes: &[u8], index: u32) -> Result<FontRef<'_>, Message> {
    let font =
        FontRef::from_index(bytes, index).map_err(|why| say!("this is not a font: {why}", why))?;
    let table = |table, why: skrifa::raw::ReadError| say!("table `{table}`: {why}", table, why);
    let head = font.head().map_err(|error| table("head", error))?;
    // The limits of OpenType (`head`); 0 would divide by nothing.
    if !(16..=16384).contains(&head.units_per_em()) {
        return Err(say!("table `head`: {units} units per em", units = head.units_per_em()));
    }
    font.maxp().map_err(|error| table("maxp", error))?;
    font.hhea().map_err(|error| table("hhea", error))?;
    font.hmtx().map_err(|error| table("hmtx", error))?;
    // Faces of bitmaps only cannot be printed at any size.
    if font.glyf().is_err() && font.cff().is_err() {
        return Err(say!("it has neither TrueType nor CFF outlines"));
    }
    if !font.charmap().has_map() {
        return Err(say!("it has no character map for Unicode"));
    }
    Ok(font)
}

fn metrics(font: &FontRef<'_>) -> Metrics {
    let m = font.metrics(Size::unscaled(), LocationRef::default());
    let em = f64::from(m.units_per_em);
    let bounds = m.bounds.unwrap_or_default();
    // A face without these (OS/2 older than version 2) gets the usual shares of the em or the
    // ascent.
    let cap_height = m.cap_height.filter(|h| *h > 0.0).map_or(f64::from(m.ascent) * 0.7, f64::from);
    let x_height = m.x_height.filter(|h| *h > 0.0).map_or(em * 0.5, f64::from);
    let thickness = |value: f32| if value > 0.0 { f64::from(value) } else { em * 0.05 };
    let underline = m.underline.unwrap_or_default();
    let strikeout = m.strikeout.unwrap_or_default();
    Metrics {
        units_per_em: em,
        ascent: f64::from(m.ascent),
        descent: -f64::from(m.descent),
        // Some faces have a negative gap, which would pull lines of `line-height: normal` into
        // each other.
        line_gap: f64::from(m.leading).max(0.0),
        cap_height,
        x_height,
        italic_angle: f64::from(m.italic_angle),
        bbox: BoundingBox {
            x_min: f64::from(bounds.x_min),
            y_min: f64::from(bounds.y_min),
            x_max: f64::from(bounds.x_max),
            y_max: f64::from(bounds.y_max),
        },
        // Where the font does not say: a tenth of an em below the baseline, as most fonts have it.
        underline_position: if underline.offset == 0.0 {
            -em * 0.1
        } else {
            f64::from(underline.offset)
        },
        underline_thickness: thickness(underline.thickness),
        strikeout_position: if strikeout.offset > 0.0 {
            f64::from(strikeout.offset)
        } else {
            x_height * 0.5
        },
        strikeout_thickness: thickness(strikeout.thickness),
    }
}
