//! Flex and grid containers: taffy decides where the items go, our own layout measures and sets them (CSS
//! Flexible Box Layout 1).

use taffy::prelude::*;
use taffy::{Baselines, compute_leaf_layout};

use super::context::Context;
use super::flow;
use super::frame::{Effect, Frame, Positioned};
use super::galley::HeightRange;
use super::sizes::{self, Edges};
use crate::boxes::{BoxNode, Content};
use crate::style::{Alignment, Computed, FlexDirection, LengthPercentage as Value, Size as Length};

/// What is inside a flex container of a content width.
pub(crate) fn contents<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    kids: &'a [BoxNode],
    width: f64,
    height: Option<f64>,
    depth: u32,
) -> Frame<'a> {
    let mut items: Vec<&'a BoxNode> = kids.iter().filter(|kid| sizes::in_flow(kid)).collect();
    items.sort_by_key(|kid| kid.style.flex.order);
    let is_grid = node.style.display == crate::style::Display::Grid;
    let style_of = |kid: &BoxNode| {
        let style = item_style(kid);
        if is_grid { super::grid::item(&kid.style, style) } else { style }
    };
    let mut tree: TaffyTree<&'a BoxNode> = TaffyTree::with_capacity(items.len() + 1);
    tree.disable_rounding();
    let leaves: Vec<NodeId> = items
        .iter()
        .filter_map(|kid| tree.new_leaf_with_context(style_of(kid), *kid).ok())
        .collect();
    let mut frame = Frame { width, ..Frame::default() };
    let mut container = container_style(&node.style, width, height);
    if is_grid {
        container = super::grid::container(&node.style, container);
    }
    let Ok(root) = tree.new_with_children(container, &leaves) else {
        return frame;
    };
    let space = Size {
        width: AvailableSpace::Definite(width as f32),
        height: height.map_or(AvailableSpace::MaxContent, |h| AvailableSpace::Definite(h as f32)),
    };
    let measured = tree.compute_layout_with_measure(root, space, |inputs, _, context, style| {
        let mut baseline = None;
        let mut output = compute_leaf_layout(
            inputs,
            style,
            |_, _| 0.0,
            |known, space| {
                let Some(kid) = context else { return Size::ZERO };
                let (size, first) = measure(cx, kid, known, space, width, depth);
                baseline = first;
                size
            },
        );
        output.baselines = Baselines::from_first(baseline);
        output
    });
    if measured.is_err() {
        return frame;
    }
    let root_layout = tree.layout(root).copied().unwrap_or_default();
    frame.height = f64::from(root_layout.size.height);
    for (kid, leaf) in items.iter().zip(&leaves) {
        let Ok(place) = tree.layout(*leaf) else { continue };
        let edges = Edges::new(&kid.style, width);
        let content_width = (f64::from(place.size.width) - edges.across()).max(0.0);
        let content_height = (f64::from(place.size.height) - edges.along()).max(0.0);
        let range = HeightRange { min: content_height, max: content_height };
        let content_width = widened(cx, kid, content_width, depth);
        let child = flow::boxed(cx, kid, &edges, content_width, range, (width, height), depth + 1);
        let (x, y) = (f64::from(place.location.x), f64::from(place.location.y));
        if let Some((first, last)) = child.baselines {
            let first = frame.baselines.map_or(y + first, |(known, _)| known);
            frame.baselines = Some((first, y + last));
        }
        frame.place(x, y, flow::layer(&kid.style), &child, Effect::default());
    }
    for kid in kids.iter().filter(|kid| !sizes::in_flow(kid)) {
        frame.positioned.push(Positioned {
            node: kid,
            x: 0.0,
            y: 0.0,
            scale: cx.scale,
            depth: depth + 1,
        });
    }
    frame
}

/// Single precision loses some thousandths of a point; text that just fits must not wrap for that.
fn widened<'a>(cx: &mut Context<'a>, kid: &'a BoxNode, width: f64, depth: u32) -> f64 {
    if matches!(kid.content, Content::Image(_)) {
        return width;
    }
    let (_, max) = sizes::content_widths(cx, kid, depth);
    if width < max && width + 0.02 > max { max } else { width }
}

fn measure<'a>(
    cx: &mut Context<'a>,
    kid: &'a BoxNode,
    known: Size<Option<f32>>,
    space: Size<AvailableSpace>,
    base: f64,
    depth: u32,
) -> (Size<f32>, Option<f32>) {
    let edges = Edges::new(&kid.style, base);
    // What taffy knows is the border box; what it asks for is the content.
    let known = Size {
        width: known.width.map(|w| (w - edges.across() as f32).max(0.0)),
        height: known.height.map(|h| (h - edges.along() as f32).max(0.0)),
    };
    if let Content::Image(image) = &kid.content {
        let (w, h) = sizes::image_size(image, &kid.style, &edges, Some(base), None);
        let ratio = if w > 0.0 { h / w } else { 1.0 };
        let size = match (known.width, known.height) {
            (Some(width), Some(height)) => Size { width, height },
            (Some(width), None) => Size { width, height: width * ratio as f32 },
            (None, Some(height)) => {
                Size { width: (f64::from(height) / ratio.max(1e-6)) as f32, height }
            }
            (None, None) => Size { width: w as f32, height: h as f32 },
        };
        return (size, None);
    }
    let width = known.width.map(f64::from).unwrap_or_else(|| {
        let (min, max) = sizes::content_widths(cx, kid, depth);
        match space.width {
            AvailableSpace::MinContent => min,
            AvailableSpace::MaxContent => max,
            AvailableSpace::Definite(room) => max.min((f64::from(room)).max(min)),
        }
    });
    let wide = widened(cx, kid, width, depth);
    let (natural, baseline) = measured_height(cx, kid, wide, depth);
    let top = edges.border.top + edges.padding.top;
    // Rounded up so that the width set from it holds the text.
    let size =
        Size { width: (width + 0.005) as f32, height: known.height.unwrap_or(natural as f32) };
    (size, baseline.map(|b| (b + top) as f32))
}

