//! Frames: what has its place. A frame is a rectangle with things in it, in painting order; pages,
//! cells and boxes in a line are frames.

use std::rc::Rc;
use std::sync::Arc;

use super::breakable::{Breakable, LeafContent, Space};
use super::context::{Context, Scope};
use super::inline::Para;
use super::split;
use super::table::rows::GridEdge;
use crate::boxes::BoxNode;
use crate::diag::{Span, say};
use crate::geometry::{Matrix, Rect, Sides, Size};
use crate::image::{DrawnSegment, Image};
use crate::style::{Color, Computed};

/// A rectangle with things in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame<'a> {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// The first and the last line's baseline, from the top.
    pub(crate) baselines: Option<Baselines>,
    pub(crate) items: Vec<Placed<'a>>,
    /// Absolutely positioned boxes that look for a containing block farther out, with their static
    /// position.
    pub(crate) positioned: Vec<Positioned<'a>>,
    /// Footnotes called in it.
    pub(crate) notes: Vec<&'a BoxNode>,
}

/// Where the first and the last line of something stand, from its top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Baselines {
    pub(crate) first: f64,
    pub(crate) last: f64,
}

impl Baselines {
    /// Those of one line.
    pub(crate) const fn one(baseline: f64) -> Self {
        Self { first: baseline, last: baseline }
    }

    /// The same from a place farther up.
    #[must_use]
    pub(crate) fn down(self, by: f64) -> Self {
        Self { first: self.first + by, last: self.last + by }
    }

    /// With those of what stands below.
    #[must_use]
    pub(crate) fn then(above: Option<Self>, below: Self) -> Self {
        Self { first: above.map_or(below.first, |known| known.first), last: below.last }
    }
}

/// An absolutely positioned box and where it would stand if it were not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Positioned<'a> {
    pub(crate) node: &'a BoxNode,
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// Where it was written.
    pub(crate) scope: Scope,
}

/// A thing at its place, measured from the frame's corner.
#[derive(Debug, Clone)]
pub(crate) struct Placed<'a> {
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// Painting order: negative before the flow, 0 the flow, positive after it.
    pub(crate) layer: i32,
    pub(crate) thing: Thing<'a>,
}

/// What can stand in a frame.
#[derive(Debug, Clone)]
pub(crate) enum Thing<'a> {
    /// A line of a paragraph; the place is its top left corner.
    Line(Rc<Para<'a>>, usize),
    /// Background and borders of a box or of a part of one.
    Decor(Decor<'a>),
    /// A picture.
    Picture(PlacedPicture<'a>),
    /// Another frame, and what happens to it, which is nothing as a rule.
    Frame(Rc<Frame<'a>>, Option<Box<Effect>>),
    /// A filled ornament: column rules, the footnote rule.
    Ornament(Rc<[Stroked]>),
    /// Collapsed borders of a table's rows. They become paths when they are painted, for those take
    /// ten times the room, and a long table has many.
    Grid(Rc<[GridEdge]>),
    /// What rows of a table take, by one of their cells.
    Rows(&'a BoxNode, Size),
    /// Here a box begins: its id is a target, its text a bookmark, its strings are set.
    Anchor(&'a BoxNode),
}

/// Background and borders of a part of a box.
#[derive(Debug, Clone)]
pub(crate) struct Decor<'a> {
    pub(crate) style: &'a Arc<Computed>,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Border widths; 0 where the box goes on in another fragment.
    pub(crate) border: Sides<f64>,
    /// Whether the box begins and ends in this fragment.
    pub(crate) begins: bool,
    pub(crate) ends: bool,
    /// Background only (cells of a table with collapsed borders).
    pub(crate) no_border: bool,
    /// Whether the rectangle is in use; a placeholder is not.
    pub(crate) shown: bool,
    /// Whether it is the root element's: its background is the canvas's (CSS 2.2, 14.2).
    pub(crate) is_root: bool,
}

impl<'a> Decor<'a> {
    /// Background and borders of a box that is whole.
    pub(crate) fn whole(style: &'a Arc<Computed>, size: Size, border: Sides<f64>) -> Self {
        Self {
            style,
            width: size.width,
            height: size.height,
            border,
            begins: true,
            ends: true,
            no_border: false,
            shown: true,
            is_root: false,
        }
    }
}

/// A picture in its box.
#[derive(Debug, Clone)]
pub(crate) struct PlacedPicture<'a> {
    pub(crate) node: &'a BoxNode,
    pub(crate) image: &'a Arc<Image>,
    /// The content box.
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A straight line or path in one colour.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stroked {
    pub(crate) path: Vec<DrawnSegment>,
    pub(crate) fill: Option<Color>,
    pub(crate) stroke: Option<crate::image::Stroke>,
}

/// What happens to a frame as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Effect {
    /// Clip to this rectangle.
    pub(crate) clip: Option<Rect>,
    /// A matrix in frame coordinates.
    pub(crate) matrix: Option<Matrix>,
    /// How much of it is seen, 0–1, if not all.
    pub(crate) opacity: Option<f64>,
    /// Repeated or ornamental: not content.
    pub(crate) artifact: bool,
}

impl<'a> Frame<'a> {
    /// Adds a thing of the flow.
    pub(crate) fn push(&mut self, x: f64, y: f64, thing: Thing<'a>) {
        self.items.push(Placed { x, y, layer: 0, thing });
    }

    /// Adds a frame, taking over what looks farther out.
    pub(crate) fn place(
        &mut self,
        x: f64,
        y: f64,
        layer: i32,
        frame: &Rc<Frame<'a>>,
        effect: Effect,
    ) {
        // Static positions are told by the frame in which they were met; the box that they refer to
        // may be any frame farther out.
        self.positioned.extend(frame.positioned.iter().map(|p| Positioned {
            x: p.x + x,
            y: p.y + y,
            ..*p
        }));
        // Notes belong to the page, so they rise through all frames up to the one that is a
        // page's.
        self.notes.extend_from_slice(&frame.notes);
        let effect = (effect != Effect::default()).then(|| Box::new(effect));
        self.items.push(Placed { x, y, layer, thing: Thing::Frame(Rc::clone(frame), effect) });
    }
}

/// A box that is set as a whole: it is cut only if it is taller than a page.
impl<'a> Breakable<'a> for Rc<Frame<'a>> {
    fn height(&self) -> f64 {
        self.height
    }

    fn baselines(&self) -> Option<Baselines> {
        self.baselines
    }

    fn notes(&self) -> Vec<&'a BoxNode> {
        self.notes.clone()
    }

    fn frame(&self, _: &mut Context<'a>) -> Rc<Frame<'a>> {
        Rc::clone(self)
    }

    fn split(
        &self,
        cx: &mut Context<'a>,
        space: Space,
        span: Option<Span>,
    ) -> Option<(LeafContent<'a>, Option<LeafContent<'a>>)> {
        let (top, rest) = split::cut(self, space.height)?;
        cx.warn(
            "box-broken",
            say!("a box that should not break is taller than a page and was cut"),
            span,
            say!("make it lower"),
        );
        let rest = rest.map(|rest| -> LeafContent<'a> { Rc::new(Rc::new(rest)) });
        Some((Rc::new(Rc::new(top)), rest))
    }
}
