//! `-itog-fit: block`: all text of a box steps down together until the height holds it. For a
//! writer that does not lay out, such boxes can be *settled*: their text has the size that it came
//! to, and their parts the margins that the free room between them came to.

use std::collections::HashMap;
use std::sync::Arc;

use super::context::{Context, EPSILON, Scope};
use super::fit::largest;
use super::flow;
use super::frame::Frame;
use crate::boxes::{BoxId, BoxNode, BoxTree, Content, Inline};
use crate::style::{Computed, Fit, LengthOrAuto, LengthPercentage, LineHeight, TextStyle};

/// What other writers need beyond our height, since their lines and rows are a little higher than
/// ours, in points. It is taken from the free room between parts, up to [`SHARE`] of it; what is
/// wanting then makes the text of a full sheet, about [`FULL`] points high, as much smaller.
const SLACK: f64 = 30.0;
const SHARE: f64 = 0.7;
const FULL: f64 = 600.0;

/// Sizes and places that boxes with `-itog-fit: block` came to.
#[derive(Debug, Default)]
pub(crate) struct Settled(HashMap<BoxId, SettledBlock>);

#[derive(Debug, Default)]
struct SettledBlock {
    scale: f64,
    /// The room above each part.
    rooms: HashMap<BoxId, f64>,
}

/// What is inside a box whose text steps down together.
pub(crate) fn contents<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    fit: Fit,
    width: f64,
    height: Option<f64>,
    max: f64,
    scope: Scope,
) -> Frame<'a> {
    let limit = height.unwrap_or(max);
    // Without a height there is nothing to fit into: `min-height` and the content decide.
    if limit == f64::INFINITY {
        return flow::contents(cx, node, width, height, scope);
    }
    // A twentieth is far below what anyone can read; it only keeps the search from nothing.
    let (outer, min) = (scope.scale, fit.min.clamp(0.05, 1.0));
    let scale = largest(min, 1.0, |scale| {
        let inner = scope.scaled(outer * scale);
        let frame = cx.speculate(|cx| flow::contents(cx, node, width, None, inner));
        frame.height <= limit + EPSILON
    });
    let inner = scope.scaled(outer * scale.unwrap_or(min));
    if scale.is_none() {
        cx.too_much(node, min);
    }
    cx.settled.0.insert(node.box_id, SettledBlock { scale: inner.scale, rooms: HashMap::new() });
    flow::contents(cx, node, width, height, inner)
}

impl Settled {
    /// Notes the room above a part of a column that is settled.
    pub(crate) fn note(&mut self, column: &BoxNode, part: &BoxNode, room: f64) {
        if let Some(block) = self.0.get_mut(&column.box_id) {
            block.rooms.insert(part.box_id, room);
        }
    }
}

/// The document with its boxes as its layout has settled them; nothing if it has none that are to
/// be.
pub(crate) fn settle(tree: &BoxTree, settled: &Settled) -> Option<BoxTree> {
    if settled.0.is_empty() {
        return None;
    }
    let mut root = tree.root.clone();
    apply(&mut root, settled);
    Some(BoxTree { root, ..tree.clone() })
}

fn apply(node: &mut BoxNode, settled: &Settled) {
    let Some(block) = settled.0.get(&node.box_id) else {
        if let Content::Blocks(kids) | Content::Flex(kids) = &mut node.content {
            kids.iter_mut().for_each(|kid| apply(kid, settled));
        }
        return;
    };
    // Parts that overlap (negative rooms) have nothing to give.
    let total: f64 = block.rooms.values().copied().filter(|room| *room > 0.0).sum();
    let lost = SLACK.min(SHARE * total);
    // What the gaps could not give must come out of the text itself.
    let scale = block.scale * (1.0 - (SLACK - lost) / FULL);
    if scale != 1.0 {
        scale_all(node, scale);
    }
    let style = Arc::make_mut(&mut node.style);
    // Settled: the text has its size and the parts their gaps, so nothing may stretch or shrink
    // again.
    (style.fit, style.height, style.min_height) = (None, LengthOrAuto::Auto, LengthOrAuto::Auto);
    let kept = 1.0 - lost / total.max(1.0);
    if let Content::Flex(parts) = &mut node.content {
        for part in parts {
            let Some(room) = block.rooms.get(&part.box_id) else { continue };
            let style = Arc::make_mut(&mut part.style);
            style.margin.top = points(room * kept);
            style.margin.bottom = points(0.0);
            // The gap holds what growing would have given; both would count it twice.
            style.flex.grow = 0.0;
        }
    }
}

fn points(points: f64) -> LengthOrAuto {
    LengthOrAuto::Set(LengthPercentage { points, percent: 0.0 })
}

/// Makes all text of a box smaller.
fn scale_all(node: &mut BoxNode, scale: f64) {
    scale_style(&mut node.style, scale);
    match &mut node.content {
        Content::Blocks(kids) | Content::Flex(kids) => {
            kids.iter_mut().for_each(|kid| scale_all(kid, scale));
        }
        Content::Inline(pieces) => pieces.iter_mut().for_each(|piece| match piece {
            Inline::Text { style, .. }
            | Inline::Leader(_, style)
            | Inline::Tab(style)
            | Inline::Field(_, style) => scale_style(style, scale),
            Inline::Start(start) => scale_style(&mut start.style, scale),
            Inline::Atomic(node) | Inline::Footnote(node) | Inline::Positioned(node) => {
                scale_all(node, scale);
            }
            Inline::End | Inline::Break => {}
        }),
        Content::Table(table) => {
            let rows = [&mut table.head, &mut table.body, &mut table.foot].into_iter().flatten();
            let cells = rows.flat_map(|row| row.cells.iter_mut());
            cells.for_each(|cell| scale_all(&mut cell.node, scale));
            table.caption.iter_mut().for_each(|caption| scale_all(caption, scale));
        }
        Content::Image(_) => {}
    }
}

fn scale_style(style: &mut Arc<Computed>, scale: f64) {
    let style = Arc::make_mut(style);
    let text: &mut TextStyle = Arc::make_mut(&mut style.text);
    text.font_size *= scale;
    text.letter_spacing *= scale;
    text.word_spacing *= scale;
    if let LineHeight::Length(length) = &mut text.line_height {
        *length *= scale;
    }
}
