//! `vertical-align: top` and `bottom`: what stands at the edge of its line is placed when the rest
//! has made the line (CSS 2.2, 10.8.1).

use std::collections::BTreeMap;

use super::inline::{Para, SourceKind};
use crate::style::VerticalAlign;
use crate::text::Piece;

/// An element or a box at the top or bottom of its line, with all that is aligned by it: an aligned
/// subtree.
#[derive(Debug)]
pub(crate) struct LineEdge {
    is_top: bool,
    /// How far its baseline is above that of each line.
    raises: BTreeMap<usize, f64>,
}

/// A piece's part in an aligned subtree: how far it is above the subtree's baseline, and the extent
/// that it needs from there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aligned {
    pub(crate) edge: u32,
    pub(crate) raise: f64,
    pub(crate) above: f64,
    pub(crate) below: f64,
}

impl LineEdge {
    pub(crate) fn new(align: VerticalAlign) -> Option<Self> {
        let is_top = match align {
            VerticalAlign::Top => true,
            VerticalAlign::Bottom => false,
            _ => return None,
        };
        Some(Self { is_top, raises: BTreeMap::new() })
    }

    /// How far its baseline is above that of a line.
    pub(crate) fn raise(&self, line: usize) -> f64 {
        self.raises.get(&line).copied().unwrap_or(0.0)
    }
}

/// The second pass of CSS 2.2, 10.8.1: makes the lines tall enough for their top- and
/// bottom-aligned subtrees, and places these.
pub(crate) fn align(para: &mut Para<'_>) {
    // Nearly all paragraphs have none.
    if para.edges.is_empty() {
        return;
    }
    for (index, line) in para.lines.iter_mut().enumerate() {
        let mut extents: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for piece in &line.pieces {
            if let Some(part) =
                para.sources.get(tag(piece) as usize).and_then(|source| source.aligned)
            {
                let extent = extents.entry(part.edge).or_insert((part.above, part.below));
                *extent = (extent.0.max(part.above), extent.1.max(part.below));
            }
        }
        for (edge, (above, below)) in &extents {
            // The line becomes as tall as its tallest subtree and no taller, so only what is
            // missing is added.
            let missing = (above + below - line.height()).max(0.0);
            // A subtree at the top that is too tall reaches down, one at the bottom up.
            if para.edges[*edge as usize].is_top {
                line.descent += missing;
            } else {
                line.ascent += missing;
            }
        }
        for (edge, (above, below)) in extents {
            let edge = &mut para.edges[edge as usize];
            let raise = if edge.is_top { line.ascent - above } else { below - line.descent };
            edge.raises.insert(index, raise);
        }
        for piece in &mut line.pieces {
            let tag = tag(piece);
            let Some(source) = para.sources.get_mut(tag as usize) else { continue };
            let Some(part) = source.aligned else { continue };
            let more = para.edges[part.edge as usize].raise(index);
            match (piece, &mut source.kind) {
                (Piece::Glyphs { raise, .. }, _) => *raise = part.raise + more,
                // A box stands in one line only.
                (Piece::Object { .. }, SourceKind::Object(_, _, y)) => *y -= more,
                _ => {}
            }
        }
    }
}

fn tag(piece: &Piece) -> u32 {
    match piece {
        Piece::Glyphs { tag, .. } | Piece::Edge { tag, .. } | Piece::Object { tag, .. } => *tag,
    }
}
