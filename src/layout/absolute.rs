//! Absolute and fixed boxes set at their places (CSS 2.2, 9.6), and rotation (CSS Transforms 1).

use std::rc::Rc;

use super::context::Context;
use super::flow;
use super::frame::{Effect, Frame, Positioned};
use crate::boxes::MAX_DEPTH;
use crate::geometry::{Rect, Size};
use crate::sizing::{Edges, absolute_place};
use crate::style::{Computed, Position};

/// Places all boxes that look for a containing block by a frame that is one.
pub(crate) fn place_all<'a>(cx: &mut Context<'a>, frame: &mut Frame<'a>, edges: &Edges) {
    let b = edges.border;
    let (width, height) = (frame.width - b.left - b.right, frame.height - b.top - b.bottom);
    let rect = Rect::new(b.left, b.top, width, height);
    for place in std::mem::take(&mut frame.positioned) {
        if place.node.style.position == Position::Fixed {
            frame.positioned.push(place);
        } else {
            self::place(cx, frame, place, rect);
        }
    }
}

/// Places an absolute box by the padding box of its containing block.
pub(crate) fn place<'a>(
    cx: &mut Context<'a>,
    frame: &mut Frame<'a>,
    place: Positioned<'a>,
    rect: Rect,
) {
    let (node, depth) = (place.node, place.depth);
    if depth > MAX_DEPTH {
        cx.too_deep(node);
        return;
    }
    let outer_scale = std::mem::replace(&mut cx.scale, place.scale);
    let style = &node.style;
    let block = Size::new(rect.width, rect.height);
    let edges = Edges::new(style, block.width);
    let static_x = place.x - rect.x;
    let (width, range) = cx.sizer().absolute_size(node, &edges, block, static_x);
    let base = (block.width, Some(block.height));
    let inner = flow::boxed(cx, node, &edges, width, range, base, depth + 1);
    cx.scale = outer_scale;
    let (x, y) = absolute_place(style, &edges, rect, Size::new(inner.width, inner.height));
    let margins = edges.margins();
    let x = x.unwrap_or(place.x + margins.left);
    let y = y.unwrap_or(place.y + margins.top);
    frame.place(x, y, flow::layer(style), &inner, Effect::default());
}

/// A frame of the same size in which the given one is turned about its origin.
pub(crate) fn rotated<'a>(frame: Frame<'a>, style: &Computed) -> Frame<'a> {
    let (ox, oy) = style.rotate_origin.map_or((frame.width / 2.0, frame.height / 2.0), |(x, y)| {
        (x.resolve(frame.width), y.resolve(frame.height))
    });
    let (sin, cos) = style.rotate.to_radians().sin_cos();
    let matrix = [cos, sin, -sin, cos, ox - cos * ox + sin * oy, oy - sin * ox - cos * oy];
    let mut outer = Frame {
        width: frame.width,
        height: frame.height,
        baselines: frame.baselines,
        ..Frame::default()
    };
    outer.place(0.0, 0.0, 0, &Rc::new(frame), Effect { matrix: Some(matrix), ..Effect::default() });
    outer
}
