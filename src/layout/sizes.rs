//! Used widths and heights of boxes (CSS 2.2, chapter 10; CSS Sizing 3), and minimum and maximum
//! content widths.

use super::context::{Context, MAX_DEPTH, key};
use super::galley::HeightRange;
use super::{inline, table};
use crate::boxes::{BoxNode, Content};
use crate::image::Image;
use crate::style::{Computed, FlexDirection, Position, Sides, Size};

/// Margin, border and padding of a box, percentages resolved against the containing block's width.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edges {
    /// Nothing means `auto`.
    pub(crate) margin: Sides<Option<f64>>,
    pub(crate) border: Sides<f64>,
    pub(crate) padding: Sides<f64>,
}

impl Edges {
    pub(crate) fn new(style: &Computed, base: f64) -> Self {
        Self {
            margin: style.margin.map(|m| m.resolve(base)),
            border: style.border.map(|b| b.width),
            padding: style.padding.map(|p| p.resolve(base).max(0.0)),
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

    /// Left and right margins, `auto` as 0.
    pub(crate) fn margin_across(&self) -> f64 {
        self.margin.left.unwrap_or(0.0) + self.margin.right.unwrap_or(0.0)
    }

    /// Top and bottom margins, `auto` as 0.
    pub(crate) fn margin_along(&self) -> f64 {
        self.margin.top.unwrap_or(0.0) + self.margin.bottom.unwrap_or(0.0)
    }
}

/// A size property as a content size: `box-sizing` taken off, percentages resolved.
fn content_size(size: Size, style: &Computed, base: Option<f64>, edges: f64) -> Option<f64> {
    let Size::Set(value) = size else { return None };
    if value.percent != 0.0 && base.is_none() {
        return None;
    }
    let length = value.resolve(base.unwrap_or(0.0));
    Some(if style.border_box { (length - edges).max(0.0) } else { length.max(0.0) })
}

/// The `width` property as a content width.
pub(crate) fn set_width(style: &Computed, edges: &Edges, base: f64) -> Option<f64> {
    content_size(style.width, style, Some(base), edges.across())
}

/// A content width held between `min-width` and `max-width`.
pub(crate) fn clamp_width(width: f64, style: &Computed, edges: &Edges, base: f64) -> f64 {
    let max =
        content_size(style.max_width, style, Some(base), edges.across()).unwrap_or(f64::INFINITY);
    let min = content_size(style.min_width, style, Some(base), edges.across()).unwrap_or(0.0);
    width.min(max).max(min)
}

/// The `height` property as a content height; a percentage of an unknown height is `auto`.
pub(crate) fn set_height(style: &Computed, edges: &Edges, base: Option<f64>) -> Option<f64> {
    content_size(style.height, style, base, edges.along())
}

/// Bounds of the content height from `height`, `min-height`, `max-height`.
pub(crate) fn height_range(style: &Computed, edges: &Edges, base: Option<f64>) -> HeightRange {
    let max = content_size(style.max_height, style, base, edges.along()).unwrap_or(f64::INFINITY);
    let min = content_size(style.min_height, style, base, edges.along()).unwrap_or(0.0);
    match set_height(style, edges, base) {
        Some(height) => {
            let height = height.min(max).max(min);
            HeightRange { min: height, max: height }
        }
        None => HeightRange { min, max: max.max(min) },
    }
}

/// Content width and left margin of a block in normal flow (CSS 2.2, 10.3.3).
pub(crate) fn block_width(style: &Computed, edges: &Edges, base: f64) -> (f64, f64) {
    let rest = base - edges.across();
    let auto = (rest - edges.margin_across()).max(0.0);
    let set = set_width(style, edges, base);
    let width = clamp_width(set.unwrap_or(auto), style, edges, base);
    let free = rest - width - edges.margin_across();
    let left = match (edges.margin.left, edges.margin.right) {
        (None, None) => (free / 2.0).max(0.0),
        (None, Some(_)) => free.max(0.0),
        (Some(left), _) => left,
    };
    (width, left)
}

/// The content width of a box that shrinks to fit (CSS 2.2, 10.3.5).
pub(crate) fn shrink_width<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    edges: &Edges,
    base: f64,
) -> f64 {
    let style = &node.style;
    let width = set_width(style, edges, base).unwrap_or_else(|| {
        let (min, max) = content_widths(cx, node, 0);
        max.min((base - edges.across() - edges.margin_across()).max(min))
    });
    clamp_width(width, style, edges, base)
}

/// Minimum and maximum content width of a box's content, without its edges.
pub(crate) fn content_widths<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    depth: u32,
) -> (f64, f64) {
    if depth > MAX_DEPTH {
        return (0.0, 0.0);
    }
    let id = (key(node), cx.scale.to_bits());
    if let Some(&known) = cx.intrinsic.get(&id) {
        return known;
    }
    let widths = match &node.content {
        Content::Inline(items) => inline::widths(cx, node, items, depth),
        Content::Blocks(kids) => widest(cx, kids, depth),
        Content::Flex(kids) => flex_widths(cx, node, kids, depth),
        Content::Table(table) => table::widths(cx, node, table, depth),
        Content::Image(image) => {
            let (width, _) =
                image_size(image, &node.style, &Edges::new(&node.style, 0.0), None, None);
            (width, width)
        }
    };
    let marker = inline::inside_marker_width(cx, node);
    let widths = (widths.0.max(marker), widths.1 + marker);
    let widths = (widths.0, widths.1.max(widths.0));
    cx.intrinsic.insert(id, widths);
    widths
}

