//! Paragraphs: items in, lines of positioned glyphs out. Itemise, shape, hyphenate, break, justify.
//!
//! How lines are chosen depends on the style:
//!
//! | alignment | line ends |
//! |---|---|
//! | `justify` | optimal fit (Knuth and Plass) at [`LineCosts`] |
//! | `center` | optimal fit for lines of even length, so that no word is left alone |
//! | `left`, `right` | first fit, as browsers and word processors do |
//!
//! In justified lines, spaces and no-break spaces stretch alike, and shrink to
//! `-itog-min-word-space` at most. With `-itog-letter-give` letters take a part of it, and with
//! `-itog-optical-margins` hyphens and stops stand out of the line, so that its edge looks
//! straight. The space at which a line ends stays in the run's text with a glyph that takes no
//! room. Letter-spacing is not added after the last letter of a line.

mod breaks;
mod chain;
mod content_sizes;
mod costs;
mod fit;
mod line;
mod memo;
mod metrics;
mod paragraph;
mod prepare;
mod protrusion;
mod shape;
#[cfg(all(test, feature = "bundled-fonts"))]
mod tex;

use std::sync::Arc;

use crate::cache::Serial;
use crate::diag::{Diagnostic, Sink};
use crate::font::{Face, FaceId, FontBook, GlyphId};
use crate::lang::ru::hyphen::Exceptions;
use crate::limits;
use crate::style::{Color, FontStyle, Hyphens, TextAlign, TextStyle};

pub use content_sizes::ContentSizes;
pub use costs::LineCosts;
pub use metrics::StyleMetrics;

/// Sets paragraphs in the faces of a [`FontBook`]. Many threads may share one: it remembers the
/// shapes of words and the lines of short paragraphs, and nothing of what it was asked changes its
/// answers.
#[derive(Debug)]
pub struct Typesetter {
    serial: Serial,
    shaper: shape::Shaper,
    chains: chain::Chains,
    costs: LineCosts,
    lines: memo::ParagraphMemo<Vec<Line>>,
    widths: memo::ParagraphMemo<ContentSizes>,
}

impl Typesetter {
    /// A typesetter for the faces of a book.
    pub fn new(fonts: Arc<FontBook>) -> Self {
        Self {
            serial: Serial::next(),
            shaper: shape::Shaper::new(fonts),
            chains: chain::Chains::default(),
            costs: LineCosts::default(),
            lines: memo::ParagraphMemo::default(),
            widths: memo::ParagraphMemo::default(),
        }
    }

    /// The number that it is known by: others answer otherwise.
    pub(crate) fn serial(&self) -> Serial {
        self.serial
    }

    /// The same typesetter, which breaks these words at their own places.
    #[must_use]
    pub fn with_hyphens(mut self, own: Exceptions) -> Self {
        self.shaper.hyphens = own;
        self
    }

    /// The same typesetter with other costs of justified lines.
    #[must_use]
    pub fn with_costs(mut self, costs: LineCosts) -> Self {
        self.costs = costs;
        self
    }

    /// The faces.
    pub fn fonts(&self) -> &Arc<FontBook> {
        self.shaper.fonts()
    }

