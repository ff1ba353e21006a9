//! The areas of a page: its content, which is the initial containing block (CSS Page 3, 3), and the
//! margins around it.

use crate::geometry::Rect;
use crate::style::{MarginBoxPlace as Place, PageStyle};

/// The least side of a page's content area, in points: margins wider than the sheet are told
/// (`PageStyle::impossible`), and what is set until then divides by it.
const LEAST: f64 = 1.0;

/// The content area of a page, from the sheet's corner: within its margins, border and padding.
pub(crate) fn page_content(page: &PageStyle) -> Rect {
    let (margin, border, padding) = (page.margin, page.border.map(|side| side.width), page.padding);
    Rect::new(
        margin.left + border.left + padding.left,
        margin.top + border.top + padding.top,
        (page.width - margin.across() - padding.across() - border.across()).max(LEAST),
        (page.height - margin.along() - padding.along() - border.along()).max(LEAST),
    )
}

/// Where a margin box may stand: a corner of the margins, or the whole side between two of them,
/// which the three boxes of that side share.
pub(crate) fn margin_area(place: Place, page: &PageStyle) -> Rect {
    let (width, height, margin) = (page.width, page.height, page.margin);
    let across = (width - margin.left - margin.right).max(LEAST);
    let along = (height - margin.top - margin.bottom).max(LEAST);
    let (right, bottom) = (width - margin.right, height - margin.bottom);
    match place {
        Place::TopLeftCorner => Rect::new(0.0, 0.0, margin.left, margin.top),
        Place::TopLeft | Place::TopCenter | Place::TopRight => {
            Rect::new(margin.left, 0.0, across, margin.top)
        }
        Place::TopRightCorner => Rect::new(right, 0.0, margin.right, margin.top),
        Place::RightTop | Place::RightMiddle | Place::RightBottom => {
            Rect::new(right, margin.top, margin.right, along)
        }
        Place::BottomRightCorner => Rect::new(right, bottom, margin.right, margin.bottom),
        Place::BottomLeft | Place::BottomCenter | Place::BottomRight => {
            Rect::new(margin.left, bottom, across, margin.bottom)
        }
        Place::BottomLeftCorner => Rect::new(0.0, bottom, margin.left, margin.bottom),
        Place::LeftTop | Place::LeftMiddle | Place::LeftBottom => {
            Rect::new(0.0, margin.top, margin.left, along)
        }
    }
}

/// Where a margin box stands on its side of the page, or in the depth of the margin.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct PlacedLength {
    pub(crate) start: f64,
    /// With its margins.
    pub(crate) length: f64,
}

/// Where a margin box stands in the direction in which it shares its place with no other (CSS Paged
/// Media 3, 5.3.3). `size` is from border to border, `auto` if there is none; so are its margins.
/// `inner` says that the end of the room is at the page area, not its start.
pub(crate) fn in_margin(
    size: Option<f64>,
    before: Option<f64>,
    after: Option<f64>,
    room: f64,
    inner: bool,
) -> PlacedLength {
    let Some(size) = size else { return PlacedLength { start: 0.0, length: room } };
    let free = room - size - before.unwrap_or(0.0) - after.unwrap_or(0.0);
    // `auto` margins take what is free, both the half of it; without them the box stands at the
    // page area, and the outer margin gives way.
    let start = match (before, after) {
        (None, None) => free.max(0.0) / 2.0,
        (Some(_), None) => 0.0,
        (None, Some(_)) => free,
        (Some(_), Some(_)) if inner => free,
        (Some(_), Some(_)) => 0.0,
    };
    PlacedLength { start, length: room - free }
}

#[cfg(test)]
mod tests {
    use super::{PlacedLength, in_margin};

    #[test]
    fn a_set_length_stands_at_the_page_area_unless_margins_push() {
        let placed = |start, length| PlacedLength { start, length };
        let (none, set) = (Some(0.0), Some(6.0));
        assert_eq!(in_margin(None, Some(3.0), Some(1.0), 20.0, true), placed(0.0, 20.0));
        assert_eq!(in_margin(set, none, none, 20.0, true), placed(14.0, 6.0));
        assert_eq!(in_margin(set, none, none, 20.0, false), placed(0.0, 6.0));
        assert_eq!(in_margin(set, Some(3.0), Some(1.0), 20.0, true), placed(10.0, 10.0));
        assert_eq!(in_margin(set, None, None, 20.0, true), placed(7.0, 6.0));
        assert_eq!(in_margin(set, Some(3.0), None, 20.0, true), placed(0.0, 9.0));
        assert_eq!(in_margin(set, None, Some(3.0), 20.0, false), placed(11.0, 9.0));
        // What is longer than its room goes on over the edge of the sheet.
        assert_eq!(in_margin(Some(30.0), none, none, 20.0, true), placed(-10.0, 30.0));
    }
}
