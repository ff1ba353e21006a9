//! Letters and words that `letter-spacing` and `word-spacing` push into each other.
//!
//! Looked at within a run, since nothing of it stands upon any other word.

use super::told::WordFault;
use crate::layout::Pages;
use crate::text::{Glyph, GlyphRun};

/// The share of their own width that letters keep. Letters are apart by a fifth of it, so they
/// touch below that; below this they cover each other.
const LETTERS: f64 = 0.7;

/// The mean width of letters, in sizes of the text, that none is narrower by whose letters stand
/// upon each other.
const DOUBTFUL: f64 = 0.5;

/// The space, in sizes of the text, below which two words are read as one: a quarter of a usual
/// one, and less than the tightest line has.
const SPACE: f64 = 0.07;

/// What is wrong with the spacing of a run, if anything.
pub(super) fn crowded(run: &GlyphRun, pages: &Pages) -> Option<WordFault> {
    let text = run.text.trim();
    let begin = run.text.len() - run.text.trim_start().len();
    let (mut width, mut letters, mut joined) = (0.0, 0.0, false);
    for glyph in run.glyphs.iter() {
        let inside = (glyph.cluster as usize).checked_sub(begin);
        match inside.and_then(|at| text.get(at..)?.chars().next()) {
            // Of all spaces `word-spacing` changes these two alone.
            Some(' ' | '\u{a0}') => joined |= glyph.advance < SPACE * run.size,
            Some(letter) if !letter.is_whitespace() => {
                (width, letters) = (width + glyph.advance, letters + 1.0);
            }
            _ => {}
        }
    }
    // The face is asked only about runs that may be so.
    if letters > 1.0 && width < DOUBTFUL * run.size * letters && width < LETTERS * own(run, pages) {
        return Some(WordFault::Crowded { letters: true });
    }
    joined.then_some(WordFault::Crowded { letters: false })
}

/// How wide the letters of a run are by themselves.
fn own(run: &GlyphRun, pages: &Pages) -> f64 {
    let face = pages.fonts.face(run.face);
    let scale = run.size / face.metrics.units_per_em.max(1.0);
    let is_letter = |glyph: &&Glyph| {
        let letter = run.text.get(glyph.cluster as usize..).and_then(|text| text.chars().next());
        letter.is_some_and(|letter| !letter.is_whitespace())
    };
    run.glyphs.iter().filter(is_letter).map(|glyph| face.advance(glyph.id) * scale).sum()
}
