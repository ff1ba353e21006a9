//! Narrowest and widest content (CSS Sizing 3, chapter 5).
//!
//! Asked by `sizing`; no line is made for it.

/// The min-content and the max-content width of something: every break taken, and only the forced
/// ones.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ContentSizes {
    /// Min-content.
    pub min: f64,
    /// Max-content.
    pub max: f64,
}

impl ContentSizes {
    /// The same length for both.
    pub(crate) const fn both(length: f64) -> Self {
        Self { min: length, max: length }
    }

    /// Both longer by a length.
    #[must_use]
    pub(crate) fn plus(self, length: f64) -> Self {
        Self { min: self.min + length, max: self.max + length }
    }

    /// What holds either of two things, one below the other.
    #[must_use]
    pub(crate) fn union(self, other: Self) -> Self {
        Self { min: self.min.max(other.min), max: self.max.max(other.max) }
    }

    /// Both changed.
    #[must_use]
    pub(crate) fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self { min: change(self.min), max: change(self.max) }
    }

    /// The width in so much room (CSS 2.2, 10.3.5).
    pub(crate) fn shrink_to_fit(self, available: f64) -> f64 {
        self.max.min(available.max(self.min))
    }
}
