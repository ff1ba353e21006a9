//! Flex containers: `sizing` decides where the items go (CSS Flexible Box Layout 1), our own layout
//! says how high they are and sets them.

use super::context::Context;
use super::fit;
use super::flow;
use super::frame::{Effect, Frame, Positioned};
use crate::boxes::{BoxNode, MAX_DEPTH};
use crate::sizing::{Edges, FlexItem, HeightRange, ItemHeight, in_flow};

/// Widths are told apart as finely as this share of a point when heights are remembered.
const STEPS_PER_POINT: f64 = 64.0;

/// What is inside a flex container of a content width.
pub(crate) fn contents<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    kids: &'a [BoxNode],
    width: f64,
    height: Option<f64>,
    depth: u32,
) -> Frame<'a> {
    let sizer = cx.sizer();
    let sizes = sizer
        .flex(node, kids, width, height, &mut |kid, content| item_height(cx, kid, content, depth));
    let mut frame = Frame { width, height: sizes.height, ..Frame::default() };
    let settling = height.is_some() && node.style.fit.is_some_and(|fit| fit.whole);
    let mut bottom = 0.0;
    for FlexItem { node: kid, rect, content, .. } in sizes.items {
        let edges = Edges::new(&kid.style, width);
        if settling {
            // A part that grows has its text at its top: the room is below that text.
            let natural = item_height(cx, kid, content.width, depth).height;
            cx.settled.note(node, kid, rect.y - bottom);
            bottom = rect.y + natural + edges.along();
        }
        let range = HeightRange::exactly(content.height);
        let base = (width, height);
        let child = flow::boxed(cx, kid, &edges, content.width, range, base, depth + 1);
        if let Some((first, last)) = child.baselines {
            let first = frame.baselines.map_or(rect.y + first, |(known, _)| known);
            frame.baselines = Some((first, rect.y + last));
        }
        frame.place(rect.x, rect.y, flow::layer(&kid.style), &child, Effect::default());
    }
    // Absolute children take no part in flex layout; their static position is the container's
    // corner, as `flex-start` on both axes gives it (CSS Flexbox 1, 4.1).
    for kid in kids.iter().filter(|kid| !in_flow(kid)) {
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

/// The height and first baseline of an item's content at a width; asked for more than once while
/// the best widths are looked for.
fn item_height<'a>(cx: &mut Context<'a>, kid: &'a BoxNode, width: f64, depth: u32) -> ItemHeight {
    let id = (kid.box_id, (width * STEPS_PER_POINT).round().to_bits(), cx.scale.to_bits());
    if let Some(&known) = cx.heights.get(&id) {
        return known;
    }
    let measured = if depth > MAX_DEPTH {
        cx.too_deep(kid);
        ItemHeight::default()
    } else {
        let frame = cx.quietly(|cx| fit::contents(cx, kid, width, None, f64::INFINITY, depth + 1));
        ItemHeight { height: frame.height, baseline: frame.baselines.map(|(first, _)| first) }
    };
    cx.heights.insert(id, measured);
    measured
}
