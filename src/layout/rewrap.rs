//! What is left of a paragraph's content after some of its lines, to be set at the width of the
//! next page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::collect::OwnedItem;
use crate::text::{Line, Piece};

/// A soft hyphen: where a line ends with a hyphen that the text does not have.
const HYPHEN: char = '\u{AD}';

/// The items that follow these first lines; nothing if they cannot be told from the lines.
pub(super) fn after<'p>(protos: &'p [OwnedItem<'_>], lines: &[Line]) -> Option<Vec<OwnedItem<'p>>> {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for piece in lines.iter().flat_map(|line| &line.pieces) {
        match piece {
            Piece::Glyphs { tag, run, .. } => {
                // One text may be set in several runs, over several lines: the runs are joined
                // again by source.
                texts.entry(*tag).or_default().push_str(&run.text);
                seen.insert(*tag);
            }
            Piece::Edge { tag, .. } | Piece::Object { tag, .. } => drop(seen.insert(*tag)),
        }
    }
    let last = protos.iter().rposition(|proto| proto.tag().is_some_and(|tag| seen.contains(&tag)));
    let mut rest = Vec::new();
    // Breaks that end a line of the given ones are behind.
    // A line without pieces stands for a forced break that is already behind.
    let mut breaks = lines.iter().rev().take_while(|line| line.pieces.is_empty()).count();
    if let Some(OwnedItem::Text { text, style, raise, tag }) = last.map(|last| &protos[last]) {
        let mut left = unread(text, texts.get(tag)?)?;
        if style.white_space.collapses() {
            left = left.trim_start_matches([' ', '\t', '\n']);
        } else if let Some(next) = left.strip_prefix('\n') {
            left = next;
        }
        // A text read to its end was ended by the break after it, which is behind as well.
        breaks += usize::from(left.is_empty());
        if !left.is_empty() {
            rest.push(OwnedItem::Text {
                text: Cow::Borrowed(left),
                style: Arc::clone(style),
                raise: *raise,
                tag: *tag,
            });
        }
    } else if last.is_some() {
        breaks += 1;
    }
    for proto in &protos[last.map_or(0, |last| last + 1)..] {
        match proto {
            OwnedItem::Break if breaks > 0 => breaks -= 1,
            _ => {
                breaks = 0;
                rest.push(proto.borrowed());
            }
        }
    }
    Some(rest)
}

/// What follows the text of some runs in the text that they were made of.
fn unread<'t>(text: &'t str, runs: &str) -> Option<&'t str> {
    let mut left = text;
    for wanted in runs.chars() {
        if let Some(next) = left.strip_prefix(wanted) {
            left = next;
        } else if wanted != HYPHEN {
            // White space of the text may have been dropped.
            left = left.trim_start_matches([' ', '\t', '\n']).strip_prefix(wanted)?;
        }
    }
    Some(left)
}

/// Whether lines hold the same text and boxes, spaces and hyphens apart.
pub(super) fn same_text(a: &[Line], b: &[Line]) -> bool {
    let runs = |lines: &[Line]| -> String {
        let pieces = lines.iter().flat_map(|line| &line.pieces);
        let text = pieces.map(|piece| match piece {
            Piece::Glyphs { run, .. } => run.text.to_string(),
            Piece::Object { .. } => "\u{FFFC}".into(),
            Piece::Edge { .. } => String::new(),
        });
        text.collect()
    };
    let letters = |text: String| -> String {
        text.chars().filter(|c| !c.is_whitespace() && *c != HYPHEN).collect()
    };
    letters(runs(a)) == letters(runs(b))
}