    /// Sets a paragraph. No items give no lines; a forced break ends a line and starts one only if
    /// something follows.
    ///
    /// A character that no face has is the error `missing-glyph`; families of which none is there
    /// are the warning `font-family`. A line that is too long is not a fault here: see
    /// [`Line::overfull`].
    pub fn set(
        &self,
        items: &[InlineItem<'_>],
        setting: &Setting<'_>,
        faults: &mut impl Faults,
    ) -> Vec<Line> {
        limits::tick();
        self.lines.get(items, Some(setting), faults, |faults| {
            paragraph::set(self, items, setting, faults)
        })
    }

    /// The narrowest and the widest that a paragraph can be, in points: every break taken, and only
    /// the forced ones. Faults are not reported.
    pub fn content_sizes(&self, items: &[InlineItem<'_>]) -> ContentSizes {
        limits::tick();
        self.widths.get(items, None, &mut |_: u32, _: Diagnostic| {}, |_| {
            paragraph::content_sizes(&self.shaper, &self.chains, items)
        })
    }

    /// Where the words of a text may be hyphenated, if its style asks for that. What stands before
    /// and behind the text is not looked at.
    pub fn hyphens(&self, text: &str, style: &TextStyle) -> Vec<usize> {
        if style.hyphens != Hyphens::Auto || !style.white_space.wraps() {
            return Vec::new();
        }
        breaks::hyphens_of_text(&self.shaper, text, &style.lang)
    }

    /// Where lines may end inside of the web addresses of a text in a style, with no sign.
    pub fn address_breaks(&self, text: &str, style: &TextStyle) -> Vec<usize> {
        let may_hold = style.white_space.wraps() && (text.contains("://") || text.contains("www."));
        if may_hold { breaks::breaks_of_addresses(text) } else { Vec::new() }
    }

    /// The hyphens of a text behind which no line ends here, though Word would end one.
    pub fn kept_hyphens(&self, text: &str) -> Vec<usize> {
        if text.contains('-') { breaks::kept_hyphens(text) } else { Vec::new() }
    }

    /// The measures of a style's first available face; nothing only if there are no faces at all.
    pub fn metrics(&self, style: &TextStyle) -> Option<StyleMetrics> {
        let face = *self.chains.get(self.fonts(), style).faces.first()?;
        Some(StyleMetrics::new(self.fonts(), face, style))
    }
}

/// Takes the faults of a paragraph with the tags of the items that they are in. A [`Sink`] forgets
/// the tags; a closure may add places.
pub trait Faults {
    /// Takes one.
    fn fault(&mut self, tag: u32, diagnostic: Diagnostic);
}

impl Faults for Sink {
    fn fault(&mut self, _: u32, diagnostic: Diagnostic) {
        self.push(diagnostic);
    }
}

impl<F: FnMut(u32, Diagnostic)> Faults for F {
    fn fault(&mut self, tag: u32, diagnostic: Diagnostic) {
        self(tag, diagnostic);
    }
}

/// A piece of a paragraph as layout hands it over. Text knows no boxes, so an inline box is its two
/// edges.
#[derive(Debug, Clone)]
pub enum InlineItem<'a> {
    /// Text, white space already collapsed.
    Text {
        /// The text.
        text: &'a str,
        /// Its values.
        style: &'a Arc<TextStyle>,
        /// How far its baseline is raised, in points.
        raise: f64,
        /// Given back with every run that comes from this item.
        tag: u32,
    },
    /// The edge of an inline box: margin, border and padding of that side, in points. Not a break
    /// opportunity. Where a line ends beside edges, those that close a box stay and those that
    /// open one go to the next line; an edge closes a box if an edge with the same tag came before.
    Edge {
        /// Its width.
        width: f64,
        /// Given back with its place.
        tag: u32,
    },
    /// A box in the line. Breaks are allowed on both sides.
    Object {
        /// Its width with margins.
        width: f64,
        /// What it needs above the baseline, raise included.
        ascent: f64,
        /// What it needs below.
        descent: f64,
        /// Given back with its place.
        tag: u32,
    },
    /// A forced break.
    Break,
    /// Fills the rest of the line with a pattern.
    Leader {
        /// What is repeated.
        pattern: &'a str,
        /// Its values.
        style: &'a Arc<TextStyle>,
        /// Given back with its runs.
        tag: u32,
    },
    /// Jumps to the next tab stop.
    Tab {
        /// Its values.
        style: &'a Arc<TextStyle>,
        /// Given back with the runs that fill it.
        tag: u32,
    },
}

/// How a paragraph is set.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// The values of the block (strut, alignment).
    pub style: &'a Arc<TextStyle>,
    /// The width of a line, in points.
    pub width: f64,
    /// How much shorter the first line is (`text-indent`, resolved; may be negative).
    pub indent: f64,
    /// Alignment of all lines but the last.
    pub align: TextAlign,
    /// Alignment of the last line and of lines before a forced break.
    pub align_last: TextAlign,
    /// How far the lines begin from the edge that `-itog-tab-stops` are counted from.
    pub tab_origin: f64,
}