/// The height and first baseline of an item's content at a width; asked for more than once while
/// taffy looks for the best.
fn measured_height<'a>(
    cx: &mut Context<'a>,
    kid: &'a BoxNode,
    width: f64,
    depth: u32,
) -> (f64, Option<f64>) {
    let id = (super::context::key(kid), (width * 64.0).round().to_bits(), cx.scale.to_bits());
    if let Some(&known) = cx.heights.get(&id) {
        return known;
    }
    let measured = if depth > super::context::MAX_DEPTH {
        cx.too_deep(kid);
        (0.0, None)
    } else {
        let frame =
            cx.quietly(|cx| super::fit::contents(cx, kid, width, None, f64::INFINITY, depth + 1));
        (frame.height, frame.baselines.map(|(first, _)| first))
    };
    cx.heights.insert(id, measured);
    measured
}

fn container_style(style: &Computed, width: f64, height: Option<f64>) -> Style {
    let flex = &style.flex;
    // A definite height has been held between its bounds already.
    let range = match height {
        Some(height) => HeightRange { min: height, max: height },
        None => sizes::height_range(style, &Edges::new(style, width), None),
    };
    let gap =
        |value: Option<Value>, base: f64| length(value.map_or(0.0, |v| v.resolve(base)) as f32);
    Style {
        display: Display::Flex,
        size: Size {
            width: length(width as f32),
            height: height.map_or(auto(), |h| length(h as f32)),
        },
        min_size: Size { width: auto(), height: length(range.min as f32) },
        max_size: Size {
            width: auto(),
            height: if range.max < f64::INFINITY { length(range.max as f32) } else { auto() },
        },
        flex_direction: match flex.direction {
            FlexDirection::Row => taffy::FlexDirection::Row,
            FlexDirection::RowReverse => taffy::FlexDirection::RowReverse,
            FlexDirection::Column => taffy::FlexDirection::Column,
            FlexDirection::ColumnReverse => taffy::FlexDirection::ColumnReverse,
        },
        flex_wrap: if flex.wrap { FlexWrap::Wrap } else { FlexWrap::NoWrap },
        justify_content: content(flex.justify_content),
        align_content: content(flex.align_content),
        align_items: items(flex.align_items).unwrap_or(AlignItems::NORMAL),
        gap: Size {
            width: gap(style.column_gap, width),
            height: gap(Some(style.row_gap), height.unwrap_or(0.0)),
        },
        ..Style::DEFAULT
    }
}

fn item_style(node: &BoxNode) -> Style {
    let style = &node.style;
    let flex = &style.flex;
    let edge = |v: Value| {
        if v.percent == 0.0 { length(v.points as f32) } else { percent((v.percent / 100.0) as f32) }
    };
    let margin = |m: Length| match m {
        Length::Auto => LengthPercentageAuto::auto(),
        Length::Set(v) if v.percent == 0.0 => length(v.points as f32),
        Length::Set(v) => percent((v.percent / 100.0) as f32),
    };
    Style {
        box_sizing: if style.border_box { BoxSizing::BorderBox } else { BoxSizing::ContentBox },
        size: Size { width: dimension(style.width), height: dimension(style.height) },
        min_size: Size { width: margin(style.min_width), height: margin(style.min_height) },
        max_size: Size { width: margin(style.max_width), height: margin(style.max_height) },
        margin: Rect {
            left: margin(style.margin.left),
            right: margin(style.margin.right),
            top: margin(style.margin.top),
            bottom: margin(style.margin.bottom),
        },
        padding: Rect {
            left: edge(style.padding.left),
            right: edge(style.padding.right),
            top: edge(style.padding.top),
            bottom: edge(style.padding.bottom),
        },
        border: Rect {
            left: length(style.border.left.width as f32),
            right: length(style.border.right.width as f32),
            top: length(style.border.top.width as f32),
            bottom: length(style.border.bottom.width as f32),
        },
        flex_grow: flex.grow as f32,
        flex_shrink: flex.shrink as f32,
        flex_basis: dimension(flex.basis),
        align_self: items(flex.align_self),
        ..Style::DEFAULT
    }
}

fn dimension(size: Length) -> Dimension {
    match size {
        Length::Auto => Dimension::auto(),
        Length::Set(v) if v.percent == 0.0 => Dimension::length(v.points as f32),
        Length::Set(v) => Dimension::percent((v.percent / 100.0) as f32),
    }
}

fn content(alignment: Alignment) -> AlignContent {
    match alignment {
        Alignment::Auto | Alignment::Baseline => AlignContent::NORMAL,
        Alignment::Start => AlignContent::FLEX_START,
        Alignment::End => AlignContent::FLEX_END,
        Alignment::Center => AlignContent::CENTER,
        Alignment::Stretch => AlignContent::STRETCH,
        Alignment::SpaceBetween => AlignContent::SPACE_BETWEEN,
        Alignment::SpaceAround => AlignContent::SPACE_AROUND,
        Alignment::SpaceEvenly => AlignContent::SPACE_EVENLY,
    }
}

pub(super) fn items(alignment: Alignment) -> Option<AlignItems> {
    Some(match alignment {
        Alignment::Start => AlignItems::FLEX_START,
        Alignment::End => AlignItems::FLEX_END,
        Alignment::Center => AlignItems::CENTER,
        Alignment::Baseline => AlignItems::BASELINE,
        Alignment::Stretch => AlignItems::STRETCH,
        _ => return None,
    })
}
