//! Absolute and fixed boxes set at their places (CSS 2.2, 9.6), and rotation (CSS Transforms 1).

use std::rc::Rc;

use super::context::Context;
use super::flow;
use super::frame::{Effect, Frame, Positioned};
use crate::geometry::{Matrix, Point, Rect, Size};
use crate::sizing::{AbsolutePlace, ContainingBlock, Edges, absolute_place};
use crate::style::{Computed, Position, Transform};

/// Places all boxes that look for a containing block by a frame that is one.
pub(crate) fn place_all<'a>(cx: &mut Context<'a>, frame: &mut Frame<'a>, edges: &Edges) {
    let b = edges.border;
    // The containing block of an absolute box is the padding box: the border lies outside of it
    // (CSS 2.2, 10.1).
    let (width, height) = (frame.width - b.left - b.right, frame.height - b.top - b.bottom);
    let rect = Rect::new(b.left, b.top, width, height);
    for place in std::mem::take(&mut frame.positioned) {
        // Fixed boxes hang on the page, not on this box.
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
    if let Some((inner, corner)) = set(cx, place, rect) {
        frame.place(corner.x, corner.y, flow::layer(&place.node.style), &inner, Effect::default());
    }
}

/// An absolute box and its corner, by the padding box of its containing block.
pub(crate) fn set<'a>(
    cx: &mut Context<'a>,
    place: Positioned<'a>,
    rect: Rect,
) -> Option<(Rc<Frame<'a>>, Point)> {
    let (node, scope) = (place.node, place.scope);
    if scope.too_deep() {
        cx.too_deep(node);
        return None;
    }
    let style = &node.style;
    let block = Size::new(rect.width, rect.height);
    let edges = Edges::new(style, block.width);
    // Without insets the box stands where it would in the flow, and may be as wide as what is left
    // from there.
    let static_x = place.x - rect.x;
    let (width, range) = cx.sizer(scope).absolute_size(node, &edges, block, static_x);
    let base = ContainingBlock { width: block.width, height: Some(block.height) };
    // Its height is known only now, and with it where a box held by `bottom` begins.
    let inner = flow::boxed(cx, node, &edges, width, range, base, scope.inside());
    let AbsolutePlace { x, y } =
        absolute_place(style, &edges, rect, Size::new(inner.width, inner.height));
    let margins = edges.margins();
    let x = x.unwrap_or(place.x + margins.left);
    let y = y.unwrap_or(place.y + margins.top);
    Some((inner, Point::new(x, y)))
}

/// Whether a box is turned, moved, scaled or seen through as a whole.
pub(crate) fn is_transformed(style: &Computed) -> bool {
    style.rotate != 0.0 || !style.transform.is_empty() || style.opacity < 1.0
}

/// A frame of the same size in which the given one is transformed about its origin.
pub(crate) fn transformed<'a>(frame: Frame<'a>, style: &Computed) -> Frame<'a> {
    // Nothing changes but painting: the frame keeps its size (CSS Transforms 1, 3).
    let (ox, oy) = style.rotate_origin.map_or((frame.width / 2.0, frame.height / 2.0), |(x, y)| {
        (x.resolve(frame.width), y.resolve(frame.height))
    });
    // y grows downwards, so a positive angle turns clockwise, as CSS has it.
    let turned = |degrees: f64| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Matrix::new([cos, sin, -sin, cos, 0.0, 0.0])
    };
    let mut matrix = Matrix::translate(Point::new(ox, oy)).around(turned(style.rotate));
    // `rotate` comes before `transform` (CSS Transforms 2), and each further function works in
    // the space of those before it.
    for step in &style.transform {
        matrix = matrix.around(match step {
            Transform::Translate(x, y) => {
                Matrix::translate(Point::new(x.resolve(frame.width), y.resolve(frame.height)))
            }
            Transform::Scale { x, y } => Matrix::scale(*x, *y),
            Transform::Rotate(degrees) => turned(*degrees),
        });
    }
    let matrix = matrix.around(Matrix::translate(Point::new(-ox, -oy)));
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
