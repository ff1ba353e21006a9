//! Vertical margins that adjoin and collapse: what both writers keep between two blocks.

/// Adjoining margins: the largest positive and the most negative one add up (CSS 2.2, 8.3.1).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct AdjoiningMargins {
    positive: f64,
    negative: f64,
}

impl AdjoiningMargins {
    /// One more margin joins them.
    pub(crate) fn add(&mut self, margin: f64) {
        self.positive = self.positive.max(margin);
        self.negative = self.negative.min(margin);
    }

    /// The space that they make together.
    pub(crate) fn sum(self) -> f64 {
        self.positive + self.negative
    }

    /// The space that they make; none is left.
    pub(crate) fn take(&mut self) -> f64 {
        std::mem::take(self).sum()
    }
}