/// Minimum and maximum width of a box with its edges and margins; percentages count as nothing.
pub(crate) fn outer_widths<'a>(cx: &mut Context<'a>, node: &'a BoxNode, depth: u32) -> (f64, f64) {
    let style = &node.style;
    let edges = Edges::new(style, 0.0);
    let around = edges.across() + edges.margin_across();
    let fixed = match style.width {
        Size::Set(value) if value.percent == 0.0 => set_width(style, &edges, 0.0),
        _ => None,
    };
    let is_image = matches!(node.content, Content::Image(_));
    let (mut min, mut max) = match fixed {
        Some(width) if !matches!(node.content, Content::Table(_)) => (width, width),
        _ => content_widths(cx, node, depth + 1),
    };
    if let (Some(width), Content::Table(_)) = (fixed, &node.content) {
        (min, max) = (min.max(width), min.max(width));
    }
    if is_image && matches!(style.width, Size::Set(v) if v.percent != 0.0) {
        min = 0.0;
    }
    let absolute = |size: Size| match size {
        Size::Set(value) if value.percent == 0.0 => content_size(size, style, None, edges.across()),
        _ => None,
    };
    if let Some(limit) = absolute(style.max_width) {
        (min, max) = (min.min(limit), max.min(limit));
    }
    if let Some(limit) = absolute(style.min_width) {
        (min, max) = (min.max(limit), max.max(limit));
    }
    (min + around, max + around)
}

fn widest<'a>(cx: &mut Context<'a>, kids: &'a [BoxNode], depth: u32) -> (f64, f64) {
    let mut all = (0.0f64, 0.0f64);
    for kid in kids.iter().filter(|kid| in_flow(kid)) {
        let (min, max) = outer_widths(cx, kid, depth);
        all = (all.0.max(min), all.1.max(max));
    }
    all
}

fn flex_widths<'a>(
    cx: &mut Context<'a>,
    node: &BoxNode,
    kids: &'a [BoxNode],
    depth: u32,
) -> (f64, f64) {
    let flex = &node.style.flex;
    if matches!(flex.direction, FlexDirection::Column | FlexDirection::ColumnReverse) {
        return widest(cx, kids, depth);
    }
    let gap = node.style.column_gap.map_or(0.0, |gap| gap.resolve(0.0));
    let (mut all, mut count) = ((0.0f64, 0.0f64), 0);
    for kid in kids.iter().filter(|kid| in_flow(kid)) {
        let (min, max) = outer_widths(cx, kid, depth);
        all.0 = if flex.wrap { all.0.max(min) } else { all.0 + min };
        all.1 += max;
        count += 1;
    }
    let gaps = gap * f64::from((count - 1).max(0));
    (all.0 + if flex.wrap { 0.0 } else { gaps }, all.1 + gaps)
}

/// Whether a box takes part in the flow of its parent.
pub(crate) fn in_flow(node: &BoxNode) -> bool {
    !matches!(node.style.position, Position::Absolute | Position::Fixed)
}

/// Width and height of a picture's content box (CSS 2.2, 10.3.2, 10.4, 10.6.2). `width` is the
/// containing block's, if known.
pub(crate) fn image_size(
    image: &Image,
    style: &Computed,
    edges: &Edges,
    width: Option<f64>,
    height: Option<f64>,
) -> (f64, f64) {
    let ratio =
        if image.width > 0.0 && image.height > 0.0 { image.height / image.width } else { 1.0 };
    let set_w = content_size(style.width, style, width, edges.across());
    let set_h = set_height(style, edges, height);
    let max_w =
        content_size(style.max_width, style, width, edges.across()).unwrap_or(f64::INFINITY);
    let min_w = content_size(style.min_width, style, width, edges.across()).unwrap_or(0.0);
    let max_h =
        content_size(style.max_height, style, height, edges.along()).unwrap_or(f64::INFINITY);
    let min_h = content_size(style.min_height, style, height, edges.along()).unwrap_or(0.0);
    let limit_w = |w: f64| w.min(max_w).max(min_w);
    let limit_h = |h: f64| h.min(max_h).max(min_h);
    match (set_w, set_h) {
        (Some(w), Some(h)) => (limit_w(w), limit_h(h)),
        (Some(w), None) => (limit_w(w), limit_h(limit_w(w) * ratio)),
        (None, Some(h)) => (limit_w(limit_h(h) / ratio), limit_h(h)),
        (None, None) => {
            // Both bounds hold and the ratio is kept as far as they allow.
            let w = limit_w(image.width);
            let h = limit_h(w * ratio);
            (limit_w(h / ratio), h)
        }
    }
}