impl<'a> Setting<'a> {
    /// As a block of these values is set at a content width.
    pub(crate) fn of_block(style: &'a Arc<TextStyle>, width: f64, tab_origin: f64) -> Self {
        // The last line of a justified paragraph is not stretched (CSS Text 3, 6.3).
        let last = match style.text_align {
            TextAlign::Justify => TextAlign::Left,
            align => align,
        };
        Self {
            style,
            width,
            indent: style.text_indent.resolve(width),
            align: style.text_align,
            align_last: style.text_align_last.unwrap_or(last),
            tab_origin,
        }
    }
}

/// One line.
#[derive(Debug, Clone)]
pub struct Line {
    /// What stands in it, from left to right; `x` is measured from the line's start edge,
    /// alignment and indent included.
    pub pieces: Vec<Piece>,
    /// Room above the baseline, half-leading included.
    pub ascent: f64,
    /// Room below the baseline, half-leading included.
    pub descent: f64,
    /// Natural width without trailing space.
    pub width: f64,
    /// By how much it sticks out of the measure, if it does.
    pub overfull: Option<f64>,
    /// It ends in a hyphen that the breaker put there.
    pub hyphenated: bool,
}

impl Line {
    /// Its height.
    pub fn height(&self) -> f64 {
        self.ascent + self.descent
    }
}

/// What stands in a line.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Glyphs of one face and style.
    Glyphs {
        /// Where it begins.
        x: f64,
        /// How wide it is set, spaces stretched.
        width: f64,
        /// How far its baseline is raised.
        raise: f64,
        /// The item that it comes from.
        tag: u32,
        /// The glyphs.
        run: GlyphRun,
    },
    /// An [`InlineItem::Edge`] came here.
    Edge {
        /// Where it begins.
        x: f64,
        /// Its width.
        width: f64,
        /// The item.
        tag: u32,
    },
    /// An [`InlineItem::Object`] stands here.
    Object {
        /// Where it begins.
        x: f64,
        /// The item.
        tag: u32,
    },
}

/// How glyphs are changed where no face of the family is bold or slanted (CSS Fonts 4, 2.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Synthesis {
    /// They are thickened.
    pub bold: bool,
    /// They are slanted.
    pub oblique: bool,
}

impl Synthesis {
    /// The weight from which text is bold and a face needs no thickening, as in browsers.
    const BOLD: u16 = 600;
    /// The slant of letters whose family has no italics: 14 degrees (CSS Fonts 4, 2.4).
    pub(crate) const SLANT: f64 = 0.249;

    /// How much wider the stems of letters become whose family has no bold face, in ems: in
    /// Chromium, from a 24th at 9 points and below to a 32nd at 36 and above.
    pub(crate) fn thickening(size: f64) -> f64 {
        let large = ((size - 9.0) / (36.0 - 9.0)).clamp(0.0, 1.0);
        1.0 / 24.0 + large * (1.0 / 32.0 - 1.0 / 24.0)
    }

    /// What a face lacks of a style.
    fn new(face: &Face, style: &TextStyle) -> Self {
        Self {
            bold: style.font_weight >= Self::BOLD && face.weight < Self::BOLD,
            oblique: style.font_style == FontStyle::Italic && !face.italic,
        }
    }
}

/// Glyphs of one face, size and colour on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// The size in points.
    pub size: f64,
    /// The colour.
    pub color: Color,
    /// What is made up because the face is not what was asked for.
    pub synthesis: Synthesis,
    /// How wide glyphs are, as a share of the width that they have in the face.
    pub scaling: f64,
    /// The text, as it is to be copied and searched. A hyphen put in by the breaker is U+00AD.
    pub text: Arc<str>,
    /// The glyphs in visual order, shared by the line and by the page that it stands on.
    pub glyphs: Arc<[Glyph]>,
}

impl GlyphRun {
    /// The sum of the advances, in points.
    pub fn width(&self) -> f64 {
        self.glyphs.iter().map(|g| g.advance).sum()
    }
}

/// A glyph and its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Which one.
    pub id: GlyphId,
    /// How far the pen moves after it, in points, kerning, letter-spacing and justification
    /// included.
    pub advance: f64,
    /// Shift to the right, in points.
    pub dx: f64,
    /// Shift upwards, in points.
    pub dy: f64,
    /// The byte in the run's text where its cluster starts.
    pub cluster: u32,
}
