//! What Word needs beyond our sizes so that a line that just fits stays whole.

use crate::sizing::ContentSizes;

/// In points: LibreOffice rounds each cell to twips, and takes a hairline border from the inside.
const POINTS: f64 = 1.0;

/// As a share of the line: other engines kern other pairs than we do. «г. Москва» is 0.3 % wider
/// without kerning, and a line of capitals as much as 1 %.
const SHARE: f64 = 0.01;

/// What is shrunk to fit one line is shrunk a little more: sizes and letter spacing come in halves
/// and twentieths of a point, and large letters show each pair that is kerned in another way.
pub(crate) const FITTED: f64 = 0.97;

/// Rounding errors that do not count as overflow, in points.
const TOLERANCE: f64 = 0.1;

/// What the room for a content lacks in Word: its longest line stays whole if it does so in ours,
/// else its longest word does. What does not fit in ours need not fit in Word.
pub(crate) fn slack(content: ContentSizes, available: f64) -> f64 {
    let fits = |line: f64| line > 0.0 && line <= available + TOLERANCE;
    let line = [content.max, content.min].into_iter().find(|line| fits(*line));
    line.map_or(0.0, |line| (with_slack(line) - available).max(0.0))
}

/// The room that Word needs for a line that is so wide by our measure.
pub(crate) fn with_slack(line: f64) -> f64 {
    line * (1.0 + SHARE) + POINTS
}
