//! Positioned boxes: relative shifts, sizes and places of absolute boxes (CSS 2.2, 9.4.3, 10.3.7,
//! 10.6.4).

use super::Sizer;
use super::edges::{
    Edges, HeightRange, clamp_width, height_range, set_height, set_width, start_margin,
};
use super::picture::picture;
use crate::boxes::{BoxNode, Content};
use crate::geometry::{Point, Rect, Sides, Size};
use crate::style::{Computed, Position};

/// The size of a box's containing block; its height may be known only when it is filled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ContainingBlock {
    pub(crate) width: f64,
    pub(crate) height: Option<f64>,
}

/// Where an absolute box stands: nothing on an axis without insets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct AbsolutePlace {
    pub(crate) x: Option<f64>,
    pub(crate) y: Option<f64>,
}

/// How far `position: relative` shifts a box in its containing block; `top` and `left` win.
pub(crate) fn relative_shift(style: &Computed, block: ContainingBlock) -> Point {
    if style.position != Position::Relative {
        return Point::ZERO;
    }
    let inset = style.inset;
    let width = block.width;
    let x = inset.left.resolve(width).or_else(|| inset.right.resolve(width).map(|r| -r));
    // Percentages of a height that is not known count as nothing (CSS 2.2, 9.3.2).
    let base = block.height.unwrap_or(0.0);
    let y = inset.top.resolve(base).or_else(|| inset.bottom.resolve(base).map(|b| -b));
    Point::new(x.unwrap_or(0.0), y.unwrap_or(0.0))
}

fn insets(style: &Computed, block: Size) -> Sides<Option<f64>> {
    Sides {
        left: style.inset.left.resolve(block.width),
        right: style.inset.right.resolve(block.width),
        top: style.inset.top.resolve(block.height),
        bottom: style.inset.bottom.resolve(block.height),
    }
}

impl Sizer<'_> {
    /// The content width of an absolute box and the bounds of its content height, in a containing
    /// block. `static_x` is how far from its left edge the box would stand in the flow.
    pub(crate) fn absolute_size(
        self,
        node: &BoxNode,
        edges: &Edges,
        block: Size,
        static_x: f64,
    ) -> (f64, HeightRange) {
        let style = &node.style;
        let inset = insets(style, block);
        let base = block.width;
        let image = match &node.content {
            Content::Image(image) => {
                Some(picture(image, style, edges, Some(base), Some(block.height)))
            }
            _ => None,
        };
        // A picture has a size without being asked (CSS 2.2, 10.3.8): it is never shrunk to fit.
        let set = image.map(|size| size.width).or_else(|| set_width(style, edges, base));
        let around = edges.across() + edges.margin_across();
        let width = match (set, inset.left, inset.right) {
            // A set width or a picture's own; over-constrained boxes give up `right` (10.3.7).
            (Some(width), ..) => clamp_width(width, style, edges, base),
            (None, Some(left), Some(right)) => {
                clamp_width((base - left - right - around).max(0.0), style, edges, base)
            }
            (None, Some(inset), _) | (None, _, Some(inset)) => {
                self.shrink_to_fit(node, edges, base - inset)
            }
            (None, None, None) => self.shrink_to_fit(node, edges, base - static_x.max(0.0)),
        };
        let range = height_range(style, edges, Some(block.height));
        let range = match (image, inset.top, inset.bottom) {
            // Pictures are never stretched by insets.
            (Some(size), ..) => HeightRange::exactly(size.height),
            (None, Some(top), Some(bottom))
                // Both insets make the height only where `height` does not (CSS 2.2, 10.6.4).
                if set_height(style, edges, Some(block.height)).is_none() =>
            {
                let taken = top + bottom + edges.along() + edges.margin_along();
                // `min-height` and `max-height` bound this height like any other (CSS 2.2,
                // 10.7).
                HeightRange::exactly(range.clamp((block.height - taken).max(0.0)))
            }
            _ => range,
        };
        (width, range)
    }
}

/// Where the border box of an absolute box stands; nothing on an axis without insets, where its
/// static position counts.
pub(crate) fn absolute_place(
    style: &Computed,
    edges: &Edges,
    block: Rect,
    size: Size,
) -> AbsolutePlace {
    let inset = insets(style, block.size());
    let margin = edges.margin;
    let along = |ends: (Option<f64>, Option<f64>),
                 margins: (Option<f64>, Option<f64>),
                 (from, room): (f64, f64),
                 size: f64| match ends {
        (Some(start), Some(end)) => {
            Some(from + start + start_margin(margins.0, margins.1, room - start - end - size))
        }
        // With one inset left out, `auto` margins are 0.
        (Some(start), None) => Some(from + start + margins.0.unwrap_or(0.0)),
        (None, Some(end)) => Some(from + room - end - margins.1.unwrap_or(0.0) - size),
        (None, None) => None,
    };
    AbsolutePlace {
        x: along(
            (inset.left, inset.right),
            (margin.left, margin.right),
            (block.x, block.width),
            size.width,
        ),
        y: along(
            (inset.top, inset.bottom),
            (margin.top, margin.bottom),
            (block.y, block.height),
            size.height,
        ),
    }
}
