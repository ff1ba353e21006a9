//! Printer's marks around a sheet (CSS Paged Media 3, section 7.3).

use super::pages::{Mark, PageItem, Paint};
use crate::geometry::Point;
use crate::image::{DrawnSegment, Stroke};
use crate::style::PageStyle;

/// The room for marks around the bleed: 7 mm.
pub(crate) const ROOM: f64 = 7.0 * 72.0 / 25.4;
/// How long a crop mark is, and how far from the bleed it begins.
const LENGTH: f64 = 14.0;
const GAP: f64 = 3.0;

/// Paints the marks that a page asks for.
pub(crate) fn paint(style: &PageStyle, out: &mut Vec<PageItem>) {
    let (w, h) = (style.width, style.height);
    // Marks begin beyond the bleed, so that a cut that is a little off never shows one.
    let near = style.bleed + GAP;
    let far = near + LENGTH;
    let mut path = Vec::new();
    let mut line = |x1, y1, x2, y2| {
        let (from, to) = (Point::new(x1, y1), Point::new(x2, y2));
        path.extend([DrawnSegment::Move(from), DrawnSegment::Line(to)]);
    };
    if style.marks.crop {
        for y in [0.0, h] {
            line(-far, y, -near, y);
            line(w + near, y, w + far, y);
        }
        for x in [0.0, w] {
            line(x, -far, x, -near);
            line(x, h + near, x, h + far);
        }
    }
    if style.marks.cross {
        let middle = near + LENGTH / 2.0;
        let arm = LENGTH / 2.0;
        for (x, y) in
            [(w / 2.0, -middle), (w / 2.0, h + middle), (-middle, h / 2.0), (w + middle, h / 2.0)]
        {
            line(x - arm, y, x + arm, y);
            line(x, y - arm, x, y + arm);
        }
    }
    if !path.is_empty() {
        // A quarter of a point: fine enough to cut along, and every press still prints it.
        let stroke = Some(Stroke { width: 0.25, ..Stroke::default() });
        out.push(PageItem {
            mark: Mark::ORNAMENT,
            paint: Paint::Path { path, fill: None, even_odd: false, stroke },
        });
    }
}
