//! Line heights (CSS 2.2, section 10.8).
//!
//! From the faces of a line to its height above and below the baseline.

use crate::font::{FaceId, FontBook};
use crate::style::{LineHeight, LineSpacing, TextStyle};

/// How far a line reaches above and below its baseline, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LineExtent {
    pub(super) above: f64,
    pub(super) below: f64,
}

impl LineExtent {
    /// Grows to hold another.
    pub(super) fn add(&mut self, other: Self) {
        self.above = self.above.max(other.above);
        self.below = self.below.max(other.below);
    }
}

/// The measures of a style's first available face, in points: what inline layout reckons with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StyleMetrics {
    /// The face.
    pub face: FaceId,
    /// The face's own ascent.
    pub ascent: f64,
    /// The face's own descent, positive.
    pub descent: f64,
    /// The height of capitals.
    pub cap_height: f64,
    /// The height of small letters.
    pub x_height: f64,
    /// Room that a line of this style needs above its baseline, half-leading included.
    pub above: f64,
    /// Room that it needs below.
    pub below: f64,
    /// The middle of the underline above the baseline; negative below.
    pub underline_position: f64,
    /// Its thickness.
    pub underline_thickness: f64,
    /// The middle of the strike-out line.
    pub strikeout_position: f64,
    /// Its thickness.
    pub strikeout_thickness: f64,
}

impl StyleMetrics {
    pub(super) fn new(fonts: &FontBook, face: FaceId, style: &TextStyle) -> Self {
        let m = &fonts.face(face).metrics;
        let scale = style.font_size / m.units_per_em;
        let extent = line_extent(fonts, face, style);
        Self {
            face,
            ascent: m.ascent * scale,
            descent: m.descent * scale,
            cap_height: m.cap_height * scale,
            x_height: m.x_height * scale,
            above: extent.above,
            below: extent.below,
            underline_position: m.underline_position * scale,
            underline_thickness: m.underline_thickness * scale,
            strikeout_position: m.strikeout_position * scale,
            strikeout_thickness: m.strikeout_thickness * scale,
        }
    }
}

/// How far text of a style reaches: ascent and descent with half of the leading each. `normal`
/// is what the face asks for, line gap included.
pub(super) fn line_extent(fonts: &FontBook, face: FaceId, style: &TextStyle) -> LineExtent {
    let m = &fonts.face(face).metrics;
    let scale = style.font_size / m.units_per_em;
    let (ascent, descent) = (m.ascent * scale, m.descent * scale);
    // Here only what the face asks for, its gap above: what the line becomes is said of the whole
    // line (`LineRule`).
    if style.line_spacing != LineSpacing::Css {
        return LineExtent { above: ascent + m.line_gap * scale, below: descent };
    }
    let line = match style.line_height {
        LineHeight::Normal => m.normal_line() * style.font_size,
        LineHeight::Number(n) => n * style.font_size,
        LineHeight::Length(points) => points,
    };
    // Half of the leading stands above, half below, and it may be negative (CSS 2.2, 10.8.1).
    let above = ascent + (line - (ascent + descent)) / 2.0;
    // The sum is exact: what is below is what is left.
    LineExtent { above, below: line - above }
}

/// What a word processor makes of a line's own height (`-itog-line-spacing`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum LineRule {
    /// CSS has said all of the boxes in it.
    Css,
    /// So many times its own.
    Times(f64),
    Exactly(f64),
    AtLeast(f64),
}

impl LineRule {
    pub(super) fn new(style: &TextStyle) -> Self {
        match (style.line_spacing, style.line_height) {
            (LineSpacing::Css, _) => Self::Css,
            (_, LineHeight::Normal) => Self::Times(1.0),
            (_, LineHeight::Number(times)) => Self::Times(times),
            (LineSpacing::Word, LineHeight::Length(points)) => Self::Exactly(points),
            (LineSpacing::AtLeast, LineHeight::Length(points)) => Self::AtLeast(points),
        }
    }

    /// The height of a line whose content needs this much.
    pub(super) fn applied(self, own: LineExtent) -> LineExtent {
        let LineExtent { above, below } = own;
        let height = above + below;
        match self {
            Self::Css => own,
            // What a line is made lower by is taken from above its letters, what is added is below;
            // the least height is had above.
            Self::Times(times) if times < 1.0 => {
                LineExtent { above: above - (1.0 - times) * height, below }
            }
            Self::Times(times) => LineExtent { above, below: below + (times - 1.0) * height },
            Self::Exactly(points) => LineExtent { above: 0.8 * points, below: 0.2 * points },
            Self::AtLeast(points) => {
                LineExtent { above: above + (points - height).max(0.0), below }
            }
        }
    }
}
