//! The room that a box takes around its content: margins, borders, padding, widths.

use super::picture;
use crate::boxes::{BoxNode, Content};
use crate::style::{BorderSide, Computed, LengthPercentage, Sides, Size};

/// Padding and borders together, in points.
pub(super) fn edges(style: &Computed, base: f64) -> Sides<f64> {
    let edge = |side: LengthPercentage, border: BorderSide| side.resolve(base) + border.width;
    Sides {
        top: edge(style.padding.top, style.border.top),
        right: edge(style.padding.right, style.border.right),
        bottom: edge(style.padding.bottom, style.border.bottom),
        left: edge(style.padding.left, style.border.left),
    }
}

/// What a box leaves at its left and right: its margins, and the rest of the room if it has a
/// width.
pub(super) fn sides(node: &BoxNode, base: f64, padding: Sides<f64>) -> (f64, f64) {
    let style = &node.style;
    let (left, right) = (style.margin.left.resolve(base), style.margin.right.resolve(base));
    if matches!(node.content, Content::Table(_)) {
        return (left.unwrap_or(0.0), right.unwrap_or(0.0));
    }
    let own = |size: Size| {
        size.resolve(base)
            .map(|w| if style.border_box { w } else { w + padding.left + padding.right })
    };
    let room = base - left.unwrap_or(0.0) - right.unwrap_or(0.0);
    let width = own(style.width).filter(|_| !matches!(node.content, Content::Image(_)));
    let width = width.map(|w| own(style.max_width).map_or(w, |max| w.min(max)));
    let width = width.or_else(|| own(style.max_width).filter(|max| *max < room));
    let Some(rest) = width.map(|width| (room - width).max(0.0)) else {
        return (left.unwrap_or(0.0), right.unwrap_or(0.0));
    };
    match (left, right) {
        (None, None) => (rest / 2.0, rest / 2.0),
        (None, Some(right)) => (rest, right),
        (Some(left), right) => (left, right.unwrap_or(0.0) + rest),
    }
}

/// The margin of the first or last children, which a frame around keeps inside: Word has the room
/// between a paragraph and its border there.
pub(super) fn child_margin(node: &BoxNode, base: f64, first: bool) -> f64 {
    let mut most = 0.0f64;
    let mut open = node;
    while let Content::Blocks(nodes) = &open.content {
        let in_flow = |node: &&BoxNode| !picture::is_positioned(node);
        let next = if first { nodes.iter().find(in_flow) } else { nodes.iter().rfind(in_flow) };
        let Some(child) =
            next.filter(|child| matches!(child.content, Content::Blocks(_) | Content::Inline(_)))
        else {
            break;
        };
        let margin = if first { child.style.margin.top } else { child.style.margin.bottom };
        most = most.max(margin.resolve(base).unwrap_or(0.0));
        let edges = edges(&child.style, base);
        if (if first { edges.top } else { edges.bottom }) > 0.0 {
            break;
        }
        open = child;
    }
    most
}
