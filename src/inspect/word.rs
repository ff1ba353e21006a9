//! A word on a page: what is painted of it, and where.
//!
//! The smallest thing that the look at the pages knows: gathered from runs of glyphs.

use super::ground::{Mixed, View};
use crate::diag::Span;
use crate::geometry::{Matrix, Point, Rect};
use crate::layout::Mark;
use crate::text::GlyphRun;

/// What a word may stick out before it counts, in points: a letter's overhang and rounding.
pub(super) const TOLERANCE: f64 = 1.0;

/// How high capitals are, and how far commas hang, as a share of the size: the ink of a line of
/// text. Accents and descenders may touch a neighbour, as they do with tight line heights.
const HEIGHT: f64 = 0.7;
const DEPTH: f64 = 0.05;

/// A run of glyphs that are painted together.
#[derive(Debug)]
pub(super) struct PaintedWord<'a> {
    pub(super) quad: Quad,
    pub(super) run: &'a GlyphRun,
    pub(super) span: Option<Span>,
    pub(super) mark: Mark,
    /// Other text is read through it, as through a watermark.
    pub(super) faint: bool,
    /// Its colour and that of what is behind its middle.
    pub(super) colors: [Mixed; 2],
    /// Its number on the page: later ones are painted upon earlier ones.
    pub(super) order: usize,
}

impl<'a> PaintedWord<'a> {
    /// A run as it is painted through a matrix; nothing if it is blank.
    pub(super) fn new(
        x: f64,
        y: f64,
        run: &'a GlyphRun,
        span: Option<Span>,
        (mark, order): (Mark, usize),
        view: &View<'_>,
    ) -> Option<Self> {
        // What has no ink can neither lie over anything nor be cut off.
        if run.text.trim().is_empty() {
            return None;
        }
        // Spaces at both ends take room and have no ink.
        let blank = |cluster: u32| {
            run.text[cluster as usize..].starts_with(|c: char| c.is_whitespace() || c == '\u{ad}')
        };
        let before: f64 =
            run.glyphs.iter().take_while(|g| blank(g.cluster)).map(|g| g.advance).sum();
        let after: f64 =
            run.glyphs.iter().rev().take_while(|g| blank(g.cluster)).map(|g| g.advance).sum();
        let (left, right) = (x + before, x + run.width() - after);
        let quad = Quad::new(
            Rect::from_edges(left, y - HEIGHT * run.size, right, y + DEPTH * run.size),
            run.size,
            view.matrix(),
        );
        let (faint, colors) = (view.is_faint(run.color), view.colors(run.color, quad.along(0.5)));
        Some(Self { quad, run, span, mark, faint, colors, order })
    }

    /// Its text.
    pub(super) fn text(&self) -> &'a str {
        &self.run.text
    }

    /// Whether it is text that others must leave free: not ornament, and no watermark.
    pub(super) fn counts(&self) -> bool {
        !super::is_ornament(self.mark) && !self.faint && !self.quad.is_gone
    }

    /// Takes away what a clip does, since that lies over nothing and beside nothing.
    pub(super) fn cut(&mut self, clip: Option<Rect>) {
        if let Some(clip) = clip {
            self.quad.bounds = self.quad.bounds.intersection(clip);
            self.quad.is_gone = self.quad.bounds.width <= 0.0 || self.quad.bounds.height <= 0.0;
        }
    }
}

/// A turned rectangle with its bounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quad {
    corners: [Point; 4],
    bounds: Rect,
    /// The size of its text as it is seen.
    size: f64,
    /// It is not turned, so that its bounds are all of it.
    upright: bool,
    /// Nothing of it is left by a clip.
    pub(super) is_gone: bool,
}

/// A side of a rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Top,
    Right,
    Bottom,
}

