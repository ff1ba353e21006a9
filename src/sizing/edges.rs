//! Used edges, widths and bounds of heights (CSS 2.2, chapters 8 and 10; CSS Sizing 3).

use crate::geometry::Sides;
use crate::style::{Computed, LengthOrAuto as SizeValue};

/// Margin, border and padding of a box, percentages resolved against the containing block's width.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edges {
    /// Nothing means `auto`.
    pub(crate) margin: Sides<Option<f64>>,
    pub(crate) border: Sides<f64>,
    pub(crate) padding: Sides<f64>,
}

impl Edges {
    /// No edges at all.
    pub(crate) const NONE: Self =
        Self { margin: Sides::all(Some(0.0)), border: Sides::all(0.0), padding: Sides::all(0.0) };

    /// The edges of a box whose containing block is `base` wide; 0 while that is not known, so that
    /// percentages count as nothing (CSS Sizing 3, 5.2.1).
    pub(crate) fn new(style: &Computed, base: f64) -> Self {
        Self {
            margin: style.margin.map(|m| m.resolve(base)),
            border: style.border.map(|b| b.width),
            // `calc()` may come out below 0, where padding is 0 (CSS Values 4, 10.12).
            padding: style.padding.map(|p| p.resolve(base).max(0.0)),
        }
    }

    /// Border and padding, side by side.
    pub(crate) fn inner(&self) -> Sides<f64> {
        let (b, p) = (self.border, self.padding);
        Sides {
            top: b.top + p.top,
            right: b.right + p.right,
            bottom: b.bottom + p.bottom,
            left: b.left + p.left,
        }
    }

    /// Border and padding, left and right together.
    pub(crate) fn across(&self) -> f64 {
        self.border.left + self.border.right + self.padding.left + self.padding.right
    }

    /// Border and padding, top and bottom together.
    pub(crate) fn along(&self) -> f64 {
        self.border.top + self.border.bottom + self.padding.top + self.padding.bottom
    }

    /// How far the content begins from the left edge of the containing block.
    pub(crate) fn line_start(&self) -> f64 {
        self.margin.left.unwrap_or(0.0) + self.border.left + self.padding.left
    }

    /// The margins, `auto` as 0.
    pub(crate) fn margins(&self) -> Sides<f64> {
        self.margin.map(|m| m.unwrap_or(0.0))
    }

    /// Left and right margins, `auto` as 0.
    pub(crate) fn margin_across(&self) -> f64 {
        self.margin.left.unwrap_or(0.0) + self.margin.right.unwrap_or(0.0)
    }

    /// Top and bottom margins, `auto` as 0.
    pub(crate) fn margin_along(&self) -> f64 {
        self.margin.top.unwrap_or(0.0) + self.margin.bottom.unwrap_or(0.0)
    }

    /// The left margin of a block-level box when `free` is left of its containing block: `auto`
    /// takes what is free, two of them half each (CSS 2.2, 10.3.3).
    pub(crate) fn left_margin(&self, free: f64) -> f64 {
        match (self.margin.left, self.margin.right) {
            (None, None) => (free / 2.0).max(0.0),
            (None, Some(_)) => free.max(0.0),
            (Some(left), _) => left,
        }
    }
}

/// The margin before a box that both insets hold: two `auto` margins share what is free, and a
/// single one takes it even if it is less than nothing (CSS 2.2, 10.3.7).
pub(crate) fn start_margin(start: Option<f64>, end: Option<f64>, free: f64) -> f64 {
    match (start, end) {
        (Some(start), _) => start,
        (None, Some(end)) => free - end,
        (None, None) => (free / 2.0).max(0.0),
    }
}

/// A size property as a content size: `box-sizing` taken off, percentages resolved. Nothing for
/// `auto` and for a percentage of what is not known.
pub(super) fn content_size(
    size: SizeValue,
    style: &Computed,
    base: Option<f64>,
    edges: f64,
) -> Option<f64> {
    let SizeValue::Set(value) = size else { return None };
    if value.percent != 0.0 && base.is_none() {
        return None;
    }
    // `border-box` sizes smaller than the edges leave no content, never less (CSS Sizing 3, 3.3).
    let length = value.resolve(base.unwrap_or(0.0));
    Some(if style.border_box { (length - edges).max(0.0) } else { length.max(0.0) })
}

/// The `width` property as a content width.
pub(crate) fn set_width(style: &Computed, edges: &Edges, base: f64) -> Option<f64> {
    content_size(style.width, style, Some(base), edges.across())
}

/// A content width held between `min-width` and `max-width`; the minimum wins. Without a `base`
/// percentages bound nothing.
pub(crate) fn clamp_width(
    width: f64,
    style: &Computed,
    edges: &Edges,
    base: impl Into<Option<f64>>,
) -> f64 {
    let base = base.into();
    let max = content_size(style.max_width, style, base, edges.across()).unwrap_or(f64::INFINITY);
    let min = content_size(style.min_width, style, base, edges.across()).unwrap_or(0.0);
    width.min(max).max(min)
}

/// The `height` property as a content height; a percentage of an unknown height is `auto`.
pub(crate) fn set_height(style: &Computed, edges: &Edges, base: Option<f64>) -> Option<f64> {
    content_size(style.height, style, base, edges.along())
}

/// Least and greatest content height; equal for a definite `height`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct HeightRange {
    pub(crate) min: f64,
    pub(crate) max: f64,
}

impl HeightRange {
    /// As tall as the content.
    pub(crate) const AUTO: Self = Self { min: 0.0, max: f64::INFINITY };

    /// This height and no other.
    pub(crate) const fn exactly(height: f64) -> Self {
        Self { min: height, max: height }
    }

    /// The height, if it does not depend on the content.
    pub(crate) fn definite(self) -> Option<f64> {
        (self.min == self.max).then_some(self.min)
    }

    /// The height for a content height.
    pub(crate) fn clamp(self, height: f64) -> f64 {
        height.min(self.max).max(self.min)
    }

    /// Whether the content alone decides.
    pub(crate) fn is_auto(self) -> bool {
        self == Self::AUTO
    }
}

/// Bounds of the content height from `height`, `min-height`, `max-height`.
pub(crate) fn height_range(style: &Computed, edges: &Edges, base: Option<f64>) -> HeightRange {
    let max = content_size(style.max_height, style, base, edges.along()).unwrap_or(f64::INFINITY);
    let min = content_size(style.min_height, style, base, edges.along()).unwrap_or(0.0);
    match set_height(style, edges, base) {
        Some(height) => HeightRange::exactly(height.min(max).max(min)),
        // A maximum below the minimum counts as the minimum.
        None => HeightRange { min, max: max.max(min) },
    }
}

/// How wide a block in normal flow is, and where it begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BlockWidth {
    /// The content width.
    pub(crate) content: f64,
    /// From the containing block's left edge to the border box.
    pub(crate) left: f64,
}

/// Content width and left margin of a block in normal flow (CSS 2.2, 10.3.3).
pub(crate) fn block_width(style: &Computed, edges: &Edges, base: f64) -> BlockWidth {
    // What margins, border and padding leave of the containing block is the content.
    let rest = base - edges.across();
    let auto = (rest - edges.margin_across()).max(0.0);
    let set = set_width(style, edges, base);
    let content = clamp_width(set.unwrap_or(auto), style, edges, base);
    // Over-constrained boxes keep their left margin; the right one gives way (CSS 2.2, 10.3.3).
    let left = edges.left_margin(rest - content - edges.margin_across());
    BlockWidth { content, left }
}
