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