/// The smallest upright rectangle around some points; nothing of one without any.
pub(super) fn bounds(points: impl IntoIterator<Item = Point>) -> Option<Rect> {
    let mut points = points.into_iter();
    let first = points.next()?;
    let [left, top, right, bottom] = points
        .fold([first.x, first.y, first.x, first.y], |[l, t, r, b], at| {
            [l.min(at.x), t.min(at.y), r.max(at.x), b.max(at.y)]
        });
    Some(Rect::from_edges(left, top, right, bottom))
}

impl Quad {
    fn new(ink: Rect, size: f64, matrix: Matrix) -> Self {
        let corners = ink.corners().map(|corner| matrix.apply(corner));
        // Text that is not turned, as nearly all is, needs no projections.
        let upright = matrix.b.abs() < 1e-9 && matrix.c.abs() < 1e-9;
        Self {
            corners,
            bounds: bounds(corners).unwrap_or_default(),
            size: size * matrix.determinant().abs().sqrt(),
            upright,
            is_gone: false,
        }
    }

    /// The size of its text as it is seen.
    pub(super) fn size(&self) -> f64 {
        self.size
    }

    pub(super) fn top(&self) -> f64 {
        self.bounds.y
    }

    pub(super) fn bottom(&self) -> f64 {
        self.bounds.bottom()
    }

    /// A point in the middle of its height, from its beginning (0) to its end (1), but for a little
    /// at both.
    pub(super) fn along(&self, way: f64) -> Point {
        self.at(way, 0.5)
    }

    /// A point from its beginning (0) to its end (1), but for a little at both, and from the height
    /// of its capitals (0) to below its base line (1).
    pub(super) fn at(&self, way: f64, down: f64) -> Point {
        let [first, second, third, fourth] = self.corners;
        let part = |a: Point, b: Point, share: f64| {
            Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        };
        part(part(first, fourth, down), part(second, third, down), 0.04 + 0.92 * way)
    }

    /// By how much it stands out of a rectangle, and where most.
    pub(super) fn beyond(&self, area: Rect) -> Option<(Side, f64)> {
        let own = self.bounds;
        let sides = [
            (Side::Left, area.x - own.x),
            (Side::Top, area.y - own.y),
            (Side::Right, own.right() - area.right()),
            (Side::Bottom, own.bottom() - area.bottom()),
        ];
        // The side over which most of it lies is the one that the advice is about.
        sides.into_iter().filter(|(_, by)| *by > 0.0).max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How deep two words stand in each other, if it is more than lines and letters may.
    pub(super) fn overlap(one: &Self, other: &Self) -> Option<f64> {
        let (a, b) = (one.bounds, other.bounds);
        let wide = a.right().min(b.right()) - a.x.max(b.x);
        let high = a.bottom().min(b.bottom()) - a.y.max(b.y);
        // The smaller one decides, since it is the one that gets unreadable.
        let size = one.size.min(other.size);
        // Italics and kerned letters overlap by less in any text.
        if wide <= 0.15 * size || high <= 0.15 * size {
            return None;
        }
        if one.upright && other.upright {
            return Some(wide.min(high));
        }
        let depth = Self::apart(one, other).min(Self::apart(other, one));
        (depth > 0.15 * size).then_some(depth)
    }

    /// The least overlap along the normals of this quad's sides (separating axes).
    fn apart(one: &Self, other: &Self) -> f64 {
        let mut least = f64::INFINITY;
        // Two directions of a parallelogram are enough (separating axes).
        for i in 0..2 {
            let way = one.corners[i + 1] - one.corners[i];
            let (nx, ny) = (-way.y, way.x);
            let length = nx.hypot(ny).max(1e-9);
            let span = |quad: &Self| {
                quad.corners.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), corner| {
                    let at = (corner.x * nx + corner.y * ny) / length;
                    (l.min(at), h.max(at))
                })
            };
            let (a, b) = (span(one), span(other));
            least = least.min(a.1.min(b.1) - a.0.max(b.0));
        }
        least
    }
}
