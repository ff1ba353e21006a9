//! What Word needs beyond our sizes, and how much of a difference counts: every such number of the
//! DOCX writer stands here, with its reason. What whole sheets need beyond our height is taken
//! where their text is settled, before this writer sees it (`layout/settle.rs`).
//!
//! What was measured was measured so: 71 lines (names, titles, posts) in nine faces from 11 to
//! 40 pt, each alone in its paragraph, written as PDF and as DOCX; the DOCX made a PDF by
//! LibreOffice; the widths of both by `pdftotext -bbox-layout`.

use crate::docx::words::units::TWIP;
use crate::sizing::ContentSizes;

/// In points. LibreOffice rounds the edges of each cell to twips, and takes half of a border from
/// the inside of the cell on both sides: of a line of 1 pt, the widest that is common in tables,
/// one point in all.
const POINTS: f64 = 1.0;

/// As a share of the line. With the same faces LibreOffice's lines are from 0.3 % narrower to 0.1 %
/// wider than ours. The rest is for readers with faces of the same widths but other pairs that are
/// kerned, as Word has them: a line of capitals that is kerned nowhere is 3 to 5 % wider («ГРАМОТА»
/// 3.8 %), but then wherever it stands, so that what is kerned otherwise gets the fourth part.
const SHARE: f64 = 0.01;

/// What is shrunk to fit one line is shrunk to this share of its room: sizes come in halves of a
/// point, and rounding to the nearer one is up to 2 % of 12 pt; the last hundredth is [`SHARE`].
pub(crate) const FITTED: f64 = 0.97;

/// Rounding errors that do not count as overflow, in points: sums of hundreds of advances, each of
/// which our fonts give in thousandths of the size.
const TOLERANCE: f64 = 0.1;

/// How much higher than measured a box is made that hangs from below: its height is known to Word
/// only, and what is missing is cut off at the top. Half as much again is one line of two that
/// breaks once more; the points are two lines of 12 pt, for the box that has only one.
const HANGING_SHARE: f64 = 0.5;
const HANGING_POINTS: f64 = 24.0;

/// Differences of lengths that are rounding, in points: lengths in a DOCX are whole twips.
pub(crate) const SAME: f64 = TWIP;

/// By how much a box is narrower than an equal one above, in points: Word makes one box of
/// neighbours that are equal in border, colour and indents (ECMA-376 Part 1, 17.3.1.24), and one
/// twip is the smallest difference that it has.
pub(crate) const APART: f64 = TWIP;

/// Lengths that nobody sees, in points: a pixel of a screen is 0.75. Room of that height above a
/// table is not worth a paragraph, which would be higher; a page that a background leaves free by
/// that much is not tiled.
pub(crate) const UNSEEN: f64 = 0.5;

/// The height of an empty paragraph itself, in points: the smallest size of text in Word
/// (ECMA-376 Part 1, 17.3.2.38, in half-points; its dialogs take no less than 1).
pub(crate) const SPACER_HEIGHT: f64 = 1.0;

/// The thinnest line of Word, in points: two eighths (ECMA-376 Part 1, 17.3.4, `sz`). As much
/// padding stays between text and the line beside it: less would touch.
pub(crate) const HAIRLINE: f64 = 0.25;

/// The most room between text and the line beside it, in points (ECMA-376 Part 1, 17.3.4, `space`).
pub(crate) const FARTHEST: f64 = 31.0;

/// Up to how many times the face's own line a line height is written as a multiple of it: of a
/// larger multiple LibreOffice, and others that follow Word, do not count what the last line of a
/// page has more than its own height, so that there would now and then be a line more on a page
/// than in CSS. A tenth is 1.4 pt of a line of 12 pt, and by no more a page may end lower.
pub(crate) const NEAR_OWN_LINE: f64 = 1.1;

/// What the room for a content lacks in Word: its longest line stays whole if it does so in ours,
/// else its longest word does. What does not fit in ours need not fit in Word.
pub fn slack(content: ContentSizes, available: f64) -> f64 {
    let fits = |line: f64| line > 0.0 && !overflows(line, available);
    let line = [content.max, content.min].into_iter().find(|line| fits(*line));
    line.map_or(0.0, |line| (with_slack(line) - available).max(0.0))
}

/// The room that Word needs for a line that is so wide by our measure.
pub(crate) fn with_slack(line: f64) -> f64 {
    line * (1.0 + SHARE) + POINTS
}

/// Whether a line is longer than its room.
pub(crate) fn overflows(line: f64, available: f64) -> bool {
    line > available + TOLERANCE
}

/// The height of a box that hangs from below, for content that is so high by our measure.
pub(crate) fn hanging_height(measured: f64) -> f64 {
    measured * (1.0 + HANGING_SHARE) + HANGING_POINTS
}
