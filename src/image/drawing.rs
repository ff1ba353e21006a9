//! Drawings: what SVG pictures, QR codes and CSS gradients become. All lengths are points, the
//! origin is the top left corner, y grows downwards.

use std::sync::Arc;

use super::Image;
use crate::geometry::{Matrix, Point, Rect, Size};
use crate::style::Color;

/// One thing in a drawing.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawn {
    /// A path in plain colours.
    Shape(DrawnPath),
    /// A path filled or stroked with a gradient or a pattern.
    Shaded(Shaded),
    /// Things that are clipped, masked, blended or transformed together.
    Group(Group),
    /// A raster picture: the matrix takes the unit square to where it stands.
    Picture {
        /// Where.
        matrix: Matrix,
        /// Which: pixels, never a drawing.
        image: Arc<Image>,
    },
}

/// A path with its paint.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnPath {
    /// Segments.
    pub path: Vec<DrawnSegment>,
    /// Fill colour; alpha must be honoured.
    pub fill: Option<Color>,
    /// Fill by the even–odd rule.
    pub even_odd: bool,
    /// Stroke.
    pub stroke: Option<Stroke>,
}

/// How a path is stroked.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Stroke {
    pub color: Color,
    /// Points.
    pub width: f64,
    /// Dash lengths in points; empty for a solid line.
    pub dash: Vec<f64>,
    /// How far into the dashes the line begins, in points.
    pub phase: f64,
    /// 0 butt, 1 round, 2 square.
    pub cap: u8,
    /// 0 miter, 1 round, 2 bevel.
    pub join: u8,
    /// How much longer than the line is wide a miter may be.
    pub miter: f64,
}

impl Default for Stroke {
    /// The initial graphics state of PDF (ISO 32000-1, 8.4.1).
    fn default() -> Self {
        Self {
            color: Color::BLACK,
            width: 1.0,
            dash: Vec::new(),
            phase: 0.0,
            cap: 0,
            join: 0,
            miter: 10.0,
        }
    }
}

/// A path segment in points.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum DrawnSegment {
    Move(Point),
    Line(Point),
    Cubic(Point, Point, Point),
    Close,
}

impl DrawnSegment {
    /// A closed path around an area, from its top left corner clockwise.
    pub fn rectangle(area: Rect) -> [Self; 5] {
        let [first, second, third, fourth] = area.corners();
        let line = Self::Line;
        [Self::Move(first), line(second), line(third), line(fourth), Self::Close]
    }

    /// Where it ends; nothing if it goes back to where its path began.
    pub fn end(self) -> Option<Point> {
        match self {
            Self::Move(at) | Self::Line(at) | Self::Cubic(_, _, at) => Some(at),
            Self::Close => None,
        }
    }

    /// Whether it has no NaN and no infinity in it.
    pub(crate) fn is_finite(&self) -> bool {
        match *self {
            Self::Move(at) | Self::Line(at) => at.is_finite(),
            Self::Cubic(a, b, at) => a.is_finite() && b.is_finite() && at.is_finite(),
            Self::Close => true,
        }
    }

    /// The segment with each of its points mapped.
    #[must_use]
    pub(crate) fn map(self, to: impl Fn(Point) -> Point) -> Self {
        match self {
            Self::Move(at) => Self::Move(to(at)),
            Self::Line(at) => Self::Line(to(at)),
            Self::Cubic(first, second, at) => Self::Cubic(to(first), to(second), to(at)),
            Self::Close => Self::Close,
        }
    }
}

/// A path filled or stroked with something that is not a plain colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Shaded {
    /// Segments.
    pub path: Vec<DrawnSegment>,
    /// Fill by the even–odd rule.
    pub even_odd: bool,
    /// Stroked so, its colour not counting; filled if there is none.
    pub stroke: Option<Stroke>,
    /// The paint.
    pub ink: Ink,
    /// 0–255.
    pub alpha: u8,
}

/// A paint that is not a plain colour.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Ink {
    Gradient(DrawnGradient),
    Pattern(TilingPattern),
}

/// Colours along a line or between two circles. The first and the last go on beyond the ends.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnGradient {
    /// The line or the circles.
    pub along: Along,
    /// From its coordinates to the drawing's.
    pub matrix: Matrix,
    /// Offsets from 0 to 1, never decreasing, with their colours; two at least.
    pub stops: Vec<(f64, Color)>,
}

/// What a gradient goes along.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Along {
    /// From a point to another.
    Line(Point, Point),
    /// From a circle to another.
    Circles(Circle, Circle),
}

/// A circle.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Circle {
    pub center: Point,
    pub radius: f64,
}

/// A tile that is repeated over the plane.
#[derive(Debug, Clone, PartialEq)]
pub struct TilingPattern {
    /// Width and height of the tile, whose corner is the origin.
    pub size: Size,
    /// From the tile's coordinates to the drawing's.
    pub matrix: Matrix,
    /// What is on the tile.
    pub nodes: Arc<[Drawn]>,
}

/// Things that are painted as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What is in it.
    pub nodes: Vec<Drawn>,
    /// A matrix for the coordinates of paths and pictures in it; gradients and patterns have the
    /// drawing's.
    pub matrix: Option<Matrix>,
    /// A path to clip to, by the even–odd rule or not.
    pub clip: Option<(Vec<DrawnSegment>, bool)>,
    /// What shines through.
    pub mask: Option<Mask>,
    /// 0–1.
    pub opacity: f64,
    /// The blend mode as PDF calls it (ISO 32000-1, 11.3.5).
    pub blend: &'static str,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            matrix: None,
            clip: None,
            mask: None,
            opacity: 1.0,
            blend: "Normal",
        }
    }
}

impl Group {
    /// Whether its content is put together before it comes onto the page.
    pub(crate) fn is_layer(&self) -> bool {
        self.mask.is_some() || self.opacity < 1.0 || self.blend != "Normal"
    }
}

/// A drawing that says how much of another is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Mask {
    /// By its lightness, else by its alpha.
    pub by_light: bool,
    /// The drawing.
    pub nodes: Vec<Drawn>,
}

/// Whether a drawing is made of paths in plain colours only.
pub(crate) fn is_plain(nodes: &[Drawn]) -> bool {
    nodes.iter().all(|node| matches!(node, Drawn::Shape(_)))
}
