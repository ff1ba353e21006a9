//! How many columns of which width (CSS Multi-column Layout 1, 3.4).

use crate::style::Computed;

/// More columns than this are a slip of the pen, and every one costs a pass.
const MAX_COLUMNS: usize = 100;

/// The columns of a multi-column box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct UsedColumns {
    pub(crate) count: usize,
    pub(crate) width: f64,
    pub(crate) gap: f64,
}

impl UsedColumns {
    /// Whether a box sets its content in columns.
    pub(crate) fn wanted(style: &Computed) -> bool {
        style.columns.count.is_some() || style.columns.width.is_some()
    }

    /// The columns in a content box of that width.
    pub(crate) fn new(style: &Computed, available: f64) -> Self {
        // `column-gap: normal` is 1em here (CSS Box Alignment 3, 8.1).
        let gap = style.column_gap.map_or(style.text.font_size, |gap| gap.resolve(available));
        let columns = &style.columns;
        // As many columns as fit at least at their wished width; n columns have n - 1 gaps,
        // hence one gap on either side of the division.
        let fitting = columns
            .width
            .map(|w| ((available + gap) / (w.max(1.0) + gap)).floor().max(1.0) as usize);
        let count = match (columns.count, fitting) {
            // With both given, `column-count` is the most there may be.
            (Some(count), Some(fitting)) => fitting.min(count as usize),
            (Some(count), None) => count as usize,
            (None, Some(fitting)) => fitting,
            (None, None) => 1,
        };
        let count = count.clamp(1, MAX_COLUMNS);
        // Gaps that fill the box leave columns of a point, which overflow visibly rather than
        // divide by nothing.
        let width = ((available + gap) / count as f64 - gap).max(1.0);
        Self { count, width, gap }
    }
}
