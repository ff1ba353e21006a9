//! An element's values while they are being computed.
//!
//! The cascade fills one for each element, in the order of precedence.

use std::sync::Arc;

use super::units::{Scale, Units};
use super::{
    BorderSide, BorderStyle, Color, Computed, Decoration, Display, Fit, PrinterMarks, Sides,
    TextStyle,
};
use crate::diag::Span;
use crate::geometry::Size;

/// `medium`, the initial border width: 3px.
const MEDIUM: f64 = 2.25;

/// The smallest share that `-itog-fit: shrink` goes down to if `-itog-fit-min` is not given.
const FIT_MIN: f64 = 0.5;

/// An element's values while declarations are applied to them.
#[derive(Debug)]
pub(super) struct Target<'a> {
    /// The values so far.
    pub(super) own: Computed,
    /// The parent's values.
    pub(super) parent: &'a Computed,
    /// What the document's lengths are measured by; an element may only read it, the root may ask
    /// for another one.
    pub(super) scale: Scale,
    /// `text-decoration-line` of this element alone.
    pub(super) line: Decoration,
    /// `-itog-fit: shrink`.
    pub(super) fit: Option<bool>,
    /// `-itog-fit-min`.
    pub(super) fit_min: f64,
    /// `size` of an `@page` rule: width and height in points.
    pub(super) size: Option<Size>,
    /// Where that is written.
    pub(super) size_at: Option<Span>,
    /// Where `content` is written.
    pub(super) content_at: Option<Span>,
    /// `-itog-pages` of an `@page` rule.
    pub(super) pages: Option<u32>,
    /// `bleed` of an `@page` rule.
    pub(super) bleed: Option<f64>,
    /// `marks` of an `@page` rule: crop marks and crosses.
    pub(super) marks: PrinterMarks,
}

impl<'a> Target<'a> {
    /// Inherited values from the parent, initial values for the rest.
    pub(super) fn new(parent: &'a Computed, scale: Scale) -> Self {
        // Inherited values are shared until one changes: most elements change none.
        let own = bordered(Computed::inherited(parent), parent.text.color);
        Self {
            own,
            parent,
            scale,
            line: Decoration::default(),
            fit: None,
            fit_min: FIT_MIN,
            size: None,
            size_at: None,
            content_at: None,
            pages: None,
            bleed: None,
            marks: PrinterMarks::default(),
        }
    }

    /// The inherited values, to be changed.
    pub(super) fn text(&mut self) -> &mut TextStyle {
        Arc::make_mut(&mut self.own.text)
    }

    /// What relative values are relative to.
    pub(super) fn units(&self) -> Units {
        Units { em: self.own.text.font_size, scale: self.scale, color: self.own.text.color }
    }

    /// Initial values of everything, with this element's `currentcolor`.
    pub(super) fn initial(&self) -> Computed {
        bordered(Computed::default(), self.own.text.color)
    }

    /// `currentcolor` is known now: borders that say nothing else have it.
    pub(super) fn settle_color(&mut self) {
        let color = self.own.text.color;
        // Borders belong to the stage that follows, so nothing that was declared is lost here.
        self.own.border = Sides::all(BorderSide { width: MEDIUM, style: BorderStyle::None, color });
        self.own.columns.rule.color = color;
    }

    /// What can be said only when all declarations are applied.
    pub(super) fn finish(mut self, is_root: bool) -> Computed {
        let parent = self.parent;
        let out_of_flow = self.own.position.is_out_of_flow();

        // CSS 2.2, 9.7, and Flexbox 1, section 4.
        if is_root
            || out_of_flow
            || self.own.footnote
            || matches!(parent.display, Display::Flex | Display::Grid)
        {
            self.own.display = self.own.display.blockified();
        }

        // CSS Text Decoration 3, section 2.1: not into inline-blocks and what is out of flow.
        let stays_out =
            is_root || out_of_flow || self.own.footnote || self.own.display == Display::InlineBlock;
        let outer = if stays_out { Decoration::default() } else { parent.text.decoration };
        let decoration = Decoration {
            underline: outer.underline || self.line.underline,
            overline: outer.overline || self.line.overline,
            line_through: outer.line_through || self.line.line_through,
        };
        // Compared first, since writing would copy the shared values.
        if decoration != self.own.text.decoration {
            self.text().decoration = decoration;
        }

        // Only now: a later declaration might have given the side a style after its width.
        self.own.border = self.own.border.map(drawn);
        self.own.columns.rule = drawn(self.own.columns.rule);
        self.own.fit = self.fit.map(|whole| Fit { whole, min: self.fit_min });
        self.own
    }
}

/// Borders and rules have a width and the text's colour from the beginning, and no style.
fn bordered(mut values: Computed, color: Color) -> Computed {
    let side = BorderSide { width: MEDIUM, style: BorderStyle::None, color };
    values.border = Sides::all(side);
    values.columns.rule = side;
    values
}

/// A border without a style has no width (CSS Backgrounds 3, section 4.3).
fn drawn(side: BorderSide) -> BorderSide {
    match side.style {
        BorderStyle::None | BorderStyle::Hidden => BorderSide { width: 0.0, ..side },
        _ => side,
    }
}
