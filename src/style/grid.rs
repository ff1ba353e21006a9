//! Computed values of grids.
//!
//! Read by `property/grid`, used by `sizing`.

use std::sync::Arc;

use super::{Alignment, LengthPercentage};

/// The size of a row or column of a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Track {
    /// `auto`.
    Auto,
    /// `min-content`.
    MinContent,
    /// `max-content`.
    MaxContent,
    /// A length or percentage.
    Fixed(LengthPercentage),
    /// A share of what is left: `1fr`.
    Fraction(f64),
    /// `minmax()` of a length and a share.
    AtLeast(LengthPercentage, f64),
}

/// Where an item begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GridLine {
    /// Where there is room.
    #[default]
    Auto,
    /// At a line, counted from 1, or from −1 backwards.
    At(i16),
    /// After so many tracks.
    Span(u16),
}

/// The grid properties of a container and of an item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// `grid-template-columns`.
    pub columns: Arc<[Track]>,
    /// `grid-template-rows`.
    pub rows: Arc<[Track]>,
    /// `grid-auto-flow: column`.
    pub by_columns: bool,
    /// `justify-items`.
    pub justify_items: Alignment,
    /// `justify-self`.
    pub justify_self: Alignment,
    /// `grid-column`: start and end.
    pub column: (GridLine, GridLine),
    /// `grid-row`: start and end.
    pub row: (GridLine, GridLine),
}
