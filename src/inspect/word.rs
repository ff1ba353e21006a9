//! A word on a page: what is painted of it, and where.

use crate::diag::Span;
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
        matrix: [f64; 6],
    ) -> Option<Self> {
        if run.text.trim().is_empty() || run.size <= 0.0 {
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
        let quad =
            Quad::new([left, y - HEIGHT * run.size, right, y + DEPTH * run.size], run.size, matrix);
        Some(Self { quad, run, span, mark, order })
    }

    /// Its text.
    pub(super) fn text(&self) -> &'a str {
        &self.run.text
    }

    /// Whether it is text that others must leave free: not ornament, and to be seen.
    pub(super) fn counts(&self) -> bool {
        !super::is_ornament(self.mark) && self.run.color.alpha > 0
    }
}

/// A turned rectangle with its bounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quad {
    corners: [(f64, f64); 4],
    bounds: [f64; 4],
    /// The size of its text as it is seen.
    size: f64,
    /// It is not turned, so that its bounds are all of it.
    upright: bool,
}

/// A side of a rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Top,
    Right,
    Bottom,
}

pub(super) fn through([a, b, c, d, e, f]: [f64; 6], x: f64, y: f64) -> (f64, f64) {
    (a * x + c * y + e, b * x + d * y + f)
}

impl Quad {
    fn new([left, top, right, bottom]: [f64; 4], size: f64, matrix: [f64; 6]) -> Self {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
            .map(|(x, y)| through(matrix, x, y));
        let [a, b, c, d, ..] = matrix;
        let bounds = corners.iter().fold(
            [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY],
            |[l, t, r, b], (x, y)| [l.min(*x), t.min(*y), r.max(*x), b.max(*y)],
        );
        // Text that is not turned, as nearly all is, needs no projections.
        let upright = b.abs() < 1e-9 && c.abs() < 1e-9;
        Self { corners, bounds, size: size * (a * d - b * c).abs().sqrt(), upright }
    }

    pub(super) fn top(&self) -> f64 {
        self.bounds[1]
    }

    pub(super) fn bottom(&self) -> f64 {
        self.bounds[3]
    }

    pub(super) fn middle(&self) -> (f64, f64) {
        let [l, t, r, b] = self.bounds;
        ((l + r) / 2.0, (t + b) / 2.0)
    }

    /// By how much it stands out of a rectangle (left, top, right, bottom), and where most.
    pub(super) fn beyond(&self, [left, top, right, bottom]: [f64; 4]) -> Option<(Side, f64)> {
        let [l, t, r, b] = self.bounds;
        let sides = [
            (Side::Left, left - l),
            (Side::Top, top - t),
            (Side::Right, r - right),
            (Side::Bottom, b - bottom),
        ];
        sides.into_iter().filter(|(_, by)| *by > 0.0).max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How deep two words stand in each other, if it is more than lines and letters may.
    pub(super) fn overlap(one: &Self, other: &Self) -> Option<f64> {
        let (a, b) = (one.bounds, other.bounds);
        let wide = a[2].min(b[2]) - a[0].max(b[0]);
        let high = a[3].min(b[3]) - a[1].max(b[1]);
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
            let ((x0, y0), (x1, y1)) = (one.corners[i], one.corners[i + 1]);
            let (nx, ny) = (y0 - y1, x1 - x0);
            let length = nx.hypot(ny).max(1e-9);
            let span = |quad: &Self| {
                quad.corners.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), (x, y)| {
                    let at = (x * nx + y * ny) / length;
                    (l.min(at), h.max(at))
                })
            };
            let (a, b) = (span(one), span(other));
            least = least.min(a.1.min(b.1) - a.0.max(b.0));
        }
        least
    }
}
