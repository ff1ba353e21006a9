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

/// A rectangle: its top left corner and its size.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
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

impl Rect {
    /// A rectangle by its corner and its size.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// A rectangle at a place.
    pub const fn at(corner: Point, size: Size) -> Self {
        Self { x: corner.x, y: corner.y, width: size.width, height: size.height }
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
