//! Points, sizes, rectangles and sides, in points. The origin is the top left corner, y grows
//! downwards, except where PDF's own space is named.
//!
//! It lies at the ground of the library, so that every module says the same with the same value.

use std::ops::{Add, Sub};

/// A place, or the way from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// A width and a height.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

/// The sides of a raster picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct PixelSize {
    pub width: u32,
    pub height: u32,
}

/// A rectangle: its top left corner and its size.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// An affine transform (ISO 32000-1, 8.3.3): x′ = a·x + c·y + e, y′ = b·x + d·y + f.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Matrix {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

/// One value for each side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Sides<T> {
    pub top: T,
    pub right: T,
    pub bottom: T,
    pub left: T,
}

impl Point {
    /// The origin.
    pub const ZERO: Self = Self { x: 0.0, y: 0.0 };

    /// A place.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Whether it is a place at all.
    pub const fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, by: Self) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y }
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, by: Self) -> Self {
        Self { x: self.x - by.x, y: self.y - by.y }
    }
}

impl Size {
    /// Nothing.
    pub const ZERO: Self = Self { width: 0.0, height: 0.0 };

    /// A width and a height.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// Both sides multiplied.
    pub fn scaled(self, factor: f64) -> Self {
        Self { width: self.width * factor, height: self.height * factor }
    }
}

impl PixelSize {
    /// A width and a height.
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    /// How many pixels there are.
    pub fn area(self) -> u64 {
        // Of two sides of 32 bits the product needs 64: files may claim any size.
        u64::from(self.width) * u64::from(self.height)
    }

    /// No side longer than that of another.
    pub fn at_most(self, other: Self) -> Self {
        Self::new(self.width.min(other.width), self.height.min(other.height))
    }

    /// No side shorter than that of another.
    pub fn at_least(self, other: Self) -> Self {
        Self::new(self.width.max(other.width), self.height.max(other.height))
    }
}

impl Matrix {
    /// Changes nothing.
    pub const IDENTITY: Self = Self::new([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A matrix by its six numbers, as SVG and PDF write them.
    pub const fn new([a, b, c, d, e, f]: [f64; 6]) -> Self {
        Self { a, b, c, d, e, f }
    }

    /// Moves.
    pub const fn translate(by: Point) -> Self {
        Self { e: by.x, f: by.y, ..Self::IDENTITY }
    }

    /// Stretches from the origin.
    pub const fn scale(across: f64, along: f64) -> Self {
        Self { a: across, d: along, ..Self::IDENTITY }
    }

    /// The six numbers, as SVG and PDF write them.
    pub const fn numbers(self) -> [f64; 6] {
        [self.a, self.b, self.c, self.d, self.e, self.f]
    }

    /// This transform around another, which is nearer to what is painted.
    #[must_use]
    pub fn around(self, inner: Self) -> Self {
        Self {
            a: self.a * inner.a + self.c * inner.b,
            b: self.b * inner.a + self.d * inner.b,
            c: self.a * inner.c + self.c * inner.d,
            d: self.b * inner.c + self.d * inner.d,
            e: self.a * inner.e + self.c * inner.f + self.e,
            f: self.b * inner.e + self.d * inner.f + self.f,
        }
    }

    /// Where a place comes to.
    pub fn apply(self, at: Point) -> Point {
        // The six numbers in the order that PDF (ISO 32000-1, 8.3.4) and SVG have in common.
        Point::new(self.a * at.x + self.c * at.y + self.e, self.b * at.x + self.d * at.y + self.f)
    }

    /// The way back; nothing if the plane is flattened.
    pub fn inverse(self) -> Option<Self> {
        let Self { a, b, c, d, e, f } = self;
        let by = self.determinant();
        let back = [d, -b, -c, a, c * f - d * e, b * e - a * f];
        // Less than that is what rounding leaves of nothing.
        (by.abs() > 1e-12).then(|| Self::new(back.map(|number| number / by)))
    }

    /// By how much areas grow; negative if they are mirrored.
    pub fn determinant(self) -> f64 {
        self.a * self.d - self.b * self.c
    }
}

impl Rect {
    /// A rectangle by its corner and its size.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// A rectangle at a place.
    pub const fn at(corner: Point, size: Size) -> Self {
        Self { x: corner.x, y: corner.y, width: size.width, height: size.height }
    }

    /// A rectangle by its edges.
    pub fn from_edges(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { x: left, y: top, width: right - left, height: bottom - top }
    }

    /// Its corners: top left, top right, bottom right, bottom left.
    pub fn corners(self) -> [Point; 4] {
        let (right, bottom) = (self.right(), self.bottom());
        [
            self.corner(),
            Point::new(right, self.y),
            Point::new(right, bottom),
            Point::new(self.x, bottom),
        ]
    }

    /// Its top left corner.
    pub const fn corner(self) -> Point {
        Point { x: self.x, y: self.y }
    }

    /// Its size.
    pub const fn size(self) -> Size {
        Size { width: self.width, height: self.height }
    }

    /// The right edge.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// The rectangle inside of edges; never less than nothing.
    pub fn inset(self, by: Sides<f64>) -> Self {
        Self {
            x: self.x + by.left,
            y: self.y + by.top,
            // Edges wider than their box leave nothing, and no rectangle turned inside out.
            width: (self.width - by.left - by.right).max(0.0),
            height: (self.height - by.top - by.bottom).max(0.0),
        }
    }

    /// What two rectangles have in common: empty, and never turned inside out, where that is
    /// nothing.
    pub fn intersection(self, other: Self) -> Self {
        let (left, top) = (self.x.max(other.x), self.y.max(other.y));
        let (right, bottom) = (self.right().min(other.right()), self.bottom().min(other.bottom()));
        Self::from_edges(left, top, right.max(left), bottom.max(top))
    }

    /// The same rectangle elsewhere.
    pub fn moved(self, by: Point) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y, ..self }
    }
}

impl<T: Copy> Sides<T> {
    /// The same value on all sides.
    pub const fn all(value: T) -> Self {
        Self { top: value, right: value, bottom: value, left: value }
    }

    /// Each side mapped.
    pub fn map<U>(self, f: impl Fn(T) -> U) -> Sides<U> {
        Sides { top: f(self.top), right: f(self.right), bottom: f(self.bottom), left: f(self.left) }
    }
}

impl Sides<f64> {
    /// Left and right together.
    pub fn across(self) -> f64 {
        self.left + self.right
    }

    /// Top and bottom together.
    pub fn along(self) -> f64 {
        self.top + self.bottom
    }
}
