//! Computed values of painting: gradients, shadows, transformations, glyph features.

use std::sync::Arc;

use super::{Color, LengthPercentage};

/// What a background shows above its colour.
#[derive(Debug, Clone, PartialEq)]
pub enum Backdrop {
    /// `url(…)`.
    Url(Arc<str>),
    /// `linear-gradient()` and its kin.
    Gradient(Arc<Gradient>),
}

/// A gradient of CSS, before it is known how large its box is.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// How it goes.
    pub course: Course,
    /// Colours with their places along it; two at least.
    pub stops: Vec<(Option<LengthPercentage>, Color)>,
    /// `repeating-…`.
    pub repeats: bool,
}

/// How a gradient goes.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum Course {
    /// In a direction: degrees from upwards, clockwise.
    Angle(f64),
    /// To a corner: 1 for right and bottom, −1 for left and top.
    Corner { x: f64, y: f64 },
    /// Away from a point, in circles or ellipses.
    Radial {
        /// Circles.
        circle: bool,
        /// How far to the last colour.
        extent: RadialExtent,
        /// The point.
        at: (LengthPercentage, LengthPercentage),
    },
}

/// How large the last circle of a gradient is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum RadialExtent {
    ClosestSide,
    FarthestSide,
    ClosestCorner,
    FarthestCorner,
    /// Radii across and along.
    Radii(LengthPercentage, LengthPercentage),
}

/// A shadow of `box-shadow`, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shadow {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
    /// How soft its edge is.
    pub blur: f64,
    /// How much larger than the box it is.
    pub spread: f64,
    /// Its colour.
    pub color: Color,
    /// `inset`: it falls into the box.
    pub inset: bool,
}

/// One function of `transform`, besides a lone `rotate()`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum Transform {
    /// `translate()`, percentages of the box's own size.
    Translate(LengthPercentage, LengthPercentage),
    /// `scale()`.
    Scale { x: f64, y: f64 },
    /// `rotate()` in degrees, clockwise.
    Rotate(f64),
}

/// OpenType features with their values; as many as a style names in practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Features([([u8; 4], u16); 6]);

impl Features {
    /// None.
    pub const NONE: Self = Self([([0; 4], 0); 6]);

    /// Sets a feature; whether there was room for it.
    pub fn set(&mut self, tag: [u8; 4], value: u16) -> bool {
        // The same tag again replaces its value; else the first free slot, so that those in use
        // stand first.
        let slot = self.0.iter_mut().find(|(own, _)| *own == tag || *own == [0; 4]);
        match slot {
            Some(slot) => {
                *slot = (tag, value);
                true
            }
            None => false,
        }
    }

    /// Those that are set.
    pub fn iter(&self) -> impl Iterator<Item = ([u8; 4], u16)> {
        self.0.iter().copied().take_while(|(tag, _)| *tag != [0; 4])
    }
}
