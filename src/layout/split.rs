//! Cutting and shrinking what does not break by itself, when it is taller than a page: frames
//! between their lines.

use std::rc::Rc;

use super::context::{Context, EPSILON};
use super::frame::{Decor, Effect, Frame, Placed, Positioned, Thing};
use super::galley::Leaf;
use crate::diag::{Value, say};
use crate::geometry::{Matrix, Sides, Size};

/// Smaller than this nobody can read it: it is placed as it is and runs off the page.
const SMALLEST: f64 = 0.05;

/// A leaf made smaller so that it fits a height; reported.
pub(crate) fn scaled<'a>(cx: &mut Context<'a>, leaf: &Leaf<'a>, height: f64) -> Leaf<'a> {
    let natural = leaf.height();
    let factor = height / natural;
    let message =
        say!("{natural} pt of height do not fit a page", natural = Value::decimal(natural, 1));
    let hint = say!("use a larger page or smaller content");
    if !(SMALLEST..1.0).contains(&factor) {
        cx.warn("page-overflow", message, leaf.span, hint);
        return leaf.clone();
    }
    cx.warn("page-overflow", say!("{message}; made smaller", message), leaf.span, hint);
    let inner = leaf.content.frame(cx);
    let mut frame = Frame { width: inner.width * factor, height, ..Frame::default() };
    let matrix = Some(Matrix::scale(factor, factor));
    frame.place(0.0, 0.0, 0, &inner, Effect { matrix, ..Effect::default() });
    Leaf { content: Rc::new(Rc::new(frame)), ..leaf.clone() }
}

/// Cuts a frame at a height: what crosses the cut goes below it, and all that is below moves down
/// as far as that needs.
// Over 60 lines: each piece of the frame meets the same cut, and the two parts grow side by side.
pub(crate) fn cut<'a>(frame: &Frame<'a>, height: f64) -> Option<(Frame<'a>, Option<Frame<'a>>)> {
    let mut pieces = Vec::new();
    flatten(frame, 0.0, 0.0, 0, &mut pieces, 0);
    // Lines and pictures are never cut; backgrounds are.
    let fits = |p: &Placed<'a>| p.y + extent(&p.thing) <= height + EPSILON;
    let solid = |p: &Placed<'a>| {
        use Thing::{Anchor, Decor, Grid, Ornament, Rows};
        !matches!(p.thing, Decor(_) | Anchor(_) | Ornament(_) | Grid(_) | Rows(..))
    };
    if !pieces.iter().any(|p| solid(p) && fits(p)) {
        return None;
    }
    // All that is below moves down as far as the thing that crosses the cut, so that nothing
    // overlaps.
    let overhang = pieces
        .iter()
        .filter(|p| solid(p) && !fits(p) && p.y < height)
        .map(|p| height - p.y)
        .fold(0.0, f64::max);
    let mut top =
        Frame { width: frame.width, height, baselines: frame.baselines, ..Frame::default() };
    let mut rest =
        Frame { width: frame.width, height: frame.height - height + overhang, ..Frame::default() };
    for piece in pieces {
        let above = fits(&piece) || matches!(piece.thing, Thing::Anchor(_)) && piece.y < height;
        if above {
            top.items.push(piece);
        } else if let Thing::Decor(decor) = &piece.thing {
            let upper = height - piece.y;
            let mut lower = piece.clone();
            // A background that crosses the cut is open there, as `box-decoration-break: slice` has
            // it.
            if upper > EPSILON {
                let part = Decor {
                    height: upper,
                    ends: false,
                    border: sides(decor, true, false),
                    ..decor.clone()
                };
                top.items.push(Placed { thing: Thing::Decor(part), ..piece.clone() });
                let part = Decor {
                    height: decor.height - upper + overhang,
                    begins: false,
                    border: sides(decor, false, true),
                    ..decor.clone()
                };
                lower.thing = Thing::Decor(part);
                lower.y = 0.0;
            } else {
                lower.y += overhang - height;
            }
            rest.items.push(lower);
        } else if let Thing::Rows(cell, size) = piece.thing {
            let upper = (height - piece.y).max(0.0);
            let part = |height| Thing::Rows(cell, Size::new(size.width, height));
            if upper > EPSILON {
                top.items.push(Placed { thing: part(upper), ..piece.clone() });
            }
            let y = (piece.y - height + overhang).max(0.0);
            rest.items.push(Placed { thing: part(size.height - upper), y, ..piece });
        } else {
            rest.items.push(Placed { y: (piece.y - height + overhang).max(0.0), ..piece });
        }
    }
    // What sticks out of a box of set height goes on too.
    rest.height = rest
        .items
        .iter()
        .filter(|p| solid(p))
        .map(|p| p.y + extent(&p.thing))
        .fold(rest.height, f64::max);
    top.notes.clone_from(&frame.notes);
    for place in &frame.positioned {
        let below = place.y > height;
        let target = if below { &mut rest } else { &mut top };
        target.positioned.push(Positioned {
            y: if below { place.y - height + overhang } else { place.y },
            ..*place
        });
    }
    Some((top, Some(rest)))
}

fn sides(decor: &Decor<'_>, top: bool, bottom: bool) -> Sides<f64> {
    let b = decor.border;
    Sides { top: if top { b.top } else { 0.0 }, bottom: if bottom { b.bottom } else { 0.0 }, ..b }
}

/// All things of a frame and of the plain frames in it, in its own coordinates.
fn flatten<'a>(
    frame: &Frame<'a>,
    x: f64,
    y: f64,
    layer: i32,
    out: &mut Vec<Placed<'a>>,
    depth: u32,
) {
    for item in &frame.items {
        let layer = if item.layer != 0 { item.layer } else { layer };
        match &item.thing {
            // Frames that are clipped or turned are things by themselves. The depth guards the
            // stack.
            Thing::Frame(inner, None) if depth < 200 => {
                flatten(inner, x + item.x, y + item.y, layer, out, depth + 1);
            }
            thing => out.push(Placed { x: x + item.x, y: y + item.y, layer, thing: thing.clone() }),
        }
    }
}

/// How tall a thing is.
fn extent(thing: &Thing<'_>) -> f64 {
    match thing {
        Thing::Line(para, index) => para.lines[*index].height(),
        Thing::Decor(decor) => decor.height,
        Thing::Picture(picture) => picture.height,
        Thing::Frame(frame, _) => frame.height,
        Thing::Rows(_, size) => size.height,
        Thing::Ornament(_) | Thing::Grid(_) | Thing::Anchor(_) => 0.0,
    }
}
