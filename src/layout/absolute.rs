//! Positioned boxes: relative shifts, absolute and fixed places (CSS 2.2, 9.4.3, 10.3.7, 10.6.4),
//! rotation (CSS Transforms 1).

use std::rc::Rc;

use super::context::{Context, MAX_DEPTH};
use super::flow;
use super::frame::{Effect, Frame, Positioned};
use super::galley::HeightRange;
use super::sizes::{self, Edges};
use crate::boxes::Content;
use crate::style::{Computed, Position, Sides, Transform};

/// How far `position: relative` shifts a box.
pub(crate) fn relative_shift(style: &Computed, width: f64, height: Option<f64>) -> (f64, f64) {
    if style.position != Position::Relative {
        return (0.0, 0.0);
    }
    let inset = style.inset;
    let x = inset.left.resolve(width).or_else(|| inset.right.resolve(width).map(|r| -r));
    let base = height.unwrap_or(0.0);
    let y = inset.top.resolve(base).or_else(|| inset.bottom.resolve(base).map(|b| -b));
    (x.unwrap_or(0.0), y.unwrap_or(0.0))
}

/// Places all boxes that look for a containing block by a frame that is one.
pub(crate) fn place_all<'a>(cx: &mut Context<'a>, frame: &mut Frame<'a>, edges: &Edges) {
    let b = edges.border;
    let rect = [b.left, b.top, frame.width - b.left - b.right, frame.height - b.top - b.bottom];
    for place in std::mem::take(&mut frame.positioned) {
        if place.node.style.position == Position::Fixed {
            frame.positioned.push(place);
        } else {
            self::place(cx, frame, place, rect);
        }
    }
}

/// Places an absolute box by the padding box (x, y, width, height) of its containing block.
pub(crate) fn place<'a>(
    cx: &mut Context<'a>,
    frame: &mut Frame<'a>,
    place: Positioned<'a>,
    rect: [f64; 4],
) {
    let (node, depth) = (place.node, place.depth);
    if depth > MAX_DEPTH {
        cx.too_deep(node);
        return;
    }
    let outer_scale = std::mem::replace(&mut cx.scale, place.scale);
    let style = &node.style;
    let [left_edge, top_edge, base, base_height] = rect;
    let edges = Edges::new(style, base);
    let inset = Sides {
        left: style.inset.left.resolve(base),
        right: style.inset.right.resolve(base),
        top: style.inset.top.resolve(base_height),
        bottom: style.inset.bottom.resolve(base_height),
    };
    let image = match &node.content {
        Content::Image(image) => {
            Some(sizes::image_size(image, style, &edges, Some(base), Some(base_height)))
        }
        _ => None,
    };
    let set = image.map(|(w, _)| w).or_else(|| sizes::set_width(style, &edges, base));
    let around = edges.across() + edges.margin_across();
    let width = match (set, inset.left, inset.right) {
        (Some(width), ..) => sizes::clamp_width(width, style, &edges, base),
        (None, Some(left), Some(right)) => {
            sizes::clamp_width((base - left - right - around).max(0.0), style, &edges, base)
        }
        (None, left, right) => {
            let room = match (left, right) {
                (Some(inset), _) | (_, Some(inset)) => base - inset,
                _ => base - (place.x - left_edge).max(0.0),
            };
            sizes::shrink_width(cx, node, &edges, room)
        }
    };
    let mut range = sizes::height_range(style, &edges, Some(base_height));
    if let Some((_, h)) = image {
        range = HeightRange { min: h, max: h };
    } else if let (crate::style::Size::Auto, Some(top), Some(bottom)) =
        (style.height, inset.top, inset.bottom)
    {
        let free = (base_height - top - bottom - edges.along() - edges.margin_along()).max(0.0);
        let height = range.clamp(free);
        range = HeightRange { min: height, max: height };
    }
    let inner = flow::boxed(cx, node, &edges, width, range, (base, Some(base_height)), depth + 1);
    cx.scale = outer_scale;
    let (total_w, total_h) = (inner.width, inner.height);
    let x = match (inset.left, inset.right) {
        (Some(left), Some(right)) => {
            left_edge
                + left
                + auto_start(edges.margin.left, edges.margin.right, base - left - right - total_w)
        }
        (Some(left), None) => left_edge + left + edges.margin.left.unwrap_or(0.0),
        (None, Some(right)) => {
            left_edge + base - right - edges.margin.right.unwrap_or(0.0) - total_w
        }
        (None, None) => place.x + edges.margin.left.unwrap_or(0.0),
    };
    let y = match (inset.top, inset.bottom) {
        (Some(top), Some(bottom)) => {
            top_edge
                + top
                + auto_start(
                    edges.margin.top,
                    edges.margin.bottom,
                    base_height - top - bottom - total_h,
                )
        }
        (Some(top), None) => top_edge + top + edges.margin.top.unwrap_or(0.0),
        (None, Some(bottom)) => {
            top_edge + base_height - bottom - edges.margin.bottom.unwrap_or(0.0) - total_h
        }
        (None, None) => place.y + edges.margin.top.unwrap_or(0.0),
    };
    frame.place(x, y, flow::layer(style), &inner, Effect::default());
}

/// The margin before a box that both insets hold: two `auto` margins share what is free.
fn auto_start(start: Option<f64>, end: Option<f64>, free: f64) -> f64 {
    match (start, end) {
        (Some(start), _) => start,
        (None, Some(end)) => free - end,
        (None, None) => (free / 2.0).max(0.0),
    }
}

/// Whether a box is turned, moved, scaled or seen through as a whole.
pub(crate) fn is_transformed(style: &Computed) -> bool {
    style.rotate != 0.0 || !style.transform.is_empty() || style.opacity < 1.0
}

/// A frame of the same size in which the given one is transformed about its origin.
pub(crate) fn transformed<'a>(frame: Frame<'a>, style: &Computed) -> Frame<'a> {
    let (ox, oy) = style.rotate_origin.map_or((frame.width / 2.0, frame.height / 2.0), |(x, y)| {
        (x.resolve(frame.width), y.resolve(frame.height))
    });
    let turned = |degrees: f64| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        [cos, sin, -sin, cos, 0.0, 0.0]
    };
    let mut matrix = times([1.0, 0.0, 0.0, 1.0, ox, oy], turned(style.rotate));
    for step in &style.transform {
        matrix = times(
            matrix,
            match step {
                Transform::Translate(x, y) => {
                    [1.0, 0.0, 0.0, 1.0, x.resolve(frame.width), y.resolve(frame.height)]
                }
                Transform::Scale(x, y) => [*x, 0.0, 0.0, *y, 0.0, 0.0],
                Transform::Rotate(degrees) => turned(*degrees),
            },
        );
    }
    let matrix = times(matrix, [1.0, 0.0, 0.0, 1.0, -ox, -oy]);
    let matrix = (style.rotate != 0.0 || !style.transform.is_empty()).then_some(matrix);
    let opacity = (style.opacity < 1.0).then_some(style.opacity);
    let mut outer = Frame {
        width: frame.width,
        height: frame.height,
        baselines: frame.baselines,
        ..Frame::default()
    };
    outer.place(0.0, 0.0, 0, &Rc::new(frame), Effect { matrix, opacity, ..Effect::default() });
    outer
}

/// One matrix after another: the second is nearer to what is painted.
fn times(m: [f64; 6], n: [f64; 6]) -> [f64; 6] {
    let [a, b, c, d, e, f] = m;
    let [g, h, i, j, k, l] = n;
    [
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * l + e,
        b * k + d * l + f,
    ]
}
