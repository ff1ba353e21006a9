//! Cutting what does not break by itself, when it is taller than a page: rows inside their cells,
//! other boxes between their lines.

use std::rc::Rc;

use super::context::{Context, EPSILON};
use super::frame::{Decor, Effect, Frame, Placed, Positioned, Thing};
use super::galley::{Leaf, LeafKind};

/// The part of a leaf that fits a height, and the rest. Nothing if no part fits.
pub(crate) fn split<'a>(
    cx: &mut Context<'a>,
    leaf: &Leaf<'a>,
    height: f64,
    fresh: f64,
) -> Option<(Leaf<'a>, Option<Leaf<'a>>)> {
    if height <= EPSILON {
        return None;
    }
    let (top, rest) = match &leaf.kind {
        LeafKind::Frame(frame) => {
            let (top, rest) = cut(frame, height)?;
            (LeafKind::Frame(Rc::new(top)), rest.map(|rest| LeafKind::Frame(Rc::new(rest))))
        }
        LeafKind::Rows(rows) => {
            let (top, rest) = rows.split(cx, height, fresh)?;
            (LeafKind::Rows(Rc::new(top)), rest.map(|rest| LeafKind::Rows(Rc::new(rest))))
        }
        LeafKind::Line(..) | LeafKind::Columns(_) => return None,
    };
    if matches!(leaf.kind, LeafKind::Frame(..)) {
        cx.warn(
            "box-broken",
            "a box that should not break is taller than a page and was cut",
            leaf.span,
            "make it lower",
        );
    }
    let top = Leaf { x: leaf.x, kind: top, markers: leaf.markers.clone(), span: leaf.span };
    Some((top, rest.map(|kind| Leaf { x: leaf.x, kind, markers: Vec::new(), span: leaf.span })))
}

/// A leaf made smaller so that it fits a height; reported.
pub(crate) fn scaled<'a>(cx: &mut Context<'a>, leaf: &Leaf<'a>, height: f64) -> Leaf<'a> {
    let natural = leaf.height();
    let factor = height / natural;
    let inner = match &leaf.kind {
        LeafKind::Frame(frame) => Rc::clone(frame),
        LeafKind::Rows(rows) => rows.frame(cx),
        LeafKind::Line(para, index) => {
            let line = &para.lines[*index];
            let mut frame = Frame { width: line.width, height: natural, ..Frame::default() };
            frame.push(0.0, 0.0, Thing::Line(Rc::clone(para), *index));
            frame.notes = para.notes(*index);
            frame.baselines = Some((line.ascent, line.ascent));
            Rc::new(frame)
        }
        LeafKind::Columns(_) => return leaf.clone(),
    };
    let message = format!("{natural:.1} pt of height do not fit a page");
    if !(0.05..1.0).contains(&factor) {
        cx.warn("page-overflow", message, leaf.span, "use a larger page or smaller content");
        return leaf.clone();
    }
    cx.warn(
        "page-overflow",
        format!("{message}; made smaller"),
        leaf.span,
        "use a larger page or smaller content",
    );
    let mut frame = Frame { width: inner.width * factor, height, ..Frame::default() };
    let matrix = Some([factor, 0.0, 0.0, factor, 0.0, 0.0]);
    frame.place(0.0, 0.0, 0, &inner, Effect { matrix, ..Effect::default() });
    Leaf {
        x: leaf.x,
        kind: LeafKind::Frame(Rc::new(frame)),
        markers: leaf.markers.clone(),
        span: leaf.span,
    }
}

/// Cuts a frame at a height: what crosses the cut goes below it, and all that is below moves down
/// as far as that needs.
pub(crate) fn cut<'a>(frame: &Frame<'a>, height: f64) -> Option<(Frame<'a>, Option<Frame<'a>>)> {
    let mut pieces = Vec::new();
    flatten(frame, 0.0, 0.0, 0, &mut pieces, 0);
    let fits = |p: &Placed<'a>| p.y + extent(&p.thing) <= height + EPSILON;
    let solid = |p: &Placed<'a>| {
        !matches!(p.thing, Thing::Decor(_) | Thing::Anchor(_) | Thing::Ornament(_))
    };
    if !pieces.iter().any(|p| solid(p) && fits(p)) {
        return None;
    }
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

fn sides(decor: &Decor<'_>, top: bool, bottom: bool) -> crate::style::Sides<f64> {
    let b = decor.border;
    crate::style::Sides {
        top: if top { b.top } else { 0.0 },
        bottom: if bottom { b.bottom } else { 0.0 },
        ..b
    }
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
            Thing::Frame(inner, effect) if *effect == Effect::default() && depth < 200 => {
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
        Thing::Ornament(_) | Thing::Anchor(_) => 0.0,
    }
}
