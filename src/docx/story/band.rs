//! Headers and footers as paragraphs: where the margin boxes of a page put their line, and what is
//! around it.
//!
//! A band of a page is one paragraph in Word. A box that has it for itself gives it all its edges;
//! several give it what they all have.

use super::paragraph::placed;
use crate::docx::package::xml::El;
use crate::docx::registry::headers::PageBand;
use crate::docx::words::properties::{ParagraphPosition, borders};
use crate::docx::words::slack::{FARTHEST, HAIRLINE};
use crate::geometry::Sides;
use crate::sizing::{
    Edges, PlacedLength, in_margin, margin_area, page_content, set_height, set_width,
};
use crate::style::{
    BorderSide, BorderStyle, Color, Computed, LengthPercentage, LineHeight, MarginBox,
    MarginBoxPlace as Place, PageStyle, TextAlign, VerticalAlign,
};

/// The paragraph of a band.
#[derive(Debug, Default)]
pub(crate) struct BandFrame {
    /// Its indents.
    pub(crate) place: ParagraphPosition,
    /// As children of `w:pBdr`.
    pub(crate) border: Vec<El>,
    pub(crate) shade: Option<Color>,
    /// From the sheet's edge to the paragraph.
    pub(crate) distance: f64,
}

impl BandFrame {
    pub(crate) fn of(page: &PageStyle, band: PageBand) -> Self {
        let boxes: Vec<&MarginBox> = band.boxes(page).collect();
        let above = band == PageBand::Header;
        let margin = if above { page.margin.top } else { page.margin.bottom };
        let Some(first) = boxes.first() else {
            return Self { distance: margin / 2.0, ..Self::default() };
        };
        let style = &first.style;
        let area = margin_area(first.place, page);
        let edges = Edges::new(style, area.width);
        let margins = edges.margins();
        let outer = set_height(style, &edges, Some(area.height)).map(|own| own + edges.along());
        let (top, bottom) = (edges.margin.top, edges.margin.bottom);
        let PlacedLength { start: before, length: height } =
            in_margin(outer, top, bottom, area.height, above);
        let after = area.height - before - height;
        // A line in the room that the edges leave of the box.
        let line = style.text.font_size * LineHeight::TYPICAL;
        let free = height - edges.along() - edges.margin_along() - line;
        let over = match style.vertical_align {
            VerticalAlign::Top | VerticalAlign::TextTop => 0.0,
            VerticalAlign::Bottom | VerticalAlign::TextBottom => free,
            _ => free / 2.0,
        };
        let room = Sides {
            top: (edges.padding.top + over).clamp(0.0, FARTHEST),
            bottom: (edges.padding.bottom + free - over).clamp(0.0, FARTHEST),
            ..edges.padding
        };
        let (sides, ground) = shared(&boxes);
        let drawn = drawn(sides, ground);
        let reach =
            |side: BorderSide, room: f64| if side.width > 0.0 { side.width + room } else { 0.0 };
        let distance = if above {
            let inner = edges.border.top + edges.padding.top;
            before + margins.top + inner + over - reach(drawn.top, room.top)
        } else {
            let inner = edges.border.bottom + edges.padding.bottom;
            after + margins.bottom + inner + free - over - reach(drawn.bottom, room.bottom)
        };
        let place = match &boxes[..] {
            [only] => indents(only, &edges, page),
            _ => ParagraphPosition::default(),
        };
        Self {
            place,
            border: borders(drawn, room),
            shade: Some(ground).filter(|ground| !ground.is_transparent()),
            distance: distance.clamp(0.0, margin.max(0.0)),
        }
    }
}

/// How far in the text of a box stands that has the side of the page for itself.
fn indents(own: &MarginBox, edges: &Edges, page: &PageStyle) -> ParagraphPosition {
    let (area, content) = (margin_area(own.place, page), page_content(page));
    let outer = set_width(&own.style, edges, area.width)
        .map_or(area.width, |width| width + edges.across() + edges.margin_across());
    let free = area.width - outer;
    let before = match align_of(own.place) {
        TextAlign::Center => free / 2.0,
        TextAlign::Right => free,
        _ => 0.0,
    };
    let (inner, margins) = (edges.inner(), edges.margins());
    let plain = outer == area.width && inner == Sides::default() && margins == Sides::default();
    // Corners stand beside the text, where no paragraph goes; and a line that nothing is seen
    // around begins where the text does, on pages with a frame, too, which then share a part.
    let (left, right) = if own.place.is_corner() || plain {
        (0.0, 0.0)
    } else {
        let left = area.x - content.x + before + margins.left + inner.left;
        (left, content.right() - area.right() + free - before + margins.right + inner.right)
    };
    placed(&own.style.text, outer - inner.across() - margins.across(), left, right)
}

/// The border and the ground of the band.
fn shared(boxes: &[&MarginBox]) -> (Sides<BorderSide>, Color) {
    let Some((first, others)) = boxes.split_first() else {
        return (Sides::default(), Color::TRANSPARENT);
    };
    let (border, ground) = (first.style.border, first.style.background.color);
    if others.is_empty() {
        return if first.place.is_corner() {
            (Sides::default(), Color::TRANSPARENT)
        } else {
            (border, ground)
        };
    }
    let all = |same: &dyn Fn(&Computed) -> bool| boxes.iter().all(|own| same(&own.style));
    let none = BorderSide::default();
    let sides = Sides {
        top: if all(&|own| own.border.top == border.top) { border.top } else { none },
        bottom: if all(&|own| own.border.bottom == border.bottom) { border.bottom } else { none },
        ..Sides::default()
    };
    let same = all(&|own| own.background.color == ground);
    (sides, if same { ground } else { Color::TRANSPARENT })
}

/// The lines that Word is to draw: without one, a colour would go no further than the text.
fn drawn(border: Sides<BorderSide>, ground: Color) -> Sides<BorderSide> {
    border.map(|side| {
        if side.width > 0.0 || ground.is_transparent() {
            return side;
        }
        BorderSide { width: HAIRLINE, style: BorderStyle::Solid, color: ground }
    })
}

/// Whether a box has edges or a place that the band does not get of it.
pub(crate) fn parts(own: &MarginBox, boxes: &[&MarginBox]) -> bool {
    let style = &own.style;
    let (sides, ground) = shared(boxes);
    let Sides { top, right, bottom, left } = &style.border;
    let lost = |own: &BorderSide, written: &BorderSide| own.width > 0.0 && own != written;
    // Of any width: what matters is whether there is anything.
    let edges = Edges::new(style, 1000.0);
    lost(top, &sides.top)
        || lost(bottom, &sides.bottom)
        || (boxes.len() > 1 || own.place.is_corner()) && {
            left.width + right.width > 0.0
                || edges.padding.left + edges.padding.right > 0.0
                || edges.margin_across() != 0.0
                || set_width(style, &edges, 1000.0).is_some()
                || style.text.text_indent != LengthPercentage::ZERO
                || style.text.text_align != align_of(own.place)
                || style.background.color != ground
                || boxes.iter().any(|mate| mate.style.vertical_align != style.vertical_align)
                || boxes.iter().any(|mate| mate.style.height != style.height)
        }
}

/// Where the text of a place stands.
pub(crate) fn align_of(place: Place) -> TextAlign {
    use Place::{
        BottomCenter, BottomRight, BottomRightCorner, TopCenter, TopRight, TopRightCorner,
    };
    match place {
        TopCenter | BottomCenter => TextAlign::Center,
        TopRight | TopRightCorner | BottomRight | BottomRightCorner => TextAlign::Right,
        _ => TextAlign::Left,
    }
}
