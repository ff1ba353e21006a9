//! `-itog-fit: block`: all text of a box steps down together until the height holds it. For a
//! writer that does not lay out, such boxes can be *settled*: their text has the size that it came
//! to, and their parts the margins that the free room between them came to. A box whose text
//! shrinks by itself (`fit`) is told the size that it came to.

use std::collections::HashMap;
use std::sync::Arc;

use super::context::{Context, EPSILON, Scope};
use super::fit::largest;
use super::flow;
use super::frame::Frame;
use crate::boxes::{BoxId, BoxNode, BoxTree, Content, Inline};
use crate::style::{Computed, Fit, LengthOrAuto, LengthPercentage, LineHeight, TextStyle};

/// What other writers need beyond our height, as a share of it: their lines and rows are a little
/// higher than ours. It is taken from the free room between parts, so that the first one stands
/// where it does with us; then from the room above that; what is wanting then makes the text
/// smaller.
const SLACK: f64 = 0.05;
/// How much of a room may be taken: parts that touch look like a mistake.
const SHARE: f64 = 0.7;

/// Sizes and places that boxes with `-itog-fit` came to.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    blocks: HashMap<BoxId, SettledBlock>,
    /// The sizes of the boxes that shrink by themselves, as shares of their own.
    shrunk: HashMap<BoxId, f64>,
}

#[derive(Debug, Default)]
struct SettledBlock {
    /// The size of its text, as a share of what the boxes around it leave it.
    scale: f64,
    /// The height that it fits into.
    height: f64,
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
    let settled =
        SettledBlock { scale: scale.unwrap_or(min), height: limit, rooms: HashMap::new() };
    cx.settled.blocks.insert(node.box_id, settled);
    flow::contents(cx, node, width, height, inner)
}

impl Settled {
    /// Notes the room above a part of a column that is settled.
    pub(crate) fn note(&mut self, column: &BoxNode, part: &BoxNode, room: f64) {
        if let Some(block) = self.blocks.get_mut(&column.box_id) {
            block.rooms.insert(part.box_id, room);
        }
    }

    /// Notes the size that a text shrinks to. The last try is the one that stands.
    pub(super) fn shrink(&mut self, node: &BoxNode, scale: f64) {
        if scale < 1.0 {
            self.shrunk.insert(node.box_id, scale);
        } else {
            self.shrunk.remove(&node.box_id);
        }
    }
}

/// The document with its boxes as its layout has settled them; nothing if it has none that are to
/// be.
pub(crate) fn settle(tree: &BoxTree, settled: &Settled) -> Option<BoxTree> {
    if settled.blocks.is_empty() && settled.shrunk.is_empty() {
        return None;
    }
    let mut root = tree.root.clone();
    each_box(&mut root, &mut |node| {
        if let Some(scale) = settled.shrunk.get(&node.box_id)
            && let Some(fit) = node.style.fit
        {
            // Writers make it as small as its line asks for, and this is where they end.
            Arc::make_mut(&mut node.style).fit = Some(Fit { min: *scale, ..fit });
        }
        if let Some(block) = settled.blocks.get(&node.box_id) {
            apply(node, block);
        }
    });
    Some(BoxTree { root, ..tree.clone() })
}

fn apply(node: &mut BoxNode, block: &SettledBlock) {
    let slack = SLACK * block.height;
    let room = |part: &BoxNode| block.rooms.get(&part.box_id).copied();
    // Parts that overlap (negative rooms) have nothing to give.
    let mut rooms = parts(node).iter().filter_map(room).map(|room| room.max(0.0));
    let above = rooms.next().unwrap_or(0.0);
    let between: f64 = rooms.sum();
    let from_between = slack.min(SHARE * between);
    let from_above = (slack - from_between).min(SHARE * above);
    // What the gaps could not give must come out of the text itself.
    let scale = block.scale * (1.0 - (slack - from_between - from_above) / block.height.max(1.0));
    if scale != 1.0 {
        each_box(node, &mut |node| scale_text(node, scale));
    }
    let style = Arc::make_mut(&mut node.style);
    // Settled: the text has its size and the parts their gaps, so nothing may stretch or shrink
    // again.
    (style.fit, style.height, style.min_height) = (None, LengthOrAuto::Auto, LengthOrAuto::Auto);
    let Content::Flex(parts) = &mut node.content else { return };
    let (mut taken, mut of) = (from_above, above);
    for part in parts {
        let Some(room) = block.rooms.get(&part.box_id) else { continue };
        let style = Arc::make_mut(&mut part.style);
        style.margin.top = points(room * (1.0 - taken / of.max(1.0)));
        style.margin.bottom = points(0.0);
        // The gap holds what growing would have given; both would count it twice.
        style.flex.grow = 0.0;
        (taken, of) = (from_between, between);
    }
}

/// The parts of a column, or of anything else none.
fn parts(node: &BoxNode) -> &[BoxNode] {
    match &node.content {
        Content::Flex(parts) => parts,
        _ => &[],
    }
}

fn points(points: f64) -> LengthOrAuto {
    LengthOrAuto::Set(LengthPercentage { points, percent: 0.0 })
}

/// Makes the text of a box smaller, not that of the boxes in it.
fn scale_text(node: &mut BoxNode, scale: f64) {
    scale_style(&mut node.style, scale);
    let Content::Inline(pieces) = &mut node.content else { return };
    for piece in pieces {
        match piece {
            Inline::Text { style, .. }
            | Inline::Leader(_, style)
            | Inline::Tab(style)
            | Inline::Field(_, style) => scale_style(style, scale),
            Inline::Start(start) => scale_style(&mut start.style, scale),
            _ => {}
        }
    }
}

/// Does something to a box and to all boxes in it, the outer ones first.
fn each_box(node: &mut BoxNode, work: &mut impl FnMut(&mut BoxNode)) {
    work(node);
    match &mut node.content {
        Content::Blocks(kids) | Content::Flex(kids) => {
            kids.iter_mut().for_each(|kid| each_box(kid, work));
        }
        Content::Inline(pieces) => {
            for piece in pieces {
                if let Inline::Atomic(node) | Inline::Footnote(node) | Inline::Positioned(node) =
                    piece
                {
                    each_box(node, work);
                }
            }
        }
        Content::Table(table) => {
            let rows = [&mut table.head, &mut table.body, &mut table.foot].into_iter().flatten();
            let cells = rows.flat_map(|row| row.cells.iter_mut());
            cells.for_each(|cell| each_box(&mut cell.node, work));
            table.caption.iter_mut().for_each(|caption| each_box(caption, work));
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
