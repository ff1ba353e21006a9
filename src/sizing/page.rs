//! The content area of a page: the initial containing block (CSS Page 3, 3).

use crate::geometry::Rect;
use crate::style::PageStyle;

/// The content area of a page, from the sheet's corner: within its margins, border and padding.
pub(crate) fn page_content(page: &PageStyle) -> Rect {
    let sheet = Rect::new(0.0, 0.0, page.width, page.height);
    sheet.inset(page.margin).inset(page.border.map(|side| side.width)).inset(page.padding)
}
