//! The content area of a page: the initial containing block (CSS Page 3, 3).

use crate::geometry::Rect;
use crate::style::PageStyle;

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
